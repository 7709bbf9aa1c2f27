"""Glossaries and corpora opened to find terms in them: small ones are read, large ones have an index on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.glossary.glossary import Glossary, glossary_files, readable
from termalign.workspace.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from termalign.errors import DataError
    from termalign.glossary.corpus import Corpus
    from termalign.glossary.corpus_index import StoredCorpus
    from termalign.glossary.stored import StoredGlossary

__all__ = ["MIN_SIZE", "for_lookup", "for_search"]

MIN_SIZE = 1_000_000  # bytes; smaller files are read as fast as an index is opened


def for_lookup(
    *sources: str | Path, skip_broken: bool = False, tell: Callable[[DataError], None] | None = None
) -> Glossary | StoredGlossary:
    """Open glossaries to look terms up in.

    Args:
        sources: As for :meth:`termalign.Glossary.load`.
        skip_broken: Likewise; then no index is used.
        tell: Likewise.

    Returns:
        Large glossaries in JSON Lines through an index in the user's cache, which is made at the first time; others whole.

    Raises:
        ConfigError: No such glossary.
        DataError: A glossary breaks its format or cannot be read.
        DataErrors: It breaks its format several times.
    """
    found = glossary_files(*sources)
    is_jsonl = all(path.name.lower().endswith(CONCEPTS_JSONL.suffixes) for path, _ in found)
    folder = cache_folder() if is_jsonl and not skip_broken and _is_large(found) else None
    if folder is not None:
        from termalign.glossary.stored import StoredGlossary, stored_index  # noqa: PLC0415 - loads SQLite

        with readable(found[0][1]):
            index = stored_index(found, folder)
        if index is not None:
            return StoredGlossary(index)
    return Glossary.load(*sources, skip_broken=skip_broken, tell=tell)


def for_search(
    *sources: str | Path, skip_broken: bool = False, tell: Callable[[DataError], None] | None = None
) -> Corpus | StoredCorpus:
    """Open corpora to search in.

    Args:
        sources: As for :meth:`termalign.Corpus.load`.
        skip_broken: Likewise; then no index is used.
        tell: Likewise.

    Returns:
        Large corpora through an index in the user's cache, which is made at the first time; others whole.

    Raises:
        ConfigError: No such corpus.
        DataError: A corpus breaks its format or cannot be read.
        DataErrors: It breaks its format several times.
    """
    from termalign.glossary.corpus import Corpus, corpus_files  # noqa: PLC0415 - lookups need no corpus

    found = corpus_files(*sources)
    folder = cache_folder() if not skip_broken and _is_large(found) else None
    if folder is not None:
        from termalign.glossary.corpus_index import stored_corpus  # noqa: PLC0415 - loads SQLite

        with readable(found[0][1]):
            stored = stored_corpus(found, folder)
        if stored is not None:
            return stored
    return Corpus.load(*sources, skip_broken=skip_broken, tell=tell)


def _is_large(files: Sequence[tuple[Path, str]]) -> bool:
    """Tell whether an index pays."""
    with readable(files[0][1]):
        return sum(path.stat().st_size for path, _ in files) >= MIN_SIZE
