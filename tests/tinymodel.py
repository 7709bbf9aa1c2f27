"""A tiny sentence encoder as ONNX, for tests: each known word has a vector, and words that mean the same have the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

__all__ = ["FakeEncoder", "write_model"]


class FakeEncoder:
    """Gives each text the sum of the unit vectors of the meanings that it holds."""

    def __init__(self, meanings: Mapping[str, int]) -> None:
        self.name = "fake"
        self.asked: list[str] = []
        self._meanings = meanings
        self._dim = max(meanings.values()) + 1

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked += texts
        found = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            for word, meaning in self._meanings.items():
                row[meaning] += text.count(word)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(norms > 0, norms, 1), dtype=np.float32)


def write_model(
    folder: Path, meanings: Mapping[str, int], *, output: str = "last_hidden_state", types: bool = False
) -> Path:
    """Write ``model.onnx`` and ``tokenizer.json``: ``output`` names what the model gives, ``types`` whether it takes token types."""
    import onnx  # noqa: PLC0415 - an optional package
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415
    from tokenizers.models import WordLevel  # noqa: PLC0415
    from tokenizers.pre_tokenizers import Split, Whitespace  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    words = ["[UNK]", *meanings]
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106
    is_cjk = any(not word.isascii() for word in words)
    tokenizer.pre_tokenizer = (
        Split("", "isolated") if is_cjk and all(len(word) == 1 for word in meanings) else Whitespace()
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.zeros((len(words), max(meanings.values()) + 2), dtype=np.float32)
    table[0, -1] = 1.0
    for number, meaning in enumerate(meanings.values(), 1):
        table[number, meaning] = 1.0
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    if output == "sentence_embedding":
        nodes.append(helper.make_node("ReduceMean", ["rows"], [output], axes=[1], keepdims=0))
        shape: list[Any] = ["texts", table.shape[1]]
    else:
        nodes.append(helper.make_node("Identity", ["rows"], [output]))
        shape = ["texts", "tokens", table.shape[1]]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    onnx.checker.check_model(model)
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 64}), encoding="utf-8")
    return folder
