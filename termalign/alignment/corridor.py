"""Where to look: a corridor around rare words that both texts share, so that time grows with length, not with its square."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.coarse import Coarse
from termalign.alignment.search import Corridor

if TYPE_CHECKING:
    from termalign.alignment.associations import Associations
    from termalign.alignment.sides import Floats, Ints, Side

__all__ = ["corridor_of"]

ALL_CELLS = 60_000  # pairs of segments that are simply all compared: two texts of 245
MAX_PLACES = 4  # segments that hold a word which may serve as an anchor
REACH = 10  # segments: an anchor binds only places at least that far from it
NEAR = 12  # segments within which another anchor must agree
MAX_CELLS = 6_000_000  # pairs of segments that are looked at in all; bounds memory
LEAST_WIDTH, MOST_WIDTH = (
    40,
    500,
)  # source segments that a corridor keeps, however long the texts, and how many without anchors


def corridor_of(left: Side, right: Side, *, associations: Associations) -> Corridor:
    """Choose the nodes that the search looks at.

    Args:
        left: Source side, not empty.
        right: Target side, not empty.
        associations: Pairs of types that may translate each other.

    Returns:
        Everything for short texts. For others a corridor between anchors: pairs of segments that share rare words and stand in
        one order in both texts. Where there are none for long, parts of the texts that are alike; else a broad band about the line
        between the nearest ones.

    Source:
        Ours, after the idea of anchors by rare cognates in Simard, Foster & Isabelle (1992), Using cognates to align sentences
        in bilingual corpora, TMI.
    """
    n, m = len(left), len(right)
    if n * m <= ALL_CELLS:
        return Corridor(np.zeros(m + 1, np.int64), np.full(m + 1, n, np.int64))
    exact = [(0, 0), *_supported(_chain(*_meetings(left, right, associations))), (n, m)]
    width = min(MOST_WIDTH, max(LEAST_WIDTH, MAX_CELLS // (m + 1)))
    anchors = [(i, j, REACH) for i, j in exact]
    coarse: Coarse | None = None
    for start, end in pairwise(exact):
        if min(end[0] - start[0], end[1] - start[1]) > width:
            coarse = coarse or Coarse(left, right, associations)
            found, slack = coarse.anchors(start, end)
            anchors += [(i, j, slack) for i, j in found]
    return _between(sorted(anchors), (n, m), width)


def _meetings(left: Side, right: Side, associations: Associations) -> tuple[Ints, Ints, Floats]:
    """Find pairs of segments that share rare words, with how rare these are."""
    pairs: dict[tuple[int, int], float] = {}
    for found in associations.weights.values():
        for pair, weight in found.items():
            pairs[pair] = max(weight, pairs.get(pair, 0.0))
    types = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    weights = np.array([pairs[s, t] for s, t in types.tolist()], dtype=float)
    spread = np.stack([left.spread(types[:, 0]), right.spread(types[:, 1])])
    rare = (spread.max(axis=0) <= MAX_PLACES) & (spread.min(axis=0) > 0)
    cells: dict[tuple[int, int], float] = {}
    for (s, t), weight, places in zip(
        types[rare].tolist(), weights[rare].tolist(), spread[:, rare].T.tolist(), strict=True
    ):
        share = weight / (places[0] * places[1])
        for i in left.places[left.first[s] : left.first[s + 1]].tolist():
            for j in right.places[right.first[t] : right.first[t + 1]].tolist():
                cells[i, j] = cells.get((i, j), 0.0) + share
    found_cells = np.array(sorted(cells), dtype=np.int64).reshape(-1, 2)
    scores = np.array([cells[i, j] for i, j in found_cells.tolist()], dtype=float)
    return found_cells[:, 0], found_cells[:, 1], scores


def _chain(rows: Ints, columns: Ints, scores: Floats) -> list[tuple[int, int]]:
    """Find the heaviest chain of cells that ascends on both sides (a tree of prefix maxima over columns)."""
    if not len(rows):
        return []
    size = int(columns.max()) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    totals: list[float] = []
    waiting: list[int] = []
    row = -1

    def enter(numbers: list[int]) -> None:
        for number in numbers:
            at = int(columns[number]) + 1
            while at <= size:
                if tree[at][0] < totals[number]:
                    tree[at] = (totals[number], number)
                at += at & -at

    for number, (i, j) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        if i != row:  # cells of one row do not follow each other
            enter(waiting)
            waiting, row = [], i
        best, at = (0.0, -1), j
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        before.append(best[1])
        totals.append(best[0] + float(scores[number]))
        waiting.append(number)
    at = int(np.argmax(totals))
    found: list[tuple[int, int]] = []
    while at >= 0:
        found.append((int(rows[at]), int(columns[at])))
        at = before[at]
    return found[::-1]


def _supported(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep anchors that have a neighbour in the chain near by on both sides."""
    kept = []
    for number, (i, j) in enumerate(anchors):
        near = anchors[max(0, number - 1) : number] + anchors[number + 1 : number + 2]
        if any(abs(i - other) <= NEAR and abs(j - place) <= NEAR for other, place in near):
            kept.append((i, j))
    return kept


def _between(anchors: list[tuple[int, int, int]], size: tuple[int, int], width: int) -> Corridor:
    """Reach from anchor to anchor, past the nearest ones; bound the width about the line between them."""
    n, m = size
    columns = [j for _, j, _ in anchors]
    low, high = np.zeros(m + 1, np.int64), np.zeros(m + 1, np.int64)
    for j in range(m + 1):
        before = max(0, bisect_right(columns, j - REACH) - 1)
        after = min(len(anchors) - 1, bisect_right(columns, j + REACH - 1))
        (i0, j0, back), (i1, j1, ahead) = anchors[before], anchors[after]
        line = i0 + (i1 - i0) * (j - j0) / max(1, j1 - j0)
        low[j] = max(0, i0 - back, int(line) - width // 2)
        high[j] = min(n, i1 + ahead, int(line) + width // 2)
    low[0], high[-1] = 0, n
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    high[:-1] = np.maximum(high[:-1], low[1:])
    return Corridor(low, high)
