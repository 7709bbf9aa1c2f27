"""What a search in aligned segments returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from termalign.model.bitext import TranslationUnit
    from termalign.model.text import Segment

__all__ = ["Concordance", "UnitHit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHit:
    """A place where a search found what it sought.

    Args:
        unit: The translation unit.
        language: Tag of the segment that holds it.
        start: First code point in the text of the segment.
        end: End, excluded.
        document: What the document of the segment is called; the file of the unit where that is not known.
        others: Segments that stand beside it, in the order of the tags.
    """

    unit: TranslationUnit
    language: str
    start: int
    end: int
    document: str
    others: tuple[Segment, ...]

    @property
    def segment(self) -> Segment:
        """The segment that holds it."""
        return next(one for one in self.unit.segments if one.language == self.language)

    @property
    def text(self) -> str:
        """The characters found, as they stand there."""
        return self.segment.text[self.start : self.end]

    @property
    def unit_id(self) -> str:
        """What the file calls the unit, else its id of our own."""
        origin = self.unit.origin
        return self.unit.name or (origin.id if origin else "") or self.unit.id

    def as_json(self) -> dict[str, Any]:
        """Return one of the ``hits`` of ``search --json``."""
        return {
            "unit": self.unit_id,
            "language": self.language,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "document": self.document,
            "segments": {one.language: one.text for one in self.unit.segments if one in (self.segment, *self.others)},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """All places of a term or string in aligned segments.

    Args:
        query: What was sought.
        total: How many places there are.
        units: In how many translation units.
        documents: Documents with how many places each has: the most first, then by name.
        hits: The places in the order of the corpus; fewer than ``total`` where a limit was set.
    """

    query: str
    total: int
    units: int
    documents: tuple[tuple[str, int], ...]
    hits: tuple[UnitHit, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the object of ``search --json``."""
        return {
            "query": self.query,
            "total": self.total,
            "units": self.units,
            "documents": [{"document": name, "count": count} for name, count in self.documents],
            "hits": [hit.as_json() for hit in self.hits],
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row per place as a pandas frame.

        Returns:
            Columns ``unit``, ``document``, ``language``, ``start``, ``end``, ``left``, ``text`` and ``right``, in the order of
            the corpus.
        """
        import pandas as pd  # noqa: PLC0415 - a second of import

        rows = [
            (
                hit.unit_id,
                hit.document,
                hit.language,
                hit.start,
                hit.end,
                hit.segment.text[: hit.start],
                hit.text,
                hit.segment.text[hit.end :],
            )
            for hit in self.hits
        ]
        return pd.DataFrame(rows, columns=["unit", "document", "language", "start", "end", "left", "text", "right"])
