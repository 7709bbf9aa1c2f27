"""Re-estimation: what the beads found so far teach about bead types, lengths, channels and words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.model import BEAD_PRIOR, CHANNEL_PRIOR, PRIOR_BEADS, PRIOR_KEYS, Channel
from termalign.alignment.sides import block_sums, ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from termalign.alignment.associations import Conditional
    from termalign.alignment.search import Block
    from termalign.alignment.sides import Floats, Ints, Side

    Slots = npt.NDArray[np.int32]

__all__ = ["Bags", "Counted", "Taught", "bags_of", "estimate_beads", "teach"]

N_STEPS = 4  # of expectation and maximisation
MIN_TOGETHER = 1.5  # beads that hold two keys before they may be taken for translations
# Taken off the expected count of a pair, so that one bead alone teaches nothing about itself (leaving one out).
DISCOUNT = 1.0
EARLY_DISCOUNT = 0.5  # before the last step
MAX_MEETINGS = 4_000_000  # of a key of one side and a key of the other in beads that teach; bounds memory and time
UNSURE = 0.5  # added to the total of each key


@dataclass(frozen=True, slots=True)
class Counted:
    """The keys of one side of beads.

    Args:
        types: Distinct types of each bead, bead after bead.
        counts: How often each stands there.
        ends: How many there are up to each bead, from 0.
    """

    types: Ints = field(repr=False)
    counts: Floats = field(repr=False)
    ends: Ints = field(repr=False)

    @property
    def sizes(self) -> Ints:
        """Number of distinct types of each bead."""
        return np.diff(self.ends)


@dataclass(frozen=True, slots=True)
class Bags:
    """The keys of beads.

    Args:
        given: Those of the side that is given.
        told: Those of the side that is explained.
        sizes: Number of keys of the given side, by bead.
        weights: How sure each bead is.
    """

    given: Counted
    told: Counted
    sizes: Floats = field(repr=False)
    weights: Floats = field(repr=False)

    def __len__(self) -> int:
        return len(self.weights)


@dataclass(frozen=True, slots=True)
class Taught:
    """What beads teach about one direction.

    Args:
        given: Types of learned pairs, given side.
        told: The same, told side.
        share: Probability of the told type given the other.
        count: How often the pair is expected to have been linked, discounted.
        weights: How often each kind of key comes about by each channel; (kinds, channels).
    """

    given: Ints = field(repr=False)
    told: Ints = field(repr=False)
    share: Floats = field(repr=False)
    count: Floats = field(repr=False)
    weights: Floats = field(repr=False)


def bags_of(blocks: Mapping[Block, float], given: Side, told: Side, *, backward: bool = False) -> Bags:
    """Collect the keys of beads that have both sides.

    Args:
        blocks: Beads with how sure they are.
        given: The side that is given: the source, or the target where ``backward``.
        told: The other side.
        backward: Whether source keys are explained.

    Returns:
        The keys of the full beads; of very many, of evenly spread ones.
    """
    full = [one for one in blocks if one.a and one.b]
    places = np.array([(one.i, one.j, one.a, one.b) for one in full], dtype=np.int64).reshape(-1, 4)
    weights = np.array([blocks[one] for one in full], dtype=float)
    i, j, a, b = places.T
    (mine, n_mine), (yours, n_yours) = ((j, b), (i, a)) if backward else ((i, a), (j, b))
    meetings = int((_n_keys(given, mine, n_mine) * _n_keys(told, yours, n_yours)).sum())
    if meetings > MAX_MEETINGS:
        n = max(1, len(full) * MAX_MEETINGS // meetings)
        chosen = np.linspace(0, len(full) - 1, n).astype(int)
        mine, n_mine, yours, n_yours = mine[chosen], n_mine[chosen], yours[chosen], n_yours[chosen]
        weights = weights[chosen]
    return Bags(
        given=_counted(given, mine, n_mine),
        told=_counted(told, yours, n_yours),
        sizes=block_sums(given.sizes, mine, n_mine),
        weights=weights,
    )


def _n_keys(side: Side, first: Ints, sizes: Ints) -> Ints:
    """Count the keys of blocks, those of each segment once."""
    ends = np.cumsum([0, *(len(types) for types, _ in side.counts)])
    return np.asarray(ends[first + sizes] - ends[first])


def _counted(side: Side, first: Ints, sizes: Ints) -> Counted:
    """Count the types of blocks."""
    segments = ranges(first, sizes).tolist()
    types = _joined([side.types[number] for number in segments])
    block = np.repeat(np.repeat(np.arange(len(first)), sizes), [len(side.types[number]) for number in segments])
    n_types = max(1, len(side.keys))
    found, counts = np.unique(block * n_types + types, return_counts=True)
    ends = np.searchsorted(found, np.arange(len(first) + 1) * n_types)
    return Counted(found % n_types, counts.astype(float), ends)


def estimate_beads(blocks: Mapping[Block, float]) -> Mapping[tuple[int, int], float]:
    """Estimate how frequent each bead type is.

    Args:
        blocks: Beads with how sure they are, null beads among them.

    Returns:
        Natural logarithm of the share of each type, drawn towards the prior.
    """
    counts: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, weight in blocks.items():
        counts[one.a, one.b] += weight
    total = sum(blocks.values()) + PRIOR_BEADS
    return {kind: log((counts[kind] + PRIOR_BEADS * share) / total) for kind, share in BEAD_PRIOR.items()}


def teach(bags: Bags, shares: Conditional, *, weights: Floats, given: Side, told: Side) -> Taught:
    """Learn from beads which keys translate each other, and how far each channel is to be trusted in this text.

    Args:
        bags: The keys of the beads.
        shares: Probabilities by channel known before; learned ones are left out.
        weights: Weights of the channels so far.
        given: The side that is given.
        told: The side that is explained.

    Returns:
        Learned pairs and new weights.

    Source:
        Brown et al. (1993), model 1, with the lexicon as further components of the mixture; Moore (2004), Improving IBM word
        alignment model 1, ACL, for discounts against rare words; the discount by one is ours.
    """
    table = _Table.of(bags, given, told)
    known = _known(table, shares, told)
    share = table.first_shares()
    current = weights
    count: Floats = np.zeros(table.n_pairs)
    for step in range(N_STEPS):
        parts = known * current[table.kinds]
        parts[:, Channel.CHANCE] = current[table.kinds, Channel.CHANCE] * told.unigram[table.told]
        learned = current[table.kinds, Channel.LEARNED][table.slot] * share[table.pair] * table.strength
        parts[:, Channel.LEARNED] = np.bincount(table.slot, weights=learned, minlength=len(table.told))
        scale = table.counts / parts.sum(axis=1)
        parts *= scale[:, None]
        expected = np.bincount(table.pair, weights=learned * scale[table.slot], minlength=table.n_pairs)
        totals = np.bincount(table.pair_given, weights=expected, minlength=len(given.keys)) + UNSURE
        count = np.maximum(expected - (DISCOUNT if step == N_STEPS - 1 else EARLY_DISCOUNT), 0.0)
        share = count / totals[table.pair_given]
        current = _weights(table, parts)
    kept = share > 0
    return Taught(table.pair_given[kept], table.pair_told[kept], share[kept], count[kept], current)


def _weights(table: _Table, parts: Floats) -> Floats:
    """Sum what the channels explained, by kind of key, and draw it towards the prior."""
    n_kinds = len(CHANNEL_PRIOR)
    sums = np.stack([np.bincount(table.kinds, weights=one, minlength=n_kinds) for one in parts.T], axis=1)
    return np.asarray((sums + PRIOR_KEYS * CHANNEL_PRIOR) / (sums.sum(axis=1, keepdims=True) + PRIOR_KEYS))


def _known(table: _Table, shares: Conditional, told: Side) -> Floats:
    """For each told key of each bead, the probability that the channels known before give it."""
    found = np.zeros((len(table.told), len(Channel)))
    if not len(table.keys):
        return found
    keys = shares.given * len(told.keys) + shares.told
    places = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
    known = (table.keys[places] == keys) & (shares.channel != Channel.LEARNED)
    places, channels, share = places[known], shares.channel[known], shares.share[known]
    may = np.zeros(len(table.keys), dtype=bool)
    may[places] = True
    rows = np.flatnonzero(may[table.all_keys])
    slots, pairs, strength = table.all_slot[rows], table.all_keys[rows], table.all_strength[rows]
    value = np.zeros(len(table.keys))
    for channel in np.unique(channels).tolist():
        mine = channels == channel
        value[places[mine]] = share[mine]
        found[:, channel] = np.bincount(slots, weights=value[pairs] * strength, minlength=len(found))
        value[places[mine]] = 0.0
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """All pairs of a given and a told key in one bead, in columns.

    A slot is a told key of one bead. ``all_*`` columns have a row per given and told key of a bead, which is one of ``keys``; ``pair``, ``slot`` and
    ``strength`` have those rows only whose keys meet in several beads.
    """

    told: Ints
    kinds: Ints
    counts: Floats
    weights: Floats
    keys: Ints
    all_slot: Slots
    all_keys: Ints
    all_strength: Floats
    slot: Slots
    strength: Floats
    pair: Ints
    pair_given: Ints
    pair_told: Ints

    @property
    def n_pairs(self) -> int:
        return len(self.pair_given)

    @classmethod
    def of(cls, bags: Bags, given: Side, told: Side) -> _Table:
        """Lay out the beads."""
        mine, yours = bags.given, bags.told
        flat = yours.types
        n_mine = np.repeat(mine.sizes, yours.sizes)
        slot = np.repeat(np.arange(len(flat), dtype=np.int32), n_mine)
        place = ranges(np.repeat(mine.ends[:-1], yours.sizes), n_mine)
        strength = (mine.counts / np.repeat(bags.sizes, mine.sizes))[place]
        weights, source = np.repeat(bags.weights, yours.sizes), mine.types[place]
        del place
        n_told = max(1, len(told.keys))
        keys, where = np.unique(source * n_told + flat[slot], return_inverse=True)
        inverse = where.astype(np.int32)
        del source, where
        together = np.bincount(inverse, weights=weights[slot], minlength=len(keys))
        words = (given.kinds[keys // n_told] != Kind.MARK) & (told.kinds[keys % n_told] != Kind.MARK)
        kept = words & (together >= MIN_TOGETHER)
        chosen = np.flatnonzero(kept[inverse])
        return cls(
            told=flat,
            kinds=told.kinds[flat],
            counts=yours.counts * weights,
            weights=weights,
            keys=keys,
            all_slot=slot,
            all_keys=inverse,
            all_strength=strength,
            slot=slot[chosen],
            strength=strength[chosen],
            pair=(np.cumsum(kept) - 1)[inverse[chosen]],
            pair_given=keys[kept] // n_told,
            pair_told=keys[kept] % n_told,
        )

    def first_shares(self) -> Floats:
        """Begin with how often keys meet."""
        together = np.bincount(self.pair, weights=self.weights[self.slot], minlength=self.n_pairs)
        totals = np.bincount(self.pair_given, weights=together) if self.n_pairs else np.ones(1)
        return np.asarray(together / totals[self.pair_given])


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> Ints:
    """Join columns; an empty one where there are none."""
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)
