"""Where a bilingual list says two things at once: one target for two concepts, or one source with two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termalign.formats.pairs import IN_USE
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Concept

__all__ = ["Conflict", "find_conflicts"]

ONE_TARGET, ONE_SOURCE = "one target, several sources", "one source, several targets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A form that stands for several concepts in a bilingual list.

    Args:
        kind: Which side is one and which several.
        pair: The languages, the one translated from first.
        text: The one form.
        others: The forms against it, with the concept of each.
    """

    kind: str
    pair: tuple[str, str]
    text: str
    others: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """Return what a program may read."""
        others = [{"text": text, "concept": concept} for text, concept in self.others]
        return {"kind": self.kind, "pair": list(self.pair), "text": self.text, "others": others}

    def __str__(self) -> str:
        several = " / ".join(dict.fromkeys(text for text, _ in self.others))
        left, right = (several, self.text) if self.kind == ONE_TARGET else (self.text, several)
        return f"{self.kind} ({self.pair[0]} to {self.pair[1]}): {left} = {right}"


def find_conflicts(concepts: Iterable[Concept], pair: tuple[str, str]) -> list[Conflict]:
    """Find the conflicts of a list in one direction.

    Args:
        concepts: What it is made of.
        pair: The languages, the one translated from first.

    Returns:
        First the targets that stand for several concepts, then the sources, each by its form. Forms are compared folded;
        synonyms of one concept are no conflict. Deprecated designations are not looked at: the list has none.

    Source:
        Ours; ISO 12616, on why one term should stand for one concept.
    """
    sources: dict[str, list[tuple[str, str, str]]] = {}
    targets: dict[str, list[tuple[str, str, str]]] = {}
    for concept in concepts:
        lefts, rights = ([one.text for one in concept.designations(tag) if one.status in IN_USE] for tag in pair)
        for left in lefts:
            for right in rights:
                sources.setdefault(fold(left), []).append((left, right, concept.id))
                targets.setdefault(fold(right), []).append((right, left, concept.id))
    found = _several(targets, ONE_TARGET, pair) + _several(sources, ONE_SOURCE, pair)
    return sorted(found, key=lambda one: (one.kind != ONE_TARGET, fold(one.text), one.text))


def _several(forms: dict[str, list[tuple[str, str, str]]], kind: str, pair: tuple[str, str]) -> list[Conflict]:
    """Return the forms that several concepts have, where they differ on the other side."""
    conflicts = []
    for rows in forms.values():
        if len({concept for *_, concept in rows}) > 1 and len({fold(other) for _, other, _ in rows}) > 1:
            others = tuple(dict.fromkeys((other, concept) for _, other, concept in rows))
            conflicts.append(Conflict(kind=kind, pair=pair, text=rows[0][0], others=others))
    return conflicts
