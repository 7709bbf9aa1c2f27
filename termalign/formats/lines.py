"""Files of lines: reading them with true line numbers, and making text fit on one line."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["iter_lines", "one_cell", "one_line"]

MAX_LINE_BYTES = 64 * 2**20  # the limit of CONTRACTS.md section 7 for one text; no line of ours comes near it

# Everything that some program takes for the end of a line (str.splitlines has the list), with the blanks around it.
_LINE_ENDS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_CELL_ENDS = re.compile(r"[ \t]*[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def one_line(text: str) -> str:
    """Put text on one line: a line end with the blanks around it becomes one space, blanks at both ends are cut."""
    return text.strip() if text.isprintable() else _LINE_ENDS.sub(" ", text).strip()


def one_cell(text: str) -> str:
    """Make text fit into a cell of a table without quoting: as :func:`one_line`, and tabs become spaces too."""
    return text.strip() if text.isprintable() else _CELL_ENDS.sub(" ", text).strip()


def iter_lines(
    file: BinaryIO, *, name: str, max_bytes: int = MAX_LINE_BYTES, tell: Callable[[DataError], None] | None = None
) -> Iterator[tuple[int, str]]:
    """Read a file line by line.

    Args:
        file: UTF-8, or UTF-16 with a byte order mark, as spreadsheet programs write "Unicode text".
        name: Name of the file, in messages.
        max_bytes: Longest line that is read, in bytes.
        tell: Is told of a line that is no UTF-8, which is then passed over; ``None`` ends reading there.

    Yields:
        1-based number and text of each line, blank ones included, without line end and byte order mark. Only LF and
        CR LF end a line: U+2028 and its like are text.

    Raises:
        DataError: A line is no UTF-8, holds a NUL, or is longer than ``max_bytes``.
    """
    number = 0
    while raw := file.readline(max_bytes + 1):
        number += 1
        if number == 1 and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield from enumerate(_utf16(raw + file.read(), name), 1)
            return
        if len(raw) > max_bytes:
            fix = "the file is not the format it is taken for"
            raise DataError(f"line longer than the limit of {max_bytes} bytes", Where(file=name, line=number), fix)
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as exc:
            problem = f"byte 0x{raw[exc.start]:02x} at position {exc.start + 1} of the line is not UTF-8"
            fault = DataError(problem, Where(file=name, line=number), "save the file as UTF-8")
            if tell is None:
                raise fault from exc
            tell(fault)
            continue
        if "\0" in line:
            fault = DataError("a NUL character", Where(file=name, line=number), "remove it: no text has one")
            if tell is None:
                raise fault
            tell(fault)
            continue
        yield number, line.removesuffix("\n").removesuffix("\r")


def _utf16(raw: bytes, name: str) -> Iterator[str]:
    """Yield the lines of a file in UTF-16."""
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].decode("utf-16", "replace").count("\n") + 1
        raise DataError(
            "not UTF-16, as its first bytes promise", Where(file=name, line=line), "save it as UTF-8"
        ) from exc
    for number, line_text in enumerate(io.StringIO(text, newline="\n"), 1):
        if "\0" in line_text:
            raise DataError("a NUL character", Where(file=name, line=number), "remove it: no text has one")
        yield line_text.removesuffix("\n").removesuffix("\r")
