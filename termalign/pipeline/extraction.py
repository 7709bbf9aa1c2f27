"""The verb ``extract``: monolingual term candidates, and why strings are candidates or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termalign.errors import ConfigError
from termalign.formats.text import MAX_LINE
from termalign.languages import LANGUAGES
from termalign.lexicon import Lexicon
from termalign.pipeline.analysis import analyse_all, parted
from termalign.pipeline.collector import rare_collections
from termalign.pipeline.inputs import Skipped, read_documents
from termalign.pipeline.terms import glossed_names, rejoined, settled_glosses
from termalign.terms import Contrast, Judgement, extract_candidates, key_of, why_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from termalign.model import AnalysedDocument, Candidate, Sentence

__all__ = ["extract", "extract_reasons"]


@rare_collections()
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
        lexicon: Lexicon layers, for telling where glossed names begin and which words are everyday words; empty means all that
            ship.
        jobs: How many processes.
        max_line: Longest line that is read, in code points.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Candidates, by language and then the most term-like first, without those that are terms only where another language
        confirms them (:attr:`termalign.terms.Extraction.weak`); and the files that could not be used.

    Raises:
        ConfigError: Wrong options, or an input that does not exist.
        DataError: No document could be used.
    """
    pile = _pile(inputs, lexicon=lexicon, jobs=jobs, max_line=max_line, tell=tell)
    found = extract_candidates(pile.documents, names=pile.names(), contrast=pile.contrast)
    candidates = (one for form, one in found.candidates.items() if form not in found.weak)
    return tuple(sorted(candidates, key=lambda one: (one.language, -one.score, one.text))), pile.skipped


@rare_collections()
def extract_reasons(
    inputs: Sequence[str | Path],
    *,
    terms: Sequence[str] = (),
    lexicon: Sequence[str] = (),
    jobs: int = 1,
    max_line: int = MAX_LINE,
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[tuple[Judgement, ...], tuple[Skipped, ...]]:
    """Say why strings of documents are term candidates, and why others are none.

    Args:
        inputs: Files and folders of documents.
        terms: Strings to speak of, in any spelling and language; empty means all strings that were counted.
        lexicon: As of :func:`extract`.
        jobs: As of :func:`extract`.
        max_line: As of :func:`extract`.
        tell: As of :func:`extract`.

    Returns:
        Judgements, by language and then the most term-like first, for each of ``terms`` that is no run of words one at the end;
        and the files that could not be used.

    Raises:
        ConfigError: Wrong options, an empty term, or an input that does not exist.
        DataError: No document could be used.
    """
    if any(not key_of(term, "en") for term in terms):
        raise ConfigError("a term is empty", "name one, such as 量子技術")
    pile = _pile(inputs, lexicon=lexicon, jobs=jobs, max_line=max_line, tell=tell)
    found = extract_candidates(pile.documents, names=pile.names(), contrast=pile.contrast, explain=True).judgements
    chosen = list(found)
    if terms:
        asked = {(language, key_of(term, language)): term for language in LANGUAGES for term in terms}
        chosen = [one for one in found if (one.language, key_of(one.text, one.language)) in asked]
        met = {asked[one.language, key_of(one.text, one.language)] for one in chosen}
        keys = {key_of(term, language) for term in met for language in LANGUAGES}
        unseen = [term for term in dict.fromkeys(terms) if not keys & {key_of(term, tag) for tag in LANGUAGES}]
    chosen.sort(key=lambda one: (one.language, -one.score, one.text))
    if terms:
        for term in unseen:
            language, count, reason = why_unseen(term, pile.documents, contrast=pile.contrast)
            chosen.append(Judgement.unseen(term, language, count=count, reason=reason))
    return tuple(chosen), pile.skipped


class _Pile(NamedTuple):
    """Analysed documents and what is known beside them."""

    documents: Sequence[AnalysedDocument]
    skipped: tuple[Skipped, ...]
    words: Lexicon
    contrast: Contrast

    def names(self) -> Iterator[tuple[Sentence, str, int, int]]:
        """Yield the names that glosses show."""
        return glossed_names(settled_glosses(self.documents, lexicon=self.words))


def _pile(
    inputs: Sequence[str | Path],
    *,
    lexicon: Sequence[str],
    jobs: int,
    max_line: int,
    tell: Callable[[str, int, int], None] | None,
) -> _Pile:
    """Read and analyse the documents."""
    words = Lexicon.load(*lexicon)
    pile = read_documents(inputs, max_line=max_line)
    analysed, refused = parted(analyse_all(pile.documents, jobs=jobs, tell=tell))
    skipped = tuple(sorted((*pile.skipped, *refused), key=lambda one: one.path))
    if not analysed:
        raise skipped[0].error
    return _Pile(rejoined(analysed, words), skipped, words, Contrast(words))
