"""``termalign import``: formats of other tools into ours, every repair listed, nothing written on a fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from piles import call, files

import termalign

if TYPE_CHECKING:
    from pathlib import Path

TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu tuid="7">
<tuv xml:lang="en"><seg>port</seg></tuv><tuv xml:lang="ja"><seg>港</seg></tuv></tu></body></tmx>"""
XLIFF = """<xliff version="1.2"><file source-language="en" target-language="ja"><body>
<trans-unit id="1"><source>sea</source><target>海</target></trans-unit>
<trans-unit id="2"><source>x</source></trans-unit></body></file></xliff>"""
PO = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n\nmsgid "lake"\nmsgstr "湖"\n\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
UTX = "#UTX 1.11; ja-JP/en-US; copyright: X; license: Y;\r\n#src\ttgt\tsrc:pos\r\n港\tport\tnoun\r\n"


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of each format, in which commands run."""
    texts = {
        "a.tmx": TMX,
        "a.xlf": XLIFF,
        "a.po": PO,
        "units.tsv": "ja\ten\n港\tport\n",
        "a.utx": UTX,
        "a.txt": "港\tport\n",
        "terms.tsv": "ja\ten\tNote\n港\tport\tn\n",
        "a.csv": "Japanese,English\n港|湊,port\n",
        "plain.csv": "港,port\n",
        "odd.csv": "jp,en\n港,port\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def texts(row: dict[str, Any]) -> dict[str, list[str]]:
    return {tag: [one["text"] for one in found] for tag, found in row["terms"].items()}


def test_translated_files_of_several_formats(given: Path) -> None:
    done = call("import", "a.tmx", "a.xlf", "a.po", "units.tsv", "-o", "out.jsonl")
    assert (done.code, done.out) == (0, "")
    first, *losses = done.err.splitlines()
    assert first == "4 units read from 4 files, written to out.jsonl"
    assert losses == ["  1 × fuzzy entry", "  1 × unit without a translation"]
    found = rows(given / "out.jsonl")
    assert [row["segments"]["en"]["text"] for row in found] == ["port", "sea", "lake", "port"]
    assert [row["segments"]["ja"].get("unit", "") for row in found] == ["7", "1", "", ""]
    assert {row["method"] for row in found} == {"given"}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.utx", []),
        ("a.txt", ["--from", "ja", "--to", "en"]),
        ("terms.tsv", []),
        ("units.tsv", ["--as", "glossary"]),
        ("plain.csv", ["--columns", "ja, en"]),
    ],
)
def test_a_glossary_of_each_format(given: Path, name: str, options: list[str]) -> None:
    assert call("import", name, "-o", "out.jsonl", *options).code == 0
    (row,) = rows(given / "out.jsonl")
    assert texts(row) == {"ja": ["港"], "en": ["port"]}
    assert (row["status"], row["verified_by"]["policy"]) == ("verified", "given")


def test_what_was_mended_is_listed(given: Path) -> None:
    done = call("import", "a.csv", "-o", "out.jsonl", "--json", "--status", "proposed")
    answer = json.loads(done.out)
    assert answer == {
        "path": "out.jsonl",
        "kind": "concepts",
        "read": 1,
        "losses": [
            {"what": "cell split into synonyms at |", "count": 1},
            {"what": "column 'English' read as term in en", "count": 1},
            {"what": "column 'Japanese' read as term in ja", "count": 1},
        ],
    }
    (row,) = rows(given / "out.jsonl")
    assert (texts(row)["ja"], row["status"]) == (["港", "湊"], "proposed")


def test_ids_of_several_files(given: Path) -> None:
    (given / "one.csv").write_text("id,ja,en\n1,港,port\n2,湖,lake\n", encoding="utf-8")
    (given / "two.csv").write_text("id,ja,en\n1,海,sea\n2,湖,lake\n", encoding="utf-8")
    done = call("import", "one.csv", "two.csv", "-o", "out.jsonl")
    found = rows(given / "out.jsonl")
    assert [texts(row)["ja"] for row in found] == [["港"], ["湖"], ["海"]]
    assert len({row["id"] for row in found}) == 3
    assert done.err.splitlines()[1:] == [
        "  1 × entry whose id another file gave to something else, under a new id",
        "  1 × equal entry of another file, kept once",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["a.tmx", "a.csv", "-o", "out.jsonl"], 2, "glossaries and translated files together"),
        (["a.csv", "-o", "out.csv"], 2, "an import is written as .jsonl, not as 'out.csv'"),
        (["gone.csv", "-o", "out.jsonl"], 2, "no file 'gone.csv'; check the path"),
        (["gone.tsv", "-o", "out.jsonl"], 2, "no file 'gone.tsv'; check the path"),
        (["a.doc", "-o", "out.jsonl"], 2, "no format for 'a.doc'; name it *.jsonl, "),
        (["odd.csv", "-o", "out.jsonl"], 3, "odd.csv:1: column 'jp': language tag 'jp'; write 'ja'"),
        (["plain.csv", "-o", "out.jsonl"], 3, "plain.csv:1: no column of the heading is a language"),
        (["a.txt", "-o", "out.jsonl"], 3, "a.txt:1: a glossary that does not say its languages"),
        (["a.csv", "odd.csv", "-o", "out.jsonl"], 3, "odd.csv:1: "),
        (["cut.tmx", "-o", "out.jsonl"], 3, "cut.tmx:2: not well-formed XML"),
        (["a.tmx", "cut.tmx", "-o", "out.jsonl"], 3, "cut.tmx:2: not well-formed XML"),
        (["a.csv", "-o", "gone/out.jsonl"], 3, "gone/out.jsonl: cannot be written: no such file or directory"),
    ],
)
def test_a_failing_import_writes_nothing(given: Path, arguments: list[str], code: int, problem: str) -> None:
    (given / "cut.tmx").write_text(TMX[:-60], encoding="utf-8")
    (given / "out.jsonl").write_bytes(b"old")
    before = files(given)
    done = call("import", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"termalign: {problem}")
    assert files(given) == before


def test_an_error_for_a_program(given: Path) -> None:
    done = call("import", "odd.csv", "-o", "out.jsonl", "--json")
    assert done.code == 3
    assert json.loads(done.err)["error"]["where"] == {"file": "odd.csv", "line": 1}
    assert not (given / "out.jsonl").exists()


def test_the_verbs(given: Path) -> None:
    glossary = termalign.import_glossary(["a.utx"], given / "g.jsonl")
    units = termalign.import_bitext(["a.tmx"], given / "u.jsonl")
    assert (glossary.kind, glossary.n_read, units.kind, units.n_read) == ("concepts", 1, "units", 1)
    assert termalign.Glossary.load(given / "g.jsonl").lookup("port").hits


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "de.tmx",
            TMX.replace('"ja"', '"de"'),
            "no units that can be used in 1 file, so nothing is written: see why below; termalign works in ja, zh-Hans, zh-Hant, en\n  1 × segment in de\n",
        ),
        (
            "none.tmx",
            '<tmx version="1.4"><header srclang="en"/><body/></tmx>',
            "nothing is written: there is none in it",
        ),
        ("none.csv", "ja,en\n", "no concepts that can be used in 1 file, so nothing is written: there is none in it"),
    ],
)
def test_where_there_is_nothing_to_use_nothing_is_written(given: Path, name: str, text: str, message: str) -> None:
    (given / name).write_text(text, encoding="utf-8")
    done = call("import", name, "-o", "out.jsonl")
    assert (done.code, done.out) == (1, "")
    assert message in done.err
    assert not (given / "out.jsonl").exists()
    assert call("import", name, "-o", "out.jsonl", "--json").code == 1


def test_the_encoding_of_a_file_is_told_or_named(given: Path) -> None:
    (given / "old.csv").write_bytes("ja,en\n契約,contract\n".encode("euc_jp"))
    done = call("import", "old.csv", "-o", "old.jsonl")
    assert done.code == 0
    assert "encoding euc_jis_2004, told by the bytes of the file: --encoding NAME" in done.err
    done = call("import", "old.csv", "-o", "old.jsonl", "--encoding", "EUC-JP")
    assert (done.code, "encoding" in done.err) == (0, False)
    assert texts(rows(given / "old.jsonl")[0]) == {"ja": ["契約"], "en": ["contract"]}
    done = call("import", "a.tmx", "-o", "a.jsonl", "--encoding", "euc-jp")
    assert done.code == 2
    assert "states its encoding itself" in done.err


def test_a_table_of_units_in_utf_16_is_bitext(given: Path) -> None:
    (given / "wide.tsv").write_bytes("ja\ten\r\n契約\tcontract\r\n".encode("utf-16"))
    assert call("import", "wide.tsv", "-o", "wide.jsonl").code == 0
    assert {tag: one["text"] for tag, one in rows(given / "wide.jsonl")[0]["segments"].items()} == {
        "ja": "契約",
        "en": "contract",
    }
