"""Links: pairs of candidates that evidence speaks for, each with the probability that the two denote one concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.trust import rival_strengths, trust
from termalign.evidence.base import in_order
from termalign.model import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

    from termalign.evidence.base import EvidenceSource
    from termalign.model import Evidence, Form

    Floats = npt.NDArray[np.float64]
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


def _strengths(found: Sequence[Sequence[Evidence]]) -> Floats:
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
    return _against_rivals(pairs, _strengths(found))


def _against_rivals(pairs: Sequence[Pair], strengths: Floats) -> list[float]:
    """Return the probability of each pair, the others taken into account."""
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
    scores = _told(sources, pairs, tell)
    # Weighed again, a few: the evidence for all pairs, with its places, would fill the memory.
    links = [
        Link(terms=pair, score=score, evidence=_evidence(sources, pair))
        for pair, score in zip(pairs, scores, strict=True)
        if score >= MIN_BELIEF
    ]
    return tuple(sorted(links, key=lambda one: (-one.score, one.terms)))


def _told(
    sources: Sequence[EvidenceSource], pairs: Sequence[Pair], tell: Callable[[str, int, int], None] | None
) -> list[float]:
    """Weigh all pairs by all sources and return their probabilities."""
    scores = np.full((len(pairs), len(sources)), np.nan)
    counts = np.zeros((len(pairs), len(sources)), dtype=np.int64)
    for row, pair in enumerate(pairs):
        for column, source in enumerate(sources):
            one = source.weigh(*pair)
            if one is not None:
                scores[row, column], counts[row, column] = round(one.score, DIGITS), one.n
        if tell and ((row + 1) % TELL_EVERY == 0 or row + 1 == len(pairs)):
            tell("linking terms", row + 1, len(pairs))
    return _against_rivals(pairs, trust().strengths([source.name for source in sources], scores, counts))


def _evidence(sources: Sequence[EvidenceSource], pair: Pair) -> tuple[Evidence, ...]:
    """Return what the sources say of a pair, strongest first."""
    found = [one for one in (source.weigh(*pair) for source in sources) if one is not None]
    return tuple(sorted(found, key=lambda one: (-round(one.score, DIGITS), one.source)))
