"""Dictionary forms of English words, by rule with a table of exceptions.

Light on purpose: looking a term up folds English inflection away (CONTRACTS.md section 2), and must load no tokeniser.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["irregular_plurals", "lemma"]

_POSSESSIVE = re.compile(r"['’]s?\Z")
_INFLECTED_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z0-9\-]*[A-Z0-9]s")  # GPUs, PhDs, 1990s
_ACRONYM = re.compile(r"[A-Z0-9\-&./]{2,}")
_VOWEL = re.compile(r"[aeiouy]")
# A stem of one syllable that ends in one vowel and one consonant, which -ed and -ing would have doubled: hop(e), us(e).
_LOST_E = re.compile(r"(?:[^aeiou]*|[^aeiou]*qu)[aeiou][^aeiouwxy]")
_DOUBLED = re.compile(r"([bdgkmnprtv])\1\Z")
_HISSING = ("sses", "shes", "ches", "xes", "zzes", "oes")
REMEMBERED = 1 << 16  # words; text has the same ones again and again
MIN_PLURAL = 4  # letters; shorter words in -s are none (gas, its) but for a few in the table
LONGEST_ENDING = 6


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Read the exceptions, and the endings of stems before -ed and -ing: by form and part of speech."""
    text = (files("termalign") / "data" / "english_forms.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.split("\n")[1:-1])
    return {(form, pos): base for form, pos, base in rows}


@cache
def irregular_plurals() -> dict[str, tuple[str, ...]]:
    """List the plurals that no rule makes.

    Returns:
        Singular to its plurals, both in small letters.
    """
    plurals: dict[str, tuple[str, ...]] = {}
    for (form, pos), base in _forms().items():
        if pos == "n" and form != base:
            plurals[base] = (*plurals.get(base, ()), form)
    return plurals


@lru_cache(maxsize=REMEMBERED)
def lemma(word: str, *, pos: str = "n") -> str:
    """Reduce an English word to its dictionary form.

    Args:
        word: A word in any case, without white space; a possessive ending is cut off.
        pos: ``n`` or ``pn`` for a plural noun, ``v`` for a verb form; other parts of speech are left as they are.

    Returns:
        The dictionary form in lower case. Acronyms in capitals keep their last letter (``CMOS``, but ``GPUs`` is ``gpu``).

    Source:
        Ours; the rule for a lost e after Porter (1980), An algorithm for suffix stripping, Program 14(3), step 1b.

    >>> lemma("technologies"), lemma("spectra"), lemma("physics"), lemma("GPUs")
    ('technology', 'spectrum', 'physics', 'gpu')
    >>> lemma("developing", pos="v"), lemma("computed", pos="v"), lemma("planned", pos="v")
    ('develop', 'compute', 'plan')
    """
    word = _POSSESSIVE.sub("", word)
    small = word.lower().replace("’", "'")
    if pos in {"n", "pn"}:
        return _noun(word, small)
    return _verb(small) if pos == "v" else small


def _noun(word: str, small: str) -> str:
    """Take the plural ending off."""
    if _INFLECTED_ACRONYM.fullmatch(word):
        return small[:-1]
    if _ACRONYM.fullmatch(word):
        return small
    head, hyphen, last = small.rpartition("-")
    known = _forms().get((last, "n"))
    return head + hyphen + (known if known is not None else _without_s(last))


def _without_s(small: str) -> str:
    """Take the ending -s off a regular plural or third person."""
    if len(small) < MIN_PLURAL or not small.endswith("s") or small.endswith(("ss", "us", "is")):
        return small
    if small.endswith("ies"):
        return small[:-3] + "y"
    return small[:-2] if small.endswith(_HISSING) else small[:-1]


def _verb(small: str) -> str:
    """Take the ending of a verb form off."""
    known = _forms().get((small, "v"))
    if known is not None:
        return known
    if small.endswith("ied") and len(small) > len("tied"):
        return small[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = small.removesuffix(ending)
        if stem != small and _VOWEL.search(stem) and len(stem) > 1 and not small.endswith("eed"):
            return _restored(stem)
    return _without_s(small)


def _restored(stem: str) -> str:
    """Give the stem of -ed or -ing its last letter back, or take a doubled one away; the longest known ending decides."""
    if _LOST_E.fullmatch(stem):
        return stem + "e"
    for length in range(min(LONGEST_ENDING, len(stem)), 0, -1):
        base = _forms().get((stem[-length:], "stem"))
        if base is not None:
            return stem[:-length] + base
    return stem[:-1] if _DOUBLED.search(stem) else stem
