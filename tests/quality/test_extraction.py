"""Recall of gold terms among the candidates, and how many candidates that takes."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from analysed import document

from termalign.lexicon import Lexicon
from termalign.pipeline.extraction import extract_reasons
from termalign.pipeline.terms import rejoined
from termalign.terms import Contrast, Judgement, Verdict, extract_candidates, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.quality
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
PROPOSED = frozenset({Verdict.KEPT, Verdict.WEAK})


def keys(judgements: Iterable[Judgement]) -> set[tuple[str, str]]:
    return {(one.language, key_of(one.text, one.language)) for one in judgements if one.verdict in PROPOSED}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


@pytest.fixture(scope="module")
def of_documents(shared: Path) -> set[tuple[str, str]]:
    return keys(extract_reasons([shared / "corpus" / "documents"])[0])


@pytest.mark.parametrize(("language", "floor"), [("ja", 0.90), ("zh", 0.80), ("en", 0.84)])
def test_designations_of_the_gold_sample(
    shared: Path, of_documents: set[tuple[str, str]], language: str, floor: float
) -> None:
    gold = [name for row in rows(shared / "corpus" / "gold-sample.tsv") for name in row[language].split("|") if name]
    tag = TAGS[language]
    found = [name for name in gold if (tag, key_of(name, tag)) in of_documents]
    assert len(found) >= floor * len(gold), sorted(set(gold) - set(found))


@pytest.fixture(scope="module")
def of_memory(shared: Path) -> tuple[Judgement, ...]:
    """A quarter of the files of the translation memory would lose terms that stand in the others, so all are read."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    with (shared / "bench" / "terms-docs" / "python-docs.segments.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            for language, tag in TAGS.items():
                texts[row["file"], tag].append(" ".join(row[language].split()))
    lexicon = Lexicon.load()
    pile = [document(segments, tag, name=f"{name}.{tag}") for (name, tag), segments in texts.items()]
    return extract_candidates(rejoined(pile, lexicon), contrast=Contrast(lexicon), explain=True).judgements


@pytest.mark.parametrize(("language", "floor"), [("ja", 0.92), ("zh", 0.84), ("en", 0.96)])
def test_terms_of_the_translation_memory(
    shared: Path, of_memory: tuple[Judgement, ...], language: str, floor: float
) -> None:
    found = keys(of_memory)
    tag = TAGS[language]
    gold = [row[language].split(" | ") for row in rows(shared / "bench" / "terms-docs" / "python-docs.terms.tsv")]
    missed = [names for names in gold if not any((tag, key_of(name, tag)) in found for name in names)]
    assert len(missed) <= (1 - floor) * len(gold), missed
    assert len(of_memory) <= 160_000
