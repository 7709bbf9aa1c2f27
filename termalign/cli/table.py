"""Tables that line up although Han characters and kana are two columns wide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["columns", "printable", "width"]

WIDE = frozenset("WF")


def printable(text: str) -> str:
    """Take control characters out of what goes to a terminal: a term must not move the cursor."""
    return "".join(
        char if char >= " " and char != "\x7f" and not "\x80" <= char < "\xa0" else "\ufffd" for char in text
    )


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for wide characters, none for combining ones.

    >>> width("Q-LEAP"), width("量子"), width("ﾘｮｳｼ"), width("が".encode().decode())
    (6, 4, 4, 2)
    """
    total = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
            continue
        total += 2 if unicodedata.east_asian_width(char) in WIDE else 1
    return total


def columns(rows: Iterable[Sequence[str]], *, gap: str = "  ") -> str:
    """Lay rows of cells out in columns.

    Args:
        rows: Cells of text; shorter rows are allowed.
        gap: What stands between columns.

    Returns:
        Lines joined by line feeds, without trailing white space.
    """
    table = [[printable(cell) for cell in row] for row in rows]
    widths = [
        max((width(row[n]) for row in table if n < len(row)), default=0) for n in range(max(map(len, table), default=0))
    ]
    lines = []
    for row in table:
        cells = [cell + " " * (widths[n] - width(cell)) for n, cell in enumerate(row)]
        lines.append(gap.join(cells).rstrip())
    return "\n".join(lines)
