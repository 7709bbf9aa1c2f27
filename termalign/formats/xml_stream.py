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
_MEND = "export the file anew, or mend it there"
_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: (
        "a character that XML forbids there, or a byte that is not in the file's encoding",
        _MEND,
    ),
    expat.errors.codes[expat.errors.XML_ERROR_MISPLACED_XML_PI]: (
        "the XML declaration does not begin the file",
        "remove what stands before <?xml",
    ),
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: (
        "undefined entity: XML itself has &amp; &lt; &gt; &quot; &apos; only",
        "write the character itself",
    ),
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: (
        "something stands behind the end of the root element",
        "remove it: a file has one root element",
    ),
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: (
        "no element found, or the end of one: the file is empty or cut",
        _MEND,
    ),
}
_FIX = "the file is not what it seems"
_DECLARATION = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_OTHER = re.compile(
    rb"""\xff\xfe|\xfe\xff|[^<]?\x00|(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE
)
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "ZIP"}
_WIDE = frozenset({"unicode", "ucs-2", "utf16", "iso-10646-ucs-2"})  # what tools call UTF-16 too
_UNICODE = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"})
_LONG = re.compile("[\u0800-\U0010ffff]")
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
        reading = _reading(self._start, name)
        self._stated = reading.stated
        self._decoder = codecs.getincrementaldecoder(reading.codec)() if reading.codec else None
        is_narrow = reading.stated.lower() not in _UNICODE and reading.native != "utf-16"
        self._hidden = _HiddenUtf8() if reading.stated and is_narrow else None
        self.is_utf8 = self._decoder is None and not _OTHER.match(self._start)
        self.n_fed = self._n_held = 0
        self.max_text = limits.text
        self._held: list[bytes] = []
        separator = " " if namespaces else None
        self.parser = parser = expat.ParserCreate("utf-8" if self._decoder else reading.native or None, separator)
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
        if self._hidden is not None:
            self._hidden.take(chunk, final=final)
            if final and self._hidden.is_found():
                problem = f"UTF-8, though the XML declaration says {self._stated}"
                raise DataError(problem, Where(file=self._name, line=1), 'write encoding="UTF-8" there')
        try:
            data = self._decoder.decode(chunk, final).encode("utf-8") if self._decoder else chunk
            self.parser.Parse(data, final)
        except expat.ExpatError as exc:
            reason, fix = _REASONS.get(exc.code, (expat.ErrorString(exc.code), _MEND))
            where = Where(file=self._name, line=exc.lineno)
            fault = NotWellFormedError(f"not well-formed XML: {reason}", where, fix)
            fault.column = exc.offset + 1
            raise fault from exc
        except LookupError as exc:  # expat asks Python for a codec that it has not
            where = Where(file=self._name, line=1)
            raise DataError(f"unknown encoding {self._stated!r}", where, "save the file as UTF-8") from exc
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the bytes of a file become text.

    Args:
        stated: The encoding that the declaration names; empty for none.
        native: What expat is told, which goes before the declaration; empty: it sees itself.
        codec: What decodes the bytes before expat sees them; empty for none.
    """

    stated: str = ""
    native: str = ""
    codec: str = ""


def _reading(start: bytes, name: str) -> _Reading:
    """Choose how to read a file by its first bytes."""
    where = Where(file=name, line=1)
    for mark, what in _PACKED.items():
        if start.startswith(mark):
            raise DataError(f"a packed file ({what}), not XML", where, "unpack it")
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _Reading(codec="utf-32")
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start[:4]
    # What is stated is ASCII: in UTF-16 every other byte of it is NUL.
    found = _DECLARATION.match(start[:400].translate(None, b"\0\xff\xfe") if is_wide else start)
    if not found:
        return _Reading()
    stated = found[1].decode("ascii")
    if is_wide and stated.lower() in _WIDE:
        return _Reading(stated=stated, native="utf-16")
    try:
        known = codecs.lookup(_ALIASES.get(stated.lower(), stated)).name
        if known in _NATIVE:
            is_alias = known == "utf-8" and not is_wide
            return _Reading(stated=stated, native="utf-8" if is_alias else "")
        return _Reading(stated=stated, native="utf-8", codec=_DECODED[known])
    except LookupError as exc:  # also a KeyError: codecs of Python that are no encodings
        raise DataError(f"unknown encoding {stated!r}", where, "save the file as UTF-8") from exc


class _HiddenUtf8:
    """Watches whether bytes that are stated to be in another encoding are UTF-8 throughout."""

    def __init__(self) -> None:
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._has_long = False  # three bytes or more to a character: nothing else looks like that throughout a file

    def take(self, chunk: bytes, *, final: bool) -> None:
        """Look at the next bytes."""
        if self._decoder is not None:
            try:
                text = self._decoder.decode(chunk, final)
            except UnicodeDecodeError:
                self._decoder = None
            else:
                self._has_long = self._has_long or _LONG.search(text) is not None

    def is_found(self) -> bool:
        """Tell whether all of them were."""
        return self._decoder is not None and self._has_long
