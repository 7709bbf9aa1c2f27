"""Page furniture: running headers and footers, page numbers. They cut sentences in two and are no text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.languages.repair.lines import Hint
from termalign.languages.repair.shapes import Style, has_clause, is_page_number, is_unfinished, starts_anew
from termalign.languages.repair.spacing import width
from termalign.languages.repair.wrapping import BlockSoFar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.languages.repair.lines import Line
    from termalign.languages.repair.wrapping import Flow

__all__ = ["furniture"]

MAX_HEADER = 60  # columns; running headers are short
MAX_SHARE = 0.6  # of the width of the text; a wider line that stands only once is text
MAX_LINES = 4  # of a footer and the header of the next page together
MIN_NUMBERS = 3  # so many bare numbers that count up are page numbers
_DECORATED = re.compile(r"([·・•\-–—~～*★☆■◆|｜])\s*([^\s·・•~～*★☆■◆|｜][^·・•~～*★☆■◆|｜]*?)\s*\1")
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class _Page:
    """The lines of a document, asked which of them are furniture."""

    flow: Flow

    @property
    def lines(self) -> Sequence[Line]:
        """All lines."""
        return self.flow.lines

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What repeats of each line: its text without digits and spaces; empty for a line that is no furniture."""
        return tuple(
            ""
            if line.tabbed or line.hint is not Hint.NONE or line.text.startswith("|") or width(line.text) > MAX_HEADER
            else _DIGITS.sub("0", _SPACES.sub("", line.text)).lower()
            for line in self.lines
        )

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each key stands in the document."""
        return Counter(self.keys)

    def may_be(self, at: int) -> bool:
        """Tell whether a line looks like furniture, by itself or because it repeats."""
        return self._is_telling(at) or (self._at_number(at) and self._may_be_header(at))

    def _may_be_header(self, at: int) -> bool:
        """Tell whether a line at a page number is a header that stands there once: short, no text, not marked."""
        if not self.keys[at] or not self._may_stand_alone(at) or is_unfinished(self.lines[at].text):
            return False
        measure = self.flow.measure(at)
        narrow = not measure or self.flow.widths[at] <= MAX_SHARE * measure
        return narrow and self.flow.shapes[at].style is Style.PLAIN

    def _is_telling(self, at: int) -> bool:
        """Tell whether a line looks like furniture wherever it stands."""
        key, text = self.keys[at], self.lines[at].text
        if not key:
            return False
        repeats = self.counts[key] > 1 and (self._may_stand_alone(at) or self._at_page_end(at))
        return repeats or _is_number(text) or _DECORATED.fullmatch(text) is not None

    def _may_stand_alone(self, at: int) -> bool:
        """Tell whether a line is no piece of a sentence by its looks."""
        text = self.lines[at].text
        return not (self.flow.stopped_lines[at] or has_clause(text) or text[0].islower())

    def is_sure(self, at: int) -> bool:
        """Tell whether a line that stands between the halves of a sentence is furniture though it does so only once."""
        return _DECORATED.fullmatch(self.lines[at].text) is not None or self._at_page_end(at) or self._at_number(at)

    def runs(self) -> Iterator[range]:
        """Yield stretches of lines that look like furniture."""
        start = 0
        for at in range(len(self.lines) + 1):
            if at < len(self.lines) and self.may_be(at):
                continue
            if at > start:
                yield range(start, at)
            start = at + 1

    def torn(self, run: range) -> Iterable[int]:
        """Return the lines of a stretch that stand between two halves of a sentence, or at the edge of a page."""
        if len(run) <= MAX_LINES:
            for start in run:
                for stop in range(run.stop, start, -1):
                    if self._cuts(range(start, stop)):
                        return range(start, stop)
        return [at for at in run if self._is_telling(at) and self._at_edge(at)]

    def _cuts(self, part: range) -> bool:
        """Tell whether the sentence before these lines goes on behind them."""
        left, right = part.start - 1, part.stop
        if left < 0 or right >= len(self.lines):
            return False
        one, other = self.lines[left], self.lines[right]
        if one.tabbed or other.tabbed or starts_anew(other.text) or self.flow.stopped_lines[left]:
            return False
        if self.flow.is_full(part.stop - 1, other, continuing=True):
            return False  # a line of the paragraph that happens to repeat
        return not self.flow.is_new(left, right, state=BlockSoFar(text=one.text, continuing=True))

    def _at_edge(self, at: int) -> bool:
        """Tell whether a line is the first or the last of a page, or stands at a page number."""
        return self._at_page_end(at) or not self.numbers.isdisjoint({at - 1, at + 1})

    def _at_page_end(self, at: int) -> bool:
        """Tell whether a form feed stands before or behind a line."""
        return self.lines[at].page or (at + 1 < len(self.lines) and self.lines[at + 1].page)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Lines that surely are page numbers: by their shape, at a form feed, or because they count up."""
        bare = [at for at, line in enumerate(self.lines) if self.keys[at] and _BARE.fullmatch(line.text)]
        pages = bare if _counts_up([int(self.lines[at].text) for at in bare]) else filter(self._at_page_end, bare)
        shaped = (at for at, line in enumerate(self.lines) if self.keys[at] and is_page_number(line.text))
        return frozenset({*pages, *shaped})

    def _at_number(self, at: int) -> bool:
        """Tell whether what may be a page number stands on the line before or behind."""
        return any(_is_number(self.lines[near].text) for near in (at - 1, at + 1) if 0 <= near < len(self.lines))


def _is_number(text: str) -> bool:
    """Tell whether a line may be a page number, bare or not."""
    return _BARE.fullmatch(text) is not None or is_page_number(text)


def furniture(flow: Flow) -> frozenset[int]:
    """Find the lines that belong to the page and not to the text.

    Args:
        flow: The lines of the document.

    Returns:
        Numbers of lines: page numbers by their shape, and short lines that repeat or are set between ornaments and stand
        between the halves of a sentence or at the edge of a page. The first of several is kept where it stands free, as
        the title does.

    Source:
        Ours.
    """
    page = _Page(flow)
    torn = {at for run in page.runs() for at in page.torn(run)}
    by_key: dict[str, list[int]] = {}
    for at, key in enumerate(page.keys):
        if key and page.may_be(at):
            by_key.setdefault(key, []).append(at)
    gone: set[int] = set()
    for places in by_key.values():
        cutting = [at for at in places if at in torn]
        text = flow.lines[places[0]].text
        if _is_number(text):
            gone |= page.numbers.intersection(places) | set(cutting)
        elif 2 * len(cutting) >= len(places) and (len(cutting) > 1 or any(map(page.is_sure, cutting))):
            gone |= set(places) if places[0] in torn else set(places[1:])
    return frozenset(gone)


def _counts_up(numbers: list[int]) -> bool:
    """Tell whether numbers are those of pages."""
    return len(numbers) >= MIN_NUMBERS and all(right - left in {1, 2} for left, right in pairwise(numbers))
