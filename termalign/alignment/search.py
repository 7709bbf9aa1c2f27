"""The best ways through two texts: dynamic programming over bead types inside a corridor.

A node ``(i, j)`` stands before source segment ``i`` and target segment ``j``; a bead leads from node to node. Two passes, from
the start and from the end, tell for each bead the score of the best path that takes it, and so which beads are worth a second
look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.model import BEAD_PRIOR, MAX_SIDE, NULLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from termalign.alignment.explaining import Explained
    from termalign.alignment.lengths import Lengths
    from termalign.alignment.meaning import Meaning
    from termalign.alignment.model import Estimates
    from termalign.alignment.sides import Floats, Ints

    Row = tuple[int, int, int, Floats]

__all__ = ["Block", "Corridor", "Grid", "best_blocks", "likely_blocks"]

FULL = tuple(kind for kind in BEAD_PRIOR if kind not in NULLS)
MAX_LIKELY = 20  # blocks that begin before one target segment and are kept, where texts are equally long
MAX_KEPT = 400_000  # cells whose blocks are kept from one pass to the next; more are scored anew
IMPOSSIBLE = -1e6  # nats, outside a window
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
    _rows: dict[int, list[Row]] = field(default_factory=dict, repr=False)

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

    def row(self, j: int) -> list[Row]:
        """Return the blocks that begin before target segment ``j``: sizes, first source segment, and scores from there on."""
        found = self._rows.get(j)
        if found is None:
            found = list(self._row(j))
            if len(self._rows) * self.forward.scores.shape[2] < MAX_KEPT:
                self._rows[j] = found
        return found

    def _row(self, j: int) -> Iterator[Row]:
        low, high = self.corridor.low, self.corridor.high
        if j + 1 == len(low):
            return
        start = int(self.backward.low[j])
        sums: dict[int, Floats] = {}
        end = int(high[min(j + MAX_SIDE, len(low) - 1)])
        meant = None if self.meaning is None else self.meaning.row(j, first=int(low[j]), last=end)
        for a, b in FULL:
            if j + b >= len(low):
                continue
            first, last = max(int(low[j]), int(low[j + b]) - a), min(int(high[j]), int(high[j + b]) - a)
            if first > last:
                continue
            told = np.zeros(last - first + 1)
            for target in range(j, j + b):
                shift = first - int(self.forward.low[target])
                told += self.forward.scores[a - 1, target, shift : shift + last - first + 1]
            if b not in sums:
                column = np.maximum(self.backward.scores[b - 1, j], IMPOSSIBLE).astype(float)
                sums[b] = np.concatenate([np.zeros(1), np.cumsum(column)])
            shift = first - start
            told += sums[b][shift + a : shift + a + last - first + 1] - sums[b][shift : shift + last - first + 1]
            length = self.lengths.scores(a, b, j=j, first=first, last=last)
            scores = self.weight * told + length + self.estimates.beads[a, b]
            if meant is not None:
                scores += meant.scores(a, b, first=first, last=last)
            yield a, b, first, scores


def best_blocks(grid: Grid) -> tuple[Block, ...]:
    """Find the best path.

    Args:
        grid: The scores.

    Returns:
        Its blocks in order. Ties go to the first type of :data:`termalign.alignment.model.BEAD_PRIOR`.

    Source:
        Gale & Church (1993), A program for aligning sentences in bilingual corpora, CL 19(1), for the program.
    """
    return _trace(_from_start(grid)[1], grid)


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
    kept = set(_trace(steps, grid))
    for j, rest in _from_end(grid):
        kept.update(_near(grid, j, best, rest, slack))
    return tuple(sorted(kept))


def _empty(grid: Grid) -> list[Floats]:
    corridor = grid.corridor
    return [np.full(int(high - low) + 1, -np.inf) for low, high in zip(corridor.low, corridor.high, strict=True)]


def _from_start(grid: Grid) -> tuple[list[Floats], list[npt.NDArray[np.int8]]]:
    """Return the best score of reaching each node, and the number of the bead type that reaches it."""
    low = grid.corridor.low
    best = _empty(grid)
    steps = [np.full(len(row), -1, dtype=np.int8) for row in best]
    kinds = list(BEAD_PRIOR)
    best[0][0] = 0.0
    for j, row in enumerate(best):
        _skip(row, steps[j], grid.estimates.beads[1, 0], kinds.index((1, 0)))
        for a, b, first, scores in grid.row(j):
            at, to = first - int(low[j]), first + a - int(low[j + b])
            _improve(best[j + b], steps[j + b], to, row[at : at + len(scores)] + scores, kinds.index((a, b)))
        if j + 1 < len(best):
            at, to = max(0, int(low[j + 1] - low[j])), max(0, int(low[j] - low[j + 1]))
            size = min(len(row) - at, len(best[j + 1]) - to)
            candidate = row[at : at + size] + grid.estimates.beads[0, 1]
            _improve(best[j + 1], steps[j + 1], to, candidate, kinds.index((0, 1)))
    return best, steps


def _improve(row: Floats, steps: npt.NDArray[np.int8], at: int, candidate: Floats, kind: int) -> None:
    """Put better scores and their step into a row."""
    part = slice(at, at + len(candidate))
    better = candidate > row[part]
    row[part] = np.where(better, candidate, row[part])
    steps[part] = np.where(better, kind, steps[part])


def _skip(row: Floats, steps: npt.NDArray[np.int8], cost: float, kind: int) -> None:
    """Let source segments stand alone: from each node of a row to those after it."""
    ramp = np.arange(len(row)) * cost
    reached = np.maximum.accumulate(row - ramp) + ramp
    better = reached > row + TINY
    row[better] = reached[better]
    steps[better] = kind


def _trace(steps: list[npt.NDArray[np.int8]], grid: Grid) -> tuple[Block, ...]:
    """Follow the steps back from the end."""
    kinds = list(BEAD_PRIOR)
    i, j = grid.size
    found: list[Block] = []
    while i or j:
        a, b = kinds[int(steps[j][i - int(grid.corridor.low[j])])]
        i, j = i - a, j - b
        found.append(Block(i, j, a, b))
    return tuple(reversed(found))


def _from_end(grid: Grid) -> Iterator[tuple[int, list[Floats]]]:
    """Yield from the last row to the first: the row, and the best scores of reaching the end from it and those after it."""
    low = grid.corridor.low
    rest = _empty(grid)
    rest[-1][-1] = 0.0
    for j in range(len(rest) - 1, -1, -1):
        row = rest[j]
        for a, b, first, scores in grid.row(j):
            at, to = first - int(low[j]), first + a - int(low[j + b])
            part = slice(at, at + len(scores))
            row[part] = np.maximum(row[part], scores + rest[j + b][to : to + len(scores)])
        if j + 1 < len(rest):
            at, to = max(0, int(low[j + 1] - low[j])), max(0, int(low[j] - low[j + 1]))
            size = min(len(row) - at, len(rest[j + 1]) - to)
            part = slice(at, at + size)
            row[part] = np.maximum(row[part], rest[j + 1][to : to + size] + grid.estimates.beads[0, 1])
        ramp = np.arange(len(row)) * grid.estimates.beads[1, 0]
        row[:] = np.maximum.accumulate((row + ramp)[::-1])[::-1] - ramp
        yield j, rest


def _near(grid: Grid, j: int, best: list[Floats], rest: list[Floats], slack: float) -> list[Block]:
    """Return the blocks of a row that lie on a path nearly as good as the best, the better ones where they are too many."""
    low = grid.corridor.low
    least = best[-1][-1] - slack
    found: list[tuple[Floats, Ints, int, int]] = []

    def keep(a: int, b: int, first: int, totals: Floats) -> None:
        chosen = np.flatnonzero(totals >= least)
        if len(chosen):
            found.append((totals[chosen], first + chosen, a, b))

    for a, b, first, scores in grid.row(j):
        at, to = first - int(low[j]), first + a - int(low[j + b])
        keep(a, b, first, best[j][at : at + len(scores)] + scores + rest[j + b][to : to + len(scores)])
    keep(1, 0, int(low[j]), best[j][:-1] + grid.estimates.beads[1, 0] + rest[j][1:])
    if j + 1 < len(best):
        at, to = max(0, int(low[j + 1] - low[j])), max(0, int(low[j] - low[j + 1]))
        size = min(len(best[j]) - at, len(best[j + 1]) - to)
        totals = best[j][at : at + size] + grid.estimates.beads[0, 1] + rest[j + 1][to : to + size]
        keep(0, 1, int(low[j]) + at, totals)
    n, m = grid.size
    limit = MAX_LIKELY * max(1, n // m)
    if not found:
        return []
    totals, places = np.concatenate([one for one, *_ in found]), np.concatenate([one for _, one, *_ in found])
    sizes = np.repeat([(a, b) for *_, a, b in found], [len(one) for one, *_ in found], axis=0)
    order = np.lexsort((sizes[:, 1], sizes[:, 0], places, -totals))[:limit]
    return [Block(int(places[n]), j, int(sizes[n, 0]), int(sizes[n, 1])) for n in order]
