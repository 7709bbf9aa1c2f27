"""TBX-Min of 2014, a small dialect of its own with two languages, brought to the elements of TBX version 2."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termalign.formats.xml import Node

__all__ = ["MIN_ENTRY", "MIN_ROOT", "as_entry"]

MIN_ROOT, MIN_ENTRY = "TBX", "entry"
_NAMES = {"entry": "termEntry", "langGroup": "langSet", "termGroup": "tig"}
# Elements that are data categories of version 2, with the element that bears those there.
_CATEGORIES = {
    "subjectField": ("descrip", "subjectField"),
    "termStatus": ("termNote", "administrativeStatus"),
    "partOfSpeech": ("termNote", "partOfSpeech"),
    "customer": ("admin", "customerSubset"),
}


def as_entry(node: Node) -> Node:
    """Bring an entry of TBX-Min to version 2.

    Args:
        node: An ``entry``.

    Returns:
        A ``termEntry`` with the same in it; notes in groups have their keys before them.

    Source:
        TBX-Min, data model of 2014 (LTAC Global, BYU Translation Research Group).
    """
    parts: list[str | Node] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.name == "noteGrp":
            parts += [_note(note) for note in part.elements("note")]
        else:
            parts.append(as_entry(part))
    if node.name in _CATEGORIES:
        name, category = _CATEGORIES[node.name]
        return replace(node, name=name, namespace="", attributes={"type": category}, parts=parts)
    return replace(node, name=_NAMES.get(node.name, node.name), namespace="", parts=parts)


def _note(note: Node) -> Node:
    """Put key and value of a note into one text."""
    texts = [one.text().strip() for one in note.elements("noteKey", "noteValue")]
    return replace(note, parts=[": ".join(filter(None, texts)) or note.text()])
