"""Words, parts of speech and dictionary forms: case tables in cases/tokens.toml and cases/lemmas.toml."""

from __future__ import annotations

import re
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termalign.languages import LANGUAGES
from termalign.languages.ja import MAX_CHUNK
from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from termalign.model import Token

FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((FOLDER / "tokens.toml").read_text(encoding="utf-8"))
LEMMAS = tomllib.loads((FOLDER / "lemmas.toml").read_text(encoding="utf-8"))
# A slash parts words only where a part of speech, or a word without one, stands before it; I/O and URLs hold some.
WORD = re.compile(
    r"(?P<text>https?://[^を]+?(?=/を)|[A-Z]/[A-Z]|[^/]+?)(?::(?P<pos>n|pn|v|adj|adv|num|func|mark|x))?(?:/|$)"
)


def tokens(text: str, language: str) -> tuple[Token, ...]:
    return tuple(LANGUAGES.get(language).tokens(text))


@pytest.mark.parametrize(("language", "name"), [(tag, name) for tag, cases in CASES.items() for name in cases])
def test_case(language: str, name: str) -> None:
    words = [(match["text"], match["pos"]) for match in WORD.finditer(CASES[language][name])]
    glue = " " if language == "en" else ""
    text = glue.join(word for word, _ in words).replace(" '", "'")
    found = tokens(text, language)
    assert [token.text for token in found] == [word for word, _ in words]
    assert [token.pos for token, (_, pos) in zip(found, words, strict=True) if pos] == [pos for _, pos in words if pos]


@pytest.mark.parametrize(("pos", "form"), [(pos, form) for pos, forms in LEMMAS.items() for form in forms])
def test_lemma(pos: str, form: str) -> None:
    assert lemma(form, pos=pos) == LEMMAS[pos][form]


def test_lemma_of_other_parts_of_speech_is_lower_case() -> None:
    assert lemma("Faster", pos="adj") == "faster"


def test_english_base_follows_the_part_of_speech() -> None:
    found = {
        token.text: token.base for token in tokens("The studies of technologies were developed by companies.", "en")
    }
    assert found["technologies"] == "technology"
    assert found["developed"] == "develop"
    assert found["companies"] == "company"


def test_japanese_base_and_parts() -> None:
    found = tokens("文部科学省は支援を進めた。", "ja")
    assert found[0].parts == ("文部", "科学", "省")
    assert [token.base for token in found if token.pos == "v"] == ["進める"]
    assert all("".join(token.parts) == token.text for token in found if token.parts)


def test_japanese_text_longer_than_sudachi_takes() -> None:
    for text in (
        "量子技術を研究する。" * 3_000,
        "漢" * (2 * MAX_CHUNK + 5),
        "𠮷" * (MAX_CHUNK + 5),
        "あ、" * MAX_CHUNK,
    ):
        assert "".join(token.text for token in tokens(text, "ja")) == text


def test_tokens_of_several_threads() -> None:
    for language in ("ja", "zh-Hans", "en"):
        texts = [f"{number} 量子技術 quantum" for number in range(8)]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda text, tag=language: tokens(text, tag), texts)) == [
                tokens(text, language) for text in texts
            ]


def test_traditional_text_is_returned_as_it_stands() -> None:
    text = "國家標準與軟體產業"
    assert "".join(token.text for token in tokens(text, "zh-Hant")) == text


def test_jieba_leaves_no_file_and_no_noise(capfd: pytest.CaptureFixture[str]) -> None:
    cache = Path(tempfile.gettempdir()) / "jieba.cache"
    before = cache.stat().st_mtime_ns if cache.exists() else None
    tokens("量子技术", "zh-Hans")
    assert (cache.stat().st_mtime_ns if cache.exists() else None) == before
    assert capfd.readouterr() == ("", "")


def test_what_sacremoses_rewrites_is_found_all_the_same() -> None:
    text = "A\u00a0quote ``x'' & <b> \x07bell … “y” don’t 量子技術 e.g. this"
    found = tokens(text, "en")
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert "".join(token.text for token in found) == "".join(text.split())
