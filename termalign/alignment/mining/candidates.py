"""Which sentences of the other side to look at: by the partners of the rarest words, through an inverted index."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from termalign.alignment.mining.gains import Gains
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Ints, Pool

__all__ = ["Retriever"]

N_NEAREST = 6  # sentences that are kept for each sentence
MAX_PLACES = 6000  # places of the other side that are looked up for each sentence
CHUNK = 1 << 9  # sentences that are looked up at once; bounds the memory
# Fields of the 63 bits that are sorted: row in a chunk, sentence, type, and a gain in parts of a nat.
ROW_BITS, SENTENCE_BITS, TYPE_BITS, GAIN_BITS = 9, 28, 28, 26
FINE = 1 << 18
FARTHEST = (1 << GAIN_BITS) - 1
MIN_STRENGTH = (
    0.35  # of the reason for two words to be looked up; weaker ones find mostly what has nothing to do with it
)
NORM = 20.0  # nats added to what a sentence can gain, so that short sentences are not near everything


class Retriever:
    """Finds near sentences.

    Args:
        pool: The side that asks.
        other: The side that is searched.
        partners: Partners of the types of ``pool``.
        gains: Gains of both sides.
    """

    def __init__(self, pool: Pool, other: Pool, partners: Partners, gains: tuple[Gains, Gains]) -> None:
        self._pool, self._other, self._partners = pool.bare(), other.bare(), partners
        gain = partners.strength * (gains[0].hit[partners.owners()] + gains[1].hit[partners.other])
        self._gain = np.minimum(FARTHEST, (gain * FINE).astype(np.int64))
        self._places = other.sentences()[np.argsort(other.types, kind="stable")]
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(other.spread)])
        total = np.bincount(other.sentences(), weights=gains[1].hit[other.types], minlength=len(other))
        # Room to work in: sums by sentence, and where each was met.
        self._total, self._seen = np.zeros(len(other), np.int64), np.zeros(len(other), np.int64)
        self._norm = FINE * np.sqrt(total + NORM)

    def nearest(self, start: int, end: int) -> tuple[Ints, Ints]:
        """Look up sentences.

        Args:
            start: The first of them.
            end: End, excluded.

        Returns:
            Sentences of the asking side, and a near sentence of the other for each; up to :data:`N_NEAREST` for each.
        """
        found = [self._chunk(at, min(end, at + CHUNK)) for at in range(start, end, CHUNK)]
        return np.repeat(np.arange(start, end), [len(one) for part in found for one in part]), np.concatenate(
            [one for part in found for one in part]
        )

    def _chunk(self, start: int, end: int) -> list[Ints]:
        """Return the nearest of each sentence from ``start`` to ``end``."""
        rows, partner, gain = self._asked(start, end)
        owner, at = expand(self._starts[partner], self._other.spread[partner])
        places, gains = self._places[at], gain[owner]
        bounds = np.searchsorted(rows[owner], np.arange(end - start + 1)).tolist()
        return [self._best(places[first:last], gains[first:last]) for first, last in pairwise(bounds)]

    def _best(self, places: Ints, gains: Ints) -> Ints:
        """Add up what sentences gain, and choose the nearest; of two as near the one that stands first."""
        np.add.at(self._total, places, gains)
        number = np.arange(len(places))
        self._seen[places] = number
        place = places[self._seen[places] == number]
        total = self._total[place]
        self._total[place] = 0
        farness = FARTHEST - np.minimum(FARTHEST, (total / self._norm[place] * FINE).astype(np.int64))
        ranked = _packed((farness, GAIN_BITS), (place, SENTENCE_BITS))
        if len(ranked) > N_NEAREST:
            ranked = np.partition(ranked, N_NEAREST - 1)[:N_NEAREST]
        return np.sort(ranked) & ((1 << SENTENCE_BITS) - 1)

    def _asked(self, start: int, end: int) -> tuple[Ints, Ints, Ints]:
        """Return row in the chunk, type of the other side and gain of what is looked up: the rarest types, as far as places allow."""
        pool, partners, spread = self._pool, self._partners, self._other.spread
        flat = pool.types[pool.first[start] : pool.first[end]]
        row = np.repeat(np.arange(end - start), np.diff(pool.first[start : end + 1]))
        owner, place = expand(partners.first[flat], np.diff(partners.first)[flat])
        useful = (self._gain[place] > 0) & (partners.strength[place] >= MIN_STRENGTH)
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
