"""Parts of long texts that correspond when no word is rare."""

from __future__ import annotations

import random
from itertools import pairwise

from termalign.alignment.associations import associate
from termalign.alignment.coarse import Coarse
from termalign.alignment.corridor import corridor_of
from termalign.alignment.keys import key_run
from termalign.alignment.sides import Side, side_of
from termalign.lexicon import Lexicon
from termalign.model import Segment

NAMES = [
    f"{a}{b}" for a in ("Alfa", "Bravo", "Carlo", "Delta", "Echo") for b in ("nor", "sud", "est", "ost", "mid", "top")
]


def sides() -> tuple[Side, Side, int]:
    """Chapters about few names each, that come again and again in one order; the target lacks a tenth near its middle."""
    draw = random.Random(3)  # noqa: S311 - a fixed sample
    chapters = [draw.sample(NAMES, 4) for _ in range(30)]
    order = [draw.randrange(30) for _ in range(60)]
    lines = [draw.sample(chapters[number], 3) for number in order for _ in range(20)]
    ja = [Segment(language="ja", text=f"{' と '.join(names)} が来た。") for names in lines]
    en = [Segment(language="en", text=f"{', '.join(names)} came.") for names in lines]
    lost = len(lines) // 10
    middle = len(lines) // 2
    return side_of(key_run(ja)), side_of(key_run([*en[:middle], *en[middle + lost :]])), lost


def test_a_corridor_finds_its_way_where_no_word_is_rare() -> None:
    left, right, lost = sides()
    associations = associate(left, right, lexicon=Lexicon.load())
    corridor = corridor_of(left, right, associations=associations)
    middle = len(left) // 2
    true = [j if j < middle else j + lost for j in range(len(right))]
    inside = sum(corridor.low[j] <= i <= corridor.high[j] for j, i in enumerate(true))
    assert inside > 0.9 * len(right)
    assert (corridor.low[1:] >= corridor.low[:-1]).all()
    assert (corridor.high[1:] >= corridor.high[:-1]).all()


def test_anchors_ascend_and_are_the_same_each_time() -> None:
    left, right, _ = sides()
    associations = associate(left, right, lexicon=Lexicon.load())
    coarse = Coarse(left, right, associations)
    found, slack = coarse.anchors((0, 0), (len(left), len(right)))
    assert len(found) > 20
    assert slack > 0
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(found))
    assert (found, slack) == Coarse(left, right, associations).anchors((0, 0), (len(left), len(right)))


def test_parts_that_are_all_alike_say_nothing() -> None:
    left = side_of(key_run([Segment(language="ja", text="量子技術の研究を進める。")] * 900))
    right = side_of(key_run([Segment(language="en", text="Research on quantum technology is promoted.")] * 700))
    coarse = Coarse(left, right, associate(left, right, lexicon=Lexicon.load()))
    assert coarse.anchors((0, 0), (900, 700))[0] == []
