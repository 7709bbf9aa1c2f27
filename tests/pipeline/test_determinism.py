"""The same documents give the same bytes: whatever the order, the place, the workers, the machine and what was there before."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from piles import Done, call, files, start, write_pile

LOCALES = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Tokyo"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents."""
    return write_pile(tmp_path_factory.mktemp("determinism") / "pile")


@pytest.fixture(scope="module")
def pile(folder: Path) -> list[Path]:
    """The documents, as absolute paths."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def expected(folder: Path, pile: list[Path]) -> dict[str, bytes]:
    """What a build of them leaves."""
    out = folder.parent / "out"
    return left(call("build", *pile, "-o", out), out)


def left(done: Done, out: Path) -> dict[str, bytes]:
    """Return the files of a build that went well, without the time it took."""
    assert (done.code, done.err) == (0, "")
    found = files(out)
    manifest = json.loads(found["run.json"])
    assert manifest.pop("timing")["seconds"] > 0
    return found | {"run.json": json.dumps(manifest).encode()}


def test_there_is_something_to_compare(expected: dict[str, bytes]) -> None:
    for name in ("glossary.jsonl", "evidence.jsonl", "abstained.jsonl", "documents.jsonl"):
        assert len(expected[name].splitlines()) > 5, name


@pytest.mark.parametrize("step", [-1, 2])
def test_the_order_of_the_files_does_not_matter(
    pile: list[Path], expected: dict[str, bytes], tmp_path: Path, step: int
) -> None:
    shuffled = pile[::step] + (pile[1::step] if step > 1 else [])
    assert left(call("build", *shuffled, "-o", tmp_path / "out"), tmp_path / "out") == expected


def test_it_does_not_matter_from_where_they_are_named(
    folder: Path, pile: list[Path], expected: dict[str, bytes], tmp_path: Path
) -> None:
    relative = [path.relative_to(folder) for path in pile]
    assert left(call("build", *relative, "-o", tmp_path / "one", cwd=folder), tmp_path / "one") == expected
    there = tmp_path / "elsewhere"
    there.mkdir()
    dotted = [os.path.relpath(path, there) for path in pile]
    assert left(call("build", *dotted, "-o", "../two", cwd=there), tmp_path / "two") == expected


def test_it_does_not_matter_what_was_there_before(pile: list[Path], expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for documents in (pile[:2], pile[1:], pile, pile):
        done = call("build", *documents, "-o", out)
    assert left(done, out) == expected


def test_the_number_of_workers_does_not_matter(pile: list[Path], expected: dict[str, bytes], tmp_path: Path) -> None:
    assert left(start("build", *pile, "-o", tmp_path / "out", "--jobs", "2"), tmp_path / "out") == expected


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_seed_of_hashes_and_the_locale_do_not_matter(
    pile: list[Path], expected: dict[str, bytes], tmp_path: Path, seed: str
) -> None:
    variables = {"PYTHONHASHSEED": seed, **(LOCALES if seed == "1" else {})}
    assert left(start("build", *pile, "-o", tmp_path / "out", variables=variables), tmp_path / "out") == expected


def test_names_that_are_not_ascii_do_not_depend_on_the_locale(tmp_path: Path) -> None:
    (tmp_path / "戦略.txt").write_text("量子技術は重要である。\n", encoding="utf-8")
    assert call("build", tmp_path, "-o", tmp_path / "one").code == 0
    assert start("build", tmp_path, "-o", tmp_path / "two", variables=LOCALES).code == 0
    one, two = (json.loads((tmp_path / name / "documents.jsonl").read_bytes()) for name in ("one", "two"))
    assert one == two
    assert one["path"] == "戦略.txt"


def test_no_absolute_path_is_written(expected: dict[str, bytes], pile: list[Path]) -> None:
    roots = {str(path).encode() for path in (pile[0].parents[1], Path.home(), Path.cwd(), Path(__file__).parents[2])}
    for name, raw in expected.items():
        assert not [root for root in roots if root in raw], name
        assert str(pile[0].parents[1]).replace("/", "\\\\").encode() not in raw, name
