from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from schemas import Schemas

from termalign.errors import DataError, DataErrors
from termalign.formats.base import WriteReport
from termalign.formats.tbx import TBX, TBX_DCT, TBX_LINGUIST, TBX_LINGUIST_DCT, TBX_V2, Tbx
from termalign.formats.validation import check_file
from termalign.model import (
    Closure,
    Concept,
    ConceptStatus,
    Designation,
    Evidence,
    Place,
    TermStatus,
)

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = "{urn:iso:std:iso:30042:ed-2}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AUTHOR = {"by": "Li Na", "at": "2026-11-20T10:00:00Z", "why": "the law", "ground": "source"}
FULL = Concept(
    id="c-1",
    kind="law",
    subject="quantum policy",
    status=ConceptStatus.VERIFIED,
    verified_by={"policy": "two-glosses", "version": 1, "because": ["e-1"]},
    score=0.998,
    closure=Closure.FULL,
    terms=(
        (
            "ja",
            (
                Designation(
                    text="量子法",
                    status=TermStatus.PREFERRED,
                    verified=True,
                    extra=(
                        ("pos", "noun"),
                        ("reading", "りょうしほう"),
                        ("caseSensitive", True),
                        ("valid", ["2018", None]),
                    ),
                ),
                Designation(text="旧量子法", status=TermStatus.SUPERSEDED, verified=True),
            ),
        ),
        (
            "zh-Hant",
            (Designation(text="量子法 <𠮷>", verified=True, extra=(("region", "TW"), ("pos", "measure word"))),),
        ),
        (
            "en",
            (
                Designation(text="QA", type="acronym", status=TermStatus.PREFERRED, verified=True),
                Designation(text="Quantum Act", type="longForm", verified=True, extra=(("forbidden", True),)),
            ),
        ),
    ),
    flags=("two names",),
    extra=(
        ("definitions", {"ja": {"text": "定義", "source": "own"}}),
        ("relations", [{"type": "broader", "id": "第二"}]),
        ("notes", ["x", "y"]),
        ("replaces", ["c-0"]),
    ),
)
SECOND = Concept(
    id="第二",
    status=ConceptStatus.VERIFIED,
    verified_by=AUTHOR,
    terms=(("en", (Designation(text="law", verified=True),)),),
)


def write(*concepts: Concept, form: Tbx = TBX) -> tuple[bytes, WriteReport]:
    file = io.BytesIO()
    report = form.write(concepts, file)
    return file.getvalue(), report


def read(raw: bytes, losses: Counter[str] | None = None) -> list[Concept]:
    return list(TBX.read(io.BytesIO(raw), name="g.tbx", losses=losses))


def v3(entry: str) -> bytes:
    return (
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>\n'
        f"{entry}\n</body></text></tbx>"
    ).encode()


def broken_rules(root: etree._Element) -> list[str]:
    """The assertions of TBX-Basic_DCA.sch (version 1.2.1) that a file of ours could break."""
    kinds = {
        "admin": {"customerSubset", "projectSubset", "source"},
        "descrip": {"subjectField", "context", "definition"},
        "ref": {"crossReference"},
        "termNote": {"administrativeStatus", "partOfSpeech", "geographicalUsage", "termType"},
        "transac": {"transactionType"},
        "transacNote": {"responsibility"},
    }
    levels = {"subjectField": {"conceptEntry"}, "context": {"termSec"}, "definition": {"conceptEntry", "langSec"}}
    values = {
        "administrativeStatus": {f"{status.value}Term-admn-sts" for status in TermStatus},
        "partOfSpeech": {"adjective", "noun", "other", "verb", "adverb"},
        "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
        "transactionType": {"origination", "modification"},
    }
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    broken = []
    for node in root.iter():
        name, kind = etree.QName(node).localname, node.get("type")
        parent = node.getparent()
        while parent is not None and etree.QName(parent).localname.endswith("Grp"):
            parent = parent.getparent()
        level = "" if parent is None else etree.QName(parent).localname
        if name in kinds and kind not in kinds[name]:
            broken.append(f"{name} type={kind}")
        if kind in levels and level not in levels[kind]:
            broken.append(f"{kind} in {level}")
        if kind in values and node.text not in values[kind]:
            broken.append(f"{kind} = {node.text}")
        if node.get("target") is not None and node.get("target") not in ids:
            broken.append(f"target {node.get('target')}")
        if name == "termNote" and level != "termSec":
            broken.append(f"termNote in {level}")
    return broken


