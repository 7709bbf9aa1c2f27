from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from termalign.errors import ConfigError, DataError, DataErrors
from termalign.formats.base import WriteReport
from termalign.formats.tmx import TMX, Tmx
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.formats.validation import check_file
from termalign.model import InlineCode, Method, Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="{}" '
    'datatype="plaintext"/>'
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def unit(method: Method = Method.ALIGN, **texts: str) -> TranslationUnit:
    segments = tuple(Segment(language=tag.replace("_", "-"), text=text, document="d-1") for tag, text in texts.items())
    score = 0.97 if method is Method.ALIGN else None
    return TranslationUnit(segments=segments, bead="-".join("1" * len(segments)), score=score, method=method)


TRIPLE = unit(ja="量子もつれ", zh_Hans="量子纠缠", en="quantum entanglement")
HARD = unit(ja="<b>&amp; ]]> \"'", en="𠮷 & co.")


def write(units: list[TranslationUnit], form: Tmx = TMX) -> tuple[bytes, WriteReport]:
    file = io.BytesIO()
    report = form.write(units, file)
    return file.getvalue(), report


def read(raw: bytes, form: Tmx = TMX) -> tuple[list[TranslationUnit], Counter[str]]:
    losses: Counter[str] = Counter()
    return list(form.read(io.BytesIO(raw), name="a.tmx", losses=losses)), losses


def memory(body: str, *, srclang: str = "*all*", version: str = "1.4") -> bytes:
    return f'<tmx version="{version}">\n{HEADER.format(srclang)}\n<body>\n{body}\n</body></tmx>'.encode()


def tu(**texts: str) -> str:
    tuvs = (f'<tuv xml:lang="{tag.replace("_", "-")}"><seg>{text}</seg></tuv>' for tag, text in texts.items())
    return f"<tu>{''.join(tuvs)}</tu>"


def test_the_whole_file() -> None:
    raw, report = write([TRIPLE], Tmx(date=datetime(2026, 11, 20, 10, 0, 5, tzinfo=UTC)))
    assert raw.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        '<header creationtool="termalign" creationtoolversion="0.1.0" segtype="sentence" o-tmf="termalign" '
        'adminlang="en" srclang="*all*" datatype="plaintext" creationdate="20261120T100005Z"/>\n<body>\n'
        f'<tu tuid="{TRIPLE.id}">\n<prop type="x-score">0.97</prop>\n<prop type="x-method">align</prop>\n'
        '<prop type="x-bead">1-1-1</prop>\n'
        '<tuv xml:lang="ja"><prop type="x-document">d-1</prop><seg>量子もつれ</seg></tuv>\n'
        '<tuv xml:lang="zh-Hans"><prop type="x-document">d-1</prop><seg>量子纠缠</seg></tuv>\n'
        '<tuv xml:lang="en"><prop type="x-document">d-1</prop><seg>quantum entanglement</seg></tuv>\n</tu>\n'
        "</body>\n</tmx>\n"
    )
    assert report == WriteReport(n_written=1)


@pytest.mark.parametrize(
    "form",
    [
        TMX,
        Tmx(languages=("ja", "en")),
        Tmx(codes=(("zh-Hans", "zh-CN"), ("ja", "ja-JP"), ("en", "en-US"))),
        Tmx(date=datetime(2026, 1, 2, tzinfo=UTC)),
    ],
)
def test_what_is_written_keeps_to_dtd_and_schema(form: Tmx, shared: Path) -> None:
    raw, _ = write([TRIPLE, HARD, unit(Method.GIVEN, ja="\x01一\n二", en=" a ")], form)
    root = etree.fromstring(raw)
    dtd = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    schema = etree.XMLSchema(etree.parse(str(shared / "schemas" / "tmx14.xsd")))
    assert dtd.validate(root), dtd.error_log
    assert schema.validate(root), schema.error_log


