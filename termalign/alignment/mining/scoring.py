"""A pair of sentences in figures: words linked one to one, and how much of each side they explain."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.alignment.keys import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from termalign.alignment.mining.gains import Gains
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Pool

__all__ = ["Figures", "Linker", "SideFigures"]


class SideFigures(NamedTuple):
    """What one side says.

    Args:
        ratio: Log-likelihood ratio of its words, in nats.
        most: The same if every word had found a partner.
        linked: Weight of its content words that found a partner.
        weight: Weight of its content words.
        numbers: Numbers that found a partner, and that found none.
        foreign: The same of Latin names in Japanese and Chinese.
    """

    ratio: float
    most: float
    linked: float
    weight: float
    numbers: tuple[int, int]
    foreign: tuple[int, int]


class Figures(NamedTuple):
    """What both sides of a pair say, and the logarithm of the ratio of their lengths."""

    src: SideFigures
    tgt: SideFigures
    ratio: float

    def flat(self) -> tuple[float, ...]:
        """List the figures of the source side, of the target side, and the ratio: there may be millions of pairs."""
        src, tgt = self.src, self.tgt
        return (*src[:4], *src.numbers, *src.foreign, *tgt[:4], *tgt.numbers, *tgt.foreign, self.ratio)


class Linker:
    """Links the words of pairs of sentences.

    Args:
        left: Source side.
        right: Target side.
        partners: Partners of source types.
        gains: Gains of both sides.
    """

    def __init__(self, left: Pool, right: Pool, partners: Partners, gains: tuple[Gains, Gains]) -> None:
        self._left, self._right, self._partners = left, right, partners
        self._first = partners.first.tolist()
        self._known: dict[int, Mapping[int, float]] = {}
        self._gains = [(one.hit.tolist(), one.miss.tolist(), one.weight.tolist()) for one in gains]
        self._kinds = left.kinds.tolist(), right.kinds.tolist()
        self._rows: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] = ({}, {})

    @property
    def known(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Tell for the types of each side whether they have partners at all."""
        there = np.bincount(self._partners.other, minlength=len(self._right.keys)) > 0
        return np.diff(self._partners.first) > 0, there

    def figures(self, i: int, j: int) -> Figures:
        """Return the figures of a pair."""
        src, tgt = self.links(i, j)
        return Figures(
            self._side(self._row(0, i), src, 0),
            self._side(self._row(1, j), tgt, 1),
            log(self._right.lengths[j] / self._left.lengths[i]),
        )

    def links(self, i: int, j: int) -> tuple[dict[int, float], dict[int, float]]:
        """Link the words of two sentences one to one, the pairs that gain most first.

        Args:
            i: Source sentence.
            j: Target sentence.

        Returns:
            The types of each side that found a partner, with the strength of the link.
        """
        theirs = self._row(1, j)
        among = set(theirs)
        hits, other_hits = self._gains[0][0], self._gains[1][0]
        found = []
        for s in self._row(0, i):
            partners = self._of(s)
            found += [(-partners[t] * (hits[s] + other_hits[t]), s, t) for t in partners.keys() & among]
        src: dict[int, float] = {}
        tgt: dict[int, float] = {}
        for _, s, t in sorted(found):
            if s not in src and t not in tgt:
                src[s] = tgt[t] = self._of(s)[t]
        return src, tgt

    def _of(self, s: int) -> Mapping[int, float]:
        """Return the partners of a source type."""
        if s not in self._known:
            part = slice(self._first[s], self._first[s + 1])
            listed = zip(self._partners.other[part].tolist(), self._partners.strength[part].tolist(), strict=True)
            self._known[s] = dict(listed)
        return self._known[s]

    def _row(self, side: int, number: int) -> tuple[int, ...]:
        """Return the types of a sentence."""
        rows = self._rows[side]
        if number not in rows:
            rows[number] = tuple((self._right if side else self._left).row(number).tolist())
        return rows[number]

    def _side(self, row: tuple[int, ...], links: Mapping[int, float], side: int) -> SideFigures:
        """Add up what the words of one side say."""
        hit, miss, weight = self._gains[side]
        kinds = self._kinds[side]
        ratio = most = linked = whole = 0.0
        met: dict[int, list[int]] = {Kind.NUMBER: [0, 0], Kind.FOREIGN: [0, 0]}
        for one in row:
            strength = links.get(one, 0.0)
            ratio += strength * hit[one] + (1.0 - strength) * miss[one] * (0.5 if strength else 1.0)
            most += hit[one]
            kind = kinds[one]
            if kind < Kind.FUNCTION:
                whole += weight[one]
                linked += strength * weight[one]
            if kind in met:
                met[kind][0 if strength else 1] += 1
        numbers, foreign = met[Kind.NUMBER], met[Kind.FOREIGN]
        return SideFigures(ratio, most, linked, whole, (numbers[0], numbers[1]), (foreign[0], foreign[1]))
