"""Where designations stand: in how many independent documents, between marks, inside longer ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from termalign.glossary.witnesses import Witnesses, by_document
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
        said_by=by_document,
    )
    assert found.nested == {PIECE: 0.5}
    assert found.counts[PIECE] == 4


def test_other_documents_hold_nothing() -> None:
    found = Witnesses.of(
        {LONG: candidate(LONG, (10, 16)), PIECE: candidate(PIECE, (12, 16), document="d-2")}, said_by=by_document
    )
    assert found.nested == {}


def test_marks_say_where_a_name_ends() -> None:
    candidates = {
        LONG: candidate(LONG, (0, 6), signs=("quoted", "gloss")),
        PIECE: candidate(PIECE, (7, 9), signs=("title",)),
        ALONE: candidate(ALONE, (10, 12), signs=("gloss", "list")),
    }
    assert Witnesses.of(candidates, said_by=by_document).marked == {LONG, PIECE}


def test_near_copies_are_one_document() -> None:
    where = tuple(Place(document=name, spans=(Span(0, 1),)) for name in ("d-1", "d-2", "d-3"))
    evidence = Evidence(source="gloss", score=1.0, terms=(LONG, ("en", "QIA")), where=where)
    witnesses = Witnesses(said_by=lambda place: {"d-3": "d-1"}.get(place.document, place.document))
    assert witnesses.documents(evidence) == 2
    assert Witnesses().documents(evidence) == 3


def test_a_passage_that_repeats_another_document_is_no_second_witness() -> None:
    def said_by(place: Place | Occurrence) -> str:  # the first ten characters of the second document stand in the first
        return "d-1" if place.spans[0].start < 10 else place.document

    witnesses = Witnesses(said_by=said_by)
    twice = (candidate(LONG, (3, 9)).occurrences[0], candidate(LONG, (4, 10), document="d-2").occurrences[0])
    assert witnesses.documents_of(replace(candidate(LONG), occurrences=twice)) == 1
    where = tuple(Place(document=one.document, spans=one.spans) for one in twice)
    assert witnesses.documents(Evidence(source="gloss", score=1.0, terms=(LONG, ("en", "QIA")), where=where)) == 1
    own = (*twice, Occurrence("d-2", (Span(50, 56),)))
    assert witnesses.documents_of(replace(candidate(LONG), occurrences=own)) == 2


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
    assert set(Witnesses.of(candidates, said_by=by_document).nested) == inside
