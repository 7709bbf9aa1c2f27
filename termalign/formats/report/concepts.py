"""The concept entries: three languages side by side, with who vouches for them and why."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from termalign.formats.report.evidence import MAX_TERM, evidence_list
from termalign.formats.report.labels import explanation, language_name
from termalign.formats.report.markup import Html, clip, element, join, score
from termalign.formats.report.places import Places, lang
from termalign.model import TAGS, ConceptStatus, TermStatus, short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.formats.report.data import ReportData
    from termalign.model import Concept, Designation

__all__ = ["COLUMNS", "anchors", "cards", "controls", "in_order", "names", "names_in_their_languages"]

# Columns of the page; both scripts of Chinese share one.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ja", ("ja",)),
    ("zh", ("zh-Hans", "zh-Hant")),
    ("en", ("en",)),
)
_STATUS_RANK = {ConceptStatus.VERIFIED: 0, ConceptStatus.PROPOSED: 1, ConceptStatus.REJECTED: 2}
_TERM_RANK = {status: rank for rank, status in enumerate(TermStatus)}
_PLAIN_ID = re.compile(r"c-[A-Za-z0-9_-]{1,64}")
_REMARKS = ("reading", "region", "authority", "pos", "note")  # keys of a designation shown as they are
_SWITCHES = {"forbidden": "forbidden", "caseSensitive": "case-sensitive", "doNotTranslate": "do not translate"}


def in_order(concepts: Iterable[Concept], gains: Mapping[str, float] | None = None) -> list[Concept]:
    """Put concepts into the order of the page: verified first, then by what a reviewer gains, by score, by name and id."""
    gains = gains or {}
    return sorted(
        concepts,
        key=lambda one: (
            _STATUS_RANK[one.status],
            -gains.get(one.id, 0.0),
            -(one.score if one.score is not None else -1.0),
            names(one),
            one.id,
        ),
    )


def names(concept: Concept) -> str:
    """Return the preferred designations of a concept, side by side; its id where it has none."""
    found = [concept.preferred(tag) for tag in TAGS]
    return " = ".join(dict.fromkeys(clip(one.text, MAX_TERM) for one in found if one)) or concept.id


def names_in_their_languages(concept: Concept) -> Html:
    """Write the same as :func:`names`, each name marked with its language for the right glyphs."""
    found = [(str(tag), one.text) for tag in TAGS if (one := concept.preferred(tag))]
    shown = {clip(text, MAX_TERM): tag for tag, text in reversed(found)}
    spans = [element("span", text, lang=tag) for text, tag in reversed(shown.items())]
    return join(spans or [concept.id], Html(" = "))


def anchors(concepts: Sequence[Concept]) -> list[str]:
    """Give each concept a name to link to.

    Args:
        concepts: The concepts shown.

    Returns:
        One anchor per concept, each once: its id where that is one of ours, else a hash of the id, which may be any text.
    """
    taken: set[str] = set()
    found = []
    for concept in concepts:
        anchor = plain = concept.id if _PLAIN_ID.fullmatch(concept.id) else f"c-x{short_hash(concept.id)}"
        n = 1
        while anchor in taken:
            n += 1
            anchor = f"{plain}_{n}"
        taken.add(anchor)
        found.append(anchor)
    return found


def controls(concepts: Sequence[Concept]) -> Html:
    """Write the filters and the order; hidden until the script that serves them runs."""
    statuses = Counter(one.status.value for one in concepts)
    kinds = Counter(one.kind for one in concepts)
    order = [("", "best first"), ("score", "score, high to low"), ("-score", "score, low to high")]
    order += [(f"term-{column}", f"{language_name(column)} name") for column, _ in COLUMNS]
    languages = [("", "any languages"), ("ja zh en", "all three languages")]
    languages += [(column, f"with {language_name(column)}") for column, _ in COLUMNS]
    languages += [(f"-{column}", f"without {language_name(column)}") for column, _ in COLUMNS]
    fields = [
        _field("Find", element("input", id="find", type="search", autocomplete="off", spellcheck="false")),
        _field("Status", _select("status", [("", "any status"), *_counted(statuses)])),
        _field("Kind", _select("kind", [("", "any kind"), *_counted(kinds)])),
        _field("Languages", _select("languages", languages)),
        _field("Order", _select("order", order)),
        element("label", element("input", id="flagged", type="checkbox"), " flagged only", class_="check"),
        element("button", "Open all evidence", id="open", type="button"),
        element("button", "Reset", id="reset", type="button"),
        element("output", id="shown", aria_live="polite"),
    ]
    return element("div", *fields, id="controls", role="search", aria_label="Filter concepts", hidden=True)


def cards(data: ReportData, concepts: Sequence[Concept], links: Sequence[str]) -> Iterator[Html]:
    """Write the concept entries, one after the other.

    Args:
        data: What the page shows.
        concepts: The concepts shown, in order.
        links: Their anchors.

    Yields:
        One ``article`` per concept.
    """
    places = Places(data)
    rules = {(name, str(version)): rule for name, version, rule in data.policies}
    by_id = {concept.id: link for concept, link in zip(reversed(concepts), reversed(links), strict=True)}
    for concept, link in zip(concepts[: data.max_concepts], links, strict=False):
        by = concept.verified_by or {}
        because = frozenset(map(str, _items(by.get("because"))))
        yield element(
            "article",
            element("div", *(_column(concept, column, tags) for column, tags in COLUMNS), class_="terms"),
            _facts(concept, link),
            element(
                "div",
                _verdict(by, rules, rejected=concept.status is ConceptStatus.REJECTED) if by else None,
                *(
                    element("p", "Flagged: ", clip(places.named(flag), MAX_TERM), class_="flag")
                    for flag in concept.flags
                ),
                *_remarks(concept, by_id),
                class_="notes",
            ),
            evidence_list(concept.evidence, because=because, places=places, quotes=data.quotes),
            id=link,
            class_="concept",
            aria_label=names(concept),
            data_status=concept.status.value,
            data_kind=concept.kind,
            data_score="" if concept.score is None else f"{concept.score:.4f}",
            data_languages=" ".join(column for column, tags in COLUMNS if any(map(concept.designations, tags))),
            data_flagged="yes" if concept.flags else None,
        )


def _column(concept: Concept, column: str, tags: Sequence[str]) -> Html:
    """Write the designations of one language, the preferred first."""
    found = [(tag, one) for tag in tags for one in concept.designations(tag)]
    found.sort(key=lambda item: _TERM_RANK[item[1].status])
    rows = [_designation(tag, one, tell_script=tag != tags[0]) for tag, one in found]
    return element(
        "div",
        element("h4", language_name(column)),
        element("ul", *rows) if rows else element("p", "none found", class_="none"),
        data_column=column,
    )


def _designation(tag: str, one: Designation, *, tell_script: bool) -> Html:
    """Write one designation with what is known of it."""
    extra = dict(one.extra)
    remarks = [
        "traditional" if tell_script else "",
        "" if one.status is TermStatus.PREFERRED else one.status.value,
        "" if one.type == "fullForm" else one.type,
        "verified" if one.verified else "",
        f"×{one.count:,}" if one.count else "",
        *(str(extra[key]) for key in _REMARKS if extra.get(key)),
        *(words for key, words in _SWITCHES.items() if extra.get(key)),
    ]
    return element(
        "li",
        element("span", clip(one.text, MAX_TERM), class_="term", lang=lang(tag)),
        element("small", clip(" · ".join(filter(None, remarks)), MAX_TERM)) if any(remarks) else None,
        class_=f"is-{one.status.value}",
    )


def _facts(concept: Concept, link: str) -> Html:
    """Write status, score, closure, kind and the link of a concept."""
    closure, status = concept.closure.value, concept.status.value
    return element(
        "div",
        element("span", status, class_=f"badge {status}", title=explanation("statuses", status)),
        element("span", "score ", element("b", score(concept.score)), class_="fact"),
        element("span", f"closure {closure}", class_="fact", title=explanation("closures", closure)),
        element("span", concept.kind, class_="fact"),
        element("span", concept.subject, class_="fact") if concept.subject else None,
        element("a", clip(concept.id, 40), href=f"#{link}", class_="anchor"),
        class_="facts",
    )


def _verdict(by: Mapping[str, Any], rules: Mapping[tuple[str, str], str], *, rejected: bool) -> Html:
    """Say who vouches for an entry, and why."""
    if "policy" in by:
        name, version = str(by["policy"]), str(by.get("version", ""))
        rule = rules.get((name, version), "")
        text = [element("b", f"policy {clip(name, MAX_TERM)}"), f" (version {version}). " if version else ". ", rule]
    else:
        when = f" on {by['at']}" if by.get("at") else ""
        why = f": {clip(str(by['why']), MAX_TERM)}" if by.get("why") else ""
        ground = f" (ground: {by['ground']})" if by.get("ground") else ""
        text = [element("b", clip(str(by.get("by", "somebody")), MAX_TERM)), when, why, ground]
    return element("p", "Rejected by " if rejected else "Verified by ", *text, class_="verdict")


def _remarks(concept: Concept, links: Mapping[str, str]) -> Iterator[Html]:
    """Write the optional parts of an entry: definitions, notes, relations, names in further languages."""
    extra = dict(concept.extra)
    for tag, one in _pairs(extra.get("definitions")):
        text = one.get("text", "") if isinstance(one, dict) else one
        source = f" ({one['source']})" if isinstance(one, dict) and one.get("source") else ""
        yield element("p", "Definition: ", element("span", clip(str(text), 2 * MAX_TERM), lang=lang(tag)), source)
    for note in _items(extra.get("notes")):
        yield element("p", "Note: ", clip(str(note), 2 * MAX_TERM))
    for relation in _items(extra.get("relations")):
        if isinstance(relation, dict):
            target = str(relation.get("id", ""))
            name = element("a", clip(target, 40), href=f"#{links[target]}") if target in links else clip(target, 40)
            yield element("p", f"Relation {relation.get('type', '')}: ", name)
    for tag, found in _pairs(extra.get("terms")):
        texts = ", ".join(str(one.get("text", "")) for one in _items(found) if isinstance(one, dict))
        yield element("p", f"Also in {tag}: ", clip(texts, MAX_TERM))


def _items(value: Any) -> Sequence[Any]:
    """Return a list out of whatever an entry holds: a lone text is a list of one."""
    return value if isinstance(value, list | tuple) else [value] if value else []


def _pairs(value: Any) -> Sequence[tuple[str, Any]]:
    """Return the items of a table that an entry holds, in the order of its keys."""
    return sorted((str(key), one) for key, one in value.items()) if isinstance(value, dict) else []


def _counted(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return choices with how many concepts each one has."""
    return [(word, f"{word} ({n:,})") for word, n in sorted(counts.items())]


def _select(name: str, choices: Iterable[tuple[str, str]]) -> Html:
    """Write a choice."""
    return element("select", *(element("option", words, value=value) for value, words in choices), id=name)


def _field(words: str, field: Html) -> Html:
    """Put a word before a field."""
    return element("label", join([element("span", words), field]))
