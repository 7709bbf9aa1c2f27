from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL, ConceptsJsonl
from termalign.model import (
    Closure,
    Concept,
    ConceptStatus,
    Designation,
    Evidence,
    Place,
    Span,
    TermStatus,
)

# The entry of DESIGN.md section 4 with every optional key, in the order in which it is written.
ENTRY: dict[str, Any] = {
    "id": "c-5jq2m7abcdef",
    "kind": "programme",
    "subject": "quantum policy",
    "status": "verified",
    "verified_by": {"policy": "two-glosses", "version": 1, "because": ["e-1"]},
    "score": 0.998,
    "closure": "full",
    "terms": {
        "ja": [
            {
                "text": "量子飛躍計画",
                "type": "fullForm",
                "status": "preferred",
                "verified": True,
                "count": 3,
                "reading": "りょうしひやくけいかく",
                "authority": "official",
                "valid": ["2018", None],
                "doNotTranslate": False,
            }
        ],
        "zh-Hans": [{"text": "量子跃迁计划", "type": "fullForm", "status": "preferred", "verified": True, "count": 6}],
        "zh-Hant": [
            {
                "text": "量子躍遷計畫",
                "type": "fullForm",
                "status": "admitted",
                "verified": False,
                "count": 0,
                "region": "TW",
            }
        ],
        "en": [{"text": "Q-LEAP", "type": "acronym", "status": "superseded", "verified": True, "count": 9}],
    },
    "evidence": [
        {
            "id": "e-1",
            "source": "gloss",
            "score": 1.0,
            "n": 1,
            "terms": [["zh-Hans", "量子跃迁计划"], ["en", "Q-LEAP"]],
            "where": [{"document": "d-1", "spans": [[3021, 3078]], "quote": "量子跃迁计划（Q-LEAP）", "page": 3}],
            "detail": "acronym Q-LEAP",
            "licence": "CC-BY-4.0",
        }
    ],
    "flags": ["two preferred names"],
    "definitions": {"ja": {"text": "計画", "source": "own"}},
    "relations": [{"type": "broader", "id": "c-2"}],
    "notes": ["a"],
    "replaces": ["c-3"],
}


def read(*rows: object, losses: Counter[str] | None = None) -> list[Concept]:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    return list(CONCEPTS_JSONL.read(io.BytesIO("\n".join(lines).encode()), name="g.jsonl", losses=losses))


def write(*concepts: Concept, form: ConceptsJsonl = CONCEPTS_JSONL) -> list[dict[str, Any]]:
    file = io.BytesIO()
    form.write(concepts, file)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]


def test_every_key_is_kept_in_its_order() -> None:
    (row,) = write(*read(ENTRY))
    assert json.dumps(row, ensure_ascii=False) == json.dumps(ENTRY, ensure_ascii=False)


def test_keys_become_values() -> None:
    (concept,) = read(ENTRY)
    assert (concept.status, concept.closure, concept.score) == (ConceptStatus.VERIFIED, Closure.FULL, 0.998)
    assert [tag for tag, _ in concept.terms] == ["ja", "zh-Hans", "zh-Hant", "en"]
    assert concept.designations("en")[0] == Designation(
        text="Q-LEAP", type="acronym", status=TermStatus.SUPERSEDED, verified=True, count=9
    )
    assert dict(concept.designations("ja")[0].extra)["reading"] == "りょうしひやくけいかく"
    assert concept.evidence[0].where[0].spans == (Span(3021, 3078),)
    assert concept.evidence[0].id == "e-1"
    assert concept.flags == ("two preferred names",)


def test_the_least_entry() -> None:
    (concept,) = read({"id": "own id", "terms": {"en": ["quantum", {"text": " q "}]}, "evidence": []})
    assert concept == Concept(id="own id", terms=(("en", (Designation(text="quantum"), Designation(text="q"))),))
    assert write(concept)[0] == {
        "id": "own id",
        "kind": "other",
        "subject": "",
        "status": "proposed",
        "score": None,
        "closure": "single",
        "terms": {
            "en": [
                {"text": text, "type": "fullForm", "status": "admitted", "verified": False, "count": 0}
                for text in ("quantum", "q")
            ]
        },
        "evidence": [],
    }


def test_tags_of_any_form_are_put_together() -> None:
    losses: Counter[str] = Counter()
    (concept,) = read(
        {"id": "c", "terms": {"EN_us": ["a"], "zh": ["軟體"], "zh-CN": ["软件"], "en": ["a", "b"]}}, losses=losses
    )
    assert [(tag, [one.text for one in found]) for tag, found in concept.terms] == [
        ("zh-Hans", ["软件"]),
        ("zh-Hant", ["軟體"]),
        ("en", ["a", "b"]),
    ]
    assert losses == {"designation that stands twice in en": 1}


def test_other_languages_are_kept_as_they_are() -> None:
    entry = {"id": "c", "terms": {"fr": [{"text": "quantique", "own": 1}], "en": ["quantum"]}}
    (concept,) = read(entry)
    assert [tag for tag, _ in concept.terms] == ["en"]
    (row,) = write(concept)
    assert list(row["terms"]) == ["en", "fr"]
    assert row["terms"]["fr"] == [{"text": "quantique", "own": 1}]


