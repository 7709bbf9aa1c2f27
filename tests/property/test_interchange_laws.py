"""What a format of two languages holds comes back, and what does not come back is in its report, neither more nor less."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import concepts, line_text, units
from test_read_write import tabular

from termalign.formats.concept_table import VARIANT_MARK
from termalign.formats.csv_table import TSV_TABLE
from termalign.formats.omegat import OmegatGlossary
from termalign.formats.pairs import IN_USE
from termalign.formats.po import Po
from termalign.formats.utx import Utx
from termalign.formats.xliff import Xliff
from termalign.formats.xliff_glossary import XliffGlossary
from termalign.formats.xlsx import XLSX
from termalign.model import Concept, Designation, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from termalign.formats import WriteReport

PAIR = ("ja", "en")


def again(form: Any, values: list[Any]) -> tuple[list[Any], WriteReport]:
    """Write values and read them back; the second time gives the same bytes."""
    first, second = io.BytesIO(), io.BytesIO()
    report: WriteReport = form.write(values, first)
    form.write(values, second)
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    return list(form.read(first, name="x")), report


def sides(unit: TranslationUnit) -> tuple[str, str] | None:
    found = [unit.segment(tag) for tag in PAIR]
    return (found[0].text, found[1].text) if found[0] and found[1] else None


@pytest.mark.parametrize("form", [Xliff(languages=PAIR), Po(languages=PAIR)], ids=["xliff", "po"])
@given(found=st.lists(units(), max_size=4))
def test_units_of_two_languages(form: Xliff | Po, found: list[TranslationUnit]) -> None:
    back, report = again(form, found)
    losses = dict(report.losses)
    held = [unit for unit in found if sides(unit)]
    twice = losses.get("equal unit, written once", 0)
    assert report.n_written == len(back) == len(held) - twice
    assert {sides(unit) for unit in back} == {sides(unit) for unit in held}
    assert losses.get("unit without two sides", 0) == len(found) - len(held)
    others = [part for unit in found for part in unit.segments if part.language not in PAIR]
    assert sum(n for kind, n in losses.items() if kind.startswith("segment in ")) == len(others)
    assert losses.get("score", 0) == sum(unit.score is not None for unit in held)


@given(found=st.lists(units(), max_size=4, unique_by=lambda unit: unit.name or unit.id))
def test_names_come_back_from_xliff(found: list[TranslationUnit]) -> None:
    held = [unit for unit in found if sides(unit)]
    back, _ = again(Xliff(languages=PAIR), held)
    assert [unit.name for unit in back if unit.name and not unit.name.startswith("u-")] == [
        unit.name for unit in held if unit.name and not unit.name.startswith("u-")
    ]


@pytest.mark.parametrize("form", [XLSX, TSV_TABLE], ids=["xlsx", "tsv"])
@given(found=st.lists(concepts().map(tabular), max_size=3, unique_by=lambda concept: concept.id))
def test_concepts_come_back_from_tables(form: Any, found: list[Concept]) -> None:
    texts = [one.text for concept in found for _, all_ in concept.terms for one in all_]
    if not any(VARIANT_MARK.strip() in text for text in texts):
        back, report = again(form, found)
        assert (back, report.losses) == (found, ())


def _designations() -> st.SearchStrategy[tuple[Designation, ...]]:
    one = st.builds(Designation, text=line_text(max_size=8), status=st.sampled_from(TermStatus))
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda found: found.text).map(_with_one_preferred)


def _with_one_preferred(found: list[Designation]) -> tuple[Designation, ...]:
    first = next((one for one in found if one.status is TermStatus.PREFERRED), None)
    return tuple(
        replace(one, status=TermStatus.ADMITTED) if one.status is TermStatus.PREFERRED and one is not first else one
        for one in found
    )


def plain_concepts() -> st.SearchStrategy[list[Concept]]:
    """Entries of a few languages that have designations of every status, and nothing else."""
    terms = st.dictionaries(st.sampled_from(["ja", "zh-Hans", "en"]), _designations(), min_size=1).map(
        lambda found: tuple((tag, found[tag]) for tag in ("ja", "zh-Hans", "en") if tag in found)
    )
    one = st.builds(Concept, id=st.sampled_from([f"c-{number}" for number in range(9)]), terms=terms)
    return st.lists(one, max_size=4, unique_by=lambda concept: concept.id)


def forms(concept: Concept, statuses: tuple[TermStatus, ...]) -> dict[str, dict[str, TermStatus]]:
    return {tag: {one.text: one.status for one in concept.designations(tag) if one.status in statuses} for tag in PAIR}


@given(found=plain_concepts())
def test_terms_in_use_come_back_from_omegat(found: list[Concept]) -> None:
    back, report = again(OmegatGlossary(languages=PAIR), found)
    expected = {one.id: {tag: set(texts) for tag, texts in forms(one, IN_USE).items()} for one in found}
    held = {name: sides for name, sides in expected.items() if all(sides.values())}
    assert {one.id: {tag: set(texts) for tag, texts in forms(one, IN_USE).items()} for one in back} == held
    losses = dict(report.losses)
    skipped = [
        one
        for concept in found
        for tag, all_ in concept.terms
        for one in all_
        if tag in PAIR and one.status not in IN_USE
    ]
    assert sum(n for kind, n in losses.items() if kind.endswith("d designation skipped")) == len(skipped)
    assert sum(n for kind, n in losses.items() if kind.startswith("concept skipped")) == len(found) - len(held)


@given(found=plain_concepts())
def test_terms_in_use_come_back_from_xliff(found: list[Concept]) -> None:
    back, report = again(XliffGlossary(languages=PAIR), found)
    expected = {one.id: forms(one, IN_USE) for one in found}
    held = {name: sides for name, sides in expected.items() if all(sides.values())}
    assert {one.id: {tag: set(texts) for tag, texts in forms(one, IN_USE).items()} for one in back} == {
        name: {tag: set(texts) for tag, texts in sides.items()} for name, sides in held.items()
    }
    losses = dict(report.losses)
    assert sum(n for kind, n in losses.items() if kind.startswith("concept skipped")) == len(found) - len(held)
    others = [one for concept in found for tag, all_ in concept.terms if tag not in PAIR for one in all_]
    assert sum(n for kind, n in losses.items() if kind.startswith("zh-Hans designation skipped")) == len(others)


@given(found=plain_concepts())
def test_statuses_come_back_from_utx_or_are_in_its_report(found: list[Concept]) -> None:
    back, report = again(Utx(languages=PAIR), found)
    every = tuple(TermStatus)
    expected = {one.id: forms(one, every) for one in found if all(forms(one, every).values())}
    read = {one.id: forms(one, every) for one in back}
    assert {name: {tag: set(one) for tag, one in sides.items()} for name, sides in read.items()} == {
        name: {tag: set(one) for tag, one in sides.items()} for name, sides in expected.items()
    }
    changed = [
        text
        for name, sides in expected.items()
        for tag, texts in sides.items()
        for text, status in texts.items()
        if read[name][tag][text] is not status
    ]
    assert sum(n for kind, n in report.losses if kind.startswith("status ")) == len(changed)
