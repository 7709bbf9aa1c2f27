"""The layer of what was learned: pairs of words that alignments of the input, or anything else, hold to translate each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.lexicon.base import LexiconEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.model import Form

__all__ = ["LearnedLayer"]


@dataclass(frozen=True, slots=True)
class LearnedLayer:
    """Pairs with weights of their own, as a layer.

    Args:
        pairs: Two forms (language tag and text) and how much the pair counts, in (0, 1].
        name: Name of the layer, recorded with each pair.
        weight: How far the layer as a whole is trusted, in (0, 1].
        licence: SPDX licence of the strings; empty for strings out of the user's own documents.

    Raises:
        ConfigError: A weight outside (0, 1], an empty text, or a pair within one language.
    """

    pairs: tuple[tuple[Form, Form, float], ...]
    name: str = "learned"
    weight: float = 1.0
    licence: str = ""

    def __post_init__(self) -> None:
        for left, right, weight in (*self.pairs, (("", "a"), ("-", "a"), self.weight)):
            if not 0 < weight <= 1:
                raise ConfigError(f"lexicon {self.name}: weight {weight}", "give one above 0 and up to 1")
            if left[0] == right[0] or not (left[1] and right[1]):
                raise ConfigError(f"lexicon {self.name}: no pair {left!r}, {right!r}", "pair words of two languages")

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the pairs as entries, in the order given."""
        for (language, text), (other, translation), weight in self.pairs:
            yield LexiconEntry(forms=((language, (text,)), (other, (translation,))), weight=weight)
