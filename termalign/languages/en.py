"""English: sentences by rule, words by sacremoses, parts of speech and dictionary forms by rule.

sacremoses gives words without offsets and may rewrite them; ours finds each again in the text, and goes on by a pattern of
its own from where one cannot be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from termalign.languages.english_tags import tag_words
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma
from termalign.languages.sentences import split_sentences
from termalign.languages.tokens import join_runs
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.tokens import Word
    from termalign.model import Folded, Span

__all__ = ["ENGLISH", "English"]

REMEMBERED = 1 << 14  # words before a full stop
_SIMPLE = re.compile(r"-?[A-Za-z]+(?:[ -][A-Za-z]+)*-?")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|\S")


@dataclass(frozen=True, slots=True)
class English:
    """English; holds no tokenizer, so that it pickles: each process loads its own on first use."""

    tag: str = "en"

    def sentences(self, text: str) -> tuple[Span, ...]:
        """Split text into sentences; see :func:`termalign.languages.sentences.split_sentences`."""
        return split_sentences(text, self.tag)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Split a sentence into words.

        Args:
            text: A sentence.

        Returns:
            Words in order, together losing only white space; empty where there is nothing else. ``base`` is the
            dictionary form in lower case.

        Source:
            sacremoses 0.2 (the tokenizer of Moses) without escapes; parts of speech by
            :func:`termalign.languages.english_tags.tag_words`.
        """
        words = join_runs(text, list(_plain(text)))
        tags = tag_words([word[0] for word in words])
        return tuple(
            Token(word, start, end, pos, lemma(word, pos=pos))
            for (word, start, end, *_), pos in zip(words, tags, strict=True)
        )

    def fold(self, text: str) -> Folded:
        """Return the key to compare by; see :func:`termalign.languages.fold.fold`. Inflection stays in it."""
        return fold(text)


ENGLISH = English()


@cache
def _moses() -> Any:
    """Load sacremoses once per process."""
    from sacremoses import MosesTokenizer  # noqa: PLC0415 - 0.6 s that fold and sentences do not need

    moses = MosesTokenizer("en")
    # These make sets of whole classes of characters for each word before a full stop, up to a millisecond a call.
    for name in ("islower", "isanyalpha"):
        setattr(moses, name, lru_cache(maxsize=REMEMBERED)(getattr(moses, name)))
    return moses


def _plain(text: str) -> Iterator[Word]:
    """Find the words of sacremoses in the text; it cuts words of letters, and hyphens between them, only at blanks."""
    at = 0
    for word in text.split(" ") if _SIMPLE.fullmatch(text) else _moses().tokenize(text, escape=False):
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            break  # rewritten: the pattern takes the rest
        yield word, at, at + len(word), "x", "", ()
        at += len(word)
    for match in _WORD.finditer(text, at):
        yield match[0], match.start(), match.end(), "x", "", ()
