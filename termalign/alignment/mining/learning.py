"""What the surest pairs teach: how often words find partners, and which words without one always meet."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.mining.candidates import expand
from termalign.alignment.mining.gains import PRIOR_RATES

if TYPE_CHECKING:
    import numpy.typing as npt

    from termalign.alignment.mining.linking import Linker
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Ints, Pool

__all__ = ["Lesson", "learn_partners", "learn_rates"]

MAX_ALONE = 40  # words of a side without partner that are paired with those of the other; the rarest tell most
MIN_TOGETHER = 2  # pairs in which two words meet before they are taken for translations
DISCOUNT = 0.8  # meetings that may be chance
MIN_LEARNED = 0.4  # share of the pairs with the more frequent word in which both stand
PRIOR_TYPE = 1.0  # pairs that the rate of a kind counts as, against those of one word
PRIOR_KIND = 200.0  # words that the first guess counts as, against those of a kind
MAX_RATE = 0.95


class Lesson:
    """Pairs that are surely translations, with their words.

    Args:
        src: Source sentences.
        tgt: A target sentence for each.
        pools: Both sides.
        linker: Links their words.
    """

    def __init__(self, src: Ints, tgt: Ints, pools: tuple[Pool, Pool], linker: Linker) -> None:
        self.pools = pools
        self.links = linker.links(src, tgt)
        self.n_pairs = len(src)
        owners, types = zip(*(_words(pool, side) for pool, side in zip(pools, (src, tgt), strict=True)), strict=True)
        self._owners, self._types = owners, types
        self.places = [np.bincount(side, minlength=len(pool.keys)) for side, pool in zip(types, pools, strict=True)]

    def hits(self, side: int) -> Floats:
        """Return for each type of a side how often it found a partner, weak ones counting less."""
        linked = (self.links.src, self.links.tgt)[side]
        met = np.bincount(linked, weights=self.links.strength, minlength=len(self.pools[side].keys))
        return np.asarray(met, dtype=np.float64)

    def alone(self, side: int) -> list[list[int]]:
        """List for each pair the rarest types of a side that found no partner."""
        linked = (self.links.src, self.links.tgt)[side]
        pool, owners, types = self.pools[side], self._owners[side], self._types[side]
        n_types = len(pool.keys)
        free = ~np.isin(owners * n_types + types, self.links.pair * n_types + linked)
        free &= pool.kinds[types] != Kind.FUNCTION
        owners, types = owners[free], types[free]
        order = np.lexsort((types, pool.spread[types], owners))
        owners, types = owners[order], types[order]
        kept = np.arange(len(owners)) - np.searchsorted(owners, owners, side="left") < MAX_ALONE
        bounds = np.searchsorted(owners[kept], np.arange(self.n_pairs + 1)).tolist()
        listed = types[kept].tolist()
        return [listed[start:end] for start, end in pairwise(bounds)]


def _words(pool: Pool, sentences: Ints) -> tuple[Ints, Ints]:
    """List the types of sentences, each with the number of its sentence in the list."""
    owners, places = expand(pool.first[sentences], np.diff(pool.first)[sentences])
    return owners, pool.types[places]


def learn_rates(lesson: Lesson, partners: Partners) -> tuple[Floats, Floats]:
    """Estimate how often a word has a partner in the translation of its sentence.

    Args:
        lesson: Pairs that are surely translations.
        partners: Partners of source types.

    Returns:
        For each side the rate of each type, in (0, 1).

    Source:
        Ours: shares with a prior, the kind's for a word, the first guess for a kind.
    """
    left, right = lesson.pools
    has = np.diff(partners.first) > 0, np.bincount(partners.other, minlength=len(right.keys)) > 0
    return (
        _rates(lesson.hits(0), lesson.places[0], left, has[0]),
        _rates(lesson.hits(1), lesson.places[1], right, has[1]),
    )


def _rates(hits: Floats, places: Ints, pool: Pool, has_partners: npt.NDArray[np.bool_]) -> Floats:
    """Smooth the shares of one side."""
    places = np.where(has_partners, places, 0)
    of_kind = np.bincount(pool.kinds, weights=hits, minlength=len(Kind)) + PRIOR_KIND * PRIOR_RATES
    of_kind /= np.bincount(pool.kinds, weights=places, minlength=len(Kind)) + PRIOR_KIND
    return np.minimum(MAX_RATE, (hits + PRIOR_TYPE * of_kind[pool.kinds]) / (places + PRIOR_TYPE))


def learn_partners(lesson: Lesson, partners: Partners) -> Partners:
    """Pair the words that found no partner but always meet.

    Args:
        lesson: Pairs that are surely translations.
        partners: What is known already.

    Returns:
        The partners, and those learned.

    Source:
        Ours: the share of the more frequent word's pairs in which both stand, discounted.
    """
    together: defaultdict[tuple[int, int], int] = defaultdict(int)
    for ours, theirs in zip(lesson.alone(0), lesson.alone(1), strict=True):
        for s in ours:
            for t in theirs:
                together[s, t] += 1
    owners, others, strengths = [], [], []
    for (s, t), count in sorted(together.items()):
        strength = (count - DISCOUNT) / max(lesson.places[0][s], lesson.places[1][t])
        if count >= MIN_TOGETHER and strength >= MIN_LEARNED:
            owners.append(s)
            others.append(t)
            strengths.append(strength)
    return partners.with_more(np.array(owners, np.int64), np.array(others, np.int64), np.array(strengths))
