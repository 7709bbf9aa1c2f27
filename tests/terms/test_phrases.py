"""Phrases against terms: by their form, and by what stands around them."""

from __future__ import annotations

import pytest

from termalign.languages.english_tags import may_be_verb, word_class
from termalign.terms.phrases import is_free_phrase, leaning, may_begin_clause, may_have_subject

VERBS = {("更新", "zh-Hans"), ("分配", "zh-Hans"), ("输出", "zh-Hans"), ("降低", "zh-Hans"), ("希望", "zh-Hans")}


def is_verb(word: str, language: str) -> bool:
    return (word, language) in VERBS


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("値のリスト", "ja", True),
        ("重篤な障害", "ja", True),
        ("肺がんの患者", "ja", True),
        ("新しい規則", "ja", True),
        ("正しく表示", "ja", True),
        ("取扱説明書", "ja", False),
        ("ものづくり補助金", "ja", False),
        ("損害賠償請求", "ja", False),
        ("list of values", "en", True),
        ("Bank of England", "en", False),
        ("various options", "en", True),
        ("voting right", "en", False),
        ("n bytes", "en", True),
        ("C compiler", "en", False),
        ("所有合同", "zh-Hans", True),
        ("时区数据库", "zh-Hans", False),
    ],
)
def test_free_phrases(text: str, language: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_free_phrase(text, language) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("更新项目", "zh-Hans", True),
        ("分配内存", "zh-Hans", True),
        ("法院判决", "zh-Hans", False),
        ("update project", "en", True),
        ("improved accuracy", "en", True),
        ("mutable array", "en", False),
        ("更新プログラム", "ja", False),
    ],
)
def test_what_may_be_a_verb_with_its_object(text: str, language: str, expected: bool) -> None:  # noqa: FBT001
    assert may_begin_clause(text, language, is_verb=is_verb) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("浓度降低", "zh-Hans", True),
        ("银行账户", "zh-Hans", False),
        ("concentrations decrease", "en", True),
        ("Bolivia hopes court", "en", True),
        ("price decrease", "en", False),
        ("bank accounts", "en", False),
        ("濃度低下", "ja", False),
    ],
)
def test_what_may_be_a_subject_with_its_verb(text: str, language: str, expected: bool) -> None:  # noqa: FBT001
    assert may_have_subject(text, language, is_verb=is_verb) is expected


@pytest.mark.parametrize(
    ("before", "string", "after", "language", "expected"),
    [
        ("in the ", "output window", " below", "en", 1),
        ("see ", "output window", "", "en", 0),
        ("They want to ", "test programs", " early.", "en", -1),
        ("", "Update Visual Studio", "", "en", -1),
        ("by ", "running programs", "", "en", -1),
        ("of ", "running programs", "", "en", 0),
        ("The ", "simulator uses", " the memory", "en", -1),
        ("显示的", "输出窗口", "中", "zh-Hans", 1),
        ("可以", "更新项目", "。", "zh-Hans", -1),
        ("", "更新项目", "。", "zh-Hans", 0),
    ],
)
def test_what_stands_around_a_string(before: str, string: str, after: str, language: str, expected: int) -> None:
    text = before + string + after
    assert leaning(text, len(before), len(before) + len(string), language=language) == expected


@pytest.mark.parametrize(
    ("word", "name"), [("the", "determiner"), ("With", "preposition"), ("bank", ""), ("they", "pronoun")]
)
def test_closed_classes(word: str, name: str) -> None:
    assert word_class(word) == name


def test_forms_of_verbs() -> None:
    assert all(map(may_be_verb, ("Update", "uses", "fixes", "updating", "improved")))
    assert not any(map(may_be_verb, ("quantum", "the", "mutable")))
