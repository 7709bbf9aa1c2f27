"""Pinyin: its spellings made one, and the readings that Chinese characters can have.

bàn dǎo tǐ, bandaoti and ban4dao3ti3 are one reading, without tones. Which reading a character has depends on the word (重庆,
重量); here are all that it can have, to match by. None is ever shown as the reading of a word (CONTRACTS.md section 1).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["han_readings", "pinyin_cuts", "pinyin_keys"]

MAX_CUTS = 64  # kept at each place of a run without spaces, fewest syllables first
MAX_READINGS = 64  # of one text; what follows has more characters in an unusual reading
MAX_LENGTH = 60  # letters of a run, or characters: longer than any term
_TONES = re.compile("[\u0300\u0301\u0304\u0306\u030c]")  # ̆ is typed for ̌
_PARTS = re.compile(r"[a-zü]+|[0-5]")
_APART = re.compile(r"[\s\-‐‑–·'’]+")
_UMLAUT = re.compile("u:|ü|v")
_MISSING_UMLAUT = re.compile("(?<=[ln])ue")  # lue, as often typed for lüe


@cache
def _table() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Read the syllables, and the readings of each character, the usual one first."""
    text = (files("termalign") / "data" / "sound" / "pinyin.tsv").read_text(encoding="utf-8")
    readings: dict[str, list[str]] = {}
    rows = [row.split("\t") for row in text.split("\n")[1:-1]]
    for column in (1, 2):
        for row in rows:
            for character in row[column]:
                readings.setdefault(character, []).append(row[0])
    return frozenset(row[0] for row in rows), {one: tuple(found) for one, found in readings.items()}


def pinyin_keys(text: str) -> frozenset[str]:
    """Return the readings that a pinyin spelling can stand for.

    Args:
        text: Pinyin; tones as marks, as numbers, or left out; ü also as v, u: or, behind l and n, in lue as u; syllables
            apart, together, or parted by an apostrophe.

    Returns:
        Readings without tones, syllables apart; several where the spelling leaves open where a syllable ends (xian). Two
        spellings are one reading where these meet. Empty where the text is not pinyin.

    Source:
        GB/T 16159-2012 for apostrophe and ü; the cuts are ours.

    >>> pinyin_keys("bàn dǎo tǐ") <= pinyin_keys("bandaoti") and sorted(pinyin_keys("xian"))
    ['xi an', 'xian']
    """
    return frozenset(pinyin_cuts(text))


@lru_cache(maxsize=100_000)
def pinyin_cuts(text: str) -> tuple[str, ...]:
    """Cut pinyin into syllables in every way that there is.

    Args:
        text: Pinyin, as for :func:`pinyin_keys`.

    Returns:
        Readings, the likeliest first: those whose inner syllables begin with a consonant, as the rules of spelling have it,
        then those with fewer syllables. Empty where the text is not pinyin.

    Source:
        GB/T 16159-2012; the order is ours.

    >>> pinyin_cuts("fangan"), pinyin_cuts("Xi'an"), pinyin_cuts("quantum")
    (('fan gan', 'fang an'), ('xi an',), ())
    """
    choices = [choice for part in _APART.split(_plain(text)) if part for choice in _choices(part)]
    if not all(choices) or not choices:
        return ()
    found: list[tuple[str, ...]] = [()]
    for choice in choices:
        found = sorted(((*head, *tail) for head in found for tail in choice), key=_unlikeliness)[:MAX_CUTS]
    return tuple(" ".join(one) for one in found)


def _plain(text: str) -> str:
    """Take tone marks off and write ü one way."""
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", _TONES.sub("", marked))
    return _MISSING_UMLAUT.sub("üe", _UMLAUT.sub("ü", plain))


def _choices(part: str) -> list[tuple[tuple[str, ...], ...]]:
    """Cut a part without spaces; where it has tone numbers, each stands behind one syllable."""
    found = _PARTS.findall(part)
    if "".join(found) != part or len(part) > MAX_LENGTH:
        return [()]
    if len(found) == 1:
        return [_cut(part)]
    runs = [one for one in found if not one.isdecimal()]
    return [((run,),) if number and run == "r" else _one_syllable(run) for number, run in enumerate(runs)]


def _one_syllable(run: str) -> tuple[tuple[str, ...], ...]:
    """Leave the cuts of a run that make it one syllable, or one with an r behind it."""
    return tuple(cut for cut in _cut(run) if len(cut) - (cut[-1] == "r") == 1)


def _unlikeliness(cut: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    """Order cuts: inner syllables that begin with a vowel, then syllables; an r that colours the one before it is none."""
    return sum(one[0] in "aeo" for one in cut[1:]), len(cut), cut


@lru_cache(maxsize=100_000)
def _cut(run: str) -> tuple[tuple[str, ...], ...]:
    """Cut a run of letters into syllables in every way."""
    syllables, _ = _table()
    reach: list[list[tuple[str, ...]]] = [[()], *([] for _ in run)]
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 6), end):
            piece = run[start:end]
            if piece in syllables or (piece == "r" and start):
                reach[end] += [(*head, piece) for head in reach[start]]
        reach[end] = sorted(reach[end], key=_unlikeliness)[:MAX_CUTS]
    return tuple(reach[-1])


@lru_cache(maxsize=100_000)
def han_readings(text: str) -> tuple[str, ...]:
    """List the readings in Mandarin that a text in Chinese characters can have.

    Args:
        text: Simplified or traditional; middle dots, hyphens and spaces are not said.

    Returns:
        Readings without tones, syllables apart, at most 64: first that with the usual reading of each character, then those
        with one unusual reading, and so on.
        They are there to match by: which one is right, the characters alone do not say. Empty where anything else
        stands in the text.

    Source:
        pypinyin 0.55.0 for the readings of each character, see NOTICE.

    >>> han_readings("重庆"), han_readings("トヨタ")
    (('zhong qing', 'chong qing'), ())
    """
    _, table = _table()
    characters = _APART.sub("", text)
    if not characters or len(characters) > MAX_LENGTH or any(one not in table for one in characters):
        return ()
    return tuple(" ".join(one) for one in islice(_likeliest([table[one] for one in characters]), MAX_READINGS))


def _likeliest(options: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield a reading of each character in every combination, those with fewer unusual readings first."""
    usual = tuple(one[0] for one in options)
    varied = [number for number, one in enumerate(options) if len(one) > 1]
    for n_unusual in range(len(varied) + 1):
        for places in combinations(varied, n_unusual):
            for choice in product(*(options[place][1:] for place in places)):
                reading = list(usual)
                for place, syllable in zip(places, choice, strict=True):
                    reading[place] = syllable
                yield tuple(reading)
