"""Names in Chinese that the splitter cut to pieces are put together where the other collection has them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from termalign.alignment.keys import Kind
from termalign.alignment.mining.names import whole_names
from termalign.alignment.mining.pool import Pool
from termalign.alignment.mining.sounds import skeletons

SOUNDS = {one for name in ("brighton", "kavanaugh") for one in skeletons(name, "en")}


def made(rows: list[list[str]]) -> Pool:
    """Make a pool of given words."""
    index: dict[str, int] = {}
    types = np.array([index.setdefault(key, len(index)) for row in rows for key in row], dtype=np.int64)
    return Pool(
        language="zh-Hans",
        keys=tuple(index),
        index=index,
        kinds=np.full(len(index), int(Kind.WORD)),
        first=np.cumsum([0, *(len(row) for row in rows)]),
        types=types,
        lengths=np.ones(len(rows)),
        spread=np.bincount(types, minlength=len(index)),
    )


def words(pool: Pool) -> list[list[str]]:
    return [[pool.keys[one] for one in pool.row(number).tolist()] for number in range(len(pool))]


def test_pieces_become_one_name() -> None:
    pool = made([["在", "布赖", "顿", "比赛"], [], ["卡瓦", "诺是", "法官"], ["顿", "布赖"]])
    found = whole_names(pool, set(), SOUNDS)
    assert words(found) == [["在", "布赖顿", "比赛"], [], ["卡瓦诺", "法官"], ["顿", "布赖"]]
    assert found.keys[: len(pool.keys)] == pool.keys
    assert found.kinds[found.index["布赖顿"]] == Kind.NAME
    assert found.spread[found.index["布赖顿"]] == 1


def test_words_and_names_that_nobody_says_stay() -> None:
    pool = made([["布赖", "顿"], ["沙利", "文"]])
    assert words(whole_names(pool, {pool.index["布赖"]}, SOUNDS)) == words(pool)


def test_a_name_that_is_there_twice_counts_once() -> None:
    found = whole_names(made([["布赖顿", "和", "布赖", "顿"]]), set(), SOUNDS)
    assert words(found) == [["布赖顿", "和"]]


@given(
    st.lists(
        st.lists(st.sampled_from(["布赖", "顿", "卡瓦", "诺", "诺是", "大学", "的"]), unique=True, max_size=6),
        max_size=4,
    )
)
def test_rows_stay_rows_of_distinct_types(rows: list[list[str]]) -> None:
    found = whole_names(made(rows), set(), SOUNDS)
    assert len(found) == len(rows)
    assert all(len(set(row)) == len(row) <= len(before) for row, before in zip(words(found), rows, strict=True))
    assert np.array_equal(found.spread, np.bincount(found.types, minlength=len(found.keys)))
