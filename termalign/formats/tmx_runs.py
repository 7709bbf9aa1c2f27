"""Runs of plain units of TMX: the fast lane of the writer.

Nearly all units that follow each other have the same languages, documents and method, and texts that can be written as they
are. What such a run has in common is made once, and its units by one pattern; anything else goes the long way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import is_normalized

from termalign.formats.tags import REGIONS, regions_in
from termalign.formats.tmx_markup import KNOWN
from termalign.formats.xml import escape
from termalign.model import short_hashes, span_text, with_region

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termalign.model import Segment, TranslationUnit

__all__ = ["FIELD", "ROW", "Run", "Shape", "escaped", "runs", "same_texts", "written_tags"]

# What clean() changes: control characters and line ends, lone surrogates, and what is no character.
_ODD = re.compile("[\x00-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Between fields and rows: control characters that no clean text holds.
FIELD, ROW = "\x1f", "\x1e"
_ROW_BYTES = ROW.encode("ascii")
_MARK = "|"  # joins texts that are looked at together


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the units of a run have in common.

    Args:
        method: Of all units.
        named: Whether they have names.
        places: Which of their sides are written.
        identity: What stands around the fields of which the id is a hash: name, then text and places of each side.
        row: What stands around the fields of a row: name where they have one, id, properties, and the texts.
    """

    method: str
    named: bool
    places: tuple[int, ...]
    identity: tuple[str, ...]
    row: tuple[str, ...]

    @classmethod
    def of(cls, unit: TranslationUnit, sides: str, *, places: tuple[int, ...]) -> Shape:
        """Make the shape of a unit.

        Args:
            unit: One of them.
            sides: Pattern of its ``tuv`` elements.
            places: Which of its sides they are of.
        """
        fields = [(f"\x1f{one.language}\x1f", f"\x1f{one.document}\x1f") for one in unit.segments]
        texts = sides % ((ROW,) * len(places))  # no clean text holds the mark
        head = f"{ROW}{FIELD}u-{ROW}{FIELD}>\n" if unit.name else f'<tu tuid="u-{ROW}">\n'
        parts = f"{head}{ROW}{texts}</tu>\n".split(ROW)
        return cls(
            method=unit.method.value,
            named=bool(unit.name),
            places=places,
            identity=("", *chain.from_iterable(fields), ROW),
            row=(*parts[:-1], parts[-1] + ROW),
        )

    def ids(self, run: Run) -> list[str]:
        """Return the id of each unit, without ``u-``: what :attr:`TranslationUnit.id` says, of many at once."""
        n_units = len(run.units)
        fields = [[unit.name for unit in run.units] if self.named else [""] * n_units]
        for side, texts in enumerate(run.columns):
            spans = [unit.segments[side].spans for unit in run.units]
            fields += [texts, [span_text(one) for one in spans] if any(spans) else [""] * n_units]
        raw = _filled(self.identity, fields).encode("utf-8", "surrogatepass")
        return short_hashes(raw.split(_ROW_BYTES)[:-1])

    def rows(self, run: Run, columns: Sequence[list[str]], props: list[str]) -> str:
        """Return the rows of a run.

        Args:
            run: Units of this shape.
            columns: The texts that are written, escaped.
            props: The properties of each unit.
        """
        names = [[unit.name for unit in run.units]] if self.named else []
        return _filled(self.row, [*names, self.ids(run), props, *columns])


class Run(NamedTuple):
    """Units that follow each other and are alike.

    Args:
        key: What they have in common; empty for those that are not plain.
        units: The units.
        columns: Their texts, a column for each side; none for those that are not plain.
    """

    key: tuple[object, ...]
    units: Sequence[TranslationUnit]
    columns: Sequence[list[str]]


def written_tags(segments: Sequence[Segment], extra: tuple[tuple[str, Any], ...]) -> tuple[str, ...]:
    """Return the tags of sides, with the regions that the unit states.

    Args:
        segments: The sides.
        extra: Further keys of the unit.
    """
    regions = regions_in(extra)
    return tuple([with_region(one.language, regions.get(one.language, "")) for one in segments])


def same_texts(languages: tuple[str, ...], columns: Sequence[Sequence[str]]) -> list[int]:
    """Return for each row of texts a hash that equal ones share.

    Args:
        languages: Of the columns.
        columns: Texts, a column for each side.
    """
    return list(map(hash(languages).__xor__, map(hash, zip(*columns, strict=True))))


