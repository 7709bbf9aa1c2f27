"""Gettext PO: translated messages in and out, read and written by polib."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

import polib

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.encodings import decoded, decoded_as, tags_among
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.losses import Losses
from termalign.formats.pairs import choose_pair, codes_of_units, count_regions, sides
from termalign.formats.tags import REGIONS, chinese_script, read_region, read_tag, segment_rank
from termalign.formats.whole import read_whole
from termalign.model import Method, Origin, Segment, TranslationUnit, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["PO", "Po"]

_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_HEADER = re.compile(rb'"Content-Type:[^"]*', re.IGNORECASE)
_SOUND = re.compile(
    r"""\ufeff?\s*(?:\#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*")?\s*""", re.VERBOSE
)
_LINE = re.compile(r"line (\d+)")
_NAME_PARTS = re.compile(r"[.\s]")
_LOCALE = re.compile(r"[.@].*")  # zh_CN.UTF-8, ja@latin
_PLACEHOLDER = "CHARSET"  # of a template that nobody filled in
_STATED = re.compile(r'"(?:X-Source-)?Language:\s*([A-Za-z][A-Za-z0-9_.@-]*)')
_N_PLURAL = re.compile(r"nplurals\s*=\s*(\d+)")
_SEPARATOR = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that is read: its name, the codes of its two languages, and what takes the counts."""

    name: str
    codes: tuple[str, str]
    losses: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Po:
    """Reader and writer of PO files.

    Args:
        source: Tag of the language of the messages (``msgid``) of a file that does not say ``X-Source-Language``: gettext
            itself knows only English ones.
        languages: The two tags to write, the language of the messages first; empty: the two that the units have most.
        codes: Language codes to write instead of our tags.
        encoding: Encoding of the files to read; empty: what their header says, else told by their bytes.
        with_fuzzy: Read entries marked ``fuzzy`` too: nobody has checked their translation.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a header says ``zh``.
        suffixes: File name endings.
        is_bilingual: A file holds two languages.
    """

    source: str = "en"
    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    with_fuzzy: bool = False
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".po",)
    is_bilingual: bool = True

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write a file of two languages.

        Args:
            units: In any number; all are held at once.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many entries there are; under ``losses`` segments in other languages, units without both sides, units that
            stand twice, regions that not all units state, and the scores, beads and places that PO has no field for.

        Source:
            GNU gettext manual, chapter The Format of PO Files.
        """
        losses = Losses()
        held = list(units)
        pair = choose_pair((segment.language for unit in held for segment in unit.segments), self.languages)
        codes = codes_of_units(held, pair, dict(self.codes))
        book = polib.POFile(wrapwidth=0)
        book.metadata = {
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": codes[pair[1]].replace("-", "_"),
            "X-Source-Language": codes[pair[0]],
        }
        translations: dict[tuple[str, str], str] = {}
        for unit in held:
            count_regions(unit, codes, losses)
            found = sides(unit, pair, losses)
            if found is not None:
                losses["score"] += unit.score is not None
                losses["document and place"] += any(segment.document or segment.spans for segment in found)
                losses["inline code"] += sum(len(segment.codes) for segment in found)
                losses["further keys of a unit"] += any(key != REGIONS for key, _ in unit.extra)
                entry = _entry(unit, (found[0].text, found[1].text), translations, losses)
                if entry is not None:
                    book.append(entry)
        file.write(f"{book}\n".encode())
        return WriteReport.of(len(book), losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read a file.

        Args:
            file: The open file, in the encoding that its header states.
            name: Its name, in messages; it tells the language (``ja.po``) of a file whose header does not.
            losses: Counts entries that are fuzzy, obsolete or not translated, and a language told by the name.

        Yields:
            One unit per entry; of an entry with plural forms one for each form: a language with one form translates the
            plural. The context (``msgctxt``) is the unit's name.

        Raises:
            DataError: Not PO, an encoding that does not fit, or no language.

        Source:
            GNU gettext manual, chapter The Format of PO Files.
        """
        losses = Counter() if losses is None else losses
        faults = Faults(name)
        book = _parse(self._decoded(read_whole(file, name=name), name, losses), name)
        if not book and not book.metadata:
            return
        read = _File(name=name, codes=self._languages(book, name, losses), losses=losses)
        for entry in book:
            why = _unfit(entry, with_fuzzy=self.with_fuzzy)
            if why:
                losses[why] += 1
                continue
            flags = [flag for flag in entry.flags if flag != "fuzzy"]
            losses["place or flag of an entry (#: and #,)"] += bool(entry.occurrences or flags)
            losses["plural form without a translation"] += sum(
                not text.strip() for text in entry.msgstr_plural.values()
            )
            for number, texts in enumerate(_forms(entry, book)):
                try:
                    unit = self._unit(entry, number, texts, read)
                except DataError as exc:
                    faults.add(exc)
                    break
                if unit is not None:
                    yield unit
        faults.raise_all()

    def _decoded(self, raw: bytes, name: str, losses: Counter[str]) -> str:
        """Decode by the charset of the header, else as any text, with the languages of the header in mind."""
        header = _HEADER.search(raw)
        charset = _CHARSET.search(header[0]) if header else None
        stated = charset[1].decode("ascii") if charset else ""
        is_marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if self.encoding or not stated or stated.upper() == _PLACEHOLDER or is_marked:
            return decoded(raw, name=name, encoding=self.encoding, languages=self._tags(name), losses=losses)
        return _by_header(raw, stated, name)

    def _tags(self, name: str) -> Callable[[str], tuple[str, ...]]:
        """Return what tells the languages of a file by its header and its name."""

        def tags(text: str) -> tuple[str, ...]:
            stated = [_LOCALE.sub("", code) for code in _STATED.findall(text)]
            return tags_among([self.source, *stated, *_parts(name)])

        return tags

    def _languages(self, book: polib.POFile, name: str, losses: Counter[str]) -> tuple[str, str]:
        """Return the codes of both languages: of the header, the name of the file, our default."""
        source = book.metadata.get("X-Source-Language", "").strip() or self.source
        target = book.metadata.get("Language", "").strip()
        if not target:
            target = next((part for part in reversed(_parts(name)) if _is_tag(part)), "")
            losses[f"language told by the name of the file: {target}"] += bool(target)
        if not target:
            raise DataError("no language", Where(file=name, line=1), "write Language: ja into the header")
        return _LOCALE.sub("", source), _LOCALE.sub("", target)

    def _unit(self, entry: polib.POEntry, number: int, texts: tuple[str, str], file: _File) -> TranslationUnit | None:
        """Make a unit of one form of an entry; ``None`` where its languages are not two of ours, which is counted."""
        where = Where(file=file.name, line=entry.linenum or None, path="msgstr")
        segments: list[Segment] = []
        regions: dict[str, str] = {}
        for code, text in zip(file.codes, texts, strict=True):
            tag = read_tag(code, text=text, where=where, script=self.script)
            if tag is None:
                file.losses[f"entry in {code}"] += 1
                return None
            segments.append(Segment(language=tag, text=one_line(text)))
            regions |= {tag: read_region(code)} if read_region(code) else {}
        if len({segment.language for segment in segments}) < 2 or not all(one.text for one in segments):  # noqa: PLR2004 - two sides
            file.losses["entry of which both sides are in one language, or one side is blank"] += 1
            return None
        context = one_line(entry.msgctxt or "")
        notes = [one_line(text) for text in (entry.comment, entry.tcomment) if text.strip()]
        return TranslationUnit(
            segments=tuple(sorted(segments, key=segment_rank)),
            method=Method.GIVEN,
            name=context if number == 0 or not context else f"{context}{_SEPARATOR}{number}",
            extra=tuple((key, value) for key, value in (("notes", notes), (REGIONS, regions)) if value),
            origin=Origin(file=file.name, line=entry.linenum or 0, id=context, source=segments[0].language),
        )


def _entry(
    unit: TranslationUnit, texts: tuple[str, str], known: dict[tuple[str, str], str], losses: Losses
) -> polib.POEntry | None:
    """Make an entry; a message that is translated in two ways is told apart by the id of the unit."""
    context = one_line(unit.name)
    if known.get((context, texts[0])) == texts[1]:
        losses["equal unit, written once"] += 1
        return None
    if (context, texts[0]) in known:
        context = unit.id
        losses["second translation of a message, told apart by msgctxt"] += 1
    known[context, texts[0]] = texts[1]
    return polib.POEntry(msgid=texts[0], msgstr=texts[1], msgctxt=context or None)


def _parse(text: str, name: str) -> polib.POFile:
    """Parse a file."""
    _check_lines(text, name)
    try:
        # polib takes a text for a path where such a file exists: no path ends in a line feed by accident.
        return polib.pofile(f"{text}\n", wrapwidth=0)
    except (OSError, ValueError, IndexError, UnicodeError, AttributeError) as exc:
        found = _LINE.search(str(exc))
        where = Where(file=name, line=int(found[1]) if found else None)
        raise DataError("broken PO", where, "mend it there; msgfmt --check says more") from exc


def _check_lines(text: str, name: str) -> None:
    """Refuse what is no line of a PO file: polib would read half of some such lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _SOUND.fullmatch(line):
            where = Where(file=name, line=number)
            raise DataError(f"broken PO: {line.strip()[:40]!r}", where, "mend it there; msgfmt --check says more")


def _by_header(raw: bytes, charset: str, name: str) -> str:
    """Decode by the charset of the header."""
    where = Where(file=name, line=raw[: raw.index(b"charset=")].count(b"\n") + 1)
    fix = "save the file as UTF-8"
    unknown = DataError(f"unknown charset {charset!r}", where, fix)
    return decoded_as(
        raw, charset, unknown=unknown, said=", as its header says", fix=fix, name=name, nul="NUL character"
    )


def _parts(name: str) -> list[str]:
    """Return the parts of the name of a file, one of which may be its language."""
    return [part for part in _NAME_PARTS.split(PurePath(name).name.removesuffix(".po")) if part]


def _is_tag(part: str) -> bool:
    """Tell whether a part of a file name is the tag of one of our languages."""
    try:
        canonical_tag(part)
    except ConfigError:
        return False
    return True


def _unfit(entry: polib.POEntry, *, with_fuzzy: bool) -> str:
    """Say why an entry is no translation; empty where it is one."""
    if entry.obsolete:
        return "obsolete entry"
    if entry.fuzzy and not with_fuzzy:
        return "fuzzy entry"
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return "" if any(text.strip() for text in texts) else "entry without a translation"


def _forms(entry: polib.POEntry, book: polib.POFile) -> list[tuple[str, str]]:
    """Return message and translation of each plural form: where there is one form only, it stands for the plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    stated = _N_PLURAL.search(book.metadata.get("Plural-Forms", ""))
    n_forms = int(stated[1]) if stated else len(entry.msgstr_plural)
    singular = entry.msgid if n_forms > 1 else entry.msgid_plural
    rows = [
        (singular if number == 0 else entry.msgid_plural, text) for number, text in sorted(entry.msgstr_plural.items())
    ]
    return [row for row in rows if row[1].strip()]


PO = Po()
