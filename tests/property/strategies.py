"""Hypothesis strategies that the laws share."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from termalign.model import (
    TAGS,
    Closure,
    Concept,
    ConceptStatus,
    Designation,
    Evidence,
    Method,
    Place,
    Segment,
    Span,
    TermStatus,
    TranslationUnit,
)

__all__ = ["concepts", "line_text", "mixed_text", "scores", "units"]

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


def _line(text: str) -> str:
    """Put text on one line in NFC, without control characters and noncharacters, as segments are."""
    kept = (character for character in text if unicodedata.category(character) != "Cc" or character in "\t\n")
    line = " ".join("".join(kept).split()).replace("\ufffe", "").replace("\uffff", "")
    return unicodedata.normalize("NFC", line).strip()


def line_text(*, max_size: int = 30) -> st.SearchStrategy[str]:
    """Text of a segment or a designation: one line, not empty."""
    return mixed_text(max_size=max_size).map(_line).filter(bool)


def scores() -> st.SearchStrategy[float]:
    """Scores with the four decimals that files keep."""
    return st.integers(0, 10_000).map(lambda number: number / 10_000)


def _spans() -> st.SearchStrategy[tuple[Span, ...]]:
    pairs = st.tuples(st.integers(0, 10**6), st.integers(0, 100))
    return st.lists(pairs.map(lambda pair: Span(pair[0], pair[0] + pair[1])), max_size=2).map(tuple)


@st.composite
def units(draw: st.DrawFn, *, with_spans: bool = False) -> TranslationUnit:
    """A translation unit with its segments in the order of the tags."""
    tags = draw(
        st.lists(st.sampled_from(TAGS), min_size=2, unique=True).map(lambda found: sorted(found, key=TAGS.index))
    )
    method = draw(st.sampled_from(Method))
    is_given = method is Method.GIVEN
    segments = tuple(
        Segment(
            language=tag,
            text=draw(line_text()),
            document=draw(st.sampled_from(["", "d-abc"])),
            spans=draw(_spans()) if with_spans else (),
        )
        for tag in tags
    )
    return TranslationUnit(
        segments=segments,
        bead="-".join(str(draw(st.integers(0, 3))) for _ in tags),
        score=None if is_given else draw(st.none() | scores()),
        method=method,
        name=draw(st.just("") | line_text(max_size=8)) if is_given else "",
    )


def _json_values() -> st.SearchStrategy[Any]:
    plain = st.none() | st.booleans() | st.integers(-9, 9) | line_text(max_size=5)
    return plain | st.lists(plain, max_size=2) | st.dictionaries(line_text(max_size=3), plain, max_size=2)


def _extras(*keys: str) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    return st.dictionaries(st.sampled_from(keys), _json_values(), max_size=2).map(lambda found: tuple(found.items()))


def _designation_lists() -> st.SearchStrategy[tuple[Designation, ...]]:
    others = st.sampled_from([status for status in TermStatus if status is not TermStatus.PREFERRED])
    one = st.builds(
        Designation,
        text=line_text(max_size=12),
        status=others,
        type=st.sampled_from(["fullForm", "acronym", "variant"]),
        verified=st.booleans(),
        count=st.integers(0, 99),
        extra=_extras("reading", "region", "pos", "x"),
    )
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda found: found.text).map(tuple)


def _evidence() -> st.SearchStrategy[Evidence]:
    form = st.tuples(st.sampled_from([str(tag) for tag in TAGS]), line_text(max_size=8))
    place = st.builds(
        Place, document=st.just("d-abc"), spans=_spans(), quote=st.just("") | line_text(), extra=_extras("page", "x")
    )
    return st.builds(
        Evidence,
        source=st.sampled_from(["gloss", "han"]),
        score=scores(),
        terms=st.tuples(form, form),
        where=st.lists(place, max_size=3).map(tuple),
        n=st.integers(0, 9),
        detail=st.just("") | line_text(max_size=8),
        given_id=st.sampled_from(["", "e-1"]),
        extra=_extras("licence", "x"),
    )


def concepts() -> st.SearchStrategy[Concept]:
    """A concept entry with everything that an entry may have."""
    terms = st.dictionaries(st.sampled_from(TAGS), _designation_lists(), min_size=1).map(
        lambda found: tuple((str(tag), found[tag]) for tag in TAGS if tag in found)
    )
    return st.builds(
        Concept,
        id=line_text(max_size=8),
        terms=terms,
        status=st.sampled_from(ConceptStatus),
        score=st.none() | scores(),
        closure=st.sampled_from(Closure),
        evidence=st.lists(_evidence(), max_size=2).map(tuple),
        kind=st.sampled_from(["other", "law"]),
        subject=st.just("") | line_text(max_size=8),
        verified_by=st.none() | st.just({"policy": "two-glosses", "version": 1, "because": ["e-1"]}),
        flags=st.lists(line_text(max_size=8), max_size=2).map(tuple),
        extra=_extras("notes", "replaces", "x"),
    )
