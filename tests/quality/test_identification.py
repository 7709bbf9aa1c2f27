"""The language of sentences, headings and terms of the shared data; traditional Chinese is silver (OpenCC s2twp) but for our lines.

Nothing of these texts is in the model, whose table comes from the core lexicon. ``TEMPER`` and ``MIN_PROBABILITY`` were chosen
with the headings and terms below in view, and with terms of lexicon files that the table was made without.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
import pytest

from termalign.languages.identify import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.quality
MIN_RIGHT, MIN_LENGTH = 0.99, 15  # of sentences of so many characters: the best candidate is the truth
MIN_HELD, MAX_SIZE = 0.97, 1.4  # of headings and terms: the truth is a candidate; how many candidates on average
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
OWN = Path(__file__).parents[1] / "languages" / "cases" / "identify_traditional.tsv"
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def sentences(bench: Path) -> Iterator[tuple[str, str]]:
    paths = [*bench.glob("align-tri-news/long-asis/*.txt"), *bench.glob("align-zh-en-*/*.txt")]
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name.split(".")[-2], line
    lines = (bench / "terms-docs" / "python-docs.segments.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if number % 5 == 0:
            row = json.loads(line)
            yield from ((code, row[code]) for code in TAGS)


def headings(bench: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(bench.glob("align-tri-docs/articles/*.anchors.tsv")):
        yield from ((code, row[code]) for row in table(path) for code in TAGS)


def terms(bench: Path) -> Iterator[tuple[str, str]]:
    for row in table(bench / "terms-docs" / "python-docs.terms.tsv"):
        yield from ((code, term) for code in TAGS for term in row[code].split(" | "))
    for row in table(bench.parent / "corpus" / "gold-sample.tsv"):
        yield from ((code, term) for code in TAGS for term in f"{row[code]}|{row[code + '_known']}".split("|"))


def tagged(pairs: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give each text its tag, once, and add the traditional form of simplified ones; text without a letter of its script is out."""
    convert = opencc.OpenCC("s2twp").convert
    found: dict[tuple[str, str], None] = {}
    for code, text in pairs:
        if text.strip() and (code == "en" or CJK.search(text)):
            found[TAGS[code], text.strip()] = None
            if code == "zh":
                found["zh-Hant", convert(text.strip())] = None
    return list(found)


@dataclass
class Score:
    n: int = 0
    right: int = 0
    held: int = 0
    size: int = 0


def scores(rows: list[tuple[str, str]]) -> dict[str, Score]:
    """Score by tag; ``all`` for the sum, ``cjk`` without English, whose sets hold one."""
    found: defaultdict[str, Score] = defaultdict(Score)
    for tag, text in rows:
        candidates = [candidate for candidate, _ in identify(text)]
        for key in (tag, "all") if tag == "en" else (tag, "all", "cjk"):
            one = found[key]
            one.n += 1
            one.right += candidates[:1] == [tag]
            one.held += tag in candidates
            one.size += len(candidates)
    for key, one in found.items():
        right, held, size = one.right / one.n, one.held / one.n, one.size / one.n
        print(f"{key}: n {one.n}, best {right:.4f}, held {held:.4f}, size {size:.2f}")  # noqa: T201 - the figures
    return found


def test_sentences(shared: Path) -> None:
    rows = [(tag, text) for tag, text in tagged(sentences(shared / "bench")) if len(text) >= MIN_LENGTH]
    assert all(one.right / one.n >= MIN_RIGHT for one in scores(rows).values())


@pytest.mark.parametrize("kind", [headings, terms])
def test_headings_and_terms(shared: Path, kind: Callable[[Path], Iterator[tuple[str, str]]]) -> None:
    found = scores(tagged(kind(shared / "bench")))
    assert all(one.held / one.n >= MIN_HELD for one in found.values())
    assert found["cjk"].size / found["cjk"].n <= MAX_SIZE


def test_our_own_traditional_lines() -> None:
    rows = list(table(OWN))
    assert len(rows) == 100
    long = [("zh-Hant", row["text"]) for row in rows if row["kind"] == "sentence" and len(row["text"]) >= MIN_LENGTH]
    short = [("zh-Hant", row["text"]) for row in rows if row["kind"] != "sentence"]
    assert scores(long)["zh-Hant"].right / len(long) >= MIN_RIGHT
    found = scores(short)["zh-Hant"]
    assert found.held / found.n >= MIN_HELD
    assert found.size / found.n <= MAX_SIZE
