"""Files written whole or not at all: a failing run leaves what was there before as it was.

A new file is made beside the old one, flushed to the disk, and put into its place by one ``os.replace``.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from termalign.errors import ConfigError, OutputError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

__all__ = ["Stage", "replace", "replace_all"]

_FIXES = {
    errno.ENOSPC: "free some space on that disk, or write elsewhere",
    errno.EDQUOT: "free some space in your quota, or write elsewhere",
    errno.EFBIG: "write to a disk that holds larger files",
    errno.EROFS: "the disk is read-only: write elsewhere",
    errno.EACCES: "you may not write there: choose another place, or ask for the right",
    errno.EPERM: "you may not write there: choose another place, or ask for the right",
    errno.EISDIR: "a folder has that name: choose another name",
    errno.ENOTDIR: "a file stands where a folder should: choose another place",
    errno.EEXIST: "a file stands where a folder should: choose another place",
    errno.ENOENT: "make the folder first, or choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
}


@contextmanager
def replace(path: Path) -> Iterator[BinaryIO]:
    """Write a file that appears under its name only when all of it is written.

    Args:
        path: The file to make or to replace. A link keeps pointing to its file, which is replaced; an old file's
            permissions are kept.

    Yields:
        Where to write.

    Raises:
        OutputError: It cannot be written: no space, no permission, no such folder, a folder of that name. What was there
            is as it was, and no other file is left behind; so too when the caller's own code fails.

    Source:
        Ours, on ``os.replace`` (rename(2) of POSIX is atomic on one file system).
    """
    target = _target(path)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with _opened(temporary, path) as file:
            yield file
        with _translated(path):
            _keep_mode(target, temporary)
            os.replace(temporary, target)  # noqa: PTH105 - the call the promise rests on
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


@contextmanager
def replace_all(folder: Path) -> Iterator[Stage]:
    """Write several files of one folder that appear all together, when all of them are written.

    Args:
        folder: Where they belong; made where it does not exist.

    Yields:
        A stage, to open each file on. Nothing in ``folder`` changes before the block ends without an error.

    Raises:
        OutputError: Something cannot be written, while staging or when the files are put into place; what was there is
            as it was.

    Source:
        Ours.
    """
    with _translated(folder):
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        staged = folder / f".stage-{secrets.token_hex(4)}"
        staged.mkdir()
    try:
        stage = Stage(folder, staged)
        yield stage
        stage.commit()
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
    shutil.rmtree(staged, ignore_errors=True)
    _sync_folder(folder)


class Stage:
    """New files of a folder that are not there yet; made by :func:`replace_all`.

    Args:
        folder: Where the files belong.
        staged: A folder on the same file system, where they wait.
    """

    def __init__(self, folder: Path, staged: Path) -> None:
        self._folder, self._staged = folder, staged
        self._names: list[str] = []
        self._removed: list[str] = []

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a new file.

        Args:
            name: Its path in the folder, in POSIX form; inner folders are made.

        Yields:
            Where to write.

        Raises:
            ConfigError: The name leads out of the folder, or was opened before.
            OutputError: It cannot be written.

        Source:
            Ours.
        """
        self._claim(name)
        with _translated(self._folder / name):
            (self._staged / name).parent.mkdir(parents=True, exist_ok=True)
        with _opened(self._staged / name, self._folder / name) as file:
            yield file
        self._names.append(name)

    def remove(self, name: str) -> None:
        """Let a file of an earlier run disappear together with the change; nothing happens where there is none.

        Args:
            name: Its path in the folder, in POSIX form.

        Raises:
            ConfigError: The name leads out of the folder, or was opened before.
        """
        self._claim(name)
        self._removed.append(name)

    def digests(self) -> dict[str, str]:
        """Return the SHA-256, hexadecimal, of each file staged so far, by name."""
        found: dict[str, str] = {}
        for name in sorted(self._names):
            with (self._staged / name).open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return found

    def commit(self) -> None:
        """Put every file into its place; where one cannot be, put everything back.

        Raises:
            OutputError: A file cannot be put into its place, such as one that another program holds open on Windows.
        """
        targets = {name: _target(self._folder / name) for name in (*self._names, *self._removed)}
        done: list[str] = []
        try:
            for name, target in targets.items():
                with _translated(target):
                    self._back_up(name, target)
            for name, target in targets.items():
                with _translated(target):
                    if name in self._names:
                        target.parent.mkdir(parents=True, exist_ok=True)
                        os.replace(self._staged / name, target)  # noqa: PTH105 - the call the promise rests on
                    else:
                        target.unlink(missing_ok=True)
                done.append(name)
        except BaseException:
            for name in done:
                self._restore(name, targets[name])
            raise

    def _claim(self, name: str) -> None:
        """Refuse a name that is no place of its own in the folder."""
        parts = PurePosixPath(name).parts
        if (
            not parts
            or PurePosixPath(name).is_absolute()
            or ".." in parts
            or parts[0] == self._staged.name
            or "\\" in name
        ):
            raise ConfigError(f"{name!r} is no path inside the folder", "give a relative path without '..'")
        if name in self._names or name in self._removed:
            raise ConfigError(f"{name!r} was staged before", "stage each file once")

    def _back_up(self, name: str, target: Path) -> None:
        """Keep the old file within reach, and its permissions on the new one."""
        if not target.exists():
            return
        if name in self._names:
            _keep_mode(target, self._staged / name)
        backup = self._backup(name)
        backup.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(target, backup)  # costs nothing, where the file system has links
        except OSError:
            shutil.copy2(target, backup)

    def _restore(self, name: str, target: Path) -> None:
        """Put the old file back, or remove the new one where there was none."""
        backup = self._backup(name)
        with suppress(OSError):
            if backup.exists():
                os.replace(backup, target)  # noqa: PTH105 - atomic as above
            else:
                target.unlink(missing_ok=True)

    def _backup(self, name: str) -> Path:
        """Return where the old file of a name waits."""
        return self._staged / ".old" / name


