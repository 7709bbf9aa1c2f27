"""Words linked one to one, against slow code."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from termalign.alignment import linking
from termalign.alignment.explaining import Ratios
from termalign.alignment.keys import key_run
from termalign.alignment.linking import MIN_GAIN, Linker
from termalign.alignment.sides import Side, side_of
from termalign.model import Segment

LEFT = ["One two two.", "", "Three one four.", "Five five, six", "...", "One two seven eight nine"]
RIGHT = ["Eleven twelve.", "Twelve thirteen eleven", "", "Fourteen, eleven fifteen.", "Sixteen sixteen five!"]
BLOCKS = [
    (0, 0, 1, 1),
    (0, 0, 2, 1),
    (0, 0, 1, 3),
    (1, 2, 1, 1),
    (1, 1, 4, 4),
    (2, 2, 3, 2),
    (3, 3, 1, 2),
    (5, 4, 1, 1),
]


def side(texts: list[str]) -> Side:
    return side_of(key_run([Segment(language="en", text=text) for text in texts]))


def ratios(given: Side, told: Side, *, seed: int) -> Ratios:
    """Draw ratios for a third of the pairs; in order, as the aligner has them."""
    draw = np.random.default_rng(seed)
    pairs = np.flatnonzero(draw.random(len(given.keys) * len(told.keys)) < 0.3)
    rest = draw.uniform(0.3, 0.8, len(told.keys))
    return Ratios(pairs % len(given.keys), pairs // len(given.keys), draw.exponential(6.0, len(pairs)), rest)


class Slow:
    """Looks at each word of a block with each of the other side."""

    def __init__(self, left: Side, right: Side, forward: Ratios, backward: Ratios) -> None:
        self.left, self.right, self.forward, self.backward = left, right, forward, backward
        self.ahead = dict(zip(zip(forward.given, forward.told, strict=True), forward.value, strict=True))
        self.back = dict(zip(zip(backward.told, backward.given, strict=True), backward.value, strict=True))

    def score(self, i: int, j: int, a: int, b: int) -> tuple[float, float]:
        src = [(one, k) for one in range(i, i + a) for k in range(len(self.left.types[one]))]
        tgt = [(one, q) for one in range(j, j + b) for q in range(len(self.right.types[one]))]
        sizes = self.left.sizes[i : i + a].sum(), self.right.sizes[j : j + b].sum()
        gained, links = 0.0, sorted((-self.gain(one, other, *sizes), one, other) for one in src for other in tgt)
        for cost, one, other in links:
            if -cost >= MIN_GAIN and self.may_link(one, other) and one in src and other in tgt:
                src.remove(one)
                tgt.remove(other)
                gained -= cost
        rests = [log(self.backward.rest[s]) for one in range(i, i + a) for s in self.left.types[one]]
        rests += [log(self.forward.rest[t]) for one in range(j, j + b) for t in self.right.types[one]]
        return sum(rests), gained

    def said(self, one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
        s, t = self.left.types[one[0]][one[1]], self.right.types[other[0]][other[1]]
        ahead, back = self.ahead.get((s, t), 0.0), self.back.get((s, t), 0.0)
        return ahead / self.forward.rest[t], back / self.backward.rest[s]

    def gain(self, one: tuple[int, int], other: tuple[int, int], src: float, tgt: float) -> float:
        ahead, back = self.said(one, other)
        return log((1 + ahead / src) * (1 + back / tgt))

    def may_link(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        ahead, back = self.said(one, other)
        return bool(ahead / self.left.sizes[one[0]] + back / self.right.sizes[other[0]] >= MIN_GAIN)


@pytest.mark.parametrize("cells", [1, 60_000])
def test_the_strongest_links_are_taken_first(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "CELLS", cells)  # block by block, and all together
    left, right = side(LEFT), side(RIGHT)
    for seed in range(5):
        forward, backward = ratios(left, right, seed=seed), ratios(right, left, seed=seed + 10)
        slow = Slow(left, right, forward, backward)
        alone, gained = Linker(left, right, forward=forward, backward=backward).scores(np.array(BLOCKS))
        expected = [slow.score(*block) for block in BLOCKS]
        assert alone == pytest.approx([one for one, _ in expected])
        assert gained == pytest.approx([one for _, one in expected])
        assert max(gained) > 1


def test_no_blocks_have_no_scores() -> None:
    left, right = side(LEFT), side(RIGHT)
    linker = Linker(left, right, forward=ratios(left, right, seed=1), backward=ratios(right, left, seed=2))
    alone, gained = linker.scores(np.zeros((0, 4), dtype=np.int64))
    assert len(alone) == len(gained) == 0
