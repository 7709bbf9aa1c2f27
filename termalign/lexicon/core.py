"""The layers that ship with the package: ``core`` (words and morphemes) and ``places`` (countries and regions)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.lexicon.base import LexiconEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HEADER", "ShippedLayer", "read_rows", "shipped_parts"]

HEADER = ("ja", "reading", "zh-Hans", "zh-Hant", "en", "pos", "domain")
SAME_READING = "="  # a kana form is its own reading


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
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t")) != HEADER:
        raise DataError("no lexicon header", Where(file=part, line=1), "write " + "<TAB>".join(HEADER))
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(HEADER) or not (cells[0] and cells[2] and cells[4]):
            raise DataError(
                "not seven columns with ja, zh-Hans and en", Where(file=part, line=number), "see its header"
            )
        ja, reading, hans, hant, en, pos, domain = cells
        forms = [("ja", ja), ("zh-Hans", hans), ("zh-Hant", hant), ("en", en)]
        yield LexiconEntry(
            forms=tuple((tag, tuple(cell.split("|"))) for tag, cell in forms if cell),
            readings=tuple(
                form if kana == SAME_READING else kana
                for form, kana in zip(ja.split("|"), reading.split("|"), strict=False)
            ),
            pos=pos,
            domain=domain,
            part=part,
        )


@dataclass(frozen=True, slots=True)
class ShippedLayer:
    """A layer under ``termalign/data``.

    Args:
        name: Its folder: ``core`` or ``places``.
        without: Parts that are switched off.
        weight: How far it is trusted.
    """

    name: str
    without: frozenset[str] = frozenset()
    weight: float = 1.0

    def __post_init__(self) -> None:
        unknown = self.without - set(shipped_parts(self.name))
        if unknown:
            parts = ", ".join(shipped_parts(self.name))
            raise ConfigError(f"lexicon {self.name} has no part {min(unknown)!r}", f"there are {parts}")

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the entries, part by part in the order of their names."""
        for part in shipped_parts(self.name):
            if part not in self.without:
                path = files("termalign") / "data" / self.name / f"{part}.tsv"
                yield from read_rows(path.read_text(encoding="utf-8"), part=f"{self.name}/{part}")
