"""How sure a bead is, as a probability: among all paths, and that the texts are versions of each other there at all."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.alignment.sides import Floats

__all__ = ["Judged", "confidence"]

AROUND = 15  # beads on either side that tell whether the texts run together there
# Logistic regression of whether two texts are versions of each other on what stands around a bead: the log-likelihood ratio of
# its words by the lexicon and by likeness alone, per word; the mean share of paths; the logarithm of the number of words. Fitted
# on the development half of ``bench``: documents and passages of one to ten beads, each with its translation and with another's.
BIAS, BY_WORDS, BY_PATHS, BY_SIZE = -11.3, 10.6, 6.8, 1.33


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a bead with both sides.

    Args:
        share: Of all paths, weighed by likelihood, that take it; in [0, 1].
        known: Log-likelihood ratio of its words, without what the texts themselves have taught; in nats.
        size: Number of its words, both sides, > 0.
    """

    share: float
    known: float
    size: float


def confidence(beads: Sequence[Judged], *, least: float = 0.0) -> Floats:
    """Tell how likely each bead is right.

    Args:
        beads: Neighbouring beads of one alignment, in order.
        least: How likely the texts are versions of each other by what others say, in [0, 1].

    Returns:
        For each the probability that just these segments translate each other, in [0, 1]: the share of paths, times the
        probability that the texts are versions of each other around there. What the texts have taught counts for the first
        only: any two texts can be learned by heart.

    Source:
        Ours.
    """
    rows: Floats = np.array([(one.known, one.share * one.size, one.size) for one in beads], dtype=float).reshape(-1, 3)
    ends = np.concatenate([np.zeros((1, 3)), np.cumsum(rows, axis=0)])
    places = np.arange(len(rows))
    around = ends[np.minimum(places + AROUND + 1, len(rows))] - ends[np.maximum(places - AROUND, 0)]
    return np.array([one.share * max(least, _together(*row)) for one, row in zip(beads, around.tolist(), strict=True)])


def _together(known: float, shared: float, size: float) -> float:
    """Tell how likely two texts are versions of each other."""
    return 1.0 / (1.0 + exp(-(BIAS + (BY_WORDS * known + BY_PATHS * shared) / size + BY_SIZE * log(size))))
