"""The words of pairs of sentences, linked one to one: for thousands of pairs at once, since there may be millions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.alignment.mining.candidates import expand

if TYPE_CHECKING:
    from termalign.alignment.mining.gains import Gains
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Ints, Pool

__all__ = ["Linker", "Links"]


class Links(NamedTuple):
    """Words of pairs of sentences that translate each other.

    Args:
        pair: Number of the pair that each link is in, ascending.
        src: Source type.
        tgt: Target type.
        strength: How good the reason is, in (0, 1].
    """

    pair: Ints
    src: Ints
    tgt: Ints
    strength: Floats


class Linker:
    """Links the words of pairs of sentences.

    Args:
        left: Source side.
        right: Target side.
        partners: Partners of source types.
        gains: Gains of both sides.
    """

    def __init__(self, left: Pool, right: Pool, partners: Partners, gains: tuple[Gains, Gains]) -> None:
        self._left, self._right, self._partners = left.bare(), right.bare(), partners
        self._hits = gains[0].hit, gains[1].hit
        self._wanted = np.zeros(len(right.spread), dtype=bool)  # room to work in

    def links(self, src: Ints, tgt: Ints) -> Links:
        """Link the words of pairs one to one, in each pair those first that gain most.

        Args:
            src: Source sentences; equal ones that stand together are looked at together.
            tgt: A target sentence for each.

        Returns:
            The links, by pair; of words that gain as much those first that appeared first in their collections.
        """
        pair, source, target = self._met(src, tgt)
        s, t = self._left.types[source[0]], self._right.types[target[0]]
        strength = self._partners.strength[source[1]]
        gain = strength * (self._hits[0][s] + self._hits[1][t])
        order = np.lexsort((t, s, -gain, pair))
        # Places of words in pairs, so that one word in two pairs is two.
        place = pair * self._longest() + (source[0] - self._left.first[src[pair]])
        kept = order[_one_to_one(place[order], target[1][order])]
        return Links(pair[kept], s[kept], t[kept], strength[kept])

    def _longest(self) -> int:
        """Return the number of types of the longest source sentence."""
        return int(np.diff(self._left.first).max(initial=1))

    def _met(self, src: Ints, tgt: Ints) -> tuple[Ints, tuple[Ints, Ints], tuple[Ints, Ints]]:
        """Find the words of pairs that are partners.

        Returns:
            Their pairs; places of source types, with the entry in the table of partners; places of target types, with the
            number of that place in the listing of the target sentences of all pairs.
        """
        owner, places = expand(self._right.first[tgt], np.diff(self._right.first)[tgt])
        types = self._right.types[places]
        ends = np.searchsorted(owner, np.arange(len(src) + 1)).tolist()
        starts = np.flatnonzero(np.diff(src, prepend=-1)).tolist()
        nothing = np.zeros(0, np.int64)
        found = [(nothing, nothing, nothing)]
        for start, end in pairwise([*starts, len(src)]):
            at = slice(ends[start], ends[end])
            source, entry = self._wanted_of(int(src[start]), types[at])
            one, other = _same(self._partners.other[entry], types[at])
            found.append((source[one], entry[one], other + ends[start]))
        source, entry, listed = (np.concatenate([one[part] for one in found]) for part in range(3))
        return owner[listed], (source, entry), (places[listed], listed)

    def _wanted_of(self, sentence: int, types: Ints) -> tuple[Ints, Ints]:
        """List the partners of a source sentence that stand among some target types: places of their words, and entries."""
        first = self._left.first
        own = self._left.row(sentence)
        starts = self._partners.first[own]
        owner, entry = expand(starts, self._partners.first[own + 1] - starts)
        self._wanted[types] = True
        useful = np.flatnonzero(self._wanted[self._partners.other[entry]])
        self._wanted[types] = False
        return owner[useful] + first[sentence], entry[useful]


def _same(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return the places of equal members of two lists, each with each."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    starts = np.searchsorted(ordered, left, side="left")
    owner, at = expand(starts, np.searchsorted(ordered, left, side="right") - starts)
    return owner, order[at]


def _one_to_one(left: Ints, right: Ints) -> Ints:
    """Choose pairs so that nothing is in two, the first ones first.

    A pair that is the first of both its members is chosen whatever the others are; so are, then, the pairs that become so.

    Args:
        left: One member of each pair, from 0.
        right: The other.

    Returns:
        Numbers of the chosen pairs, ascending.
    """
    alive, chosen = np.arange(len(left)), []
    firsts = np.zeros(int(left.max(initial=0)) + 1, np.int64), np.zeros(int(right.max(initial=0)) + 1, np.int64)
    while len(alive):
        sides = left[alive], right[alive]
        numbers = np.arange(len(alive))
        wins = np.ones(len(alive), dtype=bool)
        for first, side in zip(firsts, sides, strict=True):
            first[side[::-1]] = numbers[::-1]  # of several the last one stays, which is the first
            wins &= first[side] == numbers
        chosen.append(alive[wins])
        for first, side in zip(firsts, sides, strict=True):
            first[side] = 0
            first[side[wins]] = 1
        alive = alive[(firsts[0][sides[0]] == 0) & (firsts[1][sides[1]] == 0)]
    return np.sort(np.concatenate(chosen)) if chosen else alive
