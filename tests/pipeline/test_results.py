"""What a workspace holds: the files, the manifest that names them, decisions, and what an earlier build left."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from typing import TYPE_CHECKING, Any

import pytest
from piles import QUICK, call, files, write_pile

from termalign.model import TAGS
from termalign.model.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

KEPT = ["abstained.jsonl", "aligned.jsonl", "aligned.tmx", "decisions.jsonl", "documents.jsonl", "evidence.jsonl"]
KEPT += ["glossary.csv", "glossary.jsonl", "report.html", "run.json"]
JAPANESE = "量子技術は重要である。\n次の世代の計算機に使われる。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pile and what a build of it leaves; nothing may change it."""
    folder = tmp_path_factory.mktemp("results")
    assert call("build", write_pile(folder / "pile"), "-o", folder / "out", "--lexicon", "core:-quantum").code == 0
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_bytes())
    return found


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def shown(folder: Path) -> set[str]:
    """Name the files that a user sees."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_the_files_of_a_workspace(built: Path) -> None:
    names = shown(built / "out")
    pairs = {name for name in names if name.startswith("aligned.") and name.count(".") > 1}
    assert names - pairs == {*KEPT, "glossary.tbx"}
    assert pairs <= {f"aligned.{a}-{b}.tmx" for a in TAGS for b in TAGS if TAGS.index(a) < TAGS.index(b)}


def test_the_manifest_says_what_the_run_was_made_of(built: Path) -> None:
    found = manifest(built / "out")
    assert list(found) == [
        "termalign",
        "python",
        "settings",
        "inputs",
        "pairs",
        "versions",
        "skipped",
        "outputs",
        "timing",
    ]
    assert found["termalign"] == VERSION
    assert found["settings"] == {"lexicon": ["core:-quantum"], "quotes": True, "max_line": 2_000_000}
    assert found["skipped"] == []
    assert found["pairs"] == []
    assert [(row["reason"], set(row["documents"])) for row in found["versions"]][:1] == [
        ("name ports", {"ja", "zh-Hans", "en"})
    ]
    assert found["timing"]["seconds"] > 0


def test_the_hashes_of_the_manifest_are_true(built: Path) -> None:
    found = manifest(built / "out")
    read = {path: hashlib.sha256(raw).hexdigest() for path, raw in files(built / "pile").items()}
    assert {row["path"]: row["sha256"] for row in found["inputs"]} == read
    written = {
        name: hashlib.sha256(raw).hexdigest()
        for name, raw in files(built / "out").items()
        if not name.startswith(".") and name not in {"run.json", "decisions.jsonl"}
    }
    assert found["outputs"] == written
    assert list(found["outputs"]) == sorted(written)


def test_the_ledger_of_documents(built: Path) -> None:
    found = rows(built / "out" / "documents.jsonl")
    assert [row["path"] for row in found] == sorted(files(built / "pile"))
    keys = ["id", "path", "sha256", "encoding", "reader", "length", "passages", "group", "copies"]
    for row in found:
        raw = (built / "pile" / row["path"]).read_bytes()
        assert list(row) == keys
        assert row["sha256"] == hashlib.sha256(raw).hexdigest()
        assert row["id"] == "d-" + b32encode(hashlib.sha256(raw).digest()).decode("ascii").lower()[:12]
        assert row["reader"] == ("markdown/1" if row["path"].endswith(".md") else "text/1")
        assert row["passages"]
        assert all(list(one) == ["language", "span"] for one in row["passages"])
        assert (row["group"], row["copies"]) == (None, [])


def test_near_copies_are_one_group(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    text = "海上技術研究機構は港湾の水素利用を研究する。燃料電池の費用は下がりつつある。\n" * 3
    for name, more in (("a.txt", ""), ("b.txt", "以上である。\n")):
        (pile / name).write_text(text + more, encoding="utf-8")
    (pile / "c.txt").write_text("量子技術の国際標準化が進む。暗号の移行には長い年月がかかる。\n", encoding="utf-8")
    assert call("build", *QUICK, pile, "-o", tmp_path / "out").code == 0
    first, second, third = rows(tmp_path / "out" / "documents.jsonl")
    assert first["group"] == second["group"] == first["id"]
    assert third["group"] is None


def test_what_was_left_alone_says_why(built: Path) -> None:
    found = rows(built / "out" / "abstained.jsonl")
    assert found
    for row in found:
        assert list(row) == ["term", "language", "count", "reason"]
        assert row["language"] in TAGS
        assert row["reason"]
    order = [(row["language"], -row["count"], row["term"]) for row in found]
    assert order == sorted(order)


def test_units_keep_their_shape(built: Path) -> None:
    for row in rows(built / "out" / "aligned.jsonl"):
        assert list(row) == ["id", "segments", "bead", "score", "method"]
        assert list(row["segments"]) == [tag for tag in TAGS if tag in row["segments"]]
        assert row["bead"].count("-") == len(row["segments"]) - 1
        assert row["method"] in {"align", "mine"}
        assert 0 <= row["score"] <= 1


def test_a_second_build_keeps_decisions_and_what_is_not_ours(tmp_path: Path) -> None:
    pile, out = write_pile(tmp_path / "pile"), tmp_path / "out"
    assert call("build", *QUICK, pile, "-o", out).code == 0
    assert (out / "decisions.jsonl").read_bytes() == b""
    decision = b'{"id": "c-aaaaaaaaaaaa", "verdict": "accept", "by": "me", "at": "2026-01-01T00:00:00Z", "why": "x"}\n'
    (out / "decisions.jsonl").write_bytes(decision)
    (out / "notes.txt").write_bytes(b"mine")
    for documents in (pile, pile / "ports.ja.txt"):
        assert call("build", *QUICK, documents, "-o", out).code == 0
        assert (out / "decisions.jsonl").read_bytes() == decision
        assert (out / "notes.txt").read_bytes() == b"mine"
        assert "decisions.jsonl" not in manifest(out)["outputs"]


def test_what_a_build_does_not_write_any_more_goes(tmp_path: Path) -> None:
    pile, out = write_pile(tmp_path / "pile"), tmp_path / "out"
    assert call("build", *QUICK, pile, "-o", out).code == 0
    assert (out / "glossary.tbx").exists()
    (out / "aligned.ja-zh-Hant.tmx").write_bytes(b"<tmx/>")  # as an earlier build of other documents may have left it
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    done = call("build", *QUICK, tmp_path / "a.txt", "-o", out)
    assert done.code == 0
    assert "note: no sentences could be aligned: aligned.tmx is empty\n" in done.out
    assert "note: no concept is verified: glossary.tbx was not written\n" in done.out
    assert shown(out) == set(KEPT)


def test_results_of_a_partly_unreadable_pile(tmp_path: Path) -> None:
    pile, out = write_pile(tmp_path / "pile"), tmp_path / "out"
    assert call("build", *QUICK, pile, "-o", tmp_path / "whole").code == 0
    (pile / "scan.txt").write_bytes(b"%PDF-1.7\n")
    (pile / "note.txt").write_bytes("양자 컴퓨터는 미래의 기술이다.\n".encode())
    assert call("build", *QUICK, pile, "-o", out).code == 1
    skipped = manifest(out)["skipped"]
    assert [(row["path"], row["reason"]) for row in skipped] == [
        ("note.txt", "the text seems to be Korean"),
        ("scan.txt", "not a text file but a PDF document"),
    ]
    assert all(row["fix"] for row in skipped)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "not a text file but a PDF document" in page
    for name in ("glossary.jsonl", "evidence.jsonl", "aligned.jsonl", "abstained.jsonl", "documents.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_failing_first_build_leaves_no_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert call("build", *QUICK, tmp_path / "a.txt", "-o", tmp_path / "out").code == 3
    assert shown(tmp_path / "out") == set()
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    assert call("build", *QUICK, tmp_path / "a.txt", "-o", tmp_path / "out").code == 0
