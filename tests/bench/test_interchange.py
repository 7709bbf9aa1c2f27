"""TMX of 200,000 and a million units in three languages: time beside translate-toolkit's in one run, and peak memory.

translate-toolkit is GPL: it is no dependency, and runs as a program of its own where ``TERMALIGN_TRANSLATE_TOOLKIT`` names a
python that has it (``python -m venv tt && tt/bin/pip install translate-toolkit``). Times are of the processor, less what
making the units takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench

UNITS = """
TEXTS = ("量子もつれを測る装置の第{}号機を開発した。", "开发了测量量子纠缠的第{}号装置。", "We built device no. {} that measures entanglement & more.")
def texts():
    for number in range(int(sys.argv[3])):
        yield [text.format(number) for text in TEXTS]
"""
OURS = """
import json, resource, sys, time
from termalign.formats.tmx import TMX
from termalign.model import Segment, TranslationUnit
{units}
def units():
    for ja, zh, en in texts():
        yield TranslationUnit(
            segments=(Segment(language="ja", text=ja, document="d-1"), Segment(language="zh-Hans", text=zh, document="d-1"),
                      Segment(language="en", text=en, document="d-1")), bead="1-1-1", score=0.9731)
begin = time.process_time()
if sys.argv[1] == "write":
    n = sum(1 for _ in units())
    making = time.process_time() - begin
    begin = time.process_time() + making
    with open(sys.argv[2], "wb") as file:
        TMX.write(units(), file)
else:
    with open(sys.argv[2], "rb") as file:
        n = sum(1 for _ in TMX.read(file, name="a.tmx"))
print(json.dumps([n, time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
THEIRS = """
import json, resource, sys, time
from translate.storage import tmx
{units}
begin = time.process_time()
if sys.argv[1] == "write":
    made = list(texts())
    begin = time.process_time()
    store = tmx.tmxfile(sourcelanguage="ja", targetlanguage="zh-CN")
    for ja, zh, en in made:
        unit = tmx.tmxunit(ja)
        unit.setsource(ja, "ja")
        unit.settarget(zh, lang="zh-CN")
        unit.xmlelement.append(unit.createlanguageNode("en", en, "target"))
        store.addunit(unit)
    with open(sys.argv[2], "wb") as file:
        store.serialize(file)
else:
    store = tmx.tmxfile.parsefile(sys.argv[2])
    sum(len(unit.source) + len(unit.target) for unit in store.units)
print(json.dumps([len(store.units), time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def run(python: str, program: str, mode: str, path: Path, n_units: int) -> tuple[float, float]:
    """Seconds of the processor, and peak memory in MB."""
    words = [python, "-c", program.replace("{units}", UNITS), mode, str(path), str(n_units)]
    done = subprocess.run(words, capture_output=True, check=True, encoding="utf-8")
    n, seconds, kilobytes = json.loads(done.stdout)
    assert n == n_units
    return seconds, kilobytes / 1024


def test_tmx_beside_translate_toolkit(tmp_path: Path) -> None:
    python = os.environ.get("TERMALIGN_TRANSLATE_TOOLKIT")
    if not python:
        pytest.skip("TERMALIGN_TRANSLATE_TOOLKIT names no python with translate-toolkit")
    ours, theirs = tmp_path / "ours.tmx", tmp_path / "theirs.tmx"
    write, memory = run(sys.executable, OURS, "write", ours, 200_000)
    their_write, _ = run(python, THEIRS, "write", theirs, 200_000)
    read, read_memory = run(sys.executable, OURS, "read", theirs, 200_000)
    their_read, _ = run(python, THEIRS, "read", theirs, 200_000)
    print(f"write {their_write / write:.2f} x, read {their_read / read:.2f} x, {max(memory, read_memory):.0f} MB")  # noqa: T201
    assert their_write >= 2 * write  # the aim is 4
    assert their_read >= 1.8 * read


def test_memory_does_not_grow_with_the_units(tmp_path: Path) -> None:
    for mode in ("write", "read"):
        _, small = run(sys.executable, OURS, mode, tmp_path / "200k.tmx", 200_000)
        _, large = run(sys.executable, OURS, mode, tmp_path / "1m.tmx", 1_000_000)
        print(f"{mode}: {small:.1f} MB at 200,000 units, {large:.1f} MB at a million")  # noqa: T201
        assert small <= 150
        assert large <= 1.1 * small
