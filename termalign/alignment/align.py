"""Sentence alignment without neural weights: what lexicon, spelling, numbers and lengths say, and what the text itself teaches.

A bead's score is the likelihood of its target keys given its source keys and the other way round, against chance (IBM model 1),
with a model of lengths and the frequency of bead types. A dynamic program finds the best path and all beads nearly as good;
these are scored again with words linked one to one and by the marks at their boundaries. Everything that can be estimated is
estimated anew from the beads found, each as far as it is sure, and the search repeated.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import combinations
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.associations import associate
from termalign.alignment.boundaries import estimate_kept, prior_kept
from termalign.alignment.confidence import Judged, confidence
from termalign.alignment.corridor import corridor_of
from termalign.alignment.estimating import bags_of, estimate_beads, teach
from termalign.alignment.explaining import Explained, explain, ratios_of
from termalign.alignment.features import WEIGHTS, Features
from termalign.alignment.keys import as_run
from termalign.alignment.lengths import estimate_ratio, lengths_of
from termalign.alignment.linking import Linker, best_path, posteriors
from termalign.alignment.meaning import meaning_of
from termalign.alignment.model import LEXICAL_WEIGHT, MAX_SIDE, prior_estimates
from termalign.alignment.search import Block, Grid, best_blocks, likely_blocks
from termalign.alignment.sides import block_sums, side_of
from termalign.alignment.witness import Places, boundary_shares, witness_of
from termalign.model import Bead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.alignment.explaining import Ratios
    from termalign.alignment.keys import Run
    from termalign.alignment.meaning import Meaning
    from termalign.alignment.search import Corridor
    from termalign.alignment.sides import Ints, Side
    from termalign.alignment.witness import Witness
    from termalign.encoders import Vectors
    from termalign.lexicon import Lexicon
    from termalign.model import Segment

__all__ = ["align", "align_three"]

N_PASSES = 4  # the first knows the lexicon only; a fifth changes next to nothing
LONG = 1500  # segments of both sides, from which on the text teaches enough in one pass less
SLACK = 15.0  # nats by which a path may fall short in the first search and still win in the second
MIN_SHARE = 0.1  # of all paths that take a bead which still teaches
DIGITS = 4


def align(
    src: Sequence[Segment] | Run, tgt: Sequence[Segment] | Run, *, lexicon: Lexicon, vectors: Vectors | None = None
) -> tuple[Bead, ...]:
    """Align two versions of one text.

    Args:
        src: Segments of one version, in order, or such a run prepared.
        tgt: Segments of the other.
        lexicon: Words and their translations.
        vectors: An encoder of sentences; its cosine is one thing more that speaks for a bead.

    Returns:
        Beads in order; together they cover both sides once. Types are 1-1, up to 1-5 and 5-1, up to 4-4, and 1-0 and 0-1. A
        bead's score is the probability that just these segments translate each other, in [0, 1]: near 0 where the texts have
        nothing in common, lower where other beads are as likely, 0 for null beads.

    Raises:
        ConfigError: A side is in several languages.

    Source:
        Gale & Church (1993), Brown et al. (1993) and Moore (2002) for the parts, named where they stand; the whole is ours.
    """
    left, right = as_run(src), as_run(tgt)
    if not len(left) or not len(right):
        return (*(Bead((i,), ()) for i in range(len(left))), *(Bead((), (j,)) for j in range(len(right))))
    meaning = None if vectors is None else meaning_of(left, right, vectors=vectors)
    return _Alignment(side_of(left), side_of(right), lexicon, meaning).beads()


def align_three(
    runs: Mapping[str, Sequence[Segment] | Run], *, lexicon: Lexicon, vectors: Vectors | None = None
) -> dict[tuple[str, str], tuple[Bead, ...]]:
    """Align three versions of one text, two and two, each version being a witness to the alignment of the other two.

    Args:
        runs: Segments of each version, in order, or such a run prepared, by language tag; three of them.
        lexicon: Words and their translations.
        vectors: An encoder of sentences.

    Returns:
        Beads as :func:`align` gives them, for each two tags in the order of ``runs``.

    Raises:
        ConfigError: A run is in several languages.
    """
    prepared = {tag: as_run(run) for tag, run in runs.items()}
    pairs = list(combinations(prepared, 2))
    if not all(map(len, prepared.values())):
        return {(a, b): align(prepared[a], prepared[b], lexicon=lexicon, vectors=vectors) for a, b in pairs}
    sides = {tag: side_of(run) for tag, run in prepared.items()}
    found = {}
    for a, b in pairs:
        meaning = None if vectors is None else meaning_of(prepared[a], prepared[b], vectors=vectors)
        found[a, b] = _Alignment(sides[a], sides[b], lexicon, meaning)
    places = {pair: one.places() for pair, one in found.items()}
    places |= {(b, a): places[a, b].flipped() for a, b in pairs}
    beads = {}
    for a, b in pairs:
        (c,) = (tag for tag in prepared if tag not in {a, b})
        beads[a, b] = found[a, b].beads(witness_of(places[a, c], places[c, b]))
    return beads


class _Alignment:
    """One pair of texts while it is being aligned."""

    def __init__(self, left: Side, right: Side, lexicon: Lexicon, meaning: Meaning | None = None) -> None:
        self._left, self._right, self._meaning = left, right, meaning
        associations = associate(left, right, lexicon=lexicon)
        self._corridor = corridor_of(left, right, associations=associations)
        self._lengths = lengths_of(left, right)
        self._kept = prior_kept(left.boundaries, right.boundaries)
        self._estimates = prior_estimates(exp(self._lengths.mean))
        self._forward, self._backward = associations.conditional(), associations.conditional(backward=True)
        self._known = self._ratios()
        self._end = (len(left), len(right))

    def beads(self, witness: Witness | None = None) -> tuple[Bead, ...]:
        """Take the best path, a third text having its say where there is one."""
        scored = self._scored
        if witness is not None:
            said = witness.of([block for block, _ in scored]).tolist()
            scored = [(block, score + more) for (block, score), more in zip(scored, said, strict=True)]
        path, least = best_path(scored, end=self._end), 0.0 if witness is None else witness.together
        return self._judged(path, self._sure(scored), least)

    def places(self) -> Places:
        """Tell how sure the boundaries are, and that the texts are versions of each other at all."""
        shares = posteriors(self._scored, end=self._end)
        beads = self.beads()
        taken = sum(
            shares.get(Block(one.src[0], one.tgt[0], len(one.src), len(one.tgt)), 0.0)
            for one in beads
            if one.src and one.tgt
        )
        return Places(boundary_shares(shares), sum(one.score for one in beads) / taken if taken else 0.0)

    def _sure(self, scored: Sequence[tuple[Block, float]]) -> dict[Block, float]:
        """Choose the blocks that are sure enough to teach, with the share of paths that take them."""
        return {one: share for one, share in posteriors(scored, end=self._end).items() if share >= MIN_SHARE}

    @cached_property
    def _scored(self) -> list[tuple[Block, float]]:
        """Search, learn, and search again; return the likely blocks with their last scores."""
        sure = dict.fromkeys(best_blocks(self._grid()), 1.0)
        likely: Sequence[Block] = ()
        scored: list[tuple[Block, float]] = []
        for _ in range(N_PASSES - 1 - (sum(self._end) >= LONG)):
            sure = self._sure(scored) if scored else sure
            self._learn(sure)
            grid = self._grid()
            if not likely:
                likely = likely_blocks(grid, slack=SLACK)
            scored = self._second_look(grid, likely)
        return scored

    def _judged(self, path: Sequence[Block], sure: Mapping[Block, float], least: float) -> tuple[Bead, ...]:
        """Make beads of the blocks of a path; ``least`` as in :func:`confidence`."""
        linker = Linker(self._left, self._right, forward=self._known[0], backward=self._known[1])
        full = [one for one in path if one.a and one.b]
        places = np.array([(one.i, one.j, one.a, one.b) for one in full], dtype=np.int64).reshape(-1, 4)
        known = np.add(*linker.scores(places))
        if self._meaning is not None:
            known += self._meaning.of(full)
        sizes = block_sums(self._left.sizes, places[:, 0], places[:, 2])
        sizes += block_sums(self._right.sizes, places[:, 1], places[:, 3])
        judged = [
            Judged(sure.get(one, 0.0), said, size)
            for one, said, size in zip(full, known.tolist(), sizes.tolist(), strict=True)
        ]
        scores = dict(zip(full, confidence(judged, least=least).tolist(), strict=True))
        return tuple(
            Bead(
                tuple(range(one.i, one.i + one.a)),
                tuple(range(one.j, one.j + one.b)),
                round(scores.get(one, 0.0), DIGITS),
            )
            for one in path
        )

    def _ratios(self) -> tuple[Ratios, Ratios]:
        """Set what may translate what against chance, in both directions."""
        left, right, now = self._left, self._right, self._estimates
        forward = ratios_of(self._forward, weights=now.forward, given=left, told=right)
        return forward, ratios_of(self._backward, weights=now.backward, given=right, told=left)

    def _grid(self) -> Grid:
        """Score all blocks in the corridor."""
        forward, backward = self._ratios()
        low, high = _windows(self._corridor)
        told = explain(forward, given=self._left, told=self._right, low=low, high=high)
        rows, ends = _windows_of_sources(self._corridor)
        given = explain(backward, given=self._right, told=self._left, low=rows, high=ends)
        by_target = _by_target(given, low, high)
        return Grid(self._corridor, told, by_target, self._lengths, self._estimates, LEXICAL_WEIGHT, self._meaning)

    def _second_look(self, grid: Grid, likely: Sequence[Block]) -> list[tuple[Block, float]]:
        """Score the likely blocks by all their features."""
        forward, backward = self._ratios()
        linker = Linker(self._left, self._right, forward=forward, backward=backward)
        features = Features(grid, linker, self._left, self._right, self._kept)
        scores = features.of(likely) @ WEIGHTS
        if self._meaning is not None:
            scores += self._meaning.of(likely)
        return list(zip(likely, scores.tolist(), strict=True))

    def _learn(self, sure: Mapping[Block, float]) -> None:
        """Estimate everything anew from beads."""
        left, right, now = self._left, self._right, self._estimates
        ahead = teach(bags_of(sure, left, right), self._forward, weights=now.forward, given=left, told=right)
        back = teach(
            bags_of(sure, right, left, backward=True), self._backward, weights=now.backward, given=right, told=left
        )
        self._forward = self._forward.with_learned(ahead.given, ahead.told, ahead.share)
        self._backward = self._backward.with_learned(back.given, back.told, back.share)
        mean, variance = estimate_ratio(sure, self._lengths)
        self._lengths = self._lengths.estimated(mean, variance)
        self._kept = estimate_kept(sure, left.boundaries, right.boundaries)
        self._estimates = replace(now, beads=estimate_beads(sure), forward=ahead.weights, backward=back.weights)


def _windows(corridor: Corridor) -> tuple[Ints, Ints]:
    """Return for each target segment the source segments that any of its blocks may hold."""
    low, high = corridor.low, corridor.high
    m = len(low) - 1
    targets = np.arange(m)
    return low[np.maximum(targets - MAX_SIDE + 1, 0)], high[np.minimum(targets + MAX_SIDE, m)]


def _windows_of_sources(corridor: Corridor) -> tuple[Ints, Ints]:
    """Return for each source segment the target segments that any of its blocks may hold."""
    n = int(corridor.high[-1])
    sources = np.arange(n)
    first = np.searchsorted(corridor.high, np.maximum(sources - MAX_SIDE + 1, 0), side="left")
    last = np.searchsorted(corridor.low, np.minimum(sources + MAX_SIDE, n), side="right") - 1
    return first, last


def _by_target(explained: Explained, low: Ints, high: Ints) -> Explained:
    """Turn scores of source segments given target blocks round: by target place, then source segment."""
    width = int((high - low).max())
    scores = np.full((MAX_SIDE, len(low), width), -np.inf, dtype=np.float32)
    for j, (start, end) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        sources = np.arange(start, end)
        place = j - explained.low[sources]
        inside = (place >= 0) & (place < explained.scores.shape[2])
        scores[:, j, np.flatnonzero(inside)] = explained.scores[:, sources[inside], place[inside]]
    return Explained(low, scores)
