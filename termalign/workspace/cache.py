"""What can be made anew at any time and takes long to make, kept in the user's cache folder.

Nothing there is trusted: a file counts only where its first line names what was asked for and its hash is right. Where the
folder cannot be written, everything still works and is only slower.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import OutputError
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cache_folder", "cached", "keep", "kept"]

VARIABLE = "TERMALIGN_CACHE"  # names another folder; empty keeps nothing


def cache_folder() -> Path | None:
    """Return the folder for what can be made anew.

    Returns:
        ``TERMALIGN_CACHE`` where that is set, else the folder that the system gives a user's caches; made where it did not
        exist. ``None`` where it cannot be made or not be written.
    """
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    if named is None:
        from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is named

        path = user_cache_path("termalign", appauthor=False)
    else:
        path = Path(named)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return path if os.access(path, os.W_OK | os.X_OK) else None


def cached(name: str, *, key: str, make: Callable[[], bytes]) -> bytes:
    """Return bytes from the cache, or make and keep them.

    Args:
        name: Of the file; one for each thing that is kept.
        key: Of what the bytes depend on: versions, hashes. Other bytes of that name are replaced.
        make: Makes the bytes.

    Returns:
        The bytes. A file that is cut short, changed or of another key is made anew.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    body = kept(folder / name, key=key)
    if body is None:
        body = make()
        keep(folder / name, body, key=key)
    return body


def kept(path: Path, *, key: str) -> bytes | None:
    """Read what was kept in a file.

    Args:
        path: The file.
        key: Of what the bytes depend on.

    Returns:
        The bytes; ``None`` where the file is not there, cut short, changed or of another key.
    """
    with suppress(OSError):
        head, _, body = path.read_bytes().partition(b"\n")
        if head == _head(key, body):
            return body
    return None


def keep(path: Path, body: bytes, *, key: str) -> None:
    """Keep bytes in a file, for :func:`kept`; where that fails, nothing is kept.

    Args:
        path: The file.
        body: The bytes.
        key: Of what they depend on.
    """
    with suppress(OutputError), replace(path) as file:
        file.write(_head(key, body) + b"\n" + body)


def _head(key: str, body: bytes) -> bytes:
    """Name what a file holds and the hash of it."""
    return f"termalign {key} {hashlib.sha256(body).hexdigest()}".encode()
