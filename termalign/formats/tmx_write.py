"""TMX 1.4 written as a stream: equal units are counted on disk, so that memory does not grow with the units."""

from __future__ import annotations

from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from unicodedata import normalize

from termalign.formats.repeats import Repeats
from termalign.formats.tags import regions_in
from termalign.formats.tmx_inline import mended, seg_with_codes
from termalign.formats.tmx_markup import TmxMarkup
from termalign.formats.tmx_runs import FIELD, ROW, Run, Shape, escaped, runs, same_texts, written_tags
from termalign.formats.xml import attribute, clean, escape

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from termalign.model import InlineCode, Segment, TranslationUnit

__all__ = ["write_units"]

N_BATCH = 128  # with their segments fewer objects than set the collector of cycles to work
MANY = 255  # what a byte holds
_SPOOL = 2**20  # bytes in memory before rows go to disk
_MAX_KNOWN = 4096  # shapes of runs, and properties, remembered
_ONES = b"\x01" * N_BATCH


def write_units(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    languages: tuple[str, ...],
    codes: Mapping[str, str],
    losses: Counter[str],
    head: Callable[[dict[str, Any]], str],
) -> int:
    """Write the head of a memory and its ``tu`` elements.

    Args:
        units: In any number; they are taken one by one.
        file: Where to.
        languages: Tags to write; empty for all.
        codes: Language codes to write instead of tags.
        losses: Counts what the file cannot hold.
        head: Makes all that comes before them, of the notes and properties that units bear for the header.

    Returns:
        How many elements were written.
    """
    rows = _Rows(languages, codes, losses)
    try:
        rest = iter(units)
        while batch := list(islice(rest, N_BATCH)):
            rows.add(batch)
        file.write(head(rows.header).encode("utf-8"))
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
        self._markup = TmxMarkup(codes, losses)
        self._shapes: dict[tuple[object, ...], Shape | None] = {}
        self._own: dict[tuple[str, int, tuple[int, ...]], dict[tuple[float | None, str], str]] = {}
        self._counts = bytearray()  # attestations of each row; MANY and more are in the dictionary
        self._many: dict[int, int] = {}
        self._pending: list[str] = []
        self.header: dict[str, Any] = {}
        self._n_rows = 0

    def close(self) -> None:
        """Free the temporary files."""
        self._temporary.close()
        self._texts.close()
        self._names.close()

    def add(self, batch: Sequence[TranslationUnit]) -> None:
        """Take units in, some hundred at once."""
        for run in runs(batch):
            shape = self._shape(run) if run.key else None
            if shape is None:
                for unit in run.units:
                    self._add(unit)
            else:
                self._add_run(shape, run)
        self._temporary.write("".join(self._pending).encode("utf-8"))
        self._pending.clear()

    def _shape(self, run: Run) -> Shape | None:
        """Return what a run has in common; ``None`` where too few sides of its units are written."""
        if run.key not in self._shapes:
            if len(self._shapes) > _MAX_KNOWN:
                self._shapes.clear()
            self._shapes[run.key] = self._shape_of(run.units[0])
        return self._shapes[run.key]

    def _shape_of(self, unit: TranslationUnit) -> Shape | None:
        """Make the shape of a plain unit."""
        places = tuple(
            [
                place
                for place, segment in enumerate(unit.segments)
                if not self._languages or segment.language in self._languages
            ]
        )
        if len(places) < self._least:
            return None
        sides = self._markup.sides([unit.segments[place] for place in places], unit.extra)
        return Shape.of(unit, sides, places=places)

    def _codes_of(self, segments: Sequence[Segment], extra: tuple[tuple[str, Any], ...]) -> tuple[str, ...]:
        """Return the codes that are written for sides: units are equal by them."""
        tags = written_tags(segments, extra)
        if not self._codes:
            return tags
        return tuple([self._codes.get(one.language) or tag for one, tag in zip(segments, tags, strict=True)])

    def _add_run(self, shape: Shape, run: Run) -> None:
        """Take in plain units that differ in nothing but name, texts, places, score, bead and properties."""
        units, columns = run.units, [escaped(run.columns[place]) for place in shape.places]
        for unit in units if regions_in(units[0].extra) else ():
            self._markup.count_regions(unit.extra)
        codes = self._codes_of([units[0].segments[place] for place in shape.places], units[0].extra)
        self._texts.add_all(same_texts(codes, columns), self._n_rows)
        if shape.named:
            self._names.add_all([hash(unit.name) for unit in units], self._n_rows)
        self._counts.extend(_ONES[: len(units)])
        self._pending.append(shape.rows(run, columns, self._props(shape, run)))
        self._n_rows += len(units)

    def _props(self, shape: Shape, run: Run) -> list[str]:
        """Return the properties of each unit; those that every unit has are remembered, of the last some thousand."""
        width = len(run.columns)
        known = self._own.setdefault((shape.method, width, shape.places), {})
        if len(known) > _MAX_KNOWN:
            known.clear()
        keys = [(unit.score, unit.bead) for unit in run.units]
        for score, bead in set(keys) - known.keys():
            counts = bead.split("-") if bead.count("-") + 1 == width else ["1"] * width
            known[score, bead] = self._markup.own(shape.method, score, "-".join([counts[one] for one in shape.places]))
        own = [known[key] for key in keys]
        extras = [unit.extra for unit in run.units]
        if not any(extras):
            return own
        further = self._markup.further
        return [further(extra) + props for extra, props in zip(extras, own, strict=True)]

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
        (key,) = same_texts(self._codes_of(segments, unit.extra), [[text] for text in texts])
        self._texts.add(key, self._n_rows)
        begin = self._begin(unit, extra, segments)
        own = self._markup.own(unit.method.value, unit.score, bead)
        sides = self._markup.sides(segments, unit.extra) % tuple(texts)
        self._pending.append(f"{begin}{own}{sides}</tu>\n{ROW}")
        self._n_rows += 1

    def _begin(self, unit: TranslationUnit, extra: dict[str, Any], segments: Sequence[Segment]) -> str:
        """Return the beginning of a ``tu``: of a named one with the id that it gets where the name is taken."""
        given = clean(unit.name, self._losses) if unit.name else ""
        if "header" in extra:
            self._take_header(extra["header"])
        weight = _weight(extra.get("usagecount"))
        self._counts.append(min(weight, MANY))
        if weight >= MANY:
            self._many[self._n_rows] = weight
        self._markup.count_regions(unit.extra)
        head = self._markup.head(unit, extra, segments) if extra else ">\n"
        if given:
            self._names.add(hash(given), self._n_rows)
            return f"{attribute(given)}{FIELD}{unit.id}{FIELD}{head}"
        return f'<tu tuid="{unit.id}"{head}'

    def _take_header(self, stated: Any) -> None:
        """Keep what the header of a file said, of several files each thing once."""
        for key in ("notes", "props"):
            found = stated.get(key) if isinstance(stated, dict) else None
            known = self.header.setdefault(key, [])
            known += [one for one in found if one not in known] if isinstance(found, list | tuple) else []

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
        if FIELD in row:
            given, name, rest = row.split(FIELD)
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


def _weight(usage: object) -> int:
    """Return how many attestations a unit stands for."""
    return usage if isinstance(usage, int) and not isinstance(usage, bool) and usage > 0 else 1
