"""Concept entries: preferred forms, closure, flags, verdicts, ids."""

from __future__ import annotations

import pytest

from termalign.glossary.cluster import Group
from termalign.glossary.concepts import concept_id, concepts
from termalign.glossary.kinds import kind_of
from termalign.glossary.policies import POLICIES, judge
from termalign.model import (
    Candidate,
    Closure,
    Concept,
    ConceptStatus,
    Evidence,
    Folded,
    Form,
    Link,
    Occurrence,
    Place,
    Span,
    TermStatus,
)

JA, ZH, EN, ACRONYM = (
    ("ja", "情報研究機構"),
    ("zh-Hans", "情报研究机构"),
    ("en", "Information Institute"),
    ("en", "II-X"),
)
COPIES = {"d-1": "d-1", "d-2": "d-2", "d-3": "d-1"}


def evidence(source: str, left: Form, right: Form, *documents: str, score: float = 1.0) -> Evidence:
    where = tuple(Place(document=name, spans=(Span(0, 1),)) for name in documents)
    return Evidence(source=source, score=score, terms=(left, right), where=where, n=max(1, len(where)))


def link(left: Form, right: Form, *rows: Evidence) -> Link:
    return Link(terms=(left, right), score=0.9, evidence=rows)


def candidate(form: Form, *, count: int = 1, signs: frozenset[str] = frozenset()) -> Candidate:
    places = tuple(Occurrence("d-1", (Span(number, number + 1),)) for number in range(count))
    return Candidate(language=form[0], text=form[1], folded=Folded(form[1]), occurrences=places, score=1.0, signs=signs)


def group(*links: Link) -> Group:
    return Group(forms={form for one in links for form in one.terms}, links=list(links))


def only(*links: Link, candidates: dict[Form, Candidate] | None = None) -> Concept:
    (found,) = concepts([group(*links)], candidates=candidates or {}, copies=COPIES)
    return found


