"""Coarse parts of speech of English words, good enough to find noun phrases.

No model: closed classes from word lists, then suffixes, then neighbours for the many words that are verb and noun. What
neither tells is taken for a noun, since a noun too many costs a noun phrase less than one too few.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_noun", "tag_words"]

REMEMBERED = 1 << 16  # words; text has the same ones again and again
_NUMBER = re.compile(r"[+\-−]?[0-9０-９][0-9０-９.,:/\-–—−~]*(?:st|nd|rd|th|s|%)?")
_NAME = re.compile(r".+[A-Z].*|[A-Z]|.*[0-9].*[A-Za-z].*|.*[A-Za-z].*[0-9].*")
_ADJECTIVE = re.compile(r".{2,}(?:ous|ful|less|able|ible|ical|ish|ary|esque)|.{3,}(?:ic|al|ive|ant|ent|ar)")
_NOUN = re.compile(
    r".{2,}(?:tion|sion|ment|ness|ity|ship|hood|ism|ist|ance|ence|ancy|ency|ology|ure|dom|age|er|or|ery|eer|cy)s?"
)


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Read the lists of words, once per process."""
    return tomllib.loads((files("termalign") / "data" / "english_words.toml").read_text(encoding="utf-8"))


@cache
def _words(table: str, name: str) -> frozenset[str]:
    """Return one list of words."""
    return frozenset(_tables()[table][name].split())


@cache
def _closed() -> dict[str, str]:
    """Map the words of closed classes to their part of speech."""
    found = dict.fromkeys(_words("closed", "adverb"), "adv") | dict.fromkeys(_words("closed", "number"), "num")
    names = ("determiner", "pronoun", "preposition", "conjunction", "auxiliary", "particle")
    return found | {word: "func" for name in names for word in _words("closed", name)}


def is_noun(word: str) -> bool:
    """Tell whether a word stands in the list of nouns that a rule would take for something else (``computing``).

    Args:
        word: A word in small letters, in its dictionary form.

    Returns:
        True where it is listed.
    """
    return word in _words("open", "noun")


def tag_words(words: Sequence[str]) -> list[str]:
    """Tag the words of a sentence.

    Args:
        words: Its words and marks, in order.

    Returns:
        For each one of ``n pn v adj adv num func mark``.

    Source:
        Ours.

    >>> tag_words("The agency plans to fund quantum computing research .".split())
    ['func', 'n', 'v', 'func', 'v', 'n', 'n', 'n', 'mark']
    """
    tags: list[str] = []
    for index, word in enumerate(words):
        before = words[index - 1].lower() if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        previous = tags[-1] if tags else ""
        tags.append(_tag(word, before=before, previous=previous, after=after))
    return tags


def _tag(word: str, *, before: str, previous: str, after: str) -> str:
    """Tag one word from its form, the word and tag before it, and the word after it."""
    next_small = after.lower().replace("’", "'")
    if next_small in _words("context", "negation"):
        return "func"  # isn't: isn 't
    tag, small, is_open = _by_form(word)
    if tag == "mark":
        return "func" if small in _words("context", "clitics") and previous in {"n", "pn"} else "mark"
    if tag and tag != "pn":
        return tag
    is_name = tag == "pn"
    if not is_name and word[0].isupper():
        is_name = previous not in {"", "mark"} or (
            not is_open and (after[:1].isupper() or next_small in _words("context", "clitics"))
        )
    return "pn" if is_name else _open_class(small, before=before, previous=previous, after=next_small)


@lru_cache(maxsize=REMEMBERED)
def _by_form(word: str) -> tuple[str, str, bool]:
    """Say what the form alone tells: the tag, empty where it tells none; small letters; whether a list of open classes has it."""
    small = word.lower().replace("’", "'")
    if not any(char.isalnum() for char in word):
        tag = "mark"
    elif _NUMBER.fullmatch(word):
        tag = "num"
    elif small in _closed() and not (word.isupper() and len(word) > 1):
        tag = _closed()[small]
    else:
        tag = "pn" if _NAME.fullmatch(word) else ""
    return tag, small, _is_open(small)


def _is_open(small: str) -> bool:
    """Tell whether a word stands in a list of open classes."""
    return any(small in _words("open", name) for name in ("verb", "verb_or_noun", "adjective", "noun"))


def _open_class(small: str, *, before: str, previous: str, after: str) -> str:
    """Tag a verb, noun, adjective or adverb."""
    for pos, name in (("n", "noun"), ("adj", "adjective")):
        if small in _words("open", name):
            return pos
    if small.endswith("ly") and len(small) > len("only") and small not in _words("context", "not_adverbs"):
        return "adv"
    base = lemma(small, pos="v")
    if small.endswith(("ed", "ing")) and base != small:
        return _participle(small, before=before, previous=previous, after=after)
    is_irregular = base != small and not small.endswith("s")  # made, rose
    if base in _words("open", "verb_or_noun") and not is_irregular:
        return "v" if _reads_as_verb(small, before=before, previous=previous, after=after) else "n"
    if is_irregular or base in _words("open", "verb"):
        return "v"
    is_noun = lemma(small) in _words("open", "noun") or _NOUN.fullmatch(small) is not None
    return "adj" if _ADJECTIVE.fullmatch(small) and not is_noun else "n"


def _participle(small: str, *, before: str, previous: str, after: str) -> str:
    """Tag a form in -ed or -ing: part of a noun phrase before a noun, else a verb."""
    if before in _words("context", "be") or small in _words("context", "takes_object"):
        return "v"
    is_before_noun = after[:1].isalpha() and after not in _closed() and not after.endswith("ly")
    if small.endswith("ed"):
        takes = before in _words("context", "takes_verb")
        return "adj" if is_before_noun and not takes and previous in {"func", "adj", "num", "adv"} else "v"
    if previous in {"n", "pn", "adj"}:
        return "v" if _closed().get(after) == "func" and after not in _words("context", "undecided") else "n"
    return ("adj" if previous == "func" else "n") if is_before_noun else "n" if previous == "func" else "v"


def _reads_as_verb(small: str, *, before: str, previous: str, after: str) -> bool:
    """Tell whether a word that is verb and noun is a verb here."""
    if before in _words("context", "takes_verb") or previous == "adv":
        return True
    if previous in {"", "mark"} and after in _words("context", "object"):
        return True  # Return the value
    has_object = _closed().get(after) == "func" and after not in _words("context", "undecided")
    if previous in {"n", "pn"}:
        return has_object and small.endswith("s") != before.endswith("s")
    if before in _words("context", "joins"):
        return has_object
    return before in _words("context", "takes_third_person") and small.endswith("s")
