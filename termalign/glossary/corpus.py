"""A parallel corpus at hand: load translation units, find terms in them, see the other languages beside them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.formats import BITEXT_FORMATS, format_for
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.glossary.concordance import concordance
from termalign.glossary.glossary import MAX_QUERY, passed_over, readable
from termalign.glossary.shipped import corpora, named_file
from termalign.glossary.wanted import Wanted
from termalign.languages.fold import fold
from termalign.model import TAGS, Concordance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from termalign.errors import DataError
    from termalign.model import TranslationUnit

__all__ = ["Corpus", "corpus_files", "document_titles", "unit_key"]

CORPUS_FILES = ("aligned.jsonl", "units.jsonl")  # of a build; of shipped data
SEPARATOR = "\x00"  # between keys; no key holds it


class Corpus:
    """Translation units, and their keys, which are made at the first search.

    Nothing changes a corpus once it is made: threads may search one at the same time.

    Args:
        units: In any number.
        titles: Names of documents by their ids; a document without one is called by its id.
    """

    def __init__(self, units: Iterable[TranslationUnit] = (), *, titles: Mapping[str, str] | None = None) -> None:
        self.units: tuple[TranslationUnit, ...] = tuple(units)
        self._titles = dict(titles or {})

    @classmethod
    def load(
        cls, *sources: str | Path, skip_broken: bool = False, tell: Callable[[DataError], None] | None = None
    ) -> Corpus:
        """Load corpora.

        Args:
            sources: Names of shipped corpora, folders that a build wrote, and files: JSON Lines, TMX, tables. None means all
                shipped ones. A string that is a shipped name is one, even where a file has that name too.
            skip_broken: Whether lines of JSON Lines that break the format are left out instead of refused.
            tell: Is told of each of them.

        Returns:
            The units in the order of the sources.

        Raises:
            ConfigError: No file, folder or shipped name; a format that is not known; nothing is shipped and nothing named.
            DataError: A file that breaks its format, with file and line, or that cannot be read.
            DataErrors: Several faults in one file.
        """
        found = corpus_files(*sources)
        units = [_read(path, name, skip_broken=skip_broken, tell=tell) for path, name in found]
        return cls(chain.from_iterable(units), titles=document_titles(path for path, _ in found))

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[TranslationUnit]:
        return iter(self.units)

    def __repr__(self) -> str:
        return f"<Corpus of {len(self)} units>"

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """The key of each unit; two threads that make them at once make the same."""
        return tuple(map(unit_key, self.units))

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
        """Find the places of a term or string, whatever its width, case, kana, Han characters, spaces and hyphens.

        Args:
            query: The term or string; no pattern: every character of it stands for itself.
            source: Tag of the language that it is sought in; ``zh`` is both scripts, ``None`` all languages.
            target: Tag of a language that a unit must have; only that is laid beside the place. ``None`` means all.
            limit: The most places that are returned; all are counted. ``None`` returns all.
            boundaries: ``latin``: words in Latin letters are whole, and English nouns are met in singular and plural;
                other scripts are met anywhere. ``words``, ``tokens``: no hit inside other words of any language, by a list
                of words or by the tokenisers. ``none``: parts of words too.
            match_case: Whether capitals are told from small letters: ``IT`` is not ``it``.

        Returns:
            The places in the order of the corpus; none for a blank query and for one of more than 1,000 code points.

        Raises:
            ConfigError: A tag that is none, another name of boundaries.
        """
        wanted = Wanted(query, boundaries=boundaries, match_case=match_case)
        is_sought = bool(query.strip()) and len(query) <= MAX_QUERY
        chosen = (unit for unit, key in zip(self.units, self._keys, strict=True) if wanted.may_stand_in(key))
        return concordance(
            query,
            wanted,
            chosen if is_sought else (),
            source=source,
            target=target,
            limit=limit,
            titles=self._titles,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per unit as a pandas frame.

        Returns:
            Columns ``unit`` (its id), one for each language with the text or nothing, ``bead``, ``score`` and ``method``; in
            the order of the corpus.
        """
        import pandas as pd  # noqa: PLC0415 - a second of import that searches do not pay

        tags = [str(tag) for tag in TAGS]
        rows = []
        for unit in self.units:
            texts = {one.language: one.text for one in unit.segments}
            rows.append((unit.id, *map(texts.get, tags), unit.bead, unit.score, unit.method.value))
        return pd.DataFrame(rows, columns=["unit", *tags, "bead", "score", "method"])


def unit_key(unit: TranslationUnit) -> str:
    """Return the keys of the segments of a unit, each with :data:`SEPARATOR` behind it."""
    return "".join([fold(one.text) + SEPARATOR for one in unit.segments])


def corpus_files(*sources: str | Path) -> list[tuple[Path, str]]:
    """Find the files of corpora.

    Args:
        sources: As for :meth:`Corpus.load`.

    Returns:
        Path and what to call it in messages, in the order of the sources; at least one.

    Raises:
        ConfigError: No file, folder or shipped name; nothing is shipped and nothing named.
    """
    shipped = corpora()
    if not sources and not shipped:
        raise ConfigError("no corpora came with this installation", "name a file or a folder of a build")
    return [named_file(source, shipped=shipped, inner=CORPUS_FILES, noun="corpus") for source in sources or shipped]


def document_titles(paths: Iterable[Path]) -> dict[str, str]:
    """Read what the documents of builds are called.

    Args:
        paths: Files of corpora.

    Returns:
        Ids to paths as ``documents.jsonl`` beside a corpus gives them; empty where there is none that can be read.
    """
    titles: dict[str, str] = {}
    for path in paths:
        with suppress(OSError, ValueError, AttributeError):
            for line in (path.parent / "documents.jsonl").read_text(encoding="utf-8").split("\n"):
                row = json.loads(line) if line.strip() else {}
                if isinstance(row.get("id"), str) and isinstance(row.get("path"), str):
                    titles.setdefault(row["id"], row["path"])
    return titles


def _read(
    path: Path, name: str, *, skip_broken: bool, tell: Callable[[DataError], None] | None
) -> list[TranslationUnit]:
    """Read one corpus."""
    reader = format_for(BITEXT_FORMATS, path)
    if skip_broken and reader is UNITS_JSONL:
        reader = replace(UNITS_JSONL, tell_broken=tell or passed_over)
    with readable(name), path.open("rb") as file:
        return list(reader.read(file, name=name))
