"""Links: pairs of candidates that evidence speaks for, each with the probability that the two denote one concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.trust import rival_strengths, trust
from termalign.evidence.base import in_order
from termalign.model import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from termalign.evidence.base import EvidenceSource
    from termalign.model import Evidence, Form

    Pair = tuple[Form, Form]

__all__ = ["belief", "beliefs", "link"]

MIN_BELIEF = 0.3  # links below are not kept: three of ten would be a list nobody reads
DIGITS = 4
TELL_EVERY = 1000  # pairs


def belief(evidence: Iterable[Evidence]) -> float:
    """Combine the evidence for one pair that has no rivals.

    Args:
        evidence: One row per source.

    Returns:
        The probability, in [0, 1], that the two terms denote one concept, were there no other counterpart of either.

    Source:
        Logistic regression; see :mod:`termalign.alignment.trust`.
    """
    none = np.array([-np.inf])
    return round(float(trust().probabilities(_strengths([tuple(evidence)]), none, none)[0]), DIGITS)


def _strengths(found: Sequence[Sequence[Evidence]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the log odds of each pair from its evidence alone."""
    names = list(trust().sources)
    columns = {name: column for column, name in enumerate(names)}
    scores = np.full((len(found), len(names)), np.nan)
    counts = np.zeros((len(found), len(names)), dtype=np.int64)
    for row, evidence in enumerate(found):
        for one in evidence:
            column = columns.get(one.source)
            if column is not None:
                scores[row, column], counts[row, column] = round(one.score, DIGITS), one.n
    return trust().strengths(names, scores, counts)


def beliefs(pairs: Sequence[Pair], found: Sequence[Sequence[Evidence]]) -> list[float]:
    """Combine the evidence for pairs that are rivals of one another.

    Args:
        pairs: All pairs that were weighed, each once: what one term could be the counterpart of takes belief from the others.
        found: The evidence for each.

    Returns:
        For each pair, in order, the probability in [0, 1] that its two terms denote one concept.
    """
    strengths = _strengths(found)
    numbers: dict[tuple[Form, str], int] = {}
    keys = [
        np.array([numbers.setdefault((pair[side], pair[1 - side][0]), len(numbers)) for pair in pairs], dtype=np.int64)
        for side in (0, 1)
    ]
    left, right = (rival_strengths(key, strengths) for key in keys)
    return [round(one, DIGITS) for one in trust().probabilities(strengths, left, right).tolist()]


def link(sources: Sequence[EvidenceSource], *, tell: Callable[[str, int, int], None] | None = None) -> tuple[Link, ...]:
    """Collect the pairs that any source proposes, weigh each by all sources, and keep what is believable.

    Args:
        sources: Sources of evidence, each over the same ground.
        tell: Told the stage, how many pairs are weighed, and of how many.

    Returns:
        Links, strongest first, ties in the order of their terms. The score of a link is the probability that its terms denote
        one concept: a pair whose terms have other counterparts as good is believed less.
    """
    proposed = {in_order(*pair) for source in sources for pair in source.pairs()}
    pairs: list[Pair] = sorted(proposed)
    found: list[tuple[Evidence, ...]] = []
    for number, (left, right) in enumerate(pairs, 1):
        if tell and (number % TELL_EVERY == 0 or number == len(pairs)):
            tell("linking terms", number, len(pairs))
        found.append(tuple(one for one in (source.weigh(left, right) for source in sources) if one is not None))
    links = [
        Link(
            terms=terms,
            score=score,
            evidence=tuple(sorted(evidence, key=lambda one: (-round(one.score, DIGITS), one.source))),
        )
        for terms, evidence, score in zip(pairs, found, beliefs(pairs, found), strict=True)
        if score >= MIN_BELIEF
    ]
    return tuple(sorted(links, key=lambda one: (-one.score, one.terms)))
