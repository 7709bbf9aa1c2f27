"""Which designations come together, and which stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termalign.glossary.cluster import Group, cluster
from termalign.model import Evidence, Form, Link
from termalign.model.terms import Place
from termalign.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

JA, ZH, ZH2, EN, ACRONYM = (
    ("ja", "量子技術拠点"),
    ("zh-Hans", "量子技术中心"),
    ("zh-Hans", "量子技术基地"),
    ("en", "Quantum Hub"),
    ("en", "QH"),
)


def link(left: Form, right: Form, score: float, *sources: str) -> Link:
    where = (Place(document="d-1", spans=(Span(0, 1),)),)
    evidence = tuple(
        Evidence(source=source, score=1.0, terms=(left, right), where=where) for source in sources or ("composition",)
    )
    return Link(terms=(left, right), score=score, evidence=evidence)


def never(_: Form, __: Form) -> bool:
    return False


def always(_: Form, __: Form) -> bool:
    return True


def forms(
    links: list[Link],
    *,
    abbreviations: list[tuple[Form, Form]] | None = None,
    translates: Callable[[Form, Form], bool] = never,
) -> list[set[Form]]:
    groups, _ = cluster(links, abbreviations=abbreviations or [], translates=translates)
    return [group.forms for group in groups]


def test_three_languages_come_together_over_one() -> None:
    assert forms([link(JA, ZH, 0.9), link(JA, EN, 0.8)]) == [{JA, ZH, EN}]


def test_weak_links_are_not_followed() -> None:
    assert forms([link(JA, ZH, 0.5)]) == []


def test_a_second_name_of_a_language_needs_more_than_a_weaker_link() -> None:
    groups, refused = cluster([link(JA, ZH, 0.95), link(JA, ZH2, 0.8)], abbreviations=[], translates=always)
    assert [group.forms for group in groups] == [{JA, ZH}]
    assert refused == {ZH2: "a better counterpart was found"}


def test_two_equally_good_wordings_are_both_kept() -> None:
    assert forms([link(JA, ZH, 0.95), link(JA, ZH2, 0.95)], translates=always) == [{JA, ZH, ZH2}]


def test_two_equally_good_candidates_that_are_no_wordings_are_refused() -> None:
    groups, refused = cluster([link(JA, ZH, 0.95), link(JA, ZH2, 0.95)], abbreviations=[], translates=never)
    assert [group.forms for group in groups] == [{JA, ZH}]
    assert refused[ZH2] == "two equal candidates"


def test_an_author_may_use_two_names_for_one_thing() -> None:
    found = forms([link(ZH, ACRONYM, 0.9, "gloss"), link(ZH2, ACRONYM, 0.9, "gloss")])
    assert found == [{ZH, ZH2, ACRONYM}]


def test_a_full_name_joins_its_acronym() -> None:
    found = forms([link(ZH, ACRONYM, 0.9, "gloss")], abbreviations=[(EN, ACRONYM)])
    assert found == [{ZH, ACRONYM, EN}]


def test_one_full_name_of_two_acronyms_does_not_join_their_concepts() -> None:
    other = ("en", "QHA")
    links = [
        link(ZH, ACRONYM, 0.95, "gloss"),
        link(ZH2, other, 0.95, "gloss"),
        link(ZH, EN, 0.9),
        link(ZH2, EN, 0.9),
    ]
    groups, _ = cluster(links, abbreviations=[(EN, ACRONYM), (EN, other)], translates=never)
    assert sorted(map(sorted, (group.forms for group in groups))) == sorted(
        [sorted({ZH, ACRONYM, EN}), sorted({ZH2, other, EN})]
    )
    assert all(group.flags for group in groups)


def test_a_body_known_by_its_acronym_is_no_common_noun() -> None:
    body, noun = ("zh-Hans", "量子产业联盟"), ("en", "quantum industry alliances")
    groups, refused = cluster(
        [link(body, ("en", "QuIC"), 0.95, "gloss"), link(body, noun, 0.9)], abbreviations=[], translates=never
    )
    assert [group.forms for group in groups] == [{body, ("en", "QuIC")}]
    assert refused[noun] == "a name is no common noun"


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_equal_links_does_not_matter(order: int) -> None:
    links = [link(JA, ZH, 0.9), link(JA, EN, 0.9), link(ZH, EN, 0.9)][::order]
    assert forms(links) == [{JA, ZH, EN}]


def test_a_group_knows_its_languages() -> None:
    group = Group(forms={JA, ZH, ("zh-Hant", "量子技術中心")})
    assert group.of("zh-Hans") == [ZH, ("zh-Hant", "量子技術中心")]
