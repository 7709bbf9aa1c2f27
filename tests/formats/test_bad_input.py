"""The list of bad input against every reader: one error of ours with its place, soon, in bounded memory, nothing fetched or written."""

from __future__ import annotations

import io
import os
import resource
import socket
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import DataError, TermalignError
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

TMX_HEAD = (
    '<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
    'srclang="en" datatype="xml"/><body>\n'
)
TMX = (
    TMX_HEAD
    + '<tu><tuv xml:lang="en"><seg>port</seg></tuv><tuv xml:lang="ja"><seg>港</seg></tuv></tu>\n</body></tmx>\n'
)
TBX = (
    '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc>'
    '<p>s</p></sourceDesc></fileDesc></tbxHeader><text><body>\n<conceptEntry id="c1"><langSec xml:lang="ja"><termSec>'
    "<term>港</term></termSec></langSec></conceptEntry>\n</body></text></tbx>\n"
)
V2 = (
    '<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>s</p></sourceDesc></fileDesc></martifHeader>'
    '<text><body>\n<termEntry id="c1"><langSet xml:lang="ja"><tig><term>港</term></tig></langSet></termEntry>\n'
    "</body></text></martif>\n"
)
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file original="a" source-language="en" '
    'target-language="ja" datatype="x"><body><trans-unit id="1"><source>port</source><target>港</target></trans-unit>'
    "</body></file></xliff>\n"
)
PO = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "port"\nmsgstr "港"\n'
TABLE = "id{0}ja{0}en{0}status\nc-1{0}港{0}port{0}verified\n"
UTX = "#UTX 1.11; en-US/ja-JP; 2026-11-20T10:00:00; copyright: A (2026); license: CC0\n#src\ttgt\tsrc:pos\nport\t港\tnoun\n"
OMEGAT = "# -*- coding: utf-8 -*-\n# termalign: en\tja\nport\t港\n"
CONCEPT = '{"id": "c-1", "status": "proposed", "terms": {"ja": [{"text": "港"}], "en": [{"text": "port"}]}}\n'
UNIT = '{"segments": {"ja": {"text": "港"}, "en": {"text": "port"}}}\n'
UNITS_TSV = "ja\ten\n港\tport\n"

BITEXT, GLOSSARY = BITEXT_FORMATS, GLOSSARY_FORMATS
XML = {
    "tmx": (BITEXT, "tmx", TMX),
    "tbx": (GLOSSARY, "tbx", TBX),
    "tbx version 2": (GLOSSARY, "tbx", V2),
    "xliff": (BITEXT, "xliff", XLIFF),
}
TEXT = {
    "po": (BITEXT, "po", PO),
    "units.tsv": (BITEXT, "tsv", UNITS_TSV),
    "units.jsonl": (BITEXT, "jsonl", UNIT),
    "csv": (GLOSSARY, "csv", TABLE.format(",")),
    "tsv": (GLOSSARY, "tsv", TABLE.format("\t")),
    "utx": (GLOSSARY, "utx", UTX),
    "omegat": (GLOSSARY, "omegat", OMEGAT),
    "jsonl": (GLOSSARY, "jsonl", CONCEPT),
}
EVERY = XML | TEXT


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Nothing is fetched, and nothing written where the reader stands."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    yield
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - names are enough


def take(reader: str, file: Any) -> list[Any]:
    registry, name, _ = EVERY[reader]
    found: list[Any] = list(registry.get(name).read(file, name="bad.file"))  # type: ignore[attr-defined]
    return found


def fault(reader: str, raw: bytes) -> DataError:
    with pytest.raises(TermalignError) as caught:
        take(reader, io.BytesIO(raw))
    first = getattr(caught.value, "exceptions", (caught.value,))[0]
    assert isinstance(first, DataError)
    assert first.where.file == "bad.file"
    assert first.where.line
    assert first.fix
    return first


@pytest.mark.parametrize("reader", EVERY)
def test_the_good_file_is_read(reader: str) -> None:
    assert len(take(reader, io.BytesIO(EVERY[reader][2].encode()))) == 1


