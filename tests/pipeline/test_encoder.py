"""The option ``--encoder`` from the command line to the files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import call, write_pile
from tinymodel import write_model

if TYPE_CHECKING:
    from pathlib import Path

# One line stands on each side alone; lengths and words do not tell which.
JA = ["ゾメ。", "ヘル。", "ムソ。", "リバ。", "テク。"]
EN = ["Zomu.", "Nako.", "Helo.", "Muso.", "Ribo."]
MEANINGS = {
    "ゾメ": 0,
    "ヘル": 1,
    "ムソ": 2,
    "リバ": 3,
    "テク": 5,
    "Zomu": 0,
    "Helo": 1,
    "Muso": 2,
    "Ribo": 3,
    "Nako": 4,
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnx")
    return write_model(tmp_path_factory.mktemp("models") / "tiny", MEANINGS)


def test_align_heeds_it(model: Path, tmp_path: Path) -> None:
    for name, lines in (("a.ja.txt", JA), ("a.en.txt", EN)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    common = ["align", "--segmented", "--from", "ja", "--to", "en", "a.ja.txt", "a.en.txt", "-o"]
    call(*common, "words.beads.tsv", cwd=tmp_path)
    done = call(*common, "both.beads.tsv", "--encoder", model, cwd=tmp_path)
    both = (tmp_path / "both.beads.tsv").read_text(encoding="utf-8")
    assert done.code in {0, 1}
    assert both == "0\t0\n\t1\n1\t2\n2\t3\n3\t4\n4\t\n"
    assert both != (tmp_path / "words.beads.tsv").read_text(encoding="utf-8")


def test_a_broken_one_ends_with_its_place(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("量子技術の研究。\n", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "model.onnx").write_bytes(b"?")
    (tmp_path / "broken" / "tokenizer.json").write_bytes((model / "tokenizer.json").read_bytes())
    done = call("align", "a.txt", "a.txt", "-o", "b.tsv", "--encoder", "broken", cwd=tmp_path)
    assert done.code == 3
    assert "model.onnx: is no ONNX model" in done.err
    assert call("align", "a.txt", "a.txt", "-o", "b.tsv", "--encoder", "./none", cwd=tmp_path).code == 2


def test_build_writes_its_evidence(model: Path, tmp_path: Path) -> None:
    pile = write_pile(tmp_path / "pile")
    assert call("build", pile, "-o", tmp_path / "out", "--encoder", model).code in {0, 1}
    rows = [json.loads(line) for line in (tmp_path / "out" / "evidence.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [row for row in rows if row["source"] == "encoder"]
    assert found
    assert all("by tiny" in row["detail"] for row in found)
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert "tiny" in json.dumps(run)
