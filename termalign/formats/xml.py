"""XML from strangers read as a stream of small trees, and text made fit to stand in XML.

Ours, on expat instead of lxml, for reading TMX and TBX: the places in messages are exact in long files (libxml2 loses
count after line 65,535), the limits are ours to set and to name, and an entity declaration is refused where it
stands, before anything could expand. Nothing is ever fetched.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from termalign.errors import DataError, Where
from termalign.formats.lines import one_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterator

__all__ = ["LIMITS", "XML_LANG", "Limits", "Node", "attribute", "clean", "escape", "iter_nodes"]

XML_LANG = "http://www.w3.org/XML/1998/namespace lang"  # key of the attribute xml:lang
ILLEGAL = "character that XML forbids"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)
_CHUNK = 2**16
_DECLARATION = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NATIVE = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "ascii"})  # expat reads these itself
_ALIASES = {"windows-31j": "cp932", "x-sjis": "cp932"}  # names that Python does not know
# All others are decoded first, by the superset that files mean.
_DECODED = {
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp1252": "cp1252",
    "cp932": "cp932",
    "cp950": "cp950",
    "euc_jp": "euc_jis_2004",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso2022_jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "utf-32": "utf-32",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may ask for.

    Args:
        depth: Deepest nesting of elements.
        text: Longest text of one element in characters, and longest tag in bytes.
    """

    depth: int = 256
    text: int = 64 * 2**20


LIMITS = Limits()


@dataclass(slots=True)
class Node:
    """An element with everything in it.

    Args:
        name: Local name, without prefix.
        namespace: URI of its namespace; empty where it has none.
        attributes: Values by local name; where the name has a namespace, by its URI, a space and the local name.
        line: 1-based line at which its tag begins.
        parts: Text and child elements in their order.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Node]

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


def escape(text: str) -> str:
    """Escape clean text to stand in an element: what must be and nothing else, as some importers unescape by hand."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


def attribute(text: str) -> str:
    """Escape clean text to stand between double quotation marks in an attribute."""
    return escape(text).replace('"', "&quot;")


def iter_nodes(
    file: BinaryIO, *, name: str, roots: Collection[str], wanted: Collection[str], limits: Limits = LIMITS
) -> Iterator[Node]:
    """Read an XML file as a stream of the elements that matter.

    Args:
        file: The open file.
        name: Its name, in messages.
        roots: Local names that its root element may have.
        wanted: Local names of the elements to yield, each with everything in it.
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
    start = file.read(_CHUNK)
    decoder = _decoder(start, name)
    builder = _Builder(name, roots, wanted, limits, encoding="utf-8" if decoder else None)
    chunk, n_fed = start, 0
    while chunk:
        n_fed += builder.feed(chunk, decoder)
        # Expat holds an unfinished tag back: what it has not reported must not grow without end.
        if n_fed - builder.parser.CurrentByteIndex > limits.text:
            raise builder.fault(f"a tag longer than the limit of {limits.text} bytes", "the file is not what it seems")
        yield from builder.take()
        chunk = file.read(_CHUNK)
    builder.feed(b"", decoder, final=True)
    yield from builder.take()


def _decoder(start: bytes, name: str) -> codecs.IncrementalDecoder | None:
    """Return a decoder for an encoding that expat does not read itself, by the XML declaration."""
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return codecs.getincrementaldecoder("utf-32")()
    declared = _DECLARATION.match(start)
    if not declared:
        return None
    encoding = declared[1].decode("ascii")
    try:
        known = codecs.lookup(_ALIASES.get(encoding.lower(), encoding)).name
        return None if known in _NATIVE else codecs.getincrementaldecoder(_DECODED[known])()
    except LookupError as exc:  # also a KeyError: codecs of Python that are no encodings
        raise DataError(f"unknown encoding {encoding!r}", Where(file=name, line=1), "save the file as UTF-8") from exc


class _Builder:
    """Builds nodes from what expat reports."""

    def __init__(
        self, name: str, roots: Collection[str], wanted: Collection[str], limits: Limits, *, encoding: str | None
    ) -> None:
        self._name, self._roots, self._wanted = name, roots, wanted
        self._max_depth, self._max_text = limits.depth, limits.text
        self._depth = self._n_text = 0
        self._open: list[Node] = []
        self._ready: list[Node] = []
        self.parser = parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped

    def feed(self, chunk: bytes, decoder: codecs.IncrementalDecoder | None, *, final: bool = False) -> int:
        """Parse the next bytes and return how many there were for the parser."""
        try:
            data = decoder.decode(chunk, final).encode("utf-8") if decoder else chunk
            self.parser.Parse(data, final)
        except expat.ExpatError as exc:
            reason = expat.ErrorString(exc.code)
            if exc.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
                reason = "a character that XML forbids there, or a byte that is not in the file's encoding"
            problem = f"not well-formed XML: {reason}"
            where = Where(file=self._name, line=exc.lineno)
            raise DataError(problem, where, "export the file anew, or mend it there") from exc
        except UnicodeDecodeError as exc:
            raise self.fault(f"not in {exc.encoding}, as the XML declaration says", "save the file as UTF-8") from exc
        return len(data)

    def take(self) -> list[Node]:
        """Hand over what is complete."""
        ready, self._ready = self._ready, []
        return ready

    def fault(self, problem: str, fix: str) -> DataError:
        """Make an error about the place that the parser is at."""
        return DataError(problem, Where(file=self._name, line=self.parser.CurrentLineNumber), fix)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        self._n_text = 0
        namespace, _, local = tag.rpartition(" ")
        if self._depth == 1 and local not in self._roots:
            raise self.fault(
                f"root element <{local}> instead of <{'> or <'.join(self._roots)}>", "give the right kind of file"
            )
        if self._depth > self._max_depth:
            raise self.fault(f"nested deeper than the limit of {self._max_depth} levels", "flatten the file")
        if self._open:
            node = Node(local, namespace, attributes, self.parser.CurrentLineNumber, [])
            self._open[-1].parts.append(node)
            self._open.append(node)
        elif self._depth == 1:
            self._ready.append(Node(local, namespace, attributes, self.parser.CurrentLineNumber, []))
        elif local in self._wanted:
            self._open.append(Node(local, namespace, attributes, self.parser.CurrentLineNumber, []))

    def _end(self, _tag: str) -> None:
        """Close an element."""
        self._depth -= 1
        self._n_text = 0
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._ready.append(node)

    def _text(self, data: str) -> None:
        """Take text in."""
        self._n_text += len(data)
        if self._n_text > self._max_text:
            raise self.fault(
                f"a text longer than the limit of {self._max_text} characters", "the file is not what it seems"
            )
        if self._open:
            self._open[-1].parts.append(data)

    def _declared(self, entity: str, *_rest: object) -> None:
        """Refuse an entity declaration: billion laughs, external files."""
        raise self.fault(
            f"the file declares the entity {entity!r}", "remove its <!ENTITY ...> and write the text itself"
        )

    def _skipped(self, entity: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        """Refuse an entity that only a file we do not read could define."""
        raise self.fault(f"entity &{entity}; is not defined in the file", "write the character itself")
