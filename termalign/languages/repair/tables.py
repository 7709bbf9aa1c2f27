"""Rows and cells: of Markdown, of tabs, of white space. Cells are never run together into one term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.languages.characters import KATAKANA
from termalign.languages.repair.lines import Hint
from termalign.languages.repair.shapes import Style, ends_sentence, has_clause, is_date, shape_of
from termalign.languages.repair.spacing import CJK, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.languages.repair.draft import Draft
    from termalign.languages.repair.lines import Line

__all__ = ["Row", "rows"]

MAX_CELL = 60  # columns of a cell, except for the last of its row
MIN_CELLS = 3  # of a row whose cells stand only one space apart
NEAR = 3  # lines between two rows of one table
MAX_NAME, MIN_OFFICE = 3, 4  # characters of a family or a given name, and of what stands behind a name

_DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_PAGE_BEHIND = re.compile(r"\t[\s.…·]*\d{1,4}$")
_BAR = re.compile(r"(?<!\\)[|｜]")
_CODE = re.compile(r"`[^`]*`")
_WIDE_GAP = re.compile(r"(?<=[^\s。．！？!?.,;，；、])(?: {2,}|\u3000+| ?\t+ ?)(?=\S)")
_LATIN_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_DATE = r"(?:(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月\s*\d{1,2}\s*日)"
_SINGLE_GAP = re.compile(
    rf"(?<=[{CJK}）)”」』》])[ \u3000]+(?=(?:19|20)\d{{2}}\s*年(?:\s|$))|(?<=[年月日])[ \u3000]+(?=[^\d\s])|(?<=[{CJK}]{{2}})(?<![{KATAKANA}](?=[ \u3000]+[{KATAKANA}]))[ \u3000]+(?=[{CJK}“「『《（]{{2}})|(?<=[）”」』》])[ \u3000]+(?=[{CJK}]{{2}})"
)
_SPACE = re.compile(r"\s+")
_DATED = re.compile(rf"({_DATE})[ \u3000]+(?=[^\d\s])")
_NAMED = re.compile(
    rf"(?:([{CJK}]{{1,4}})[ \u3000]+)??([{CJK}]{{1,{MAX_NAME}}}[ \u3000]+[{CJK}]{{1,{MAX_NAME}}})[ \u3000]+([^\s]{{{MIN_OFFICE},}})"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a line has of a table.

    Args:
        cells: Its cells; empty for a line that only draws the table.
        open: Whether a further line may belong to the last cell.
        loose: Whether it may also stand behind an empty line, when it is a remark in brackets.
    """

    cells: tuple[Draft, ...]
    open: bool = False
    loose: bool = False


def rows(lines: Sequence[Line]) -> dict[int, Row]:
    """Find the lines that are rows or cells of tables.

    Args:
        lines: All lines of the document that hold text.

    Returns:
        Row by number of the line; lines that are none are left out.

    Source:
        Pipe tables after GitHub Flavored Markdown section 4.10; the rest is ours.
    """
    found = dict(_piped(lines))
    for finder in (_tabbed, _gapped, _listed, _spaced):
        for at, row in finder(lines):
            found.setdefault(at, row)
    for at, line in enumerate(lines):
        if line.hint is Hint.CELL:
            found.setdefault(at, Row((line.draft,), open=True))
    return found


def _split(draft: Draft, gaps: Iterator[re.Match[str]]) -> tuple[Draft, ...]:
    """Cut a line at its gaps; empty cells are left out."""
    cells: list[Draft] = []
    done = 0
    for gap in gaps:
        cells.append(draft.slice(done, gap.start()).stripped())
        done = gap.end()
    cells.append(draft.slice(done, len(draft.text)).stripped() if done < len(draft.text) else draft.slice(0, 0))
    return tuple(cell for cell in cells if cell.text)


