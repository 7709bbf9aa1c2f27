"""Beads as a table: ``src_indices<TAB>tgt_indices``, 0-based, separated by commas, nothing for an empty side."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.formats.lines import iter_lines
from termalign.model import Bead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["BEADS_SUFFIX", "read_beads", "write_beads"]

BEADS_SUFFIX = ".beads.tsv"
_SIDE = re.compile(r"([0-9]{1,9}(,[0-9]{1,9})*)?")


def write_beads(beads: Iterable[Bead], file: BinaryIO) -> int:
    """Write beads, one a line, in the order given; their scores have no place in the format.

    Args:
        beads: In any number; one without any segment is left out.
        file: Where to; the caller opens and replaces it.

    Returns:
        How many lines there are.

    Source:
        DESIGN.md section 6, ``align``.
    """
    n_written = 0
    for bead in beads:
        if bead.src or bead.tgt:
            sides = (",".join(map(str, side)) for side in (bead.src, bead.tgt))
            file.write(("\t".join(sides) + "\n").encode("ascii"))
            n_written += 1
    return n_written


def read_beads(file: BinaryIO, *, name: str) -> Iterator[Bead]:
    """Read beads.

    Args:
        file: The open file.
        name: Its name, in messages.

    Yields:
        The beads in the order of the file, each with score 0. Reference alignments may skip and cross; the indices of a
        side ascend.

    Raises:
        DataError: A fault, after what is sound.
        DataErrors: Several faults.

    Source:
        DESIGN.md section 6, ``align``.
    """
    faults = Faults(name)
    for number, line in iter_lines(file, name=name):
        if line.strip(" "):
            try:
                yield _bead(line, Where(file=name, line=number))
            except DataError as fault:
                faults.add(fault)
    faults.raise_all()


def _bead(line: str, where: Where) -> Bead:
    """Read one line."""
    sides = line.split("\t")
    if len(sides) != 2 or not all(_SIDE.fullmatch(side) for side in sides):  # noqa: PLR2004 - source and target
        raise DataError(f"{line[:60]!r} is no bead", where, "write 0,1<TAB>2: line numbers from 0, one tab")
    src, tgt = (tuple(map(int, side.split(","))) if side else () for side in sides)
    if not src and not tgt:
        raise DataError("a bead without any segment", where, "remove the line")
    if any(left >= right for side in (src, tgt) for left, right in pairwise(side)):
        raise DataError("the line numbers of a side must ascend", where, "sort them and write each once")
    return Bead(src, tgt)
