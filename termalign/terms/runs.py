"""Runs of words that a term may be made of, per language.

Japanese and Chinese terms are unbroken sequences of nouns and what joins them; English ones are adjectives and nouns, with
``of`` between them, ``for`` and ``and`` only between the capitalised words of a name. A run is cut wherever a word stands that no term holds, and at code and markup.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.characters import has_kana, has_latin
from termalign.terms.markup import code_spans
from termalign.terms.stops import stops
from termalign.terms.words import MIDDLE_DOTS, ORDINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Sentence, Token
    from termalign.terms.words import Lexis, Word

__all__ = ["MAX_WORDS", "Run", "is_loose", "parts", "runs"]

MAX_WORDS = 12
MAX_RUN = 100  # words; what is longer is a list without marks, or no text
LOOSE = "of"
MAX_COUNTER = 2  # characters of a counter or currency
SHORT_KANA = 2  # characters; two hiragana are mostly two particles


class Run(NamedTuple):
    """A sequence of words that a term may be made of, and what stands around it.

    Args:
        words: The words.
        tokens: The tokens that they are.
        is_nominal: What stands before shows that a noun phrase begins.
        is_verbal: What stands before shows that a verb begins.
        is_followed: What stands behind shows that a verb ends.
    """

    words: tuple[Word, ...]
    tokens: Sequence[Token]
    is_nominal: bool
    is_verbal: bool
    is_followed: bool


def runs(sentence: Sentence, tokens: Sequence[Token], lexis: Lexis) -> Iterator[Run]:
    """Yield the longest runs of a sentence, trimmed at both ends to what a term may begin and end with.

    Args:
        sentence: A sentence.
        tokens: Its words.
        lexis: The words of its language.
    """
    text = sentence.text
    code = code_spans(text)
    is_english = lexis.language == "en"
    words: list[Word] = []
    first = 0
    end = -1
    for at, token in enumerate(tokens):
        word = lexis.word(token)
        if word.is_measure and not _is_counted(tokens, at, lexis):
            word = lexis.noun(token)
        fits = word.fits and not (code and _is_code(token, code))
        if words and (end != token.start or is_english) and not _joins(text, tokens[at - 1], token, is_english):
            yield from _trimmed(words, tokens, first, lexis)
            words = []
        if not fits and words and word.is_joint:
            fits = not is_english or _joins_names(words, tokens, at, lexis)
        if fits and (words or not word.is_joint):
            if not words:
                first = at
            words.append(word)
            end = token.end
        elif words:
            yield from _trimmed(words, tokens, first, lexis)
            words = []
    if words:
        yield from _trimmed(words, tokens, first, lexis)


def _is_code(token: Token, code: Sequence[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in code)


def _is_counted(tokens: Sequence[Token], at: int, lexis: Lexis) -> bool:
    """Tell whether a measure word counts: behind a numeral or a word such as 这, 每, 多."""
    if not at:
        return False
    before = tokens[at - 1]
    return before.end == tokens[at].start and (
        before.pos == "num" or lexis.word(before).base in stops(lexis.tag).before_measure
    )


def _joins(text: str, last: Token, token: Token, is_english: bool) -> bool:  # noqa: FBT001 - private
    """Tell whether a token may continue a run: nothing but a space stands between, and between CJK words not even that."""
    gap = text[last.end : token.start]
    if gap.strip():
        return False
    if is_english:
        return bool(gap)
    return not gap or has_latin(last.text[-1:]) or has_latin(token.text[:1]) or token.text[:1].isdigit()


def is_loose(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is an ``of`` that joins no names: what stands on either side of it is a phrase of its own."""
    return words[at].text == LOOSE and not (words[at - 1].is_name and words[at + 1].is_name)


def _joins_names(words: Sequence[Word], tokens: Sequence[Token], at: int, lexis: Lexis) -> bool:
    """Tell whether a word joins in English: ``of``, and ``for`` and ``and`` inside a name; not those of China and Japan."""
    if tokens[at].text == LOOSE:
        return True
    if not words[-1].is_name or at + 1 >= len(tokens) or not lexis.word(tokens[at + 1]).is_name:
        return False
    return tokens[at].text != "and" or (
        any(word.is_joint for word in words) and not words[-1].text.isupper() and not tokens[at + 1].text.isupper()
    )


def _trimmed(words: Sequence[Word], tokens: Sequence[Token], begin: int, lexis: Lexis) -> Iterator[Run]:
    """Cut off both ends what no term begins or ends with."""
    first, last = 0, len(words)
    while first < last and not (words[first].begins if last - first > 1 else words[first].alone):
        first += 1
    while last > first and not words[last - 1].ends:
        last -= 1
    if last - first == 1 and not words[first].alone:
        return
    if 0 < last - first <= MAX_RUN:
        stop = stops(lexis.tag)
        before = lexis.word(tokens[begin + first - 1]) if begin + first else None
        after = tokens[begin + last] if begin + last < len(tokens) else None
        yield Run(
            words=tuple(words[first:last]),
            tokens=tokens[begin + first : begin + last],
            is_nominal=before is not None and (before.pos in {"num", "adj"} or before.base in stop.before_noun),
            is_verbal=before is not None and (before.pos == "adv" or before.base in stop.before_verb),
            is_followed=after is not None and (after.pos == "num" or lexis.word(after).base in stop.after_verb),
        )


def parts(words: Sequence[Word], lexis: Lexis) -> Iterator[tuple[int, int]]:
    """Yield every part of a run, itself first, that a term may begin and end with.

    Args:
        words: The words of a run.
        lexis: The words of its language.

    Yields:
        The number of its first word and of the one after its last.
    """
    n_words = len(words)
    for size in range(min(n_words, MAX_WORDS), 0, -1):
        for first in range(n_words - size + 1):
            begin, end = words[first], words[first + size - 1]
            if (
                (begin.begins and end.ends if size > 1 else begin.alone)
                and is_term_like(words[first : first + size], lexis.language)
                and not _is_piece(words, first, first + size)
            ):
                yield first, first + size


def _is_piece(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a part has a middle dot in it and one beside it: フィード・イン of フィード・イン・プレミアム."""
    beside = [words[at].text for at in (first - 1, last) if 0 <= at < len(words)]
    return not MIDDLE_DOTS.isdisjoint(beside) and any(word.text in MIDDLE_DOTS for word in words[first:last])


def is_amount(words: Sequence[Word]) -> bool:
    """Tell whether a run ends in a number and what it counts: 令和2年, 35亿日元; 第5期計画 and 量子2030 are none."""
    if words[0].text.startswith(ORDINAL):
        return False
    return any(
        word.pos == "num" and word.text[:1].isdigit() and len(after.text) <= MAX_COUNTER
        for word, after in pairwise(words[-3:])
    )


def is_term_like(words: Sequence[Word], language: str) -> bool:
    """Tell whether a run holds a noun and more than one sign, and is neither an amount nor an adjective."""
    if not any(word.is_noun or (word.is_soft and language == "zh") for word in words):
        return False
    last = words[-1].text
    if language == "ja" and last.endswith("的"):
        return False  # 戦略的 is an adjective, however it was cut
    if len(words) > 1 and is_amount(words):
        return False
    if any(word.is_cjk for word in words):
        size = sum(len(word.text) for word in words)
        if size == 1:
            return language == "zh"  # 类, 帧: for a counterpart in another language only
        text = "".join(word.text for word in words) if size == SHORT_KANA else ""
        return not (text and has_kana(text) and not any("ァ" <= char <= "ヿ" for char in text))
    size = sum(len(word.text) for word in words)
    return size > 1 and any(has_latin(word.text) for word in words)
