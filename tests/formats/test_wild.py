"""Files as other tools write them, older versions and odd dialects among them: what is read of them, and what is told."""

from __future__ import annotations

import dataclasses
import gzip
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import DataError
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS

if TYPE_CHECKING:
    from termalign.model import Concept, TranslationUnit

PAIR = {"ja": "港", "en": "port"}


def units(name: str, raw: bytes) -> tuple[list[TranslationUnit], dict[str, int]]:
    losses: Counter[str] = Counter()
    return list(BITEXT_FORMATS.get(name).read(io.BytesIO(raw), name="w", losses=losses)), dict(+losses)


def concepts(name: str, raw: bytes, **settings: Any) -> tuple[list[Concept], dict[str, int]]:
    losses: Counter[str] = Counter()
    form: Any = dataclasses.replace(GLOSSARY_FORMATS.get(name), **settings)  # type: ignore[type-var]
    return list(form.read(io.BytesIO(raw), name="w", losses=losses)), dict(+losses)


def texts(unit: TranslationUnit) -> dict[str, str]:
    return {segment.language: segment.text for segment in unit.segments}


def forms(concept: Concept) -> dict[str, list[tuple[str, str]]]:
    return {tag: [(one.text, one.status.value) for one in found] for tag, found in concept.terms}


def tmx(body: str, *, version: str = "1.4", header: str = "<header/>", start: str = "") -> str:
    return f'{start}<tmx version="{version}">{header}<body><tu>{body}</tu></body></tmx>'


SIDES = '<tuv xml:lang="{}"><seg>port</seg></tuv><tuv xml:lang="{}"><seg>港</seg></tuv>'


