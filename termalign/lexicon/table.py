"""Tables of the user: CSV or TSV with a column for each language, as spreadsheet programs save them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import ConfigError, DataError, OtherLanguageError, Where
from termalign.formats.faults import Faults
from termalign.formats.tags import rank, read_tag
from termalign.lexicon.base import LexiconEntry
from termalign.lexicon.core import SAME_READING
from termalign.lexicon.files import read_text
from termalign.model import canonical_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TABLE", "Table"]

_FIELDS = frozenset({"pos", "domain", "reading"})
_DELIMITERS = "\t,;"
_SYNONYMS = re.compile(r"[|;；｜]")
_N_CODE = 3  # letters of the longest language code: a longer heading is no language
_MIN_LANGUAGES = 2
_FIX = "name two columns or more ja, zh-Hans, zh-Hant or en"


@dataclass(frozen=True, slots=True)
class Table:
    """Reader of tables.

    Args:
        weight: How far one is trusted: as the core, it is the user's own.
        licence: Not ours to know.
    """

    weight: float = 1.0
    licence: str = ""

    def recognises(self, head: str) -> bool:
        """Tell whether the first line that is no comment names two languages or more."""
        line = next((line for line in head.split("\n") if line.strip() and not line.startswith("#")), "")
        cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
        try:
            return sum(bool(_language(cell, Where())) for cell in cells) >= _MIN_LANGUAGES
        except DataError:
            return False

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Read a table.

        Args:
            file: The open file, in any encoding that can be told.
            name: Its name, in messages and entries.

        Yields:
            An entry per row, in the order of the file. Columns: language tags (``ja``, ``zh``, ``zh-Hans``, ``zh-Hant``,
            ``en``), and ``pos``, ``domain``, ``reading`` of the Japanese forms where there are such; others are passed
            over. Synonyms in a cell stand between ``|`` or ``;``, the best first. Lines before the header that begin
            with ``#`` are comments.

        Raises:
            DataError: No header with two languages, a row of more cells than the header, or one without any word; after
                what is sound.
            DataErrors: Several of them.
        """
        faults = Faults(name)
        rows = _rows(read_text(file, name=name), name)
        number, heading = next(rows, (1, []))
        columns = [_column(cell, Where(file=name, line=number)) for cell in heading]
        if sum(bool(column) and column not in _FIELDS for column in columns) < _MIN_LANGUAGES:
            raise DataError("no header with two languages", Where(file=name, line=number), _FIX)
        for number, cells in rows:
            if any(cell.strip() for cell in cells):
                try:
                    yield _entry(columns, cells, Where(file=name, line=number), part=name)
                except DataError as fault:
                    faults.add(fault)
        faults.raise_all()


def _delimiter(line: str) -> str:
    """Return what stands between the cells of a heading."""
    return next((one for one in _DELIMITERS if one in line), ",")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of the rows from the heading on; a row counts as the line on which it begins."""
    lines = text.replace("\r\n", "\n").split("\n")
    skipped = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    rest = lines[skipped:]
    reader = csv.reader(
        io.StringIO("\n".join(rest), newline=""), delimiter=_delimiter(rest[0] if rest else ""), strict=True
    )
    begins = skipped + 1
    try:
        for cells in reader:
            yield begins, cells
            begins = skipped + reader.line_num + 1
    except csv.Error as exc:
        raise DataError(f"a broken row: {exc}", Where(file=name, line=begins), "mend its quotation marks") from exc


def _column(heading: str, where: Where) -> str:
    """Return the field or the language tag of a column; empty for one that is passed over."""
    plain = heading.strip()
    return plain if plain in _FIELDS else _language(plain, where)


def _language(heading: str, where: Where) -> str:
    """Return the tag that a heading is; empty where it is none of ours."""
    try:
        return canonical_tag(heading)
    except OtherLanguageError:
        return ""
    except ConfigError as exc:
        if 1 < len(heading) <= _N_CODE and heading.isalpha():
            raise DataError(f"column {heading!r}: {exc.problem}", where, exc.fix) from exc
        return ""


def _entry(columns: list[str], cells: list[str], where: Where, *, part: str) -> LexiconEntry:
    """Make the entry of one row."""
    if len(cells) > len(columns):
        problem = f"{len(cells)} cells under {len(columns)} headings"
        raise DataError(problem, where, "quote cells that hold the mark between cells")
    found = dict.fromkeys(_FIELDS, "")
    forms: dict[str, dict[str, None]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column in _FIELDS:
            found[column] = cell.strip()
        elif column:
            for text in filter(None, (one.strip() for one in _SYNONYMS.split(cell))):
                forms.setdefault(read_tag(column, text=text, where=where) or column, {}).setdefault(text)
    if not forms:
        raise DataError("no word in any language", where, "write one, or remove the row")
    return LexiconEntry(
        forms=tuple((tag, tuple(forms[tag])) for tag in sorted(forms, key=rank)),
        readings=_readings(tuple(forms.get("ja", ())), found["reading"]),
        pos=found["pos"],
        domain=found["domain"],
        part=part,
    )


def _readings(forms: tuple[str, ...], cell: str) -> tuple[str, ...]:
    """Return a reading for each Japanese form; empty where they are not given for all."""
    given = [one.strip() for one in _SYNONYMS.split(cell)] if cell else []
    pairs = list(zip_longest(forms, given, fillvalue=""))
    if not all(form and kana for form, kana in pairs):
        return ()
    return tuple(form if kana == SAME_READING else kana for form, kana in pairs)


TABLE = Table()
