"""The sections that are lists: documents, parallel sentences, candidates left alone, policies, skipped inputs, settings."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from termalign.formats.report.concepts import COLUMNS, names, names_in_their_languages
from termalign.formats.report.data import MAX_ABSTAINED, MAX_DOCUMENTS, MAX_LISTED, MAX_UNITS
from termalign.formats.report.evidence import MAX_TERM
from termalign.formats.report.labels import explanation, language_name
from termalign.formats.report.markup import EMPTY, clip, count, element, join, left_out, score
from termalign.formats.report.places import Places, lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termalign.formats.report.data import ReportData
    from termalign.formats.report.markup import Child, Html
    from termalign.model import Abstained, Concept, Document, Passage, Segment, TranslationUnit

__all__ = ["abstained", "documents", "policies", "settings", "skipped", "units"]

_NUMBERS = frozenset({"bead", "candidates", "concepts", "count", "score", "version"})  # columns
MAX_SEGMENT = 1_000  # code points of a segment; a long sentence has 300


def documents(data: ReportData, concepts: Sequence[Concept], links: Sequence[str]) -> Html:
    """Write which concepts stand in which document.

    Args:
        data: What the page shows.
        concepts: The concepts shown.
        links: Their anchors.

    Returns:
        One folded list per document, by path.
    """
    seen: defaultdict[str, list[tuple[int, Concept, str]]] = defaultdict(list)
    for concept, link in zip(concepts, links, strict=False):
        for document, n in data.seen(concept).items():
            seen[document].append((n, concept, link))
    ordered = sorted(data.documents, key=lambda one: (one.path, one.id))[:MAX_DOCUMENTS]
    what = "occurrences" if data.occurrences else "places of evidence"
    note = element("p", f"The numbers count {what}.", class_="lead") if ordered else _none("No document was read.")
    rows = [_document(one, data.passages.get(one.id, ()), seen.get(one.id, ())) for one in ordered]
    more = left_out(len(data.documents), len(ordered), "document", "documents.jsonl")
    return join([note, more, *rows])


def _document(one: Document, passages: Sequence[Passage], seen: Sequence[tuple[int, Concept, str]]) -> Html:
    """Write one document and the concepts that stand in it."""
    found = sorted(seen, key=lambda item: (-item[0], names(item[1]), item[2]))
    rows = [
        element(
            "li",
            element("a", names_in_their_languages(concept), href=f"#{link}"),
            element("small", f"×{n:,} · {concept.status.value}"),
        )
        for n, concept, link in found[:MAX_LISTED]
    ]
    if len(found) > MAX_LISTED:
        rows.append(element("li", f"and {count(len(found) - MAX_LISTED, 'more concept')}", class_="more"))
    facts = [one.encoding, one.reader, f"id {one.id}", f"sha256 {one.sha256}"]
    facts += [f"same bytes as {path}" for path in one.copies]
    known = filter(None, [count(len(found), "concept"), _shares(passages)])
    return element(
        "details",
        element("summary", element("b", one.path), " ", element("small", " · ".join(known))),
        element("p", " · ".join(filter(None, facts)), class_="detail"),
        element("ul", *rows, class_="listed") if rows else element("p", "No concept was seen here.", class_="none"),
        class_="document",
    )


def _shares(passages: Sequence[Passage]) -> str:
    """Write the languages of a document by their share of its text."""
    sizes = Counter[str]()
    for passage in passages:
        sizes[passage.language] += passage.span.end - passage.span.start
    total = sum(sizes.values())
    order = sorted(sizes, key=lambda tag: (-sizes[tag], tag))
    return ", ".join(f"{language_name(tag)} {sizes[tag] / total:.0%}" for tag in order if total)


def units(data: ReportData) -> Html:
    """Write the first translation units.

    Args:
        data: What the page shows; without quotes, places stand for the text.

    Returns:
        A table with one column per language that occurs.
    """
    shown = data.units[:MAX_UNITS]
    if not shown:
        return _none("There are no parallel sentences.")
    places = Places(data)
    used = {segment.language for unit in shown for segment in unit.segments}
    columns = [(column, tags) for column, tags in COLUMNS if used.intersection(tags)]
    head = [*(language_name(column) for column, _ in columns), "score", "method", "bead"]
    rows = []
    for unit in shown:
        cells = [_cell(unit, tags, language_name(column), places, quotes=data.quotes) for column, tags in columns]
        method = element("td", unit.method.value, data_label="method", title=explanation("methods", unit.method.value))
        cells += [element("td", score(unit.score), class_="num", data_label="score"), method]
        rows.append([*cells, element("td", unit.bead, class_="num", data_label="bead")])
    note = f"All {count(len(shown), 'unit')}." if len(shown) == data.all_units else ""
    return join(
        [
            element("p", note, class_="lead") if note else None,
            left_out(data.all_units, len(shown), "unit", "aligned.jsonl"),
            _table(head, rows, class_="units"),
        ]
    )


def _cell(unit: TranslationUnit, tags: Sequence[str], label: str, places: Places, *, quotes: bool) -> Html:
    """Write one side of a unit."""
    found = [one for tag in tags if (one := unit.segment(tag)) is not None]
    return element("td", *(_segment(one, unit, places, quotes=quotes) for one in found), data_label=label)


def _segment(one: Segment, unit: TranslationUnit, places: Places, *, quotes: bool) -> Html:
    """Write a segment and where it stands."""
    place = places.label(one.document, one.spans)
    if not place and unit.origin:
        place = f"{unit.origin.file}:{unit.origin.line}"
    text = element("span", clip(one.text, MAX_SEGMENT), lang=lang(one.language), class_="segment") if quotes else None
    return join([text, element("cite", place) if place else None])


def abstained(rows: Sequence[Abstained]) -> Html:
    """Write what was left alone, and why.

    Args:
        rows: The candidates, in any order.

    Returns:
        Reasons with their counts, and the candidates met most often.
    """
    if not rows:
        return _none("No candidate was left alone.")
    reasons = Counter(one.reason for one in rows)
    ordered = sorted(rows, key=lambda one: (-one.count, one.language, one.term, one.reason))[:MAX_ABSTAINED]
    table = [
        [element("td", clip(reason, MAX_TERM)), element("td", f"{n:,}", class_="num")]
        for reason, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:MAX_ABSTAINED]
    ]
    listed = [
        [
            element("td", clip(one.term, MAX_TERM), lang=lang(one.language)),
            element("td", language_name(one.language)),
            element("td", f"{one.count:,}", class_="num"),
            element("td", clip(one.reason, MAX_TERM)),
        ]
        for one in ordered
    ]
    return join(
        [
            _table(["reason", "candidates"], table),
            element(
                "details",
                element("summary", f"The candidates, those met most often first ({len(ordered):,} of {len(rows):,})"),
                left_out(len(rows), len(ordered), "candidate", "abstained.jsonl"),
                _table(["term", "language", "count", "reason"], listed),
            ),
        ]
    )


def policies(data: ReportData) -> Html:
    """Write the policies, their rules, and how many concepts each one vouches for."""
    if not data.policies:
        return _none("No policy was in force: only people's decisions verify.")
    n_by = Counter(
        (str(one.verified_by.get("policy")), str(one.verified_by.get("version")))
        for one in data.concepts
        if one.verified_by
    )
    rows = [
        [
            element("th", name, scope="row"),
            element("td", str(version), class_="num"),
            element("td", rule),
            element("td", f"{n_by[name, str(version)]:,}", class_="num"),
        ]
        for name, version, rule in data.policies
    ]
    return _table(["policy", "version", "rule", "concepts"], rows)


def skipped(rows: Iterable[tuple[str, str]]) -> Html:
    """Write the inputs that were not read, and why."""
    cells = [[element("th", path, scope="row"), element("td", reason)] for path, reason in sorted(rows)]
    return _table(["input", "reason"], cells) if cells else _none("Every input was read.")


def settings(values: Mapping[str, str], version: str) -> Html:
    """Write the settings of the build, by name, and the version that made the page."""
    rows = [[element("th", "termalign", scope="row"), element("td", version)]]
    rows += [[element("th", key, scope="row"), element("td", str(values[key]))] for key in sorted(values)]
    return _table(["setting", "value"], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[Child]], *, class_: str | None = None) -> Html:
    """Write a table that scrolls sideways where it does not fit."""
    table = element(
        "table",
        element("thead", element("tr", *(_head(word) for word in head))),
        element("tbody", *(element("tr", *cells) for cells in rows)),
        class_=class_,
    )
    return element("div", table, class_="scroll")


def _head(word: str) -> Html:
    """Write the head of a column; numbers stand at its end."""
    return element("th", word, scope="col", class_="num" if word in _NUMBERS else None)


def _none(words: str) -> Html:
    """Say that a list is empty."""
    return element("p", words, class_="none") if words else EMPTY
