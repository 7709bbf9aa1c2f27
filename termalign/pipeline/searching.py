"""The verb ``search``: where a term or string stands in aligned segments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from termalign.glossary.opening import for_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import Concordance

__all__ = ["search"]


def search(
    text: str,
    *,
    corpus: str | Path | Sequence[str | Path] = (),
    source: str | None = None,
    target: str | None = None,
    limit: int | None = None,
    boundaries: str = "latin",
    match_case: bool = False,
) -> Concordance:
    """Find the places of a term or string in corpora, whatever its width, case, kana, Han characters, spaces and hyphens.

    Args:
        text: The term or string; no pattern: every character of it stands for itself.
        corpus: Files, folders of builds, or names of shipped corpora, or one of them; empty means all shipped ones.
        source: Tag of the language that it is sought in; ``zh`` is both scripts, ``None`` all languages.
        target: Tag of a language that a unit must have; only that is laid beside the place. ``None`` means all.
        limit: The most places that are returned; all are counted. ``None`` returns all.
        boundaries: As for :meth:`termalign.Corpus.search`.
        match_case: Whether capitals are told from small letters.

    Returns:
        The places in the order of the corpora, and how many there are in each document. For many queries load a
        :class:`Corpus` once. A large corpus is searched through an index in the user's cache, which is made at the first time.

    Raises:
        ConfigError: No such corpus, a wrong tag, another name of boundaries.
        DataError: A corpus breaks its format.
        DataErrors: It does so several times.
    """
    sources = (corpus,) if isinstance(corpus, str | Path) else corpus
    return for_search(*sources).search(
        text, source=source, target=target, limit=limit, boundaries=boundaries, match_case=match_case
    )
