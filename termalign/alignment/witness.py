"""A third version as a witness: where it has its boundaries tells which boundaries of the other two belong together.

Two alignments with the third text, put one behind the other, say for each boundary of one text which boundary of the other they
lead to. A place that both lead to is confirmed, a place that one of them leads past is contradicted; where the third text has no
boundary it says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.alignment.search import Block
    from termalign.alignment.sides import Floats

    Node = tuple[int, int]

__all__ = ["Places", "Witness", "boundary_shares", "witness_of"]

# Measured on the development half of ``bench`` (news in three languages, by halves of its documents): 0.5 to 1 and 0.1 to 0.2 are flat.
WEIGHT = 0.75
UNTOLD = 0.2  # what a place is worth that the third text says nothing of, against 1 for a confirmed one
LEAST = 0.01  # the same for a contradicted one; bounds what a witness that errs can do
MIN_SHARE = 1e-4  # of paths; rarer ones add nothing


@dataclass(frozen=True, slots=True)
class Places:
    """Where two texts have boundaries that meet.

    Args:
        shares: For each place the share of all paths that go through it, in (0, 1].
        together: How likely the texts are versions of each other, in [0, 1].
    """

    shares: Mapping[Node, float] = field(repr=False)
    together: float

    def flipped(self) -> Places:
        """Call the source target, and the target source."""
        return Places({(j, i): share for (i, j), share in self.shares.items()}, self.together)


@dataclass(frozen=True, slots=True)
class Witness:
    """What a third text says of the places where boundaries of two others meet.

    Args:
        met: Places ``(i, j)`` and how sure the third text is of them, in (0, 1].
        src: For boundaries of the source how sure it is that they meet any of the target.
        tgt: The same for the target.
        together: How likely source and target are versions of each other by what the third text says, in [0, 1].
    """

    met: Mapping[Node, float] = field(repr=False)
    src: Mapping[int, float] = field(repr=False)
    tgt: Mapping[int, float] = field(repr=False)
    together: float

    def of(self, blocks: Sequence[Block]) -> Floats:
        """Score blocks.

        Args:
            blocks: Blocks of the two texts, null beads among them.

        Returns:
            For each, in nats, what the third text says of its two boundaries, each belonging to two beads by half; 0 where it says
            nothing.
        """
        known: dict[Node, float] = {}
        scores = []
        for one in blocks:
            total = 0.0
            for node in ((one.i, one.j), (one.i + one.a, one.j + one.b)):
                if node not in known:
                    known[node] = self._place(node)
                total += known[node]
            scores.append(0.5 * WEIGHT * total)
        return np.array(scores)

    def _place(self, node: Node) -> float:
        """Weigh one place."""
        src, tgt = self.src.get(node[0], 0.0), self.tgt.get(node[1], 0.0)
        sure = self.met.get(node, 0.0) / max(1.0, src, tgt)  # a gap of one text is several places of the others
        silent = 1.0 - min(1.0, max(src, tgt))
        return log((UNTOLD * silent + sure + LEAST) / (UNTOLD + LEAST))


def boundary_shares(shares: Mapping[Block, float]) -> dict[Node, float]:
    """Tell how sure an alignment is that it has boundaries at places.

    Args:
        shares: For each block the share of all paths that take it.

    Returns:
        For each place the share of all paths that go through it, in (0, 1].
    """
    found: defaultdict[Node, float] = defaultdict(float)
    found[0, 0] = 1.0
    for one, share in shares.items():
        found[one.i + one.a, one.j + one.b] += share
    return dict(found)


def witness_of(first: Places, second: Places) -> Witness:
    """Put two alignments with a third text one behind the other.

    Args:
        first: Places of source and third text.
        second: Places of third text and target.

    Returns:
        What the third text says of source and target; little where it is hardly a version of both.

    Source:
        Simard (1999), Text-translation alignment: three languages are better than two, EMNLP, for the idea.
    """
    onward: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for (k, j), share in second.shares.items():
        onward[k].append((j, share))
    met: defaultdict[Node, float] = defaultdict(float)
    together = first.together * second.together
    for (i, k), share in first.shares.items():
        for j, other in onward.get(k, ()):
            sure = share * other * together
            if sure >= MIN_SHARE:
                met[i, j] += sure
    src: defaultdict[int, float] = defaultdict(float)
    tgt: defaultdict[int, float] = defaultdict(float)
    for (i, j), sure in met.items():
        src[i] += sure
        tgt[j] += sure
    return Witness(dict(met), dict(src), dict(tgt), together)
