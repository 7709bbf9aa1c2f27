"""How good probabilities are: against what came true, and as the reader of a report sees it.

Scikit-learn measures all of this; it weighs 40 MB and brings SciPy, for four formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termalign.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["Bin", "area_under_curve", "bins", "brier_skill", "calibration_error", "calibration_interval"]

N_BINS = 10
N_DRAWS = 1000
Z = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts of about one height, and what came true of them.

    Args:
        n: How many.
        told: Their mean, in [0, 1].
        right: The share that came true, in [0, 1].
        low: Lower end of the 95 % Wilson interval of ``right``.
        high: Its upper end.
    """

    n: int
    told: float
    right: float
    low: float
    high: float


def _arrays(told: Sequence[float], right: Sequence[bool]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Check and convert forecasts and outcomes."""
    forecasts, outcomes = np.asarray(told, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if forecasts.shape != outcomes.shape or forecasts.ndim != 1 or not forecasts.size:
        raise ConfigError("forecasts and outcomes are no two lists of one length", "give one outcome per forecast")
    if not ((forecasts >= 0) & (forecasts <= 1)).all():
        raise ConfigError("a forecast is no probability", "give numbers from 0 to 1")
    return forecasts, outcomes


def brier_skill(told: Sequence[float], right: Sequence[bool]) -> float:
    """Measure how much better forecasts are than the base rate.

    Args:
        told: Forecasts, in [0, 1].
        right: What came true.

    Returns:
        1 minus the mean squared error over that of always telling the base rate: 1 is perfect, 0 as good as the base rate, below 0
        worse; 0 where all outcomes are one.

    Raises:
        ConfigError: The lists differ in length or are empty, or a forecast is no probability.

    Source:
        Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78(1); Murphy (1973) for skill.
    """
    forecasts, outcomes = _arrays(told, right)
    reference = float(np.mean((outcomes - outcomes.mean()) ** 2))
    return 1.0 - float(np.mean((outcomes - forecasts) ** 2)) / reference if reference else 0.0


def area_under_curve(told: Sequence[float], right: Sequence[bool]) -> float:
    """Measure how well forecasts tell right from wrong.

    Args:
        told: Forecasts, in [0, 1].
        right: What came true.

    Returns:
        The chance that a right one is told higher than a wrong one, ties counting half, in [0, 1]; .5 where all outcomes are one.

    Raises:
        ConfigError: As :func:`brier_skill`.

    Source:
        Hanley & McNeil (1982), The meaning and use of the area under a ROC curve, Radiology 143(1); by the ranks of Mann and Whitney.
    """
    forecasts, outcomes = _arrays(told, right)
    n_right = int(outcomes.sum())
    n_wrong = len(outcomes) - n_right
    if not n_right or not n_wrong:
        return 0.5
    _, place, counts = np.unique(forecasts, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[outcomes > 0].sum() - n_right * (n_right + 1) / 2) / (n_right * n_wrong))


def bins(told: Sequence[float], right: Sequence[bool], *, n_bins: int = N_BINS) -> tuple[Bin, ...]:
    """Part forecasts into bins of equal size by their height.

    Args:
        told: Forecasts, in [0, 1].
        right: What came true.
        n_bins: How many bins; fewer where there are fewer forecasts.

    Returns:
        The bins, lowest first. Forecasts that are equal are ordered as given.

    Raises:
        ConfigError: As :func:`brier_skill`.

    Source:
        Wilson (1927), Probable inference, JASA 22, for the interval.
    """
    forecasts, outcomes = _arrays(told, right)
    order = np.argsort(forecasts, kind="stable")
    found = []
    for part in np.array_split(order, min(n_bins, len(order))):
        n, share = len(part), float(outcomes[part].mean())
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * float(np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))) / (1 + Z * Z / n)
        low, high = max(0.0, middle - half), min(1.0, middle + half)
        found.append(Bin(n=n, told=float(forecasts[part].mean()), right=share, low=low, high=high))
    return tuple(found)


def calibration_error(told: Sequence[float], right: Sequence[bool], *, n_bins: int = N_BINS) -> float:
    """Measure how far forecasts are from what comes true of them.

    Args:
        told: Forecasts, in [0, 1].
        right: What came true.
        n_bins: How many bins of equal size.

    Returns:
        The mean over the bins, by size, of the distance between mean forecast and share of right ones; in [0, 1], 0 is best.

    Raises:
        ConfigError: As :func:`brier_skill`.

    Source:
        Naeini, Cooper & Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning, AAAI; equal-mass bins after
        Nixon et al. (2019), Measuring calibration in deep learning, CVPR workshops.
    """
    parts = bins(told, right, n_bins=n_bins)
    return sum(one.n * abs(one.told - one.right) for one in parts) / sum(one.n for one in parts)


def calibration_interval(
    told: Sequence[float], right: Sequence[bool], *, groups: Sequence[int], seed: int, n_draws: int = N_DRAWS
) -> tuple[float, float]:
    """Draw whole groups with replacement and measure the calibration error of each draw.

    Args:
        told: Forecasts, in [0, 1].
        right: What came true.
        groups: The group of each forecast: what belongs together (a file, a concept) is drawn together.
        seed: Of the draws.
        n_draws: How many.

    Returns:
        The ends of the middle 95 % of the errors.

    Raises:
        ConfigError: As :func:`brier_skill`.

    Source:
        Efron (1979), Bootstrap methods, Annals of Statistics 7(1); by clusters after Field & Welsh (2007).
    """
    forecasts, outcomes = _arrays(told, right)
    _, place = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(place == number) for number in range(int(place.max()) + 1)]
    draw = np.random.default_rng(seed)
    errors = []
    for _ in range(n_draws):
        rows = np.concatenate([members[number] for number in draw.integers(len(members), size=len(members))])
        errors.append(calibration_error(forecasts[rows].tolist(), outcomes[rows].tolist()))
    low, high = np.quantile(errors, [0.025, 0.975])
    return float(low), float(high)
