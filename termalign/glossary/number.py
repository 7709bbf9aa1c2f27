"""English terms in the singular and in the plural: for finding both in a text without reading its words one by one."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from termalign.languages.characters import LATIN
from termalign.languages.lemmas import irregular_plurals, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["numbers"]

_WORD = re.compile(rf"[{LATIN}0-9]+")
_PREPOSITION = re.compile(r"\s(?:of|for|in|on|to|with|at|by|from|under|and)\s", re.IGNORECASE)
_HISSING = ("s", "x", "z", "ch", "sh")
_SIBILANT_O = re.compile(r"[^aeiou]o\Z")


def numbers(text: str) -> tuple[str, ...]:
    """Write a term in the singular and in the plural.

    Args:
        text: A term in Latin letters.

    Returns:
        The term itself first, then its other forms: the last word in the other number, and the head of a phrase
        (``centres of excellence``) too. Only the term itself where nothing can be changed.

    Source:
        The rules of English spelling, turned round from :func:`termalign.languages.lemmas.lemma`.

    >>> numbers("quantum computer"), numbers("centre of excellence")[:2]
    (('quantum computer', 'quantum computers'), ('centre of excellence', 'centre of excellences'))
    >>> "centres of excellence" in numbers("centre of excellence"), numbers("policies")
    (True, ('policies', 'policy'))
    """
    words = list(_WORD.finditer(text))
    if not words:
        return (text,)
    heads = [words[-1]]
    preposition = _PREPOSITION.search(text)
    if preposition is not None:
        heads += [word for word in words if word.end() <= preposition.start()][-1:]
    forms = [text]
    for head in heads:
        forms += [text[: head.start()] + other + text[head.end() :] for other in _others(head[0])]
    return tuple(dict.fromkeys(forms))


@cache
def _others(word: str) -> tuple[str, ...]:
    """Write a word in the other number, with the case of its letters."""
    small = word.lower()
    singular = lemma(word, pos="n")
    if singular != small:
        return (_like(word, singular),)
    return tuple(_like(word, plural) for plural in dict.fromkeys(_plurals(small)) if plural != small)


def _plurals(small: str) -> Iterator[str]:
    """Yield the plurals of a singular that reading them back confirms."""
    irregular = irregular_plurals().get(small, ())
    yield from irregular
    if small.endswith("y") and lemma(small[:-1] + "ies", pos="n") == small:
        yield small[:-1] + "ies"
    elif (small.endswith(_HISSING) or _SIBILANT_O.search(small)) and lemma(small + "es", pos="n") == small:
        yield small + "es"
    if not small.endswith(_HISSING) and (lemma(small + "s", pos="n") == small or len(small) < 4):  # noqa: PLR2004 - short: lab(s), CPU(s)
        yield small + "s"


def _like(word: str, other: str) -> str:
    """Give another form of a word the case of its letters: POLICY -> POLICIES, but GPU -> GPUs."""
    pairs = zip(word.lower(), other, strict=False)
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    tail = other[kept:]
    return word[:kept] + (tail.upper() if word.isupper() and tail not in {"", "s"} else tail)