def test_places_and_quotes_are_bounded() -> None:
    places = tuple(Place(document=f"d-{n}", spans=(), quote="語" * length) for n, length in enumerate([120, 121, 5, 7]))
    evidence = Evidence(source="gloss", score=1, terms=(("ja", "a"), ("en", "b")), where=places, n=4)
    concept = Concept(id="c", terms=(("en", (Designation(text="a"),)),), evidence=(evidence,))
    where = write(concept)[0]["evidence"][0]["where"]
    assert [place["document"] for place in where] == ["d-0", "d-1", "d-2"]
    assert [place["quote"] for place in where] == ["語" * 120, "語" * 119 + "…", "語" * 5]
    report = CONCEPTS_JSONL.write([concept], io.BytesIO())
    assert report.losses == (("place of evidence beyond 3", 1), ("quote beyond 120 characters", 1))


def test_no_quotes_means_no_quotes() -> None:
    (row,) = write(*read(ENTRY), form=ConceptsJsonl(n_quote=0))
    assert "quote" not in row["evidence"][0]["where"][0]


def test_scores_have_four_decimals() -> None:
    concept = Concept(id="c", terms=(("en", (Designation(text="a"),)),), score=0.123456)
    assert write(concept)[0]["score"] == 0.1235


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{]", "g.jsonl:1: broken JSON: "),
        ({"terms": {"en": ["a"]}}, "g.jsonl:1 (id): missing"),
        ({"id": " ", "terms": {"en": ["a"]}}, "g.jsonl:1 (id): empty"),
        ({"id": 7, "terms": {"en": ["a"]}}, "g.jsonl:1 (id): a number instead of a string"),
        ({"id": "c"}, "g.jsonl:1 (terms): missing"),
        ({"id": "c", "terms": []}, "g.jsonl:1 (terms): a list instead of an object"),
        ({"id": "c", "terms": {"en": []}}, "g.jsonl:1 (terms): no designations; give at least one"),
        ({"id": "c", "terms": {"jp": ["a"]}}, "g.jsonl:1 (terms.jp): language tag 'jp'; write 'ja'"),
        ({"id": "c", "terms": {"en": [{"text": 1}]}}, "(terms.en[0].text): a number instead of a string"),
        ({"id": "c", "terms": {"en": [{"status": "preferred"}]}}, "(terms.en[0].text): missing"),
        ({"id": "c", "terms": {"en": [{"text": "a", "status": "good"}]}}, "(terms.en[0].status): status 'good'; write"),
        (
            {"id": "c", "terms": {"en": [{"text": "a", "count": -1}]}},
            "(terms.en[0].count): -1 instead of a whole number",
        ),
        (
            {"id": "c", "terms": {"en": [{"text": "a", "verified": "yes"}]}},
            "(terms.en[0].verified): a string instead of",
        ),
        (
            {"id": "c", "terms": {"en": [{"text": t, "status": "preferred"} for t in "ab"]}},
            "(terms.en): two preferred designations; prefer one and admit the others",
        ),
        (
            {"id": "c", "terms": {"en": ["a"]}, "status": "ok"},
            "(status): status 'ok'; write proposed, verified or rejected",
        ),
        ({"id": "c", "terms": {"en": ["a"]}, "closure": "x"}, "(closure): closure 'x'; write full, pivot or single"),
        ({"id": "c", "terms": {"en": ["a"]}, "score": "1"}, "(score): a string instead of a number"),
        ({"id": "c", "terms": {"en": ["a"]}, "verified_by": "me"}, "(verified_by): a string instead of an object"),
        ({"id": "c", "terms": {"en": ["a"]}, "flags": "x"}, "(flags): a string instead of a list"),
        ({"id": "c", "terms": {"en": ["a"]}, "evidence": [{}]}, "(evidence[0].score): missing"),
        (
            {"id": "c", "terms": {"en": ["a"]}, "evidence": [{"source": "x", "score": 1, "terms": [["ja", "a"]]}]},
            "(evidence[0].terms): 1 designations instead of two",
        ),
        (
            {"id": "c", "terms": {"en": ["a"]}, "evidence": [{"source": "x", "score": 1, "terms": [["jp", "a"], "b"]}]},
            "(evidence[0].terms[0]): language tag 'jp'; write 'ja'",
        ),
    ],
)
def test_faults_say_where(row: object, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(row)
    assert says in str(caught.value)


def test_an_id_that_stands_twice_is_named_with_both_lines() -> None:
    row = {"id": "c-1", "terms": {"en": ["a"]}}
    concepts: list[Concept] = []
    lines = "\n".join(json.dumps(one) for one in (row, {**row, "id": "c-2"}, row))
    with pytest.raises(DataError, match=r"g\.jsonl:3 \(id\): id 'c-1' stands in line 1 already; merge"):
        concepts.extend(CONCEPTS_JSONL.read(io.BytesIO(lines.encode()), name="g.jsonl"))
    assert [concept.id for concept in concepts] == ["c-1", "c-2"]


def test_faults_are_gathered() -> None:
    with pytest.raises(DataErrors) as caught:
        read("{", {"id": "c"}, {"id": "d", "terms": {"en": ["a"]}})
    assert str(caught.value).startswith("g.jsonl: 2 faults")
