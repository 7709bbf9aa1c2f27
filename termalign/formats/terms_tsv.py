"""Concepts as a plain table: ``id ja zh en score status``, variants in one cell, for scripts and scoring."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.base import WriteReport
from termalign.formats.concept_table import TableReader, count_losses, join_variants, read_table, score_cell
from termalign.formats.encodings import tags_in_heading, text_lines
from termalign.formats.lines import one_cell
from termalign.formats.tags import chinese_script
from termalign.model import Concept, ConceptStatus, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["TERMS_TSV", "TermsTsv"]

_COLUMNS = (("ja", ("ja",)), ("zh", ("zh-Hans", "zh-Hant")), ("en", ("en",)))
_IN_USE = frozenset({TermStatus.PREFERRED, TermStatus.ADMITTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsTsv:
    """Reader and writer of ``x.terms.tsv``.

    Args:
        status: Status of the entries of a file that has no column ``status``.
        encoding: Encoding of the files to read; empty: told by their bytes.
        script: Tells ``zh-Hans`` from ``zh-Hant``, variant by variant, in the column ``zh``.
        suffixes: File name endings.
    """

    status: ConceptStatus = ConceptStatus.VERIFIED
    encoding: str = ""
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".terms.tsv",)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a table.

        Args:
            concepts: In the order to write.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are; under ``losses`` deprecated and superseded designations, which would pass for good
            ones here, and all else that the table cannot hold.

        Source:
            DESIGN.md section 6, ``export``.
        """
        losses: Counter[str] = Counter()
        n_written = 0
        file.write(b"id\tja\tzh\ten\tscore\tstatus\n")
        for concept in concepts:
            cells = [one_cell(concept.id)]
            for _, tags in _COLUMNS:
                designations = [one for tag in tags for one in concept.designations(tag)]
                in_use = [one.text for one in designations if one.status in _IN_USE]
                losses["deprecated or superseded designation"] += len(designations) - len(in_use)
                cells.append(join_variants(dict.fromkeys(in_use), losses))
            cells += [score_cell(concept.score), concept.status.value]
            count_losses(concept, ("score",), losses)
            file.write(("\t".join(cells) + "\n").encode("utf-8"))
            n_written += 1
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a table: ours, or one whose heading names languages.

        Args:
            file: The open file, in any encoding that documents may have.
            name: Its name, in messages.
            losses: Counts headings that had to be interpreted.

        Yields:
            The entries in the order of the rows, as :func:`termalign.formats.concept_table.read_table` says.

        Raises:
            DataError: A fault, after what is sound.
            DataErrors: Several faults.

        Source:
            DESIGN.md section 6, ``export``.
        """
        losses = Counter() if losses is None else losses
        lines = text_lines(file, name=name, encoding=self.encoding, languages=tags_in_heading, losses=losses)
        rows = ((number, line.split("\t")) for number, line in lines)
        reader = TableReader(name=name, script=self.script, status=self.status, losses=losses, is_ours=True)
        yield from read_table(rows, reader)


TERMS_TSV = TermsTsv()
