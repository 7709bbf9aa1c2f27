"""What a lookup and an annotation return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from termalign.model.terms import Concept, Designation

__all__ = ["Annotation", "Answer", "Hit", "Match", "TermSpan"]


class Match(StrEnum):
    """How a query met a designation."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A concept that answers a query.

    Args:
        concept: The concept entry.
        match: Exact or near.
        score: Likeness of query and designation, in [0, 1], 1 when exact.
        why: What had to be folded away, or how the two differ; empty for the very spelling. Words: ``reading`` (not the
            designation itself was met), ``inflection``, ``tones``, ``invisible``, ``width``, ``space``, ``marks``,
            ``okurigana``, ``case``, ``long vowel``, ``kana``, ``script``; of near hits ``1 letter``, ``2 letters``,
            ``beginning``.
        language: Tag of the designation met.
        designation: The designation met.
    """

    concept: Concept
    match: Match
    score: float
    why: tuple[str, ...]
    language: str
    designation: Designation

    def as_json(self) -> dict[str, Any]:
        """Return one of the ``hits`` of CONTRACTS.md section 2."""
        return {
            "concept": self.concept.id,
            "match": self.match.value,
            "score": self.score,
            "why": list(self.why),
            "language": self.language,
            "text": self.designation.text,
            "status": self.designation.status.value,
            "terms": self.concept.terms_as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All hits of one query, exact ones first."""

    query: str
    hits: tuple[Hit, ...]

    @property
    def outcome(self) -> Match:
        """That of the best hit."""
        return self.hits[0].match if self.hits else Match.NONE

    def as_json(self) -> dict[str, Any]:
        """Return the answer in the shape of CONTRACTS.md section 2."""
        return {"query": self.query, "outcome": self.outcome.value, "hits": [hit.as_json() for hit in self.hits]}


class TermSpan(NamedTuple):
    """A designation that stands in a text; a named tuple, since there is one for each hit in long texts.

    Args:
        start: First code point, in the text as read.
        end: End, excluded.
        concept: The concept entry.
        language: Tag of the designation.
        text: ``text[start:end]``.
        designation: The designation, as in the glossary.
        reason: Why it is no hit (``inside 累積分布``); empty for a hit.
    """

    start: int
    end: int
    concept: Concept
    language: str
    text: str
    designation: Designation
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return one of the ``spans`` or of the ``suppressed`` of CONTRACTS.md section 3."""
        row: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "concept": self.concept.id,
            "language": self.language,
            "text": self.text,
            "designation": self.designation.text,
            "status": self.designation.status.value,
        }
        return row | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """The terms of a glossary in a text.

    Args:
        text: The text as read.
        spans: Hits in the order of the text; they do not overlap, but two concepts with one form have the same span.
        suppressed: What is written like a term and is a part of other words; empty unless asked for.
        document: Name of the file; may be empty.
    """

    text: str
    spans: tuple[TermSpan, ...]
    suppressed: tuple[TermSpan, ...] = ()
    document: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the shape of CONTRACTS.md section 3."""
        return {
            "document": self.document,
            "length": len(self.text),
            "spans": [span.as_json() for span in self.spans],
            "suppressed": [span.as_json() for span in self.suppressed],
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row per hit as a pandas frame.

        Returns:
            Columns ``start``, ``end``, ``concept``, ``language``, ``text``, ``designation`` and ``status``, in the order of
            the text.
        """
        import pandas as pd  # noqa: PLC0415 - a second of import

        columns = ["start", "end", "concept", "language", "text", "designation", "status"]
        return pd.DataFrame([span.as_json() for span in self.spans], columns=columns)
