"""Character classes: which script a character belongs to, which marks enclose."""

from __future__ import annotations

import re

__all__ = [
    "CLOSING",
    "HAN",
    "HIRAGANA",
    "KANA",
    "KATAKANA",
    "LATIN",
    "OPENING",
    "QUOTES",
    "has_cjk",
    "has_kana",
    "has_latin",
    "is_acronym",
    "is_all_han",
    "is_han",
    "is_katakana",
]

# Insides of classes of regular expressions: f"[{HAN}]+". Source: Unicode 14, property Script.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "\u3041-\u3096\u309d-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # with ー, without the middle dot, which ends a run
KANA = HIRAGANA + KATAKANA
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\uff21-\uff3a\uff41-\uff5a"
# Round brackets, in which names are glossed.
OPENING = "（("
CLOSING = "）)"
# Marks that quote, and the titles of works.
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", '"': '"'}
MAX_SMALL_SHARE = 0.5  # of the letters of an acronym: QuIC and IonQ, not Google

_CJK = re.compile(f"[\u2e80-\u2fdf{HAN}{KANA}]")
_KANA = re.compile(f"[{KANA}]")
_LATIN = re.compile(f"[{LATIN}]")
_ALL_HAN = re.compile(f"[{HAN}]+")
_ACRONYM = re.compile(f"[{LATIN}][{LATIN}0-9&.+/·・‐\\-]{{1,14}}")
_RADICALS_AND_NUMERALS = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b]")
_KATAKANA = re.compile(f"[{KATAKANA}]+")


def has_cjk(text: str) -> bool:
    """Tell whether a Han character or a kana stands in the text."""
    return _CJK.search(text) is not None


def has_kana(text: str) -> bool:
    """Tell whether a kana stands in the text."""
    return _KANA.search(text) is not None


def has_latin(text: str) -> bool:
    """Tell whether a Latin letter stands in the text."""
    return _LATIN.search(text) is not None


def is_all_han(text: str) -> bool:
    """Tell whether the text is Han characters and nothing else; empty text is not."""
    return _ALL_HAN.fullmatch(text) is not None


def is_han(character: str) -> bool:
    """Tell whether a character is Han: an ideograph, a Kangxi radical, 々 or 〇."""
    return _ALL_HAN.fullmatch(character) is not None or _RADICALS_AND_NUMERALS.fullmatch(character) is not None


def is_katakana(text: str) -> bool:
    """Tell whether the text is an unbroken run of katakana, ー included; empty text is not."""
    return _KATAKANA.fullmatch(text) is not None


def is_acronym(text: str) -> bool:
    """Tell whether a name looks like an acronym: one word, two capitals or more, few small letters (``Q-LEAP``, ``QuIC``)."""
    if not _ACRONYM.fullmatch(text):
        return False
    letters = [char for char in text if char.isalpha()]
    n_small = sum(char.islower() for char in letters)
    return len(letters) - n_small > 1 and n_small <= MAX_SMALL_SHARE * len(letters)
