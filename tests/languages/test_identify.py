from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.languages.identify import identify, language_of, likelihoods, profile, seems_to_be

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "identify.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20] or "empty")
def test_candidates_are_those_that_the_characters_allow(case: dict[str, Any]) -> None:
    tags = [tag for tag, _ in identify(case["text"])]
    if "candidates" in case:
        assert tags == case["candidates"]
    else:
        assert tags[0] == case["best"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20] or "empty")
def test_probabilities_sum_to_one_and_descend(case: dict[str, Any]) -> None:
    shares = [share for _, share in identify(case["text"])]
    assert all(0 < share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert not shares or sum(shares) == pytest.approx(1, abs=0.001)


def test_a_document_is_told_however_long() -> None:
    assert identify("我们在三年内建成研究中心。" * 20_000)[0] == ("zh-Hans", 1.0)
    assert identify("三年以内に研究拠点を整備する。" * 20_000)[0] == ("ja", 1.0)


def test_language_of_gives_the_default_where_the_text_does_not_tell() -> None:
    assert language_of("開発") == "ja"
    assert language_of("1234", default="zh-Hans") == "zh-Hans"
    assert language_of("양자", default="") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("양자 기술", "Korean"),
        ("Квантовые технологии", "a language in Cyrillic script"),
        ("เทคโนโลยี", "Thai"),
        ("Der Rat hat die Strategie mit der Mehrheit beschlossen und das ist gut.", "German"),
        ("ᚠᚢᚦᚨᚱᚲ", "a language in Runic script"),
        ("12", "text without letters"),
    ],
)
def test_a_foreign_text_is_named(text: str, name: str) -> None:
    assert seems_to_be(text) == name


def test_reading_the_national_sets_finds_their_levels() -> None:
    # 亜 opens level 1 and 弌 level 2 of JIS X 0208; 啊 and 亍 those of GB 2312; 一 and 乂 those of Big5
    for tag, first, second in (("ja", "亜", "弌"), ("zh-Hans", "啊", "亍"), ("zh-Hant", "一", "乂")):
        common, rare, foreign = (likelihoods(profile(char))[tag] for char in (first, second, "𠮷"))
        assert common > rare > foreign
