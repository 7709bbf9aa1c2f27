"""Content models: which elements, attributes and text an element may have, checked as they come."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

__all__ = ["Attribute", "Element", "Frame", "Step", "grammar"]

_STEP = re.compile(r"(\(([^)]*)\)|[^ ?*+()]+|\*)([?*+]?)(?= |$)")
_ATTRIBUTE = re.compile(r"([^!=@]+)(!?)(?:@(\w+))?(?:=(.*))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a content model: one of the names, at least ``least`` times, ``many`` times or once."""

    names: frozenset[str]
    least: int
    many: bool

    def __str__(self) -> str:
        return " or ".join(f"<{name}>" for name in sorted(self.names) if name != "*")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an attribute may hold: one of ``values``, or a value of a ``kind``; anything where both are empty."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """What an element may have."""

    name: str
    steps: tuple[Step, ...]
    text: bool
    attributes: dict[str, Attribute]
    required: tuple[str, ...]


@dataclass(slots=True)
class Frame:
    """An open element.

    Args:
        name: Its name.
        element: What it may have; ``None`` for one that is not looked into.
        attributes: As they stand there.
        line: Of its tag.
        column: Of its tag, 1-based.
        text_from: Where its text begins among the texts read.
    """

    name: str
    element: Element | None
    attributes: dict[str, str]
    line: int
    column: int
    text_from: int = 0
    step: int = 0
    n_seen: int = 0
    n_children: int = 0
    has_bad_text: bool = False
    data: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def take(self, name: str) -> Step | bool:
        """Move on to the step that a child fits.

        Args:
            name: Name of the child.

        Returns:
            ``True`` where it may stand; the step that must come before it; ``False`` where it may not stand at all.
        """
        self.n_children += 1
        if self.element is None:
            return True
        steps, at, n_seen = self.element.steps, self.step, self.n_seen
        missing: Step | None = None
        while at < len(steps):
            step = steps[at]
            if name in step.names and (step.many or not n_seen):
                if missing is None:
                    self.step, self.n_seen = at, n_seen + 1
                return missing or True
            if step.least > n_seen:
                missing = missing or step
            at, n_seen = at + 1, 0
        return False

    def missing(self) -> Step | None:
        """Return the first step that the element lacks at its end."""
        if self.element is None:
            return None
        n_seen = self.n_seen
        for step in self.element.steps[self.step :]:
            if step.least > n_seen:
                return step
            n_seen = 0
        return None


@cache
def grammar(name: str) -> dict[str, Element]:
    """Load the grammar of a format.

    Args:
        name: ``tmx`` or ``tbx``.

    Returns:
        Its elements by name.
    """
    path = files("termalign") / "data" / "validation" / f"{name}.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _element(key, row) for key, row in rows.items()}


def _element(name: str, row: dict[str, object]) -> Element:
    """Read one element."""
    steps = []
    for match in _STEP.finditer(str(row.get("content", ""))):
        names = match[2].split("|") if match[2] is not None else [match[1]]
        steps.append(Step(frozenset(names), int(match[3] in {"", "+"}), match[3] in {"*", "+"}))
    attributes, required = {}, []
    stated = row.get("attributes", [])
    for text in stated if isinstance(stated, list) else []:
        found = _ATTRIBUTE.fullmatch(text)
        if found:
            attributes[found[1]] = Attribute(found[3] or "", tuple(found[4].split("|")) if found[4] else ())
            required += [found[1]] if found[2] else []
    return Element(name, tuple(steps), bool(row.get("text")), attributes, tuple(required))
