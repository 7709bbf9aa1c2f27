from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.errors import ConfigError, OtherLanguageError
from termalign.model import TAGS, canonical_tag, same_language

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "tags.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("tag", "expected"), CASES["good"].items())
def test_tags_are_made_canonical(tag: str, expected: str) -> None:
    assert canonical_tag(tag) == expected
    assert canonical_tag(expected) == expected


@pytest.mark.parametrize(("tag", "instead"), CASES["wrong"].items())
def test_wrong_codes_are_refused_with_the_right_one(tag: str, instead: str) -> None:
    with pytest.raises(ConfigError, match=f"write '{instead}'$") as caught:
        canonical_tag(tag)
    assert not isinstance(caught.value, OtherLanguageError)
    assert repr(tag) in str(caught.value)


@pytest.mark.parametrize("tag", CASES["no_tags"]["tags"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(ConfigError, match="is not BCP 47; write ja, zh-Hans, zh-Hant or en") as caught:
        canonical_tag(tag)
    assert not isinstance(caught.value, OtherLanguageError)


@pytest.mark.parametrize("tag", CASES["other_languages"]["tags"])
def test_other_languages_are_told_apart_from_faults(tag: str) -> None:
    with pytest.raises(OtherLanguageError, match="none of Japanese, Chinese, English"):
        canonical_tag(tag)


def test_our_tags_are_canonical_and_in_the_order_of_beads() -> None:
    assert TAGS == ("ja", "zh-Hans", "zh-Hant", "en")
    assert [canonical_tag(tag) for tag in TAGS] == list(TAGS)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("zh-Hans", "zh-Hant", True),
        ("zh", "zh-Hans", True),
        ("ja", "ja", True),
        ("ja", "zh", False),
        ("en", "ja", False),
    ],
)
def test_same_language(left: str, right: str, expected: bool) -> None:  # noqa: FBT001 - a column of a table
    assert same_language(left, right) is expected
    assert same_language(right, left) is expected
