"""A reviewer sees first what a verdict is worth most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termalign.glossary.review_order import gain, review_order
from termalign.model import Concept, ConceptStatus, Designation


def concept(
    number: str = "c-a",
    *,
    score: float | None = 0.8,
    counts: tuple[int, ...] = (5, 5),
    status: ConceptStatus = ConceptStatus.PROPOSED,
    flags: tuple[str, ...] = (),
) -> Concept:
    tags = ("ja", "zh-Hans", "en")
    terms = tuple((tag, (Designation(text=tag, count=count),)) for tag, count in zip(tags, counts, strict=False))
    return Concept(id=number, terms=terms, score=score, status=status, flags=flags)


def test_what_makes_a_verdict_worth_more() -> None:
    plain = gain(concept())
    assert gain(concept(score=0.6)) > plain > gain(concept(score=0.99))  # more doubt
    assert gain(concept(counts=(50, 50))) > plain > gain(concept(counts=(50, 1)))  # more use, in every language
    assert gain(concept(counts=(5, 5, 5))) > plain  # more languages
    assert gain(concept(flags=("two names",), score=0.99)) > plain  # authors contradict each other
    assert gain(concept(score=None)) == gain(concept(score=0.5))
    assert gain(concept(status=ConceptStatus.VERIFIED)) == 0
    assert gain(concept(score=1.0)) == 0


def test_only_proposed_entries_wait_for_a_reviewer_and_ties_go_by_id() -> None:
    found = [
        concept("c-d", status=ConceptStatus.VERIFIED),
        concept("c-c"),
        concept("c-b", score=0.55),
        concept("c-a"),
        concept("c-e", status=ConceptStatus.REJECTED),
    ]
    assert [one.id for one in review_order(found)] == ["c-b", "c-a", "c-c"]


@given(st.floats(0, 1), st.lists(st.integers(0, 10**6), min_size=1, max_size=3))
def test_a_gain_is_bounded(score: float, counts: list[int]) -> None:
    assert 0 <= gain(concept(score=score, counts=tuple(counts))) <= 3 * 21
