"""Rules of INTEROP.md that no other test holds, and that every rule has its test: INTEROP.md beside this file lists them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from lxml import etree

import termalign
from termalign.formats.tmx import TMX, Tmx
from termalign.formats.utx import UTX, Utx
from termalign.formats.validation import check_file
from termalign.model import Concept, Designation, Segment, TermStatus, TranslationUnit

HERE = Path(__file__).parent
DCA = (HERE / "cases" / "validation" / "dca.tbx").read_text(encoding="utf-8")


def test_every_rule_has_its_test(root: Path) -> None:
    table = (HERE / "INTEROP.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", table)
    missing = [(file, test) for file, test in named if f"def {test}(" not in (root / file).read_text(encoding="utf-8")]
    assert len(named) > 50
    assert missing == []
    assert {row[0] for row in re.findall(r"^\| (\d)", table, re.MULTILINE)} == set("12345678")


def unit(ja: str, en: str, **settings: object) -> TranslationUnit:
    segments = (Segment(language="ja", text=ja), Segment(language="en", text=en))
    return TranslationUnit(segments=segments, **settings)  # type: ignore[arg-type]


def written(*units: TranslationUnit, form: Tmx = TMX) -> bytes:
    file = io.BytesIO()
    form.write(units, file)
    return file.getvalue()


@pytest.mark.parametrize(("languages", "source"), [((), "*all*"), (("ja", "en"), "ja"), (("en", "ja"), "en")])
def test_header_of_a_memory(languages: tuple[str, ...], source: str) -> None:
    header = etree.fromstring(written(unit("港", "port"), form=Tmx(languages=languages))).find("header")
    assert header is not None
    assert header.get("srclang") == source
    assert (header.get("creationtool"), header.get("segtype"), header.get("datatype")) == (
        "termalign",
        "sentence",
        "plaintext",
    )


def test_bytes_of_a_memory() -> None:
    raw = written(unit("港\x07\ufffe", "é & port \udc80"), unit("𠮷", "a\x0bb"))
    assert raw.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')
    text = raw.decode("utf-8")
    assert set(re.findall(r"&\w+;", text)) == {"&amp;"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
    assert "𠮷" in text


@pytest.mark.parametrize(
    ("text", "seg"),
    [
        ("a < b & c > d \"e\" 'f'", "a &lt; b &amp; c > d \"e\" 'f'"),
        ("]]>", "]]&gt;"),
        ("  blanks\u3000", "blanks"),
        ("one\r\n two\u2028three", "one two three"),
        ("か\u3099", "が"),
        ("ＡＢＣ　ｶﾞ", "ＡＢＣ　ｶﾞ"),
        ("50 %s", "50 %s"),
    ],
)
def test_text_of_a_segment(text: str, seg: str) -> None:
    assert f"<seg>{seg}</seg>".encode() in written(unit(text, "x"))
    assert f"<seg>{seg}</seg>".encode() in written(unit("x", text, extra=(("notes", ["n"]),)))


LEVELS = {
    "concept": '<langSec xml:lang="zh-Hans">',
    "language": '<termSec id="t1">',
    "term": "</termSec>",
}
# Section 3: element, category, a value, and the levels that it may stand at.
CATEGORIES = [
    ("descrip", "subjectField", "physics", "concept"),
    ("admin", "customerSubset", "ACME", "concept term"),
    ("termNote", "administrativeStatus", "admittedTerm-admn-sts", "term"),
    ("termNote", "partOfSpeech", "noun", "term"),
    ("xref", "externalCrossReference", "x", "concept language term"),
    ("descrip", "definition", "d", "concept language"),
    ("descrip", "context", "c", "term"),
    ("admin", "source", "s", "concept language term"),
    ("admin", "projectSubset", "p", "concept term"),
    ("ref", "crossReference", "r", "concept term"),
    ("termNote", "geographicalUsage", "TW", "term"),
    ("termNote", "grammaticalGender", "neuter", "term"),
    ("termNote", "termLocation", "checkBox", "term"),
    ("termNote", "termType", "acronym", "term"),
    ("xref", "xGraphic", "g", "concept language"),
]


def entry(element: str, category: str, value: str, level: str) -> str:
    """A file with the category at a level, and nothing else in it that could be wrong."""
    target = {"xref": ' target="https://example.org/a"', "ref": ' target="c1"'}.get(element, "")
    markup = f'<{element} type="{category}"{target}>{value}</{element}>'
    at = {name: markup if name == level else "" for name in ("concept", "language", "term")}
    head = DCA.partition("<conceptEntry")[0]
    return (
        f'{head}<conceptEntry id="c1">{at["concept"]}<langSec xml:lang="en">{at["language"]}<termSec><term>a</term>'
        f"{at['term']}</termSec></langSec></conceptEntry></body></text></tbx>"
    )


@pytest.mark.parametrize(("element", "category", "value", "levels"), CATEGORIES)
@pytest.mark.parametrize("level", ["concept", "language", "term"])
def test_categories_stand_where_they_may(element: str, category: str, value: str, levels: str, level: str) -> None:
    found = check_file(io.BytesIO(entry(element, category, value, level).encode()), name="a.tbx")
    assert (not found) is (level in levels.split())


@pytest.mark.parametrize(
    ("category", "value"),
    [
        ("administrativeStatus", "preferred"),
        ("partOfSpeech", "properNoun"),
        ("termType", "initialism"),
        ("grammaticalGender", "m"),
        ("termLocation", "somewhere"),
    ],
)
def test_values_that_a_category_has_not(category: str, value: str) -> None:
    found = check_file(io.BytesIO(entry("termNote", category, value, "term").encode()), name="a.tbx")
    assert [one.rule for one in found] == ["tbx-category-value"]


def srx(*rules: tuple[str, str, str]) -> bytes:
    rows = "".join(
        f'<rule break="{is_break}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>'
        for is_break, before, after in rules
    )
    return (
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>'
        f'<languagerules><languagerule languagerulename="all">{rows}</languagerule></languagerules>'
        '<maprules><languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>'
    ).encode()


@pytest.mark.parametrize(
    ("language", "rules", "text", "parts"),
    [
        ("ja", [("yes", "[。．？！]", "[^）)]")], "彼は「行く。」と言った。", ["彼は「行く。", "」と言った。"]),
        ("ja", [("yes", "[。．？！]", "[^）)]")], "円周率は３．１４だ。", ["円周率は３．", "１４だ。"]),
        ("ja", [("yes", "[。．？！]", "[^）)]")], "本当!?そうだ。", ["本当!?そうだ。"]),
        (
            "zh-Hans",
            [("no", "。”", ""), ("yes", "[。？！]", "[^”’]")],
            "他说：“好。”她走了。",
            ["他说：“好。”她走了。"],
        ),
        ("zh-Hans", [("no", "。”", ""), ("yes", "[。？！]", "[^”’]")], "一；二……三?四!五。", ["一；二……三?四!五。"]),
    ],
)
def test_rules_of_omegat_break_where_it_does(
    language: str, rules: list[tuple[str, str, str]], text: str, parts: list[str], tmp_path: Path
) -> None:
    (tmp_path / "omegat.srx").write_bytes(srx(*rules))
    found = termalign.segment(text, language=language, srx=tmp_path / "omegat.srx")
    assert [one.text for one in found] == parts


def test_three_dictionaries_share_the_ids_of_their_concepts() -> None:
    texts = {"ja": "港", "zh-Hans": "港口", "en": "port"}
    terms = tuple((tag, (Designation(text=text, status=TermStatus.PREFERRED),)) for tag, text in texts.items())
    found = {}
    for pair in (("ja", "en"), ("zh-Hans", "en"), ("ja", "zh-Hans")):
        file = io.BytesIO()
        Utx(languages=pair).write([Concept(id="c-7", terms=terms)], file)
        file.seek(0)
        (one,) = UTX.read(file, name="a.utx")
        found[pair] = one.id
    assert set(found.values()) == {"c-7"}
