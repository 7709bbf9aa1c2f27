"""Names by sound: トランプ, 特朗普 and Trump have one skeleton of consonants, or nearly so.

Most of the words that no dictionary has are names of people and places, and they are what tells one news sentence from the next.
Vowels, length and voicing are spelled too differently in the three scripts to be compared; classes of consonants are not.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["SoundIndex", "letters_of", "skeletons"]

MIN_SKELETON = 2  # consonants of a name that is worth comparing; of two, all must agree
MIN_SIMILARITY = 0.8  # of longer ones: one consonant of five may be missing on a side
_VOWELS = "aeiou"
# Classes: what one script cannot tell apart, or tells by chance, is one class.
_CLASSES = str.maketrans("bpdtgkszxjqclrmnfwyh", "PPTTKKSSSSSSRRMNFWYH")

# Kana as consonant and vowel; voiced and unvoiced rows are one class. ち つ ず and their like may stand for T or S.
_KANA_ROWS = {
    "": "あいうえお", "k": "かきくけこがぎぐげご", "s": "さしすせそざじずぜぞ", "t": "たてとだでど", "c": "ちつぢづ", "n": "なにぬねのん",
    "h": "はひへほ", "f": "ふ", "p": "ぱぴぷぺぽばびぶべぼ", "m": "まみむめも", "y": "やゆよ", "r": "らりるれろ", "w": "わ",
}  # fmt: skip
_KANA = {kana: consonant for consonant, row in _KANA_ROWS.items() for kana in row}
_CODA = "尔"  # closes a syllable with the r that Japanese and many English speakers drop
_SMALL = "ぁぃぅぇぉゃゅょゎっ"

# English spelling, longest first; lookahead where the next letter decides. Silent letters give nothing.
_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"sch", "s"), (r"tch", "s"), (r"ch(?=r)", "k"), (r"sh", "s"), (r"ch", "s"), (r"ph", "f"), (r"th", "s"), (r"gh(?![aeiou])", ""), (r"ck", "k"),
    (r"(?<=[aeiou])ti(?=on)", "s"), (r"^kn", "n"), (r"^wr", "r"), (r"qu?", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"),
    (r"dg(?=e)", "s"), (r"g(?=[eiy])", "j"), (r"m(?=[pb])", "n"), (r"ng(?![aeiour])", "n"), (r"h(?![aeiou])", ""), (r"w(?![aeiou])", ""),
    (r"y(?![aeiou])", ""), (r"(?<=[aeiou])y(?![aeiou])", ""), (r"r(?=r)", ""), (r"([a-z])(?=\1)", ""),
)  # fmt: skip
_RULES = re.compile("|".join(f"(?P<r{number}>{pattern})" for number, (pattern, _) in enumerate(_ENGLISH[:-1])))
_DOUBLE = re.compile(r"([a-z])\1+")
_CODA_R = re.compile(r"r(?![aeiouy])")


@cache
def _syllables() -> Mapping[str, str]:
    """Load the consonants that each transliterating character stands for, once per process."""
    tables = tomllib.loads((files("termalign") / "data" / "transliteration.toml").read_text(encoding="utf-8"))
    found = {}
    for syllable, characters in tables["han"].items():
        ending = "n" if syllable.endswith(("n", "ng")) else "r" if syllable == "er" else ""
        start = re.match("[bcdfghjklmnpqrstwxyz]h?", syllable)
        letters = (start[0][0] if start and start[0] not in {"zh", "ch", "sh"} else "s" if start else "") + ending
        for character in characters:
            found[str(fold(character))] = letters
    return found


def skeletons(key: str, language: str) -> tuple[str, ...]:
    """Return how the consonants of a name may sound.

    Args:
        key: A folded word.
        language: Its tag.

    Returns:
        Classes of consonants, the likeliest first; empty for a word that cannot be a name written by sound, or has too few.

    Source:
        Ours; the idea is that of Knight & Graehl (1998), Machine transliteration, CL 24(4), without its training.

    >>> skeletons("とらんぷ", "ja") == skeletons("trump", "en")
    True
    """
    if language == "en":
        spelled = _english(key)
    elif language == "ja":
        spelled = _kana(key)
    else:
        spelled = _chinese(key)
    found = dict.fromkeys(letters.translate(_CLASSES) for letters in spelled)
    return tuple(one for one in found if len(one) >= MIN_SKELETON)


def letters_of(key: str) -> list[str | None]:
    """Return for each character of a folded Chinese word the consonants it writes in a name; ``None`` for one that writes none."""
    table = _syllables()
    return [table.get(character) for character in key]


def _chinese(key: str) -> list[str]:
    """Read a Chinese word: w as w and as b (韦, ベ), and with each 尔 (科尔宾, コービン) and with none but at the start."""
    letters = letters_of(key)
    if len(key) < MIN_SKELETON or None in letters:
        return []
    spelled = ["".join(one or "" for one in letters)]
    if _CODA in key[1:]:
        spelled.append("".join(one or "" for at, one in enumerate(letters) if not at or key[at] != _CODA))
    return [read for one in spelled for read in dict.fromkeys((one, one.replace("w", "b")))]


def _english(key: str) -> list[str]:
    """Read an English word: with each r, and with those before vowels only."""
    if not (key.isascii() and key.isalpha()):
        return []
    read = []
    heard = [key.replace("v", sound) for sound in "bw"] if "v" in key else [key]  # ジュネーブ, 日内瓦
    for spelling in (one for word in heard for one in (word, _CODA_R.sub("", word))):
        plain = _DOUBLE.sub(r"\1", spelling)
        sounds = _RULES.sub(lambda match: _ENGLISH[int(str(match.lastgroup)[1:])][1], plain)
        read.append("".join(letter for letter in sounds if letter not in _VOWELS))
    return read


def _kana(key: str) -> list[str]:
    """Read a word in kana."""
    letters = []
    for at, kana in enumerate(key):
        following = key[at + 1 : at + 2]
        if kana in _SMALL:
            continue
        if kana not in _KANA:
            return []
        if kana == "う" and following in {"ぁ", "ぃ", "ぇ", "ぉ"}:
            letters.append("w")
        else:
            letters.append(_KANA[kana])
    spelled = "".join(letters)
    read = [spelled.replace("c", "t"), spelled] if "c" in spelled else [spelled]
    return read if "んぐ" not in key else [*read, *_kana(key.replace("んぐ", "ん"))]  # リビングストン, 利文斯顿


class SoundIndex:
    """Finds the words of one language that sound like a word of another.

    Args:
        keys: Folded words and their numbers.
        language: Their tag.
    """

    def __init__(self, keys: Iterable[tuple[int, str]], language: str) -> None:
        self._holders: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
        for number, key in keys:
            for skeleton in skeletons(key, language):
                self._holders[skeleton[0]].setdefault(skeleton, []).append(number)
        self._known: dict[str, frozenset[int]] = {}

    def near(self, sounds: Sequence[str]) -> frozenset[int]:
        """Return the numbers of the words that may sound alike, for :func:`reading_similarity` to weigh.

        Args:
            sounds: Skeletons of a word of another language.

        Returns:
            Their numbers, in no order.
        """
        return frozenset(number for skeleton in sounds for number in self._near(skeleton))

    def _near(self, skeleton: str) -> frozenset[int]:
        """Find the words of the skeletons that are like one."""
        if skeleton not in self._known:
            holders = self._holders.get(skeleton[0], {})
            self._known[skeleton] = frozenset(
                number
                for other, numbers in holders.items()
                if Indel.normalized_similarity(skeleton, other, score_cutoff=MIN_SIMILARITY)
                for number in numbers
            )
        return self._known[skeleton]