def _filled(pattern: Sequence[str], columns: Sequence[list[str]]) -> str:
    """Write a pattern once for each row of columns: all in one go, as that is faster than row by row."""
    n_rows, width = len(columns[0]), len(pattern) + len(columns)
    parts = [""] * (width * n_rows)
    for place, text in enumerate(pattern):
        parts[2 * place :: width] = [text] * n_rows
    for place, column in enumerate(columns):
        parts[2 * place + 1 :: width] = column
    return "".join(parts)


def runs(batch: Sequence[TranslationUnit]) -> Iterator[Run]:
    """Split a batch into runs.

    Args:
        batch: Units that follow each other.

    Yields:
        The runs in their order.
    """
    sides = [side for unit in batch for side in unit.segments]
    texts = [side.text for side in sides]
    names = [unit.name for unit in batch if unit.name]
    has_codes = any([side.codes for side in sides])  # noqa: C419 - a list is faster here
    is_plain = not has_codes and _is_plain(texts) and (not names or _are_plain_names(names))
    if is_plain and _are_alike(batch, sides, n_names=len(names)):
        width = len(batch[0].segments)
        yield Run(_key(batch[0]), batch, [texts[side::width] for side in range(width)])
        return
    keys = [_key(unit) if is_plain or _is_plain_unit(unit) else () for unit in batch]
    for key, group in groupby(zip(keys, batch, strict=True), key=itemgetter(0)):
        units = [unit for _, unit in group]
        width = len(units[0].segments) if key else 0
        yield Run(key, units, [[unit.segments[side].text for unit in units] for side in range(width)])


def _are_alike(batch: Sequence[TranslationUnit], sides: Sequence[Segment], *, n_names: int) -> bool:
    """Tell whether all units have the key of the first, and that at once as this is what is most frequent."""
    first, n_units = batch[0], len(batch)
    width = len(first.segments)
    languages, documents = [side.language for side in sides], [side.document for side in sides]
    return (
        len(sides) == width * n_units
        and languages == languages[:width] * n_units
        and documents == documents[:width] * n_units
        and [len(unit.segments) for unit in batch].count(width) == n_units
        and [unit.method for unit in batch].count(first.method) == n_units
        and n_names == (n_units if first.name else 0)
        and _have_same_regions([unit.extra for unit in batch])
    )


def _have_same_regions(extras: Sequence[tuple[tuple[str, Any], ...]]) -> bool:
    """Tell whether units have the same further keys, or none but plain ones, of which a region is none."""
    return extras.count(extras[0]) == len(extras) or all([_is_plain_extra(extra) for extra in extras])  # noqa: C419 - a list is faster here


def _is_plain_extra(extra: tuple[tuple[str, Any], ...], regions: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Tell whether further keys become nothing but properties of the unit: a string each, or regions that are some."""
    for key, value in extra:
        if key == REGIONS:
            if not regions:
                return False
        elif key in KNOWN or value.__class__ is not str or not (key.isprintable() and value.isprintable()):
            return False
    return True


def _key(unit: TranslationUnit) -> tuple[object, ...]:
    """Return what a unit must have in common with the others of a run; empty where it has further keys that are not plain."""
    sides = unit.segments
    regions = regions_in(unit.extra) if unit.extra else {}
    if not _is_plain_extra(unit.extra, regions) or any([ROW in side.document for side in sides]):  # noqa: C419 - a list is faster here
        return ()
    languages, documents = [side.language for side in sides], [side.document for side in sides]
    return (unit.method, not unit.name, *languages, *documents, *sorted(regions.items()))


def escaped(column: list[str]) -> list[str]:
    """Escape plain texts, most of which have nothing to escape."""
    joined = FIELD.join(column)
    if "&" in joined or "<" in joined or "]]>" in joined:
        return escape(joined).split(FIELD)
    return column


def _is_plain_unit(unit: TranslationUnit) -> bool:
    """Tell whether one unit is plain."""
    return (
        _is_plain([side.text for side in unit.segments])
        and not any(side.codes for side in unit.segments)
        and (not unit.name or _are_plain_names([unit.name]))
    )


def _is_plain(texts: Sequence[str]) -> bool:
    """Tell whether texts can be written as they are: in NFC, on one line, without blanks at their ends."""
    joined = _MARK.join(texts)
    if not (joined.isascii() or is_normalized("NFC", joined)):
        return False
    if not joined.isprintable():
        return not _ODD.search(joined) and all(text and text == text.strip() for text in texts)
    return joined.strip("| ") == joined and "| " not in joined and " |" not in joined and "||" not in joined


def _are_plain_names(names: Sequence[str]) -> bool:
    """Tell whether names can stand in an attribute as they are."""
    joined = "".join(names)
    return _is_plain(names) and not any(mark in joined for mark in ("&", "<", "]]>", '"'))
