"""Keys as arrays are the keys of ``fold``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.languages.fold import fold_with_offsets
from termalign.languages.folded_array import folded_array

TEXTS = [
    "",
    "量子技術イノベーション戦略",
    "ヴァイオリンとヷ、うﾞぁ、ｶﾞｷﾞ",
    "㍿量子㍻30年、Ⅱ・①",
    "人々々々の国々",
    "Ｑ－ＬＥＡＰ\u200b™ café\u0301 ﬁ",
    "𠮷\U0002f800\ufe00葛\U000e0100",
    "\ud800a\x00b",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_cases(text: str) -> None:
    same(text)


@given(st.text(alphabet=st.sampled_from("量子技ヴァうぁｶﾞ゙゚ﾞ々㍿ ・ーａB-\n𠮷é\ufe00\u200b"), max_size=60))
def test_any_mixture(text: str) -> None:
    same(text)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    same(text)


def same(text: str) -> None:
    key, offsets = fold_with_offsets(text)
    folded = folded_array(text)
    assert folded.key == key
    assert folded.offsets.tolist() == list(offsets)
    assert len(folded.codes) == len(text)
