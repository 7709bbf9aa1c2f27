"""What a sheet of a workbook says beside its cells: formulas and merged cells, which the reader of rows does not tell."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["Marks", "Merged", "has_comments", "marks_of"]

_CHUNK = 2**20
_OVERLAP = 200  # bytes that a mark may have
_FORMULA = re.compile(rb"<f[ >/]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_COMMENTS = re.compile(r"xl/(?:.*/)?(?:threaded)?comments?\d*\.xml", re.IGNORECASE)
_MAX_MERGED = 20_000


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one column that are merged over several rows, all 1-based."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What a sheet says.

    Args:
        formulas: Whether there are any.
        merged: Merged cells of more than one row, by their first rows.
    """

    formulas: bool = False
    merged: tuple[Merged, ...] = ()


def marks_of(book: BinaryIO, path: str) -> Marks:
    """Look through the XML of a sheet.

    Args:
        book: The workbook, whose archive was found sound; it is left at its beginning.
        path: Name of the member; nothing is found where there is no such member.
    """
    formulas, merged, before = False, set[Merged](), b""
    with zipfile.ZipFile(book) as archive:
        if path not in archive.namelist():
            return Marks()
        with archive.open(path) as member:
            while chunk := member.read(_CHUNK):
                text = before + chunk
                formulas = formulas or _FORMULA.search(text) is not None
                for column, first, last in _MERGED.findall(text):
                    if int(first) < int(last) and len(merged) < _MAX_MERGED:
                        merged.add(Merged(_number(column), int(first), int(last)))
                before = text[-_OVERLAP:]
    book.seek(0)
    return Marks(formulas, tuple(sorted(merged, key=lambda one: one.first)))


def has_comments(book: BinaryIO) -> bool:
    """Tell whether cells have comments.

    Args:
        book: The workbook; it is left at its beginning.
    """
    with zipfile.ZipFile(book) as archive:
        found = any(_COMMENTS.fullmatch(name) for name in archive.namelist())
    book.seek(0)
    return found


def _number(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
