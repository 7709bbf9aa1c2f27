"""The lines of a document, without what is no text of it: code, comments, front matter, control characters."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termalign.languages.repair.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Hint", "Line", "layout_words", "read_lines"]

# As str.splitlines has them; a form feed begins a page.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, zero-width and direction marks, non-characters. Hyphens stay for the joining of lines: U+00AD, and \x02 and
# U+FFFE, which pdfium writes for a hyphen at a line end (DEPENDENCIES.md P9).
_IGNORED = re.compile(
    "[\x00\x01\x03-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\uffff]"
)
_FENCE = re.compile(r"\s*(?:[-*+>]\s+|\d+\.\s+)?(`{3,}|~{3,})([^`]*)$")
_QUOTED = re.compile(r"\s*(?:>(?:\s+|$))+")
# Lines of Markdown that say nothing: link definitions, alerts, zones.
_SILENT = re.compile(r"\[(?!\^)[^\[\]]+\]:\s*\S+(?:\s+[\"'(].*[\"')])?$|\[![A-Z]+\]$|:::.*$")
_FRONT_KEY = re.compile(r"[\w.\-]+\s*:(?:\s|$)|\s+\S|-\s|#|$")
_OUTSIDE_CELLS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "body"})
MAX_FRONT_LINES = 200  # a longer head is no front matter
TAB = 4  # columns


class Hint(StrEnum):
    """What an HTML element says that a line is."""

    NONE = ""
    CELL = "cell"
    ITEM = "item"
    HEADING = "heading"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that holds text.

    Args:
        draft: Its text without indentation.
        newline: The raw text of its line end: start and end.
        blanks: How many empty lines stand before it.
        page: Whether a form feed stands before it.
        barrier: Whether something stands before it that no sentence runs across: code, a rule, an HTML block.
        lead: Its indentation.
        hint: What HTML says about it.
    """

    draft: Draft
    newline: tuple[int, int]
    blanks: int = 0
    page: bool = False
    barrier: bool = False
    lead: str = ""
    hint: Hint = Hint.NONE

    @property
    def text(self) -> str:
        """Its text."""
        return self.draft.text

    @cached_property
    def tabbed(self) -> bool:
        """Whether it is indented by a tab."""
        return "\t" in self.lead


@dataclass(slots=True)
class _Reader:
    """What a reader of lines must keep in mind."""

    raw: str
    skips: list[tuple[int, int]]
    found: list[Line] = field(default_factory=list)
    blanks: int = 0
    page: bool = False
    barrier: bool = False
    hint: Hint = Hint.NONE
    next_skip: int = 0


@cache
def layout_words() -> dict[str, Any]:
    """Read ``data/repair.toml`` once.

    Returns:
        Its keys; lists of words, and the table ``html``.

    Source:
        Ours.
    """
    return tomllib.loads((files("termalign") / "data" / "repair.toml").read_text(encoding="utf-8"))


@cache
def _block_tag() -> re.Pattern[str]:
    """Return a pattern for the tags of HTML blocks: slash, name."""
    html = layout_words()["html"]
    names = "|".join(html["cell"] + html["item"] + html["heading"] + html["other"])
    return re.compile(rf"<(/?)({names})(?:\s[^<>]*)?/?>", re.IGNORECASE)


@cache
def _hints() -> dict[str, Hint]:
    """Return what each HTML block is."""
    html = layout_words()["html"]
    return {name: hint for hint in (Hint.CELL, Hint.ITEM, Hint.HEADING) for name in html[hint.value]}


def read_lines(raw: str) -> tuple[Line, ...]:
    """Split a document into the lines that hold text.

    Args:
        raw: The document as read: plain text or Markdown, any line ends.

    Returns:
        Its lines in order; empty for text without any.

    Source:
        Fences after CommonMark 0.31 section 4.5; the rest is ours.
    """
    physical = list(_physical(raw))
    reader = _Reader(raw, _hidden(raw))
    at = _front_matter(raw, physical)
    closing = _fences(raw, physical)
    while at < len(physical):
        start, end, stop = physical[at]
        reader.page |= start > 0 and raw[start - 1] == "\x0c"
        if at in closing:
            at, reader.barrier = closing[at], True
        else:
            _take(reader, start, end, stop)
        at += 1
    return tuple(reader.found)


