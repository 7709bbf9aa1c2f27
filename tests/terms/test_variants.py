"""Which spellings are one term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.terms import key_of, tidy


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ja", "取り扱い", "取扱い"),
        ("ja", "取り扱い", "取扱"),
        ("ja", "サーバ", "サーバー"),
        ("ja", "インタフェース", "インターフェース"),
        ("ja", "ヴァーチャル", "バーチャル"),
        ("ja", "組み込み", "組込み"),
        ("ja", "光・量子", "光量子"),
        ("en", "QED-C", "QED·C"),
        ("en", "e-mail", "email"),
        ("en", "data base", "database"),
        ("en", "quantum computers", "Quantum computer"),
        ("en", "technologies", "technology"),
        ("en", "GPUs", "GPU"),
        ("zh-Hans", "量子計算", "量子计算"),
        ("zh-Hant", "軟體", "软体"),
    ],
)
def test_spellings_of_one_term(language: str, one: str, other: str) -> None:
    assert key_of(one, language) == key_of(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ja", "量子もつれ", "量子エンタングルメント"),
        ("ja", "組合せ", "組合"),
        ("ja", "量子計算", "量子計算機"),
        ("zh-Hans", "量子位", "量子比特"),
        ("en", "quantum computer", "quantum computing"),
        ("en", "I/O", "IO"),
    ],
)
def test_synonyms_are_not(language: str, one: str, other: str) -> None:
    assert key_of(one, language) != key_of(other, language)


@given(st.text(max_size=20), st.sampled_from(["ja", "zh-Hans", "zh-Hant", "en"]))
def test_spacing_never_changes_a_key(text: str, language: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert key_of(tidy(text), language) == key_of(text, language)