@pytest.mark.parametrize("reader", XML)
@pytest.mark.parametrize(
    ("doctype", "says"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
            "declares the entity 'a'",
        ),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "declares the entity 'e'"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/e">]>', "declares the entity 'e'"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>', "declares the entity 'p'"),
    ],
    ids=["expansion", "external file", "external network", "parameter"],
)
def test_entities(reader: str, doctype: str, says: str) -> None:
    raw = f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n{EVERY[reader][2]}'.encode()
    error = fault(reader, raw)
    assert (says in error.problem, error.where.line) == (True, 2)


@pytest.mark.parametrize("reader", XML)
@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x.dtd", "file:///etc/passwd", "x.dtd"])
def test_a_dtd_is_not_fetched(reader: str, url: str) -> None:
    raw = f'<!DOCTYPE x SYSTEM "{url}">\n{EVERY[reader][2]}'.encode()
    assert len(take(reader, io.BytesIO(raw))) == 1
    used = EVERY[reader][2].replace("港", "&harbour;")
    assert "entity &harbour; is not defined" in fault(reader, f'<!DOCTYPE x SYSTEM "{url}">\n{used}'.encode()).problem


@pytest.mark.parametrize("reader", EVERY)
def test_bytes_that_are_no_utf_8(reader: str) -> None:
    text = EVERY[reader][2].replace(
        "port", "port, 港口, ポート, 港湾, 埠頭" if reader != "csv" else "港口ポート港湾埠頭"
    )
    raw = text.encode().replace("港".encode(), b"\xe6\xb8\xff\xfe", 1)
    fault(reader, raw)


