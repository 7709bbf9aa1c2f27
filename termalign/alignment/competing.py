"""Competitive linking over three languages: the strongest pair takes its two forms, and a third language may speak for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.model import Evidence

__all__ = ["Node", "Scored", "compete"]

Node = tuple[str, int]  # group of languages and number of a form

# What each source adds to the belief in a pair, at its best, and the score below which it adds nothing. Chosen by hand on the
# half of the documentation that is there to tune on; between .7 and 1.3 times these values recall moves by less than .01.
TRUST = {"cooccurrence": (0.9, 0.0), "composition": (0.5, 0.4), "han": (0.6, 0.6)}
CLOSURE = (
    0.5  # of two pairs that lead from one side to the other over the third language, the weaker one counts so much
)
DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A pair of forms and what speaks for it.

    Args:
        left: The one form.
        right: The other.
        strength: Of their counts, in [0, 1].
        joint: Units that they share.
        forms: Evidence from the forms themselves.
    """

    left: Node
    right: Node
    strength: float
    joint: int
    forms: tuple[Evidence, ...] = ()

    def belief(self) -> float:
        """Return the chance that not all of this errs, in [0, 1] (noisy-or)."""
        doubt = 1 - TRUST["cooccurrence"][0] * self.strength
        for one in self.forms:
            trust, floor = TRUST[one.source]
            doubt *= 1 - trust * max(0.0, (one.score - floor) / (1 - floor))
        return round(1 - doubt, DIGITS)


def compete(pairs: Sequence[Scored]) -> Iterator[tuple[Scored, float]]:
    """Let pairs compete for their forms.

    Args:
        pairs: Pairs of forms of different groups, each pair once.

    Yields:
        Pairs with their beliefs in [0, 1], strongest first: of each form at most one per language. A pair is believed more where
        a third language joins its two sides as well. Ties go to the pair that shares more units, then to the smaller numbers.

    Source:
        Melamed (2000), Models of translational equivalence among words, CL 26(2); the third language is ours.
    """
    beliefs = {(one.left, one.right): one.belief() for one in pairs}
    near: defaultdict[Node, dict[Node, float]] = defaultdict(dict)
    for (left, right), belief in beliefs.items():
        near[left][right] = belief
        near[right][left] = belief
    scored = [(one, _closed(one, beliefs[one.left, one.right], near)) for one in pairs]
    scored.sort(key=lambda row: (-row[1], -row[0].joint, row[0].left, row[0].right))
    return _taken(scored)


def _closed(one: Scored, belief: float, near: Mapping[Node, Mapping[Node, float]]) -> float:
    """Add what the third language says."""
    others = near[one.right]
    support = max(
        (min(value, others[third]) for third, value in near[one.left].items() if third in others),
        default=0.0,
    )
    return round(1 - (1 - belief) * (1 - CLOSURE * support), DIGITS)


def _taken(scored: Iterable[tuple[Scored, float]]) -> Iterator[tuple[Scored, float]]:
    """Yield the pairs whose sides are both free."""
    taken: set[tuple[Node, str]] = set()
    for one, belief in scored:
        sides = ((one.left, one.right[0]), (one.right, one.left[0]))
        if not taken.intersection(sides):
            taken.update(sides)
            yield one, belief
