"""Units of TMX that are sound because one with the same markup was: the fast lane of the validator.

The units of a memory differ in their texts, ids and dates; their tags are the same few again and again. So what a unit is
without those is remembered once the parser and the rules found nothing in it, and the next one that is the same is not
parsed. Whatever is not the same goes to the parser, after blanks in the place of what it has not seen, so that lines and
columns stay true.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termalign.formats.validation.tmx import TmxChecker, is_date
from termalign.formats.xml_lane import MAX_REST, FastLane

if TYPE_CHECKING:
    from termalign.formats.validation.findings import Findings
    from termalign.formats.xml_stream import XmlStream

__all__ = ["SoundUnits"]

_END = "</tu>"
_TEXT = r"[^<>&]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&]*+)*+"  # as the parser sees it: no comment, no other entity
# What may differ between sound units: texts, those of segments not blank, ...
_TEXTS = re.compile(rf"(<seg>(?=\s*+[^<\s])|<(?:prop|note)(?: [^<>]*+)?>){_TEXT}(?=</)")
# ... dates that are dates, and attributes that may be anything of their kind.
_DATES = re.compile(r'((?<= creationdate=")|(?<= changedate=")|(?<= lastusagedate="))([^"]*+)')
_OTHERS = re.compile(r'((?<= creationid=")|(?<= changeid="))[^"<&\t\r\n]*+(?=")|(?<= usagecount=")[0-9]++(?=")')
_ID = re.compile(r'([ \t\r\n]*+)<tu tuid="([^"<&\t\r\n]++)"')
_MARK = "\0"  # stands for what differs: no XML holds it
_MAX_KNOWN = 1000  # different units remembered
_MAX_SHAPE = 4096  # characters of one


class SoundUnits(FastLane):
    """Stands before the parser of a memory and takes out the units that are known to be sound.

    Args:
        stream: Parses everything else.
        findings: Grow where the rules find something.

    ``checker`` is set once the root element says that it is TMX; ``ended_at`` is the byte at which the last end tag of a
    unit in the body began.
    """

    def __init__(self, stream: XmlStream, findings: Findings) -> None:
        super().__init__(stream)
        self._findings = findings
        self.checker: TmxChecker | None = None
        self.ended_at = -1
        self._known: set[str] = set()
        self._line, self._column = 1, 1  # of what comes next
        self._n_lines = self._n_columns = 0  # that the parser has not seen
        self._is_between = False

    def _take(self, text: str) -> None:
        """Work through text, as far as there are whole units in it."""
        at = 0
        while (end := text.find(_END, at)) >= 0:
            end += len(_END)
            self._unit(text[at:end])
            at = end
        self._rest = text[at:]
        if len(self._rest) > MAX_REST:
            self._parse(self._rest)
            self._rest, self._is_between = "", False

    def _unit(self, text: str) -> None:
        """Take one unit, with what stands before it."""
        if self.checker is None or not self._is_between:
            self._parse(text)
        else:
            named = _ID.match(text)
            shape = _shape(text, named)
            if shape in self._known:
                if named:
                    self.checker.add_id(named[2], *self._place(named[1]))
                self._skip(text)
                return
            n_found = self._findings.n_found
            self._parse(text)
            if shape and self._findings.n_found == n_found and self._is_ended():
                if len(self._known) >= _MAX_KNOWN:
                    self._known.clear()
                self._known.add(shape)
        self._is_between = self._is_ended()

    def _is_ended(self) -> bool:
        """Tell whether the parser stands exactly behind a unit: what looked like an end tag was no part of a comment."""
        return self.ended_at == self._stream.n_fed - len(_END)

    def _place(self, blanks: str) -> tuple[int, int]:
        """Return line and column behind some blanks."""
        n_lines = blanks.count("\n")
        width = len(blanks) - blanks.rfind("\n") - 1
        return self._line + n_lines, width + (1 if n_lines else self._column)

    def _skip(self, text: str) -> None:
        """Count lines and columns that the parser does not see."""
        n_lines = text.count("\n")
        width = len(text) - text.rfind("\n") - 1
        self._line += n_lines
        self._column = width + (1 if n_lines else self._column)
        self._n_lines += n_lines
        self._n_columns = width + (0 if n_lines else self._n_columns)

    def _parse(self, text: str) -> None:
        """Give text to the parser, before it blanks for the units that it has not seen."""
        self._feed(b"\n", self._n_lines)
        self._feed(b" ", self._n_columns)
        self._n_lines = self._n_columns = 0
        self._stream.feed(text.encode("utf-8"))
        n_lines = text.count("\n")
        self._line += n_lines
        self._column = len(text) - text.rfind("\n") - 1 + (1 if n_lines else self._column)


def _shape(text: str, named: re.Match[str] | None) -> str:
    """Return a unit without what may differ between sound ones; empty for one that the parser has to look at."""
    rest = f"{named[1]}<tu tuid={text[named.end() :]}" if named else text
    shape = _MARK.join(_TEXTS.split(rest))  # split is faster than sub, whose pattern would have a group to fill in
    if len(shape) > _MAX_SHAPE or (named is None and "tuid" in shape):
        return ""
    if "date=" in shape:
        if not all(is_date(date) for _, date in _DATES.findall(shape)):
            return ""
        shape = _DATES.sub(_MARK, shape)
    return _OTHERS.sub(_MARK, shape) if "id=" in shape or "usagecount=" in shape else shape
