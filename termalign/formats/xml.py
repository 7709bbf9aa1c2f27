"""XML read as a stream of small trees, and text made fit to stand in XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError
from termalign.formats.lines import one_line
from termalign.formats.xml_stream import LIMITS, Limits, XmlStream

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterator

__all__ = ["LIMITS", "XML_LANG", "Limits", "Node", "attribute", "clean", "escape", "iter_nodes", "strip_illegal"]

XML_LANG = "http://www.w3.org/XML/1998/namespace lang"  # key of the attribute xml:lang
ILLEGAL = "character that XML forbids"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)


@dataclass(slots=True)
class Node:
    """An element with everything in it.

    Args:
        name: Local name, without prefix.
        namespace: URI of its namespace; empty where it has none.
        attributes: Values by local name; where the name has a namespace, by its URI, a space and the local name.
        line: 1-based line at which its tag begins.
        parts: Text and child elements in their order.
        around: The shells that it stands in, the outermost first, without content.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Node]
    around: tuple[Node, ...] = ()

    def child(self, name: str) -> Node | None:
        """Return the first child element of this name."""
        for part in self.parts:
            if not isinstance(part, str) and part.name == name:
                return part
        return None

    def elements(self, *names: str) -> Iterator[Node]:
        """Yield the child elements of these names, in their order; all child elements without names."""
        return (part for part in self.parts if not isinstance(part, str) and (not names or part.name in names))

    def text(self) -> str:
        """Return all text in the element and its descendants."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


def clean(text: str, losses: Counter[str]) -> str:
    """Make text fit for one line of XML.

    Args:
        text: Any text.
        losses: Counts the characters that XML forbids and that are therefore removed.

    Returns:
        The text on one line, with the blanks at its ends cut.

    Source:
        XML 1.0 (fifth edition), section 2.2.
    """
    text, n_removed = _ILLEGAL.subn("", one_line(text))
    losses[ILLEGAL] += n_removed
    return text.strip() if n_removed else text


def strip_illegal(text: str, losses: Counter[str]) -> str:
    """Remove the characters that XML forbids, and count them; everything else stays as it is."""
    if text.isprintable():
        return text
    text, n_removed = _ILLEGAL.subn("", text)
    losses[ILLEGAL] += n_removed
    return text


def escape(text: str) -> str:
    """Escape clean text to stand in an element: what must be and nothing else, as some importers unescape by hand."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


def attribute(text: str) -> str:
    """Escape clean text to stand between double quotation marks in an attribute."""
    return escape(text).replace('"', "&quot;")


def iter_nodes(
    file: BinaryIO,
    *,
    name: str,
    roots: Collection[str],
    wanted: Collection[str],
    shells: Collection[str] = (),
    limits: Limits = LIMITS,
) -> Iterator[Node]:
    """Read an XML file as a stream of the elements that matter.

    Args:
        file: The open file.
        name: Its name, in messages.
        roots: Local names that its root element may have.
        wanted: Local names of the elements to yield, each with everything in it.
        shells: Local names of the elements whose attributes hold for the wanted ones in them: where there are some, an
            element is wanted only directly in one of them.
        limits: How deep it may nest and how long a text may be.

    Yields:
        First the root element, without content; then each wanted element once it is complete. Comments and processing
        instructions are left out.

    Raises:
        DataError: No such file, not well-formed, in an unknown encoding, beyond a limit, or with an entity declared or
            used that XML itself does not define; with file and line.

    Source:
        XML 1.0 (fifth edition); the limits are those of CONTRACTS.md section 7.
    """
    stream = XmlStream(file, name=name, limits=limits)
    builder = _Builder(stream, roots, wanted, shells)
    try:
        for _ in stream.chunks():
            yield from builder.take()
    except DataError:
        yield from builder.take()  # what is sound comes first
        raise


class _Builder:
    """Builds nodes from what expat reports."""

    def __init__(
        self, stream: XmlStream, roots: Collection[str], wanted: Collection[str], shells: Collection[str]
    ) -> None:
        self._stream, self._roots, self._wanted, self._shells = stream, roots, wanted, shells
        self._around: tuple[Node, ...] = ()
        self._depth = self._n_text = self._n_elements = 0
        self._open: list[Node] = []
        self._ready: list[Node] = []
        self._parser = parser = stream.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def take(self) -> list[Node]:
        """Hand over what is complete."""
        ready, self._ready = self._ready, []
        return ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        namespace, _, local = tag.rpartition(" ")
        if self._depth == 1 and local not in self._roots:
            problem = f"root element <{local}> instead of <{'> or <'.join(self._roots)}>"
            raise self._stream.fault(problem, "give the right kind of file")
        self._stream.check_depth(self._depth)
        if self._open:
            self._take(attributes)
            node = Node(local, namespace, attributes, self._parser.CurrentLineNumber, [])
            self._open[-1].parts.append(node)
            self._open.append(node)
            return
        self._n_text = self._n_elements = 0
        if self._depth == 1:
            self._ready.append(Node(local, namespace, attributes, self._parser.CurrentLineNumber, []))
        elif local in self._shells and len(self._around) == self._depth - 2:
            self._around = (*self._around, Node(local, namespace, attributes, self._parser.CurrentLineNumber, []))
        elif local in self._wanted and (not self._shells or len(self._around) == self._depth - 2 > 0):
            line = self._parser.CurrentLineNumber
            self._open.append(Node(local, namespace, attributes, line, [], self._around))

    def _end(self, _tag: str) -> None:
        """Close an element."""
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._ready.append(node)
            return
        self._n_text = 0
        if len(self._around) == self._depth > 0:
            self._around = self._around[:-1]

    def _take(self, attributes: dict[str, str]) -> None:
        """Count an element inside of a wanted one, and its attributes as text of it."""
        self._n_elements += 1
        self._stream.check_elements(self._n_elements)
        if attributes:
            self._n_text += sum(map(len, attributes.values()))
            self._stream.check_text(self._n_text)

    def _text(self, data: str) -> None:
        """Take text in."""
        self._n_text += len(data)
        self._stream.check_text(self._n_text)
        if self._open:
            self._open[-1].parts.append(data)
