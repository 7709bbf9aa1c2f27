"""Laws of sentences, on text that is thick with what decides: marks, abbreviations, verbs of saying, names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from termalign.languages import LANGUAGES
from termalign.languages.sentences import split_sentences

PIECES = [
    "彼は行く", "と言った", "他强调", "说完", "量子计算", "3.5", "Dr. ", "U.S. ", "et al. ", "Fig. 3 ", "A. ", "He said", "she asked", "It works", "etc.",
    "Yahoo!", "モーニング娘。", "。", "？", "！", ". ", "? ", "! ", "...", "……", "「", "」", "『", "』", "“", "”", '"', "'", "（", "）", "(", ")", "[3]", "《", "》",
    " ", "，", "、", ", ", "：", "；", "😀", "（笑）", "1. ", "a) ", "①", "https://a.jp/b?c=d", "p.m. ", "St. ", "¹", "**", "No. ", "这", "的",
]  # fmt: skip


def one_line() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def parts(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


@given(one_line(), st.sampled_from(sorted(LANGUAGES)))
def test_white_space_around_a_text_changes_nothing(text: str, language: str) -> None:
    assert parts(f"  {text.strip()}\n", language) == parts(text.strip(), language)


@given(one_line(), st.sampled_from(sorted(LANGUAGES)))
def test_a_sentence_is_one_sentence(text: str, language: str) -> None:
    for part in parts(text, language):
        assert parts(part, language) == [part]


@given(st.lists(one_line().filter(str.strip), max_size=4), st.sampled_from(sorted(LANGUAGES)))
def test_paragraphs_do_not_touch_one_another(lines: list[str], language: str) -> None:
    apart = [part for line in lines for part in parts(line.strip(), language)]
    assert parts("\n\n".join(line.strip() for line in lines), language) == apart


@given(one_line())
def test_simplified_and_traditional_chinese_are_split_alike(text: str) -> None:
    assert split_sentences(text, "zh-Hans") == split_sentences(text, "zh-Hant")


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["量子技术非常重要", "他说：“走吧。”", "日本投入了大量资金", "（见图1）", "各国都在竞争"]),
        min_size=4,
        max_size=12,
    )
)
def test_text_wrapped_by_hand_is_split_like_the_text_before(pieces: list[str]) -> None:
    text = ("政府宣布，" + "，".join(pieces) + "。计划已经完成。") * 6
    wrapped = "\n".join(text[at : at + 30] for at in range(0, len(text), 30))
    joined = [part.replace("\n", "") for part in parts(wrapped, "zh-Hans")]
    assert joined == parts(text, "zh-Hans")