@pytest.mark.parametrize(
    "raw",
    [
        tmx(SIDES.format("EN-US", "JA")).encode(),
        tmx(SIDES.format("en_GB", "ja_JP")).encode(),
        tmx(SIDES.format("en", "ja-JP-x-own")).encode(),
        tmx(SIDES.format("EN", "JA").replace("xml:lang", "lang"), version="1.1").encode(),
        tmx(SIDES.format("en", "ja").replace("xml:lang", "lang"), version="1.2").encode(),
        tmx(SIDES.format("en", "ja"), version="1.4b").encode(),
        tmx(SIDES.format("en", "ja"), header="").encode(),
        tmx(SIDES.format("en", "ja"), header='<header o-encoding="utf-16" srclang="x"/>').encode(),
        tmx(SIDES.format("en", "ja"), start="\ufeff").encode(),
        tmx(SIDES.format("en", "ja"), start='\ufeff<?xml version="1.0"?>\n').encode("utf-16-le"),
        tmx(SIDES.format("en", "ja"), start='\ufeff<?xml version="1.0" encoding="utf-16"?>').encode("utf-16-be"),
        tmx(SIDES.format("en", "ja"), start='<?xml version="1.0" encoding="Shift_JIS"?>').encode("cp932"),
        tmx(SIDES.format("en", "ja"), start='<?xml version="1.0" encoding="EUC-JP"?>').encode("euc_jp"),
        tmx(SIDES.format("en", "ja"), start="<?xml version='1.0' encoding='GB2312'?>").encode("gb18030"),
        tmx(SIDES.format("en", "ja"), start='<?xml version="1.0" encoding="utf8"?>').encode(),
        tmx(SIDES.format("en", "ja"), start='\ufeff<?xml version="1.0" encoding="unicode"?>').encode("utf-16-le"),
        tmx(SIDES.format("en", "ja"), start='<?xml version="1.0" encoding="UCS-2"?>').encode("utf-16"),
        tmx(SIDES.format("en", "ja"), start='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16-be"),
        tmx(SIDES.format("en", "ja"), start='<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD" "tmx14.dtd">').encode(),
        tmx(SIDES.format("en", "ja")).replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ').encode(),
        tmx(f"<!-- a -->{SIDES.format('en', 'ja')}<?tool x?>").encode(),
        tmx(SIDES.format("en", "ja").replace("港", "<![CDATA[港]]>")).encode(),
        tmx(SIDES.format("en", "ja").replace("港", "\r\n  &#28207;\r\n")).encode(),
    ],
)
def test_memories(raw: bytes) -> None:
    (found,), losses = units("tmx", raw)
    assert (texts(found), losses) == (PAIR, {})


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (f"<tu>{SIDES.format('en', 'ja')}</tu>", "tu that another tu stands in, left out"),
        (SIDES.format("en", "ja").replace("</tuv>", "<seg>b</seg></tuv>", 1), "seg beside the first one of its tuv"),
        ('<note xml:lang="ja">n</note>' + SIDES.format("en", "ja"), "attribute of a note or property"),
        ('<prop type="a" o-encoding="b">p</prop>' + SIDES.format("en", "ja"), "attribute of a note or property"),
    ],
)
def test_what_a_memory_should_not_have_is_counted(body: str, what: str) -> None:
    plain = f"<tu>{SIDES.format('en', 'ja')}</tu>"  # the fast lane reads it, and what follows it
    raw = tmx(body).replace("<body>", f"<body>{plain}")
    found, losses = units("tmx", raw.encode())
    assert [texts(one) for one in found] == [PAIR, PAIR]
    assert [kind.startswith(what) for kind in losses] == [True]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (tmx("", start='<?xml version="1.0" encoding="hex"?>').encode(), "w:1: unknown encoding 'hex'"),
        (tmx("", start='<?xml version="1.0" encoding="x-none"?>').encode("utf-16"), "w:1: unknown encoding 'x-none'"),
        (gzip.compress(tmx("").encode()), "w:1: a packed file (gzip), not XML; unpack it"),
        (b"PK\x03\x04 and so on", "w:1: a packed file (ZIP), not XML; unpack it"),
        (tmx("", start='\n<?xml version="1.0"?>').encode(), "does not begin the file; remove what stands before <?xml"),
        (tmx("<note>&nbsp;</note>").encode(), "undefined entity"),
        (tmx("", version="1.5").encode(), "w:1: TMX version '1.5'; export it as TMX 1.4"),
        (tmx("", version="").encode(), "w:1: TMX version ''; export it as TMX 1.4"),
    ],
)
def test_memories_that_are_none_say_what_to_do(raw: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        units("tmx", raw)
    assert says in str(caught.value)


@pytest.mark.parametrize("stated", ["Shift_JIS", "iso-8859-1", "windows-1252", "Big5"])
def test_utf_8_under_another_name_is_no_text(stated: str) -> None:
    raw = tmx(SIDES.format("en", "ja"), start=f'<?xml version="1.0" encoding="{stated}"?>').encode()
    with pytest.raises(DataError, match=r"w:\d: .*") as caught:
        units("tmx", raw)
    assert "as the XML declaration says" in str(caught.value) or 'write encoding="UTF-8" there' in str(caught.value)


def test_all_inline_elements_nested() -> None:
    seg = (
        'p<ut>x</ut><it pos="begin">b</it><sub>q</sub><ph>y<sub>z<bpt i="9">n</bpt></sub></ph><bpt i="1">{</bpt>o'
        '<hi type="t">r</hi><ept i="1">}</ept>t'
    )
    (found,), _ = units("tmx", tmx(SIDES.format("en", "ja").replace("port", seg)).encode())
    assert texts(found) == {"ja": "港", "en": "pqort"}
    assert [code.kind for code in found.segments[1].codes] == ["ut", "it", "ph", "bpt", "hi", "ept"]


def test_a_source_language_of_another_region_is_that_language() -> None:
    body = tmx(SIDES.format("en-US", "ja"), header='<header srclang="en-GB"/>')
    (found,), _ = units("tmx", body.encode())
    assert found.origin is not None
    assert found.origin.source == "en"


def test_a_memory_with_a_prefix_is_not_read_as_an_empty_one() -> None:
    raw = b'<t:tmx version="1.4" xmlns:t="http://www.lisa.org/tmx14"><t:body/></t:tmx>'
    with pytest.raises(DataError, match="root element <t:tmx> instead of <tmx>"):
        units("tmx", raw)


def martif(body: str, *, start: str = "") -> str:
    return (
        f'{start}<martif type="TBX-Default" xml:lang="en"><martifHeader/><text><body><termEntry id="1">{body}</termEntry>'
        "</body></text></martif>"
    )


def tig(tag: str, *terms: tuple[str, str]) -> str:
    inside = [
        f"<tig><term>{text}</term>" + (f'<termNote type="administrativeStatus">{status}</termNote>' if status else "")
        for text, status in terms
    ]
    return f'<langSet xml:lang="{tag}">{"</tig>".join(inside)}</tig></langSet>'


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("preferred", "preferred"),
        ("preferredTerm-admn-sts", "preferred"),
        ("preferredTermAdmnSts", "preferred"),
        ("Preferred", "preferred"),
        ("admittedTerm-admn-sts", "admitted"),
        ("forbidden", "deprecated"),
        ("obsolete", "deprecated"),
        ("deprecated", "deprecated"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("supersededTerm-admn-sts", "superseded"),
        ("anything", "admitted"),
    ],
)
def test_words_for_a_status(word: str, status: str) -> None:
    (found,), losses = concepts("tbx", martif(tig("en", ("port", word))).encode())
    assert forms(found) == {"en": [("port", status)]}
    is_of_the_standard = word.endswith("-admn-sts")
    assert any("status" in kind for kind in losses) is not is_of_the_standard


