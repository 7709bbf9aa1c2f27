"""Parallel sentences hidden in two collections: candidates by their rarest words, judged against their rivals, each once.

Embeddings find such pairs by one vector for a sentence. Here it is words, names and numbers that find each other, one to one, so
that a pair has a reason; and what the surest pairs teach is used to judge the others.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.alignment.mining.assigning import assign
from termalign.alignment.mining.candidates import Retriever
from termalign.alignment.mining.gains import gains_of
from termalign.alignment.mining.judging import N_FIGURES, features, length_ratio, probabilities, weights
from termalign.alignment.mining.learning import learn_partners, learn_rates
from termalign.alignment.mining.partners import find_partners
from termalign.alignment.mining.scoring import Linker

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Ints, Pool
    from termalign.lexicon import Lexicon

__all__ = ["MIN_SCORE", "Look", "Mined", "first_look", "mine_pools", "second_look"]

MIN_SCORE = 0.4  # of a pair that is reported; nine of ten are right then, measured on the development half of ``bench``
SURE = 0.7  # score in the first look of pairs that teach
HOPELESS = 0.003  # score in the first look below which a pair is not looked at again
MAX_TEACHERS = 20_000  # pairs that teach; more teach nothing new
DIGITS = 4


class Mined(NamedTuple):
    """A pair that was found.

    Args:
        src: Number of the source sentence.
        tgt: Number of the target sentence.
        score: How likely they are translations, in [0, 1].
    """

    src: int
    tgt: int
    score: float


class Look(NamedTuple):
    """Pairs with their features.

    Args:
        src: Source sentences.
        tgt: Target sentences.
        rows: (pairs, features).
        linker: Links their words.
        partners: Partners of source types.
    """

    src: Ints
    tgt: Ints
    rows: Floats
    linker: Linker
    partners: Partners


def mine_pools(
    src: Pool,
    tgt: Pool,
    *,
    lexicon: Lexicon,
    min_score: float = MIN_SCORE,
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[Mined, ...]:
    """Find the pairs of sentences that translate each other.

    Args:
        src: Sentences of one language.
        tgt: Sentences of another.
        lexicon: Words and their translations.
        min_score: Score that a pair must have, in [0, 1].
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Pairs, best first; no sentence is in two.

    Source:
        Ours; Artetxe & Schwenk (2019) and Melamed (2000) for the parts, named where they stand.
    """
    if not len(src.types) or not len(tgt.types):
        return ()
    look = first_look(src, tgt, lexicon=lexicon, tell=tell)
    look = second_look(look, src, tgt, probabilities(look.rows, weights("first")))
    score = np.round(probabilities(look.rows, weights("second")), DIGITS)
    chosen = assign(look.src, look.tgt, score, min_score=min_score)
    return tuple(Mined(int(look.src[one]), int(look.tgt[one]), float(score[one])) for one in chosen)


def first_look(src: Pool, tgt: Pool, *, lexicon: Lexicon, tell: Callable[[str, int, int], None] | None = None) -> Look:
    """Find candidates and judge them by what the lexicon knows."""
    partners = find_partners(src, tgt, lexicon=lexicon)
    flipped = partners.flipped(len(tgt.keys))
    gains = gains_of(src, tgt, partners), gains_of(tgt, src, flipped)
    asking = (Retriever(src, tgt, partners, gains), False), (Retriever(tgt, src, flipped, gains[::-1]), True)
    found, done = [np.zeros(0, np.int64)], 0
    for retriever, is_flipped in asking:
        for one, other in retriever.nearest():
            found.append(other * len(tgt) + one if is_flipped else one * len(tgt) + other)
            done += len(np.unique(one))
            if tell:
                tell("searching", done, len(src) + len(tgt))
    i, j = np.divmod(np.unique(np.concatenate(found)), len(tgt))
    return _look((i, j), (src, tgt), Linker(src, tgt, partners, gains), partners)


def second_look(first: Look, src: Pool, tgt: Pool, score: Floats) -> Look:
    """Judge candidates by what the surest of them teach.

    Args:
        first: The first look.
        src: Source side.
        tgt: Target side.
        score: Scores of its pairs.

    Returns:
        The pairs that have any hope.
    """
    sure = assign(first.src, first.tgt, score, min_score=SURE)[:MAX_TEACHERS]
    teachers = list(zip(first.src[sure].tolist(), first.tgt[sure].tolist(), strict=True))
    rates = learn_rates(teachers, first.linker, (src, tgt))
    partners = learn_partners(teachers, first.linker, (src, tgt), first.partners)
    gains = (
        gains_of(src, tgt, partners, rates=rates[0]),
        gains_of(tgt, src, partners.flipped(len(tgt.keys)), rates=rates[1]),
    )
    hopeful = score >= HOPELESS
    pairs = first.src[hopeful], first.tgt[hopeful]
    return _look(pairs, (src, tgt), Linker(src, tgt, partners, gains), partners)


def _look(pairs: tuple[Ints, Ints], pools: tuple[Pool, Pool], linker: Linker, partners: Partners) -> Look:
    """Make the features of pairs."""
    listed = array("f")
    for i, j in zip(*(side.tolist() for side in pairs), strict=True):
        listed.extend(linker.figures(i, j).flat())
    figures = np.array(listed, dtype=np.float32).reshape(len(pairs[0]), -1 if listed else 2 * N_FIGURES + 1)
    expected = length_ratio(pools[0].language, pools[1].language)
    return Look(*pairs, features(pairs, figures, expected=expected), linker, partners)
