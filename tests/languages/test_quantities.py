"""Quantities: case tables in cases/quantities_*.toml, equal facts in three languages, laws, and what must not cost much."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.languages.quantities import find_quantities

CASES = Path(__file__).parent / "cases"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"quantities_{name}.toml").read_text(encoding="utf-8"))


def rows() -> list[Any]:
    """Return language, options and line of every case."""
    found = []
    for name in ("ja", "zh", "en", "fresh"):
        for group in load(name)["group"]:
            # A line end inside a case stands before a line that has no mark of its own.
            lines = re.sub(r"\n(?=[^|\n]*›)(?<=[^\n]\n)", "\n", group["cases"]).strip("\n").split("\n")
            options = group.get("options", {})
            found += [pytest.param(group["language"], options, line, id=f"{group['language']}-{line}") for line in joined(lines)]
    return found


def joined(lines: list[str]) -> list[str]:
    """Put lines of cases that have a line end inside together again."""
    made: list[str] = []
    open_line = ""
    for line in lines:
        whole = f"{open_line}\n{line}" if open_line else line
        if " | " in whole:
            made.append(whole)
            open_line = ""
        else:
            open_line = whole
    assert not open_line
    return made


def expected(case: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a case, and start, end, kind and normal form of what stands in it."""
    marked, _, wanted = case.rpartition(" | ")
    answers = [] if wanted.strip() == "-" else wanted.strip().split("; ")
    text = marked.replace("‹", "").replace("›", "")
    spans, at = [], 0
    for part in re.split("([‹›])", marked):
        if part == "‹":
            spans.append(at)
        elif part == "›":
            spans[-1:] = [(spans[-1], at)]
        else:
            at += len(part)
    if not spans and len(answers) == 1:
        spans = [(0, len(text))]
    if not spans:
        return text, [(-1, -1, answer) for answer in answers]
    return text, [(start, end, answer) for (start, end), answer in zip(spans, answers, strict=True)]


@pytest.mark.parametrize(("language", "options", "case"), rows())
def test_case(language: str, options: dict[str, Any], case: str) -> None:
    text, wanted = expected(case)
    found = find_quantities(text, language=language, **options)
    shown = [(one.start, one.end, f"{one.kind} {one.normalised}") for one in found]
    if wanted and wanted[0][0] < 0:
        shown = [(-1, -1, answer) for _, _, answer in shown]
    assert shown == wanted
