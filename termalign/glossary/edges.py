"""Whether stretches of a text begin and end where words do, by script class (CONTRACTS.md section 3)."""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from termalign.errors import ConfigError
from termalign.glossary.words import words_of
from termalign.languages import LANGUAGES
from termalign.languages.characters import HAN, HIRAGANA, KATAKANA, LATIN
from termalign.languages.word_lattice import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from termalign.languages.folded_array import FoldedArray
    from termalign.languages.word_lattice import WordLattice

__all__ = ["Edges", "Stretches", "attached_table", "edges_of"]

# Kinds of characters, as far as the ends of words go. ATTACHED ones belong to the character before them.
OTHER, LATIN_OR_DIGIT, KATAKANA_KIND, HIRAGANA_KIND, HAN_KIND = range(5)
ATTACHED = f"{KATAKANA}\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CLASSES = {
    LATIN_OR_DIGIT: f"{LATIN}0-9０-９_",
    KATAKANA_KIND: KATAKANA,
    HIRAGANA_KIND: HIRAGANA,
    HAN_KIND: f"\u2e80-\u2fdf{HAN}",
}
MAX_RUN = 256  # characters of a run that are cut into words at once; longer ones are no prose


class Stretches(NamedTuple):
    """Stretches of a text and of its key; arrays of one length, int64.

    Args:
        start: Where each begins in the text.
        end: Where it ends.
        first: Where its key begins in the key of the text.
        last: Where that ends.
    """

    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    def where(self, chosen: npt.NDArray[np.bool_]) -> Stretches:
        """Return the chosen ones."""
        return Stretches(*(array[chosen] for array in self))


class Edges(Protocol):
    """Tells for one text which stretches of it are cut out of something longer."""

    def are_inside(self, stretches: Stretches) -> npt.NDArray[np.bool_]:
        """Tell for each stretch whether it begins or ends inside a word."""

    def word_around(self, start: int, end: int) -> str:
        """Return the words that a stretch of the text, which begins or ends inside one, is cut out of."""


def edges_of(text: str, folded: FoldedArray, *, language: str, boundaries: str) -> Edges:
    """Get ready to tell words in a text.

    Args:
        text: The text.
        folded: Its key.
        language: Tag of the text.
        boundaries: ``words`` or ``tokens``.

    Returns:
        What tells.

    Raises:
        ConfigError: Another name of boundaries; the dictionary of a tokeniser is not installed.
    """
    if boundaries == "tokens":
        return _TokenEdges(text, language)
    if boundaries != "words":
        raise ConfigError(f"boundaries {boundaries!r}", "write words or tokens")
    return _WordEdges(text, folded, words_of(language.partition("-")[0]))


