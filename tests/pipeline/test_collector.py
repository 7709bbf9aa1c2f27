"""The collector of cycles during a build, and what it is left with."""

from __future__ import annotations

import gc
import subprocess
import sys

from termalign.pipeline.collector import RARELY, rare_collections


def test_it_looks_rarely_within_and_as_before_behind() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold() == RARELY
    assert gc.get_threshold() == before


def test_what_is_left_is_not_gone_through_at_once() -> None:
    looked: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            looked.append(info["generation"])

    with rare_collections():
        kept = [[number] for number in range(RARELY[0] // 2)]
        gc.callbacks.append(note)
    try:
        more = [[number] for number in range(gc.get_threshold()[0] // 2)]
    finally:
        gc.callbacks.remove(note)
    assert looked == []
    assert len(kept) > len(more)


def test_cycles_that_were_made_within_are_collected_behind() -> None:
    class Node:
        def __init__(self) -> None:
            self.itself = self

    with rare_collections():
        Node()
    assert sum(isinstance(one, Node) for one in gc.get_objects()) == 1
    gc.collect()
    assert not any(isinstance(one, Node) for one in gc.get_objects())


def test_what_a_caller_froze_stays_frozen() -> None:
    code = (
        "import gc; from termalign.pipeline.collector import rare_collections; gc.freeze(); n = gc.get_freeze_count()\n"
        "with rare_collections(): pass\n"
        "assert gc.get_freeze_count() == n > 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
