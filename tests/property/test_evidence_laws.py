"""Laws of evidence: the indexed search for pairs finds what a full search finds; swapping the sides changes little."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termalign.evidence import Ground
from termalign.evidence.composition import MIN_SCORE, Composition
from termalign.evidence.han import HanCharacters
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Folded, Form, Occurrence, Span

PARTS = {
    "ja": ["量子", "技術", "イノベーション", "拠点", "戦略", "人材", "育成", "第", "5", "期", "・", "耐"],
    "zh-Hans": ["量子", "技术", "创新", "中心", "基地", "战略", "人才", "培养", "第", "五", "期", "与"],
    "en": ["quantum", "technology", "innovation", "hub", "strategy", "of", "talent", "development"],
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load("core")


def form(language: str) -> st.SearchStrategy[tuple[str, tuple[str, ...]]]:
    parts = st.lists(st.sampled_from(PARTS[language]), min_size=1, max_size=4).map(tuple)
    return st.tuples(st.just(language), parts)


def ground(words: dict[Form, tuple[str, ...]], lexicon: Lexicon) -> Ground:
    candidates = {
        one: Candidate(
            language=one[0],
            text=one[1],
            folded=Folded(fold(one[1])),
            occurrences=(Occurrence("d", (Span(0, 1),)),),
            score=1.0,
        )
        for one in words
    }
    return Ground(candidates=candidates, lexicon=lexicon, words=words.__getitem__, canonical=lambda one: one)


@settings(max_examples=50)
@given(drawn=st.lists(st.one_of(*(form(language) for language in PARTS)), min_size=2, max_size=6))
def test_the_index_finds_every_pair_that_a_full_search_finds(
    drawn: list[tuple[str, tuple[str, ...]]], lexicon: Lexicon
) -> None:
    words = {(language, (" " if language == "en" else "").join(parts)): parts for language, parts in drawn}
    for source in (Composition(ground(words, lexicon)), HanCharacters(ground(words, lexicon))):
        proposed = set(source.pairs())
        for left, right in product(sorted(words), repeat=2):
            if left[0] == right[0]:
                continue
            found = source.weigh(left, right)
            least = MIN_SCORE if isinstance(source, Composition) else 1.0
            if found is not None and found.score >= least:
                assert found.terms in proposed
