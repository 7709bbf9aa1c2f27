"""Every character of repaired text leads back to the raw text that made it; blocks ascend."""

from __future__ import annotations

import html
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import mixed_text

from termalign.errors import DataError
from termalign.languages.identify import identify
from termalign.languages.repair import passages, repair
from termalign.model import TAGS, Block

_LINES = (
    "我们计划在三年之内建成两个新的研究中心，并培养更多的",
    "　政府は、新しい奨学金制度を設け、若手研究者の育成を",
    "The national strategy for semi-",
    "conductor research was published [12] in 2021",
    "文 部 科 学 省 は 新 し い 制 度",
    "- (1) 人材[3]の**育成**",
    "・基盤 の整備。",
    "1.1 国内现状",
    "摘   要：本文",
    "\t量子发展联盟",
    "（QDC）",
    "| 用語 | `a|b` |",
    "|---|---|",
    "名称  国家  时间",
    "计划 时间 部门 2016 年 3 月",
    "·技术与政策·",
    "- 12 -",
    "12",
    "```",
    "<td>A&amp;B &lt;</td><b>x</b>",
    "<!-- x",
    "-->",
    "[link](http://x.org/a) と ![図](a.png) _a_ $x_1$",
    "long\x02term semi\ufffeconductor soft\xadhyphen\u200b",
    "𠮷祥寺で",
    "양자 기술은 미래의 핵심 기술이다.",
    "---",
    "> 引用",
)


def documents() -> st.SearchStrategy[str]:
    """Lines of documents in any order, with any line ends, and stretches of any text."""
    line = st.one_of(st.sampled_from(_LINES), mixed_text(max_size=30))
    end = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\x0c", "\n\x0c", "\x85", "\u2028", " \n", "\n\n\n"])
    return st.lists(st.tuples(line, end), max_size=14).map(lambda found: "".join(a + b for a, b in found))


def blocks_of(raw: str, language: str | None = None) -> tuple[Block, ...]:
    try:
        return repair(raw, language=language, file="x")
    except DataError:
        return ()


def stands_for(raw: str, char: str) -> bool:
    """Whether a stretch of raw text may stand behind one character."""
    if char == raw or (char == " " and not raw.strip()):
        return True
    resolved = html.unescape(raw) if raw[:1] == "&" and raw[-1:] == ";" else raw
    return resolved == char or (char == " " and resolved.isspace()) or (char == "-" and raw in {"\x02", "\ufffe"})


@given(documents(), st.sampled_from([None, *TAGS]))
@example("&nbsp;a &#39;b&#39; 量&emsp;子", None)
def test_every_character_leads_back_to_the_raw_text_that_made_it(raw: str, language: str | None) -> None:
    for block in blocks_of(raw, language):
        text = block.content.text
        for at, char in enumerate(text):
            spans = block.content.spans(at, at + 1)
            assert len(spans) == 1
            assert stands_for(raw[spans[0].start : spans[0].end], char)


@given(documents())
def test_joined_spans_are_the_text_without_white_space(raw: str) -> None:
    for block in blocks_of(raw):
        content = block.content
        pieces = "".join(raw[piece.raw_start : piece.raw_end] for piece in content.pieces)
        spans = "".join(raw[span.start : span.end] for span in content.spans(0, len(content.text)))
        assert spans == pieces
        if "&" not in raw and not {"\x02", "\ufffe"} & set(raw):
            assert "".join(spans.split()) == "".join(content.text.split())


@given(documents())
def test_blocks_ascend_and_do_not_overlap(raw: str) -> None:
    blocks = blocks_of(raw)
    ends = [(block.content.pieces[0].raw_start, block.content.pieces[-1].raw_end) for block in blocks]
    assert all(start < end for start, end in ends)
    assert all(left[1] <= right[0] for left, right in pairwise(ends))
    for block in blocks:
        assert all(left.raw_end <= right.raw_start for left, right in pairwise(block.content.pieces))


@given(documents())
def test_a_block_is_one_clean_line_in_one_of_the_languages(raw: str) -> None:
    for block in blocks_of(raw):
        text = block.content.text
        assert text == text.strip()
        assert len(text.splitlines()) == 1
        assert "  " not in text
        assert block.language in TAGS
        assert all(mark.start == mark.end <= len(text) for mark in block.marks)


@given(documents())
def test_passages_cover_the_blocks_in_order(raw: str) -> None:
    blocks = blocks_of(raw)
    found = passages(blocks)
    assert all(left.span.end <= right.span.start and left.language != right.language for left, right in pairwise(found))
    for block in blocks:
        start, end = block.content.pieces[0].raw_start, block.content.pieces[-1].raw_end
        assert any(one.language == block.language and one.span.start <= start <= end <= one.span.end for one in found)


@given(documents())
def test_repairing_is_repeatable(raw: str) -> None:
    assert blocks_of(raw) == blocks_of(raw)


@given(mixed_text(max_size=200))
def test_identify_answers_any_string_with_probabilities(text: str) -> None:
    found = identify(text)
    assert all(tag in TAGS and 0 < share <= 1 for tag, share in found)
    assert len({tag for tag, _ in found}) == len(found)