@pytest.mark.parametrize(
    ("word", "status"),
    [("preferredTerm", "preferred"), ("deprecatedTerm", "deprecated"), ("standardizedTerm", "admitted")],
)
def test_what_an_authority_says_counts_where_there_is_no_status(word: str, status: str) -> None:
    note = f'<termNote type="normativeAuthorization">{word}</termNote></tig>'
    (found,), losses = concepts("tbx", martif(tig("en", ("port", "")).replace("</tig>", note)).encode())
    assert forms(found) == {"en": [("port", status)]}
    kept = dict(found.terms[0][1][0].extra).get("normativeAuthorization")
    assert (kept == word) is (status == "admitted")
    assert any("normativeAuthorization" in kind for kind in losses) is (status != "admitted")


@pytest.mark.parametrize(
    ("code", "text", "tag"),
    [("zh-cn", "港口", "zh-Hans"), ("zh_TW", "港口", "zh-Hant"), ("ZH", "漢語", "zh-Hant"), ("zh", "汉语", "zh-Hans"),
     ("zh-HK", "港口", "zh-Hant"), ("EN-us", "port", "en"), ("ja_JP", "港", "ja"), ("zh-Hant-TW", "港口", "zh-Hant")],
)  # fmt: skip
def test_codes_of_languages(code: str, text: str, tag: str) -> None:
    (found,), _ = concepts("tbx", martif(tig(code, (text, ""))).encode())
    assert forms(found) == {tag: [(text, "admitted")]}


def test_jp_is_refused_with_the_fix() -> None:
    with pytest.raises(DataError, match="language tag 'jp'; write 'ja'"):
        concepts("tbx", martif(tig("jp", ("港", ""))).encode())


