"""Evidence from sound on hand-made ground."""

from __future__ import annotations

import pytest

from termalign.alignment.links import belief
from termalign.evidence import Ground, in_order
from termalign.evidence.reading import Reading
from termalign.glossary.cluster import MIN_LINK
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Folded, Form, Occurrence, Span


def ground(*forms: Form, fragments: frozenset[Form] = frozenset()) -> Ground:
    return Ground(
        candidates={
            form: Candidate(
                language=form[0],
                text=form[1],
                folded=Folded(fold(form[1])),
                occurrences=(Occurrence("d", (Span(0, 1),)),),
                score=1.0,
            )
            for form in forms
        },
        lexicon=Lexicon.load(),
        words=lambda form: tuple(word.removesuffix("s") for word in form[1].split()),
        canonical=lambda form: form,
        fragments=fragments,
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ja", "フラッグシップ"), ("en", "flagship")),
        (("ja", "センサー"), ("en", "sensors")),
        (("ja", "ネットワーク・スライシング"), ("en", "network slicing")),
        (("ja", "セリア・メルツバッハー"), ("en", "Celia Merzbacher")),
        (("zh-Hans", "西莉亚·梅尔茨巴赫"), ("en", "Celia Merzbacher")),
        (("ja", "トランプ"), ("zh-Hans", "特朗普")),
        (("ja", "アリババ"), ("zh-Hant", "阿里巴巴")),
        (("ja", "理化学研究所"), ("en", "Rikagaku Kenkyusho")),
        (("ja", "安倍晋三"), ("en", "Shinzo Abe")),
        (("zh-Hans", "潘建伟"), ("en", "Pan Jianwei")),
        (("zh-Hant", "習近平"), ("en", "Xi Jinping")),
    ],
)
def test_names_and_loanwords_that_sound_alike_are_proposed_and_weighed(left: Form, right: Form) -> None:
    source = Reading(ground(left, right))
    assert list(source.pairs()) == [in_order(left, right)]
    found = source.weigh(right, left)
    assert found is not None
    assert found == source.weigh(left, right)
    assert found.terms == in_order(left, right)
    assert 0.8 <= found.score < 1.0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ja", "パソコン"), ("en", "personal computer")),
        (("ja", "量子"), ("en", "quantum")),
        (("ja", "東京"), ("zh-Hans", "东京")),
        (("zh-Hans", "量子"), ("en", "Lens")),
        (("zh-Hans", "马达"), ("en", "motor")),  # Chinese characters are read for names only
        (("zh-Hans", "北京"), ("en", "beijing")),
        (("zh-Hans", "特朗普"), ("zh-Hant", "川普")),
        (("ja", "ガス"), ("en", "IT")),
        (("ja", "ダイオード"), ("zh-Hans", "道德")),
        (("ja", "テロ"), ("zh-Hans", "铁路")),
        (("ja", "かばん"), ("en", "Caban")),
        (("ja", "プロトン"), ("en", "photon")),
    ],
)
def test_sound_says_nothing_about_other_pairs(left: Form, right: Form) -> None:
    source = Reading(ground(left, right))
    assert list(source.pairs()) == []
    assert source.weigh(left, right) is None


@pytest.mark.parametrize(
    ("ja", "right", "wrong"),
    [
        ("コスト", "cost", "coast"),
        ("モード", "mode", "mold"),
        ("ライト", "light", "right"),
        ("サービス", "service", "surface"),
    ],
)
def test_a_rival_that_sounds_more_alike_takes_the_pair(ja: str, right: str, wrong: str) -> None:
    source = Reading(ground(("ja", ja), ("en", right), ("en", wrong)))
    assert list(source.pairs()) == [(("ja", ja), ("en", right))]
    found = source.weigh(("ja", ja), ("en", wrong))
    assert found is None or (found.score < 0.5 and "more alike" in found.detail)


def test_two_that_sound_equally_alike_are_left_to_other_sources() -> None:
    source = Reading(ground(("ja", "シリコーン"), ("en", "silicon"), ("en", "silicone")))
    assert list(source.pairs()) == []
    found = [source.weigh(("ja", "シリコーン"), ("en", word)) for word in ("silicon", "silicone")]
    assert all(one is not None and belief([one]) < MIN_LINK and "as much alike" in one.detail for one in found)


def test_a_plural_is_no_rival() -> None:
    source = Reading(ground(("ja", "センサ"), ("en", "sensor"), ("en", "sensors")))
    assert len(list(source.pairs())) == 2


def test_two_fragments_are_not_joined() -> None:
    pair = (("ja", "フラッグシップ"), ("en", "flagship"))
    assert list(Reading(ground(*pair, fragments=frozenset(pair))).pairs()) == []


def test_sound_alone_makes_a_link_and_never_a_sure_one() -> None:
    found = Reading(ground()).weigh(("ja", "イノベーション"), ("en", "innovation"))
    assert found is not None
    assert MIN_LINK < belief([found]) < 0.97