@pytest.mark.parametrize("reader", XML)
@pytest.mark.parametrize("encoding", ["UTF-16", "EUC-JP", "x-none", "rot13"])
def test_another_encoding_than_declared(reader: str, encoding: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?>\n{EVERY[reader][2]}'.encode()
    if encoding == "EUC-JP":
        raw = raw.replace("港".encode(), b"\x81\x40\xff")
    fault(reader, raw)


@pytest.mark.parametrize("reader", ["po", "omegat"])
def test_another_encoding_than_the_text_file_says(reader: str) -> None:
    text = EVERY[reader][2].replace("UTF-8", "EUC-JP").replace("utf-8", "euc-jp")
    fault(reader, text.encode().replace("港".encode(), b"\x81\xff"))
    fault(reader, text.replace("EUC-JP", "x-none").replace("euc-jp", "x-none").encode())


@pytest.mark.parametrize("reader", ["tmx", "tbx", "tbx version 2", "xliff", "jsonl", "units.jsonl"])
def test_truncated(reader: str) -> None:
    raw = EVERY[reader][2].encode()
    for size in (len(raw) - 20, len(raw) // 2, 30):
        fault(reader, raw[:size])


@pytest.mark.parametrize("reader", ["csv", "tsv", "utx", "omegat", "units.tsv", "po", "jsonl"])
def test_nul(reader: str) -> None:
    fault(reader, EVERY[reader][2].replace("港", "港\0").encode())


@pytest.mark.parametrize("reader", EVERY)
def test_binary(reader: str) -> None:
    fault(reader, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40)


@pytest.mark.parametrize(
    ("reader", "old", "new"),
    [
        ("tmx", 'version="1.4"', 'version="2.0"'),
        ("tmx", 'version="1.4"', 'version="?"'),
        ("xliff", 'version="1.2"', 'version="3.0"'),
        ("xliff", 'version="1.2"', ""),
        ("utx", "UTX 1.11", "UTX 9.0"),
        ("tbx", "urn:iso:std:iso:30042:ed-2", "urn:iso:std:iso:30042:ed-9"),
        ("tbx", "<tbx ", "<tbz "),
        ("tbx version 2", "martif", "tmx"),
        ("tmx", 'xml:lang="ja"', ""),
        ("tmx", 'xml:lang="ja"', 'xml:lang=""'),
        ("tmx", 'xml:lang="ja"', 'xml:lang="jp"'),
        ("tbx", '<langSec xml:lang="ja">', "<langSec>"),
        ("tbx", '<langSec xml:lang="ja">', '<langSec xml:lang="jp">'),
        ("tbx version 2", '<langSet xml:lang="ja">', "<langSet>"),
        ("xliff", 'target-language="ja"', ""),
        ("xliff", 'source-language="en"', ""),
        ("xliff", 'target-language="ja"', 'target-language="jp"'),
        ("po", '"Language: ja\\n"\n', ""),
        ("po", "Language: ja", "Language: jp"),
        ("utx", "en-US/ja-JP", "en-US"),
        ("utx", "ja-JP", "jp-JP"),
        ("omegat", "# termalign: en\tja\n", ""),
        ("csv", "id,ja,en", "id,one,two"),
        ("tsv", "id\tja\ten", "id\tone\ttwo"),
        ("units.tsv", "ja\ten", "jp\ten"),
        ("jsonl", '"ja"', '"jp"'),
        ("jsonl", '"ja"', '""'),
        ("units.jsonl", '"ja"', '"jp"'),
    ],
)
def test_unknown_versions_and_missing_languages(reader: str, old: str, new: str) -> None:
    text = EVERY[reader][2]
    assert old in text
    fault(reader, text.replace(old, new).encode())


@pytest.mark.parametrize(
    ("reader", "raw"),
    [
        *[(name, (row[2].partition("\n")[0] + "\n" + "<a>" * 100_000).encode()) for name, row in XML.items()],
        ("jsonl", ('{"id": "c-1", "terms": ' + "[" * 100_000).encode()),
        ("units.jsonl", ('{"segments": ' + '{"a":' * 100_000).encode()),
    ],
)
def test_deep_nesting(reader: str, raw: bytes) -> None:
    fault(reader, raw)


class Endless(io.RawIOBase):
    """A beginning, and then the same bytes up to a gigabyte, made as they are read."""

    def __init__(self, start: str, more: str) -> None:
        self._start, self._more, self.n_read = start.encode(), more.encode(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), 2**30 - self.n_read)
        start, self._start = self._start[:size], self._start[size:]
        chunk = start or (self._more * (size // len(self._more) + 1))[:size]
        buffer[: len(chunk)] = chunk
        self.n_read += len(chunk)
        return len(chunk)


@pytest.mark.parametrize(
    ("reader", "start", "more"),
    [
        ("xliff", XLIFF.partition('"1"')[0] + '"', "a"),
        ("xliff", XLIFF.partition("port")[0], "port "),
        ("po", PO.partition("港")[0], "港"),
        ("units.tsv", UNITS_TSV.partition("港")[0], "港"),
        ("units.jsonl", UNIT.partition("港")[0], "港"),
        ("csv", TABLE.format(",").partition("港")[0] + '"', "港,\n"),
        ("tsv", TABLE.format("\t").partition("港")[0], "港"),
        ("utx", UTX.partition("港")[0], "港"),
        ("omegat", OMEGAT.partition("港")[0], "港"),
        ("jsonl", CONCEPT.partition("港")[0], "港"),
    ],
)
def test_a_gigabyte_in_one_value(reader: str, start: str, more: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    file: Any = Endless(start, more)
    with pytest.raises(TermalignError, match="limit"):
        take(reader, io.BufferedReader(file))
    assert file.n_read < 2**29
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900_000  # kB
    assert time.process_time() - began < 60


def test_a_zip_bomb_in_a_spreadsheet() -> None:
    pytest.importorskip("openpyxl", reason="spreadsheets need openpyxl")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(bytes(2**20))
    file.seek(0)
    began = time.process_time()
    with pytest.raises(DataError, match="limit") as caught:
        list(GLOSSARY_FORMATS.get("xlsx").read(file, name="bad.file"))
    assert caught.value.where.file == "bad.file"
    assert time.process_time() - began < 10


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no zip", b"\x00" * 100])
def test_what_is_no_spreadsheet(raw: bytes) -> None:
    pytest.importorskip("openpyxl", reason="spreadsheets need openpyxl")
    with pytest.raises(DataError) as caught:
        list(GLOSSARY_FORMATS.get("xlsx").read(io.BytesIO(raw), name="bad.file"))
    assert caught.value.where.file == "bad.file"
    assert caught.value.fix
