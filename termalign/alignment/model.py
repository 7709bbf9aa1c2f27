"""What the aligner believes before it has seen a text, and what it has estimated from one.

The numbers below are the free parameters of sentence alignment. Those called measured were chosen on the development half of
the public data in ``bench`` (news in three languages, essays and novels in two), one value for all of it; nothing else was
fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termalign.alignment.sides import Floats

__all__ = [
    "BEAD_PRIOR",
    "CHANNEL_PRIOR",
    "LEXICAL_WEIGHT",
    "MAX_SIDE",
    "NULLS",
    "Channel",
    "Estimates",
    "prior_estimates",
]


class Channel(IntEnum):
    """Why a key stands where it stands."""

    CHANCE = 0  # whatever the other side says
    LEXICON = 1  # a word of the other side has it as a translation
    RELATED = 2  # it shares its stem or characters with a translation
    SAME = 3  # the same number, Latin name or mark stands on the other side
    HAN = 4  # a word of the other side is written with the same Han characters
    LEARNED = 5  # the beads found so far have the two together
    REMOTE = 6  # part of it, or what a third language has for it, translates a word of the other side


# How often a key of each kind comes about in each way, in a text and its translation. Rows in the order of
# keys.Kind, columns in that of Channel. Guessed once, then left to re-estimation, which weighs them as PRIOR_KEYS keys.
CHANNEL_PRIOR = np.array(
    [
        [0.35, 0.05, 0.00, 0.55, 0.00, 0.05, 0.00],  # NUMBER
        [0.40, 0.05, 0.00, 0.50, 0.00, 0.05, 0.00],  # FOREIGN
        [0.45, 0.25, 0.05, 0.05, 0.00, 0.15, 0.05],  # NAME
        [0.45, 0.25, 0.05, 0.00, 0.10, 0.10, 0.05],  # WORD
        [0.85, 0.10, 0.00, 0.00, 0.00, 0.05, 0.00],  # FUNCTION
        [0.60, 0.00, 0.00, 0.40, 0.00, 0.00, 0.00],  # MARK
    ]
)
PRIOR_KEYS = 60.0

# Share of each bead type among all beads: source segments, target segments. 1-1 and its neighbours after Gale & Church (1993)
# and Moore (2002), larger ones falling by about four with each segment more; null beads are more frequent than there, since
# versions of real documents leave out headings and sentences. Re-estimation weighs them as PRIOR_BEADS beads.
BEAD_PRIOR: Mapping[tuple[int, int], float] = {
    (1, 1): 0.80, (1, 0): 0.022, (0, 1): 0.022, (1, 2): 0.05, (2, 1): 0.05, (2, 2): 0.012, (1, 3): 0.012, (3, 1): 0.012,
    (2, 3): 0.003, (3, 2): 0.003, (1, 4): 0.003, (4, 1): 0.003, (3, 3): 0.0015, (1, 5): 0.001, (5, 1): 0.001,
    (2, 4): 0.0007, (4, 2): 0.0007, (3, 4): 0.0005, (4, 3): 0.0005, (4, 4): 0.0005,
}  # fmt: skip
PRIOR_BEADS = 60.0
NULLS = ((1, 0), (0, 1))
MAX_SIDE = 5

# Weight of the summed log-likelihood ratios of both directions against lengths and priors. 0.5 would be right if keys came
# independently and one direction were enough; neighbouring keys depend on each other. Measured: 0.3 to 0.4 is flat.
LEXICAL_WEIGHT = 0.35

LOG_RATIO_SPREAD = 0.35  # standard deviation of the log ratio of lengths before any bead is known
PRIOR_SPREAD = 0.3  # the same as a prior of re-estimation, weighed as SPREAD_BEADS beads
SPREAD_BEADS = 20.0
MEAN_BEADS = 5.0


@dataclass(frozen=True, slots=True)
class Estimates:
    """What is believed of a pair of texts.

    Args:
        beads: Natural logarithm of the share of each bead type.
        mean: Mean natural logarithm of target length over source length, in characters.
        variance: Its variance.
        forward: For target keys, how often each kind comes about by each channel; (kinds, channels), rows sum to 1.
        backward: The same for source keys.
    """

    beads: Mapping[tuple[int, int], float]
    mean: float
    variance: float
    forward: Floats
    backward: Floats


def prior_estimates(ratio: float) -> Estimates:
    """Return what is believed before any bead is known.

    Args:
        ratio: Length of the target text over that of the source text, > 0.

    Returns:
        The estimates.
    """
    return Estimates(
        beads={kind: log(share) for kind, share in BEAD_PRIOR.items()},
        mean=log(ratio),
        variance=LOG_RATIO_SPREAD**2,
        forward=CHANNEL_PRIOR,
        backward=CHANNEL_PRIOR,
    )
