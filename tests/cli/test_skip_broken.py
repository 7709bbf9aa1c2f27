"""Glossaries with broken lines, ids that stand twice and relations that go round in circles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from termalign.cli import main
from termalign.errors import DataError, DataErrors
from termalign.glossary.glossary import Glossary

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES: list[dict[str, Any]] = [
    {
        "id": "c-metal",
        "subject": "chemistry",
        "definitions": {"en": {"text": "a metal that is liquid", "source": "ours"}},
        "relations": [{"type": "notToBeConfusedWith", "id": "c-planet"}, {"type": "broader", "id": "c-planet"}],
        "terms": {"ja": ["水銀"], "en": ["mercury"]},
    },
    {
        "id": "c-planet",
        "subject": "astronomy",
        "definitions": {"ja": "太陽に最も近い惑星", "en": 7},
        "relations": [{"type": "broader", "id": "c-metal"}, {"type": "broader", "id": "c-planet"}, 5],
        "terms": {"ja": ["水星"], "en": ["Mercury"]},
    },
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    lines = [json.dumps(one, ensure_ascii=False).encode() for one in ENTRIES]
    twice = json.dumps({"id": "c-metal", "terms": {"en": ["other"]}}).encode()
    broken = [b"{broken", lines[0], b'{"id": "c-x"}', twice, b'{"id": "c-y", "terms": {"en": ["\xff"]}}', lines[1]]
    target = tmp_path / "g.jsonl"
    target.write_bytes(b"\n".join(broken) + b"\n")
    return target


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(list(words))
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def test_broken_lines_are_refused_with_their_numbers(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises((DataError, DataErrors)):
        Glossary.load(path)
    code, out, err = run(capsys, "lookup", "mercury", "-g", str(path))
    assert (code, out) == (3, "")
    assert "g.jsonl:5" in err


def test_or_skipped_where_that_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[DataError] = []
    found = Glossary.load(path, skip_broken=True, tell=told.append)
    assert [concept.id for concept in found] == ["c-metal", "c-planet"]
    assert [fault.where.line for fault in told] == [1, 3, 4, 5]
    code, out, err = run(capsys, "lookup", "mercury", "-g", str(path), "--skip-broken", "--json")
    assert code == 0
    assert [hit["concept"] for hit in json.loads(out)["hits"]] == ["c-metal", "c-planet"]
    assert err.count("skipped: ") == 4
    assert "id 'c-metal' stands in line 2 already" in err


def test_more_faults_than_are_listed_are_skipped_too(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text("{broken\n" * 300 + json.dumps(ENTRIES[0]) + "\n", encoding="utf-8")
    assert len(Glossary.load(path, skip_broken=True)) == 1


def test_annotate_skips_them(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text("水銀と水星を調べた。", encoding="utf-8")
    assert run(capsys, "annotate", str(text), "-g", str(path), "--json")[0] == 3
    code, out, err = run(capsys, "annotate", str(text), "-g", str(path), "--json", "--skip-broken")
    assert (code, err.count("skipped: ")) == (0, 4)
    assert [span["concept"] for span in json.loads(out)["spans"]] == ["c-metal", "c-planet"]


def test_homographs_stand_side_by_side_with_what_tells_them_apart(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "lookup", "mercury", "-g", str(path), "--skip-broken")
    first, second = out.split("\n\n")
    assert "definition (en): a metal that is liquid" in first
    assert "not to be confused with c-planet, narrower than c-planet" in first
    assert "definition (ja): 太陽に最も近い惑星" in second
    assert "astronomy" in second


def test_relations_in_circles_harm_nothing(path: Path, tmp_path: Path) -> None:
    glossary = Glossary.load(path, skip_broken=True)
    glossary.save(tmp_path / "h.jsonl")
    again = Glossary.load(tmp_path / "h.jsonl")
    assert tuple(again) == tuple(sorted(glossary, key=lambda concept: concept.id))
    assert glossary.annotate("水銀", language="ja").spans[0].concept.id == "c-metal"
    assert len(glossary.to_frame()) == 4
