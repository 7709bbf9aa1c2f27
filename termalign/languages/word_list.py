"""Words of Japanese and Chinese with what each costs in a cut of a text: for telling where a word ends without a tokeniser.

The dictionaries that come with the tokenisers (jieba's list, Sudachi's entries) are read as lists. Reading Sudachi's takes
seconds, so callers keep the result (:mod:`termalign.workspace.cache`).
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.characters import HAN, HIRAGANA
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST_WORD", "TERM_COST", "WordList", "word_list"]

LONGEST_WORD = 6  # characters; a longer word is a compound of shorter ones
SHORTEST_KANA_WORD = 3  # shorter ones stand inside everything
LONGEST_PLACE = 3  # characters; longer names of places are addresses
SHORTEST_COMPOUND = 4  # characters of a word that two words of two characters or more may make
# Costs where a dictionary has no counts: of a known word, of a single Han character, of a particle, of another kana. A cut into
# fewer words is cheaper, and two words are cheaper than a word and two single characters. Ours.
KNOWN, LONE_HAN, PARTICLE, LONE_KANA = 10.0, 13.0, 5.0, 12.0
COMMON_NOUN = 300  # counts in jieba's list, of 60 million
UNKNOWN = 18.0  # of a character that is no word, in a list with counts
TERM_COST = 10.0  # of a term that is no known word: that of a known word

_JAPANESE = re.compile(f"[{HAN}{HIRAGANA}]{{2,{LONGEST_WORD}}}")
_HAN_WORD = re.compile(f"[{HAN}]+")
_KANA_WORD = re.compile(f"[{HIRAGANA}]+")


class WordList(NamedTuple):
    """Words by their keys (:func:`termalign.languages.fold.fold`).

    Args:
        costs: Word to what it costs in a cut, 0 and up; a cheaper cut is likelier. Words of one character among them.
        lone: What a single Han character and a single kana cost that are no words.
    """

    costs: dict[str, float]
    lone: tuple[float, float]


@cache
def _rules() -> dict[str, dict[str, str]]:
    """Read ``data/boundaries.toml`` once."""
    return tomllib.loads((files("termalign") / "data" / "boundaries.toml").read_text(encoding="utf-8"))


def word_list(language: str) -> WordList:
    """Collect the words of a language from the dictionary of its tokeniser.

    Args:
        language: ``ja``, ``zh-Hans`` or ``zh-Hant``: the two scripts of Chinese have one list, since keys know no script.

    Returns:
        Words of at most 6 characters. Compounds of two words that each have two characters or more are left out (人工|知能):
        a term is a constituent of them. So are words with an affix that is added freely (学生|们). Idioms stay whole.

    Raises:
        ConfigError: The dictionary of the tokeniser is not installed.

    Source:
        Sudachi's core dictionary; jieba's word list, costs being minus the logarithm of a word's share of all counts.
    """
    tag = "ja" if language == "ja" else "zh"
    rules = _rules()[tag]
    before, behind = (str(fold(rules[side])) for side in ("before", "behind"))
    costs, whole = _japanese(rules["particles"].split()) if tag == "ja" else _chinese()
    kept = {
        word: cost
        for word, cost in costs.items()
        if word in whole or not _is_free(word, costs, before=before, behind=behind)
    }
    return WordList(kept, (LONE_HAN, LONE_KANA) if tag == "ja" else (UNKNOWN, UNKNOWN))


def _is_free(word: str, costs: dict[str, float], *, before: str, behind: str) -> bool:
    """Tell whether a word is a compound of two words, or a word with a free affix; behind any word, known or not."""
    size = len(word)
    if size > 2 and (word[-1] in behind or (word[0] in before and word[1:] in costs)):  # noqa: PLR2004 - a word and an affix
        return True
    return size >= SHORTEST_COMPOUND and any(word[:at] in costs and word[at:] in costs for at in range(2, size - 1))


def _chinese() -> tuple[dict[str, float], set[str]]:
    """Read jieba's list without names of Chinese people; idioms and names written by sound are whole.

    The list calls some compounds of two common nouns idioms (能源|危机); those are compounds.
    """
    counts: dict[str, int] = {}
    idioms: set[str] = set()
    whole: set[str] = set()
    nouns: set[str] = set()
    for line in _jieba_lines():
        word, count, tag = line.split(" ")
        if len(word) <= LONGEST_WORD and _HAN_WORD.fullmatch(word) and tag != "nr":
            key = str(fold(word))
            counts[key] = counts.get(key, 0) + int(count)
            if tag in {"nrt", "nrfg"}:
                whole.add(key)
            elif tag == "i":
                idioms.add(key)
            elif tag in {"n", "vn"} and len(key) > 1 and int(count) >= COMMON_NOUN:
                nouns.add(key)
    total = math.log(sum(counts.values()))
    whole |= {word for word in idioms if not (word[:2] in nouns and word[2:] in nouns)}
    return {word: total - math.log(max(1, count)) for word, count in counts.items()}, whole


def _jieba_lines() -> Iterator[str]:
    """Yield the lines of jieba's dictionary without importing jieba, which takes a second to get ready."""
    spec = find_spec("jieba")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    return iter((folder / "dict.txt").read_text(encoding="utf-8").splitlines())


def _japanese(particles: list[str]) -> tuple[dict[str, float], set[str]]:
    """Read Sudachi's entries: nouns, places, conjugated forms; words with kana in them are whole."""
    from sudachipy import Dictionary  # noqa: PLC0415 - only for Japanese

    costs: dict[str, float] = {}
    whole: set[str] = set()
    longest: dict[int, int] = {}  # by the number of a part of speech
    for entry in Dictionary().entries():
        text = entry.surface()
        if not _JAPANESE.fullmatch(text):
            continue
        number = entry.part_of_speech_id()
        if number not in longest:
            longest[number] = _longest(entry.part_of_speech())
        if len(text) > longest[number] or (len(text) < SHORTEST_KANA_WORD and _KANA_WORD.fullmatch(text)):
            continue
        key = str(fold(text))
        costs[key] = KNOWN
        if not _HAN_WORD.fullmatch(text):
            whole.add(key)
    costs |= {str(fold(word)): PARTICLE for word in particles}
    return costs, whole


def _longest(tags: tuple[str, ...]) -> int:
    """Say how long a word of a part of speech may be; 0 for names of people and firms, particles and marks."""
    if tags[0] in {"助詞", "助動詞", "補助記号", "記号", "空白", "感動詞", "接続詞"}:
        return 0
    if tags[1] == "固有名詞":
        return LONGEST_PLACE if tags[2] == "地名" else 0
    return LONGEST_WORD
