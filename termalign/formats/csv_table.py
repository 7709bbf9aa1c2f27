"""Concepts as CSV that opens in a spreadsheet: every entry with its status, a column per language and status."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.columns import read_column
from termalign.formats.concept_table import TableReader, count_losses, join_variants, read_table, score_cell
from termalign.formats.encodings import decoded, tags_among
from termalign.formats.lines import one_cell
from termalign.formats.tags import chinese_script
from termalign.formats.whole import read_whole
from termalign.model import TAGS, Concept, ConceptStatus, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["CSV_TABLE", "TSV_TABLE", "CsvTable", "guard", "headings", "table_row", "unguard"]

_FIELDS = ("id", "status", "score", "kind", "subject")
_COLUMNS = tuple((str(tag), status) for tag in TAGS for status in TermStatus)

# What makes a spreadsheet take a cell for a formula, full width included: Japanese and Chinese ones read ＝ as =.
_FORMULA = re.compile("'*[=+\\-@＝＋－＠]")
_SEPARATOR = re.compile(r"\ufeff?sep=([,;\t|])\r?\n")  # how Excel names the delimiter in a file of its own
_DELIMITERS = ",;\t|"
_N_HEAD, _N_TITLES = 65_536, 20  # characters and lines among which the heading is looked for
_GUARDED = re.compile("''*[=+\\-@＝＋－＠]")


def guard(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula: an apostrophe goes before what could start one.

    Args:
        text: Text of one cell, on one line.

    Returns:
        Text that :func:`unguard` turns back into the same.

    Source:
        OWASP, CSV Injection; DEPENDENCIES.md P19.

    >>> guard("=1+1"), guard("量子"), unguard(guard("'=1"))
    ("'=1+1", '量子', "'=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take the apostrophe of :func:`guard` away again."""
    return text[1:] if _GUARDED.match(text) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """Reader and writer of ``glossary.csv``.

    Args:
        delimiter: What stands between the cells that are written.
        columns: Headings of a file that has none: ``("ja", "en", "definition")``.
        synonyms: What stands between synonyms in one cell of a file of somebody else; empty: ``|``.
        status: Status of the entries of a file that has no column ``status``.
        encoding: Encoding of the files to read; empty: told by their bytes.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a heading says ``zh``.
        suffixes: File name endings.
    """

    delimiter: str = ","
    columns: tuple[str, ...] = ()
    synonyms: str = ""
    status: ConceptStatus = ConceptStatus.VERIFIED
    encoding: str = ""
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".csv",)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a table: all entries, whatever their status.

        Args:
            concepts: In the order to write.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are, and what the table cannot hold.

        Source:
            RFC 4180 with a byte order mark, without which Excel reads the local code page (INTEROP.md section 9).
        """
        losses: Counter[str] = Counter()
        n_written = 0
        file.write(("\ufeff" + _line(headings(), self.delimiter)).encode("utf-8"))
        for concept in concepts:
            cells = [guard(cell) for cell in table_row(concept, losses)]
            file.write(_line(cells, self.delimiter).encode("utf-8"))
            n_written += 1
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a table: ours, or one whose headings are language tags.

        Args:
            file: The open file; comma, semicolon or tab between cells, in any encoding that documents may have.
            name: Its name, in messages.
            losses: Counts what had to be interpreted: the encoding, names of columns, synonyms in a cell, words for a status.

        Yields:
            The entries in the order of the rows, as :func:`termalign.formats.concept_table.read_table` says.

        Raises:
            DataError: A fault, after what is sound.
            DataErrors: Several faults.

        Source:
            RFC 4180.
        """
        losses = Counter() if losses is None else losses
        text = decoded(
            read_whole(file, name=name), name=name, encoding=self.encoding, languages=self._languages, losses=losses
        )
        reader = TableReader(
            name=name,
            script=self.script,
            status=self.status,
            losses=losses,
            synonyms=self.synonyms,
            columns=self.columns,
        )
        yield from read_table(_rows(text, name), reader)

    def _languages(self, text: str) -> tuple[str, ...]:
        """Return the languages that the headings name, as far as they are ASCII."""
        where = Where()
        cells = self.columns or next(iter(_rows(text.partition("\n")[0] + "\n", "")), (1, []))[1]
        codes = []
        for cell in cells:
            with suppress(DataError):  # a wrong code: reading says so
                codes.append(read_column(cell, where, Counter()).code)
        return tags_among(codes)


def headings() -> list[str]:
    """Return the headings of a table of concepts."""
    return [*_FIELDS, *(f"{tag} {status.value}" for tag, status in _COLUMNS)]


def table_row(concept: Concept, losses: Counter[str]) -> list[str]:
    """Return the cells of an entry.

    Args:
        concept: The entry.
        losses: Counts what the table cannot hold.

    Returns:
        One text on one line for each of :func:`headings`; formulas are not guarded against yet.
    """
    fields = (concept.id, concept.status.value, score_cell(concept.score), concept.kind, concept.subject)
    texts = [
        join_variants((one.text for one in concept.designations(tag) if one.status is status), losses)
        for tag, status in _COLUMNS
    ]
    count_losses(concept, _FIELDS, losses)
    return [one_cell(cell) for cell in (*fields, *texts)]


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the line that each begins in."""
    stated = _SEPARATOR.match(text)
    body = text[stated.end() :] if stated else text
    lines = body[:_N_HEAD].split("\n")[:_N_TITLES]
    heading = next((line for line in lines if any(mark in line for mark in _DELIMITERS)), "")
    delimiter = stated[1] if stated else max(_DELIMITERS, key=heading.count)
    first = 2 if stated else 1
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            yield line, [unguard(one_cell(cell)) for cell in cells]
            line = reader.line_num + first
    except csv.Error as exc:
        if "limit" in str(exc):
            fix = "close the quotation mark that opens there, or shorten the cell"
            raise DataError(
                f"a cell longer than the limit of {csv.field_size_limit()} characters", Where(file=name, line=line), fix
            ) from exc
        raise DataError(f"broken CSV: {exc}", Where(file=name, line=line), "mend the quotation marks there") from exc


def _line(cells: list[str], delimiter: str) -> str:
    """Return one line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n", delimiter=delimiter).writerow(cells)
    return buffer.getvalue()


CSV_TABLE = CsvTable()
TSV_TABLE = CsvTable(delimiter="\t", suffixes=(".tsv",))
