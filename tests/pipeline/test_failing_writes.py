"""Builds that cannot write, are interrupted or are killed: what an earlier build left stays as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from piles import QUICK, call, files, start, write_pile

from termalign.workspace.locks import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

posix = pytest.mark.skipif(sys.platform == "win32", reason="a signal, a mount or a limit that Windows does not have")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents."""
    return write_pile(tmp_path_factory.mktemp("failing") / "pile")


@pytest.fixture(scope="module")
def results(pile: Path) -> Path:
    """What a build of them leaves."""
    out = pile.parent / "out"
    assert call("build", *QUICK, pile, "-o", out).code == 0
    return out


@pytest.fixture
def earlier(pile: Path, tmp_path: Path) -> Path:
    """The results of an earlier build of some of the documents."""
    out = tmp_path / "out"
    assert call("build", *QUICK, pile / "ports.ja.txt", pile / "ports.zh.txt", "-o", out).code == 0
    return out


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("no mount command here")
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "termalign-test", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def without_manifest(found: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the one file that says how long a run took."""
    return {name: raw for name, raw in found.items() if name != "run.json"}


@pytest.mark.parametrize(
    ("inner", "problem"),
    [("file", "cannot be made: File exists"), ("file/out", "cannot be made: Not a directory")],
)
def test_a_file_where_a_folder_should_be(pile: Path, tmp_path: Path, inner: str, problem: str) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    done = call("build", *QUICK, pile, "-o", tmp_path / inner)
    assert done.code == 3
    assert done.err == f"termalign: {tmp_path / inner}: {problem}; name another folder\n"
    assert files(tmp_path) == {"file": b"mine"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc: not Linux")
def test_a_folder_that_nobody_may_write_to(pile: Path) -> None:
    done = call("build", *QUICK, pile, "-o", "/proc/termalign")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert done.err.startswith("termalign: /proc/termalign: cannot be made: ")


@posix
def test_a_folder_without_permission(pile: Path, earlier: Path) -> None:
    before = files(earlier)
    earlier.chmod(0o500)
    if os.access(earlier, os.W_OK):
        pytest.skip("this user may write anywhere")
    try:
        done = call("build", *QUICK, pile, "-o", earlier)
    finally:
        earlier.chmod(0o700)
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "cannot be written" in done.err
    assert files(earlier) == before


@posix
def test_a_disk_that_is_read_only(pile: Path, results: Path, mounted: Path) -> None:
    shutil.copytree(results, mounted / "out")
    before = files(mounted)
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    done = call("build", *QUICK, pile / "ports.ja.txt", "-o", mounted / "out")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "cannot be written to: Read-only file system" in done.err
    assert files(mounted) == before


def test_a_folder_where_a_file_should_be(pile: Path, earlier: Path) -> None:
    (earlier / "report.html").unlink()
    (earlier / "report.html").mkdir()
    (earlier / "report.html" / "mine.txt").write_bytes(b"mine")
    before = files(earlier)
    done = call("build", *QUICK, pile, "-o", earlier)
    assert done.code == 3
    assert done.err == (
        f"termalign: {earlier / 'report.html'}: cannot be written: is a directory; "
        "a folder has that name: choose another name\n"
    )
    assert files(earlier) == before


@posix
def test_a_full_disk(pile: Path, mounted: Path) -> None:
    out = mounted / "out"
    assert call("build", *QUICK, pile / "ports.ja.txt", pile / "ports.zh.txt", "-o", out).code == 0
    with suppress(OSError), (mounted / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    before = files(mounted)
    done = call("build", *QUICK, pile, "-o", out)
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "cannot be written: no space left on device; free some space" in done.err
    assert files(mounted) == before
    (mounted / "filler").unlink()
    assert call("build", *QUICK, pile, "-o", out).code == 0


@posix
def test_a_file_that_may_not_grow(pile: Path, earlier: Path) -> None:
    """A limit of file size stops root too, and needs no mount: as far as the build can see, the disk is full."""
    before = files(earlier)
    program = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    done = start("build", *QUICK, pile, "-o", earlier, program=program)
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "cannot be written: file too large; " in done.err
    assert files(earlier) == before


def test_a_folder_that_another_build_is_writing_to(pile: Path, earlier: Path) -> None:
    before = files(earlier)
    with locked(earlier):
        done = start("build", *QUICK, pile, "-o", earlier)
        assert done.code == 2
        assert done.err == "termalign: another process is writing to out; wait for it to end\n"
    assert files(earlier) == before
    assert call("build", *QUICK, pile, "-o", earlier).code == 0


@posix
@pytest.mark.parametrize("step", ["walk", "fsync", "replace"])
def test_an_interrupted_build(pile: Path, earlier: Path, step: str) -> None:
    """Control-C while documents are read, while results are written, and while they are put into place."""
    before = files(earlier)
    program = f"""
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
real = os.{step}
def interrupted(*args, **options):
    os.{step} = real
    signal.raise_signal(signal.SIGINT)
    return real(*args, **options)
os.{step} = interrupted
"""
    done = start("build", *QUICK, pile, "-o", earlier, program=program)
    assert (done.code, done.out, done.err.strip()) == (130, "", "interrupted")
    assert files(earlier) == before


@posix
@pytest.mark.parametrize("name", ["glossary.jsonl", "run.json"])
def test_a_build_that_is_killed_while_it_puts_files_into_place(
    pile: Path, earlier: Path, results: Path, name: str
) -> None:
    """A power cut cannot be undone, but the next build finds its way: no hand has edited that glossary."""
    program = f"""
import os
put = os.replace
def dying(old, new):
    if os.path.basename(new) == {name!r}:
        os.kill(os.getpid(), 9)
    put(old, new)
os.replace = dying
"""
    done = start("build", *QUICK, pile, "-o", earlier, program=program)
    assert done.code == -9
    assert list(earlier.glob(".stage-*")) != []
    done = call("build", *QUICK, pile, "-o", earlier)
    assert (done.code, done.err) == (0, "")
    assert without_manifest(files(earlier)) == without_manifest(files(results))


@posix
def test_a_killed_build_does_not_excuse_edits(pile: Path, earlier: Path) -> None:
    left = earlier / ".stage-0123abcd"
    left.mkdir()
    shutil.copy(earlier / "run.json", left / "run.json")
    glossary = earlier / "glossary.jsonl"
    glossary.write_bytes(glossary.read_bytes() + b"\n")
    assert call("build", *QUICK, pile, "-o", earlier).code == 2
