"""TMX 1.4 written as a stream: equal units are counted on disk, so that memory does not grow with the units."""

from __future__ import annotations

import re
import unicodedata
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.formats.own_values import text_of
from termalign.formats.repeats import Repeats
from termalign.formats.tmx_inline import mended, seg_with_codes
from termalign.formats.tmx_read import OWN_PROPS, PREFIX
from termalign.formats.xml import attribute, clean, escape

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.model import InlineCode, Segment, TranslationUnit

__all__ = ["write_units"]

_SPOOL = 2**20  # bytes in memory before rows go to disk
_DATE = re.compile(r"\d{8}T\d{6}Z")
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
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
        for unit in units:
            rows.add(unit)
        return rows.copy_to(file)
    finally:
        rows.close()


class _Rows:
    """Units on their way: as text in a temporary file, and as hashes that tell which are equal."""

    def __init__(self, languages: tuple[str, ...], codes: Mapping[str, str], losses: Counter[str]) -> None:
        self._languages, self._codes, self._losses = languages, codes, losses
        self._least = max(2, len(languages))
        self._temporary: Any = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - closed by close()
        self._texts, self._names = Repeats(width=2), Repeats(width=1)
        self._heads: dict[str, str] = {}
        self._pending: list[str] = []
        self._n_rows = 0

    def close(self) -> None:
        """Free the temporary files."""
        self._temporary.close()
        self._texts.close()
        self._names.close()

    def add(self, unit: TranslationUnit) -> None:
        """Take one unit in."""
        losses = self._losses
        segments = unit.segments
        plain = "".join([segment.text for segment in segments])
        bead, texts = unit.bead, None
        # Text as nearly all text is needs no work: no control characters or line ends, in NFC, every side wanted.
        if (
            not self._languages
            and len(segments) >= self._least
            and plain.isprintable()
            and (plain.isascii() or unicodedata.is_normalized("NFC", plain))
        ):
            texts = [segment.text for segment in segments]
            if any(not text or text[0] == " " or text[-1] == " " for text in texts):
                texts = None
        if texts is None:
            segments, texts, bead = self._kept(unit)
            if len(segments) < self._least:
                losses["unit without two sides"] += 1
                return
        elif bead.count("-") + 1 != len(segments):
            bead = "-".join("1" * len(segments))
        extra = dict(unit.extra) if unit.extra else {}
        has_codes = any([segment.codes for segment in segments])
        markup = self._with_codes(segments, texts) if has_codes else [escape(text) for text in texts]
        weight = _weight(extra.get("usagecount"))
        self._texts.add(
            hash(tuple(markup)) ^ hash(tuple([segment.language for segment in segments])), self._n_rows, weight
        )
        name = unit.id
        given = clean(unit.name, losses) if unit.name else ""
        if given:
            self._names.add(hash(given), self._n_rows)
        info = self._info(unit, extra, segments) if extra else ""
        score = "" if unit.score is None else f'<prop type="x-score">{round(unit.score, 4)}</prop>\n'
        bead = bead if bead.isprintable() else clean(bead, losses)
        head = f'{score}<prop type="x-method">{unit.method.value}</prop>\n<prop type="x-bead">{escape(bead)}</prop>\n'
        sides = "".join(
            [
                f"{self._head(segment) if not extra else self._full_head(segment, extra)}<seg>{seg}</seg></tuv>\n"
                for segment, seg in zip(segments, markup, strict=True)
            ]
        )
        attributes = self._attributes(extra.get("attributes"), _TU) if extra else ""
        self._pending.append(f"{given}{_FIELD}{name}{_FIELD}{attributes}{_FIELD}{info}{head}{sides}</tu>\n{_ROW}")
        self._n_rows += 1
        if len(self._pending) >= 200:  # noqa: PLR2004 - rows encoded at once
            self._flush()

    def _flush(self) -> None:
        """Write pending rows to the temporary file."""
        self._temporary.write("".join(self._pending).encode("utf-8"))
        self._pending.clear()

    def copy_to(self, file: BinaryIO) -> int:
        """Write the rows, equal ones once, and return how many."""
        self._flush()
        counts, many = self._counts()
        taken = self._taken_names()
        n_written = 0
        for number, row in enumerate(self._stored()):
            count = counts[number]
            if not count:
                continue
            given, name, attributes, body = row.split(_FIELD)
            tuid = name if not given or number in taken else attribute(given)
            n_units = many[number] if count == 255 else count  # noqa: PLR2004 - what a byte holds
            usage = f' usagecount="{n_units}"' if n_units > 1 else ""
            file.write(f'<tu tuid="{tuid}"{usage}{attributes}>\n{body}'.encode())
            n_written += 1
        return n_written

    def _counts(self) -> tuple[bytearray, dict[int, int]]:
        """Return how often each row stands, 0 for one that equals an earlier row; from 255 on in the dictionary."""
        counts = bytearray(b"\x01") * self._n_rows
        many: dict[int, int] = {}
        for group in self._texts.groups(least=1):
            total = sum(weight for _, weight in group)
            if total == 1 and len(group) == 1:
                continue
            first = group[0][0]
            counts[first] = min(total, 255)
            if total >= 255:  # noqa: PLR2004 - what a byte holds
                many[first] = total
            for number, _ in group[1:]:
                counts[number] = 0
            self._losses["equal unit, counted in usagecount"] += len(group) - 1
        self._kept_rows = counts
        return counts, many

    def _taken_names(self) -> set[int]:
        """Return the rows whose name an earlier row has."""
        taken: set[int] = set()
        for group in self._names.groups():
            kept = [number for (number,) in group if self._kept_rows[number]]
            taken.update(kept[1:])
        return taken

    def _stored(self) -> Iterator[str]:
        """Read the rows back."""
        self._temporary.seek(0)
        rest = b""
        while chunk := self._temporary.read(_SPOOL // 4):
            *rows, rest = (rest + chunk).split(b"\x1e")
            for row in rows:
                yield row.decode("utf-8")

    def _kept(self, unit: TranslationUnit) -> tuple[tuple[Segment, ...], list[str], str]:
        """Return the segments to write with their clean texts, empty sides left out, and their bead."""
        counts = unit.bead.split("-")
        if len(counts) != len(unit.segments):
            counts = ["1"] * len(unit.segments)
        segments, texts, beads = [], [], []
        for segment, n_sentences in zip(unit.segments, counts, strict=True):
            if self._languages and segment.language not in self._languages:
                continue
            text = unicodedata.normalize("NFC", clean(segment.text, self._losses))
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

    def _head(self, segment: Segment) -> str:
        """Return the beginning of a ``tuv`` that has nothing but a document; the same few again and again."""
        key = f"{segment.language}\x1f{segment.document}"
        if key not in self._heads:
            if len(self._heads) > 1000:  # noqa: PLR2004 - documents at once
                self._heads.clear()
            self._heads[key] = self._tuv(segment, "", "")
        return self._heads[key]

    def _full_head(self, segment: Segment, extra: dict[str, Any]) -> str:
        """Return the beginning of a ``tuv`` with what the unit says about this side."""
        sides = extra.get("sides")
        about = sides.get(segment.language) if isinstance(sides, dict) else None
        if not isinstance(about, dict):
            return self._head(segment)
        return self._tuv(segment, self._attributes(about.get("attributes"), _TUV), self._notes_and_props(about))

    def _tuv(self, segment: Segment, attributes: str, info: str) -> str:
        """Return the beginning of a ``tuv``."""
        document = clean(segment.document, self._losses) if segment.document else ""
        place = f'<prop type="x-document">{escape(document)}</prop>' if document else ""
        code = self._codes.get(segment.language, segment.language)
        return f'<tuv xml:lang="{attribute(code)}"{attributes}>{info}{place}'

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
        notes = [notes] if isinstance(notes, str) else notes if isinstance(notes, list | tuple) else ()
        lines = [f"<note>{escape(clean(str(note), self._losses))}</note>" for note in notes]
        for prop in props if isinstance(props, list | tuple) else ():
            if isinstance(prop, list | tuple) and len(prop) == 2:  # noqa: PLR2004 - type and value
                lines.append(_prop(str(prop[0]), str(prop[1]), self._losses))
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
