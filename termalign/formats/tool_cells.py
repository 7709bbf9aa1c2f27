"""The cells that the tables of translation tools are made of, and the count of what has no cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.formats.concept_table import count_losses
from termalign.formats.lines import one_cell
from termalign.formats.pairs import IN_USE, ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.formats.losses import Losses
    from termalign.formats.profiles import GlossaryLayout
    from termalign.model import Concept, Designation

__all__ = ["Cells"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Maker of cells.

    Args:
        layout: What the tool wants.
        languages: Tags that are written.
        losses: Takes the counts of what has no cell.
    """

    layout: GlossaryLayout
    languages: tuple[str, ...]
    losses: Losses

    def good(self, concept: Concept, tag: str) -> list[Designation]:
        """Return the designations in a language that may be used, the preferred one first; the others are counted."""
        good = []
        for one in sorted(concept.designations(tag), key=lambda one: ORDER.index(one.status)):
            if one.status in IN_USE:
                good.append(one)
            else:
                self.losses.note(f"{one.status.value} designation skipped", one.text)
        return good

    def has_any(self, concept: Concept, found: Mapping[str, Sequence[Designation]]) -> bool:
        """Tell whether a concept has something to write; one that has not is counted."""
        if any(found.values()):
            return True
        self.losses.note("concept skipped: no designation in the languages of the file", concept.id)
        return False

    def entry_headings(self) -> list[str]:
        """Return the headings of the columns of an entry."""
        return [one for one in (self.layout.id, self.layout.subject, *self.layout.empty, self.layout.note) if one]

    def entry(self, concept: Concept) -> list[str]:
        """Return the cells of an entry."""
        cells = [concept.id] if self.layout.id else []
        cells += [concept.subject] if self.layout.subject else []
        cells += [""] * len(self.layout.empty)
        cells += [self._notes(concept)] if self.layout.note else []
        return [one_cell(cell) for cell in cells]

    def definition(self, concept: Concept, tag: str) -> str:
        """Return the definition in a language; its source, which has no cell, is counted."""
        entry = self._definitions(concept).get(tag)
        if isinstance(entry, dict):
            self.losses["source of a definition"] += bool(entry.get("source"))
            entry = entry.get("text")
        return one_cell(entry) if isinstance(entry, str) else ""

    def description(self, concept: Concept) -> str:
        """Return the first definition, in whatever language; the others are counted."""
        texts = [text for text in (self.definition(concept, tag) for tag in self.languages) if text]
        self.losses["definition in a second language skipped"] += max(0, len(texts) - 1)
        self.losses["definition moved to the description"] += bool(texts)
        return texts[0] if texts else ""

    def count_unheld(self, concept: Concept) -> None:
        """Count what an entry has and the table has no cell for."""
        layout = self.layout
        held = {"terms"}
        held |= {"subject"} if layout.subject else set()
        held |= {"notes"} if layout.note else set()
        held |= {"definitions"} if layout.definition or layout.description else set()
        held |= {"caseSensitive"} if layout.case else set()
        count_losses(concept, held, self.losses)
        for tag, found in concept.terms:
            if tag not in self.languages and layout.layout != "pairs":
                for one in found:
                    self.losses.note(f"{tag} designation skipped: the file has no column for it", one.text)

    def _definitions(self, concept: Concept) -> dict[str, object]:
        """Return the definitions of an entry by language."""
        found = dict(concept.extra).get("definitions")
        return found if isinstance(found, dict) else {}

    def _notes(self, concept: Concept) -> str:
        """Return the notes of an entry in one text."""
        notes = dict(concept.extra).get("notes") or ()
        texts = [notes] if isinstance(notes, str) else [note for note in notes if isinstance(note, str)]
        return "; ".join(texts)
