"""A look-up index on disk: one term of a large glossary in a moment, without reading the glossary.

The index says only which entries a query may mean; the entries are read from the glossary itself and looked up by the code that
looks up everywhere. It lies in the user's cache folder and is never trusted: it counts only where it is complete, of this
version, and made of the very files that are there.
"""

from __future__ import annotations

import io
import sqlite3
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL, ConceptsJsonl
from termalign.glossary.glossary import MAX_QUERY, Glossary
from termalign.glossary.grams import EDGE, grams, telling
from termalign.glossary.index import concept_keys, near_keys, query_keys
from termalign.languages.fold import fold
from termalign.model import ConceptStatus, Match
from termalign.workspace.indexes import IndexedFile, IndexKind, open_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from termalign.model import Answer, Concept

__all__ = ["StoredGlossary", "StoredIndex", "stored_index"]

SCHEMA = """
create table concept (number integer primary key, file integer, line integer, offset integer, size integer);
create table key (key text, number integer, primary key (key, number)) without rowid;
create table near (id integer primary key, key text);
create table gram (gram text primary key, count integer, ids blob) without rowid;
"""


class StoredIndex:
    """An open index.

    Args:
        database: The index.
        files: The glossaries that it is made of, the first of the highest rank.
        names: What to call them in messages.
    """

    def __init__(self, database: sqlite3.Connection, files: Sequence[IndexedFile], names: Sequence[str]) -> None:
        self._database, self._files, self._names = database, files, names
        self._concepts: dict[int, Concept] = {}

    def __len__(self) -> int:
        return int(self._one("select value from meta where name = 'concepts'"))

    @property
    def paths(self) -> list[Path]:
        """The glossaries that it is made of."""
        return [one.path for one in self._files]

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
            try:
                self._concepts[number] = next(CONCEPTS_JSONL.read(io.BytesIO(raw), name=self._names[file]))
            except DataError as exc:  # the file was changed since; the fault is to name its line
                raise DataError(exc.problem, replace(exc.where, line=line), exc.fix) from exc
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
    described = [IndexedFile.of(path) for path, _ in files]
    names = [name for _, name in files]
    kind = IndexKind(
        name="lookup",
        format="2",
        schema=SCHEMA,
        fill=lambda database, opened: {"concepts": str(_fill(database, opened, names))},
    )
    database = open_index(described, folder, kind=kind)
    return StoredIndex(database, described, names) if database is not None else None


def _fill(database: sqlite3.Connection, files: Sequence[BinaryIO], names: Sequence[str]) -> int:
    """Write entries and keys; return how many entries there are."""
    reader = ConceptsJsonl(with_evidence=False)
    concepts: list[tuple[int, int, int, int, int]] = []
    keys: list[tuple[str, int]] = []
    near: set[str] = set()
    seen: set[str] = set()
    for file, (opened, name) in enumerate(zip(files, names, strict=True)):
        raw = opened.read()
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
    return len(concepts)


def _fill_near(database: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Write the keys that near misses are sought among, and which of them hold each pair of characters."""
    import numpy as np  # noqa: PLC0415 - look-ups need none

    from termalign.languages.folded_array import code_points  # noqa: PLC0415

    database.executemany("insert into near values (?, ?)", enumerate(keys))
    database.execute("create index near_key on near (key)")
    edged = code_points("".join([f"{EDGE}{key}" for key in keys]) + EDGE).astype(np.uint64)
    ids = np.repeat(np.arange(len(keys), dtype=np.uint32), [len(key) + 1 for key in keys])
    pairs = edged[:-1] << np.uint64(32) | edged[1:]
    order = np.argsort(pairs, kind="stable")
    pairs, ids = pairs[order], ids[order]
    is_new = np.concatenate(([True], (pairs[1:] != pairs[:-1]) | (ids[1:] != ids[:-1])))[: len(pairs)]
    pairs, ids = pairs[is_new], ids[is_new]
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))[: len(pairs)]).tolist()
    rows = (
        (chr(pair >> 32) + chr(pair & 0xFFFFFFFF), end - begin, ids[begin:end].tobytes())
        for pair, begin, end in zip(pairs[first].tolist(), first, [*first[1:], len(ids)], strict=True)
    )
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
        try:
            answer = Glossary(self._index.exact(query)).lookup(query, source=source, target=target, limit=limit)
            if answer.outcome is Match.EXACT:
                return answer
            return Glossary(self._index.near(query)).lookup(query, source=source, target=target, limit=limit)
        except sqlite3.DatabaseError:  # damaged where opening it does not show it
            whole = Glossary.load(*self._index.paths)
            return whole.lookup(query, source=source, target=target, limit=limit)
