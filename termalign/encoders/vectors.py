"""Vectors of texts, each text encoded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from termalign.encoders.base import Encoder

__all__ = ["Vectors"]

BATCH = 32  # texts that are encoded together
MAX_TEXT = 8_000  # code points that are looked at; encoders read 128 to 512 tokens, and no token is longer than 16


class Vectors:
    """Encodes texts in batches and keeps what it has encoded.

    Args:
        encoder: The model.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: dict[str, int] = {}
        self._parts: list[npt.NDArray[np.float32]] = []

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._encoder.name

    def of(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the vectors of texts.

        Args:
            texts: Texts, of any languages; may be empty and may repeat.

        Returns:
            ``(len(texts), dim)`` float32, rows of unit norm, or of zeros for texts without any token; ``(0, 0)`` for no texts.
        """
        cut = [text[:MAX_TEXT] for text in texts]
        new = sorted({text for text in cut if text not in self._rows}, key=lambda one: (len(one), one))
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]  # of about one length, so that little is padded
            self._parts.append(self._encoder.encode(batch))
            for text in batch:
                self._rows[text] = len(self._rows)
        if not cut:
            return np.zeros((0, 0), dtype=np.float32)
        if len(self._parts) > 1:
            self._parts = [np.concatenate(self._parts)]
        return np.asarray(self._parts[0][[self._rows[text] for text in cut]])
