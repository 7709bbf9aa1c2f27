"""How well segments of one text explain those of the other: likelihood ratios as in IBM model 1.

The keys of a target segment come, each by itself, from the unigram distribution of the target text or from some key of a
block of source segments. The likelihood under that mixture against the unigram distribution alone is what the block says for
the segment. It adds up over the target segments of a bead, so that all beads whose source block is one are scored at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.model import MAX_SIDE

if TYPE_CHECKING:
    import numpy.typing as npt

    from termalign.alignment.associations import Conditional
    from termalign.alignment.sides import Floats, Ints, Side

__all__ = ["Explained", "Ratios", "explain", "ratios_of"]


@dataclass(frozen=True, slots=True)
class Ratios:
    """For pairs of types, how much more likely one makes the other than chance does, with the weights of the channels.

    Args:
        given: Type that is given, pairs sorted by told and given type.
        told: Type that is explained.
        value: Sum over channels of weight x share, over the unigram probability of the told type.
        rest: For each told type the weight of chance.
    """

    given: Ints = field(repr=False)
    told: Ints = field(repr=False)
    value: Floats = field(repr=False)
    rest: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class Explained:
    """Log-likelihood ratios of the segments of one side, given blocks of the other.

    Args:
        low: For each told segment the first given segment of its window.
        scores: ``scores[a - 1, j, k]``: told segment j given the a segments from ``low[j] + k``; ``-inf`` outside the window.
    """

    low: Ints
    scores: npt.NDArray[np.float32] = field(repr=False)


def ratios_of(shares: Conditional, *, weights: Floats, given: Side, told: Side) -> Ratios:
    """Weigh the channels and set each pair against chance.

    Args:
        shares: Probabilities by channel.
        weights: How often each kind of key comes about by each channel; (kinds, channels).
        given: The side that is given.
        told: The side that is explained.

    Returns:
        One ratio per pair of types.
    """
    n_given = max(1, len(given.keys))
    key = shares.told * n_given + shares.given
    value = weights[told.kinds[shares.told], shares.channel] * shares.share / told.unigram[shares.told]
    pairs, inverse = np.unique(key, return_inverse=True)
    summed = np.bincount(inverse, weights=value, minlength=len(pairs)).astype(float)
    kept = summed > 0
    return Ratios(pairs[kept] % n_given, pairs[kept] // n_given, summed[kept], weights[told.kinds, 0])


def explain(ratios: Ratios, *, given: Side, told: Side, low: Ints, high: Ints) -> Explained:
    """Score every told segment against every block of one to five given segments in its window.

    Args:
        ratios: How likely keys make each other.
        given: The side that is given; not empty.
        told: The side that is explained; not empty.
        low: For each told segment the first given segment of its window.
        high: The end of that window, excluded.

    Returns:
        The log-likelihood ratios.

    Source:
        Brown et al. (1993), The mathematics of statistical machine translation, CL 19(2), model 1; Moore (2002), Fast and
        accurate sentence alignment of bilingual corpora, AMTA, for its use against unigrams.
    """
    width = int((high - low).max())
    scores = np.full((MAX_SIDE, len(told), width), -np.inf, dtype=np.float32)
    keys, values = _masses(ratios, given)
    ends = np.concatenate([np.zeros(1), np.cumsum(given.sizes)])
    n = len(given)
    for j, (types, counts) in enumerate(told.counts):
        start, end = int(low[j]), int(high[j])
        first = np.searchsorted(keys, types * n + start)
        sizes = np.searchsorted(keys, types * n + end) - first
        met = sizes > 0
        rest = ratios.rest[types]
        chance = float(counts @ np.log(rest))
        mass = np.zeros((int(met.sum()), end - start))
        places, rows = _ranges(first[met], sizes[met]), np.repeat(np.arange(len(mass)), sizes[met])
        mass[rows, keys[places] - types[met][rows] * n - start] = values[places]
        sums = np.zeros((len(mass), end - start + 1))
        np.cumsum(mass, axis=1, out=sums[:, 1:])
        for a in range(1, min(MAX_SIDE, end - start) + 1):
            block = (sums[:, a:] - sums[:, :-a]) / (ends[start + a : end + 1] - ends[start : end + 1 - a])
            gains = np.log1p(np.maximum(block, 0.0) / rest[met, None])
            scores[a - 1, j, : end - start + 1 - a] = chance + counts[met] @ gains
    return Explained(low, scores)


def _masses(ratios: Ratios, given: Side) -> tuple[Ints, Floats]:
    """Return, sorted by told type and given segment, the sum of the ratios of the segment's keys for that type."""
    spread = given.spread(ratios.given)
    starts = given.first[ratios.given]
    places = _ranges(starts, spread)
    keys = np.repeat(ratios.told, spread) * max(1, len(given)) + given.places[places]
    values = np.repeat(ratios.value, spread) * given.repeats[places]
    found, inverse = np.unique(keys, return_inverse=True)
    return found, np.bincount(inverse, weights=values, minlength=len(found)).astype(float)


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Chain the ranges ``start..start + size``."""
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.repeat(starts - before, sizes) + np.arange(int(sizes.sum())))
