"""Sentences and clauses: case tables in cases/sentences_*.toml, and what must not cost much."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time

import pytest

from termalign.languages.sentences import split_clauses, split_sentences

TABLES = sorted((Path(__file__).parent / "cases").glob("sentences_*.toml"))
CASES = [
    (language, case)
    for table in TABLES
    for language, groups in tomllib.loads(table.read_text(encoding="utf-8")).items()
    if isinstance(groups, dict)
    for cases in groups.values()
    for case in cases
]


def cut(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_case(language: str, case: str) -> None:
    case = case.replace("↵", "\n")
    expected = [part.strip() for part in case.split("‖") if part.strip()]
    assert cut(case.replace("‖", ""), language) == expected


def test_traditional_chinese_is_split_like_simplified() -> None:
    assert cut("「走吧。」他說。大家站了起來。", "zh-Hant") == ["「走吧。」他說。", "大家站了起來。"]


def test_line_ends_of_all_systems() -> None:
    for end in ("\n", "\r\n", "\r", "\u2028"):
        assert cut(f"はじめに{end}{end}本文である。", "ja") == ["はじめに", "本文である。"]
        assert cut(f"長い文が途中で{end}改行された。", "ja") == [f"長い文が途中で{end}改行された。"]


def test_spans_are_trimmed_and_in_code_points() -> None:
    text = "\u3000𠮷野家です。 \n 次。\t"
    assert [(span.start, span.end) for span in split_sentences(text, "ja")] == [(1, 7), (10, 12)]
    assert split_sentences(" \n\u3000", "ja") == ()
    assert split_sentences("", "en") == ()


def test_a_stray_bracket_frees_the_text_after_400_characters() -> None:
    text = "「" + "長い話が続く。" * 100 + "」"
    assert len(cut(text, "ja")) == 100
    assert len(cut("「" + "短い話。" * 20 + "」と言った。", "ja")) == 1


HOSTILE = {
    "no stop": "量子a ", "opening brackets": "(", "opening quotes": "「", "straight quotes": '"', "single quotes": "' ", "one quote each": "“a",
    "stops": ". ", "full stops": "。", "calls": "!", "dots": ".", "spaced dots": " .", "quotations": "「あ。」", "quotations that go on": "「あ。」と",
    "dialogue": '"A." ', "abbreviations": "Dr. ", "initials": "A. ", "numbers": "1. ", "open references": "。[1,", "open notes": "。（出典：あ",
    "emphasis": "a.**", "emoji": "😀 a. ", "empty lines": "\n", "short lines": "a\n", "list": "- a\n", "table": "|a|\n", "headings": "第一章\n",
    "far apart": "？" + " " * 400, "deep": "（「" * 100 + "。" * 50 + "」）" * 100, "identifiers": "a_b(c.d",
}  # fmt: skip


def work(text: str, language: str) -> float:
    """Measure the CPU time that a text takes, in seconds, the less of two."""
    times = []
    for _ in range(2):
        begin = process_time()
        split_sentences(text, language)
        times.append(process_time() - begin)
    return min(times)


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "en"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str, language: str) -> None:
    n = 6_000 // len(HOSTILE[name]) + 1
    short, long = (work(HOSTILE[name] * (n * times), language) for times in (1, 4))
    assert long < 9 * max(short, 0.01), (
        "four times the text is four times the work; a quadratic rule takes sixteen times"
    )


def test_clauses() -> None:
    text = "首先，降低成本；其次（人才；资金），缩短周期;最后，公开。"
    assert [text[span.start : span.end] for span in split_clauses(text, "zh-Hans")] == [
        "首先，降低成本；",
        "其次（人才；资金），缩短周期;",
        "最后，公开。",
    ]
    assert split_clauses("  ", "en") == ()
    assert [(span.start, span.end) for span in split_clauses(" a; b ", "en")] == [(1, 3), (4, 5)]
