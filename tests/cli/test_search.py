"""``termalign search``: what people and programs see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from termalign.cli import main
from termalign.cli.table import width

if TYPE_CHECKING:
    from pathlib import Path

UNITS = [
    {"id": "u-1", "segments": {"ja": {"text": "国内の量子技術の拠点と、海外の量子技術の拠点を結ぶ。", "document": "a.ja.txt"}, "en": {"text": "It links hubs for quantum technology.", "document": "a.en.txt"}}},
    {"id": "u-2", "segments": {"ja": {"text": "量子技術", "document": "b.ja.txt"}, "zh-Hans": {"text": "量子技术\u001b[31m", "document": "b.zh.txt"}}},
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "aligned.jsonl"
    target.write_text("".join(json.dumps(row) + "\n" for row in UNITS), encoding="utf-8")
    return target


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["search", *arguments])
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def test_keywords_stand_in_one_column(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "量子技術", "-c", str(path))
    assert code == 0
    lines = out.split("\n")
    assert lines[:4] == ["量子技術: 4 hits in 2 units", "      2  a.ja.txt", "      1  b.ja.txt", "      1  b.zh.txt"]
    places = [line for line in lines if "[量子" in line]
    assert len(places) == 4
    assert len({width(line.partition("[")[0]) for line in places}) == 1
    assert "  en  It links hubs for quantum technology." in lines
    assert "\x1b" not in out


@pytest.mark.parametrize("context", [0, 1, 4, 5, 30])
def test_context(path: Path, capsys: pytest.CaptureFixture[str], context: int) -> None:
    _, out, _ = run(capsys, "海外", "-c", str(path), "--context", str(context))
    (line,) = (line for line in out.split("\n") if "[海外]" in line)
    left, _, right = line[2:].partition("[海外]")
    assert width(left) == context
    assert width(right) <= context
    if context == 5:
        assert (left, right) == ("…と、", "の量…")


def test_a_limit(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "量子", "-c", str(path), "--limit", "1")
    assert "4 hits in 2 units, the first 1 shown" in out
    assert out.count("[量子]") == 1


def test_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "海外", "-c", str(path), "--json", "--to", "en")
    assert code == 0
    (line,) = out.strip().split("\n")
    assert json.loads(line)["hits"][0] == {
        "unit": "u-1",
        "language": "ja",
        "start": 12,
        "end": 14,
        "text": "海外",
        "document": "a.ja.txt",
        "segments": {
            "ja": "国内の量子技術の拠点と、海外の量子技術の拠点を結ぶ。",
            "en": "It links hubs for quantum technology.",
        },
    }


def test_whole_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "内の", "-c", str(path))[0] == 0
    code, out, _ = run(capsys, "内の", "-c", str(path), "--whole-words")
    assert (code, out) == (1, "内の: not found in 2 units\n")


def test_nothing_and_nonsense(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "  ", "-c", str(path))[0] == 2
    assert run(capsys, "量子", "-c", "nowhere")[0] == 2
    code, out, _ = run(capsys, "量" * 10_000, "-c", str(path))
    assert code == 1
    assert len(out) < 200


def test_broken_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    code, _, err = run(capsys, "量子", "-c", str(path))
    assert (code, "aligned.jsonl:3" in err) == (3, True)
    code, out, err = run(capsys, "量子", "-c", str(path), "--skip-broken")
    assert (code, "4 hits" in out, "skipped: " in err, "aligned.jsonl:3: broken JSON" in err) == (0, True, True, True)
