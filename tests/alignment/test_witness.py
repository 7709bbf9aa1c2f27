"""The third version of a text as a witness to the alignment of the other two."""

from __future__ import annotations

from itertools import product
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.alignment.align import align, align_three
from termalign.alignment.search import Block
from termalign.alignment.witness import LEAST, UNTOLD, WEIGHT, Places, boundary_shares, witness_of
from termalign.lexicon import Lexicon
from termalign.model import Segment

# Japanese and English share names, Chinese and English share numbers; Japanese and Chinese share nothing.
NAMES = ["Alfa Golf", "Bravo Hotel", "Carlo India", "Delta Juliett", "Echo Kilo", "Foxtrot Lima"]
LINES = {
    "ja": [f"{name} です。" for name in NAMES if name != NAMES[1]],
    "zh-Hans": [f"有 1{n}1, 2{n}2, 3{n}3。" for n in range(5)],
    "en": [f"{name} has 1{n}1, 2{n}2, 3{n}3." for n, name in enumerate(NAMES)],
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def runs(lines: dict[str, list[str]]) -> dict[str, list[Segment]]:
    return {tag: [Segment(language=tag, text=text) for text in texts] for tag, texts in lines.items()}


def test_what_two_texts_do_not_tell_the_third_does(lexicon: Lexicon) -> None:
    versions = runs(LINES)
    found = align_three(versions, lexicon=lexicon)
    alone = align(versions["ja"], versions["zh-Hans"], lexicon=lexicon)
    right = [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,)), ((3,), (4,)), ((4,), ())]
    assert [(one.src, one.tgt) for one in alone] != right
    assert [(one.src, one.tgt) for one in found["ja", "zh-Hans"]] == right
    assert [(one.src, one.tgt) for one in found["ja", "en"]][1] == ((), (1,))
    assert all(one.score > 0.5 for one in found["ja", "zh-Hans"] if one.src and one.tgt)
    assert all(one.score < 0.1 for one in alone)
    assert list(found) == [("ja", "zh-Hans"), ("ja", "en"), ("zh-Hans", "en")]


def test_a_third_text_about_other_things_changes_little(lexicon: Lexicon) -> None:
    versions = runs({**LINES, "en": ["The cat slept.", "It rained all day.", "They went home."]})
    versions["zh-Hans"] = [Segment(language="zh-Hans", text=f"{name}。") for name in NAMES[1:]]
    alone = align(versions["ja"], versions["zh-Hans"], lexicon=lexicon)
    found = align_three(versions, lexicon=lexicon)["ja", "zh-Hans"]
    assert [(one.src, one.tgt) for one in found] == [(one.src, one.tgt) for one in alone]


@pytest.mark.parametrize("empty", ["ja", "zh-Hans", "en"])
def test_an_empty_version_is_no_witness(empty: str, lexicon: Lexicon) -> None:
    versions = {**runs(LINES), empty: []}
    for (a, b), beads in align_three(versions, lexicon=lexicon).items():
        assert beads == align(versions[a], versions[b], lexicon=lexicon)


def test_confirmed_places_gain_contradicted_ones_lose_and_others_stay() -> None:
    sure = {Block(0, 0, 1, 1): 1.0, Block(1, 1, 1, 1): 1.0, Block(2, 2, 2, 1): 1.0}
    other = {Block(0, 0, 1, 1): 1.0, Block(1, 1, 1, 1): 1.0, Block(2, 2, 1, 2): 1.0}
    witness = witness_of(Places(boundary_shares(sure), 1.0), Places(boundary_shares(other), 1.0))
    right, wrong, untold = witness.of([Block(1, 1, 1, 1), Block(1, 2, 1, 1), Block(3, 3, 0, 0)])
    assert right > 0 > wrong
    assert untold == 0


shares = st.dictionaries(
    st.builds(Block, st.integers(0, 4), st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)), st.floats(0.01, 1.0)
)


@given(shares, shares, st.floats(0, 1))
def test_what_a_witness_says_is_bounded(first: dict[Block, float], second: dict[Block, float], sure: float) -> None:
    witness = witness_of(Places(boundary_shares(first), sure), Places(boundary_shares(second), 1.0).flipped())
    found = witness.of([Block(i, j, 1, 1) for i, j in product(range(5), repeat=2)])
    assert len(found) == 25
    assert found.min() >= WEIGHT * log(LEAST / (UNTOLD + LEAST)) - 1e-9
    assert found.max() <= WEIGHT * log((1 + UNTOLD + LEAST) / (UNTOLD + LEAST)) + 1e-9
