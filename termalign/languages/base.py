"""What a language must offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import Folded, Span, Token

__all__ = ["Language"]


@runtime_checkable
class Language(Protocol):
    """Sentences, tokens and keys of one language."""

    @property
    def tag(self) -> str:
        """BCP 47 tag: ``ja``, ``zh-Hans``, ``zh-Hant``, ``en``."""

    def sentences(self, text: str) -> Sequence[Span]:
        """Split text into sentences: in order, not overlapping, together losing only white space (CONTRACTS.md section 5)."""

    def tokens(self, text: str) -> Sequence[Token]:
        """Split a sentence into words: in order, not overlapping, together losing only white space."""

    def fold(self, text: str) -> Folded:
        """Return the key to compare by: folding twice is folding once."""
