"""The first section: what the build found, in numbers and plots."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termalign.formats.report.data import MAX_BARS
from termalign.formats.report.labels import KINDS_OF_LABEL, explanation, language_name, vocabulary
from termalign.formats.report.markup import count, element, join
from termalign.formats.report.places import Places
from termalign.formats.report.plots import Bar, Plot, bars, columns
from termalign.model import TAGS, Closure, ConceptStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termalign.formats.report.data import ReportData
    from termalign.formats.report.markup import Html
    from termalign.model import Concept

__all__ = ["STATUS_ORDER", "scores", "summary"]

STATUS_ORDER = (ConceptStatus.VERIFIED, ConceptStatus.PROPOSED, ConceptStatus.REJECTED)
N_BINS = 20
_HEADINGS = dict(zip(KINDS_OF_LABEL, ("", "Status", "Closure", "Sources of evidence", "Methods"), strict=True))


def summary(data: ReportData) -> Html:
    """Write the numbers and plots of a build.

    Args:
        data: What the page shows.

    Returns:
        The content of the section.
    """
    figures = (_by_kind(data.concepts), scores(data.concepts), _sources(data.concepts), _documents(data))
    return join(
        [
            _tiles(data),
            element("div", _statuses(data.concepts), _languages(data.concepts), class_="pair"),
            element("div", *figures, class_="plots"),
            _legend(),
        ]
    )


def _tiles(data: ReportData) -> Html:
    """Write the numbers that everybody asks for first."""
    n_verified = sum(concept.status is ConceptStatus.VERIFIED for concept in data.concepts)
    n_flagged = sum(bool(concept.flags) for concept in data.concepts)
    tiles = (
        (len(data.concepts), "concepts"),
        (n_verified, "of them verified"),
        (n_flagged, "of them flagged"),
        (data.all_units, "translation units"),
        (len(data.documents), "documents"),
        (len(data.skipped), "inputs skipped"),
        (len(data.abstained), "candidates left alone"),
    )
    return element(
        "ul", *(element("li", element("b", f"{n:,}"), element("span", words)) for n, words in tiles), class_="tiles"
    )


def _statuses(concepts: Sequence[Concept]) -> Html:
    """Write a table of concepts by status and closure."""
    counts = Counter((concept.status, concept.closure) for concept in concepts)
    rows = [
        [status.value, *(counts[status, closure] for closure in Closure), sum(counts[status, c] for c in Closure)]
        for status in STATUS_ORDER
    ]
    return _count_table("Concepts by status and closure", ["status", *Closure, "all"], rows)


def _languages(concepts: Sequence[Concept]) -> Html:
    """Write a table of concepts and designations by language."""
    rows: list[list[str | int]] = []
    for tag in TAGS:
        found = [concept.designations(tag) for concept in concepts if concept.designations(tag)]
        n_verified = sum(one.verified for designations in found for one in designations)
        rows.append([language_name(tag), len(found), sum(map(len, found)), n_verified])
    return _count_table(
        "Concepts and designations by language", ["language", "concepts", "designations", "verified"], rows
    )


def _count_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Html:
    """Write a table of numbers with a first column of words."""
    body = [
        element(
            "tr", element("th", str(row[0]), scope="row"), *(element("td", f"{n:,}", class_="num") for n in row[1:])
        )
        for row in rows
    ]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *(element("th", str(word), scope="col") for word in head))),
        element("tbody", *body),
        class_="counts",
    )


def _parts(concepts: Iterable[Concept]) -> tuple[tuple[str, int], ...]:
    """Count concepts by status, in the order in which they are drawn."""
    counts = Counter(concept.status for concept in concepts)
    return tuple((status.value, counts[status]) for status in STATUS_ORDER)


def _in_words(parts: Iterable[tuple[str, int]]) -> str:
    """Write counts by status: ``8 verified, 4 proposed``."""
    return ", ".join(f"{n:,} {name}" for name, n in parts if n)


_STATUS_LEGEND = tuple((status.value, status.value) for status in STATUS_ORDER)


def _by_kind(concepts: Sequence[Concept]) -> Html:
    """Draw concepts by kind and status."""
    kinds = Counter(concept.kind for concept in concepts)
    shown, others = _largest(kinds)
    rows = [(kind, [one for one in concepts if one.kind == kind]) for kind in shown]
    if others:
        rows.append((count(len(others), "other kind"), [one for one in concepts if one.kind in others]))
    drawn = [Bar(label=kind, parts=_parts(found), note=_in_words(_parts(found))) for kind, found in rows]
    return bars(Plot(name="kinds", title="Concepts by kind and status", legend=_STATUS_LEGEND), drawn)


def scores(concepts: Sequence[Concept], *, name: str = "scores", title: str = "Concepts by score") -> Html:
    """Draw how scores are spread.

    Args:
        concepts: The entries.
        name: Of the plot; unique on the page.
        title: Its title.

    Returns:
        A ``figure``; empty where no entry has a score.
    """
    bins: list[list[Concept]] = [[] for _ in range(N_BINS)]
    n_without = 0
    for concept in concepts:
        if concept.score is None:
            n_without += 1
        else:
            bins[min(N_BINS - 1, max(0, int(round(concept.score, 4) * N_BINS)))].append(concept)
    drawn = [
        Bar(label=f"{i / N_BINS:.2f} to {(i + 1) / N_BINS:.2f}", parts=_parts(found), note=_in_words(_parts(found)))
        for i, found in enumerate(bins)
    ]
    note = (
        f"{count(n_without, 'concept')} without a score"
        if n_without
        else "probability that the names denote one concept"
    )
    return columns(Plot(name=name, title=title, note=note, legend=_STATUS_LEGEND), drawn)


def _sources(concepts: Sequence[Concept]) -> Html:
    """Draw how many concepts each source of evidence supports."""
    sources = Counter(source for concept in concepts for source in {one.source for one in concept.evidence})
    shown, others = _largest(sources)
    rows = [Bar(label=name, parts=(("plain", sources[name]),)) for name in shown]
    rows += [
        Bar(label=count(len(others), "other source"), parts=(("plain", sum(sources[name] for name in others)),))
    ] * bool(others)
    note = "a concept counts once for each source that supports it"
    return bars(Plot(name="sources", title="Concepts by source of evidence", note=note), rows)


def _documents(data: ReportData) -> Html:
    """Draw how often concepts were seen in each document."""
    places, seen = Places(data), Counter[str]()
    for concept in data.concepts:
        seen.update(data.seen(concept))
    names = {document: places.path(document) for document in seen}
    shown, others = _largest(seen, names)
    rows = [Bar(label=names[document], parts=(("plain", seen[document]),)) for document in shown]
    if others:
        n = sum(seen[document] for document in others)
        rows.append(Bar(label=count(len(others), "other document"), parts=(("others", n),)))
    title = "Occurrences by document" if data.occurrences else "Places of evidence by document"
    note = "of the designations of all concepts" if data.occurrences else "where the names of concepts bear evidence"
    return bars(Plot(name="documents", title=title, note=note), rows)


def _largest(counts: Mapping[str, int], names: Mapping[str, str] | None = None) -> tuple[list[str], list[str]]:
    """Split keys into those with a bar of their own, largest first, and the others."""
    order = sorted(counts, key=lambda key: (-counts[key], (names or {}).get(key, key), key))
    n = MAX_BARS if len(order) <= MAX_BARS else MAX_BARS - 1
    return order[:n], order[n:]


def _legend() -> Html:
    """Write what the words of the page mean."""
    parts = []
    for kind, heading in _HEADINGS.items():
        if heading:
            parts.append(element("h3", heading))
            words = [join([element("dt", word), element("dd", explanation(kind, word))]) for word in vocabulary(kind)]
            parts.append(element("dl", *words))
    return element(
        "details",
        element("summary", "What the words mean"),
        element("div", *parts, class_="legend-words"),
        class_="words",
    )
