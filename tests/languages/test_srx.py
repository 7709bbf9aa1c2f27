"""Rules of a user: the first that matches decides, in the syntax of ICU and Java, and in bounded time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import ConfigError, DataError
from termalign.languages.srx import SrxSplitter, srx_splitter
from termalign.model import SrxMap, SrxRule, SrxRules

BREAK, KEEP = True, False
Row = tuple[bool, str, str]


def rules(*maps: tuple[str, list[Row]], cascade: bool = False) -> SrxRules:
    made, line = [], 1
    for pattern, rows in maps:
        found = []
        for breaks, before, after in rows:
            line += 1
            found.append(SrxRule(breaks=breaks, before=before, after=after, line=line))
        made.append(SrxMap(pattern=pattern, rules=tuple(found), line=line))
    return SrxRules(file="a.srx", cascade=cascade, maps=tuple(made))


def splitter(*rows: Row, language: str = "en") -> SrxSplitter:
    return srx_splitter(rules((".*", list(rows))), language)


def cut(text: str, *rows: Row, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in splitter(*rows, language=language)(text)]


def test_the_first_rule_that_matches_decides() -> None:
    text = "Dr. Li came. He sat. etc. and so on."
    stop, doctor, small = (BREAK, r"\.", r"\s"), (KEEP, r"\bDr\.", r"\s"), (KEEP, r"\.", r"\s+\p{Ll}")
    assert cut(text, doctor, small, stop) == ["Dr. Li came.", "He sat. etc. and so on."]
    assert cut(text, stop, doctor, small) == ["Dr.", "Li came.", "He sat.", "etc.", "and so on."]
    assert cut(text, small, (BREAK, r"Dr\.", ""), doctor, stop) == ["Dr.", "Li came.", "He sat. etc. and so on."]
    assert cut(text) == [text]


def test_a_run_of_marks_breaks_once() -> None:
    assert cut("行く。。。来る！？", (BREAK, "[。！？]+", ""), language="ja") == ["行く。。。", "来る！？"]


def test_overlapping_exceptions_hold() -> None:
    assert cut("J. R. R. Tolkien. He", (KEEP, r"(?:^|\s)\p{Lu}\.", r"\s"), (BREAK, r"\.", r"\s")) == [
        "J. R. R. Tolkien.",
        "He",
    ]
    assert cut("aa. b", (KEEP, r"(a)\1\.", r"\s"), (KEEP, "x", "y"), (BREAK, r"\.", r"\s")) == ["aa. b"]


def test_maps_in_order_and_cascade() -> None:
    stop: list[Row] = [(BREAK, r"\.", r"\s")]
    colon: list[Row] = [(BREAK, ":", r"\s")]
    text = "a: b. c"
    for cascade, parts in ((False, ["a:", "b. c"]), (True, ["a:", "b.", "c"])):
        split = srx_splitter(rules(("EN.*", colon), ("fr", stop), (".*", stop), cascade=cascade), "en")
        assert [text[span.start : span.end] for span in split(text)] == parts


@pytest.mark.parametrize(
    ("pattern", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("ZH[-_]TW", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("[Jj][Aa].*", "ja"),
        ("JA_JP", "ja"),
        ("en-GB", "en"),
    ],
)
def test_languages_are_found_under_the_codes_of_cat_tools(pattern: str, language: str) -> None:
    assert srx_splitter(rules((pattern, [(BREAK, "b", "")])), language).groups


def test_no_rules_for_the_language() -> None:
    with pytest.raises(ConfigError, match="no rules for ja"):
        srx_splitter(rules(("en", []), ("zh-TW", [])), "ja")
    with pytest.raises(ConfigError):
        srx_splitter(rules(("zh-TW", [])), "zh-Hans")


@pytest.mark.parametrize(
    ("before", "text", "parts"),
    [
        (r"\Qa.b\E", "a.b aXb", ["a.b", "aXb"]),
        (r"\x{3002}", "一。二", ["一。", "二"]),
        (r"\uD842\uDFB7", "a𠮷b", ["a𠮷", "b"]),
        (r"\041", "a!b", ["a!", "b"]),
        (r"\0041", "a!b", ["a!", "b"]),
        (r"[\p{L}&&[^a]]", "aba", ["ab", "a"]),
        (r"\p{javaUpperCase}", "aBc", ["aB", "c"]),
        (r"\p{IsHiragana}", "漢か漢", ["漢か", "漢"]),
        (r"\p{InHiragana}+", "かか漢", ["かか", "漢"]),
        (r"\p{IsLu}", "aBc", ["aB", "c"]),
        (r"(?i)B", "abc", ["ab", "c"]),
        (r"(?U)b", "abc", ["ab", "c"]),
        (r"(?-u:b)", "abc", ["ab", "c"]),
        (r"(?<!x)b(?=c)", "xb abc", ["xb ab", "c"]),
        (r"a\hb", "a\u3000bc", ["a\u3000b", "c"]),
        (r"\p{Lu}++", "ABc", ["AB", "c"]),
        (r"[.[?!]]", "a?b", ["a?", "b"]),
        (r"^a", "aab", ["a", "ab"]),
    ],
)
def test_syntax_of_icu_and_java(before: str, text: str, parts: list[str]) -> None:
    assert cut(text, (BREAK, before, "")) == parts


@pytest.mark.parametrize(("before", "after"), [("(", ""), ("", "[a"), (r"\p{Nonsense}", ""), ("a**", "")])
def test_a_broken_expression_has_its_line(before: str, after: str) -> None:
    with pytest.raises(DataError, match="broken regular expression") as caught:
        splitter((BREAK, "x", ""), (KEEP, before, after))
    assert (caught.value.where.file, caught.value.where.line) == ("a.srx", 3)
    with pytest.raises(DataError, match="broken regular expression"):
        srx_splitter(rules(("(en", [])), "en")


def test_a_line_is_a_text_of_its_own_unless_a_rule_speaks_of_line_ends() -> None:
    text = "heading\nA long\nline. End"
    assert cut(text, (BREAK, r"\.", r"\s")) == ["heading", "A long", "line.", "End"]
    assert cut(text, (BREAK, r"\n\n", ""), (BREAK, r"\.", r"\s")) == ["heading\nA long\nline.", "End"]


def test_an_expression_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termalign.languages.srx.MIN_SECONDS", 0.2)
    for row in ((BREAK, r"(?:(?:a|aa)+)+b", ""), (KEEP, r"c(?:(?:a|aa)+)+\.", "")):
        with pytest.raises(DataError, match="too long") as caught:
            cut("a" * 5_000 + ".bc..", row, (BREAK, r"\.", ""))
        assert caught.value.where.line == 2


SIDES = ["", "a", "[ab]+", r"\.", r"\s", r"\.+", "b", r"\p{Lu}", "A"]


@given(
    st.text(alphabet="abA. ", max_size=14),
    st.lists(st.tuples(st.booleans(), st.sampled_from(SIDES), st.sampled_from(SIDES)), max_size=4),
)
def test_equals_the_definition(text: str, rows: list[Row]) -> None:
    """Break rules at the ends of their matches from left to right, the others wherever they hold."""
    ascii_rows = [
        (breaks, before.replace(r"\p{Lu}", "[A-Z]"), after.replace(r"\p{Lu}", "[A-Z]"))
        for breaks, before, after in rows
    ]
    places = []
    for place in range(1, len(text)):
        for breaks, before, after in ascii_rows:
            if not re.compile(after).match(text, place):
                continue
            found = re.finditer(f"(?:{before})(?={after})", text)
            if any(one.end() == place for one in found) if breaks else re.search(f"(?:{before})\\Z", text[:place]):
                if breaks:
                    places.append(place)
                break
    pieces = [text[start:end].strip() for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    assert cut(text, *rows) == [piece for piece in pieces if piece]
