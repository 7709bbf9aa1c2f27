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
from typing import TYPE_CHECKING, Final

from termalign.languages.characters import HAN, KANA, LATIN
from termalign.languages.han_model import HAN_TAGS, han_log_likelihood, han_pairs
from termalign.model import canonical_tag

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["MIN_PROBABILITY", "Profile", "identify", "language_of", "likelihoods", "profile", "seems_to_be"]

# Share of kana in running Japanese, and where it is held low: a term, a title (ours, from policy papers and manuals). How many
# texts are of the second kind; few where marks show a sentence.
KANA_IN_TEXT, KANA_IN_TERMS, SHARE_OF_TERMS, SHARE_OF_TERMS_WITH_MARKS = 0.5, 0.03, 0.5, 0.03
# Kana in Chinese text come as names of brands and quoted words.
KANA_IN_CHINESE = 0.01
# The names of eras that Japan counts its years by, and how many times likelier they are in Japanese (ours; Chinese papers name them too).
ERAS: Final = frozenset({"明治", "大正", "昭和", "平成", "令和"})
ERA_WEIGHS = 6
PRIOR: Final = {"ja": 0.4, "zh-Hans": 0.4, "zh-Hant": 0.2}
MIN_PROBABILITY = 0.1  # a candidate has this much or is the best; with it the sets hold the truth and little else
# Latin text is called foreign from so many words on, by so many function words or letters with a diacritic.
MIN_FOREIGN_WORDS, MIN_FOREIGN_SHARE, MIN_MARKED_SHARE, MAX_ENGLISH_SHARE = 6, 0.15, 0.04, 0.15
MIN_FOREIGN_KINDS = 2  # different function words: "non" alone is Italian and computing
HAN_PER_WORD = 1.5  # Han characters and kana that say as much as one English word
MIN_AROUND_KANA = (
    6  # Han characters around kana in quotation marks that speak for themselves: a Japanese title in Chinese text
)
CLAUSE = 3  # words in a row from which Latin words inside Japanese or Chinese make English and not names or code

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+", re.ASCII)
# What stands in brackets or quotation marks is a gloss or a title, often in another language.
_ASIDE = re.compile("[（(][^（()）]*[)）]|[『「《〈][^『「《〈』」》〉]*[』」》〉]|[“][^“”]*[”]")
_SENTENCE_MARK = re.compile("[。！？，；]")
_KANA = re.compile(f"[{KANA}]")
_LATIN_WORD = f"[{LATIN}\u1e00-\u1eff]+"
_WORD = re.compile(_LATIN_WORD)
_WORDS_IN_A_ROW = re.compile(rf"{_LATIN_WORD}(?:[ ,'’.-]{{1,2}}{_LATIN_WORD})*")
_MARKED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
# A Greek letter by itself is a symbol (β崩壊).
_GREEK = "\u0370-\u03ff"
_OTHER = re.compile(
    rf"(?<![{_GREEK}])[{_GREEK}](?![{_GREEK}])|([^\W\d_\u2e80-\u2fdf\u3005-\u3007{HAN}{KANA}{LATIN}\u1e00-\u1eff])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What counts for the language of a text.

    Args:
        pairs: Its distinct pairs of Han characters (:func:`~termalign.languages.han_model.han_pairs`).
        n_han: How many Han characters.
        n_kana: How many kana.
        n_words: How many words in Latin script.
        n_function: How many of them are English function words.
        n_clause: How many words stand in rows that make English: long ones, with a function word.
        foreign: The language in Latin script that it seems to be instead of English; else empty.
        n_other: How many letters of any other script.
        has_marks: Whether marks of a sentence stand there.
    """

    pairs: frozenset[str]
    n_han: int
    n_kana: int
    n_words: int
    n_function: int
    n_clause: int
    foreign: str
    n_other: int
    has_marks: bool

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
    pairs, n_han = han_pairs(text)
    return Profile(
        pairs=pairs,
        n_han=n_han,
        n_kana=len(_KANA.findall(text)),
        n_words=len(words),
        n_function=sum(count for word, count in lower.items() if word in _words().english),
        n_clause=_in_clauses(text) if words else 0,
        foreign=_foreign(lower),
        n_other=len(_others(text)),
        has_marks=_SENTENCE_MARK.search(text) is not None,
    )


def _others(text: str) -> list[str]:
    """Collect the letters of other scripts."""
    return [letter for letter in _OTHER.findall(text) if letter.isalpha()]


def _in_clauses(text: str) -> int:
    """Count the Latin words in rows of three and more with a function word of two letters and more."""
    total = 0
    for row in _WORDS_IN_A_ROW.findall(text):
        words = _WORD.findall(row.lower())
        if len(words) >= CLAUSE and any(len(word) > 1 and word in _words().english for word in words):
            total += len(words)
    return total


def _foreign(words: Counter[str]) -> str:
    """Name the language in Latin script that these words are, if they are clearly no English."""
    total = words.total()
    if total < MIN_FOREIGN_WORDS:
        return ""
    shares = {
        name: sum(words[word] for word in known if word in words) / total for name, known in _words().latin.items()
    }
    best = max(shares, key=shares.__getitem__)
    if sum(word in words for word in _words().latin[best]) < MIN_FOREIGN_KINDS:
        shares[best] = 0.0
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
        Natural logarithm of the likelihood per tag, up to a common constant; all 0 for text without Han characters and kana.

    Source:
        :mod:`termalign.languages.han_model` for Han characters; the shares of kana are ours.
    """
    terms = SHARE_OF_TERMS_WITH_MARKS if found.has_marks else SHARE_OF_TERMS
    in_terms = math.log(terms) + _log_binomial(found, KANA_IN_TERMS)
    in_text = math.log(1 - terms) + _log_binomial(found, KANA_IN_TEXT)
    high, low = max(in_terms, in_text), min(in_terms, in_text)
    japanese = high + math.log1p(math.exp(low - high))
    if not found.pairs.isdisjoint(ERAS):
        japanese += math.log(ERA_WEIGHS)
    chinese = _log_binomial(found, KANA_IN_CHINESE)
    return {tag: han_log_likelihood(found.pairs, tag) + (japanese if tag == "ja" else chinese) for tag in HAN_TAGS}


def _log_binomial(found: Profile, kana: float) -> float:
    """Return the log likelihood of kana and Han characters in this order where ``kana`` is the share of kana."""
    return found.n_kana * math.log(kana) + found.n_han * math.log(1 - kana)


def identify(text: str, *, among: Collection[str] | None = None) -> tuple[tuple[str, float], ...]:
    """List the languages that a text may be in.

    Args:
        text: Any string; a term, a sentence, a document.
        among: BCP 47 tags to choose from, ``zh`` for both scripts of Chinese; ``None`` for all four.

    Returns:
        Tags out of ``ja``, ``zh-Hans``, ``zh-Hant``, ``en`` with probabilities in (0, 1] that sum to 1 before rounding to
        4 decimals, best first: the best, and others of at least :data:`MIN_PROBABILITY`. Several for Han characters that
        several languages write so. Empty for text of another language and for text without letters.

    Raises:
        ConfigError: A wrong tag in ``among``.

    Source:
        Ours; see :func:`likelihoods`.

    >>> sorted(tag for tag, _ in identify("量子")), identify("量子コンピュータ")
    (['ja', 'zh-Hans', 'zh-Hant'], (('ja', 1.0),))
    >>> identify("양자 컴퓨터")
    ()
    """
    found = profile(text)
    if not found.has_letters or _is_another(found):
        return ()
    shares = _shares(_without_asides(text, found))
    if among is not None:
        wanted = {canonical_tag(tag) for tag in among}
        shares = {tag: share for tag, share in shares.items() if tag in wanted or tag.partition("-")[0] in wanted}
    total = sum(shares.values())
    if not total:
        return ()
    best = max(shares.values())
    kept = {tag: share for tag, share in shares.items() if share == best or share >= MIN_PROBABILITY * total}
    total = sum(kept.values())
    return tuple(sorted(((tag, round(share / total, 4)) for tag, share in kept.items()), key=lambda one: -one[1]))


def _without_asides(text: str, whole: Profile) -> Profile:
    """Count without what stands in brackets and quotation marks, where another script stands there and enough is left."""
    quoted_kana = 0 < whole.n_kana < whole.n_han
    if not quoted_kana and not (whole.n_cjk and whole.n_words):
        return whole
    rest = profile(_ASIDE.sub(" ", text))
    if quoted_kana and not rest.n_kana and rest.n_han >= MIN_AROUND_KANA:
        return rest
    return rest if whole.n_words and rest.has_letters and (rest.n_cjk or rest.n_clause) else whole


def _shares(found: Profile) -> dict[str, float]:
    """Return the probability of each tag, all of them."""
    english = _english_share(found)
    shares = {"en": english} if english else {}
    if found.n_cjk:
        logs = {tag: value + math.log(PRIOR[tag]) for tag, value in likelihoods(found).items()}
        top = max(logs.values())
        weights = {tag: math.exp(value - top) for tag, value in logs.items()}
        shares |= {tag: (1 - english) * weight / sum(weights.values()) for tag, weight in weights.items()}
    return shares


def _is_another(found: Profile) -> bool:
    """Tell whether the text is in none of the three languages."""
    if found.n_other and found.n_other >= found.n_cjk + found.n_words:
        return True
    return bool(found.foreign) and found.n_words > found.n_cjk / HAN_PER_WORD


def _english_share(found: Profile) -> float:
    """Return how much of the text is English, in [0, 1]; names and code inside Japanese or Chinese are not."""
    if found.foreign or not found.n_words:
        return 0.0
    if not found.n_cjk:
        return 1.0
    names = (found.n_words - found.n_clause) / CLAUSE
    words = (found.n_clause + names) ** 2
    characters = (found.n_cjk / HAN_PER_WORD) ** 2
    return words / (words + characters)


def language_of(text: str, *, default: str = "", among: Collection[str] | None = None) -> str:
    """Name the likeliest language of a text.

    Args:
        text: Any string.
        default: What to answer where the text does not tell.
        among: BCP 47 tags to choose from, ``zh`` for both scripts of Chinese; ``None`` for all four.

    Returns:
        A tag, or ``default`` for text of another language and for text without letters.

    Raises:
        ConfigError: A wrong tag in ``among``.

    Source:
        Ours.
    """
    return next((tag for tag, _ in identify(text, among=among)), default)


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
    letters = Counter(unicodedata.name(char, "").partition(" ")[0] for char in _others(text))
    if letters and found.n_other > found.n_words:
        script = letters.most_common(1)[0][0]
        return _words().scripts.get(script, f"a language in {script.title()} script" if script else "an unknown script")
    if found.foreign:
        return found.foreign
    return "a mixture of scripts" if found.has_letters else "text without letters"
