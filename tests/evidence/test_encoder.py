"""Evidence from a sentence encoder, where there is one."""

from __future__ import annotations

import pytest
from tinymodel import FakeEncoder

from termalign.encoders import Vectors
from termalign.evidence import EVIDENCE, Ground
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Folded, Form, Occurrence, Span

FORMS: tuple[Form, ...] = (("ja", "赤"), ("ja", "青"), ("zh-Hans", "红"), ("zh-Hans", "蓝"), ("en", "red"))
MEANINGS = {"赤": 0, "红": 0, "red": 0, "青": 1, "蓝": 1}


def ground(vectors: Vectors | None) -> Ground:
    return Ground(
        candidates={
            form: Candidate(
                language=form[0],
                text=form[1],
                folded=Folded(form[1]),
                occurrences=(Occurrence("d", (Span(0, 1),)),),
                score=1.0,
            )
            for form in FORMS
        },
        lexicon=Lexicon.load(),
        words=lambda form: (form[1],),
        canonical=lambda form: form,
        encoder=vectors,
    )


def test_without_an_encoder_it_knows_nothing() -> None:
    source = EVIDENCE.get("encoder")(ground(None))
    assert source.weigh(FORMS[0], FORMS[2]) is None
    assert list(source.pairs()) == []


@pytest.mark.parametrize(
    ("left", "right", "score"),
    [
        (FORMS[0], FORMS[2], 1.0),
        (FORMS[2], FORMS[4], 1.0),
        (FORMS[0], FORMS[3], 0.0),
        (FORMS[0], FORMS[1], None),
        (FORMS[0], ("zh-Hans", "绿"), None),
    ],
)
def test_near_vectors_speak_for_a_pair(left: Form, right: Form, score: float | None) -> None:
    source = EVIDENCE.get("encoder")(ground(Vectors(FakeEncoder(MEANINGS))))
    found, other = source.weigh(left, right), source.weigh(right, left)
    assert found == other
    assert (None if found is None else found.score) == score
    if found is not None:
        assert "by fake" in found.detail
