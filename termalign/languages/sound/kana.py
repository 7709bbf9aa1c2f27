"""Kana as sounds, and keys by which kana and Latin spellings of Japanese are one.

Ours exists because romanisers spell for readers (ティ as tei, ヴァ as va-), and because no two Latin spellings of a name agree:
Tōkyō, Tokyo, Toukyou and トーキョー have one key here.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["kana_key", "kana_sounds", "romaji_keys"]

MAX_KEYS = 16  # of one Latin spelling: four places where n may close the syllable before a vowel
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_UNSAID = dict.fromkeys(map(ord, " 　・･·‧=＝゠-‐‑–'’"))
_LONG = re.compile(r"-|(?<=o)[uo]|([aiue])(?=\1)")
_GEMINATE = re.compile(r"([kgsztdpbSCTJF])(?=\1)")
_LENGTH_H = re.compile(r"(?<=o)h(?![aiueoy])")
_LABIAL_M = re.compile(r"m(?=[bpm])")
_FINAL_N = re.compile(r"n(?![aiueoy])")
_OPEN_N = re.compile(r"n(?=[aiueoy])")
_SAID = re.compile(r"(?:(?:[kgsztdnhbpmrSCTJFwy]|[kgnhbpmr]y)?[aiueo]|[NQ])+")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("termalign") / "data" / "sound" / "kana.toml").read_text(encoding="utf-8"))


@cache
def _units() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that cuts kana into units of one or two, and the sounds of each."""
    table = _table()
    units = {
        kana: consonant + vowel
        for consonant, row in table["rows"].items()
        for kana, vowel in zip(row, table["vowels"], strict=True)
    }
    units |= table["single"]
    for kana, sounds in list(units.items()):
        if sounds[-1] == "i" and len(sounds) == 2:  # noqa: PLR2004 - a consonant and its vowel
            for small, glide in table["glides"].items():
                units[kana + small] = sounds[0] + (glide[1:] if sounds[0] in "SCJ" else glide)
    for kana, consonant in table["replaced"].items():
        units |= {kana + small: consonant + vowel for small, vowel in zip("ァィゥェォ", table["vowels"], strict=True)}
    units |= table["small"]
    return re.compile("|".join(sorted(units, key=len, reverse=True))), units


@lru_cache(maxsize=100_000)
def kana_sounds(text: str) -> str | None:
    """Write kana as sounds.

    Args:
        text: Katakana or hiragana, of any width; middle dots, hyphens, apostrophes and spaces are not said.

    Returns:
        One letter a sound, see ``termalign/data/sound/kana.toml``. ``None`` where anything else stands in the text, or
        nothing.

    Source:
        Ours, after the kana chart of the Cabinet notice 外来語の表記 (1991).

    >>> kana_sounds("フラッグシップ"), kana_sounds("ルーター"), kana_sounds("量子")
    ('FuraQguSiQpu', 'ru-ta-', None)
    """
    plain = unicodedata.normalize("NFKC", text).translate(_UNSAID).translate(_TO_KATAKANA)
    pattern, units = _units()
    cut = pattern.findall(plain)
    if not cut or sum(map(len, cut)) != len(plain):
        return None
    return "".join(units[unit] for unit in cut)


def kana_key(text: str) -> str | None:
    """Return the key by which a kana reading is looked up, the same for all its spellings.

    Args:
        text: Katakana or hiragana.

    Returns:
        Sounds without the length of vowels (ー, オウ, オオ, ウウ), with チ and ティ, ジ and ディ, ツ and トゥ united. ``None``
        where the text is not kana. Compare it with :func:`romaji_keys`.

    Source:
        Ours.

    >>> kana_key("トウキョウ") == kana_key("トーキョー") == "tokyo"
    True
    """
    sounds = kana_sounds(text)
    return None if sounds is None else _key(sounds)


def _key(sounds: str) -> str:
    """Take the length of vowels off, and unite what is spelt either way."""
    for one, other in _table()["key"].items():
        sounds = sounds.replace(one, other)
    return _LONG.sub("", sounds)


@lru_cache(maxsize=100_000)
def romaji_keys(text: str) -> frozenset[str]:
    """Return the keys of the kana that a Latin spelling of Japanese can stand for.

    Args:
        text: Latin letters in Hepburn, Kunrei or as typed; length by macron, circumflex, doubled vowel, h, or not at all.

    Returns:
        Keys as :func:`kana_key` gives them; several where n may close a syllable before a vowel (Junichiro). Empty where
        the text is no Latin spelling of Japanese.

    Source:
        ISO 3602 (Kunrei) and the Hepburn system as printed in Japanese passports, where length is not written.

    >>> romaji_keys("Tōkyō") == romaji_keys("toukyou") == {"tokyo"}
    True
    >>> romaji_keys("quantum")
    frozenset()
    """
    letters = _letters(text)
    if not letters:
        return frozenset()
    for one, other in _table()["romaji"].items():
        letters = letters.replace(one, other)
    letters = _GEMINATE.sub("Q", letters)
    letters = _FINAL_N.sub("N", _LABIAL_M.sub("n", _LENGTH_H.sub("", letters)))
    found = {letters.replace("'", "")} if "'" in letters else _with_closing_n(letters)
    return frozenset(_key(one) for one in found if _SAID.fullmatch(one))


def _letters(text: str) -> str:
    """Reduce Latin letters to small ones without length marks; N is a closing n that is marked as such by an apostrophe."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = re.sub("[\u0304\u0302]", "", plain).replace("’", "'").replace("n'", "N'")
    return re.sub(r"[\s\-‐‑–]", "", plain)


def _with_closing_n(letters: str) -> set[str]:
    """List the readings of a spelling without apostrophes, where n before a vowel may close the syllable before it."""
    found = {letters}
    for match in _OPEN_N.finditer(letters):
        if match.start() and letters[match.start() - 1] in "aiueo" and len(found) < MAX_KEYS:
            found |= {one[: match.start()] + "N" + one[match.end() :] for one in found}
    return found
