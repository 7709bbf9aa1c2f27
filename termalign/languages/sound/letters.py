"""Terms as strings of sounds or letters, one alphabet for each language; what two languages' strings are compared by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice

from termalign.languages.sound.kana import kana_sounds
from termalign.languages.sound.pinyin import han_readings

__all__ = ["latin_letters", "pinyin_sounds", "spoken"]

MAX_SPOKEN = 12  # readings of a Chinese text that are tried
_WORDS = re.compile("[a-z]+")
_NO_LETTERS = re.compile(r"[a-z\s.,\-‐‑–'’·・]+")
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_PINYIN = (("zh", "Z"), ("ch", "C"), ("sh", "S"), ("ng", "G"), ("ü", "v"))


@lru_cache(maxsize=100_000)
def latin_letters(text: str) -> str | None:
    """Reduce a Latin spelling to small letters from a to z.

    Args:
        text: A term or name.

    Returns:
        Its words with a space before and behind each; accents and marks are gone, so that ``München`` is `` munchen ``.
        ``None`` where it holds anything else, such as a digit, or no letter.

    Source:
        Ours.

    >>> latin_letters("Coca-Cola"), latin_letters("5G")
    (' coca cola ', None)
    """
    marked = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    plain = "".join(char for char in marked if not unicodedata.combining(char))
    words = _WORDS.findall(plain)
    if not words or not _NO_LETTERS.fullmatch(plain):
        return None
    return f" {' '.join(words)} "


def pinyin_sounds(reading: str) -> str:
    """Write pinyin with one letter a sound.

    Args:
        reading: Syllables apart, without tones, as :func:`termalign.languages.sound.pinyin.han_readings` gives them.

    Returns:
        Letters as in ``termalign/data/sound/classes.toml``.

    Source:
        Ours.

    >>> pinyin_sounds("te lang pu"), pinyin_sounds("an ge er")
    ('telaGpu', 'angeR')
    """
    return "".join(map(_syllable, reading.split(" ")))


@cache
def _syllable(text: str) -> str:
    """Write one syllable; by itself, since n and g of two syllables are not ng (安哥拉)."""
    for one, other in _PINYIN:
        text = text.replace(one, other)
    return "R" if text == "er" else text


@lru_cache(maxsize=100_000)
def spoken(text: str, language: str) -> tuple[str, ...]:
    """Return what a term can sound like, in the alphabet of its language.

    Args:
        text: A term.
        language: Its tag.

    Returns:
        For Japanese the sounds of kana, for Chinese those of the characters' readings, for English letters; empty where
        the term cannot be read so: Japanese with Han characters, Latin with digits.

    Source:
        Ours.

    >>> spoken("トランプ", "ja"), spoken("特朗普", "zh-Hans"), spoken("Trump", "en"), spoken("東京", "ja")
    (('toraNpu',), ('telaGpu',), (' trump ',), ())
    """
    if language.startswith("zh"):
        return tuple(dict.fromkeys(map(pinyin_sounds, islice(han_readings(text), MAX_SPOKEN))))
    found = kana_sounds(text) if language == "ja" else latin_letters(text)
    return (found,) if found else ()
