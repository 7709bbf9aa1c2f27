"""Folding over a public dictionary: CC-CEDICT's traditional and simplified spellings share a key, but for a judged rest."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path

import pytest

from termalign.languages.fold import fold

pytestmark = pytest.mark.quality
MIN_SHARE = 0.999
CLASSES = Path(__file__).parents[1] / "languages" / "cases" / "fold_classes.toml"


def test_traditional_and_simplified_spellings_share_a_key(shared: Path) -> None:
    path = shared / "bench" / "lexicon" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        pairs = {tuple(line.split(" ", 2)[:2]) for line in file if not line.startswith("#")}
    apart = [(traditional, simplified) for traditional, simplified in pairs if fold(traditional) != fold(simplified)]
    assert len(pairs) > 110_000
    assert 1 - len(apart) / len(pairs) >= MIN_SHARE
    rest = {
        left + right
        for traditional, simplified in apart
        for left, right in zip(traditional, simplified, strict=True)
        if fold(left) != fold(right)
    }
    judged = tomllib.loads(CLASSES.read_text(encoding="utf-8"))["cedict_apart"]
    assert rest <= {pair for row in judged.values() for pair in row.split()}
