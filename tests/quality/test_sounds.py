"""Words by their sound, with tables that never saw the words they are tested on."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest
from sounds import CASES, distractors, first, loanwords, names, ranks, reciprocal

from termalign.languages.sound.letters import spoken
from termalign.languages.sound.transducer import Transducer, read_transducer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def tables(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Learn the tables without the words and names of the tests."""
    folder = tmp_path_factory.mktemp("sound")
    spec = importlib.util.spec_from_file_location("make_sound_tables", root / "scripts" / "make_sound_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    without = [part for name in ("katakana", "names") for part in ("--without", str(CASES / f"{name}.tsv"))]
    module.main([*without, "--out", str(folder)])
    return folder


def weigher(model: Transducer, languages: tuple[str, str]) -> Callable[[str, str], float]:
    """Weigh two terms, the left one in the left alphabet, as a share of the larger information."""

    def weigh(left: str, right: str) -> float:
        pairs = [(one, other) for one in spoken(left, languages[0]) for other in spoken(right, languages[1])]
        return max(model.weight(*pair) / max(model.information(*pair)) for pair in pairs)

    return weigh


def test_unseen_loanwords(tables: Path) -> None:
    words = loanwords()
    weigh = weigher(read_transducer((tables / "en-ja.tsv").read_text(encoding="utf-8")), ("en", "ja"))
    found = ranks(
        {ja: {en} for ja, en in words.items()},
        distractors(words.values()),
        languages=("ja", "en"),
        weigh=lambda ja, en: weigh(en, ja),
    )
    assert first(found) >= 0.94
    assert reciprocal(found) >= 0.96


@pytest.mark.parametrize(
    ("name", "columns", "least"),
    [("en-ja", ("en", "ja"), 0.94), ("en-zh", ("en", "zh"), 0.76), ("zh-ja", ("zh", "ja"), 0.78)],
)
def test_unseen_names(tables: Path, name: str, columns: tuple[str, str], least: float) -> None:
    tags = {"en": "en", "ja": "ja", "zh": "zh-Hans"}
    languages = (tags[columns[0]], tags[columns[1]])
    weigh = weigher(read_transducer((tables / f"{name}.tsv").read_text(encoding="utf-8")), languages)
    found = ranks(names(*columns), [], languages=languages, weigh=weigh)
    assert first(found) >= least
