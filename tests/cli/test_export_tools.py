"""``termalign export --for``: what each tool gets, filters, conflicts, and what is lost on the way."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from clientdata import TAGS, TERMS
from piles import call, files

from termalign.errors import DataError
from termalign.formats import GLOSSARY_FORMATS
from termalign.formats.profiles import PROFILES
from termalign.formats.tool_tables import ToolTable
from termalign.glossary.glossary import Glossary
from termalign.registry import Entry

if TYPE_CHECKING:
    from pathlib import Path

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def one(text: str, status: str = "preferred", **extra: object) -> dict[str, object]:
    return {"text": text, "status": status, "verified": True, **extra}


def entry(name: str, *, subject: str = "physics", kind: str = "technology", **terms: Any) -> dict[str, Any]:
    tags = {"hans": "zh-Hans", "hant": "zh-Hant"}
    return {
        "id": name,
        "kind": kind,
        "subject": subject,
        "status": "verified",
        "terms": {tags.get(key, key): found for key, found in terms.items()},
    }


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a glossary and units, in which commands run."""
    rows = [
        entry(
            "c-1",
            ja=[one("量子もつれ"), one("からみあい", "deprecated")],
            hans=[one("量子纠缠")],
            hant=[one("量子糾纏")],
            en=[one("entanglement", caseSensitive=True), one("QE|x", "admitted")],
        ),
        entry("c-2", subject="Logistics", kind="place", ja=[one("港")], hans=[one("港口")], en=[one("port")]),
        entry("c-3", subject="computing", ja=[one("ポート")], en=[one("port"), one("=port", "admitted")]),
    ]
    rows[0]["definitions"] = {"ja": {"text": "定義", "source": "x"}, "en": {"text": "a definition"}}
    rows[0]["score"] = 0.4
    rows[0]["evidence"] = [
        {
            "source": "gloss",
            "score": 1.0,
            "terms": [["ja", "量子もつれ"], ["en", "entanglement"]],
            "where": [{"document": "d-1", "spans": [[0, 3]]}],
        }
    ]
    unit = {
        "segments": {
            "ja": {"text": "港", "document": "d-1"},
            "zh-Hant": {"text": "港口", "document": "d-2"},
            "en": {"text": "port"},
        },
        "bead": "1-2-1",
    }
    for name, values in (("g.jsonl", rows), ("u.jsonl", [unit])):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in values)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table(path: Path, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter))


