"""Where the parts of long texts correspond when no word is rare: texts that repeat themselves, parts of which stand on one side only.

Both texts are cut into as many parts. Each part is a short vector: the sum of those of its words, rare ones counting more; a word of the
source has the mean vector of what may translate it. The likeliest ascending chain of parts leads through both texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from termalign.alignment.associations import Associations
    from termalign.alignment.sides import Floats, Ints, Side

    Rows = npt.NDArray[np.float32]

__all__ = ["Coarse"]

DIMENSIONS = 128  # of the vectors: words that have nothing to do with each other have cosines of about 0.09
MAX_PARTS = 1000  # of each text
LEAST_PART = 10  # segments
MIN_COSINE = 0.15  # of two parts that may correspond, the mean of all parts taken off
LEAST_OWN = (
    0.05  # norm of what a part of unit norm has of its own, below which it is like all others: lines that are alike
)
NEAR = 3  # parts within which another pair of the chain must agree
PAIRS = 100_000  # pairs of types that are summed together; bounds memory


class Coarse:
    """Compares parts of two texts.

    Args:
        left: Source side.
        right: Target side.
        associations: Pairs of types that may translate each other.
    """

    def __init__(self, left: Side, right: Side, associations: Associations) -> None:
        self._left, self._right = left, right
        generator = np.random.default_rng(0)  # always the same vectors
        words = generator.standard_normal((len(right.keys), DIMENSIONS), dtype=np.float32)
        self._tgt = words * _rarity(right)[:, None]
        self._src = _translated(words, len(left.keys), associations) * _rarity(left)[:, None]

    def anchors(self, start: tuple[int, int], end: tuple[int, int]) -> tuple[list[tuple[int, int]], int]:
        """Find pairs of places that correspond between two that do.

        Args:
            start: A source and a target segment.
            end: The segments after the last ones.

        Returns:
            Pairs of segments, ascending on both sides, and by how many source segments they may be wrong.

        Source:
            Kaski (1998), Dimensionality reduction by random mapping, IJCNN, for the vectors; the use is ours.
        """
        sizes = end[0] - start[0], end[1] - start[1]
        n = max(1, min(MAX_PARTS, min(sizes) // LEAST_PART))
        src = np.linspace(start[0], end[0], n + 1).astype(int)
        tgt = np.linspace(start[1], end[1], n + 1).astype(int)
        gains = _parts(self._src, self._left, src) @ _parts(self._tgt, self._right, tgt).T - MIN_COSINE
        found = [((src[k] + src[k + 1]) // 2, (tgt[q] + tgt[q + 1]) // 2) for k, q in _supported(_chain(gains))]
        return [(int(i), int(j)) for i, j in found], 4 * (sizes[0] // n + 1)


def _rarity(side: Side) -> Rows:
    """Weigh the types of a side: the logarithm of how many segments there are to one that holds it."""
    spread = np.maximum(side.first[1:] - side.first[:-1], 1)
    return np.asarray(np.log(max(2, len(side)) / spread), dtype=np.float32)


def _translated(words: Rows, n: int, associations: Associations) -> Rows:
    """Give each source type the weighed mean of the vectors of what may translate it."""
    order = np.lexsort((associations.weight, associations.tgt, associations.src))
    src, tgt = associations.src[order], associations.tgt[order]
    weight = associations.weight[order].astype(np.float32)
    totals = np.bincount(src, weights=weight, minlength=n)
    share = (weight / np.maximum(totals[src], 1e-9)).astype(np.float32)
    found = np.zeros((n, words.shape[1]), dtype=np.float32)
    for at in range(0, len(src), PAIRS):
        part = slice(at, at + PAIRS)
        types, begins = np.unique(src[part], return_index=True)
        found[types] += np.add.reduceat(words[tgt[part]] * share[part, None], begins, axis=0)
    return found


def _parts(words: Rows, side: Side, ends: Ints) -> Rows:
    """Return the vectors of the parts between ``ends``, of unit norm, what all have in common taken off."""
    found = np.zeros((len(ends) - 1, words.shape[1]), dtype=np.float32)
    for number in range(len(found)):
        types = np.concatenate(side.types[ends[number] : ends[number + 1]])
        found[number] = words[types].sum(axis=0)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    found -= found.mean(axis=0)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), LEAST_OWN))


def _chain(gains: Rows) -> list[tuple[int, int]]:
    """Find the ascending chain of cells that gains most; each row and column is in it once at most."""
    n, m = gains.shape
    best: Floats = np.zeros((n + 1, m + 1))
    for k in range(n):
        best[k + 1, 1:] = np.maximum(best[k, :-1] + gains[k], best[k, 1:])
        np.maximum.accumulate(best[k + 1], out=best[k + 1])
    found = []
    k, q = n, m
    while k and q:
        if best[k, q] == best[k, q - 1]:
            q -= 1
        elif best[k, q] == best[k - 1, q]:
            k -= 1
        else:
            k, q = k - 1, q - 1
            found.append((k, q))
    return found[::-1]


def _supported(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep cells with a neighbour in the chain near by on both sides."""
    kept = []
    for number, (k, q) in enumerate(chain):
        near = chain[max(0, number - 1) : number] + chain[number + 1 : number + 2]
        if any(abs(k - other) <= NEAR and abs(q - place) <= NEAR for other, place in near):
            kept.append((k, q))
    return kept
