"""Runs of words that a term may be made of, per language.

Japanese and Chinese terms are unbroken sequences of nouns and what joins them; English ones are adjectives and nouns, with
``of`` between noun groups. A run is cut wherever a word stands that no term holds.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.languages.characters import has_cjk, has_kana, has_latin
from termalign.terms.stops import stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Sentence, Token

__all__ = ["Run", "inner_runs", "runs"]

MAX_WORDS = 12
MIDDLE_DOTS = frozenset("・·•‧")
ORDINAL = "第"
MAX_COUNTER = 2  # characters of a counter or currency
NOUN = frozenset({"n", "pn", "x"})
INSIDE = {
    "ja": frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj"}),
    "zh": frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj", "v"}),
    "en": frozenset({"n", "pn", "x", "adj", "num", "prefix", "suffix"}),
}
ENGLISH_JOINTS = frozenset({"of"})


@dataclass(frozen=True, slots=True)
class Run:
    """A sequence of words that a term may be made of.

    Args:
        tokens: The words.
    """

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """First code point in the sentence."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """End in the sentence, excluded."""
        return self.tokens[-1].end

    @property
    def is_verbal(self) -> bool:
        """Tell whether it begins with a verb: then only its counterpart in another language can make it a term."""
        return self.tokens[0].pos == "v"

    def cores(self) -> frozenset[tuple[Token, ...]]:
        """Return the readings of this run as one noun group.

        推进|量子技术 is a verb and its object, 日本电气株式会社|负责 a name and what it does, 量子密钥|分发 a noun group. Verbs at
        the beginning are cut off; those at the end are cut off in one reading and kept in the other, since only counts can tell.
        """
        first, last = 0, len(self.tokens)
        while first < last and self.tokens[first].pos == "v":
            first += 1
        nominal = last
        while nominal > first + 1 and self.tokens[nominal - 1].pos == "v":
            nominal -= 1
        return frozenset(part for part in (self.tokens[first:last], self.tokens[first:nominal]) if part)

    def beside(self, part: Run) -> tuple[str, str]:
        """Return the words before and after a part of this run, empty at its edges."""
        first = bisect_left(self.tokens, part.start, key=lambda token: token.start)
        last = first + len(part.tokens)
        return (
            self.tokens[first - 1].base if first else "",
            self.tokens[last].base if last < len(self.tokens) else "",
        )

    def is_latin_whole(self, run: Run) -> bool:
        """Tell whether this part is a whole Latin stretch of a run of another script."""
        return not any(word[:1].isascii() and word[:1].isalpha() for word in run.beside(self))


def runs(sentence: Sentence) -> Iterator[Run]:
    """Yield the longest runs of a sentence, trimmed at both ends to what a term may begin and end with."""
    language = sentence.language.partition("-")[0]
    never, inside = stops(language).never, INSIDE[language]
    current: list[Token] = []
    for token in [*sentence.tokens, None]:
        if token is not None and _joins(sentence.text, current, token, language):
            fits = token.pos in inside and token.base not in never and token.text not in never
            joint = current and (token.text in ENGLISH_JOINTS if language == "en" else token.text in MIDDLE_DOTS)
            if fits or joint:
                current.append(token)
                continue
        yield from _trimmed(current, language)
        fits = token is not None and token.pos in inside and token.base not in never and token.text not in never
        current = [token] if token is not None and fits else []


def _joins(text: str, current: Sequence[Token], token: Token, language: str) -> bool:
    """Tell whether a token may continue a run: nothing but a space stands between, and between CJK words not even that."""
    if not current:
        return True
    gap = text[current[-1].end : token.start]
    if language == "en" or not gap:
        return not gap.strip()
    return not gap.strip() and (
        has_latin(current[-1].text[-1:]) or has_latin(token.text[:1]) or token.text[:1].isdigit()
    )


def _trimmed(tokens: Sequence[Token], language: str) -> Iterator[Run]:
    """Cut off both ends what no term begins or ends with."""
    first, last = 0, len(tokens)
    while first < last and not _may_begin(tokens[first], language, followed=last - first > 1):
        first += 1
    while last > first and not _may_end(tokens[last - 1], language):
        last -= 1
    if last > first:
        yield Run(tuple(tokens[first:last]))


def _may_begin(token: Token, language: str, *, followed: bool) -> bool:
    words = stops(language)
    if token.base in words.not_first or token.text in words.not_first or token.text in MIDDLE_DOTS:
        return False
    if token.pos == "v":
        return len(token.text) > 1 and followed  # 稀释制冷机 is a term, 推进量子技术 is not: see Run.core
    if token.pos == "num":
        return followed and token.text.startswith(ORDINAL)
    return token.pos != "suffix" and not (token.pos == "adj" and not followed)


def _may_end(token: Token, language: str) -> bool:
    words = stops(language)
    if token.base in words.not_last or token.text in words.not_last or token.text in MIDDLE_DOTS:
        return False
    if token.pos in {"prefix", "num"} or (token.pos == "adj" and language != "zh"):
        return False
    return token.pos != "v" or len(token.text) > 1


def inner_runs(run: Run, language: str) -> Iterator[Run]:
    """Yield every run of whole words inside a run, itself first, that a term may begin and end with."""
    language = language.partition("-")[0]
    tokens = run.tokens
    sizes = range(min(len(tokens), MAX_WORDS), 0, -1)
    for size in sizes:
        for first in range(len(tokens) - size + 1):
            part = tokens[first : first + size]
            if (
                _may_begin(part[0], language, followed=size > 1)
                and _may_end(part[-1], language)
                and _is_term_like(part, language)
            ):
                yield Run(part)


def _is_amount(tokens: Sequence[Token]) -> bool:
    """Tell whether a run ends in a number and what it counts: 令和2年, 35亿日元; 第5期計画 and 量子2030 are none."""
    if tokens[0].text.startswith(ORDINAL):
        return False
    return any(
        token.pos == "num" and token.text[:1].isdigit() and len(after.text) <= MAX_COUNTER
        for token, after in pairwise(tokens[-3:])
    )


def _is_term_like(tokens: Sequence[Token], language: str) -> bool:
    """Tell whether a run holds a noun and more than one sign."""
    if not any(token.pos in NOUN or (language == "zh" and token.pos == "v" and len(tokens) > 1) for token in tokens):
        return False
    text = "".join(token.text for token in tokens)
    if language == "ja" and text.endswith("的"):
        return False  # 戦略的 is an adjective, however it was cut
    if _is_amount(tokens):
        return False
    if has_cjk(text):
        return len(text) > 1 and not (
            len(text) == len("あい") and has_kana(text) and not any("ァ" <= char <= "ヿ" for char in text)
        )
    return len(text) > 1 and has_latin(text)
