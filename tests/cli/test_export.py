"""``termalign export``: every format, from a folder, a file and a shipped name; and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from piles import call, files, write_pile

from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace ``out``; nothing may change it."""
    folder = tmp_path_factory.mktemp("export")
    assert call("build", write_pile(folder / "pile"), "-o", folder / "out").code == 0
    unit = {
        "id": "u-1",
        "segments": {"ja": {"text": "港湾の水素"}, "en": {"text": "Hydrogen in ports"}},
        "bead": "1-1",
        "score": 0.4,
        "method": "align",
    }
    (folder / "units.jsonl").write_text(json.dumps(unit, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def concepts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("name", ["a.terms.tsv", "a.csv", "a.tbx", "a.jsonl", "A.CSV"])
def test_concepts_of_a_folder(built: Path, tmp_path: Path, name: str) -> None:
    done = call("export", built / "out", "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    everything = concepts(built / "out" / "glossary.jsonl")
    expected = [row for row in everything if row["status"] == "verified"] if name == "a.tbx" else everything
    assert done.err.startswith(f"{len(expected)} written to {tmp_path / name}\n")
    reader = format_for(GLOSSARY_FORMATS, name)
    with (tmp_path / name).open("rb") as file:
        found = list(reader.read(file, name=name))
    assert len(found) == len(expected) > 0
    preferred = {row["terms"]["ja"][0]["text"] for row in expected if "ja" in row["terms"]}
    assert {one.designations("ja")[0].text for one in found if one.designations("ja")} == preferred


@pytest.mark.parametrize("name", ["a.tmx", "a.tsv", "aligned.jsonl"])
def test_units_of_a_folder(built: Path, tmp_path: Path, name: str) -> None:
    assert call("export", built / "out", "-o", tmp_path / name).code == 0
    n_units = len((built / "out" / "aligned.jsonl").read_bytes().splitlines())
    if n_units:
        with (tmp_path / name).open("rb") as file:
            assert len(list(format_for(BITEXT_FORMATS, name).read(file, name=name))) == n_units


def test_the_tables_have_their_columns(built: Path, tmp_path: Path) -> None:
    assert call("export", built / "out", "-o", tmp_path / "a.terms.tsv").code == 0
    header, *rows = (tmp_path / "a.terms.tsv").read_text(encoding="utf-8").splitlines()
    assert header == "id\tja\tzh\ten\tscore\tstatus"
    assert all(line.count("\t") == 5 for line in rows)
    assert any("\tNext-Generation Port Promotion Plan | NPPP\t" in line for line in rows)
    assert call("export", built / "out", "-o", tmp_path / "a.csv").code == 0
    table = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert len({len(row) for row in table}) == 1
    assert len(table) == len(rows) + 1


def test_a_file_of_units_and_a_file_of_concepts(built: Path, tmp_path: Path) -> None:
    assert call("export", built / "units.jsonl", "-o", tmp_path / "a.tmx").code == 0
    tree = ET.parse(tmp_path / "a.tmx")  # noqa: S314 - our own file
    assert [seg.text for seg in tree.iter("seg")] == ["港湾の水素", "Hydrogen in ports"]
    assert call("export", built / "out" / "glossary.jsonl", "-o", tmp_path / "a.csv").code == 0
    assert call("export", built / "out", "-o", tmp_path / "b.csv").code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_shipped_glossary_by_its_name(tmp_path: Path) -> None:
    done = call("export", "quantum-policy", "-o", tmp_path / "q.tbx")
    assert done.code == 0
    root = ET.parse(tmp_path / "q.tbx").getroot()  # noqa: S314 - our own file
    assert root.tag.endswith("tbx")
    assert int(done.err.split(" ", 1)[0]) == sum(one.tag.endswith("conceptEntry") for one in root.iter()) > 10


def test_what_the_format_cannot_hold_is_listed(built: Path, tmp_path: Path) -> None:
    first, *losses = call("export", built / "out", "-o", tmp_path / "a.terms.tsv").err.splitlines()
    assert " written to " in first
    assert losses
    assert all(line.startswith("  ") and " × " in line for line in losses)


def test_filters(built: Path, tmp_path: Path) -> None:
    everything = concepts(built / "out" / "glossary.jsonl")
    for status in ("verified", "proposed", "rejected"):
        assert call("export", built / "out", "-o", tmp_path / "a.jsonl", "--status", status).code == 0
        chosen = [row["id"] for row in everything if row["status"] == status]
        assert [row["id"] for row in concepts(tmp_path / "a.jsonl")] == chosen
    for score, n_units in (("0.4", 1), ("0.5", 0)):
        done = call("export", built / "units.jsonl", "-o", tmp_path / "a.tsv", "--min-score", score)
        assert done.err.startswith(f"{n_units} written to ")


def test_a_document_is_named_by_its_path_or_its_id(built: Path, tmp_path: Path) -> None:
    documents = concepts(built / "out" / "documents.jsonl")
    everything = concepts(built / "out" / "glossary.jsonl")
    first = documents[0]
    seen = [
        row["id"]
        for row in everything
        if any(place["document"] == first["id"] for one in row["evidence"] for place in one["where"])
    ]
    for name in (first["path"], first["id"]):
        assert call("export", built / "out", "-o", tmp_path / "a.jsonl", "--document", name).code == 0
        assert [row["id"] for row in concepts(tmp_path / "a.jsonl")] == seen
    done = call("export", built / "out", "-o", tmp_path / "a.jsonl", "--document", "gone.txt")
    assert (done.code, done.err.startswith("termalign: no document 'gone.txt' in this build; name one of ")) == (
        2,
        True,
    )


def test_quotes_go_out_only_when_asked_for(built: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.tbx"):
        assert call("export", built / "out", "-o", tmp_path / name).code == 0
        assert call("export", built / "out", "-o", tmp_path / f"q{name}", "--quotes").code == 0
    rows = concepts(built / "out" / "glossary.jsonl")
    assert concepts(tmp_path / "qa.jsonl") == rows
    quotes = {place["quote"] for row in rows for one in row["evidence"] for place in one["where"]}
    quotes = {quote for quote in quotes if len(quote) > 40}  # a short one may be a heading that is a term
    assert quotes
    for name in ("a.jsonl", "a.tbx"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "quote" not in text
        assert not [quote for quote in quotes if quote in text]
    assert [quote for quote in quotes if quote in (tmp_path / "qa.tbx").read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["out", "-o", "a.doc"], "no format for 'a.doc'; name it *.jsonl, "),
        (["out", "-o", "a"], "no format for 'a'; name it *.jsonl, "),
        (["out/glossary.jsonl", "-o", "a.tmx"], "concepts cannot be written as 'a.tmx'; name it *.jsonl, "),
        (["out/glossary.jsonl", "-o", "a.po"], "concepts cannot be written as 'a.po'; name it *.jsonl, "),
        (["units.jsonl", "-o", "a.tbx"], "translation units cannot be written as 'a.tbx'; name it *.tmx, "),
        (["units.jsonl", "-o", "a.terms.tsv"], "translation units cannot be written as 'a.terms.tsv'; name it *.tmx, "),
        (["quantum-policy", "-o", "a.tmx"], "concepts cannot be written as 'a.tmx'; "),
        (
            ["missing", "-o", "a.csv"],
            "no file or folder 'missing'; name a folder that build wrote, a .jsonl file, or one of ",
        ),
        (["x" * 300, "-o", "a.csv"], "no file or folder 'xxx"),
        (["pile", "-o", "a.csv"], "the folder 'pile' holds no glossary.jsonl; name a folder that build wrote"),
        (["pile", "-o", "a.tmx"], "the folder 'pile' holds no aligned.jsonl; name a folder that build wrote"),
        (["out", "-o", "a.csv", "--status", "final"], "unknown status 'final'; write verified, proposed or rejected"),
    ],
)
def test_wrong_use(built: Path, arguments: list[str], problem: str) -> None:
    before = files(built)
    done = call("export", *arguments, cwd=built)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"termalign: {problem}")
    assert files(built) == before


@pytest.mark.parametrize(
    ("name", "raw", "place"),
    [
        ("broken.jsonl", b'{"id": "c-1", "terms": {"ja": ["a"]}}\n{"id":\n', "broken.jsonl:2: broken JSON"),
        (
            "tag.jsonl",
            b'{"id": "c-1", "terms": {"jp": ["a"]}}\n',
            "tag.jsonl:1 (terms.jp): language tag 'jp'; write 'ja'",
        ),
        ("bytes.jsonl", b'{"id": "\xff"}\n', "bytes.jsonl:1: byte 0xff at position 9 of the line is not UTF-8"),
        ("units.jsonl", b'{"segments": {"ja": 1}}\n', "units.jsonl:1"),
    ],
)
def test_bad_data_writes_nothing(tmp_path: Path, name: str, raw: bytes, place: str) -> None:
    (tmp_path / name).write_bytes(raw)
    output = "a.tmx" if name == "units.jsonl" else "a.csv"
    (tmp_path / output).write_bytes(b"old")
    before = files(tmp_path)
    done = call("export", name, "-o", output, cwd=tmp_path)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"termalign: {place}")
    assert "Traceback" not in done.err
    assert files(tmp_path) == before


def test_a_termbase_without_a_verified_concept_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"id": "c-1", "terms": {"ja": ["量子"], "en": ["quantum"]}}\n', encoding="utf-8")
    done = call("export", "g.jsonl", "-o", "a.tbx", cwd=tmp_path)
    assert done.code == 3
    assert done.err.startswith(
        "termalign: g.jsonl: no concept is verified, and a termbase without entries is not valid; "
    )
    assert not (tmp_path / "a.tbx").exists()


@pytest.mark.parametrize("output", ["gone/a.csv", "file/a.csv", "a.csv"])
def test_an_output_that_cannot_be_written(built: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "a.csv").mkdir()
    before = files(tmp_path)
    done = call("export", built / "out", "-o", output, cwd=tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert done.err.startswith(f"termalign: {output}: cannot be written: ")
    assert files(tmp_path) == before
