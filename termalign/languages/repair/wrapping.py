"""Whether one line goes on in the next: hard wraps, page breaks, and what only looks like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from termalign.languages.repair.shapes import (
    MAX_HEADING,
    Shape,
    Style,
    ends_clause,
    ends_item,
    ends_sentence,
    goes_on,
    has_clause,
    is_prose,
    is_unfinished,
    opens_bracket,
    shape_of,
    starts_anew,
    starts_inside,
)
from termalign.languages.repair.spacing import CJK, CJK_MARKS, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.languages.repair.lines import Line

__all__ = ["BlockSoFar", "Flow"]

# Hard wraps are told from a few lines around: at least so many are nearly as wide as the widest, no wider than any
# typesetter sets, and they read like sentences. Ours, from PDF copies of Chinese, Japanese and English papers.
NEIGHBOURS, MIN_SUPPORT = 6, 3
NEARLY, FULL = 0.8, 0.85
QUITE_FULL = 0.95  # for a line that ends with a stop, which is the last of its paragraph where it is shorter
MIN_MEASURE, MAX_MEASURE = 24, 160  # columns
MIN_CLAUSES, MIN_RUN_ON = 0.34, 0.5  # share of such lines with a mark between clauses, and without a stop at the end
INDENT = 4  # columns of the indentation of a paragraph, which PDF copies lose
MIN_STOPPED = 0.8  # share of long lines that end with a stop, where a missing one means a broken sentence
USUAL_RANK = 0.3  # rank of the number of empty lines that separates lines and not paragraphs

_FIRST_WORD = re.compile(f"[^\\s{CJK}]{{0,30}}")
_REMARK = re.compile(r"[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]")
_ALL_WIDE = re.compile(f"[{CJK}{CJK_MARKS}\\s]+")
_CIRCLED = re.compile("[\u2461-\u2473\u2475-\u2487]")
_DASHES = "-–—"
_DIVIDED = re.compile("[A-Za-z\u00c0-\u024f][-\u2010\xad\x02\ufffe]$")
_CJK_START = re.compile(f"[{CJK}]")
_LOWER = re.compile("[a-zà-ÿ]")
_LATIN_END = re.compile(r"[A-Za-z,\-)\]”’\"']$")
_INDENTED = re.compile("\u3000| {2}|\t")
MIN_LATIN_WORDS = 3  # of a line that may go on in lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSoFar:
    """What is known of the block that a line may belong to.

    Args:
        text: The last lines of it.
        continuing: Whether its last line goes on from another.
        style: How its beginning is marked.
    """

    text: str
    continuing: bool = False
    style: Style = Style.PLAIN

    @property
    def is_item(self) -> bool:
        """Whether it is a list item, whose further lines are indented."""
        return self.style in {Style.BULLET, Style.NUMBER, Style.REFERENCE}

    @property
    def is_titled(self) -> bool:
        """Whether it begins like a heading or a list item and is one line so far."""
        return self.style not in {Style.PLAIN, Style.LABEL} and not self.continuing


@dataclass(frozen=True)
class Flow:
    """The lines of a document, asked whether they go on in each other.

    Args:
        lines: All lines that hold text.
    """

    lines: Sequence[Line]

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The width of each line."""
        return tuple(width(line.text) for line in self.lines)

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The mark at the beginning of each line."""
        return tuple(map(shape_of, self._texts))

    @cached_property
    def _marked(self) -> tuple[bool, ...]:
        """Whether each line begins with the mark of a heading or a list item."""
        return tuple(not shape.weak and shape.style is not Style.PLAIN for shape in self.shapes)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)

    @cached_property
    def _prose(self) -> tuple[bool, ...]:
        return tuple(has_clause(text[shape.length :]) for text, shape in zip(self._texts, self.shapes, strict=True))

    @cached_property
    def stopped_lines(self) -> tuple[bool, ...]:
        """Whether each line ends with a stop."""
        return tuple(ends_sentence(line.text) for line in self.lines)

    @cached_property
    def _ended(self) -> tuple[bool, ...]:
        """Whether each line ends with a stop or as an item of a list does."""
        return tuple(stop or ends_item(text) for stop, text in zip(self.stopped_lines, self._texts, strict=True))

    @cached_property
    def _measures(self) -> tuple[tuple[int, int], ...]:
        """For each line the width that the lines before it and behind it are set to; 0 where they are not wrapped."""
        n = len(self.lines)
        return tuple(
            (
                self._measure(range(max(0, at - NEIGHBOURS + 1), at + 1)),
                self._measure(range(at, min(n, at + NEIGHBOURS))),
            )
            for at in range(n)
        )

    @cached_property
    def _overall(self) -> int:
        """The width that the document as a whole is set to; 0 where it is not wrapped."""
        return self._measure(range(len(self.lines)), support=max(MIN_SUPPORT, len(self.lines) // 5))

    @cached_property
    def _complete(self) -> bool:
        """Whether long lines of the document regularly end with a stop, one of them left aside."""
        long = [at for at, line in enumerate(self.lines) if is_prose(line.text)]
        return sum(self.stopped_lines[at] for at in long) >= max(1, MIN_STOPPED * (len(long) - 1))

    def _measure(self, places: range, *, support: int = MIN_SUPPORT) -> int:
        """Return the width that these lines are wrapped at, or 0."""
        sizes = sorted((self.widths[at] for at in places if self.widths[at] <= MAX_MEASURE), reverse=True)
        low = 0
        for rank, size in enumerate(sizes):
            low = max(low, rank)
            while low < len(sizes) and sizes[low] >= NEARLY * size:
                low += 1
            if low - rank >= support and size >= MIN_MEASURE and self._reads_on(places, size):
                return size
        return 0

    def _reads_on(self, places: range, size: int) -> bool:
        """Tell whether the lines about as wide as ``size`` are text and not a list of names."""
        near = [at for at in places if NEARLY * size <= self.widths[at] <= size]
        clauses, stops = sum(self._prose[at] for at in near), sum(self._ended[at] for at in near)
        marks = sum(self._marked[at] for at in near)
        return clauses >= MIN_CLAUSES * len(near) and max(stops, marks) <= (1 - MIN_RUN_ON) * len(near)

    def measure(self, at: int) -> int:
        """Return the width that the lines around are wrapped at; 0 where they are not wrapped."""
        return max(self._measures[at]) or self._overall

    def is_full(self, at: int, right: Line, *, continuing: bool) -> bool:
        """Tell whether the first word of the next line would not have fitted on this one.

        Args:
            at: Number of the line.
            right: The next line of text.
            continuing: Whether the line itself goes on from another, and so has no indentation that was lost.

        Returns:
            Whether the lines around are wrapped at a width that this one reaches.

        Source:
            Ours.
        """
        before, behind = self._measures[at]
        measures = {before, behind} if before or behind else {self._overall}
        if continuing and before and self.stopped_lines[at]:
            measures = {before}
        room = self.widths[at] + (0 if continuing else INDENT) + max(2, len(_FIRST_WORD.match(right.text)[0]))  # type: ignore[index]
        share = QUITE_FULL if self.stopped_lines[at] else FULL
        return any(measure and room >= share * measure for measure in measures)

    def _is_indented(self, at: int) -> bool:
        """Tell whether a line shows by its width that it had the indentation of a paragraph."""
        if self.stopped_lines[at] or not _ALL_WIDE.fullmatch(self.lines[at].text):
            return False
        near = range(max(0, at - NEIGHBOURS), min(len(self.lines), at + NEIGHBOURS))
        plain = sorted(self.widths[one] for one in near if _ALL_WIDE.fullmatch(self.lines[one].text))
        return self.widths[at] <= plain[3 * len(plain) // 4] - INDENT

    def _usual_blanks(self, at: int) -> int:
        """Return how many empty lines stand between the lines of one paragraph here."""
        around = sorted(line.blanks for line in self.lines[max(0, at - NEIGHBOURS + 2) : at + NEIGHBOURS])
        return around[int(USUAL_RANK * (len(around) - 1))] if around else 0

    def _goes_on(self, left: int, right: int, *, state: BlockSoFar) -> bool:
        """Tell whether the sentence of one line goes on in another, marks at its beginning left aside."""
        one, other = self.lines[left], self.lines[right]
        between = self.lines[left + 1 : right + 1]
        blanks, broken = sum(line.blanks for line in between), len(between) > 1 or other.page
        deeper = len(other.lead) > len(one.lead)
        indented = not state.is_item and deeper and _INDENTED.match(other.lead) is not None
        if self.stopped_lines[left]:
            shallow = min(len(line.lead) for line in self.lines[max(0, left - NEIGHBOURS) : right + NEIGHBOURS])
            indented = indented or (not state.is_item and other.lead[:1] == "\u3000" and len(other.lead) > shallow)
            full = self.is_full(left, other, continuing=state.continuing) and blanks <= self._usual_blanks(left)
            new = indented or broken or self._is_indented(right)
            return (full and not new) or (not blanks and starts_inside(other.text))
        open_end = is_unfinished(one.text) or _is_divided(one.text, other.text) or self._closes(state.text, right)
        if open_end or starts_inside(other.text):
            return True
        if indented:
            return False
        if self.is_full(left, other, continuing=state.continuing):
            return blanks <= self._usual_blanks(left) or not starts_anew(other.text)
        if not blanks and not broken and (_REMARK.fullmatch(other.text) or (state.is_item and deeper)):
            return True
        return self._reads_across(left, right, torn=blanks > 0 or broken, broken=broken, state=state)

    def _closes(self, text: str, right: int) -> bool:
        """Tell whether a bracket that the text leaves open is closed in one of the next lines."""
        mark = opens_bracket(text)
        return bool(mark) and any(mark in line.text for line in self.lines[right : right + 2])

    def _reads_across(self, left: int, right: int, *, torn: bool, broken: bool, state: BlockSoFar) -> bool:
        """Tell from the words alone whether a line goes on in the next."""
        one, other = self._texts[left], self._texts[right]
        if _LOWER.match(other):
            return _LATIN_END.search(one) is not None and (broken or len(one.split()) >= MIN_LATIN_WORDS)
        prose = is_prose(one) or (broken and state.continuing)
        if starts_anew(other) or not (prose or self._prose[left]):
            return False
        if prose and goes_on(other):
            return True
        if not torn:
            return self._is_pair(left, right, state=state)
        # a page break in a text that is not wrapped: both halves are long, and sentences here end with a stop
        title = state.is_titled and self.widths[left] <= MAX_HEADING
        whole = is_prose(other) or self.stopped_lines[right] or broken
        return prose and self._complete and not title and whole and _CJK_START.match(other) is not None

    def _is_pair(self, left: int, right: int, *, state: BlockSoFar) -> bool:
        """Tell whether two lines of a text too short to be measured are wrapped: as wide as each other, up to a stop."""
        widest = max(self.widths[left], self.widths[right])
        room = self.widths[left] + (0 if state.continuing else INDENT) + 2
        if not MIN_MEASURE <= widest <= MAX_MEASURE or room < FULL * widest:
            return False
        for at in range(right, min(right + NEIGHBOURS, len(self.lines))):
            if at > right and (self.lines[at].blanks or self.lines[at].barrier or self._marked[at]):
                return False
            if self.stopped_lines[at]:
                return True
        return False

    def is_new(self, left: int, right: int, *, state: BlockSoFar) -> bool:
        """Tell whether a line begins a block of its own.

        Args:
            left: Number of the line before.
            right: Number of the line.
            state: The block that the line before belongs to.

        Returns:
            Whether it begins one, by its mark or because the line before does not go on.

        Source:
            Ours.
        """
        if any(line.barrier for line in self.lines[left + 1 : right + 1]):
            return True
        shape = self.shapes[right]
        marked = shape.style is not Style.PLAIN and not self._is_in_text(left, right, state=state)
        if marked and (not shape.weak or self._is_next_bullet(left, right)):
            return True
        if not self._goes_on(left, right, state=state):
            return True
        if not marked:
            return False
        # a weak mark: a number that the sentence runs into, unless the line before is complete
        runs_on = self.is_full(left, self.lines[right], continuing=state.continuing) or is_unfinished(self._texts[left])
        return self.stopped_lines[left] or not runs_on

    def _is_next_bullet(self, left: int, right: int) -> bool:
        """Tell whether two lines one after the other begin with the same bullet: a list, whatever their lengths."""
        return self.shapes[right].style is Style.BULLET and self.shapes[left].form == self.shapes[right].form

    def _is_in_text(self, left: int, right: int, *, state: BlockSoFar) -> bool:
        """Tell whether what looks like a mark belongs to the sentence before it."""
        if self._ended[left]:
            return False
        shape, text = self.shapes[right], self._texts[right]
        if shape.form == "bullet":
            # a dash in a sentence, where no list of dashes is
            near = range(max(0, left - NEIGHBOURS), min(right + NEIGHBOURS, len(self.lines)))
            alone = sum(self._texts[at][0] == text[0] for at in near) == 1
            return text[0] in _DASHES and alone and self.is_full(left, self.lines[right], continuing=state.continuing)
        if shape.style is not Style.NUMBER or state.is_item:
            return False
        return ends_clause(self._texts[left]) or _counts_on(state.text, text[: shape.length])


def _is_divided(left: str, right: str) -> bool:
    """Tell whether a word is divided by a hyphen between two lines."""
    return _DIVIDED.search(left[-20:]) is not None and _LOWER.match(right) is not None


def _counts_on(before: str, mark: str) -> bool:
    """Tell whether the mark goes on with an enumeration inside the text: ``... (1) this and`` / ``(2) that``."""
    if _CIRCLED.match(mark):
        return chr(ord(mark[0]) - 1) in before[1:]
    form = re.sub(r"\d+|[一二三四五六七八九十]", "#", mark.strip())
    if "#" not in form or form == "#":
        return False
    pattern = re.escape(form).replace(r"\#", r"(?:\d+|[一二三四五六七八九十])")
    return re.search(rf".{pattern}", before) is not None
