"""Texts that are no translations of each other: a right answer or a clear error, never a hang, and scores that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termalign.alignment.align import align
from termalign.errors import ConfigError, DataError
from termalign.lexicon import Lexicon
from termalign.model import Segment
from termalign.pipeline.aligning import align as align_files

if TYPE_CHECKING:
    from pathlib import Path

    from termalign.model import Bead

UNRELATED = [
    "朝から台所で母が味噌汁を作っている。",
    "弟は庭で犬と遊び、祖父は縁側で新聞を読んでいた。",
    "山の上には雪が残り、川の水はまだ冷たい。",
    "彼女は古い手紙を引き出しにしまい、静かに窓を閉めた。",
    "市場では魚の値段がまた上がったと聞いた。",
    "雨が止むと、子どもたちは傘を置いて走り出した。",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def demo(root: Path) -> dict[str, list[Segment]]:
    folder = root / "aligned" / "quantum-policy-demo"
    found = {}
    for code, tag in (("ja", "ja"), ("zh", "zh-Hans"), ("en", "en")):
        lines = (folder / f"hubs.{code}.txt").read_text(encoding="utf-8").splitlines()
        found[tag] = [Segment(language=tag, text=line) for line in lines if line]
    return found


def covered(beads: tuple[Bead, ...], n: int, m: int) -> bool:
    return [k for one in beads for k in one.src] == list(range(n)) and [k for one in beads for k in one.tgt] == list(
        range(m)
    )


def mean(beads: tuple[Bead, ...]) -> float:
    sizes = [len(one.src) + len(one.tgt) for one in beads]
    return sum(one.score * size for one, size in zip(beads, sizes, strict=True)) / sum(sizes)


def test_a_text_and_its_translation_score_high(demo: dict[str, list[Segment]], lexicon: Lexicon) -> None:
    for one, other in (("ja", "en"), ("zh-Hans", "en"), ("ja", "zh-Hans")):
        assert mean(align(demo[one], demo[other], lexicon=lexicon)) > 0.8


def test_texts_about_other_things_score_near_nothing(demo: dict[str, list[Segment]], lexicon: Lexicon) -> None:
    unrelated = [Segment(language="ja", text=text) for text in UNRELATED]
    for tag in ("zh-Hans", "en"):
        beads = align(unrelated, demo[tag][:6], lexicon=lexicon)
        assert covered(beads, 6, len(demo[tag][:6]))
        assert max(one.score for one in beads) < 0.2


def test_one_side_twenty_times_longer_keeps_what_matches(demo: dict[str, list[Segment]], lexicon: Lexicon) -> None:
    filler = [Segment(language="ja", text=f"{n}番目の{text}") for n in range(20) for text in UNRELATED]
    middle = len(filler) // 2
    beads = align([*filler[:middle], *demo["ja"], *filler[middle:]], demo["en"], lexicon=lexicon)
    assert covered(beads, len(filler) + len(demo["ja"]), len(demo["en"]))
    inside = range(middle, middle + len(demo["ja"]))
    right = [one for one in beads if one.tgt and one.src and set(one.src) <= set(inside)]
    assert sum(len(one.tgt) for one in right) >= 0.8 * len(demo["en"])
    assert all(one.score < 0.2 for one in beads if one.src and not set(one.src) & set(inside))


def test_the_same_text_on_both_sides_is_one_to_one(demo: dict[str, list[Segment]], lexicon: Lexicon) -> None:
    beads = align(demo["ja"], demo["ja"], lexicon=lexicon)
    assert all(one.src == one.tgt for one in beads)
    assert mean(beads) > 0.9


@pytest.mark.parametrize(
    ("n", "m"), [(1200, 1200), (1000, 700), pytest.param(100_000, 100_000, marks=pytest.mark.slow)]
)
def test_identical_lines_are_aligned_in_order(lexicon: Lexicon, n: int, m: int) -> None:
    left = [Segment(language="ja", text="量子技術の研究を進める。")] * n
    right = [Segment(language="en", text="Research on quantum technology is promoted.")] * m
    beads = align(left, right, lexicon=lexicon)
    assert covered(beads, n, m)
    if n == m:
        assert sum(len(one.src) == len(one.tgt) == 1 for one in beads) > 0.9 * n
    else:  # which of them is left out or joined nobody can tell, and the scores say so
        assert mean(beads) < 0.6


@pytest.mark.parametrize("unit", ["量子暗号の研究。", "量", "1,"])
def test_a_line_of_a_megabyte_ends(lexicon: Lexicon, unit: str) -> None:
    huge = unit * (1_000_000 // len(unit.encode()))
    left = [Segment(language="ja", text="量子技術。"), Segment(language="ja", text=huge)]
    right = [
        Segment(language="en", text="Quantum technology."),
        Segment(language="en", text="quantum research " * 60_000),
    ]
    beads = align(left, right, lexicon=lexicon)
    assert covered(beads, 2, 2)
    assert ((0,), (0,)) in [(one.src, one.tgt) for one in beads]


def files(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


@pytest.mark.parametrize("text", ["", "\n", " \n\u3000\n"])
@pytest.mark.parametrize("segmented", [False, True])
def test_a_side_without_text_is_told(tmp_path: Path, text: str, *, segmented: bool) -> None:
    one, other = files(tmp_path, one=text, other="大学と企業が研究する。\n")
    for src, tgt in ((one, other), (other, one)):
        with pytest.raises(DataError, match=r"one\.txt: the file (is empty|holds no text)"):
            align_files(src, tgt, source="ja", target="ja", segmented=segmented)


def test_a_side_of_marks_alone_is_told(tmp_path: Path) -> None:
    one, other = files(tmp_path, one="。。。！\n---\n123\n", other="大学と企業が研究する。\n")
    with pytest.raises(ConfigError, match=r"one\.txt: the language of the text cannot be told"):
        align_files(one, other)
    done = align_files(one, other, source="zh", target="ja", segmented=True)
    assert covered(done.beads, 3, 1)
    assert not done.units


def test_two_texts_of_one_language_are_refused(tmp_path: Path) -> None:
    one, other = files(tmp_path, one="量子技術の研究を進める。\n", other="大学と企業が研究する。\n")
    with pytest.raises(ConfigError, match="two texts are in ja"):
        align_files(one, other)


def test_sides_that_are_swapped_are_refused(tmp_path: Path) -> None:
    ja, en = files(
        tmp_path, ja="量子技術の研究を進める。\n" * 3, en="Research on quantum technology is promoted.\n" * 3
    )
    with pytest.raises(ConfigError, match="swap"):
        align_files(ja, en, source="en", target="ja", segmented=True)


def test_a_side_in_the_wrong_language_is_refused(tmp_path: Path) -> None:
    ja, en = files(
        tmp_path, ja="量子技術の研究を進める。\n" * 3, en="Research on quantum technology is promoted.\n" * 3
    )
    with pytest.raises(ConfigError, match=r"ja\.txt.* is not in en"):
        align_files(ja, en, source="en", target="zh", segmented=True)
