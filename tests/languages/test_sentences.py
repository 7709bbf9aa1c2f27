"""Sentences and clauses: case tables in cases/sentences_*.toml, and what must not cost much."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import perf_counter

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


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "en"])
@pytest.mark.parametrize(
    "text",
    ["「あ。」" * 20_000, "「あ。」と" * 20_000, "(" * 60_000, "(「" * 20_000 + "」)" * 20_000, "\n" * 90_000, ". " * 50_000,
     '"' * 60_000, "Dr. " * 30_000, "。[1," * 20_000, "…" * 60_000, "？" + " " * 60_000 + "x", "- a\n" * 20_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str, language: str) -> None:
    begin = perf_counter()
    split_sentences(text, language)
    assert perf_counter() - begin < 10, "a quadratic rule takes minutes"


def test_clauses() -> None:
    text = "首先，降低成本；其次（人才；资金），缩短周期;最后，公开。"
    assert [text[span.start : span.end] for span in split_clauses(text, "zh-Hans")] == [
        "首先，降低成本；",
        "其次（人才；资金），缩短周期;",
        "最后，公开。",
    ]
    assert split_clauses("  ", "en") == ()
    assert [(span.start, span.end) for span in split_clauses(" a; b ", "en")] == [(1, 3), (4, 5)]


PROSE = {
    "ja": "政府は、量子技術の研究開発（計算、通信、計測等）を総合的に推進するため、新たな拠点を整備することとした。"
    "「人材が足りない。」と指摘する声もあり、産業界との連携の在り方が今後の課題となっている。",
    "zh-Hans": "为推动量子技术（计算、通信、测量等）的研究开发，政府决定建设新的研究基地，并与产业界开展广泛合作。"
    "“人才仍然不足。”专家指出，如何培养年轻的研究人员是今后的重要课题。",
    "en": "The government decided to build new research centers (for computing, communication and sensing) and to work "
    "closely with industry over the next ten years. “We lack people,” said Dr. Smith, who leads one of the centers. ",
}


@pytest.mark.bench
@pytest.mark.parametrize("language", sorted(PROSE))
def test_speed(language: str) -> None:
    text = PROSE[language] * 5_000
    split_sentences(text[:200], language)
    begin = perf_counter()
    split_sentences(text, language)
    assert len(text.encode()) / 1e6 / (perf_counter() - begin) > 4, "MB/s; 10 to 25 on an idle machine"
