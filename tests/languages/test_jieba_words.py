"""jieba's dictionary, read character by character."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.languages.jieba_words import JiebaWords

TABLE = "量子 30 n\n量子力学 7 n\nAT&T 3 nz\n𠮷野 12 nr\né 4 x\n量 105 ng\n量子力学 2 nt\n"


@pytest.mark.parametrize("table", [TABLE, TABLE.rstrip("\n"), TABLE.replace("\n", "\r\n")])
def test_words_are_found_by_their_first_character(table: str) -> None:
    words = JiebaWords(table.encode())
    assert words.total == 163
    assert words["量"].counts == {"量": 105, "量子": 30, "量子力": 0, "量子力学": 2}
    assert words["A"].counts == {"A": 0, "AT": 0, "AT&": 0, "AT&T": 3}
    assert (words.count("𠮷野"), words.tag("𠮷野"), words.count("𠮷"), words.tag("𠮷")) == (12, "nr", 0, None)
    assert (words.count("é"), words.tag("é")) == (4, "x")
    assert (words.count("子"), words.tag("子"), words["子"].counts) == (0, None, {})


def test_an_empty_table_has_no_words() -> None:
    words = JiebaWords(b"")
    assert (words.total, words.count("量")) == (0, 0)


@given(rows=st.lists(st.tuples(st.text("aé量子𠮷", min_size=1, max_size=4), st.integers(1, 10**7)), max_size=12))
def test_reading_by_character_is_reading_all(rows: list[tuple[str, int]]) -> None:
    words = JiebaWords("".join(f"{word} {count} n\n" for word, count in rows).encode())
    known: dict[str, int] = {}
    for word, count in rows:
        known[word] = count
        for size in range(1, len(word)):
            known.setdefault(word[:size], 0)
    assert words.total == sum(count for _, count in rows)
    assert {word: count for first in "aé量子𠮷" for word, count in words[first].counts.items()} == known


def test_the_dictionary_of_jieba_is_read_whole() -> None:
    table = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    words = JiebaWords("\n".join(table).encode())
    rows = [row.split(" ") for row in table]
    assert words.total == sum(int(count) for _, count, _ in rows)
    for word, count, tag in rows[::997]:
        assert (words.count(word), words.tag(word)) == (int(count), tag)
