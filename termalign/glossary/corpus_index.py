"""An index on disk of a large corpus: a term among a million translation units in a moment.

It holds the units, and for each pair of neighbouring characters of their keys the units that have it; the full-text search of
SQLite knows no words of two Chinese characters. The index says only which units may hold a query: each of them is read and
searched by the code that searches everywhere.

The numbers of units are kept chunk by chunk, in two bytes each. A pair that stands in a quarter of a chunk tells nothing, and
its numbers are left out.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats import BITEXT_FORMATS, format_for
from termalign.glossary.concordance import concordance
from termalign.glossary.corpus import Corpus, document_titles, unit_key
from termalign.glossary.glossary import MAX_QUERY
from termalign.glossary.wanted import Wanted
from termalign.model import Method, Origin, Segment, Span, TranslationUnit
from termalign.workspace.indexes import IndexedFile, IndexKind, open_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from termalign.model import Concordance

__all__ = ["StoredCorpus", "stored_corpus"]

N_CHUNK = 1 << 15  # units of a chunk; their numbers in it take two bytes
TOO_MANY = 4  # a pair in one of so many units of a chunk tells nothing
N_TELLING = 6  # pairs of a query that are looked at, the rarest ones
CODE_BITS = 21  # of a code point
SCHEMA = """
create table unit (number integer primary key, row text);
create table gram (gram integer, chunk integer, n integer, ids blob);
"""


class StoredCorpus:
    """A corpus that is only searched, through its index.

    Args:
        database: The index.
        titles: Names of documents by their ids.
        paths: The files of the corpus, which are searched themselves where the index turns out to be damaged.
    """

    def __init__(self, database: sqlite3.Connection, titles: Mapping[str, str], paths: Sequence[Path]) -> None:
        self._database, self._titles, self._paths = database, titles, paths
        ((n_units,),) = database.execute("select value from meta where name = 'units'")
        self._n_units = int(n_units)

    def __len__(self) -> int:
        return self._n_units

    def search(
        self,
        query: str,
        *,
        source: str | None = None,
        target: str | None = None,
        limit: int | None = None,
        boundaries: str = "latin",
        match_case: bool = False,
    ) -> Concordance:
        """Find the places of a term or string; as :meth:`termalign.Corpus.search`, with the same answers."""
        wanted = Wanted(query, boundaries=boundaries, match_case=match_case)
        is_sought = bool(query.strip()) and len(query) <= MAX_QUERY
        try:
            return concordance(
                query,
                wanted,
                self._units(self._numbers(wanted.keys) if is_sought else ()),
                source=source,
                target=target,
                limit=limit,
                titles=self._titles,
            )
        except (sqlite3.DatabaseError, json.JSONDecodeError):
            return Corpus.load(*self._paths).search(
                query, source=source, target=target, limit=limit, boundaries=boundaries, match_case=match_case
            )

    def _units(self, numbers: Iterable[int]) -> Iterator[TranslationUnit]:
        """Read units."""
        for number in numbers:
            ((row,),) = self._database.execute("select row from unit where number = ?", (number,))
            yield _unit(json.loads(row))

    def _numbers(self, keys: Sequence[str]) -> Iterable[int]:
        """Return the numbers of units among which all are that hold one of some keys, ascending; all where there is no key."""
        if not keys:
            return range(self._n_units)
        return sorted(set().union(*map(self._holding, keys)))

    def _holding(self, key: str) -> set[int]:
        """Return the numbers of units among which all are that hold a key."""
        if len(key) == 1:
            first = ord(key) << CODE_BITS
            rows = self._database.execute(
                "select chunk, ids from gram where gram between ? and ?", (first, first + (1 << CODE_BITS) - 1)
            )
            found: set[int] = set()
            for chunk, ids in rows:
                found.update(self._of_chunk(chunk, ids))
            return found
        counts = {gram: self._count(gram) for gram in {_gram(key, at) for at in range(len(key) - 1)}}
        telling = sorted(counts, key=lambda gram: (counts[gram], gram))[:N_TELLING]
        return self._holding_all(telling)

    def _holding_all(self, grams: Sequence[int]) -> set[int]:
        """Return the numbers of units that hold all of some pairs; too common pairs are held by all units of their chunk."""
        found: dict[int, set[int] | None] = {}
        for number, gram in enumerate(grams):
            here: dict[int, set[int] | None] = {}
            for chunk, ids in self._database.execute("select chunk, ids from gram where gram = ?", (gram,)):
                if not number or chunk in found:
                    before = found.get(chunk)
                    numbers = None if ids is None else set(array("H", ids))
                    here[chunk] = before if numbers is None else numbers if before is None else before & numbers
            found = here
        return {
            chunk * N_CHUNK + one
            for chunk, numbers in found.items()
            for one in (range(self._size(chunk)) if numbers is None else numbers)
        }

    def _count(self, gram: int) -> int:
        """Count the units that hold a pair."""
        ((count,),) = self._database.execute("select coalesce(sum(n), 0) from gram where gram = ?", (gram,))
        return int(count)

    def _of_chunk(self, chunk: int, ids: bytes | None) -> Iterable[int]:
        """Return the numbers of the units of a chunk that hold a pair."""
        numbers = range(self._size(chunk)) if ids is None else array("H", ids)
        return (chunk * N_CHUNK + number for number in numbers)

    def _size(self, chunk: int) -> int:
        """Return how many units a chunk has."""
        return min(N_CHUNK, self._n_units - chunk * N_CHUNK)


def stored_corpus(files: Sequence[tuple[Path, str]], folder: Path) -> StoredCorpus | None:
    """Open the index of some corpora, and make it where it is missing or stale.

    Args:
        files: Corpora and what to call them in messages.
        folder: The cache.

    Returns:
        The corpus; ``None`` where the folder does not hold the index: no space, no right to write.

    Raises:
        DataError: A corpus breaks its format.
        DataErrors: It does so several times.
        OSError: A corpus cannot be read.
    """
    kind = IndexKind(
        name="search",
        format="1",
        schema=SCHEMA,
        fill=lambda database, opened: {"units": str(_fill(database, opened, files))},
    )
    database = open_index([IndexedFile.of(path) for path, _ in files], folder, kind=kind)
    if database is None:
        return None
    paths = [path for path, _ in files]
    return StoredCorpus(database, document_titles(paths), paths)


def _fill(database: sqlite3.Connection, opened: Sequence[BinaryIO], files: Sequence[tuple[Path, str]]) -> int:
    """Write units and the pairs of their keys; return how many units there are."""
    keys: list[str] = []
    number = 0
    for file, (path, name) in zip(opened, files, strict=True):
        for unit in format_for(BITEXT_FORMATS, path).read(file, name=name):
            database.execute("insert into unit values (?, ?)", (number, json.dumps(_row(unit), ensure_ascii=False)))
            keys.append(unit_key(unit))
            number += 1
            if len(keys) == N_CHUNK:
                _fill_grams(database, keys, number // N_CHUNK - 1)
                keys.clear()
    if keys:
        _fill_grams(database, keys, number // N_CHUNK)
    database.execute("create index gram_key on gram (gram, chunk)")
    return number


def _fill_grams(database: sqlite3.Connection, keys: Sequence[str], chunk: int) -> None:
    """Write which units of a chunk hold each pair of characters; the last character of a segment makes one with its end."""
    import numpy as np  # noqa: PLC0415 - searches need none

    from termalign.languages.folded_array import code_points  # noqa: PLC0415

    codes = code_points("".join(keys)).astype(np.uint64)
    units = np.repeat(np.arange(len(keys), dtype=np.uint64), [len(key) for key in keys])
    begins = np.flatnonzero(codes[:-1])  # not at the end of a segment
    if not begins.size:
        return  # marks alone
    shift = np.uint64(CODE_BITS)
    pairs = (((codes[begins] << shift) | codes[begins + 1]) << np.uint64(16)) | units[begins]
    pairs.sort()  # np.unique goes by hashing, which is several times slower here
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
    grams, ids = pairs >> np.uint64(16), (pairs & np.uint64(0xFFFF)).astype(np.uint16)
    first = np.flatnonzero(np.diff(grams, prepend=np.uint64(2**63)))
    bounds = [*first.tolist(), len(ids)]
    rows = (
        (gram, chunk, last - begin, None if (last - begin) * TOO_MANY > len(keys) else ids[begin:last].tobytes())
        for gram, begin, last in zip(grams[first].tolist(), bounds, bounds[1:], strict=False)
    )
    database.executemany("insert into gram values (?, ?, ?, ?)", rows)


def _gram(key: str, at: int) -> int:
    """Return a pair of neighbouring characters as a number."""
    return ord(key[at]) << CODE_BITS | ord(key[at + 1])


def _row(unit: TranslationUnit) -> list[object]:
    """Write a unit down, all of it."""
    origin = unit.origin
    return [
        [[one.language, one.text, one.document, [span.as_json() for span in one.spans]] for one in unit.segments],
        unit.bead,
        unit.score,
        unit.method.value,
        unit.name,
        [list(item) for item in unit.extra],
        [origin.file, origin.line, origin.id, origin.source] if origin else None,
    ]


def _unit(row: list[object]) -> TranslationUnit:
    """Read a unit that :func:`_row` wrote."""
    segments, bead, score, method, name, extra, origin = row
    return TranslationUnit(
        segments=tuple(
            Segment(language=tag, text=text, document=document, spans=tuple(Span(*span) for span in spans))
            for tag, text, document, spans in segments  # type: ignore[attr-defined]
        ),
        bead=str(bead),
        score=score,  # type: ignore[arg-type]
        method=Method(str(method)),
        name=str(name),
        extra=tuple((key, value) for key, value in extra),  # type: ignore[attr-defined]
        origin=Origin(file=origin[0], line=origin[1], id=origin[2], source=origin[3]) if origin else None,  # type: ignore[index]
    )
