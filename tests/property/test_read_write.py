"""read(write(x)) == x, where the format can hold x; and the same bytes whenever the same values are written."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import concepts, line_text, mixed_text, scores, units

from termalign.formats.beads import read_beads, write_beads
from termalign.formats.concept_table import VARIANT_MARK, given_verdict
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.formats.csv_table import CSV_TABLE, guard, unguard
from termalign.formats.tbx import Tbx
from termalign.formats.tbx_markup import BASIC_DCA, BASIC_DCT, LINGUIST_DCA, LINGUIST_DCT, VERSION_2, Dialect
from termalign.formats.text import PLAIN_TEXT
from termalign.formats.tmx import TMX
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.formats.units_tsv import UNITS_TSV
from termalign.formats.validation import check_file
from termalign.formats.xml import clean
from termalign.model import Bead, Closure, Concept, ConceptStatus, Designation, FindingSeverity, Method, TranslationUnit

if TYPE_CHECKING:
    from termalign.formats import BitextFormat, GlossaryFormat

T = TypeVar("T")


def again(form: BitextFormat | GlossaryFormat, values: list[T]) -> list[T]:
    """Write values and read them back; the second time gives the same bytes."""
    first, second = io.BytesIO(), io.BytesIO()
    form.write(values, first)  # type: ignore[arg-type] # the caller pairs format and values
    form.write(values, second)  # type: ignore[arg-type] # as above
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    return list(form.read(first, name="x"))  # type: ignore[arg-type] # as above


def by_texts(unit: TranslationUnit) -> tuple[tuple[str, str], ...]:
    return tuple((segment.language, segment.text) for segment in unit.segments)


@given(st.lists(units(with_spans=True), max_size=4))
def test_units_come_back_from_jsonl(found: list[TranslationUnit]) -> None:
    back = again(UNITS_JSONL, found)
    assert back == found
    assert [unit.id for unit in back] == [unit.id for unit in found]


@given(st.lists(units(), max_size=4, unique_by=(by_texts, lambda unit: unit.name or unit.id)))
def test_units_come_back_from_tmx(found: list[TranslationUnit]) -> None:
    assert again(TMX, found) == found


@given(st.lists(units(), max_size=4))
def test_texts_come_back_from_tsv(found: list[TranslationUnit]) -> None:
    plain = [
        TranslationUnit(
            segments=tuple(replace(segment, document="") for segment in unit.segments),
            bead="-".join("1" * len(unit.segments)),
            method=Method.GIVEN,
        )
        for unit in found
    ]
    assert again(UNITS_TSV, plain) == plain


@given(st.lists(concepts(), max_size=3, unique_by=lambda concept: concept.id))
def test_concepts_come_back_from_jsonl(found: list[Concept]) -> None:
    assert again(CONCEPTS_JSONL, found) == found


def tabular(concept: Concept) -> Concept:
    """Reduce an entry to what a table holds."""
    is_verified = concept.status is ConceptStatus.VERIFIED
    terms = tuple(
        (tag, tuple(Designation(text=one.text, status=one.status, verified=is_verified) for one in ordered(found)))
        for tag, found in concept.terms
    )
    return Concept(
        id=concept.id,
        terms=terms,
        status=concept.status,
        score=concept.score,
        kind=concept.kind,
        subject=concept.subject,
        verified_by=given_verdict() if is_verified else None,
    )


def ordered(found: tuple[Designation, ...]) -> list[Designation]:
    """Sort designations as the columns of a table stand."""
    statuses = ["preferred", "admitted", "deprecated", "superseded"]
    return sorted(found, key=lambda one: statuses.index(one.status))


@given(st.lists(concepts().map(tabular), max_size=3, unique_by=lambda concept: concept.id))
def test_concepts_come_back_from_csv(found: list[Concept]) -> None:
    holds_mark = [VARIANT_MARK.strip() in one.text for concept in found for _, all_ in concept.terms for one in all_]
    if not any(holds_mark):
        assert again(CSV_TABLE, found) == found


def tbx_like(concept: Concept) -> Concept:
    """Reduce an entry to what TBX holds: who vouches only for what is verified, notes that are notes, no empty values."""
    terms = tuple(
        (
            tag,
            tuple(
                replace(one, verified=one.verified and is_verified(concept), extra=without_none(one.extra))
                for one in found
            ),
        )
        for tag, found in concept.terms
    )
    extra = without_none(tuple((key, value) for key, value in concept.extra if key != "notes"))
    verdict = concept.verified_by or given_verdict()
    kept = replace(concept, terms=terms, extra=extra, verified_by=verdict if is_verified(concept) else None)
    return kept if kept.status is not ConceptStatus.REJECTED else replace(kept, status=ConceptStatus.PROPOSED)


def without_none(extra: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((key, value) for key, value in extra if value is not None)


def is_verified(concept: Concept) -> bool:
    return concept.status is ConceptStatus.VERIFIED


def by_key(concept: Concept) -> Concept:
    """Sort the further keys: their order means nothing."""
    terms = tuple(
        (tag, tuple(replace(one, extra=tuple(sorted(one.extra))) for one in found)) for tag, found in concept.terms
    )
    return replace(concept, terms=terms, extra=tuple(sorted(concept.extra)))


@pytest.mark.parametrize("dialect", [BASIC_DCA, BASIC_DCT, LINGUIST_DCA, LINGUIST_DCT, VERSION_2])
@given(found=st.lists(concepts().map(tbx_like), max_size=3, unique_by=lambda concept: concept.id))
def test_concepts_come_back_from_tbx_in_every_dialect(dialect: Dialect, found: list[Concept]) -> None:
    form = Tbx(dialect=dialect, with_proposed=True, with_quotes=True)
    assert [by_key(one) for one in again(form, found)] == [by_key(one) for one in found]


@pytest.mark.parametrize("dialect", [BASIC_DCA, BASIC_DCT, LINGUIST_DCA, LINGUIST_DCT])
@given(found=st.lists(concepts(), min_size=1, max_size=3, unique_by=lambda concept: concept.id))
def test_what_is_written_as_tbx_is_valid(dialect: Dialect, found: list[Concept]) -> None:
    for form in (Tbx(dialect=dialect), Tbx(dialect=dialect, with_proposed=True, with_quotes=True)):
        file = io.BytesIO()
        form.write(found, file)
        file.seek(0)
        assert [one for one in check_file(file, name="a.tbx") if one.severity is FindingSeverity.ERROR] == []


@given(st.lists(concepts().map(tbx_like), max_size=3, unique_by=lambda concept: concept.id))
def test_what_tbx_loses_is_what_it_reports(found: list[Concept]) -> None:
    file = io.BytesIO()
    report = Tbx().write(found, file)
    file.seek(0)
    back = list(Tbx().read(file, name="x"))
    n_terms = sum(len(all_) for one in found for _, all_ in one.terms if is_verified(one))
    losses = dict(report.losses)
    assert n_terms - losses.get("designation that is not verified", 0) == sum(
        len(all_) for one in back for _, all_ in one.terms
    )
    left_out = losses.get("proposed entry", 0) + losses.get("entry without verified designations", 0)
    assert len(found) - left_out == len(back) == report.n_written
    quotes = [place.quote for one in found for evidence in one.evidence for place in evidence.where if place.quote]
    assert losses.get("quote of evidence", 0) <= len(quotes)
    assert not any(place.quote for one in back for evidence in one.evidence for place in evidence.where)


@given(st.lists(st.tuples(st.sets(st.integers(0, 99)), st.sets(st.integers(0, 99))), max_size=5))
def test_beads_come_back(sides: list[tuple[set[int], set[int]]]) -> None:
    beads = [Bead(tuple(sorted(src)), tuple(sorted(tgt))) for src, tgt in sides if src or tgt]
    file = io.BytesIO()
    assert write_beads(beads, file) == len(beads)
    file.seek(0)
    assert list(read_beads(file, name="x.beads.tsv")) == beads


@given(mixed_text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_comes_back_whatever_its_marks(text: str, encoding: str) -> None:
    if text.strip(" \t\r\n\f\v\u3000\ufeff\u200b\x1a") and "\0" not in text and not text.startswith("\ufeff"):
        sound = "語" * 1000 + text  # control characters stay a small part
        assert PLAIN_TEXT.read(sound.encode(encoding), file="a.txt") == (sound, encoding)


@given(st.text(alphabet="'=+-@＝－a量", max_size=6))
def test_guarding_a_cell_can_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "＝", "－"))


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    losses: Counter[str] = Counter()
    once = clean(text, losses)
    losses.clear()
    assert clean(once, losses) == once
    assert not losses.total()


@given(scores(), line_text())
def test_an_unknown_key_is_kept(score: float, value: str) -> None:
    concept = Concept(
        id="c-1", terms=(("en", (Designation(text="a"),)),), score=score, closure=Closure.FULL, extra=(("own", value),)
    )
    assert again(CONCEPTS_JSONL, [concept]) == [concept]
