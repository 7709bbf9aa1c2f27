"""One build at a time in a folder: a lock that every platform has and that a crash releases."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, OutputError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LOCK_NAME", "locked"]

LOCK_NAME = ".termalign.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process.

    Args:
        folder: An existing folder.

    Raises:
        ConfigError: Another process holds it.
        OutputError: The folder cannot be written to.
    """
    try:
        handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as exc:
        raise OutputError(f"cannot be written to: {exc.strerror}", Where(file=folder.name), "check its rights") from exc
    try:
        if not _acquire(handle):
            raise ConfigError(f"another process is writing to {folder.name}", "wait for it to end")
        yield
    finally:
        # Closing releases the lock; the file stays, since removing it would race with the next process.
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover - not the platform of our tests
    import msvcrt

    def _acquire(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _acquire(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
