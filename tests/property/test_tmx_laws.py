"""The fast lane of the TMX reader gives what the parser alone gives, faults and their places included."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import line_text, units

from termalign.errors import TermalignError
from termalign.formats import tmx_write
from termalign.formats.tmx import TMX, Tmx
from termalign.formats.tmx_runs import Run
from termalign.formats.validation import check_file
from termalign.formats.xml import escape
from termalign.model import TAGS, FindingSeverity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.formats.base import WriteReport

HEADER = (
    '<?xml version="1.0" encoding="{}"?>\n<tmx version="1.4"><header creationtool="x" creationtoolversion="1" '
    'segtype="sentence" o-tmf="x" adminlang="en" srclang="ja" datatype="plaintext"/>\n<body>'
)
TEXTS = st.one_of(
    line_text(max_size=12).map(escape),
    st.sampled_from(
        [
            "a &amp; b",
            "&lt;&gt;&quot;&apos;",
            "&#x91CF;",
            "&eacute;",
            "a > b",
            "]]>",
            " \n a\n b ",
            "<![CDATA[<tu>]]>",
            "<!-- </tu> -->x",
            "",
        ]
    ),
    st.sampled_from(['a<ph x="1"/>b', "<hi>量</hi>子", "<bpt i='1'/>b<ept i='1'/>", "x\ry", "x\r\ny", "<b>z</b>"]),
)
CODES = st.sampled_from(["ja", "JA-jp", "zh", "zh-CN", "zh_TW", "en", "en-US", "fr", "jp", ""])
INFOS = st.lists(
    st.sampled_from(
        [
            '<prop type="x-document">d-1</prop>', '<prop type="x-score">0.5</prop>\n<prop type="x-method">align</prop>\n',
            '<prop type="x-bead">1-2</prop>\n', "<note>n &amp; m</note>", '<prop type="p" lang="en">v</prop>', "<note/>",
            '<prop type="x-licence">"CC0"</prop>', "<!-- c -->",
        ]
    ),
    max_size=2,
).map("".join)  # fmt: skip
BREAKS = st.sampled_from(["", "\n", "\n  ", "\r\n", "<!-- <tu> -->", "<?p i?>", "<!-- <tu></tu> -->\n"])


@st.composite
def tus(draw: st.DrawFn) -> str:
    sides = []
    for _ in range(draw(st.integers(0, 4))):
        code, attribute = draw(CODES), draw(st.sampled_from(["xml:lang", "lang"]))
        more = draw(st.sampled_from(["", "", ' changeid="a"', ' xml:lang="ja"', " a='1'"]))
        info, text = draw(INFOS), draw(TEXTS)
        sides.append(f'{draw(BREAKS)}<tuv {attribute}="{code}"{more}>{info}<seg>{text}</seg></tuv>')
    attributes = draw(
        st.sampled_from(
            ["", ' tuid="7"', ' tuid="a&amp;b"', ' srclang="en"', ' usagecount="2" tuid="8"', ' tuid="u-1"']
        )
    )
    end = draw(st.sampled_from(["</tu>", "</tu>", "</tu>", "</tu >", "</tu"]))
    return f"{draw(BREAKS)}<tu{attributes}>{draw(INFOS)}{''.join(sides)}{draw(BREAKS)}{end}"


def outcome(text: str, encoding: str) -> tuple[list[TranslationUnit], list[object], Counter[str], str]:
    """What reading gives: units, where they stood, losses, faults."""
    losses: Counter[str] = Counter()
    found: list[TranslationUnit] = []
    raw = (HEADER.format(encoding) + text).encode(encoding)
    try:
        found.extend(TMX.read(io.BytesIO(raw), name="a.tmx", losses=losses))
    except TermalignError as error:
        return found, [unit.origin for unit in found], losses, str(error)
    return found, [unit.origin for unit in found], losses, ""


@given(st.lists(tus(), max_size=6).map("".join), st.sampled_from(["</body></tmx>", "\n</body>\n</tmx>\n", "</body>"]))
def test_the_fast_lane_gives_what_the_parser_gives(body: str, end: str) -> None:
    assert outcome(body + end, "utf-8") == outcome(body + end, "utf-16")  # UTF-16 goes by the parser alone


def written(form: Tmx, found: list[TranslationUnit]) -> tuple[bytes, WriteReport]:
    file = io.BytesIO()
    report = form.write(found, file)
    return file.getvalue(), report


@given(st.lists(units(), max_size=5), st.lists(st.sampled_from(TAGS), min_size=2, max_size=2, unique=True))
def test_what_is_written_is_valid_and_what_is_lost_is_reported(found: list[TranslationUnit], pair: list[str]) -> None:
    for form in (TMX, Tmx(languages=(pair[0], pair[1]))):
        raw, report = written(form, found)
        assert [one for one in check_file(io.BytesIO(raw), name="a.tmx") if one.severity is FindingSeverity.ERROR] == []
        back = list(form.read(io.BytesIO(raw), name="a.tmx"))
        losses = dict(report.losses)
        lost = losses.get("unit without two sides", 0) + losses.get("equal unit, counted in usagecount", 0)
        assert len(back) == report.n_written == len(found) - lost


def one_by_one(batch: Sequence[TranslationUnit]) -> list[Run]:
    """No runs: every unit goes the long way."""
    return [Run((), list(batch), [])]


def tidy_or_not() -> st.SearchStrategy[TranslationUnit]:
    """Units of which some need work: blanks, line ends, characters that XML forbids, marks to escape."""
    odd = st.sampled_from(["", " ", "\n", "\x01", "か\u3099", "&", "<", "]]>", "\u3000", "%s", "|", "\ud800"])

    def changed(unit: TranslationUnit, ends: list[str]) -> TranslationUnit:
        sides = [
            replace(side, text=start + side.text + end)
            for side, start, end in zip(unit.segments, ends, reversed(ends), strict=False)
        ]
        return replace(unit, segments=tuple(sides))

    return st.builds(changed, units(with_spans=True), st.lists(odd, min_size=4, max_size=4))


def with_further_keys() -> st.SearchStrategy[TranslationUnit]:
    """Units with keys of our own, most of them strings, and some that TMX has a place for."""
    texts = st.sampled_from(["a.txt", "<b>", "3", " ", "", "\n", "\x01", "%s", "\ud800"]) | line_text(max_size=5)
    own = st.dictionaries(st.sampled_from(["file", "document", "domain", "é<", "a\nb"]), texts | st.none(), max_size=2)
    regions = st.dictionaries(st.sampled_from(TAGS), st.sampled_from(["GB", "HK"]), max_size=2)
    stated = st.sampled_from([{}, {"usagecount": 3}, {"notes": ["n\x01"]}, {"regions": "GB"}, {"sides": {"ja": {}}}])
    extras = st.builds(
        lambda *parts: tuple((parts[0] | parts[1] | parts[2]).items()),
        own,
        regions.map(lambda one: {"regions": one} if one else {}),
        stated,
    )
    return st.builds(lambda unit, extra: replace(unit, extra=extra), units(with_spans=True) | tidy_or_not(), extras)


@given(
    st.lists(units(with_spans=True) | tidy_or_not() | with_further_keys(), max_size=8),
    st.lists(st.integers(0, 7), max_size=8),
    st.sampled_from([(), ("ja", "en"), ("zh-Hans", "ja")]),
)
def test_runs_are_written_like_units_one_by_one(
    found: list[TranslationUnit], again: list[int], pair: tuple[str, ...]
) -> None:
    found = found + [found[number] for number in again if number < len(found)]  # equal ones too
    form = Tmx(languages=pair)
    quick = written(form, found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tmx_write, "runs", one_by_one)  # the long way for all
        assert written(form, found) == quick


def markup() -> st.SearchStrategy[str]:
    """What may stand in a ``seg``: text, blanks and codes of every kind, at its ends too."""
    alone = st.sampled_from(
        ['<ph x="1"/>', "<ph>&lt;br/&gt;</ph>", '<it pos="begin" x="2">i</it>', '<ut x="3">u</ut>', '<ph type="lb"/>']
    )
    text = st.one_of(line_text(max_size=4).map(escape), st.sampled_from([" ", "  ", "\n "]))
    paired = st.builds('<bpt i="{0}"/>{1}<ept i="{0}"/>'.format, st.integers(1, 3), text)
    marked = st.builds("<hi>{}{}</hi>".format, st.sampled_from(["", " ", "<ph/> "]), text)
    return st.lists(st.one_of(alone, text, paired, marked), max_size=5).map("".join)


@given(markup())
@example('0\n <ph type="lb"/>0')
def test_codes_and_the_blanks_beside_them_come_back(seg: str) -> None:
    body = f'<tu><tuv xml:lang="en"><seg>{seg}</seg></tuv><tuv xml:lang="ja"><seg>{seg}</seg></tuv></tu></body></tmx>'
    first = list(TMX.read(io.BytesIO((HEADER.format("utf-8") + body).encode()), name="a.tmx"))
    raw, _ = written(TMX, first)
    back = list(TMX.read(io.BytesIO(raw), name="a.tmx"))
    assert [one.segments for one in written_again(back)] == [one.segments for one in back]
    assert [[side.text for side in one.segments] for one in back] == [
        [side.text for side in one.segments] for one in first
    ]
    assert [one for one in check_file(io.BytesIO(raw), name="a.tmx") if one.severity is FindingSeverity.ERROR] == []


def written_again(found: list[TranslationUnit]) -> list[TranslationUnit]:
    return list(TMX.read(io.BytesIO(written(TMX, found)[0]), name="a.tmx"))
