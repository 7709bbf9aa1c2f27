"""``pairs.toml`` says which documents are versions; what means nothing there is refused, with its line."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from piles import QUICK, call

from termalign.errors import DataError
from termalign.pipeline.pairs_file import read_pairs

if TYPE_CHECKING:
    from pathlib import Path

JA = "量子コンピュータの研究が進む。\n2020年に新しい戦略が決まった。\n"
EN = "The cat slept in the garden. She cooked fish for dinner.\n"


def test_groups_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "pairs.toml"
    path.write_text('[[versions]]\ndocuments = ["a", "b"]\n[[versions]]\ndocuments = ["c"]\n', encoding="utf-8-sig")
    assert read_pairs(path) == [["a", "b"], ["c"]]
    path.write_text("", encoding="utf-8")
    assert read_pairs(path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[[version]]\ndocuments = ["a", "b"]\n',
            r"^pairs\.toml:1: unknown key 'version'; there is only 'versions' here$",
        ),
        (
            '\n[[versions]]\ndocuments = ["a", "b"]\nscore = 1\n',
            r"^pairs\.toml:4: unknown key 'score'; there is only 'documents' here$",
        ),
        ('versions = [{documents = ["a", "b"], lang = "ja"}]\n', r"^pairs\.toml:1: unknown key 'lang'"),
        ('[[versions]]\ndocument = ["a", "b"]\n', r"^pairs\.toml:2: unknown key 'document'"),
        ("[[versions]]\ndocuments = 3\n", r"^pairs\.toml:2 \(versions\[0\]\.documents\): no list of paths"),
        ('[[versions]]\ndocuments = ["a", "b"]\n[[versions]]\ndocuments = []\n', r"^pairs\.toml:4 \(versions\[1\]"),
        ('[[versions]]\ndocuments = ["a", "a"]\n', "more than one document of a language"),
        ('[[versions]]\ndocuments = ["a", "b", "c", "d"]\n', "more than one document of a language"),
        ('[versions]\ndocuments = ["a", "b"]\n', r"^pairs\.toml:1: versions is no list of tables"),
        ("[[versions]\n", r"^pairs\.toml:1: cannot be read"),
    ],
)
def test_what_means_nothing_is_refused_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_pairs(path)


def test_a_build_does_what_the_file_says_and_names_it(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text(JA, encoding="utf-8")
    (pile / "b.txt").write_text(EN, encoding="utf-8")
    text = '[[versions]]\ndocuments = ["a.txt", "b.txt"]\n'
    (pile / "pairs.toml").write_text(text, encoding="utf-8")
    assert call("build", *QUICK, pile, "-o", tmp_path / "out").code == 0
    manifest = json.loads((tmp_path / "out" / "run.json").read_bytes())
    assert manifest["pairs"] == [{"path": "pairs.toml", "sha256": hashlib.sha256(text.encode()).hexdigest()}]
    assert manifest["versions"] == [{"documents": {"en": "b.txt", "ja": "a.txt"}, "score": 1.0, "reason": "pairs.toml"}]


def test_a_build_with_a_broken_file_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(JA, encoding="utf-8")
    (tmp_path / "pairs.toml").write_text('[[versions]]\nfiles = ["a.txt"]\n', encoding="utf-8")
    done = call("build", *QUICK, tmp_path, "-o", tmp_path / "out")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "pairs.toml:2: unknown key 'files'" in done.err
    assert not (tmp_path / "out" / "run.json").exists()


def test_what_has_no_version_is_mined(tmp_path: Path) -> None:
    ja = ["昨日は雨が降った。", "2020年に政府は30億円を投じた。", "庭の花に水をやらなかった。", "彼は川沿いを走る。"]
    en = [
        "The museum is closed on public holidays.",
        "The annual report was published in March.",
        "The committee met twice.",
    ]
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text("\n\n".join(ja) + "\n", encoding="utf-8")
    text = [*en, "In 2020, the government invested 3 billion yen.", "Nobody knows why the lights were on."]
    (pile / "b.txt").write_text("\n\n".join(text) + "\n", encoding="utf-8")
    assert call("build", pile, "-o", tmp_path / "out").code == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "aligned.jsonl").read_bytes().splitlines()]
    assert [(row["method"], row["segments"]["ja"]["text"], row["segments"]["en"]["text"]) for row in rows] == [
        ("mine", ja[1], text[3])
    ]
    assert rows[0]["score"] >= 0.5
