"""Which files a build reads, and under which names: folders, links, copies, strange names, earlier results."""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from piles import QUICK, call, files, write_pile

from termalign.errors import ConfigError, DataError
from termalign.pipeline.inputs import Pile, read_documents

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = "量子技術は重要である。\n次の世代の計算機に使われる。\n"
ENGLISH = "Quantum technology is important. It is used in the next generation of computers.\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such names or links on Windows")


def paths(pile: Pile) -> list[str]:
    return [one.path for one in pile.documents]


def told(pile: Pile) -> list[tuple[str, str]]:
    return [(one.path, one.error.problem) for one in pile.skipped]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a document, and one with another document in it."""
    folder = tmp_path / "papers"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.ja.txt").write_text(JAPANESE, encoding="utf-8")
    (folder / "inner" / "b.en.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


def test_documents_are_called_by_their_path_in_the_input(papers: Path) -> None:
    pile = read_documents([papers])
    assert paths(pile) == ["a.ja.txt", "inner/b.en.txt"]
    assert pile.skipped == ()
    assert paths(read_documents([papers / "inner" / "b.en.txt"])) == ["b.en.txt"]


def test_a_file_that_is_named_twice_is_read_once(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(papers)
    here = str(papers)
    for inputs in (["a.ja.txt", "./a.ja.txt", f"{here}/a.ja.txt"], [here, "a.ja.txt"], ["inner/../a.ja.txt", here]):
        (first, *_) = read_documents(inputs).documents
        assert (first.path, first.copies) == ("a.ja.txt", ())


def test_two_files_with_the_same_bytes_are_one_document(papers: Path) -> None:
    (papers / "copy.txt").write_text(JAPANESE, encoding="utf-8")
    first, second = read_documents([papers]).documents
    assert (first.path, first.copies) == ("a.ja.txt", ("copy.txt",))
    assert (second.path, second.copies) == ("inner/b.en.txt", ())


def test_copies_are_no_further_witness(papers: Path, tmp_path: Path) -> None:
    assert call("build", *QUICK, papers, "-o", tmp_path / "one").code == 0
    (papers / "z.txt").write_text(JAPANESE, encoding="utf-8")
    assert call("build", *QUICK, papers, "-o", tmp_path / "two").code == 0
    rows = [json.loads(line) for line in (tmp_path / "two" / "documents.jsonl").read_bytes().splitlines()]
    assert [(row["path"], row["copies"]) for row in rows] == [("a.ja.txt", ["z.txt"]), ("inner/b.en.txt", [])]
    for name in ("glossary.jsonl", "evidence.jsonl", "abstained.jsonl", "aligned.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_files_of_one_name_in_two_inputs_are_ordered_by_what_they_hold(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder, text in zip(folders, (JAPANESE, ENGLISH), strict=True):
        folder.mkdir()
        (folder / "same.txt").write_text(text, encoding="utf-8")
    one = read_documents(folders).documents
    folders[0].rename(tmp_path / "z")
    assert read_documents([tmp_path / "z", folders[1]]).documents == one
    assert [document.path for document in one] == ["same.txt", "same.txt"]


def test_hidden_files_and_folders_are_passed_over(papers: Path) -> None:
    (papers / ".git").mkdir()
    for name in (".hidden.txt", ".git/config.txt"):
        (papers / name).write_text(ENGLISH, encoding="utf-8")
    assert paths(read_documents([papers])) == ["a.ja.txt", "inner/b.en.txt"]
    assert paths(read_documents([papers / ".hidden.txt"])) == [".hidden.txt"]


@posix
def test_folders_in_a_circle_end(papers: Path) -> None:
    before = read_documents([papers])
    (papers / "inner" / "up").symlink_to(papers, target_is_directory=True)
    (papers / "self").symlink_to(papers / "self")
    after = read_documents([papers])
    assert after.documents == before.documents
    assert told(after) == [("self", "a link to nothing")]


@posix
def test_links_inside_the_folder_add_nothing(papers: Path) -> None:
    before = read_documents([papers])
    (papers / "0-link.txt").symlink_to(papers / "a.ja.txt")
    (papers / "0-folder").symlink_to("inner", target_is_directory=True)
    assert read_documents([papers]) == before


@posix
def test_links_do_not_lead_out_of_the_folder(papers: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("The secret key is kept in this file.\n", encoding="utf-8")
    (papers / "file.txt").symlink_to(secret / "key.txt")
    (papers / "folder").symlink_to(secret, target_is_directory=True)
    (papers / "relative.txt").symlink_to("../secret/key.txt")
    pile = read_documents([papers])
    assert paths(pile) == ["a.ja.txt", "inner/b.en.txt"]
    problem = "a link that leads out of the folder"
    assert told(pile) == [("file.txt", problem), ("folder", problem), ("relative.txt", problem)]
    done = call("build", *QUICK, papers, "-o", tmp_path / "out")
    assert done.code == 1
    assert "name what it points to as an input of its own" in done.err
    assert not any(b"secret" in raw for raw in files(tmp_path / "out").values())


@posix
def test_a_link_that_is_named_is_followed(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").symlink_to(papers / "a.ja.txt")
    (tmp_path / "folder").symlink_to(papers, target_is_directory=True)
    assert paths(read_documents([tmp_path / "file.txt"])) == ["file.txt"]
    assert paths(read_documents([tmp_path / "folder"])) == ["a.ja.txt", "inner/b.en.txt"]


@posix
def test_what_is_no_ordinary_file_is_not_waited_for(papers: Path) -> None:
    os.mkfifo(papers / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(papers / "s.txt"))
    assert told(read_documents([papers])) == [("pipe.txt", "no ordinary file"), ("s.txt", "no ordinary file")]
    with pytest.raises(DataError, match=r"^pipe\.txt: no ordinary file; "):
        read_documents([papers / "pipe.txt"])


@posix
def test_what_may_not_be_read_is_told(papers: Path) -> None:
    (papers / "inner").chmod(0)
    if os.access(papers / "inner", os.R_OK):
        pytest.skip("this user may read everything")
    (papers / "a.ja.txt").chmod(0)
    (papers / "c.txt").write_text(ENGLISH, encoding="utf-8")
    try:
        problem = "cannot be read: permission denied"
        assert told(read_documents([papers])) == [("a.ja.txt", problem), ("inner", problem)]
    finally:
        (papers / "inner").chmod(0o700)


@posix
@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"line\nfeed.txt", "line\\nfeed.txt"),
        (b"esc\x1b[31m.txt", "esc\\x1b[31m.txt"),
        (b"not-\xff-utf8.txt", "not-\\xff-utf8.txt"),
        ("turn\u202etxt.exe.txt".encode(), "turn\\u202etxt.exe.txt"),
        ("戦略　概要 é.txt".encode(), "戦略　概要 é.txt"),
    ],
)
def test_names_can_be_shown_everywhere(tmp_path: Path, raw: bytes, shown: str) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    place = os.fsencode(folder) + b"/" + raw
    try:
        with open(place, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(JAPANESE.encode())
    except OSError as exc:
        pytest.skip(f"this disk has no such names: {exc}")
    out = tmp_path / "out"
    done = call("build", *QUICK, folder, "-o", out)
    assert (done.code, done.err) == (0, "")
    assert json.loads((out / "documents.jsonl").read_bytes())["path"] == shown
    assert json.loads((out / "run.json").read_bytes())["inputs"][0]["path"] == shown
    with open(place, "wb") as file:  # noqa: PTH123 - likewise
        file.write(b"\0" * 100)
    done = call("build", *QUICK, folder, "-o", out)
    assert done.code == 3
    assert done.err.startswith(f"termalign: {shown}:1: ")
    assert done.err.count("\n") == 1


def test_results_of_an_earlier_build_are_no_input(tmp_path: Path) -> None:
    pile = write_pile(tmp_path / "pile")
    for out in (pile / "out", pile):  # in a folder of the pile, and among the documents
        for _ in range(2):
            done = call("build", *QUICK, pile, "-o", out)
            assert (done.code, done.err) == (0, "")
            manifest = json.loads((out / "run.json").read_bytes())
            assert len(manifest["inputs"]) == 6
            assert manifest["skipped"] == []
    (pile / "notes.csv").write_text("a file of somebody else", encoding="utf-8")
    assert told(read_documents([pile])) == [("notes.csv", "no reader for .csv")]


def test_a_manifest_of_another_program_hides_nothing(papers: Path) -> None:
    (papers / "run.json").write_text('{"outputs": {"a.ja.txt": ""}}', encoding="utf-8")
    pile = read_documents([papers])
    assert (paths(pile), told(pile)) == (["a.ja.txt", "inner/b.en.txt"], [("run.json", "no reader for .json")])


def test_pairs_are_no_document(papers: Path) -> None:
    (papers / "pairs.toml").write_text("", encoding="utf-8")
    pile = read_documents([papers])
    assert (pile.pairs, pile.skipped) == ((papers / "pairs.toml",), ())


def test_nothing_to_read() -> None:
    with pytest.raises(ConfigError, match=r"^nothing to read; name a file or a folder$"):
        read_documents([])
