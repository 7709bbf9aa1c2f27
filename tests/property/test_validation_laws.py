"""Laws of the validator: units that are known to be sound are passed over without a difference in any finding."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import DataError
from termalign.formats import xml_stream
from termalign.formats.validation import check_file
from termalign.formats.validation.sound_units import SoundUnits

if TYPE_CHECKING:
    from termalign.model import FileFinding

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="t" creationtoolversion="1" '
    'segtype="sentence" o-tmf="t" adminlang="en" srclang="{}" datatype="xml"/>\n<body>'
)
# What differs between the units of a memory, sound or not; most often nothing does.
ATTRIBUTES = [
    "",
    "",
    ' tuid="{n}"',
    ' tuid="{n}" creationdate="20200101T000000Z"',
    ' tuid="same"',
    ' tuid=""',
    ' tuid="a&amp;b"',
    " tuid='{n}'",
    ' creationdate="20200230T000000Z"',
    ' creationdate=""',
    ' changedate="2020-01-01" creationid="me"',
    ' usagecount="3"',
    ' usagecount=""',
    ' usagecount="x"',
    ' usagecount="\0"',
    ' own="1"',
    ' srclang="ja"',
    ' creationid="a" creationid="b"',
]
INFOS = [
    "",
    "",
    '<prop type="x">p{n}</prop>',
    "<note>n</note>",
    '<prop type="x"></prop>',
    "<prop>p</prop>",
    '<prop type="a>b">c</prop>',
    "text",
    "<!-- </tu> -->",
    "<note>a<b/></note>",
    '<note>x creationdate="no" usagecount="n"</note>',
]
TEXTS = [
    "port {n}",
    "港{n}",
    "",
    " ",
    "\u3000",
    "a &amp; b",
    "a &bad; b",
    "&#31;",
    "<![CDATA[x]]>",
    "a <ph x='1'/>",
    "<bpt i='1'/>",
    "a > b",
    "]]>",
    "\U00020bb7",
    "a\x07",
    "\ufffe",
    "a\rb",
    "<!-- c -->a",
]
LANGUAGES = ["en", "en", "en", "zz", "EN", "", "en_US"]
BETWEEN = ["\n", "\n", "", " ", "\r\n", "\n\n  ", "<!-- c -->", "text", "\t"]


def units() -> st.SearchStrategy[str]:
    """A stretch of units: runs of the same one, with numbers in it."""
    pieces = [st.sampled_from(one) for one in (ATTRIBUTES, INFOS, LANGUAGES, TEXTS, BETWEEN)]
    pattern = st.builds(
        '<tu{0}>{1}<tuv xml:lang="{2}"><seg>{3}</seg></tuv><tuv xml:lang="ja"><seg>港</seg></tuv></tu>{4}'.format,
        *pieces,
    )
    usual = st.sampled_from(
        ['<tu tuid="{n}"><tuv xml:lang="en"><seg>port {n}</seg></tuv><tuv xml:lang="ja"><seg>港</seg></tuv></tu>\n']
    )
    run = st.tuples(st.one_of(pattern, usual), st.integers(1, 4))
    return st.lists(run, max_size=8).map(
        lambda runs: "".join(
            one.replace("{n}", f"{number}-{at}") for number, (one, n) in enumerate(runs) for at in range(n)
        )
    )


def found(raw: bytes) -> tuple[FileFinding, ...] | str:
    try:
        return check_file(io.BytesIO(raw), name="a.tmx")
    except DataError as exc:
        return str(exc)


def parse_all(lane: SoundUnits, chunk: bytes) -> None:
    """Take every byte to the parser."""
    lane._decoder = None
    lane._stream.feed(chunk)


@given(units(), st.sampled_from(["en", "*all*"]), st.sampled_from([97, 2**15]))
def test_sound_units_are_passed_over_without_a_difference(body: str, source: str, n_chunk: int) -> None:
    raw = f"{HEAD.format(source)}{body}</body>\n</tmx>".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_stream, "_CHUNK", n_chunk)
        quick: Any = found(raw)
        patch.setattr(SoundUnits, "pass_on", parse_all)
        assert found(raw) == quick


def test_most_units_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = '<tu tuid="{0}" creationdate="20200101T0000{1:02}Z"><tuv xml:lang="en"><seg>a {0}</seg></tuv><tuv xml:lang="ja"><seg>港</seg></tuv></tu>\n'
    raw = (HEAD.format("en") + "".join(unit.format(n, n % 60) for n in range(500)) + "</body></tmx>").encode()
    parsed: list[str] = []
    real = SoundUnits._parse

    def parse(lane: SoundUnits, text: str) -> None:
        parsed.append(text)
        real(lane, text)

    monkeypatch.setattr(SoundUnits, "_parse", parse)
    assert found(raw) == ()
    assert len(parsed) < 5
    twice = raw.replace(b'tuid="300"', b'tuid="7"')
    duplicates = found(twice)
    line = twice[: twice.rindex(b'<tu tuid="7"')].count(b"\n") + 1
    assert not isinstance(duplicates, str)
    (one,) = duplicates
    assert (one.rule, one.line, one.column) == ("tmx-duplicate-id", line, 1)
