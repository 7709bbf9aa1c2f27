"""Whether a string of several words is a noun phrase or a clause: 更新Q# / Update Q# say something and name nothing.

A Chinese verb at the beginning has its object behind it or modifies a noun, an English word is often verb and noun. What stands
around the string tells: after a determiner it is a noun phrase, after ``to`` a verb with its object.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.languages import LANGUAGES
from termalign.languages.english_tags import may_be_verb, word_class
from termalign.terms.stops import stops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from termalign.model import Token

__all__ = ["is_free_phrase", "leaning", "may_begin_clause", "may_have_subject"]

HAN_WORD = 2  # characters of a typical Chinese word: 分配 of 分配内存, which a lexicon may hold as a whole
JAPANESE_JOINTS = frozenset("のな")
LONGEST_BEFORE = 3  # characters of the Chinese words that tell what follows them
_WORD_BEFORE = re.compile(r"([\w'’-]+)\s*$")
_WORD_AFTER = re.compile(r"\s*([\w'’-]+)")
_LONE_LETTER = re.compile(r"(?<![A-Za-z0-9.])[a-z](?![A-Za-z0-9.])")


@lru_cache(maxsize=1 << 14)
def _tokens(text: str, language: str) -> Sequence[Token]:
    return LANGUAGES.get(language).tokens(text)


def is_free_phrase(text: str, language: str) -> bool:
    """Tell whether a string of several words is put together freely, so that no form of it is the name of anything.

    Args:
        text: The string.
        language: Its tag.

    Returns:
        True for a Japanese phrase with の, な or an adjective (値のリスト, 正しい値), an English one with ``of`` that is no name or
        with a determiner, quantifier or its like in front (only option), and for what holds a small letter by itself (n bytes).
        Some terms are built so (法の支配); by its form none of them can be told.
    """
    if _LONE_LETTER.search(text):
        return True
    if language == "ja":
        tokens = _tokens(text, language)
        first = tokens[0]
        is_described = first.pos in {"adj", "adv"} and first.text.endswith(("い", "く"))
        return is_described or any(one.pos == "func" and one.text in JAPANESE_JOINTS for one in tokens[1:-1])
    words = [token.base for token in _tokens(text, language)]
    if language == "en":
        return words[0] in stops("en").not_first or (" of " in text and not text[:1].isupper())
    return len(words[0]) > 1 and words[0] in stops("zh").not_first | stops("zh").never


def may_begin_clause(text: str, language: str, *, is_verb: Callable[[str, str], bool]) -> bool:
    """Tell whether a string of several words may be a verb with its object.

    Args:
        text: The string.
        language: Its tag.
        is_verb: Tells of a word and its language whether a lexicon has it as a verb.

    Returns:
        True for a Chinese string that begins with a verb or an adverb, and an English one that begins with a form of a verb, be it
        a noun as well or a participle (improved accuracy / 提高准确性). A Japanese verb has its object before it, with を between.
    """
    if language == "ja":
        return False
    first = _tokens(text, language)[0]
    if language == "en":
        return may_be_verb(first.text)
    return first.pos in {"v", "adv"} or is_verb(first.text, language) or is_verb(first.text[:HAN_WORD], language)


def may_have_subject(text: str, language: str, *, is_verb: Callable[[str, str], bool]) -> bool:
    """Tell whether a string of several words may be a subject with its verb and what follows it; see :func:`may_begin_clause`.

    Returns:
        True for a Chinese string with a verb behind its first word (浓度降低), and an English one in which what may be a verb follows
        a plural (concentrations decrease) or is a third person with a word before and behind it (Bolivia hopes court).
    """
    words = _tokens(text, language)
    if language != "en":
        return language.startswith("zh") and any(one.pos == "v" or is_verb(one.text, language) for one in words[1:])
    texts = [one.text for one in words]
    is_third = any(one.endswith("s") and may_be_verb(one) for one in texts[1:-1])
    return is_third or (len(texts) > 1 and texts[-2].endswith("s") and may_be_verb(texts[-1]))


def leaning(text: str, start: int, end: int, *, language: str) -> int:
    """Tell what stands around a place of a string.

    Args:
        text: The text around it.
        start: Where the string begins.
        end: Where it ends.
        language: Its tag.

    Returns:
        1 where that shows a noun phrase, -1 where it shows a clause, 0 where it shows neither.
    """
    before = text[max(0, start - 40) : start]
    if language != "en":
        return _chinese(before)
    string = text[start:end]
    if _has_object(string, text[end : end + 40]):
        return -1
    first = string.partition(" ")[0]
    return _english(before, string) if may_be_verb(first) and not first.endswith("ed") else 0


def _has_object(string: str, after: str) -> bool:
    """Tell whether a string ends with a third person and an object follows: Simulator uses | the memory."""
    following = _WORD_AFTER.match(after)
    last = string.rpartition(" ")[2]
    return (
        following is not None
        and last.endswith("s")
        and may_be_verb(last)
        and word_class(following[1]) in {"determiner", "pronoun"}
    )


def _english(before: str, string: str) -> int:
    found = _WORD_BEFORE.search(before)
    if not found:
        return -1  # an imperative, or the heading of a procedure
    word = found[1].lower()
    kind = word_class(word)
    is_gerund = string.partition(" ")[0].endswith("ing")
    if word in stops("en").before_verb or kind in {"pronoun", "auxiliary", "adverb"}:
        return -1
    return 1 if kind == "determiner" or (kind == "preposition" and not is_gerund) else 0


def _chinese(before: str) -> int:
    known = stops("zh")
    words = [before[-size:] for size in range(LONGEST_BEFORE, 0, -1) if len(before) >= size]
    if any(word in known.before_noun for word in words):
        return 1
    return -1 if any(word in known.before_verb for word in words) else 0
