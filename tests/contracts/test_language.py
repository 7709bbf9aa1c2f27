"""The contract of a language, for every entry of the registry."""

from __future__ import annotations

import pickle

import pytest

from termalign.languages import LANGUAGES, Language
from termalign.model import TAGS, Token

TEXTS = (
    "量子技術は重要である。「なぜ？」と問う。Q-LEAP（光・量子飛躍フラッグシップ・プログラム）等。",
    "量子技术非常重要。“为什么？”他问。Q-LEAP（光量子跃迁旗舰计划）等。\n\n第二段。",
    "Dr. Smith's 3.5% rise isn't new. “Why?” he asked. See Q-LEAP (2018–2020)!",
    "𠮷野家\u3000Ａ１\t…\r\n\u200b。",
    "   \n ",
    "",
    "。。。！？",
    "\ufeff\x00\x1c-「",
)
POS = frozenset({"n", "pn", "v", "adj", "adv", "num", "prefix", "suffix", "func", "mark", "x"})


@pytest.fixture(params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> Language:
    found = LANGUAGES.get(request.param)
    assert found.tag == request.param
    return found


def test_registry_holds_every_tag() -> None:
    assert set(LANGUAGES) == set(TAGS)


def test_satisfies_the_protocol(language: Language) -> None:
    assert isinstance(language, Language)


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_ordered_and_lose_only_white_space(language: Language, text: str) -> None:
    at = 0
    for span in language.sentences(text):
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_ordered_and_lose_only_white_space(language: Language, text: str) -> None:
    at = 0
    for token in language.tokens(text):
        assert not text[at : token.start].strip()
        assert token.text == text[token.start : token.end] != ""
        assert token.pos in POS
        assert not token.parts or "".join(token.parts) == token.text
        at = token.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", TEXTS)
def test_folding_twice_is_folding_once(language: Language, text: str) -> None:
    assert language.fold(language.fold(text)) == language.fold(text)


@pytest.mark.parametrize("text", TEXTS)
def test_is_repeatable(language: Language, text: str) -> None:
    assert list(language.tokens(text)) == list(language.tokens(text))
    assert list(language.sentences(text)) == list(language.sentences(text))


def test_pickles(language: Language) -> None:
    language.tokens(TEXTS[0])  # with its tokeniser loaded
    copy = pickle.loads(pickle.dumps(language))  # noqa: S301 - our own bytes
    assert copy == language
    assert list(copy.tokens(TEXTS[0])) == list(language.tokens(TEXTS[0]))


def test_values_are_ours(language: Language) -> None:
    assert all(isinstance(token, Token) for token in language.tokens(TEXTS[2]))
