"""Counting in arrays against counting with sets; competition between pairs."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.alignment import counting
from termalign.alignment.competing import Scored, compete, free_rivals, third_strengths
from termalign.alignment.counting import Pairs, Postings, count_pairs, log_likelihood
from termalign.model import Evidence

N_FORMS = 6
units = st.lists(st.tuples(*[st.frozensets(st.integers(0, N_FORMS - 1)) for _ in range(2)]), min_size=1, max_size=40)


def postings(sides: list[frozenset[int]]) -> Postings:
    rows = [(number, form) for number, forms in enumerate(sides) for form in sorted(forms)]
    columns = np.array(rows or np.zeros((0, 2)), np.int32).reshape(-1, 2)
    return Postings.of(columns[:, 0], columns[:, 1], n_units=len(sides), n_forms=N_FORMS)


def counted(found: Pairs) -> dict[tuple[int, int], int]:
    return {
        (left, right): n
        for left, right, n in zip(found.left.tolist(), found.right.tolist(), found.joint.tolist(), strict=True)
    }


@given(units)
def test_counts_are_those_of_sets(sides: list[tuple[frozenset[int], frozenset[int]]]) -> None:
    left, right = ([side[number] for side in sides] for number in range(2))
    found = count_pairs(postings(left), postings(right), both=np.ones(len(sides), np.bool_))
    joint = Counter(pair for one, other in sides for pair in product(one, other))
    first, second = (Counter(form for side in column for form in side) for column in (left, right))
    wanted = {pair: n for pair, n in joint.items() if n >= 2 and n * len(sides) > first[pair[0]] * second[pair[1]]}
    assert counted(found) == wanted


@given(units, st.integers(1, 30))
def test_the_size_of_the_pieces_does_not_matter(
    sides: list[tuple[frozenset[int], frozenset[int]]], n_cells: int
) -> None:
    left, right = (postings([side[number] for side in sides]) for number in range(2))
    both = np.ones(len(sides), np.bool_)
    whole = counted(count_pairs(left, right, both=both))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "N_CELLS", n_cells)
        assert counted(count_pairs(left, right, both=both)) == whole


def test_units_without_the_other_language_do_not_count() -> None:
    left, right = [frozenset({0})] * 4, [frozenset({1})] * 2 + [frozenset[int]()] * 2
    extra = [frozenset({2})] * 4
    found = count_pairs(
        postings(left + extra), postings(right + extra), both=np.array([True, True, False, False] + [True] * 4)
    )
    assert counted(found)[0, 1] == 2
    assert found.n_left[found.left.tolist().index(0)] == 2


def test_a_frequent_form_is_counted_in_a_sample() -> None:
    sides = [frozenset({0, 1}) if number % 2 else frozenset({1}) for number in range(8_000)]
    others = [frozenset({0}) if number % 2 else frozenset[int]() for number in range(8_000)]
    found = count_pairs(postings(sides), postings(others), both=np.ones(len(sides), np.bool_))
    assert counted(found)[0, 0] == 4_000


@pytest.mark.parametrize(("cells", "least"), [((10, 10, 10, 100), 60.0), ((1, 10, 10, 100), 0.0)])
def test_the_likelihood_ratio(cells: tuple[int, int, int, int], least: float) -> None:
    assert log_likelihood(*cells) == pytest.approx(least, abs=6)


def scored(left: int, right: int, strength: float, groups: tuple[str, str] = ("ja", "en"), joint: int = 5) -> Scored:
    return Scored(left=(groups[0], left), right=(groups[1], right), strength=strength, joint=joint)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1)), max_size=30, unique_by=lambda row: row[:2]
    )
)
def test_a_form_is_taken_once_for_a_language_and_the_strongest_come_first(rows: list[tuple[int, int, float]]) -> None:
    found = list(compete([scored(*row) for row in rows]))
    assert len({one.left for one, _ in found}) == len({one.right for one, _ in found}) == len(found)
    beliefs = [belief for _, belief in found]
    assert beliefs == sorted(beliefs, reverse=True)
    assert all(0 <= belief <= 1 for belief in beliefs)


def test_the_third_language_decides_between_equal_pairs() -> None:
    pairs = [scored(0, 0, 0.6), scored(0, 1, 0.6), scored(0, 7, 0.8, ("ja", "zh")), scored(7, 1, 0.8, ("zh", "en"))]
    chosen = {(one.left, one.right) for one, _ in compete(pairs)}
    assert (("ja", 0), ("en", 1)) in chosen
    assert (("ja", 0), ("en", 0)) not in chosen


@given(st.permutations([scored(0, 0, 0.5), scored(0, 1, 0.5), scored(1, 0, 0.5), scored(1, 1, 0.5)]))
def test_the_order_of_the_pairs_does_not_matter(pairs: list[Scored]) -> None:
    assert [(one.left, one.right) for one, _ in compete(pairs)] == [(("ja", 0), ("en", 0)), (("ja", 1), ("en", 1))]


def test_more_units_and_a_better_form_make_a_pair_more_likely() -> None:
    def told(strength: float, form: float) -> float:
        evidence = Evidence(source="composition", score=form, terms=(("ja", "a"), ("en", "b")))
        pair = Scored(left=("ja", 0), right=("en", 0), strength=strength, joint=5, forms=(evidence,))
        return next(compete([pair]))[1]

    assert told(0.2, 0.2) < told(0.6, 0.2) < told(0.6, 1.0) < told(0.9, 1.0) <= 1


def test_a_rival_takes_belief_away_but_less_where_it_belongs_to_another_term() -> None:
    def told(*rivals: Scored) -> float:
        return next(
            told for one, told in compete([scored(0, 0, 0.7), *rivals]) if (one.left[1], one.right[1]) == (0, 0)
        )

    alone, pressed, freed = told(), told(scored(0, 1, 0.69)), told(scored(0, 1, 0.69), scored(1, 1, 0.95))
    assert pressed < freed < alone


def test_what_a_better_counterpart_has_more_is_taken_off_a_rival() -> None:
    sides = np.array([[0, 10], [0, 11], [1, 11]])
    left, right = free_rivals(sides, np.array([[0, 1]] * 3), np.array([1.0, 2.0, 5.0]))
    assert left.tolist() == [-1.0, 1.0, -np.inf]  # the second pair, at 2, has a better one at 5
    assert right.tolist() == [-np.inf, 5.0, 2.0]


def test_the_way_over_a_third_language_is_as_strong_as_its_weaker_half() -> None:
    sides, groups = np.array([[0, 1], [1, 2], [0, 2], [3, 1]]), np.array([[0, 1], [1, 2], [0, 2], [0, 1]])
    found = third_strengths(sides, groups, np.array([1.0, 4.0, 3.0, 9.0]))
    assert found.tolist() == [3.0, 1.0, 1.0, -np.inf]
    assert np.isnan(third_strengths(sides[:2], groups[:2], np.array([1.0, 4.0]))).all()
