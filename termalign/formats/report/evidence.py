"""The evidence of a concept, in context."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termalign.formats.report.data import MAX_PLACES
from termalign.formats.report.highlight import highlighted
from termalign.formats.report.labels import explanation
from termalign.formats.report.markup import EMPTY, clip, count, element, score
from termalign.formats.report.places import lang

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from termalign.formats.report.markup import Html
    from termalign.formats.report.places import Places
    from termalign.model import Evidence, Place

__all__ = ["MAX_TERM", "evidence_list"]

MAX_TERM = (
    300  # code points of a designation or remark; no name is longer, and one line of rubbish must not drown the page
)


def evidence_list(evidence: Sequence[Evidence], *, because: Collection[str], places: Places, quotes: bool) -> Html:
    """Write the evidence of one concept, folded away.

    Args:
        evidence: Its rows, strongest first.
        because: Ids of the rows that a policy's verdict rests on.
        places: To name places by.
        quotes: Whether the words around a place may be shown.

    Returns:
        A ``details`` element; empty where there is no evidence.
    """
    if not evidence:
        return EMPTY
    sources = Counter(one.source for one in evidence)
    names = ", ".join(name if n == 1 else f"{name} ×{n}" for name, n in sources.items())
    rows = [_row(one, vouches=one.id in because, places=places, quotes=quotes) for one in evidence]
    return element(
        "details",
        element("summary", f"Evidence: {clip(names, MAX_TERM)}"),
        element("ul", *rows, class_="evidence"),
        class_="because",
    )


def _row(one: Evidence, *, vouches: bool, places: Places, quotes: bool) -> Html:
    """Write one row of evidence with its places."""
    left, right = one.terms
    head = [
        element("b", one.source, title=explanation("sources", one.source)),
        element("span", "score ", element("span", score(one.score), class_="num")),
        element("span", "seen ", count(one.n, "time")),
        element("span", "the verdict rests on this", class_="badge verified") if vouches else None,
        element("code", one.id),
    ]
    pair = [
        element("mark", clip(left[1], MAX_TERM), class_="a", lang=lang(left[0])),
        " = ",
        element("mark", clip(right[1], MAX_TERM), class_="b", lang=lang(right[0])),
    ]
    terms = (left[1], right[1])
    shown = [_place(place, terms, places=places, quotes=quotes) for place in one.where[:MAX_PLACES]]
    n_more = len(one.where) - len(shown)
    if n_more > 0:
        shown.append(element("li", f"and {count(n_more, 'more place')}, in evidence.jsonl", class_="more"))
    return element(
        "li",
        element("p", *head, class_="facts"),
        element("p", *pair, class_="which"),
        element("p", clip(one.detail, MAX_TERM), class_="detail") if one.detail else None,
        element("ul", *shown, class_="places") if shown else None,
    )


def _place(place: Place, terms: Sequence[str], *, places: Places, quotes: bool) -> Html:
    """Write one place: document, line, and the words around."""
    quote = None
    if quotes and place.quote:
        language = places.language(place.document, place.spans)
        quote = element("span", highlighted(place.quote, terms), class_="quote", lang=language)
    return element("li", element("cite", places.label(place.document, place.spans)), quote)
