"""Runs of plain units of TMX: the fast lane of the writer.

Nearly all units that follow each other have the same languages, documents and method, and texts that can be written as they
are. What such a run has in common is made once, and its units by one pattern; anything else goes the long way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from termalign.formats.xml import escape
from termalign.model import short_hashes, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Segment, TranslationUnit

__all__ = ["Shape", "escaped", "runs"]

# What clean() changes: control characters and line ends, lone surrogates, and what is no character.
_ODD = re.compile("[\x00-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_MARK = "|"  # joins texts that are looked at together


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the units of a run have in common.

    Args:
        method: Of all units.
        named: Whether they have names.
        languages: Of their sides.
        identity: Pattern of what the id is a hash of: name, then text and places of each side.
        sides: Pattern of the ``tuv`` elements.
    """

    method: str
    named: bool
    languages: tuple[str, ...]
    identity: str
    sides: str

    @classmethod
    def of(cls, unit: TranslationUnit, sides: str) -> Shape:
        """Make the shape of a unit."""
        fields = [f"\x1f{one.language}\x1f%s\x1f{one.document.replace('%', '%%')}\x1f%s" for one in unit.segments]
        return cls(
            method=unit.method.value,
            named=bool(unit.name),
            languages=tuple(segment.language for segment in unit.segments),
            identity="%s" + "".join(fields),
            sides=sides,
        )

    def ids(self, units: Sequence[TranslationUnit], columns: Sequence[Sequence[str]]) -> list[str]:
        """Return the id of each unit, without ``u-``: what :attr:`TranslationUnit.id` says, of many at once.

        Args:
            units: Of this shape.
            columns: Their texts, a column for each side.
        """
        spans = [[span_text(unit.segments[side].spans) for unit in units] for side in range(len(columns))]
        fields = [column for pair in zip(columns, spans, strict=True) for column in pair]
        names = [unit.name for unit in units]
        return short_hashes([self.identity % row for row in zip(names, *fields, strict=True)])

    def columns(self, units: Sequence[TranslationUnit]) -> list[list[str]]:
        """Return the texts of units of this shape, a column for each side."""
        return [[unit.segments[side].text for unit in units] for side in range(len(self.languages))]


def runs(batch: Sequence[TranslationUnit]) -> Iterator[tuple[tuple[object, ...], list[TranslationUnit]]]:
    """Split a batch into runs.

    Args:
        batch: Units that follow each other.

    Yields:
        What the units of a run have in common, and the units; an empty key for those that are not plain.
    """
    sides = [side for unit in batch for side in unit.segments]
    names = [unit.name for unit in batch if unit.name]
    has_codes = any([side.codes for side in sides])  # noqa: C419 - a list is faster here
    is_plain = not has_codes and _is_plain([side.text for side in sides]) and (not names or _are_plain_names(names))
    if is_plain and _are_alike(batch, sides, n_names=len(names)):
        yield _key(batch[0]), list(batch)
        return
    keys = [_key(unit) if is_plain or _is_plain_unit(unit) else () for unit in batch]
    for key, group in groupby(zip(keys, batch, strict=True), key=itemgetter(0)):
        yield key, [unit for _, unit in group]


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
        and not any([unit.extra for unit in batch])  # noqa: C419 - a list is faster here
    )


def _key(unit: TranslationUnit) -> tuple[object, ...]:
    """Return what a unit must have in common with the others of a run; empty where it has further keys."""
    if unit.extra:
        return ()
    sides = unit.segments
    return (unit.method, not unit.name, *[side.language for side in sides], *[side.document for side in sides])


def escaped(column: list[str]) -> list[str]:
    """Escape texts, most of which have nothing to escape."""
    joined = _MARK.join(column)
    if "&" in joined or "<" in joined or "]]>" in joined:
        return [escape(text) if "&" in text or "<" in text or "]]>" in text else text for text in column]
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
