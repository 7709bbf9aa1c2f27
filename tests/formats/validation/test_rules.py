"""Each row of INTEROP.md's tables on TMX and TBX, and the rules that no schema states."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from termalign.formats.validation import check_file
from termalign.formats.validation.tags import tag_problem

CASES = Path(__file__).parent.parent / "cases" / "validation"
TMX, DCA, DCT = ((CASES / name).read_text(encoding="utf-8") for name in ("plain.tmx", "dca.tbx", "dct.tbx"))


def rules(text: str, old: str = "", new: str = "", *, n: int = -1) -> set[str]:
    """The rules that a file breaks when something in it is replaced."""
    assert old in text
    return {one.rule for one in check_file(io.BytesIO(text.replace(old, new, n).encode()), name="a.tmx")}


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("", "", set()),
        ('version="1.4"', 'version="1.4b"', {"tmx-value"}),
        ('xml:lang="ja"', 'xml:lang="zh_CN"', {"tmx-language-form"}),
        ('xml:lang="ja"', 'xml:lang="zh-Hans"', set()),
        ('xml:lang="ja"', 'xml:lang="zh-traditional1"', {"tmx-language-form"}),
        ('xml:lang="ja"', 'lang="ja"', {"tmx-old-lang"}),
        ('xml:lang="ja"', 'xml:lang=""', {"language-tag"}),
        ('xml:lang="ja"', 'xml:lang="jp"', {"language-tag"}),
        ('xml:lang="ja"', 'xml:lang="x-own"', set()),
        ('xml:lang="ja"', 'xml:lang="zh-hans"', {"language-tag-case"}),
        (' srclang="en"', "", {"tmx-required-attribute"}),
        (' o-tmf="t"', "", {"tmx-required-attribute"}),
        ('segtype="block"', 'segtype="word"', {"tmx-value"}),
        ("<seg>橋</seg>", "<seg>橋</seg><note>n</note>", {"tmx-element"}),
        ("<tu>", "<tu><prop>v</prop>", {"tmx-required-attribute"}),
        ("橋", "<bpt>b</bpt>橋<ept>e</ept>", {"tmx-required-attribute"}),
        ("橋", "<it>i</it>橋", {"tmx-required-attribute"}),
        ("橋", "<b>橋</b>", {"tmx-element"}),
        ("橋", "", {"tmx-empty-segment"}),
        ("橋", '<bpt i="1"/>橋', {"tmx-pairing"}),
        ("橋", '<ept i="1"/>橋<bpt i="1"/>', {"tmx-pairing"}),
        ("橋", '<bpt i="a"/>橋<ept i="a"/>', {"tmx-pairing"}),
        ("橋", '<bpt i="1"/>橋<ept i="1"/>', set()),
        ("橋", '<ph x="1"/>橋', {"tmx-matching"}),
        ("橋", '<ph x="a"/>橋', {"tmx-matching"}),
        ('<tuv xml:lang="en">', '<tuv xml:lang="en-US">', {"tmx-source-language"}),
        ('<tuv xml:lang="en"><seg>bridge</seg></tuv>', "", {"tmx-source-language", "tmx-one-side"}),
        ("<tu>", '<tu creationdate="2026-11-20">', {"tmx-date"}),
        ("<tu>", '<tu creationdate="20260230T000000Z">', {"tmx-date"}),
        ("<tu>", '<tu creationdate="20260228T235959Z">', set()),
        ("<tu>", '<tu usagecount="many">', {"tmx-usage-count"}),
        ("<tu>", "<tu/><tu>", {"tmx-missing-element"}),
        ("<tu>", "text<tu>", {"tmx-text"}),
        ("<tu>", '<tu own="1">', {"tmx-attribute"}),
    ],
)
def test_tmx(old: str, new: str, broken: set[str]) -> None:
    assert rules(TMX, old, new) == broken


def test_ids_that_stand_twice() -> None:
    unit = '<tu tuid="1"><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ja"><seg>b</seg></tuv></tu>\n'
    raw = TMX.replace("<tu>", unit * 2 + "<tu>").encode()
    (found,) = check_file(io.BytesIO(raw), name="a.tmx")
    assert (found.rule, found.line, found.message) == ("tmx-duplicate-id", 4, "this tuid stands in line 3 already")


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("", "", set()),
        (">preferredTerm-admn-sts<", ">preferred<", {"tbx-category-value"}),
        ("<note>n</note><termSec>", '<note>n</note><termSec><term>川</term><descrip type="definition">d</descrip></termSec><termSec>', {"tbx-level"}),
        ("<note>n</note><termSec>", '<descrip type="context">d</descrip><termSec>', {"tbx-level"}),
        ("<note>n</note><termSec>", '<descrip type="subjectField">d</descrip><termSec>', {"tbx-level"}),
        ('<admin type="source">d1</admin>', '<descrip type="definition">x</descrip>', {"tbx-element"}),
        ("<note>n</note><termSec>", '<transac type="transactionType">origination</transac><termSec>', {"tbx-element"}),
        ("2026-11-20", "20261120T000000Z", {"tbx-value"}),
        ("2026-11-20", "2026-11-20T10:00:00Z", set()),
        ("2026-11-20", "2026-02-30", {"tbx-value"}),
        (' id="c2"', "", {"tbx-required-attribute", "tbx-dangling-reference"}),
        ('id="t1"', 'id="c1"', {"tbx-duplicate-id", "tbx-dangling-reference"}),
        ('id="h"', 'id="1h"', {"tbx-value"}),
        ('xml:lang="zh-Hans"', 'xml:lang="zh_CN"', {"tbx-value"}),
        ('xml:lang="zh-Hans"', 'xml:lang="zh-cn"', {"language-tag-case"}),
        ('xml:lang="zh-Hans"', 'xml:lang="ja"', {"tbx-duplicate-language"}),
        ('xml:lang="zh-Hans"', 'xml:lang="JA"', {"tbx-duplicate-language", "language-tag-case"}),
        ("<term>桥</term>", "<note>n</note><term>桥</term>", {"tbx-element"}),
        ("<term>桥</term>", "<term> </term>", {"tbx-empty-term"}),
        ("<term>桥</term>", "<term> 桥</term>", {"tbx-blanks"}),
        ("<term>work</term>", "<term>structure</term>", {"tbx-duplicate-term"}),
        ("<term>structure</term>", "<term>structure</term><note>n</note><termNote type='termType'>variant</termNote>", {"tbx-element"}),
        ('target="r1"', 'target="nobody"', {"tbx-dangling-reference"}),
        ('target="https://example.org/a"', 'target="a.html"', {"tbx-external-target"}),
        ('<admin type="source">d3</admin>', '<admin type="reading">qiáo</admin>', {"tbx-category"}),
        (">noun<", ">properNoun<", {"tbx-category-value"}),
        (">fullForm<", ">initialism<", {"tbx-category-value"}),
        (">modification<", ">creation<", {"tbx-transaction-value"}),
        ('type="TBX-Basic"', 'type="TBX-Own"', {"tbx-dialect"}),
        ('type="TBX-Basic"', 'type="Basic"', {"tbx-value", "tbx-dialect"}),
        ('<sc id="s1" isolated="no"/>', "", {"tbx-inline", "tbx-dangling-reference"}),
    ],
)  # fmt: skip
def test_tbx_in_dca_style(old: str, new: str, broken: set[str]) -> None:
    assert rules(DCA, old, new) == broken


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("", "", set()),
        (">preferredTerm-admn-sts<", ">preferred<", {"tbx-category-value"}),
        ("<min:partOfSpeech>noun</min:partOfSpeech>", "<x:foo xmlns:x='urn:x'>noun</x:foo>", {"tbx-category"}),
        ("<basic:source>d3</basic:source>", "<adminGrp><basic:source>d3</basic:source></adminGrp>", {"tbx-level"}),
        ("<min:partOfSpeech>noun</min:partOfSpeech>", "<termNoteGrp><min:partOfSpeech>noun</min:partOfSpeech></termNoteGrp>", {"tbx-level"}),
        ("<basic:source>d3</basic:source>", '<admin type="source">d3</admin>', {"tbx-style"}),
        ("<basic:source>d3</basic:source>", "<basic:geographicalUsage>JP</basic:geographicalUsage>", {"tbx-misplaced"}),
        ('target="c2"', 'target="c7"', {"tbx-target"}),
        ('target="https://example.org/a"', 'target="a.html"', {"tbx-category-content", "tbx-target"}),
    ],
)  # fmt: skip
def test_tbx_in_dct_style(old: str, new: str, broken: set[str]) -> None:
    assert rules(DCT, old, new) == broken


def test_two_preferred_terms() -> None:
    preferred = '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
    text = DCA.replace("<term>structure</term>", f"<term>structure</term>{preferred}")
    assert rules(text, "<term>work</term>", f"<term>work</term>{preferred}") == {"tbx-two-preferred"}


@pytest.mark.parametrize(
    "tag", ["ja", "ja-JP", "zh-Hans", "zh-Hant-TW", "en-US", "x-own", "de-1996", "es-419", "yue", "en-u-ca-gregory"]
)
def test_registered_tags(tag: str) -> None:
    assert tag_problem(tag) is None


@pytest.mark.parametrize(
    ("tag", "fix"),
    [
        ("jp", "write ja"), ("zh_CN", "write zh-Hans"), ("cn", "write zh-Hans"), ("jpn", "write ja"), ("EN-us", "write en-US"),
        ("zh-hans-cn", "write zh-Hans-CN"), ("en-UK", "write en"), ("", "name the language: ja, zh-Hans, zh-Hant, en"),
    ],
)  # fmt: skip
def test_other_tags_have_a_way_out(tag: str, fix: str) -> None:
    problem = tag_problem(tag)
    assert problem is not None
    assert problem[2] == fix
