from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.glossary.differences import differences
from termalign.glossary.spelling import Kind, key, kinds
from termalign.languages.fold import fold
from termalign.languages.okurigana import without_okurigana

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "spelling.toml").read_text(encoding="utf-8"))
WEAK = [kind for kind in Kind if kind is not Kind.SPELLING]
SAME = [(kind, group) for kind in WEAK for group in CASES[kind]["same"]]
DIFFERENT = [(kind, *pair) for kind in WEAK for pair in CASES[kind]["different"]]
WORDS = (
    "inflection",
    "tones",
    "invisible",
    "width",
    "space",
    "marks",
    "okurigana",
    "case",
    "long vowel",
    "kana",
    "script",
)
TERMS = st.text(alphabet="取り扱い組合せ量子もつれ計画コンピューターABCabc -・ｶﾞ'’sāǎü戰战ー々\u200b𠮷", max_size=12)


@pytest.mark.parametrize(("kind", "group"), SAME, ids=[f"{kind}-{group[0]}" for kind, group in SAME])
def test_spellings_of_one_word_share_a_key(kind: Kind, group: list[str]) -> None:
    assert len({key(text, kind) for text in group}) == 1
    for left, right in combinations(group, 2):
        assert fold(left) == fold(right) or differences(left, right, kind=kind)


@pytest.mark.parametrize(("kind", "left", "right"), DIFFERENT)
def test_different_words_share_none(kind: Kind, left: str, right: str) -> None:
    assert key(left, kind) != key(right, kind)


@pytest.mark.parametrize("case", CASES["difference"], ids=["|".join(case["pair"]) for case in CASES["difference"]])
def test_differences(case: dict[str, Any]) -> None:
    left, right = case["pair"]
    kind = Kind(case["kind"])
    assert key(left, kind) == key(right, kind)
    assert list(differences(left, right, kind=kind)) == case["why"]
    assert set(differences(right, left, kind=kind)) == set(case["why"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q-LEAP", [Kind.SPELLING, Kind.INFLECTION, Kind.VERB, Kind.TONES]),
        ("量子AI", [Kind.SPELLING, Kind.INFLECTION, Kind.VERB, Kind.OKURIGANA]),
        ("量子", [Kind.SPELLING, Kind.OKURIGANA]),
        ("もつれ", [Kind.SPELLING, Kind.OKURIGANA]),
        ("42", [Kind.SPELLING]),
        ("", [Kind.SPELLING]),
    ],
)
def test_kinds(text: str, expected: list[Kind]) -> None:
    assert list(kinds(text)) == expected


@given(TERMS)
def test_leaving_okurigana_out_adds_nothing(text: str) -> None:
    assert len(fold(without_okurigana(text))) <= len(fold(text))


@given(TERMS, st.sampled_from(list(Kind)))
def test_a_key_folded_again_is_the_key(text: str, kind: Kind) -> None:
    assert fold(key(text, kind)) == key(text, kind)


@given(TERMS, TERMS, st.sampled_from(list(Kind)))
def test_words_of_a_difference_are_known_and_in_order(left: str, right: str, kind: Kind) -> None:
    if key(left, kind) == key(right, kind):
        names = differences(left, right, kind=kind)
        assert list(names) == [word for word in WORDS if word in names]
        assert bool(names) == (left.strip() != right.strip())
