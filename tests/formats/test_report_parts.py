"""The parts of the page for people: highlights in quotes, plots, words."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.formats.report.highlight import find_terms, highlighted
from termalign.formats.report.labels import KINDS_OF_LABEL, vocabulary
from termalign.formats.report.plots import Bar, Plot, bars, columns, fit, reliability
from termalign.model import Calibration, Closure, Method

CASES = tomllib.loads((Path(__file__).parent / "cases" / "report_highlight.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_names_are_found_in_quotes(case: dict[str, Any]) -> None:
    quote = case["quote"]
    found = [[quote[start:end], number] for start, end, number in find_terms(quote, case["terms"])]
    assert found == case["marks"]


def test_a_long_quote_is_cut_around_the_name() -> None:
    quote = "前" * 500 + "量子時計" + "後" * 500
    shown = lxml.html.fragment_fromstring(f"<p>{highlighted(quote, ['量子時計', 'x'], n=200)}</p>")
    assert shown.xpath("string(mark)") == "量子時計"
    text = shown.text_content()
    assert (text[0], text[-1], len(text)) == ("…", "…", 202)


def test_bars_are_as_long_as_their_numbers() -> None:
    rows = [Bar(label="a", parts=(("verified", 3), ("proposed", 1))), Bar(label="b", parts=(("verified", 2),))]
    drawn = lxml.html.fragment_fromstring(bars(Plot(name="x", title="X"), rows))
    assert [float(rect.get("width")) for rect in drawn.xpath(".//rect")] == [324.0, 108.0, 216.0]
    assert [float(rect.get("x")) for rect in drawn.xpath(".//rect")] == [4.0, 328.0, 4.0]


def test_columns_stand_on_one_line() -> None:
    bins = [Bar(label="low", parts=(("verified", 0),)), Bar(label="high", parts=(("verified", 2), ("proposed", 2)))]
    drawn = lxml.html.fragment_fromstring(columns(Plot(name="x", title="X"), bins))
    lower, upper = drawn.xpath(".//rect")
    assert float(lower.get("y")) == float(upper.get("y")) + float(upper.get("height"))
    assert lower.get("height") == upper.get("height")
    assert drawn.xpath("string(.//desc)") == "high: 4."
    assert columns(Plot(name="x", title="X"), bins[:1]) == bars(Plot(name="x", title="X"), []) == ""


@given(text=st.text(), n=st.integers(min_value=2, max_value=30))
def test_labels_fit(text: str, n: int) -> None:
    shown = fit(text, n)
    assert len(shown) <= n
    assert text.endswith(shown.removeprefix("…"))


def test_every_word_has_a_meaning() -> None:
    assert list(vocabulary("statuses")) == ["verified", "proposed", "rejected"]
    assert {*vocabulary("closures")} == {closure.value for closure in Closure}
    assert {*vocabulary("methods")} == {method.value for method in Method}
    assert all(meaning for kind in KINDS_OF_LABEL for meaning in vocabulary(kind).values())


HELD = Calibration(
    told=(0.01, 0.5, 0.99),
    right=(0.0, 0.45, 1.0),
    low=(0.0, 0.3, 0.9),
    high=(0.1, 0.6, 1.0),
    n=(40, 40, 39),
    error=0.02,
    error_interval=(0.01, 0.04),
    skill=0.9,
    area=0.98,
    on="made-up links",
)


def test_a_reliability_diagram_has_a_dot_an_interval_and_words_per_bin() -> None:
    drawn = lxml.html.fragment_fromstring(reliability(Plot(name="x", title="X"), HELD))
    dots, intervals = drawn.xpath(".//circle"), drawn.xpath(".//path[@class='interval']")
    assert len(dots) == len(intervals) == len(drawn.xpath(".//g/title")) == 3
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights == sorted(heights, reverse=True)  # what is right more often lies higher
    words = drawn.xpath("string(.//desc)")
    assert "told 0.500: 0.450 right of 40, 95 % interval 0.300 to 0.600" in words
    assert len(drawn.xpath(".//path[@class='ideal']")) == 1


def test_no_bins_no_diagram() -> None:
    none: tuple[()] = ()
    assert (
        reliability(Plot(name="x", title="X"), replace(HELD, told=none, right=none, low=none, high=none, n=none)) == ""
    )
