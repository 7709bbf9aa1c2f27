"""Keys under which a designation is found, one kind for each way in which one word may be spelt.

:func:`termalign.languages.fold.fold` makes one key of most spellings. What depends on the language is folded here, and only
where it may be: endings of English words, okurigana of Japanese ones, tones of pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from termalign.languages.characters import LATIN, has_cjk, has_kana, has_latin
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.model import Folded

__all__ = ["Kind", "key", "kinds", "toneless", "uninflected"]

_WORD = re.compile(rf"[{LATIN}0-9]+(?:['’][{LATIN}]+)*['’]?")
_TONE_MARKS = re.compile("[\u0300\u0301\u0304\u0306\u030c]")  # ̆ is typed for ̌
_TONE_NUMBER = re.compile("(?<=[a-zü:])[0-5]")


class Kind(StrEnum):
    """What a key folds away beyond the fold."""

    SPELLING = "spelling"
    INFLECTION = "inflection"
    VERB = "verb"
    OKURIGANA = "okurigana"
    TONES = "tones"


def kinds(text: str) -> Iterator[Kind]:
    """Name the kinds of keys that a text has.

    Args:
        text: A designation, a reading or a query.

    Yields:
        :attr:`Kind.SPELLING` first, then those that its script allows. Whether a key of theirs means anything depends on
        the language of the designation: the caller knows it.
    """
    yield Kind.SPELLING
    is_cjk = has_cjk(text)
    if has_latin(text):
        yield Kind.INFLECTION
        yield Kind.VERB
        if not is_cjk:
            yield Kind.TONES
    if is_cjk:
        yield Kind.OKURIGANA


def key(text: str, kind: Kind) -> Folded:
    """Return the key of one kind under which a text is found.

    Args:
        text: A designation, a reading or a query.
        kind: What to fold away beside what :func:`fold` does.

    Returns:
        The key; two texts are the same word where they share a key of one kind. Empty where nothing is left of the text.

    Source:
        Ours.

    >>> key("Quantum Computers", Kind.INFLECTION) == key("quantum computer", Kind.INFLECTION)
    True
    >>> key("取り扱い", Kind.OKURIGANA) == key("取扱", Kind.OKURIGANA), key("組合せ", Kind.OKURIGANA) == key("組合", Kind.OKURIGANA)
    (True, False)
    """
    if kind is Kind.INFLECTION:
        return fold(uninflected(text))
    if kind is Kind.VERB:
        return fold(uninflected(text, is_verb=True))
    if kind is Kind.TONES:
        return fold(toneless(text))
    if kind is Kind.OKURIGANA and has_kana(text):
        from termalign.languages.okurigana import without_okurigana  # noqa: PLC0415 - rules to read, for Japanese only

        return fold(without_okurigana(_tight(text)))
    return fold(text)


def uninflected(text: str, *, is_verb: bool = False) -> str:
    """Take the endings of English words off.

    Args:
        text: In any script; only words in Latin letters change.
        is_verb: The first word is a verb, the one that a phrase with a verb inflects; the others stay as they are.

    Returns:
        The text with every noun in the singular and without possessive, or the verb in the infinitive; case as it was.
    """
    text = unicodedata.normalize("NFKC", text)
    if is_verb:
        return _WORD.sub(lambda match: _lemma(match[0], pos="v"), text, count=1)
    return _WORD.sub(lambda match: _lemma(match[0], pos="n"), text)


@lru_cache(maxsize=4096)  # a word is reduced once for each way in which a query may differ
def _lemma(word: str, *, pos: str) -> str:
    """Reduce a word to its dictionary form and leave the case of its letters as it is."""
    form = lemma(word, pos=pos)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word.lower(), form, strict=False)))
    return word[:same] + form[same:]


def toneless(text: str) -> str:
    """Take tone marks and numbers off pinyin.

    Args:
        text: Pinyin, tones as marks, as numbers behind the syllables, or left out.

    Returns:
        The text in small letters; ü, also written u:, is written v.

    >>> toneless("Lǜ sè"), toneless("lu:4 se4")
    ('lv se', 'lv se')
    """
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", _TONE_MARKS.sub("", marked))
    return _TONE_NUMBER.sub("", plain).replace("u:", "v").replace("ü", "v")


def _tight(text: str) -> str:
    """Take out what the fold drops, but for ー: it stands between characters without being said."""
    return "".join(filter(_is_kept, text))


@lru_cache(maxsize=4096)  # the same characters over and over
def _is_kept(char: str) -> bool:
    """Tell whether a character is ー or one that the fold keeps."""
    return char in "ーｰ" or bool(fold(char))
