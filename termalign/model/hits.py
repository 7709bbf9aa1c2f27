"""What a lookup returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termalign.model.terms import Concept, Designation

__all__ = ["Answer", "Hit", "Match"]


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
