"""Where words end in runs of Han characters and hiragana, told by the cheapest cut into known words.

A term found as a bare string may be cut out of other words: 積分 in 累積|分布, 动作 in 动作片, 研究生 in 研究|生命. A tokeniser
would tell at 3 MB a second. Here the cheapest way to each place of a run, from its beginning and from its end, is found for
all runs of a text at once, step by step through arrays; a term stands between word ends where the cheapest way through it is as
cheap as the cheapest way there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.languages.word_list import LONGEST_WORD, TERM_COST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

__all__ = ["Ways", "WordLattice"]

MARGIN = 1e-3  # of two sums of the same costs, single precision
_MULTIPLIER, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
KANA = 0x3041, 0x30FF  # code points
MAX_REMEMBERED = 500_000  # terms whose costs are kept


class Ways(NamedTuple):
    """The cheapest ways through runs of characters.

    Args:
        from_start: Cost of the cheapest cut of a run's first characters; the places of run ``r`` begin at ``places[r]``.
        from_end: Cost of the cheapest cut of what follows a place.
        places: Where each run's places begin in the two arrays; one more place than characters.
        sizes: Characters of each run.
    """

    from_start: npt.NDArray[np.float32]
    from_end: npt.NDArray[np.float32]
    places: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]


class WordLattice:
    """Costs of words in a hash table of arrays, and the cheapest ways through runs.

    Args:
        prints: Upper half of the hash of each word, in the slot that the lower half names or the next free one; 0 where a
            slot is empty; (2**n,) uint32.
        costs: Costs of the words; (2**n,) float32.
        lone: What a single character costs that is no word: Han, hiragana.
    """

    def __init__(
        self, prints: npt.NDArray[np.uint32], costs: npt.NDArray[np.float32], lone: tuple[float, float]
    ) -> None:
        self.prints, self.costs, self.lone = prints, costs, lone
        self._mask = np.uint32(len(prints) - 1)
        self._own: dict[str, float] = {}

    @classmethod
    def of(cls, words: Mapping[str, float], *, lone: tuple[float, float]) -> WordLattice:
        """Make the table of a list of words.

        Args:
            words: Keys of words and what they cost.
            lone: As above.

        Returns:
            The lattice; of two words with one hash (hardly ever, with 64 bits) the cheaper counts.
        """
        prints = np.empty(len(words), dtype=np.uint64)
        costs = np.fromiter(words.values(), dtype=np.float32, count=len(words))
        sizes = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        text = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        for size in np.unique(sizes).tolist():
            chosen = np.flatnonzero(sizes == size)
            prints[chosen] = _hashes(text, starts[chosen], size)
        return cls(*_table(prints, costs), lone)

    def word_costs(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
        """Return what the words at each place of a text cost.

        Args:
            codes: Code points of a key.

        Returns:
            (LONGEST_WORD, len(codes)) float32: in row ``n`` the cost of the word of ``n + 1`` characters that begins there,
            infinite where there is none; a single character always has a cost.
        """
        found = np.full((LONGEST_WORD, len(codes)), np.inf, dtype=np.float32)
        for size in range(1, min(LONGEST_WORD, len(codes)) + 1):
            starts = np.arange(len(codes) - size + 1)
            found[size - 1, : len(starts)] = self._look_up(_hashes(codes, starts, size))
        lone = np.where((codes >= KANA[0]) & (codes <= KANA[1]), self.lone[1], self.lone[0])
        found[0] = np.where(np.isinf(found[0]), lone, found[0])
        return found

    def _look_up(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
        """Return the costs of words by their hashes, infinite for those that are none."""
        found = np.full(len(hashes), np.inf, dtype=np.float32)
        wanted, slots = _halves(hashes)
        slots &= self._mask
        left = np.arange(len(hashes))
        while left.size:
            held = self.prints[slots]
            same = held == wanted
            found[left[same]] = self.costs[slots[same]]
            going = np.flatnonzero(~same & (held != 0))
            left, wanted, slots = left[going], wanted[going], (slots[going] + np.uint32(1)) & self._mask
        return found

    def ways(
        self,
        codes: npt.NDArray[np.uint32],
        starts: npt.NDArray[np.int64],
        sizes: npt.NDArray[np.int64],
        *,
        shortest: int = 1,
    ) -> Ways:
        """Find the cheapest ways through runs of a key.

        Args:
            codes: Code points of the key.
            starts: Where each run begins in it; ascending.
            sizes: How many characters each has; at least 1.
            shortest: Characters of the shortest word of a way.

        Returns:
            The ways, infinite where there is none. Linear in the characters; the arrays are walked as many times as the
            longest run has characters.
        """
        begins = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        within = np.arange(int(sizes.sum())) - np.repeat(begins, sizes)
        costs = self.word_costs(codes[np.repeat(starts, sizes) + within])
        places = begins + np.arange(len(sizes))
        from_start = np.zeros(int(sizes.sum()) + len(sizes), dtype=np.float32)
        from_end = from_start.copy()
        order = np.argsort(-sizes, kind="stable")
        steps = np.arange(1, int(sizes.max(initial=0)) + 1)
        for step, count in zip(
            steps.tolist(), np.searchsorted(-sizes[order], -steps, side="right").tolist(), strict=True
        ):
            runs = order[:count]
            words = range(shortest, min(step, LONGEST_WORD) + 1)
            at, last = places[runs] + step, begins[runs] + step
            from_start[at] = _cheapest(count, [from_start[at - n] + costs[n - 1, last - n] for n in words])
            at, first = places[runs] + sizes[runs] - step, begins[runs] + sizes[runs] - step
            from_end[at] = _cheapest(count, [from_end[at + n] + costs[n - 1, first] for n in words])
        return Ways(from_start, from_end, places, sizes)

    def own_costs(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return what terms cost as words of their own.

        Args:
            terms: Keys, none empty.

        Returns:
            (len(terms),) float32: what their words cost where a term is a known word or made of words of two characters and
            more; else at most :data:`termalign.languages.word_list.TERM_COST`.
        """
        new = [term for term in dict.fromkeys(terms) if term not in self._own]
        if new:
            if len(self._own) > MAX_REMEMBERED:
                self._own.clear()
                new = list(dict.fromkeys(terms))
            self._own.update(zip(new, self._own_costs(new).tolist(), strict=True))
        return np.fromiter(map(self._own.__getitem__, terms), dtype=np.float32, count=len(terms))

    def _own_costs(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """Work the costs of distinct terms out."""
        sizes = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
        codes = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        ways, longer = (self.ways(codes, starts, sizes, shortest=shortest) for shortest in (1, 2))
        cheapest, made = ways.from_end[ways.places], longer.from_end[longer.places]
        return np.where(made <= cheapest + MARGIN, cheapest, np.minimum(cheapest, np.float32(TERM_COST)))

    def cut(self, text: str) -> list[int]:
        """Cut one run.

        Args:
            text: Its key.

        Returns:
            The places where words begin, and the end of the text.
        """
        costs = self.word_costs(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)).tolist()
        best: list[tuple[float, int]] = [(0.0, 0)]
        for last in range(1, len(text) + 1):
            firsts = range(max(0, last - LONGEST_WORD), last)
            best.append(min((best[first][0] + costs[last - first - 1][first], first) for first in firsts))
        places, at = [len(text)], len(text)
        while at:
            at = best[at][1]
            places.append(at)
        return places[::-1]


