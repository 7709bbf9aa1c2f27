"""Candidates, the evidence for links between them, and concepts."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termalign.model.text import Folded, Span

__all__ = [
    "Abstained",
    "Candidate",
    "Closure",
    "Concept",
    "ConceptStatus",
    "Designation",
    "Evidence",
    "Form",
    "Occurrence",
    "Place",
    "TermStatus",
    "short_hash",
]

N_ID_CHARACTERS = 12  # of base32: 60 bits, one collision in a billion at 50,000 concepts

Form = tuple[str, str]  # language tag and text of a designation


def short_hash(*fields: str) -> str:
    """Return 12 lower-case base32 characters of SHA-256 over ``fields``, for ids."""
    digest = hashlib.sha256("\x1f".join(fields).encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest).decode("ascii").lower()[:N_ID_CHARACTERS]


class TermStatus(StrEnum):
    """Status of a designation, in TBX's words."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class ConceptStatus(StrEnum):
    """Status of a concept entry."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    REJECTED = "rejected"


class Closure(StrEnum):
    """How many of the pairs ja-en, zh-en, ja-zh have evidence of their own."""

    FULL = "full"
    PIVOT = "pivot"
    SINGLE = "single"


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """Where a string stands: document and raw spans."""

    document: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A string proposed as a term, unverified.

    Args:
        language: Its tag.
        text: The form met most often.
        folded: The key it is compared by.
        occurrences: Every place, in document order.
        score: Unithood and termhood combined, higher is more term-like; 0 and up, no upper bound.
        forms: All spellings met, most frequent first, ``text`` among them.
        signs: What marked it as a term from outside: ``gloss``, ``quoted``, ``title``, ``list``.
    """

    language: str
    text: str
    folded: Folded
    occurrences: tuple[Occurrence, ...]
    score: float
    forms: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()

    @property
    def form(self) -> Form:
        """Language and text."""
        return self.language, self.text

    @property
    def count(self) -> int:
        """How often it was met."""
        return len(self.occurrences)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents it was met in, sorted."""
        return tuple(sorted({occurrence.document for occurrence in self.occurrences}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that bears evidence: document, raw spans, and the words around."""

    document: str
    spans: tuple[Span, ...]
    quote: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the shape of DESIGN.md section 4; the quote is left out where it is empty."""
        row: dict[str, Any] = {"document": self.document, "spans": [span.as_json() for span in self.spans]}
        return row | {"quote": self.quote} if self.quote else row


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One source's graded support for a link between two designations.

    Args:
        source: Name of the evidence source.
        score: In [0, 1], higher is stronger.
        terms: The two designations, in the order of :data:`termalign.model.TAGS`.
        where: Every place, best first.
        n: How often it was seen.
        detail: What the source saw, for people (``acronym Q-LEAP``); may be empty.
    """

    source: str
    score: float
    terms: tuple[Form, Form]
    where: tuple[Place, ...] = ()
    n: int = 1
    detail: str = ""

    @property
    def id(self) -> str:
        """``e-`` and a hash of source and terms."""
        return "e-" + short_hash(self.source, *(field for form in self.terms for field in form))

    def as_json(self, *, n_places: int | None = None) -> dict[str, Any]:
        """Return one row of the ledger; with ``n_places``, only that many places."""
        row: dict[str, Any] = {
            "id": self.id,
            "source": self.source,
            "score": round(self.score, 4),
            "n": self.n,
            "terms": [list(form) for form in self.terms],
            "where": [place.as_json() for place in self.where[:n_places]],
        }
        return row | {"detail": self.detail} if self.detail else row


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """What stands for a concept in one language.

    Args:
        text: Without enclosing quotation or book-title marks.
        status: TBX's administrative status.
        type: TBX's term type: ``fullForm``, ``acronym``, ``abbreviation``, ``shortForm``, ``variant``, ``phrase``.
        verified: Whether a person or a policy vouches for it.
        count: How often it was met in the input.
        extra: Further keys of the entry, kept as they are (``reading``, ``region``, ``authority``, ...).
    """

    text: str
    status: TermStatus = TermStatus.ADMITTED
    type: str = "fullForm"
    verified: bool = False
    count: int = 0
    extra: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the shape of DESIGN.md section 4."""
        row: dict[str, Any] = {
            "text": self.text,
            "type": self.type,
            "status": self.status.value,
            "verified": self.verified,
            "count": self.count,
        }
        return row | dict(self.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept entry: a unit of knowledge and its designations per language.

    Args:
        id: ``c-`` and a hash, or any non-empty string that a loaded file gave it.
        terms: Designations per language tag, the preferred one first.
        status: Proposed, verified or rejected.
        score: Belief that the designations name one concept, in [0, 1]; ``None`` where nobody computed one.
        closure: How many pairs of languages have evidence of their own.
        evidence: What supports the entry, strongest first.
        kind: ``organisation``, ``programme``, ``technology``, ...; ``other`` where unknown.
        subject: Subject field; may be empty.
        verified_by: Who vouches for it, as in CONTRACTS.md section 1; ``None`` while proposed.
        flags: Why the entry is held at proposed, for people.
        extra: Further keys of the entry, kept as they are.
    """

    id: str
    terms: tuple[tuple[str, tuple[Designation, ...]], ...]
    status: ConceptStatus = ConceptStatus.PROPOSED
    score: float | None = None
    closure: Closure = Closure.SINGLE
    evidence: tuple[Evidence, ...] = ()
    kind: str = "other"
    subject: str = ""
    verified_by: dict[str, Any] | None = None
    flags: tuple[str, ...] = ()
    extra: tuple[tuple[str, Any], ...] = field(default=())

    def designations(self, language: str) -> tuple[Designation, ...]:
        """Return the designations in ``language``, empty where there are none."""
        return next((found for tag, found in self.terms if tag == language), ())

    def preferred(self, language: str) -> Designation | None:
        """Return the preferred designation in ``language``, or the first, or ``None``."""
        found = self.designations(language)
        return next((one for one in found if one.status is TermStatus.PREFERRED), found[0] if found else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstained:
    """A candidate that was left alone, with the reason."""

    term: str
    language: str
    count: int
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return one row of ``abstained.jsonl``."""
        return {"term": self.term, "language": self.language, "count": self.count, "reason": self.reason}
