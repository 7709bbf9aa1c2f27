"""What the elements of TBX say beside their structure: data categories in both styles, notes, transactions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from termalign.errors import DataError
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.formats.jsonl import Fields, Spot
from termalign.formats.lines import one_line
from termalign.formats.own_values import value_of
from termalign.formats.xml import XML_LANG, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.errors import Where
    from termalign.model import Evidence

__all__ = ["Aux", "Description", "evidence_of", "read_aux"]

_NAMESPACES = ("urn:iso:std:iso:30042:ed-2", "")  # elsewhere an element is named by its data category (DCT)
_STRUCTURE = frozenset({"langSec", "langSet", "termSec", "tig", "ntig", "term", "termCompList"})
_GROUPS = frozenset({"adminGrp", "termGrp", "termNoteGrp"})
_OUR_NOTE = re.compile(r"x-([A-Za-z_]+): (.+)")
_POLICY = re.compile(r"policy (\S+) (\d+)")
_DESCRIPTIONS = frozenset({"definition", "context"})


@dataclass(frozen=True, slots=True)
class Description:
    """A definition or context with its source, and its language where it states one."""

    category: str
    text: str
    source: str = ""
    language: str = ""


@dataclass(slots=True)
class Aux:
    """What an element says: data categories, our own notes, other notes, relations, a verdict, how many other transactions."""

    values: dict[str, Any] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)
    evidence: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    relations: list[dict[str, str]] = field(default_factory=list)
    verified_by: dict[str, Any] | None = None
    n_transactions: int = 0

    def keep(self, category: str, text: str) -> None:
        """Keep the value of a data category; further ones make a list."""
        if category not in self.values:
            self.values[category] = text
        elif isinstance(self.values[category], list):
            self.values[category].append(text)
        else:
            self.values[category] = [self.values[category], text]

    def pick(self, category: str) -> str:
        """Take a value out, the first of several; empty where there is none."""
        value = self.values.pop(category, "")
        return str(value[0]) if isinstance(value, list) else str(value)


def read_aux(node: Node) -> Aux:
    """Gather what an element says beside its structure.

    Args:
        node: An entry, the section of a language, or a term.

    Returns:
        All of it; what its sections say is left to them.
    """
    aux = Aux()
    for part in _parts(node):
        if part.name == "transacGrp":
            verdict = _verdict(part)
            aux.n_transactions += verdict is None
            aux.verified_by = aux.verified_by or verdict
        elif part.name == "descripGrp":
            _group(part, aux)
        else:
            _leaf(part, aux)
    return aux


def _parts(node: Node) -> Iterator[Node]:
    """Yield the elements that say something, those inside groups too."""
    for part in node.elements():
        if part.name in _GROUPS:
            yield from _parts(part)
        elif part.name not in _STRUCTURE:
            yield part


def _category(node: Node) -> str:
    """Return the data category of an element."""
    return node.attributes.get("type", node.name) if node.namespace in _NAMESPACES else node.name


def _group(group: Node, aux: Aux) -> None:
    """Read a description with what is said about it."""
    parts = list(group.elements())
    main = next((part for part in parts if _category(part) in _DESCRIPTIONS), None)
    if main is None:
        for part in parts:
            _leaf(part, aux)
        return
    source = next((one_line(part.text()) for part in parts if _category(part) == "source"), "")
    _describe(main, source, aux)
    for part in parts:
        aux.n_transactions += part.name == "transacGrp"
        if part is not main and part.name != "transacGrp" and _category(part) != "source":
            _leaf(part, aux)


def _describe(node: Node, source: str, aux: Aux) -> None:
    """Keep a definition or context."""
    text = one_line(node.text())
    if text:
        aux.descriptions.append(Description(_category(node), text, source, node.attributes.get(XML_LANG, "")))


def _leaf(node: Node, aux: Aux) -> None:
    """Read one data category or note."""
    category, text = _category(node), one_line(node.text())
    ours = _OUR_NOTE.fullmatch(text) if category == "note" else None
    if ours and ours[1] == "evidence":
        aux.evidence.append(value_of(ours[2]))
    elif ours:
        aux.ours[ours[1]] = value_of(ours[2])
    elif category in {"note", "Usage note"}:
        aux.notes += [text] if text else []
    elif category in _DESCRIPTIONS:
        _describe(node, "", aux)
    elif category == "crossReference":
        aux.relations.append({"type": text, "id": node.attributes.get("target", "")})
    elif category in {"externalCrossReference", "xGraphic"}:
        aux.keep(category, node.attributes.get("target", "") or text)
    elif text:
        aux.keep(category, text)


def _verdict(group: Node) -> dict[str, Any] | None:
    """Read who vouches for an entry out of a transaction of ours; ``None`` for one that says something else."""
    ours: dict[str, Any] = {}
    who = when = ""
    for part in group.elements():
        text = one_line(part.text())
        note = _OUR_NOTE.fullmatch(text)
        if note:
            ours[note[1]] = value_of(note[2])
        elif part.name == "date":
            when = text
        elif _category(part) == "responsibility":
            who = text
    if not ours.pop("verified", False):
        return None
    policy = _POLICY.fullmatch(who)
    stated: dict[str, Any] = (
        {"policy": policy[1], "version": int(policy[2])} if policy else {"by": who} | ({"at": when} if when else {})
    )
    return stated | ours


def evidence_of(aux: Aux, where: Where) -> tuple[Evidence, ...]:
    """Read the evidence in our notes.

    Args:
        aux: What an entry says.
        where: Its place.

    Returns:
        The evidence in the order of the notes; a note that is none after all stays among the notes.
    """
    found = []
    for row in aux.evidence:
        try:
            spot = Spot(where.file, where.line or 1, f"{where.path}.evidence")
            found.append(CONCEPTS_JSONL.evidence(Fields(row, spot)))
        except DataError:
            aux.notes.append(f"x-evidence: {row}")
    return tuple(found)
