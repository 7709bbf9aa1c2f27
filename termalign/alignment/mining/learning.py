"""What the surest pairs teach: how often words find partners, and which words without one always meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.mining.gains import PRIOR_RATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Pool
    from termalign.alignment.mining.scoring import Linker

__all__ = ["learn_partners", "learn_rates"]

MIN_TOGETHER = 2  # pairs in which two words meet before they are taken for translations
DISCOUNT = 0.8  # meetings that may be chance
MIN_LEARNED = 0.4  # share of the pairs with the more frequent word in which both stand
PRIOR_TYPE = 4.0  # pairs that the rate of a kind counts as, against those of one word
PRIOR_KIND = 200.0  # words that the first guess counts as, against those of a kind
MAX_RATE = 0.95


def learn_rates(pairs: Iterable[tuple[int, int]], linker: Linker, pools: tuple[Pool, Pool]) -> tuple[Floats, Floats]:
    """Estimate how often a word has a partner in the translation of its sentence.

    Args:
        pairs: Pairs that are surely translations.
        linker: Links their words.
        pools: Both sides.

    Returns:
        For each side the rate of each type, in (0, 1).

    Source:
        Ours: shares with a prior, the kind's for a word, the first guess for a kind.
    """
    sides = [(np.zeros(len(pool.keys)), np.zeros(len(pool.keys))) for pool in pools]
    for i, j in pairs:
        for (hits, places), pool, number, linked in zip(sides, pools, (i, j), linker.links(i, j), strict=True):
            row = pool.row(number)
            places[row] += 1
            for one, strength in linked.items():
                hits[one] += strength
    first, second = (
        _rates(*side, pool, partners) for side, pool, partners in zip(sides, pools, linker.known, strict=True)
    )
    return first, second


def _rates(hits: Floats, places: Floats, pool: Pool, has_partners: npt.NDArray[np.bool_]) -> Floats:
    """Smooth the shares of one side."""
    places = np.where(has_partners, places, 0.0)
    of_kind = np.bincount(pool.kinds, weights=hits, minlength=len(Kind)) + PRIOR_KIND * PRIOR_RATES
    of_kind /= np.bincount(pool.kinds, weights=places, minlength=len(Kind)) + PRIOR_KIND
    return np.minimum(MAX_RATE, (hits + PRIOR_TYPE * of_kind[pool.kinds]) / (places + PRIOR_TYPE))


def learn_partners(
    pairs: Iterable[tuple[int, int]], linker: Linker, pools: tuple[Pool, Pool], partners: Partners
) -> Partners:
    """Pair the words that found no partner but always meet.

    Args:
        pairs: Pairs that are surely translations.
        linker: Links their words.
        pools: Both sides.
        partners: What is known already.

    Returns:
        The partners, and those learned.

    Source:
        Ours: the share of the more frequent word's pairs in which both stand, discounted.
    """
    singles: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    together: defaultdict[tuple[int, int], int] = defaultdict(int)
    for i, j in pairs:
        linked = linker.links(i, j)
        rows = [pool.row(number).tolist() for pool, number in zip(pools, (i, j), strict=True)]
        alone = [
            [one for one in row if one not in links and pool.kinds[one] != Kind.FUNCTION]
            for row, links, pool in zip(rows, linked, pools, strict=True)
        ]
        singles[0].update(rows[0])
        singles[1].update(rows[1])
        for s in alone[0]:
            for t in alone[1]:
                together[s, t] += 1
    owners, others, strengths = [], [], []
    for (s, t), count in sorted(together.items()):
        strength = (count - DISCOUNT) / max(singles[0][s], singles[1][t])
        if count >= MIN_TOGETHER and strength >= MIN_LEARNED:
            owners.append(s)
            others.append(t)
            strengths.append(strength)
    return partners.with_more(np.array(owners, np.int64), np.array(others, np.int64), np.array(strengths))
