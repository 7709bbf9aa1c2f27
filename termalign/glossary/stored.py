"""A look-up index on disk: one term of a large glossary in a moment, without reading the glossary.

The index says only which entries a query may mean; the entries are read from the glossary itself and looked up by the code that
looks up everywhere. It lies in the user's cache folder and is never trusted: it counts only where it is complete, of this
version, and made of the very files that are there.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import time
from array import array
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from termalign.formats.concepts_jsonl import CONCEPTS_JSONL, ConceptsJsonl
from termalign.glossary.glossary import MAX_QUERY, Glossary
from termalign.glossary.grams import grams, telling
from termalign.glossary.index import concept_keys, near_keys, query_keys
from termalign.languages.fold import fold
from termalign.model import VERSION, ConceptStatus, Match, short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from termalign.model import Answer, Concept

__all__ = ["StoredGlossary", "StoredIndex", "stored_index"]

FORMAT = "1"  # of the index; any change makes all of them anew
RACY = 2_000_000_000  # nanoseconds: a file changed so shortly before it was indexed may have changed once more unseen
PRAGMAS = ("pragma journal_mode=off", "pragma synchronous=off", "pragma locking_mode=exclusive")
SCHEMA = """
create table meta (name text primary key, value text) without rowid;
create table concept (number integer primary key, file integer, line integer, offset integer, size integer);
create table key (key text, number integer, primary key (key, number)) without rowid;
create table near (id integer primary key, key text);
create table gram (gram text primary key, count integer, ids blob) without rowid;
"""


class _File(NamedTuple):
    """A glossary file, as the system describes it: what is unchanged here is unchanged."""

    path: Path
    size: int
    changed: int
    number: int

    @classmethod
    def of(cls, path: Path) -> _File:
        """Describe a file."""
        found = path.stat()
        return cls(path, found.st_size, found.st_mtime_ns, found.st_ino)

    @property
    def signature(self) -> str:
        """All that tells a file from an edited one."""
        return f"{self.path.resolve()}\x1f{self.size}\x1f{self.changed}\x1f{self.number}"


class StoredIndex:
    """An open index.

    Args:
        database: The index.
        files: The glossaries that it is made of, the first of the highest rank.
        names: What to call them in messages.
    """

    def __init__(self, database: sqlite3.Connection, files: Sequence[_File], names: Sequence[str]) -> None:
        self._database, self._files, self._names = database, files, names
        self._concepts: dict[int, Concept] = {}

    def __len__(self) -> int:
        return int(self._one("select value from meta where name = 'concepts'"))

    def _one(self, query: str, *values: object) -> str:
        row = self._database.execute(query, values).fetchone()
        return str(row[0]) if row else ""

    def exact(self, query: str) -> tuple[Concept, ...]:
        """Return the entries that a query may mean exactly, and perhaps some more."""
        return self._with_keys(query_keys(query))

    def near(self, query: str) -> tuple[Concept, ...]:
        """Return the entries that a query may nearly mean."""
        return self._with_keys(other for other, _, _ in near_keys(fold(query), self))

    def _with_keys(self, keys: Iterable[str]) -> tuple[Concept, ...]:
        """Return the entries with some keys, in the order of the glossaries."""
        numbers: set[int] = set()
        for key in keys:
            rows = self._database.execute("select number from key where key = ?", (key,))
            numbers.update(number for (number,) in rows)
        return tuple(self._concept(number) for number in sorted(numbers))

    def _concept(self, number: int) -> Concept:
        """Read an entry from its glossary."""
        if number not in self._concepts:
            row = self._database.execute("select file, line, offset, size from concept where number = ?", (number,))
            file, line, offset, size = row.fetchone()
            with self._files[file].path.open("rb") as opened:
                opened.seek(offset)
                raw = opened.read(size)
            blank_lines = io.BytesIO(b"\n" * (line - 1) + raw)  # so that a fault names its line
            self._concepts[number] = next(CONCEPTS_JSONL.read(blank_lines, name=self._names[file]))
        return self._concepts[number]

    def holding(self, key: str, *, edits: int) -> Iterable[str]:
        """Return keys among which all are that are within so many edits of a key."""
        counts = {
            gram: count
            for gram in set(grams(key))
            for (count,) in self._database.execute("select count from gram where gram = ?", (gram,))
        }
        ids: set[int] = set()
        for gram in telling(key, edits=edits, counts=counts):
            for (blob,) in self._database.execute("select ids from gram where gram = ?", (gram,)):
                ids.update(array("I", blob))
        return [self._one("select key from near where id = ?", number) for number in sorted(ids)]

    def beginning(self, key: str) -> Iterable[str]:
        """Return the keys that begin with a key, the shortest first; not itself."""
        rows = self._database.execute(
            "select key from near where key > ? and key < ? order by length(key), key limit 1000",
            (key, key + "\U0010ffff"),
        )
        return [found for (found,) in rows]


def stored_index(files: Sequence[tuple[Path, str]], folder: Path) -> StoredIndex | None:
    """Open the index of some glossaries, and make it where it is missing or stale.

    Args:
        files: JSON Lines glossaries and what to call them in messages, the first of the highest rank.
        folder: The cache.

    Returns:
        The index; ``None`` where the folder does not hold it: no space, no right to write.

    Raises:
        DataError: A glossary breaks its format.
        DataErrors: It does so several times.
        OSError: A glossary cannot be read.
    """
    described = [_File.of(path) for path, _ in files]
    key = "\x1e".join([VERSION, FORMAT, *(one.signature for one in described)])
    path = folder / f"lookup-{short_hash(*(str(one.path.resolve()) for one in described))}.sqlite"
    names = [name for _, name in files]
    database = _opened(path, key, described)
    if database is None:
        _make(path, key, described, names)
        database = _opened(path, key, described)
    return StoredIndex(database, described, names) if database is not None else None


def _is_of(found: dict[str, str], files: Sequence[_File]) -> bool:
    """Tell whether an index is of the files as they are; one that was made just after a change is sure by the hash only."""
    if all(int(found["seen"]) - one.changed > RACY for one in files):
        return True
    digest = hashlib.sha256()
    for one in files:
        digest.update(one.path.read_bytes())
    return digest.hexdigest() == found["hash"]


def _opened(path: Path, key: str, files: Sequence[_File]) -> sqlite3.Connection | None:
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


def _make(path: Path, key: str, files: Sequence[_File], names: Sequence[str]) -> None:
    """Make an index beside its place and put it there when it is whole; two processes may do so at once."""
    temporary = path.with_name(f"{path.name}.{time.monotonic_ns()}.part")
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            for pragma in PRAGMAS:
                database.execute(pragma)
            database.executescript(SCHEMA)
            database.execute("begin")
            seen = time.time_ns()
            n_concepts, digest = _fill(database, files, names)
            rows = {"key": key, "concepts": str(n_concepts), "hash": digest, "seen": str(seen), "complete": "yes"}
            database.executemany("insert into meta values (?, ?)", rows.items())
            database.execute("commit")
        temporary.replace(path)
    except (sqlite3.Error, PermissionError):
        return  # no space, or another process holds the file: everything works without it
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, files: Sequence[_File], names: Sequence[str]) -> tuple[int, str]:
    """Write entries and keys; return how many entries there are, and the hash of the files."""
    reader = ConceptsJsonl(with_evidence=False)
    concepts: list[tuple[int, int, int, int, int]] = []
    keys: list[tuple[str, int]] = []
    near: set[str] = set()
    seen: set[str] = set()
    digest = hashlib.sha256()
    for file, (one, name) in enumerate(zip(files, names, strict=True)):
        raw = one.path.read_bytes()
        digest.update(raw)
        lines = raw.split(b"\n")
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line) + 1)
        for line_number, concept in reader.read_lines(io.BytesIO(raw), name=name):
            if concept.id in seen:
                continue
            seen.add(concept.id)
            number = len(concepts)
            concepts.append((number, file, line_number, offsets[line_number - 1], len(lines[line_number - 1])))
            if concept.status is not ConceptStatus.REJECTED:
                found, for_near = concept_keys(concept)
                keys += [(key, number) for key in found]
                near |= for_near
    database.executemany("insert into concept values (?, ?, ?, ?, ?)", concepts)
    database.executemany("insert into key values (?, ?)", sorted(keys))
    _fill_near(database, sorted(near))
    return len(concepts), digest.hexdigest()


def _fill_near(database: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Write the keys that near misses are sought among, and which of them hold each pair of characters."""
    postings: dict[str, array[int]] = {}
    for number, key in enumerate(keys):
        for gram in set(grams(key)):
            if gram not in postings:
                postings[gram] = array("I")
            postings[gram].append(number)
    database.executemany("insert into near values (?, ?)", enumerate(keys))
    database.execute("create index near_key on near (key)")
    rows = ((gram, len(ids), ids.tobytes()) for gram, ids in sorted(postings.items()))
    database.executemany("insert into gram values (?, ?, ?)", rows)


class StoredGlossary:
    """A glossary that is only looked up in, through its index.

    Args:
        index: The index.
    """

    def __init__(self, index: StoredIndex) -> None:
        self._index = index

    def __len__(self) -> int:
        return len(self._index)

    def lookup(self, query: str, *, source: str | None = None, target: str | None = None, limit: int = 10) -> Answer:
        """Find the concepts of a term; as :meth:`termalign.Glossary.lookup`, with the same answers."""
        if not query.strip() or len(query) > MAX_QUERY:
            return Glossary().lookup(query, source=source, target=target, limit=limit)
        answer = Glossary(self._index.exact(query)).lookup(query, source=source, target=target, limit=limit)
        if answer.outcome is Match.EXACT:
            return answer
        return Glossary(self._index.near(query)).lookup(query, source=source, target=target, limit=limit)
