"""Timings of a search in 100,000 translation units: ``pytest tests/bench/test_search_bench.py -m bench --benchmark-enable``.

A unit is a chain of 6 to 16 words of the core lexicon in three languages, drawn with a fixed seed, frequent words more often.
"""

from __future__ import annotations

import csv
import json
import random
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from termalign.glossary.corpus_index import StoredCorpus, stored_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.bench

N_UNITS, N_DOCUMENTS = 100_000, 50
JOINTS = {"ja": ("の", "。"), "zh-Hans": ("的", "。"), "en": (" of ", ".")}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the corpus."""
    rows: list[dict[str, str]] = []
    for table in sorted((files("termalign") / "data" / "core").iterdir(), key=str):
        lines = table.read_text(encoding="utf-8").splitlines()
        rows += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    chance = random.Random(3)  # noqa: S311 - a draw that repeats
    target = tmp_path_factory.mktemp("bench") / "aligned.jsonl"
    with target.open("w", encoding="utf-8") as file:
        for number in range(N_UNITS):
            size = chance.randint(6, 16)
            chosen = [rows[min(int(chance.paretovariate(0.6)), len(rows)) - 1] for _ in range(size)]
            segments = {
                tag: {
                    "text": joint.join(row[tag].split("|")[0] for row in chosen) + stop,
                    "document": f"{number % N_DOCUMENTS}.{tag}",
                }
                for tag, (joint, stop) in JOINTS.items()
            }
            file.write(json.dumps({"id": f"u-{number}", "segments": segments}, ensure_ascii=False) + "\n")
    return target


@pytest.fixture(scope="module")
def corpus(path: Path, tmp_path_factory: pytest.TempPathFactory) -> StoredCorpus:
    found = stored_corpus([(path, "aligned.jsonl")], tmp_path_factory.mktemp("cache"))
    assert found is not None
    return found


@pytest.mark.parametrize("query", ["量子", "核", "资金", "lease", "AI", "「"])
def test_search(benchmark: BenchmarkFixture, corpus: StoredCorpus, query: str) -> None:
    pedantic: Callable[..., object] = benchmark.pedantic
    pedantic(corpus.search, (query,), {"limit": 50}, rounds=3)


def test_make_the_index(benchmark: BenchmarkFixture, path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    def make() -> None:
        made = stored_corpus([(path, "aligned.jsonl")], tmp_path_factory.mktemp("cache"))
        assert made is not None
        assert len(made) == N_UNITS

    pedantic: Callable[..., object] = benchmark.pedantic
    pedantic(make, rounds=1)
