"""Which sentences of the other side to look at: by the partners of the rarest words, through an inverted index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.alignment.mining.gains import Gains
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Ints, Pool

__all__ = ["Retriever"]

N_NEAREST = 6  # sentences that are kept for each sentence
MAX_PLACES = 4000  # places of the other side that are looked up for each sentence
CHUNK = 1 << 9  # sentences that are looked up at once; bounds the memory
# Fields of the 63 bits that are sorted: row in a chunk, sentence, type, and a gain in parts of a nat.
ROW_BITS, SENTENCE_BITS, TYPE_BITS, GAIN_BITS = 9, 28, 28, 26
FINE = 1 << 18
FARTHEST = (1 << GAIN_BITS) - 1
NORM = 4.0  # nats added to what a sentence can gain, so that short sentences are not near everything


class Retriever:
    """Finds near sentences.

    Args:
        pool: The side that asks.
        other: The side that is searched.
        partners: Partners of the types of ``pool``.
        gains: Gains of both sides.
    """

    def __init__(self, pool: Pool, other: Pool, partners: Partners, gains: tuple[Gains, Gains]) -> None:
        self._pool, self._other, self._partners = pool, other, partners
        gain = partners.strength * (gains[0].hit[partners.owners()] + gains[1].hit[partners.other])
        self._gain = np.minimum(FARTHEST, (gain * FINE).astype(np.int64))
        self._places = other.sentences()[np.argsort(other.types, kind="stable")]
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(other.spread)])
        total = np.bincount(other.sentences(), weights=gains[1].hit[other.types], minlength=len(other))
        self._norm = FINE * np.sqrt(total + NORM)

    def nearest(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield near sentences, in chunks.

        Yields:
            Sentences of the asking side, and a near sentence of the other for each; up to :data:`N_NEAREST` for each.
        """
        for start in range(0, len(self._pool), CHUNK):
            yield self._chunk(start, min(len(self._pool), start + CHUNK))

    def _chunk(self, start: int, end: int) -> tuple[Ints, Ints]:
        """Look up the sentences ``start`` to ``end``, and keep the nearest of each."""
        sentence, partner, gain = self._asked(start, end)
        owner, place = expand(self._starts[partner], self._other.spread[partner])
        met = np.sort(
            _packed((sentence[owner], ROW_BITS), (self._places[place], SENTENCE_BITS), (gain[owner], GAIN_BITS))
        )
        pair = met >> GAIN_BITS
        fresh = np.flatnonzero(_differs(pair))
        if not len(fresh):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        score = np.add.reduceat(met & ((1 << GAIN_BITS) - 1), fresh)
        row, near = pair[fresh] >> SENTENCE_BITS, pair[fresh] & ((1 << SENTENCE_BITS) - 1)
        farness = FARTHEST - np.minimum(FARTHEST, (score / self._norm[near] * FINE).astype(np.int64))
        ranked = np.sort(_packed((row, ROW_BITS), (farness, GAIN_BITS), (near, SENTENCE_BITS)))
        row = ranked >> (GAIN_BITS + SENTENCE_BITS)
        kept = np.arange(len(row)) - np.searchsorted(row, row, side="left") < N_NEAREST
        return row[kept] + start, ranked[kept] & ((1 << SENTENCE_BITS) - 1)

    def _asked(self, start: int, end: int) -> tuple[Ints, Ints, Ints]:
        """Return row in the chunk, type of the other side and gain of what is looked up: the rarest types, as far as places allow."""
        pool, partners, spread = self._pool, self._partners, self._other.spread
        flat = pool.types[pool.first[start] : pool.first[end]]
        row = np.repeat(np.arange(end - start), np.diff(pool.first[start : end + 1]))
        owner, place = expand(partners.first[flat], np.diff(partners.first)[flat])
        useful = self._gain[place] > 0
        owner, place = owner[useful], place[useful]
        # Of two words with one partner, the one that gains more.
        most = (1 << GAIN_BITS) - 1
        met = np.sort(
            _packed((row[owner], ROW_BITS), (partners.other[place], TYPE_BITS), (most - self._gain[place], GAIN_BITS))
        )
        met = met[_differs(met >> GAIN_BITS)]
        row, partner = met >> (GAIN_BITS + TYPE_BITS), (met >> GAIN_BITS) & ((1 << TYPE_BITS) - 1)
        order = np.lexsort((spread[partner], row))
        row, partner, gain = row[order], partner[order], most - (met[order] & most)
        total = np.cumsum(spread[partner])
        before = np.searchsorted(row, row, side="left")
        cheap = total - np.where(before > 0, total[before - 1], 0) <= MAX_PLACES
        return row[cheap], partner[cheap], gain[cheap]


def _packed(*fields: tuple[Ints, int]) -> Ints:
    """Pack fields into one number each, the first field highest: sorting numbers is many times faster than sorting rows."""
    packed = np.zeros(len(fields[0][0]), np.int64)
    for values, bits in fields:
        packed <<= bits
        packed |= values
    return packed


def _differs(values: Ints) -> npt.NDArray[np.bool_]:
    """Tell for each of some sorted values whether it is the first of its kind."""
    fresh = np.ones(len(values), dtype=bool)
    fresh[1:] = values[1:] != values[:-1]
    return fresh


def expand(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """List the members of ranges.

    Args:
        starts: Where each range begins.
        counts: How long it is.

    Returns:
        For each member the number of its range, and its place.
    """
    owner = np.repeat(np.arange(len(starts)), counts)
    ends = np.cumsum(counts)
    offset = np.arange(len(owner)) - np.repeat(ends - counts, counts)
    return owner, starts[owner] + offset
