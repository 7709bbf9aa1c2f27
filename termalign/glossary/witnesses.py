"""What policies and preferences know of designations beside the links: where they stand, and how."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termalign.model import Candidate, Evidence, Form, Occurrence, Place

__all__ = ["Witnesses", "by_document"]

MARKS = frozenset({"quoted", "title"})  # signs of a candidate that say where it begins and ends


def by_document(place: Place | Occurrence) -> str:
    """Take each document for a witness of its own.

    Args:
        place: Where something stands.

    Returns:
        The id of its document.
    """
    return place.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """What policies know beside the links.

    Args:
        said_by: Returns the id of the document that says first what stands at a place: near-copies of documents and of passages
            count once.
        counts: How often each form was met.
        marked: Forms that stand in quotation or title marks, so that it is sure where they begin and end.
        nested: The share of the places of each form that lie inside a longer candidate.
        phrases: The two forms of links that may join clauses or free phrases, which say the same and are no terms.
    """

    said_by: Callable[[Place | Occurrence], str] = by_document
    counts: Mapping[Form, int] = field(default_factory=dict)
    marked: frozenset[Form] = frozenset()
    nested: Mapping[Form, float] = field(default_factory=dict)
    phrases: frozenset[tuple[Form, Form]] = frozenset()

    @classmethod
    def of(
        cls,
        candidates: Mapping[Form, Candidate],
        *,
        said_by: Callable[[Place | Occurrence], str],
        phrases: frozenset[tuple[Form, Form]] = frozenset(),
    ) -> Witnesses:
        """Take what the candidates know, and which links join phrases."""
        return cls(
            said_by=said_by,
            counts={form: one.count for form, one in candidates.items()},
            marked=frozenset(form for form, one in candidates.items() if one.signs & MARKS),
            nested=_nested(candidates),
            phrases=phrases,
        )

    def documents(self, evidence: Evidence) -> int:
        """Count the documents that bear evidence, near-copies once."""
        return len(set(map(self.said_by, evidence.where)))

    def documents_of(self, candidate: Candidate) -> int:
        """Count the documents that hold a candidate, near-copies once."""
        return len(set(map(self.said_by, candidate.occurrences)))


def _nested(candidates: Mapping[Form, Candidate]) -> dict[Form, float]:
    """Tell for each form which share of its places lies inside a longer candidate."""
    places: defaultdict[str, list[tuple[int, int, Form]]] = defaultdict(list)
    for form, candidate in candidates.items():
        for one in candidate.occurrences:
            if one.spans:
                places[one.document].append((one.spans[0].start, -one.spans[-1].end, form))
    inside: Counter[Form] = Counter()
    for rows in places.values():
        reached, last, is_inside = -1, (-1, -1), False  # how far the stretches before go; the last of them
        for start, end, form in sorted(rows):
            if (start, end) == last:
                inside[form] += is_inside
                continue
            is_inside = -end <= reached
            inside[form] += is_inside
            reached, last = max(reached, -end), (start, end)
    return {form: inside[form] / one.count for form, one in candidates.items() if inside[form]}