@pytest.mark.parametrize("form", [TBX, Tbx(with_proposed=True), Tbx(with_quotes=True)])
def test_what_is_written_is_valid(form: Tbx, shared: Path) -> None:
    place = Place(document="d-1", spans=(), quote="量子法 & ]]>")
    evidence = Evidence(source="gloss", score=1, terms=(("ja", "量子法"), ("en", "QA")), where=(place,))
    odd = [replace(SECOND, id=one) for one in ("12", "a b", "<x>", "c-9")]
    raw, _ = write(
        replace(FULL, evidence=(evidence,)),
        SECOND,
        *odd,
        replace(SECOND, id="p", status=ConceptStatus.PROPOSED),
        form=form,
    )
    root = etree.fromstring(raw)
    schema = etree.RelaxNG(etree.parse(str(shared / "schemas" / "TBXcoreStructV03.rng")))
    assert schema.validate(root), schema.error_log
    assert broken_rules(root) == []
    assert root.get("type") == "TBX-Basic"


def test_the_rules_know_the_shared_samples(shared: Path) -> None:
    for name, broken in [("dca_ok", 0), ("dca_status_plain", 1), ("dca_def_in_term", 1)]:
        tree = etree.parse(str(shared / "interop" / "tbx" / f"{name}.xml"))
        found = [one for one in broken_rules(tree.getroot()) if not one.startswith("target http")]
        assert len(found) == broken


def test_everything_but_evidence_comes_back() -> None:
    first, second = read(write(FULL, SECOND)[0])
    relations = dict(first.extra)["relations"]
    assert relations[0]["type"] == "broader"
    assert {key: value for key, value in first.extra if key != "relations"} == {
        key: value for key, value in FULL.extra if key != "relations"
    }
    terms = {
        tag: [(one.text, one.status, one.type, one.verified, dict(one.extra)) for one in found]
        for tag, found in first.terms
    }
    assert terms == {
        tag: [(one.text, one.status, one.type, one.verified, dict(one.extra)) for one in found]
        for tag, found in FULL.terms
    }
    assert replace(first, extra=FULL.extra, terms=FULL.terms) == FULL
    assert second == SECOND


def test_statuses_are_those_of_the_standard() -> None:
    root = etree.fromstring(write(FULL)[0])
    found = {
        section.findtext(f"{NAMESPACE}term"): section.findtext(f"{NAMESPACE}termNote[@type='administrativeStatus']")
        for section in root.iter(f"{NAMESPACE}termSec")
    }
    assert found == {
        "量子法": "preferredTerm-admn-sts",
        "旧量子法": "supersededTerm-admn-sts",
        "量子法 <𠮷>": "admittedTerm-admn-sts",
        "QA": "preferredTerm-admn-sts",
        "Quantum Act": "deprecatedTerm-admn-sts",  # forbidden
    }


def test_only_what_is_verified_is_written() -> None:
    proposed = replace(FULL, id="c-2", status=ConceptStatus.PROPOSED)
    rejected = replace(FULL, id="c-3", status=ConceptStatus.REJECTED)
    bare = replace(SECOND, id="c-4", terms=(("en", (Designation(text="a"),)),))
    half = replace(SECOND, id="c-5", terms=(("en", (Designation(text="a"), Designation(text="b", verified=True))),))
    raw, report = write(proposed, rejected, bare, half)
    assert [concept.id for concept in read(raw)] == ["c-5"]
    assert [one.text for one in read(raw)[0].designations("en")] == ["b"]
    assert report == WriteReport(
        n_written=1,
        losses=(
            ("designation that is not verified", 2),
            ("entry without verified designations", 1),
            ("proposed entry", 1),
            ("rejected entry", 1),
        ),
    )


def test_proposed_entries_are_marked_where_they_are_asked_for() -> None:
    concept = replace(FULL, status=ConceptStatus.PROPOSED, verified_by=None, terms=(("en", (Designation(text="a"),)),))
    raw, _ = write(concept, form=Tbx(with_proposed=True))
    assert b"administrativeStatus" not in raw
    (back,) = read(raw)
    assert (back.status, back.verified_by, back.designations("en")[0].verified) == (ConceptStatus.PROPOSED, None, False)


def test_a_file_without_entries_has_no_body(shared: Path) -> None:
    raw, report = write()
    assert report.n_written == 0
    assert b"<body>" not in raw
    schema = etree.RelaxNG(etree.parse(str(shared / "schemas" / "TBXcoreStructV03.rng")))
    assert schema.validate(etree.fromstring(raw))
    assert read(raw) == []


