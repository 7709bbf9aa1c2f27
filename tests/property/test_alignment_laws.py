"""Laws of sentence alignment: beads cover both sides once, in order, and are the same each time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termalign.alignment.align import align
from termalign.lexicon import Lexicon
from termalign.model import Segment

WORDS = {
    "ja": ["量子", "技術", "を", "研究", "する", "大学", "2020年", "。", "NICT"],
    "zh-Hans": ["量子", "技术", "研究", "大学", "2020年", "。", "NICT", "的"],
    "en": ["quantum", "technology", "research", "university", "2020", ".", "NICT", "of"],
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load("core:-general")


def texts(language: str) -> st.SearchStrategy[list[Segment]]:
    glue = " " if language == "en" else ""
    line = st.lists(st.sampled_from(WORDS[language]), max_size=6).map(glue.join)
    return st.lists(line.map(lambda text: Segment(language=language, text=text)), max_size=8)


@settings(max_examples=60)
@given(data=st.data(), pair=st.sampled_from([("ja", "zh-Hans"), ("zh-Hans", "en"), ("ja", "en")]))
def test_beads_cover_both_sides_once_in_order_each_time_the_same(
    data: st.DataObject, pair: tuple[str, str], lexicon: Lexicon
) -> None:
    left, right = data.draw(texts(pair[0])), data.draw(texts(pair[1]))
    beads = align(left, right, lexicon=lexicon)
    assert [n for bead in beads for n in bead.src] == list(range(len(left)))
    assert [n for bead in beads for n in bead.tgt] == list(range(len(right)))
    assert all(0.0 <= bead.score <= 1.0 for bead in beads)
    assert all(bead.src or bead.tgt for bead in beads)
    assert beads == align(left, right, lexicon=lexicon)
