"""XLIFF 1.2 and 2.1: states, proposals, inline codes, several files, notes; and what is bad input."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.tmx import TMX
from termalign.formats.validation import check_file
from termalign.formats.xliff import XLIFF, Xliff
from termalign.formats.xml import Limits
from termalign.model import Method, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_12 = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
HEAD_21 = '<xliff version="2.1" srcLang="en" trgLang="{}" xmlns="urn:oasis:names:tc:xliff:document:2.0">'


def file_12(body: str, *, source: str = "en-US", target: str = "ja-JP", original: str = "a.docx") -> str:
    languages = f'source-language="{source}" target-language="{target}"'
    return f'<file original="{original}" {languages} datatype="x"><body>{body}</body></file>'


def unit_12(source: str, target: str, *, name: str = "1", state: str = "", more: str = "") -> str:
    stated = f' state="{state}"' if state else ""
    return f'<trans-unit id="{name}"><source>{source}</source><target{stated}>{target}</target>{more}</trans-unit>'


def read(text: str, form: Xliff = XLIFF) -> tuple[list[TranslationUnit], Counter[str]]:
    losses: Counter[str] = Counter()
    found = list(form.read(io.BytesIO(text.encode()), name="a.xlf", losses=losses))
    return found, +losses


def read_12(body: str, form: Xliff = XLIFF) -> tuple[list[TranslationUnit], Counter[str]]:
    return read(f"{HEAD_12}{file_12(body)}</xliff>", form)


def read_21(body: str, form: Xliff = XLIFF, target: str = "ja") -> tuple[list[TranslationUnit], Counter[str]]:
    return read(f'{HEAD_21.format(target)}<file id="f1">{body}</file></xliff>', form)


def texts(units: list[TranslationUnit]) -> list[dict[str, str]]:
    return [{segment.language: segment.text for segment in unit.segments} for unit in units]


def test_a_unit_of_each_version() -> None:
    (one,), losses = read_12(unit_12("Port", "港"))
    assert texts([one]) == [{"ja": "港", "en": "Port"}]
    assert (one.name, one.method, one.score, losses) == ("1", Method.GIVEN, None, Counter())
    assert one.origin is not None
    assert (one.origin.file, one.origin.line, one.origin.id, one.origin.source) == ("a.xlf", 1, "1", "en")
    assert {segment.document for segment in one.segments} == {"a.docx"}
    (two,), _ = read_21('<unit id="u1"><segment><source>Port</source><target>港</target></segment></unit>')
    assert (texts([two]), two.name) == (texts([one]), "u1")


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-l10n", "needs-adaptation"])
def test_a_target_that_is_no_translation_yet_is_counted(state: str) -> None:
    units, losses = read_12(unit_12("Port", "港", state=state))
    assert (units, losses) == ([], Counter({f"unit in state {state}": 1}))
    units, _ = read_12(unit_12("Port", "港", state=state), Xliff(untranslated=frozenset()))
    assert dict(units[0].extra) == {"state": state, "regions": {"en": "US"}}


@pytest.mark.parametrize("state", ["translated", "needs-review-translation", "signed-off"])
def test_a_translation_keeps_its_state(state: str) -> None:
    (one,), losses = read_12(unit_12("Port", "港", state=state))
    assert (dict(one.extra), losses) == ({"state": state, "regions": {"en": "US"}}, Counter())


def test_the_states_of_version_2() -> None:
    body = "".join(
        f'<unit id="{state}"><segment state="{state}"><source>a</source><target>港</target></segment></unit>'
        for state in ("initial", "translated", "reviewed", "final")
    )
    units, losses = read_21(body)
    assert [unit.name for unit in units] == ["translated", "reviewed", "final"]
    assert losses == Counter({"unit in state initial": 1})


def test_what_is_not_to_be_translated_and_what_is_not_translated() -> None:
    units, losses = read_12(
        '<group translate="no">' + unit_12("a", "港") + "</group>"
        '<trans-unit id="2" translate="no"><source>a</source><target>b</target></trans-unit>'
        '<trans-unit id="3"><source>a</source></trans-unit>' + unit_12("a", " ")
    )
    expected = {"unit that is not to be translated": 2, "unit without a translation": 2}
    assert (units, losses) == ([], Counter(expected))


def test_proposals_are_no_translations() -> None:
    more = '<alt-trans match-quality="80%"><source>Ports</source><target>港々</target></alt-trans>'
    body = f'<trans-unit id="7"><source>Port</source>{more}</trans-unit>'
    units, losses = read_12(body)
    assert units == []
    assert losses == Counter({"proposal of a memory (alt-trans, match)": 1, "unit without a translation": 1})
    units, _ = read_12(body, Xliff(with_alternatives=True))
    assert texts(units) == [{"ja": "港々", "en": "Ports"}]
    assert units[0].name == "7#match1"
    matches = (
        '<unit id="u"><mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#1">'
        "<source>Ports</source><target>港々</target></mtc:match></mtc:matches>"
        "<segment><source>Port</source><target>港</target></segment></unit>"
    )
    units, losses = read_21(matches)
    assert texts(units) == [{"ja": "港", "en": "Port"}]
    assert losses == Counter({"proposal of a memory (alt-trans, match)": 1})
    assert len(read_21(matches, Xliff(with_alternatives=True))[0]) == 2


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('a <g id="1">b</g> c', "a b c"),
        ('a<x id="1"/>b', "ab"),
        ('a<x id="1" ctype="lb"/>b', "a b"),
        ('a<ph id="1">&lt;br/&gt;</ph>b', "ab"),
        ('a <bpt id="1">&lt;b&gt;</bpt>b<ept id="1">&lt;/b&gt;</ept>', "a b"),
        ('<it id="1" pos="open">&lt;b&gt;</it>a', "a"),
        ('a <mrk mtype="term">b</mrk>', "a b"),
        ('<g id="1">a <g id="2">b<x id="3"/></g></g>', "a b"),
        ("a &amp; &lt;b&gt; \U00020bb7", "a & <b> \U00020bb7"),
    ],
)
def test_inline_codes_of_1_2(markup: str, text: str) -> None:
    (one,), _ = read_12(unit_12(markup, "港"))
    assert one.segments[1].text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('a <pc id="1">b</pc> c', "a b c"),
        ('a<ph id="1"/>b', "ab"),
        ('a<ph id="1" subType="fmt:lb"/>b', "a b"),
        ('<sc id="1"/>a<ec startRef="1"/>', "a"),
        ('a <mrk id="m1" type="term">b</mrk><sm id="2"/><em startRef="2"/>', "a b"),
        ('a<cp hex="001a"/>b', "ab"),
    ],
)
def test_inline_codes_of_2_1(markup: str, text: str) -> None:
    body = f'<unit id="u"><segment><source>{markup}</source><target>港</target></segment></unit>'
    assert read_21(body)[0][0].segments[1].text == text


def codes(found: TranslationUnit) -> list[tuple[str, int, int, dict[str, str], tuple[object, ...]]]:
    english = found.segments[1]
    return [(one.kind, one.start, one.end, dict(one.attributes), one.content) for one in english.codes]


def test_codes_are_kept_as_those_of_tmx() -> None:
    markup = (
        'a <g id="1" ctype="bold">b</g> <bpt id="2" rid="7">&lt;i&gt;</bpt>c<ept id="3" rid="7">&lt;/i&gt;</ept>'
        '<x id="n" ctype="lb"/><ph id="4">&lt;img alt="<sub>d <x id="5"/></sub>"&gt;</ph><it id="6" pos="close">}</it>'
    )
    (one,), losses = read_12(unit_12(markup, "港"))
    assert one.segments[1].text == "a b c"
    begin, end, italic, closed, line, image, half = codes(one)
    assert begin == ("bpt", 2, 2, {"i": "1", "x": "1", "type": "bold"}, ())
    assert end == ("ept", 3, 3, {"i": "1"}, ())
    assert italic == ("bpt", 4, 4, {"i": "2", "x": "2"}, ("<i>",))
    assert closed == ("ept", 5, 5, {"i": "2"}, ("</i>",))
    assert line[:4] == ("ph", 5, 5, {"type": "lb"})
    assert (image[0], image[4][0], image[4][2]) == ("ph", '<img alt="', '">')
    assert half == ("it", 5, 5, {"pos": "end", "x": "6"}, ("}",))
    assert losses["text inside an inline code (sub), kept in the code only"] == 1


def test_codes_of_2_1_with_their_native_codes() -> None:
    markup = '<pc id="1" dataRefStart="b" dataRefEnd="e">a</pc><sc id="2"/>b<ec startRef="2"/><ph id="3" dataRef="p"/>'
    stored = '<originalData><data id="b">[b]</data><data id="e">[/b]</data><data id="p">{0}</data></originalData>'
    body = f'<unit id="u">{stored}<segment><source>{markup}</source><target>港</target></segment></unit>'
    (one,), _ = read_21(body)
    assert [(kind, attributes.get("i"), content) for kind, _, _, attributes, content in codes(one)] == [
        ("bpt", "1", ("[b]",)),
        ("ept", "1", ("[/b]",)),
        ("bpt", "2", ()),
        ("ept", "2", ()),
        ("ph", None, ("{0}",)),
    ]


def test_codes_go_on_into_a_memory_that_keeps_every_rule() -> None:
    markup = '{} <g id="1">{}<x id="2"/></g> <ph id="3">&lt;br/&gt;</ph><bx id="4"/>{}<ex id="4"/>'
    body = unit_12(markup.format("a", "b", "c"), markup.format("港", "湾", "口"))
    (one,), _ = read_12(body)
    file = io.BytesIO()
    assert not TMX.write([one], file).losses
    assert check_file(io.BytesIO(file.getvalue()), name="a.tmx") == ()
    file.seek(0)
    (back,) = TMX.read(file, name="a.tmx")
    assert [side.codes for side in back.segments] == [side.codes for side in one.segments]


@pytest.mark.parametrize(
    ("attributes", "inside", "state"),
    [
        ('mq:status="NotStarted"', "", "-NotStarted"),
        ('mq:status="Confirmed"', "", "Confirmed"),
        ('m:confirmed="0"', "", "unconfirmed"),
        ('m:confirmed="1"', "", ""),
        ("", '<sdl:seg-defs><sdl:seg id="1" conf="RejectedTranslation"/></sdl:seg-defs>', "-RejectedTranslation"),
        ("", '<sdl:seg-defs><sdl:seg id="1" conf="Draft"/></sdl:seg-defs>', "Draft"),
        ("", '<sdl:seg-defs><sdl:seg id="1"/></sdl:seg-defs>', ""),
    ],
)
def test_states_of_tools(attributes: str, inside: str, state: str) -> None:
    spaces = 'xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    body = f'<trans-unit id="1" {spaces} {attributes}><source>port</source><target>港</target>{inside}</trans-unit>'
    units, losses = read_12(body)
    if state.startswith("-"):
        assert (units, dict(+losses)) == ([], {f"unit in state {state[1:]}": 1})
    else:
        assert [dict(one.extra).get("state", "") for one in units] == [state]


def test_sentences_that_a_tool_marked() -> None:
    body = (
        '<trans-unit id="5"><source>One. Two.</source><seg-source><g id="1"><mrk mtype="seg" mid="1">One.</mrk> '
        '<mrk mtype="seg" mid="2">Two.</mrk></g></seg-source>'
        '<target><mrk mtype="seg" mid="1">一。</mrk><mrk mtype="seg" mid="2">二。</mrk></target></trans-unit>'
    )
    units, _ = read_12(body)
    assert texts(units) == [{"ja": "一。", "en": "One."}, {"ja": "二。", "en": "Two."}]
    assert [unit.name for unit in units] == ["5#1", "5#2"]
    units, _ = read_12(body.replace('<mrk mtype="seg" mid="2">二。</mrk>', ""))
    assert texts(units) == [{"ja": "一。", "en": "One. Two."}]  # marks that do not pair are not believed


def test_segments_of_a_unit_of_2_1_and_targets_in_another_order() -> None:
    body = (
        '<unit id="u"><segment id="a"><source>One.</source><target>一。</target></segment>'
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Two.</source><target>二。</target></segment></unit>"
    )
    units, _ = read_21(body)
    assert [(unit.name, unit.segments[0].text) for unit in units] == [("u#a", "一。"), ("u#2", "二。")]
    turned = body.replace("<target>一", '<target order="3">一').replace("<target>二", '<target order="1">二')
    units, _ = read_21(turned)
    assert texts(units) == [{"ja": "二。 一。", "en": "One. Two."}]


def test_several_files_in_several_languages() -> None:
    files = (
        file_12(unit_12("Port", "港"), original="C:\\client\\secret\\a.docx")
        + file_12(unit_12("Port", "港口"), target="zh_CN", original="/home/x/b.docx")
        + file_12(unit_12("Port", "Hafen"), target="de")
        + file_12(unit_12("軟體", "Software"), source="zh", target="en")
    )
    units, losses = read(f"{HEAD_12}{files}</xliff>")
    assert [(unit.segments[0].language, unit.segments[0].document) for unit in units] == [
        ("ja", "a.docx"),
        ("zh-Hans", "b.docx"),
        ("zh-Hant", "a.docx"),
    ]
    assert losses == Counter({"unit with a side in de": 1})


def test_a_side_may_state_its_own_language() -> None:
    body = '<trans-unit id="1"><source>Port</source><target xml:lang="zh-TW">港口</target></trans-unit>'
    assert read_12(body)[0][0].segments[0].language == "zh-Hant"


def test_notes_are_kept() -> None:
    (one,), _ = read_12(unit_12("Port", "港", more='<note from="me">a  harbour</note>'))
    assert dict(one.extra) == {"notes": ["a  harbour"], "regions": {"en": "US"}}
    body = '<unit id="u"><notes><note>n</note></notes><segment><source>a</source><target>港</target></segment></unit>'
    assert dict(read_21(body)[0][0].extra) == {"notes": ["n"]}


def test_a_glossary_inside_the_file_is_told() -> None:
    body = (
        '<unit id="u"><gls:glossary xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"><gls:glossEntry>'
        "<gls:term>port</gls:term><gls:translation>港</gls:translation></gls:glossEntry></gls:glossary>"
        "<segment><source>Port</source><target>港</target></segment></unit>"
    )
    units, losses = read_21(body)
    assert texts(units) == [{"ja": "港", "en": "Port"}]
    assert losses == Counter(
        {"entry of a glossary inside the file (gls:glossEntry): name it .gls.xlf and import it as a glossary": 1}
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<xliff/>", "a.xlf:1 (xliff): XLIFF version ''; export it as XLIFF 1.2 or 2.1"),
        ('<xliff version="9.9"/>', "a.xlf:1 (xliff): XLIFF version '9.9'"),
        ('<tmx version="1.4"/>', "a.xlf:1: root element <tmx> instead of <xliff>"),
        (
            f"{HEAD_12}\n<file><body>{unit_12('a', 'b')}</body></file></xliff>",
            "a.xlf:2 (trans-unit): no source language",
        ),
        (f"{HEAD_12}{file_12(unit_12('a', 'b'), target='')}</xliff>", "a.xlf:1 (trans-unit): no target language"),
        (
            f"{HEAD_12}{file_12(unit_12('a', 'b'), target='jp')}</xliff>",
            "a.xlf:1 (target): language tag 'jp'; write 'ja'",
        ),
        (f"{HEAD_12}{file_12('<trans-unit/>')}</xliff>", "a.xlf:1 (trans-unit): a trans-unit without source"),
        (f"{HEAD_21.format('ja')}<file><unit id='1'/></file></xliff>", "a.xlf:1 (unit): a unit without segment"),
        (f"{HEAD_12}\n<file>", "a.xlf:2: not well-formed XML: no element found"),
        ("", "a.xlf:1: not well-formed XML: no element found"),
        ('<?xml version="1.0" encoding="x-none"?>' + HEAD_12, "a.xlf:1: unknown encoding 'x-none'"),
        (f'<!DOCTYPE xliff [<!ENTITY a "b">]>{HEAD_12}</xliff>', "a.xlf:1: the file declares the entity 'a'"),
        (f'<!DOCTYPE xliff SYSTEM "http://x.invalid/x.dtd">{HEAD_12}{file_12("&b;")}</xliff>', "a.xlf:1: entity &b;"),
    ],
)
def test_faults_say_where(text: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(text)
    assert str(caught.value).startswith(says)


def test_sound_units_come_before_the_faults() -> None:
    bad = unit_12("a", "b", name="2").replace("<target>", '<target xml:lang="jp">')
    stream = XLIFF.read(io.BytesIO(f"{HEAD_12}{file_12(unit_12('Port', '港') + bad * 2)}</xliff>".encode()), name="a")
    assert next(stream).name == "1"
    with pytest.raises(DataErrors, match="2 faults"):
        next(stream)


def test_limits() -> None:
    deep = "<g>" * 300 + "a" + "</g>" * 300
    with pytest.raises(DataError, match="nested deeper than the limit of 256 levels"):
        read_12(unit_12(deep, "港"))
    with pytest.raises(DataError, match="a text longer than the limit of 10 characters"):
        read_12(unit_12("a" * 11, "港"), Xliff(limits=Limits(text=10)))


def test_a_large_file_element_is_read_as_a_stream() -> None:
    def chunks() -> Iterator[bytes]:
        yield f'{HEAD_12}<file original="a" source-language="en" target-language="ja"><body>\n'.encode()
        while True:
            yield unit_12("Port", "港").encode() * 100

    class Stream(io.RawIOBase):
        found = chunks()

        def read(self, _size: int = -1) -> bytes:
            return next(self.found)

    stream: Any = Stream()
    assert next(XLIFF.read(stream, name="a.xlf")).segments[1].text == "Port"


def test_a_group_says_what_its_units_do_not() -> None:
    no, yes = unit_12("Port", "港", name="1"), unit_12("Sea", "海", name="2")
    yes = yes.replace("<trans-unit", '<trans-unit translate="yes"')
    found, losses = read_12(f'<group translate="no">{no}{yes}</group>{unit_12("Lake", "湖", name="3")}')
    assert [one.name for one in found] == ["2", "3"]
    assert losses == {"unit that is not to be translated": 1}


def test_what_stands_beside_the_body_is_no_unit() -> None:
    header = f"<header><note>{unit_12('a', 'b')}</note></header>"
    text = f'{HEAD_12}<file original="a" source-language="en" target-language="ja">{header}<body/></file></xliff>'
    assert read(text) == ([], {})


def write(units: list[TranslationUnit], form: Xliff = XLIFF) -> tuple[str, dict[str, int]]:
    file = io.BytesIO()
    report = form.write(units, file)
    return file.getvalue().decode(), dict(report.losses)


def unit(name: str = "", **found: str) -> TranslationUnit:
    tags = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
    segments = tuple(Segment(language=tags[key], text=text) for key, text in found.items())
    return TranslationUnit(segments=segments, name=name, method=Method.GIVEN, bead="-".join("1" * len(segments)))


def test_a_file_holds_two_languages_and_the_rest_is_listed() -> None:
    units = [unit(ja="港", zh="港口", en="port"), unit(ja="海", en="sea"), unit(zh="湖", en="lake")]
    text, losses = write(units)
    assert 'source-language="ja" target-language="en"' in text or 'source-language="zh-Hans"' in text
    text, losses = write(units, Xliff(languages=("en", "zh-Hans"), codes=(("zh-Hans", "zh-CN"),)))
    assert 'source-language="en" target-language="zh-CN"' in text
    assert losses == {"segment in ja, skipped: the file holds en and zh-Hans": 2, "unit without two sides": 1}
    back, _ = read(text)
    assert texts(back) == [{"zh-Hans": "港口", "en": "port"}, {"zh-Hans": "湖", "en": "lake"}]


def test_ids_are_kept_and_told_apart() -> None:
    text, losses = write([unit("x", ja="港", en="port"), unit("x", ja="海", en="sea"), unit(ja="湖", en="lake")])
    assert [one.name for one in read(text)[0]] == ["x", "x-2", ""]
    assert losses == {"unit of an id that is taken, numbered": 1}


def test_what_xml_cannot_hold_is_removed_and_counted() -> None:
    text, losses = write([unit(ja="港\x01\ufffe", en="port")])
    assert losses == {"character that XML forbids": 2}
    assert texts(read(text)[0]) == [{"ja": "港", "en": "port"}]


def test_regions_come_back_where_the_units_agree() -> None:
    british, _ = read(f"{HEAD_12}{file_12(unit_12('Colour', '色'), source='en-GB')}</xliff>")
    text, losses = write(british, Xliff(languages=("en", "ja")))
    assert ('source-language="en-GB" target-language="ja"' in text, losses) == (True, {"document and place": 1})
    american, _ = read(f"{HEAD_12}{file_12(unit_12('Color', '色', name='2'))}</xliff>")
    text, losses = write(british + american, Xliff(languages=("en", "ja")))
    assert 'source-language="en" target-language="ja"' in text
    assert losses == {"document and place": 2, "region of a language: the file has one code for each": 2}
