"""What an encoder says of a block: how near the vectors of its two sides are, against those of any two blocks of the texts.

The vector of a block is the sum of the vectors of its segments, each as long as its text, so that nothing is encoded twice. Cosines of
an encoder have no scale of their own: each is set against the mean of both blocks with all blocks of the other text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from termalign.alignment.model import MAX_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.alignment.keys import Run
    from termalign.alignment.search import Block, Corridor
    from termalign.alignment.sides import Floats, Ints
    from termalign.encoders import Vectors

    Rows = npt.NDArray[np.float32]

__all__ = ["WEIGHT", "Meaning", "meaning_of"]

# Nats for each segment of a block (of its two sides the mean) that means the same as the other side, margin 1. Set by hand: a margin
# of .6 to .8, which encoders trained on translations give to sentences that are such, then weighs as much as four or five words
# that link. Not fitted, since no such encoder ships with us.
WEIGHT = 6.0
MIN_APART = 0.1  # mean distance of a block from those of the other text, below which they are all alike
LEAST = -1.0  # margin; farther apart than twice the mean says no more
PART = 20_000  # blocks that are measured together; bounds memory


@dataclass(frozen=True, slots=True)
class _Vectors:
    """One side.

    Args:
        rows: Vectors of the segments, times their lengths.
        norms: For each size the norms of the blocks, by first segment; infinite where a block has no vector.
        near: ``near[a - 1][b - 1]``: the mean cosine of the source block of ``a`` segments with all blocks of ``b`` of the other side.
    """

    rows: Rows = field(repr=False)
    norms: tuple[Floats, ...] = field(repr=False)
    near: tuple[tuple[Floats, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Near:
    """What is said of the blocks near a stretch of a corridor.

    Args:
        meaning: Both sides.
        first: The first target segment.
        low: For each target segment, from that one on, the first source segment.
        sums: For each of them the sums of the products of vectors, up to each source segment and with up to each of five target segments.
    """

    meaning: Meaning
    first: int
    low: Ints
    sums: Floats = field(repr=False)

    def of(self, i: Ints, j: Ints, *, a: int, b: int) -> Floats:
        """Score blocks of one size, in nats."""
        row = j - self.first
        column = i - self.low[row]
        products = self.sums[row, column + a, b - 1] - self.sums[row, column, b - 1]
        return self.meaning.weighed(products, i, j, a=a, b=b)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Measures blocks.

    Args:
        src: Source side.
        tgt: Target side.
    """

    src: _Vectors
    tgt: _Vectors

    def near(self, corridor: Corridor, rows: range) -> _Near:
        """Prepare the blocks of a corridor that begin or end before target segments that follow each other.

        Args:
            corridor: The nodes.
            rows: Target positions.

        Returns:
            What scores them.
        """
        m = len(corridor.low) - 1
        targets = range(max(0, rows.start - MAX_SIDE), min(m, rows.stop))
        low, high = corridor.low, corridor.high
        ends = [int(high[min(j + MAX_SIDE, m)]) for j in targets]
        width = max((end - int(low[j]) for j, end in zip(targets, ends, strict=True)), default=0)
        sums = np.zeros((len(targets), width + 1, MAX_SIDE))
        for number, (j, end) in enumerate(zip(targets, ends, strict=True)):
            products = self.src.rows[low[j] : end] @ self.tgt.rows[j : j + MAX_SIDE].T
            size, n = products.shape
            np.cumsum(np.cumsum(products, axis=1, dtype=float), axis=0, out=sums[number, 1 : size + 1, :n])
        return _Near(self, targets.start, low[targets.start : targets.stop], sums)

    def of(self, blocks: Sequence[Block]) -> Floats:
        """Score blocks.

        Args:
            blocks: Blocks anywhere, null beads among them.

        Returns:
            For each its margin times the mean number of its segments, in nats, at most 5 times :data:`WEIGHT`; 0 for null beads.

        Source:
            Thompson & Koehn (2019), Vecalign, EMNLP, for setting the cosine against those with other blocks of the texts.
        """
        found = np.zeros(len(blocks))
        places = np.array([(one.i, one.j, one.a, one.b) for one in blocks], dtype=np.int64).reshape(-1, 4)
        for a in range(1, MAX_SIDE + 1):
            for b in range(1, MAX_SIDE + 1):
                chosen = np.flatnonzero((places[:, 2] == a) & (places[:, 3] == b))
                for start in range(0, len(chosen), PART):
                    part = chosen[start : start + PART]
                    found[part] = self._of_size(places[part, 0], places[part, 1], a=a, b=b)
        return found

    def _of_size(self, i: Ints, j: Ints, *, a: int, b: int) -> Floats:
        """Score blocks of one size."""
        ours = sum((self.src.rows[i + k] for k in range(1, a)), start=self.src.rows[i])
        theirs = sum((self.tgt.rows[j + k] for k in range(1, b)), start=self.tgt.rows[j])
        return self.weighed(np.einsum("kd,kd->k", ours, theirs, dtype=float), i, j, a=a, b=b)

    def weighed(self, products: Floats, i: Ints, j: Ints, *, a: int, b: int) -> Floats:
        """Turn products of the vectors of blocks into scores.

        Args:
            products: Scalar products.
            i: First source segments.
            j: First target segments.
            a: Source segments of each block, > 0.
            b: Target segments of each block, > 0.

        Returns:
            A score per block, in nats.
        """
        cosine = products / (self.src.norms[a - 1][i] * self.tgt.norms[b - 1][j])
        near = 0.5 * (self.src.near[a - 1][b - 1][i] + self.tgt.near[b - 1][a - 1][j])
        margin = 1.0 - (1.0 - cosine) / np.maximum(1.0 - near, MIN_APART)
        return np.asarray(WEIGHT * 0.5 * (a + b) * np.maximum(margin, LEAST))


