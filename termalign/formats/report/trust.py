"""How far the scores are to be trusted: how they held where the truth is known, beside what this build gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.report.markup import EMPTY, Html, element, join
from termalign.formats.report.plots import Plot, reliability
from termalign.formats.report.summary import scores

if TYPE_CHECKING:
    from termalign.formats.report.data import ReportData
    from termalign.model import Calibration

__all__ = ["calibration"]


def calibration(data: ReportData) -> Html:
    """Write the section on calibration.

    Args:
        data: What the page shows.

    Returns:
        The figures and the reliability diagram of the parameters in use, and how the scores of this build are spread.
    """
    held = data.calibration
    if held is None:
        return element("p", "How far the scores hold is not known.", class_="none")
    return join(
        [
            element("p", _figures(held)),
            element(
                "p", f"Measured on {held.on}. Other documents are other matter: read it as a sign, not as a promise."
            ),
            element(
                "div",
                reliability(
                    Plot(
                        name="reliability",
                        title="What was told, and what was right",
                        note="ten bins of equal size; the line through a dot is its 95 % interval, the dashed line where probabilities hold",
                    ),
                    held,
                ),
                scores(data.concepts, name="scores-of-build", title="Scores of this build") or EMPTY,
                class_="plots",
            ),
        ]
    )


def _figures(held: Calibration) -> str:
    """Write the figures in words."""
    low, high = held.error_interval
    return (
        f"A score is the probability that two names denote one concept. On {sum(held.n):,} links whose truth is known it was off by "
        f"{held.error:.3f} on average (95 % interval {low:.3f} to {high:.3f}), had a Brier skill of {held.skill:.2f} against "
        f"the base rate, and told a right link higher than a wrong one in {held.area:.1%} of cases."
    )