@cache
def _kind_table() -> npt.NDArray[np.uint8]:
    """Tabulate the kinds of all characters, once per process."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for kind, characters in _CLASSES.items():
        for first, last in _ranges(characters):
            table[first : last + 1] = kind
    return table


@cache
def attached_table() -> npt.NDArray[np.bool_]:
    """Tabulate which characters belong to the one before them: ー, small kana, voicing marks, variation selectors."""
    table = np.zeros(0x110000, dtype=np.bool_)
    for first, last in _ranges(ATTACHED):
        table[first : last + 1] = True
    return table


def _ranges(characters: str) -> Iterator[tuple[int, int]]:
    """Read the inside of a class of a regular expression."""
    for match in re.finditer(r"(.)(?:-(.))?", characters, re.DOTALL):
        yield ord(match[1]), ord(match[2] or match[1])


class _WordEdges:
    """Runs of Latin letters and katakana are whole; between Han characters and hiragana a list of words decides."""

    def __init__(self, text: str, folded: FoldedArray, words: WordLattice | None) -> None:
        self._text, self._folded, self._words = text, folded, words
        self._kinds = np.concatenate((_kind_table()[folded.codes], [OTHER]))  # [-1] is beside the text

    def are_inside(self, stretches: Stretches) -> npt.NDArray[np.bool_]:
        """Tell for each stretch whether it begins or ends inside a word."""
        kinds = self._kinds
        left, head, tail, right = (
            kinds[at] for at in (stretches.start - 1, stretches.start, stretches.end - 1, stretches.end)
        )
        inside = _is_unbroken(left, head) | _is_unbroken(tail, right)
        if self._words is not None:
            by_left, by_right = (
                (left >= HIRAGANA_KIND) & (head >= HIRAGANA_KIND),
                (tail >= HIRAGANA_KIND) & (right >= HIRAGANA_KIND),
            )
            doubtful = (by_left | by_right) & ~inside
            if doubtful.any():
                inside[doubtful] = self._are_cut_out(
                    stretches.where(doubtful), by_left[doubtful], by_right[doubtful], self._words
                )
        return inside

    @cached_property
    def _runs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Number the run of each character of the key, and say where runs begin; -1 for a character of another script."""
        offsets = self._folded.offsets
        is_wordy = self._kinds[offsets] >= HIRAGANA_KIND
        goes_on = np.zeros(len(offsets), dtype=np.bool_)
        goes_on[1:] = is_wordy[1:] & is_wordy[:-1] & (np.diff(offsets) == 1)
        numbers = np.cumsum(~goes_on) - 1
        starts = np.flatnonzero(~goes_on)
        if (within := np.arange(len(offsets)) - starts[numbers]).max(initial=0) >= MAX_RUN:
            goes_on &= within % MAX_RUN != 0
            numbers, starts = np.cumsum(~goes_on) - 1, np.flatnonzero(~goes_on)
        return np.where(is_wordy, numbers, -1), starts

    def _are_cut_out(
        self, stretches: Stretches, by_left: npt.NDArray[np.bool_], by_right: npt.NDArray[np.bool_], words: WordLattice
    ) -> npt.NDArray[np.bool_]:
        """Tell for each stretch whether the cheapest cut of its run has words across its ends."""
        numbers, starts = self._runs
        head_runs, tail_runs = numbers[stretches.first], numbers[stretches.last - 1]
        chosen = np.unique(np.concatenate((head_runs[by_left], tail_runs[by_right])))
        sizes = np.append(starts[1:], len(numbers))[chosen] - starts[chosen]
        ways = words.ways(self._folded.key_codes, starts[chosen], sizes)
        head, tail = np.searchsorted(chosen, head_runs[by_left]), np.searchsorted(chosen, tail_runs[by_right])
        begin = ways.places[head] + stretches.first[by_left] - starts[head_runs[by_left]]
        finish = ways.places[tail] + stretches.last[by_right] - starts[tail_runs[by_right]]
        detour = np.zeros(len(by_left), dtype=np.float32)
        detour[by_left] = ways.from_start[begin] + ways.from_end[begin] - ways.from_end[ways.places[head]]
        after = ways.from_start[finish] + ways.from_end[finish] - ways.from_end[ways.places[tail]]
        detour[by_right] = np.maximum(detour[by_right], after)
        whole = np.flatnonzero((head_runs == tail_runs) & (head_runs >= 0))
        if whole.size:
            run = np.searchsorted(chosen, head_runs[whole])
            base = ways.places[run] - starts[head_runs[whole]]
            key, ends = (
                self._folded.key,
                zip(stretches.first[whole].tolist(), stretches.last[whole].tolist(), strict=True),
            )
            own = words.own_costs([key[first:last] for first, last in ends])
            through = ways.from_start[base + stretches.first[whole]] + own + ways.from_end[base + stretches.last[whole]]
            detour[whole] = through - ways.from_end[ways.places[run]]
        cut_out: npt.NDArray[np.bool_] = detour > MARGIN
        return cut_out

    def word_around(self, start: int, end: int) -> str:
        """Return the run of Latin letters or katakana, or the words, that a stretch is cut out of."""
        low, high = start, end
        for is_one in (_is_unbroken_pair, _is_wordy_pair):
            while low and is_one(self._kinds[low - 1], self._kinds[low]):
                low -= 1
            while high < len(self._text) and is_one(self._kinds[high - 1], self._kinds[high]):
                high += 1
            if (low, high) != (start, end) and is_one is _is_unbroken_pair:
                return self._text[low:high]
        low, high = max(low, start - MAX_RUN), min(high, end + MAX_RUN)
        if self._words is None:
            return self._text[low:high]
        offsets = self._folded.offsets
        first, last = np.searchsorted(offsets, [low, high]).tolist()
        cut = offsets[[first + place for place in self._words.cut(self._folded.key[first:last])[:-1]]].tolist()
        begin = max(place for place in [low, *cut] if place <= start)
        return self._text[begin : min((place for place in cut if place >= end), default=high)]


def _is_unbroken(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Tell where two neighbours belong to one run of Latin letters and digits, or of katakana."""
    joined: npt.NDArray[np.bool_] = (one == other) & ((one == LATIN_OR_DIGIT) | (one == KATAKANA_KIND))
    return joined


def _is_unbroken_pair(one: int, other: int) -> bool:
    return one == other and one in {LATIN_OR_DIGIT, KATAKANA_KIND}


def _is_wordy_pair(one: int, other: int) -> bool:
    return min(one, other) >= HIRAGANA_KIND


class _TokenEdges:
    """Words are what the tokeniser of the language says, or the parts that it knows of them."""

    def __init__(self, text: str, language: str) -> None:
        tokeniser = LANGUAGES.get(language)
        self._text = text
        self._tokens: list[tuple[int, int]] = []
        self._starts = np.zeros(len(text) + 1, dtype=np.bool_)
        self._ends = self._starts.copy()
        for sentence in tokeniser.sentences(text):
            for token in tokeniser.tokens(text[sentence.start : sentence.end]):
                start, end = sentence.start + token.start, sentence.start + token.end
                self._tokens.append((start, end))
                cuts = [start, *accumulate(map(len, token.parts[:-1]), initial=start), end]
                self._starts[cuts[:-1]] = True
                self._ends[cuts[1:]] = True

    def are_inside(self, stretches: Stretches) -> npt.NDArray[np.bool_]:
        """Tell for each stretch whether it begins or ends inside a token."""
        inside: npt.NDArray[np.bool_] = ~(self._starts[stretches.start] & self._ends[stretches.end])
        return inside

    def word_around(self, start: int, end: int) -> str:
        """Return the tokens that a stretch shares characters with."""
        crossed = [one for one in self._tokens if one[0] < end and start < one[1]]
        return self._text[crossed[0][0] : crossed[-1][1]] if crossed else ""
