"""Words in 可: part of a noun phrase, or the verb of a clause."""

from __future__ import annotations

import pytest
from analysed import sentence

from termalign.terms import able_words, with_able_words

LICENSED = ["政府支持可再生能源的开发。", "推动可持续发展。", "对可穿戴设备进行试验。", "医院采用可吸收缝线的方法。"]


def joined(text: str, *others: str, language: str = "zh-Hans") -> list[str]:
    """Return the words in 可 that are put together in a text, the first of a pile."""
    pile = [sentence(one, language, name=f"d-{number}") for number, one in enumerate((text, *others))]
    return [
        token.text
        for token in with_able_words(pile[0].tokens, able_words(pile))
        if token.text.startswith("可") and len(token.text) > 1
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("推进可再生能源成为主力电源。", "可再生能源"),
        ("各国强调可持续发展。", "可持续"),
        ("传感器用于各种医院的可穿戴设备。", "可穿戴"),
        ("任何可回收材料都要分类。", "可回收"),
    ],
)
def test_a_word_in_able_is_put_together_where_a_noun_phrase_begins(text: str, word: str) -> None:
    assert joined(text) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "该方法可提高效率。",
        "系统升级后还可降低成本。",
        "研究表明可减少排放。",
        "它可检测病毒。",
        "方法简单，可节省时间。",
        "患者可在家中服药。",
        "结果可用于临床诊断。",
    ],
)
def test_the_verb_of_a_clause_stays_apart(text: str) -> None:
    assert joined(text, *LICENSED) == []


def test_other_places_decide_where_nothing_before_it_does() -> None:
    assert joined("可穿戴设备日益普及。") == []
    assert joined("可穿戴设备日益普及。", *LICENSED) == ["可穿戴"]


def test_more_clauses_than_noun_phrases_speak_against_it() -> None:
    clauses = ("它可穿戴设备。", "我们可穿戴设备。")
    assert joined("可穿戴设备日益普及。", "对可穿戴设备进行试验。", *clauses) == []


def test_japanese_text_counts_for_nothing() -> None:
    assert able_words([sentence("不可能性の証明と可視光通信を用いる。", "ja")]) == frozenset()
