"""The words of a term, as composition and reading ask for them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from termalign.languages import LANGUAGES
from termalign.terms import rejoin

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.lexicon import Lexicon
    from termalign.model import Form

__all__ = ["noun_test", "wording"]


@lru_cache(maxsize=8)  # one for each language; the same texts are asked for again and again
def noun_test(language: str, lexicon: Lexicon) -> Callable[[str], bool]:
    """Return a function that tells whether a text is a noun of the lexicon."""
    return lru_cache(maxsize=1 << 17)(lambda text: any(sense.pos == "n" for sense in lexicon.senses(text, language)))


def wording(lexicon: Lexicon) -> Callable[[Form], tuple[str, ...]]:
    """Return a function that gives the words of a term, each term cut once.

    Args:
        lexicon: Words that a tokeniser may have cut.

    Returns:
        For English dictionary forms, for Japanese and Chinese the finest parts; marks are left out, middle dots kept.
    """

    @cache
    def words(form: Form) -> tuple[str, ...]:
        tokens = rejoin(LANGUAGES.get(form[0]).tokens(form[1]), is_noun=noun_test(form[0], lexicon))
        if form[0] == "en":
            return tuple(token.base for token in tokens if token.pos != "mark")
        return tuple(
            part
            for token in tokens
            if token.pos != "mark" or token.text in "・·"
            for part in token.parts or (token.text,)
        )

    return words
