from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.beads import read_beads, write_beads
from termalign.model import Bead

if TYPE_CHECKING:
    from pathlib import Path


def read(raw: bytes) -> list[Bead]:
    return list(read_beads(io.BytesIO(raw), name="a.beads.tsv"))


def test_the_form_of_the_file() -> None:
    file = io.BytesIO()
    beads = [Bead((0,), (0, 1), 0.5), Bead((), (2,)), Bead((), ()), Bead((1, 2), ())]
    assert write_beads(beads, file) == 3
    assert file.getvalue() == b"0\t0,1\n\t2\n1,2\t\n"


def test_reads_gold_that_skips_and_crosses() -> None:
    assert read(b"71,73\t117,119\r\n\r\n72\t116\n") == [Bead((71, 73), (117, 119)), Bead((72,), (116,))]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"0,1", "is no bead"),
        (b"0\t1\t0.9", "is no bead"),
        (b"0 1\t2", "is no bead"),
        (b"-1\t2", "is no bead"),
        (b"0,\t2", "is no bead"),
        ("０\t2".encode(), "is no bead"),
        (b"9" * 5000 + b"\t2", "is no bead"),
        (b"\t", "a bead without any segment"),
        (b"2,1\t0", "must ascend"),
        (b"1,1\t0", "must ascend"),
    ],
)
def test_faults_say_where(line: bytes, says: str) -> None:
    with pytest.raises(DataError, match=r"a\.beads\.tsv:2: ") as caught:
        read(b"0\t0\n" + line)
    assert says in caught.value.problem


def test_faults_are_gathered() -> None:
    with pytest.raises(DataErrors) as caught:
        read(b"x\n0\t0\ny\n")
    assert len(caught.value.exceptions) == 2


def test_reads_the_shared_gold(shared: Path) -> None:
    paths = sorted((shared / "bench").rglob("*.beads.tsv"))
    assert paths
    for path in paths:
        with path.open("rb") as file:
            assert list(read_beads(file, name=path.name))