def _piped(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """Find the rows of Markdown: lines that begin with a bar, and those at a line of dashes and bars."""
    inside = False
    for at, line in enumerate(lines):
        follows = at + 1 < len(lines) and "|" in lines[at + 1].text and _DELIMITER.fullmatch(lines[at + 1].text)
        inside = "|" in line.text and (line.text[0] == "|" or bool(follows) or (inside and not line.blanks))
        if not inside and not (line.text[0] in "|｜" and line.text.count("｜") > 1):
            continue
        if _DELIMITER.fullmatch(line.text):
            yield at, Row(())
        elif len(_BAR.findall(line.text)) > 1 or follows or line.text[0] != "|":
            hidden = _CODE.sub(lambda match: "x" * len(match[0]), line.text)
            yield at, Row(_split(line.draft, _BAR.finditer(hidden)))


def _tabbed(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """Find cells that stand one on a line behind a tab, or several with tabs between them."""
    at = 0
    while at < len(lines):
        if not (lines[at].tabbed or _has_tab(lines[at])):
            at += 1
            continue
        group, stop = [at], at + 1
        while stop < len(lines) and stop - group[-1] <= NEAR and not lines[stop].barrier:
            if lines[stop].tabbed or _has_tab(lines[stop]):
                group.append(stop)
            stop += 1
        cells = [width(lines[one].text) <= MAX_CELL and not ends_sentence(lines[one].text) for one in group]
        if (len(group) > 1 and 2 * sum(cells) >= len(group)) or _has_tab(lines[at]):
            for one in group:
                yield (
                    one,
                    Row(_split(lines[one].draft, re.finditer(r"\s*\t\s*", lines[one].text)), open=True, loose=True),
                )
        at = group[-1] + 1


def _has_tab(line: Line) -> bool:
    """Tell whether a tab separates cells in the line: not a mark from its text, nor a title from its page."""
    return "\t" in line.text and "\t" in _PAGE_BEHIND.sub("", line.text[shape_of(line.text).length :])


def _gapped(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """Find rows whose cells stand two or more spaces apart."""
    cut = [_wide_cells(line) for line in lines]
    for at, cells in enumerate(cut):
        around = [len(cut[near]) for near in (at - 1, at + 1) if 0 <= near < len(cut)]
        if len(cells) >= MIN_CELLS or (len(cells) > 1 and len(cells) in around):
            yield at, Row(cells)


def _wide_cells(line: Line) -> tuple[Draft, ...]:
    """Cut a line at wide gaps; nothing where it is none of a table."""
    text = line.text
    if not _WIDE_GAP.search(text) or ends_sentence(text) or shape_of(text).style is not Style.PLAIN:
        return ()
    latin = not re.search(f"[{CJK}]", text)
    cells = _split(line.draft, (_LATIN_GAP if latin else _WIDE_GAP).finditer(text))
    spelled = sum(len(cell.text) == 1 for cell in cells) > len(cells) / 2
    wide = any(width(cell.text) > MAX_CELL for cell in cells[:-1])
    return () if spelled or wide or len(cells) == 1 else cells


def _listed(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """Find lists of dates with what happened, and of persons with their offices."""
    for pattern in (_DATED, _NAMED):
        hits = [pattern.match(line.text) for line in lines]
        for at, hit in enumerate(hits):
            near = hits[max(0, at - NEAR) : at] + hits[at + 1 : at + 1 + NEAR]
            if hit is None or not any(near) or ends_sentence(lines[at].text):
                continue
            draft = lines[at].draft
            bounds = [hit.start(group) for group in range(1, pattern.groups + 1) if hit[group]]
            bounds += [hit.end()] if pattern is _DATED else []
            ends = [*bounds[1:], len(draft.text)]
            cells = [draft.slice(low, high).stripped() for low, high in zip(bounds, ends, strict=True)]
            if pattern is _NAMED:
                cells[-2] = cells[-2].edited((gap.start(), gap.end(), "") for gap in _SPACE.finditer(cells[-2].text))
            yield at, Row(tuple(cells))


def _spaced(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """Find tables whose cells stand one space apart: a row of short titles, or several rows close by."""
    cut = [_single_cells(line) for line in lines]
    if sum(map(bool, cut)) > len(lines) / 2:
        return  # a text that was cut into words
    inside, last = False, -NEAR
    for at, cells in enumerate(cut):
        near = any(cut[max(0, at - NEAR) : at]) or any(cut[at + 1 : at + 1 + NEAR])
        if cells and (inside or near or _is_header(cells)):
            inside, last = True, at
            yield at, Row(cells, open=True)
        elif inside and _ends_table(lines, at, last, cut):
            inside = False
        elif inside and lines[at].blanks:
            last = at
            yield at, Row((lines[at].draft,), open=True)


def _single_cells(line: Line) -> tuple[Draft, ...]:
    """Cut a line at the single spaces that separate cells; nothing where it is no row."""
    if line.tabbed or " " not in line.text.replace("\u3000", " ") or ends_sentence(line.text):
        return ()
    if shape_of(line.text).style not in {Style.PLAIN, Style.NUMBER}:
        return ()
    cells = _split(line.draft, _SINGLE_GAP.finditer(line.text))
    if len(cells) < MIN_CELLS or any(has_clause(cell.text) or width(cell.text) > MAX_CELL for cell in cells[:-1]):
        return ()
    return cells


def _is_header(cells: tuple[Draft, ...]) -> bool:
    """Tell whether cells are the titles of columns."""
    return all(width(cell.text) <= MAX_CELL / MIN_CELLS and not is_date(cell.text) for cell in cells)


def _ends_table(lines: Sequence[Line], at: int, last: int, cut: Sequence[tuple[Draft, ...]]) -> bool:
    """Tell whether a line that is no row stands behind the table."""
    line = lines[at]
    if line.barrier or ends_sentence(line.text) or shape_of(line.text).style is not Style.PLAIN:
        return True
    return at - last > NEAR or not (any(cut[at + 1 : at + 1 + NEAR]) or not line.blanks)
