"""Lines -> blocks: which lines are one paragraph, item or cell, and its text without marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from termalign.languages.repair.furniture import furniture
from termalign.languages.repair.inline import cleaned, link_labels, without_references
from termalign.languages.repair.lines import Hint, Line, layout_words, read_lines
from termalign.languages.repair.shapes import (
    MAX_HEADING,
    Shape,
    Style,
    ends_sentence,
    has_clause,
    is_rule,
    is_unfinished,
    label_of,
    shape_of,
)
from termalign.languages.repair.spacing import CJK, Words, respaced, run_together, width
from termalign.languages.repair.tables import MAX_CELL, Row, rows
from termalign.languages.repair.wrapping import BlockSoFar, Flow
from termalign.model import BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.languages.repair.draft import Draft

__all__ = ["Part", "parts"]

LOOK_BACK = 3  # lines of the block so far that tell whether a mark counts on
SHORT_HEADING = 60  # columns; a shorter numbered line above a paragraph is its heading, even with a stop

_LEADER = re.compile(r"\s*(?:[.．·・…‥]\s*){3,}\d{0,4}$|\t+\s*\d{1,4}$")
_CLOSED_HASHES = re.compile(r"\s+#+\s*$|\s*\{#[^{}]*\}$")
_END_MARK = re.compile(r"(?<=[。．.！？!?」』”）)])\s*[■□◆●]+$")
_SETEXT = re.compile("={3,}")
_REMARK = re.compile(r"[（(][^（()）]+[)）]")
_VISIBLE = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s+")
_TERM_GAP = re.compile(f"(?<=[{CJK}])\\s+(?=[{CJK}])|\\s{{2,}}|\u3000+")
_TERM_MARK = re.compile("[；;，,、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block whose language is not known yet.

    Args:
        kind: What it is on the page.
        draft: Its repaired text.
        marks: Empty ranges where reference marks stood.
    """

    kind: BlockKind
    draft: Draft
    marks: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Group:
    """Lines that are one block."""

    lines: list[Line]
    last: int  # number of the last line
    shape: Shape = field(default_factory=Shape)
    row: Row | None = None
    heading: bool = False


def parts(raw: str) -> Iterator[Part]:
    """Cut a document into its blocks.

    Args:
        raw: The document as read.

    Yields:
        Its blocks in reading order, without empty ones.

    Source:
        Ours.
    """
    groups = _groups(read_lines(raw))
    words, labels = Words(raw), link_labels(raw)
    for at, group in enumerate(groups):
        before, behind = groups[at - 1] if at else None, groups[at + 1] if at + 1 < len(groups) else None
        yield from _finished(group, _kind(group, before, behind), words=words, labels=labels)


def _groups(lines: Sequence[Line]) -> list[_Group]:
    """Put together the lines that are one block."""
    flow = Flow(lines)
    tables, gone = rows(lines), furniture(flow)
    groups: list[_Group] = []
    current: _Group | None = None
    for at, line in enumerate(lines):
        if at in gone:
            continue
        if at in tables:
            found = [_Group([replace(line, draft=cell)], at, row=tables[at]) for cell in tables[at].cells]
            groups += found
            current = found[-1] if found else None
        elif is_rule(line.text):
            if current is not None and _SETEXT.fullmatch(line.text):
                current.heading = True
            current = None
        elif current is not None and _belongs(flow, current, at, tables):
            current.lines.append(line)
            current.last = at
        else:
            current = _Group([line], at, flow.shapes[at])
            groups.append(current)
    return groups


def _belongs(flow: Flow, group: _Group, at: int, tables: dict[int, Row]) -> bool:
    """Tell whether a line that is no row belongs to the block before it."""
    line = flow.lines[at]
    if group.row is not None:
        cut = any(one.barrier or one.page for one in flow.lines[group.last + 1 : at + 1])
        return not cut and _belongs_to_cell(group, line, in_table=at + 1 in tables)
    if group.shape.form in {"hash", "box", "image"} or group.heading:
        return False
    state = BlockSoFar(
        text="".join(one.text for one in group.lines[-LOOK_BACK:]),
        continuing=len(group.lines) > 1,
        style=group.shape.style,
    )
    return not flow.is_new(group.last, at, state=state)


