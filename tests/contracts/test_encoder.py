"""What every encoder promises: one row of unit norm for each text, each time the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tinymodel import write_model

from termalign.encoders import ENCODERS, Encoder

if TYPE_CHECKING:
    from pathlib import Path

MEANINGS = {"red": 0, "rouge": 0, "blue": 1}
TEXTS = ["red", "blue blue red", "nothing known", "red"]


def onnx_folder(folder: Path) -> Path:
    pytest.importorskip("onnx")
    return write_model(folder, MEANINGS)


def torch_folder(folder: Path) -> Path:
    models = pytest.importorskip(
        "sentence_transformers.sentence_transformer.modules", reason="extra neural-torch is not installed"
    )
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an optional package

    SentenceTransformer(modules=[models.BoW(list(MEANINGS)), models.Normalize()]).save(str(folder))
    return folder


MAKERS = {"onnx": onnx_folder, "sentence-transformers": torch_folder}


@pytest.fixture(scope="module", params=list(ENCODERS))
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = MAKERS[request.param](tmp_path_factory.mktemp("models") / "tiny")
    return ENCODERS.get(request.param)(str(folder))


def test_it_keeps_its_protocol(encoder: Encoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.name == "tiny"


def test_each_text_has_a_row_of_unit_norm_or_of_zeros(encoder: Encoder) -> None:
    found = encoder.encode(TEXTS)
    assert found.dtype == np.float32
    assert found.shape[0] == len(TEXTS)
    norms = np.linalg.norm(found, axis=1)
    assert np.all(np.isclose(norms, 1, atol=1e-5) | (norms == 0))


def test_a_text_has_the_same_row_in_any_company(encoder: Encoder) -> None:
    found = encoder.encode(TEXTS)
    assert np.array_equal(found[0], found[3])
    assert np.allclose(found, encoder.encode(TEXTS), atol=1e-6)
    assert np.allclose(found[1:2], encoder.encode(TEXTS[1:2]), atol=1e-5)
