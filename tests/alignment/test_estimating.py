"""What teaches, where there is too much of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termalign.alignment import estimating
from termalign.alignment.estimating import bags_of
from termalign.alignment.keys import key_run
from termalign.alignment.search import Block
from termalign.alignment.sides import side_of
from termalign.model import Segment

if TYPE_CHECKING:
    import pytest

EN = ["One two three four.", "Five six.", "Seven eight nine ten.", "Eleven twelve.", "Thirteen fourteen fifteen."]
JA = [
    "量子技術の研究を進める。",
    "大学と企業が協力する。",
    "人材を育成する。",
    "国際協力を拡大する。",
    "予算を増やす。",
]


def test_evenly_spread_beads_teach_where_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = (
        side_of(key_run([Segment(language=tag, text=text) for text in texts]))
        for tag, texts in (("en", EN), ("ja", JA))
    )
    blocks = {Block(n, n, 1, 1): 1.0 for n in range(5)} | {Block(0, 0, 1, 0): 1.0}
    everything = bags_of(blocks, left, right)
    assert len(everything) == 5
    monkeypatch.setattr(estimating, "MAX_MEETINGS", 60)
    some = bags_of(blocks, left, right)
    assert 1 <= len(some) < 5
    first, same = (bags.given.types[: bags.given.ends[1]].tolist() for bags in (some, everything))
    assert first == same
    assert len(bags_of(blocks, right, left, backward=True)) == len(some)
    monkeypatch.setattr(estimating, "MAX_MEETINGS", 0)
    assert len(bags_of(blocks, left, right)) == 1


def test_keys_of_blocks_are_counted() -> None:
    left, right = (
        side_of(key_run([Segment(language="en", text=text) for text in texts]))
        for texts in (["A b a.", "b c", "...", "", "c c c d"], ["One two.", "two two", "Three one"])
    )
    blocks = {Block(0, 0, 2, 1): 1.0, Block(2, 1, 0, 1): 1.0, Block(2, 1, 1, 2): 0.5, Block(3, 0, 2, 3): 0.2}
    for given, told, backward in ((left, right, False), (right, left, True)):
        bags = bags_of(blocks, given, told, backward=backward)
        full = [one for one in blocks if one.a and one.b]
        assert bags.weights.tolist() == [1.0, 0.5, 0.2]
        for counted, side, is_source in ((bags.given, given, not backward), (bags.told, told, backward)):
            for number, one in enumerate(full):
                first, size = (one.i, one.a) if is_source else (one.j, one.b)
                part = slice(counted.ends[number], counted.ends[number + 1])
                found = dict(zip(counted.types[part].tolist(), counted.counts[part].tolist(), strict=True))
                assert found == Counter(key for types in side.types[first : first + size] for key in types.tolist())
