from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

from termalign.cli import main
from termalign.cli.table import width
from termalign.glossary.glossary import Glossary
from termalign.pipeline.reading import lookup

GLOSSARY = str(Path(__file__).parents[1] / "glossary" / "cases" / "glossary.jsonl")
HEAVY = (
    "numpy",
    "pandas",
    "lxml",
    "jieba",
    "sudachipy",
    "sacremoses",
    "opencc",
    "joblib",
    "tqdm",
    "chardet",
    "sqlite3",
)
CONTROLS = {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029} - {10}


class Run(Protocol):
    def __call__(self, *words: str, stdin: bytes = b"") -> tuple[int, str, str]: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``termalign lookup`` over the glossary of the cases; give exit code, standard output and standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main(["lookup", "-g", GLOSSARY, *words])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return call


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


# ---- the shape


def test_json_is_the_shape_of_the_contract(run: Run) -> None:
    code, out, err = run("qkd", "--json")
    assert (code, err) == (0, "")
    [row] = rows(out)
    assert list(row) == ["query", "outcome", "hits"]
    assert (row["query"], row["outcome"]) == ("qkd", "exact")
    [hit] = row["hits"]
    assert list(hit) == ["concept", "match", "score", "why", "language", "text", "status", "terms"]
    entry = next(concept for concept in Glossary.load(GLOSSARY) if concept.id == "c-qkd").as_json()
    assert hit == {
        "concept": "c-qkd",
        "match": "exact",
        "score": 1.0,
        "why": ["case"],
        "language": "en",
        "text": "QKD",
        "status": "admitted",
        "terms": entry["terms"],
    }


def test_terms_are_as_in_the_entry_whatever_is_wanted(run: Run) -> None:
    everything = rows(run("qkd", "--json")[1])
    assert rows(run("qkd", "--json", "--to", "zh")[1]) == everything
    assert rows(run("qkd", "--json", "--to", "zh-Hant")[1]) == everything


def test_designations_in_other_languages_are_shown_too(tmp_path: Path, run: Run) -> None:
    row = {"id": "c-1", "terms": {"ja": ["量子"], "ko": ["양자"]}}
    path = tmp_path / "g.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    terms = rows(run("量子", "-g", str(path), "--json")[1])[0]["hits"][-1]["terms"]
    assert list(terms) == ["ja", "ko"]
    assert terms["ko"] == ["양자"]


def test_near_hits_have_scores_below_one(run: Run) -> None:
    code, out, _ = run("spectrun", "--json")
    [row] = rows(out)
    assert (code, row["outcome"]) == (1, "near")
    assert [(hit["match"], hit["why"]) for hit in row["hits"]] == [("near", ["1 letter"])]
    assert row["hits"][0]["score"] == 0.875


def test_the_verb_gives_what_the_command_prints(run: Run) -> None:
    answer = lookup("はし", glossary=GLOSSARY, source="ja", target="zh")
    assert rows(run("はし", "--from", "ja", "--to", "zh", "--json")[1]) == [answer.as_json()]
    assert lookup("はし", glossary=[Path(GLOSSARY)], source="ja", target="zh") == answer


# ---- exit codes and queries


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["QKD"], 0),
        (["spectrun"], 1),
        (["nothing of the kind"], 1),
        ([""], 2),
        ([" \u3000\t"], 2),
        (["--", "-5G"], 0),
        (["-5G"], 2),
        (["量" * 1001], 1),
        (["QKD", "--from", "jp"], 2),
        (["QKD", "--to", "fr"], 2),
        (["QKD", "-g", "nowhere.jsonl"], 2),
        ([], 2),
        (["QKD", "IT"], 2),
    ],
)
def test_exit_codes(run: Run, words: list[str], code: int) -> None:
    assert run(*words)[0] == code
    got, out, err = run("--json", *words)
    assert got == code
    if code == 2:
        assert out == ""
        error = json.loads(err)["error"]
        assert set(error) == {"problem", "where", "fix"}
        assert error["problem"]
    else:
        assert len(rows(out)) == 1


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_queries_from_standard_input_are_answered_in_order_empty_ones_included(run: Run, ending: bytes) -> None:
    queries = ["はし", "", "QKD", "  ", "\u2028", "nothing of the kind", "-", "--json", "量" * 1001, "橋"]
    code, out, _ = run("-", "--json", stdin=ending.join(query.encode() for query in queries))
    answers = rows(out)
    assert code == 0
    assert [answer["query"] for answer in answers] == queries
    assert [answer["outcome"] for answer in answers] == [
        *("exact", "none", "exact", "none", "none", "none", "none", "none", "none", "exact"),
    ]
    assert run("-", "--json", stdin=ending.join(query.encode() for query in queries) + ending)[1] == out


