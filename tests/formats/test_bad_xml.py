"""Bad files give one error with its place, soon and in little memory; nothing is fetched and nothing written."""

from __future__ import annotations

import io
import resource
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import DataError, TermalignError
from termalign.formats.tbx import TBX
from termalign.formats.tmx import TMX
from termalign.formats.validation import check_file
from termalign.formats.xliff import XLIFF

if TYPE_CHECKING:
    from pathlib import Path

TMX_START = (
    b'<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
    b'srclang="en" datatype="xml"/><body>\n'
)
TU = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="ja"><seg>訳</seg></tuv></tu>\n'
TBX_START = (
    b'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>s</p>'
    b"</sourceDesc></fileDesc></tbxHeader><text><body>\n"
)
LAUGHS = (
    b'<!DOCTYPE x [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>\n'
)
BAD = {
    "entity expansion": (LAUGHS, "declares the entity", 2),
    "external entity": (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n', "declares the entity", 1),
    "external entity by network": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/e">]>\n',
        "declares the entity",
        1,
    ),
    "parameter entity": (b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]>\n', "declares the entity", 1),
    "unknown encoding": (b'<?xml version="1.0" encoding="x-none"?>\n', "unknown encoding", 1),
}


def read(raw: bytes) -> DataError:
    """The error of reading a file as what it is."""
    form = TBX if b"<tbx" in raw else TMX
    with pytest.raises(DataError) as caught:
        list(form.read(io.BytesIO(raw), name="bad.file"))
    assert caught.value.where.file == "bad.file"
    assert caught.value.fix
    return caught.value


@pytest.mark.parametrize("start", [TMX_START, TBX_START])
@pytest.mark.parametrize("name", list(BAD))
def test_what_is_not_safe_is_refused_by_readers_and_validator(name: str, start: bytes) -> None:
    head, says, line = BAD[name]
    error = read(head + start)
    assert says in error.problem
    assert error.where.line == line
    with pytest.raises(DataError, match=says):
        check_file(io.BytesIO(head + start), name="bad.tmx")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/tmx14.dtd", "file:///etc/passwd", "tmx14.dtd"])
