"""What folding unites and the scripts keep apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import ConfigError
from termalign.languages.fold import fold
from termalign.languages.fold_loss import _SCRIPTS, _table, fold_loss

CASES = tomllib.loads((Path(__file__).parent / "cases" / "fold_loss.toml").read_text(encoding="utf-8"))["case"]
CHARACTERS = sorted({*_table().word, *(one for _, one in _table().stands)})
TAGS = st.sampled_from([*_SCRIPTS, "zh", "en", None])


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[:4]))
def test_characters_that_may_be_different_words(case: list[str | list[list[str]]]) -> None:
    one, other, tag, other_tag = (str(part) for part in case[:4])
    found = fold_loss(one, other, languages=(tag or None, other_tag or None))
    assert [[loss.left, loss.right, "certain" if loss.certain else "possible"] for loss in found] == case[4]
    assert all(one[loss.left_at] == loss.left and other[loss.right_at] == loss.right for loss in found)


def test_texts_with_different_keys_are_refused() -> None:
    with pytest.raises(ConfigError, match="different keys"):
        fold_loss("乾燥", "乾")


def test_a_wrong_tag_is_refused() -> None:
    with pytest.raises(ConfigError, match="jp"):
        fold_loss("発", "髪", languages=("jp", None))


def test_every_word_of_the_table_is_in_its_class() -> None:
    table = _table()
    for key, words in table.words.items():
        assert len(words) == len(set(words)) > 1
        assert {fold(word) for word in words} == {key}
    assert all(set(words) <= set(table.words[fold(one)]) for (_, one), words in table.stands.items())
    assert {tag for tag, _ in table.stands} == set(_SCRIPTS)


@given(st.lists(st.sampled_from(CHARACTERS), max_size=4), st.data(), TAGS, TAGS)
def test_sides_can_be_exchanged(left: list[str], data: st.DataObject, tag: str | None, other_tag: str | None) -> None:
    alike = {one: [other for other in CHARACTERS if fold(other) == fold(one)] for one in left}
    right = [data.draw(st.sampled_from(alike[one])) for one in left]
    found = fold_loss("".join(left), "".join(right), languages=(tag, other_tag))
    back = fold_loss("".join(right), "".join(left), languages=(other_tag, tag))
    assert [(one.left, one.right_words, one.certain) for one in found] == [
        (one.right, one.left_words, one.certain) for one in back
    ]


@given(st.text(alphabet=[*CHARACTERS, "々", "ー", " ", "a"], max_size=8), TAGS)
def test_a_text_loses_nothing_against_itself(text: str, tag: str | None) -> None:
    assert fold_loss(text, text, languages=(tag, tag)) == ()