def test_quotes_only_where_they_are_asked_for() -> None:
    places = (Place(document="d-1", spans=()), Place(document="d-2", spans=(), quote="言葉の前後"))
    evidence = Evidence(source="gloss", score=1, terms=(("ja", "量子法"), ("en", "QA")), where=places)
    concept = replace(FULL, evidence=(evidence,))
    assert "言葉の前後" not in write(concept)[0].decode()
    text = write(concept, form=Tbx(with_quotes=True))[0].decode()
    context = '<descripGrp><descrip type="context">言葉の前後</descrip><admin type="source">d-2</admin></descripGrp>'
    assert text.count(context) == 2  # at 量子法 and at QA


def test_what_has_no_data_category_is_kept_in_notes() -> None:
    evidence = Evidence(source="gloss", score=1, terms=(("ja", "量子法"), ("en", "QA")), n=2)
    terms = (("en", (Designation(text="a", verified=True, count=3),)),)
    extra: tuple[tuple[str, Any], ...] = (
        ("relations", [{"type": "broader", "id": "gone"}]),
        ("definitions", {"ja": {"text": "x"}}),
        ("terms", {"fr": ["loi"]}),
    )
    concept = replace(SECOND, terms=terms, evidence=(evidence,), extra=extra)
    raw, report = write(concept)
    assert dict(report.losses) == {"relation to an entry that is not in the file, kept in a note": 1}
    (back,) = read(raw)
    assert dict(back.extra) == dict(extra)
    assert replace(back, extra=extra) == concept


def test_what_cannot_be_written_is_counted() -> None:
    place = Place(document="d-1", spans=(), quote="secret")
    evidence = Evidence(source="gloss", score=1, terms=(("ja", "量子法"), ("en", "QA")), where=(place, place))
    terms = (("en", (Designation(text="a\x01", verified=True, extra=(("contexts", [{"text": "secret"}]),)),)),)
    raw, report = write(replace(SECOND, terms=terms, evidence=(evidence,)))
    assert b"secret" not in raw
    assert dict(report.losses) == {
        "character that XML forbids": 1,
        "context, left out without --quotes": 1,
        "quote of evidence": 2,
    }


@pytest.mark.parametrize("form", [TBX_LINGUIST, TBX_LINGUIST_DCT])
def test_readings_have_a_category_in_linguist(form: Tbx) -> None:
    raw, _ = write(FULL, form=form)
    reading = {"dca": b'<adminGrp><admin type="reading">\xe3\x82\x8a', "dct": b"<adminGrp><ling:reading>\xe3\x82\x8a"}
    assert reading[form.dialect.style] in raw
    assert b'type="TBX-Linguist"' in raw
    assert dict(read(raw)[0].designations("ja")[0].extra)["reading"] == "りょうしほう"


@pytest.mark.parametrize("form", [TBX, TBX_DCT, TBX_LINGUIST, TBX_LINGUIST_DCT])
@pytest.mark.parametrize("with_proposed", [False, True])
def test_our_own_rules_find_nothing(form: Tbx, *, with_proposed: bool) -> None:
    raw, _ = write(FULL, replace(SECOND, id="p"), SECOND, form=replace(form, with_proposed=with_proposed))
    assert check_file(io.BytesIO(raw), name="a.tbx") == ()


@pytest.mark.parametrize("form", [TBX, TBX_DCT])
def test_the_schemas_find_nothing(form: Tbx, shared: Path) -> None:
    raw, _ = write(FULL, SECOND, form=replace(form, with_quotes=True))
    assert Schemas(shared / "schemas").tbx(etree.fromstring(raw)) == {"rng": True, "sch": True}


def test_version_2_is_a_martif_of_tigs() -> None:
    raw, _ = write(FULL, form=TBX_V2)
    root = etree.fromstring(raw)
    assert (root.tag, root.get("type")) == ("martif", "TBX")
    assert [one.tag for one in root.iter("termEntry", "langSet", "tig", "ntig", "conceptEntry", "langSec")][:3] == [
        "termEntry",
        "langSet",
        "tig",
    ]
    found = root.findall(".//langSet[@{http://www.w3.org/XML/1998/namespace}lang='ja']/tig/term")
    assert [one.text for one in found] == ["量子法", "旧量子法"]


