"""Places for evidence that looks at terms only: where both terms stand, so that every link leads back to the documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termalign.model import Candidate, Evidence, Form, Link

__all__ = ["placed", "quote_around"]

MARGIN = 30  # code points of context on either side


def placed(links: Iterable[Link], candidates: Mapping[Form, Candidate], texts: Mapping[str, str]) -> tuple[Link, ...]:
    """Add to evidence without places the first place of either term.

    Args:
        links: Links with their evidence.
        candidates: The candidates by form.
        texts: The raw text of each document, by id.

    Returns:
        The links; evidence that has places keeps them.
    """
    first: dict[Form, Place | None] = {}

    def place_of(form: Form) -> Place | None:
        if form not in first:
            candidate = candidates.get(form)
            first[form] = _place(candidate, texts) if candidate else None
        return first[form]

    def with_places(one: Evidence) -> Evidence:
        if one.where:
            return one
        found = (place_of(form) for form in one.terms)
        return replace(one, where=tuple(place for place in found if place is not None))

    return tuple(replace(link, evidence=tuple(map(with_places, link.evidence))) for link in links)


def _place(candidate: Candidate, texts: Mapping[str, str]) -> Place | None:
    """Return the first place of a candidate, with the words around it."""
    for occurrence in candidate.occurrences:
        if occurrence.spans and occurrence.document in texts:
            start, end = occurrence.spans[0].start, occurrence.spans[-1].end
            return Place(
                document=occurrence.document,
                spans=occurrence.spans,
                quote=quote_around(texts[occurrence.document], start, end),
            )
    return None


def quote_around(text: str, start: int, end: int) -> str:
    r"""Cut out the words around a stretch of raw text, on one line.

    >>> quote_around("one two\nthree", 4, 7)
    'one two three'
    """
    return " ".join(text[max(0, start - MARGIN) : end + MARGIN].split())
