"""From evidence to a probability: more is never less, rivals press, and the file of parameters says where they come from."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.alignment.competing import SOURCES
from termalign.alignment.links import belief, link
from termalign.alignment.trust import rival_strengths, trust
from termalign.evidence import EVIDENCE, in_order
from termalign.model import Evidence, Form

JA, ZH, EN, OTHER = ("ja", "量子技術"), ("zh-Hans", "量子技术"), ("en", "quantum technology"), ("en", "quantum art")
SCORES = st.dictionaries(st.sampled_from(sorted(EVIDENCE)), st.floats(0, 1), max_size=len(EVIDENCE))


def evidence(source: str, score: float, left: Form = JA, right: Form = EN, n: int = 1) -> Evidence:
    return Evidence(source=source, score=score, terms=(left, right), n=n)


@given(scores=SCORES, raised=st.sampled_from(sorted(EVIDENCE)), more=st.floats(0, 1))
def test_a_higher_score_never_makes_a_pair_less_likely(scores: dict[str, float], raised: str, more: float) -> None:
    scores[raised] = min(scores.get(raised, 0.0), more)
    before = belief([evidence(source, score) for source, score in scores.items()])
    scores[raised] = max(scores[raised], more)
    after = belief([evidence(source, score) for source, score in scores.items()])
    assert 0.0 <= before <= after <= 1.0


@given(score=st.floats(0, 1), n=st.integers(1, 1000), more=st.integers(0, 1000))
def test_more_units_never_make_a_pair_less_likely(score: float, n: int, more: int) -> None:
    assert belief([evidence("cooccurrence", score, n=n)]) <= belief([evidence("cooccurrence", score, n=n + more)])


@given(
    pairs=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-4.0, -1.5, 0.0, 2.0])), max_size=12),
)
def test_the_strongest_rival_is_found(pairs: list[tuple[int, float]]) -> None:
    keys, strengths = np.array([key for key, _ in pairs], dtype=np.int64), np.array([value for _, value in pairs])
    expected = [
        max((value for other, (key, value) in enumerate(pairs) if other != number and key == own), default=-inf)
        for number, (own, _) in enumerate(pairs)
    ]
    assert rival_strengths(keys, strengths).tolist() == expected


@given(strength=st.floats(-8, 8), left=st.floats(-8, 8), right=st.floats(-8, 8), more=st.floats(0, 8))
def test_a_stronger_rival_never_helps(strength: float, left: float, right: float, more: float) -> None:
    def told(one: float, other: float) -> float:
        return float(trust().probabilities(np.array([strength]), np.array([one]), np.array([other]))[0])

    assert told(left + more, right) <= told(left, right)
    assert told(left, right) == told(right, left)


class Fixed:
    """A source that knows a list of pairs."""

    name = "composition"

    def __init__(self, scores: dict[tuple[Form, Form], float]) -> None:
        self._scores = scores

    def pairs(self) -> list[tuple[Form, Form]]:
        return sorted(self._scores)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        score = self._scores.get(in_order(left, right))
        return None if score is None else evidence(self.name, score, *in_order(left, right))


def test_a_rival_takes_belief_away_and_the_best_comes_first() -> None:
    alone = link([Fixed({(JA, EN): 1.0})])
    both = link([Fixed({(JA, EN): 1.0, (JA, OTHER): 0.95, (JA, ZH): 1.0})])
    assert alone[0].score == belief(alone[0].evidence)
    scores = {one.terms: one.score for one in both}
    assert scores[JA, OTHER] < scores[JA, EN] < alone[0].score
    assert scores[JA, ZH] == alone[0].score  # another language is no rival
    assert [one.score for one in both] == sorted(scores.values(), reverse=True)


def test_nothing_speaks_for_nothing() -> None:
    assert link([Fixed({})]) == ()
    assert belief([]) < 0.1
    assert belief([evidence("a source of somebody else", 1.0)]) == belief([])


@pytest.mark.parametrize(
    ("source", "score", "least"), [("gloss", 1.0, 0.97), ("acronym pivot", 0.9, 0.95), ("han", 1.0, 0.9)]
)
def test_one_full_word_of_a_sure_source_is_enough(source: str, score: float, least: float) -> None:
    assert belief([evidence(source, score)]) >= least


@pytest.mark.parametrize(("path", "known"), [("documents", set(EVIDENCE)), ("memory", set(SOURCES))])
def test_the_parameters_say_what_they_were_fitted_on(path: str, known: set[str]) -> None:
    raw = tomllib.loads((files("termalign") / "data" / "weights.toml").read_text(encoding="utf-8"))
    raw = raw if path == "documents" else raw[path]
    assert raw["version"] >= 1
    assert {"fitted", "with", "command", "on"} <= set(raw)
    assert known <= set(raw["sources"])
    held = trust(path).calibration
    assert held is not None
    assert len(held.told) == len(held.right) == len(held.n) == 10
    assert sum(held.n) >= 2000
    assert held.skill >= 0.5
    assert held.area >= 0.95
    assert held.error <= held.error_interval[1] <= 0.05
