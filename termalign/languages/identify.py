"""Which of Japanese, Chinese and English a text is, from its characters.

A term of Han characters alone is often legitimate in several languages (量子), so the answer is a list of candidates and
not one label; the language identifiers on the market give one, and never Japanese for such a term (DEPENDENCIES.md 2.8).
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from termalign.languages.characters import HAN, KANA, LATIN

__all__ = ["Profile", "identify", "language_of", "likelihoods", "profile", "seems_to_be"]

# Share of kana in running Japanese, and where it is held low: a term, a title (ours, from policy papers and manuals).
KANA_IN_TEXT, KANA_IN_TERMS, SHARE_OF_TERMS = 0.5, 0.03, 0.5
# Kana in Chinese text come as names of brands and quoted words.
KANA_IN_CHINESE = 0.01
# How likely a character of the second level of a national set, or of none of its levels, is in text of that country.
SECOND_LEVEL, OUTSIDE = math.log(0.15), math.log(0.002)
PRIOR: Final = {"ja": 0.4, "zh-Hans": 0.45, "zh-Hant": 0.15}
MIN_PROBABILITY = 0.01  # rarer candidates are noise
# Lead bytes of the first and the second level of each national character set, end excluded (GB 2312, Big5, JIS X 0208).
LEVELS: Final = {
    "ja": ("shift_jis", (0x88, 0x99), (0x98, 0xEB)),
    "zh-Hans": ("gb2312", (0xB0, 0xD8), (0xD8, 0xF8)),
    "zh-Hant": ("big5", (0xA4, 0xC7), (0xC9, 0xFA)),
}
FIRST_OF_JIS_LEVEL_2 = 0x989F  # one lead byte holds the end of level 1 and the beginning of level 2
# Latin text is called foreign from so many words on, by so many function words or letters with a diacritic.
MIN_FOREIGN_WORDS, MIN_FOREIGN_SHARE, MIN_MARKED_SHARE, MAX_ENGLISH_SHARE = 6, 0.15, 0.04, 0.15
HAN_PER_WORD = 1.5  # Han characters and kana that say as much as one English word

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+", re.ASCII)
_HAN = re.compile(f"[\u2e80-\u2fdf\u3005-\u3007{HAN}]")  # Kangxi radicals, too: PDF files have them for characters
_KANA = re.compile(f"[{KANA}]")
_WORD = re.compile(f"[{LATIN}\u1e00-\u1eff]+")
_MARKED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_OTHER = re.compile(rf"[^\W\d_\u2e80-\u2fdf\u3005-\u3007{HAN}{KANA}{LATIN}\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What counts for the language of a text.

    Args:
        han: Its distinct Han characters.
        n_han: How many Han characters.
        n_kana: How many kana.
        n_words: How many words in Latin script.
        n_function: How many of them are English function words.
        foreign: The language in Latin script that it seems to be instead of English; else empty.
        n_other: How many letters of any other script.
    """

    han: frozenset[str]
    n_han: int
    n_kana: int
    n_words: int
    n_function: int
    foreign: str
    n_other: int

    @property
    def n_cjk(self) -> int:
        """How many Han characters and kana."""
        return self.n_han + self.n_kana

    @property
    def has_letters(self) -> bool:
        """Whether any letter of any script stands there."""
        return bool(self.n_cjk or self.n_words or self.n_other)


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/identify.toml``."""

    english: frozenset[str]
    latin: dict[str, frozenset[str]]
    scripts: dict[str, str]


@cache
def _words() -> _Words:
    """Read the word lists once."""
    table = tomllib.loads((files("termalign") / "data" / "identify.toml").read_text(encoding="utf-8"))
    english = frozenset(table["english"])
    latin = {name: frozenset(words) - english for name, words in table["latin"].items()}
    return _Words(english, latin, table["scripts"])


@cache
def _levels() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the Han characters of the two levels of each national set."""
    return {tag: (_decoded(codec, *first), _decoded(codec, *second)) for tag, (codec, first, second) in LEVELS.items()}


def _decoded(codec: str, low: int, high: int) -> frozenset[str]:
    """Decode all two-byte codes with these lead bytes."""
    second = low == FIRST_OF_JIS_LEVEL_2 >> 8
    codes = (
        bytes((lead, trail))
        for lead in range(low, high)
        for trail in range(0x40, 0xFF)
        if codec != "shift_jis" or second == (lead << 8 | trail >= FIRST_OF_JIS_LEVEL_2)
    )
    return frozenset(_HAN.findall("".join(code.decode(codec, "ignore") for code in codes)))


def profile(text: str) -> Profile:
    """Count what tells the language of a text.

    Args:
        text: Any string.

    Returns:
        The counts; all zero for text without letters.

    Source:
        Ours.
    """
    text = _ADDRESS.sub(" ", text)
    words = _WORD.findall(text)
    lower = Counter(word.lower() for word in words)
    han = _HAN.findall(text)
    return Profile(
        han=frozenset(han),
        n_han=len(han),
        n_kana=len(_KANA.findall(text)),
        n_words=len(words),
        n_function=sum(count for word, count in lower.items() if word in _words().english),
        foreign=_foreign(lower),
        n_other=len(_OTHER.findall(text)),
    )


