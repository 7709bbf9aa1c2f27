"""The verb ``extract``: monolingual term candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.errors import DataError
from termalign.evidence.boundaries import settle
from termalign.evidence.gloss import find_glosses
from termalign.formats.text import MAX_LINE
from termalign.lexicon import Lexicon
from termalign.model import AnalysedDocument
from termalign.pipeline.analysis import analyse_all
from termalign.pipeline.inputs import Skipped, read_documents
from termalign.pipeline.terms import glossed_names, rejoined
from termalign.terms import extract_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from termalign.model import Candidate

__all__ = ["extract"]


def extract(
    inputs: Sequence[str | Path],
    *,
    lexicon: Sequence[str] = (),
    jobs: int = 1,
    max_line: int = MAX_LINE,
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[tuple[Candidate, ...], tuple[Skipped, ...]]:
    """Find term candidates in documents.

    Args:
        inputs: Files and folders of documents.
        lexicon: Lexicon layers, for telling where glossed names begin; empty means all that ship.
        jobs: How many processes.
        max_line: Longest line that is read, in code points.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Candidates, by language and then the most term-like first; and the files that could not be used.

    Raises:
        ConfigError: Wrong options, or an input that does not exist.
        DataError: No document could be used.
    """
    words = Lexicon.load(*lexicon)
    pile = read_documents(inputs, max_line=max_line)
    results = analyse_all(pile.documents, jobs=jobs, tell=tell)
    analysed = [one for one in results if isinstance(one, AnalysedDocument)]
    refused = [Skipped(path=one.where.file, error=one) for one in results if isinstance(one, DataError)]
    skipped = tuple(sorted((*pile.skipped, *refused), key=lambda one: one.path))
    if not analysed:
        raise skipped[0].error
    analysed = [rejoined(one, words) for one in analysed]
    glosses = tuple(gloss for one in analysed for sentence in one.sentences for gloss in find_glosses(sentence))
    names = glossed_names(settle(glosses, lexicon=words))
    candidates = extract_candidates(analysed, names=names).candidates.values()
    return tuple(sorted(candidates, key=lambda one: (one.language, -one.score, one.text))), skipped
