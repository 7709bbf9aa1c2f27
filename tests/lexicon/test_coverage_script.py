"""The measure of coverage counts forms of a word as that word, and no chance pieces."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "scripts" / "lexicon_coverage.py"
    spec = importlib.util.spec_from_file_location("lexicon_coverage", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def core() -> Lexicon:
    return Lexicon.load("core")


@pytest.mark.parametrize(
    ("line", "text", "pos", "found"),
    [
        ("The opposed parties left.", "oppose", "v", True),
        ("The talks were held there.", "be held", "v", True),
        ("A higher price", "high", "adj", True),
        ("The largest city", "large", "adj", True),
        ("An easier way", "easy", "adj", True),
        ("A bigger house", "big", "adj", True),
        ("It was explicitly said.", "explicit", "adj", True),
        ("It was possibly said.", "possible", "adj", True),
        ("A teacher spoke.", "teach", "v", False),
        ("It is only one.", "on", "adp", False),
        ("held there to be", "be held", "v", False),
    ],
)
def test_a_form_of_a_word_is_that_word(script: Any, line: str, text: str, pos: str, *, found: bool) -> None:
    assert script.contains(script.line_run(line), script.wanted_run(text, pos)) is found


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("新闻频道", ("新闻", "频道")), ("媒体报道", ("媒体", "报道")), ("这是", ("是",)), ("林赛", ()), ("罗森", ())],
)
def test_a_chinese_word_is_cut_into_words_and_function_words_only(
    script: Any, core: Lexicon, word: str, pieces: tuple[str, ...]
) -> None:
    assert script.pieces(word, core, "zh-Hans") == pieces
    assert script.pieces(word, core, "ja") == ()
