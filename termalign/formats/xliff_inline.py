"""Inline codes of XLIFF 1.2 and 2.x, brought to those of TMX: then both are read, kept and written in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.lines import one_line
from termalign.formats.tmx_inline import codes_of
from termalign.formats.xml import Node

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from termalign.model import InlineCode

__all__ = ["text_and_codes"]

_BREAKS = frozenset({"lb", "pb", "x-br", "fmt:lb"})
_ENCLOSING = frozenset({"g", "pc"})
_BEGIN, _END = frozenset({"bpt", "bx", "sc"}), frozenset({"ept", "ex", "ec"})
_NOTHING = frozenset({"sm", "em", "cp"})  # ends of marks, and characters that XML forbids
_KINDS = {"ph": "ph", "x": "ph", "it": "it"}
_POSITIONS = {"open": "begin", "close": "end"}


def text_and_codes(node: Node, data: Mapping[str, str], losses: Counter[str]) -> tuple[str, tuple[InlineCode, ...]]:
    """Read a source or target.

    Args:
        node: The element.
        data: Of 2.x, the native codes of its unit by id (``originalData``).
        losses: Counts texts inside codes (``sub``), which are no text of the segment.

    Returns:
        Its text on one line: without native codes, with what codes and marks enclose, a space for a break; and the codes.

    Source:
        XLIFF 1.2 (OASIS, 2008) section 2.4, XLIFF 2.1 (OASIS, 2018) section 4.7; TMX 1.4b section 3.3.
    """
    if all(isinstance(part, str) for part in node.parts):
        return one_line(node.text()), ()
    return codes_of(_Conversion(data, losses).content(node, "seg"), losses)


class _Conversion:
    """Elements of XLIFF into elements of TMX, with the pairs of codes numbered."""

    def __init__(self, data: Mapping[str, str], losses: Counter[str]) -> None:
        self._data, self._losses = data, losses
        self._numbers: dict[str, str] = {}
        self._n_pairs = 0

    def content(self, node: Node, name: str) -> Node:
        """Convert what is in an element."""
        return Node(name, "", {}, node.line, self._parts(node))

    def _parts(self, node: Node) -> list[str | Node]:
        """Convert the parts of an element."""
        parts: list[str | Node] = []
        for part in node.parts:
            parts += [part] if isinstance(part, str) else self._converted(part)
        return parts

    def _converted(self, node: Node) -> list[str | Node]:
        """Convert one element: into one code, two around its content, or its content alone."""
        name = node.name
        if name in _ENCLOSING:
            self._n_pairs += 1
            number = str(self._n_pairs)
            begin = self._code(node, "bpt", {"i": number, **_match(node)}, ref="dataRefStart")
            return [begin, *self._parts(node), self._code(node, "ept", {"i": number}, ref="dataRefEnd", typed=False)]
        if name in _BEGIN:
            return [self._code(node, "bpt", {"i": self._number(node), **_match(node)})]
        if name in _END:
            return [self._code(node, "ept", {"i": self._number(node)}, typed=False)]
        if name in _KINDS:
            position = {"pos": _POSITIONS.get(node.attributes.get("pos", ""), "begin")} if name == "it" else {}
            return [self._code(node, _KINDS[name], position | _match(node))]
        return [] if name in _NOTHING else self._parts(node)

    def _code(
        self, node: Node, kind: str, attributes: dict[str, str], *, ref: str = "dataRef", typed: bool = True
    ) -> Node:
        """Make a code, with its native code inside."""
        said = [node.attributes.get(name, "") for name in ("ctype", "type", "subType")]
        is_break = bool(_BREAKS & set(said)) or node.attributes.get("id", "").startswith("LINE_BREAK")
        stated = "lb" if is_break else next(filter(None, said), "")
        if stated and typed:
            attributes = attributes | {"type": stated}
        native = self._data.get(node.attributes.get(ref, ""), "")
        parts: list[str | Node] = [native] if native else []
        if not native and node.name not in _ENCLOSING:
            parts = self._native(node)
        return Node(kind, "", attributes, node.line, parts)

    def _native(self, node: Node) -> list[str | Node]:
        """Return the native code in an element of 1.2, with the texts in it."""
        parts: list[str | Node] = []
        for part in node.parts:
            if isinstance(part, str):
                parts.append(part)
            elif part.name == "sub":
                self._losses["text inside an inline code (sub), kept in the code only"] += 1
                parts.append(self.content(part, "sub"))
            else:
                parts += self._native(part)
        return parts

    def _number(self, node: Node) -> str:
        """Return the number of the pair that a code begins or ends."""
        said = node.attributes
        name = said.get("startRef") or said.get("rid") or said.get("id", "")
        if name not in self._numbers:
            self._n_pairs += 1
            self._numbers[name] = str(self._n_pairs)
        return self._numbers[name]


def _match(node: Node) -> dict[str, str]:
    """Return the number by which a code is matched with that of the other language: its id, where it is a number."""
    name = node.attributes.get("id", "")
    return {"x": name} if name.isascii() and name.isdigit() and len(name) < 10 else {}  # noqa: PLR2004 - what TMX tools take
