"""The page for people: structure, escaping, determinism, the promise about quotes, and what keeps script out."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from termalign.formats.report import ReportData, write_report
from termalign.formats.report.data import MAX_ABSTAINED, MAX_PLACES, MAX_UNITS
from termalign.model import (
    Abstained,
    Closure,
    Concept,
    ConceptStatus,
    Designation,
    Document,
    DocumentId,
    Evidence,
    Method,
    Passage,
    Place,
    Segment,
    Span,
    TermStatus,
    TranslationUnit,
)

JA = "はじめに\r\n政府は光量子灯台事業（Photon Lighthouse Programme）を始めた。\n"
ZH = "“光量子灯塔计划”（Photon Lighthouse Programme，PLP）已启动。"
DOCUMENTS = (
    Document(
        id=DocumentId("d-aaaaaaaaaaaa"),
        path="b/戦略.ja.txt",
        sha256="a" * 64,
        encoding="utf-8",
        reader="text/1",
        text=JA,
    ),
    Document(
        id=DocumentId("d-bbbbbbbbbbbb"),
        path="a/分析.zh.txt",
        sha256="b" * 64,
        encoding="gb18030",
        reader="text/1",
        text=ZH,
        copies=("a/copy.txt",),
    ),
)
PREFERRED = TermStatus.PREFERRED
PLACES = (
    Place(document="d-bbbbbbbbbbbb", spans=(Span(1, 20),), quote=ZH),
    Place(
        document="d-aaaaaaaaaaaa",
        spans=(Span(9, 30),),
        quote="政府は光量子灯台事業（Photon Lighthouse Programme）を始めた。",
    ),
)
GLOSS = Evidence(
    source="gloss",
    score=0.98765,
    terms=(("zh-Hans", "光量子灯塔计划"), ("en", "Photon Lighthouse Programme")),
    where=PLACES,
    n=7,
    detail="acronym PLP",
)
LIGHTHOUSE = Concept(
    id="c-lighthouse22",
    terms=(
        ("ja", (Designation(text="光量子灯台事業", status=PREFERRED, verified=True, count=3),)),
        (
            "zh-Hans",
            (
                Designation(text="光量子灯塔项目", count=1),
                Designation(text="光量子灯塔计划", status=PREFERRED, count=2),
                Designation(text="光子灯塔", status=TermStatus.DEPRECATED),
            ),
        ),
        ("zh-Hant", (Designation(text="光量子燈塔計畫", extra=(("region", "TW"),)),)),
        ("en", (Designation(text="Photon Lighthouse Programme", status=PREFERRED, verified=True),)),
    ),
    status=ConceptStatus.VERIFIED,
    score=0.97,
    closure=Closure.PIVOT,
    evidence=(
        GLOSS,
        Evidence(source="han", score=0.5, terms=(("ja", "光量子灯台事業"), ("zh-Hans", "光量子灯塔计划"))),
    ),
    kind="programme",
    verified_by={"policy": "two-glosses", "version": 1, "because": [GLOSS.id]},
)
BY_PERSON = Concept(
    id="any text: 1",
    terms=(
        ("ja", (Designation(text="𠮷野家", status=PREFERRED),)),
        ("en", (Designation(text="Yoshinoya", status=PREFERRED),)),
    ),
    status=ConceptStatus.REJECTED,
    verified_by={"by": "A. Terminologist", "at": "2026-01-31T10:00:00Z", "why": "two shops", "ground": "source"},
    extra=(("relations", [{"type": "partOf", "id": "c-lighthouse22"}]), ("notes", ["see the register"])),
)
FLAGGED = Concept(
    id="c-flagged222222",
    terms=(
        ("zh-Hans", (Designation(text="量子钟", status=PREFERRED),)),
        ("en", (Designation(text="quantum clock", status=PREFERRED),)),
    ),
    score=0.7,
    kind="technology",
    flags=("two names in zh-Hans: 量子钟 (d-bbbbbbbbbbbb) and 量子表 (d-xxxxxxxxxxxx)",),
)
UNIT = TranslationUnit(
    segments=(
        Segment(language="ja", text="この文は日本語である。", document="d-aaaaaaaaaaaa", spans=(Span(6, 10),)),
        Segment(language="zh-Hant", text="這句話是中文。", document="d-bbbbbbbbbbbb", spans=(Span(0, 4),)),
    ),
    score=0.87654,
    method=Method.MINE,
)
DATA = ReportData(
    documents=DOCUMENTS,
    passages={
        "d-aaaaaaaaaaaa": (Passage(language="ja", span=Span(0, len(JA))),),
        "d-bbbbbbbbbbbb": (Passage(language="zh-Hans", span=Span(0, len(ZH))),),
    },
    concepts=(FLAGGED, BY_PERSON, LIGHTHOUSE),
    units=(UNIT,),
    abstained=(
        Abstained(term="hub", language="en", count=1, reason="hapax"),
        Abstained(term="拠点", language="ja", count=9, reason="two equal candidates"),
    ),
    skipped=(("scan.pdf", "no text layer"),),
    policies=(("two-glosses", 1, "Two authors gloss the one name by the other."),),
    settings={"min_score": "0.6", "jobs": "2"},
    version="9.8.7",
)
EMPTY = ReportData(
    documents=(), passages={}, concepts=(), units=(), abstained=(), skipped=(), policies=(), settings={}, version="1"
)


def raw(data: ReportData) -> bytes:
    """Write the page."""
    file = io.BytesIO()
    write_report(data, file)
    return file.getvalue()


def parsed(data: ReportData) -> Any:
    """Write the page and parse it."""
    return lxml.html.document_fromstring(raw(data))


def texts(found: list[Any]) -> list[str]:
    """Return the text of elements, white space made plain."""
    return [" ".join(one.text_content().split()) for one in found]


@pytest.fixture(scope="module")
def page() -> Any:
    """The page of the data above."""
    return parsed(DATA)


def card(page: Any, anchor: str) -> Any:
    """Return the article of a concept."""
    (found,) = page.xpath(f'//article[@id="{anchor}"]')
    return found


def test_every_section_is_there_and_linked(page: Any) -> None:
    sections = [section.get("id") for section in page.xpath("//main/section")]
    assert sections == [
        "summary",
        "concepts",
        "by-document",
        "parallel-sentences",
        "left-alone",
        "policies",
        "calibration",
        "skipped-inputs",
        "settings",
    ]
    assert [link.get("href") for link in page.xpath("//nav/a")] == [f"#{name}" for name in sections]


@pytest.mark.parametrize("data", [DATA, EMPTY])
def test_ids_are_unique_and_links_lead_somewhere(data: ReportData) -> None:
    page = parsed(data)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", one) for one in ids)
    assert {href[1:] for href in page.xpath("//@href")} <= set(ids)
    assert {one for value in page.xpath("//@aria-labelledby|//@aria-describedby") for one in value.split()} <= set(ids)


def test_an_empty_build_says_so() -> None:
    words = " ".join(texts(parsed(EMPTY).xpath("//main")))
    assert "No concept was found." in words
    assert "No document was read." in words
    assert "There are no parallel sentences." in words
    assert not parsed(EMPTY).xpath("//article|//svg")


def test_verified_comes_first_then_score(page: Any) -> None:
    assert [one.get("data-status") for one in page.xpath("//article")] == ["verified", "proposed", "rejected"]
    assert [one.get("data-score") for one in page.xpath("//article")] == ["0.9700", "0.7000", ""]


def test_three_languages_stand_side_by_side(page: Any) -> None:
    found = card(page, "c-lighthouse22")
    columns = found.xpath('.//div[@class="terms"]/div')
    assert [column.get("data-column") for column in columns] == ["ja", "zh", "en"]
    chinese = columns[1].xpath('.//span[@class="term"]')
    assert [(one.get("lang"), one.text) for one in chinese] == [
        ("zh-Hans", "光量子灯塔计划"),
        ("zh-Hans", "光量子灯塔项目"),
        ("zh-Hant", "光量子燈塔計畫"),
        ("zh-Hans", "光子灯塔"),
    ]
    assert texts(columns[1].xpath(".//small")) == ["×2", "admitted · ×1", "traditional · admitted · TW", "deprecated"]
    assert texts(card(page, "c-flagged222222").xpath('.//div[@data-column="ja"]')) == ["Japanesenone found"]


def test_the_card_says_status_score_closure_and_kind(page: Any) -> None:
    (facts,) = texts(card(page, "c-lighthouse22").xpath('./div[@class="facts"]'))
    assert facts == "verifiedscore 0.97closure pivotprogrammec-lighthouse22"


def test_who_vouches_and_why(page: Any) -> None:
    assert texts(card(page, "c-lighthouse22").xpath('.//p[@class="verdict"]')) == [
        "Verified by policy two-glosses (version 1). Two authors gloss the one name by the other."
    ]
    (person,) = page.xpath('//article[@data-status="rejected"]')
    assert texts(person.xpath('.//p[@class="verdict"]')) == [
        "Rejected by A. Terminologist on 2026-01-31T10:00:00Z: two shops (ground: source)"
    ]
    assert texts(person.xpath('.//div[@class="notes"]/p'))[1:] == [
        "Note: see the register",
        "Relation partOf: c-lighthouse22",
    ]


def test_a_flag_names_documents_by_path(page: Any) -> None:
    assert texts(page.xpath('//p[@class="flag"]')) == [
        "Flagged: two names in zh-Hans: 量子钟 (a/分析.zh.txt) and 量子表 (d-xxxxxxxxxxxx)"
    ]


def test_evidence_stands_in_context(page: Any) -> None:
    (details,) = card(page, "c-lighthouse22").xpath("./details")
    assert details.get("open") is None
    gloss, han = details.xpath("./ul/li")
    assert texts(gloss.xpath('./p[@class="facts"]')) == [
        f"glossscore 0.9877seen 7 timesthe verdict rests on this{GLOSS.id}"
    ]
    assert not han.xpath('.//*[contains(@class, "badge")]')
    assert texts(gloss.xpath(".//cite")) == ["a/分析.zh.txt:1", "b/戦略.ja.txt:2"]
    quotes = gloss.xpath('.//span[@class="quote"]')
    assert [quote.get("lang") for quote in quotes] == ["zh-Hans", "ja"]
    assert [quote.text_content() for quote in quotes] == [place.quote for place in PLACES]
    marks = [[(mark.get("class"), mark.text) for mark in quote.xpath("./mark")] for quote in quotes]
    assert marks == [
        [("a", "光量子灯塔计划"), ("b", "Photon Lighthouse Programme")],
        [("b", "Photon Lighthouse Programme")],
    ]


def test_more_places_than_shown_are_counted() -> None:
    many = replace(GLOSS, where=tuple(replace(PLACES[0], spans=(Span(i, i + 1),)) for i in range(MAX_PLACES + 3)))
    page = parsed(replace(DATA, concepts=(replace(LIGHTHOUSE, evidence=(many,)),)))
    assert texts(page.xpath('//li[@class="more"]')) == ["and 3 more places, in evidence.jsonl"]
    assert len(page.xpath("//article//cite")) == MAX_PLACES


def test_documents_list_their_concepts(page: Any) -> None:
    first, second = page.xpath('//details[@class="document"]')
    assert texts(first.xpath("./summary")) == ["a/分析.zh.txt 1 concept · Chinese (simplified) 100%"]
    assert texts(second.xpath("./summary")) == ["b/戦略.ja.txt 1 concept · Japanese 100%"]
    assert [link.get("href") for link in first.xpath(".//a")] == ["#c-lighthouse22"]
    assert [one.get("lang") for one in first.xpath(".//a/span")] == ["ja", "zh-Hans", "zh-Hant", "en"]
    assert "same bytes as a/copy.txt" in first.text_content()


def test_occurrences_of_the_build_go_before_places_of_evidence() -> None:
    counts = {FLAGGED.id: {"d-aaaaaaaaaaaa": 41, "d-bbbbbbbbbbbb": 0}}
    page = parsed(replace(DATA, occurrences=counts))
    first, second = page.xpath('//details[@class="document"]')
    assert not first.xpath(".//a")
    assert texts(second.xpath(".//li")) == ["量子钟 = quantum clock×41 · proposed"]
    assert "Occurrences by document" in texts(page.xpath("//figcaption/strong"))


def test_units_say_how_many_there_are() -> None:
    def rows(n: int) -> tuple[list[str], int]:
        page = parsed(replace(DATA, units=(UNIT,) * n))
        (section,) = page.xpath('//section[@id="parallel-sentences"]')
        return texts(section.xpath("./p")), len(section.xpath(".//tbody/tr"))

    assert rows(2) == (["All 2 units."], 2)
    assert rows(MAX_UNITS + 1) == (
        [f"The first {MAX_UNITS} of {MAX_UNITS + 1} units; all are in aligned.jsonl."],
        MAX_UNITS,
    )


def test_a_unit_has_text_places_score_and_method(page: Any) -> None:
    (row,) = page.xpath('//table[@class="units"]/tbody/tr')
    assert [cell.get("data-label") for cell in row] == ["Japanese", "Chinese", "score", "method", "bead"]
    assert texts(list(row)) == [
        "この文は日本語である。b/戦略.ja.txt:2",
        "這句話是中文。a/分析.zh.txt:1",
        "0.8765",
        "mine",
        "1-1",
    ]
    assert row.xpath(".//span/@lang") == ["ja", "zh-Hant"]


def test_abstained_counts_reasons_and_is_capped() -> None:
    rows = tuple(Abstained(term=f"語{i}", language="ja", count=i, reason="hapax") for i in range(MAX_ABSTAINED + 1))
    (section,) = parsed(replace(DATA, abstained=(*rows, *DATA.abstained))).xpath('//section[@id="left-alone"]')
    reasons, candidates = section.xpath(".//tbody")
    assert texts(list(reasons)) == [f"hapax{MAX_ABSTAINED + 2}", "two equal candidates1"]
    assert len(candidates) == MAX_ABSTAINED
    assert texts(candidates[0].xpath("./td")) == [f"語{MAX_ABSTAINED}", "Japanese", str(MAX_ABSTAINED), "hapax"]


def test_policies_skipped_inputs_and_settings(page: Any) -> None:
    def rows(name: str) -> list[list[str]]:
        return [texts(list(row)) for row in page.xpath(f'//section[@id="{name}"]//tbody/tr')]

    assert rows("policies") == [["two-glosses", "1", "Two authors gloss the one name by the other.", "1"]]
    assert rows("skipped-inputs") == [["scan.pdf", "no text layer"]]
    assert rows("settings") == [["termalign", "9.8.7"], ["jobs", "2"], ["min_score", "0.6"]]


def test_the_summary_counts(page: Any) -> None:
    statuses, languages = page.xpath('//table[@class="counts"]')
    assert [texts(list(row)) for row in statuses.xpath("./tbody/tr")] == [
        ["verified", "0", "1", "0", "1"],
        ["proposed", "0", "0", "1", "1"],
        ["rejected", "0", "0", "1", "1"],
    ]
    assert [texts(list(row)) for row in languages.xpath("./tbody/tr")] == [
        ["Japanese", "2", "2", "1"],
        ["Chinese (simplified)", "2", "4", "0"],
        ["Chinese (traditional)", "1", "1", "0"],
        ["English", "3", "3", "1"],
    ]
    assert texts(page.xpath('//ul[@class="tiles"]/li/b')) == ["3", "1", "1", "1", "2", "1", "2"]


def test_plots_say_everything_in_words(page: Any) -> None:
    described = {svg.xpath("string(title)"): svg.xpath("string(desc)") for svg in page.xpath("//svg")}
    assert described == {
        "Concepts by kind and status": "other: 1 rejected; programme: 1 verified; technology: 1 proposed.",
        "Concepts by score": "0.70 to 0.75: 1 proposed; 0.95 to 1.00: 1 verified.",
        "Concepts by source of evidence": "gloss: 1; han: 1.",
        "Places of evidence by document": "a/分析.zh.txt: 1; b/戦略.ja.txt: 1.",
    }
    assert all(svg.get("role") == "img" for svg in page.xpath("//svg"))


def test_further_documents_share_the_last_bar() -> None:
    where = tuple(Place(document=f"d{i:02}", spans=()) for i in range(20))
    concept = replace(LIGHTHOUSE, evidence=(replace(GLOSS, where=where),))
    (description,) = parsed(replace(DATA, concepts=(concept,))).xpath('//desc[@id="plot-documents-desc"]/text()')
    assert description.startswith("d00: 1; d01: 1;")
    assert description.endswith("; 6 other documents: 6.")


def test_it_works_without_script(page: Any) -> None:
    assert page.xpath('//div[@id="controls"]/@hidden')
    assert not page.xpath("//article[@hidden]")


def test_filters_offer_what_there_is(page: Any) -> None:
    choices = {one.get("id"): one.xpath("./option/@value") for one in page.xpath("//select")}
    assert choices["status"] == ["", "proposed", "rejected", "verified"]
    assert choices["kind"] == ["", "other", "programme", "technology"]
    assert page.xpath("//article/@data-languages") == ["ja zh en", "zh en", "ja en"]
    assert page.xpath("//article/@data-flagged") == ["yes"]
