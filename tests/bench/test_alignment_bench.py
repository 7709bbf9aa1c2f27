"""Sentence alignment of long texts beside Gale & Church (1993), in one run: ``make bench`` prints CPU time and memory.

The text is that of the Python documentation in ``bench``, unit after unit, repeated with a mark of the round, some units left out
on a side and some cut in two, all drawn with a fixed seed. Measured is what the verb does with segments: loading the lexicon, words,
beads, with the collector of cycles as rarely at work as there; tokenisers are loaded where the first sentences need them.
"""

from __future__ import annotations

import json
import random
import sys
import time
from itertools import cycle
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termalign.alignment.align import align
from termalign.alignment.keys import key_run
from termalign.lexicon import Lexicon
from termalign.model import Bead, Segment
from termalign.pipeline.collector import rare_collections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.bench
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
DROPPED, CUT = 0.08, 0.14  # shares of the units that stand on one side only, and up to which they are cut in two
BAND = 400  # target segments that Gale & Church's program looks at around the diagonal
COSTS = {(1, 1): 0.89, (1, 2): 0.045, (2, 1): 0.045, (1, 0): 0.005, (0, 1): 0.005, (2, 2): 0.011}
VARIANCE = 6.8  # of a character, their value


def texts(
    shared: Path, source: str, target: str, n: int, *, cut: float = CUT
) -> tuple[list[Segment], list[Segment], set[tuple[int, int]]]:
    """Draw two versions of one text with the pairs that stand one to one."""
    lines = (shared / "bench" / "terms-docs" / "python-docs.segments.jsonl").read_text(encoding="utf-8").splitlines()
    rows, draw = [json.loads(line) for line in lines], random.Random(1)  # noqa: S311 - a fixed sample
    src: list[str] = []
    tgt: list[str] = []
    pairs: set[tuple[int, int]] = set()
    for number, row in enumerate(cycle(rows)):
        if max(len(src), len(tgt)) >= n:
            break
        mark = f" [{number // len(rows)}.{number % 97}]" if number >= len(rows) else ""
        ours, theirs, chance = row[source] + mark, row[target] + mark, draw.random()
        if chance < DROPPED:
            (src if chance < DROPPED / 2 else tgt).append(ours if chance < DROPPED / 2 else theirs)
        elif chance < cut:
            src.append(ours)
            tgt += [theirs[: len(theirs) // 2], theirs[len(theirs) // 2 :]]
        else:
            pairs.add((len(src), len(tgt)))
            src.append(ours)
            tgt.append(theirs)
    return (
        [Segment(language=TAGS[source], text=text) for text in src],
        [Segment(language=TAGS[target], text=text) for text in tgt],
        pairs,
    )


def gale_church(src: Sequence[Segment], tgt: Sequence[Segment]) -> list[Bead]:
    """Align by lengths alone, within a band about the diagonal."""
    ours = np.cumsum([0, *(len(one.text) for one in src)]).tolist()
    theirs = np.cumsum([0, *(len(one.text) for one in tgt)]).tolist()
    ratio = theirs[-1] / ours[-1]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(src) + 1):
        middle = i * len(tgt) // len(src)
        for j in range(max(0, middle - BAND // 2), min(len(tgt), middle + BAND // 2) + 1):
            for (a, b), share in COSTS.items():
                before = best.get((i - a, j - b))
                if before is None or (i, j) == (0, 0):
                    continue
                length, other = ours[i] - ours[i - a], theirs[j] - theirs[j - b]
                off = other - length * ratio
                cost = before[0] - log(share) + off * off / (2 * VARIANCE * max(1.0, (length + other) / 2))
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, (a, b))
    beads, i, j = [], len(src), len(tgt)
    while (i, j) != (0, 0):
        a, b = best[i, j][1]
        i, j = i - a, j - b
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b))))
    return beads[::-1]


@rare_collections()
def measured(src: Sequence[Segment], tgt: Sequence[Segment]) -> tuple[tuple[Bead, ...], float, float]:
    """Align, and say how many seconds of CPU words took, and everything."""
    start = time.process_time()
    lexicon = Lexicon.load()
    before = time.process_time()
    runs = key_run(src), key_run(tgt)
    split = time.process_time() - before
    beads = align(*runs, lexicon=lexicon)
    return beads, split, time.process_time() - start


def recall(beads: Sequence[Bead], pairs: set[tuple[int, int]]) -> float:
    found = {(one.src[0], one.tgt[0]) for one in beads if len(one.src) == len(one.tgt) == 1}
    return len(found & pairs) / len(pairs)


def peak() -> str:
    """Peak memory of the process so far, where the system tells."""
    if sys.platform == "win32":
        return "?"
    import resource  # noqa: PLC0415 - not on Windows

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f}"


@pytest.mark.parametrize(("source", "target"), [("zh", "en"), ("ja", "en"), ("ja", "zh")])
def test_long_texts(shared: Path, capsys: pytest.CaptureFixture[str], source: str, target: str) -> None:
    taken = {}
    for n in (1_000, 10_000, 40_000) if (source, target) == ("zh", "en") else (1_000,):
        src, tgt, pairs = texts(shared, source, target, n)
        beads, split, taken[n] = measured(src, tgt)
        said = (
            f"\n{source}-{target} {len(src)} x {len(tgt)}: {1000 * taken[n] / n:.2f} ms CPU a sentence, of it "
            f"{1000 * split / n:.2f} for words; recall {recall(beads, pairs):.3f}; peak {peak()} MB"
        )
        if n <= 1_000:
            start = time.process_time()
            found = recall(gale_church(src, tgt), pairs)
            said += f"; Gale & Church {1000 * (time.process_time() - start) / n:.2f} ms, recall {found:.3f}"
        with capsys.disabled():
            sys.stdout.write(said)
        assert recall(beads, pairs) > 0.9
    if len(taken) > 1:
        assert taken[40_000] / taken[10_000] <= 5


def test_sides_of_unequal_length(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    src, tgt, pairs = texts(shared, "zh", "en", 43_000, cut=0.5)
    beads, _, taken = measured(src, tgt)
    with capsys.disabled():
        sys.stdout.write(
            f"\nzh-en {len(src)} x {len(tgt)}: {1000 * taken / len(tgt):.2f} ms CPU a sentence; "
            f"recall {recall(beads, pairs):.3f}; peak {peak()} MB"
        )
    assert recall(beads, pairs) > 0.9