class _Sink(io.FileIO):
    """A new file whose failing writes say what to do; errors of the caller's other files pass as they are."""

    def __init__(self, temporary: Path, path: Path) -> None:
        super().__init__(temporary, "xb")
        self._path = path

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, or raise ``OutputError``."""
        try:
            return super().write(data)
        except OSError as exc:
            raise _output_error(exc, self._path) from exc


@contextmanager
def _opened(temporary: Path, path: Path) -> Iterator[BinaryIO]:
    """Open a new file, and see it through to the disk where the block ends without an error."""
    with _translated(path):
        sink = _Sink(temporary, path)
    file = io.BufferedWriter(sink)
    try:
        yield cast("BinaryIO", file)
        file.flush()
        with _translated(path):
            os.fsync(sink.fileno())
    except BaseException:
        with suppress(OSError, OutputError):  # what is still in the buffer cannot be written either
            file.close()
        raise
    with _translated(path):
        file.close()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into one of ours."""
    try:
        yield
    except OSError as exc:
        raise _output_error(exc, path) from exc


def _output_error(exc: OSError, path: Path) -> OutputError:
    """Say what the operating system said, about the file that the caller asked for, and what to do."""
    fix = _FIXES.get(exc.errno or 0, "choose another place")
    return OutputError(f"cannot be written: {(exc.strerror or str(exc)).lower()}", Where(file=str(path)), fix)


def _target(path: Path) -> Path:
    """Return the file behind a path, refusing a folder."""
    with _translated(path):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return target


def _keep_mode(old: Path, new: Path) -> None:
    """Give a new file the permissions of the old one."""
    with suppress(FileNotFoundError):
        new.chmod(stat.S_IMODE(old.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    """See renames through to the disk, where the system can (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