def _belongs_to_cell(group: _Group, line: Line, *, in_table: bool) -> bool:
    """Tell whether a line is a further line of the cell before it."""
    if group.row is None or not group.row.open or ends_sentence(group.lines[-1].text):
        return False
    if group.row.loose and (line.blanks and not in_table):
        return False
    if line.blanks:
        return group.row.loose and _REMARK.fullmatch(line.text) is not None
    small = width(line.text) <= MAX_CELL and not ends_sentence(line.text)
    return (small or not group.row.loose) and shape_of(line.text).style is Style.PLAIN


def _kind(group: _Group, before: _Group | None, behind: _Group | None) -> BlockKind:
    """Tell what a block is on the page."""
    style, hint, text = group.shape.style, group.lines[0].hint, group.lines[-1].text
    if group.row is not None:
        return BlockKind.TABLE_CELL
    if group.heading or hint is Hint.HEADING or style is Style.CAPTION or group.shape.form.startswith("hash"):
        return BlockKind.HEADING
    if hint is Hint.ITEM or style in {Style.BULLET, Style.REFERENCE}:
        return BlockKind.LIST_ITEM
    size = sum(width(line.text) for line in group.lines)
    open_end = ends_sentence(text) or is_unfinished(text)
    if style is Style.NUMBER:
        sisters = any(near is not None and near.shape.form == group.shape.form for near in (before, behind))
        title = size <= (SHORT_HEADING if ends_sentence(text) else MAX_HEADING) and not sisters and behind is not None
    elif style is Style.HEADING:
        title = not open_end
    else:
        title = not open_end and len(group.lines) == 1 and size <= MAX_HEADING and not has_clause(text)
    if title:
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH if style in {Style.PLAIN, Style.LABEL} else BlockKind.LIST_ITEM


def _finished(group: _Group, kind: BlockKind, *, words: Words, labels: frozenset[str]) -> Iterator[Part]:
    """Repair the text of a block; a label before it becomes a block of its own."""
    draft = run_together(group.lines, words=words)
    draft = _unmarked(draft, group.shape)
    draft = cleaned(draft, labels=labels)
    draft, places = without_references(draft)
    draft = draft.edited((match.start(), match.end(), "") for match in [_END_MARK.search(draft.text)] if match)
    label = label_of(draft.text) if kind is not BlockKind.TABLE_CELL else None
    if label is None:
        yield from _part(kind, draft, places, words=words)
        return
    group_name = "boxed" if label["boxed"] else "plain"
    yield from _part(BlockKind.LABEL, draft.slice(*label.span(group_name)), (), words=words)
    if label.end() == len(draft.text):
        return
    body = draft.slice(label.end(), len(draft.text))
    name = _SPACE.sub("", label[group_name]).lower()
    if name in _term_labels() and not _TERM_MARK.search(body.text) and _TERM_GAP.search(body.text):
        done = 0
        for gap in [*_TERM_GAP.finditer(body.text), None]:
            end = gap.start() if gap else len(body.text)
            yield from _part(BlockKind.LIST_ITEM, body.slice(done, end), (), words=words)
            done = gap.end() if gap else end
        return
    yield from _part(BlockKind.PARAGRAPH, body, places, words=words)


def _unmarked(draft: Draft, shape: Shape) -> Draft:
    """Cut off the mark of a heading or list item, and the page number of a table of contents."""
    end = len(draft.text)
    if shape.form == "box":
        return draft.slice(1, end - 1)
    if shape.style is not Style.BULLET and (leader := _LEADER.search(draft.text, max(0, end - 200))):
        end = max(shape.length, leader.start())
    if shape.form.startswith("hash") and (closing := _CLOSED_HASHES.search(draft.text, max(0, end - 200), end)):
        end = max(shape.length, closing.start())
    return draft.slice(shape.length, end)


def _part(kind: BlockKind, draft: Draft, places: tuple[int, ...], *, words: Words) -> Iterator[Part]:
    """Give a block its spaces; nothing comes of text without a letter or digit."""
    soft = kind in {BlockKind.HEADING, BlockKind.TABLE_CELL} or (
        kind is BlockKind.LIST_ITEM and not has_clause(draft.text)
    )
    draft = respaced(draft, soft=soft, words=words)
    if not _VISIBLE.search(draft.text):
        return
    marks = sorted({bisect_left(draft.low, place) for place in places})
    yield Part(kind=kind, draft=draft, marks=tuple(Span(mark, mark) for mark in marks))


@cache
def _term_labels() -> frozenset[str]:
    """Return the labels whose text is a list of terms, without spaces."""
    return frozenset(name.replace(" ", "") for name in layout_words()["term_labels"])
