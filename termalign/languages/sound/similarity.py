"""How likely two terms of different languages are one word by sound."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from math import exp, log
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.languages.fold import simplify
from termalign.languages.sound.kana import kana_key, romaji_keys
from termalign.languages.sound.letters import latin_letters, spoken
from termalign.languages.sound.pinyin import han_readings, pinyin_keys
from termalign.languages.sound.transducer import transducer
from termalign.model import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["is_transliteration", "native_spellings", "reading_similarity", "spelling_similarity"]

MAX_TRIED = 12  # pairs of readings that are weighed
MAX_NAME_WORDS = 4  # in a Latin name whose words are tried in another order
# How much less one side may tell than the other before more makes no difference: beyond it nothing was learned, and a clipped
# word (コンビニ, convenience store) would pass.
MAX_UNBALANCE = 0.3
ROUND = 4  # digits of a similarity
# A spelling of Japanese or Chinese that is the very reading: how sure that is, by its syllables (vowels of romaji). Short ones
# are other words' readings too: kai, ma. Set by hand; the last holds for all longer ones.
EXACT = (0.0, 0.3, 0.8, 0.95, 0.99)
_VOWELS = frozenset("aiueoN")
_NEVER = float("-inf")


def reading_similarity(one: str, other: str, *, languages: tuple[str, str], reading: str = "") -> float | None:
    """Say how likely two terms of different languages are one word or name by their sound.

    Args:
        one: A term.
        other: A term of the other language.
        languages: Their tags, in this order: two of ``ja``, ``zh-Hans``, ``zh-Hant``, ``en``; the last for any Latin spelling.
        reading: Kana reading of the Japanese term, where it is not written in kana.

    Returns:
        In [0, 1], higher is likelier, the same in either order: the share of pairs of this score that are one word where
        half of all pairs are, and each of the others is a word with the one of 300 others that sounds most like it. 1 is
        never reached: silicon and シリコーン sound alike too. ``None`` where a side cannot be read by sound: Japanese with
        Han characters and no reading, Latin with digits, two terms of one language, Japanese in Han against Chinese.

    Raises:
        ConfigError: A tag is not one of the four.

    Source:
        Knight & Graehl (1998), Machine transliteration, CL 24(4), for going back from katakana; weights and calibration are
        learned from our own pairs by ``scripts/make_sound_tables.py``.

    >>> reading_similarity("イノベーション", "innovation", languages=("ja", "en")) > 0.9
    True
    >>> reading_similarity("トランプ", "特朗普", languages=("ja", "zh-Hans")) > 0.9
    True
    >>> reading_similarity("量子", "quantum", languages=("ja", "en")) is None
    True
    """
    for tag in languages:
        if tag not in TAGS:
            raise ConfigError(f"no language {tag!r}; write one of {', '.join(TAGS)}")
    left, right = sorted(((languages[0][:2], one), (languages[1][:2], other)))
    if left[0] == right[0]:
        return None
    found = [_alike(left, right)]
    if left[0] == "en":
        found.append(spelling_similarity(left[1], right[1], language=right[0], reading=reading))
    known = [value for value in found if value is not None]
    return round(max(known), ROUND) if known else None


def _alike(left: tuple[str, str], right: tuple[str, str]) -> float | None:
    """Weigh two terms by the pieces of their spellings; the languages are in order of their names."""
    name = {("en", "ja"): "en-ja", ("en", "zh"): "en-zh", ("ja", "zh"): "zh-ja"}[left[0], right[0]]
    if name == "zh-ja":
        left, right = right, left
    return _weighed(name, left[1], right[1])


@lru_cache(maxsize=100_000)
def _weighed(name: str, left: str, right: str) -> float | None:
    """Weigh two terms by one transducer."""
    languages = name.split("-")
    model = transducer(name)
    best: tuple[float, float, float] | None = None
    for number, pair in enumerate(product(spoken(left, languages[0]), spoken(right, languages[1]))):
        if number == MAX_TRIED:
            break
        information = model.information(*pair)
        found = (model.weight(*pair) / max(information), min(information), max(information))
        best = max(best, found) if best else found
    return None if best is None else _calibrated(name, *best)


@cache
def _calibration() -> Mapping[str, Mapping[str, float]]:
    text = (files("termalign") / "data" / "sound" / "calibration.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["logistic"]  # type: ignore[no-any-return]


def _calibrated(name: str, share: float, least: float, most: float) -> float:
    """Turn a weight into a likelihood.

    Args:
        name: The transducer.
        share: The weight, as a share of the larger information.
        least: The smaller information of the two strings.
        most: The larger.
    """
    if share == _NEVER:
        return 0.0
    found = _calibration()[name]
    value = (
        found["bias"]
        + found["share"] * share
        + found["length"] * log(least)
        + found["balance"] * min(MAX_UNBALANCE, 1 - least / most)
    )
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


@lru_cache(maxsize=100_000)
def spelling_similarity(latin: str, text: str, *, language: str, reading: str = "") -> float | None:
    """Say how likely a Latin spelling is the romaji or pinyin of a term, sound for sound.

    Args:
        latin: A term in Latin letters; the words of a name may stand in another order.
        text: A term in kana, or in Han characters.
        language: ``ja`` or a tag of Chinese.
        reading: Kana reading of a Japanese term, where it is not written in kana.

    Returns:
        0 where it is not; else in [0.3, 0.99], higher for longer readings, since short ones are other words' too: numbers set
        by hand. ``None`` where either cannot be read.

    Source:
        Ours.

    >>> spelling_similarity("Shinzo Abe", "安倍晋三", language="ja", reading="アベシンゾウ")
    0.99
    >>> spelling_similarity("Xi Jinping", "习近平", language="zh-Hans")
    0.99
    """
    if language == "ja":
        key = kana_key(reading or text)
        wanted = frozenset({key}) if key else frozenset[str]()
        n_syllables = sum(letter in _VOWELS for letter in key or "")
    else:
        readings = han_readings(text)
        wanted = frozenset(readings)
        n_syllables = readings[0].count(" ") + 2 if readings else 0  # a syllable of pinyin tells more than one of kana
    if not wanted:
        return None
    if not wanted.isdisjoint(native_spellings(latin, language=language)):
        return EXACT[min(n_syllables, len(EXACT) - 1)]
    return 0.0 if latin_letters(latin) else None


def native_spellings(latin: str, *, language: str) -> frozenset[str]:
    """Return the keys of a Latin text taken as romaji or pinyin.

    Args:
        latin: A term in Latin letters.
        language: ``ja`` or a tag of Chinese.

    Returns:
        Keys as :func:`romaji_keys` or :func:`pinyin_keys` give them, of the text and of its words in the orders that names
        are given in (Shinzo Abe, Abe Shinzo); empty where it cannot be such a spelling.

    Source:
        Ours.
    """
    keys = romaji_keys if language == "ja" else pinyin_keys
    return frozenset[str]().union(*map(keys, _orders(latin)))


def _orders(latin: str) -> Iterator[str]:
    """Yield a Latin name as it stands, then with its first word last and its last word first (Taro Yamada)."""
    yield latin
    words = latin.split()
    if 1 < len(words) <= MAX_NAME_WORDS:
        yield " ".join((*words[1:], words[0]))
        if len(words) > 2:  # noqa: PLR2004 - with two words it is the same
            yield " ".join((words[-1], *words[:-1]))


@cache
def _transliterating() -> frozenset[str]:
    text = (files("termalign") / "data" / "sound" / "transliterating.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["characters"])


def is_transliteration(text: str) -> bool:
    """Tell whether a Chinese text can be a foreign name by its characters.

    Args:
        text: Simplified or traditional.

    Returns:
        Whether it has two characters or more, each of them one that names are transliterated with, middle dots apart. Such
        characters stand in other words too.

    Source:
        Ours; the characters are those of our list of names.

    >>> is_transliteration("西莉亚·梅尔茨巴赫"), is_transliteration("量子计算")
    (True, False)
    """
    characters = [char for char in simplify(text) if char not in "·・‧•- "]
    return len(characters) > 1 and _transliterating().issuperset(characters)
