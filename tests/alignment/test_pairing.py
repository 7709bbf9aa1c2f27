"""Pairing documents of a pile: names in several conventions, names that lie, and no names at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from analysed import document

from termalign.alignment.names import stem
from termalign.alignment.pairing import likeness
from termalign.alignment.versions import Versions, find_versions
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from termalign.model import AnalysedDocument

STRATEGY = {
    "ja": [
        "日本政府は2020年に量子技術の戦略を採択し、四つの主要な技術領域を定めた。",
        "大学と企業は協力して量子コンピュータの研究開発を進める。",
        "人材の育成と国際協力も重要な政策課題である。",
        "NICTは量子暗号の研究を担当する。",
    ],
    "zh-Hans": [
        "日本政府于2020年通过了量子技术战略，确定了四个主要技术领域。",
        "大学和企业共同推进量子计算机的研究和开发。",
        "人才培养和国际合作也是重要的政策课题。",
        "NICT负责量子密码的研究。",
    ],
    "en": [
        "In 2020 the Japanese government adopted a strategy for quantum technology that names four main technology areas.",
        "Universities and companies together carry out research and development of quantum computers.",
        "Training of talent and international cooperation are important policy issues as well.",
        "The institute NICT is responsible for research on quantum cryptography.",
    ],
}
PORT = {
    "ja": [
        "港では昨年、35万個のコンテナが扱われた。",
        "新しい岸壁の長さは420メートルで、2027年に完成する。",
        "漁業者は工事の騒音に反対している。",
        "市長は住民に説明会を開くと約束した。",
    ],
    "en": [
        "The port handled 350,000 containers last year.",
        "The new quay is 420 metres long and will be completed in 2027.",
        "Fishermen oppose the noise of the construction.",
        "The mayor promised to hold a meeting to explain it to residents.",
    ],
}
NUMBERS = {
    "ja": ["売上は2018年に451億円、2019年に473億円、2020年に388億円、2021年に512億円であった。"],
    "en": ["Rainfall was 83 mm in 1961, 77 mm in 1962, 91 mm in 1963 and 64 mm in 1964."],
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def groups(pile: list[AnalysedDocument], lexicon: Lexicon) -> dict[frozenset[str], Versions]:
    found = find_versions(pile, lexicon=lexicon)
    return {frozenset(run[0].segment.document for run in one.runs.values()): one for one in found}


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("strategy.ja.txt", "strategy"),
        ("strategy_zh.md", "strategy"),
        ("en/strategy.txt", "strategy"),
        ("docs/zh-Hans/strategy.txt", "docs/strategy"),
        ("strategy-zh_CN.txt", "strategy"),
        ("ja_strategy.txt", "strategy"),
        ("Strategy (EN).txt", "Strategy"),
        ("strategy_jp.txt", "strategy"),
        ("strategy.chs.txt", "strategy"),
        ("戦略（英語版）.txt", "戦略"),
        ("戦略_日本語.txt", "戦略"),
        ("english/strategy.txt", "strategy"),
        ("report-2020.en.txt", "report-2020"),
    ],
)
def test_a_language_in_a_name_is_taken_out(path: str, left: str) -> None:
    assert stem(path) == (left, True)


@pytest.mark.parametrize(
    "path", ["strategy.txt", "chi-square.txt", "us-policy.txt", "2020/report.txt", "english-grammar-1.txt"]
)
def test_a_name_without_a_language_stays(path: str) -> None:
    assert stem(path)[1] is False


def test_versions_in_three_languages_are_one_group_by_what_they_say(lexicon: Lexicon) -> None:
    pile = [document(texts, tag, name=f"{number}") for number, (tag, texts) in enumerate(STRATEGY.items())]
    pile += [document(texts, tag, name=f"x{tag}") for tag, texts in PORT.items()]
    found = groups(pile, lexicon)
    assert set(found) == {frozenset({"0", "1", "2"}), frozenset({"xja", "xen"})}
    assert all(one.reason == "content" and 0.25 <= one.score <= 1.0 for one in found.values())


def test_a_name_that_lies_is_not_believed_where_another_document_says_the_same(lexicon: Lexicon) -> None:
    pile = [
        document(STRATEGY["ja"], "ja", name="report.ja"),
        document(PORT["en"], "en", name="report.en"),
        document(STRATEGY["en"], "en", name="notes"),
    ]
    assert set(groups(pile, lexicon)) == {frozenset({"report.ja", "notes"})}


def test_a_name_that_lies_is_not_believed_where_the_numbers_are_others(lexicon: Lexicon) -> None:
    pile = [document(texts, tag, name=f"table.{tag}") for tag, texts in NUMBERS.items()]
    assert groups(pile, lexicon) == {}


def test_a_name_is_worth_something_and_a_name_with_the_same_content_more(lexicon: Lexicon) -> None:
    free = [document(PORT["ja"][:2], "ja", name="a.ja"), document(["Everything went very well."], "en", name="a.en")]
    close = [document(STRATEGY["ja"], "ja", name="b.ja"), document(STRATEGY["en"], "en", name="b.en")]
    found = groups([*free, *close], lexicon)
    scores = [found[frozenset({f"{name}.ja", f"{name}.en"})].score for name in "ab"]
    assert scores[0] == 0.5
    assert scores[1] > 0.7


def test_the_order_of_the_documents_changes_nothing(lexicon: Lexicon) -> None:
    pile = [document(texts, tag, name=f"{number}") for number, (tag, texts) in enumerate(STRATEGY.items())]
    pile += [document(texts, tag, name=f"x{tag}") for tag, texts in PORT.items()]
    assert find_versions(pile[::-1], lexicon=lexicon) == find_versions(pile, lexicon=lexicon)


def test_sentences_in_another_order_are_no_version(lexicon: Lexicon) -> None:
    runs = [document(STRATEGY["ja"], "ja").sentences, document(STRATEGY["en"], "en").sentences]
    straight = likeness(runs, lexicon=lexicon).score(0, 1)
    assert straight > 0.25
    assert likeness([runs[0], runs[1][::-1]], lexicon=lexicon).score(0, 1) < straight / 2


def test_one_document_alone_has_no_versions(lexicon: Lexicon) -> None:
    pile = [document(texts, tag, name=f"s.{tag}") for tag, texts in STRATEGY.items()]
    found = find_versions(pile, lexicon=lexicon, pairs=[["s.en.txt"]])
    assert [set(one.runs) for one in found] == [{"ja", "zh-Hans"}]


def test_nothing_gives_nothing(lexicon: Lexicon) -> None:
    assert likeness([], lexicon=lexicon).numbers == []
    assert find_versions([document([], "ja")], lexicon=lexicon) == ()
