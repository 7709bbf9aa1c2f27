"""A run of segments in numbers: types instead of keys, with their counts and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from termalign.alignment.boundaries import boundaries_of
from termalign.alignment.keys import Kind

if TYPE_CHECKING:
    from termalign.alignment.boundaries import Boundaries
    from termalign.alignment.keys import Run

__all__ = ["UNSEEN_KEYS", "Floats", "Ints", "Side", "block_sums", "ranges", "side_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_Number = TypeVar("_Number", np.int64, np.float64)

# Keys that the text is taken to be a sample of, besides its own: keeps the words of a short text from counting as frequent.
UNSEEN_KEYS = 1000.0
MAX_KEYS = 500  # of a segment that are looked at; what is longer is no sentence


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an alignment.

    Args:
        language: Its tag.
        keys: Text of each type.
        index: Type of each text.
        kinds: Kind of each type, the most frequent where they differ.
        types: For each segment its types in text order.
        counts: For each segment its distinct types, ascending, and how often each stands there.
        unigram: Share of each type among the keys of the text and :data:`UNSEEN_KEYS` others.
        sizes: For each segment the number of its keys that are no marks, at least 1.
        lengths: For each segment its characters, at least 1.
        first: Where the places of each type begin in ``places``; one entry more than types.
        places: Segments of each type, ascending.
        repeats: How often the type stands in that segment.
    """

    language: str
    keys: tuple[str, ...]
    index: dict[str, int] = field(repr=False)
    kinds: Ints = field(repr=False)
    types: tuple[Ints, ...] = field(repr=False)
    counts: tuple[tuple[Ints, Floats], ...] = field(repr=False)
    unigram: Floats = field(repr=False)
    sizes: Floats = field(repr=False)
    lengths: Floats = field(repr=False)
    first: Ints = field(repr=False)
    places: Ints = field(repr=False)
    repeats: Floats = field(repr=False)
    boundaries: Boundaries = field(repr=False)

    def __len__(self) -> int:
        return len(self.types)

    def spread(self, types: Ints) -> Ints:
        """Count the segments that hold each of the types."""
        return np.asarray(self.first[types + 1] - self.first[types])


def side_of(run: Run) -> Side:
    """Number the keys of a run.

    Args:
        run: Segments with their keys; may be empty.

    Returns:
        The side; types are numbered in the order in which they appear.
    """
    index: dict[str, int] = {}
    keys = [segment[:MAX_KEYS] for segment in run.keys]
    numbers = np.array([index.setdefault(key.text, len(index)) for key in chain(*keys)], dtype=np.int64)
    kinds = _kinds(numbers, np.array([key.kind for key in chain(*keys)], dtype=np.int64), len(index))
    n_keys = np.array([len(segment) for segment in keys], dtype=np.int64)
    places = np.repeat(np.arange(len(keys)), n_keys)
    found, n_found = np.unique(places * max(1, len(index)) + numbers, return_counts=True)
    segment, flat = np.divmod(found, max(1, len(index)))
    repeats = n_found.astype(float)
    spoken = np.bincount(places[kinds[numbers] != Kind.MARK], minlength=len(keys))
    ends = np.searchsorted(segment, np.arange(1, len(keys) + 1))
    order = np.argsort(flat, kind="stable")
    totals = np.bincount(flat, weights=repeats, minlength=len(index))
    spread = np.bincount(flat, minlength=len(index))
    return Side(
        language=run.language,
        keys=tuple(index),
        index=index,
        kinds=kinds,
        types=_split(numbers, np.cumsum(n_keys)),
        counts=tuple(zip(_split(flat, ends), _split(repeats, ends), strict=True)),
        unigram=totals / (totals.sum() + UNSEEN_KEYS),
        sizes=np.maximum(spoken, 1).astype(float),
        lengths=np.array(run.lengths, dtype=float),
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(spread)]),
        places=segment[order],
        repeats=repeats[order],
        boundaries=boundaries_of(run.segments),
    )


def _kinds(types: Ints, kinds: Ints, n_types: int) -> Ints:
    """Return the most frequent kind of each type; of equally frequent ones that which comes first."""
    found, first, counts = np.unique(types * len(Kind) + kinds, return_index=True, return_counts=True)
    owner, kind = np.divmod(found, len(Kind))
    order = np.lexsort((first, -counts, owner))
    return np.asarray(kind[order][np.searchsorted(owner, np.arange(n_types))])


def _split(column: npt.NDArray[_Number], ends: Ints) -> tuple[npt.NDArray[_Number], ...]:
    """Cut a column into the parts of the segments."""
    return tuple(column[start:end] for start, end in pairwise([0, *ends.tolist()]))


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Chain the ranges ``start..start + size``.

    Args:
        starts: Where each begins.
        sizes: How long each is, >= 0.

    Returns:
        The numbers of all of them.

    >>> ranges(np.array([3, 0, 7]), np.array([2, 0, 3])).tolist()
    [3, 4, 7, 8, 9]
    """
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.repeat(starts - before, sizes) + np.arange(int(sizes.sum())))


def block_sums(values: Floats, starts: Ints, sizes: Ints) -> Floats:
    """Sum what belongs to the segments of blocks.

    Args:
        values: A number for each segment.
        starts: First segment of each block.
        sizes: Segments of each block, > 0.

    Returns:
        A sum per block.

    >>> block_sums(np.array([1.0, 2.0, 4.0]), np.array([0, 1]), np.array([3, 1])).tolist()
    [7.0, 2.0]
    """
    found = values[starts]
    for step in range(1, int(sizes.max(initial=0))):
        longer = sizes > step
        found[longer] += values[starts[longer] + step]
    return found
