"""JMdict as the package jamdict-data brings it: an SQLite file, read as it is, without the package jamdict."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from termalign.errors import DataError, Where
from termalign.lexicon.base import DICTIONARY_WEIGHT
from termalign.lexicon.japanese import EDRDG_LICENCE, Kana, Sense, word_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from termalign.lexicon.base import LexiconEntry

__all__ = ["JamdictLayer"]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class JamdictLayer:
    """The JMdict in a database of jamdict.

    Args:
        path: The database.
        name: Name of the layer, recorded with each pair.
        weight: How far it is trusted.
        licence: The one that JMdict is published under.
    """

    path: Path
    name: str = "jmdict"
    weight: float = DICTIONARY_WEIGHT
    licence: str = EDRDG_LICENCE

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream an entry per sense that has an English equivalent, in the order of JMdict.

        Raises:
            DataError: The file is no such database.

        Source:
            jamdict, ``data/setup_jmdict.sql``.
        """
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
                yield from _words(database, self.name)
        except sqlite3.Error as exc:
            problem = f"no database of jamdict: {exc}"
            raise DataError(problem, Where(file=str(self.path)), "install jamdict-data again") from exc


def _words(database: sqlite3.Connection, part: str) -> Iterator[LexiconEntry]:
    """Yield the entries of all words."""
    written: dict[int, list[str]] = _gather(database.execute("SELECT idseq, text FROM Kanji ORDER BY ID"))
    kana: dict[int, list[int]] = _gather(database.execute("SELECT idseq, ID FROM Kana ORDER BY ID"))
    kana_text: dict[int, str] = dict(database.execute("SELECT ID, text FROM Kana"))
    only_spelling: dict[int, list[str]] = _gather(database.execute("SELECT kid, text FROM KNR ORDER BY rowid"))
    tags, only = (_of_senses(database, names) for names in (("pos", "field", "misc"), ("stagk", "stagr")))
    glosses: dict[int, list[str]] = _gather(
        database.execute("SELECT sid, text FROM SenseGloss WHERE lang = 'eng' ORDER BY rowid")
    )
    senses: dict[int, list[int]] = _gather(database.execute("SELECT idseq, ID FROM Sense ORDER BY ID"))
    for (word,) in database.execute("SELECT idseq FROM Entry ORDER BY idseq"):
        yield from word_entries(
            written.get(word, ()),
            [Kana(kana_text[one], frozenset(only_spelling.get(one, ()))) for one in kana.get(word, ())],
            [
                Sense(tuple(tags.get(one, ())), tuple(glosses.get(one, ())), frozenset(only.get(one, ())))
                for one in senses.get(word, ())
            ],
            part=part,
        )


def _of_senses(database: sqlite3.Connection, names: Iterable[str]) -> dict[int, list[str]]:
    """Gather what several tables say of senses, table by table."""
    rows = (database.execute(f"SELECT sid, text FROM {name} ORDER BY rowid") for name in names)  # noqa: S608 - our own names
    return _gather(chain.from_iterable(rows))


def _gather(rows: Iterable[tuple[int, Value]]) -> dict[int, list[Value]]:
    """Put the values of each key into one list, in their order."""
    found: dict[int, list[Value]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
