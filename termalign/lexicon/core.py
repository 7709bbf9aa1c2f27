"""The layers that ship with the package: ``core`` (words and morphemes) and ``places`` (countries and regions)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.lexicon.base import LexiconEntry
from termalign.lexicon.store import Index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Folded

__all__ = ["HEADER", "ShippedLayer", "read_rows", "shipped_parts"]

HEADER = ("ja", "reading", "zh-Hans", "zh-Hant", "en", "pos", "domain")
SAME_READING = "="  # a kana form is its own reading
_COLUMNS = {"ja": 0, "zh-Hans": 2, "zh-Hant": 3, "en": 4}


def shipped_parts(layer: str) -> tuple[str, ...]:
    """List the parts of a shipped layer, sorted: ``computing``, ``economy``, ..."""
    folder = files("termalign") / "data" / layer
    return tuple(sorted(path.name.removesuffix(".tsv") for path in folder.iterdir() if path.name.endswith(".tsv")))


def read_rows(text: str, *, part: str) -> Iterator[LexiconEntry]:
    """Read the rows of one lexicon table.

    Args:
        text: The table with its header; seven columns, several forms in a cell separated by ``|``.
        part: Its name, for messages and entries.

    Yields:
        An entry per row, in file order.

    Raises:
        DataError: Another header, another number of columns, or a row without one of the three languages.
    """
    for cells in _cells(text, part):
        yield _entry(cells, part)


def _cells(text: str, part: str) -> list[list[str]]:
    """Return the cells of the rows of one table."""
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t")) != HEADER:
        raise DataError("no lexicon header", Where(file=part, line=1), "write " + "<TAB>".join(HEADER))
    rows = [line.split("\t") for line in lines[1:]]
    for number, cells in enumerate(rows, 2):
        if len(cells) != len(HEADER) or not (cells[0] and cells[2] and cells[4]):
            where = Where(file=part, line=number)
            raise DataError("not seven columns with ja, zh-Hans and en", where, "see its header")
    return rows


def _entry(cells: Sequence[str], part: str) -> LexiconEntry:
    """Make the entry of one row."""
    ja, reading, _, _, _, pos, domain = cells
    return LexiconEntry(
        forms=tuple((tag, tuple(cells[column].split("|"))) for tag, column in _COLUMNS.items() if cells[column]),
        readings=tuple(
            form if kana == SAME_READING else kana
            for form, kana in zip(ja.split("|"), reading.split("|"), strict=False)
        ),
        pos=pos,
        domain=domain,
        part=part,
    )


class _RowStore:
    """Rows as they stand in the files; an entry is made when it is asked for, and kept."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._parts: list[tuple[int, str]] = []  # name of a part, and the number at which the next one begins
        self._made: dict[int, LexiconEntry] = {}
        self._index = Index()

    def add(self, rows: list[list[str]], part: str) -> None:
        """Append the rows of one part."""
        self._rows += rows
        self._parts.append((len(self._rows), part))

    def __len__(self) -> int:
        return len(self._rows)

    def entry(self, number: int) -> LexiconEntry:
        """Return an entry."""
        if number not in self._made:
            part = next(name for end, name in self._parts if number < end)
            self._made[number] = _entry(self._rows[number], part)
        return self._made[number]

    def numbers(self, language: str, key: Folded) -> Sequence[int]:
        """Return the numbers of the entries that have a form with this key."""
        return self._index.numbers(language, key, self._forms(language))

    def _forms(self, language: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of the forms in one language."""
        column = _COLUMNS.get(language)
        if column is not None:
            for number, cells in enumerate(self._rows):
                if cells[column]:
                    for text in cells[column].split("|"):
                        yield number, text


@dataclass(frozen=True, slots=True)
class ShippedLayer:
    """A layer under ``termalign/data``.

    Args:
        name: Its folder: ``core`` or ``places``.
        without: Parts that are switched off.
        weight: How far it is trusted.
        licence: That of ``termalign/data``, see LICENSE-DATA.

    Raises:
        ConfigError: It has no such part.
    """

    name: str
    without: frozenset[str] = frozenset()
    weight: float = 1.0
    licence: str = "CC-BY-4.0"

    def __post_init__(self) -> None:
        unknown = self.without - set(shipped_parts(self.name)) if self.without else None
        if unknown:
            parts = ", ".join(shipped_parts(self.name))
            raise ConfigError(f"lexicon {self.name} has no part {min(unknown)!r}", f"there are {parts}")

    def store(self) -> _RowStore:
        """Read the rows, part by part in the order of their names."""
        store = _RowStore()
        for part in shipped_parts(self.name):
            if part not in self.without:
                text = (files("termalign") / "data" / self.name / f"{part}.tsv").read_text(encoding="utf-8")
                store.add(_cells(text, f"{self.name}/{part}"), f"{self.name}/{part}")
        return store

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the entries, part by part in the order of their names."""
        store = self.store()
        return (store.entry(number) for number in range(len(store)))
