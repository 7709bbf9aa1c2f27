"""Concepts as a spreadsheet of its own kind: no guessing of encodings, no formulas, leading zeros kept.

Written by XlsxWriter row by row, read by openpyxl; both come with the extra ``xlsx``.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import openpyxl
import xlsxwriter
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.escape import unescape

from termalign.errors import DataError, TermalignError, Where
from termalign.formats.archives import check_archive
from termalign.formats.base import WriteReport
from termalign.formats.columns import read_column
from termalign.formats.concept_table import TableReader, is_before_heading, read_table
from termalign.formats.csv_table import headings, table_row
from termalign.formats.lines import one_cell
from termalign.formats.losses import Losses
from termalign.formats.tags import chinese_script
from termalign.formats.whole import read_whole
from termalign.formats.xlsx_marks import has_comments, marks_of
from termalign.formats.xml import clean
from termalign.model import ConceptStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termalign.formats.xlsx_marks import Merged
    from termalign.model import Concept

__all__ = ["XLSX", "Xlsx", "write_sheet"]

MAX_CELL = 32_767  # characters, of Excel
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no time zones; a fixed date: the same concepts give the same bytes
_FIX = "save it anew as .xlsx, or as UTF-8 .csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Xlsx:
    """Reader and writer of spreadsheets of concepts.

    Args:
        columns: Headings of a sheet that has none.
        synonyms: What stands between synonyms in one cell of a file of somebody else; empty: ``|``.
        status: Status of the entries of a file that has no column ``status``.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a heading says ``zh``.
        suffixes: File name endings.
    """

    columns: tuple[str, ...] = ()
    synonyms: str = ""
    status: ConceptStatus = ConceptStatus.VERIFIED
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".xlsx",)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a sheet with the columns of ``glossary.csv``.

        Args:
            concepts: In the order to write.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are, and what the table cannot hold.

        Source:
            ECMA-376; DEPENDENCIES.md P8 and P19.
        """
        losses = Losses()
        n_written = write_sheet(headings(), (table_row(concept, losses) for concept in concepts), file, losses)
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read the first sheet whose first row names a language.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts further sheets, formulas without a stored value, and what had to be interpreted.

        Yields:
            The entries in the order of the rows, as :func:`termalign.formats.concept_table.read_table` says.

        Raises:
            DataError: No spreadsheet, a damaged one, one beyond the limits of CONTRACTS.md section 7, or a fault in it.
            DataErrors: Several faults.

        Source:
            ECMA-376.
        """
        losses = Counter() if losses is None else losses
        raw = io.BytesIO(read_whole(file, name=name))
        if not raw.getbuffer().nbytes:
            raise DataError("the file is empty", Where(file=name), _FIX)
        check_archive(raw, name=name)
        reader = TableReader(
            name=name,
            script=self.script,
            status=self.status,
            losses=losses,
            synonyms=self.synonyms,
            columns=self.columns,
        )
        yield from read_table(_rows(raw, reader), reader)


def write_sheet(
    heading: Sequence[str], rows: Iterable[Sequence[str | bool]], file: BinaryIO, losses: Counter[str]
) -> int:
    """Write a workbook of one sheet: texts as texts, whatever they look like.

    Args:
        heading: The first row.
        rows: The cells of the others: text, or yes and no.
        file: Where to.
        losses: Counts characters that XML forbids, and what is cut from cells longer than Excel holds.

    Returns:
        How many rows there are, without the heading.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _MADE, "author": "termalign"})
    sheet = book.add_worksheet("terms")
    sheet.freeze_panes(1, 0)
    n_rows = 0
    for number, cells in enumerate([heading, *rows]):
        n_rows = number
        for at, cell in enumerate(cells):
            if isinstance(cell, bool):
                sheet.write_boolean(number, at, cell)
            elif cell:
                text = clean(cell, losses)
                losses["text longer than a cell of Excel, cut"] += len(text) > MAX_CELL
                sheet.write_string(number, at, text[:MAX_CELL])
    book.close()
    file.write(made.getvalue())
    return n_rows


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Say what is wrong with a file in our words: openpyxl raises whatever its parsers do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are none of our business
            yield
    except TermalignError:
        raise
    except Exception as exc:
        raise DataError("not a sound .xlsx file", Where(file=name), _FIX) from exc


