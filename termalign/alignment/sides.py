"""A run of segments in numbers: types instead of keys, with their counts and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    met: defaultdict[int, Counter[Kind]] = defaultdict(Counter)
    types: list[Ints] = []
    for keys in run.keys:
        numbers = [index.setdefault(key.text, len(index)) for key in keys[:MAX_KEYS]]
        for number, key in zip(numbers, keys, strict=False):
            met[number][key.kind] += 1
        types.append(np.array(numbers, dtype=np.int64))
    kinds = np.array([met[number].most_common(1)[0][0] for number in range(len(index))], dtype=np.int64)
    counts = tuple(_counted(one) for one in types)
    flat = np.concatenate([one for one, _ in counts]) if counts else np.zeros(0, np.int64)
    segment = np.repeat(np.arange(len(types)), [len(one) for one, _ in counts])
    repeats = np.concatenate([many for _, many in counts]) if counts else np.zeros(0)
    order = np.argsort(flat, kind="stable")
    totals = np.bincount(flat, weights=repeats, minlength=len(index))
    spread = np.bincount(flat, minlength=len(index))
    return Side(
        language=run.language,
        keys=tuple(index),
        index=index,
        kinds=kinds,
        types=tuple(types),
        counts=counts,
        unigram=totals / (totals.sum() + UNSEEN_KEYS),
        sizes=np.array([max(1.0, float(np.sum(kinds[one] != Kind.MARK))) for one in types]),
        lengths=np.array(run.lengths, dtype=float),
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(spread)]),
        places=segment[order],
        repeats=repeats[order],
        boundaries=boundaries_of(run.segments),
    )


def _counted(types: Ints) -> tuple[Ints, Floats]:
    found, counts = np.unique(types, return_counts=True)
    return found, counts.astype(float)


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
