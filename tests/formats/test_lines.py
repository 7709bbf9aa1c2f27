from __future__ import annotations

import io
import sys

import pytest

from termalign.errors import DataError
from termalign.formats.lines import _CELL_ENDS, _LINE_ENDS, iter_lines, one_cell, one_line


def test_only_lf_and_cr_lf_end_a_line() -> None:
    raw = "\ufeffa\r\nb\u2028c\x0bd\re\n\n\ufefff".encode()
    assert list(iter_lines(io.BytesIO(raw), name="a")) == [(1, "a"), (2, "b\u2028c\x0bd\re"), (3, ""), (4, "\ufefff")]


def test_a_line_beyond_the_limit_is_named() -> None:
    assert list(iter_lines(io.BytesIO(b"1234\n1234"), name="a", max_bytes=5)) == [(1, "1234"), (2, "1234")]
    with pytest.raises(DataError, match="a:2: line longer than the limit of 5 bytes"):
        list(iter_lines(io.BytesIO(b"1234\n123456\n"), name="a", max_bytes=5))


def test_text_on_one_line() -> None:
    assert one_line(" a \r\n\t b\u2028c\td ") == "a b c\td"
    assert one_cell(" a\t\tb\x85c\n") == "a b c"


def test_no_printable_character_ends_a_line() -> None:
    printable = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
    assert _LINE_ENDS.search(printable) is None
    assert _CELL_ENDS.search(printable) is None
