from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.errors import DataError
from termalign.formats.text import MARKDOWN, PLAIN_TEXT, TextFormat

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return found


def fault(raw: bytes, form: TextFormat = PLAIN_TEXT) -> DataError:
    with pytest.raises(DataError) as caught:
        form.read(raw, file="a.txt")
    return caught.value


@pytest.mark.parametrize("case", cases("encodings.toml"), ids=lambda case: case["encoding"])
def test_reads_an_encoding(case: dict[str, Any]) -> None:
    text = case["text"] * (200 // len(case["text"]))
    assert PLAIN_TEXT.read(text.encode(case["encoding"]), file="a.txt") == (text, case["codec"])


DETECTED = [case for case in cases("encodings.toml") if not case["encoding"].startswith("utf-")]


@pytest.mark.parametrize("case", DETECTED, ids=lambda case: case["encoding"])
def test_reads_a_long_file_in_ascii_with_one_line_of_another_encoding(case: dict[str, Any]) -> None:
    text = "plain words\n" * 20_000 + case["text"] * 4
    assert PLAIN_TEXT.read(text.encode(case["encoding"]), file="a.txt") == (text, case["codec"])


def test_only_the_leading_mark_goes() -> None:
    text = "\ufeff量\ufeff子"
    assert PLAIN_TEXT.read(("\ufeff" + text).encode("utf-8"), file="a.txt") == (text, "utf-8-sig")


def test_a_mark_in_gb18030_goes_too() -> None:
    text = "建设量子信息科学国家实验室，推进产学研合作。\n" * 5
    assert PLAIN_TEXT.read(("\ufeff" + text).encode("gb18030"), file="a.txt")[0] == text


def test_nothing_else_is_changed() -> None:
    text = "ｶﾞ ﾞ\r\n\u3000か\u3099\tＡ\x0b\u2028①㍿\r\n"
    assert PLAIN_TEXT.read(text.encode("utf-8"), file="a.txt") == (text, "utf-8")
    assert MARKDOWN.read(text.encode("utf-8"), file="a.md") == (text, "utf-8")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", "\u3000\n".encode(), b"\xff\xfe"])
def test_refuses_an_empty_file(raw: bytes) -> None:
    error = fault(raw)
    assert error.problem == ("the file holds no text" if raw else "the file is empty")
    assert error.fix == "leave it out"


@pytest.mark.parametrize("case", cases("binaries.toml"), ids=lambda case: case["says"])
def test_names_what_is_no_text(case: dict[str, Any]) -> None:
    error = fault(bytes.fromhex(case["hex"]) + case.get("then", "").encode())
    assert case["says"] in error.problem
    assert error.where.file == "a.txt"
    assert error.fix


def test_text_about_pdf_is_text() -> None:
    raw = b"A file that begins with %PDF-1.7 is a PDF document."
    assert PLAIN_TEXT.read(raw, file="a.txt")[1] == "utf-8"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("一行目\n二行".encode() + b"\xff" + "目\n".encode(), 2),
        (("語" * 100).encode()[:-1], 1),
    ],
)
def test_damaged_utf8_is_no_other_encoding(raw: bytes, line: int) -> None:
    error = fault(raw)
    assert error.where.line == line
    assert "is not UTF-8" in error.problem


def test_names_the_byte_that_breaks_utf8() -> None:
    error = fault("あ\nい\n".encode() + b"\xe3\x81x")
    assert error.problem == "in no encoding that termalign knows: byte 0xe3 at 9 is not UTF-8"
    assert error.where.line == 3


def test_a_broken_promise_of_a_mark_is_named() -> None:
    error = fault(b"\xff\xfea\0\n\0\0\xd8")
    assert error.problem == "begins with the mark of UTF-16 but breaks it at byte 7"
    assert error.where.line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-8-sig", "utf-16"])
def test_nul_is_named_by_line(encoding: str) -> None:
    error = fault(("量子の話をする。\n" * 30 + "終\0わり\n" + "続きの話。\n" * 30).encode(encoding))
    assert "NUL" in error.problem
    assert error.where.line == 31


def test_a_line_beyond_the_limit_is_named() -> None:
    form = TextFormat(name="text/1", suffixes=(".txt",), max_line=10)
    assert form.read(("語" * 10 + "\r\n" + "𠮷" * 10).encode(), file="a.txt")[1] == "utf-8"
    error = fault(("短い\r\n" + "語" * 11 + "\n").encode(), form)
    assert error.where.line == 2
    assert error.problem == "line of 11 characters, longer than the limit of 10"
    assert "--max-line" in error.fix


def test_lines_may_end_with_cr_alone() -> None:
    form = TextFormat(name="text/1", suffixes=(".txt",), max_line=10)
    assert form.read("\r".join(["語" * 9] * 4).encode(), file="a.txt")[1] == "utf-8"
