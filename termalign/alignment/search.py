"""The best ways through two texts: dynamic programming over bead types inside a corridor.

A node ``(i, j)`` stands before source segment ``i`` and target segment ``j``; a bead leads from node to node. Two passes, from
the start and from the end, tell for each bead the score of the best path that takes it, and so which beads are worth a second
look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.model import BEAD_PRIOR, NULLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from termalign.alignment.explaining import Explained
    from termalign.alignment.lengths import Lengths
    from termalign.alignment.meaning import Meaning
    from termalign.alignment.model import Estimates
    from termalign.alignment.sides import Floats, Ints

    Numbers = npt.NDArray[np.int8]

__all__ = ["Block", "Corridor", "Grid", "best_blocks", "likely_blocks"]

FULL = tuple(kind for kind in BEAD_PRIOR if kind not in NULLS)
MAX_LIKELY = 20  # blocks that begin before one target segment and are kept, where texts are equally long
# What a step of the search may be but a null bead of the source; of equally good ones the first is taken.
STEPS = (*sorted(FULL, key=lambda kind: -kind[1]), (0, 1))
SKIP = len(STEPS)  # number of the step that is that null bead
CELLS = 200_000  # blocks that are scored together; bounds memory
NEAR = 12  # segments on either side in which a null bead is sought a counterpart
FAR = -20.0  # nats, of a segment that has nothing near by
TINY = 1e-9  # nats; sums in another order differ by less


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A bead as a place: ``a`` source segments from ``i``, ``b`` target segments from ``j``; one of them may be 0."""

    i: int
    j: int
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Corridor:
    """Nodes that are looked at: for each target position, ``0..m``, source positions from ``low`` to ``high``, both included."""

    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True)
