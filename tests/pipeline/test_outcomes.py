"""Every candidate comes to exactly one end: verified, proposed, or left alone with a reason."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from piles import call, write_pile

from termalign.pipeline.extraction import extract

if TYPE_CHECKING:
    from pathlib import Path

Form = tuple[str, str]
LEXICON = "core:-quantum"


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pile of documents; what a build leaves of it lies beside it."""
    folder = tmp_path_factory.mktemp("outcomes")
    assert call("build", write_pile(folder / "pile"), "-o", folder / "out", "--lexicon", LEXICON).code == 0
    return folder / "pile"


def outcomes(folder: Path) -> dict[str, set[Form]]:
    """Return the forms of each outcome."""
    found: dict[str, set[Form]] = {"verified": set(), "proposed": set(), "abstained": set()}
    for line in (folder / "glossary.jsonl").read_bytes().splitlines():
        entry = json.loads(line)
        found[entry["status"]] |= {(tag, one["text"]) for tag, terms in entry["terms"].items() for one in terms}
    rows = [json.loads(line) for line in (folder / "abstained.jsonl").read_bytes().splitlines()]
    assert all(row["reason"] for row in rows)
    forms = [(row["language"], row["term"]) for row in rows]
    assert [form for form, count in Counter(forms).items() if count > 1] == []
    found["abstained"] = set(forms)
    return found


def test_no_candidate_has_two_outcomes(pile: Path) -> None:
    found = outcomes(pile.parent / "out")
    assert all(found.values())
    assert found["verified"] & found["proposed"] == set()
    assert (found["verified"] | found["proposed"]) & found["abstained"] == set()


def test_every_candidate_has_an_outcome(pile: Path) -> None:
    candidates, _ = extract([pile], lexicon=[LEXICON])
    assert candidates
    found = outcomes(pile.parent / "out")
    assert {one.form for one in candidates} - set().union(*found.values()) == set()
