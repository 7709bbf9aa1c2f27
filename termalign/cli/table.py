"""Tables that line up although Han characters and kana are two columns wide, and text that is safe on a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["columns", "escaped", "printable", "shorten", "shorten_left", "width", "wrap"]

WIDE = frozenset("WF")
MIN_COLUMN = 8  # a column is never narrower, however little room there is
MIN_LAST = 26  # the last one gives way to the others down to this

# What a terminal obeys instead of showing: control characters, line and paragraph separators, marks that turn the direction of
# writing and so show another text than there is; and halves of surrogate pairs, which cannot be written.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NO_WIDTH = frozenset({"Cf", "Mn", "Me"})
# What must not begin a line, and what must not end one.
_CLOSING = frozenset("、。，．・：；！？）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:!?)]}”’%")
_OPENING = frozenset("（［｛「『【〈《〔([{“‘")
_PARTS = re.compile(r"[!-~\u00a1-\u024f]+|\s+|.", re.DOTALL)


def printable(text: str) -> str:
    r"""Take out what would make a terminal do something: a term must not move the cursor.

    Args:
        text: Any text, on one line.

    Returns:
        The text with � for every control character, line separator, mark of writing direction and half surrogate pair.

    Source:
        Unicode categories Cc, Zl, Zp, Cs and the property Bidi_Control.

    >>> printable("量子\x1b[31m")
    '量子�[31m'
    """
    return _OBEYED.sub("\ufffd", text)


def escaped(json_text: str) -> str:
    r"""Write what a terminal would obey as escapes of JSON; U+2028 and its like, which some programs end lines at, too.

    Args:
        json_text: JSON on one line.

    Returns:
        The same JSON.

    >>> escaped('"\u2028"')
    '"\\u2028"'
    """
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Args:
        text: Text on one line.

    Returns:
        Two for each wide character, none for combining and invisible ones, one for every other.

    Source:
        Unicode, property East_Asian_Width (UAX #11); ambiguous characters count as narrow.

    >>> width("Q-LEAP"), width("量子"), width("ﾘｮｳｼ"), width("\u304b\u3099")
    (6, 4, 4, 2)
    """
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in WIDE else 1


def shorten(text: str, size: int) -> str:
    """Cut a text to a number of columns, with … where something is left out."""
    used = 0
    for number, char in enumerate(text):
        used += _width(char)
        if used > size:
            return _head(text[:number], size - 1).rstrip() + "…"
    return text


def shorten_left(text: str, size: int) -> str:
    """Cut a text to its last columns, with … where something is left out; empty where there is no room at all."""
    used = 0
    for number in range(len(text) - 1, -1, -1):
        used += _width(text[number])
        if used > size:
            tail = text[number + 1 :]
            while tail and (width(tail) > size - 1 or not _width(tail[0])):
                tail = tail[1:]
            return ("…" + tail.lstrip())[:size]
    return text


def wrap(text: str, size: int) -> list[str]:
    """Break a text into lines of a number of columns.

    Args:
        text: Text on one line.
        size: Columns a line may take, two or more.

    Returns:
        The lines, at least one. A line ends at a space or beside a wide character, not before a closing mark or small
        kana nor behind an opening mark; only a word longer than a line is cut.

    Source:
        Ours; which marks begin and end no line after JIS X 4051.

    >>> wrap("光・量子飛躍 Flagship Program", 12)
    ['光・量子飛躍', 'Flagship', 'Program']
    """
    lines: list[str] = []
    line = ""
    for part in _unbreakable(text):
        if width(line + part.rstrip()) <= size:
            line += part
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = part.lstrip()
        while width(line.rstrip()) > size:
            head = _head(line, size)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _head(text: str, size: int) -> str:
    """Return as much of a text as fits, at least one character."""
    used = _width(text[0]) if text else 0
    for number, char in enumerate(text[1:], 1):
        used += _width(char)
        if used > size:
            return text[:number]
    return text


def _unbreakable(text: str) -> list[str]:
    """Split a text into the parts between which a line may end."""
    parts: list[str] = []
    for part in _PARTS.findall(text):
        joined = parts and (part.isspace() or part[0] in _CLOSING or not width(part) or parts[-1][-1] in _OPENING)
        if joined:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def columns(rows: Iterable[Sequence[str]], *, gap: str = "  ", size: int | None = None) -> str:
    """Lay rows of cells out in columns.

    Args:
        rows: Cells of text; shorter rows are allowed. What a terminal would obey is taken out.
        gap: What stands between columns.
        size: Columns of the terminal; cells are broken into lines to fit. ``None`` means without bounds.

    Returns:
        Lines joined by line feeds, without trailing white space; empty where there are no rows.

    Source:
        Ours.

    >>> print(columns([("ja", "量子", "preferred"), ("en", "quantum", "preferred")]))
    ja  量子     preferred
    en  quantum  preferred
    """
    table = [[printable(cell) for cell in row] for row in rows]
    n_columns = max(map(len, table), default=0)
    widths = [max((width(row[n]) for row in table if n < len(row)), default=0) for n in range(n_columns)]
    if size is not None:
        widths = _fitted(widths, size - len(gap) * (n_columns - 1))
    lines = []
    for row in table:
        cells = [wrap(cell, widths[n]) if size is not None else [cell] for n, cell in enumerate(row)]
        for number in range(max(map(len, cells), default=1)):
            line = [cell[number] if number < len(cell) else "" for cell in cells]
            lines.append(gap.join(text + " " * (widths[n] - width(text)) for n, text in enumerate(line)).rstrip())
    return "\n".join(lines)


def _fitted(widths: list[int], room: int) -> list[int]:
    """Narrow the last column, which says the least, then the widest ones, until all fit into the room."""
    if len(widths) > 1 and widths[-1] > MIN_LAST:
        widths = [*widths[:-1], max(MIN_LAST, min(widths[-1], room - sum(widths[:-1])))]
    widest = max(widths, default=0)
    while sum(min(one, widest) for one in widths) > room and widest > MIN_COLUMN:
        widest -= 1
    return [min(one, widest) for one in widths]
