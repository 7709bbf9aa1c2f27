"""Concept entries: preferred forms, closure, flags, verdicts, ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termalign.glossary.cluster import Group
from termalign.glossary.concepts import concept_id, concepts
from termalign.glossary.kinds import kind_of
from termalign.glossary.policies import MIN_PRECISION, POLICIES, Policy, judge
from termalign.glossary.witnesses import Witnesses
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


def said_by(place: Place | Occurrence) -> str:
    """The third document is a near-copy of the first."""
    return {"d-3": "d-1"}.get(place.document, place.document)


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
    (found,) = concepts([group(*links)], candidates=candidates or {}, said_by=said_by)
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


PART_JA, PART_ZH, PART_EN = ("ja", "機械学習"), ("zh-Hans", "机器学习"), ("en", "machine learning")


def verdict_of(*links: Link, counts: int = 3) -> str:
    """Name the policy that verifies an entry of some links; empty where none does."""
    forms = {form for one in links for form in one.terms}
    found = only(*links, candidates={form: candidate(form, count=counts) for form in forms})
    assert (found.status is ConceptStatus.VERIFIED) is (found.verified_by is not None)
    return str(found.verified_by["policy"]) if found.verified_by else ""


def rows_of(left: Form, right: Form, **scores: float) -> Link:
    return link(left, right, *(evidence(source, left, right, "d-1", score=score) for source, score in scores.items()))


@pytest.mark.parametrize(
    ("left", "right", "scores", "policy"),
    [
        (PART_JA, PART_ZH, {"composition": 1.0, "cooccurrence": 0.3}, "parts-and-units"),
        (PART_ZH, PART_EN, {"composition": 0.96, "cooccurrence": 0.3}, "parts-and-units"),
        (PART_ZH, PART_EN, {"composition": 0.9, "cooccurrence": 0.9}, ""),  # a part is left over
        (PART_JA, PART_ZH, {"composition": 1.0, "han": 0.6}, ""),  # parts differ, and no text says both
        (PART_JA, PART_ZH, {"composition": 1.0, "han": 0.75}, "parts-and-characters"),
        (PART_JA, PART_ZH, {"cooccurrence": 0.9, "reading": 1.0}, ""),
        (
            ("ja", "技術"),
            ("zh-Hans", "技术"),
            {"composition": 1.0, "cooccurrence": 0.9, "han": 1.0},
            "",
        ),  # words, not compounds
        (("zh-Hans", "字符串"), ("en", "strings"), {"composition": 1.0, "cooccurrence": 0.9}, ""),
        (("zh-Hans", "二进制字符串"), ("en", "-bit strings"), {"composition": 1.0, "cooccurrence": 0.9}, ""),  # cut off
        (("ja", "技術・人材"), ("zh-Hans", "技术人才"), {"composition": 1.0, "cooccurrence": 0.9}, ""),  # two things
        (("ja", "材料開発"), ("zh-Hans", "材料开发"), {"composition": 1.0, "han": 1.0}, "parts-and-characters"),
        (("ja", "材料開発"), ("zh-Hans", "材料开发"), {"han": 1.0}, ""),
        (("ja", "高等学校"), ("zh-Hans", "高等学校"), {"composition": 1.0, "han": 1.0}, ""),  # a false friend
        (("ja", "工業高等学校"), ("zh-Hans", "工业高等学校"), {"composition": 1.0, "han": 1.0}, ""),  # holds one
    ],
)
def test_compounds_are_verified_where_parts_and_texts_or_characters_agree(
    left: Form, right: Form, scores: dict[str, float], policy: str
) -> None:
    assert verdict_of(rows_of(left, right, **scores)) == policy


@pytest.mark.parametrize(
    ("left", "right", "count", "policy"),
    [
        (("ja", "獲得競争"), ("zh-Hans", "获得竞争"), 2, ""),  # of 获得竞争优势
        (("ja", "東北大学"), ("zh-Hans", "东北大学"), 1, "parts-and-characters"),  # 大学 ends a name
    ],
)
def test_a_rare_string_is_verified_by_its_characters_only_where_it_names_a_body(
    left: Form, right: Form, count: int, policy: str
) -> None:
    assert verdict_of(rows_of(left, right, composition=1.0, han=1.0), counts=count) == policy


@pytest.mark.parametrize(
    ("score", "signs", "n_units", "policy"),
    [
        (0.85, [], 1, "pivot-and-form"),
        (0.85, [], 0, ""),  # one document, and no sentence that says the same
        (0.75, [], 1, ""),  # one of the two may be a piece of its name
        (0.75, ["quoted"], 1, "pivot-and-form"),
        (0.75, ["list"], 1, ""),
        (0.7, ["title"], 1, ""),
    ],
)
def test_one_acronym_needs_names_that_are_built_alike_and_whole(
    score: float, signs: list[str], n_units: int, policy: str
) -> None:
    zh, en = ("zh-Hans", "量子经济发展联盟"), ("en", "Quantum Economic Development Consortium")
    rows = [evidence("acronym pivot", zh, en, "d-1"), evidence("composition", zh, en, score=score)]
    rows += [evidence("cooccurrence", zh, en, "d-1")] * n_units
    candidates = {zh: candidate(zh, signs=frozenset(signs)), en: candidate(en)}
    found = only(link(zh, en, *rows), candidates=candidates)
    assert (found.verified_by or {}).get("policy", "") == policy


@pytest.mark.parametrize(
    ("name", "short", "score", "policy"),
    [
        ("能源部", "DOE", 0.95, "two-glosses"),
        ("基类", "ABC", 0.95, ""),  # of 抽象基类
        ("默认值", "True", 0.5, ""),
        ("默认值", "Default", 1.0, "two-glosses"),
    ],
)
def test_two_glosses_need_a_name_as_long_as_its_acronym_and_no_words_against_it(
    name: str, short: str, score: float, policy: str
) -> None:
    left, right = ("zh-Hans", name), ("en", short)
    found = only(link(left, right, evidence("gloss", left, right, "d-1", "d-2", score=score)))
    assert (found.verified_by or {}).get("policy", "") == policy


@pytest.mark.parametrize(("alone", "policy"), [(0, ""), (1, "parts-and-units")])
def test_two_pieces_of_longer_names_are_not_verified(alone: int, policy: str) -> None:
    left, right, longer = ("zh-Hans", "发展量子"), ("en", "quantum development"), ("zh-Hans", "发展量子技术")
    inside = tuple(Occurrence("d-1", (Span(start, start + 4),)) for start in (0, 10, 20))
    outside = tuple(Occurrence("d-1", (Span(start, start + 4),)) for start in (40, 50))
    pieces = {form: replace(candidate(form), occurrences=inside + outside * alone) for form in (left, right)}
    whole = replace(candidate(longer), occurrences=tuple(Occurrence("d-1", (Span(at, at + 6),)) for at in (0, 10, 20)))
    found = only(rows_of(left, right, composition=1.0, cooccurrence=0.5), candidates={**pieces, longer: whole})
    assert (found.verified_by or {}).get("policy", "") == policy


def test_settled_links_must_hold_all_designations_together() -> None:
    settled = rows_of(PART_JA, PART_ZH, composition=1.0, cooccurrence=0.5)
    weak = rows_of(PART_ZH, PART_EN, composition=0.8)
    assert verdict_of(settled) == "parts-and-units"
    assert verdict_of(settled, weak) == ""
    assert verdict_of(settled, rows_of(PART_ZH, PART_EN, composition=1.0, cooccurrence=0.5)) == "parts-and-units"


def test_japanese_and_chinese_that_only_english_joins_are_not_verified() -> None:
    left, right = ("ja", "位相推定"), ("zh-Hans", "阶段估计")
    links = [rows_of(one, ("en", "phase estimation"), composition=1.0, cooccurrence=0.5) for one in (left, right)]
    assert verdict_of(links[0]) == "parts-and-units"
    assert verdict_of(*links) == ""
    assert only(*links).flags == ("nothing but phase estimation joins 位相推定 and 阶段估计",)


def test_a_verdict_states_its_precision_and_what_that_was_measured_on() -> None:
    found = only(rows_of(PART_JA, PART_ZH, composition=1.0, cooccurrence=0.5))
    assert found.verified_by is not None
    (policy,) = (one for one in POLICIES if one.name == found.verified_by["policy"])
    assert found.verified_by["precision"] == round(policy.precision, 4)
    assert found.verified_by["judged"] == policy.judged == sum(one.judged for one in policy.measured)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_each_policy_was_measured_in_its_version_and_is_precise_enough_to_verify(policy: Policy) -> None:
    assert policy.judged > 0
    assert all(0 <= one.right <= one.judged and one.on for one in policy.measured)
    assert policy.precision >= MIN_PRECISION


def test_a_policy_that_was_not_measured_in_its_version_verifies_nothing() -> None:
    newer = replace(POLICIES[0], version=POLICIES[0].version + 1)
    assert (newer.measured, newer.judged, newer.precision) == ((), 0, 0.0)


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
    assert judge(flagged, witnesses=Witnesses(said_by=said_by)) is not None
    flagged.flags.append("two names")
    assert judge(flagged, witnesses=Witnesses(said_by=said_by)) is None


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