def test_two_independent_glosses_verify() -> None:
    found = only(link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1", "d-2")))
    assert found.status is ConceptStatus.VERIFIED
    assert found.verified_by is not None
    assert found.verified_by["policy"] == "two-glosses"
    assert [one.verified for _, designations in found.terms for one in designations] == [True, True]


def test_near_copies_are_one_witness() -> None:
    found = only(link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1", "d-3")))
    assert found.status is ConceptStatus.PROPOSED
    assert found.verified_by is None


def test_a_pivot_needs_likeness_of_form() -> None:
    pivot = evidence("acronym pivot", JA, ZH, "d-1", "d-2")
    assert only(link(JA, ZH, pivot)).status is ConceptStatus.PROPOSED
    found = only(link(JA, ZH, pivot, evidence("han", JA, ZH)))
    assert found.verified_by is not None
    assert found.verified_by["policy"] == "pivot-and-form"
    assert len(found.verified_by["because"]) == 2


def test_a_spelt_out_gloss_needs_parts_that_translate_each_other() -> None:
    gloss = evidence("gloss", ZH, EN, "d-1")
    assert only(link(ZH, EN, gloss)).status is ConceptStatus.PROPOSED
    found = only(link(ZH, EN, gloss, evidence("composition", ZH, EN, score=0.8)))
    assert found.verified_by is not None
    assert found.verified_by["policy"] == "gloss-and-form"


def test_a_spelt_out_gloss_that_sounds_alike_is_verified() -> None:
    gloss = evidence("gloss", ZH, EN, "d-1")
    assert only(link(ZH, EN, gloss, evidence("reading", ZH, EN, score=0.8))).status is ConceptStatus.PROPOSED
    found = only(link(ZH, EN, gloss, evidence("reading", ZH, EN, score=0.95)))
    assert found.verified_by is not None
    assert found.verified_by["policy"] == "gloss-and-form"


def test_likeness_alone_never_verifies() -> None:
    rows = [evidence(source, JA, ZH) for source in ("han", "composition", "cooccurrence", "reading")]
    assert only(link(JA, ZH, *rows)).status is ConceptStatus.PROPOSED


def test_contradicting_names_hold_the_entry_at_proposed_and_name_both_sides() -> None:
    other = ("zh-Hans", "信息研究所")
    found = only(
        link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1", "d-2")),
        link(other, ACRONYM, evidence("gloss", other, ACRONYM, "d-2")),
    )
    assert found.status is ConceptStatus.PROPOSED
    assert any(ZH[1] in flag and other[1] in flag for flag in found.flags)


def test_a_name_and_the_same_with_its_country_do_not_contradict() -> None:
    longer = ("zh-Hans", "日本" + ZH[1])
    found = only(
        link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1", "d-2")),
        link(longer, ACRONYM, evidence("gloss", longer, ACRONYM, "d-2")),
    )
    assert found.flags == ()
    assert found.status is ConceptStatus.VERIFIED


def test_the_full_name_is_preferred_and_each_language_has_one() -> None:
    found = only(
        link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1")),
        link(ZH, EN, evidence("gloss", ZH, EN, "d-1")),
        candidates={EN: candidate(EN), ACRONYM: candidate(ACRONYM, count=9), ZH: candidate(ZH, count=3)},
    )
    assert [(one.text, one.status, one.type) for one in found.designations("en")] == [
        (EN[1], TermStatus.PREFERRED, "fullForm"),
        (ACRONYM[1], TermStatus.ADMITTED, "acronym"),
    ]
    assert found.designations("zh-Hans")[0].count == 3
    for _, designations in found.terms:
        assert sum(one.status is TermStatus.PREFERRED for one in designations) == 1


@pytest.mark.parametrize(
    ("links", "closure"),
    [
        ([link(JA, ZH, evidence("gloss", JA, ZH))], Closure.SINGLE),
        ([link(JA, EN, evidence("gloss", JA, EN)), link(ZH, EN, evidence("gloss", ZH, EN))], Closure.PIVOT),
        (
            [
                link(JA, EN, evidence("gloss", JA, EN)),
                link(ZH, EN, evidence("gloss", ZH, EN)),
                link(JA, ZH, evidence("composition", JA, ZH)),
            ],
            Closure.FULL,
        ),
        (
            [
                link(JA, EN, evidence("gloss", JA, EN)),
                link(ZH, EN, evidence("gloss", ZH, EN)),
                link(JA, ZH, evidence("han", JA, ZH, score=0.6)),
            ],
            Closure.PIVOT,
        ),
    ],
)
def test_closure_counts_pairs_with_evidence_of_their_own(links: list[Link], closure: Closure) -> None:
    assert only(*links).closure is closure


def test_ids_depend_on_the_preferred_designations_only() -> None:
    assert concept_id([JA, ZH]) == concept_id([ZH, JA])
    assert concept_id([JA, ZH]) == concept_id([JA, ("zh-Hans", "情報研究機構")])  # the same by character class
    assert concept_id([JA]) != concept_id([ZH])
    assert len(concept_id([JA])) == len("c-") + 12


def test_each_policy_has_a_name_a_version_and_a_rule() -> None:
    assert len({policy.name for policy in POLICIES}) == len(POLICIES)
    assert all(policy.version >= 1 and policy.rule.endswith(".") for policy in POLICIES)


def test_a_flagged_group_is_not_judged() -> None:
    flagged = group(link(ZH, ACRONYM, evidence("gloss", ZH, ACRONYM, "d-1", "d-2")))
    assert judge(flagged, copies=COPIES) is not None
    flagged.flags.append("two names")
    assert judge(flagged, copies=COPIES) is None


@pytest.mark.parametrize(
    ("forms", "kind"),
    [
        ([("ja", "産業技術総合研究所"), ("en", "AIST")], "organisation"),
        ([("ja", "光・量子飛躍フラッグシップ・プログラム"), ("zh-Hans", "光量子跃迁旗舰计划")], "programme"),
        ([("zh-Hans", "量子技术创新战略")], "strategy"),
        ([("en", "National Quantum Initiative Act")], "law"),
        ([("en", "Ministry of Foreign Affairs")], "organisation"),
        ([("zh-Hans", "东芝公司")], "company"),
        ([("ja", "株式会社東芝")], "company"),
        ([("ja", "量子コンピュータ")], "technology"),
        ([("ja", "もつれ")], "other"),
        ([], "other"),
    ],
)
def test_the_head_word_tells_the_kind(forms: list[Form], kind: str) -> None:
    assert kind_of(forms) == kind
