"""Timings of quantities beside cn2an and kanjize, where they are installed and can do the job: single numerals, no text.

Neither finds a numeral in a text; cn2an refuses 1.05万亿, kanjize knows no 亿. So three jobs are timed: a text, which only
ours does, and the numerals that each of the two can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termalign.languages.quantities import find_quantities
from termalign.languages.quantities.han_numbers import han_numeral

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.bench

CHINESE = {
    "一百二十三": 123,
    "九千八百七十六": 9876,
    "三十五万": 350_000,
    "九十四亿二千万": 9_420_000_000,
    "12万": 120_000,
}
JAPANESE = {
    "百二十三": 123,
    "九千八百七十六": 9876,
    "三十五万": 350_000,
    "12万3456": 123_456,
    "1.05兆": 1_050_000_000_000,
}


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    folder = root / "aligned" / "quantum-policy-demo"
    return {tag: (folder / f"security.{tag}.txt").read_text(encoding="utf-8") * 50 for tag in ("ja", "zh", "en")}


@pytest.mark.parametrize(("code", "tag"), [("ja", "ja"), ("zh", "zh-Hans"), ("en", "en")])
def test_quantities_of_a_text(benchmark: BenchmarkFixture, texts: dict[str, str], code: str, tag: str) -> None:
    assert benchmark(find_quantities, texts[code], language=tag)


def ours(numerals: dict[str, int], *, chinese: bool) -> list[object]:
    found = [han_numeral(one, 0, chinese=chinese) for one in numerals]
    return [one.value for one in found if one is not None]


def test_chinese_numerals(benchmark: BenchmarkFixture) -> None:
    assert benchmark(ours, CHINESE, chinese=True) == list(CHINESE.values())


def test_chinese_numerals_by_cn2an(benchmark: BenchmarkFixture) -> None:
    cn2an = pytest.importorskip("cn2an")
    assert benchmark(lambda: [cn2an.cn2an(one, "smart") for one in CHINESE]) == list(CHINESE.values())


def test_japanese_numerals(benchmark: BenchmarkFixture) -> None:
    assert benchmark(ours, JAPANESE, chinese=False) == list(JAPANESE.values())


def test_japanese_numerals_by_kanjize(benchmark: BenchmarkFixture) -> None:
    kanjize = pytest.importorskip("kanjize")
    assert benchmark(lambda: [kanjize.kanji2number(one) for one in JAPANESE]) == list(JAPANESE.values())