def test_a_dtd_is_named_and_not_fetched(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    raw = f'<!DOCTYPE tmx SYSTEM "{url}">'.encode() + TMX_START + TU.format("a").encode() + b"</body></tmx>"
    assert len(list(TMX.read(io.BytesIO(raw), name="a.tmx"))) == 1
    assert check_file(io.BytesIO(raw), name="a.tmx") == ()


@pytest.mark.parametrize(
    ("raw", "says", "line"),
    [
        (
            TMX_START + TU.format("a").encode() + TU.format("\udcff").encode("utf-8", "surrogateescape"),
            "file's encoding",
            3,
        ),
        (TMX_START + TU.format("a").encode() * 3 + b"<tu><tuv", "unclosed token", 5),
        (TMX_START + TU.format("a").encode() * 3, "no element found", 5),
        (b'<?xml version="1.0" encoding="EUC-JP"?>' + TMX_START + b"<tu>\x81\x40", "not in euc_jis_2004", 1),
        (b'<?xml version="1.0" encoding="UTF-16"?>' + TMX_START, "encoding", 1),
        (TMX_START.replace(b"1.4", b"2.0"), "TMX version '2.0'", 1),
        (TMX_START.replace(b"1.4", b"none"), "TMX version 'none'", 1),
        (TMX_START + TU.replace(' xml:lang="ja"', "").encode() + b"</body></tmx>", "a tuv without xml:lang", 2),
        (TBX_START + b"<conceptEntry id='c'>\n<langSec><termSec><term>a", "no element found", 3),
        (TMX_START + b"<a>" * 300, "limit of 256 levels", 2),
        (TBX_START + b"<a>" * 300, "limit of 256 levels", 2),
    ],
)
def test_broken_files_say_where(raw: bytes, says: str, line: int) -> None:
    error = read(raw)
    assert says in error.problem
    assert error.where.line == line


def test_the_validator_finds_what_is_not_well_formed() -> None:
    *_, found = check_file(io.BytesIO(TMX_START + TU.format("a").encode() + b"<tu>\n  <tuv></tu>"), name="a.tmx")
    assert (found.rule, found.line, found.column) == ("well-formed", 4, 10)


def validate(form: object, file: Any) -> None:
    del form  # the root says what it is
    check_file(file, name="a.tmx")


def read_all(form: Any, file: Any) -> None:
    list(form.read(file, name="a.tmx"))


take = {"read": read_all, "validate": validate}


class Endless(io.RawIOBase):
    """A start, and then the same bytes up to a gigabyte, made as they are read."""

    def __init__(self, start: bytes, more: bytes) -> None:
        self._start, self._more, self.n_read = start, more, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        self.n_read += size
        return start or (self._more * (size // len(self._more) + 1))[:size] if self.n_read < 2**30 else b""

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        start, self._start = self._start[:size], self._start[size:]
        if not start:
            at = self.n_read % len(self._more)
            start = (self._more * (size // len(self._more) + 2))[at : at + size]
            self.n_read += len(start)
        buffer[: len(start)] = start
        return len(start)


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (TMX_START + b'<tu tuid="', b"a"),
        (TMX_START + b"<tu><tuv xml:lang='en'><seg>", b"text "),
        (TMX_START + b"<tu><note>", "é".encode()),
        (TMX_START + b"<tu><tuv xml:lang='en'><seg><ph>", b"x"),
        (TMX_START, b"<a>"),
        (TBX_START + b'<conceptEntry id="', b"a"),
        (TBX_START + b"<conceptEntry id='c'><note>", b"x"),
    ],
)
@pytest.mark.parametrize("how", ["read", "validate"])
def test_a_gigabyte_ends_at_a_limit_soon(start: bytes, more: bytes, how: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    file = Endless(start, more)
    form = TBX if b"<tbx" in start else TMX
    with pytest.raises(TermalignError, match="limit of"):
        take[how](form, file)
    assert file.n_read < 2**29
    assert time.process_time() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900_000  # kB


XLIFF_START = b'<xliff version="1.2"><file source-language="en" target-language="ja"><body>'


@pytest.mark.parametrize(
    ("form", "start", "more"),
    [
        (TMX, TMX_START + b"<tu>", b"<note>n</note>"),
        (TMX, TMX_START + b"<tu>", b'<tuv xml:lang="en"><seg>a</seg></tuv>'),
        (TMX, TMX_START + b"<tu><tuv xml:lang='en'><seg>", b"<ph/>a"),
        (TMX, TMX_START[: TMX_START.index(b"/>")] + b">", b"<prop type='x'>p</prop>"),
        (TBX, TBX_START + b'<conceptEntry id="c"><langSec xml:lang="en">', b"<termSec><term>t</term></termSec>"),
        (XLIFF, XLIFF_START + b'<trans-unit id="1">', b"<note>n</note>"),
        (XLIFF, XLIFF_START + b'<trans-unit id="1"><source>', b"<x id='1'/>"),
    ],
)
def test_a_unit_of_millions_of_elements_ends_at_a_limit(form: Any, start: bytes, more: bytes) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(DataError, match="more than 200000 elements in one unit or entry, the limit"):
        read_all(form, io.BufferedReader(Endless(start, more * 2000)))
    assert time.process_time() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


@pytest.mark.parametrize(
    "piece", ["<ph/>a", '<bpt i="1"/>a<ept i="1"/>', "a<!-- -->", "<hi>a <ph/></hi>", "<b>a</b>"], ids=str
)
def test_a_segment_with_many_codes_takes_time_by_its_length(piece: str) -> None:
    raw = TMX_START + (TU.format(piece * 20_000) + "</body></tmx>").encode()
    began = time.process_time()
    (found,) = TMX.read(io.BytesIO(raw), name="a.tmx")
    TMX.write([found], io.BytesIO())
    check_file(io.BytesIO(raw), name="a.tmx")
    assert time.process_time() - began < 15


@pytest.mark.parametrize("suffix", [".tmx", ".tbx"])
def test_the_command_line_writes_nothing(suffix: str, tmp_path: Path) -> None:
    bad = tmp_path / f"bad{suffix}"
    bad.write_bytes(LAUGHS + (TMX_START if suffix == ".tmx" else TBX_START))
    done = subprocess.run(
        [sys.executable, "-m", "termalign", "validate", "--json", str(bad)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 3
    assert done.stdout == b""
    assert b'"line": 2' in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [bad.name]