def test_exit_code_of_several_queries_as_grep(run: Run) -> None:
    assert run("-", stdin=b"nothing of the kind\nQKD\n")[0] == 0
    assert run("-", stdin=b"nothing of the kind\nQKDx\n")[0] == 1
    assert run("-", stdin=b"")[:2] == (1, "")
    assert rows(run("-", "--json", stdin=b"\n")[1]) == [{"query": "", "outcome": "none", "hits": []}]


def test_a_byte_order_mark_is_no_part_of_a_query(run: Run) -> None:
    assert rows(run("-", "--json", stdin=b"\xef\xbb\xbfQKD\n")[1])[0]["query"] == "QKD"


def test_bad_utf_8_is_a_fault_of_its_line(run: Run) -> None:
    code, out, err = run("-", "--json", stdin=b"QKD\nIT\xff\nGPU\n")
    assert code == 3
    assert [row["query"] for row in rows(out)] == ["QKD"]
    error = json.loads(err)["error"]
    assert error["where"] == {"file": "standard input", "line": 2}
    assert "0xff" in error["problem"]
    assert error["fix"]


def test_faults_of_a_glossary_are_one_object_on_standard_error(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "c-1", "terms": {"jp": ["量子"]}}\n{"id":\n', encoding="utf-8")
    code, out, err = run("QKD", "-g", str(path), "--json")
    assert (code, out) == (3, "")
    answer = json.loads(err)
    assert answer["error"] == answer["errors"][0]
    assert answer["error"]["where"] == {"file": str(path), "line": 1, "path": "terms.jp"}
    assert answer["error"]["fix"] == "write 'ja'"
    assert [error["where"]["line"] for error in answer["errors"]] == [1, 2]
    code, out, err = run("QKD", "-g", str(path))
    assert (code, out) == (3, "")
    assert f"{path}:1 (terms.jp): language tag 'jp'; write 'ja'" in err


# ---- for people


def entry(tmp_path: Path, **keys: Any) -> str:
    row = {
        "id": "c-1",
        "kind": "programme",
        "status": "verified",
        "verified_by": {"by": "Mori", "at": "2026-03-02T09:00:00Z", "why": "asked the ministry", "ground": "source"},
        "score": 0.998,
        "closure": "full",
        "terms": {
            "ja": [
                {"text": "光・量子飛躍フラッグシップ・プログラム", "status": "preferred", "count": 3},
                {"text": "量子飛躍計画", "status": "deprecated", "forbidden": True},
            ],
            "zh-Hans": [{"text": "光量子跃迁旗舰计划", "status": "preferred", "reading": "guāng liàng zǐ", "count": 1}],
            "zh-Hant": [{"text": "光量子躍遷旗艦計畫", "region": "TW", "authority": "backTranslation"}],
            "en": [{"text": "Q-LEAP", "type": "acronym", "status": "admitted"}],
        },
        "evidence": [
            {"source": "han", "score": 0.7, "terms": [["ja", "a"], ["en", "b"]]},
            {
                "source": "gloss",
                "score": 1.0,
                "n": 2,
                "terms": [["ja", "a"], ["en", "b"]],
                "where": [{"document": "d-9", "spans": [[0, 2]], "quote": "光量子跃迁旗舰计划（Q-LEAP）"}],
            },
        ],
    }
    path = tmp_path / "entry.jsonl"
    path.write_text(json.dumps(row | keys, ensure_ascii=False) + "\n", encoding="utf-8")
    return str(path)


def test_everything_worth_knowing_is_shown(tmp_path: Path, run: Run) -> None:
    code, out, _ = run("qleap", "-g", entry(tmp_path, flags=["two names in zh-Hans"]))
    assert code == 0
    text = " ".join(out.split())
    for words in (
        "Q-LEAP (en, exact, marks, case)",
        "preferred, seen 3 times",
        "deprecated, forbidden",
        "光量子跃迁旗舰计划 [guāng liàng zǐ] preferred, seen once",
        "admitted, TW, backTranslation",
        "admitted, acronym",
        "verified by Mori (2026-03-02, source, asked the ministry), score 1.00, closure full, programme, c-1",
        "! two names in zh-Hans",
        "evidence: gloss, 1.00, seen 2 times, d-9: 光量子跃迁旗舰计划（Q-LEAP）",
    ):
        assert words in text
    assert "han, 0.70" not in text


def test_a_policy_and_nobody(tmp_path: Path, run: Run) -> None:
    policy = {"policy": "two-glosses", "version": 1, "because": ["e-1"]}
    assert "verified by policy two-glosses, score" in run("qleap", "-g", entry(tmp_path, verified_by=policy))[1]
    proposed = run("qleap", "-g", entry(tmp_path, verified_by=None, status="proposed", score=None, evidence=[]))[1]
    assert "proposed, closure full" in proposed
    assert "evidence" not in proposed


def test_the_language_wanted_beside_the_one_met(tmp_path: Path, run: Run) -> None:
    path = entry(tmp_path)
    assert tags(run("qleap", "-g", path)[1]) == ["ja", "zh-Hans", "zh-Hant", "en"]
    assert tags(run("qleap", "-g", path, "--to", "zh-Hans")[1]) == ["zh-Hans", "en"]
    assert tags(run("qleap", "-g", path, "--to", "zh")[1]) == ["zh-Hans", "zh-Hant", "en"]
    assert tags(run("橋", "--to", "zh-Hant")[1]) == ["ja", "zh-Hans"]


def tags(out: str) -> list[str]:
    first = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    return [word for word in first if word in {"ja", "zh-Hans", "zh-Hant", "en"}]


def test_near_misses_and_nothing_are_announced(run: Run) -> None:
    assert run("spectrun")[1].startswith("spectrun: nothing exact; near misses:\n\nspectrum  (en, near, 1 letter)\n")
    assert run("nothing of the kind")[1] == "nothing of the kind: not found in 45 concepts\n"
    assert run("-", stdin=b"\n")[1] == "(empty): not found in 45 concepts\n"


@pytest.mark.parametrize("size", [40, 80, 120])
def test_lines_are_no_wider_than_the_terminal(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(size))
    path = entry(
        tmp_path, flags=["two names in zh-Hans: 量子战略产业革命联盟 (d-abc) and 量子革命战略产业联盟 (d-def)"]
    )
    for query in ("qleap", "量子飛躍計画", "光量子", "長" * 200):
        for line in run(query, "-g", path)[1].splitlines():
            assert width(line) <= size


def test_no_control_character_from_data_or_query_reaches_the_terminal(tmp_path: Path, run: Run) -> None:
    evil = "\x1b]0;x\x07\x1b[2J\r\u202e\u2028\u0085\x7f"
    terms = {"en": [{"text": f"Q-LEAP{evil}", "reading": evil, "region": evil, "type": f"x{evil}"}]}
    evidence = [
        {
            "source": f"s{evil}",
            "score": 1.0,
            "detail": evil,
            "terms": [["ja", "a"], ["en", "b"]],
            "where": [{"document": f"d{evil}", "spans": [], "quote": f"q{evil}"}],
        }
    ]
    path = entry(
        tmp_path,
        id=f"c{evil}",
        kind=f"k{evil}",
        subject=evil,
        terms=terms,
        evidence=evidence,
        flags=[f"f{evil}"],
        verified_by={"by": f"b{evil}", "at": evil, "why": evil, "ground": evil},
    )
    for query in (f"Q-LEAP{evil}", f"nothing{evil}"):
        _, out, err = run(query, "-g", path)
        assert not CONTROLS & {ord(char) for char in out + err}
        _, out, err = run(query, "-g", path, "--json")
        assert not CONTROLS & {ord(char) for char in out + err}
        assert json.loads(out)["query"] == query
    assert "Q-LEAP�" in run(f"Q-LEAP{evil}", "-g", path)[1]
    Path(path).write_text(json.dumps({"id": "c", "terms": {f"x{evil}": ["a"]}}), encoding="utf-8")
    code, _, err = run("QKD", "-g", path)
    assert code == 3
    assert not CONTROLS & {ord(char) for char in err}


# ---- light


@pytest.mark.parametrize(
    "program",
    [
        "import termalign",
        "import termalign; termalign.Glossary; termalign.lookup; termalign.fold; termalign.DataError",
        f"from termalign.cli import main\ntry: main(['lookup', '量子もつれ', '-g', {GLOSSARY!r}])\nexcept SystemExit: pass",
        f"from termalign.cli import main\ntry: main(['lookup', 'spectrun', '-g', {GLOSSARY!r}])\nexcept SystemExit: pass",
        "from termalign.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
    ],
)
def test_nothing_heavy_is_imported(program: str, root: Path) -> None:
    script = f"import sys\n{program}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root, encoding="utf-8"
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "termalign" in loaded
    assert loaded.isdisjoint(HEAVY)
