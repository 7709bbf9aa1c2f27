"""What lengths say: translations keep the ratio of lengths, other texts do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import log
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.model import (
    LOG_RATIO_SPREAD,
    MAX_SIDE,
    MEAN_BEADS,
    PRIOR_SPREAD,
    SPREAD_BEADS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termalign.alignment.search import Block
    from termalign.alignment.sides import Floats, Ints, Side

__all__ = ["Lengths", "estimate_ratio", "lengths_of"]

MIN_SPREAD = 0.3  # standard deviation of the log length of blocks; texts of equally long lines would make it 0
WORST, BEST = -8.0, 2.0  # nats; a length never decides alone
MIN_BEADS = 3  # that tell more of the ratio than the whole texts do


@dataclass(frozen=True, slots=True)
class Lengths:
    """The model of lengths for a pair of texts.

    Args:
        src_ends: Characters of the source up to each segment, from 0.
        tgt_ends: The same for the target.
        src_logs: Logarithm of the length of each source block of 1 to 5 segments, by first segment.
        tgt_logs: The same for the target.
        src_apart: Twice the log-likelihood of that length among all source blocks of the size, but for a constant.
        tgt_apart: The same for the target.
        mean: Mean log ratio of target over source length.
        variance: Its variance.
    """

    src_ends: Floats = field(repr=False)
    tgt_ends: Floats = field(repr=False)
    src_logs: tuple[Floats, ...] = field(repr=False)
    tgt_logs: tuple[Floats, ...] = field(repr=False)
    src_apart: tuple[Floats, ...] = field(repr=False)
    tgt_apart: tuple[Floats, ...] = field(repr=False)
    mean: float
    variance: float

    def of(self, i: Ints, j: Ints, *, a: int, b: int) -> Floats:
        """Score blocks of one size.

        Args:
            i: First source segments.
            j: First target segments.
            a: Number of source segments.
            b: Number of target segments.

        Returns:
            For each block the log-likelihood ratio of the two lengths as those of translations against those of any two
            blocks of that size, in nats from ``WORST`` to ``BEST``.
        """
        # The ratio against either side's own spread is a likelihood ratio; their mean treats both sides alike.
        off = (self.tgt_logs[b - 1][j] - self.mean - self.src_logs[a - 1][i]) ** 2 / (-2.0 * self.variance)
        off -= 0.25 * (self.src_apart[a - 1][i] + self.tgt_apart[b - 1][j]) + 0.5 * log(self.variance)
        return np.clip(off, WORST, BEST)

    def estimated(self, mean: float, variance: float) -> Lengths:
        """Put other estimates in."""
        return replace(self, mean=mean, variance=variance)


def lengths_of(left: Side, right: Side) -> Lengths:
    """Prepare the model of lengths.

    Args:
        left: Source side, not empty.
        right: Target side, not empty.

    Returns:
        The model with the ratio of the whole texts.
    """
    src, tgt = (np.concatenate([np.zeros(1), np.cumsum(side.lengths)]) for side in (left, right))
    src_logs, tgt_logs = _block_logs(src), _block_logs(tgt)
    return Lengths(
        src_ends=src,
        tgt_ends=tgt,
        src_logs=src_logs,
        tgt_logs=tgt_logs,
        src_apart=tuple(_apart(one) for one in src_logs),
        tgt_apart=tuple(_apart(one) for one in tgt_logs),
        mean=log(tgt[-1] / src[-1]),
        variance=LOG_RATIO_SPREAD**2,
    )


def _block_logs(ends: Floats) -> tuple[Floats, ...]:
    """Logarithm of the length of the blocks of each size."""
    return tuple(np.log(ends[size:] - ends[:-size]) for size in range(1, min(MAX_SIDE, len(ends) - 1) + 1))


def _apart(logs: Floats) -> Floats:
    """Twice the log-likelihood of each length under a normal distribution of all of them."""
    variance = max(float(logs.var()), MIN_SPREAD**2)
    return np.asarray(-log(variance) - (logs - logs.mean()) ** 2 / variance)


def estimate_ratio(blocks: Mapping[Block, float], lengths: Lengths) -> tuple[float, float]:
    """Estimate the ratio of lengths from beads.

    Args:
        blocks: Beads with how sure they are; null beads are left out.
        lengths: The lengths, and the ratio of the whole texts.

    Returns:
        Mean log ratio and its variance, each drawn towards what was believed before.
    """
    src, tgt = lengths.src_ends, lengths.tgt_ends
    whole = log(tgt[-1] / src[-1])
    full = [one for one in blocks if one.a and one.b]
    weights: Floats = np.array([blocks[one] for one in full])
    n = float(weights.sum())
    if n < MIN_BEADS:
        return whole, LOG_RATIO_SPREAD**2
    ratios = np.array([np.log((tgt[one.j + one.b] - tgt[one.j]) / (src[one.i + one.a] - src[one.i])) for one in full])
    mean = (float(weights @ ratios) + whole * MEAN_BEADS) / (n + MEAN_BEADS)
    squares = float(weights @ (ratios - mean) ** 2) + PRIOR_SPREAD**2 * SPREAD_BEADS
    return mean, squares / (n + SPREAD_BEADS)