class Grid:
    """All that scores a block.

    Args:
        corridor: The nodes.
        forward: Target segments given source blocks.
        backward: Source segments given target blocks, by target position: ``scores[b - 1, j, k]`` is source segment
            ``low[j] + k`` given the b target segments from ``j``.
        lengths: The model of lengths.
        estimates: Priors of bead types.
        weight: Of the sum of both directions.
        meaning: What an encoder says, where there is one.
    """

    corridor: Corridor
    forward: Explained
    backward: Explained
    lengths: Lengths
    estimates: Estimates
    weight: float
    meaning: Meaning | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Numbers of source and target segments."""
        return int(self.corridor.high[-1]), len(self.corridor.high) - 1

    def parts(self, i: Ints, j: Ints, *, a: int, b: int) -> tuple[Floats, Floats]:
        """Return how well the segments of blocks of one size are explained by the other side.

        Args:
            i: First source segments.
            j: First target segments.
            a: Source segments of each block, > 0.
            b: Target segments of each block, > 0.

        Returns:
            Log-likelihood ratios of the target segments, (b, blocks), and of the source segments, (a, blocks).
        """
        targets = j + np.arange(b)[:, None]
        told = self.forward.scores[a - 1, targets, i - self.forward.low[targets]]
        given = self.backward.scores[b - 1, j, i - self.backward.low[j] + np.arange(a)[:, None]]
        return told.astype(float), given.astype(float)

    def best_near(self, i: Ints, j: Ints, *, source: bool) -> Floats:
        """Return how well segments that stand alone would be explained by the best segment near by.

        Args:
            i: Source places of null beads.
            j: Their target places.
            source: Whether the segments are of the source.

        Returns:
            The largest log-likelihood ratio, at least :data:`FAR`.
        """
        best = np.full(len(i), FAR)
        table = self.backward if source else self.forward
        for step in range(-NEAR, NEAR):
            row, column = (np.clip(j + step, 0, len(table.low) - 1), i) if source else (j, i + step)
            at = column - table.low[row]
            inside = (at >= 0) & (at < table.scores.shape[2])
            if source:
                inside &= (j + step >= 0) & (j + step < len(table.low) - 1)
            found = table.scores[0, row, np.clip(at, 0, table.scores.shape[2] - 1)]
            best = np.where(inside, np.maximum(best, found), best)
        return best

    def scores(self, rows: range, *, ending: bool = False) -> Floats:
        """Score the blocks that begin before target segments that follow each other, or end before them.

        Args:
            rows: Target positions.
            ending: Whether the blocks end there.

        Returns:
            For each target position, step of :data:`STEPS` and source position, from the lowest in the corridor on, the score in nats; ``-inf``
            where a block would leave the corridor.
        """
        low, high = self.corridor.low[rows.start : rows.stop], self.corridor.high[rows.start : rows.stop]
        target = np.arange(rows.start, rows.stop)
        source = low[:, None] + np.arange(int((high - low).max()) + 1)
        meant = None if self.meaning is None else self.meaning.near(self.corridor, rows)
        found = np.full((len(rows), len(STEPS), source.shape[1]), -np.inf)
        for number, (a, b) in enumerate(STEPS):
            first, start = (source - a, target - b) if ending else (source, target)
            row, column = np.nonzero(self._holds(first, start, a=a, b=b))
            if not len(row):
                continue
            i, j = first[row, column], start[row]
            scores = self.of(i, j, a=a, b=b)
            if meant is not None and a:
                scores += meant.of(i, j, a=a, b=b)
            found[row, number, column] = scores
        return found

    def of(self, i: Ints, j: Ints, *, a: int, b: int) -> Floats:
        """Score blocks of one size by all but their meaning.

        Args:
            i: First source segments.
            j: First target segments.
            a: Source segments of each block.
            b: Target segments of each block.

        Returns:
            A score per block, in nats.
        """
        prior = self.estimates.beads[a, b]
        if not a or not b:
            return np.full(len(i), prior)
        told, given = self.parts(i, j, a=a, b=b)
        words = told.sum(axis=0) + given.sum(axis=0)
        return np.asarray(self.weight * words + self.lengths.of(i, j, a=a, b=b) + prior)

    def _holds(self, source: Ints, target: Ints, *, a: int, b: int) -> npt.NDArray[np.bool_]:
        """Tell which blocks begin and end in the corridor; a row per target position."""
        is_there = (target >= 0) & (target + b < len(self.corridor.low))
        start, end = np.where(is_there, target, 0), np.where(is_there, target + b, 0)
        low, high = self.corridor.low[:, None], self.corridor.high[:, None]
        first = np.maximum(low[start], low[end] - a)
        last = np.minimum(high[start], high[end] - a)
        return np.asarray(is_there[:, None] & (source >= first) & (source <= last))


@dataclass(frozen=True, slots=True)
class _Table:
    """A number for each node of a corridor, row after row.

    Args:
        corridor: The nodes.
        begins: Where each row begins, and where the last one ends.
        values: The numbers.
    """

    corridor: Corridor
    begins: Ints
    values: Floats

    @classmethod
    def of(cls, corridor: Corridor) -> _Table:
        """Begin with nothing reached."""
        begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(corridor.high - corridor.low + 1)])
        return cls(corridor, begins, np.full(int(begins[-1]), -np.inf))

    def row(self, j: int) -> Floats:
        """Return the row of one target position, not a copy."""
        return self.values[self.begins[j] : self.begins[j + 1]]

    def places(self, rows: range, *, sign: int) -> Ints:
        """Tell for target positions, and each step, where the first node is found that is a step ahead, or, where ``sign`` is -1, behind."""
        low, here = self.corridor.low, np.arange(rows.start, rows.stop)[:, None]
        there = here + sign * np.array([b for _, b in STEPS])
        known = np.clip(there, 0, len(low) - 1)
        return np.asarray(self.begins[known] + low[here] + sign * np.array([a for a, _ in STEPS]) - low[known])

    def along(self, places: Ints, size: int) -> Floats:
        """Return so many numbers from each of some places on; what is outside the rows is any number."""
        return np.asarray(self.values.take(places[:, None] + np.arange(size), mode="clip"))


def best_blocks(grid: Grid) -> tuple[Block, ...]:
    """Find the best path.

    Args:
        grid: The scores.

    Returns:
        Its blocks in order. Ties go to the step that comes first in :data:`STEPS`.

    Source:
        Gale & Church (1993), A program for aligning sentences in bilingual corpora, CL 19(1), for the program.
    """
    best, steps = _from_start(grid)
    return _trace(steps, best, grid)


def likely_blocks(grid: Grid, *, slack: float) -> tuple[Block, ...]:
    """Find every block on a path nearly as good as the best.

    Args:
        grid: The scores.
        slack: By how much, in nats, a path may fall short of the best; >= 0.

    Returns:
        The likely blocks in order, those of the best path among them.

    Source:
        Ours.
    """
    best, steps = _from_start(grid)
    kept = set(_trace(steps, best, grid))
    for rows, totals in _from_end(grid, best):
        kept.update(_near(grid, rows, totals, least=float(best.values[-1]) - slack))
    return tuple(sorted(kept))


def _stretches(corridor: Corridor) -> Iterator[range]:
    """Cut the target positions into stretches whose blocks are scored together."""
    width = int((corridor.high - corridor.low).max()) + 1
    size = max(1, CELLS // (width * len(STEPS)))
    for start in range(0, len(corridor.low), size):
        yield range(start, min(len(corridor.low), start + size))


def _from_start(grid: Grid) -> tuple[_Table, Numbers]:
    """Return the best score of reaching each node, and the number of the step that reaches it."""
    best = _Table.of(grid.corridor)
    steps = np.empty(len(best.values), dtype=np.int8)
    cost = grid.estimates.beads[1, 0]
    for rows in _stretches(grid.corridor):
        scores, places = grid.scores(rows, ending=True), best.places(rows, sign=-1)
        for number, j in enumerate(rows):
            row, taken = best.row(j), steps[best.begins[j] : best.begins[j + 1]]
            reached = best.along(places[number], len(row)) + scores[number, :, : len(row)]
            taken[:] = chosen = reached.argmax(axis=0)
            row[:] = reached[chosen, np.arange(len(row))]
            if not j:
                row[0] = 0.0
            _skip(row, taken, cost)
    return best, steps


def _skip(row: Floats, steps: Numbers, cost: float) -> None:
    """Let source segments stand alone: from each node of a row to those after it."""
    ramp = np.arange(len(row)) * cost
    reached = np.maximum.accumulate(row - ramp) + ramp
    better = reached > row + TINY
    row[better] = reached[better]
    steps[better] = SKIP


def _trace(steps: Numbers, best: _Table, grid: Grid) -> tuple[Block, ...]:
    """Follow the steps back from the end."""
    kinds = (*STEPS, (1, 0))
    i, j = grid.size
    found: list[Block] = []
    while i or j:
        a, b = kinds[steps[best.begins[j] + i - grid.corridor.low[j]]]
        i, j = i - a, j - b
        found.append(Block(i, j, a, b))
    return tuple(reversed(found))


def _from_end(grid: Grid, best: _Table) -> Iterator[tuple[range, Floats]]:
    """Yield stretches of target positions, the last first, and the score of the best path through each block that begins there.

    They come by position, step (a null bead of the source the last of them) and source position, as :meth:`Grid.scores` has them.
    """
    rest = _Table.of(grid.corridor)
    cost = grid.estimates.beads[1, 0]
    for rows in reversed(list(_stretches(grid.corridor))):
        scores, places = grid.scores(rows), rest.places(rows, sign=1)
        totals = np.full((len(rows), len(STEPS) + 1, scores.shape[2]), -np.inf)
        for j in reversed(rows):
            row, number = rest.row(j), j - rows.start
            ahead = rest.along(places[number], len(row)) + scores[number, :, : len(row)]
            ahead.max(axis=0, out=row)
            if j + 1 == len(rest.begins) - 1:
                row[-1] = 0.0
            ramp = np.arange(len(row)) * cost
            row[:] = np.maximum.accumulate((row + ramp)[::-1])[::-1] - ramp
            reached = best.row(j)
            totals[number, :SKIP, : len(row)] = reached + ahead
            totals[number, SKIP, : len(row) - 1] = reached[:-1] + cost + row[1:]
        yield rows, totals


def _near(grid: Grid, rows: range, totals: Floats, *, least: float) -> Iterator[Block]:
    """Yield the blocks of a stretch that lie on a path nearly as good as the best, the better ones where a position has too many."""
    kinds = np.array([*STEPS, (1, 0)])
    n, m = grid.size
    limit = MAX_LIKELY * max(1, n // m)
    row, step, column = np.nonzero(totals >= least)
    (a, b), i, j = kinds[step].T, grid.corridor.low[rows.start + row] + column, rows.start + row
    order = np.lexsort((b, a, i, -totals[row, step, column], row))
    first = np.searchsorted(row, row)  # sorted by row already
    for number in order[np.arange(len(order)) - first < limit].tolist():
        yield Block(int(i[number]), int(j[number]), int(a[number]), int(b[number]))
