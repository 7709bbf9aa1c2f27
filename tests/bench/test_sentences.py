"""Sentences per second, beside pysbd (English, Japanese, Chinese) and hasami (Japanese) where they are installed.

Varied text: every line once, in an order drawn with a fixed seed. It comes from the shared bench where that is there, else
from our own case tables, which are harder than ordinary text. ``extra_info`` says how much text one round is.
"""

from __future__ import annotations

import random
import tomllib
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termalign.languages.sentences import split_sentences
from termalign.pipeline.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.bench

TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
MINED = {"ja": "ja-zh/src.txt", "zh": "zh-en/src.txt", "en": "zh-en/tgt.txt"}
CASES = Path(__file__).parents[1] / "languages" / "cases"
MIN_SPEED = 10.0  # MB/s on an idle machine, 10**6 bytes of UTF-8
N_PEER = 60_000  # code points that a slow peer gets
LINES = 6  # of a paragraph


@pytest.fixture(scope="module")
def mined(request: pytest.FixtureRequest) -> Path | None:
    try:
        shared: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return None
    return shared / "bench" / "mine"


@cache
def varied(code: str, folder: Path | None) -> str:
    """Make paragraphs of lines, each line once."""
    if folder is not None:
        lines = (folder / MINED[code]).read_text(encoding="utf-8").splitlines()
    else:
        table = tomllib.loads((CASES / f"sentences_{code}.toml").read_text(encoding="utf-8"))
        cases = [case for groups in table.values() for cases in groups.values() for case in cases]
        lines = [case.replace("‖", "").replace("↵", " ") for case in cases]
    lines = sorted({line.strip() for line in lines if line.strip()})
    random.Random(4).shuffle(lines)  # noqa: S311 - a sample, no secret
    joint = " " if code == "en" else ""
    return "\n\n".join(joint.join(lines[at : at + LINES]) for at in range(0, len(lines), LINES))


def speed(benchmark: BenchmarkFixture, run: Callable[[str], object], text: str) -> float:
    """Measure MB/s, the best round."""
    benchmark.pedantic(run, (text,), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
    size = len(text.encode()) / 1e6
    benchmark.extra_info["MB"] = round(size, 3)
    if benchmark.stats is None:  # pytest-benchmark is switched off
        return float("inf")
    benchmark.extra_info["MB/s"] = round(size / benchmark.stats.stats.min, 2)
    return float(size / benchmark.stats.stats.min)


@pytest.mark.parametrize("code", sorted(TAGS))
def test_ours(benchmark: BenchmarkFixture, code: str, mined: Path | None) -> None:
    found = speed(benchmark, lambda text: split_sentences(text, TAGS[code]), varied(code, mined))
    assert mined is None or found > MIN_SPEED / 4, "a quarter of what an idle machine gives"


@pytest.mark.parametrize("code", sorted(TAGS))
def test_verb(benchmark: BenchmarkFixture, code: str, mined: Path | None) -> None:
    speed(benchmark, lambda text: segment(text, language=TAGS[code]), varied(code, mined))


@pytest.mark.parametrize("code", sorted(TAGS))
def test_pysbd(benchmark: BenchmarkFixture, code: str, mined: Path | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in its source
        pysbd = pytest.importorskip("pysbd")
        peer = pysbd.Segmenter(language=code, clean=False)
    speed(benchmark, peer.segment, varied(code, mined)[:N_PEER])


@pytest.mark.parametrize("code", ["ja", "zh"])
def test_hasami(benchmark: BenchmarkFixture, code: str, mined: Path | None) -> None:
    hasami = pytest.importorskip("hasami")
    speed(benchmark, hasami.segment_sentences, varied(code, mined))