def test_dialects_in_the_wild_are_read_and_every_repair_is_listed() -> None:
    raw = """<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="eid-1">
    <descrip type="definition">a span</descrip>
    <langSet xml:lang="zh-cn"><ntig><termGrp><term>桥</term>
      <termNote type="administrativeStatus">forbidden</termNote></termGrp></ntig></langSet>
    <langSet xml:lang="en_US"><tig><term>bridge</term><descrip type="Translation needed">No</descrip>
      <descrip type="Usage note">not the game</descrip><descrip type="definition">a way over</descrip></tig></langSet>
    </termEntry></body></text></martif>""".encode()
    losses: Counter[str] = Counter()
    (concept,) = read(raw, losses)
    assert losses == {
        "repaired: definition of a term, given to its language": 1,
        "repaired: definition of an entry, kept as a note": 1,
        "repaired: language code 'en_US', read as en": 1,
        "repaired: language code 'zh-cn', read as zh-Hans": 1,
        "repaired: martif, TBX version 2": 1,
        "repaired: ntig, read as tig": 1,
        "repaired: status 'forbidden', read as deprecated": 1,
    }
    assert dict(concept.extra) == {"definitions": {"en": {"text": "a way over"}}, "notes": ["a span"]}
    (bridge,) = concept.designations("en")
    assert dict(bridge.extra) == {"doNotTranslate": True, "notes": ["not the game"], "region": "US"}
    assert concept.designations("zh-Hans")[0].status is TermStatus.DEPRECATED


@pytest.mark.parametrize(("code", "tag"), [("xml:lang='ja'", "ja"), ("", "en")])
def test_a_definition_of_an_entry_is_given_to_a_language(code: str, tag: str) -> None:
    entry = (
        f'<conceptEntry id="c"><descripGrp><descrip type="definition" {code}>x</descrip><admin type="source">s</admin></descripGrp>'
        '<langSec xml:lang="en"><termSec><term>a</term></termSec></langSec></conceptEntry>'
    )
    losses: Counter[str] = Counter()
    (concept,) = read(v3(entry), losses)
    assert dict(concept.extra) == {"definitions": {tag: {"text": "x", "source": "s"}}}
    assert losses == {f"repaired: definition of an entry, given to {tag}": 1}


def test_reads_the_shared_samples(shared: Path) -> None:
    folder = shared / "interop" / "tbx"
    for name in ("dca_ok.xml", "dct_ok.xml"):
        with (folder / name).open("rb") as file:
            (concept,) = TBX.read(file, name=name)
        (ja,) = concept.designations("ja")
        context = {"text": "半導体の製造", "source": "doc1#s12"}
        assert (ja.text, ja.status, dict(ja.extra)) == (
            "半導体",
            TermStatus.PREFERRED,
            {"pos": "noun", "contexts": [context]},
        )
        assert concept.subject == "energy"
        assert dict(concept.extra)["definitions"] == {"ja": {"text": "定義", "source": "doc1"}}
        assert dict(concept.extra)["externalCrossReference"] == "https://example.org/c1"
        assert [found[0].text for tag, found in concept.terms if tag in {"zh-Hans", "en"}] == [
            "半导体",
            "semiconductor",
        ]


def test_reads_version_2() -> None:
    raw = b"""<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
    <martif type="TBX" xml:lang="en"><text><body>
    <termEntry id="t7"><descrip type="subjectField">law</descrip><note>see also</note>
      <langSet xml:lang="en-US"><tig><term>act</term><termNote type="administrativeStatus">preferred</termNote></tig>
        <ntig><termGrp><term>law</term><termNote type="termType">variant</termNote></termGrp></ntig></langSet>
      <langSet xml:lang="ja"><tig><term>\xe6\xb3\x95</term>
        <termNote type="administrativeStatus">obsolete</termNote></tig></langSet>
      <langSet xml:lang="de"><tig><term>Gesetz</term></tig></langSet>
    </termEntry>
    <termEntry id="t8"><langSet xml:lang="de"><tig><term>Recht</term></tig></langSet></termEntry>
    </body></text></martif>"""
    losses: Counter[str] = Counter()
    (concept,) = read(raw, losses)
    assert (concept.id, concept.subject, dict(concept.extra)["notes"]) == ("t7", "law", ["see also"])
    assert [(one.text, one.status.value, one.type) for one in concept.designations("en")] == [
        ("act", "preferred", "fullForm"),
        ("law", "admitted", "variant"),
    ]
    assert concept.designations("ja")[0].status is TermStatus.DEPRECATED
    assert concept.verified_by == {"policy": "given", "version": 1, "because": []}
    assert losses == {
        "designation in de": 2,
        "entry in other languages": 1,
        "repaired: martif, TBX version 2": 1,
        "repaired: ntig, read as tig": 1,
        "repaired: status 'obsolete', read as deprecated": 1,
        "repaired: status 'preferred', read as preferred": 1,
    }


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("preferredTerm-admn-sts", "preferred"),
        ("preferredTermAdmnSts", "preferred"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("deprecatedTermAdmnSts", "deprecated"),
        ("deprecated", "deprecated"),
        ("forbidden", "deprecated"),
        ("obsolete", "deprecated"),
        ("notRecommended", "deprecated"),
        ("supersededTerm-admn-sts", "superseded"),
        ("admittedTerm-admn-sts", "admitted"),
        ("standardizedTerm-admn-sts", "admitted"),
        ("", "admitted"),
    ],
)
def test_statuses_are_understood_in_all_spellings(word: str, status: str) -> None:
    note = f'<termNote type="administrativeStatus">{word}</termNote>'
    entry = (
        f'<conceptEntry id="c"><langSec xml:lang="en"><termSec><term>a</term>{note}</termSec></langSec></conceptEntry>'
    )
    assert read(v3(entry))[0].designations("en")[0].status.value == status