def test_a_pair_file_has_its_source_in_every_unit() -> None:
    zh_en = unit(zh_Hans="终", en="end")
    raw, report = write([TRIPLE, zh_en, HARD], Tmx(languages=("zh-Hans", "en"), codes=(("zh-Hans", "zh-CN"),)))
    root = etree.fromstring(raw)
    assert [header.get("srclang") for header in root.iter("header")] == ["zh-CN"]
    assert [[tuv.get(XML_LANG) for tuv in one.iter("tuv")] for one in root.iter("tu")] == [["zh-CN", "en"]] * 2
    assert report == WriteReport(n_written=2, losses=(("unit without two sides", 1),))


def test_a_pair_is_cut_out_of_its_unit_and_keeps_the_id() -> None:
    whole = replace(TRIPLE, bead="2-1-3")
    units, _ = read(write([whole], Tmx(languages=("ja", "en")))[0])
    assert units[0].bead == "2-3"
    assert units[0].origin is not None
    assert units[0].origin.id == whole.id


def test_text_is_clean_and_the_rest_is_counted() -> None:
    raw, report = write([unit(ja=" か\u3099\x01\n\n子\u2028 ", en="a\ud800 b"), unit(ja="空", en=" \x02 ")])
    assert [segment.text for segment in read(raw)[0][0].segments] == ["が 子", "a b"]
    assert report.losses == (("character that XML forbids", 3), ("unit without two sides", 1))


def test_a_side_without_text_goes_and_the_others_stay() -> None:
    raw, report = write([unit(ja="量子", zh_Hans=" ", en="quantum")])
    assert [[segment.language for segment in one.segments] for one in read(raw)[0]] == [["ja", "en"]]
    assert report.losses == ()


def test_equal_units_are_one_with_a_count() -> None:
    raw, report = write([TRIPLE, HARD, replace(TRIPLE, score=0.5), TRIPLE])
    assert [one.get("usagecount") for one in etree.fromstring(raw).iter("tu")] == ["3", None]
    assert report == WriteReport(n_written=2, losses=(("equal unit, counted in usagecount", 2),))


def test_two_units_of_one_name_have_two_ids() -> None:
    first, second = (replace(unit(Method.GIVEN, ja=text, en="a"), name='"7"') for text in "一二")
    ids = [one.get("tuid") for one in etree.fromstring(write([first, second])[0]).iter("tu")]
    assert ids == ['"7"', second.id]


