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
from termalign.alignment.sides import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from termalign.alignment.associations import Conditional
    from termalign.alignment.sides import Floats, Ints, Side

    Scores = npt.NDArray[np.float32]

__all__ = ["Explained", "Ratios", "explain", "ratios_of"]

CELLS = 60_000  # of a told key and a given segment that are scored together: what the cache of a processor holds
FACTORS = 32  # that are multiplied before a logarithm is taken; each is below 1e9, so that no product overflows


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
    scores = np.full((MAX_SIDE, len(told), int((high - low).max())), -np.inf, dtype=np.float32)
    masses = _Masses(ratios, given, told)
    ends = np.concatenate([np.zeros(1), np.cumsum(given.sizes)])
    keys = np.cumsum([0, *map(len, told.types)])
    first = 0
    while first < len(told):
        last = int(np.searchsorted(keys, keys[first] + CELLS // scores.shape[2], side="right")) - 1
        part = slice(first, max(first + 1, last))
        _score(scores[:, part], masses, told.types[part], ends=ends, window=(low[part], high[part]))
        first = part.stop
    return Explained(low, scores)


def _score(scores: Scores, masses: _Masses, told: Sequence[Ints], *, ends: Floats, window: tuple[Ints, Ints]) -> None:
    """Score neighbouring told segments against the blocks of their windows."""
    (low, high), n_keys = window, np.array([len(types) for types in told])
    mass, rest = masses.of(np.concatenate(told), n_keys, window)
    chance = _by_segment(np.log(rest)[:, None], n_keys)
    blocks = mass
    for a in range(1, min(MAX_SIDE, mass.shape[1]) + 1):
        if a > 1:
            blocks = blocks[:, :-1] + mass[:, a - 1 :]
        starts = low[:, None] + np.arange(blocks.shape[1])
        inside = starts + a <= high[:, None]
        starts = np.minimum(starts, len(ends) - 1 - a)
        factors = blocks / np.repeat(ends[starts + a] - ends[starts], n_keys, axis=0)
        factors += 1.0
        scores[a - 1, :, : blocks.shape[1]] = np.where(inside, chance + _log_products(factors, n_keys), -np.inf)


def _log_products(factors: Floats, n_keys: Ints) -> Floats:
    """For each segment the logarithm of the product of the rows of its keys."""
    parts = -(-n_keys // FACTORS)
    begins = np.repeat(np.cumsum(n_keys) - n_keys, parts) + FACTORS * ranges(np.zeros_like(parts), parts)
    logs = np.log(np.multiply.reduceat(factors, begins, axis=0)) if len(begins) else factors
    return _by_segment(logs, parts)


def _by_segment(rows: Floats, sizes: Ints) -> Floats:
    """Sum the rows of each segment, of which there are ``sizes``."""
    found = np.zeros((len(sizes), rows.shape[1]))
    full = sizes > 0
    if full.any():
        found[full] = np.add.reduceat(rows, (np.cumsum(sizes) - sizes)[full], axis=0)
    return found


class _Masses:
    """Sums the ratios of the keys of given segments for told keys.

    Args:
        ratios: How likely keys make each other.
        given: The side that is given.
        told: The side that is explained.
    """

    def __init__(self, ratios: Ratios, given: Side, told: Side) -> None:
        order = np.argsort(ratios.given * len(told.keys) + ratios.told)
        self._told, self._value, self._rest = ratios.told[order], ratios.value[order], ratios.rest
        self._ends = np.cumsum(np.bincount(ratios.given, minlength=len(given.keys)))
        self._segments = given.types
        self._rows = np.full(len(told.keys), -1, dtype=np.int64)  # of the told types that are asked for

    def of(self, keys: Ints, n_keys: Ints, window: tuple[Ints, Ints]) -> tuple[Floats, Floats]:
        """Sum ratios against chance.

        Args:
            keys: The keys of neighbouring told segments.
            n_keys: How many each of the segments has.
            window: For each of these segments the first given segment of its window, and the end of the window.

        Returns:
            For each told key and segment of its window, from the first one on, the sum of the ratios of the segment's keys over the weight of chance;
            what follows a window that is shorter than the widest one means nothing. And for each told key the weight of chance.
        """
        low, high = window
        start, end = int(low.min()), int(high.max())
        types, rows = np.unique(keys, return_inverse=True)
        width = int((high - low).max())
        mass = self._dense(types, self._segments[start:end], more=width)
        at = rows * (end - start) + np.repeat(low - start, n_keys)
        rest = self._rest[keys]
        return np.lib.stride_tricks.sliding_window_view(mass, width)[at] / rest[:, None], rest

    def _dense(self, types: Ints, segments: Sequence[Ints], *, more: int) -> Floats:
        """Sum ratios for told types and given segments, type by type, with some zeros more at the end."""
        self._rows[types] = np.arange(len(types))
        given, which = np.unique(np.concatenate(segments), return_inverse=True)
        sizes = self._ends[given] - (begins := np.where(given, self._ends[given - 1], 0))
        places = ranges(begins, sizes)
        rows, value = self._rows[self._told[places]], self._value[places]
        self._rows[types] = -1
        asked = rows >= 0
        sizes = np.bincount(np.repeat(np.arange(len(given)), sizes)[asked], minlength=len(given))
        n_partners = sizes[which]
        places = ranges((np.cumsum(sizes) - sizes)[which], n_partners)
        number = np.repeat(np.arange(len(segments)), [len(one) for one in segments])
        cells = rows[asked][places] * len(segments) + np.repeat(number, n_partners)
        return np.bincount(cells, value[asked][places], len(types) * len(segments) + more).astype(float, copy=False)
