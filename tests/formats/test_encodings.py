"""Which encoding a file of another tool is in: what it or the user says, else what the languages in it make likely, reported."""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from typing import Any

import pytest

from termalign.errors import ConfigError, DataError
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS
from termalign.formats.encodings import tags_among, widest

# A few words each, sound text in other encodings too.
WORDS = {
    ("ja", "euc_jp"): "契約",
    ("ja", "cp932"): "契約",
    ("zh-CN", "gb18030"): "激光器",
    ("zh-TW", "big5"): "雷射",
    ("zh-TW", "gb18030"): "雷射",
}
FILES = {
    "csv": "{code},en\n{word},contract\n",
    "tsv": "{code}\ten\n{word}\tcontract\n",
    "terms.tsv": "{code}\ten\n{word}\tcontract\n",
    "units.tsv": "{code}\ten\n{word}\tcontract\n",
    "utx": "#UTX 1.11; {code}/en; 2020-01-01\n#src\ttgt\tsrc:pos\n{word}\tcontract\tnoun\n",
    "po": 'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n\nmsgid "contract"\nmsgstr "{word}"\n',
    "omegat": "{word}\tcontract\n",
}
GUESSED = ", told by the bytes of the file: --encoding NAME where it is another"


def read(name: str, raw: bytes, code: str, **settings: Any) -> tuple[list[str], dict[str, int]]:
    """The texts of a file that are not English, and what was told of reading it."""
    form: Any = BITEXT_FORMATS.get(name.removeprefix("units.")) if name in {"units.tsv", "po"} else None
    form = form or GLOSSARY_FORMATS.get(name)
    if name == "omegat":
        settings["languages"] = (code, "en")
    losses: Counter[str] = Counter()
    found = list(dataclasses.replace(form, **settings).read(io.BytesIO(raw), name="a", losses=losses))
    texts = [
        one.text
        for value in found
        for one in (
            value.segments if hasattr(value, "segments") else [one for _, terms in value.terms for one in terms]
        )
    ]
    return [text for text in texts if not text.isascii()], dict(+losses)


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize(("code", "encoding"), list(WORDS))
def test_a_few_words_are_read_by_the_language_of_their_column(name: str, code: str, encoding: str) -> None:
    word = WORDS[code, encoding]
    texts, losses = read(name, FILES[name].format(code=code, word=word).encode(encoding), code)
    if (code, encoding) != ("zh-TW", "gb18030"):  # Big5 is as likely, and the report says what was taken
        assert texts == [word]
    assert [kind for kind in losses if kind.endswith(GUESSED)] == list(losses)
    assert len(losses) == 1


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize(("code", "encoding"), list(WORDS))
def test_what_the_user_says_goes_before_a_guess(name: str, code: str, encoding: str) -> None:
    word = WORDS[code, encoding]
    raw = FILES[name].format(code=code, word=word).encode(encoding)
    assert read(name, raw, code, encoding=encoding) == ([word], {})


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso2022_jp"])
def test_an_encoding_that_shows_is_no_guess(name: str, encoding: str) -> None:
    texts, losses = read(name, FILES[name].format(code="ja", word="契約").encode(encoding), "ja")
    assert texts == ["契約"]
    assert losses.keys() <= {"byte order mark, which UTX forbids"}


@pytest.mark.parametrize("name", list(FILES))
def test_a_wrong_encoding_is_told(name: str) -> None:
    raw = FILES[name].format(code="ja", word="契約").encode()
    with pytest.raises(DataError, match=r"a:\d: not in ascii; name its encoding") as caught:
        read(name, raw, "ja", encoding="ascii")
    assert caught.value.where.line == raw[: raw.index("契".encode())].count(b"\n") + 1
    for wrong in ("x-none", "hex"):
        with pytest.raises(ConfigError, match=f"no encoding '{wrong}'"):
            read(name, raw, "ja", encoding=wrong)


def test_a_long_table_of_units_in_an_old_encoding() -> None:
    raw = ("ja\ten\n" + "".join(f"契約{n}\tcontract {n}\n" for n in range(9000))).encode("euc_jp")
    texts, _ = read("units.tsv", raw, "ja")
    assert texts == [f"契約{n}" for n in range(9000)]


def test_a_damaged_line_of_a_table_in_utf_8_is_no_other_encoding() -> None:
    raw = b"ja\ten\n" + "契約\tcontract\n".encode() * 20 + b"\xe5\xa5\tcontract\n"
    with pytest.raises(DataError, match=r"a:22: byte 0xe5 .* is not UTF-8"):
        read("units.tsv", raw, "ja")


def test_names_of_encodings_and_languages() -> None:
    assert [widest(name) for name in ("Shift_JIS", "windows-31j", "GB2312", "EUC-JP", "Big5-HKSCS", "UTF-8")] == [
        "cp932",
        "cp932",
        "gb18030",
        "euc_jis_2004",
        "big5hkscs",
        "utf-8",
    ]
    assert tags_among(["id", "jp", "zh", "fr", "ja-JP", "en"]) == ("zh-Hans", "zh-Hant", "ja", "en")
