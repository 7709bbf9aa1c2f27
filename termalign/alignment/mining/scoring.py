"""Pairs of sentences in figures: how much of each side its linked words explain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.mining.judging import COUNTS, LINKED, MOST, N_FIGURES, RATIO, WEIGHT
from termalign.alignment.mining.linking import Linker

if TYPE_CHECKING:
    import numpy.typing as npt

    from termalign.alignment.mining.gains import Gains
    from termalign.alignment.mining.linking import Links
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Ints, Pool

__all__ = ["Scorer"]

COUNTED = (Kind.NUMBER, Kind.FOREIGN)
HALF = 0.5  # of what is missed counts for a word whose partner is a weak one


@dataclass(frozen=True, slots=True)
class _Side:
    """What the words of one side say, by type and by sentence; arguments as in :class:`_Figures`."""

    gains: Gains = field(repr=False)
    kinds: Ints = field(repr=False)
    missed: Floats = field(repr=False)
    most: Floats = field(repr=False)
    weight: Floats = field(repr=False)
    counts: tuple[Floats, ...] = field(repr=False)

    @classmethod
    def of(cls, pool: Pool, gains: Gains) -> _Side:
        """Add up what the words of each sentence say while none is linked."""
        sentences, n = pool.sentences(), len(pool)

        def total(values: Floats) -> Floats:
            return np.asarray(np.bincount(sentences, weights=values[pool.types], minlength=n), dtype=np.float64)

        return cls(
            gains=gains,
            kinds=pool.kinds,
            missed=total(gains.miss),
            most=total(gains.hit),
            weight=total(np.where(pool.kinds < Kind.FUNCTION, gains.weight, 0.0)),
            counts=tuple(total((pool.kinds == kind).astype(float)) for kind in COUNTED),
        )

    def figures(self, numbers: Ints, links: Links, types: Ints) -> Floats:
        """Return the figures of one side of pairs: (pairs, figures)."""
        gains, strength = self.gains, links.strength
        miss = gains.miss[types]

        def total(values: Floats) -> Floats:
            return np.asarray(np.bincount(links.pair, weights=values, minlength=len(numbers)), dtype=np.float64)

        found = np.empty((len(numbers), N_FIGURES))
        found[:, RATIO] = self.missed[numbers] + total(
            strength * gains.hit[types] + (1.0 - strength) * miss * HALF - miss
        )
        found[:, MOST] = self.most[numbers]
        weight = np.where(self.kinds[types] < Kind.FUNCTION, gains.weight[types], 0.0)
        found[:, LINKED] = total(strength * weight)
        found[:, WEIGHT] = self.weight[numbers]
        for place, (kind, whole) in enumerate(zip(COUNTED, self.counts, strict=True)):
            linked = total((self.kinds[types] == kind).astype(float))
            found[:, COUNTS + 2 * place] = linked
            found[:, COUNTS + 2 * place + 1] = whole[numbers] - linked
        return found


class Scorer:
    """Puts pairs of sentences in figures.

    Args:
        left: Source side.
        right: Target side.
        partners: Partners of source types.
        gains: Gains of both sides.
    """

    def __init__(self, left: Pool, right: Pool, partners: Partners, gains: tuple[Gains, Gains]) -> None:
        self.linker = Linker(left, right, partners, gains)
        self._sides = _Side.of(left, gains[0]), _Side.of(right, gains[1])
        self._lengths = np.log(left.lengths), np.log(right.lengths)

    def figures(self, src: Ints, tgt: Ints) -> npt.NDArray[np.float32]:
        """Return the figures of pairs.

        Args:
            src: Source sentences; equal ones that stand together are looked at together.
            tgt: A target sentence for each.

        Returns:
            (pairs, figures): those of the source side, as :mod:`termalign.alignment.mining.judging` numbers them, those of the
            target side, and the logarithm of the ratio of their lengths.
        """
        links = self.linker.links(src, tgt)
        ratio = self._lengths[1][tgt] - self._lengths[0][src]
        return np.column_stack(
            [
                self._sides[0].figures(src, links, links.src),
                self._sides[1].figures(tgt, links, links.tgt),
                ratio,
            ]
        ).astype(np.float32)
