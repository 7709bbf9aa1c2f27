"""Translation units of two and three versions."""

from __future__ import annotations

import pytest
from analysed import document

from termalign.alignment.merging import join, units
from termalign.lexicon import Lexicon
from termalign.model import Segment, Span
from termalign.pipeline.alignments import align_pile, cutter

JA = [
    "日本政府は量子技術の戦略を決定した。",
    "大学と企業が研究を進める。人材の育成も重要である。",
    "今後、国際協力を拡大する。",
]
ZH = ["日本政府通过了量子技术战略。", "大学和企业推进研究。", "人才培养也很重要。", "今后将扩大国际合作。"]
EN = [
    "The Japanese government adopted a strategy for quantum technology.",
    "Universities and companies carry out research.",
    "Training talent is also important.",
    "International cooperation will be expanded.",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def segments(texts: list[str], language: str) -> list[Segment]:
    return [
        Segment(language=language, text=text, document=language, spans=(Span(n * 100, n * 100 + len(text)),), block=n)
        for n, text in enumerate(texts)
    ]


def test_three_versions_give_units_of_three_languages(lexicon: Lexicon) -> None:
    runs = {"en": segments(EN, "en"), "ja": segments(JA, "ja"), "zh-Hans": segments(ZH, "zh-Hans")}
    found = units(runs, lexicon=lexicon)
    assert [unit.bead for unit in found] == ["1-1-1", "1-2-2", "1-1-1"]
    assert [segment.language for segment in found[0].segments] == ["ja", "zh-Hans", "en"]
    assert found[1].segments[1].text == ZH[1] + ZH[2]
    assert found[1].segments[2].text == f"{EN[1]} {EN[2]}"
    assert found[1].segments[2].spans == (Span(100, 100 + len(EN[1])), Span(200, 200 + len(EN[2])))


def test_a_sentence_that_stands_for_several_is_cut_at_its_semicolons(lexicon: Lexicon) -> None:
    texts = ["首先，本文介绍量子技术的战略；其次，分析研究的组织管理；最后，提出人才培养的建议。"]
    others = [
        "First, this paper introduces the strategy of quantum technology.",
        "Second, it analyzes the organization and management of research.",
        "Finally, it makes suggestions for the training of talent.",
    ]
    left, right = document(texts, "zh-Hans", name="d-zh"), document(others, "en", name="d-en")
    sentences = [*left.sentences, *right.sentences]
    runs = {"zh-Hans": [one.segment for one in left.sentences], "en": [one.segment for one in right.sentences]}
    found = units(runs, lexicon=lexicon, cut=cutter(sentences, [left, right]))
    assert [unit.bead for unit in found] == ["1-1"] * 3
    clause = found[1].segments[0]
    assert clause.text == "其次，分析研究的组织管理；"
    assert "".join(left.document.text[span.start : span.end] for span in clause.spans) == clause.text
    assert [unit.bead for unit in units(runs, lexicon=lexicon)] == ["1-3"]


def test_what_stands_in_one_version_only_is_in_no_unit(lexicon: Lexicon) -> None:
    texts = [ZH[0], "昨天晚上的足球比赛因为下大雨而取消，观众纷纷离开。", *ZH[1:]]
    found = units({"zh-Hans": segments(texts, "zh-Hans"), "en": segments(EN, "en")}, lexicon=lexicon)
    assert not any("足球" in segment.text for unit in found for segment in unit.segments)


def test_segments_are_joined_as_their_language_spaces_words() -> None:
    assert join(segments(["あ。", "い。"], "ja")).text == "あ。い。"
    assert join(segments(["A.", "B."], "en")).text == "A. B."


def test_versions_are_found_by_their_names(lexicon: Lexicon) -> None:
    pile = [document(JA, "ja", name="a.ja"), document(ZH, "zh-Hans", name="a.zh"), document(EN, "en", name="a.en")]
    found = align_pile(pile, lexicon=lexicon).units
    assert [len(unit.segments) for unit in found] == [3, 3, 3]
    assert len({unit.id for unit in found}) == 3
