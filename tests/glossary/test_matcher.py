"""Many strings in one pass: the automaton finds what plain Python finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import ConfigError
from termalign.glossary.matcher import PlainMatcher, matcher

WORDS = st.lists(st.text(alphabet="ab量子計𠮷", min_size=1, max_size=4), unique=True, max_size=8)


@given(patterns=WORDS, text=st.text(alphabet="ab量子計𠮷", max_size=30))
def test_both_matchers_find_the_same(patterns: list[str], text: str) -> None:
    assert matcher(patterns).find_overlapping(text) == PlainMatcher(patterns).find_overlapping(text)


@given(patterns=WORDS, text=st.text(alphabet="ab量子計𠮷", max_size=30))
def test_plain_python_finds_every_occurrence(patterns: list[str], text: str) -> None:
    expected = {
        (start, start + len(pattern), number)
        for number, pattern in enumerate(patterns)
        for start in range(len(text))
        if text.startswith(pattern, start)
    }
    found = PlainMatcher(patterns).find_overlapping(text)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_an_empty_string_is_refused() -> None:
    with pytest.raises(ConfigError, match="empty string"):
        matcher(["量子", ""])
