"""A numeral of Japanese or Chinese together with what stands behind it, as the readers of amounts get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.languages.quantities.tables import space_end

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules, Suffix
    from termalign.languages.quantities.readings import Number, Numeral

__all__ = ["Spot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A numeral, the word behind it, and where they stand.

    Args:
        text: A text in characters of normal width.
        numeral: The numeral.
        value: What it says.
        at: Where it ends, 余 and 多 behind it included.
        end: Where the word behind it ends.
        suffix: What that word means.
        rules: The words of the language.
    """

    text: str
    numeral: Numeral
    value: Number
    at: int
    end: int
    suffix: Suffix
    rules: HanRules

    @property
    def start(self) -> int:
        """Where the numeral begins."""
        return self.numeral.start

    @property
    def word(self) -> str:
        """The word behind the numeral."""
        return self.text[space_end(self.text, self.at) : self.end]