def _rows(raw: BinaryIO, reader: TableReader) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row of the sheet to read: the first one with a heading, visible ones before hidden ones."""
    with _translated(reader.name):
        book = _open(raw, data_only=True)
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        reader.losses["comments of cells, left out"] += has_comments(raw)
    chosen = None
    for sheet in sheets:
        rows = _sheet_rows(sheet, reader)
        if chosen is None and (reader.columns or len(sheets) == 1 or _has_language(_sheet_rows(sheet, reader), reader)):
            chosen = _whole_rows(raw, sheet, rows, reader)
            reader.losses[f"hidden sheet {one_cell(sheet.title)!r} read"] += sheet.sheet_state != "visible"
        else:
            reader.losses[f"sheet {one_cell(sheet.title)!r} passed over"] += 1
    if chosen is not None:
        for number, cells in chosen:
            yield number, [_text(cell, reader) for cell in cells]


def _open(raw: BinaryIO, *, data_only: bool) -> Any:
    """Open a workbook, with the values of formulas or with the formulas."""
    return openpyxl.load_workbook(raw, read_only=True, data_only=data_only, keep_links=False)


def _has_language(rows: Iterator[tuple[int, list[Any]]], reader: TableReader) -> bool:
    """Tell whether the heading of a sheet names a language."""
    for number, row in rows:
        cells, where = [_text(cell, None) for cell in row], Where(file=reader.name, line=number)
        if not is_before_heading(cells, where):
            return any(read_column(cell, where, Counter()).role == "term" for cell in cells)
    return False


def _sheet_rows(sheet: Any, reader: TableReader) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of one sheet."""
    with _translated(reader.name):
        sheet.reset_dimensions()  # what a file says of its size is not to be relied on
        found = sheet.iter_rows()
    number = 0
    while True:
        with _translated(reader.name):
            row = next(found, None)
        if row is None:
            return
        number += 1
        yield number, list(row)


def _whole_rows(
    raw: BinaryIO, sheet: Any, rows: Iterator[tuple[int, list[Any]]], reader: TableReader
) -> Iterator[tuple[int, list[Any]]]:
    """Yield rows in which a merged cell has its value in each row; formulas that nobody has worked out are counted."""
    with _translated(reader.name):
        marks = marks_of(raw, str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
        formulas = _sheet_rows(_open(raw, data_only=False)[sheet.title], reader) if marks.formulas else None
    merged = _MergedCells(marks.merged)
    for number, cells in rows:
        if formulas is not None:
            _count_formulas(cells, next(formulas, (0, []))[1], reader)
        reader.losses["row under a merged cell, whose value it has too"] += merged.fill(number, cells)
        yield number, cells


class _MergedCells:
    """Cells that are merged over several rows, of which the file holds the first only."""

    def __init__(self, merged: Sequence[Merged]) -> None:
        self._waiting = list(reversed(merged))
        self._held: dict[int, tuple[int, Any]] = {}  # by column: the last row, and the cell

    def fill(self, number: int, cells: list[Any]) -> bool:
        """Put the value of merged cells into a row that has others; tell whether there were any."""
        self._held = {at: row for at, row in self._held.items() if number <= row[0]}
        is_filled = bool(self._held) and any(one.value is not None for one in cells)
        if is_filled:
            cells.extend([EMPTY_CELL] * (max(self._held) + 1 - len(cells)))
            for at, (_, cell) in self._held.items():
                cells[at] = cell
        while self._waiting and self._waiting[-1].first <= number:
            one = self._waiting.pop()
            if one.first == number and one.column <= len(cells):
                self._held[one.column - 1] = (one.last, cells[one.column - 1])
        return is_filled


def _count_formulas(cells: Sequence[Any], formulas: Sequence[Any], reader: TableReader) -> None:
    """Count the formulas of a row that have no value stored."""
    for value, formula in zip(cells, formulas, strict=False):
        if value.value is None and formula.value is not None and formula.data_type == "f":
            reader.losses["formula without a stored value: open the file in Excel and save it"] += 1


def _text(cell: Any, reader: TableReader | None) -> str:
    """Return what a person sees in a cell: 007 where a number is shown so."""
    value = cell.value
    if cell.data_type == "e":
        if reader is not None:
            reader.losses[f"cell with the error {value}, left out"] += 1
        return ""
    if isinstance(value, str):
        return one_cell(unescape(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _shown(value, str(cell.number_format))
    if isinstance(value, date | datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return "" if value is None else one_cell(str(value))


def _shown(value: float, form: str) -> str:
    """Return a number as it is shown, with leading zeros or in percent."""
    if form.strip("0") == "%":
        return f"{value * 100:g}%"
    if not float(value).is_integer():
        return repr(value)
    shown = str(int(value))
    return shown.zfill(len(form)) if form.strip("0") == "" else shown


XLSX = Xlsx()