def meaning_of(left: Run, right: Run, *, vectors: Vectors) -> Meaning:
    """Encode two runs.

    Args:
        left: Source run, not empty.
        right: Target run, not empty.
        vectors: The encoder.

    Returns:
        What measures their blocks.
    """
    rows = [_weighed_rows(run, vectors) for run in (left, right)]
    norms = [_norms(one) for one in rows]
    means = [_means(one, sizes) for one, sizes in zip(rows, norms, strict=True)]
    return Meaning(
        _Vectors(rows[0], norms[0], _near(rows[0], norms[0], means[1])),
        _Vectors(rows[1], norms[1], _near(rows[1], norms[1], means[0])),
    )


def _weighed_rows(run: Run, vectors: Vectors) -> Rows:
    """Return the vectors of segments, as long as their texts."""
    found = vectors.of([one.text for one in run.segments])
    return np.asarray(found * np.array(run.lengths, dtype=np.float32)[:, None])


def _blocks(rows: Rows, size: int) -> Rows:
    """Return the vectors of all blocks of a size, by first segment."""
    found = rows[: len(rows) - size + 1].copy()
    for k in range(1, size):
        found += rows[k : len(rows) - size + 1 + k]
    return found


def _norms(rows: Rows) -> tuple[Floats, ...]:
    """Return the norms of the blocks of each size that there are."""
    found = []
    for size in range(1, min(MAX_SIDE, len(rows)) + 1):
        norm = np.linalg.norm(_blocks(rows, size), axis=1).astype(float)
        found.append(np.where(norm > 0, norm, np.inf))
    return tuple(found)


def _means(rows: Rows, norms: Sequence[Floats]) -> tuple[Floats, ...]:
    """Return the mean vector, of those of unit norm, of the blocks of each size."""
    return tuple(
        np.asarray((_blocks(rows, size) / norm[:, None]).mean(axis=0, dtype=float))
        for size, norm in enumerate(norms, 1)
    )


def _near(rows: Rows, norms: Sequence[Floats], means: Sequence[Floats]) -> tuple[tuple[Floats, ...], ...]:
    """Return the mean cosine of the blocks of each size with all blocks of each size of the other side."""
    products = rows @ np.stack(means, axis=1)
    sums = np.concatenate([np.zeros((1, len(means))), np.cumsum(products, axis=0)])
    return tuple(
        tuple((sums[size:, k] - sums[:-size, k]) / norm for k in range(len(means)))
        for size, norm in enumerate(norms, 1)
    )
