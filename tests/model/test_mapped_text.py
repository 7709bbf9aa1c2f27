from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.model import MappedText, Piece, Span

RAW = "量子𠮷 技\n術のAb"


@st.composite
def repairs(draw: st.DrawFn) -> tuple[str, MappedText]:
    """A raw text, and a text made from it by keeping, dropping and replacing stretches, with its map."""
    raw, text = "", ""
    pieces: list[Piece] = []
    for kind, size, made in draw(
        st.lists(st.tuples(st.sampled_from("kdr"), st.integers(1, 4), st.integers(1, 4)), max_size=6)
    ):
        stretch = draw(st.text(alphabet=RAW, min_size=size, max_size=size))
        if kind != "d":
            pieces.append(Piece(len(text), len(raw), len(raw) + size))
            text += stretch if kind == "k" else draw(st.text(alphabet="xyz", min_size=made, max_size=made))
        raw += stretch
    return raw, MappedText(text, tuple(pieces))


def ranges(text: str) -> st.SearchStrategy[tuple[int, int]]:
    ends = st.integers(0, len(text))
    return st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))


def is_whole(mapped: MappedText, position: int) -> bool:
    """Tell whether a position does not cut through a piece that stands for its raw text as a whole."""
    starts = [*(piece.start for piece in mapped.pieces), len(mapped.text)]
    return not any(
        start < position < stop and piece.raw_end - piece.raw_start != stop - start
        for piece, (start, stop) in zip(mapped.pieces, pairwise(starts), strict=True)
    )


# ---- laws


@given(repairs(), st.data())
def test_spans_ascend_do_not_touch_and_stay_in_the_raw_text(made: tuple[str, MappedText], data: st.DataObject) -> None:
    raw, mapped = made
    start, end = data.draw(ranges(mapped.text))
    spans = mapped.spans(start, end)
    assert bool(spans) == (start < end)
    assert all(left.end < right.start for left, right in pairwise(spans))
    assert all(span.start < span.end <= len(raw) for span in spans)


@given(repairs(), st.data())
def test_the_spans_of_a_range_are_those_of_its_characters_together(
    made: tuple[str, MappedText], data: st.DataObject
) -> None:
    _, mapped = made
    start, end = data.draw(ranges(mapped.text))
    together = {n for at in range(start, end) for span in mapped.spans(at, at + 1) for n in range(span.start, span.end)}
    assert {n for span in mapped.spans(start, end) for n in range(span.start, span.end)} == together


@given(repairs(), st.data())
def test_joining_over_white_space_takes_in_nothing_else(made: tuple[str, MappedText], data: st.DataObject) -> None:
    raw, mapped = made
    start, end = data.draw(ranges(mapped.text))
    exact = {n for span in mapped.spans(start, end) for n in range(span.start, span.end)}
    joined = {n for span in mapped.spans(start, end, raw=raw) for n in range(span.start, span.end)}
    assert exact <= joined
    assert not "".join(raw[n] for n in joined - exact).strip()
    assert len(mapped.spans(start, end, raw=raw)) <= len(mapped.spans(start, end))


@given(repairs(), st.data())
def test_a_slice_has_the_text_and_leads_to_the_same_raw_text(made: tuple[str, MappedText], data: st.DataObject) -> None:
    _, mapped = made
    start, end = data.draw(ranges(mapped.text))
    cut = mapped.slice(start, end)
    assert cut.text == mapped.text[start:end]
    assert cut.spans(0, len(cut.text)) == mapped.spans(start, end)
    low, high = data.draw(ranges(cut.text))
    if is_whole(mapped, start) and is_whole(mapped, end):
        assert cut.spans(low, high) == mapped.spans(start + low, start + high)
        assert cut.slice(low, high) == mapped.slice(start + low, start + high)


@given(st.text(), st.data())
def test_the_map_of_a_text_to_itself(raw: str, data: st.DataObject) -> None:
    start, end = data.draw(ranges(raw))
    mapped = MappedText.of(raw, start, end)
    assert mapped.text == raw[start:end]
    low, high = data.draw(ranges(mapped.text))
    assert mapped.spans(low, high) == ((Span(start + low, start + high),) if low < high else ())
    assert mapped.slice(low, high) == MappedText.of(raw, start + low, start + high)


# ---- examples


def test_a_hard_wrap_inside_a_term() -> None:
    raw = "東京大学ナ\nノ量子"
    mapped = MappedText("東京大学ナノ量子", (Piece(0, 0, 5), Piece(5, 6, 9)))
    assert mapped.spans(0, 8) == (Span(0, 5), Span(6, 9))
    assert mapped.spans(0, 8, raw=raw) == (Span(0, 9),)
    assert mapped.spans(5, 6) == (Span(6, 7),)
    assert mapped.slice(4, 6) == MappedText("ナノ", (Piece(0, 4, 5), Piece(1, 6, 7)))


def test_a_square_that_stands_for_a_word_is_mapped_as_a_whole() -> None:
    mapped = MappedText("𠮷株式会社", (Piece(0, 0, 1), Piece(1, 1, 2)))
    assert mapped.spans(2, 3) == (Span(1, 2),)
    assert mapped.spans(0, 2) == (Span(0, 2),)


def test_empty_text() -> None:
    empty = MappedText("", ())
    assert empty == MappedText.of("")
    assert empty.spans(0, 0) == ()
    assert empty.slice(0, 0) == empty
    assert MappedText.of("量子").slice(1, 1) == empty


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("量", ()), ("", (Piece(0, 0, 1),)), ("量", (Piece(1, 0, 1),)), ("量子", (Piece(0, 0, 1), Piece(0, 1, 2)))],
)
def test_a_map_that_cannot_be_is_refused(text: str, pieces: tuple[Piece, ...]) -> None:
    with pytest.raises(ValueError, match="map"):
        MappedText(text, pieces)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_that_cannot_be_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


def test_spans_are_ordered_and_written_as_pairs() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    assert Span(1, 2).as_json() == [1, 2]
