"""TMX 1.4 written as a stream: equal units are counted on disk, so that memory does not grow with the units."""

from __future__ import annotations

import re
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from unicodedata import is_normalized, normalize

from termalign.formats.own_values import text_of
from termalign.formats.repeats import Repeats
from termalign.formats.tmx_inline import mended, seg_with_codes
from termalign.formats.tmx_units import OWN_PROPS, PREFIX
from termalign.formats.xml import attribute, clean, escape
from termalign.model import short_hash

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.model import InlineCode, Segment, TranslationUnit

__all__ = ["write_units"]

N_BATCH = 256
MANY = 255  # what a byte holds
_SPOOL = 2**20  # bytes in memory before rows go to disk
_DATE = re.compile(r"\d{8}T\d{6}Z")
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_BEAD = re.compile(r"[0-9-]*")
_LOOSE_ENDS = re.compile(r"\|[ |]| \|")
_TU = (
    "o-encoding", "datatype", "lastusagedate", "creationtool", "creationtoolversion", "creationdate", "creationid",
    "changedate", "segtype", "changeid", "o-tmf",
)  # fmt: skip
_TUV = tuple(name for name in ("usagecount", *_TU) if name != "segtype")
_SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
_KNOWN = frozenset({"notes", "props", "attributes", "usagecount", "sides"})
_NAMES = {key: kind for kind, key in OWN_PROPS.items()}
# Between fields and rows of the temporary file: control characters that no clean text holds.
_FIELD, _ROW = "\x1f", "\x1e"


def write_units(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    languages: tuple[str, ...],
    codes: Mapping[str, str],
    losses: Counter[str],
) -> int:
    """Write the ``tu`` elements of a memory.

    Args:
        units: In any number; they are taken one by one.
        file: Where to.
        languages: Tags to write; empty for all.
        codes: Language codes to write instead of tags.
        losses: Counts what the file cannot hold.

    Returns:
        How many elements were written.
    """
    rows = _Rows(languages, codes, losses)
    try:
        rest = iter(units)
        while batch := list(islice(rest, N_BATCH)):
            rows.add(batch)
        return rows.copy_to(file)
    finally:
        rows.close()


