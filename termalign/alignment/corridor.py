"""Where to look: a corridor around rare words that both texts share, so that time grows with length, not with its square."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.coarse import Coarse
from termalign.alignment.search import Corridor
from termalign.alignment.sides import ranges

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
    pairs = associations.src * len(right.keys) + associations.tgt
    n_src, n_tgt = left.spread(associations.src), right.spread(associations.tgt)
    rare = np.flatnonzero((np.maximum(n_src, n_tgt) <= MAX_PLACES) & (np.minimum(n_src, n_tgt) > 0))
    order = rare[np.lexsort((-associations.weight[rare], pairs[rare]))]
    chosen = order[np.diff(pairs[order], prepend=-1) > 0]  # the strongest of those that several channels have
    src, tgt, n_src, n_tgt = associations.src[chosen], associations.tgt[chosen], n_src[chosen], n_tgt[chosen]
    share = associations.weight[chosen] / (n_src * n_tgt)
    i = left.places[np.repeat(ranges(left.first[src], n_src), np.repeat(n_tgt, n_src))]
    j = right.places[ranges(np.repeat(right.first[tgt], n_src), np.repeat(n_tgt, n_src))]
    cells, which = np.unique(i * len(right) + j, return_inverse=True)
    scores = np.bincount(which, weights=np.repeat(share, n_src * n_tgt), minlength=len(cells))
    return cells // len(right), cells % len(right), scores.astype(float, copy=False)


def _chain(rows: Ints, columns: Ints, scores: Floats) -> list[tuple[int, int]]:
    """Find the heaviest chain of cells that ascends on both sides (a tree of prefix maxima over columns)."""
    if not len(rows):
        return []
    size = int(columns.max()) + 2
    places, own = (columns + 1).tolist(), scores.tolist()
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    totals: list[float] = []
    waiting: list[int] = []
    row = -1

    def enter(numbers: list[int]) -> None:
        for number in numbers:
            at = places[number]
            while at <= size:
                if tree[at][0] < totals[number]:
                    tree[at] = (totals[number], number)
                at += at & -at

    for number, (i, place) in enumerate(zip(rows.tolist(), places, strict=True)):
        if i != row:  # cells of one row do not follow each other
            enter(waiting)
            waiting, row = [], i
        best, at = (0.0, -1), place - 1
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        before.append(best[1])
        totals.append(best[0] + own[number])
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
