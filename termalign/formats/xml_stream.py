"""XML from strangers fed to expat chunk by chunk, within limits and with nothing fetched.

Ours, on expat instead of lxml: the places in messages are exact in long files (libxml2 loses count after line 65,535),
the limits are ours to set and to name, and an entity declaration is refused where it stands, before anything could
expand.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from termalign.errors import DataError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LIMITS", "Limits", "NotWellFormedError", "TextWatch", "XmlStream"]

_CHUNK = 2**15
_FIX = "the file is not what it seems"
_DECLARATION = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_OTHER = re.compile(
    rb"""\xff\xfe|\xfe\xff|[^<]?\x00|(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE
)
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
        text: Longest text of one element in characters; also of one unit or entry with all texts in it.
        tag: Longest tag or comment in bytes: the parser holds it whole.
        elements: Most elements in one unit or entry, which are held until it ends.
    """

    depth: int = 256
    text: int = 64 * 2**20
    tag: int = 16 * 2**20
    elements: int = 200_000


LIMITS = Limits()


class NotWellFormedError(DataError):
    """The bytes are no XML; ``column`` is 1-based."""

    column: int | None = None


class TextWatch:
    """Watches how long the text of an element has become that comes in pieces.

    Args:
        stream: Says that it is too long.
        texts: The pieces; whoever takes them away clears the list.
    """

    def __init__(self, stream: XmlStream, texts: list[str]) -> None:
        self._stream, self.texts = stream, texts
        self._n_seen = self._length = 0

    def look(self) -> None:
        """Look at what has come since the last look: it costs nothing to look at a long text often."""
        if len(self.texts) < self._n_seen:
            self._n_seen = self._length = 0
        self._length += sum(map(len, self.texts[self._n_seen :]))
        self._n_seen = len(self.texts)
        if self._length > self._stream.max_text:
            self._length = sum(map(len, self.texts))  # the list may be another text's by now
            self._stream.check_text(self._length)


class XmlStream:
    """A file on its way through expat.

    Args:
        file: The open file.
        name: Its name, in messages.
        limits: How deep it may nest and how long a text may be; the depth is for the caller's handlers to watch.
        namespaces: Whether names come as URI, space and local name; else as they stand in the file.

    ``is_utf8`` tells whether the bytes are UTF-8 as far as the file says, ``n_fed`` how many the parser has had,
    ``max_text`` how long a text may be.
    """

    def __init__(self, file: BinaryIO, *, name: str, limits: Limits, namespaces: bool = True) -> None:
        self._file, self._name, self._limits = file, name, limits
        self._start = file.read(_CHUNK)
        self._decoder = _decoder(self._start, name)
        self.is_utf8 = self._decoder is None and not _OTHER.match(self._start)
        self.n_fed = self._n_held = 0
        self.max_text = limits.text
        self._held: list[bytes] = []
        separator = " " if namespaces else None
        self.parser = parser = expat.ParserCreate("utf-8" if self._decoder else None, separator)
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped

    def chunks(self) -> Iterator[None]:
        """Parse the file, the handlers of ``parser`` being called; give back control after each chunk.

        Raises:
            DataError: Not well-formed, in an unknown encoding, a tag beyond the limit, or with an entity declared or
                used that XML itself does not define; with file and line.
        """
        for chunk in self.raw():
            self.feed(chunk)
            yield
        self.feed(b"", final=True)
        yield

    def raw(self) -> Iterator[bytes]:
        """Read the file without parsing it."""
        chunk = self._start
        while chunk:
            yield chunk
            chunk = self._file.read(_CHUNK)

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        """Parse the next bytes; raises as :meth:`chunks` does."""
        self._held.append(chunk)
        self._n_held += len(chunk)
        # Expat holds an unfinished tag back, and begins it anew with each stretch: it must not grow without end, and the
        # stretches must grow with it.
        behind = self.n_fed - self.parser.CurrentByteIndex
        if behind > _CHUNK:
            self._check_tag(behind + self._n_held)
        if not final and behind > _CHUNK and self._n_held < behind:
            return
        chunk = b"".join(self._held)
        self._held.clear()
        self._n_held = 0
        self.n_fed += self._feed(chunk, final=final)
        self._check_tag(self.n_fed - self.parser.CurrentByteIndex)

    def _check_tag(self, n_bytes: int) -> None:
        """Refuse a tag that is too long: the line is that in which it begins."""
        if n_bytes > self._limits.tag:
            raise self.fault(f"a tag longer than the limit of {self._limits.tag} bytes", _FIX)

    def fault(self, problem: str, fix: str) -> DataError:
        """Make an error about the place that the parser is at."""
        return DataError(problem, Where(file=self._name, line=self.parser.CurrentLineNumber), fix)

    def check_depth(self, depth: int) -> None:
        """Refuse an element nested too deeply."""
        if depth > self._limits.depth:
            raise self.fault(f"nested deeper than the limit of {self._limits.depth} levels", "flatten the file")

    def check_text(self, n_characters: int) -> None:
        """Refuse a text that is too long."""
        if n_characters > self._limits.text:
            raise self.fault(f"a text longer than the limit of {self._limits.text} characters", _FIX)

    def check_elements(self, n_elements: int) -> None:
        """Refuse a unit or an entry with too many elements."""
        if n_elements > self._limits.elements:
            raise self.fault(f"more than {self._limits.elements} elements in one unit or entry, the limit", _FIX)

    def _feed(self, chunk: bytes, *, final: bool = False) -> int:
        """Parse the next bytes and return how many there were for the parser."""
        try:
            data = self._decoder.decode(chunk, final).encode("utf-8") if self._decoder else chunk
            self.parser.Parse(data, final)
        except expat.ExpatError as exc:
            reason = expat.ErrorString(exc.code)
            if exc.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
                reason = "a character that XML forbids there, or a byte that is not in the file's encoding"
            problem = f"not well-formed XML: {reason}"
            where = Where(file=self._name, line=exc.lineno)
            fault = NotWellFormedError(problem, where, "export the file anew, or mend it there")
            fault.column = exc.offset + 1
            raise fault from exc
        except UnicodeDecodeError as exc:
            problem = f"not in {exc.encoding}, as the XML declaration says"
            raise NotWellFormedError(
                problem, Where(file=self._name, line=self.parser.CurrentLineNumber), "save the file as UTF-8"
            ) from exc
        return len(data)

    def _declared(self, entity: str, *_rest: object) -> None:
        """Refuse an entity declaration: billion laughs, external files."""
        fix = "remove its <!ENTITY ...> and write the text itself"
        raise self.fault(f"the file declares the entity {entity!r}", fix)

    def _skipped(self, entity: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        """Refuse an entity that only a file we do not read could define."""
        raise self.fault(f"entity &{entity}; is not defined in the file", "write the character itself")


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
