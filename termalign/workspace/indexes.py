"""Indexes on disk of large files, kept in the user's cache folder and never trusted.

An index counts only where it is complete, of this version, and made of the very files that are there. It is made beside its
place and put there when it is whole, so that two processes may make it at once. Where the folder does not hold it, everything
works without it.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from termalign.model import VERSION, short_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["IndexKind", "IndexedFile", "open_index"]

RACY = 2_000_000_000  # nanoseconds: a file changed so shortly before it was indexed may have changed once more unseen
CHUNK = 1 << 20  # bytes read at a time
PRAGMAS = (
    "pragma journal_mode=off",
    "pragma synchronous=off",
    "pragma locking_mode=exclusive",
    "pragma cache_size=-65536",
)
META = "create table meta (name text primary key, value text) without rowid;"


class IndexedFile(NamedTuple):
    """A file, as the system describes it: what is unchanged here is unchanged."""

    path: Path
    size: int
    changed: int
    number: int

    @classmethod
    def of(cls, path: Path) -> IndexedFile:
        """Describe a file."""
        found = path.stat()
        return cls(path, found.st_size, found.st_mtime_ns, found.st_ino)

    @property
    def signature(self) -> str:
        """All that tells a file from an edited one."""
        return f"{self.path.resolve()}\x1f{self.size}\x1f{self.changed}\x1f{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexKind:
    """What kind of index is made, and how.

    Args:
        name: Begins the names of its files.
        format: Of its tables; any change makes all of them anew.
        schema: Makes its tables; ``meta`` is there already.
        fill: Fills the tables from the open files; returns what ``meta`` is to hold further.
    """

    name: str
    format: str
    schema: str
    fill: Callable[[sqlite3.Connection, Sequence[BinaryIO]], Mapping[str, str]]


def open_index(files: Sequence[IndexedFile], folder: Path, *, kind: IndexKind) -> sqlite3.Connection | None:
    """Open the index of some files, and make it where it is missing or stale.

    Args:
        files: In an order that matters.
        folder: The cache.
        kind: What kind of index.

    Returns:
        The index, to read from; ``None`` where the folder does not hold it: no space, no right to write.

    Raises:
        OSError: A file cannot be read.
    """
    key = "\x1e".join([VERSION, kind.format, *(one.signature for one in files)])
    path = folder / f"{kind.name}-{short_hash(*(str(one.path.resolve()) for one in files))}.sqlite"
    database = _opened(path, key, files)
    if database is None:
        _make(path, key, files, kind)
        database = _opened(path, key, files)
    return database


class _HashedFile(io.RawIOBase):
    """A file whose hash is taken while it is read: that of what was indexed, not of what is there afterwards."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read on."""
        n_read = self._file.readinto(buffer) or 0
        self.digest.update(memoryview(buffer)[:n_read])
        return n_read

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def _hash(files: Sequence[IndexedFile]) -> str:
    """Return the hash of files as they are."""
    digests = []
    for one in files:
        with one.path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return "".join(digests)


def _is_of(found: Mapping[str, str], files: Sequence[IndexedFile]) -> bool:
    """Tell whether an index is of the files as they are; one that was made just after a change is sure by the hash only."""
    return all(int(found["seen"]) - one.changed > RACY for one in files) or _hash(files) == found["hash"]


def _opened(path: Path, key: str, files: Sequence[IndexedFile]) -> sqlite3.Connection | None:
    """Open an index; ``None`` where it is not there, not whole, or of other files."""
    if not path.is_file():
        return None
    database = None
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        found = dict(database.execute("select name, value from meta"))
    except sqlite3.Error:
        found = {}
    if found.get("key") == key and found.get("complete") == "yes" and _is_of(found, files) and database is not None:
        return database
    if database is not None:
        database.close()
    return None


def _make(path: Path, key: str, files: Sequence[IndexedFile], kind: IndexKind) -> None:
    """Make an index beside its place and put it there when it is whole; two processes may do so at once."""
    temporary = path.with_name(f"{path.name}.{time.monotonic_ns()}.part")
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            for pragma in PRAGMAS:
                database.execute(pragma)
            database.executescript(META + kind.schema)
            database.execute("begin")
            seen = time.time_ns()
            rows, digest = _filled(database, files, kind)
            rows |= {"key": key, "hash": digest, "seen": str(seen), "complete": "yes"}
            database.executemany("insert into meta values (?, ?)", rows.items())
            database.execute("commit")
        temporary.replace(path)
    except (sqlite3.Error, PermissionError):
        return  # no space, or another process holds the file: everything works without it
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _filled(database: sqlite3.Connection, files: Sequence[IndexedFile], kind: IndexKind) -> tuple[dict[str, str], str]:
    """Fill an index; return what to note in it, and the hash of what was read."""
    with ExitStack() as stack:
        raw = [stack.enter_context(_HashedFile(one.path)) for one in files]
        opened = [stack.enter_context(io.BufferedReader(one, CHUNK)) for one in raw]
        rows = dict(kind.fill(database, opened))
        for file in opened:  # a reader may stop before the end
            while file.read(CHUNK):
                pass
        return rows, "".join(one.digest.hexdigest() for one in raw)
