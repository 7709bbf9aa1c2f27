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

    Scores = npt.NDArray[np.float32]

__all__ = ["Explained", "Ratios", "explain", "ratios_of"]

PART = 1000  # told segments that are scored together; bounds memory


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
    scores: Scores = field(repr=False)


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
    order = np.argsort(ratios.given, kind="stable")
    by_given = Ratios(ratios.given[order], ratios.told[order], ratios.value[order], ratios.rest)
    ends = np.concatenate([np.zeros(1), np.cumsum(given.sizes)])
    for first in range(0, len(told), PART):
        part = range(first, min(len(told), first + PART))
        start, end = int(low[part.start : part.stop].min()), int(high[part.start : part.stop].max())
        masses = _masses(by_given, given, told, part=part, window=range(start, end))
        for j in part:
            _score(scores[:, j], masses, told.counts[j], ends=ends, place=(int(low[j]), int(high[j])))
    return Explained(low, scores)


@dataclass(frozen=True, slots=True)
class _Masses:
    """Sums of ratios by told type and given segment, for a part of the told segments.

    Args:
        keys: Told type x number of given segments + segment, ascending.
        values: The sum of the ratios of the segment's keys for that type.
        n: Number of given segments.
        rest: For each told type the weight of chance.
    """

    keys: Ints
    values: Floats
    n: int
    rest: Floats


def _score(
    scores: Scores, masses: _Masses, counted: tuple[Ints, Floats], *, ends: Floats, place: tuple[int, int]
) -> None:
    """Score one told segment against the blocks of its window."""
    (types, counts), (start, end) = counted, place
    first = np.searchsorted(masses.keys, types * masses.n + start)
    sizes = np.searchsorted(masses.keys, types * masses.n + end) - first
    met = sizes > 0
    rest = masses.rest[types]
    chance = float(counts @ np.log(rest))
    mass = np.zeros((int(met.sum()), end - start))
    places, rows = _ranges(first[met], sizes[met]), np.repeat(np.arange(len(mass)), sizes[met])
    mass[rows, masses.keys[places] - types[met][rows] * masses.n - start] = masses.values[places]
    mass /= rest[met, None]
    sums = np.zeros((len(mass), end - start + 1))
    np.cumsum(mass, axis=1, out=sums[:, 1:])
    for a in range(1, min(MAX_SIDE, end - start) + 1):
        block = (sums[:, a:] - sums[:, :-a]) / (ends[start + a : end + 1] - ends[start : end + 1 - a])
        scores[a - 1, : end - start + 1 - a] = chance + counts[met] @ np.log1p(np.maximum(block, 0.0))


def _masses(ratios: Ratios, given: Side, told: Side, *, part: range, window: range) -> _Masses:
    """Sum ratios for the types of some told segments and the given segments of a window; ratios are sorted by given type."""
    wanted = np.zeros(len(told.keys), dtype=bool)
    for j in part:
        wanted[told.counts[j][0]] = True
    kept = wanted[ratios.told]
    mine, theirs, value = ratios.given[kept], ratios.told[kept], ratios.value[kept]
    counted = given.counts[window.start : window.stop]
    types = np.concatenate([one for one, _ in counted])
    segments = np.repeat(np.arange(window.start, window.stop), [len(one) for one, _ in counted])
    repeats = np.concatenate([many for _, many in counted])
    first = np.searchsorted(mine, types, side="left")
    sizes = np.searchsorted(mine, types, side="right") - first
    places = _ranges(first, sizes)
    keys = theirs[places] * len(given) + np.repeat(segments, sizes)
    values = value[places] * np.repeat(repeats, sizes)
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(values, begins) if len(begins) else np.zeros(0)
    return _Masses(keys[begins], summed, len(given), ratios.rest)


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Chain the ranges ``start..start + size``."""
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.repeat(starts - before, sizes) + np.arange(int(sizes.sum())))
