"""Glossaries as the tables that translation tools import: what each one wants is data, ``data/profiles``."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.csv_table import guard
from termalign.formats.lines import one_cell
from termalign.formats.losses import Losses
from termalign.formats.pairs import IN_USE, ORDER, iter_pairs
from termalign.formats.tool_cells import Cells
from termalign.model import TermStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.formats.profiles import GlossaryLayout
    from termalign.model import Concept, Designation

__all__ = ["ToolTable"]

Row = list[str | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolTable:
    """Writer of one layout.

    Args:
        layout: What the tool wants.
        ending: Ending of the file: ``.csv``, ``.tsv`` or ``.xlsx``.
        languages: Tags to write; two, the one translated from first, for a list of pairs.
    """

    layout: GlossaryLayout
    ending: str
    languages: tuple[str, ...]

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a table.

        Args:
            concepts: In the order to write.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are under the heading; under ``losses`` what the tool has no place for.

        Raises:
            DataError: The file would be larger than the tool takes.

        Source:
            INTEROP.md section 9.
        """
        losses = Losses()
        cells = Cells(layout=self.layout, languages=self.languages, losses=losses)
        held = list(concepts)
        heading, rows = {
            "pairs": self._pairs,
            "sets": self._sets,
            "entries": self._entries,
            "designations": self._designations,
        }[self.layout.layout](held, cells)
        raw = self._bytes(heading, rows, losses)
        if self.layout.max_file and len(raw) > self.layout.max_file:
            fix = "export a part of it: --subject, --kind, --document"
            raise DataError(f"the file would be larger than the {self.layout.max_file} bytes it may have", Where(), fix)
        file.write(raw)
        return WriteReport.of(len(rows), losses)

    def _pairs(self, concepts: list[Concept], cells: Cells) -> tuple[list[str], list[Row]]:
        """Return two columns: one row per source, the best target of the first concept that has it."""
        rows: dict[str, Row] = {}
        pair = self.languages[0], self.languages[1]
        for concept in concepts:
            cells.count_unheld(concept)
        for one in iter_pairs(concepts, pair, cells.losses):
            source, target = one_cell(one.source.text), one_cell(one.target.text)
            if any(
                len(text.encode("utf-8", "replace")) > (self.layout.max_bytes or 10**9) for text in (source, target)
            ):
                cells.losses.note(f"pair with a side longer than {self.layout.max_bytes} bytes skipped", source)
            elif source in rows:
                cells.losses["further target of a source skipped: the tool takes one"] += rows[source][1] != target
            else:
                rows[source] = [source, target]
        return [], list(rows.values())

    def _sets(self, concepts: list[Concept], cells: Cells) -> tuple[list[str], list[Row]]:
        """Return one column per language, one term in each cell."""
        rows: list[Row] = []
        for concept in concepts:
            texts = []
            for tag in self.languages:
                good = cells.good(concept, tag)
                for one in good[1:]:
                    cells.losses.note("synonym skipped: the tool takes one term per language", one.text)
                texts.append(one_cell(good[0].text) if good else "")
            if sum(map(bool, texts)) < 2:  # noqa: PLR2004 - a set of one says nothing
                cells.losses.note(
                    "concept skipped: it has a term in one language only", next(filter(None, texts), concept.id)
                )
                continue
            cells.count_unheld(concept)
            rows.append([*texts, cells.description(concept)])
        names = dict(self.layout.languages)
        return [*(names.get(tag, tag) for tag in self.languages), self.layout.description], rows

    def _entries(self, concepts: list[Concept], cells: Cells) -> tuple[list[str], list[Row]]:
        """Return one row per entry: per language its definition and its terms, in one cell or in a column each."""
        kept = [(concept, {tag: cells.good(concept, tag) for tag in self.languages}) for concept in concepts]
        kept = [(concept, good) for concept, good in kept if cells.has_any(concept, good)]
        width = {
            tag: 1 if self.layout.synonyms else max([len(good[tag]) for _, good in kept] + [1])
            for tag in self.languages
        }
        rows = []
        for concept, good in kept:
            row: Row = [*cells.entry(concept)]
            for tag in self.languages:
                texts = self._in_cells(good[tag], cells)
                row += [cells.definition(concept, tag), *texts, *[""] * (width[tag] - len(texts))]
            cells.count_unheld(concept)
            rows.append(row)
        names = dict(self.layout.languages)
        heading = [*cells.entry_headings()]
        for tag in self.languages:
            name = names.get(tag, tag)
            heading += [self.layout.definition.format(language=name), *[name] * width[tag]]
        return heading, rows

    def _in_cells(self, good: Sequence[Designation], cells: Cells) -> list[str]:
        """Return the terms of one language, cell by cell."""
        texts = [one_cell(one.text) for one in good]
        if not self.layout.synonyms or len(texts) < 2:  # noqa: PLR2004 - one needs no mark
            return texts
        clean = []
        for text in texts:
            if self.layout.synonyms in text:
                cells.losses.note(
                    f"synonym with {self.layout.synonyms} in it skipped: the mark stands between synonyms", text
                )
            else:
                clean.append(text)
        return [self.layout.synonyms.join(clean or texts[:1])]

    def _designations(self, concepts: list[Concept], cells: Cells) -> tuple[list[str], list[Row]]:
        """Return one row for the first designations, one for the second ones, ...: rows of a concept share its id."""
        rows = []
        for concept in concepts:
            found = {tag: sorted(concept.designations(tag), key=_rank) for tag in self.languages}
            if not cells.has_any(concept, found):
                continue
            cells.count_unheld(concept)
            for number in range(max(map(len, found.values()))):
                row: Row = [*cells.entry(concept)]
                for tag in self.languages:
                    row += self._flags(concept, tag, found[tag][number] if number < len(found[tag]) else None, cells)
                rows.append(row)
        heading = [*cells.entry_headings()]
        names = dict(self.layout.languages)
        for tag in self.languages:
            name = names.get(tag, tag)
            marks = (self.layout.preferred, self.layout.forbidden, self.layout.case, self.layout.definition)
            heading += [name, *(mark.format(language=name) for mark in marks)]
        return heading, rows

    def _flags(self, concept: Concept, tag: str, one: Designation | None, cells: Cells) -> Row:
        """Return the cells of one designation."""
        if one is None:
            return ["", "", "", "", ""]
        is_forbidden = one.status not in IN_USE
        cells.losses["superseded designation marked as forbidden"] += one.status is TermStatus.SUPERSEDED
        has_case = dict(one.extra).get("caseSensitive") is True
        definition = cells.definition(concept, tag)
        return [one_cell(one.text), one.status is TermStatus.PREFERRED, is_forbidden, has_case, definition]

    def _bytes(self, heading: list[str], rows: list[Row], losses: Losses) -> bytes:
        """Return the table as a file."""
        if self.ending == ".xlsx":
            from termalign.formats.xlsx import write_sheet  # noqa: PLC0415 - an extra that the other endings do not need

            file = io.BytesIO()
            write_sheet(heading, rows, file, losses)
            return file.getvalue()
        buffer = io.StringIO()
        delimiter = "\t" if self.ending == ".tsv" else self.layout.delimiter
        writer = csv.writer(buffer, lineterminator="\r\n", delimiter=delimiter)
        writer.writerows(_texts(heading, rows, losses, is_guarded=self.layout.layout in {"entries", "designations"}))
        return ("\ufeff" * self.layout.mark + buffer.getvalue()).encode("utf-8")


def _texts(heading: list[str], rows: list[Row], losses: Losses, *, is_guarded: bool) -> Iterator[list[str]]:
    """Yield the rows as text; what goes through a spreadsheet is guarded against formulas, what a machine reads is not."""
    if heading:
        yield heading
    for row in rows:
        cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in row]
        if is_guarded:
            guarded = [guard(cell) for cell in cells]
            losses["apostrophe put before a cell that a spreadsheet would run as a formula"] += sum(
                left != right for left, right in zip(cells, guarded, strict=True)
            )
            cells = guarded
        yield cells


def _rank(one: Designation) -> int:
    """Return the place of a designation by its status."""
    return ORDER.index(one.status)
