"""Which concepts and units an export holds: filters by status, subject, kind, language, document and score."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.model import TAGS, ConceptStatus, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from termalign.model import Concept, TranslationUnit

__all__ = ["Selection", "document_ids"]

DOCUMENTS_FILE = "documents.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is to be written; an empty filter lets everything through.

    Args:
        statuses: Statuses of concepts.
        subjects: Subject fields, whatever their case.
        kinds: Kinds of concepts.
        languages: Tags; designations and segments in others are left out, and what then lacks a second side.
        documents: Documents that a unit, or the evidence of a concept, comes from.
        min_score: The least score, in [0, 1]; what has no score passes.

    Raises:
        ConfigError: An unknown status, or a tag of another language.
    """

    statuses: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    min_score: float = 0.0

    def __post_init__(self) -> None:
        unknown = [status for status in self.statuses if status not in list(ConceptStatus)]
        if unknown:
            raise ConfigError(f"unknown status {unknown[0]!r}", "write verified, proposed or rejected")

    def tags(self) -> tuple[str, ...]:
        """Return the languages to write, in the order of :data:`termalign.model.TAGS`."""
        if not self.languages:
            return TAGS
        wanted = {canonical_tag(tag) for tag in self.languages}
        return tuple(str(tag) for tag in TAGS if tag in wanted or (tag.startswith("zh") and "zh" in wanted))

    def concepts(self, found: Iterable[Concept]) -> list[Concept]:
        """Return the concepts to write, with the designations to write."""
        return [kept for kept in map(self._concept, found) if kept is not None]

    def units(self, found: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield the units to write, with the segments to write: a memory is not held."""
        return (kept for kept in map(self._unit, found) if kept is not None)

    def _concept(self, concept: Concept) -> Concept | None:
        """Return a concept as it is to be written; ``None`` for one that is not."""
        subjects = {one.casefold() for one in self.subjects}
        is_wanted = (
            (not self.statuses or concept.status.value in self.statuses)
            and (not subjects or concept.subject.casefold() in subjects)
            and (not self.kinds or concept.kind in self.kinds)
            and (concept.score is None or concept.score >= self.min_score)
            and (
                not self.documents
                or any(self._is_seen(place.document) for one in concept.evidence for place in one.where)
            )
        )
        if not is_wanted:
            return None
        tags = self.tags()
        terms = tuple((tag, forms) for tag, forms in concept.terms if tag in tags)
        return None if not terms else concept if terms == concept.terms else replace(concept, terms=terms)

    def _unit(self, unit: TranslationUnit) -> TranslationUnit | None:
        """Return a unit as it is to be written; ``None`` for one that is not."""
        if unit.score is not None and unit.score < self.min_score:
            return None
        if self.documents and not any(self._is_seen(segment.document) for segment in unit.segments):
            return None
        if not self.languages:
            return unit
        tags = self.tags()
        kept = tuple(segment for segment in unit.segments if segment.language in tags)
        if len(kept) == len(unit.segments):
            return unit
        if len(kept) < 2:  # noqa: PLR2004 - a unit has two sides
            return None
        counts = unit.bead.split("-")
        if len(counts) == len(unit.segments):
            pairs = zip(unit.segments, counts, strict=True)
            bead = "-".join(count for segment, count in pairs if segment in kept)
        else:
            bead = "-".join("1" * len(kept))
        return replace(unit, segments=kept, bead=bead)

    def _is_seen(self, document: str) -> bool:
        """Tell whether a document is wanted."""
        return document in self.documents


def document_ids(names: Iterable[str], folder: Path) -> frozenset[str]:
    """Return what documents may be called in evidence and units.

    Args:
        names: Ids or paths, as a person writes them.
        folder: The folder of the build, whose ``documents.jsonl`` gives the id of each path.

    Returns:
        The names, and the ids of those that are paths there.

    Raises:
        ConfigError: The folder lists its documents and this is none of them.
    """
    wanted = list(names)
    listed = folder / DOCUMENTS_FILE
    if not wanted or not listed.is_file():
        return frozenset(wanted)
    ids: dict[str, str] = {}
    for line in listed.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ids[row["path"]] = ids[row["id"]] = row["id"]
    missing = [name for name in wanted if name not in ids]
    if missing:
        raise ConfigError(f"no document {missing[0]!r} in this build", f"name one of {', '.join(list(ids)[:6:2])}, ...")
    return frozenset(ids[name] for name in wanted)
