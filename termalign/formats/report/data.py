"""What the page shows, and how much of it at most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termalign.model import Abstained, Calibration, Concept, Document, Passage, TranslationUnit

__all__ = [
    "MAX_ABSTAINED",
    "MAX_BARS",
    "MAX_CONCEPTS",
    "MAX_DOCUMENTS",
    "MAX_LISTED",
    "MAX_PLACES",
    "MAX_UNITS",
    "ReportData",
]

# A page with more opens too slowly to be read; what is left out is counted on the page and stands in the other files.
MAX_CONCEPTS = 5_000
MAX_UNITS = 500
MAX_ABSTAINED = 500
MAX_DOCUMENTS = 1_000
MAX_LISTED = 300  # concepts listed under one document
MAX_PLACES = 20  # places shown under one row of evidence
MAX_BARS = 15  # bars of one plot; the others are added up in a last one


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """All that a build knows and people want to see.

    Args:
        documents: The documents read.
        passages: Document id to its passages, for languages.
        concepts: The concept entries, in any order.
        units: The translation units; the first ones are shown, in this order.
        n_units: How many there are, where ``units`` holds only the first ones; 0: those.
        max_concepts: How many concepts are shown.
        abstained: Candidates left alone.
        skipped: Path and reason of each input that was not read.
        policies: Name, version and rule of each policy.
        settings: Settings of the build, as text.
        version: Version of termalign.
        quotes: Whether quotes and the text of segments may be shown.
        occurrences: Concept id to document id to how often its designations stand there. Where it is empty, the places of the
            evidence are counted instead, and the page says so.
        calibration: How the probabilities behind the scores held where that was measured; ``None`` where it is not known.
        gains: Concept id to what a reviewer gains from a verdict on it; proposed concepts stand in that order. Where it is
            empty, they stand by their scores.
    """

    documents: tuple[Document, ...]
    passages: Mapping[str, tuple[Passage, ...]]
    concepts: tuple[Concept, ...]
    units: tuple[TranslationUnit, ...]
    abstained: tuple[Abstained, ...]
    skipped: tuple[tuple[str, str], ...]
    policies: tuple[tuple[str, int, str], ...]
    settings: Mapping[str, str]
    version: str
    quotes: bool = True
    occurrences: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    gains: Mapping[str, float] = field(default_factory=dict)
    calibration: Calibration | None = None
    n_units: int = 0
    max_concepts: int = MAX_CONCEPTS

    @property
    def all_units(self) -> int:
        """How many translation units there are, shown or not."""
        return max(self.n_units, len(self.units))

    def seen(self, concept: Concept) -> Mapping[str, int]:
        """Count where a concept was seen.

        Args:
            concept: One of the entries.

        Returns:
            Document id to a count above 0: of occurrences where the build gave them, else of distinct places of evidence.
        """
        if self.occurrences:
            return {key: n for key, n in self.occurrences.get(concept.id, {}).items() if n > 0}
        places = {(place.document, place.spans) for one in concept.evidence for place in one.where}
        return Counter(document for document, _ in places)
