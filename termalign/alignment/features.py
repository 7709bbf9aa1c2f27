"""What speaks for a block, in numbers that one linear score weighs.

The parts depend on one another, and the model of words trusts rare words too much: their weights make up for that. They were
fitted so that the right path is the likeliest one among all paths, which also makes the share of paths that take a bead a
probability that can be believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.model import MAX_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.alignment.boundaries import Kept
    from termalign.alignment.linking import Linker
    from termalign.alignment.search import Block, Grid
    from termalign.alignment.sides import Floats, Ints, Side

__all__ = ["WEIGHTS", "Feature", "Features"]


class Feature(IntEnum):
    """What is known of a block; all in nats."""

    EXPLAINED = 0  # what both sides gain by words of the other, each word as often as needed
    LINKED = 1  # the same with words linked one to one
    ALONE = 2  # what it costs that words have no counterpart, as if none had one; <= 0
    AGAINST = 3  # segments that the other side does not explain: their scores below 0
    LENGTH = 4
    PRIOR = 5  # of the type of bead
    END = 6  # the marks before its two boundaries
    QUOTATION = 7
    PARAGRAPH = 8
    INSIDE = 9  # boundaries of segments inside it
    NULL = 10  # 1 for a null bead
    NULL_BEST = 11  # how well the best segment near by would explain a segment that stands alone


# Fitted by likelihood on the development half of ``bench`` (news in three languages, essays, novels; with the core lexicon and
# with dictionaries), see tests/quality. Paragraphs are not marked there: they weigh as much as quotations.
WEIGHTS: Floats = np.array([0.137, 0.119, 0.197, 0.152, 0.617, 0.748, 0.283, 0.579, 0.579, 1.227, -0.155, 0.159])


@dataclass(frozen=True, slots=True)
class Features:
    """Measures blocks.

    Args:
        grid: Scores of words, lengths and bead types.
        linker: Links words.
        left: Source side.
        right: Target side.
        kept: How far the pair of texts keeps its boundaries.
    """

    grid: Grid
    linker: Linker
    left: Side
    right: Side
    kept: Kept

    def of(self, blocks: Sequence[Block]) -> Floats:
        """Measure blocks.

        Args:
            blocks: Blocks of the grid, null beads among them.

        Returns:
            Their features; (blocks, :class:`Feature`).
        """
        rows = np.zeros((len(blocks), len(Feature)))
        places = np.array([(one.i, one.j, one.a, one.b) for one in blocks], dtype=np.int64).reshape(-1, 4)
        kinds, kind = np.unique(places[:, 2] * (MAX_SIDE + 1) + places[:, 3], return_inverse=True)
        for number, one in enumerate(kinds.tolist()):
            a, b = divmod(one, MAX_SIDE + 1)
            chosen = np.flatnonzero(kind == number)
            i, j = places[chosen, 0], places[chosen, 1]
            rows[chosen, Feature.PRIOR] = self.grid.estimates.beads[a, b]
            if a and b:
                self._explained(rows, chosen, self.grid.parts(i, j, a=a, b=b))
                rows[chosen, Feature.LENGTH] = self.grid.lengths.of(i, j, a=a, b=b)
                self._boundaries(rows, chosen, (i, i + a), (j, j + b))
            else:
                rows[chosen, Feature.NULL] = 1.0
                rows[chosen, Feature.NULL_BEST] = self.grid.best_near(i, j, source=bool(a))
        full = np.flatnonzero(places[:, 2] * places[:, 3])
        alone, rows[full, Feature.LINKED] = self.linker.scores(places[full])
        rows[full, Feature.ALONE] = alone
        rows[full, Feature.EXPLAINED] -= alone
        return rows

    @staticmethod
    def _explained(rows: Floats, chosen: Ints, parts: tuple[Floats, Floats]) -> None:
        """Measure what words say that may each be used more than once."""
        for part in parts:
            rows[chosen, Feature.EXPLAINED] += part.sum(axis=0)
            rows[chosen, Feature.AGAINST] += np.minimum(part, 0.0).sum(axis=0)

    def _boundaries(self, rows: Floats, chosen: Ints, src: tuple[Ints, Ints], tgt: tuple[Ints, Ints]) -> None:
        """Measure what the boundaries say: each belongs to two beads, by half."""
        (i, end_i), (j, end_j) = src, tgt
        left, right = self.left.boundaries.classes, self.right.boundaries.classes
        for view, (met, ours, theirs) in enumerate(zip(self.kept.met, left, right, strict=True)):
            rows[chosen, Feature.END + view] = 0.5 * (met[ours[i], theirs[j]] + met[ours[end_i], theirs[end_j]])
            for alone, classes, start, end in (
                (self.kept.src[view], ours, i, end_i),
                (self.kept.tgt[view], theirs, j, end_j),
            ):
                sums = np.cumsum(alone[classes])
                rows[chosen, Feature.INSIDE] += sums[end - 1] - sums[start]
