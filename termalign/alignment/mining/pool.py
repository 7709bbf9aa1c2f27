"""A collection of sentences as numbered keys: compact, since there may be hundreds of thousands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from termalign.alignment.keys import Kind, keys_of
from termalign.languages import LANGUAGES
from termalign.languages.characters import has_cjk, has_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termalign.model import Token

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

__all__ = ["Pool", "pool_of"]

MAX_SENTENCE = 5000  # characters; a longer line is no sentence, and would take as long as all others


@dataclass(frozen=True, slots=True)
class Pool:
    """Sentences of one language, in no particular order.

    Args:
        language: Their tag.
        keys: Text of each type.
        index: Type of each text.
        kinds: Kind of each type, that of most of its places.
        first: Where the types of each sentence begin in ``types``; one entry more than sentences.
        types: Distinct types of each sentence, in text order. Marks are left out; lines that are no sentences of the language
            have none.
        lengths: Characters of each sentence that are no white space, at least 1.
        spread: In how many sentences each type stands.
    """

    language: str
    keys: tuple[str, ...] = field(repr=False)
    index: dict[str, int] = field(repr=False)
    kinds: Ints = field(repr=False)
    first: Ints = field(repr=False)
    types: Ints = field(repr=False)
    lengths: Floats = field(repr=False)
    spread: Ints = field(repr=False)

    def __len__(self) -> int:
        return len(self.first) - 1

    def row(self, number: int) -> Ints:
        """Return the types of a sentence."""
        return self.types[self.first[number] : self.first[number + 1]]

    def sentences(self) -> Ints:
        """Return for each entry of ``types`` the sentence that it stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))


def pool_of(sentences: Iterable[tuple[str, Sequence[Token] | None]], *, language: str) -> Pool:
    """Number the keys of sentences, one sentence after the other, so that no more than one is held as objects.

    Args:
        sentences: Texts, with their words where they were split before.
        language: Their tag.

    Returns:
        The pool; types are numbered in the order in which they appear.

    Raises:
        UnknownNameError: A language that is not registered.
    """
    speaker = LANGUAGES.get(language)
    index: dict[str, int] = {}
    flat, first, lengths, met = array("q"), array("q", [0]), array("d"), array("q")
    for text, given in sentences:
        is_text = _is_text(text, language)
        words = (speaker.tokens(text) if given is None else given) if is_text else ()
        lengths.append(max(1, sum(len(word.text) for word in words)))
        if is_text:
            types: dict[int, None] = {}
            for key in keys_of(text, words, language=language):
                if key.kind is not Kind.MARK:
                    number = index.setdefault(key.text, len(index))
                    met.append(number * len(Kind) + key.kind)
                    types[number] = None
            flat.extend(types)
        first.append(len(flat))
    types_of = np.array(flat, dtype=np.int64)
    counts = np.bincount(np.array(met, dtype=np.int64), minlength=len(index) * len(Kind)).reshape(-1, len(Kind))
    return Pool(
        language=language,
        keys=tuple(index),
        index=index,
        kinds=counts.argmax(axis=1) if index else np.zeros(0, np.int64),
        first=np.array(first, dtype=np.int64),
        types=types_of,
        lengths=np.array(lengths),
        spread=np.bincount(types_of, minlength=len(index)),
    )


def _is_text(text: str, language: str) -> bool:
    """Tell whether a line is a sentence: of reasonable length, with a letter of its language; code in Japanese text is nobody's translation."""
    if len(text) > MAX_SENTENCE:
        return False
    return has_latin(text) if language == "en" else has_cjk(text)
