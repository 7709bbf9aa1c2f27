"""TMX 1.4: translation memories in and out.

Ours, because the libraries load whole files (translate-toolkit, GPL) and because what tools really accept is narrower
than the DTD: INTEROP.md section 1 is the list that this writer keeps to.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.tags import chinese_script, read_tag, segment_rank
from termalign.formats.xml import LIMITS, XML_LANG, Limits, Node, attribute, clean, escape, iter_nodes
from termalign.model import VERSION, Method, Origin, Segment, TranslationUnit, canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["TMX", "Tmx"]

_INLINE = frozenset({"bpt", "ept", "ph", "it", "ut"})  # native codes: their text is markup, not language
_BREAKS = frozenset({"lb", "pb", "cb"})  # the line, page and column breaks among the types of TMX 1.4b section 4.1
_CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # what xml:lang may be: the type language of XML Schema
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="termalign" creationtoolversion="{version}" segtype="sentence" o-tmf="termalign" adminlang="en" \
srclang="{source}" datatype="plaintext"{date}/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


@dataclass(slots=True)
class _Row:
    """One ``tu`` to be: a unit whose texts are clean, its id before that, and how often it was met."""

    unit: TranslationUnit
    id: str
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tmx:
    """Reader and writer of TMX.

    Args:
        languages: Tags to write, the language translated from first: a file for one pair, as importers want it. Empty:
            all languages, ``srclang="*all*"``.
        codes: Language codes to write instead of our tags: ``(("zh-Hans", "zh-CN"),)`` for OmegaT, which ignores
            scripts.
        date: When the units were made, for ``creationdate``; without it the file bears no date.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.

    Raises:
        ConfigError: Two tags share a code, a code is no language code, or the date has no time zone.
    """

    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    date: datetime | None = None
    script: Callable[[str], str] = chinese_script
    limits: Limits = field(default=LIMITS)
    suffixes: tuple[str, ...] = (".tmx",)

    def __post_init__(self) -> None:
        codes = [code for _, code in self.codes]
        wrong = [code for code in codes if not _CODE.fullmatch(code)]
        if wrong or len(set(codes)) < len(codes):
            raise ConfigError(f"language codes {', '.join(wrong or codes)}", "give each language its own BCP 47 tag")
        if self.date is not None and self.date.tzinfo is None:
            raise ConfigError("a date without time zone", "give it in UTC")

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write a memory.

        Args:
            units: In any number; all are held at once, since equal ones are counted.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many ``tu`` there are; under ``losses`` units that lack a second side (importers drop those), equal units
            written as one with ``usagecount``, and characters that XML forbids.

        Source:
            TMX 1.4b (LISA OSCAR, 2005) sections 2 and 3; INTEROP.md section 1.
        """
        losses: Counter[str] = Counter()
        rows = self._merge(units, losses)
        date = f' creationdate="{_date(self.date)}"' if self.date else ""
        source = self._code(self.languages[0]) if self.languages else "*all*"
        file.write(_HEAD.format(version=VERSION, source=source, date=date).encode("utf-8"))
        taken: set[str] = set()
        for row in rows:
            name = clean(row.unit.name, losses) or row.id
            name = row.id if name in taken else name
            taken.add(name)
            file.write(self._tu(row, name).encode("utf-8"))
        file.write(_TAIL.encode("utf-8"))
        return WriteReport.of(len(rows), losses)

    def _merge(self, units: Iterable[TranslationUnit], losses: Counter[str]) -> list[_Row]:
        """Clean the units, leave out those without two sides, put equal ones together."""
        rows: dict[tuple[tuple[str, str], ...], _Row] = {}
        for unit in units:
            kept = self._kept(unit, losses)
            if len(kept.segments) < max(2, len(self.languages)):
                losses["unit without two sides"] += 1
                continue
            key = tuple((segment.language, segment.text) for segment in kept.segments)
            if key in rows:
                rows[key].n += 1
                losses["equal unit, counted in usagecount"] += 1
            else:
                rows[key] = _Row(kept, unit.id)
        return list(rows.values())

    def _kept(self, unit: TranslationUnit, losses: Counter[str]) -> TranslationUnit:
        """Return the unit with the languages to write, its texts clean and in NFC, empty sides left out."""
        counts = unit.bead.split("-")
        if len(counts) != len(unit.segments):
            counts = ["1"] * len(unit.segments)
        kept, beads = [], []
        for segment, n_sentences in zip(unit.segments, counts, strict=True):
            text = unicodedata.normalize("NFC", clean(segment.text, losses))
            if text and (not self.languages or segment.language in self.languages):
                kept.append(segment if text == segment.text else replace(segment, text=text))
                beads.append(n_sentences)
        return replace(unit, segments=tuple(kept), bead="-".join(beads))

    def _code(self, tag: str) -> str:
        """Return the language code to write for a tag."""
        return dict(self.codes).get(tag, tag)

    def _tu(self, row: _Row, name: str) -> str:
        """Return one ``tu`` element."""
        unit = row.unit
        count = f' usagecount="{row.n}"' if row.n > 1 else ""
        lines = [f'<tu tuid="{attribute(name)}"{count}>']
        if unit.score is not None:
            lines.append(f'<prop type="x-score">{round(unit.score, 4)}</prop>')
        lines.append(f'<prop type="x-method">{unit.method.value}</prop>')
        lines.append(f'<prop type="x-bead">{escape(unit.bead)}</prop>')
        for segment in unit.segments:
            document = escape(clean(segment.document, Counter()))
            place = f'<prop type="x-document">{document}</prop>' if document else ""
            seg = f"<seg>{escape(segment.text)}</seg>"
            lines.append(f'<tuv xml:lang="{attribute(self._code(segment.language))}">{place}{seg}</tuv>')
        return "\n".join([*lines, "</tu>\n"])

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read a memory, of TMX 1.1 to 1.4, level 1 or 2.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts segments in other languages and units that therefore lack a second side.

        Yields:
            One unit per ``tu``. Text inside inline codes is left out, text inside ``hi`` kept, a break becomes a space.
            Where a ``tu`` has several ``tuv`` of one language, it gives as many units: the second one holds the second
            variant of each such language and the first of the others, so that nothing is lost and nothing crossed.

        Raises:
            DataError: Not TMX, or a fault in it, after what is sound.
            DataErrors: Several faults.

        Source:
            TMX 1.4b section 3; INTEROP.md section 1.
        """
        losses = Counter() if losses is None else losses
        faults, source = Faults(name), ""
        for node in iter_nodes(file, name=name, roots=("tmx",), wanted=("header", "tu"), limits=self.limits):
            try:
                if node.name == "tmx":
                    _check_version(node, name)
                elif node.name == "header":
                    source = node.attributes.get("srclang", "")
                else:
                    yield from self._units(node, name, source, losses)
            except DataError as exc:
                faults.add(exc)
        faults.raise_all()

    def _units(self, tu: Node, file: str, source: str, losses: Counter[str]) -> Iterator[TranslationUnit]:
        """Yield the units of one ``tu``."""
        variants = self._variants(tu, file, losses)
        if len(variants) < 2:  # noqa: PLR2004 - a unit has two sides
            losses["unit without two sides"] += 1
            return
        origin = Origin(
            file=file,
            line=tu.line,
            id=tu.attributes.get("tuid", ""),
            source=_source(tu.attributes.get("srclang", source), variants),
        )
        props = _props(tu)
        for number in range(max(len(found) for found in variants.values())):
            segments = [found[number if number < len(found) else 0] for found in variants.values()]
            yield _unit(sorted(segments, key=segment_rank), props, origin)

    def _variants(self, tu: Node, file: str, losses: Counter[str]) -> dict[str, list[Segment]]:
        """Return the segments of a ``tu`` by language, equal ones once."""
        variants: dict[str, list[Segment]] = {}
        for number, tuv in enumerate(tu.elements("tuv")):
            where = Where(file=file, line=tuv.line, path=f"tuv[{number}]")
            code = tuv.attributes.get(XML_LANG) or tuv.attributes.get("lang", "")
            seg = tuv.child("seg")
            if not code or seg is None:
                problem = "no seg in a tuv" if code else "a tuv without xml:lang"
                raise DataError(problem, where, "export the memory anew, or mend the unit")
            text = one_line(_seg_text(seg))
            tag = read_tag(code, text=text, where=where, script=self.script)
            if tag is None:
                losses[f"segment in {code}"] += 1
            elif text and all(text != known.text for known in variants.get(tag, [])):
                document = _props(tuv).get("x-document", "")
                variants.setdefault(tag, []).append(Segment(language=tag, text=text, document=document))
        return variants


def _check_version(root: Node, file: str) -> None:
    """Refuse what is no TMX 1."""
    version = root.attributes.get("version", "1.4")
    if not version.startswith("1."):
        raise DataError(f"TMX version {version!r}", Where(file=file, line=root.line), "export it as TMX 1.4")


def _source(stated: str, tags: Iterable[str]) -> str:
    """Return which of the tags the stated code of the source language means; empty for ``*all*`` and other languages."""
    try:
        canonical = canonical_tag(stated)
    except ConfigError:
        return ""
    return next((tag for tag in tags if tag == canonical or (canonical == "zh" and same_language(tag, canonical))), "")


def _seg_text(node: Node) -> str:
    """Return the text of a ``seg`` without its inline codes."""
    parts = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.name not in _INLINE:
            parts.append(_seg_text(part))
        elif part.attributes.get("type") in _BREAKS:
            parts.append(" ")
    return "".join(parts)


def _props(node: Node) -> dict[str, str]:
    """Return the properties of an element by type."""
    props = {}
    for part in node.parts:
        if not isinstance(part, str) and part.name == "prop":
            props[part.attributes.get("type", "")] = part.text().strip()
    return props


def _unit(segments: list[Segment], props: dict[str, str], origin: Origin) -> TranslationUnit:
    """Make a unit; what a property of ours says is believed where it can be."""
    try:
        method, score = Method(props["x-method"]), float(props.get("x-score", "nan"))
    except (KeyError, ValueError):
        method, score = Method.GIVEN, float("nan")
    bead = props.get("x-bead", "")
    unit = TranslationUnit(
        segments=tuple(segments),
        bead=bead if bead.count("-") + 1 == len(segments) else "-".join("1" * len(segments)),
        score=score if 0 <= score <= 1 else None,
        method=method,
        origin=origin,
    )
    # A unit aligned by us had no name, and one of our own making is none.
    nameless = method is not Method.GIVEN or (origin.id.startswith("u-") and origin.id == unit.id)
    return unit if nameless else replace(unit, name=origin.id)


def _date(moment: datetime) -> str:
    """Return a date as TMX wants it: in UTC, ``YYYYMMDDThhmmssZ``."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


TMX = Tmx()
