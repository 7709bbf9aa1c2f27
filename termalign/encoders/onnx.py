"""Encoders as ONNX files, run by onnxruntime: far smaller to install than the library they were trained with.

A folder holds ``model.onnx`` and ``tokenizer.json``. Where the model gives ``sentence_embedding``, that is taken; else its tokens are
pooled here, as ``1_Pooling/config.json`` says, by their mean where it says nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from termalign.errors import DataError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

__all__ = ["OnnxEncoder"]

FILES = ("model.onnx", "onnx/model.onnx")
MAX_TOKENS = 512  # of a text, where the folder states no limit; longer ones are cut
FINISHED = "sentence_embedding"  # output that needs no pooling
TOKENS = ("last_hidden_state", "token_embeddings")  # usual names of the vectors of tokens
INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
POOLING = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first"}
FIX = "export the model with its tokenizer, as optimum-cli export onnx does"
FATAL = 4  # the log level of onnxruntime: what fails is raised, and told by us


class OnnxEncoder:
    """A sentence encoder in a folder.

    Args:
        folder: With ``model.onnx`` or ``onnx/model.onnx``, and ``tokenizer.json``.

    Raises:
        DataError: A file is missing or broken, or the model is no sentence encoder that can be run here.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self.name = self._folder.name or self._folder.resolve().name
        model = next(
            (self._folder / name for name in FILES if (self._folder / name).is_file()), self._folder / FILES[0]
        )
        self._where = Where(file=str(model))
        self._tokenizer = _tokenizer(self._folder)
        self._session = _session(model)
        self._inputs = [one.name for one in self._session.get_inputs()]
        if not set(self._inputs) <= INPUTS or "input_ids" not in self._inputs:
            raise DataError(f"takes {', '.join(self._inputs)}: no encoder of texts", self._where, FIX)
        outputs = [one.name for one in self._session.get_outputs()]
        self._output = next((name for name in (FINISHED, *TOKENS) if name in outputs), outputs[0])
        self._pooling = "" if self._output == FINISHED else _pooling(self._folder)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode texts, all in one batch.

        Args:
            texts: At least one text.

        Returns:
            ``(len(texts), dim)`` float32, rows of unit norm; zeros for a text without any token.

        Raises:
            DataError: The model fails, or gives no vectors.

        Source:
            Reimers & Gurevych (2019), Sentence-BERT, EMNLP, for the pooling.
        """
        found = self._tokenizer.encode_batch(list(texts))
        width = max(1, *(len(one.ids) for one in found))
        given = {
            "input_ids": _padded([one.ids for one in found], width),
            "attention_mask": _padded([one.attention_mask for one in found], width),
            "token_type_ids": _padded([one.type_ids for one in found], width),
        }
        try:
            (raw,) = self._session.run([self._output], {name: given[name] for name in self._inputs})
        except Exception as exc:  # onnxruntime's errors have no common class
            raise DataError(f"cannot be run: {_first_line(exc)}", self._where, FIX) from exc
        return self._unit(self._pooled(np.asarray(raw, dtype=np.float32), given["attention_mask"]), len(texts))

    def _pooled(self, raw: npt.NDArray[np.float32], mask: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Make one vector of the vectors of the tokens of each text."""
        if not self._pooling or raw.ndim == 2:  # noqa: PLR2004 - texts and dimensions: pooled already
            return raw
        if self._pooling == "first":
            return np.asarray(raw[:, 0] * mask[:, :1], dtype=np.float32)
        summed = np.einsum("ntd,nt->nd", raw, mask.astype(np.float32))
        return np.asarray(summed / np.maximum(mask.sum(axis=1, keepdims=True), 1), dtype=np.float32)

    def _unit(self, vectors: npt.NDArray[np.float32], n: int) -> npt.NDArray[np.float32]:
        """Give vectors unit norm."""
        if vectors.ndim != 2 or len(vectors) != n or not np.isfinite(vectors).all():  # noqa: PLR2004 - texts, dimensions
            raise DataError(f"gives {self._output} of shape {vectors.shape}: no vectors of texts", self._where, FIX)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1.0), dtype=np.float32)


def _tokenizer(folder: Path) -> Any:
    """Load the tokenizer; texts are cut to what the model reads, and padded here."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise DataError("is missing", Where(file=str(path)), FIX)
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # tokenizers raises bare exceptions
        raise DataError(f"is no tokenizer: {_first_line(exc)}", Where(file=str(path)), FIX) from exc
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=_max_tokens(folder, tokenizer.truncation))
    return tokenizer


def _max_tokens(folder: Path, truncation: Mapping[str, Any] | None) -> int:
    """Return how many tokens the model reads, as its folder says."""
    stated = [
        truncation["max_length"] if truncation else None,
        _settings(folder / "sentence_bert_config.json").get("max_seq_length"),
        _settings(folder / "tokenizer_config.json").get("model_max_length"),
    ]
    return min([MAX_TOKENS, *(int(one) for one in stated if isinstance(one, int | float) and one >= 1)])


def _settings(path: Path) -> dict[str, Any]:
    """Read a JSON object; empty where there is no such file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise DataError(f"is no JSON: {_first_line(exc)}", Where(file=str(path)), FIX) from exc
    return found if isinstance(found, dict) else {}


def _pooling(folder: Path) -> str:
    """Return how tokens are pooled."""
    path = folder / "1_Pooling" / "config.json"
    chosen = sorted(key for key, on in _settings(path).items() if key.startswith("pooling_mode_") and on is True)
    if not chosen:
        return "mean"
    if len(chosen) > 1 or chosen[0] not in POOLING:
        raise DataError(
            f"asks for {', '.join(chosen)}", Where(file=str(path)), f"export the model with the output {FINISHED}"
        )
    return POOLING[chosen[0]]


def _session(model: Path) -> Any:
    """Open the model on the processor."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = FATAL
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # onnxruntime's errors have no common class
        raise DataError(f"is no ONNX model: {_first_line(exc)}", Where(file=str(model)), FIX) from exc


def _padded(rows: Sequence[Sequence[int]], width: int) -> npt.NDArray[np.int64]:
    """Put rows of tokens under one another, zeros behind them."""
    found = np.zeros((len(rows), width), dtype=np.int64)
    for number, row in enumerate(rows):
        found[number, : len(row)] = row
    return found


def _first_line(exc: Exception) -> str:
    """Return the first line of a foreign message."""
    return next(iter(str(exc).splitlines()), type(exc).__name__)
