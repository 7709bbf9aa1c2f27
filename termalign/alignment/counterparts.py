"""Which words of one text have a counterpart in another, before anything is aligned: the first look at a pair of texts."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.languages import LANGUAGES
from termalign.languages.characters import is_han
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.lexicon import Lexicon
    from termalign.model import Segment, Token

__all__ = ["counterparts", "keys_of"]

MIN_DICE = 0.3  # of the Han characters of two words that count as related
FUNCTION = "func"

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = {"“": '"', "”": '"', "「": '"', "」": '"', "《": '"', "》": '"', "（": "(", "）": ")"}


def counterparts(
    src: Sequence[Segment], tgt: Sequence[Segment], *, lexicon: Lexicon
) -> tuple[list[tuple[set[str], int]], int]:
    """Find for each source segment which keys of the whole target it may translate.

    Args:
        src: Segments of one text.
        tgt: Segments of another, all taken together.
        lexicon: Words and their translations.

    Returns:
        For each source segment the keys of the target that have a counterpart in it, and how many of its own keys have one in
        the target; and the number of distinct keys of the target.
    """
    ours = [set(keys_of(one.text, one.language)) for one in src]
    theirs = dict.fromkeys(key for one in tgt for key in keys_of(one.text, one.language))
    known = set().union(*ours)
    partners = _partners(known, list(theirs), src[0].language, tgt[0].language, lexicon)
    rows = []
    for keys in ours:
        met = [partners[key] for key in keys if key in partners]
        rows.append((set().union(*met), len(met)))
    return rows, len(theirs)


@lru_cache(maxsize=100_000)
def keys_of(text: str, language: str) -> tuple[str, ...]:
    """Return the keys of a segment: numbers, marks that texts share, words by dictionary form and by parts."""
    return tuple(key for token in LANGUAGES.get(language).tokens(text) for key in _token_keys(token))


def _token_keys(token: Token) -> Iterator[str]:
    if token.pos == "mark":
        yield from (sign for sign in (_SIGNS.get(token.text, ""),) if sign)
    elif token.pos != FUNCTION:
        number = _NUMBER.search(fold(token.text))
        if number:
            yield "#" + number[0].replace(",", "")
        elif len(token.parts) > 1:
            yield from (key for key in map(fold, token.parts) if key)
        else:
            key = fold(token.base or token.text)
            if key:
                yield key


def _partners(ours: set[str], theirs: Sequence[str], source: str, target: str, lexicon: Lexicon) -> dict[str, set[str]]:
    """Find for keys of one text those of the other that translate them, are the same or share Han characters."""
    there = set(theirs)
    by_character: defaultdict[str, set[str]] = defaultdict(set)
    for key in theirs:
        for char in filter(is_han, key):
            by_character[char].add(key)
    found: dict[str, set[str]] = {}
    for key in ours:
        parts = {fold(part) for one in lexicon.translations(key, source, target) for part in one.text.split(" ")}
        met = ({key} | parts) & there | _related(key, by_character)
        if met:
            found[key] = met
    return found


def _related(key: str, by_character: dict[str, set[str]]) -> set[str]:
    """Find the keys that share enough Han characters with one."""
    own = set(filter(is_han, key))
    near = set().union(*(by_character.get(char, set()) for char in own))
    return {other for other in near if _dice(own, set(filter(is_han, other))) >= MIN_DICE}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
