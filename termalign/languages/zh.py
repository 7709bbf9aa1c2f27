"""Chinese, simplified and traditional: sentences by rule, words by jieba.

jieba's own set-up reads and writes ``jieba.cache`` in the shared temporary folder, where anybody may have put another
(DEPENDENCIES.md P15); ours reads of the dictionary what a text asks for, without any file, and cuts by it faster. The
parts of speech are those of the same dictionary, which is where jieba.posseg takes them from, four times as slowly.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.characters import is_all_han
from termalign.languages.fold import fold, simplify
from termalign.languages.jieba_cut import Cutter
from termalign.languages.jieba_words import JiebaWords
from termalign.languages.sentences import split_sentences
from termalign.languages.tokens import coarse, join_runs, latin_pos, tag_table, word_set, word_table
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.tokens import Word
    from termalign.model import Folded, Span

__all__ = ["SIMPLIFIED", "TRADITIONAL", "Chinese", "dictionary_entry", "general_share"]

MAX_KNOWN = 1 << 16  # stretches between marks that are remembered, some 20 MB
MIN_GLUED = 3  # characters of a guessed word that may have a function word glued to it
SILENT = 60  # above every level of logging; jieba writes to stderr
_NUMERAL = re.compile("[零〇一二三四五六七八九十百千万亿两]+")


@dataclass(frozen=True, slots=True)
class Chinese:
    """Chinese in one script; holds no dictionary, so that it pickles: each process loads its own on first use.

    Args:
        tag: ``zh-Hans`` or ``zh-Hant``.
    """

    tag: str

    def sentences(self, text: str) -> tuple[Span, ...]:
        """Split text into sentences; see :func:`termalign.languages.sentences.split_sentences`."""
        return split_sentences(text, self.tag)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Split a sentence into words.

        Args:
            text: A sentence in the script of ``tag``.

        Returns:
            Words in order, together losing only white space; empty where there is nothing else.

        Source:
            jieba 0.42.1 with its hidden Markov model for unknown words; traditional text by way of a simplified copy of the
            same length; runs of Latin letters and digits joined by us.
        """
        return tuple(Token(*word) for word in self.words(text))

    def words(self, text: str) -> list[Word]:
        """Split a sentence as :meth:`tokens` does, into the fields of tokens, which cost ten times as much to make."""
        return join_runs(text, _words(text, simplify(text) if self.tag == "zh-Hant" else text))

    def fold(self, text: str) -> Folded:
        """Return the key to compare by; see :func:`termalign.languages.fold.fold`."""
        return fold(text)


SIMPLIFIED = Chinese("zh-Hans")
TRADITIONAL = Chinese("zh-Hant")


def dictionary_entry(word: str) -> tuple[str, int] | None:
    """Look a word up in the dictionary of the tokeniser.

    Args:
        word: A word in either script.

    Returns:
        jieba's part of speech and count; ``None`` where the dictionary does not hold it.

    Source:
        The dictionary of jieba 0.42.1.

    >>> dictionary_entry("函數") == dictionary_entry("函数")
    True
    """
    _, words = _jieba()
    simple = simplify(word)
    tag = words.tag(simple)
    return None if tag is None else (tag, words.count(simple))


def general_share(word: str) -> float:
    """Return how frequent a Chinese word is in language at large.

    Args:
        word: A word in either script.

    Returns:
        Its share of all words, in [0, 1]; 0.0 where the dictionary of the tokeniser does not hold it.

    Source:
        Counts of jieba 0.42.1's dictionary, of some 60 million words.
    """
    entry = dictionary_entry(word)
    return entry[1] / _jieba()[1].total if entry else 0.0


@cache
def _jieba() -> tuple[Cutter, JiebaWords]:
    """Open jieba's dictionary once per process: what cuts by it, and its words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources in jieba 0.42.1
        import jieba.finalseg  # noqa: PLC0415 - 0.1 s that fold and sentences do not need

    jieba.setLogLevel(SILENT)
    words = JiebaWords((files("jieba") / "dict.txt").read_bytes())
    return Cutter(words, jieba.finalseg.cut), words


@cache
def _pos_of_tag(tag: str) -> str:
    """Map jieba's part of speech to ours."""
    return coarse(tag, tag_table("jieba"))


def _pos(word: str, words: JiebaWords) -> str:
    """Find the part of speech of a simplified word."""
    known = word_table("chinese").get(word)
    if known is not None:
        return known
    tag = words.tag(word)
    if tag is not None and not word.isascii():
        return _pos_of_tag(tag)
    if is_all_han(word):
        return "num" if _NUMERAL.fullmatch(word) else "n"
    return latin_pos(word)


def _unglued(word: str) -> Iterator[str]:
    """Cut function words of one character off the ends of a word that jieba guessed: 由西莉亚 is 由 and 西莉亚."""
    start, end = 0, len(word)
    while end - start >= MIN_GLUED and word[start] in word_set("chinese_glue", "head"):
        start += 1
    while end - start >= MIN_GLUED and word[end - 1] in word_set("chinese_glue", "tail"):
        end -= 1
    yield from word[:start]
    yield word[start:end]
    yield from word[end:]


@lru_cache(maxsize=MAX_KNOWN)
def _cut(block: str) -> tuple[tuple[str, str], ...]:
    """Cut a simplified stretch into words, each with its part of speech; a memory has the same stretches again and again."""
    cutter, words = _jieba()
    return tuple(
        (piece, _pos(piece, words))
        for word in cutter.words(block)
        for piece in (_unglued(word) if words.tag(word) is None and is_all_han(word) else (word,))
    )


def _words(text: str, copy: str) -> list[Word]:
    """Cut the simplified copy of a text and give the words as the text has them."""
    words: list[Word] = []
    is_copied = text != copy
    for block in _jieba()[0].blocks(copy):
        at = block.start()
        for piece, pos in _cut(block[0]):
            end = at + len(piece)
            word = text[at:end] if is_copied else piece
            words.append((word, at, end, pos, word, ()))
            at = end
    return words
