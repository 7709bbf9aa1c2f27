"""``termalign lookup``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from termalign.cli.options import language_option
from termalign.cli.table import columns, printable, width
from termalign.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.glossary.glossary import Glossary
    from termalign.model import Answer, Concept, Designation

__all__ = ["lookup"]

LANGUAGE_NAMES = {
    "ja": "Japanese",
    "zh-Hans": "Chinese (simplified)",
    "zh-Hant": "Chinese (traditional)",
    "en": "English",
}


@click.command()
@click.argument("query")
@click.option(
    "-g",
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="GLOSSARY",
    help="JSONL file, folder of a build, or shipped name.",
)
@language_option("--from", "source", help="Language of the query.")
@language_option("--to", "target", help="Language wanted.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per query.")
def lookup(query: str, glossaries: tuple[str, ...], source: str | None, target: str | None, as_json: bool) -> int:
    """Find the concept of a term, whatever its spelling, script or reading.

    QUERY - reads one query a line from standard input. Without -g the shipped glossaries are searched.

    \b
    Examples:
      termalign lookup Q-LEAP
      termalign lookup 量子技術 --to zh
      termalign lookup -g out --json - < terms.txt
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.glossary.glossary import Glossary  # noqa: PLC0415 - after the arguments are known to be right

    if not query.strip():
        raise ConfigError("the query is empty", "write a term, or - to read queries from standard input")
    glossary = Glossary.load(*glossaries)
    exact = True
    for one in _queries(query):
        answer = glossary.lookup(one, source=source, target=target)
        exact = exact and answer.outcome.value == "exact"
        click.echo(json.dumps(_as_json(answer), ensure_ascii=False) if as_json else _as_text(answer, glossary, target))
    return 0 if exact else 1


def _queries(query: str) -> Iterator[str]:
    if query != "-":
        yield query
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _as_json(answer: Answer) -> dict[str, Any]:
    """Return the shape of CONTRACTS.md section 2."""
    return {
        "query": answer.query,
        "outcome": answer.outcome.value,
        "hits": [
            {
                "concept": hit.concept.id,
                "match": hit.match.value,
                "score": hit.score,
                "why": list(hit.why),
                "language": hit.language,
                "text": hit.designation.text,
                "status": hit.designation.status.value,
                "terms": {tag: [one.as_json() for one in found] for tag, found in hit.concept.terms},
            }
            for hit in answer.hits
        ],
    }


def _as_text(answer: Answer, glossary: Glossary, target: str | None) -> str:
    if not answer.hits:
        return f"{printable(answer.query)}: not found in {len(glossary)} concepts"
    parts = []
    for hit in answer.hits:
        how = "" if hit.match.value == "exact" and not hit.why else f"  ({hit.match.value}: {', '.join(hit.why)})"
        parts.append(f"{hit.designation.text}{how}\n{_entry(hit.concept, target)}")
    if answer.outcome.value == "near":
        parts.insert(0, f"{printable(answer.query)}: nothing exact; near misses:")
    return "\n\n".join(parts)


def _entry(concept: Concept, target: str | None) -> str:
    """Lay one concept out for people."""
    rows: list[tuple[str, ...]] = []
    for tag, designations in concept.terms:
        if target and tag.partition("-")[0] != target.partition("-")[0]:
            continue
        for number, one in enumerate(designations):
            label = LANGUAGE_NAMES.get(tag, tag) if not number else ""
            rows.append(("  " + label, one.text, _remarks(one)))
    lines = [columns(rows)]
    by = concept.verified_by or {}
    who = by.get("policy") or by.get("by")
    score = f", score {concept.score:.2f}" if concept.score is not None else ""
    lines.append(
        f"  {concept.status.value}{f' by {who}' if who else ''}{score}, closure {concept.closure.value}, {concept.kind}, {concept.id}"
    )
    lines += [f"  ! {printable(flag)}" for flag in concept.flags]
    quote = next((place.quote for one in concept.evidence for place in one.where if place.quote), "")
    if quote:
        lines.append(f"  “{_shorten(printable(quote), 90)}”")
    return "\n".join(lines)


def _remarks(one: Designation) -> str:
    extra = dict(one.extra)
    remarks = [
        one.status.value,
        one.type if one.type != "fullForm" else "",
        str(extra.get("reading", "")),
        str(extra.get("authority", "")),
    ]
    return ", ".join(
        filter(None, [*remarks, f"seen {one.count} times" if one.count > 1 else "seen once" if one.count else ""])
    )


def _shorten(text: str, size: int) -> str:
    """Cut a text to a number of columns."""
    while width(text) > size:
        text = text[:-2] + "…"
    return text
