"""The words of segments as candidates of a memory need them: the same tags and dictionary forms, a cheaper split of English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.languages.english_tags import tag_words
from termalign.languages.ja import Japanese
from termalign.languages.lemmas import lemma
from termalign.languages.zh import SIMPLIFIED, TRADITIONAL
from termalign.model import Token

if TYPE_CHECKING:
    from termalign.languages.tokens import Word

__all__ = ["quick_tokens", "quick_words"]

_QUICK_WORD = re.compile(
    r"""
    (?:https?://|www\.)\S*[^\s.,;:)\]'"]                      # URL
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                          # address
    | C\+\+ | [A-Z]\# | (?<!\w)[A-Z](?:/[A-Z])+(?!\w) | [A-Z]&[A-Z](?!\w)
    | [^\W_]+(?:[-_.][^\W_]+|['’][A-Z][^\W_]*)*
    | ['’](?:s|t|re|ve|ll|d|m)\b | \S                           # isn 't: the word before it is tagged by what follows
    """,
    re.VERBOSE,
)
_WORDS = {
    "ja": Japanese(with_parts=False).words,
    "zh-Hans": SIMPLIFIED.words,
    "zh-Hant": TRADITIONAL.words,
}
_lemma = lru_cache(maxsize=100_000)(lemma)


def quick_words(text: str, language: str) -> list[Word]:
    """Split a segment into words, as the fields of tokens.

    Args:
        text: A segment.
        language: Its tag.

    Returns:
        Words in order; Japanese ones without parts.

    Source:
        Ours.
    """
    if language != "en":
        return _WORDS[language](text)
    words = list(_QUICK_WORD.finditer(text))
    texts = [word[0] for word in words]
    return [
        (word[0], word.start(), word.end(), pos, _lemma(text, pos=pos), ())
        for word, text, pos in zip(words, texts, tag_words(texts), strict=True)
    ]


def quick_tokens(text: str, language: str) -> tuple[Token, ...]:
    """Split a segment as :func:`quick_words` does, into tokens."""
    return tuple(Token(*word) for word in quick_words(text, language))
