"""Mined pairs as a table: ``src_line<TAB>tgt_line<TAB>score<TAB>src<TAB>tgt``, lines 0-based, no header."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from termalign.formats.lines import one_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MinedRow", "write_mined"]


class MinedRow(NamedTuple):
    """One pair.

    Args:
        src_line: 0-based line at which the source sentence begins.
        tgt_line: The same of the target sentence.
        score: How likely they are translations, in [0, 1].
        src: Source text.
        tgt: Target text.
    """

    src_line: int
    tgt_line: int
    score: float
    src: str
    tgt: str


def write_mined(rows: Iterable[MinedRow], file: BinaryIO) -> int:
    """Write pairs, one a line, in the order given.

    Args:
        rows: Pairs; a tab or a line end in a text becomes a space.
        file: Where to; the caller opens and replaces it.

    Returns:
        How many lines there are.

    Source:
        DESIGN.md section 6, ``mine``.
    """
    n_written = 0
    for row in rows:
        cells = (str(row.src_line), str(row.tgt_line), f"{row.score:.4f}", one_cell(row.src), one_cell(row.tgt))
        file.write(("\t".join(cells) + "\n").encode("utf-8"))
        n_written += 1
    return n_written
