"""In which order a reviewer gains most from proposed entries: the doubt that a verdict ends, times how much the entry is used.

A pair that is nearly sure waits, since people lose little by trusting it; so does one that is met once, since few read it. An
entry that authors contradict each other about is as doubtful as can be, whatever its evidence.
"""

from __future__ import annotations

from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from termalign.model import ConceptStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Concept

__all__ = ["gain", "review_order"]

DIGITS = 4
EVEN = 0.5  # belief in an entry that is flagged


def gain(concept: Concept) -> float:
    """Tell what a verdict on an entry is worth.

    Args:
        concept: The entry; its score is the probability that its designations name one concept.

    Returns:
        0 and up, in bits, higher is worth more: the entropy of the score, times the pairs of languages that the verdict
        settles, times the logarithm of how often its rarest language names it, plus one. 0.0 for an entry that has a verdict.

    Source:
        Lewis & Gale (1994), A sequential algorithm for training text classifiers, SIGIR (uncertainty sampling), for the
        doubt; the weight by use is ours.
    """
    if concept.status is not ConceptStatus.PROPOSED:
        return 0.0
    chance = EVEN if concept.flags or concept.score is None else min(1.0, max(0.0, concept.score))
    counts: dict[str, int] = {}
    for tag, found in concept.terms:
        language = tag.partition("-")[0]
        counts[language] = counts.get(language, 0) + sum(one.count for one in found)
    pairs = len(list(combinations(counts, 2)))
    return round(_entropy(chance) * pairs * log2(2 + min(counts.values(), default=0)), DIGITS)


def _entropy(chance: float) -> float:
    """Return the entropy of a yes or no, in bits."""
    return -sum(share * log2(share) for share in (chance, 1 - chance) if share > 0)


def review_order(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return the proposed entries, those first from which a reviewer gains most; ties by id."""
    proposed = (one for one in concepts if one.status is ConceptStatus.PROPOSED)
    return tuple(sorted(proposed, key=lambda one: (-gain(one), one.id)))
