"""Folding with offsets on varied text of three languages, whole documents as a pile has them."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from termalign.languages.fold import fold, fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.bench
MIN_RATE = 20.0  # MB of UTF-8 in a second of one core, with offsets


def varied(shared: Path) -> list[str]:
    """News, manuals, stories and magazine articles; none repeated."""
    folder = shared / "bench"
    paths = [
        *folder.glob("align-tri-news/long-asis/*.txt"),
        *folder.glob("align-tri-docs/articles/*.md"),
        *folder.glob("align-zh-en-*/*.txt"),
    ]
    return [path.read_text(encoding="utf-8") for path in sorted(paths)]


@pytest.mark.parametrize(("name", "folding"), [("fold", fold), ("fold_with_offsets", fold_with_offsets)])
def test_rate(shared: Path, name: str, folding: Callable[[str], object]) -> None:
    texts = varied(shared)
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = 0.0
    for _ in range(9):
        begin = process_time()
        for text in texts:
            folding(text)
        best = max(best, size / (process_time() - begin))
    print(f"{name}: {best:.0f} MB/s over {size:.1f} MB")  # noqa: T201 - the figure
    assert best >= MIN_RATE