@pytest.mark.parametrize("start", ["", "\ufeff", '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_termbases_of_version_2(start: str, encoding: str) -> None:
    group = "<ntig><termGrp><term>港<hi>口</hi></term></termGrp></ntig>"
    body = f'<langSet lang="zh-CN">{group}</langSet>{tig("de", ("Hafen", ""))}{tig("en", (" port ", "preferred"))}'
    start = start.removeprefix("\ufeff") if encoding == "utf-16" else start
    (found,), losses = concepts("tbx", martif(body, start=start).encode(encoding))
    assert forms(found) == {"zh-Hans": [("港口", "admitted")], "en": [("port", "preferred")]}
    assert losses["designation in de"] == 1
    assert losses["repaired: martif, TBX version 2"] == 1
    assert losses["repaired: ntig, read as tig"] == 1


def test_xliff_1_with_everything() -> None:
    big = 'The <g id="1">big</g> port<x id="2"/>'
    body = (
        f'<trans-unit id="1"><source>{big}</source><seg-source><mrk mtype="seg" mid="1">{big}</mrk></seg-source>'
        '<target state="translated"><mrk mtype="seg" mid="1">大<g id="1">港</g>口<bpt id="3">&lt;b&gt;</bpt></mrk></target>'
        '<note>n</note><alt-trans match-quality="90"><source>a</source><target>b</target></alt-trans></trans-unit>'
        '<trans-unit id="2"><source>x</source><target state="needs-translation">y</target></trans-unit>'
        '<group><bin-unit id="9"/><trans-unit id="3" translate="no"><source>n</source><target>m</target></trans-unit></group>'
    )
    raw = (
        '<xliff version="1.2"><file original="C:\\x\\a.docx" source-language="en-US" target-language="zh_TW"><body>'
        f"{body}</body></file></xliff>"
    )
    (found,), losses = units("xliff", raw.encode())
    assert texts(found) == {"zh-Hant": "大港口", "en": "The big port"}
    regions = {"en": "US", "zh-Hant": "TW"}
    assert dict(found.extra) == {"state": "translated", "notes": ["n"], "regions": regions}
    assert {segment.document for segment in found.segments} == {"a.docx"}
    assert losses == {
        "proposal of a memory (alt-trans, match)": 1,
        "unit in state needs-translation": 1,
        "unit that is not to be translated": 1,
    }


def test_xliff_2_with_everything() -> None:
    body = (
        '<originalData><data id="d">b</data></originalData><segment id="s1" state="final"><source>A <pc id="1">big</pc> '
        'port. <sc id="2" dataRef="d"/>x<ec startRef="2"/></source><target>大きな<pc id="1">港</pc>。<ph id="4"/></target>'
        "</segment><ignorable><source> </source></ignorable>"
        '<segment id="s2" state="initial"><source>Sea</source><target>海</target></segment>'
    )
    raw = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ja-JP"><file id="f">'
        f'<unit id="u">{body}</unit></file></xliff>'
    )
    (found,), losses = units("xliff", raw.encode())
    assert (texts(found), found.name) == ({"ja": "大きな港。", "en": "A big port. x"}, "u#s1")
    assert losses == {"unit in state initial": 1}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (("#UTX 1.11; ja-JP/en-US; 2026-11-20T10:00:00; copyright: X (2026); license: CC-by 3.0; bidirectional; Dictionary ID: 1;\r\n"
         "#description: ports\r\n#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:comment\tcustomer\tconcept ID\r\n"
         "# a comment\r\n港\tport\tnoun\tproperNoun\tapproved\tc\tACME\t7\r\n"), "preferred"),
        ("#UTX-S 1.00; ja/en; 2010-01-01\n#src\ttgt\tsrc:pos\n港\tport\tnoun\n", "preferred"),
        ("#UTX 1.2;  ja/en; x\n##description: d;\n#term:ja\tterm:en\tsrc:pos\tterm status\n港\tport\tnoun\tforbidden\n", "deprecated"),
        ("#UTX 1.10; ja_JP/en; x\n#src\ttgt\tterm status\n港\tport\tnon-standard\n", "superseded"),
    ],
)  # fmt: skip
def test_dictionaries_of_utx(text: str, status: str) -> None:
    (found,), losses = concepts("utx", text.encode())
    assert {tag: one[0][0] for tag, one in forms(found).items()} == PAIR
    assert forms(found)["en"][0][1] == status
    assert all("of the header" in kind or kind.startswith("the header says") for kind in losses)


