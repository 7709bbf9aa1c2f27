"""An index that finds what may sound alike among thousands of terms, so that only few are weighed.

Terms meet where the consonants of both, in six groups, are the same or differ by one. Comparing all with all does not do: two
thousand katakana terms and five thousand English ones are ten million pairs.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.sound.letters import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SoundIndex", "skeletons"]

MAX_SKELETONS = 16  # of one spelling, for places that leave the sound open
MIN_EDITED = 3  # consonants from which one may differ: one of two would meet half of all words
# r that only closes a syllable: ルーター and 卡特彼勒 drop that of router and Caterpillar, 默克尔 keeps that of Merkel.
_FINAL_R = re.compile(r"r(?=e? |[bcdfgjklmnpqrstvwxz])")
_FINAL_RU = re.compile(r"ru(?:[kg]u$)?(?![aiueo-])")  # ブルク, as Chinese has it in 堡
_Table = tuple[re.Pattern[str], dict[str, tuple[str, ...]]]
_DOUBLED = re.compile(r"([a-z])\1")


@cache
def _tables() -> dict[str, _Table]:
    found = tomllib.loads((files("termalign") / "data" / "sound" / "skeletons.toml").read_text(encoding="utf-8"))
    tables = {"en": dict(found["en"]["spellings"]), "ja": found["ja"]["letters"], "zh": found["zh"]["letters"]}
    return {
        language: (
            re.compile("|".join(sorted(table, key=len, reverse=True))),
            {one: tuple(each.strip("-") for each in groups.split()) for one, groups in table.items()},
        )
        for language, table in tables.items()
    }


@lru_cache(maxsize=100_000)
def skeletons(text: str, language: str, *, other: str) -> frozenset[str]:
    """Return the consonants of a term in six groups, in every way its spelling allows.

    Args:
        text: A term.
        language: Its tag.
        other: Tag of the language that it is compared with: against Chinese a ル that only closes a syllable may be dropped.

    Returns:
        Strings of P, T, S, K, N, R; empty where the term cannot be read by sound.

    Source:
        Ours, after Soundex (Russell 1918), with groups that suit kana and pinyin.

    >>> skeletons("flagship", "en", other="ja") & skeletons("フラッグシップ", "ja", other="en")
    frozenset({'PRKSP'})
    """
    found: set[str] = set()
    for sounds in spoken(text, language):
        spelt = {sounds}
        if language == "en":
            spelt = {_DOUBLED.sub(r"\1", one) for one in (sounds, _FINAL_R.sub("", sounds))}
        elif language == "ja" and other != "en":
            spelt.add(_FINAL_RU.sub("", sounds))
        for one in spelt:
            found |= _groups(one, _tables()[language[:2]])
    return frozenset(found)


def _groups(letters: str, table: _Table) -> set[str]:
    """Return the groups of consonants that letters can stand for."""
    pattern, groups = table
    found = {""}
    for match in pattern.finditer(letters):
        options = groups[match[0]]
        if len(found) * len(options) > MAX_SKELETONS:
            options = options[:1]
        found = {head + tail for head in found for tail in options}
    return found


def _keys(skeleton: str) -> set[str]:
    """Return a skeleton, and where it is long enough each that has one consonant less."""
    found = {skeleton}
    if len(skeleton) >= MIN_EDITED:
        found |= {skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton))}
    return found


class SoundIndex:
    """Terms of one language, found by the consonants of a term of another.

    Args:
        texts: Terms.
        language: Their tag.
        other: Tag of the language of the terms that are looked up.
    """

    def __init__(self, texts: Iterable[str], *, language: str, other: str) -> None:
        self._languages = (language, other)
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        for text in texts:
            for key in {key for one in skeletons(text, language, other=other) for key in _keys(one)}:
                self._texts[key].append(text)

    def near(self, text: str) -> tuple[str, ...]:
        """Find the terms that may sound like one of the other language.

        Args:
            text: A term.

        Returns:
            Terms of the index, sorted; those that sound alike and many that do not: weigh them by
            :func:`termalign.languages.sound.similarity.reading_similarity`.
        """
        language, other = self._languages
        keys = {key for one in skeletons(text, other, other=language) for key in _keys(one) if key}
        return tuple(sorted({found for key in keys for found in self._texts.get(key, ())}))
