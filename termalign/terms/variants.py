"""Keys under which the spellings of one term are one candidate."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, KANA, LATIN, has_kana
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma
from termalign.languages.okurigana import without_okurigana

if TYPE_CHECKING:
    from termalign.model import Folded

__all__ = ["key_of", "tidy"]

REMEMBERED = 1 << 15  # keys; the same words come again and again
_SPACED = re.compile(rf"(?<=[{HAN}{KANA}]) +| +(?=[{HAN}{KANA}])")
_BLANK = re.compile(r"\s")
_WORD = re.compile(rf"[{LATIN}0-9]+(?:['’][{LATIN}]+)*['’]?")
_LOST = re.compile(r"[・·•‧\s\u200b-\u200d\ufeff]")  # stands between characters without being said


def tidy(text: str) -> str:
    """Space a designation by the rule of its language: none beside Han characters and kana, one between Latin words.

    Args:
        text: As it stands somewhere.

    Returns:
        The same, spaced.

    >>> tidy("AI 戦略"), tidy("quantum  computer")
    ('AI戦略', 'quantum computer')
    """
    if not _BLANK.search(text):
        return text
    return _SPACED.sub("", " ".join(text.split()))


@lru_cache(maxsize=REMEMBERED)
def key_of(text: str, language: str) -> Folded:
    """Return the key under which spellings of one term are grouped.

    Args:
        text: A term.
        language: Its tag.

    Returns:
        The fold; of English every word in the singular, of Japanese without the okurigana that may be left out. Empty where
        the fold is.

    Source:
        :func:`termalign.languages.fold.fold`, :func:`termalign.languages.lemmas.lemma` and
        :func:`termalign.languages.okurigana.without_okurigana`.

    >>> key_of("quantum computers", "en") == key_of("Quantum Computer", "en")
    True
    >>> key_of("取り扱い", "ja") == key_of("取扱い", "ja"), key_of("サーバー", "ja") == key_of("サーバ", "ja")
    (True, True)
    """
    if language == "en":
        return fold(_WORD.sub(_singular, text if text.isascii() else unicodedata.normalize("NFKC", text)))
    if language == "ja" and has_kana(text):
        return fold(without_okurigana(_LOST.sub("", text)))
    return fold(text)


def _singular(found: re.Match[str]) -> str:
    return _lemma(found[0])


@lru_cache(maxsize=REMEMBERED)
def _lemma(word: str) -> str:
    """Reduce a word as a noun, whatever it is: a key is never shown."""
    return lemma(word, pos="n")
