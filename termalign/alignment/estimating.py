"""Re-estimation: what the beads found so far teach about bead types, lengths, channels and words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.model import BEAD_PRIOR, CHANNEL_PRIOR, PRIOR_BEADS, PRIOR_KEYS, Channel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from termalign.alignment.associations import Conditional
    from termalign.alignment.search import Block
    from termalign.alignment.sides import Floats, Ints, Side

__all__ = ["Bag", "Taught", "bags_of", "estimate_beads", "teach"]

N_STEPS = 4  # of expectation and maximisation
MIN_TOGETHER = 1.5  # beads that hold two keys before they may be taken for translations
# Taken off the expected count of a pair, so that one bead alone teaches nothing about itself (leaving one out).
DISCOUNT = 1.0
EARLY_DISCOUNT = 0.5  # before the last step
MAX_MEETINGS = 4_000_000  # of a key of one side and a key of the other in beads that teach; bounds memory and time
UNSURE = 0.5  # added to the total of each key


@dataclass(frozen=True, slots=True)
class Bag:
    """The keys of a bead.

    Args:
        given: Distinct types of the side that is given, with their counts.
        told: Distinct types of the side that is explained, with their counts.
        size: Number of keys of the given side.
        weight: How sure the bead is.
    """

    given: tuple[Ints, Floats]
    told: tuple[Ints, Floats]
    size: float
    weight: float


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


def bags_of(blocks: Mapping[Block, float], given: Side, told: Side, *, backward: bool = False) -> list[Bag]:
    """Collect the keys of beads that have both sides.

    Args:
        blocks: Beads with how sure they are.
        given: The side that is given: the source, or the target where ``backward``.
        told: The other side.
        backward: Whether source keys are explained.

    Returns:
        A bag per full bead; of very many, evenly spread ones.
    """
    full = [one for one in blocks if one.a and one.b]
    source, target = (told, given) if backward else (given, told)
    meetings = sum(_n_keys(source, one.i, one.a) * _n_keys(target, one.j, one.b) for one in full)
    if meetings > MAX_MEETINGS:
        n = max(1, len(full) * MAX_MEETINGS // meetings)
        full = [full[number] for number in np.linspace(0, len(full) - 1, n).astype(int).tolist()]
    bags = []
    for one in full:
        src, tgt = range(one.i, one.i + one.a), range(one.j, one.j + one.b)
        mine, yours = (tgt, src) if backward else (src, tgt)
        size = float(given.sizes[mine.start : mine.stop].sum())
        bags.append(Bag(_sum(given, mine), _sum(told, yours), size, blocks[one]))
    return bags


def _n_keys(side: Side, first: int, size: int) -> int:
    """Count the keys of neighbouring segments, those of each segment once."""
    return sum(len(types) for types, _ in side.counts[first : first + size])


def _sum(side: Side, segments: range) -> tuple[Ints, Floats]:
    """Count the types of neighbouring segments."""
    if len(segments) == 1:
        return side.counts[segments.start]
    types = np.concatenate([side.types[number] for number in segments])
    found, counts = np.unique(types, return_counts=True)
    return found, counts.astype(float)


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


def teach(bags: Sequence[Bag], shares: Conditional, *, weights: Floats, given: Side, told: Side) -> Taught:
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
    sums = np.zeros_like(CHANNEL_PRIOR)
    np.add.at(sums, table.kinds, parts)
    return np.asarray((sums + PRIOR_KEYS * CHANNEL_PRIOR) / (sums.sum(axis=1, keepdims=True) + PRIOR_KEYS))


def _known(table: _Table, shares: Conditional, told: Side) -> Floats:
    """For each told key of each bead, the probability that the channels known before give it."""
    found = np.zeros((len(table.told), len(Channel)))
    for channel in Channel:
        mine = shares.channel == channel
        if channel in {Channel.CHANCE, Channel.LEARNED} or not mine.any():
            continue
        keys = shares.given[mine] * len(told.keys) + shares.told[mine]
        order = np.argsort(keys)
        at = np.minimum(np.searchsorted(keys[order], table.keys), len(keys) - 1)
        value = np.where(keys[order][at] == table.keys, shares.share[mine][order][at], 0.0)
        weights = value[table.all_keys] * table.all_strength
        found[:, channel] = np.bincount(table.all_slot, weights=weights, minlength=len(found))
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
    all_slot: Ints
    all_keys: Ints
    all_strength: Floats
    slot: Ints
    strength: Floats
    pair: Ints
    pair_given: Ints
    pair_told: Ints

    @property
    def n_pairs(self) -> int:
        return len(self.pair_given)

    @classmethod
    def of(cls, bags: Sequence[Bag], given: Side, told: Side) -> _Table:
        """Lay out the beads."""
        slots, givens, strengths, sure = [], [], [], []
        n_slots = 0
        for bag in bags:
            (mine, counts), (yours, _) = bag.given, bag.told
            slots.append(np.repeat(np.arange(n_slots, n_slots + len(yours), dtype=np.int32), len(mine)))
            givens.append(np.tile(mine, len(yours)))
            strengths.append(np.tile(counts / bag.size, len(yours)))
            sure.append(np.full(len(yours), bag.weight))
            n_slots += len(yours)
        flat = _joined([bag.told[0] for bag in bags])
        slot, source, strength = _joined(slots), _joined(givens), _joined(strengths).astype(float)
        weights = _joined(sure).astype(float)
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
            counts=_joined([bag.told[1] for bag in bags]).astype(float) * weights,
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