def _cheapest(count: int, options: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return the smallest of several numbers at each of so many places, infinite without any."""
    smallest = np.full(count, np.inf, dtype=np.float32)
    for other in options:
        np.minimum(smallest, other, out=smallest)
    return smallest


def _hashes(codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.uint64]:
    """Hash the stretches of one size that begin at some places; never 0."""
    found = np.full(len(starts), size, dtype=np.uint64)
    for step in range(size):
        found = (found ^ codes[starts + step]) * _MULTIPLIER
        found ^= found >> _MIX
    return found


def _halves(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return the upper half of hashes, never 0, and the lower half."""
    upper = (hashes >> np.uint64(32)).astype(np.uint32)
    return np.maximum(upper, np.uint32(1)), hashes.astype(np.uint32)


def _table(
    hashes: npt.NDArray[np.uint64], costs: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    """Put words into slots, each into the first free one from the slot that its hash names."""
    size = 1 << max(4, (2 * len(hashes)).bit_length())
    taken, mask = np.zeros(size, dtype=np.uint32), np.uint32(size - 1)
    held = np.full(size, np.inf, dtype=np.float32)
    left = np.argsort(costs, kind="stable")[::-1]
    prints, slots = (half[left] for half in _halves(hashes))
    slots &= mask
    while left.size:
        free = taken[slots] == 0
        taken[slots[free]] = prints[free]  # of several for one slot the last, cheapest one stays
        same = taken[slots] == prints
        held[slots[same]] = costs[left[same]]
        left, prints, slots = left[~same], prints[~same], (slots[~same] + np.uint32(1)) & mask
    return taken, held
