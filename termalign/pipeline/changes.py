"""What became of the concepts of the last build: those whose evidence vanished or moved are told to people.

The files of a build say nothing of the one before: an updated pile gives the bytes of a clean build. So this goes into the
summary only.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termalign.workspace.manifest import DECISIONS, GLOSSARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from termalign.model import Concept

__all__ = ["Changes", "changes_since"]

N_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How the concepts of two builds differ, by id.

    Args:
        vanished: Concepts whose evidence is gone, with their designations.
        renamed: The old id and the new one of concepts that have other preferred designations now.
        moved: Concepts that are still there, with evidence that no longer stands where it stood.
        decided: Vanished or renamed ones of which a decision speaks.
    """

    vanished: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """Tell it to people, a line each."""
        rows = (
            ("concept has lost its evidence", [f"{one} ({text})" for one, text in self.vanished]),
            ("concept has a new id", [f"{old} is {new}" for old, new in self.renamed]),
            ("concept has evidence that moved", self.moved),
            ("concept with a decision is among those that went or have a new id", self.decided),
        )
        return tuple(f"{_counted(len(found), what)}: {_shown(found)}" for what, found in rows if found)


def changes_since(folder: Path, concepts: Sequence[Concept]) -> Changes:
    """Compare the concepts of a build with those that the last build left in a workspace.

    Args:
        folder: The workspace, before the new results are written.
        concepts: The new concepts.

    Returns:
        What went, moved, or has a new id; empty for a first build.
    """
    old = {str(row["id"]): row for row in _rows(folder / GLOSSARY) if "id" in row}
    new = {concept.id: concept for concept in concepts}
    holders: dict[tuple[str, str], set[str]] = {}
    for concept in concepts:
        for form in _forms(concept):
            holders.setdefault(form, set()).add(concept.id)
    vanished, renamed = [], []
    for number in sorted(old.keys() - new.keys()):
        forms = _old_forms(old[number])
        heir = _heir(forms, holders)
        if heir and heir not in old:
            renamed.append((number, heir))
        else:
            vanished.append((number, " = ".join(text for _, text in sorted(forms))))
    gone = {number for number, _ in (*vanished, *renamed)}
    decided = {str(row.get("id")) for row in _rows(folder / DECISIONS)}
    return Changes(
        vanished=tuple(vanished),
        renamed=tuple(renamed),
        moved=tuple(number for number in sorted(old.keys() & new.keys()) if _has_moved(old[number], new[number])),
        decided=tuple(sorted(gone & decided)),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read the objects of a file of JSON lines; what is none is passed over, as this only informs."""
    with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8") as file:
        for line in file:
            with suppress(ValueError, RecursionError):
                row = json.loads(line)
                if isinstance(row, dict):
                    yield row


def _forms(concept: Concept) -> Iterator[tuple[str, str]]:
    return ((tag, one.text) for tag, found in concept.terms for one in found)


def _old_forms(row: Mapping[str, Any]) -> set[tuple[str, str]]:
    with suppress(AttributeError, KeyError, TypeError):
        return {(tag, one["text"]) for tag, found in row["terms"].items() for one in found}
    return set()


def _heir(forms: set[tuple[str, str]], holders: Mapping[tuple[str, str], set[str]]) -> str:
    """Find the new concept that holds most designations of an old one, more than half of them; empty where none does."""
    votes: dict[str, int] = {}
    for form in forms:
        for number in holders.get(form, ()):
            votes[number] = votes.get(number, 0) + 1
    best = min(votes, key=lambda number: (-votes[number], number), default="")
    return best if best and votes[best] * 2 > len(forms) else ""


def _has_moved(row: Mapping[str, Any], concept: Concept) -> bool:
    """Tell whether evidence of an entry is gone or no longer stands where it stood."""
    places = {(one.id, place.document) for one in concept.evidence for place in one.where}
    ids = {one.id for one in concept.evidence}
    with suppress(AttributeError, KeyError, TypeError):
        return any(
            one["id"] not in ids or any((one["id"], place["document"]) not in places for place in one["where"])
            for one in row["evidence"]
        )
    return True


def _counted(number: int, what: str) -> str:
    """Count, with the plural that English has."""
    plural = what.replace("concept", "concepts", 1).replace(" has ", " have ", 1).replace(" is ", " are ", 1)
    plural = plural.replace(" its ", " their ")
    return f"{number} {what if number == 1 else plural} since the last build"


def _shown(found: Sequence[str]) -> str:
    return ", ".join(found[:N_SHOWN]) + (f" and {len(found) - N_SHOWN} more" if len(found) > N_SHOWN else "")
