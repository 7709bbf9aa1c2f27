"""``termalign extract``: the header, the columns, and where they go."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from piles import call, environment, files, write_pile

from termalign.model import TAGS

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["language", "term", "score", "count", "documents"]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pile(tmp_path_factory.mktemp("extract") / "pile")


def table(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def test_candidates_are_a_table(pile: Path) -> None:
    done = call("extract", pile)
    assert (done.code, done.err) == (0, "")
    header, *rows = table(done.out)
    assert header == HEADER
    assert len(rows) > 50
    for language, term, score, count, documents in rows:
        assert language in TAGS
        assert term == " ".join(term.split()) != ""
        assert float(score) >= 0
        assert int(count) >= int(documents) >= 1
        assert int(documents) <= 6


def test_candidates_stand_by_language_and_the_most_term_like_first(pile: Path) -> None:
    _, *rows = table(call("extract", pile).out)
    order = [(row[0], -float(row[2])) for row in rows]
    assert order == sorted(order)
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    assert {row[0] for row in rows} == set(TAGS)
    assert ["ja", "次世代港湾推進計画"] in [row[:2] for row in rows]


def test_a_file_gets_the_same_bytes_as_standard_output(pile: Path, tmp_path: Path) -> None:
    done = call("extract", pile, "-o", tmp_path / "terms.tsv")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "terms.tsv").read_bytes() == call("extract", pile, "-o", "-").out.encode()


def test_a_file_that_cannot_be_read_is_told_beside_the_table(pile: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = call("extract", pile, tmp_path / "empty.txt")
    assert (done.code, done.err) == (1, "skipped: empty.txt: the file is empty; leave it out\n")
    assert done.out == call("extract", pile).out


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["missing.txt"], 2, "termalign: no file or folder 'missing.txt'; "),
        (["pile", "--lexicon", "x"], 2, "termalign: unknown lexicon 'x'; there are core, places"),
        (["empty.txt"], 3, "termalign: empty.txt: the file is empty; leave it out"),
        (["korean.txt"], 3, "termalign: korean.txt: the text seems to be Korean; "),
        (
            ["pile", "-o", "gone/terms.tsv"],
            3,
            "termalign: gone/terms.tsv: cannot be written: no such file or directory; ",
        ),
        (["pile", "-o", "pile"], 3, "termalign: pile: cannot be written: is a directory; "),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, arguments: list[str], code: int, problem: str) -> None:
    write_pile(tmp_path / "pile")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "korean.txt").write_text("양자 컴퓨터는 미래의 기술이다.\n", encoding="utf-8")
    before = files(tmp_path)
    done = call("extract", *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(problem)
    assert done.err.count("\n") == 1
    assert files(tmp_path) == before


def test_an_old_table_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_bytes(b"old")
    (tmp_path / "a.txt").write_bytes(b"\0")
    assert call("extract", tmp_path / "a.txt", "-o", tmp_path / "terms.tsv").code == 3
    assert (tmp_path / "terms.tsv").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_reader_that_has_seen_enough(pile: Path) -> None:
    command = [sys.executable, "-m", "termalign", "extract", str(pile)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


WHY = [*HEADER, "verdict", "reason", "pattern", "whole", "c_value", "share", "longer", "signs", "variants"]


def test_why_tells_of_all_strings(pile: Path) -> None:
    done = call("extract", pile, "--why")
    assert (done.code, done.err) == (0, "")
    header, *rows = table(done.out)
    assert header == WHY
    verdicts = {row[5] for row in rows}
    assert {"kept", "nested"} <= verdicts <= {"kept", "weak", "nested", "general", "left"}
    assert all((row[5] == "kept") == (row[6] == "") for row in rows)
    _, *kept = table(call("extract", pile).out)
    assert [row[:5] for row in rows if row[5] == "kept"] == kept


def test_why_of_terms_in_any_spelling(pile: Path) -> None:
    done = call("extract", pile, "--term", "次世代 港湾推進計画", "--term", "存在しない語")
    assert (done.code, done.err) == (1, "")
    _, found, unseen = table(done.out)
    assert (found[1], found[5]) == ("次世代港湾推進計画", "kept")
    assert unseen[1:7] == ["存在しない語", "0.0000", "0", "0", "unseen", "does not stand in the documents"]


def test_json_has_what_the_table_has(pile: Path, tmp_path: Path) -> None:
    _, *rows = table(call("extract", pile).out)
    terms = json.loads(call("extract", pile, "--json").out)["terms"]
    assert [[one["language"], one["term"], f"{one['score']:.4f}"] for one in terms] == [row[:3] for row in rows]
    call("extract", pile, "--term", "次世代港湾推進計画", "--json", "-o", tmp_path / "why.json")
    (one,) = json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))["terms"]
    assert one["verdict"] == "kept"
    assert set(one) == set(WHY)


def test_an_empty_term_is_refused(pile: Path) -> None:
    done = call("extract", pile, "--term", " ")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("termalign: a term is empty; ")
