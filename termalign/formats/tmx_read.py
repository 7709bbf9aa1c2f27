"""TMX read as a stream: one unit at a time, whatever the size of the memory.

A handler of expat's events, not a tree per unit: that is what makes reading as fast as it is. The handlers for inline
elements take over only inside a ``seg`` that has some.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.tags import read_region, read_tag
from termalign.formats.tmx_inline import codes_of
from termalign.formats.tmx_plain import PlainLane
from termalign.formats.tmx_units import ReadSide, ReadUnit, source_of, unit_of
from termalign.formats.xml import Node
from termalign.formats.xml_stream import Limits, TextWatch, XmlStream
from termalign.model import Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["read_tmx"]

_VERSION = re.compile(r"1\.[0-4][a-z]?")  # 1.4b is how the last edition of the specification is called
_MAX_KNOWN = 1000  # source languages of units remembered


def read_tmx(
    file: BinaryIO, *, name: str, limits: Limits, script: Callable[[str], str], losses: Counter[str]
) -> Iterator[TranslationUnit]:
    """Read a memory; see :meth:`termalign.formats.tmx.Tmx.read`.

    Args:
        file: The open file.
        name: Its name, in messages.
        limits: What it may ask for.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text.
        losses: Counts what is left out.

    Yields:
        The units.

    Raises:
        DataError: Not TMX, or a fault in it, after what is sound.
        DataErrors: Several faults.
    """
    stream = XmlStream(file, name=name, limits=limits, namespaces=False)
    reader = TmxReader(stream, name, limits=limits, script=script, losses=losses)
    lane = PlainLane(reader, stream)
    try:
        for chunk in stream.raw():
            lane.pass_on(chunk)
            yield from reader.take()
        lane.close()
    except DataError:
        yield from reader.take()  # what is sound comes first
        raise
    yield from reader.take()
    reader.faults.raise_all()


class TmxReader:
    """What expat calls."""

    def __init__(
        self, stream: XmlStream, name: str, *, limits: Limits, script: Callable[[str], str], losses: Counter[str]
    ) -> None:
        self.faults = Faults(name)
        self._stream, self._name, self._script, self._losses = stream, name, script, losses
        self._max_depth, self._max_text = limits.depth, limits.text
        self.depth = 0
        self.ended_at = -1  # the byte at which the last unit ended
        self._source = ""
        self._unit: ReadUnit | None = None
        self._side: ReadSide | None = None
        self.tags: dict[str, str | None] = {}
        self._known_sources: dict[tuple[str, tuple[str, ...]], str] = {}
        self.ready: list[TranslationUnit] = []
        self._header, self._header_type = ReadSide({}, 0), ""
        self._text: list[str] = []
        self._watch = TextWatch(stream, self._text)
        self._n_elements = self._n_characters = 0  # of the open unit
        self._open: list[Node] = []
        self._parser = parser = stream.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append  # no frame of Python for each text

    def take(self) -> list[TranslationUnit]:
        """Hand over what is complete."""
        if self._unit is None:
            self._text.clear()
            self._check_size([self._header])
        else:
            self._check_size([self._side, self._unit] if self._side else [self._unit])
        ready, self.ready = self.ready, []
        if ready and (self._header.notes or self._header.props):
            about = {"notes": self._header.notes, "props": self._header.props}
            kept = {key: value for key, value in about.items() if value}
            ready[0] = replace(ready[0], extra=(*ready[0].extra, ("header", kept)))
            self._header = ReadSide({}, 0)
        return ready

    def _check_size(self, owners: Sequence[ReadUnit | ReadSide]) -> None:
        """Refuse a unit or a header that grows without end: it is asked of one that a chunk of the file did not end."""
        if len(self._text) > 16:  # noqa: PLR2004 - a long text comes in many pieces: look how long it is
            self._watch.look()
        self._stream.check_elements(self._n_elements + sum(len(one.notes) + len(one.props) for one in owners))
        self._stream.check_text(self._n_characters + sum(_n_characters(one) for one in owners))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element outside of ``seg``."""
        self.depth += 1
        if name == "seg":
            self._text.clear()
            self._parser.StartElementHandler = self._inline
        elif name == "tuv":
            if self._unit is not None:
                self._side = ReadSide(attributes, self._parser.CurrentLineNumber)
                self._unit.sides.append(self._side)
        elif name == "tu":
            self._open_unit(attributes)
        elif name in {"prop", "note"}:
            self._open_info(name, attributes)
        elif name == "ude":
            self._losses["encoding of one's own (ude) in the header"] += 1
        elif self.depth == 1:
            self._check_root(name, attributes)
        elif name == "header":
            self._source = attributes.get("srclang", "")
        if self.depth > self._max_depth:
            self._stream.check_depth(self.depth)

    def _open_unit(self, attributes: dict[str, str]) -> None:
        """Open a ``tu``."""
        if self._unit is not None:
            self._losses["tu that another tu stands in, left out"] += 1
        self._unit = ReadUnit(attributes, self._parser.CurrentLineNumber)
        self._n_elements = self._n_characters = 0  # of the open unit

    def _open_info(self, name: str, attributes: dict[str, str]) -> None:
        """Open a note or property."""
        self._text.clear()
        if attributes.keys() - {"type"}:
            self._losses["attribute of a note or property"] += len(attributes.keys() - {"type"})
        if name == "prop" and self._unit is not None:
            (self._side or self._unit).props.append([attributes.get("type", ""), ""])
        elif name == "prop":
            self._header_type = attributes.get("type", "")

    def _end(self, name: str) -> None:
        """Close an element outside of ``seg``'s inline elements."""
        self.depth -= 1
        if name == "seg":
            self._parser.StartElementHandler = self._start
            if self._side is not None and self._side.text is None:
                self._side.text = self._taken()
            else:
                self._losses["seg beside the first one of its tuv, or outside of one"] += 1
        elif name == "tuv":
            if self._side is not None:
                self._n_elements += 1 + len(self._side.notes) + len(self._side.props)
                self._n_characters += _n_characters(self._side)
            self._side = None
        elif name == "tu":
            unit, self._unit = self._unit, None
            self.ended_at = self._parser.CurrentByteIndex
            if unit is not None:
                self.build(unit)
        elif name in {"prop", "note"}:
            self._info(name)

    def _taken(self) -> str:
        """Take the text that was read."""
        text = self._text[0] if len(self._text) == 1 else "".join(self._text)
        if len(text) > self._max_text:
            self._stream.check_text(len(text))
        return text if text.isprintable() and text == text.strip() else one_line(text)

    def _info(self, name: str) -> None:
        """Close a note or property."""
        owner = self._side or self._unit
        if owner is None:
            owner = self._header
            if name == "prop":
                owner.props.append([self._header_type, ""])
        if name == "prop":
            owner.props[-1][1] = self._taken()
        elif text := self._taken():
            owner.notes.append(text)

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        """Open the first element inside a ``seg``: from here to its end a tree is built."""
        node = Node("seg", "", {}, self._parser.CurrentLineNumber, ["".join(self._text)])
        self._text.clear()
        self._open = [node]
        self._parser.StartElementHandler = self._inline_start
        self._parser.EndElementHandler = self._inline_end
        self._inline_start(name, attributes)

    def _inline_start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an inline element."""
        self.depth += 1
        self._stream.check_depth(self.depth)
        self._n_elements += 1
        self._stream.check_elements(self._n_elements)
        self._flush()
        node = Node(name, "", attributes, self._parser.CurrentLineNumber, [])
        self._open[-1].parts.append(node)
        self._open.append(node)

    def _inline_end(self, name: str) -> None:
        """Close an inline element, or the ``seg``."""
        self._flush()
        node = self._open.pop()
        if self._open:
            self.depth -= 1
            return
        self._parser.EndElementHandler = self._end
        if self._side is not None and self._side.text is None:
            text, codes = codes_of(node, self._losses)
            self._stream.check_text(len(text))
            self._text.append(text)
            self._side.codes = codes
        self._end(name)

    def _flush(self) -> None:
        """Put the text read so far into the open element."""
        if self._text:
            text = "".join(self._text)
            self._n_characters += len(text)
            self._open[-1].parts.append(text)
            self._text.clear()

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        """Refuse what is no TMX 1."""
        if name != "tmx":
            raise self._stream.fault(f"root element <{name}> instead of <tmx>", "give the right kind of file")
        version = attributes.get("version", "1.4")
        if not _VERSION.fullmatch(version.strip()):
            raise self._stream.fault(f"TMX version {version!r}", "export it as TMX 1.4")

    def build(self, tu: ReadUnit) -> None:
        """Make the units of one ``tu``, or gather the fault in it."""
        try:
            self._build(tu)
        except DataError as fault:
            self.faults.add(fault)

    def _build(self, tu: ReadUnit) -> None:
        """Make the units of one ``tu``."""
        variants: dict[str, list[tuple[Segment, ReadSide]]] = {}
        for number, side in enumerate(tu.sides):
            tag = self._tag(side, number)
            text = side.text
            if not tag or not text:
                if tag:
                    self._losses["segment without text"] += 1
                continue
            known = variants.setdefault(tag, [])
            if known and _is_among(side, known):
                self._losses["tuv that stands twice in its tu, read once"] += 1
                continue
            document = next((value for kind, value in side.props if kind == "x-document"), "") if side.props else ""
            known.append((Segment(language=tag, text=text, document=document, codes=side.codes), side))
        if len(variants) < 2:  # noqa: PLR2004 - a unit has two sides
            self._losses["unit without two sides"] += 1
            return
        attributes = tu.attributes
        origin = self.origin(tu.line, attributes.get("tuid", ""), tuple(variants), stated=attributes.get("srclang"))
        n_units = max(map(len, variants.values()))
        for number in range(n_units):
            chosen = [found[number if number < len(found) else 0] for found in variants.values()]
            self.ready.append(unit_of(tu, chosen, origin))

    def origin(self, line: int, name: str, tags: tuple[str, ...], *, stated: str | None) -> Origin:
        """Say where a unit stands; its source language is the stated one, or that of the header."""
        key = (self._source if stated is None else stated, tags)
        source = self._known_sources.get(key)
        if source is None:
            if len(self._known_sources) > _MAX_KNOWN:
                self._known_sources.clear()
            source = self._known_sources[key] = source_of(key[0], tags)
        return Origin(file=self._name, line=line, id=name, source=source)

    def _tag(self, side: ReadSide, number: int) -> str | None:
        """Return the tag of a side; ``None`` for a language that is none of ours."""
        code = _code(side)
        text = side.text
        if not code or text is None:
            problem = "no seg in a tuv" if code else "a tuv without xml:lang"
            where = Where(file=self._name, line=side.line, path=f"tuv[{number}]")
            raise DataError(problem, where, "export the memory anew, or mend the unit")
        if code not in self.tags:
            where = Where(file=self._name, line=side.line, path=f"tuv[{number}]")
            self.tags[code] = read_tag(code, text="", where=where, script=lambda _: "zh")
        tag = self.tags[code]
        if tag is None:
            self._losses[f"segment in {code}"] += 1
        return self._script(text) if tag == "zh" else tag


def _n_characters(one: ReadUnit | ReadSide) -> int:
    """Return how much text a unit or a side has; that between inline codes was counted when it was read."""
    n_text = len(one.text or "") if isinstance(one, ReadSide) and not one.codes else 0
    return n_text + sum(map(len, one.notes)) + sum(len(text) for _, text in one.props)


def _is_among(side: ReadSide, known: list[tuple[Segment, ReadSide]]) -> bool:
    """Tell whether a side says what one of the others says, in the same region of its language."""
    region = read_region(_code(side))
    return any(
        side.text == segment.text and side.codes == segment.codes and region == read_region(_code(other))
        for segment, other in known
    )


def _code(side: ReadSide) -> str:
    """Return the language code of a side."""
    return side.attributes.get("xml:lang") or side.attributes.get("lang", "")
