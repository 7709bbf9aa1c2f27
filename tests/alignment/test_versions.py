"""Which texts of a pile are versions of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from analysed import document, sentence

from termalign.alignment.copies import near_copies
from termalign.alignment.versions import find_versions
from termalign.errors import ConfigError, DataError
from termalign.lexicon import Lexicon
from termalign.model import AnalysedDocument
from termalign.pipeline.alignments import align_pile

if TYPE_CHECKING:
    from pathlib import Path

ZH = [
    "日本政府于2020年通过了量子技术战略，确定了四个主要技术领域。",
    "大学和企业共同推进量子计算机的研究和开发。",
    "人才培养和国际合作也是重要的政策课题。",
    "情报通信研究机构（NICT）负责量子密码的研究。",
]
EN = [
    "In 2020 the Japanese government adopted a strategy for quantum technology that names four main technology areas.",
    "Universities and companies together carry out research and development of quantum computers.",
    "Training of talent and international cooperation are important policy issues as well.",
    "The institute NICT is responsible for research on quantum cryptography.",
]
OTHER = [
    "The cat slept in the garden while it rained all day long.",
    "She cooked fish for dinner and opened a bottle of wine.",
    "The football match was cancelled because of the heavy snow.",
    "They walked home along the river under the old bridge.",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def paths(documents: list[AnalysedDocument], lexicon: Lexicon, **given: list[list[str]]) -> list[tuple[str, set[str]]]:
    found = find_versions(documents, lexicon=lexicon, **given)
    return [(one.reason.split()[0], {run[0].segment.document for run in one.runs.values()}) for one in found]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("strategy.zh", "strategy.en"),
        ("strategy_zh-Hans", "strategy_en"),
        ("zh/strategy", "en/strategy"),
        ("strategy-zh_CN", "strategy-en-GB"),
    ],
)
def test_names_that_differ_by_a_language_tag_pair(left: str, right: str, lexicon: Lexicon) -> None:
    pile = [document(ZH, "zh-Hans", name=left), document(OTHER, "en", name=right)]
    assert paths(pile, lexicon) == [("name", {left, right})]


def test_what_documents_say_pairs_them_too(lexicon: Lexicon) -> None:
    pile = [
        document(ZH, "zh-Hans", name="first"),
        document(OTHER, "en", name="second"),
        document(EN, "en", name="third"),
    ]
    assert paths(pile, lexicon) == [("content", {"first", "third"})]


def test_documents_that_have_nothing_in_common_stay_apart(lexicon: Lexicon) -> None:
    assert paths([document(ZH, "zh-Hans", name="first"), document(OTHER, "en", name="second")], lexicon) == []


def test_a_person_may_say_otherwise(lexicon: Lexicon) -> None:
    pile = [document(ZH, "zh-Hans", name="a.zh"), document(EN, "en", name="a.en"), document(OTHER, "en", name="b")]
    found = paths(pile, lexicon, pairs=[["a.zh.txt", "b.txt"]])
    assert found[0] == ("pairs.toml", {"a.zh", "b"})


@pytest.mark.parametrize(
    ("pair", "problem"),
    [(["a.zh.txt", "nowhere.txt"], "nowhere.txt"), (["a.en.txt", "b.txt"], "one language")],
)
def test_a_wrong_pair_is_told(pair: list[str], problem: str, lexicon: Lexicon) -> None:
    pile = [document(ZH, "zh-Hans", name="a.zh"), document(EN, "en", name="a.en"), document(OTHER, "en", name="b")]
    with pytest.raises(ConfigError, match=problem):
        find_versions(pile, lexicon=lexicon, pairs=[pair])


@pytest.mark.parametrize("text", ["[[versions]]\ndocuments = 3\n", "versions = [1]\n", "[[versions\n"])
def test_a_broken_pairs_file_is_told(text: str, tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "pairs.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"pairs\.toml"):
        align_pile([], lexicon=lexicon, pairs=[path])


def test_an_abstract_is_found_in_its_document(lexicon: Lexicon) -> None:
    filler = [
        "量子传感器可以测量磁场和温度。",
        "光纤网络连接了两座城市。",
        "超导材料需要很低的温度。",
        "卫星与地面站之间进行通信实验。",
    ]
    chinese = document([*ZH, *filler], "zh-Hans", name="paper")
    english = [sentence(text, "en", name="paper", offset=1000 * n, block=100 + n) for n, text in enumerate(EN, 1)]
    whole = AnalysedDocument(document=chinese.document, passages=(), sentences=(*chinese.sentences, *english))
    (found,) = find_versions([whole], lexicon=lexicon)
    assert found.reason == "passage"
    assert [one.text for one in found.runs["zh-Hans"]] == ZH


def test_near_copies_are_grouped() -> None:
    copy = document([*ZH, "最后一句是新的。"], "zh-Hans", name="b")
    groups = near_copies([document(ZH, "zh-Hans", name="a"), copy, document(EN, "en", name="c")])
    assert groups == {"a": "a", "b": "a", "c": "c"}