@pytest.mark.parametrize(
    "settings",
    [
        {"codes": (("zh-Hans", "zh"), ("zh-Hant", "zh"))},
        {"codes": (("zh-Hans", "zh_CN"),)},
        {"codes": (("zh-Hant", "zh-traditional1"),)},
        {"date": datetime(2026, 11, 20)},  # noqa: DTZ001 - what is refused
    ],
)
def test_refuses_settings_that_tools_would_refuse(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Tmx(**settings)  # type: ignore[arg-type] # the table is of mixed types


def test_inline_codes_go_and_highlights_stay() -> None:
    seg = (
        '2 <it pos="begin">&lt;a></it>zz <bpt i="5">&lt;t></bpt>xx<ept i="5"/> <hi>量<ph>x<sub>y</sub></ph>子</hi>'
        '<ph type="lb"/>次<ut>u</ut><!-- no -->'
    )
    units, _ = read(memory(tu(en=seg, ja="\n  訳\n  文 ")))
    assert [segment.text for segment in units[0].segments] == ["訳 文", "2 zz xx 量子 次"]


def inline(seg: str, ja: str = "訳") -> tuple[str, tuple[InlineCode, ...]]:
    (found,), _ = read(memory(tu(en=seg, ja=ja)))
    segment = found.segment("en")
    assert segment is not None
    return segment.text, segment.codes


def again(seg: str) -> str:
    """A segment read, written and cut out of the file again; the other side has the same codes."""
    (found,), _ = read(memory(tu(en=seg, ja=seg)))
    root = etree.fromstring(write([found])[0])
    element = next(tuv for tuv in root.iter("tuv") if tuv.get(XML_LANG) == "en").find("seg")
    assert element is not None
    return etree.tostring(element, encoding="unicode").strip()


def test_codes_stand_beside_the_text_at_its_offsets() -> None:
    text, codes = inline(
        '<ph x="1"/>A <bpt i="1" x="2" type="bold">&lt;b></bpt>bold<ept i="1">&lt;/b></ept> 𠮷<it pos="end">e</it>'
    )
    assert text == "A bold 𠮷"
    assert [(code.kind, code.start, code.end, text[: code.start]) for code in codes] == [
        ("ph", 0, 0, ""),
        ("bpt", 2, 2, "A "),
        ("ept", 6, 6, "A bold"),
        ("it", 8, 8, "A bold 𠮷"),
    ]
    assert codes[1].content == ("<b>",)
    assert dict(codes[1].attributes) == {"i": "1", "x": "2", "type": "bold"}
    assert codes[1].attribute("type") == "bold"


def test_a_highlight_holds_its_text_and_what_is_inside() -> None:
    text, codes = inline("a <hi type='x'>b <ph/>c<hi>d</hi></hi> e<ph/>")
    assert text == "a b cd e"
    assert [(code.kind, text[code.start : code.end], code.n_inside) for code in codes] == [
        ("hi", "b cd", 2),
        ("ph", "", 0),
        ("hi", "d", 0),
        ("ph", "", 0),
    ]


def test_offsets_hold_when_line_ends_and_blanks_go() -> None:
    text, codes = inline("\n   one \n <ph x='1'/>two<ph x='2'/>\n")
    assert text == "one two"
    assert [(code.start, code.attribute("x")) for code in codes] == [(4, "1"), (7, "2")]


def test_a_break_stands_for_the_blank_that_it_makes() -> None:
    text, (code,) = inline("one<ph type='lb'>br</ph>two")
    assert (text, text[code.start : code.end], code.content) == ("one two", " ", ("br",))


@pytest.mark.parametrize(
    "seg",
    [
        '<bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>one<ept i="1">&lt;/b&gt;</ept>',
        '<ph x="1">a<sub datatype="html" type="t">alt <bpt i="7">q</bpt>text<ept i="7"/><hi>h</hi></sub>z</ph>two',
        'a <hi type="x" x="3">b<hi/> <ph type="lb">br</ph>c</hi> d',
        '<it pos="begin" x="1">i</it>a<it pos="end">e</it><ut x="9">u</ut>',
        'one<ph type="lb"/>two &amp; &lt; three',
        '<ph x="1"/> <it pos="begin" x="1"/>  one <ph x="2"/><ph x="3"/>',
        '<bpt i="1">b</bpt> one <ept i="1"/>',
        "<hi> one </hi>",
        '<ph/> <hi x="1">  <hi> <ut/>one</hi> </hi> <ph/>',
        "<hi> </hi> one <hi> <hi> </hi></hi>",
    ],
)
def test_what_is_read_is_written_back(seg: str) -> None:
    assert again(seg) == f"<seg>{seg}</seg>"


@pytest.mark.parametrize(
    ("seg", "text", "written", "n_foreign"),
    [
        ("a <b>bold</b>", "a bold", "a bold", {"b": 1}),
        ('<g id="1">one</g> <x/>two<g> </g>', "one two", "one two", {"g": 2, "x": 1}),
        ("a<sub>b <ph/>c</sub>d", "ab cd", "ab <ph/>cd", {"sub": 1}),
        ("<ph>&lt;a <mq:rxt>t</mq:rxt>&gt;</ph>a", "a", "<ph>&lt;a t&gt;</ph>a", {"mq:rxt": 1}),
    ],
)
def test_an_element_that_tmx_has_not_goes_and_its_text_stays(
    seg: str, text: str, written: str, n_foreign: dict[str, int]
) -> None:
    (found,), losses = read(memory(tu(en=seg, ja="港")))
    assert [segment.text for segment in found.segments] == ["港", text]
    assert again(seg) == f"<seg>{written}</seg>"
    assert losses == {
        f"element <{name}> that TMX has not there, left out, its text kept": n for name, n in n_foreign.items()
    }


@pytest.mark.parametrize(
    ("seg", "written"),
    [
        ('<bpt i="1">b</bpt>x', '<it pos="begin">b</it>x'),
        ('x<ept i="4" />', 'x<it pos="end"/>'),
        ('<bpt i="a">b</bpt>x<ept i="a"/>', '<bpt i="1">b</bpt>x<ept i="1"/>'),
        ('<bpt i="1">b</bpt>x<ept i="1"/><bpt i="1">c</bpt>y<ept i="1"/>', '<bpt i="1">b</bpt>x<ept i="1"/><bpt i="2">c</bpt>y<ept i="2"/>'),
        ('<it x="2">i</it>x', '<ph x="2">i</ph>x'),
        ('<ph own="1" x="2">i</ph>x', '<ph x="2">i</ph>x'),
    ],
)  # fmt: skip
def test_codes_that_break_the_rules_are_mended(seg: str, written: str) -> None:
    assert again(seg) == f"<seg>{written}</seg>"


def test_x_is_the_same_set_in_all_languages_or_nowhere() -> None:
    (found,), _ = read(memory(tu(en='a<ph x="1"/><ph x="2"/>', ja='b<ph x="2"/><ph x="1"/>')))
    assert write([found])[0].count(b" x=") == 4
    (found,), _ = read(memory(tu(en='a<ph x="1"/><ph x="2"/>', ja='b<ph x="1"/>')))
    raw, report = write([found])
    assert b" x=" not in raw
    assert report.losses == (("inline codes whose x does not match between languages, written without", 1),)


@pytest.mark.parametrize("name", ["full.tmx", "plain.tmx"])
def test_a_file_written_back_keeps_every_rule(name: str, root: Path) -> None:
    raw = (root / "tests" / "formats" / "cases" / "validation" / name).read_bytes()
    written = write(read(raw)[0])[0]
    assert check_file(io.BytesIO(written), name=name) == ()
    assert read(written)[0] == read(write(read(written)[0])[0])[0]


def test_notes_properties_and_attributes_come_and_go() -> None:
    body = (
        '<tu tuid="7" usagecount="3" creationdate="20200102T030405Z" changeid="Li" lastusagedate="2020"><note>one</note>'
        '<prop type="x-context">c</prop><note>two</note><prop type="x-licence">CC0-1.0</prop>'
        '<tuv xml:lang="ja" changedate="20210102T030405Z"><note>n</note><prop type="p">v</prop><prop type="x-document">d</prop>'
        '<seg>一</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    )
    (found,), _ = read(memory(body))
    assert dict(found.extra) == {
        "licence": "CC0-1.0",
        "usagecount": 3,
        "attributes": {"creationdate": "20200102T030405Z", "changeid": "Li", "lastusagedate": "2020"},
        "notes": ["one", "two"],
        "props": [["x-context", "c"]],
        "sides": {"ja": {"attributes": {"changedate": "20210102T030405Z"}, "notes": ["n"], "props": [["p", "v"]]}},
    }
    assert found.segments[0].document == "d"
    raw, report = write([found])
    assert report.losses == (("attribute that TMX has not, or not in this form", 1),)  # lastusagedate="2020"
    (back,), _ = read(raw)
    assert dict(back.extra) | {"attributes": 0} == dict(found.extra) | {"attributes": 0}
    assert dict(back.extra)["attributes"] == {"creationdate": "20200102T030405Z", "changeid": "Li"}


def test_what_the_header_says_comes_and_goes() -> None:
    header = HEADER.format("en").replace("/>", '><note>client &amp; co.</note><prop type="x-project">7</prop></header>')
    raw = f'<tmx version="1.4">{header}<body>{tu(en="a", ja="甲")}{tu(en="b", ja="乙")}</body></tmx>'.encode()
    found, losses = read(raw)
    assert [dict(one.extra).get("header") for one in found] == [
        {"notes": ["client & co."], "props": [["x-project", "7"]]},
        None,
    ]
    assert losses == {}
    written, report = write(found)
    assert b'<note>client &amp; co.</note><prop type="x-project">7</prop>\n</header>' in written
    assert (report.losses, check_file(io.BytesIO(written), name="a.tmx")) == ((), ())
    assert read(written)[0] == found
    file = io.BytesIO()
    UNITS_JSONL.write(found, file)
    file.seek(0)
    assert list(UNITS_JSONL.read(file, name="a.jsonl")) == found


def test_licence_and_holder_stand_in_the_header() -> None:
    written, _ = write([TRIPLE], Tmx(licence="CC-BY-4.0", holder="A & B"))
    assert b'<prop type="x-licence">CC-BY-4.0</prop><prop type="x-copyright">A &amp; B</prop>\n</header>' in written
    assert check_file(io.BytesIO(written), name="a.tmx") == ()
    again, _ = write(read(written)[0], Tmx(licence="CC0-1.0"))
    assert again.count(b'"x-licence"') == 1
    assert b">CC0-1.0<" in again


def test_evidence_and_other_keys_are_properties() -> None:
    extra = (("evidence", ["gloss", "han"]), ("licence", "CC-BY-4.0"), ("own key", {"a": 1}))
    raw, _ = write([replace(TRIPLE, extra=extra)])
    assert b'<prop type="x-evidence">["gloss", "han"]</prop>' in raw
    assert b'<prop type="x-licence">CC-BY-4.0</prop>' in raw
    (back,), _ = read(raw)
    assert back == replace(TRIPLE, extra=extra)


def test_equal_units_far_apart_are_still_one() -> None:
    many = [unit(ja=f"量子{number}", en=f"quantum {number}") for number in range(3000)]
    raw, report = write([*many, *many[:500], *many[:2]])
    assert report == WriteReport(n_written=3000, losses=(("equal unit, counted in usagecount", 502),))
    counts = [one.get("usagecount") for one in etree.fromstring(raw).iter("tu")]
    assert counts == ["3"] * 2 + ["2"] * 498 + [None] * 2500


def test_counts_add_up() -> None:
    counted = [replace(TRIPLE, extra=(("usagecount", n),)) for n in (200, 100, 1)]
    raw, _ = write(counted)
    assert [one.get("usagecount") for one in etree.fromstring(raw).iter("tu")] == ["301"]


def test_units_with_codes_come_back_from_jsonl() -> None:
    (found,), _ = read(memory(tu(en='a <hi>b<ph x="1">c<sub>d</sub></ph></hi>', ja='b<ph x="1"/>')))
    file = io.BytesIO()
    UNITS_JSONL.write([found], file)
    file.seek(0)
    assert list(UNITS_JSONL.read(file, name="a.jsonl")) == [found]


def test_a_unit_knows_where_it_was_read() -> None:
    body = '<tu tuid="17"><tuv xml:lang="EN-US"><seg>a</seg></tuv><tuv xml:lang="ja"><seg>b</seg></tuv></tu>'
    (found,), _ = read(memory(body, srclang="en-US"))
    assert found.origin == Origin(file="a.tmx", line=4, id="17", source="en")
    assert (found.name, found.method, found.score, found.bead) == ("17", Method.GIVEN, None, "1-1")


@pytest.mark.parametrize(
    ("srclang", "source"), [("*all*", ""), ("JA", "ja"), ("zh", "zh-Hans"), ("zh-TW", ""), ("fr", ""), ("", "")]
)
def test_the_source_language_is_that_of_the_header(srclang: str, source: str) -> None:
    (found,), _ = read(memory(tu(en="a", ja="b", zh_CN="c"), srclang=srclang))
    assert found.origin is not None
    assert found.origin.source == source


def test_zh_is_told_by_its_text() -> None:
    units, _ = read(memory(tu(en="a", zh="軟體") + tu(en="b", zh="软件") + tu(en="c", zh="量子")))
    assert [one.segments[0].language for one in units] == ["zh-Hant", "zh-Hans", "zh-Hans"]
    units, _ = read(memory(tu(en="c", zh="量子")), Tmx(script=lambda _: "zh-Hant"))
    assert units[0].segments[0].language == "zh-Hant"


def test_old_versions_have_lang() -> None:
    body = '<tu><tuv lang="EN-GB"><seg>a</seg></tuv><tuv lang="JA"><seg>b</seg></tuv></tu>'
    units, _ = read(memory(body, version="1.1"))
    assert [segment.language for segment in units[0].segments] == ["ja", "en"]


def test_several_variants_of_a_language_make_several_units() -> None:
    body = (
        "<tu>"
        '<tuv xml:lang="en-US"><seg>color</seg></tuv><tuv xml:lang="en-GB"><seg>colour</seg></tuv>'
        '<tuv xml:lang="ja"><seg>色</seg></tuv><tuv xml:lang="ja"><seg>色</seg></tuv>'
        '<tuv xml:lang="zh-CN"><seg>颜色</seg></tuv><tuv xml:lang="zh-CN"><seg>色彩</seg></tuv>'
        '<tuv xml:lang="zh-CN"><seg>彩</seg></tuv></tu>'
    )
    units, losses = read(memory(body))
    assert [[segment.text for segment in one.segments] for one in units] == [
        ["色", "颜色", "color"],
        ["色", "色彩", "colour"],
        ["色", "彩", "color"],
    ]
    assert losses == {"tuv that stands twice in its tu, read once": 1}


@pytest.mark.parametrize(
    ("codes", "text", "regions", "n_twice"),
    [
        (("en-US", "en-GB"), "port", [{"en": "US"}, {"en": "GB"}], 0),
        (("en-GB", "en-gb", "en"), "port", [{"en": "GB"}, None], 1),
        (("zh-CN", "zh-SG", "zh-Hans"), "端口", [None, {"zh-Hans": "SG"}], 1),
        (("zh-TW", "zh-HK"), "連接埠", [{"zh-Hant": "TW"}, {"zh-Hant": "HK"}], 0),
    ],
)
def test_equal_texts_of_two_regions_in_one_tu_are_both_read(
    codes: tuple[str, ...], text: str, regions: list[dict[str, str] | None], n_twice: int
) -> None:
    sides = "".join(f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>' for code in codes)
    units, losses = read(memory(f'<tu><tuv xml:lang="ja"><seg>港</seg></tuv>{sides}</tu>' * 2))
    assert [dict(one.extra).get("regions") for one in units] == regions * 2
    assert +losses == ({"tuv that stands twice in its tu, read once": 2 * n_twice} if n_twice else {})


def test_other_languages_are_counted() -> None:
    units, losses = read(memory(tu(en="a", fr="b") + tu(en="a", fr="b", ja="c") + tu(en="a", ja=" ")))
    assert len(units) == 1
    assert losses == {"segment in fr": 2, "unit without two sides": 2, "segment without text": 1}


def test_faults_are_gathered_with_their_lines() -> None:
    body = (
        tu(jp="a", en="b") + "\n" + tu(ja="a", en="b") + "\n<tu><tuv><seg>a</seg></tuv></tu>\n"
        '<tu><tuv xml:lang="ja"/><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    )
    units: list[TranslationUnit] = []
    with pytest.raises(DataErrors) as caught:
        units.extend(TMX.read(io.BytesIO(memory(body)), name="a.tmx"))
    assert len(units) == 1
    assert [str(error) for error in caught.value.exceptions] == [
        "a.tmx:4 (tuv[0]): language tag 'jp'; write 'ja'",
        "a.tmx:6 (tuv[0]): a tuv without xml:lang; export the memory anew, or mend the unit",
        "a.tmx:7 (tuv[0]): no seg in a tuv; export the memory anew, or mend the unit",
    ]


def test_stops_at_a_hundred_faults() -> None:
    with pytest.raises(DataErrors, match="100 faults, reading stopped"):
        read(memory(tu(jp="a", en="b") * 150))


def test_refuses_tmx_2() -> None:
    with pytest.raises(DataError, match=r"a\.tmx:1: TMX version '2\.0'; export it as TMX 1\.4"):
        read(memory(tu(ja="a", en="b"), version="2.0"))


def test_refuses_billion_laughs() -> None:
    bomb = b'<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + memory(tu(ja="&b;", en="b"))
    with pytest.raises(DataError, match="declares the entity 'a'"):
        read(bomb)


@pytest.mark.parametrize("prop", ["nan", "7", "-1", "high", ""])
def test_a_foreign_score_is_not_believed(prop: str) -> None:
    body = (
        f'<tu><prop type="x-score">{prop}</prop><prop type="x-method">align</prop><prop type="x-bead">9</prop>'
        '<tuv xml:lang="ja"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>'
    )
    (found,), _ = read(memory(body))
    assert (found.score, found.bead) == (None, "1-1")


def test_reads_the_shared_samples(shared: Path) -> None:
    rows = (shared / "interop" / "expected.tsv").read_text(encoding="utf-8").splitlines()
    names = [row.split("\t")[0] for row in rows if row.startswith("tmx/")]
    assert names
    for name in names:
        losses: Counter[str] = Counter()
        with (shared / "interop" / name).open("rb") as file:
            units = list(TMX.read(file, name=name, losses=losses))
        assert not units  # each is English and languages that are none of ours
        assert losses["unit without two sides"] >= 2


def test_a_bead_that_does_not_fit_its_unit_is_not_written() -> None:
    units, _ = read(write([replace(TRIPLE, bead="2-1")])[0])
    assert (units[0].bead, len(units[0].segments)) == ("1-1-1", 3)


# What a unit may hold, from what is read by the hundred to what only the parser reads.
UNIT_PARTS = st.fixed_dictionaries(
    {
        "tuid": st.sampled_from(
            ["", "", ' tuid="a-1"', ' tuid="u-abc"', ' srclang="en"', ' tuid="x&amp;y"', ' usagecount="2"']
        ),
        "infos": st.sampled_from(
            ["", "", '<prop type="x-method">align</prop>\n<prop type="x-bead">1-1</prop>\n', "<note>a</note>"]
        ),
        "ja": st.sampled_from(
            ["量子", "重ね合わせ", " 端 ", "a &amp;lt; b", "全角　字", "", "&#x3042;", "改\n行", "x|y", "<ph/>x"]
        ),
        "en": st.sampled_from(["quantum", "a &amp; b", "x > y", "two  blanks", "<!-- c -->text", "<![CDATA[<]]>"]),
        "document": st.sampled_from(["", "", '<prop type="x-document">d-1</prop>', "<note>b</note>"]),
        "space": st.sampled_from(["\n", "\n", "", "\n\n  ", "<!-- between\n -->\n"]),
    }
)


@given(st.lists(UNIT_PARTS, min_size=1, max_size=12), st.integers(1, 3))
def test_units_read_together_are_those_the_parser_reads(parts: list[dict[str, str]], n_times: int) -> None:
    units = "".join(
        f'<tu{one["tuid"]}>{one["infos"]}<tuv xml:lang="ja">{one["document"]}<seg>{one["ja"]}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{one["en"]}</seg></tuv></tu>{one["space"]}'
        for one in parts
    )
    memory = f'<tmx version="1.4"><header srclang="ja"/>\n<body>\n{units * n_times}</body></tmx>'
    found = [
        list(TMX.read(io.BytesIO(memory.encode(encoding)), name="a.tmx")) for encoding in ("utf-8", "utf-16")
    ]  # UTF-16 is left to the parser
    assert found[0] == found[1]
    assert [unit.origin for unit in found[0]] == [unit.origin for unit in found[1]]


def test_units_in_many_stretches_keep_their_lines() -> None:
    rows = "".join(
        f'<tu tuid="n{number}">\n<tuv xml:lang="ja"><seg>第{number}号{"　" * (number % 997 == 0)}機</seg></tuv>\n'
        f'<tuv xml:lang="en"><seg>no. {number}{"<ph/>" * (number % 1009 == 0)}</seg></tuv></tu>\n'
        for number in range(1, 5001)
    )
    memory = f'<tmx version="1.4"><header srclang="ja"/><body>\n{rows}</body></tmx>'
    found = list(TMX.read(io.BytesIO(memory.encode()), name="a.tmx"))
    assert [unit.origin.line for unit in found if unit.origin] == [2 + 3 * number for number in range(5000)]
    assert [unit.name for unit in found] == [f"n{number}" for number in range(1, 5001)]


REGIONAL = (
    '<tu tuid="{n}"><tuv xml:lang="ja-JP"><seg>色{n}</seg></tuv><tuv xml:lang="zh-{zh}"><seg>顏色{n}</seg></tuv>'
    '<tuv xml:lang="en-{en}"><seg>colour {n}</seg></tuv></tu>\n'
)


@pytest.mark.parametrize(
    "middle", ["", "<tu><tuv xml:lang='ja'><seg>端</seg></tuv><tuv xml:lang='en'><seg>a<ph/></seg></tuv></tu>"]
)
def test_regions_come_back(middle: str) -> None:
    body = "".join(REGIONAL.format(n=n, zh="TW" if n < 10 else "HK", en="GB" if n % 2 else "US") for n in range(20))
    found, _ = read(memory(body + middle))
    assert found[0].extra == (("regions", {"zh-Hant": "TW", "en": "US"}),)
    raw, report = write(found)
    assert not report.losses
    assert raw.count(b'xml:lang="zh-TW"') == raw.count(b'xml:lang="zh-HK"') == raw.count(b'xml:lang="en-GB"') == 10
    assert [(unit.segments, unit.extra) for unit in read(raw)[0]] == [(unit.segments, unit.extra) for unit in found]
    file = io.BytesIO()
    UNITS_JSONL.write(found, file)
    file.seek(0)
    assert write(list(UNITS_JSONL.read(file, name="a.jsonl")))[0] == raw


def test_the_code_of_a_tool_goes_before_a_region() -> None:
    found, _ = read(memory(REGIONAL.format(n=1, zh="HK", en="GB")))
    raw, report = write(found, Tmx(codes=(("zh-Hant", "zh-TW"), ("en", "en-GB"))))
    assert b'xml:lang="zh-TW"' in raw
    assert dict(report.losses) == {"region of a language: the tool has a code of its own": 1}


def test_equal_texts_of_two_regions_are_two_units() -> None:
    body = REGIONAL.format(n=1, zh="HK", en="GB") + REGIONAL.format(n=1, zh="HK", en="US")
    found, _ = read(memory(body))
    raw, report = write(found)
    assert report.n_written == 2
    assert b"usagecount" not in raw
    for units in (found, [replace(one, extra=(*one.extra, ("notes", ["n"]))) for one in found]):
        raw, report = write(units, Tmx(codes=(("en", "en-US"),)))
        assert (report.n_written, raw.count(b'usagecount="2"')) == (1, 1)
