from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termalign.errors import ConfigError, OutputError
from termalign.workspace.atomic import replace, replace_all

if TYPE_CHECKING:
    from collections.abc import Iterator


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write(path: Path, data: bytes, *, error: BaseException | None = None) -> None:
    """Replace a file, and fail after writing where an error is given."""
    with replace(path) as file:
        file.write(data)
        if error:
            raise error


def publish(
    folder: Path, data: dict[str, bytes], *, removed: tuple[str, ...] = (), error: BaseException | None = None
) -> None:
    """Replace several files, and fail after staging them where an error is given."""
    with replace_all(folder) as stage:
        for name in removed:
            stage.remove(name)
        for name, content in data.items():
            with stage.open(name) as file:
                file.write(content)
        if error:
            raise error


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "termalign-test", str(folder)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no mount command here")
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_new_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with replace(path) as file:
        file.write(b"one")
        file.flush()
        assert not path.exists()
        file.write(b"two")
    assert files(tmp_path) == {"a.txt": b"onetwo"}


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with replace(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert files(tmp_path) == {"a.txt": b"new"}


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), OSError(errno.EIO, "another file")])
def test_a_failing_caller_changes_nothing(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(type(error)) as caught:
        write(path, b"x" * 100_000, error=error)
    assert caught.value is error  # an error of the caller's own files stays what it is
    assert files(tmp_path) == {"a.txt": b"old"}


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    write(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"")
    (tmp_path / "b.txt").touch()
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


@pytest.mark.parametrize(
    ("name", "problem", "fix"),
    [
        (
            "file/a.txt",
            "cannot be written: not a directory",
            "a file stands where a folder should: choose another place",
        ),
        (
            "gone/a.txt",
            "cannot be written: no such file or directory",
            "make the folder first, or choose another place",
        ),
        ("folder", "cannot be written: is a directory", "a folder has that name: choose another name"),
        ("x" * 300, "cannot be written: file name too long", "choose a shorter name"),
    ],
)
def test_what_cannot_be_written_says_what_to_do(tmp_path: Path, name: str, problem: str, fix: str) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as caught:
        write(tmp_path / name, b"new")
    assert (caught.value.problem, caught.value.fix) == (problem, fix)
    assert caught.value.where.file == str(tmp_path / name)
    assert files(tmp_path) == {"file": b"old"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc: not Linux")
def test_an_unwritable_folder_says_what_to_do() -> None:
    with pytest.raises(OutputError, match=r"/proc/a\.txt: cannot be written: "):
        write(Path("/proc/a.txt"), b"new")


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_says_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="you may not write there"):
            write(tmp_path / "a.txt", b"new")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("size", [10, 200_000])  # within the buffer, so that closing fails; and beyond it
def test_a_full_disk_leaves_the_old_file(small_disk: Path, size: int) -> None:
    path = small_disk / "a.txt"
    path.write_bytes(b"old")
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)
    before = files(small_disk)
    with pytest.raises(OutputError, match="cannot be written: no space left on device; free some space") as caught:
        write(path, b"y" * size)
    assert caught.value.where.file == str(path)
    assert files(small_disk) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file size")
@pytest.mark.parametrize("size", [5_000, 200_000])
def test_a_file_beyond_the_limit_leaves_the_old_one(tmp_path: Path, size: int, root: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    program = (
        "import resource, signal\nfrom pathlib import Path\nfrom termalign.errors import OutputError\n"
        "from termalign.workspace.atomic import replace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        f"try:\n    with replace(Path({str(path)!r})) as file:\n        file.write(b'x' * {size})\n"
        "except OutputError as error:\n    print(error.problem)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("cannot be written: file too large", "")
    assert files(tmp_path) == {"a.txt": b"old"}


def test_files_of_a_stage_appear_together(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with replace_all(folder) as stage:
        with stage.open("a.txt") as file:
            file.write(b"a")
        with stage.open("inner/b.txt") as file:
            file.write(b"b")
        assert not (folder / "a.txt").exists()
    assert files(folder) == {"a.txt": b"a", "inner/b.txt": b"b"}


def test_a_manifest_can_name_what_is_staged(tmp_path: Path) -> None:
    with replace_all(tmp_path) as stage:
        for name in ("b.txt", "a/c.txt"):
            with stage.open(name) as file:
                file.write(name.encode())
        digests = stage.digests()
    assert list(digests) == ["a/c.txt", "b.txt"]
    assert all(digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name, digest in digests.items())


def test_what_was_not_staged_stays_and_what_was_removed_goes(tmp_path: Path) -> None:
    for name in ("a.txt", "old.txt", "decisions.jsonl"):
        (tmp_path / name).write_bytes(b"old")
    with replace_all(tmp_path) as stage:
        stage.remove("old.txt")
        stage.remove("never.txt")
        with stage.open("a.txt") as file:
            file.write(b"new")
        assert (tmp_path / "old.txt").exists()
    assert files(tmp_path) == {"a.txt": b"new", "decisions.jsonl": b"old"}


def test_a_failing_run_leaves_earlier_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(RuntimeError):
        publish(tmp_path, {"a.txt": b"new"}, removed=("a.txt.bak",), error=RuntimeError())
    assert files(tmp_path) == {"a.txt": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_failing_first_run_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        publish(tmp_path / "out", {"a.txt": b"new"}, error=RuntimeError())
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_stops_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError, match=r"b\.txt: cannot be written: is a directory"):
        publish(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    assert files(tmp_path) == {"a.txt": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_when_the_last_file_fails_the_first_ones_come_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "gone.txt").write_bytes(b"old")
    (tmp_path / "inner").write_bytes(b"a file where a folder is wanted")
    before = files(tmp_path)
    with pytest.raises(OutputError, match="a file stands where a folder should"):
        publish(tmp_path, {"a.txt": b"new", "new.txt": b"new", "inner/b.txt": b"new"}, removed=("gone.txt",))
    assert files(tmp_path) == before


def test_a_full_disk_stops_all_of_them(small_disk: Path) -> None:
    (small_disk / "a.txt").write_bytes(b"old")
    with pytest.raises(OutputError, match="no space left"):
        publish(small_disk, {"a.txt": b"x" * 40_000, "b.txt": b"x" * 40_000})
    assert files(small_disk) == {"a.txt": b"old"}


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../a.txt", "a/../../b", "a\\b", "a.txt"])
def test_names_stay_inside_the_folder_and_stand_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        publish(tmp_path, {name: b""}, removed=("a.txt",))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.txt", "b.txt/c.txt"])
def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path, name: str) -> None:
    for taken in ("a.txt", "b.txt"):
        (tmp_path / taken).write_bytes(b"old")
    with pytest.raises(OutputError, match="a file stands where a folder should"), replace_all(tmp_path / name):
        pytest.fail("nothing can be staged there")
    assert files(tmp_path) == {"a.txt": b"old", "b.txt": b"old"}
