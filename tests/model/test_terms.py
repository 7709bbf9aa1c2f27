from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.model import (
    Abstained,
    Answer,
    Bead,
    Candidate,
    Concept,
    ConceptStatus,
    Designation,
    Evidence,
    Folded,
    Hit,
    Link,
    Match,
    Occurrence,
    Place,
    Span,
    TermStatus,
    short_hash,
)

JA, EN = ("ja", "量子"), ("en", "quantum")


def evidence(**more: Any) -> Evidence:
    return Evidence(source="gloss", score=0.5, terms=(JA, EN), **more)


# ---- ids


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # printf 'ja\x1f量子' | sha256sum | xxd -r -p | base32 | head -c12   (GNU coreutils 9.1)
        (("ja", "量子"), "mfx3igcjb7xp"),
        (("",), "4oymiquy7qob"),
    ],
)
def test_hashes_never_change(fields: tuple[str, ...], expected: str) -> None:
    assert short_hash(*fields) == expected


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_hash_is_twelve_characters_that_are_safe_in_any_format(fields: list[str]) -> None:
    assert set(short_hash(*fields)) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert len(short_hash(*fields)) == 12
    assert short_hash(*fields) == short_hash(*fields)


def test_fields_do_not_run_together() -> None:
    assert short_hash("ab", "c") != short_hash("a", "bc")
    assert short_hash("\ud800") != short_hash("\ud801")


def test_the_id_of_evidence_is_of_source_and_terms_alone() -> None:
    one = evidence()
    assert one.id == "e-" + short_hash("gloss", "ja", "量子", "en", "quantum")
    assert replace(one, score=0.1, n=9, detail="x", where=(Place(document="d", spans=()),)).id == one.id
    assert replace(one, source="han").id != one.id
    assert replace(one, terms=(EN, JA)).id != one.id
    assert replace(one, given_id="e-1").id == "e-1"


# ---- values


def test_values_are_frozen() -> None:
    one = Designation(text="量子")
    with pytest.raises(FrozenInstanceError):
        one.text = "x"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        one.other = 1  # type: ignore[attr-defined]


def test_a_candidate_counts_its_occurrences() -> None:
    places = tuple(Occurrence(document, (Span(n, n + 2),)) for n, document in enumerate(["d-b", "d-a", "d-b"]))
    one = Candidate(language="ja", text="量子", folded=Folded("量子"), occurrences=places, score=1.0)
    assert (one.form, one.count, one.documents) == (JA, 3, ("d-a", "d-b"))


def test_a_link_knows_its_sources() -> None:
    link = Link(terms=(JA, EN), score=0.9, evidence=(evidence(), replace(evidence(), source="han", score=0.0)))
    assert link.has("gloss")
    assert link.has("acronym pivot", "han")
    assert not link.has("reading")
    assert link.strength("gloss") == 0.5
    assert link.strength("han") == link.strength("reading") == 0.0


def test_the_preferred_designation_of_a_language() -> None:
    first, second = Designation(text="量子"), Designation(text="量子力学", status=TermStatus.PREFERRED)
    concept = Concept(id="c", terms=(("ja", (first, second)), ("en", (Designation(text="quantum"),))))
    assert concept.designations("ja") == (first, second)
    assert concept.designations("zh-Hans") == ()
    assert concept.preferred("ja") == second
    assert concept.preferred("en") == Designation(text="quantum")
    assert concept.preferred("zh-Hans") is None


# ---- shapes


def test_a_concept_entry_in_the_order_of_its_keys() -> None:
    concept = Concept(
        id="c-1",
        terms=(("en", (Designation(text="quantum"),)), ("ja", (Designation(text="量子", extra=(("pos", "n"),)),))),
        score=0.123456,
        extra=(("notes", "x"), ("terms", {"ko": ["양자"]})),
    )
    row = concept.as_json()
    assert list(row) == ["id", "kind", "subject", "status", "score", "closure", "terms", "evidence", "notes"]
    assert list(row["terms"]) == ["ja", "en", "ko"]
    assert row["score"] == 0.1235
    assert row["terms"]["ja"] == [
        {"text": "量子", "type": "fullForm", "status": "admitted", "verified": False, "count": 0, "pos": "n"}
    ]
    assert "verified_by" not in row
    verified = replace(concept, status=ConceptStatus.VERIFIED, verified_by={"by": "Mori"}, flags=("doubt",))
    row = verified.as_json()
    assert (row["verified_by"], row["flags"], row["status"]) == ({"by": "Mori"}, ["doubt"], "verified")
    assert list(row).index("verified_by") < list(row).index("score")


def test_an_entry_keeps_few_places_and_short_quotes() -> None:
    places = tuple(Place(document=f"d-{n}", spans=(Span(n, n + 1),), quote="量子" * 10) for n in range(5))
    concept = Concept(id="c", terms=(), evidence=(evidence(where=places, n=5),))
    [row] = concept.as_json(n_places=3, n_quote=6)["evidence"]
    assert row["n"] == 5
    assert [place["document"] for place in row["where"]] == ["d-0", "d-1", "d-2"]
    assert row["where"][0] == {"document": "d-0", "spans": [[0, 1]], "quote": "量子量子量…"}
    assert "quote" not in concept.as_json(n_quote=0)["evidence"][0]["where"][0]
    assert len(concept.as_json()["evidence"][0]["where"]) == 5
    assert concept.as_json()["evidence"][0]["where"][4]["quote"] == "量子" * 10


def test_what_was_left_alone_has_its_reason() -> None:
    one = Abstained(term="量子", language="ja", count=1, reason="hapax")
    assert one.as_json() == {"term": "量子", "language": "ja", "count": 1, "reason": "hapax"}


def test_a_bead_flips() -> None:
    bead = Bead(src=(1,), tgt=(4, 5), score=0.5)
    assert bead.flipped() == Bead(src=(4, 5), tgt=(1,), score=0.5)
    assert bead.flipped().flipped() == bead


# ---- answers


def test_an_answer_has_the_outcome_of_its_best_hit_and_the_shape_of_the_contract() -> None:
    designation = Designation(text="量子", status=TermStatus.PREFERRED)
    concept = Concept(id="c-1", terms=(("ja", (designation,)),))
    hit = Hit(concept=concept, match=Match.NEAR, score=0.75, why=("1 letter",), language="ja", designation=designation)
    answer = Answer(query="量孑", hits=(hit,))
    assert answer.outcome is Match.NEAR
    assert Answer(query="量孑", hits=()).outcome is Match.NONE
    assert Answer(query="", hits=()).as_json() == {"query": "", "outcome": "none", "hits": []}
    assert answer.as_json() == {
        "query": "量孑",
        "outcome": "near",
        "hits": [
            {
                "concept": "c-1",
                "match": "near",
                "score": 0.75,
                "why": ["1 letter"],
                "language": "ja",
                "text": "量子",
                "status": "preferred",
                "terms": concept.as_json()["terms"],
            }
        ],
    }
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own bytes
