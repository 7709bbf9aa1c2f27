"""Why a string that somebody asks for was never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.languages.fold import fold, fold_with_offsets
from termalign.terms.markup import code_spans
from termalign.terms.words import Lexis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import AnalysedDocument, Sentence, Token
    from termalign.terms.contrast import Contrast

__all__ = ["why_unseen"]


def why_unseen(
    term: str, documents: Iterable[AnalysedDocument], *, contrast: Contrast | None = None
) -> tuple[str, int, str]:
    """Find a string in the documents and say why no run of words is it.

    Args:
        term: The string.
        documents: Analysed documents.
        contrast: As of the extraction.

    Returns:
        Language of the first sentence that holds it, how many sentences hold it, and the reason. Without language where none
        does.
    """
    key = fold(term)
    found = [
        sentence for document in documents for sentence in document.sentences if key and key in fold(sentence.text)
    ]
    if not found:
        return "", 0, "does not stand in the documents"
    return found[0].language, len(found), _reason(key, found[0], contrast)


def _reason(key: str, sentence: Sentence, contrast: Contrast | None) -> str:
    """Look at the words that a string is made of."""
    folded, offsets = fold_with_offsets(sentence.text)
    at = folded.find(key)
    start = offsets[at]
    end = offsets[at + len(key)] if at + len(key) < len(offsets) else len(sentence.text)
    tokens = [token for token in sentence.tokens if token.start < end and start < token.end]
    if any(low < end and start < high for low, high in code_spans(sentence.text)):
        return "code or markup"
    if not tokens or tokens[0].start < start or tokens[-1].end > _trimmed_end(sentence.text, end):
        words = "|".join(token.text for token in tokens)
        return f"no words end where it ends: {words}"
    return _of_words(tokens, Lexis(sentence.language, contrast))


def _trimmed_end(text: str, end: int) -> int:
    while end < len(text) and not fold(text[end]):
        end += 1
    return end


def _of_words(tokens: Iterable[Token], lexis: Lexis) -> str:
    """Name the word that makes a string no term."""
    words = [lexis.word(token) for token in tokens]
    for word in words:
        if not word.fits and not word.is_joint:
            return f"holds a word that stands in no term: {word.text} ({word.pos})"
    if not words[0].begins:
        return f"no term begins with {words[0].text} ({words[0].pos})"
    if not words[-1].ends:
        return f"no term ends with {words[-1].text} ({words[-1].pos})"
    return "an amount, an adjective, or part of a Latin name"
