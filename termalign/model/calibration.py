"""How probabilities held, where that was measured."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Calibration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How the probabilities held on links that the parameters were not fitted on.

    Args:
        told: Mean probability of each bin.
        right: The share of right links in it.
        low: Lower end of the 95 % interval of that share.
        high: Its upper end.
        n: How many links it has.
        error: Expected calibration error.
        error_interval: Its 95 % interval.
        skill: Brier skill against the base rate.
        area: Area under the curve of hits against false alarms.
        on: What was measured, in a sentence.
    """

    told: tuple[float, ...]
    right: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    n: tuple[int, ...]
    error: float
    error_interval: tuple[float, float]
    skill: float
    area: float
    on: str
