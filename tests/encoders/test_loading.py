"""Encoders of the user's own: folders that hold one, folders that do not, and packages that are missing."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tinymodel import FakeEncoder, write_model

from termalign.encoders import ENCODERS, Encoder, Vectors, load_encoder
from termalign.errors import ConfigError, DataError, MissingExtraError
from termalign.pipeline.aligning import align

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MEANINGS = {"red": 0, "rouge": 0, "blue": 1, "bleu": 1}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    pytest.importorskip("onnx")
    return write_model(tmp_path / "tiny", MEANINGS)


def test_tokens_are_pooled_by_their_mean_without_the_padding(tiny: Path) -> None:
    encoder = load_encoder(tiny)
    found = encoder.encode(["red", "red blue", "rouge bleu bleu"])
    assert isinstance(encoder, Encoder)
    assert encoder.name == "tiny"
    assert found.dtype == np.float32
    expected = np.array([[1, 0, 0], [0.5, 0.5, 0], [1 / 3, 2 / 3, 0]])
    assert np.allclose(found, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)
    assert np.allclose(found[:1], encoder.encode(["red"]), atol=1e-6)


def test_a_text_without_tokens_has_no_vector(tiny: Path) -> None:
    assert not load_encoder(tiny).encode(["", "red"])[0].any()


def test_a_vector_that_the_model_gives_itself_is_taken(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    folder = write_model(tmp_path / "whole", MEANINGS, output="sentence_embedding", types=True)
    assert np.allclose(load_encoder(folder).encode(["blue"]), [[0, 1, 0]], atol=1e-6)


def test_the_model_may_lie_where_the_hub_keeps_it(tiny: Path) -> None:
    (tiny / "onnx").mkdir()
    (tiny / "model.onnx").rename(tiny / "onnx" / "model.onnx")
    assert np.allclose(load_encoder(tiny).encode(["bleu"]), [[0, 1, 0]])


@pytest.mark.parametrize(
    ("key", "expected"), [("pooling_mode_mean_tokens", [0.5, 0.5, 0]), ("pooling_mode_cls_token", [1, 0, 0])]
)
def test_tokens_are_pooled_as_the_folder_says(tiny: Path, key: str, expected: list[float]) -> None:
    (tiny / "1_Pooling").mkdir()
    (tiny / "1_Pooling" / "config.json").write_text(json.dumps({key: True, "word_embedding_dimension": 3}))
    vector = np.array(expected)
    assert np.allclose(load_encoder(tiny).encode(["red blue"]), [vector / np.linalg.norm(vector)], atol=1e-6)


def test_long_texts_are_cut_to_what_the_model_reads(tiny: Path) -> None:
    long = " ".join(["red"] * 64 + ["blue"] * 1000)
    assert np.allclose(load_encoder(tiny).encode([long]), [[1, 0, 0]], atol=1e-6)


def spoil(folder: Path, name: str, content: bytes | None) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("model.onnx", b"not a model", r"model\.onnx: is no ONNX model"),
        ("model.onnx", b"", r"model\.onnx: is no ONNX model"),
        ("model.onnx", None, "holds no sentence encoder"),
        ("tokenizer.json", None, r"tokenizer\.json: is missing"),
        ("tokenizer.json", b"{}", r"tokenizer\.json: is no tokenizer"),
        ("tokenizer_config.json", b"{", r"tokenizer_config\.json: is no JSON"),
        ("1_Pooling/config.json", b'{"pooling_mode_max_tokens": true}', "asks for pooling_mode_max_tokens"),
    ],
)
def test_a_broken_folder_is_told(tiny: Path, name: str, content: bytes | None, problem: str) -> None:
    spoil(tiny, name, content)
    with pytest.raises(DataError, match=problem):
        load_encoder(tiny)


def test_a_model_of_something_else_is_told(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    folder = write_model(tmp_path / "other", MEANINGS)
    model = onnx.load(folder / "model.onnx")
    model.graph.input[1].name = "pixel_values"
    onnx.save(model, folder / "model.onnx")
    with pytest.raises(DataError, match="no encoder of texts"):
        load_encoder(folder)


@pytest.mark.parametrize("name", ["", " ", "./nowhere", "/nowhere/at/all"])
def test_a_folder_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(ConfigError):
        load_encoder(name)


def test_a_file_is_no_encoder(tiny: Path) -> None:
    with pytest.raises(ConfigError, match="name the folder"):
        load_encoder(tiny / "model.onnx")


def test_a_missing_package_says_how_to_install_it(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "termalign.encoders.onnx", raising=False)
    monkeypatch.setattr(ENCODERS, "_loaded", {})
    with pytest.raises(MissingExtraError, match=r"pip install 'termalign-cjke\[neural\]'"):
        load_encoder(tiny)
    text = tiny / "a.txt"
    text.write_text("量子技術の研究。\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[neural\]"):
        align(text, text, encoder=tiny)


class _FakeTransformer:
    """Stands for sentence_transformers.SentenceTransformer: knows one model."""

    given: dict[str, Any]

    def __init__(self, name: str, **given: Any) -> None:
        type(self).given = given
        if not name.endswith("known"):
            raise OSError(f"{name} is not cached\nmore")

    def encode(self, texts: Sequence[str], **_: Any) -> Any:
        return [[1.0, 0.0]] * len(texts)


@pytest.fixture
def transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = ModuleType("sentence_transformers")
    fake.SentenceTransformer = _FakeTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", fake)
    monkeypatch.delitem(sys.modules, "termalign.encoders.sentence_transformers", raising=False)
    monkeypatch.setattr(ENCODERS, "_loaded", {})


@pytest.mark.usefixtures("transformers")
def test_a_model_of_sentence_transformers_is_sought_on_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "modules.json").write_text("[]")
    for name in ("known", str(tmp_path / "known")):
        encoder = load_encoder(name)
        assert encoder.name == "known"
        assert encoder.encode(["a", "b"]).shape == (2, 2)
        assert _FakeTransformer.given["local_files_only"] is True
        assert _FakeTransformer.given["trust_remote_code"] is False


@pytest.mark.usefixtures("transformers")
def test_a_model_that_is_not_on_this_machine_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not on this machine"):
        load_encoder("some/model")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(DataError, match=r"holds no sentence encoder: .* is not cached"):
        load_encoder(tmp_path)


def test_a_name_without_the_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    monkeypatch.delitem(sys.modules, "termalign.encoders.sentence_transformers", raising=False)
    monkeypatch.setattr(ENCODERS, "_loaded", {})
    with pytest.raises(MissingExtraError, match=r"no folder 'LaBSE'.*\[neural-torch\]"):
        load_encoder("LaBSE")


def test_each_text_is_encoded_once() -> None:
    fake = FakeEncoder({"red": 0, "blue": 1})
    vectors = Vectors(fake)
    texts = [f"red {n}" for n in range(70)]
    first = vectors.of(texts)
    again = vectors.of([*texts[::-1], "blue"])
    assert np.array_equal(first, again[69::-1])
    assert sorted(fake.asked) == sorted({*texts, "blue"})
    assert vectors.of([]).shape == (0, 0)


def test_of_a_huge_text_only_the_beginning_is_encoded() -> None:
    fake = FakeEncoder({"red": 0, "blue": 1})
    assert np.allclose(Vectors(fake).of(["red" + "x" * 1_000_000 + "blue"]), [[1, 0]])
