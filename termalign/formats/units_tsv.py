"""Translation units as a table: one column per language, a header of language tags, no quoting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.encodings import tags_in_heading, text_lines
from termalign.formats.faults import Faults
from termalign.formats.lines import one_cell
from termalign.formats.losses import Losses
from termalign.formats.pairs import codes_of_units, count_regions
from termalign.formats.tags import REGIONS, chinese_script, rank, read_region, read_tag, segment_rank
from termalign.model import TAGS, Method, Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["UNITS_TSV", "UnitsTsv"]

_FIX = "begin the file with the languages of its columns: ja<TAB>en"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsTsv:
    """Reader and writer of tables of units.

    Args:
        languages: Tags of the columns to write, in this order; empty: every language of the units.
        encoding: Encoding of the files to read; empty: told by their bytes.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where the header says ``zh``.
        suffixes: File name endings.
    """

    languages: tuple[str, ...] = ()
    encoding: str = ""
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".tsv",)

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write a table.

        Args:
            units: In any number; without ``languages`` all are held at once, since the header comes first.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are; under ``losses`` units that lack a second side, texts in which a tab or a line end
            became a space, and what a table of texts has no place for.

        Source:
            Ours.
        """
        losses = Losses()
        tags = self.languages
        headings = {tag: tag for tag in tags}
        if not tags:
            units = list(units)
            found = {segment.language for unit in units for segment in unit.segments}
            tags = tuple(sorted(found, key=rank)) or TAGS
            headings = codes_of_units(units, tags, {})
        file.write(("\t".join(headings.values()) + "\n").encode("utf-8"))
        n_written = 0
        for unit in units:
            texts = {segment.language: one_cell(segment.text) for segment in unit.segments}
            cells = [texts.get(tag, "") for tag in tags]
            if sum(map(bool, cells)) < 2:  # noqa: PLR2004 - a unit has two sides
                losses["unit without two sides"] += 1
                continue
            losses["tab or line end"] += sum(
                segment.text.strip() != texts[segment.language] for segment in unit.segments
            )
            _count(unit, headings, losses)
            file.write(("\t".join(cells) + "\n").encode("utf-8"))
            n_written += 1
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read a table.

        Args:
            file: The open file, in any encoding that documents may have; only UTF-8 is read as a stream.
            name: Its name, in messages.
            losses: Counts rows without two filled cells, and columns in other languages.

        Yields:
            One unit per row, in the order of the file; the first column is the language translated from. A row with
            several texts in one language, in regions of it, gives as many units, as in TMX.

        Raises:
            DataError: A fault, after what is sound: no header of tags, a row with another number of cells, bad UTF-8.
            DataErrors: Several faults.

        Source:
            Ours.
        """
        losses = Counter() if losses is None else losses
        faults = Faults(name)
        codes: list[str] = []
        lines = text_lines(file, name=name, encoding=self.encoding, languages=tags_in_heading, losses=losses)
        for number, line in lines:
            where = Where(file=name, line=number)
            cells = line.split("\t")
            if not codes:
                codes = self._header(cells, where, losses)
            elif len(cells) != len(codes) and line.strip():
                faults.add(
                    DataError(f"{len(cells)} cells under {len(codes)} columns", where, "no tab may stand inside a cell")
                )
            elif line.strip():
                units = self._units(codes, cells, where)
                losses["unit without two sides"] += not units
                yield from units
        if not codes:
            faults.add(DataError("the file is empty", Where(file=name, line=1), _FIX))
        faults.raise_all()

    def _header(self, cells: list[str], where: Where, losses: Counter[str]) -> list[str]:
        """Read the header: a code per column, empty for a language that is passed over."""
        codes = []
        for number, cell in enumerate(cells, 1):
            try:
                tag = read_tag(cell, text="", where=where, script=self.script)
            except DataError as exc:
                raise DataError(f"column {number} of the header: {exc.problem}", where, exc.fix or _FIX) from exc
            if tag is None:
                losses[f"column {cell.strip()}"] += 1
            codes.append(cell if tag else "")
        return codes

    def _units(self, codes: list[str], cells: list[str], where: Where) -> list[TranslationUnit]:
        """Read one row; nothing where it has too few sides."""
        variants: dict[str, list[tuple[Segment, str]]] = {}
        for code, cell in zip(codes, cells, strict=True):
            text = cell.strip()
            tag = read_tag(code, text=text, where=where, script=self.script) if code and text else None
            if tag is not None:
                one = (Segment(language=tag, text=text), read_region(code))
                known = variants.setdefault(tag, [])
                known += [] if one in known else [one]
        if len(variants) < 2:  # noqa: PLR2004 - a unit has two sides
            return []
        units = []
        for number in range(max(map(len, variants.values()))):
            chosen = [found[number if number < len(found) else 0] for found in variants.values()]
            regions = {segment.language: region for segment, region in chosen if region}
            units.append(
                TranslationUnit(
                    segments=tuple(sorted((segment for segment, _ in chosen), key=segment_rank)),
                    bead="-".join("1" * len(chosen)),
                    method=Method.GIVEN,
                    extra=((REGIONS, regions),) if regions else (),
                    origin=Origin(file=where.file, line=where.line or 0, source=next(iter(variants))),
                )
            )
        return units


def _count(unit: TranslationUnit, headings: Mapping[str, str], losses: Losses) -> None:
    """Count what a table of texts has no place for."""
    written = [segment for segment in unit.segments if segment.language in headings]
    losses["segment in another language"] += len(unit.segments) - len(written)
    losses["name of a unit"] += bool(unit.name)
    losses["score"] += unit.score is not None
    losses["document and place"] += any(segment.document or segment.spans for segment in written)
    losses["inline code"] += sum(len(segment.codes) for segment in written)
    losses["further keys of a unit"] += any(key != REGIONS for key, _ in unit.extra)
    count_regions(unit, headings, losses)


UNITS_TSV = UnitsTsv()
