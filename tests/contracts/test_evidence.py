"""What every evidence source promises: a score in [0, 1] or nothing, from either side, each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import mixed_text

from termalign.evidence import EVIDENCE, EvidenceSource, Ground, Termbase, in_order
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import TAGS, Candidate, Folded, Form, Occurrence, Segment, Span, TranslationUnit

FORMS: tuple[Form, ...] = (
    ("ja", "量子技術"),
    ("ja", "誤り耐性"),
    ("zh-Hans", "量子技术"),
    ("zh-Hans", "容错"),
    ("en", "quantum technology"),
)


@pytest.fixture(scope="module")
def ground() -> Ground:
    segments = tuple(Segment(language=tag, text=text, document="d", spans=(Span(0, 9),)) for tag, text in FORMS[::2])
    return Ground(
        candidates={
            form: Candidate(
                language=form[0],
                text=form[1],
                folded=Folded(fold(form[1])),
                occurrences=(Occurrence("d", (Span(0, 4),)),),
                score=1.0,
            )
            for form in FORMS
        },
        lexicon=Lexicon.load(),
        words=lambda form: tuple(form[1].split()) if form[0] == "en" else tuple(form[1]),
        canonical=lambda form: form,
        units=((TranslationUnit(segments=segments), frozenset(FORMS)),),
        termbases={
            "t": Termbase(
                concepts={(form[0].partition("-")[0], fold(form[1])): frozenset({"c-1"}) for form in FORMS[::2]},
                verified=frozenset({"c-1"}),
            )
        },
    )


@pytest.fixture(scope="module", params=list(EVIDENCE))
def source(request: pytest.FixtureRequest, ground: Ground) -> EvidenceSource:
    return EVIDENCE.get(request.param)(ground)


def test_it_keeps_its_name_and_protocol(source: EvidenceSource) -> None:
    assert isinstance(source, EvidenceSource)
    assert source.name in EVIDENCE


def test_it_proposes_ordered_pairs_of_two_languages_each_time_the_same(source: EvidenceSource) -> None:
    pairs = list(source.pairs())
    assert pairs == list(source.pairs())
    assert all(pair == in_order(*pair) and pair[0][0] != pair[1][0] for pair in pairs)


def test_what_it_proposes_it_weighs(source: EvidenceSource) -> None:
    assert all(source.weigh(*pair) is not None for pair in source.pairs())


@given(
    left=st.tuples(st.sampled_from(TAGS), mixed_text(max_size=12)),
    right=st.tuples(st.sampled_from(TAGS), mixed_text(max_size=12)),
)
def test_any_pair_gets_a_score_or_nothing(source: EvidenceSource, left: Form, right: Form) -> None:
    found = source.weigh(left, right)
    assert found == source.weigh(left, right)
    if found is not None:
        assert 0.0 <= found.score <= 1.0
        assert found.source == source.name
        assert found.terms == in_order(left, right)
        assert found.n >= 1
