"""Competitive linking over three languages: the strongest pair takes its two forms, and a third language may speak for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.trust import rival_strengths, trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from termalign.model import Evidence

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

__all__ = ["SOURCES", "Node", "Scored", "columns_of", "compete", "third_strengths"]

Node = tuple[str, int]  # group of languages and number of a form

SOURCES = ("cooccurrence", "composition", "han", "nominal")  # what a pair is weighed by
DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A pair of forms and what speaks for it.

    Args:
        left: The one form.
        right: The other.
        strength: Of their counts, in [0, 1].
        joint: Units that they share.
        nominal: The share of the two that are noun groups: 0, .5 or 1.
        forms: Evidence from the forms themselves.
    """

    left: Node
    right: Node
    strength: float
    joint: int
    nominal: float = 1.0
    forms: tuple[Evidence, ...] = ()


def columns_of(pairs: Sequence[Scored]) -> tuple[Floats, Integers]:
    """Lay out what speaks for pairs.

    Args:
        pairs: The pairs.

    Returns:
        (pairs, sources) scores in [0, 1], not a number where a source abstains, and the like counts, in the order of
        :data:`SOURCES`.
    """
    scores = np.full((len(pairs), len(SOURCES)), np.nan)
    counts = np.zeros((len(pairs), len(SOURCES)), np.int64)
    for row, one in enumerate(pairs):
        scores[row, 0], counts[row, 0] = one.strength, one.joint
        for evidence in one.forms:
            scores[row, SOURCES.index(evidence.source)] = round(evidence.score, DIGITS)
        scores[row, 3] = one.nominal
    return scores, counts


def compete(pairs: Sequence[Scored]) -> Iterator[tuple[Scored, float]]:
    """Let pairs compete for their forms.

    Args:
        pairs: Pairs of forms of different groups, each pair once.

    Yields:
        Pairs with the probability that they are counterparts, strongest first: of each form at most one per language. A pair is
        believed less where one of its forms has other counterparts as good, and more where a third language joins its two sides as
        well. Ties go to the pair that shares more units, then to the smaller numbers.

    Source:
        Melamed (2000), Models of translational equivalence among words, CL 26(2); the probabilities, see
        :mod:`termalign.alignment.trust`, and the third language are ours.
    """
    if not pairs:
        return
    used = trust("memory")
    strengths = used.strengths(SOURCES, *columns_of(pairs))
    nodes: dict[Node, int] = {}
    sides = np.array(
        [[nodes.setdefault(node, len(nodes)) for node in (one.left, one.right)] for one in pairs], dtype=np.int64
    )
    groups = np.array([sorted({node[0] for node in nodes}).index(node[0]) for node in nodes], dtype=np.int64)
    keys = [sides[:, side] * (groups.max() + 1) + groups[sides[:, 1 - side]] for side in (0, 1)]
    left, right = (rival_strengths(one, strengths) for one in keys)
    third = third_strengths(sides, strengths)
    logits = np.round(used.log_odds(strengths, left, right, third), DIGITS).tolist()
    told = np.round(used.probabilities(strengths, left, right, third), DIGITS).tolist()
    rows = sorted(
        range(len(pairs)), key=lambda row: (-logits[row], -pairs[row].joint, pairs[row].left, pairs[row].right)
    )
    yield from _taken((pairs[row], told[row]) for row in rows)


def third_strengths(sides: Integers, strengths: Floats) -> Floats:
    """Find the best way between the two sides of each pair over a form of a third language.

    Args:
        sides: (pairs, 2) number of either form; pairs join forms of different languages.
        strengths: Of the pairs.

    Returns:
        The strength of the weaker half of that way; minus infinity where there is none.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), strength in zip(sides.tolist(), strengths.tolist(), strict=True):
        near[left][right] = near[right][left] = strength
    return np.array(
        [
            max(
                (min(value, near[right][form]) for form, value in near[left].items() if form in near[right]),
                default=-np.inf,
            )
            for left, right in sides.tolist()
        ],
        dtype=np.float64,
    )


def _taken(scored: Iterable[tuple[Scored, float]]) -> Iterator[tuple[Scored, float]]:
    """Yield the pairs whose sides are both free."""
    taken: set[tuple[Node, str]] = set()
    for one, told in scored:
        sides = ((one.left, one.right[0]), (one.right, one.left[0]))
        if not taken.intersection(sides):
            taken.update(sides)
            yield one, told
