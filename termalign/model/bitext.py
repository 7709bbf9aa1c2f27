"""Beads and translation units."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from termalign.model.slots import slot_setters
from termalign.model.tags import TAGS
from termalign.model.terms import short_hash

if TYPE_CHECKING:
    from termalign.model.text import Segment, Span

__all__ = ["Bead", "Method", "Origin", "TranslationUnit", "span_text"]


def span_text(spans: tuple[Span, ...]) -> str:
    """Return spans as they go into the id of a unit."""
    return ",".join([f"{span.start}-{span.end}" for span in spans]) if spans else ""


@dataclass(frozen=True, slots=True)
class Bead:
    """The smallest group of segments aligned as a whole.

    Args:
        src: Indices of the source segments, ascending and contiguous; may be empty.
        tgt: Indices of the target segments, likewise.
        score: How sure the alignment is, in [0, 1], higher is surer; 0 for a null bead.
    """

    src: tuple[int, ...]
    tgt: tuple[int, ...]
    score: float = 0.0

    def flipped(self) -> Bead:
        """Exchange source and target."""
        return Bead(self.tgt, self.src, self.score)


class Method(StrEnum):
    """How a translation unit came about."""

    ALIGN = "align"
    MINE = "mine"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Origin:
    """Where a translation unit was read.

    Args:
        file: Name of the file.
        line: 1-based line at which the unit begins there.
        id: What the file calls the unit: TMX ``tuid``, the ``id`` of JSON Lines; empty where it has no name.
        source: Tag of the language translated from, as the file states it; empty where it does not.
    """

    file: str
    line: int
    id: str = ""
    source: str = ""

    # By hand, as the generated one takes three times as long and a memory has millions of units.
    def __init__(self, *, file: str, line: int, id: str = "", source: str = "") -> None:  # noqa: A002 - the field's name
        _set_file(self, file)
        _set_line(self, line)
        _set_id(self, id)
        _set_source(self, source)


_set_file, _set_line, _set_id, _set_source = slot_setters(Origin)


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TranslationUnit:
    """Segments in two or more languages that say the same.

    Args:
        segments: One per language, in the order of :data:`termalign.model.TAGS`.
        bead: How many sentences each language holds, in that order: ``1-2-1``.
        score: In [0, 1]; ``None`` for a unit that came with the input.
        method: How it came about.
        name: The unit's id in the file it came with; empty otherwise.
        extra: Further keys of the unit, kept as they are.
        origin: Where it was read; ``None`` for a unit made here. No part of what the unit is: it is not compared.
    """

    segments: tuple[Segment, ...]
    bead: str = "1-1"
    score: float | None = None
    method: Method = Method.ALIGN
    name: str = ""
    extra: tuple[tuple[str, Any], ...] = field(default=(), hash=False)
    origin: Origin | None = field(default=None, compare=False)

    def __init__(
        self,
        *,
        segments: tuple[Segment, ...],
        bead: str = "1-1",
        score: float | None = None,
        method: Method = Method.ALIGN,
        name: str = "",
        extra: tuple[tuple[str, Any], ...] = (),
        origin: Origin | None = None,
    ) -> None:
        _set_segments(self, segments)
        _set_bead(self, bead)
        _set_score(self, score)
        _set_method(self, method)
        _set_name(self, name)
        _set_extra(self, extra)
        _set_origin(self, origin)

    @property
    def id(self) -> str:
        """``u-`` and a hash of the segments and their places."""
        fields = [self.name]
        for segment in self.segments:
            fields += (segment.language, segment.text, segment.document, span_text(segment.spans))
        return "u-" + short_hash(*fields)

    def segment(self, language: str) -> Segment | None:
        """Return the segment in ``language``, or ``None``."""
        return next((segment for segment in self.segments if segment.language == language), None)

    @staticmethod
    def order(segment: Segment) -> int:
        """Sort key that puts segments into the order of :data:`termalign.model.TAGS`."""
        return [str(tag) for tag in TAGS].index(segment.language)


_set_segments, _set_bead, _set_score, _set_method, _set_name, _set_extra, _set_origin = slot_setters(TranslationUnit)
