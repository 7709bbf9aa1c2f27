"""What each word may do in a term: stand inside, begin it, end it, join two names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from termalign.languages.characters import has_cjk, has_latin, is_katakana
from termalign.languages.english_tags import is_noun
from termalign.languages.fold import simplify
from termalign.languages.tokens import word_table
from termalign.terms.markup import is_identifier
from termalign.terms.stops import stops

if TYPE_CHECKING:
    from termalign.model import Token
    from termalign.terms.contrast import Contrast

__all__ = ["MIDDLE_DOTS", "Lexis", "Word"]

MIDDLE_DOTS = frozenset("・·•‧")
ORDINAL = "第"
NOUN = frozenset({"n", "pn", "x"})
INSIDE = {
    "ja": frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj"}),
    "zh": frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj", "v", "adv"}),
    "en": frozenset({"n", "pn", "x", "adj", "num", "prefix", "suffix"}),
}
INFLECTED = ("い", "く", "かっ", "けれ")  # endings of Japanese adjectives
JOINTS = frozenset({"of", "for", "and"})  # between the capitalised words of an English name
MIN_GERUND = 5  # letters of an English word in -ing that is no noun of its own (king, ring)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Word:
    """A word, and what it may do; one object for each text and part of speech, compared by identity.

    Args:
        text: As it stands there.
        base: Dictionary form; of a traditional Chinese word its simplified form.
        pos: Part of speech.
        fits: It may stand in a term.
        begins: It may be the first of several words.
        alone: It may be the only word.
        ends: It may be the last word.
        is_noun: A term may consist of such words only.
        is_soft: A verb, participle or adverb that makes a term only where what stands before it shows a noun phrase.
        is_action: A verb.
        is_name: A capitalised word.
        is_joint: It joins names (``of``) or words (``・``).
        is_cjk: Han characters or kana are in it.
        is_latin: It begins and ends in Latin letters.
        is_measure: A Chinese measure word, which is a noun where nothing is counted (类 of 类实例).
    """

    text: str
    base: str
    pos: str
    fits: bool
    begins: bool
    alone: bool
    ends: bool
    is_noun: bool
    is_soft: bool
    is_action: bool
    is_name: bool
    is_joint: bool
    is_cjk: bool
    is_latin: bool
    is_measure: bool


class Lexis:
    """The words of one language.

    Args:
        language: Its tag.
        contrast: What is known of words outside the input; without it every verb is one.
    """

    def __init__(self, language: str, contrast: Contrast | None = None) -> None:
        self.tag = language
        self.language = language.partition("-")[0]
        self._contrast = contrast
        self._words: dict[tuple[str, str], Word] = {}

    def word(self, token: Token) -> Word:
        """Return what a token may do."""
        found = self._words.get((token.text, token.pos))
        if found is None:
            found = self._words[token.text, token.pos] = self._make(token)
        return found

    def noun(self, token: Token) -> Word:
        """Return what a measure word may do where it counts nothing."""
        found = self._words.get((token.text, "measure"))
        if found is None:
            found = self._words[token.text, "measure"] = self._judged(token, "n", is_measure=False)
        return found

    def _make(self, token: Token) -> Word:
        plain = simplify(token.text) if self.tag == "zh-Hant" else token.text
        is_measure = self.language == "zh" and plain in _measures()
        pos = token.pos
        if (
            self.language == "zh"
            and (pos in {"adv", "adj", "num"} if len(token.text) > 1 else pos == "v")
            and self._contrast is not None
            and plain not in word_table("chinese")
            and self._contrast.is_special_noun(token.text, self.tag)
        ):
            pos = "n"  # 异常, 表: jieba knows another sense
        if (
            self.language == "zh"
            and pos == "v"
            and len(token.text) > 1
            and self._contrast is not None
            and self._contrast.is_plain_verb(token.text, self.tag)
        ):
            pos = "aux"  # stands between a subject and an object, and in no term
        if self.language == "ja" and pos == "adj" and is_katakana(token.text):
            pos = "n"  # プリミティブ: a loan word may be both
        return self._judged(token, pos, is_measure=is_measure)

    def _judged(self, token: Token, pos: str, *, is_measure: bool) -> Word:
        language, text, base = self.language, token.text, token.base
        if self.tag == "zh-Hant":
            base = simplify(text)  # the lists are in simplified characters
        words = stops(language)
        size = len(text)
        is_code = is_identifier(text)
        never = base in words.never or text in words.never
        closed_adverb = pos == "adv" and (size == 1 or word_table("chinese").get(base) == "adv")
        is_inflected = language == "ja" and pos == "adj" and text.endswith(INFLECTED)  # 新しい
        fits = pos in INSIDE[language] and not (never or is_code or closed_adverb or is_inflected)
        not_first = base in words.not_first or text in words.not_first or text in MIDDLE_DOTS
        not_last = base in words.not_last or text in words.not_last or text in MIDDLE_DOTS
        is_verb = pos in {"v", "adv"} and language == "zh"
        begins = (
            fits
            and not not_first
            and pos != "suffix"
            and not (pos == "num" and not text.startswith(ORDINAL))
            and not (is_verb and size == 1)
        )
        ends = (
            fits
            and not not_last
            and pos not in {"prefix", "num", "adv"}
            and not (pos == "adj" and language != "zh")
            and not (is_verb and size == 1)
        )
        is_gerund = (
            language == "en"
            and pos in {"adj", "n"}
            and size > MIN_GERUND
            and text.endswith("ing")
            and not is_noun(text.lower())
        )
        return Word(
            text=text,
            base=base,
            pos=pos,
            fits=fits,
            begins=begins,
            alone=begins and ends and pos != "num",
            ends=ends,
            is_noun=pos in NOUN,
            is_soft=is_verb or is_gerund or (pos == "adj" and language == "zh"),
            is_action=token.pos == "v",
            is_name=language == "en" and pos == "pn" and text.removeprefix(".")[:1].isupper(),
            is_joint=text in (JOINTS if language == "en" else MIDDLE_DOTS),
            is_cjk=has_cjk(text),
            is_latin=has_latin(text[:1]) and has_latin(text[-1:]),
            is_measure=is_measure,
        )


@cache
def _measures() -> frozenset[str]:
    """Chinese measure words that are nouns too."""
    return stops("zh").measures
