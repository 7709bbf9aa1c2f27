"""Hypothesis strategies that the laws share."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["mixed_text"]

_CHARACTERS = (
    "量子技術创新戰略もつれコンピューター株式会社的了，。；：！？「」『』（）《》“”‘’…—·・ー々〇１２ＡＢabcXYZ019.,;:!?()[]'\"-\t \u3000\n\r"
    "\U00020bb7\u200b\ufeffé"
)


def mixed_text(*, max_size: int = 80) -> st.SearchStrategy[str]:
    """Text of Japanese, Chinese and English with the marks and spaces that trip splitters."""
    return st.one_of(
        st.text(alphabet=_CHARACTERS, max_size=max_size),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=max_size),
    )
