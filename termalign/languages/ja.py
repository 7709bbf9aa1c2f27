"""Japanese: sentences by rule, words by Sudachi.

Words are Sudachi's longest (mode C), each with its shortest units (mode A) as ``parts``; compounds that no dictionary holds
(量子技術イノベーション拠点) stay several words, to be joined by ``terms``.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from termalign.languages.characters import is_all_han, is_katakana
from termalign.languages.fold import fold
from termalign.languages.sentences import split_sentences
from termalign.languages.tokens import coarse, join_runs, latin_pos, tag_table
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.tokens import Word
    from termalign.model import Folded, Span

__all__ = ["JAPANESE", "Japanese", "kana_reading", "noun_kind"]

MAX_TERM = 100  # code points of a text that is read as a term
MAX_KNOWN = 1 << 17  # words remembered
MAX_CHUNK = 12_000  # code points a call, at most 48,000 bytes; Sudachi refuses more than 49,149 (DEPENDENCIES.md P13)
_SAFE = re.compile(r"[。！？\n]")
_FAIRLY_SAFE = re.compile(r"[\s、，,.）」』】]")


@dataclass(frozen=True, slots=True)
class Japanese:
    """Japanese; holds no dictionary, so that it pickles: each process and thread loads its own on first use.

    Args:
        tag: ``ja``.
        with_parts: Whether words bring their shortest units; without them tokens come in two thirds of the time.
    """

    tag: str = "ja"
    with_parts: bool = True

    def sentences(self, text: str) -> tuple[Span, ...]:
        """Split text into sentences; see :func:`termalign.languages.sentences.split_sentences`."""
        return split_sentences(text, self.tag)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Split a sentence into words.

        Args:
            text: A sentence; longer text is cut into chunks after sentence ends.

        Returns:
            Words in order, together losing only white space; empty where there is nothing else.

        Source:
            SudachiPy 0.7, mode C, with SudachiDict core; runs of Latin letters and digits joined by us.
        """
        return tuple(Token(*word) for word in self.words(text))

    def words(self, text: str) -> list[Word]:
        """Split a sentence as :meth:`tokens` does, into the fields of tokens, which cost ten times as much to make."""
        return join_runs(text, _words(text, with_parts=self.with_parts))

    def fold(self, text: str) -> Folded:
        """Return the key to compare by; see :func:`termalign.languages.fold.fold`."""
        return fold(text)


JAPANESE = Japanese()


def kana_reading(text: str) -> str:
    """Read a Japanese term aloud.

    Args:
        text: A term.

    Returns:
        Katakana as the dictionary has it for each word; a name may be read otherwise, so that it is there to match by, never
        to show. Empty where a word has no reading, or the text is longer than a term.

    Source:
        SudachiPy 0.7, reading form.

    >>> kana_reading("東京")
    'トウキョウ'
    """
    if not text or len(text) > MAX_TERM:
        return ""
    tokenizer, _ = _tokenizer(threading.get_ident())
    readings = [morpheme.reading_form() for morpheme in tokenizer.tokenize(text)]
    return "".join(readings) if all(map(is_katakana, readings)) else ""


@lru_cache(maxsize=MAX_KNOWN)
def noun_kind(word: str) -> str:
    """Name the kind of common noun that a word is.

    Args:
        word: One word.

    Returns:
        Sudachi's third level: ``一般``, ``サ変可能`` (may be a verb), ``副詞可能`` (may stand like an adverb: 現在, 最初),
        ``助数詞可能`` (may count), ...; empty where the word is several words or no common noun.

    Source:
        SudachiPy 0.7, part of speech.

    >>> noun_kind("現在"), noun_kind("引数")
    ('副詞可能', '一般')
    """
    if not word or len(word) > MAX_TERM:
        return ""
    tokenizer, _ = _tokenizer(threading.get_ident())
    found = tokenizer.tokenize(word)
    if len(found) != 1:
        return ""
    tags = found[0].part_of_speech()
    return str(tags[2]) if tuple(tags[:2]) == ("名詞", "普通名詞") else ""


@cache
def _dictionary() -> tuple[Any, Any]:
    """Load Sudachi's dictionary once per process, with the mode that splits its words further."""
    # It publishes no types, and takes 0.1 s that fold and sentences do not need.
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 - see above

    return Dictionary(), SplitMode


@cache
def _tokenizer(thread: int) -> tuple[Any, Any]:
    """Make a tokenizer for a thread, since two cannot share one (DEPENDENCIES.md P13)."""
    del thread
    dictionary, modes = _dictionary()
    return dictionary.tokenizer(mode=modes.C), modes.A


@cache
def _pos(tags: tuple[str, ...]) -> str:
    """Map Sudachi's part of speech to ours."""
    return coarse("-".join(tags[:3]), tag_table("sudachi"))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Cut text that is too long for one call, after a sentence end, else after a mark, else anywhere."""
    start = 0
    while len(text) - start > MAX_CHUNK:
        window = text[start : start + MAX_CHUNK]
        ends = [match.end() for match in _SAFE.finditer(window)] or [
            match.end() for match in _FAIRLY_SAFE.finditer(window)
        ]
        end = ends[-1] if ends else MAX_CHUNK
        yield start, window[:end]
        start += end
    yield start, text[start:]


def _words(text: str, *, with_parts: bool) -> list[Word]:
    """Run Sudachi over the chunks of a text."""
    tokenizer, shortest = _tokenizer(threading.get_ident())
    known = _known(threading.get_ident(), with_parts=with_parts)
    words: list[Word] = []
    for offset, chunk in _chunks(text):
        for morpheme in tokenizer.tokenize(chunk):
            start, end = morpheme.begin() + offset, morpheme.end() + offset
            word = text[start:end]
            key = word, morpheme.word_id(), morpheme.part_of_speech_id()
            found = known.get(key)
            if found is None:
                if not word or word.isspace():
                    continue
                if len(known) >= MAX_KNOWN:
                    known.clear()
                found = known[key] = word, *_described(word, morpheme, shortest if with_parts else None)
            same, pos, base, parts = found  # the same string each time: its hash is known
            words.append((same, start, end, pos, base, parts))
    return words


@cache
def _known(thread: int, *, with_parts: bool) -> dict[tuple[str, int, int], tuple[str, str, str, tuple[str, ...]]]:
    """Hold what is known of words that a thread has met: asking the dictionary takes as long as cutting the text."""
    del thread, with_parts
    return {}


def _described(word: str, morpheme: Any, shortest: Any) -> tuple[str, str, tuple[str, ...]]:
    """Return part of speech, dictionary form and parts of a word; no parts without the mode to split by."""
    # add_single=True panics in SudachiPy 0.7.0 once another morpheme of the sentence was split; without it the list is empty
    # for a word that has no parts.
    begin = morpheme.begin()
    parts = (
        [word[part.begin() - begin : part.end() - begin] for part in morpheme.split(shortest)]
        if shortest is not None and len(word) > 1
        else []
    )
    base, pos = morpheme.dictionary_form(), _pos(tuple(morpheme.part_of_speech()))
    if word.isascii() and pos != "num":
        pos = latin_pos(word)
    elif pos == "mark" and is_all_han(word):  # Sudachi takes characters it does not know for signs: 𠮷
        pos = "n"
    return pos, base, tuple(parts) if len(parts) > 1 else ()
