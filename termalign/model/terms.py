"""Candidates, the evidence for links between them, and concepts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from termalign.model.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    "Link",
    "Occurrence",
    "Place",
    "TermStatus",
    "short_hash",
    "short_hashes",
]

# An id has 12 characters of base32 (RFC 4648): 60 bits, one collision in a billion at 50,000 concepts.
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [left + right for left in _BASE32 for right in _BASE32]

Form = tuple[str, str]  # language tag and text of a designation


def short_hash(*fields: str) -> str:
    """Return 12 lower-case base32 characters of SHA-256 over ``fields``, for ids."""
    return short_hashes(["\x1f".join(fields).encode("utf-8", "surrogatepass")])[0]


def short_hashes(joined: Iterable[bytes]) -> list[str]:
    """Return what :func:`short_hash` gives, of many at once: a memory has a million ids.

    Args:
        joined: The fields of each in UTF-8, U+001F between them.

    Returns:
        The hashes in their order.
    """
    sha256, whole = hashlib.sha256, int.from_bytes
    all_bits = [whole(sha256(one).digest()[:8]) for one in joined]
    pairs = _PAIRS  # 60 bits, by pairs of characters
    return [
        f"{pairs[bits >> 54]}{pairs[bits >> 44 & 1023]}{pairs[bits >> 34 & 1023]}"
        f"{pairs[bits >> 24 & 1023]}{pairs[bits >> 14 & 1023]}{pairs[bits >> 4 & 1023]}"
        for bits in all_bits
    ]


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
        seen: How often it was met where places were counted and not listed.
    """

    language: str
    text: str
    folded: Folded
    occurrences: Sequence[Occurrence]
    score: float
    forms: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    seen: int = 0

    @property
    def form(self) -> Form:
        """Language and text."""
        return self.language, self.text

    @property
    def count(self) -> int:
        """How often it was met."""
        return len(self.occurrences) + self.seen

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents it was met in, sorted."""
        return tuple(sorted({occurrence.document for occurrence in self.occurrences}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that bears evidence: document, raw spans, and the words around; ``extra`` as in :class:`Concept`."""

    document: str
    spans: tuple[Span, ...]
    quote: str = ""
    extra: tuple[tuple[str, Any], ...] = field(default=(), hash=False)

    def as_json(self, *, n_quote: int | None = None) -> dict[str, Any]:
        """Return the shape of DESIGN.md section 4; the quote has at most ``n_quote`` characters, an empty one is left out."""
        row: dict[str, Any] = {"document": self.document}
        if self.spans or not any(
            key == "unit" for key, _ in self.extra
        ):  # a unit that was given has a name and no spans
            row["spans"] = [span.as_json() for span in self.spans]
        quote = self.quote
        if n_quote is not None and len(quote) > n_quote:
            quote = quote[: n_quote - 1] + "…" if n_quote else ""
        return row | ({"quote": quote} if quote else {}) | dict(self.extra)


@lru_cache(maxsize=1 << 15)  # asked for by whoever writes, shows or judges it
def _evidence_id(source: str, terms: tuple[Form, Form]) -> str:
    """Return ``e-`` and a hash of source and terms."""
    return "e-" + short_hash(source, *(field for form in terms for field in form))


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
        given_id: The id that a loaded file gave it, where that is not the one made here.
        extra: Further keys, kept as they are.
    """

    source: str
    score: float
    terms: tuple[Form, Form]
    where: tuple[Place, ...] = ()
    n: int = 1
    detail: str = ""
    given_id: str = ""
    extra: tuple[tuple[str, Any], ...] = field(default=(), hash=False)

    @property
    def id(self) -> str:
        """``e-`` and a hash of source and terms, or the id it was loaded with."""
        return self.given_id or _evidence_id(self.source, self.terms)

    def as_json(self, *, n_places: int | None = None, n_quote: int | None = None) -> dict[str, Any]:
        """Return one row of the ledger; with ``n_places`` only that many places, with ``n_quote`` quotes no longer than that."""
        row: dict[str, Any] = {
            "id": self.id,
            "source": self.source,
            "score": round(self.score, 4),
            "n": self.n,
            "terms": [list(form) for form in self.terms],
            "where": [place.as_json(n_quote=n_quote) for place in self.where[:n_places]],
        }
        return row | ({"detail": self.detail} if self.detail else {}) | dict(self.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two candidates held to denote one concept.

    Args:
        terms: Both, in the order of :data:`termalign.model.TAGS`.
        score: Belief, in [0, 1], all evidence combined.
        evidence: What supports it, strongest first.
    """

    terms: tuple[Form, Form]
    score: float
    evidence: tuple[Evidence, ...]

    def has(self, *sources: str) -> bool:
        """Tell whether one of the named sources supports the link."""
        return any(one.source in sources for one in self.evidence)

    def strength(self, source: str) -> float:
        """Return the score of one source, 0.0 where it abstained."""
        return next((one.score for one in self.evidence if one.source == source), 0.0)


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
        score: Mean probability, in [0, 1], that two linked designations name one concept; ``None`` where nobody computed one.
        closure: How many pairs of languages have evidence of their own.
        evidence: What supports the entry, strongest first.
        kind: ``organisation``, ``programme``, ``technology``, ...; ``other`` where unknown.
        subject: Subject field; may be empty.
        verified_by: Who vouches for it, as in CONTRACTS.md section 1; ``None`` while proposed.
        flags: Why the entry is held at proposed, for people.
        extra: Further keys of the entry, kept as they are; under ``terms``, designations in languages that
            termalign does not work in.
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

    def terms_as_json(self) -> dict[str, Any]:
        """Return ``terms`` as in DESIGN.md section 4, languages in the order of :data:`termalign.model.TAGS`."""
        ranks = {str(tag): rank for rank, tag in enumerate(TAGS)}
        terms: dict[str, Any] = {
            tag: [designation.as_json() for designation in found]
            for tag, found in sorted(self.terms, key=lambda item: ranks.get(item[0], len(ranks)))
        }
        others: dict[str, Any] = dict(self.extra).get("terms", {})
        return terms | others

    def as_json(self, *, n_places: int | None = None, n_quote: int | None = None) -> dict[str, Any]:
        """Return the concept entry of DESIGN.md section 4, keys in its order.

        Args:
            n_places: How many places a piece of evidence keeps; all without it.
            n_quote: How many characters a quote keeps; all without it, 0 leaves quotes out.

        Returns:
            ``verified_by`` and ``flags`` only where there are any; unknown keys of a loaded entry last.
        """
        row: dict[str, Any] = {"id": self.id, "kind": self.kind, "subject": self.subject, "status": self.status.value}
        if self.verified_by is not None:
            row["verified_by"] = self.verified_by
        row["score"] = None if self.score is None else round(self.score, 4)
        row["closure"] = self.closure.value
        row["terms"] = self.terms_as_json()
        row["evidence"] = [one.as_json(n_places=n_places, n_quote=n_quote) for one in self.evidence]
        if self.flags:
            row["flags"] = list(self.flags)
        return row | {key: value for key, value in self.extra if key != "terms"}


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
