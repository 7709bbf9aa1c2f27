from __future__ import annotations

import io
from collections import Counter

import pytest

from termalign.errors import DataError
from termalign.formats.xml import XML_LANG, Limits, Node, attribute, clean, escape, iter_nodes


def nodes(raw: bytes, limits: Limits | None = None) -> list[Node]:
    return list(iter_nodes(io.BytesIO(raw), name="a.xml", roots=("root",), wanted=("item",), limits=limits or Limits()))


def fault(raw: bytes, limits: Limits | None = None) -> DataError:
    with pytest.raises(DataError) as caught:
        nodes(raw, limits)
    assert caught.value.where.file == "a.xml"
    return caught.value


def test_gives_the_root_and_what_is_wanted() -> None:
    root, item, last = nodes(
        b'<root v="1"><x>no</x><item xml:lang="ja">a<b>b</b><!-- c --><?pi d?>&lt;<![CDATA[<]]></item>\n<item/></root>'
    )
    assert (root.name, root.attributes, root.parts) == ("root", {"v": "1"}, [])
    assert (item.text(), item.attributes[XML_LANG]) == ("ab<<", "ja")
    assert [node.name for node in item.elements()] == ["b"]
    assert item.child("b") is not None
    assert item.child("c") is None
    assert last.line == 2


def test_lines_are_true_beyond_65535() -> None:
    raw = b"<root>\n" + b"<item>\n</item>\n" * 40_000 + b"</root>"
    assert nodes(raw)[-1].line == 2 + 2 * 39_999


@pytest.mark.parametrize(
    "raw",
    [
        b'<!DOCTYPE root [<!ENTITY x "y">]>\n<root/>',
        b'<!DOCTYPE root [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>\n<root/>',
        b'<!DOCTYPE root [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<root><item>&x;</item></root>',
        b'<!DOCTYPE root [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>\n<root v="&b;"/>',
    ],
)
def test_refuses_entity_declarations(raw: bytes) -> None:
    error = fault(raw)
    assert "declares the entity" in error.problem
    assert error.where.line == 1


def test_a_doctype_is_neither_fetched_nor_refused() -> None:
    assert len(nodes(b'<!DOCTYPE root SYSTEM "http://example.org/root.dtd"><root><item>a</item></root>')) == 2


def test_an_undefined_entity_is_no_silent_loss() -> None:
    error = fault(b'<!DOCTYPE root SYSTEM "root.dtd">\n<root>\n<item>A &eacute; B</item></root>')
    assert error.problem == "entity &eacute; is not defined in the file"
    assert error.where.line == 3


def test_limits_are_named() -> None:
    assert "limit of 3 levels" in fault(b"<root><item><a><b/></a></item></root>", Limits(depth=3)).problem
    assert "limit of 9 characters" in fault(b"<root><item>0123456789</item></root>", Limits(text=9)).problem
    assert "limit of 9 characters" in fault(b"<root>0123456789<item/></root>", Limits(text=9)).problem
    texts = b"<root><item><a>01234</a><b c='5'/><a>6789</a></item></root>"
    assert "limit of 9 characters" in fault(texts, Limits(text=9)).problem
    assert len(nodes(texts.replace(b"</a><b", b"</a></item><item><b"), Limits(text=9))) == 3
    assert "more than 2 elements in one unit or entry" in fault(texts, Limits(elements=2)).problem


@pytest.mark.parametrize(
    ("before", "behind"),
    [('<item v="', '"/>'), ("<!--", "-->"), ("<?x ", "?>"), ("<item", "/>"), ("<item a='\n", "'/>")],
)
def test_a_long_tag_is_refused_where_it_begins(before: str, behind: str) -> None:
    long_tag = f"<root>\n<item/>\n{before}{'x' * 300_000}{behind}</root>".encode()
    error = fault(long_tag, Limits(tag=1000))
    assert error.problem == "a tag longer than the limit of 1000 bytes"
    assert error.where.line == 3
    assert len(nodes(long_tag, Limits(tag=400_000))) >= 2
    deep = b"<root>" + b"<a>" * 256
    assert "limit of 256 levels" in fault(deep).problem


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16LE", "utf-16-le"),
        ("UTF-32", "utf-32"),
        ("Shift_JIS", "cp932"),
        ("windows-31j", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("ISO-2022-JP", "iso2022_jp"),
        ("GB2312", "gb18030"),
        ("GB18030", "gb18030"),
        ("Big5", "big5"),
    ],
)
def test_reads_what_the_declaration_says(declared: str, actual: str) -> None:
    text = "量子" if actual != "gb18030" else "量子𠮷"
    raw = f'<?xml version="1.0" encoding="{declared}"?>\n<root>{"<item>" + text + "</item>"}</root>'.encode(actual)
    assert nodes(raw)[1].text() == text


@pytest.mark.parametrize("name", ["koi-99", "rot13", "hex", "undefined"])
def test_names_an_unknown_encoding(name: str) -> None:
    raw = f'<?xml version="1.0" encoding="{name}"?><root/>'.encode()
    assert fault(raw).problem == f"unknown encoding {name!r}"


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b"", 1, "no element found"),
        (b"hello", 1, "syntax error"),
        (b"<root>\n<item>", 2, "no element found"),
        (b"<root>\n<item></itme></root>", 2, "mismatched tag"),
        (b"<root>\n\xff</root>", 2, "not in the file's encoding"),
        (b"<root>\n\x01</root>", 2, "a character that XML forbids"),
        (b'<?xml version="1.0" encoding="EUC-JP"?><root>\x81\x40</root>', 1, "not in euc_jis_2004"),
        (b"<html/>", 1, "root element <html> instead of <root>"),
    ],
)
def test_says_where_it_breaks(raw: bytes, line: int, says: str) -> None:
    error = fault(raw)
    assert says in error.problem
    assert error.where.line == line
    assert error.fix


def test_clean_counts_what_xml_forbids() -> None:
    losses: Counter[str] = Counter()
    assert clean("\x01 a\x02\ufffe\r\n b\ud800𠮷\u2028c\t", losses) == "a b𠮷 c"
    assert losses.total() == 4


def test_escape_and_attribute() -> None:
    assert escape('a<b>&"]]>') == 'a&lt;b>&amp;"]]&gt;'
    assert attribute('<"&') == "&lt;&quot;&amp;"