def _foreign(words: Counter[str]) -> str:
    """Name the language in Latin script that these words are, if they are clearly no English."""
    total = words.total()
    if total < MIN_FOREIGN_WORDS:
        return ""
    shares = {
        name: sum(words[word] for word in known if word in words) / total for name, known in _words().latin.items()
    }
    best = max(shares, key=shares.__getitem__)
    english = sum(words[word] for word in _words().english if word in words) / total
    if shares[best] >= MIN_FOREIGN_SHARE and shares[best] > english:
        return best
    letters = sum(len(word) * count for word, count in words.items())
    marked = sum(len(_MARKED.findall(word)) * count for word, count in words.items())
    if marked >= MIN_MARKED_SHARE * letters and english < MAX_ENGLISH_SHARE:
        return best if shares[best] else "a language in Latin script other than English"
    return ""


def likelihoods(found: Profile) -> dict[str, float]:
    """Weigh the Han characters and kana of a text for Japanese and the two scripts of Chinese.

    Args:
        found: The counts of the text.

    Returns:
        Natural logarithm of the likelihood per tag, at most 0; all 0 for text without Han characters and kana.

    Source:
        Membership in the national character sets as DEPENDENCIES.md section 2.8 measured it; that their two levels order
        characters by use is stated by GB 2312-80, CNS 11643 (for Big5) and JIS X 0208. The combination is ours.
    """
    scores = {tag: sum(_level_cost(char, tag) for char in found.han) for tag in LEVELS}
    japanese = SHARE_OF_TERMS * _binomial(found, KANA_IN_TERMS), (1 - SHARE_OF_TERMS) * _binomial(found, KANA_IN_TEXT)
    chinese = _log_binomial(found, KANA_IN_CHINESE)
    mixed = math.log(sum(japanese)) if sum(japanese) else _log_binomial(found, KANA_IN_TEXT)
    return {tag: score + (mixed if tag == "ja" else chinese) for tag, score in scores.items()}


def _level_cost(char: str, tag: str) -> float:
    """Return the logarithm of how likely a Han character is in a language, by the level that holds it."""
    first, second = _levels()[tag]
    return 0.0 if char in first else SECOND_LEVEL if char in second else OUTSIDE


def _log_binomial(found: Profile, kana: float) -> float:
    """Return the log likelihood of kana and Han characters in this order where ``kana`` is the share of kana."""
    return found.n_kana * math.log(kana) + found.n_han * math.log(1 - kana)


def _binomial(found: Profile, kana: float) -> float:
    """Return the same as a likelihood; 0 where it is too small to be written."""
    return math.exp(_log_binomial(found, kana))


def identify(text: str) -> tuple[tuple[str, float], ...]:
    """List the languages that a text may be in.

    Args:
        text: Any string; a term, a sentence, a document.

    Returns:
        Tags out of ``ja``, ``zh-Hans``, ``zh-Hant``, ``en`` with probabilities in (0, 1] that sum to 1 before rounding to
        4 decimals, best first. Several for Han characters that several languages write so. Empty for text of another
        language and for text without letters.

    Source:
        Ours; see :func:`likelihoods`.

    >>> [tag for tag, _ in identify("量子")], identify("量子コンピュータ")
    (['zh-Hans', 'ja', 'zh-Hant'], (('ja', 1.0),))
    >>> identify("양자 컴퓨터")
    ()
    """
    found = profile(text)
    if not found.has_letters or _is_another(found):
        return ()
    english = _english_share(found)
    shares: dict[str, float] = {}
    if found.n_cjk:
        logs = {tag: value + math.log(PRIOR[tag]) for tag, value in likelihoods(found).items()}
        top = max(logs.values())
        weights = {tag: math.exp(value - top) for tag, value in logs.items()}
        shares = {tag: (1 - english) * weight / sum(weights.values()) for tag, weight in weights.items()}
    shares["en"] = english
    kept = {tag: share for tag, share in shares.items() if share >= MIN_PROBABILITY}
    total = sum(kept.values())
    return tuple(sorted(((tag, round(share / total, 4)) for tag, share in kept.items()), key=lambda one: -one[1]))


def _is_another(found: Profile) -> bool:
    """Tell whether the text is in none of the three languages."""
    if found.n_other > found.n_cjk * HAN_PER_WORD + found.n_words:
        return True
    return bool(found.foreign) and found.n_words > found.n_cjk / HAN_PER_WORD


def _english_share(found: Profile) -> float:
    """Return how much of the text is English, in [0, 1], by what the words say and not by their letters."""
    words = 0 if found.foreign else (found.n_words + 2 * found.n_function) ** 2
    characters = (found.n_cjk / HAN_PER_WORD) ** 2
    return words / (words + characters) if words else 0.0


def language_of(text: str, *, default: str = "") -> str:
    """Name the likeliest language of a text.

    Args:
        text: Any string.
        default: What to answer where the text does not tell.

    Returns:
        A tag, or ``default`` for text of another language and for text without letters.

    Source:
        Ours.
    """
    return next((tag for tag, _ in identify(text)), default)


def seems_to_be(text: str) -> str:
    """Say what a text seems to be that is none of Japanese, Chinese and English, for a message.

    Args:
        text: Any string.

    Returns:
        ``Korean``, ``German``, ``a language in Cyrillic script``; ``text without letters`` where there are none.

    Source:
        Names of scripts after the Unicode Character Database.
    """
    found = profile(text)
    letters = Counter(unicodedata.name(char, "").partition(" ")[0] for char in _OTHER.findall(text))
    if letters and found.n_other > found.n_words:
        script = letters.most_common(1)[0][0]
        return _words().scripts.get(script, f"a language in {script.title()} script" if script else "an unknown script")
    if found.foreign:
        return found.foreign
    return "a mixture of scripts" if found.has_letters else "text without letters"
