"""Timings of extraction beside tokenising, on 3,000 segments of a translation memory: ``make bench``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from analysed import document

from termalign.languages import LANGUAGES
from termalign.lexicon import Lexicon
from termalign.pipeline.terms import rejoined
from termalign.terms import Contrast, extract_candidates

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from termalign.model import AnalysedDocument

pytestmark = pytest.mark.bench
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
N_UNITS = 1000


@pytest.fixture(scope="module")
def units(shared: Path) -> list[dict[str, str]]:
    with (shared / "bench" / "terms-docs" / "python-docs.segments.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return rows[:: len(rows) // N_UNITS][:N_UNITS]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def pile(units: list[dict[str, str]]) -> list[AnalysedDocument]:
    return [document([" ".join(row[key].split()) for row in units], tag, name=key) for key, tag in TAGS.items()]


def test_tokenising(benchmark: BenchmarkFixture, units: list[dict[str, str]]) -> None:
    def tokenise() -> int:
        return sum(len(LANGUAGES.get(tag).tokens(row[key])) for key, tag in TAGS.items() for row in units)

    benchmark(tokenise)


def test_rejoining(benchmark: BenchmarkFixture, pile: list[AnalysedDocument], lexicon: Lexicon) -> None:
    benchmark(lambda: rejoined(pile, lexicon))


def test_extraction(benchmark: BenchmarkFixture, pile: list[AnalysedDocument], lexicon: Lexicon) -> None:
    joined = rejoined(pile, lexicon)
    contrast = Contrast(lexicon)
    benchmark(lambda: extract_candidates(joined, contrast=contrast))
