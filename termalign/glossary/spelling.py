"""In which ways a query may be spelt otherwise than a designation and still be the same word, and what to call them.

:func:`termalign.languages.fold.fold` makes one key of most spellings. What depends on the language is folded here, and only
where it may be: endings of English words, okurigana of Japanese ones, tones of pinyin.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from os.path import commonprefix
from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.characters import HAN, HIRAGANA, LATIN, has_cjk, has_latin
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termalign.model import Folded

__all__ = ["Kind", "differences", "key", "kinds"]

Step = tuple[str, "Callable[[str], str]"]

_WORD = re.compile(rf"[{LATIN}0-9]+(?:['’][{LATIN}]+)*['’]?")
_OKURIGANA = re.compile(rf"([{HAN}々])([{HIRAGANA}]+)")
_HAN = re.compile(f"[{HAN}々]")
_HAN_RUN = re.compile(f"[\u2e80-\u2fdf{HAN}]+")  # with the radicals, which look like characters and are typed for them
_OTHER_RUN = re.compile(f"[^\u2e80-\u2fdf{HAN}]+")
_KANA_RUN = re.compile("[\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff]+")  # without ー, a step of its own
_LONG = "ーｰ"
_TONE_MARKS = re.compile("[\u0300\u0301\u0304\u0306\u030c]")  # ̆ is typed for ̌
_TONE_NUMBER = re.compile("(?<=[a-zü:])[0-5]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Lo", "Mn"})  # categories of what fold drops and nobody sees


class Kind(StrEnum):
    """What a key folds away beyond the fold; the values are words of ``why`` (CONTRACTS.md section 2)."""

    SPELLING = "spelling"
    INFLECTION = "inflection"
    VERB = "verb"
    OKURIGANA = "okurigana"
    TONES = "tones"


class _Okurigana(NamedTuple):
    """What ``okurigana.toml`` says, Han characters folded."""

    endings: str
    first: str
    single: frozenset[str]
    kept: dict[str, str]
    shortened: dict[str, str]


@cache
def _rules() -> _Okurigana:
    """Read the rules of okurigana, once per process."""
    raw = tomllib.loads((files("termalign") / "data" / "okurigana.toml").read_text(encoding="utf-8"))
    return _Okurigana(
        endings=raw["endings"],
        first=raw["first"],
        single=frozenset(fold(word) for word in raw["single"].split(" ")),
        kept={ending: fold(characters) for ending, characters in raw["kept"].items()},
        shortened={str(fold(long)): str(fold(short)) for long, short in raw["shortened"].items()},
    )


def kinds(text: str) -> Iterator[Kind]:
    """Name the kinds of keys that a text has.

    Args:
        text: A designation, a reading or a query.

    Yields:
        :attr:`Kind.SPELLING` first, then those that its script allows. Whether a key of theirs means anything depends on
        the language of the designation: the caller knows it.
    """
    yield Kind.SPELLING
    if has_latin(text):
        yield Kind.INFLECTION
        yield Kind.VERB
        if not has_cjk(text):
            yield Kind.TONES
    if _HAN.search(text):
        yield Kind.OKURIGANA


def key(text: str, kind: Kind) -> Folded:
    """Return the key of one kind under which a text is found.

    Args:
        text: A designation, a reading or a query.
        kind: What to fold away beside what :func:`fold` does.

    Returns:
        The key; two texts are the same word where they share a key of one kind. Empty where nothing is left of the text.

    Source:
        Ours; for okurigana the Cabinet Notice named in ``data/okurigana.toml``.

    >>> key("Quantum Computers", Kind.INFLECTION) == key("quantum computer", Kind.INFLECTION)
    True
    >>> key("取り扱い", Kind.OKURIGANA) == key("取扱", Kind.OKURIGANA), key("組合せ", Kind.OKURIGANA) == key("組合", Kind.OKURIGANA)
    (True, False)
    """
    if kind is Kind.INFLECTION:
        return fold(_uninflected(text))
    if kind is Kind.VERB:
        return fold(_uninflected_verb(text))
    if kind is Kind.TONES:
        return fold(_toneless(text))
    if kind is Kind.OKURIGANA:
        return fold(_without_okurigana(_tight(text)))
    return fold(text)


def _uninflected(text: str) -> str:
    """Put every English word into the singular, without possessive."""
    return _WORD.sub(lambda match: _lemma(match[0]), unicodedata.normalize("NFKC", text))


def _uninflected_verb(text: str) -> str:
    """Put the first word into the infinitive: it is the one that a phrase with a verb inflects."""
    return _WORD.sub(lambda match: _lemma(match[0], pos="v"), unicodedata.normalize("NFKC", text), count=1)


def _lemma(word: str, *, pos: str = "n") -> str:
    """Reduce a word to its dictionary form and leave the case of its letters as it is."""
    form = lemma(word, pos=pos)
    same = len(commonprefix((word.lower(), form)))
    return word[:same] + form[same:]


def _toneless(text: str) -> str:
    """Take tone marks and numbers off pinyin; ü, also written v and u:, keeps its dots."""
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", _TONE_MARKS.sub("", marked))
    return _TONE_NUMBER.sub("", plain).replace("u:", "v").replace("ü", "v")


def _tight(text: str) -> str:
    """Take out what stands between characters without being seen or said."""
    return "".join(char for char in text if _dropped(char) not in {"space", "invisible", "marks"})


def _without_okurigana(text: str) -> str:
    """Write a Japanese word with the fewest okurigana that the rules permit."""
    rules = _rules()
    if len(_HAN.findall(text)) < 2 and fold(text) not in rules.single:  # noqa: PLR2004 - a compound has two
        return _OKURIGANA.sub(lambda match: match[1] + _shorter(match[2], rules), text)
    text = _OKURIGANA.sub(lambda match: match[1] + _ending(match[1], _shorter(match[2], rules), rules), text)
    folded = fold(text)
    if not any(long in folded for long in rules.shortened):
        return text
    for long, short in rules.shortened.items():
        folded = folded.replace(long, short)
    return folded


def _shorter(kana: str, rules: _Okurigana) -> str:
    """Leave out the first of several okurigana where it may be."""
    return kana[1:] if len(kana) > 1 and kana[0] in rules.first else kana


def _ending(han: str, kana: str, rules: _Okurigana) -> str:
    """Leave out an ending where it may be."""
    if len(kana) != 1 or kana not in rules.endings or fold(han) in rules.kept.get(kana, ""):
        return kana
    return ""


@lru_cache(maxsize=1024)  # the same few signs over and over
def _dropped(char: str) -> str:
    """Name what a character is that :func:`fold` drops: ``space``, ``long vowel``, ``invisible``, ``marks``; else empty."""
    if fold(char):
        return ""
    if char in _LONG:
        return "long vowel"
    if char.isspace():
        return "space"
    return "invisible" if unicodedata.category(char) in _INVISIBLE else "marks"


def _without(name: str) -> Step:
    return name, lambda text: "".join(char for char in text if _dropped(char) != name)


# In the order in which they are named. Width leaves Han characters alone: a radical is not a matter of width.
_WIDTH: Step = ("width", lambda text: _OTHER_RUN.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text))
_CLEANING = (_without("invisible"), _WIDTH, _without("space"), _without("marks"))
_SOUND = (
    ("case", str.casefold),
    _without("long vowel"),
    ("kana", lambda text: _KANA_RUN.sub(lambda run: fold(run[0]), text)),
    ("script", lambda text: _HAN_RUN.sub(lambda run: fold(run[0]), text)),
)
_STEPS: dict[Kind, tuple[Step, ...]] = {
    Kind.SPELLING: (*_CLEANING, *_SOUND),
    Kind.INFLECTION: (("inflection", _uninflected), *_CLEANING, *_SOUND),
    Kind.VERB: (("inflection", _uninflected_verb), *_CLEANING, *_SOUND),
    Kind.TONES: (("tones", _toneless), *_CLEANING, *_SOUND),
    Kind.OKURIGANA: (*_CLEANING, ("okurigana", _without_okurigana), *_SOUND),
}


def differences(query: str, text: str, *, kind: Kind = Kind.SPELLING) -> tuple[str, ...]:
    """Name what had to be folded away to make one word of two spellings.

    Args:
        query: As typed.
        text: As stored, with the same key of this kind.
        kind: The kind of key they share.

    Returns:
        Among ``inflection``, ``tones``, ``invisible``, ``width``, ``space``, ``marks`` (middle dots, hyphens, quotation marks),
        ``okurigana``, ``case``, ``long vowel``, ``kana``, ``script``, in this order: those without which the two would
        still differ. Empty where they are spelt alike.

    Source:
        Ours.

    >>> differences("ﾘｮｳｼ", "りょうし"), differences("Q-LEAP", "Q-LEAP"), differences("戰略", "战略")
    (('width', 'kana'), (), ('script',))
    """
    left, right = query.strip(), text.strip()
    if left == right:
        return ()
    steps = _STEPS[kind]
    needed = tuple(
        name
        for number, (name, _) in enumerate(steps)
        if _apply(left, steps[:number] + steps[number + 1 :]) != _apply(right, steps[:number] + steps[number + 1 :])
    )
    if _apply(left, steps) != _apply(right, steps):
        return ("marks",)  # signs that only the fold knows to be one
    return needed or _first_enough(left, right, steps)


def _apply(text: str, steps: tuple[Step, ...]) -> str:
    for _, step in steps:
        text = step(text)
    return text


def _first_enough(left: str, right: str, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Name the first step after which two texts are one: of two steps that would each do, leaving out one shows nothing."""
    for name, step in steps:
        left, right = step(left), step(right)
        if left == right:
            return (name,)
    return ()
