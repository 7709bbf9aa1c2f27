"""Concepts as CSV that opens in a spreadsheet: every entry with its status, a column per language and status."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.concept_table import count_losses, join_variants, read_table, score_cell
from termalign.formats.decoding import decode
from termalign.formats.lines import one_cell
from termalign.formats.tags import chinese_script
from termalign.model import TAGS, Concept, ConceptStatus, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["CSV_TABLE", "CsvTable", "guard", "unguard"]

_FIELDS = ("id", "status", "score", "kind", "subject")
_COLUMNS = tuple((str(tag), status) for tag in TAGS for status in TermStatus)

# What makes a spreadsheet take a cell for a formula, full width included: Japanese and Chinese ones read ＝ as =.
_FORMULA = re.compile("'*[=+\\-@＝＋－＠]")
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
        status: Status of the entries of a file that has no column ``status``.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a heading says ``zh``.
        suffixes: File name endings.
    """

    status: ConceptStatus = ConceptStatus.VERIFIED
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
        headings = [*_FIELDS, *(f"{tag} {status.value}" for tag, status in _COLUMNS)]
        file.write(("\ufeff" + _line(headings)).encode("utf-8"))
        for concept in concepts:
            fields = (concept.id, concept.status.value, score_cell(concept.score), concept.kind, concept.subject)
            texts = [
                join_variants((one.text for one in concept.designations(tag) if one.status is status), losses)
                for tag, status in _COLUMNS
            ]
            count_losses(concept, _FIELDS, losses)
            file.write(_line([guard(one_cell(cell)) for cell in (*fields, *texts)]).encode("utf-8"))
            n_written += 1
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a table: ours, or one whose headings are language tags.

        Args:
            file: The open file; comma, semicolon or tab between cells, in any encoding that documents may have.
            name: Its name, in messages.
            losses: Nothing is left out.

        Yields:
            The entries in the order of the rows, as :func:`termalign.formats.concept_table.read_table` says.

        Raises:
            DataError: A fault, after what is sound.
            DataErrors: Several faults.

        Source:
            RFC 4180.
        """
        del losses
        text, _ = decode(file.read(), file=name)
        yield from read_table(_rows(text, name), name=name, script=self.script, status=self.status)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the line that each begins in."""
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [unguard(one_cell(cell)) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as exc:
        raise DataError(f"broken CSV: {exc}", Where(file=name, line=line), "mend the quotation marks there") from exc


def _line(cells: list[str]) -> str:
    """Return one line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


CSV_TABLE = CsvTable()
