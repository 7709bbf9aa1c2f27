"""Parts of terms that translate each other."""

from __future__ import annotations

import pytest

from termalign.evidence.atoms import atoms
from termalign.evidence.covering import Composer, Match, cover
from termalign.languages import LANGUAGES
from termalign.lexicon import Lexicon

ENOUGH = 0.9


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(Lexicon.load())


def words(text: str, language: str) -> tuple[str, ...]:
    tokens = LANGUAGES.get(language).tokens(text)
    if language == "en":
        return tuple(token.base for token in tokens)
    return tuple(part for token in tokens for part in token.parts or (token.text,))


def score(composer: Composer, left: tuple[str, str], right: tuple[str, str]) -> float:
    one, other = (atoms(words(text, language), language=language) for language, text in (left, right))
    return composer.cover(one, other, source=left[0], target=right[0]).score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ja", "量子技術イノベーション拠点"), ("zh-Hans", "量子技术创新基地")),
        (("ja", "量子技術イノベーション拠点"), ("zh-Hans", "量子技术创新中心")),
        (("ja", "量子コンピュータ"), ("zh-Hans", "量子计算机")),
        (("ja", "技術ロードマップ"), ("zh-Hans", "技术路线图")),
        (("ja", "量子コンピュータ"), ("en", "quantum computer")),
        (("zh-Hans", "量子信息科学"), ("en", "quantum information science")),
        (("zh-Hans", "人才培养"), ("en", "development of talent")),
        (("ja", "米国"), ("en", "United States")),
        (("ja", "第5期計画"), ("zh-Hans", "第五期计划")),
    ],
)
def test_terms_whose_parts_translate_each_other_are_covered(
    left: tuple[str, str], right: tuple[str, str], composer: Composer
) -> None:
    assert score(composer, left, right) >= ENOUGH


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ja", "冷却原子"), ("zh-Hans", "中性原子")),
        (("ja", "耐量子暗号"), ("zh-Hans", "量子密码")),
        (("ja", "国際標準化機構"), ("zh-Hans", "标准化机构")),
        (("ja", "技術基盤"), ("zh-Hans", "基础技术")),
        (("ja", "組織管理"), ("en", "management organization")),
        (("zh-Hans", "量子计算"), ("en", "quantum computer")),
    ],
)
def test_look_alikes_are_not(left: tuple[str, str], right: tuple[str, str], composer: Composer) -> None:
    assert score(composer, left, right) < ENOUGH


def test_a_cover_is_as_good_from_either_side(composer: Composer) -> None:
    left, right = ("ja", "量子技術イノベーション戦略"), ("zh-Hans", "量子技术创新战略")
    assert score(composer, left, right) == pytest.approx(score(composer, right, left), abs=0.05)


def test_matches_do_not_overlap_and_the_best_ones_are_taken() -> None:
    left = atoms(["a", "b", "c"], language="en")
    right = atoms(["x", "y"], language="en")
    matches = [
        Match((0, 1), (0, 1), 1.0),
        Match((1, 2), (0, 1), 1.0),
        Match((1, 3), (1, 2), 1.0),
    ]
    found = cover(left, right, matches)
    assert found.matches == (matches[0], matches[2])
    assert found.score == 1.0


def test_nothing_covers_nothing() -> None:
    empty = atoms([], language="ja")
    assert cover(empty, empty, []).score == 0.0
