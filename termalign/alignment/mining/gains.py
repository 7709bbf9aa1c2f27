"""What it says for a pair of sentences that a word has a partner there, and what it says against it that it has none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Pool

__all__ = ["Gains", "gains_of"]

# How often a word of each kind that has partners in the other collection has one in its translation; rows in the order of
# keys.Kind. The first guess; what is found tells better.
PRIOR_RATES = np.array([0.75, 0.75, 0.45, 0.5, 0.35, 0.5])
HALF = 0.5
# Sentences that a collection is taken to be a sample of, besides its own: in a short text a word that stands once is rare all the
# same, and a pair of a hundred sentences must not look worse than the same pair among thousands.
UNSEEN = 300.0


@dataclass(frozen=True, slots=True)
class Gains:
    """Log-likelihood ratios of translation against chance, in nats.

    Args:
        hit: For each type what it says that a partner stands in the other sentence; at least 0, and 0 without partners.
        miss: What it says that none does; at most 0.
        weight: What a type tells of its sentence: the logarithm of how rare it is.
    """

    hit: Floats = field(repr=False)
    miss: Floats = field(repr=False)
    weight: Floats = field(repr=False)


def gains_of(pool: Pool, other: Pool, partners: Partners, *, rates: Floats | None = None) -> Gains:
    """Compute gains from how often partners stand anywhere.

    Args:
        pool: The side whose types are asked about.
        other: The other side.
        partners: Partners of the types of ``pool``.
        rates: For each type how often it has a partner in a translation, in (0, 1); ``None`` for the first guess.

    Returns:
        The gains. A type whose partners stand everywhere gains nothing.

    Source:
        Ours: the likelihood ratio of one word, as in naive Bayes; a word with many translations meets one of them by chance.
    """
    n_types = len(pool.keys)
    if rates is None:
        rates = PRIOR_RATES[pool.kinds]
    n_sentences = len(other) + UNSEEN
    share = np.minimum(1.0 - HALF / n_sentences, partners.strength * other.spread[partners.other] / n_sentences)
    chance = 1.0 - np.exp(np.bincount(partners.owners(), weights=np.log1p(-share), minlength=n_types))
    chance = np.clip(chance, HALF / n_sentences, 1.0 - HALF / n_sentences)
    has_partners = np.diff(partners.first) > 0
    useful = has_partners & (rates > chance)
    hit = np.where(useful, np.log(rates / chance), 0.0)
    miss = np.where(useful, np.log((1 - rates) / (1 - chance)), 0.0)
    return Gains(hit, miss, np.log((len(pool) + UNSEEN) / np.maximum(pool.spread, 1)))