def _physical(raw: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and end with line end of each line."""
    start = 0
    for match in _LINE_END.finditer(raw):
        yield start, match.start(), match.end()
        start = match.end()
    yield start, len(raw), len(raw)


def _front_matter(raw: str, physical: list[tuple[int, int, int]]) -> int:
    """Return the line on which the text begins behind the front matter."""
    lines = [raw[start:end].rstrip() for start, end, _ in physical[:MAX_FRONT_LINES]]
    if lines[0].lstrip("\ufeff") != "---":
        return 0
    for number, line in enumerate(lines[1:], 1):
        if line in {"---", "..."}:
            return number + 1 if number > 1 else 0
        if not _FRONT_KEY.match(line):
            return 0
    return 0


def _fences(raw: str, physical: list[tuple[int, int, int]]) -> dict[int, int]:
    """Map the line that opens a fence to the line that closes it; a fence that never closes is no fence."""
    pairs: dict[int, int] = {}
    opened, fence = -1, ""
    for number, (start, end, _) in enumerate(physical):
        line = raw[start:end]
        if "```" not in line and "~~~" not in line:
            continue
        match = _FENCE.match(_QUOTED.sub("", line, count=1))
        if match is None:
            continue
        if opened < 0:
            opened, fence = number, match[1]
        elif match[1].startswith(fence) and not match[2].strip():
            pairs[opened], opened = number, -1
    if opened >= 0:
        pairs[opened] = opened
    return pairs


def _hidden(raw: str) -> list[tuple[int, int]]:
    """Find comments and the elements whose content is no text, in order."""
    names = "|".join(layout_words()["html"]["skipped"])
    opening = re.compile(rf"<!--|<({names})(?:\s[^<>]*)?>", re.IGNORECASE)
    found: list[tuple[int, int]] = []
    never: set[str] = set()  # ends that do not come any more: looked for once
    at = 0
    while "<" in raw and (match := opening.search(raw, at)):
        at = match.end()
        name = (match[1] or "").lower()
        if name in never:
            continue
        end = re.compile(f"</{name}\\s*>" if name else "-->", re.IGNORECASE).search(raw, at)
        if end is None:
            never.add(name)
        else:
            found.append((match.start(), end.end()))
            at = end.end()
    return found


def _take(reader: _Reader, start: int, end: int, stop: int) -> None:
    """Take one physical line: leave out what is hidden, split it at the tags of HTML blocks."""
    if start == end or not reader.raw[start:end].strip():
        reader.blanks += end < stop
        return
    draft = Draft.of(reader.raw, start, end)
    draft = draft.edited(_skipped(reader, start, end))
    if draft.text != reader.raw[start:end] and not draft.text.strip():
        return
    draft = draft.edited((match.start(), match.end(), "") for match in _IGNORED.finditer(draft.text))
    if quoted := _QUOTED.match(draft.text):
        draft = draft.slice(quoted.end(), len(draft.text))
    done, tagged, ticks, counted = 0, False, 0, 0
    for tag in _block_tag().finditer(draft.text) if "<" in draft.text else ():
        ticks += draft.text.count("`", counted, tag.start())
        counted = tag.start()
        if ticks % 2:
            continue  # quoted as code
        _add(reader, draft.slice(done, tag.start()), (end, end))  # nothing is joined across a tag
        reader.hint = _hint_behind(tag, reader.hint)
        reader.barrier, done, tagged = True, tag.end(), True
    if not tagged or draft.text[done:].strip():
        _add(reader, draft.slice(done, len(draft.text)) if done < len(draft.text) else Draft(), (end, stop))


def _hint_behind(tag: re.Match[str], hint: Hint) -> Hint:
    """Return what the text behind a tag is; a line break or a paragraph in a cell is still the cell."""
    name = tag[2].lower()
    if name in _hints():
        return Hint.NONE if tag[1] else _hints()[name]
    return Hint.NONE if name in _OUTSIDE_CELLS else hint


def _skipped(reader: _Reader, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the hidden parts of the line from ``start`` to ``end``."""
    edits: list[tuple[int, int, str]] = []
    while reader.next_skip < len(reader.skips) and reader.skips[reader.next_skip][0] < end:
        low, high = reader.skips[reader.next_skip]
        if high > start:
            edits.append((max(low, start) - start, min(high, end) - start, ""))
        if high > end:
            break
        reader.next_skip += 1
    return edits


def _add(reader: _Reader, draft: Draft, newline: tuple[int, int]) -> None:
    """Add a line, or count it as empty."""
    body = draft.stripped()
    if not body.text:
        reader.blanks += newline[0] < newline[1]
        return
    if _SILENT.match(body.text):
        reader.barrier = True
        return
    lead = draft.text[: len(draft.text) - len(draft.text.lstrip())]
    line = Line(
        draft=body,
        newline=newline,
        blanks=reader.blanks,
        page=reader.page,
        barrier=reader.barrier,
        lead=lead,
        hint=reader.hint,
    )
    reader.found.append(line)
    reader.blanks, reader.page, reader.barrier = 0, False, False
