"""The vocabulary of a memory does not depend on how its units were cut into chunks, and stays within its bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from memories import TAGS, triples

from termalign.pipeline.scanning import scan
from termalign.pipeline.tables import tables_of

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [tuple(zip(TAGS, row, strict=True)) for row in triples()]


@pytest.mark.parametrize("size", [1, 7, 30])
def test_chunks_do_not_matter(size: int, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole = tables_of([scan(ROWS)], folder=tmp_path / "whole")
    parts = tables_of(
        (scan(ROWS[start : start + size]) for start in range(0, len(ROWS), size)), folder=tmp_path / "parts"
    )
    for group, table in whole.items():
        other = parts[group]
        assert table.keys == other.keys
        assert table.spellings == other.spellings
        assert table.postings.units.tolist() == other.postings.units.tolist()
        assert table.is_nominal.tolist() == other.is_nominal.tolist()
        assert table.counts.tolist() == other.counts.tolist()


def test_the_rarest_forms_go_first(tmp_path: Path) -> None:
    for name in ("all", "few"):
        (tmp_path / name).mkdir()
    every = tables_of([scan(ROWS)], folder=tmp_path / "all")["en"]
    few = tables_of([scan(ROWS)], folder=tmp_path / "few", max_forms=12)["en"]
    assert 0 < len(few.keys) <= 12
    assert min(few.counts) > min(every.counts)
