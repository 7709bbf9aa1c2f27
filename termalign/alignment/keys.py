"""Segments as sequences of keys: what is compared, without regard to spelling.

A key is the folded dictionary form of a word, a number by its value, or a class of marks. Everything behind this module
sees keys only, so that it does not care which language or tokeniser they come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from termalign.alignment.numerals import alignment_table, numerals
from termalign.errors import ConfigError
from termalign.languages import LANGUAGES
from termalign.languages.characters import has_latin, is_katakana
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termalign.alignment.numerals import Numeral
    from termalign.model import Segment, Token

__all__ = ["Key", "Kind", "Run", "as_run", "key_run", "keys_of"]

_JOINED = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+|[0-9]+(?:-[a-z]+)+")  # long-term, 8-year-old; not Q-LEAP
_NUMBER_SIGN = "#"
REMEMBERED = 1 << 16  # words; text has the same ones again and again


class Kind(IntEnum):
    """What a key is; decides how far its absence on the other side tells against an alignment."""

    NUMBER = 0
    FOREIGN = 1  # Latin letters in Japanese and Chinese
    NAME = 2  # English proper names, katakana words
    WORD = 3
    FUNCTION = 4
    MARK = 5


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a segment."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Run:
    """Segments of one language in their order, with their keys.

    Args:
        language: Their tag.
        segments: The segments.
        keys: For each segment its keys in text order.
        lengths: For each segment the number of characters that are no white space, at least 1.
    """

    language: str
    segments: tuple[Segment, ...]
    keys: tuple[tuple[Key, ...], ...] = field(repr=False)
    lengths: tuple[int, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.segments)

    def part(self, start: int, end: int) -> Run:
        """Cut out the segments ``start`` to ``end``, end excluded."""
        return Run(self.language, self.segments[start:end], self.keys[start:end], self.lengths[start:end])


def key_run(segments: Sequence[Segment], *, tokens: Mapping[Segment, Sequence[Token]] | None = None) -> Run:
    """Prepare segments for alignment; work that is done once however often they are aligned.

    Args:
        segments: Segments of one language, in order; may be empty.
        tokens: The words of segments that were split before; the others are split here.

    Returns:
        The run.

    Raises:
        ConfigError: The segments are of several languages.
        UnknownNameError: A language that is not registered.
    """
    languages = dict.fromkeys(segment.language for segment in segments)
    if len(languages) > 1:
        raise ConfigError(f"segments of {' and '.join(languages)} in one run", "give one run per language")
    keys, lengths = [], []
    for segment in segments:
        words = tokens.get(segment) if tokens is not None else None
        if words is None:
            words = LANGUAGES.get(segment.language).tokens(segment.text)
        keys.append(keys_of(segment.text, words, language=segment.language))
        lengths.append(max(1, sum(len(word.text) for word in words)))
    return Run(next(iter(languages), ""), tuple(segments), tuple(keys), tuple(lengths))


def as_run(segments: Sequence[Segment] | Run) -> Run:
    """Return a run as it is, and segments as a run."""
    return segments if isinstance(segments, Run) else key_run(segments)


def keys_of(text: str, tokens: Sequence[Token], *, language: str) -> tuple[Key, ...]:
    """Turn the words of a segment into keys.

    Args:
        text: The segment's text.
        tokens: Its words.
        language: Its tag.

    Returns:
        Keys in text order: words, numbers (``#20000``), classes of marks; empty for text without any.

    Source:
        Ours.
    """
    found = numerals(text, language)
    numbers = [one for one in found if not one.spelled or _stands_alone(one, tokens)]
    return tuple(_keys(text, tokens, numbers, language))


def _stands_alone(number: Numeral, tokens: Sequence[Token]) -> bool:
    """Tell whether a spelled number is a word of its own, or part of one that is a number (三菱 is not)."""
    touched = [token for token in tokens if token.start < number.end and number.start < token.end]
    return all(
        token.pos == "num" or (number.start <= token.start and token.end <= number.end) or "-" in token.text
        for token in touched
    )


def _keys(text: str, tokens: Sequence[Token], numbers: Sequence[Numeral], language: str) -> Iterator[Key]:
    """Walk over words and numbers together."""
    at, first, given = 0, True, -1
    for token in tokens:
        while at < len(numbers) and numbers[at].end <= token.start:
            at += 1
        number = numbers[at] if at < len(numbers) and numbers[at].start < token.end else None
        if number is None:
            yield from _word_keys(token.text, token.base, token.pos, language, first=first)
        else:
            start = token.start
            while at < len(numbers) and numbers[at].start < token.end:
                number = numbers[at]
                yield from _rest(text[start : max(start, number.start)], language)
                if number.start > given:
                    given = number.start
                    yield Key(_NUMBER_SIGN + number.value, Kind.NUMBER)
                start = number.end
                if number.end > token.end:
                    break
                at += 1
            yield from _rest(text[start : token.end], language)
        first = first and token.pos == "mark"


def _rest(text: str, language: str) -> Iterator[Key]:
    """Give what stands beside a number in one word (亿元: 元) as a word, or the parts of ``8-year-old``."""
    for part in re.split("[-‐]", text) if language == "en" else (text,):
        key = fold(part)
        if key and not key[0].isdigit() and key[0].isalnum():
            yield Key(key, Kind.FOREIGN if language != "en" and has_latin(part) else Kind.WORD)


@cache
def _mark_classes() -> Mapping[str, str]:
    """Load the classes of marks, once per process."""
    return {mark: name for name, marks in alignment_table("marks").items() for mark in marks}


@lru_cache(maxsize=REMEMBERED)
def _word_keys(word: str, base: str, pos: str, language: str, *, first: bool) -> tuple[Key, ...]:
    """Give the keys of a word that is no number."""
    if pos == "mark":
        mark = _mark_classes().get(word[0])
        return () if mark is None else (Key(mark, Kind.MARK),)
    if language == "en" and _JOINED.fullmatch(word.lower()):
        return tuple(_rest(word, language))
    key = fold(base or word)
    if key.isdigit():  # ①
        return (Key(_NUMBER_SIGN + key, Kind.NUMBER),)
    return (Key(key, _kind(word, pos, key, language, first=first)),) if key else ()


def _kind(word: str, pos: str, key: str, language: str, *, first: bool) -> Kind:
    """Tell the kind of a word."""
    if pos == "func":
        return Kind.FUNCTION
    if language == "en":
        return Kind.NAME if pos == "pn" and not first else Kind.WORD
    if key[0].isascii():
        return Kind.FOREIGN
    return Kind.NAME if is_katakana(word) else Kind.WORD
