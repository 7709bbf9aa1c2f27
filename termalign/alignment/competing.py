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

__all__ = ["SOURCES", "Node", "Scored", "columns_of", "compete", "free_rivals", "third_strengths"]

Node = tuple[str, int]  # group of languages and number of a form

SOURCES = ("cooccurrence", "composition", "han")  # what a pair is weighed by
N_LANGUAGES = 3
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
    names = sorted({group for group, _ in nodes})
    groups = np.array([names.index(group) for group, _ in nodes], dtype=np.int64)[sides]
    left, right = free_rivals(sides, groups, strengths)
    third = third_strengths(sides, groups, strengths)
    logits = np.round(used.log_odds(strengths, left, right, third), DIGITS).tolist()
    told = np.round(used.probabilities(strengths, left, right, third), DIGITS).tolist()
    rows = sorted(
        range(len(pairs)), key=lambda row: (-logits[row], -pairs[row].joint, pairs[row].left, pairs[row].right)
    )
    yield from _taken((pairs[row], told[row]) for row in rows)


def free_rivals(sides: Integers, groups: Integers, strengths: Floats) -> tuple[Floats, Floats]:
    """Find the strongest rival of each pair for either of its forms; one whose other form has a better counterpart counts less.

    Args:
        sides: (pairs, 2) number of either form.
        groups: (pairs, 2) number of its language.
        strengths: Of the pairs.

    Returns:
        Strengths of the rivals for the left and for the right form: what the better counterpart has more is taken off. Minus
        infinity where there is no rival.
    """
    keys = [sides[:, side] * N_LANGUAGES + groups[:, 1 - side] for side in (0, 1)]
    met = [rival_strengths(one, strengths) for one in keys]
    free = [strengths - np.maximum(0.0, one - strengths) for one in met]
    return rival_strengths(keys[0], free[1]), rival_strengths(keys[1], free[0])


def third_strengths(sides: Integers, groups: Integers, strengths: Floats) -> Floats:
    """Find the best way between the two sides of each pair over a form of a third language.

    Args:
        sides: (pairs, 2) number of either form.
        groups: (pairs, 2) number of its language, 0, 1 or 2; pairs join forms of different languages.
        strengths: Of the pairs.

    Returns:
        The strength of the weaker half of that way; minus infinity where there is none, not a number where no pairs join the two
        languages with the third.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), strength in zip(sides.tolist(), strengths.tolist(), strict=True):
        near[left][right] = near[right][left] = strength
    found = np.array(
        [
            max(
                (min(value, near[right][form]) for form, value in near[left].items() if form in near[right]),
                default=-np.inf,
            )
            for left, right in sides.tolist()
        ],
        dtype=np.float64,
    )
    missing = 3 - groups.sum(axis=1)  # the language that a pair is not in: a pair of languages is known by it
    joined = set(missing.tolist())
    return np.where([joined >= {0, 1, 2} - {one} for one in missing.tolist()], found, np.nan)


def _taken(scored: Iterable[tuple[Scored, float]]) -> Iterator[tuple[Scored, float]]:
    """Yield the pairs whose sides are both free."""
    taken: set[tuple[Node, str]] = set()
    for one, told in scored:
        sides = ((one.left, one.right[0]), (one.right, one.left[0]))
        if not taken.intersection(sides):
            taken.update(sides)
            yield one, told
