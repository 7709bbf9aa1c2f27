"""The draw of an audit is the same for everyone, and keeps to the table asked for."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termalign.lexicon.core import shipped_parts

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "scripts" / "lexicon_audit.py"
    spec = importlib.util.spec_from_file_location("lexicon_audit", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_together_are_the_core(script: ModuleType) -> None:
    parts = [script.core_rows(part) for part in shipped_parts("core")]
    assert sorted(row for rows in parts for row in rows) == sorted(script.core_rows())
    assert all({name for name, _, _ in rows} == {part} for part, rows in zip(shipped_parts("core"), parts, strict=True))


def test_a_seed_draws_the_same_rows_in_table_order(script: ModuleType) -> None:
    rows = [("table", number, f"row {number}") for number in range(100)]
    drawn = script.draw(rows, "seed", size=10)
    assert drawn == script.draw(rows, "seed", size=10) == sorted(drawn)
    assert len(set(drawn)) == 10
    assert drawn != script.draw(rows, "seed/2", size=10)
