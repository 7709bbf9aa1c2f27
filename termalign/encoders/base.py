"""What an encoder must offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

__all__ = ["Encoder", "EncoderFactory"]


@runtime_checkable
class Encoder(Protocol):
    """A model that puts texts of several languages into one space, what says the same near by."""

    @property
    def name(self) -> str:
        """The model: the name of its folder, or under which its library knows it."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return ``(len(texts), dim)`` float32, rows of unit norm; a row of zeros for a text without any token."""


EncoderFactory = Callable[[str], Encoder]
