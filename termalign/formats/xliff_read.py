"""XLIFF as tools write it, versions 1.x and 2.x, into translation units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.tags import REGIONS, read_region, read_tag, segment_rank
from termalign.formats.xliff_inline import text_and_codes
from termalign.formats.xml import XML_LANG, Node, iter_nodes
from termalign.model import Method, Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from termalign.formats.xml import Limits

__all__ = ["UNTRANSLATED", "XliffReader", "read_xliff"]

# States before a translation: of 1.2 (section 2.3, state), of 2.1 (section 4.3.1.24, state).
# Those of tools in their own namespaces: nothing done yet, or refused (memoQ, Trados Studio).
UNTRANSLATED = frozenset(
    {"new", "needs-translation", "needs-l10n", "needs-adaptation", "initial"}
    | {"NotStarted", "Rejected", "RejectedTranslation", "RejectedSignOff", "Unspecified"}
)
_MEMOQ, _PHRASE = "MQXliff status", "http://www.memsource.com/mxlf/2.0 confirmed"
_UNCONFIRMED = "unconfirmed"  # our word for m:confirmed="0"
_VERSION = re.compile(r"1\.[0-2]|2\.[0-2]")
_NO = "no"
_UNITS = ("trans-unit", "unit")
_SHELLS = ("file", "body", "group", "bin-unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class XliffReader:
    """How a file is read.

    Args:
        name: Name of the file, in messages.
        losses: Takes the counts of what is left out.
        untranslated: States of a target that is no translation yet.
        with_alternatives: Read proposals as units too.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text.
        limits: What a file may ask for.
    """

    name: str
    losses: Counter[str]
    untranslated: frozenset[str]
    with_alternatives: bool
    script: Callable[[str], str]
    limits: Limits

    def where(self, node: Node, path: str = "") -> Where:
        """Return the place of an element."""
        return Where(file=self.name, line=node.line, path=path or node.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What holds for a unit from the elements around it."""

    source: str
    target: str
    document: str
    translate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One translation unit to be: what it is called, its sides, the languages that they state themselves, its state."""

    name: str
    source: Node
    target: Node | None
    codes: tuple[str, str]
    state: str = ""


def read_xliff(file: BinaryIO, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Read the units of a file.

    Args:
        file: The open file.
        reader: How it is read.

    Yields:
        The units in the order of the file.

    Raises:
        DataError: A fault, after what is sound.
        DataErrors: Several faults.
    """
    faults = Faults(reader.name)
    root = Node("xliff", "", {}, 1, [])
    found = iter_nodes(file, name=reader.name, roots=("xliff",), wanted=_UNITS, shells=_SHELLS, limits=reader.limits)
    for node in found:
        if node.name == "xliff":
            root = node
            _check_version(root, reader)
            continue
        try:
            yield from _read(node, _context(root, node), reader)
        except DataError as exc:
            faults.add(exc)
    faults.raise_all()


def _check_version(root: Node, reader: XliffReader) -> None:
    """Refuse versions that nobody knows."""
    version = root.attributes.get("version", "")
    if not _VERSION.fullmatch(version):
        raise DataError(f"XLIFF version {version!r}", reader.where(root), "export it as XLIFF 1.2 or 2.1")


def _context(root: Node, unit: Node) -> _Context:
    """Return what the elements around a unit say of it; the folder of the original is nobody's business."""
    file, *_ = unit.around
    said = root.attributes | file.attributes
    translate = [node.attributes["translate"] for node in (*unit.around, unit) if "translate" in node.attributes]
    return _Context(
        source=said.get("source-language", "") or said.get("srcLang", ""),
        target=said.get("target-language", "") or said.get("trgLang", ""),
        document=one_line(re.split(r"[\\/]", file.attributes.get("original", ""))[-1]),
        translate=translate[-1:] != [_NO],
    )


