"""Glossaries opened to look terms up in: small ones are read, large ones have an index on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.glossary.glossary import Glossary, glossary_files, readable
from termalign.workspace.cache import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from termalign.glossary.stored import StoredGlossary

__all__ = ["MIN_SIZE", "for_lookup"]

MIN_SIZE = 1_000_000  # bytes; smaller glossaries are read as fast as an index is opened


def for_lookup(*sources: str | Path) -> Glossary | StoredGlossary:
    """Open glossaries to look terms up in.

    Args:
        sources: As for :meth:`termalign.Glossary.load`.

    Returns:
        Large glossaries in JSON Lines through an index in the user's cache, which is made at the first time; others whole.

    Raises:
        ConfigError: No such glossary.
        DataError: A glossary breaks its format or cannot be read.
        DataErrors: It breaks its format several times.
    """
    found = glossary_files(*sources)
    with readable(found[0][1]):
        is_large = sum(path.stat().st_size for path, _ in found) >= MIN_SIZE
        if is_large and all(path.name.lower().endswith(CONCEPTS_JSONL.suffixes) for path, _ in found):
            folder = cache_folder()
            if folder is not None:
                from termalign.glossary.stored import StoredGlossary, stored_index  # noqa: PLC0415 - loads SQLite

                index = stored_index(found, folder)
                if index is not None:
                    return StoredGlossary(index)
    return Glossary.load(*sources)
