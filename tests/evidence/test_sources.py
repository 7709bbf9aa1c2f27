"""Evidence sources on hand-made ground: glosses, pivots, characters, co-occurrence."""

from __future__ import annotations

import pytest
from analysed import sentence

from termalign.alignment.links import belief
from termalign.evidence import EVIDENCE, Ground
from termalign.evidence.boundaries import settle
from termalign.evidence.gloss import find_glosses
from termalign.evidence.han import is_false_friend
from termalign.glossary.cluster import MIN_LINK
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Folded, Form, Occurrence, Segment, Span, TranslationUnit

JA, ZH, EN = ("ja", "量子暗号通信"), ("zh-Hans", "量子密码通信"), ("en", "quantum cryptography")
SENTENCES = [
    ("ja", "新事業「光・量子飛躍フラッグシップ・プログラム（Q-LEAP）」を始めた。", "d-ja"),
    ("zh-Hans", "启动了“光量子跃迁旗舰计划”（Quantum Leap Flagship Program，Q-LEAP）。", "d-zh"),
]


def candidate(form: Form) -> Candidate:
    return Candidate(
        language=form[0],
        text=form[1],
        folded=Folded(fold(form[1])),
        occurrences=(Occurrence("d", (Span(0, 1),)),),
        score=1.0,
    )


def unit(*forms: Form) -> tuple[TranslationUnit, frozenset[Form]]:
    segments = tuple(
        Segment(language=language, text=text, document="d", spans=(Span(0, 9),)) for language, text in forms
    )
    return TranslationUnit(segments=segments), frozenset(forms)


def ground(*forms: Form, units: int = 0, sentences: bool = False) -> Ground:
    lexicon = Lexicon.load()
    found = [gloss for language, text, name in SENTENCES for gloss in find_glosses(sentence(text, language, name=name))]
    return Ground(
        candidates={form: candidate(form) for form in forms},
        lexicon=lexicon,
        words=lambda form: tuple(form[1].split()) if form[0] == "en" else tuple(form[1]),
        canonical=lambda form: form,
        glosses=settle(found, lexicon=lexicon) if sentences else (),
        units=tuple(unit(*forms) for _ in range(units)),
    )


def test_a_gloss_links_both_names_with_its_places() -> None:
    source = EVIDENCE.get("gloss")(ground(sentences=True))
    name, full = ("zh-Hans", "光量子跃迁旗舰计划"), ("en", "Quantum Leap Flagship Program")
    found = source.weigh(name, full)
    assert found is not None
    assert found.score == 1.0
    assert found.n == 1
    assert found.where[0].document == "d-zh"
    assert "Quantum Leap" in found.where[0].quote
    assert source.weigh(full, name) == found
    assert source.weigh(name, EN) is None


def test_one_acronym_in_two_languages_is_a_pivot() -> None:
    source = EVIDENCE.get("acronym pivot")(ground(sentences=True))
    pair = (("ja", "光・量子飛躍フラッグシップ・プログラム"), ("zh-Hans", "光量子跃迁旗舰计划"))
    assert pair in list(source.pairs())
    found = source.weigh(*pair)
    assert found is not None
    assert {place.document for place in found.where} == {"d-ja", "d-zh"}
    assert "QLEAP" in found.detail


@pytest.mark.parametrize(
    ("ja", "zh", "score"),
    [("量子技術", "量子技术", 1.0), ("東北大学", "东北大学", 1.0), ("量子暗号通信", "量子密码通信", 2 / 3)],
)
def test_the_same_characters_count_whatever_the_script(ja: str, zh: str, score: float) -> None:
    found = EVIDENCE.get("han")(ground()).weigh(("ja", ja), ("zh-Hans", zh))
    assert found is not None
    assert found.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ja", "手紙"), ("zh-Hans", "手纸")),
        (("ja", "情報"), ("zh-Hans", "情报")),
        (("ja", "イノベーション"), ("zh-Hans", "创新")),
        (("ja", "量子"), ("en", "quantum")),
        (("zh-Hans", "量子"), ("zh-Hant", "量子")),
        (("ja", "発"), ("zh-Hant", "髮")),  # one key, two words
        (("ja", "散発"), ("zh-Hant", "散髮")),
    ],
)
def test_characters_say_nothing_about_false_friends_kana_and_other_pairs(left: Form, right: Form) -> None:
    assert EVIDENCE.get("han")(ground()).weigh(left, right) is None


@pytest.mark.parametrize(
    ("ja", "zh"),
    [
        ("冷却原子", "中性原子"),
        ("我が国", "我国"),
        ("量子計算", "量子计算机"),
        ("量子中継", "量子中继器"),
        ("企業発", "企业研发"),
        ("科学研究費", "科学研究"),
        ("日本電気", "日本电信"),
    ],
)
def test_look_alikes_are_no_link_by_their_characters(ja: str, zh: str) -> None:
    found = EVIDENCE.get("han")(ground()).weigh(("ja", ja), ("zh-Hans", zh))
    assert belief([found] if found else []) < MIN_LINK
    assert list(EVIDENCE.get("han")(ground(("ja", ja), ("zh-Hans", zh))).pairs()) == []


def test_false_friends_are_known_in_any_script() -> None:
    assert is_false_friend("手紙", "手紙")
    assert not is_false_friend("技術", "技术")


def test_terms_in_the_same_units_cooccur_and_many_units_say_more() -> None:
    few, many = (EVIDENCE.get("cooccurrence")(ground(JA, ZH, units=n)).weigh(JA, ZH) for n in (1, 9))
    assert few is not None
    assert many is not None
    assert few.score < many.score <= 1.0
    assert many.n == 9
    assert EVIDENCE.get("cooccurrence")(ground(JA, ZH)).weigh(JA, ZH) is None


def test_composition_shows_which_parts_match() -> None:
    source = EVIDENCE.get("composition")(ground(JA, ZH, EN))
    found = source.weigh(JA, ZH)
    assert found is not None
    assert "暗" in found.detail
    assert (JA, ZH) in list(source.pairs())
    assert source.weigh(("ja", "ゑゑゑ"), ZH) is None
