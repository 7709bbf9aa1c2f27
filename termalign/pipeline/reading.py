"""The verbs ``read`` and ``lookup``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from termalign.glossary.opening import for_lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import AnalysedDocument, Answer

__all__ = ["lookup", "read"]


def read(path: str | Path, *, language: str | None = None) -> AnalysedDocument:
    """Read and repair one document.

    Args:
        path: A document.
        language: Tag of its main language; ``None`` means that the text tells.

    Returns:
        The document with its passages and sentences; every offset leads back to the text as read.

    Raises:
        ConfigError: No such file, or a wrong tag.
        DataError: It cannot be read, or is in none of the three languages.
    """
    from termalign.model import canonical_tag  # noqa: PLC0415 - lookups need none of these
    from termalign.pipeline.analysis import analyse  # noqa: PLC0415
    from termalign.pipeline.inputs import read_documents  # noqa: PLC0415

    document = read_documents([path]).documents[0]
    return analyse(document, language=canonical_tag(language) if language else None)


def lookup(
    query: str,
    *,
    glossary: str | Path | Sequence[str | Path] = (),
    source: str | None = None,
    target: str | None = None,
) -> Answer:
    """Look a term up in glossaries.

    Args:
        query: The term, in any spelling, script or reading.
        glossary: Files, folders of builds, or names of shipped glossaries, the first of the highest rank, or one of them;
            empty means all shipped ones.
        source: Tag of the language the query is in: what is met in it comes first; ``None`` means any.
        target: Tag of a language that a concept must have; ``None`` means any.

    Returns:
        Exact hits, or near misses where nothing is exact. For many queries load a :class:`Glossary` once. A large
        glossary is looked up through an index in the user's cache, which is made at the first time.

    Raises:
        ConfigError: No such glossary, or a wrong tag.
        DataError: A glossary breaks its format.
        DataErrors: It does so several times.
    """
    sources = (glossary,) if isinstance(glossary, str | Path) else glossary
    return for_lookup(*sources).lookup(query, source=source, target=target)
