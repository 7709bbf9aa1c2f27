"""The page for people: no input text becomes markup, no quote slips out, the same bytes every time, no script but its own."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.formats.report import ReportData, write_report
from termalign.formats.report.labels import part
from termalign.formats.report.markup import _MARKUP, _UNSAFE, element
from termalign.model import (
    Abstained,
    Concept,
    Designation,
    Document,
    DocumentId,
    Evidence,
    Passage,
    Place,
    Segment,
    Span,
    TranslationUnit,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style></title></textarea>--><iframe src=//evil.example>",
    "]]><!-- {{script}} <!-- sections -->",
    "javascript:alert(1)",
    "line\u2028separator\u2029",
    "\u202egnp.exe\u202c \u2066isolate",
    "nul\0 bell\x07 c1\x9b escape\x1b[31m \ufeff \ufffe \U000e0041 \U0010ffff",
    "lone \ud800 surrogate",
)


# What no page may hold raw: control characters, line separators, directional marks, invisible ones, noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]")


def raw(data: ReportData) -> bytes:
    """Write the page."""
    file = io.BytesIO()
    write_report(data, file)
    return file.getvalue()


def parsed(data: ReportData) -> Any:
    """Write the page and parse it."""
    return lxml.html.document_fromstring(raw(data))


def hostile(text: str, *, quote: str | None = None, segment_text: str | None = None) -> ReportData:
    """Put a text into every field that takes one; ``quote`` and ``segment_text`` go where the promise about quotes applies."""
    quote, segment_text = text if quote is None else quote, text if segment_text is None else segment_text
    forms = (("ja", text), ("en", text + text))
    evidence = Evidence(
        source=text,
        score=0.4,
        terms=forms,
        detail=text,
        given_id=text,
        where=(Place(document=text, spans=(), quote=quote),),
    )
    concept = Concept(
        id=text,
        terms=tuple((tag, (Designation(text=name, type=text, extra=(("reading", text),)),)) for tag, name in forms),
        evidence=(evidence,),
        kind=text,
        subject=text,
        flags=(text,),
        verified_by={"by": text, "at": text, "why": text, "ground": text},
        extra=(
            ("definitions", {text: {"text": text, "source": text}}),
            ("notes", [text]),
            ("relations", [{"type": text, "id": text}]),
            ("terms", {text: [{"text": text}]}),
        ),
    )
    policy = replace(concept, id=text + "2", verified_by={"policy": text, "version": text, "because": text})
    document = Document(
        id=DocumentId(text), path=text, sha256=text, encoding=text, reader=text, text=segment_text, copies=(text,)
    )
    segment = Segment(language="ja", text=segment_text, document=text, spans=(Span(0, 1),))
    return ReportData(
        documents=(document,),
        passages={text: (Passage(language=text, span=Span(0, 3)),)},
        concepts=(concept, policy),
        units=(TranslationUnit(segments=(segment, replace(segment, language="en")), bead=text),),
        abstained=(Abstained(term=text, language=text, count=1, reason=text),),
        skipped=((text, text),),
        policies=((text, 1, text),),
        settings={text: text},
        version=text,
    )


PLAIN = hostile("harmless")


def skeleton(data: ReportData) -> list[tuple[str, tuple[str, ...]]]:
    """Return tags and attribute names in order, without what stands for hidden characters and highlights."""
    found = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag != "mark" and ("class", "cp") not in attrs:
                found.append((tag, tuple(name for name, _ in attrs)))

        def handle_comment(self, data: str) -> None:
            found.append(("comment", (data,)))

    collector = Collector()
    collector.feed(raw(data).decode("utf-8"))
    collector.close()
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_ids_are_unique_and_safe_and_links_lead_somewhere(text: str) -> None:
    page = parsed(hostile(text))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", one) for one in ids)
    assert {href[1:] for href in page.xpath("//@href")} <= set(ids)


def visible(text: str) -> str:
    """Return what a reader sees of a text: the code points of characters without a shape."""
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066\ufeff\ufffe\U000e0041\U0010ffff\ud800]",
        lambda found: f"U+{ord(found[0]):04X}",
        text,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_input_becomes_markup(text: str) -> None:
    assert skeleton(hostile(text)) == skeleton(PLAIN)
    page = parsed(hostile(text))
    assert page.xpath("string(//script)") == part("script.js")
    assert page.xpath("string(//style)") == part("style.css")
    assert not page.xpath("//@style|//@src|//@srcdoc|//@action|//img|//iframe|//svg//script")
    assert not page.xpath("//svg//span|//option//span|//title//span")  # an HTML element would end the drawing


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    page = parsed(hostile(text))
    terms = [one.text_content() for one in page.xpath('//article[1]//span[@class="term"]')]
    assert terms == [visible(text), visible(text + text)]
    assert not FORBIDDEN.search(raw(hostile(text)).decode("utf-8"))


@given(text=st.text(st.characters()))
def test_escaping_loses_nothing(text: str) -> None:
    markup = element("p", text)
    markup.encode("utf-8")
    plain = re.sub(r'<span class="cp">U\+([0-9A-F]+)</span>', lambda found: chr(int(found[1], 16)), markup[3:-4])
    assert html.unescape(plain) == text.replace("\r", " ")
    assert not re.search(r"<(?!/?span)", markup[3:-4])


def test_same_data_in_any_order_is_the_same_bytes() -> None:
    one, other = hostile("量子"), hostile("photon")
    both, reversed_ = (
        ReportData(
            documents=left.documents + right.documents,
            passages={**left.passages, **right.passages},
            concepts=left.concepts + right.concepts,
            units=one.units,
            abstained=left.abstained + right.abstained,
            skipped=left.skipped + right.skipped,
            policies=one.policies,
            settings={**left.settings, **right.settings},
            version="1",
        )
        for left, right in ((one, other), (other, one))
    )
    assert raw(both) == raw(reversed_) == raw(both)
    assert raw(both) != raw(one)


def test_without_quotes_no_quote_and_no_segment_is_shown() -> None:
    data = hostile("term", quote="the secret quote", segment_text="the secret segment")
    shown, closed = raw(data).decode("utf-8"), raw(replace(data, quotes=False)).decode("utf-8")
    assert ("the secret quote" in shown, "the secret segment" in shown) == (True, True)
    assert "secret" not in closed
    page = lxml.html.document_fromstring(closed)
    assert page.xpath("//article[1]//cite/text()") == ["term"]  # places stay
    assert page.xpath('//table[@class="units"]//cite/text()') == ["term:1", "term:1"]


def test_the_policy_names_the_hashes_of_style_and_script() -> None:
    page = parsed(PLAIN)
    policy = page.xpath('string(//meta[@http-equiv="Content-Security-Policy"]/@content)')
    directives = dict(one.strip().split(" ", 1) for one in policy.split(";"))

    def source(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"

    assert directives == {
        "default-src": "'none'",
        "style-src": source(page.xpath("string(//style)")),
        "script-src": source(page.xpath("string(//script)")),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_what_it_governs() -> None:
    page = parsed(PLAIN)
    names = [one.get("http-equiv") or one.get("charset") or one.tag for one in page.xpath("/html/head/*")]
    assert names.index("Content-Security-Policy") < names.index("style")
    assert names[0] == "utf-8"


def test_the_page_needs_nothing_else() -> None:
    text = raw(PLAIN).decode("utf-8")
    assert not re.search(
        r"https?:|url\(|@import|\bsrc=|<link|\bfetch\(|XMLHttpRequest|innerHTML|outerHTML|eval\(", text
    )
    assert "\r" not in part("style.css") + part("script.js")


def colours(style: str) -> dict[str, str]:
    """Return the colours that a block of the style sheet declares."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", style))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_what_is_unsafe_in_printable_text_is_what_is_sought_there() -> None:
    printable = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
    assert _UNSAFE.findall(printable) == _MARKUP.findall(printable)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_have_enough_contrast(mode: str) -> None:
    light, _, dark = part("style.css").partition("prefers-color-scheme: dark")
    found = colours(light) | (colours(dark) if mode == "dark" else {})
    words = [(name, back) for name in ("text", "quiet", "link") for back in ("back", "soft")]
    words += [(f"{name}-text", f"{name}-back") for name in ("verified", "proposed", "rejected", "a", "b")]
    shapes = [(name, "back") for name in ("verified", "proposed", "rejected", "plain")]
    assert all(contrast(found[one], found[other]) >= 4.5 for one, other in words)  # WCAG 2.2, 1.4.3 (AA)
    assert all(contrast(found[one], found[other]) >= 3 for one, other in shapes)  # WCAG 2.2, 1.4.11
