"""Glosses on which the word of an author is not to be taken, and which name is preferred."""

from __future__ import annotations

import pytest

from termalign.glossary.cluster import Group, cluster
from termalign.glossary.doubts import PART, UNLIKE, doubtful_glosses
from termalign.glossary.preference import by_preference
from termalign.glossary.witnesses import Witnesses
from termalign.model import Candidate, Evidence, Folded, Form, Link, Occurrence, Place, Span, TermStatus

QUTAC: Form = ("en", "QUTAC")


def zh(text: str) -> Form:
    return "zh-Hans", text


def link(left: Form, right: Form, *, score: float = 0.9, **scores: float) -> Link:
    where = (Place(document="d-1", spans=(Span(0, 1),)),)
    rows = tuple(
        Evidence(source=name.replace("_", " "), score=one, terms=(left, right), where=where)
        for name, one in scores.items()
    )
    return Link(terms=(left, right), score=score, evidence=rows)


def glossed(*names: str, by: Form = QUTAC) -> list[Link]:
    return [link(zh(name), by, gloss=1.0) for name in names]


@pytest.mark.parametrize(
    ("names", "doubtful"),
    [
        (["量子技术与应用联盟"], {}),
        (["量子技术与应用联盟", "联盟"], {"联盟": PART}),
        (["欧洲量子产业联盟", "量子产业联盟"], {}),  # more than half: the name without its country
        (["量子战略产业革命联盟", "量子革命战略产业联盟"], {}),  # two wordings
        (["总务省", "内务和通讯部"], {}),  # one of them translated from English
        (["较大峰值", "元组析构", "时出错"], dict.fromkeys(["较大峰值", "元组析构", "时出错"], UNLIKE)),
    ],
)
def test_a_piece_of_the_name_and_a_bracket_behind_anything_gloss_nothing(
    names: list[str], doubtful: dict[str, str]
) -> None:
    found = doubtful_glosses(glossed(*names))
    assert {terms[0][1]: reason for terms, reason in found.items()} == doubtful


def test_a_bracket_behind_very_many_names_glosses_none() -> None:
    names = [f"量子联盟{chr(0x4E00 + number)}" for number in range(51)]
    assert set(doubtful_glosses(glossed(*names)).values()) == {UNLIKE}
    assert doubtful_glosses(glossed(*names[:50])) == {}


def test_what_is_glossed_badly_is_left_alone_with_the_reason() -> None:
    groups, refused = cluster(glossed("量子技术与应用联盟", "联盟"), abbreviations=[], translates=lambda *_: False)
    assert [group.forms for group in groups] == [{zh("量子技术与应用联盟"), QUTAC}]
    assert refused == {zh("联盟"): PART}


def candidate(form: Form, *documents: str, signs: frozenset[str] = frozenset()) -> Candidate:
    places = tuple(Occurrence(name, (Span(number, number + 1),)) for number, name in enumerate(documents))
    return Candidate(language=form[0], text=form[1], folded=Folded(form[1]), occurrences=places, score=1.0, signs=signs)


OWN, BACK, JA, MIC = zh("总务省"), zh("内务和通讯部"), ("ja", "総務省"), ("en", "MIC")


def ministry() -> Group:
    links = [link(JA, OWN, han=1.0), link(JA, MIC, gloss=1.0), link(OWN, MIC, gloss=1.0), link(BACK, MIC, gloss=1.0)]
    return Group(forms={JA, OWN, BACK, MIC}, links=links)


@pytest.mark.parametrize(
    ("own", "back", "status"),
    [
        (["d-1"], ["d-2", "d-3", "d-3"], TermStatus.ADMITTED),  # never preferred, however often it was met
        (["d-1", "d-3"], ["d-2", "d-2", "d-2"], TermStatus.DEPRECATED),
    ],
)
def test_a_back_translation_is_never_preferred(own: list[str], back: list[str], status: TermStatus) -> None:
    candidates = {OWN: candidate(OWN, *own), BACK: candidate(BACK, *back, signs=frozenset({"quoted"}))}
    first, second = by_preference("zh-Hans", ministry(), candidates=candidates, witnesses=Witnesses())
    assert (first.form, first.status) == (OWN, TermStatus.PREFERRED)
    assert (second.form, second.status) == (BACK, status)
    assert dict(first.extra)["reason"] == "ahead of 内务和通讯部: no back-translation"
    assert dict(second.extra)["authority"] == "backTranslation"
    assert OWN[1] in dict(second.extra)["reason"]


A, B = ("en", "innovation hub"), ("en", "innovation base")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (candidate(A, "d-1", "d-2"), candidate(B, "d-1", "d-1", "d-1"), "in more independent documents"),
        (candidate(A, "d-1", "d-1"), candidate(B, "d-1", "d-3"), "in the order of their texts"),
        (candidate(A, "d-1", signs=frozenset({"title"})), candidate(B, "d-1", "d-1"), "marked as a name"),
        (candidate(A, "d-1", "d-1"), candidate(B, "d-1"), "met more often"),
    ],
)
def test_the_reason_names_what_decides(one: Candidate, other: Candidate, reason: str) -> None:
    group = Group(forms={A, B}, links=[link(zh("创新中心"), form, composition=1.0) for form in (A, B)])
    witnesses = Witnesses(said_by=lambda place: {"d-3": "d-1"}.get(place.document, place.document))
    first, second = by_preference("en", group, candidates={A: one, B: other}, witnesses=witnesses)
    assert [first.status, second.status] == [TermStatus.PREFERRED, TermStatus.ADMITTED]
    assert reason in dict(first.extra)["reason"]
    assert second.form[1] in dict(first.extra)["reason"]
    assert second.extra == ()


def test_where_there_is_no_choice_there_is_no_reason() -> None:
    (only,) = by_preference("ja", ministry(), candidates={}, witnesses=Witnesses())
    assert only.extra == ()
