"""Inline codes: the native markup inside a segment, kept beside its text so that the text's offsets hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["INLINE_KINDS", "InlineCode"]

INLINE_KINDS = frozenset({"bpt", "ept", "it", "ph", "ut", "hi", "sub"})  # TMX 1.4b, section 3.3


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineCode:
    """One inline element of a segment.

    Args:
        kind: TMX's word for it: ``bpt`` and ``ept`` begin and end a pair, ``it`` is one half of a pair, ``ph`` stands
            alone, ``ut`` is unknown, ``hi`` highlights text; ``sub``, text inside a code, occurs only in ``content``.
        start: Where it stands in the text of the segment, in code points; of ``hi`` where its text begins.
        end: Where its text ends; equal to ``start`` for what has none in the segment. A line break stands for one space.
        attributes: Names and values as in the file, in its order.
        content: The native code: text, and ``sub`` elements with what is in them.
        n_inside: Of ``hi``: how many of the codes after it are inside it.
        blank: White space between it and the text, where it stands at an end of the segment, whose text has none there:
            it follows a code before the text and precedes one behind it. Of ``hi`` that beside its start tag.
        blank_end: Of ``hi``: the same beside its end tag.
    """

    kind: str
    start: int = 0
    end: int = 0
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple[str | InlineCode, ...] = ()
    n_inside: int = 0
    blank: str = ""
    blank_end: str = ""

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, empty where there is none."""
        return next((value for key, value in self.attributes if key == name), "")

    def as_json(self) -> dict[str, Any]:
        """Return a JSON object; what is empty is left out."""
        content = [part if isinstance(part, str) else part.as_json() for part in self.content]
        row: dict[str, Any] = {"kind": self.kind, "start": self.start, "end": self.end}
        row |= {"attributes": dict(self.attributes)} if self.attributes else {}
        row |= {"content": content} if content else {}
        row |= {"n_inside": self.n_inside} if self.n_inside else {}
        row |= {"blank": self.blank} if self.blank else {}
        return row | ({"blank_end": self.blank_end} if self.blank_end else {})

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> InlineCode:
        """Make a code of what :meth:`as_json` gave; anything else is a ``KeyError``, ``TypeError`` or ``ValueError``."""
        parts = row.get("content", ())
        if row["kind"] not in INLINE_KINDS:
            raise ValueError(f"kind {row['kind']!r}")
        return cls(
            kind=str(row["kind"]),
            start=int(row["start"]),
            end=int(row["end"]),
            attributes=tuple((str(key), str(value)) for key, value in dict(row.get("attributes", {})).items()),
            content=tuple(part if isinstance(part, str) else cls.from_json(part) for part in parts),
            n_inside=int(row.get("n_inside", 0)),
            blank=str(row.get("blank", "")),
            blank_end=str(row.get("blank_end", "")),
        )
