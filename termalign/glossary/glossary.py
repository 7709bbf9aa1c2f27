"""A glossary at hand: load concept entries and look terms up in any spelling."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.glossary.shipped import glossaries
from termalign.glossary.spelling import differences, keys, plain
from termalign.languages.characters import has_cjk
from termalign.languages.fold import fold
from termalign.model import Answer, ConceptStatus, Hit, Match, TermStatus, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from termalign.model import Concept, Designation

__all__ = ["Glossary"]

MAX_QUERY = 1000  # code points; a longer query is no term
MIN_NEAR, MIN_TWO_EDITS = 3, 6  # folded characters from which one edit, two edits are near (CONTRACTS.md section 2)
MIN_PREFIX_CJK, MIN_PREFIX_LATIN = 2, 4
STATUS_ORDER = (TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.DEPRECATED, TermStatus.SUPERSEDED)
Found = tuple[int, str, int]  # concept number, language, designation number


class Glossary:
    """Concept entries and an index over their spellings.

    Args:
        concepts: Entries; rejected ones are kept but not found.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: tuple[Concept, ...] = tuple(concepts)
        self._index: defaultdict[str, dict[Found, str]] = defaultdict(dict)
        for number, concept in enumerate(self.concepts):
            if concept.status is not ConceptStatus.REJECTED:
                self._add(number, concept)

    @classmethod
    def load(cls, *sources: str | Path) -> Glossary:
        """Load glossaries.

        Args:
            sources: JSONL files or names of shipped glossaries, the first of higher rank: of entries with one id the first
                counts. None means all shipped glossaries.

        Returns:
            The glossary.

        Raises:
            ConfigError: Neither a file nor a shipped name.
            DataError: A file that breaks the format, with file and line.
        """
        shipped = glossaries()
        found: dict[str, Concept] = {}
        for source in sources or tuple(shipped):
            path = shipped.get(str(source), Path(source))
            if path.is_dir():
                path = path / "glossary.jsonl"
            if not path.exists():
                known = f"; shipped are {', '.join(shipped)}" if shipped else ""
                raise ConfigError(
                    f"no glossary {str(source)!r}", f"name a .jsonl file or a folder that build wrote{known}"
                )
            try:
                with path.open("rb") as file:
                    for concept in CONCEPTS_JSONL.read(file, name=path.name):
                        found.setdefault(concept.id, concept)
            except OSError as exc:
                raise DataError(
                    f"cannot be read: {exc.strerror}", Where(file=str(source)), "check the path and its rights"
                ) from exc
        return cls(found.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def _add(self, number: int, concept: Concept) -> None:
        for language, designations in concept.terms:
            for place, one in enumerate(designations):
                for text, reading in ((one.text, False), (dict(one.extra).get("reading", ""), True)):
                    for key, why in keys(text):
                        reason = "reading" if reading else why
                        self._index[key].setdefault((number, language, place), reason)
                    if reading and not has_cjk(text):
                        self._index[plain(text)].setdefault((number, language, place), "reading")

    def lookup(self, query: str, *, source: str | None = None, target: str | None = None, limit: int = 10) -> Answer:
        """Find the concepts that a term, in any spelling, script or reading, stands for.

        Args:
            query: The term.
            source: Tag of the language the query is in; ``None`` means any.
            target: Tag of a language that a concept must have; ``None`` means any.
            limit: The most near misses that are returned.

        Returns:
            Exact hits, ordered as CONTRACTS.md section 2 says; near misses only where nothing is exact, best first; no hits for
            an empty query and for one of more than 1,000 code points.
        """
        if not query.strip() or len(query) > MAX_QUERY:
            return Answer(query=query, hits=())
        hits = self._exact(query, source=source, target=target)
        return Answer(query=query, hits=hits or self._near(query, source=source, target=target)[:limit])

    def _wanted(self, found: Found, source: str | None, target: str | None) -> bool:
        number, language, _ = found
        concept = self.concepts[number]
        return (source is None or same_language(language, source)) and (
            target is None or any(same_language(tag, target) for tag, _ in concept.terms)
        )

    def _designation(self, found: Found) -> Designation:
        number, language, place = found
        return self.concepts[number].designations(language)[place]

    def _exact(self, query: str, *, source: str | None, target: str | None) -> tuple[Hit, ...]:
        best: dict[int, tuple[tuple[object, ...], Hit]] = {}
        for key, why in keys(query):
            for found, reason in self._index.get(key, {}).items():
                if not self._wanted(found, source, target):
                    continue
                one = self._designation(found)
                reasons = (reason or why,) if reason or why else differences(query, one.text)
                hit = self._hit(found, Match.EXACT, 1.0, reasons)
                rank = (bool(reason or why), len(reasons), STATUS_ORDER.index(one.status), found[0])
                if found[0] not in best or rank < best[found[0]][0]:
                    best[found[0]] = (rank, hit)
        ordered = sorted(
            best.values(), key=lambda item: (STATUS_ORDER.index(item[1].designation.status), item[1].concept.id)
        )
        return tuple(hit for _, hit in ordered)

    def _hit(self, found: Found, match: Match, score: float, why: tuple[str, ...]) -> Hit:
        return Hit(
            concept=self.concepts[found[0]],
            match=match,
            score=score,
            why=why,
            language=found[1],
            designation=self._designation(found),
        )

    def _near(self, query: str, *, source: str | None, target: str | None) -> tuple[Hit, ...]:
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded only when nothing is exact

        key = fold(query)
        edits = 0 if len(key) < MIN_NEAR else 1 if len(key) < MIN_TWO_EDITS else 2
        shortest = MIN_PREFIX_CJK if has_cjk(key) else MIN_PREFIX_LATIN
        best: dict[int, Hit] = {}
        for other, places in self._index.items():
            distance = (
                OSA.distance(key, other, score_cutoff=edits) if abs(len(key) - len(other)) <= edits else edits + 1
            )
            if distance <= edits:
                score, why = (
                    1 - distance / max(len(key), len(other)),
                    ("1 letter differs" if distance == 1 else "2 letters differ",),
                )
            elif len(key) >= shortest and other.startswith(key):
                score, why = len(key) / len(other), ("begins so",)
            else:
                continue
            for found in places:
                if self._wanted(found, source, target) and (found[0] not in best or best[found[0]].score < score):
                    best[found[0]] = self._hit(found, Match.NEAR, round(score, 4), why)
        return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.concept.id)))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per designation as a pandas frame: concept, status, score, language, text, type, term_status, verified."""
        import pandas as pd  # noqa: PLC0415 - a second of import that lookups do not pay

        rows = [
            {
                "concept": concept.id,
                "status": concept.status.value,
                "score": concept.score,
                "language": language,
                "text": one.text,
                "type": one.type,
                "term_status": one.status.value,
                "verified": one.verified,
                "count": one.count,
            }
            for concept in self.concepts
            for language, designations in concept.terms
            for one in designations
        ]
        columns = ["concept", "status", "score", "language", "text", "type", "term_status", "verified", "count"]
        return pd.DataFrame(rows, columns=columns)
