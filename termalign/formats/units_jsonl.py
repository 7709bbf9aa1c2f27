"""Translation units as JSON Lines: ``aligned.jsonl`` of a workspace."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import ConfigError, DataError
from termalign.formats.base import WriteReport
from termalign.formats.faults import Faults
from termalign.formats.jsonl import Fields, Spot, dump_row, iter_rows, read_spans
from termalign.formats.lines import one_line
from termalign.formats.tags import chinese_script, read_tag, segment_rank
from termalign.model import INLINE_KINDS, InlineCode, Method, Origin, Segment, TranslationUnit, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["UNITS_JSONL", "UnitsJsonl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsJsonl:
    """Reader and writer of translation units, DESIGN.md section 5.

    Args:
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        tell_broken: Is told of each broken line, which is then passed over; ``None`` refuses the file.
        suffixes: File name endings.
    """

    script: Callable[[str], str] = chinese_script
    tell_broken: Callable[[DataError], None] | None = None
    suffixes: tuple[str, ...] = (".jsonl",)

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write units, one a line, in the order given; nothing is lost.

        Args:
            units: In any number.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many lines there are.

        Raises:
            DataError: A text holds half a surrogate pair.

        Source:
            DESIGN.md section 5.
        """
        n_written = 0
        for unit in units:
            file.write(dump_row(_row(unit)))
            n_written += 1
        return WriteReport(n_written=n_written)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read units.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts segments in other languages or without text, and units that therefore lack a second side.

        Yields:
            The units in the order of the file. Only ``segments`` is required; a segment may be a plain string. Where it is
            missing, the keys of the row that are language tags are the segments: ``{"id": "1", "en": "…", "ja": "…"}``. A
            unit without ``method`` is aligned where it has spans and given otherwise.

        Raises:
            DataError: A fault, after what is sound.
            DataErrors: Several faults.

        Source:
            DESIGN.md section 5, CONTRACTS.md section 1.
        """
        losses = Counter() if losses is None else losses
        faults = Faults(name, tell=self.tell_broken)
        for fields in iter_rows(file, name=name, faults=faults):
            try:
                unit = self._unit(fields, losses)
            except DataError as fault:
                faults.add(fault)
                continue
            if unit is not None:
                yield unit
        faults.raise_all()

    def _unit(self, fields: Fields, losses: Counter[str]) -> TranslationUnit | None:
        """Read one unit; ``None`` where too few sides are left."""
        segments: list[Segment] = []
        names = set()
        for code, spot, value in _sides(fields):
            segment, unit_name = self._segment(code, spot, value, losses)
            if segment is None:
                continue
            if any(segment.language == known.language for known in segments):
                losses[f"second segment in {segment.language}"] += 1
                continue
            segments.append(segment)
            names.add(unit_name)
        if len(segments) < 2:  # noqa: PLR2004 - a unit has two sides
            losses["unit without two sides"] += 1
            return None
        method = fields.text("method", Method.ALIGN if any(segment.spans for segment in segments) else Method.GIVEN)
        if method not in list(Method):
            raise DataError(f"method {method!r}", fields.at("method"), f"write {', '.join(Method)}")
        given_id = fields.text("id", "")
        unit = TranslationUnit(
            segments=tuple(sorted(segments, key=segment_rank)),
            bead=fields.text("bead", "-".join("1" * len(segments))),
            score=fields.share("score"),
            method=Method(method),
            name=max(names),
            extra=fields.extra(),
            origin=Origin(file=fields.spot.file, line=fields.spot.line, id=given_id, source=segments[0].language),
        )
        # An id that another program made names a given unit; one of our own making is none.
        nameless = unit.name or unit.method is not Method.GIVEN or given_id == unit.id
        return unit if nameless else replace(unit, name=given_id)

    def _segment(self, code: str, spot: Spot, value: object, losses: Counter[str]) -> tuple[Segment | None, str]:
        """Read one segment and the name of the unit that it states; ``None`` where it cannot be used."""
        fields = Fields({"text": value} if isinstance(value, str) else value, spot)
        text = one_line(fields.text("text", ""))
        tag = read_tag(code, text=text, where=spot.where(), script=self.script)
        if tag is None or not text:
            losses[f"segment in {code}" if tag is None else "segment without text"] += 1
            return None, ""
        segment = Segment(
            language=tag,
            text=text,
            document=fields.text("document", ""),
            spans=read_spans(fields),
            codes=tuple(_code(item, place, text) for place, item in fields.items("codes")),
        )
        return segment, fields.text("unit", "")


def _sides(fields: Fields) -> list[tuple[str, Spot, object]]:
    """Return the segments of a row: of ``segments``, or else the keys of the row itself that are language tags."""
    if fields.has("segments"):
        return list(fields.mapping("segments"))
    found = [(key, fields.spot.key(key), fields.raw(key)) for key in fields.names() if _is_side(key)]
    return found or list(fields.mapping("segments"))


@cache
def _is_side(key: str) -> bool:
    """Tell whether a key is the tag of one of our languages, written as a tag: ``en``, ``zh-CN``."""
    try:
        canonical_tag(key)
    except ConfigError:
        return False
    return True


def _code(value: object, spot: Spot, text: str) -> InlineCode:
    """Read one inline code."""
    try:
        code = InlineCode.from_json(value)  # type: ignore[arg-type] # what is no object is refused just below
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise DataError("no inline code", spot.where(), "write kind, start and end") from exc
    if code.kind not in INLINE_KINDS or not 0 <= code.start <= code.end <= len(text) or code.n_inside < 0:
        raise DataError("an inline code that is not in its segment", spot.where(), "count code points of the text")
    return code


def _row(unit: TranslationUnit) -> dict[str, Any]:
    """Return the shape of DESIGN.md section 5."""
    row: dict[str, Any] = {"id": unit.id, "segments": {s.language: _segment_row(s, unit) for s in unit.segments}}
    row["bead"] = unit.bead
    row["score"] = None if unit.score is None else round(unit.score, 4)
    row["method"] = unit.method.value
    return row | dict(unit.extra)


def _segment_row(segment: Segment, unit: TranslationUnit) -> dict[str, Any]:
    """Return one segment: with its spans, or with the name of the unit it came in."""
    row: dict[str, Any] = {"text": segment.text}
    if segment.document:
        row["document"] = segment.document
    if segment.spans:
        row["spans"] = [span.as_json() for span in segment.spans]
    if segment.codes:
        row["codes"] = [code.as_json() for code in segment.codes]
    if unit.name:
        row["unit"] = unit.name
    return row


UNITS_JSONL = UnitsJsonl()
