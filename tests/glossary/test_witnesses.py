"""Where designations stand: in how many independent documents, between marks, inside longer ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termalign.glossary.witnesses import Witnesses
from termalign.model import Candidate, Evidence, Folded, Form, Occurrence, Place, Span


def candidate(form: Form, *spans: tuple[int, int], document: str = "d-1", signs: tuple[str, ...] = ()) -> Candidate:
    return Candidate(
        language=form[0],
        text=form[1],
        folded=Folded(form[1]),
        occurrences=tuple(Occurrence(document, (Span(*one),)) for one in spans),
        score=1.0,
        signs=frozenset(signs),
    )


def form(text: str) -> Form:
    return "zh-Hans", text


LONG, PIECE, ALONE, SAME = form("量子产业联盟"), form("产业联盟"), form("研究"), form("量子产业联盟会")


def test_places_inside_longer_candidates_are_counted() -> None:
    found = Witnesses.of(
        {
            LONG: candidate(LONG, (10, 16), (30, 36)),
            PIECE: candidate(PIECE, (12, 16), (32, 36), (50, 54), (60, 64)),
            ALONE: candidate(ALONE, (5, 10), (70, 72)),
            SAME: candidate(SAME, (10, 16)),  # another form of the very same stretch
        },
        copies={},
    )
    assert found.nested == {PIECE: 0.5}
    assert found.counts[PIECE] == 4


def test_other_documents_hold_nothing() -> None:
    found = Witnesses.of(
        {LONG: candidate(LONG, (10, 16)), PIECE: candidate(PIECE, (12, 16), document="d-2")}, copies={}
    )
    assert found.nested == {}


def test_marks_say_where_a_name_ends() -> None:
    candidates = {
        LONG: candidate(LONG, (0, 6), signs=("quoted", "gloss")),
        PIECE: candidate(PIECE, (7, 9), signs=("title",)),
        ALONE: candidate(ALONE, (10, 12), signs=("gloss", "list")),
    }
    assert Witnesses.of(candidates, copies={}).marked == {LONG, PIECE}


def test_near_copies_are_one_document() -> None:
    where = tuple(Place(document=name, spans=(Span(0, 1),)) for name in ("d-1", "d-2", "d-3"))
    evidence = Evidence(source="gloss", score=1.0, terms=(LONG, ("en", "QIA")), where=where)
    assert Witnesses(copies={"d-3": "d-1"}).documents(evidence) == 2


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), min_size=1, max_size=12, unique=True))
def test_nesting_is_what_a_comparison_of_all_places_finds(rows: list[tuple[int, int]]) -> None:
    stretches = [(start, start + size) for start, size in rows]
    forms = {form(str(number)): one for number, one in enumerate(stretches)}
    candidates = {name: candidate(name, one) for name, one in forms.items()}
    inside = {
        name
        for name, (start, end) in forms.items()
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b in stretches)
    }
    assert set(Witnesses.of(candidates, copies={}).nested) == inside
