"""Coarse parts of speech of English words, good enough to find noun phrases.

No model: closed classes from word lists, then suffixes, then neighbours for the many words that are verb and noun. What
neither tells is taken for a noun, since a noun too many costs a noun phrase less than one too few.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_noun", "may_be_verb", "tag_words", "word_class"]

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


def may_be_verb(word: str) -> bool:
    """Tell whether a word may be a form of a verb, whatever else it may be.

    Args:
        word: As it stands in a text.

    Returns:
        True for a form of a listed verb (``Update``, ``uses``, ``fixes``, ``Building``); False for what is listed as a noun.
    """
    small = word.lower()
    base = lemma(small, pos="v")
    return small not in _words("open", "noun") and (
        base in _words("open", "verb") or base in _words("open", "verb_or_noun")
    )


def word_class(word: str) -> str:
    """Name the closed class of a word.

    Args:
        word: As it stands in a text.

    Returns:
        ``determiner``, ``pronoun``, ``preposition``, ``conjunction``, ``auxiliary``, ``particle``, ``number`` or ``adverb``; empty
        where it is in none.
    """
    return _classes().get(word.lower(), "")


@cache
def _classes() -> dict[str, str]:
    """Map the words of closed classes to the name of their class."""
    return {word: name for name in reversed(_tables()["closed"]) for word in _words("closed", name)}


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
    if not words:
        return []
    tags: list[str] = []
    before = previous = ""
    known = [_by_form(word) for word in words]
    for one, after in zip(known, (*known[1:], _NOTHING), strict=True):
        previous = (
            one.tag
            if one.is_settled and not after.is_negation
            else _tag(one, before=before, previous=previous, after=after)
        )
        tags.append(previous)
        before = one.lowered
    return tags


class _Form(NamedTuple):
    """What the form of a word tells by itself.

    Args:
        word: The word.
        lowered: In lower case.
        small: The same with straight apostrophes.
        tag: The tag, or that its neighbours decide which: ``participle``, ``verb or noun``.
        is_settled: Whether the tag stands, whatever is beside the word, a negation apart.
        is_open: Whether a list of open classes has the word.
        is_clitic: Whether it is the ending of a contraction.
        is_negation: Whether it is that of a negated one.
    """

    word: str
    lowered: str
    small: str
    tag: str
    is_settled: bool
    is_open: bool
    is_clitic: bool
    is_negation: bool


_NOTHING = _Form("", "", "", "", is_settled=False, is_open=False, is_clitic=False, is_negation=False)
_PARTICIPLE, _VERB_OR_NOUN = "participle", "verb or noun"


def _tag(one: _Form, *, before: str, previous: str, after: _Form) -> str:
    """Tag one word from its form, the word and tag before it, and the word after it."""
    if after.is_negation:
        return "func"  # isn't: isn 't
    if one.tag == "mark":
        return "func" if one.is_clitic and previous in {"n", "pn"} else "mark"
    if one.is_settled:
        return one.tag
    if one.word[0].isupper():
        is_first = previous in {"", "mark"}
        if not is_first or (not one.is_open and (after.word[:1].isupper() or after.is_clitic)):
            return "pn"
    return _in_context(one, before=before, previous=previous, after=after.small)


def _in_context(one: _Form, *, before: str, previous: str, after: str) -> str:
    """Tag a word of an open class that is no name."""
    if one.tag == _PARTICIPLE:
        return _participle(one.small, before=before, previous=previous, after=after)
    if one.tag == _VERB_OR_NOUN:
        return "v" if _reads_as_verb(one.small, before=before, previous=previous, after=after) else "n"
    return one.tag


@lru_cache(maxsize=REMEMBERED)
def _by_form(word: str) -> _Form:
    """Say what the form of a word tells."""
    lowered = word.lower()
    small = lowered.replace("’", "'")
    is_clitic = small in _words("context", "clitics")
    if not any(char.isalnum() for char in word):
        tag = "mark"
    elif _NUMBER.fullmatch(word):
        tag = "num"
    elif small in _closed() and not (word.isupper() and len(word) > 1):
        tag = _closed()[small]
    else:
        tag = "pn" if _NAME.fullmatch(word) else ""
    is_free = not tag and word[0].isupper()  # a name, or the first word of a sentence
    tag = tag or _open_class(small)
    return _Form(
        word=word,
        lowered=lowered,
        small=small,
        tag=tag,
        is_settled=not (is_free or tag in {_PARTICIPLE, _VERB_OR_NOUN} or (tag == "mark" and is_clitic)),
        is_open=any(small in _words("open", name) for name in ("verb", "verb_or_noun", "adjective", "noun")),
        is_clitic=is_clitic,
        is_negation=small in _words("context", "negation"),
    )


def _open_class(small: str) -> str:
    """Tag a verb, noun, adjective or adverb, or say what its neighbours decide."""
    for pos, name in (("n", "noun"), ("adj", "adjective")):
        if small in _words("open", name):
            return pos
    if small.endswith("ly") and len(small) > len("only") and small not in _words("context", "not_adverbs"):
        return "adv"
    base = lemma(small, pos="v")
    if small.endswith(("ed", "ing")) and base != small:
        return _PARTICIPLE
    is_irregular = base != small and not small.endswith("s")  # made, rose
    if base in _words("open", "verb_or_noun") and not is_irregular:
        return _VERB_OR_NOUN
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