def test_two_sections_of_a_language_are_put_together() -> None:
    preferred = '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
    sections = "".join(
        f'<langSec xml:lang="{code}"><termSec><term>{text}</term>{preferred}</termSec></langSec>'
        for code, text in [("ja", "一"), ("ja-JP", "二"), ("ja", "一")]
    )
    losses: Counter[str] = Counter()
    (concept,) = read(v3(f'<conceptEntry id="c">{sections}</conceptEntry>'), losses)
    assert [(one.text, one.status.value) for one in concept.designations("ja")] == [
        ("一", "preferred"),
        ("二", "admitted"),
    ]
    assert losses == {
        "designation that stands twice in ja": 1,
        "repaired: second section for ja, put together": 2,
        "second preferred designation in ja, admitted": 1,
    }


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"<tmx/>", "g.tbx:1: root element <tmx> instead of <tbx> or <martif>"),
        (
            v3(
                '<conceptEntry id="c"><langSec xml:lang="jp"><termSec><term>a</term></termSec></langSec></conceptEntry>'
            ),
            "g.tbx:2 (langSec): language tag 'jp'; write 'ja'",
        ),
        (
            v3('<conceptEntry id="c">\n<langSec><termSec><term>a</term></termSec></langSec></conceptEntry>'),
            "g.tbx:3 (langSec): a langSec without xml:lang",
        ),
        (
            v3('<conceptEntry id="c"><langSec xml:lang="ja">\n\n<termSec/></langSec></conceptEntry>'),
            "g.tbx:4 (termSec): a termSec without term",
        ),
        (
            v3(
                '<conceptEntry id="c"><langSec xml:lang="ja"><termSec><term>a</term></termSec></langSec></conceptEntry>\n'
                * 2
            ),
            "g.tbx:3 (conceptEntry): id 'c' stands in line 2 already",
        ),
    ],
)
def test_faults_say_where(raw: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw)
    assert says in str(caught.value)


def test_faults_are_gathered() -> None:
    entry = '<conceptEntry id="c{}"><langSec xml:lang="jp"><termSec><term>a</term></termSec></langSec></conceptEntry>\n'
    with pytest.raises(DataErrors, match="2 faults"):
        read(v3(entry.format(1) + entry.format(2)))


def test_our_notes_give_back_the_values_they_were_made_of() -> None:
    values: list[object] = ["はんどうたい", "5", 5, "true", True, {"a": [1]}, ["x"], "NaN", 0.5]
    found = tuple(
        Designation(text=f"term {number}", verified=True, extra=(("v", value),)) for number, value in enumerate(values)
    )
    (back,) = read(write(replace(SECOND, terms=(("en", found),)))[0])
    assert [(dict(one.extra)["v"], type(dict(one.extra)["v"])) for one in back.designations("en")] == [
        (value, type(value)) for value in values
    ]


def test_unknown_categories_are_kept_all_of_them() -> None:
    admin = "".join(f'<admin type="customerSubset">{name}</admin>' for name in "abc")
    entry = (
        f'<conceptEntry id="c">{admin}<langSec xml:lang="en"><termSec><term>a</term></termSec></langSec></conceptEntry>'
    )
    (concept,) = read(v3(entry))
    assert concept.extra == (("customerSubset", ["a", "b", "c"]),)
    assert read(write(concept)[0]) == [concept]


def test_a_verdict_that_a_transaction_cannot_hold_comes_back_all_the_same() -> None:
    nobody = replace(SECOND, verified_by={"why": "x"})
    vague = replace(SECOND, id="c-9", verified_by=AUTHOR | {"at": "2026-13-01"})
    first, second = read(write(nobody, vague)[0])
    assert first.verified_by == {"why": "x"}
    assert second.verified_by == AUTHOR | {"at": "2026-13-01"}
