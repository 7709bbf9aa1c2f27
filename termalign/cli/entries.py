"""Concept entries laid out for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termalign.cli.table import columns, printable, shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Answer, Concept, Designation, Evidence, Hit

__all__ = ["answer_text"]

INDENT = "  "
MIN_SIZE, N_QUOTE = 40, 160  # columns of the narrowest terminal that we lay out for, and of a quote
N_DEFINITION = 240  # columns of a definition
RELATIONS = {
    "broader": "narrower than",
    "partOf": "part of",
    "successorOf": "successor of",
    "notToBeConfusedWith": "not to be confused with",
}
REMARKS = ("region", "authority", "usage", "valid")  # further keys of a designation that are worth a word


def answer_text(answer: Answer, *, n_concepts: int, target: str | None, size: int) -> str:
    """Lay an answer out for people.

    Args:
        answer: To one query.
        n_concepts: How many concepts were searched.
        target: Tag of the language that is shown beside the one met; ``None`` shows all.
        size: Columns of the terminal.

    Returns:
        Lines joined by line feeds, with nothing in them that a terminal obeys.
    """
    size = max(size, MIN_SIZE)
    query = shorten(printable(answer.query.strip()), size - len(": nothing exact; near misses:")) or "(empty)"
    if not answer.hits:
        return f"{query}: not found in {n_concepts} concept{'' if n_concepts == 1 else 's'}"
    parts = [_hit_text(hit, target=target, size=size) for hit in answer.hits]
    if answer.outcome.value == "near":
        parts.insert(0, f"{query}: nothing exact; near misses:")
    return "\n\n".join(parts)


def _hit_text(hit: Hit, *, target: str | None, size: int) -> str:
    concept = hit.concept
    how = ", ".join([hit.language, hit.match.value, *hit.why])
    lines = [
        *wrap(printable(f"{hit.designation.text}  ({how})"), size),
        columns(_rows(concept, hit.language, target), size=size),
        *_paragraph(_standing(concept), size=size),
    ]
    for told in (_definition(concept, hit.language), _relations(concept)):
        if told:
            lines += _paragraph(told, size=size)
    for flag in concept.flags:
        lines += _paragraph(f"! {flag}", size=size)
    shown = _best(concept.evidence)
    if shown is not None:
        lines += _paragraph(_evidence_text(shown), size=size)
    return "\n".join(lines)


def _rows(concept: Concept, met: str, target: str | None) -> Iterable[tuple[str, str, str]]:
    """Give a row to each designation: of all languages, or of the one met and the one wanted."""
    shown = None if target is None else {met, *_tags(concept, target)}
    for tag, designations in concept.terms:
        if shown is None or tag in shown:
            for number, one in enumerate(designations):
                yield INDENT + ("" if number else tag), _name(one), _remarks(one)


def _tags(concept: Concept, target: str) -> set[str]:
    """Find the tags that stand for a language: itself, or where the concept has none of that script the other one."""
    tags = {tag for tag, _ in concept.terms}
    return {target} if target in tags else {tag for tag in tags if tag.partition("-")[0] == target.partition("-")[0]}


def _name(one: Designation) -> str:
    """Write a designation, with its reading behind it as dictionaries do."""
    reading = dict(one.extra).get("reading")
    return f"{one.text} [{reading}]" if isinstance(reading, str) and reading else one.text


def _remarks(one: Designation) -> str:
    extra = dict(one.extra)
    seen = f"seen {one.count} times" if one.count > 1 else "seen once" if one.count else ""
    remarks = [
        one.status.value,
        "" if one.type == "fullForm" else one.type,
        "forbidden" if extra.get("forbidden") is True else "",
        *(_plain(extra.get(key)) for key in REMARKS),
        seen,
    ]
    return ", ".join(filter(None, remarks))


def _plain(value: Any) -> str:
    """Write a value of a further key as words; what is neither text nor an object of texts is left out."""
    if isinstance(value, dict):
        return " ".join(f"{key} {item}" for key, item in value.items() if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _standing(concept: Concept) -> str:
    """Say what an entry is worth: its status and who vouches for it, score, closure, kind, id."""
    by = concept.verified_by or {}
    who = f"policy {by['policy']}" if by.get("policy") else str(by.get("by") or "")
    when = str(by.get("at") or "").partition("T")[0]
    why = ", ".join(filter(None, [when, str(by.get("ground") or ""), str(by.get("why") or "")]))
    facts = [
        concept.status.value + (f" by {who}" if who else "") + (f" ({why})" if why else ""),
        f"score {concept.score:.2f}" if concept.score is not None else "",
        f"closure {concept.closure.value}",
        concept.kind,
        concept.subject,
        concept.id,
    ]
    return ", ".join(filter(None, facts))


def _definition(concept: Concept, met: str) -> str:
    """Write the definition, which tells homographs apart: in the language met, else in the first that has one."""
    found = dict(concept.extra).get("definitions")
    given = found if isinstance(found, dict) else {}
    texts = {tag: item.get("text") if isinstance(item, dict) else item for tag, item in given.items()}
    sound = {tag: text for tag, text in texts.items() if isinstance(text, str) and text.strip()}
    tag = met if met in sound else next(iter(sound), "")
    return f"definition ({tag}): {shorten(sound[tag], N_DEFINITION)}" if tag else ""


def _relations(concept: Concept) -> str:
    """Name the concepts that this one is related to; they are not followed, since relations may go round in circles."""
    found = dict(concept.extra).get("relations")
    pairs = [
        (RELATIONS.get(str(one.get("type")), str(one.get("type"))), str(one.get("id")))
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, dict) and one.get("type") and one.get("id")
    ]
    return ", ".join(f"{name} {other}" for name, other in pairs)


def _best(evidence: Iterable[Evidence]) -> Evidence | None:
    """Choose the piece of evidence to show: the strongest, of equals one with a quote."""
    return max(evidence, key=lambda one: (round(one.score, 4), any(place.quote for place in one.where)), default=None)


def _evidence_text(one: Evidence) -> str:
    place = next((place for place in one.where if place.quote), one.where[0] if one.where else None)
    facts = [one.source, f"{one.score:.2f}", one.detail, f"seen {one.n} times" if one.n > 1 else ""]
    text = "evidence: " + ", ".join(filter(None, facts))
    if place is None:
        return text
    return f"{text}, {place.document}" + (f": {shorten(place.quote, N_QUOTE)}" if place.quote else "")


def _paragraph(text: str, *, size: int) -> list[str]:
    """Break a text into indented lines, the further ones indented deeper."""
    lines = wrap(printable(text), size - 2 * len(INDENT))
    return [INDENT + lines[0], *(2 * INDENT + line for line in lines[1:])]
