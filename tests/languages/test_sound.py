"""Terms of different languages that sound alike."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import CASES, distractors, first, loanwords, names, ranks, rows
from strategies import mixed_text

from termalign.errors import ConfigError
from termalign.evidence.reading import MIN_PROPOSED
from termalign.languages.ja import kana_reading
from termalign.languages.sound.index import SoundIndex, skeletons
from termalign.languages.sound.letters import latin_letters
from termalign.languages.sound.similarity import is_transliteration, reading_similarity, spelling_similarity
from termalign.model import TAGS


def alike(one: str, other: str, languages: tuple[str, str]) -> float:
    found = reading_similarity(one, other, languages=languages)
    return 0.0 if found is None else found


def test_the_right_english_of_a_loanword_comes_first() -> None:
    words = loanwords()
    found = ranks(
        {ja: {en} for ja, en in words.items()},
        distractors(words.values()),
        languages=("ja", "en"),
        weigh=lambda ja, en: alike(ja, en, ("ja", "en")),
    )
    assert len(found) == 500
    assert first(found) >= 0.95


@pytest.mark.parametrize(
    ("left", "right", "least"),
    [
        (("ja", "ja"), ("en", "en"), 0.95),
        (("zh", "zh-Hans"), ("en", "en"), 0.78),
        (("zh", "zh-Hans"), ("ja", "ja"), 0.80),
    ],
)
def test_the_right_name_comes_first(left: tuple[str, str], right: tuple[str, str], least: float) -> None:
    languages = (left[1], right[1])
    found = ranks(
        names(left[0], right[0]), [], languages=languages, weigh=lambda one, other: alike(one, other, languages)
    )
    assert len(found) > 190
    assert first(found) >= least


@pytest.mark.parametrize(
    "row", [row for row in rows(CASES / "names.tsv") if row["kind"] == "zh-name"], ids=lambda row: row["en"]
)
def test_chinese_names_in_pinyin(row: dict[str, str]) -> None:
    by_sense = {"Tsinghua", "Tencent", "Jack Ma"}  # another spelling system, and names of their own
    found = spelling_similarity(row["en"], row["zh"], language="zh-Hans")
    assert found == 0.0 if row["en"] in by_sense else found is not None and found >= 0.9


@pytest.mark.parametrize(
    "row", [row for row in rows(CASES / "names.tsv") if row["kind"] == "ja-name"], ids=lambda row: row["en"]
)
def test_japanese_names_in_latin(row: dict[str, str]) -> None:
    found = reading_similarity(row["ja"], row["en"], languages=("ja", "en"), reading=kana_reading(row["ja"]))
    misread = {"Fumio Kishida"}  # the dictionary reads 文雄 as two words: nothing is claimed then
    assert found is not None
    assert found == 0.0 if row["en"] in misread else found >= 0.8


@pytest.mark.parametrize(
    ("ja", "right", "wrong"),
    [
        ("シリコン", "silicon", "silicone"),
        ("モード", "mode", "model"),
        ("データ", "data", "date"),
        ("ゲート", "gate", "get"),
        ("バス", "bus", "bath"),
        ("フォトン", "photon", "proton"),
        ("ルーター", "router", "rotor"),
        ("セキュリティ", "security", "severity"),
        ("アダプタ", "adapter", "adopter"),
    ],
)
def test_the_closer_of_two_look_alikes_is_likelier(ja: str, right: str, wrong: str) -> None:
    assert alike(ja, right, ("ja", "en")) > alike(ja, wrong, ("ja", "en"))


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("パソコン", "personal computer"),
        ("エアコン", "air conditioner"),
        ("リモコン", "remote control"),
        ("インフラ", "infrastructure"),
        ("スマホ", "smartphone"),
        ("アルバイト", "part-time job"),
        ("リストラ", "restructuring"),
        ("デパート", "department store"),
    ],
)
def test_clipped_words_are_not_taken_for_the_full_ones(ja: str, en: str) -> None:
    assert alike(ja, en, ("ja", "en")) < 0.5


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("コンピュータ", "computer vision"),
        ("コンピュータビジョン", "computer"),
        ("センサ", "sensor network"),
        ("プログラム", "programming"),
        ("プログラミング", "program"),
        ("データ", "database"),
        ("ロボット", "robotics"),
        ("クラウド", "cloud computing"),
        ("シミュレータ", "simulation"),
        ("コンビニ", "convenience store"),
        ("インターネット", "Ethernet"),
        ("アルゴリズム", "logarithm"),
    ],
)
def test_a_part_or_another_form_of_a_word_is_not_taken_for_it(ja: str, en: str) -> None:
    assert alike(ja, en, ("ja", "en")) < MIN_PROPOSED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ルータ", "ルーター"),
        ("ヴァリアント", "バリアント"),
        ("コンピュータ・ビジョン", "コンピュータビジョン"),
        ("ﾙｰﾀｰ", "ルーター"),
    ],
)
def test_spellings_of_one_loanword_differ_little(one: str, other: str) -> None:
    english = {"ル": "router", "ﾙ": "router", "ヴ": "variant", "コ": "computer vision"}[one[0]]
    assert alike(one, english, ("ja", "en")) == pytest.approx(alike(other, english, ("ja", "en")), abs=0.15)


@pytest.mark.parametrize(
    ("one", "other", "languages"),
    [
        ("量子", "quantum", ("ja", "en")),
        ("ルータ", "5G", ("ja", "en")),
        ("ルータ", "ルーター", ("ja", "ja")),
        ("量子", "量子", ("zh-Hans", "zh-Hant")),
        ("東京", "东京", ("ja", "zh-Hans")),
        ("", "router", ("ja", "en")),
        ("ルータ", "", ("ja", "en")),
    ],
)
def test_what_cannot_be_read_by_sound_gets_no_score(one: str, other: str, languages: tuple[str, str]) -> None:
    assert reading_similarity(one, other, languages=languages) is None


def test_another_language_is_refused() -> None:
    with pytest.raises(ConfigError, match="ko"):
        reading_similarity("a", "b", languages=("ko", "en"))


@given(
    one=mixed_text(max_size=12),
    other=mixed_text(max_size=12),
    languages=st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)),
)
def test_it_is_a_likelihood_and_the_same_from_either_side(one: str, other: str, languages: tuple[str, str]) -> None:
    found = reading_similarity(one, other, languages=languages)
    assert found == reading_similarity(other, one, languages=languages[::-1])
    assert found is None or 0.0 <= found < 1.0


@cache
def english_index() -> SoundIndex:
    return SoundIndex(sorted(set(loanwords().values())), language="en", other="ja")


def test_the_index_finds_nearly_all_and_leaves_most_out() -> None:
    found = {ja: english_index().near(ja) for ja in loanwords()}
    assert sum(en in found[ja] for ja, en in loanwords().items()) >= 0.99 * len(found)
    assert sum(map(len, found.values())) <= 0.05 * len(found) ** 2


def test_the_index_is_empty_for_what_has_no_sound() -> None:
    assert english_index().near("量子") == ()
    assert skeletons("5G", "en", other="ja") == frozenset()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Jülich", " julich "),
        ("Ångström", " angstrom "),
        ("Tromsø", " tromso "),
        ("O'Neill", " o neill "),
        ("C++", None),
        ("量", None),
        ("", None),
    ],
)
def test_latin_letters(text: str, letters: str | None) -> None:
    assert latin_letters(text) == letters


@pytest.mark.parametrize(
    ("text", "expected"), [("默克尔", True), ("西莉亞·梅爾茨巴赫", True), ("量子", False), ("德", False), ("", False)]
)
def test_transliterations_are_told_by_their_characters(text: str, *, expected: bool) -> None:
    assert is_transliteration(text) is expected
