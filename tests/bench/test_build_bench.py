"""Building from bitext: seconds of processor time per 10,000 units of three languages, and how they grow.

The units are made of the shared documentation: each further round puts its units together anew, in pairs where they are short,
and gives every name of a program a number of its own, so that neither units nor vocabulary repeat.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.bench

SIZES = tuple(map(int, os.environ.get("TERMALIGN_BENCH_UNITS", "10000 100000").split()))
LANGUAGES = ("en", "ja", "zh")
SHORT = 60  # code points of English
_NAME = re.compile(r"[A-Za-z]+(?:[A-Z_.0-9][A-Za-z]*)+|[A-Z]{2,}")
_RUN = """
import json, resource, sys, time
from termalign.pipeline.build import build
began = time.process_time()
done = build([sys.argv[1]], sys.argv[2])
seconds = time.process_time() - began
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(done.concepts)]))
"""


def rows(shared: Path, n_units: int) -> Iterator[dict[str, str]]:
    """Make so many units."""
    path = shared / "bench" / "terms-docs" / "python-docs.segments.jsonl"
    pool = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for number in range(n_units):
        turn, place = divmod(number, len(pool))
        unit = pool[place]
        texts = {code: unit[code] for code in LANGUAGES}
        if turn and len(texts["en"]) < SHORT:
            other = pool[(place * 7919 + turn * 104729) % len(pool)]
            texts = {code: f"{texts[code]} {other[code]}" for code in LANGUAGES}
        if turn:
            texts = {code: _NAME.sub(rf"\g<0>{turn}", text) for code, text in texts.items()}
        yield {"id": str(number), **texts}


def test_build_of_a_memory(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print seconds, memory and the ratio of the largest to the smallest; the asked-for figures are asserted nowhere."""
    taken: dict[int, float] = {}
    for n_units in SIZES:
        memory = tmp_path / f"{n_units}.jsonl"
        with memory.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(shared, n_units))
        began = time.process_time()
        sum(number * number for number in range(5_000_000))
        unit_of_work = time.process_time() - began
        command = [sys.executable, "-c", _RUN, str(memory), str(tmp_path / f"out{n_units}")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds, megabytes, n_concepts = json.loads(done.stdout)
        taken[n_units] = seconds
        with capsys.disabled():
            print(  # noqa: T201 - the figures
                f"\n{n_units} units: {seconds:.1f} s, {seconds * 10_000 / n_units:.1f} s per 10,000, {megabytes:.0f} MB, "
                f"{n_concepts} concepts; five million squares take {unit_of_work:.2f} s"
            )
        assert n_concepts
    with capsys.disabled():
        print(f"time({SIZES[-1]}) / time({SIZES[0]}) = {taken[SIZES[-1]] / taken[SIZES[0]]:.1f}")  # noqa: T201
