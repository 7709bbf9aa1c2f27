"""Names that sound alike in three scripts."""

from __future__ import annotations

import pytest

from termalign.alignment.mining.sounds import SoundIndex, skeletons
from termalign.languages.fold import fold

NAMES = [
    ("トランプ", "特朗普", "Trump"),
    ("クリントン", "克林顿", "Clinton"),
    ("ウォレン", "沃伦", "Warren"),
    ("スミス", "史密斯", "Smith"),
    ("ヘレン", "海伦", "Helen"),
    ("フォード", "福特", "Ford"),
    ("バーナード", "伯纳德", "Bernard"),
    ("コービン", "科尔宾", "Corbyn"),
    ("リビングストン", "利文斯顿", "Livingston"),
]


@pytest.mark.parametrize(("ja", "zh", "en"), NAMES)
def test_a_name_sounds_alike_in_three_languages(ja: str, zh: str, en: str) -> None:
    sounds = [set(skeletons(fold(text), tag)) for text, tag in ((ja, "ja"), (zh, "zh-Hans"), (en, "en"))]
    assert sounds[0] & sounds[1]
    assert sounds[0] & sounds[2]
    assert sounds[1] & sounds[2]


def test_traditional_characters_sound_like_simplified_ones() -> None:
    assert skeletons(fold("克林頓"), "zh-Hant") == skeletons(fold("克林顿"), "zh-Hans")


@pytest.mark.parametrize(
    ("text", "tag"), [("大学", "zh-Hans"), ("研究", "ja"), ("5g", "en"), ("アイ", "ja"), ("", "en")]
)
def test_words_that_are_no_names_have_no_sound(text: str, tag: str) -> None:
    assert skeletons(fold(text), tag) == ()


def test_the_index_finds_near_sounds_and_no_others() -> None:
    index = SoundIndex([(0, "williams"), (1, "warren"), (2, "smith")], "en")
    assert index.near(skeletons(fold("威廉姆斯"), "zh-Hans")) == {0}
