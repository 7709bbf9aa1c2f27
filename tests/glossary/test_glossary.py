from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.glossary.glossary import Glossary

CASES = Path(__file__).parent / "cases"
LOOKUPS: list[dict[str, Any]] = tomllib.loads((CASES / "lookup.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load(CASES / "glossary.jsonl")


@pytest.mark.parametrize("case", LOOKUPS, ids=[case["about"] for case in LOOKUPS])
def test_lookup(glossary: Glossary, case: dict[str, Any]) -> None:
    answer = glossary.lookup(case["query"], source=case.get("source"), target=case.get("target"))
    assert answer.query == case["query"]
    assert answer.outcome == case["outcome"]
    if "concepts" in case:
        assert [hit.concept.id for hit in answer.hits] == case["concepts"]
    best = answer.hits[0] if answer.hits else None
    seen = best and {
        "why": list(best.why),
        "text": best.designation.text,
        "language": best.language,
        "status": best.designation.status,
    }
    wanted = {key: case[key] for key in ("why", "text", "language", "status") if key in case}
    assert wanted == {key: (seen or {}).get(key) for key in wanted}
