"""Sentence alignment of two texts."""

from __future__ import annotations

import pytest

from termalign.alignment.align import align
from termalign.lexicon import Lexicon
from termalign.model import Bead, Segment

JA = [
    "日本政府は2020年に量子技術の戦略を決定した。",
    "この戦略は、四つの主要な技術領域を定めている。大学と企業が研究を進める。",
    "情報通信研究機構（NICT）は量子暗号の研究を担当する。",
    "人材の育成も重要な課題である。",
    "今後、国際協力を拡大する予定である。",
]
ZH = [
    "日本政府于2020年通过了量子技术战略。",
    "该战略确定了四个主要技术领域。",
    "大学和企业推进研究。",
    "情报通信研究机构（NICT）负责量子密码的研究。",
    "人才培养也是重要课题。",
    "今后计划扩大国际合作。",
]
EN = [
    "In 2020 the Japanese government adopted a strategy for quantum technology.",
    "The strategy names four main technology areas.",
    "Universities and companies carry out the research.",
    "The National Institute of Information and Communications Technology (NICT) studies quantum cryptography.",
    "Training talent is also an important issue.",
    "International cooperation will be expanded in future.",
]


def segments(texts: list[str], language: str) -> list[Segment]:
    return [Segment(language=language, text=text, document=language, block=number) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def pairs(beads: tuple[Bead, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.src, bead.tgt) for bead in beads]


EXPECTED = [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]


@pytest.mark.parametrize(("source", "texts"), [("ja", JA)])
@pytest.mark.parametrize(("target", "others"), [("zh-Hans", ZH), ("en", EN)])
def test_sentences_that_say_the_same_come_together(
    source: str, texts: list[str], target: str, others: list[str], lexicon: Lexicon
) -> None:
    beads = align(segments(texts, source), segments(others, target), lexicon=lexicon)
    assert pairs(beads) == EXPECTED
    assert all(bead.score >= 0.3 for bead in beads)


def test_the_other_way_round_gives_the_beads_flipped(lexicon: Lexicon) -> None:
    left, right = segments(JA, "ja"), segments(ZH, "zh-Hans")
    forth, back = align(left, right, lexicon=lexicon), align(right, left, lexicon=lexicon)
    assert pairs(forth) == pairs(tuple(bead.flipped() for bead in back))


def test_traditional_text_aligns_like_simplified(lexicon: Lexicon) -> None:
    traditional = ["日本政府於2020年通過了量子技術戰略。", "該戰略確定了四個主要技術領域。", "大學和企業推進研究。"]
    beads = align(segments(traditional, "zh-Hant"), segments(EN[:3], "en"), lexicon=lexicon)
    assert pairs(beads) == [((n,), (n,)) for n in range(3)]


def test_an_added_sentence_stands_alone(lexicon: Lexicon) -> None:
    texts = [*ZH[:1], "这句话在别的版本中没有，它谈论的是昨天晚上的天气和足球比赛的结果。", *ZH[1:]]
    beads = align(segments(texts, "zh-Hans"), segments(EN, "en"), lexicon=lexicon)
    assert ((1,), ()) in pairs(beads)


@pytest.mark.parametrize(("left", "right", "n"), [([], EN, 6), (ZH, [], 6), ([], [], 0)])
def test_an_empty_side_leaves_null_beads(left: list[str], right: list[str], n: int, lexicon: Lexicon) -> None:
    beads = align(segments(left, "zh-Hans"), segments(right, "en"), lexicon=lexicon)
    assert len(beads) == n
    assert all(bead.score == 0 and not (bead.src and bead.tgt) for bead in beads)


def test_texts_that_have_nothing_in_common_score_low(lexicon: Lexicon) -> None:
    unrelated = ["猫が庭で眠っている。", "昨日は雨が降った。", "彼は静かに歌を歌った。"]
    beads = align(segments(unrelated, "ja"), segments(EN[:3], "en"), lexicon=lexicon)
    assert all(bead.score < 0.3 for bead in beads)


def test_empty_lines_are_segments_too(lexicon: Lexicon) -> None:
    beads = align(segments([ZH[0], "", ZH[1]], "zh-Hans"), segments([EN[0], "", EN[1]], "en"), lexicon=lexicon)
    assert sorted(n for bead in beads for n in bead.src) == [0, 1, 2]
    assert sorted(n for bead in beads for n in bead.tgt) == [0, 1, 2]


def test_texts_longer_than_a_window_are_covered_and_stay_in_step(lexicon: Lexicon) -> None:
    left = segments([f"{text[:-1]}，编号{n * 6 + k}。" for n in range(150) for k, text in enumerate(ZH)], "zh-Hans")
    right = segments([f"{text[:-1]}, number {n * 6 + k}." for n in range(150) for k, text in enumerate(EN)], "en")
    beads = align(left, right, lexicon=lexicon)
    assert [n for bead in beads for n in bead.src] == list(range(len(left)))
    assert [n for bead in beads for n in bead.tgt] == list(range(len(right)))
    in_step = sum(bead.src == bead.tgt for bead in beads)
    assert in_step >= 0.95 * len(left)


def test_one_side_many_times_longer_ends_and_is_covered(lexicon: Lexicon) -> None:
    beads = align(segments(ZH, "zh-Hans"), segments(EN * 200, "en"), lexicon=lexicon)
    assert [n for bead in beads for n in bead.tgt] == list(range(1200))
