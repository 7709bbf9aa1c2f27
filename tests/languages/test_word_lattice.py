"""Cheapest cuts: the arrays find what a plain search finds; words of the dictionaries decide as a reader would."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.glossary.words import words_of
from termalign.languages.word_lattice import WordLattice
from termalign.languages.word_list import LONGEST_WORD, TERM_COST

WORDS = {"ab": 3.0, "abc": 4.0, "bc": 2.5, "ca": 3.5, "abcabc": 5.0, "b": 1.0}
LONE = 6.0
LATTICE = WordLattice.of(WORDS, lone=(LONE, LONE))


def cheapest(text: str, shortest: int = 1) -> float:
    """Search all cuts."""

    @cache
    def rest(at: int) -> float:
        if at == len(text):
            return 0.0
        costs = [math.inf]
        for end in range(at + shortest, min(len(text), at + LONGEST_WORD) + 1):
            word = text[at:end]
            cost = WORDS.get(word, LONE if len(word) == 1 else math.inf)
            costs.append(cost + rest(end))
        return min(costs)

    return rest(0)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=12), min_size=1, max_size=6))
def test_ways_are_the_cheapest_there_are(runs: list[str]) -> None:
    sizes = np.array([len(run) for run in runs])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    codes = np.frombuffer("".join(runs).encode("utf-32-le"), dtype=np.uint32)
    ways = LATTICE.ways(codes, starts, sizes)
    for place, run in zip(ways.places.tolist(), runs, strict=True):
        for at in range(len(run) + 1):
            assert ways.from_start[place + at] == pytest.approx(cheapest(run[:at]))
            assert ways.from_end[place + at] == pytest.approx(cheapest(run[at:]))


@given(st.text(alphabet="abc", min_size=1, max_size=12))
def test_a_cut_costs_what_the_cheapest_costs(text: str) -> None:
    words = [text[start:end] for start, end in pairwise(LATTICE.cut(text))]
    assert "".join(words) == text
    assert sum(WORDS.get(word, LONE) for word in words) == pytest.approx(cheapest(text))


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=8), min_size=1, max_size=5))
def test_terms_cost_what_their_words_cost(terms: list[str]) -> None:
    lattice = WordLattice.of(WORDS, lone=(LONE, LONE))
    for term, cost in zip(terms, lattice.own_costs(terms).tolist(), strict=True):
        whole = cheapest(term)
        made = cheapest(term, shortest=2)
        assert cost == pytest.approx(whole if made <= whole else min(whole, TERM_COST))


@pytest.mark.parametrize(
    ("language", "run", "words"),
    [
        ("ja", "累積分布", "累積 分布"),
        ("ja", "東京都民", "東京 都民"),
        ("ja", "半導体産業", "半導体 産業"),
        ("ja", "外国人参政権", "外国人 参政権"),
        ("zh", "研究生命科学", "研究 生命 科学"),
        ("zh", "动作片", "动作片"),
        ("zh", "量子计算机", "量子 计算机"),
        ("zh", "和平等于发展", "和平 等于 发展"),
    ],
)
def test_cuts_of_real_words(language: str, run: str, words: str) -> None:
    lattice = words_of(language)
    assert lattice is not None
    from termalign.languages.fold import fold  # noqa: PLC0415

    assert [fold(run)[start:end] for start, end in pairwise(lattice.cut(fold(run)))] == [
        fold(one) for one in words.split()
    ]


def test_english_needs_no_list() -> None:
    assert words_of("en") is None
