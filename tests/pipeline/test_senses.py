"""Links that a sense of a word gives, against the sentences in which its two ends stand."""

from __future__ import annotations

import pytest

from termalign.evidence import Ground
from termalign.lexicon import Lexicon
from termalign.model import Evidence, Form, Link, Method, Segment, TranslationUnit
from termalign.pipeline.terms import contradicted

GATE, DOOR, LOGIC = ("ja", "ゲート"), ("zh-Hans", "大门"), ("zh-Hans", "逻辑门")
LONG_JA, LONG_ZH = ("ja", "量子ゲート演算"), ("zh-Hans", "量子门运算")


def unit(*languages: str) -> TranslationUnit:
    segments = tuple(Segment(language=one, text="…") for one in languages)
    return TranslationUnit(segments=segments, bead="-".join("1" * len(languages)), method=Method.ALIGN)


def link(left: Form, right: Form, *sources: str) -> Link:
    rows = tuple(Evidence(source=one, score=1.0, terms=(left, right)) for one in sources)
    return Link(terms=(left, right), score=0.9, evidence=rows)


def ground(*units: tuple[tuple[str, ...], set[Form]]) -> Ground:
    return Ground(
        candidates={},
        lexicon=Lexicon.load(),
        words=lambda _: (),
        canonical=lambda form: form,
        units=tuple((unit(*languages), frozenset(forms)) for languages, forms in units),
    )


BOTH = ("ja", "zh-Hans")


@pytest.mark.parametrize(
    ("one", "units", "expected"),
    [
        (link(GATE, DOOR, "composition"), [(BOTH, {GATE, LOGIC}), (BOTH, {DOOR})], True),
        (link(GATE, DOOR, "reading", "composition"), [(BOTH, {GATE}), (BOTH, {DOOR})], True),
        (link(GATE, DOOR, "composition"), [(BOTH, {GATE, DOOR}), (BOTH, {DOOR})], False),
        (link(GATE, DOOR, "composition"), [(BOTH, {GATE}), (("zh-Hans", "en"), {DOOR})], False),
        (link(GATE, DOOR, "composition"), [(BOTH, {GATE})], False),
        (link(GATE, DOOR, "composition", "gloss"), [(BOTH, {GATE}), (BOTH, {DOOR})], False),
        (link(LONG_JA, LONG_ZH, "composition"), [(BOTH, {LONG_JA}), (BOTH, {LONG_ZH})], False),
    ],
)
def test_two_words_that_stand_apart_in_aligned_sentences_are_two_senses(
    one: Link,
    units: list[tuple[tuple[str, ...], set[Form]]],
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert contradicted([one], ground(*units)) == ({one.terms} if expected else set())
