"""Plain units of TMX, recognised as text: the fast lane of the reader.

Nearly every unit of a memory is elements with nothing odd in them: no comments, no inline codes, no entities but the
five of XML. A pattern that matches only such units, each well-formed by itself, reads them much faster than a parser.
Whatever it does not match goes to the parser, which alone decides what is wrong with a file; for a unit that was read
here it gets the line ends, so that its lines stay true.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeVar

from termalign.formats.lines import one_line
from termalign.formats.tags import REGIONS, rank, read_region
from termalign.formats.tmx_many import BEADS, Frame, Own, are_plain, lines_of, plain_columns, resolved, units_in
from termalign.formats.tmx_units import ReadSide, ReadUnit
from termalign.formats.xml_lane import MAX_REST, FastLane
from termalign.model import Method, Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.formats.xml_stream import XmlStream

__all__ = ["PlainLane"]

K = TypeVar("K")
V = TypeVar("V")
_BLANK = r"[ \t\r\n]"
_ATTRIBUTES = rf'(?:{_BLANK}++[A-Za-z][A-Za-z:.\-]*+="[^"<&\t\r\n]*+")*+'
_TEXT = r"[^<>&]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&]*+)*+"  # a lone > is text too, but rare
_INFOS = rf"(?:<(?:prop{_ATTRIBUTES}>{_TEXT}</prop|note{_ATTRIBUTES}>{_TEXT}</note)>{_BLANK}*+)*+"
_SIDE = rf"<tuv({_ATTRIBUTES})>{_BLANK}*+({_INFOS})<seg>({_TEXT})</seg>{_BLANK}*+</tuv>{_BLANK}*+"
_UNCAPTURED = (
    _SIDE.replace(f"({_ATTRIBUTES})", _ATTRIBUTES, 1).replace(f"({_INFOS})", _INFOS).replace(f"({_TEXT})", _TEXT)
)
_PLAIN = re.compile(rf"({_BLANK}*+)<tu({_ATTRIBUTES})>{_BLANK}*+({_INFOS})((?:{_UNCAPTURED})++)</tu>")
_SIDES = re.compile(_SIDE)
# The same with two to four sides, all told apart in one pass.
_SHAPES = {n: re.compile(rf"({_BLANK}*+)<tu({_ATTRIBUTES})>{_BLANK}*+({_INFOS}){_SIDE * n}</tu>") for n in (2, 3, 4)}
# Behind each other: blanks come after a unit here, as a search for it begins at the tag.
_MANY = {n: re.compile(rf"(<tu({_ATTRIBUTES})>{_BLANK}*+({_INFOS}){_SIDE * n}</tu>{_BLANK}*+)") for n in (2, 3, 4)}
_BLANKS = re.compile(rf"{_BLANK}*+")
_INFO = re.compile(rf"<(prop|note)({_ATTRIBUTES})>({_TEXT})</")
_ATTRIBUTE = re.compile(r'([A-Za-z:.\-]+)="([^"]*)"')
# The attributes and properties of a unit of ours, and of most others.
_UNIT = re.compile(r'(?:[ ]tuid="([^"]*)")?(?:[ ]srclang="([^"]*)")?')
_NAMELESS: Mapping[int, str | None] = {1: None, 2: None}
_OWN = re.compile(
    r'(?:(?:<prop type="x-score">([01]\.[0-9]+)</prop>\n)?<prop type="x-method">(align|mine|given)</prop>\n'
    r'<prop type="x-bead">([0-9-]+)</prop>\n)?'
)
_DOCUMENT = re.compile('(?:<prop type="x-document">([^<]*)</prop>)?')
_METHODS = {method.value: method for method in Method}
_END = "</tu>"
_MAX_WAIT = 16  # stretches that are read unit by unit after one that was not plain throughout
_MAX_KNOWN = 1000  # different tags of sides remembered


class Reader(Protocol):
    """The reader that parses what is not plain."""

    depth: int
    ended_at: int
    tags: dict[str, str | None]
    ready: list[TranslationUnit]

    def origin(self, line: int, name: str, tags: tuple[str, ...], *, stated: str | None) -> Origin:
        """Say where a unit stands."""

    def build(self, tu: ReadUnit) -> None:
        """Make the units of one ``tu``."""


class PlainLane(FastLane):
    """Stands before the parser of a memory and takes the plain units out.

    Args:
        reader: Gets the units.
        stream: Parses everything else.
    """

    def __init__(self, reader: Reader, stream: XmlStream) -> None:
        super().__init__(stream)
        self._reader = reader
        self._line, self._n_skipped = 1, 0
        self._n_sides = 3
        self._n_waiting = self._last_wait = 0  # stretches before many units are looked at together again
        self._is_between = False  # whether the parser stands exactly behind a unit
        self._attributes: dict[str, dict[str, str] | None] = {}
        self._frames: dict[tuple[tuple[str, ...], ...], Frame] = {}
        self._owns: dict[str, Own] = {}

    def _take(self, text: str) -> None:
        """Work through text, as far as there are whole units in it."""
        at, is_first = 0, True
        while True:
            if self._is_between:
                if is_first:
                    at, is_first = self._take_many(text, at), False
                match = _SHAPES[self._n_sides].match(text, at)
                if not (match and self._direct(match)):
                    match = _PLAIN.match(text, at)
                    match = match if match and self._read(match) else None
                if match:
                    at = match.end()
                    continue
            end = text.find(_END, at)
            if end < 0:
                break
            self._parse(text[at : end + len(_END)])
            at = end + len(_END)
            # The parser has seen the end tag where it was found as text: it was no part of a comment.
            reader = self._reader
            self._is_between = reader.depth == 2 and reader.ended_at == self._stream.n_fed - len(_END)  # noqa: PLR2004
        self._rest = text[at:]
        if len(self._rest) > MAX_REST:
            self._parse(self._rest)
            self._rest, self._is_between = "", False

    def _parse(self, text: str) -> None:
        """Give text to the parser, before it the line ends of the units that it has not seen."""
        self._feed(b"\n", self._n_skipped)
        self._n_skipped = 0
        self._stream.feed(text.encode("utf-8"))
        self._line += text.count("\n")

    def _read(self, match: re.Match[str]) -> bool:
        """Read a plain unit; tell whether it was one after all."""
        n_sides = match[0].count("<tuv")
        self._n_sides = n_sides if n_sides in _SHAPES else self._n_sides  # the next one is probably like it
        if not self._read_any(match):
            return False
        self._skip(match)
        return True

    def _skip(self, match: re.Match[str]) -> None:
        """Count the lines of a unit that the parser does not see."""
        self._skip_lines(match.string.count("\n", match.start(), match.end()))

    def _skip_lines(self, n_lines: int) -> None:
        """Count lines that the parser does not see."""
        self._line += n_lines
        self._n_skipped += n_lines

    def _take_many(self, text: str, at: int) -> int:
        """Read all units from a place on if they are plain and alike; return where the next one begins."""
        if self._n_waiting:
            self._n_waiting -= 1
            return at
        begin, end = _BLANKS.match(text, at).end(), text.rfind(_END, at) + len(_END)  # type: ignore[union-attr] # always matches
        found = _MANY[self._n_sides].findall(text, begin, end) if end > begin else ()
        if len(found) < 2:  # noqa: PLR2004 - it is for many
            return at
        columns = list(zip(*found, strict=True))
        is_whole = sum(map(len, columns[0])) == end - begin
        if not (is_whole and self._read_many(columns, self._line + text.count("\n", at, begin))):
            self._n_waiting = self._last_wait = min(2 * self._last_wait + 1, _MAX_WAIT)
            return at
        self._last_wait = 0
        self._skip_lines(text.count("\n", at, end))
        return end

    def _read_many(self, columns: Sequence[tuple[str, ...]], line: int) -> bool:
        """Read units as :meth:`_direct` does, of columns of what stands in them; tell whether they could all be read so."""
        wholes, attributes, infos = columns[:3]
        heads = list(zip(zip(*columns[3::3], strict=True), zip(*columns[4::3], strict=True), strict=True))
        frames = _all_of({head: self._frames.get(head) or self._frame(*head) for head in dict.fromkeys(heads)})
        owns = _all_of({info: self._owns.get(info) or self._own(info) for info in dict.fromkeys(infos)})
        names = _all_of({one: None if "&" in one else _UNIT.fullmatch(one) for one in dict.fromkeys(attributes)})
        texts = plain_columns(columns[5::3])
        if frames is None or owns is None or names is None or texts is None:
            return False
        framed = [frames[head] for head in heads]
        origin = self._reader.origin
        origins = [
            origin(place, named[1] or "", frame.languages, stated=named[2])
            for place, named, frame in zip(
                lines_of(wholes, line), [names[one] for one in attributes], framed, strict=True
            )
        ]
        units = units_in(texts, framed, [owns[info] for info in infos], origins)
        self._reader.ready += units or ()
        return units is not None

    def _direct(self, match: re.Match[str]) -> bool:
        """Read a unit with nothing but an id, properties of ours and known sides in their order; tell whether it was one."""
        groups = match.groups()
        blanks, attributes, infos = groups[:3]
        frame = self._frames.get((groups[3::3], groups[4::3])) or self._frame(groups[3::3], groups[4::3])
        own = self._owns.get(infos) or self._own(infos)
        named = _UNIT.fullmatch(attributes) if attributes else _NAMELESS
        if frame is None or own is None or named is None or "&" in attributes:
            return False
        texts: Sequence[str] = groups[5::3]
        joined = "|".join(texts)
        if "&" in joined:
            texts = [resolved(text) for text in texts]
            joined = "|".join(texts)
        if not are_plain(joined):
            texts = [one_line(text) for text in texts]
            if not all(texts):
                return False
        line = self._line + blanks.count("\n") if blanks else self._line
        origin = self._reader.origin(line, named[1] or "", frame.languages, stated=named[2])
        segments = tuple(
            [
                Segment(language=language, text=text, document=document)
                for text, (language, document) in zip(texts, frame.sides, strict=True)
            ]
        )
        unit = _made(segments, origin, own, frame)
        if unit is None:
            return False
        self._reader.ready.append(unit)
        self._skip(match)
        return True

    def _own(self, infos: str) -> Own | None:
        """Return what properties of ours say of a unit; ``None`` where there is more to them."""
        found = _OWN.fullmatch(infos)
        if found is None:
            return None
        score, method, bead = found.groups()
        value = float(score) if score else None
        if value is not None and value > 1:
            return None
        if len(self._owns) > _MAX_KNOWN:
            self._owns.clear()
        own = self._owns[infos] = (value, _METHODS[method or "given"], bead or "")
        return own

    def _frame(self, attributes: tuple[str, ...], infos: tuple[str, ...]) -> Frame | None:
        """Return languages and documents of the sides of a unit; ``None`` where there is more to them."""
        heads, before = [], -1
        for one in zip(attributes, infos, strict=True):
            head = self._head(*one)
            if head is None or head[2] <= before:
                return None
            heads.append(head)
            before = head[2]
        if len(self._frames) > _MAX_KNOWN:
            self._frames.clear()
        codes = [(_parsed(one) or {}).get("xml:lang", "") for one in attributes]
        regions = {head[0]: read_region(code) for head, code in zip(heads, codes, strict=True) if read_region(code)}
        extra = ((REGIONS, regions),) if regions else ()
        frame = Frame(tuple(head[0] for head in heads), tuple(head[:2] for head in heads), extra)
        self._frames[attributes, infos] = frame
        return frame

    def _head(self, attributes: str, infos: str) -> tuple[str, str, int] | None:
        """Return language, document and rank of a side; ``None`` where there is more to it."""
        values = _parsed(attributes)
        tag = self._reader.tags.get(values.get("xml:lang", "")) if values and len(values) == 1 else None
        document = _DOCUMENT.fullmatch(infos)
        if tag is None or tag == "zh" or document is None or "&" in infos:
            return None
        return tag, one_line(document[1] or ""), rank(tag)

    def _read_any(self, match: re.Match[str]) -> bool:
        """Read a plain unit with anything in it; tell whether it was one after all."""
        blanks, attributes, infos, sides = match.groups()
        tu_attributes = _parsed(attributes)
        if tu_attributes is None:
            return False
        unit = ReadUnit(tu_attributes, self._line + blanks.count("\n"))
        if infos and not _read_infos(infos, unit):
            return False
        tags, known = self._reader.tags, self._attributes
        for side_attributes, side_infos, text in _SIDES.findall(sides):
            if side_attributes not in known:
                if len(known) > _MAX_KNOWN:
                    known.clear()
                known[side_attributes] = _parsed(side_attributes)
            found = known[side_attributes]
            if found is None or found.get("xml:lang") not in tags:
                return False  # a language met for the first time: the parser knows the line where it may be wrong
            side = ReadSide(found, 0, _plain_text(text))
            if side_infos and not _read_infos(side_infos, side):
                return False
            unit.sides.append(side)
        self._reader.build(unit)
        return True


def _made(segments: tuple[Segment, ...], origin: Origin, own: Own, frame: Frame) -> TranslationUnit | None:
    """Make a unit of what its properties say; ``None`` where that takes a closer look."""
    score, method, bead = own
    name = origin.id
    if method is not Method.GIVEN:
        name = ""
    elif name.startswith("u-"):
        return None  # perhaps an id of our own making
    if not bead:
        bead = BEADS[len(segments)]
    elif bead.count("-") + 1 != len(segments):
        return None
    return TranslationUnit(
        segments=segments, bead=bead, score=score, method=method, name=name, extra=frame.extra, origin=origin
    )


def _all_of(found: dict[K, V | None]) -> dict[K, V] | None:
    """Return what was found of everything; ``None`` where there is nothing of one."""
    known = {key: value for key, value in found.items() if value is not None}
    return known if len(known) == len(found) else None


def _plain_text(text: str) -> str:
    """Return a text with its entities resolved, on one line."""
    text = resolved(text)
    return text if text.isprintable() and text.strip() == text else one_line(text)


def _parsed(attributes: str) -> dict[str, str] | None:
    """Return attributes by name; ``None`` where one stands twice."""
    found = _ATTRIBUTE.findall(attributes)
    values = dict(found)
    return values if len(values) == len(found) else None


def _read_infos(infos: str, owner: ReadUnit | ReadSide) -> bool:
    """Read notes and properties; tell whether their attributes are sound."""
    for kind, attributes, text in _INFO.findall(infos):
        values = _parsed(attributes)
        if values is None or values.keys() - {"type"}:
            return False
        value = one_line(resolved(text))
        if kind == "prop":
            owner.props.append([values.get("type", ""), value])
        elif value:
            owner.notes.append(value)
    return True
