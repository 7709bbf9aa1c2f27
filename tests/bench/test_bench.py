"""Timings of the stages, on text that is made here: ``make bench``.

Compare figures of one run with one another; the machine decides about the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sounds import distractors, loanwords

from termalign.alignment.align import align
from termalign.alignment.mining.mine import mine_pools
from termalign.alignment.mining.pool import pool_of
from termalign.glossary.glossary import Glossary
from termalign.languages import LANGUAGES
from termalign.languages.fold import fold, fold_with_offsets
from termalign.languages.repair import repair
from termalign.languages.sound.index import SoundIndex
from termalign.languages.sound.transducer import transducer
from termalign.lexicon import Lexicon
from termalign.model import Segment

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    folder = root / "aligned" / "quantum-policy-demo"
    return {tag: (folder / f"hubs.{tag}.txt").read_text(encoding="utf-8") for tag in ("ja", "zh", "en")}


def test_fold(benchmark: BenchmarkFixture, texts: dict[str, str]) -> None:
    benchmark(fold, texts["ja"])


def test_fold_with_offsets(benchmark: BenchmarkFixture, texts: dict[str, str]) -> None:
    benchmark(fold_with_offsets, texts["ja"])


def test_repair(benchmark: BenchmarkFixture, texts: dict[str, str]) -> None:
    benchmark(repair, texts["zh"])


@pytest.mark.parametrize(("code", "tag"), [("ja", "ja"), ("zh", "zh-Hans"), ("en", "en")])
def test_sentences(benchmark: BenchmarkFixture, texts: dict[str, str], code: str, tag: str) -> None:
    benchmark(LANGUAGES.get(tag).sentences, texts[code])


@pytest.mark.parametrize(("code", "tag"), [("ja", "ja"), ("zh", "zh-Hans"), ("en", "en")])
def test_tokens(benchmark: BenchmarkFixture, texts: dict[str, str], code: str, tag: str) -> None:
    benchmark(LANGUAGES.get(tag).tokens, texts[code].splitlines()[2])


def test_load_lexicon(benchmark: BenchmarkFixture) -> None:
    benchmark(Lexicon.load)


def test_align(benchmark: BenchmarkFixture, texts: dict[str, str]) -> None:
    def segments(code: str, tag: str) -> list[Segment]:
        lines = [line for line in texts[code].splitlines() if line]
        return [Segment(language=tag, text=line) for line in lines]

    lexicon = Lexicon.load()
    benchmark(align, segments("ja", "ja"), segments("en", "en"), lexicon=lexicon)


def test_mine(benchmark: BenchmarkFixture, texts: dict[str, str]) -> None:
    lexicon = Lexicon.load()
    pools = [
        pool_of(((line, None) for line in texts[code].splitlines() if line), language=tag)
        for code, tag in (("ja", "ja"), ("en", "en"))
    ]
    benchmark(mine_pools, *pools, lexicon=lexicon)


def test_lookup(benchmark: BenchmarkFixture) -> None:
    glossary = Glossary.load()
    benchmark(glossary.lookup, "量子科学技術研究開発機構")


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [("en-ja", " innovation ", "inobe-SoN"), ("en-zh", " merzbacher ", "meiRciZbahe"), ("zh-ja", "telaGpu", "toraNpu")],
)
def test_weigh_by_sound(benchmark: BenchmarkFixture, name: str, left: str, right: str) -> None:
    benchmark(transducer(name).weight, left, right)


def test_index_by_sound(benchmark: BenchmarkFixture) -> None:
    """500 katakana words against an index of 2,000 English ones, loaded once; the similarity of what it finds comes on top."""
    words = loanwords()
    index = SoundIndex([*words.values(), *distractors(words.values())], language="en", other="ja")
    benchmark(lambda: [index.near(ja) for ja in words])
