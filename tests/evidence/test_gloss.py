"""Brackets that gloss, and those that do not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from analysed import sentence

from termalign.evidence.boundaries import initials_explained, settle
from termalign.evidence.gloss import find_glosses
from termalign.lexicon import Lexicon

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "glosses.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_a_bracket_glosses_the_name_before_it(case: dict[str, Any], lexicon: Lexicon) -> None:
    found = settle(find_glosses(sentence(case["text"], case["language"])), lexicon=lexicon)
    assert [f"{one.outer} = {one.gloss.inner}" for one in found] == case["glosses"]


def test_spans_of_a_gloss_lead_to_the_names(lexicon: Lexicon) -> None:
    text = "授权NIST（国家标准技术研究院）制定标准。"
    (one,) = settle(find_glosses(sentence(text, "zh-Hans")), lexicon=lexicon)
    start, end = one.gloss.inner_span
    assert text[start:end] == "国家标准技术研究院"
    assert text[one.start : one.gloss.end] == "NIST"


def test_the_acronym_tells_how_far_a_name_reaches_over_a_conjunction(lexicon: Lexicon) -> None:
    text = "德国成立了量子技术与应用联盟（QUTAC）。"
    (one,) = settle(find_glosses(sentence(text, "zh-Hans")), lexicon=lexicon)
    assert one.outer == "量子技术与应用联盟"


def test_other_places_tell_where_a_name_begins(lexicon: Lexicon) -> None:
    sentences = [
        sentence("理化学研究所・産業技術総合研究所（AIST）が協力する。", "ja", name="d-1"),
        sentence("産業技術総合研究所（AIST）が公表した。", "ja", name="d-2"),
    ]
    glosses = [gloss for one in sentences for gloss in find_glosses(one)]
    assert {one.outer for one in settle(glosses, lexicon=lexicon)} == {"産業技術総合研究所"}


def test_a_head_noun_that_a_verb_seems_to_precede_is_not_the_name_abroad(lexicon: Lexicon) -> None:
    sentences = [
        sentence("固定価格買取制度（FIT）は来年に見直される。", "ja", name="d-1"),
        sentence("固定价格收购制度（FIT）将于明年修订。", "zh-Hans", name="d-2"),
    ]
    glosses = [gloss for one in sentences for gloss in find_glosses(one)]
    assert {one.outer for one in settle(glosses, lexicon=lexicon)} == {"固定価格買取制度", "固定价格收购制度"}


@pytest.mark.parametrize("text", ["監査の実施の基準（GAAS）に従う。", "財務上重要な企業（F-SIEs）を選ぶ。"])
def test_the_head_of_an_attributive_phrase_is_hardly_the_name(text: str, lexicon: Lexicon) -> None:
    (one,) = settle(find_glosses(sentence(text, "ja")), lexicon=lexicon)
    assert one.trust < 1


def test_words_that_say_something_else_lower_the_trust(lexicon: Lexicon) -> None:
    text = "経済の発展（Quantum Leap）を支える。"
    (one,) = settle(find_glosses(sentence(text, "ja")), lexicon=lexicon)
    assert one.trust < 1


@pytest.mark.parametrize(
    ("words", "acronym", "least", "most"),
    [
        (["国際", "電気", "通信", "連合"], "ITU", 0.6, 1.0),
        (["能源", "部"], "DOE", 0.6, 1.0),
        (["公開"], "ITU", 0.0, 0.0),
        ([], "ITU", 0.0, 0.0),
        (["量子"], "１２", 0.0, 0.0),
    ],
)
def test_initials_are_explained_by_translations(
    words: list[str], acronym: str, least: float, most: float, lexicon: Lexicon
) -> None:
    language = "zh-Hans" if "能源" in words else "ja"
    assert least <= initials_explained(words, acronym, language=language, lexicon=lexicon) <= most