def _read(unit: Node, context: _Context, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Yield the translation units of one unit of the file."""
    if not context.translate:
        reader.losses["unit that is not to be translated"] += 1
        return
    if unit.name == "unit":
        yield from _read_2(unit, context, reader)
    else:
        yield from _read_1(unit, context, reader)
    yield from _alternatives(unit, context, reader)
    entries = [entry for group in unit.elements("glossary") for entry in group.elements("glossEntry")]
    reader.losses[
        "entry of a glossary inside the file (gls:glossEntry): name it .gls.xlf and import it as a glossary"
    ] += len(entries)


def _read_1(unit: Node, context: _Context, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Read a ``trans-unit`` of 1.x: sentence by sentence where both sides have the same ones marked."""
    source, target = unit.child("source"), unit.child("target")
    if source is None:
        raise DataError("a trans-unit without source", reader.where(unit), "export the file anew, or remove the unit")
    name = unit.attributes.get("id", "")
    state = "" if target is None else target.attributes.get("state", "")
    state = state or unit.attributes.get(_MEMOQ, "") or (_UNCONFIRMED if unit.attributes.get(_PHRASE) == "0" else "")
    confirmed = _confirmations(unit)
    marked = _sentences(unit.child("seg-source") or source), _sentences(target) if target is not None else {}
    if len(marked[0]) > 1 and marked[0].keys() == marked[1].keys():
        rows: list[tuple[str, Node, Node | None, str]] = [
            (f"{name}#{mid}", marked[0][mid], marked[1][mid], confirmed.get(mid, "")) for mid in marked[0]
        ]
    else:
        rows = [(name, source, target, next(iter(confirmed.values())) if len(confirmed) == 1 else "")]
    codes = _stated(source, target)
    for row_name, left, right, own in rows:
        row = _Row(name=row_name, source=left, target=right, codes=codes, state=state or own)
        yield from _unit(row, unit, context, reader)


def _confirmations(unit: Node) -> dict[str, str]:
    """Return what Trados Studio says of the sentences of a unit, by their ``mid``."""
    stated = [one for group in unit.elements("seg-defs") for one in group.elements("seg")]
    return {one.attributes.get("id", ""): one.attributes.get("conf", "") for one in stated}


def _stated(source: Node, target: Node | None) -> tuple[str, str]:
    """Return the languages that both sides state themselves; empty where they do not."""
    return source.attributes.get(XML_LANG, ""), "" if target is None else target.attributes.get(XML_LANG, "")


def _sentences(node: Node) -> dict[str, Node]:
    """Return the sentences that a tool marked, by their ``mid``."""
    found: dict[str, Node] = {}
    for part in node.elements():
        if part.name == "mrk" and part.attributes.get("mtype") == "seg":
            found[part.attributes.get("mid", str(len(found)))] = part
        else:
            found.update(_sentences(part))
    return found


def _read_2(unit: Node, context: _Context, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Read a ``unit`` of 2.x: one translation unit per segment, or one of all where the target is in another order."""
    name = unit.attributes.get("id", "")
    parts = [part for part in unit.elements("segment", "ignorable") if part.child("source") is not None]
    segments = [part for part in parts if part.name == "segment"]
    if not segments:
        raise DataError("a unit without segment", reader.where(unit), "export the file anew, or remove the unit")
    targets = [part.child("target") for part in parts]
    if any(target is not None and "order" in target.attributes for target in targets):
        segments = [_joined(parts, unit)]
    for number, segment in enumerate(segments, 1):
        source, target = segment.child("source"), segment.child("target")
        own = segment.attributes.get("id") or str(number)
        row_name = name if len(segments) == 1 else f"{name}#{own}"
        state = segment.attributes.get("state", "")
        if source is not None:
            codes = _stated(source, target)
            yield from _unit(
                _Row(name=row_name, source=source, target=target, codes=codes, state=state), unit, context, reader
            )


def _joined(parts: list[Node], unit: Node) -> Node:
    """Put the segments of a unit together, the targets in the order that they state."""
    source = Node("source", "", {}, unit.line, [])
    target = Node("target", "", {}, unit.line, [])
    placed: list[tuple[int, Node]] = []
    for number, part in enumerate(parts, 1):
        left, right = part.child("source"), part.child("target") or part.child("source")
        if left is not None and right is not None:
            source.parts.extend(left.parts)
            stated = right.attributes.get("order", "")
            placed.append((int(stated) if stated.isdecimal() else number, right))
    for _, right in sorted(placed, key=lambda row: row[0]):
        target.parts.extend(right.parts)
    states = {part.attributes.get("state", "") for part in parts if part.name == "segment"}
    attributes = {"state": states.pop()} if len(states) == 1 else {}
    return Node("segment", "", attributes, unit.line, [source, target])


def _unit(row: _Row, unit: Node, context: _Context, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Yield one translation unit, or count why there is none."""
    data = _native(unit)
    left = text_and_codes(row.source, data, reader.losses)
    right = text_and_codes(row.target, data, reader.losses) if row.target is not None else ("", ())
    if not left[0] or not right[0]:
        reader.losses["unit without a translation"] += 1
        return
    if row.state in reader.untranslated:
        reader.losses[f"unit in state {row.state}"] += 1
        return
    segments: list[Segment] = []
    regions: dict[str, str] = {}
    for side, code, (text, inline) in (
        ("source", row.codes[0] or context.source, left),
        ("target", row.codes[1] or context.target, right),
    ):
        if not code:
            fix = "name it in the file element (1.2) or the root (2.x)"
            raise DataError(f"no {side} language", reader.where(unit), fix)
        tag = read_tag(code, text=text, where=reader.where(unit, side), script=reader.script)
        if tag is None:
            reader.losses[f"unit with a side in {code}"] += 1
            return
        regions |= {tag: read_region(code)} if read_region(code) else {}
        segments.append(Segment(language=tag, text=text, document=context.document, codes=inline))
    if segments[0].language == segments[1].language:
        reader.losses["unit of which both sides are in one language"] += 1
        return
    notes = [one_line(note.text()) for note in _notes(unit) if note.text().strip()]
    state = "" if row.state == "final" else row.state
    made = TranslationUnit(
        segments=tuple(sorted(segments, key=segment_rank)),
        method=Method.GIVEN,
        extra=tuple((key, value) for key, value in (("state", state), ("notes", notes), (REGIONS, regions)) if value),
        origin=Origin(file=reader.name, line=unit.line, id=row.name, source=segments[0].language),
    )
    yield made if made.id == row.name else replace(made, name=one_line(row.name))  # an id of our own making is no name


def _native(unit: Node) -> dict[str, str]:
    """Return the native codes that a unit of 2.x keeps apart, by id."""
    stored = [one for group in unit.elements("originalData") for one in group.elements("data")]
    return {one.attributes.get("id", ""): one.text() for one in stored}


def _notes(unit: Node) -> Iterator[Node]:
    """Yield the notes of a unit, of either version."""
    yield from unit.elements("note")
    for group in unit.elements("notes"):
        yield from group.elements("note")


def _alternatives(unit: Node, context: _Context, reader: XliffReader) -> Iterator[TranslationUnit]:
    """Yield the proposals of a memory as units, or count them."""
    found = list(unit.elements("alt-trans"))
    for group in unit.elements("matches"):
        found += group.elements("match")
    if not reader.with_alternatives:
        reader.losses["proposal of a memory (alt-trans, match)"] += len(found)
        return
    main = unit.child("source")
    for number, one in enumerate(found, 1):
        source, target = one.child("source") or main, one.child("target")
        if source is not None:
            name = f"{unit.attributes.get('id', '')}#match{number}"
            row = _Row(name=name, source=source, target=target, codes=_stated(source, target))
            yield from _unit(row, unit, context, reader)
