"""Foreign names in Chinese text, where the splitter cut them to pieces: 布赖, 顿 is one name if Brighton stands on the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.mining.sounds import letters_of, skeletons

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from termalign.alignment.mining.pool import Ints, Pool

    Flags = npt.NDArray[np.bool_]
    Place = tuple[int, int, str]

__all__ = ["MIN_SOUNDS", "whole_names"]

MIN_SOUNDS = 3  # consonants of a name that is looked for; of two, every other pair of characters would be one
MIN_NAME, MAX_NAME = 3, 9  # characters of a name; two sound like one in every other sentence


def whole_names(pool: Pool, known: set[int], sounds: set[str]) -> Pool:
    """Put together the names of a Chinese collection that are heard in the other one.

    Args:
        pool: Sentences in Chinese.
        known: Types that are words, whatever they sound like.
        sounds: Skeletons of the names of the other collection.

    Returns:
        The pool with a type for each such name, in the place of its pieces. The types that there were keep their numbers.

    Source:
        Ours.
    """
    may_be_part = _may_be_part(pool, known)
    types, kept = pool.types.copy(), np.ones(len(pool.types), dtype=bool)
    index = dict(pool.index)
    for start, end in _runs(may_be_part[types], pool.first):
        sentence = np.searchsorted(pool.first, start, side="right") - 1
        row = slice(pool.first[sentence], pool.first[sentence + 1])
        for first, last, name in _names([pool.keys[number] for number in types[start:end].tolist()], sounds):
            if name in pool.index and first == last:
                continue
            kept[start + first : start + last + 1] = False
            number = index.setdefault(name, len(index))
            if number not in types[row][kept[row]]:
                types[start + first], kept[start + first] = number, True
    return _rebuilt(pool, index, types, kept)


def _may_be_part(pool: Pool, known: set[int]) -> Flags:
    """Tell for each type whether it may be a part of a name: no word, and with a character that writes names."""
    return np.array(
        [
            pool.kinds[number] == Kind.WORD
            and (len(key) == 1 or number not in known)
            and any(one is not None for one in letters_of(key))
            for number, key in enumerate(pool.keys)
        ],
        dtype=bool,
    )


def _runs(parts: Flags, first: Ints) -> Iterator[tuple[int, int]]:
    """Yield where parts stand side by side in a sentence: start and end."""
    begins = parts.copy()
    begins[1:] &= ~parts[:-1]
    borders = first[:-1][first[:-1] < len(parts)]
    begins[borders] = parts[borders]
    starts = np.flatnonzero(begins)
    stops = np.flatnonzero(~parts)
    ends = np.append(stops, len(parts))[np.searchsorted(stops, starts)]
    following = np.append(starts[1:], len(parts))
    yield from zip(starts.tolist(), np.minimum(ends, following).tolist(), strict=True)


def _names(keys: list[str], sounds: set[str]) -> Iterator[Place]:
    """Yield the names in some pieces that stand side by side, from the left, the longest first: first piece, last piece, name."""
    text = "".join(keys)
    owner = [number for number, key in enumerate(keys) for _ in key]
    letters = letters_of(text)
    at = 0
    while at + MIN_NAME <= len(text):
        for end in range(min(len(text), at + MAX_NAME), at + MIN_NAME - 1, -1):
            if None not in letters[at:end] and _is_heard(text[at:end], sounds):
                yield owner[at], owner[end - 1], text[at:end]
                at = next((place for place in range(end, len(text)) if owner[place] != owner[end - 1]), len(text))
                break
        else:
            at += 1


def _is_heard(name: str, sounds: set[str]) -> bool:
    """Tell whether a name of the other collection sounds like a stretch of characters."""
    return any(len(one) >= MIN_SOUNDS and one in sounds for one in skeletons(name, "zh-Hans"))


def _rebuilt(pool: Pool, index: dict[str, int], types: Ints, kept: Flags) -> Pool:
    """Return a pool with other types in its sentences."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])
    types = types[kept]
    kinds = np.concatenate([pool.kinds, np.full(len(index) - len(pool.keys), int(Kind.NAME))])
    return replace(
        pool,
        keys=tuple(index),
        index=index,
        kinds=kinds,
        first=before[pool.first],
        types=types,
        spread=np.bincount(types, minlength=len(index)),
    )