class _Rows:
    """Units on their way: as text in a temporary file, and as hashes that tell which are equal."""

    def __init__(self, languages: tuple[str, ...], codes: Mapping[str, str], losses: Counter[str]) -> None:
        self._languages, self._codes, self._losses = languages, codes, losses
        self._least = max(2, len(languages))
        self._temporary: Any = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - closed by close()
        self._texts, self._names = Repeats(width=1), Repeats(width=1)
        self._templates: dict[tuple[str, ...], str] = {}
        self._counts = bytearray()  # attestations of each row; MANY and more are in the dictionary
        self._many: dict[int, int] = {}
        self._pending: list[str] = []
        self._n_rows = 0

    def close(self) -> None:
        """Free the temporary files."""
        self._temporary.close()
        self._texts.close()
        self._names.close()

    def add(self, batch: Sequence[TranslationUnit]) -> None:
        """Take units in, some hundred at once: what is true of all their texts together is asked once."""
        texts = "|".join([segment.text for unit in batch for segment in unit.segments])
        # Text as nearly all text is needs no work: no control characters or line ends, in NFC, no blanks at the ends.
        is_plain = texts.isprintable() and (texts.isascii() or is_normalized("NFC", texts))
        is_plain = is_plain and not _LOOSE_ENDS.search(texts) and texts.strip("| ") == texts
        is_plain = is_plain and not self._languages
        is_escaped = not any(mark in texts for mark in ("&", "<", "]]>"))
        for unit in batch:
            # The usual unit: nothing in it but segments with plain text. Everything else goes the long way.
            if is_plain and not unit.extra and not unit.name and len(unit.segments) > 1 and _BEAD.fullmatch(unit.bead):
                self._add_plain(unit, is_escaped=is_escaped)
            else:
                self._add(unit)
        self._flush()

    def _add_plain(self, unit: TranslationUnit, *, is_escaped: bool) -> None:
        """Take in a unit whose texts can be written as they are."""
        fields: list[str] = [""]
        for segment in unit.segments:
            if segment.spans or segment.codes:
                self._add(unit)
                return
            fields += (segment.language, segment.text, segment.document, "")
        languages, texts, documents = fields[1::4], fields[2::4], fields[3::4]
        if not is_escaped:
            texts = [escape(text) if "&" in text or "<" in text or "]]>" in text else text for text in texts]
        self._texts.add(hash((*languages, *texts)), self._n_rows)
        self._counts.append(1)
        key = (*languages, *documents)
        template = self._templates.get(key) or self._template(unit.segments)
        score = "" if unit.score is None else f'<prop type="x-score">{round(unit.score, 4)}</prop>\n'
        bead = unit.bead
        if bead.count("-") + 1 != len(texts):
            bead = "-".join("1" * len(texts))
        self._pending.append(
            f'<tu tuid="u-{short_hash(*fields)}">\n{score}<prop type="x-method">{unit.method.value}</prop>\n'
            f'<prop type="x-bead">{bead}</prop>\n{template % tuple(texts)}</tu>\n{_ROW}'
        )
        self._n_rows += 1

    def _add(self, unit: TranslationUnit) -> None:
        """Take in any unit."""
        segments, texts, bead = self._kept(unit)
        if len(segments) < self._least:
            self._losses["unit without two sides"] += 1
            return
        extra = dict(unit.extra)
        if any(segment.codes for segment in segments):
            texts = self._with_codes(segments, texts)
        else:
            texts = [escape(text) for text in texts]
        self._texts.add(hash((*(segment.language for segment in segments), *texts)), self._n_rows)
        score = "" if unit.score is None else f'<prop type="x-score">{round(unit.score, 4)}</prop>\n'
        bead = escape(clean(bead, self._losses))
        own = f'{score}<prop type="x-method">{unit.method.value}</prop>\n<prop type="x-bead">{bead}</prop>\n'
        sides = self._full_template(segments, extra) % tuple(texts)
        self._pending.append(f"{self._begin(unit, extra, segments)}{own}{sides}</tu>\n{_ROW}")
        self._n_rows += 1

    def _begin(self, unit: TranslationUnit, extra: dict[str, Any], segments: Sequence[Segment]) -> str:
        """Return the beginning of a ``tu``: of a named one with the id that it gets where the name is taken."""
        given = clean(unit.name, self._losses) if unit.name else ""
        weight = _weight(extra.get("usagecount"))
        self._counts.append(min(weight, MANY))
        if weight >= MANY:
            self._many[self._n_rows] = weight
        attributes = self._attributes(extra.get("attributes"), _TU) if extra else ""
        info = self._info(unit, extra, segments) if extra else ""
        if given:
            self._names.add(hash(given), self._n_rows)
            return f"{attribute(given)}{_FIELD}{unit.id}{_FIELD}{attributes}>\n{info}"
        return f'<tu tuid="{unit.id}"{attributes}>\n{info}'

    def _flush(self) -> None:
        """Write pending rows to the temporary file."""
        self._temporary.write("".join(self._pending).encode("utf-8"))
        self._pending.clear()

    def copy_to(self, file: BinaryIO) -> int:
        """Write the rows, equal ones once, and return how many."""
        self._count_equal()
        taken = self._taken_names()
        counts, number = self._counts, 0
        for chunk in self._stored():
            n_rows = chunk.count(b"\x1e")
            if b"\x1f" not in chunk and counts.count(1, number, number + n_rows) == n_rows:
                file.write(chunk.replace(b"\x1e", b""))
            else:
                for at, row in enumerate(chunk.split(b"\x1e")[:-1], number):
                    if counts[at]:
                        file.write(self._finished(row.decode("utf-8"), at, is_taken=at in taken).encode("utf-8"))
            number += n_rows
        return self._n_rows - counts.count(0)

    def _finished(self, row: str, number: int, *, is_taken: bool) -> str:
        """Return a row with its name and its count."""
        count = self._many.get(number, 0) if self._counts[number] == MANY else self._counts[number]
        usage = f' usagecount="{count}"' if count > 1 else ""
        if _FIELD in row:
            given, name, rest = row.split(_FIELD)
            return f'<tu tuid="{name if is_taken else given}"{usage}{rest}'
        end = row.index('"', len('<tu tuid="')) + 1
        return f"{row[:end]}{usage}{row[end:]}"

    def _count_equal(self) -> None:
        """Count equal rows at the first of them; 0 marks one that is left out."""
        for group in self._texts.groups():
            numbers = [number for (number,) in group]
            counts = [self._many.pop(one, 0) if self._counts[one] == MANY else self._counts[one] for one in numbers]
            total = sum(counts)
            for number in numbers[1:]:
                self._counts[number] = 0
            self._counts[numbers[0]] = min(total, MANY)
            if total >= MANY:
                self._many[numbers[0]] = total
            self._losses["equal unit, counted in usagecount"] += len(numbers) - 1

    def _taken_names(self) -> set[int]:
        """Return the rows whose name an earlier row has."""
        taken: set[int] = set()
        for group in self._names.groups():
            kept = [number for (number,) in group if self._counts[number]]
            taken.update(kept[1:])
        return taken

    def _stored(self) -> Iterator[bytes]:
        """Read the rows back, many at once and always whole."""
        self._temporary.seek(0)
        rest = b""
        while chunk := self._temporary.read(_SPOOL // 4):
            whole, mark, rest_of_it = (rest + chunk).rpartition(b"\x1e")
            rest = rest_of_it
            yield whole + mark

    def _kept(self, unit: TranslationUnit) -> tuple[tuple[Segment, ...], list[str], str]:
        """Return the segments to write with their clean texts, empty sides left out, and their bead."""
        counts = unit.bead.split("-")
        if len(counts) != len(unit.segments):
            counts = ["1"] * len(unit.segments)
        segments, texts, beads = [], [], []
        for segment, n_sentences in zip(unit.segments, counts, strict=True):
            if self._languages and segment.language not in self._languages:
                continue
            text = normalize("NFC", clean(segment.text, self._losses))
            if text:
                segments.append(segment)
                texts.append(text)
                beads.append(n_sentences)
        return tuple(segments), texts, "-".join(beads)

    def _with_codes(self, segments: Sequence[Segment], texts: list[str]) -> list[str]:
        """Write the segments of a unit with inline codes."""
        all_codes: list[tuple[InlineCode, ...]] = mended([segment.codes for segment in segments], self._losses)
        return [
            seg_with_codes(segment.text, codes, self._losses) if codes else escape(text)
            for segment, codes, text in zip(segments, all_codes, texts, strict=True)
        ]

    def _template(self, segments: Sequence[Segment]) -> str:
        """Return the sides of a unit with places for the texts; memories have the same few again and again."""
        key = (*[segment.language for segment in segments], *[segment.document for segment in segments])
        found = self._templates.get(key)
        if found is None:
            if len(self._templates) > 1000:  # noqa: PLR2004 - pairs of documents at once
                self._templates.clear()
            found = self._templates[key] = "".join(self._tuv(segment, "", "") for segment in segments)
        return found

    def _full_template(self, segments: Sequence[Segment], extra: dict[str, Any]) -> str:
        """Return the same with what the unit says about its sides."""
        sides = extra.get("sides")
        if not isinstance(sides, dict):
            return self._template(segments)
        out = []
        for segment in segments:
            about = sides.get(segment.language)
            about = about if isinstance(about, dict) else {}
            attributes = self._attributes(about.get("attributes"), _TUV)
            out.append(self._tuv(segment, attributes, self._notes_and_props(about)))
        return "".join(out)

    def _tuv(self, segment: Segment, attributes: str, info: str) -> str:
        """Return the beginning of a ``tuv``."""
        document = clean(segment.document, self._losses) if segment.document else ""
        place = f'<prop type="x-document">{escape(document)}</prop>' if document else ""
        code = self._codes.get(segment.language, segment.language)
        head = f'<tuv xml:lang="{attribute(code)}"{attributes}>{info}{place}'
        return head.replace("%", "%%") + "<seg>%s</seg></tuv>\n"

    def _info(self, unit: TranslationUnit, extra: dict[str, Any], segments: Sequence[Segment]) -> str:
        """Return notes and properties of a unit, ours for further keys among them."""
        sides = extra.get("sides")
        if isinstance(sides, dict):
            lost = sides.keys() - {segment.language for segment in segments}
            self._losses["note or property of a side that is not written"] += len(lost)
        lines = [self._notes_and_props(extra)]
        for key, value in unit.extra:
            if key not in _KNOWN:
                kind = _NAMES.get(key, PREFIX + key)
                lines.append(_prop(kind, text_of(value), self._losses))
        return "\n".join([*filter(None, lines), ""])

    def _notes_and_props(self, about: dict[str, Any]) -> str:
        """Return the notes and foreign properties of a unit or a side."""
        notes, props = about.get("notes", ()), about.get("props", ())
        props = props if isinstance(props, list | tuple) else ()
        notes = [notes] if isinstance(notes, str) else notes if isinstance(notes, list | tuple) else ()
        lines = [f"<note>{escape(clean(str(note), self._losses))}</note>" for note in notes]
        pairs = [prop for prop in props if isinstance(prop, list | tuple) and len(prop) == 2]  # noqa: PLR2004
        lines += [_prop(str(kind), str(value), self._losses) for kind, value in pairs]
        return "".join(lines)

    def _attributes(self, stated: Any, allowed: tuple[str, ...]) -> str:
        """Return the attributes that TMX gives the element, dates only in its form."""
        if not isinstance(stated, dict):
            return ""
        out = []
        for name in allowed:
            value = clean(str(stated.get(name, "")), self._losses)
            is_wrong = (name in _DATES and not _DATE.fullmatch(value)) or (name == "segtype" and value not in _SEGTYPES)
            if value and not is_wrong:
                out.append(f' {name}="{attribute(value)}"')
        self._losses["attribute that TMX has not, or not in this form"] += len(stated) - len(out)
        return "".join(out)


def _prop(kind: str, value: str, losses: Counter[str]) -> str:
    """Return one property."""
    return f'<prop type="{attribute(clean(kind, losses))}">{escape(clean(value, losses))}</prop>'


def _weight(usage: object) -> int:
    """Return how many attestations a unit stands for."""
    return usage if isinstance(usage, int) and not isinstance(usage, bool) and usage > 0 else 1
