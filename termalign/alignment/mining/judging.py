"""From the figures of pairs to probabilities: each pair against its rivals, and the few weights of a logistic model."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.mining.assigning import best_of, mean_of_others

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from termalign.alignment.mining.pool import Floats, Ints

__all__ = ["FEATURES", "N_FIGURES", "features", "length_ratio", "probabilities", "weights"]

FEATURES = (
    "bias", "ratio", "relative", "covered", "covered more", "length", "above others", "above best", "others", "numbers linked", "numbers alone",
    "foreign linked", "foreign alone", "weight",
)  # fmt: skip
NATS = 20.0  # that count as one
FLOOR = 5.0  # nats added to what a side can say, so that short sentences are not sure for one word
RELATIVE_POWER = 0.35  # between a sum, which long sentences win, and a mean, which short ones win
COVER_FLOOR = 3.0
MAX_LENGTH = 4.0
# Places among the figures of a side. The last four are the counts of numbers and of Latin names, linked and alone.
RATIO, MOST, LINKED, WEIGHT, COUNTS = range(5)
N_FIGURES = COUNTS + 4


@cache
def _table() -> Mapping[str, Mapping[str, float]]:
    """Load weights and length ratios, once per process."""
    table: Mapping[str, Mapping[str, float]] = tomllib.loads(
        (files("termalign") / "data" / "mining.toml").read_text(encoding="utf-8")
    )
    return table


def weights(look: str) -> Floats:
    """Return the weights of a look.

    Args:
        look: ``first`` or ``second``.

    Returns:
        One per feature, in the order of :data:`FEATURES`.

    Source:
        ``scripts/fit_mining.py``; what they were fitted on stands in ``termalign/data/mining.toml``.
    """
    return np.array([_table()[look][name] for name in FEATURES])


def length_ratio(source: str, target: str) -> float:
    """Return the logarithm of how long a target sentence is for its source, in characters without white space."""
    sizes = _table()["characters"]
    return log(sizes[target] / sizes[source])


def features(pairs: tuple[Ints, Ints], figures: npt.NDArray[np.float32], *, expected: float) -> Floats:
    """Make the features of pairs.

    Args:
        pairs: Source and target sentences, each pair once, sorted.
        figures: Their figures, as :meth:`termalign.alignment.mining.scoring.Figures.flat` lists them; (pairs, figures).
        expected: Logarithm of the ratio of lengths that a translation has.

    Returns:
        (pairs, features); what compares a pair with its rivals sees those among ``pairs`` only.

    Source:
        Ours; the comparison with neighbours after Artetxe & Schwenk (2019), Margin-based parallel corpus mining with
        multilingual sentence embeddings, ACL.
    """
    src, tgt = (figures[:, start : start + N_FIGURES].astype(float).T for start in (0, N_FIGURES))
    ratio = src[RATIO] + tgt[RATIO]
    relative = ratio / ((src[MOST] + FLOOR) * (tgt[MOST] + FLOOR)) ** RELATIVE_POWER
    covers = [side[LINKED] / (side[WEIGHT] + COVER_FLOOR) for side in (src, tgt)]
    others = [mean_of_others(side, relative) for side in pairs]
    best = np.maximum(*(best_of(side, relative, others=True) for side in pairs))
    length = (figures[:, -1].astype(float) - expected) ** 2
    counts = (src + tgt)[COUNTS:]
    whole = np.log1p(src[WEIGHT] + tgt[WEIGHT])
    return np.column_stack(
        [np.ones(len(ratio)), ratio / NATS, relative, np.minimum(*covers), np.maximum(*covers), np.minimum(length, MAX_LENGTH),
         relative - (others[0] + others[1]) / 2, relative - best, np.minimum(*others), *counts, whole]
    )  # fmt: skip


def probabilities(rows: Floats, look: Floats) -> Floats:
    """Return how likely each pair is a translation, in [0, 1]."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(rows @ look, -30.0, 30.0))))
