"""A collection of sentences as numbered keys: compact, since there may be hundreds of thousands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from termalign.alignment.keys import Kind, keys_of
from termalign.alignment.mining.spreading import spread
from termalign.languages import LANGUAGES
from termalign.languages.characters import has_cjk, has_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.model import Token

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Line = tuple[str, Sequence[Token] | None]

__all__ = ["Pool", "pool_of"]

BATCH = 2000  # sentences whose words are found in one go
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

    def bare(self) -> Pool:
        """Return the same without the texts of the types, for other processes."""
        return replace(self, keys=(), index={})

    def row(self, number: int) -> Ints:
        """Return the types of a sentence."""
        return self.types[self.first[number] : self.first[number + 1]]

    def sentences(self) -> Ints:
        """Return for each entry of ``types`` the sentence that it stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))


def pool_of(sentences: Iterable[Line], *, language: str, jobs: int = 1) -> Pool:
    """Number the keys of sentences, a few thousand at a time, so that no more are held as objects.

    Args:
        sentences: Texts, with their words where they were split before.
        language: Their tag.
        jobs: How many processes; the pool is the same for any number.

    Returns:
        The pool; types are numbered in the order in which they appear.

    Raises:
        UnknownNameError: A language that is not registered.
    """
    LANGUAGES.get(language)
    index: dict[str, int] = {}
    types, sizes, lengths, met = [], [], [], []
    for part in spread(_part, ((lines, language) for lines in _batches(sentences)), jobs=jobs):
        number = np.array([index.setdefault(key, len(index)) for key in part.keys], dtype=np.int64)
        types.append(number[part.types])
        met.append(number[part.met // len(Kind)] * len(Kind) + part.met % len(Kind))
        sizes.append(part.sizes)
        lengths.append(part.lengths)
    types_of = _joined(types)
    counts = np.bincount(_joined(met), minlength=len(index) * len(Kind)).reshape(-1, len(Kind))
    return Pool(
        language=language,
        keys=tuple(index),
        index=index,
        kinds=counts.argmax(axis=1) if index else np.zeros(0, np.int64),
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(_joined(sizes))]),
        types=types_of,
        lengths=_joined(lengths).astype(float),
        spread=np.bincount(types_of, minlength=len(index)),
    )


class _Part(NamedTuple):
    """Some sentences of a pool: texts of their types, types and size of each, characters, and each place with its kind."""

    keys: tuple[str, ...]
    types: Ints
    sizes: Ints
    lengths: Ints
    met: Ints


def _part(lines: Sequence[Line], language: str) -> _Part:
    """Number the keys of some sentences."""
    speaker = LANGUAGES.get(language)
    index: dict[str, int] = {}
    flat, sizes, lengths, met = array("q"), array("q"), array("q"), array("q")
    for text, given in lines:
        is_text = _is_text(text, language)
        words = (speaker.tokens(text) if given is None else given) if is_text else ()
        lengths.append(max(1, sum(len(word.text) for word in words)))
        types: dict[int, None] = {}
        for key in keys_of(text, words, language=language) if is_text else ():
            if key.kind is not Kind.MARK:
                number = index.setdefault(key.text, len(index))
                met.append(number * len(Kind) + key.kind)
                types[number] = None
        flat.extend(types)
        sizes.append(len(types))
    return _Part(tuple(index), *(np.array(one, dtype=np.int64) for one in (flat, sizes, lengths, met)))


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Cut lines into lists of a size that is worth a process's while."""
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _joined(parts: list[Ints]) -> Ints:
    """Join arrays, of which there may be none."""
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _is_text(text: str, language: str) -> bool:
    """Tell whether a line is a sentence: of reasonable length, with a letter of its language; code in Japanese text is nobody's translation."""
    if len(text) > MAX_SENTENCE:
        return False
    return has_latin(text) if language == "en" else has_cjk(text)
