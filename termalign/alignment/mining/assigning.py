"""Pairs against their rivals, and which pairs stand in the end: no sentence in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from termalign.alignment.mining.pool import Floats, Ints

__all__ = ["assign", "best_of", "mean_of_others"]

N_RIVALS = 4  # best pairs of a sentence that another pair of it is compared with
DIGITS = 6


def best_of(side: Ints, score: Floats, *, others: bool = False) -> Floats:
    """Return for each pair the best score of a pair with the same sentence.

    Args:
        side: That sentence, for each pair.
        score: Scores, in no particular range.
        others: Whether only the other pairs count; a sentence without any has 0.

    Returns:
        One score for each pair.
    """
    ranked, rank = _ranked(side, score)
    best = np.zeros(len(score))
    starts = np.flatnonzero(rank == 0)
    sizes = np.diff(np.append(starts, len(ranked)))
    first = np.repeat(score[ranked[starts]], sizes)
    second = np.zeros(len(starts))
    many = sizes > 1
    second[many] = score[ranked[starts[many] + 1]]
    best[ranked] = np.where((rank == 0) & others, np.repeat(second, sizes), first)
    return best


def mean_of_others(side: Ints, score: Floats) -> Floats:
    """Return for each pair the mean score of the best other pairs with the same sentence.

    Args:
        side: That sentence, for each pair.
        score: Scores; negative ones count as 0, and so do pairs that are missing to :data:`N_RIVALS`.

    Returns:
        One mean for each pair.
    """
    ranked, rank = _ranked(side, score)
    group = np.cumsum(rank == 0) - 1
    positive = np.maximum(score[ranked], 0.0)
    top = np.bincount(group, weights=np.where(rank <= N_RIVALS, positive, 0.0))
    last = np.bincount(group, weights=np.where(rank == N_RIVALS, positive, 0.0))
    mean = np.zeros(len(score))
    mean[ranked] = (top[group] - np.where(rank <= N_RIVALS, positive, last[group])) / N_RIVALS
    return mean


def _ranked(side: Ints, score: Floats) -> tuple[Ints, Ints]:
    """Order pairs by sentence, best first, and rank them in it."""
    order = np.lexsort((-np.round(score, DIGITS), side))
    ordered = side[order]
    return order, np.arange(len(side)) - np.searchsorted(ordered, ordered, side="left")


def assign(src: Ints, tgt: Ints, score: Floats, *, min_score: float) -> Ints:
    """Choose pairs so that no sentence is in two, the best first.

    Args:
        src: Source sentence of each pair.
        tgt: Target sentence.
        score: How likely the pair is, in [0, 1].
        min_score: Score that a pair must have.

    Returns:
        Numbers of the chosen pairs, best first; ties go to the pair that stands first in its text.

    Source:
        Melamed (2000), Models of translational equivalence among words, CL 26(2), for competitive linking.
    """
    order = np.lexsort((tgt, src, -np.round(score, DIGITS)))
    used_src: set[int] = set()
    used_tgt: set[int] = set()
    chosen = []
    for number in order[score[order] >= min_score].tolist():
        i, j = int(src[number]), int(tgt[number])
        if i not in used_src and j not in used_tgt:
            used_src.add(i)
            used_tgt.add(j)
            chosen.append(number)
    return np.array(chosen, dtype=np.int64)