OMEGAT = "port\t港\nharbour\t港湾\ta note\n# a comment\nonly one cell\n\t\nsea\t海\n国際会議\t会議の日本語\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_glossaries_of_omegat(encoding: str) -> None:
    found, losses = concepts("omegat", OMEGAT.encode(encoding), languages=("en", "ja"))
    assert [forms(one)["ja"][0][0] for one in found] == ["港", "港湾", "海", "会議の日本語"]
    assert dict(found[1].extra) == {"notes": ["a note"]}
    told = {"encoding cp932, told by the bytes of the file: --encoding NAME where it is another": 1}
    assert losses == {"line without source and target": 1} | (told if encoding == "cp932" else {})


@pytest.mark.parametrize("encoding", ["euc_jp", "gb18030", "big5"])
def test_a_glossary_of_omegat_that_names_its_encoding(encoding: str) -> None:
    raw = f"# -*- coding: {encoding} -*-\nport\t港\n".encode(encoding)
    (found,), _ = concepts("omegat", raw, languages=("en", "ja"))
    assert forms(found)["ja"][0][0] == "港"


def test_a_fourth_column_of_another_tool_is_no_id() -> None:
    found, _ = concepts("omegat", "port\t港\t\tnoun\nsea\t海\t\tnoun\n".encode(), languages=("en", "ja"))
    assert [forms(one)["ja"][0][0] for one in found] == ["港", "海"]


TBX_MIN = """<?xml version="1.0" encoding="UTF-8"?>
<TBX dialect="TBX-Min"><header><id>x</id><description>d</description><languages source="en" target="ja"/></header>
<body><entry id="C1"><subjectField>sea</subjectField>
<langGroup xml:lang="en"><termGroup><term>port</term><termStatus>preferred</termStatus><partOfSpeech>noun</partOfSpeech>
<customer>c</customer><note>n</note><noteGrp><note><noteKey>seen</noteKey><noteValue>here</noteValue></note></noteGrp></termGroup>
<termGroup><term>prt</term><termStatus>notRecommended</termStatus></termGroup></langGroup>
<langGroup xml:lang="ja"><termGroup><term>港</term></termGroup></langGroup></entry></body></TBX>"""


def test_tbx_min() -> None:
    (found,), losses = concepts("tbx", TBX_MIN.encode())
    assert (found.id, found.subject) == ("C1", "sea")
    assert forms(found) == {"ja": [("港", "admitted")], "en": [("port", "preferred"), ("prt", "deprecated")]}
    assert dict(found.designations("en")[0].extra) == {
        "pos": "noun",
        "customerSubset": "c",
        "notes": ["n", "seen: here"],
    }
    assert losses["repaired: TBX-Min of 2014"] == 1


def test_what_a_termbase_says_of_languages_transactions_and_statuses() -> None:
    said = (
        "<transacGrp><transac type='terminologyManagementTransactions'>origination</transac><date>2020-01-02</date></transacGrp>"
        "<langSet xml:lang='en'><admin type='source'>book</admin><ref type='crossReference' target='c2'>see</ref>"
        "<tig><term>a <ph>{1}</ph>port</term><termNote type='usageStatus'>Preferred</termNote>"
        "<ref type='crossReference' target='c3'>see</ref></tig>"
        "<tig><term>harbour</term><termNote type='Status'>checked</termNote></tig></langSet>"
    )
    (found,), losses = concepts("tbx", martif(said).encode())
    assert forms(found) == {"en": [("a port", "preferred"), ("harbour", "admitted")]}
    assert dict(found.extra) == {"notes": ["source: book", "crossReference: c2"]}
    assert [dict(one.extra) for one in found.designations("en")] == [
        {"relations": [{"type": "see", "id": "c3"}]},
        {"Status": "checked"},
    ]
    assert losses == {
        "repaired: martif, TBX version 2": 1,
        "transaction (who changed it, and when), left out": 1,
        "repaired: source of a language, kept as a note": 1,
        "repaired: crossReference of a language, kept as a note": 1,
        "repaired: native code inside a term, left out": 1,
        "repaired: usageStatus, read as administrativeStatus": 1,
        "repaired: status 'Preferred', read as preferred": 1,
    }
