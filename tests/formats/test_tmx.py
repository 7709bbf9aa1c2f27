from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from termalign.errors import ConfigError, DataError, DataErrors
from termalign.formats.base import WriteReport
from termalign.formats.tmx import TMX, Tmx
from termalign.model import Method, Origin, Segment, TranslationUnit

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
    assert not losses


def test_other_languages_are_counted() -> None:
    units, losses = read(memory(tu(en="a", fr="b") + tu(en="a", fr="b", ja="c") + tu(en="a", ja=" ")))
    assert len(units) == 1
    assert losses == {"segment in fr": 2, "unit without two sides": 2}


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
