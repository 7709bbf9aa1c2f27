"""A concordance: the places of a term in translation units, counted and laid beside the other languages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termalign.model import Concordance, UnitHit, canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termalign.glossary.wanted import Wanted
    from termalign.model import TranslationUnit

__all__ = ["concordance"]


def concordance(
    query: str,
    wanted: Wanted,
    units: Iterable[TranslationUnit],
    *,
    source: str | None,
    target: str | None,
    limit: int | None,
    titles: Mapping[str, str],
) -> Concordance:
    """Find a query in units.

    Args:
        query: As the user wrote it.
        wanted: The same, ready to be found.
        units: Units among which all are that hold it, in the order of the corpus.
        source: Tag of the language that it is sought in; ``None`` means all.
        target: Tag of the language that a unit must have and that is laid beside it; ``None`` means all.
        limit: The most places that are kept; all are counted.
        titles: Names of documents by their ids.

    Returns:
        The places.

    Raises:
        ConfigError: A tag that is none.
    """
    source, target = (canonical_tag(tag) if tag else None for tag in (source, target))
    hits: list[UnitHit] = []
    counts: Counter[str] = Counter()
    n_units = 0
    for unit in units:
        found = _hits(unit, wanted, source, target, titles)
        n_units += bool(found)
        counts.update(hit.document for hit in found)
        hits += found[: None if limit is None else max(0, limit - len(hits))]
    documents = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Concordance(query=query, total=counts.total(), units=n_units, documents=documents, hits=tuple(hits))


def _hits(
    unit: TranslationUnit, wanted: Wanted, source: str | None, target: str | None, titles: Mapping[str, str]
) -> list[UnitHit]:
    """Find the places in one unit, segment by segment."""
    hits = []
    for segment in unit.segments:
        others = tuple(
            one for one in unit.segments if one is not segment and (target is None or _is_in(one.language, target))
        )
        if others and (source is None or _is_in(segment.language, source)):
            name = titles.get(segment.document, segment.document) or (unit.origin.file if unit.origin else "")
            hits += [
                UnitHit(unit=unit, language=segment.language, start=start, end=end, document=name, others=others)
                for start, end in wanted.places(segment.text, segment.language)
            ]
    return hits


def _is_in(language: str, asked: str) -> bool:
    """Tell whether a tag is the one asked for; ``zh`` asks for both scripts."""
    return language == asked or (asked == "zh" and same_language(language, asked))
