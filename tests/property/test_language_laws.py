"""Laws of languages: spans and tokens lose only white space, folding is idempotent and goes character by character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import mixed_text

from termalign.languages import LANGUAGES
from termalign.languages.fold import fold, fold_with_offsets
from termalign.languages.sentences import split_clauses, split_sentences

# Between these no cut falls inside a character: a kana and its mark, ヴ and the small kana after it, a character and 々.
JOINS = re.compile("[々\ufe00\U000e0100\u3099\u309a\uff9e\uff9fァィェォャュョぁぃぇぉゃゅょｧｨｪｫｬｭｮ]")
KANA = "ヴゔウうカかハはｳｶﾊﾞﾟ\u3099\u309aァぁｧュー・々𠮷ＡaÉ\u0301ﬁ㍿…Ⅱß戰戦战⺠\u200b\ufe00\U000e0100 -「』"


def kana_text() -> st.SearchStrategy[str]:
    """Text thick with what folds in units."""
    return st.one_of(st.text(alphabet=KANA, max_size=30), mixed_text())


def covers(text: str, spans: list[tuple[int, int]]) -> None:
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(mixed_text(max_size=200), st.sampled_from(sorted(LANGUAGES)))
def test_sentences_are_ordered_and_lose_only_white_space(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    covers(text, [(span.start, span.end) for span in spans])
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)


@given(mixed_text(), st.sampled_from(sorted(LANGUAGES)))
def test_clauses_are_ordered_and_lose_only_white_space(text: str, language: str) -> None:
    covers(text, [(span.start, span.end) for span in split_clauses(text, language)])


@settings(deadline=None)  # the first example of a language loads its dictionary
@pytest.mark.parametrize("language", list(LANGUAGES))
@given(text=mixed_text())
def test_tokens_are_ordered_and_lose_only_white_space(language: str, text: str) -> None:
    tokens = LANGUAGES.get(language).tokens(text)
    covers(text, [(token.start, token.end) for token in tokens])
    assert all(token.text == text[token.start : token.end] for token in tokens)


@given(kana_text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(kana_text())
def test_offsets_belong_to_the_key_and_ascend(text: str) -> None:
    key, offsets = fold_with_offsets(text)
    assert key == fold(text)
    assert len(offsets) == len(key)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= at < len(text) for at in offsets)


@given(kana_text(), kana_text())
def test_the_key_of_two_texts_is_their_keys(left: str, right: str) -> None:
    if not JOINS.match(right):
        assert fold(left + right) == fold(left) + fold(right)


@given(kana_text())
def test_the_key_is_made_character_by_character(text: str) -> None:
    units = re.findall(f"(?s).{JOINS.pattern}*", text)
    assert "".join(units) == text
    assert fold(text) == "".join(fold(unit) for unit in units)
