"""Encoders that sentence-transformers runs: a folder that it wrote, or a model that lies in its cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sentence_transformers import SentenceTransformer

from termalign.errors import ConfigError, DataError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["SentenceTransformersEncoder"]


class SentenceTransformersEncoder:
    """A model of sentence-transformers; nothing is fetched.

    Args:
        model: Its folder, or its name.

    Raises:
        ConfigError: No model of that name is on this machine.
        DataError: The folder holds no such model.
    """

    def __init__(self, model: str) -> None:
        folder = Path(model)
        self.name = folder.name if folder.is_dir() else model
        self._where = Where(file=model)
        try:
            # Code that comes with a model is not run, and nothing is asked of the network.
            self._model = SentenceTransformer(model, device="cpu", local_files_only=True, trust_remote_code=False)
        except Exception as exc:  # what fails may be any of four libraries
            problem = next(iter(str(exc).splitlines()), type(exc).__name__)
            if folder.is_dir():
                raise DataError(
                    f"holds no sentence encoder: {problem}",
                    self._where,
                    "name a folder with model.onnx and tokenizer.json, or one that sentence-transformers wrote",
                ) from exc
            raise ConfigError(
                f"the encoder {model!r} is not on this machine", "fetch it yourself, then name its folder"
            ) from exc

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode texts.

        Args:
            texts: At least one text.

        Returns:
            ``(len(texts), dim)`` float32, rows of unit norm.

        Raises:
            DataError: The model gives no vectors.
        """
        found = np.asarray(
            self._model.encode(list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False),
            dtype=np.float32,
        )
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():  # noqa: PLR2004 - texts, dimensions
            raise DataError(f"gives vectors of shape {found.shape}", self._where, "name a sentence encoder")
        return found
