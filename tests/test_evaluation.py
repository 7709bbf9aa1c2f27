"""Figures about probabilities, on cases that can be reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import ConfigError
from termalign.evaluation import area_under_curve, bins, brier_skill, calibration_error, calibration_interval

FORECASTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("told", "right", "skill", "area", "error"),
    [
        ([1.0, 0.0], [True, False], 1.0, 1.0, 0.0),
        ([0.5, 0.5], [True, False], 0.0, 0.5, 0.5),
        ([0.0, 1.0], [True, False], -3.0, 0.0, 1.0),
        (
            [0.9, 0.8, 0.7, 0.1],
            [True, True, False, False],
            1 - (0.01 + 0.04 + 0.49 + 0.01),
            1.0,
            (0.1 + 0.2 + 0.7 + 0.1) / 4,
        ),
        ([0.3, 0.3], [True, True], 0.0, 0.5, 0.7),
    ],
)
def test_figures(told: list[float], right: list[bool], skill: float, area: float, error: float) -> None:
    assert brier_skill(told, right) == pytest.approx(skill)
    assert area_under_curve(told, right) == pytest.approx(area)
    assert calibration_error(told, right) == pytest.approx(error)


@given(FORECASTS)
def test_the_area_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[float, bool]]) -> None:
    told, right = [one for one, _ in rows], [is_right for _, is_right in rows]
    pairs = [(one > other) + (one == other) / 2 for one, yes in rows if yes for other, no in rows if not no]
    assert area_under_curve(told, right) == pytest.approx(sum(pairs) / len(pairs) if pairs else 0.5)


@given(FORECASTS)
def test_bins_hold_every_forecast_once_and_ascend(rows: list[tuple[float, bool]]) -> None:
    parts = bins([one for one, _ in rows], [is_right for _, is_right in rows])
    assert sum(part.n for part in parts) == len(rows)
    assert all(part.low - 1e-9 <= part.right <= part.high + 1e-9 for part in parts)
    assert max(part.n for part in parts) - min(part.n for part in parts) <= 1
    told = [part.told for part in parts]
    assert told == sorted(told) or told == pytest.approx(sorted(told))


def test_the_interval_holds_the_error_and_repeats() -> None:
    told = [number / 50 for number in range(50)] * 4
    right = [number % 50 > 20 for number in range(200)]
    groups = [number // 20 for number in range(200)]
    low, high = calibration_interval(told, right, groups=groups, seed=1, n_draws=200)
    assert low <= calibration_error(told, right) <= high
    assert (low, high) == calibration_interval(told, right, groups=groups, seed=1, n_draws=200)


@pytest.mark.parametrize(("told", "right"), [([], []), ([0.5], [True, False]), ([1.5], [True]), ([-0.1], [False])])
def test_what_is_no_forecast_is_refused(told: list[float], right: list[bool]) -> None:
    with pytest.raises(ConfigError):
        brier_skill(told, right)
