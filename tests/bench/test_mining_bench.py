"""Mining of large collections: ``pytest tests/bench/test_mining_bench.py -m bench --benchmark-enable`` prints CPU time and memory.

The news of ``bench`` are hidden among sentences made of clauses and words of other texts, see ``mining_texts.py``. Each size runs in a
process of its own, so that its peak of memory is its own; reading and making the texts is not counted.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from mining_texts import TAGS, hidden_news

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
SIZES = (10_000, 50_000, 200_000)
RUN = """
import resource, sys, time
from termalign.pipeline.mining import mine
src, tgt, source, target, out, jobs = sys.argv[1:]
start = time.perf_counter()
mine(src, tgt, source=source, target=target, segmented=True, output=out, jobs=int(jobs))
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(one.ru_utime + one.ru_stime for one in used), time.perf_counter() - start, used[0].ru_maxrss, used[1].ru_maxrss)
"""


def run(shared: Path, folder: Path, pair: str, n: int, jobs: int) -> tuple[str, float, bytes]:
    """Mine in a process of its own.

    Returns:
        What there is to say, seconds of CPU, and the table.
    """
    codes = pair.split("-")
    hidden = hidden_news(shared / "bench", codes[0], codes[1], n=n)
    paths = [folder / f"{code}.txt" for code in codes]
    for path, lines in zip(paths, (hidden.src, hidden.tgt), strict=True):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    out = folder / f"{jobs}.tsv"
    command = [sys.executable, "-c", RUN, *map(str, paths), *(TAGS[code] for code in codes), str(out), str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    cpu, wall, own, children = map(float, done.stdout.split())
    found = {tuple(map(int, line.split("\t")[:2])) for line in out.read_text(encoding="utf-8").splitlines()}
    unit = 2**20 if sys.platform == "darwin" else 2**10
    said = (
        f"\n{pair} {n} a side, {jobs} jobs: {cpu:.0f} s CPU, {wall:.0f} s, peak {own / unit:.0f} MB"
        + (f" and {children / unit:.0f} MB in the largest child" if jobs > 1 else "")
        + f"; {len(found & hidden.gold)} of {len(hidden.gold)} pairs among {len(found)}"
    )
    return said, cpu, out.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
@pytest.mark.parametrize("pair", ["zh-en", "ja-en", "ja-zh"])
def test_large_collections(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], pair: str) -> None:
    taken = {}
    for n in SIZES:
        said, taken[n], _ = run(shared, tmp_path, pair, n, 1)
        with capsys.disabled():
            sys.stdout.write(said)
    with capsys.disabled():
        sys.stdout.write(f"\n{pair} time({SIZES[-1]}) / time({SIZES[0]}) = {taken[SIZES[-1]] / taken[SIZES[0]]:.1f}")
    assert taken[SIZES[-1]] / taken[SIZES[0]] <= 1.5 * SIZES[-1] / SIZES[0]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
def test_two_processes_find_the_same(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = []
    for jobs in (1, 2):
        said, _, table = run(shared, tmp_path, "ja-en", SIZES[0], jobs)
        tables.append(table)
        with capsys.disabled():
            sys.stdout.write(said)
    assert tables[0] == tables[1]
