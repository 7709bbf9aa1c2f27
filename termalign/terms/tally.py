"""What was seen of one string, and of one run of words: numbers and texts, no objects per place."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.model import Folded, Occurrence
    from termalign.terms.words import Word

__all__ = ["DistinctRun", "Tally"]

HAN_WORD = 2  # characters of a typical word of Han characters


@dataclass(slots=True)
class DistinctRun:
    """A distinct run and where it stands.

    Args:
        text: As it stands in the sentence.
        words: Its words.
        offsets: Start and end of each word in the text.
        sentences: Numbers of the sentences that hold it, one for each place.
        starts: Where it begins in each of them.
        n_nominal: Places where what stands before shows a noun phrase.
        n_verbal: Places where what stands before shows a verb.
        n_followed: Places where what stands behind shows a verb.
    """

    text: str
    words: tuple[Word, ...]
    offsets: tuple[tuple[int, int], ...]
    sentences: array[int] = field(default_factory=lambda: array("l"))
    starts: array[int] = field(default_factory=lambda: array("l"))
    n_nominal: int = 0
    n_verbal: int = 0
    n_followed: int = 0


@dataclass(slots=True)
class Tally:
    """What was seen of one key.

    Most strings are met once, so that nothing here is a set or a table before it has to be.

    Args:
        words: The words of the first part counted.
        forms: Spellings, with their counts.
        uses: Distinct runs that hold it, with offsets.
        count: Places.
        whole: Of them those where it is a run of its own.
        nominal: Places of a run that begins with a verb or participle where what stands before shows a noun phrase.
        verbal: The same, where it shows a verb.
        n_heads: Places at the end of a run, where the head of a noun phrase stands in all three languages.
        n_inside_names: Places inside a longer capitalised name.
        is_soft: It begins with a verb, participle or adverb, or is one.
        left: The first word seen before it, empty at the edge of a run; ``None`` where none was looked at.
        right: The same behind it.
        is_left_free: Its begin is seen to be one: at the edge of a run, or with different words before it.
        is_right_free: The same of its end.
        within: Longer runs, with the number of places inside them.
        signs: What marked it as a name from outside.
        named: Places where something other than words marks it.
    """

    words: tuple[Word, ...]
    forms: dict[str, int] = field(default_factory=dict)
    uses: list[tuple[DistinctRun, int, int]] = field(default_factory=list)
    count: int = 0
    whole: int = 0
    nominal: int = 0
    verbal: int = 0
    n_heads: int = 0
    n_inside_names: int = 0
    is_soft: bool = False
    left: str | None = None
    right: str | None = None
    is_left_free: bool = False
    is_right_free: bool = False
    within: dict[Folded, int] | None = None
    signs: frozenset[str] = frozenset()
    named: set[Occurrence] | None = None

    @property
    def is_free(self) -> bool:
        """Tell whether both ends are seen to be ends: at the edge of a run, or with different words beside them."""
        return self.is_left_free and self.is_right_free

    @property
    def text(self) -> str:
        """The spelling that was met most often."""
        forms = self.forms
        return next(iter(forms)) if len(forms) == 1 else min(forms, key=lambda form: (-forms[form], form))

    @property
    def n_units(self) -> int:
        """Size in words, of Han characters at least one for every two characters."""
        text = self.text
        n_words = max(len(self.words), text.count(" ") + 1)
        if text.isascii() or HAN_WORD * n_words >= len(text):
            return n_words
        n_han = sum("\u3400" <= char <= "\u9fff" for char in text)
        return max(n_words, -(-n_han // HAN_WORD))

    def stand_beside(self, left: str, right: str) -> None:
        """Note the words beside a place, empty at the edge of a run."""
        if not self.is_left_free:
            self.is_left_free = not left or (self.left is not None and self.left != left)
            self.left = left
        if not self.is_right_free:
            self.is_right_free = not right or (self.right is not None and self.right != right)
            self.right = right

    def stand_within(self, longer: Folded, n_places: int) -> None:
        """Note places inside a longer run."""
        if self.within is None:
            self.within = {}
        self.within[longer] = self.within.get(longer, 0) + n_places

    def sentences(self) -> Iterator[int]:
        """Yield the numbers of the sentences of all runs that hold it."""
        for run, _, _ in self.uses:
            yield from run.sentences
