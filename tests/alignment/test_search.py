"""The search through two texts, against a slow one that looks at every path."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

import termalign.alignment.search as searching
from termalign.alignment.explaining import Explained
from termalign.alignment.keys import key_run
from termalign.alignment.lengths import lengths_of
from termalign.alignment.model import BEAD_PRIOR, LEXICAL_WEIGHT, MAX_SIDE, prior_estimates
from termalign.alignment.search import Block, Corridor, Grid, best_blocks, likely_blocks
from termalign.alignment.sides import side_of
from termalign.model import Segment

SLACK = 3.0


def grid_of(low: list[int], high: list[int], *, seed: int) -> Grid:
    """Draw all scores."""
    n, m, draw = high[-1], len(low) - 1, np.random.default_rng(seed)
    sides = [
        side_of(key_run([Segment(language="en", text="x" * int(size)) for size in draw.integers(1, 30, length)]))
        for length in (n, m)
    ]
    forward, backward = (
        Explained(np.zeros(length, np.int64), draw.normal(0.0, 9.0, (MAX_SIDE, length, n)).astype(np.float32))
        for length in (m, m + 1)
    )
    corridor = Corridor(np.array(low), np.array(high))
    return Grid(corridor, forward, backward, lengths_of(*sides), prior_estimates(1.0), LEXICAL_WEIGHT)


def blocks_of(grid: Grid) -> dict[Block, float]:
    """Score each block of the corridor by itself."""
    low, high = grid.corridor.low, grid.corridor.high
    nodes = {(i, j) for j in range(len(low)) for i in range(low[j], high[j] + 1)}
    return {
        Block(i, j, a, b): float(grid.of(np.array([i]), np.array([j]), a=a, b=b)[0])
        for i, j in nodes
        for a, b in BEAD_PRIOR
        if (i + a, j + b) in nodes
    }


def totals_of(blocks: dict[Block, float], end: tuple[int, int]) -> dict[Block, float]:
    """Score the best path through each block."""

    @cache
    def before(i: int, j: int) -> float:
        ways = [
            before(one.i, one.j) + score for one, score in blocks.items() if (one.i + one.a, one.j + one.b) == (i, j)
        ]
        return max(ways, default=-np.inf) if i or j else 0.0

    @cache
    def after(i: int, j: int) -> float:
        ways = [after(i + one.a, j + one.b) + score for one, score in blocks.items() if (one.i, one.j) == (i, j)]
        return max(ways, default=-np.inf) if (i, j) != end else 0.0

    return {one: before(one.i, one.j) + score + after(one.i + one.a, one.j + one.b) for one, score in blocks.items()}


CORRIDORS = (
    ([0] * 8, [6] * 8),
    ([0, 0, 0, 2, 2, 4, 5], [2, 2, 3, 3, 5, 6, 6]),
    ([0, 0], [7, 7]),
    ([0] * 5, [1] * 5),
)


@pytest.mark.parametrize("corridor", CORRIDORS)
@pytest.mark.parametrize("cells", [1, 200_000])
def test_the_best_path_is_found(
    corridor: tuple[list[int], list[int]], cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "CELLS", cells)  # in one stretch, and row by row
    for seed in range(5):
        grid = grid_of(*corridor, seed=seed)
        blocks = blocks_of(grid)
        found = best_blocks(grid)
        ends = [(0, 0), *((one.i + one.a, one.j + one.b) for one in found)]
        assert ends[-1] == grid.size
        assert all((one.i, one.j) == start for (start, _), one in zip(pairwise(ends), found, strict=True))
        assert sum(blocks[one] for one in found) == pytest.approx(max(totals_of(blocks, grid.size).values()))


@pytest.mark.parametrize("corridor", CORRIDORS)
@pytest.mark.parametrize("cells", [1, 200_000])
def test_likely_blocks_lie_on_paths_nearly_as_good(
    corridor: tuple[list[int], list[int]], cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "CELLS", cells)
    for seed in range(5):
        grid = grid_of(*corridor, seed=seed)
        totals = totals_of(blocks_of(grid), grid.size)
        least = max(totals.values()) - SLACK
        assert likely_blocks(grid, slack=SLACK) == tuple(sorted(one for one, total in totals.items() if total >= least))


def test_of_too_many_likely_blocks_the_better_ones_are_kept() -> None:
    grid = grid_of([0] * 8, [9] * 8, seed=1)
    totals = totals_of(blocks_of(grid), grid.size)
    found = set(likely_blocks(grid, slack=1e9))
    for j in range(8):
        mine = sorted((total for one, total in totals.items() if one.j == j), reverse=True)[: searching.MAX_LIKELY]
        assert sum(one.j == j for one in found) == len(mine)
        assert sorted((totals[one] for one in found if one.j == j), reverse=True) == pytest.approx(mine)
