"""Evidence from company: terms that stand beside the same things, in texts that are no translations of each other."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from analysed import document

from termalign.evidence import Ground
from termalign.evidence.context import MIN_SENTENCES, Context
from termalign.languages import LANGUAGES
from termalign.lexicon import Lexicon
from termalign.model import Form, TranslationUnit
from termalign.terms import extract_candidates

# What each thing is said of, per language; no sentence translates another.
TALK = {
    "ja": [
        ("光格子時計", "の研究者は時間と周波数を測定し、原子の温度を下げる。"),
        ("太陽電池", "の工場は電力を発電し、屋根の光を集める。"),
        ("感染症", "の患者は病院で医師の治療と薬を受ける。"),
        ("小麦粉", "の価格は農業の市場で食品と輸入に影響する。"),
    ],
    "en": [
        (
            "lattice clock",
            "The lattice clock measures frequency and time with cold atoms at low temperature, a researcher says.",
        ),
        ("solar cell", "The solar cell on a roof makes electric power from light for the factory."),
        ("contagion", "The contagion fills each hospital with patients who need a doctor, medicine and treatment."),
        ("flour", "The flour is food that agriculture sells on the market at an import price."),
    ],
}
SAME = [(("ja", ja[0]), ("en", en[0])) for ja, en in zip(TALK["ja"], TALK["en"], strict=True)]


@cache
def ground(n: int = MIN_SENTENCES) -> Ground:
    texts = {
        "ja": [f"{term}{rest}" for term, rest in TALK["ja"] for _ in range(n)],
        "en": [sentence for _, sentence in TALK["en"] for _ in range(n)],
    }
    documents = [document(lines, tag, name=tag) for tag, lines in texts.items()]
    extraction = extract_candidates(documents)
    lexicon = Lexicon.load()

    def words(form: Form) -> tuple[str, ...]:
        return tuple(token.base for token in LANGUAGES.get(form[0]).tokens(form[1]))

    return Ground(
        candidates={**extraction.nested, **extraction.candidates},
        lexicon=lexicon,
        words=words,
        canonical=lambda form: form,
        sentences=tuple(sentence for one in documents for sentence in one.sentences),
    )


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: pair[1][1])
def test_terms_in_the_same_company_lie_above_chance(pair: tuple[Form, Form]) -> None:
    source = Context(ground())
    found = source.weigh(*pair)
    assert found is not None
    assert found.n == MIN_SENTENCES
    assert 0.5 <= found.score < 1.0
    assert "above chance" in found.detail
    assert source.weigh(*reversed(pair)) == found


def test_terms_in_other_company_say_nothing() -> None:
    source = Context(ground())
    assert all(source.weigh(one, other) is None for one, _ in SAME for _, other in SAME if (one, other) not in SAME)


def test_too_few_sentences_say_nothing() -> None:
    source = Context(ground(MIN_SENTENCES - 1))
    assert all(source.weigh(*pair) is None for pair in SAME)


def test_aligned_sentences_are_left_to_cooccurrence() -> None:
    segments = [sentence.segment for sentence in ground().sentences]
    japanese, english = ([one for one in segments if one.language == tag] for tag in ("ja", "en"))
    units = tuple((TranslationUnit(segments=pair), frozenset[Form]()) for pair in zip(japanese, english, strict=True))
    source = Context(replace(ground(), units=units))
    assert all(source.weigh(*pair) is None for pair in SAME)


def test_it_proposes_nothing_by_itself() -> None:
    assert list(Context(ground()).pairs()) == []
