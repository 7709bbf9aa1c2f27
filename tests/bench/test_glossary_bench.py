"""Timings of a glossary of 100,000 concepts at hand: ``pytest tests/bench/test_glossary_bench.py -m bench --benchmark-enable``.

The concepts are pairs of words of the core lexicon, drawn with a fixed seed; the texts are sentences of such words with a term
about every 20 characters. Figures of one run are compared with one another: the scan alone, spaCy where it is installed.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from termalign.glossary.annotate import Annotator
from termalign.glossary.glossary import Glossary
from termalign.glossary.matcher import matcher
from termalign.glossary.opening import for_lookup
from termalign.languages.fold import fold
from termalign.languages.folded_array import folded_array

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.bench

N_CONCEPTS, N_TEXT, N_USED = 100_000, 300_000, 3_000
CHARACTERS_PER_TERM = 20


def run(
    benchmark: BenchmarkFixture, call: Callable[..., object], *arguments: object, rounds: int = 5, **named: object
) -> object:
    """Time a call a few times; pytest-benchmark has no types for this."""
    pedantic: Callable[..., object] = benchmark.pedantic
    return pedantic(call, arguments, named, rounds=rounds)


def words() -> list[dict[str, str]]:
    """Read the core lexicon as a table."""
    rows: list[dict[str, str]] = []
    for path in sorted((files("termalign") / "data" / "core").iterdir(), key=str):
        text = path.read_text(encoding="utf-8")
        rows += csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return rows


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the glossary."""
    chance = random.Random(1)  # noqa: S311 - a draw that repeats
    rows, seen = words(), set[str]()
    target = tmp_path_factory.mktemp("bench") / "glossary.jsonl"
    with target.open("w", encoding="utf-8") as file:
        while len(seen) < N_CONCEPTS:
            pair = chance.choices(rows, k=2)
            terms = {
                tag: [(" " if tag == "en" else "").join(row[tag].split("|")[0] for row in pair)]
                for tag in ("ja", "zh-Hans", "en")
            }
            if terms["ja"][0] not in seen:
                seen.add(terms["ja"][0])
                row = {"id": f"c-{len(seen)}", "terms": terms}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return target


@pytest.fixture(scope="module")
def glossary(path: Path) -> Glossary:
    return Glossary.load(path)


@pytest.fixture(scope="module")
def texts(glossary: Glossary) -> dict[str, str]:
    """Write a text in each language: words of the lexicon, a term of the glossary among them, stops and line ends."""
    chance = random.Random(2)  # noqa: S311 - as above
    rows = words()
    made = {}
    for tag in ("ja", "zh-Hans"):
        terms = [one.designations(tag)[0].text for one in chance.sample(list(glossary), N_USED)]
        plain = [row[tag].split("|")[0] for row in rows]
        parts: list[str] = []
        size = 0
        while size < N_TEXT:
            filler = "".join(chance.choices(plain, k=5))[: CHARACTERS_PER_TERM - 6]
            parts.append(f"{chance.choice(terms)}、{filler}。" + ("\n" if chance.random() < 0.1 else ""))
            size += len(parts[-1])
        made[tag] = "".join(parts)
    return made


@pytest.mark.parametrize("tag", ["ja", "zh-Hans"])
def test_annotate(benchmark: BenchmarkFixture, glossary: Glossary, texts: dict[str, str], tag: str) -> None:
    glossary.annotate("a", language=tag)  # makes the automaton
    run(benchmark, glossary.annotate, texts[tag], language=tag)
    found = glossary.annotate(texts[tag], language=tag)
    benchmark.extra_info["megabytes"] = len(texts[tag].encode()) / 1e6
    benchmark.extra_info["characters per hit"] = len(texts[tag]) / len(found.spans)


@pytest.mark.parametrize("tag", ["ja", "zh-Hans"])
def test_scan_alone(benchmark: BenchmarkFixture, glossary: Glossary, texts: dict[str, str], tag: str) -> None:
    index = Annotator(glossary.concepts)._index(tag)
    key = fold(texts[tag])
    run(benchmark, index.matcher.find_overlapping, key)


@pytest.mark.parametrize("tag", ["ja", "zh-Hans"])
def test_fold_as_arrays(benchmark: BenchmarkFixture, texts: dict[str, str], tag: str) -> None:
    run(benchmark, folded_array, texts[tag])


def test_spacy_phrase_matcher(benchmark: BenchmarkFixture, glossary: Glossary, texts: dict[str, str]) -> None:
    spacy = pytest.importorskip("spacy")
    tokens, phrases = pytest.importorskip("spacy.tokens"), pytest.importorskip("spacy.matcher")
    vocabulary = spacy.blank("xx").vocab

    def characters(text: str) -> object:
        return tokens.Doc(vocabulary, words=list(text), spaces=[False] * len(text))

    peer = phrases.PhraseMatcher(vocabulary)
    peer.add("term", [characters(one.designations("zh-Hans")[0].text) for one in glossary])
    text = texts["zh-Hans"]
    run(benchmark, lambda: peer(characters(text)), rounds=3)


def test_make_the_automaton(benchmark: BenchmarkFixture, glossary: Glossary) -> None:
    keys = list(dict.fromkeys(fold(one.designations("zh-Hans")[0].text) for one in glossary))
    run(benchmark, matcher, keys, rounds=3)


def test_look_up_exactly(benchmark: BenchmarkFixture, glossary: Glossary) -> None:
    query = glossary.concepts[777].designations("ja")[0].text
    assert benchmark(glossary.lookup, query).hits


def test_look_up_nearly(benchmark: BenchmarkFixture, glossary: Glossary) -> None:
    query = glossary.concepts[777].designations("ja")[0].text + "々"
    benchmark(glossary.lookup, query)


def test_make_the_index_on_disk(
    benchmark: BenchmarkFixture, path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make() -> None:
        monkeypatch.setenv("TERMALIGN_CACHE", str(tmp_path_factory.mktemp("cache")))
        assert len(for_lookup(path)) == N_CONCEPTS

    run(benchmark, make, rounds=2)


def test_look_up_in_a_cold_process(
    benchmark: BenchmarkFixture, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    changes = {"TERMALIGN_CACHE": str(tmp_path_factory.mktemp("cache"))}
    program = [sys.executable, "-m", "termalign", "lookup", "-g", str(path), "量子"]
    subprocess.run(program, env={**os.environ, **changes}, capture_output=True, check=False)
    changed = {**os.environ, **changes}
    run(benchmark, subprocess.run, program, rounds=8, env=changed, capture_output=True, check=False)
