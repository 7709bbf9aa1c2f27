"""Sentence alignment without neural weights: what lexicon, spelling, numbers and lengths say, and what the text itself teaches.

A bead's score is the likelihood of its target keys given its source keys and the other way round, against chance (IBM model 1),
with a model of lengths and the frequency of bead types. A dynamic program finds the best path and all beads nearly as good;
these are scored again with words linked one to one. Everything that can be estimated is estimated anew from the beads found, and
the search repeated.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.associations import associate
from termalign.alignment.corridor import corridor_of
from termalign.alignment.estimating import bags_of, estimate_beads, teach
from termalign.alignment.explaining import Explained, explain, ratios_of
from termalign.alignment.keys import as_run
from termalign.alignment.lengths import estimate_ratio, lengths_of
from termalign.alignment.linking import Linker, best_path, posteriors
from termalign.alignment.model import LEXICAL_WEIGHT, MAX_SIDE, prior_estimates
from termalign.alignment.search import Block, Grid, likely_blocks
from termalign.alignment.sides import side_of
from termalign.model import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.alignment.explaining import Ratios
    from termalign.alignment.keys import Run
    from termalign.alignment.search import Corridor
    from termalign.alignment.sides import Ints, Side
    from termalign.lexicon import Lexicon
    from termalign.model import Segment

__all__ = ["align"]

N_PASSES = 3  # the first knows the lexicon only; a fourth changes next to nothing
SLACK = 15.0  # nats by which a path may fall short in the first search and still win in the second
DIGITS = 4


def align(src: Sequence[Segment] | Run, tgt: Sequence[Segment] | Run, *, lexicon: Lexicon) -> tuple[Bead, ...]:
    """Align two versions of one text.

    Args:
        src: Segments of one version, in order, or such a run prepared.
        tgt: Segments of the other.
        lexicon: Words and their translations.

    Returns:
        Beads in order; together they cover both sides once. Types are 1-1, up to 1-5 and 5-1, up to 4-4, and 1-0 and 0-1. A
        bead's score is how likely it is that just these segments translate each other, in [0, 1]: near 0 where two blocks have
        nothing in common or other beads are as likely, 0 for null beads.

    Raises:
        ConfigError: A side is in several languages.

    Source:
        Gale & Church (1993), Brown et al. (1993) and Moore (2002) for the parts, named where they stand; the whole is ours.
    """
    left, right = as_run(src), as_run(tgt)
    if not len(left) or not len(right):
        return (*(Bead((i,), ()) for i in range(len(left))), *(Bead((), (j,)) for j in range(len(right))))
    return _Alignment(side_of(left), side_of(right), lexicon).beads()


class _Alignment:
    """One pair of texts while it is being aligned."""

    def __init__(self, left: Side, right: Side, lexicon: Lexicon) -> None:
        self._left, self._right = left, right
        associations = associate(left, right, lexicon=lexicon)
        self._corridor = corridor_of(left, right, associations=associations)
        self._lengths = lengths_of(left, right)
        self._estimates = prior_estimates(exp(self._lengths.mean))
        self._forward, self._backward = associations.conditional(), associations.conditional(backward=True)
        self._end = (len(left), len(right))

    def beads(self) -> tuple[Bead, ...]:
        """Search, learn, and search again."""
        path, _ = likely_blocks(self._grid(), slack=0.0)
        for _ in range(N_PASSES - 1):
            self._learn(path)
            scored = self._second_look()
            path = best_path(scored, end=self._end)
        support = {block: score for block, score, _ in scored}
        beads = []
        for block, sure in zip(path, posteriors(scored, path, end=self._end), strict=True):
            src, tgt = tuple(range(block.i, block.i + block.a)), tuple(range(block.j, block.j + block.b))
            beads.append(Bead(src, tgt, _score(support[block], sure) if src and tgt else 0.0))
        return tuple(beads)

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
        return Grid(self._corridor, told, by_target, self._lengths, self._estimates, LEXICAL_WEIGHT)

    def _second_look(self) -> list[tuple[Block, float, float]]:
        """Score the likely blocks by links as well; return each with its lexical and its whole score."""
        grid = self._grid()
        _, likely = likely_blocks(grid, slack=SLACK)
        forward, backward = self._ratios()
        linker = Linker(self._left, self._right, forward=forward, backward=backward)
        found = []
        for one in likely:
            lexical = length = 0.0
            if one.a and one.b:
                lexical = LEXICAL_WEIGHT * 0.5 * (linker.score(one) + grid.explained(one))
                length = float(self._lengths.scores(one.a, one.b, j=one.j, first=one.i, last=one.i)[0])
            found.append((one, lexical + length, lexical + length + self._estimates.beads[one.a, one.b]))
        return found

    def _learn(self, path: Sequence[Block]) -> None:
        """Estimate everything anew from beads."""
        left, right, now = self._left, self._right, self._estimates
        ahead = teach(bags_of(path, left, right), self._forward, weights=now.forward, given=left, told=right)
        back = teach(
            bags_of(path, right, left, backward=True), self._backward, weights=now.backward, given=right, told=left
        )
        self._forward = self._forward.with_learned(ahead.given, ahead.told, ahead.share)
        self._backward = self._backward.with_learned(back.given, back.told, back.share)
        mean, variance = estimate_ratio(path, self._lengths)
        self._lengths = self._lengths.estimated(mean, variance)
        self._estimates = replace(now, beads=estimate_beads(path), forward=ahead.weights, backward=back.weights)


def _score(support: float, sure: float) -> float:
    """Combine what speaks for a bead at all, in nats, with how sure it is among others."""
    return round(sure / (1.0 + exp(-support)), DIGITS)


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
