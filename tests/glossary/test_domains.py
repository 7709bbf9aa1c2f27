"""Look-ups and annotations in other domains: tables that were written before they were run."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from termalign.glossary.glossary import Glossary
from termalign.model import Concept, Designation, Match, TermStatus

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "domains.toml").read_text(encoding="utf-8"))
STATUSES = {"-": TermStatus.DEPRECATED, "~": TermStatus.SUPERSEDED}
MARKED = re.compile("⟦([^⟧]*)⟧")


def designation(written: str) -> Designation:
    mark = written[0] if written[0] in "-~@!" else ""
    text, _, reading = written.removeprefix(mark).partition("|")
    extra: list[tuple[str, Any]] = [("reading", reading)] if reading else []
    if mark == "!":
        extra.append(("pos", "verb"))
    return Designation(
        text=text,
        status=STATUSES.get(mark, TermStatus.ADMITTED),
        type="acronym" if mark == "@" else "fullForm",
        extra=tuple(extra),
    )


@cache
def glossary() -> Glossary:
    return Glossary(
        Concept(id=name, terms=tuple((tag, tuple(map(designation, written))) for tag, written in terms.items()))
        for name, terms in CASES["concepts"].items()
    )


@pytest.mark.parametrize("case", CASES["lookup"]["exact"], ids=str)
def test_exact(case: list[str]) -> None:
    query, expected, source, target = [*case, "", ""][:4]
    answer = glossary().lookup(query, source=source or None, target=target or None)
    assert [hit.concept.id for hit in answer.hits if hit.match is Match.EXACT] == expected.split()


@pytest.mark.parametrize("case", CASES["lookup"]["near"], ids=str)
def test_near(case: list[str]) -> None:
    query, expected = case
    answer = glossary().lookup(query)
    assert (answer.outcome, answer.hits[0].concept.id) == (Match.NEAR, expected)
    assert answer.hits[0].why


@pytest.mark.parametrize("query", CASES["lookup"]["none"])
def test_none(query: str) -> None:
    assert not glossary().lookup(query).hits


@pytest.mark.parametrize(
    ("language", "marked"), [(language, text) for language, texts in CASES["annotate"].items() for text in texts]
)
def test_annotate(language: str, marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    shown = text
    for start, end in sorted({(span.start, span.end) for span in glossary().annotate(text, language=language).spans})[
        ::-1
    ]:
        shown = f"{shown[:start]}⟦{shown[start:end]}⟧{shown[end:]}"
    assert shown == marked


def test_there_are_enough_cases() -> None:
    assert sum(len(texts) for texts in CASES["annotate"].values()) >= 60
    assert sum(len(cases) for cases in CASES["lookup"].values()) >= 200
