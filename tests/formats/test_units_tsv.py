from __future__ import annotations

import io
from collections import Counter

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.base import WriteReport
from termalign.formats.units_tsv import UNITS_TSV, UnitsTsv
from termalign.model import Segment, TranslationUnit


def unit(**texts: str) -> TranslationUnit:
    return TranslationUnit(segments=tuple(Segment(language=tag, text=text) for tag, text in texts.items()))


def write(units: list[TranslationUnit], form: UnitsTsv = UNITS_TSV) -> tuple[str, WriteReport]:
    file = io.BytesIO()
    report = form.write(units, file)
    return file.getvalue().decode(), report


def read(raw: bytes, losses: Counter[str] | None = None) -> list[list[tuple[str, str]]]:
    units = UNITS_TSV.read(io.BytesIO(raw), name="a.tsv", losses=losses)
    return [[(segment.language, segment.text) for segment in unit.segments] for unit in units]


def test_a_column_per_language() -> None:
    text, report = write([unit(ja="一", en="one"), unit(**{"zh-Hans": "二\t\r\n贰", "en": "two\u2028"}), unit(ja="三")])
    assert text == "ja\tzh-Hans\ten\n一\t\tone\n\t二 贰\ttwo\n"
    assert report == WriteReport(n_written=2, losses=(("tab or line end", 1), ("unit without two sides", 1)))


def test_columns_as_asked() -> None:
    assert write([unit(ja="一", en="one")], UnitsTsv(languages=("en", "ja")))[0] == "en\tja\none\t一\n"


def test_reads_any_order_of_columns() -> None:
    losses: Counter[str] = Counter()
    raw = "en-US\tfr\tzh\tja_JP\r\none\tun\t軟體\t一\r\n\r\ntwo\t\t\t\r\n".encode("utf-8-sig")
    assert read(raw, losses) == [[("ja", "一"), ("zh-Hant", "軟體"), ("en", "one")]]
    assert losses == {"column fr": 1, "unit without two sides": 1}


def test_reads_unicode_text_of_spreadsheets() -> None:
    assert read("ja\ten\r\n一\tone\r\n".encode("utf-16")) == [[("ja", "一"), ("en", "one")]]


def test_the_first_column_is_the_source() -> None:
    (found,) = UNITS_TSV.read(io.BytesIO("en\tja\none\t一\n".encode()), name="a.tsv")
    assert found.origin is not None
    assert (found.origin.source, found.origin.line) == ("en", 2)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "a.tsv:1: the file is empty; begin the file with the languages of its columns: ja<TAB>en"),
        ("jp\ten\n", "a.tsv:1: column 1 of the header: language tag 'jp'; write 'ja'"),
        ("ja\tsentence 1\n", "a.tsv:1: column 2 of the header: language tag 'sentence 1' is not BCP 47"),
        ("ja\ten\na\tb\tc\n", "a.tsv:2: 3 cells under 2 columns; no tab may stand inside a cell"),
    ],
)
def test_faults_say_where(raw: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw.encode())
    assert says in str(caught.value)


def test_faults_are_gathered() -> None:
    with pytest.raises(DataErrors) as caught:
        read(b"ja\ten\na\nb\tc\nd\n")
    assert [str(error).partition(" ")[0] for error in caught.value.exceptions] == ["a.tsv:2:", "a.tsv:4:"]


def test_a_broken_utf16_file_is_named() -> None:
    with pytest.raises(DataError, match=r"a\.tsv:2: not UTF-16"):
        read("ja\ten\n一".encode("utf-16")[:-1])