def sheet(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


def answer(*arguments: str) -> dict[str, Any]:
    done = call("export", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    loaded: dict[str, Any] = json.loads(done.out)
    return loaded


def lost(found: dict[str, Any]) -> dict[str, int]:
    return {row["what"]: row["count"] for row in found["losses"]}


def test_deepl_takes_two_columns_and_one_target_per_source(work: Path) -> None:
    found = answer("g.jsonl", "-o", "d.csv", "--for", "deepl", "--from", "en", "--to", "ja")
    raw = (work / "d.csv").read_bytes()
    assert raw == "entanglement,量子もつれ\r\nQE|x,量子もつれ\r\nport,港\r\n=port,ポート\r\n".encode()
    assert lost(found)["further target of a source skipped: the tool takes one"] == 1
    assert lost(found)["deprecated designation skipped"] == 1
    assert lost(found)["definitions"] == 1


def test_a_list_of_one_direction_shows_its_conflicts(work: Path) -> None:
    found = answer("g.jsonl", "-o", "d.csv", "--for", "deepl", "--from", "ja", "--to", "en")
    assert found["conflicts"] == [
        {
            "kind": "one target, several sources",
            "pair": ["ja", "en"],
            "text": "port",
            "others": [{"text": "港", "concept": "c-2"}, {"text": "ポート", "concept": "c-3"}],
        }
    ]
    done = call("export", "g.jsonl", "-o", "d.csv", "--for", "deepl", "--from", "en", "--to", "ja")
    assert "  conflict: one source, several targets (en to ja): port = 港 / ポート\n" in done.err
    assert len(table(work / "d.csv")) == 4


def test_deepl_refuses_what_is_too_long(work: Path) -> None:
    rows = [entry("c-1", ja=[one("港" * 342)], en=[one("a")]), entry("c-2", ja=[one("港" * 341)], en=[one("b")])]
    (work / "long.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = answer("long.jsonl", "-o", "d.tsv", "--for", "deepl", "--from", "en", "--to", "ja")
    assert [row[0] for row in table(work / "d.tsv", "\t")] == ["b"]
    assert lost(found)["pair with a side longer than 1024 bytes skipped"] == 1


def test_one_file_for_each_direction_where_the_tool_needs_it(work: Path) -> None:
    found = answer("g.jsonl", "-o", "o.txt", "--for", "omegat")
    names = {row["path"] for row in found["files"]}
    pairs = {"ja-en", "en-ja", "ja-zh-Hans", "zh-Hans-ja", "ja-zh-Hant", "zh-Hant-ja"}
    pairs |= {"zh-Hans-en", "en-zh-Hans", "zh-Hant-en", "en-zh-Hant"}
    assert names == {f"o.{pair}.txt" for pair in pairs}
    assert all((work / name).is_file() for name in names)
    assert not any("zh-Hant" in what for what in lost(found))  # it has files of its own
    found = answer("g.jsonl", "-o", "one.txt", "--for", "omegat", "--from", "ja", "--to", "en")
    assert [row["path"] for row in found["files"]] == ["one.txt"]
    assert lost(found)["zh-Hant designation skipped: the file holds ja and en"] == 1
    assert lost(found)["definition moved to the comment"] == 2  # however many rows it stands beside
    assert "港\tport" not in (work / "one.txt").read_text(encoding="utf-8")


def test_google_takes_a_column_per_language(work: Path) -> None:
    found = answer("g.jsonl", "-o", "s.csv", "--for", "google")
    assert table(work / "s.csv") == [
        ["ja", "zh-CN", "zh-TW", "en", "description"],
        ["量子もつれ", "量子纠缠", "量子糾纏", "entanglement", "定義"],
        ["港", "港口", "", "port", ""],
        ["ポート", "", "", "port", ""],
    ]
    assert lost(found)["synonym skipped: the tool takes one term per language"] == 2
    answer("g.jsonl", "-o", "p.tsv", "--for", "google", "--from", "ja", "--to", "zh-Hans")
    assert table(work / "p.tsv", "\t") == [["量子もつれ", "量子纠缠"], ["港", "港口"]]


def test_memoq_takes_a_column_for_each_term(work: Path) -> None:
    answer("g.jsonl", "-o", "m.csv", "--for", "memoq")
    heading, first, *_ = table(work / "m.csv", ";")
    assert heading == [
        "Entry_ID",
        "Entry_Subject",
        "Entry_Domain",
        "Entry_ClientID",
        "Entry_ProjectID",
        "Entry_Created",
        "Entry_Creator",
        "Entry_LastModified",
        "Entry_Modifier",
        "Entry_Note",
        "Japanese_Def",
        "Japanese",
        "Chinese_PRC_Def",
        "Chinese_PRC",
        "Chinese_Taiwan_Def",
        "Chinese_Taiwan",
        "English_Def",
        "English",
        "English",
    ]
    assert first[:2] == ["c-1", "physics"]
    assert first[10:] == ["定義", "量子もつれ", "", "量子纠缠", "", "量子糾纏", "a definition", "entanglement", "QE|x"]
    assert not (work / "m.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_trados_takes_synonyms_in_one_cell(work: Path) -> None:
    found = answer("g.jsonl", "-o", "t.csv", "--for", "trados")
    heading, first, _, third = table(work / "t.csv")
    english = heading.index("English (United States)")
    assert heading[:3] == ["Entry ID", "Subject", "Note"]
    assert (first[english], third[english]) == ("entanglement", "port|=port")
    assert lost(found)["synonym with | in it skipped: the mark stands between synonyms"] == 1
    assert (work / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    answer("g.jsonl", "-o", "t.xlsx", "--for", "trados")
    assert [[cell or "" for cell in row] for row in sheet(work / "t.xlsx")] == table(work / "t.csv")


def test_phrase_takes_a_row_for_each_designation_with_its_flags(work: Path) -> None:
    answer("g.jsonl", "-o", "p.xlsx", "--for", "phrase")
    heading, first, second, *_ = sheet(work / "p.xlsx")
    ja, en = heading.index("ja"), heading.index("en")
    assert heading[ja : ja + 5] == ["ja", "ja_preferred", "ja_forbidden", "ja_case", "ja_definition"]
    assert heading[en - 10] == "zh_cn"
    assert first[0] == second[0] == "c-1"
    assert first[ja : ja + 4] == ["量子もつれ", True, False, False]
    assert second[ja : ja + 4] == ["からみあい", False, True, False]
    assert first[en + 3] is True


@pytest.mark.parametrize(
    ("tool", "codes"), [("omegat", ["ja-JP", "zh-TW"]), ("trados", ["ja-JP", "zh-TW"]), ("memoq", ["ja", "zh-TW"])]
)
def test_memories_bear_the_codes_of_the_tool(work: Path, tool: str, codes: list[str]) -> None:
    assert call("export", "u.jsonl", "-o", "m.tmx", "--for", tool, "--from", "ja", "--to", "zh-Hant").code == 0
    tree = ET.parse(work / "m.tmx")  # noqa: S314 - our own file
    assert [tuv.get(LANG) for tuv in tree.iter("tuv")] == codes
    assert next(tree.iter("header")).get("srclang") == codes[0]
    found = answer("u.jsonl", "-o", "all.tmx", "--for", tool)
    assert [row["path"] for row in found["files"]] == ["all.ja-zh-Hant.tmx", "all.ja-en.tmx", "all.zh-Hant-en.tmx"]


def test_a_termbase_for_a_tool_that_pools_scripts_holds_one_pair(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Entry("termalign.formats.tbx:TBX", suffixes=(".v2.tbx",))
    if "tbx-v2" not in GLOSSARY_FORMATS:
        monkeypatch.setitem(GLOSSARY_FORMATS._entries, "tbx-v2", old)
    found = answer("g.jsonl", "-o", "o.v2.tbx", "--for", "omegat", "--from", "ja")
    assert [row["path"] for row in found["files"]] == ["o.ja-zh-Hans.v2.tbx", "o.ja-zh-Hant.v2.tbx", "o.ja-en.v2.tbx"]
    tree = ET.parse(work / "o.ja-en.v2.tbx")  # noqa: S314 - our own file
    assert {one.get(LANG) for one in tree.iter() if one.tag.endswith(("langSec", "langSet"))} == {"ja", "en"}
    answer("g.jsonl", "-o", "one.v2.tbx", "--for", "omegat", "--from", "ja", "--to", "en")
    assert (work / "one.v2.tbx").read_bytes() == (work / "o.ja-en.v2.tbx").read_bytes()
    found = answer("g.jsonl", "-o", "all.v2.tbx", "--for", "phrase")
    assert [row["path"] for row in found["files"]] == ["all.v2.tbx"]


def test_filters(work: Path) -> None:
    def ids(*options: str) -> list[str]:
        assert call("export", "g.jsonl", "-o", "f.jsonl", *options).code == 0
        return [json.loads(line)["id"] for line in (work / "f.jsonl").read_text(encoding="utf-8").splitlines()]

    assert ids("--subject", "PHYSICS", "--subject", "computing") == ["c-1", "c-3"]
    assert ids("--kind", "place") == ["c-2"]
    assert ids("--min-score", "0.5") == ["c-2", "c-3"]
    assert ids("--document", "d-1") == ["c-1"]
    assert ids("--status", "proposed") == []
    assert ids("--language", "zh-Hant") == ["c-1"]
    assert ids("--language", "zh") == ["c-1", "c-2"]
    row = json.loads((work / "f.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert list(row["terms"]) == ["zh-Hans", "zh-Hant"]


def test_filters_of_units(work: Path) -> None:
    assert call("export", "u.jsonl", "-o", "f.jsonl", "--language", "ja", "--language", "en").code == 0
    row = json.loads((work / "f.jsonl").read_text(encoding="utf-8"))
    assert (list(row["segments"]), row["bead"]) == (["ja", "en"], "1-1")
    for document, n_units in (("d-2", 1), ("d-9", 0)):
        assert answer("u.jsonl", "-o", "f.jsonl", "--document", document)["files"][0]["written"] == n_units


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["g.jsonl", "-o", "x.csv", "--for", "xbench"], 2, "unknown profile 'xbench'"),
        (["g.jsonl", "-o", "x.tbx", "--for", "deepl"], 2, "DeepL takes no glossaries as 'x.tbx'; name it *.csv, *.tsv"),
        (
            ["u.jsonl", "-o", "x.tmx", "--for", "deepl"],
            2,
            "DeepL takes no translation units as 'x.tmx'; export the glossary",
        ),
        (["g.jsonl", "-o", "x.csv", "--from", "ja"], 2, ".csv holds all languages at once; leave --from and --to out"),
        (
            ["g.jsonl", "-o", "x.utx", "--from", "zh-Hans", "--to", "zh-Hant"],
            3,
            "x.utx: nothing that has both languages",
        ),
        (["g.jsonl", "-o", "x.jsonl", "--language", "jp"], 2, "language tag 'jp'; write 'ja'"),
        (["g.jsonl", "-o", "gone/x.txt", "--for", "omegat"], 3, "gone/x.ja-zh-Hans.txt: cannot be written"),
    ],
)
def test_wrong_use_writes_nothing(work: Path, arguments: list[str], code: int, problem: str) -> None:
    before = files(work)
    done = call("export", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"termalign: {problem}")
    assert files(work) == before


def test_a_file_too_large_for_the_tool_is_refused(work: Path) -> None:
    layout = replace(PROFILES.get("google").glossary, max_file=20)
    table_of = ToolTable(layout=layout, ending=".csv", languages=("ja", "en"))
    with pytest.raises(DataError, match="the file would be larger than the 20 bytes it may have"):
        table_of.write(Glossary.load(work / "g.jsonl"), io.BytesIO())


def test_an_export_for_a_tool_that_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []
    for name, *texts in TERMS:
        sides: dict[str, Any] = {
            key: [one(text, "admitted" if at else "preferred") for at, text in enumerate(found)]
            for key, found in zip(("ja", "hans", "en"), texts, strict=True)
        }
        rows.append(entry(name, **sides))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "g.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for tool, name in (("trados", "t.xlsx"), ("trados", "t.csv"), ("memoq", "m.csv"), ("phrase", "p.xlsx")):
        assert call("export", "g.jsonl", "-o", name, "--for", tool).code == 0
        assert call("import", name, "-o", "back.jsonl").code == 0
        back = [json.loads(line) for line in (tmp_path / "back.jsonl").read_text(encoding="utf-8").splitlines()]
        found = [(row["id"], *(tuple(form["text"] for form in row["terms"][tag]) for tag in TAGS)) for row in back]
        assert found == TERMS, name
