"""Parallel sentences hidden in two collections: candidates by their rarest words, judged against their rivals, each once.

Embeddings find such pairs by one vector for a sentence. Here it is words, names and numbers that find each other, one to one, so
that a pair has a reason; and what the surest pairs teach is used to judge the others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.alignment.mining.assigning import assign
from termalign.alignment.mining.candidates import Retriever
from termalign.alignment.mining.gains import gains_of
from termalign.alignment.mining.judging import FEATURES, N_FIGURES, features, length_ratio, probabilities, weights
from termalign.alignment.mining.learning import Lesson, learn_partners, learn_rates
from termalign.alignment.mining.partners import find_partners
from termalign.alignment.mining.scoring import Scorer
from termalign.alignment.mining.spreading import spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.alignment.mining.partners import Partners
    from termalign.alignment.mining.pool import Floats, Ints, Pool
    from termalign.lexicon import Lexicon

__all__ = ["MIN_SCORE", "Look", "Mined", "first_look", "mine_pools", "second_look"]

MIN_SCORE = 0.2  # of a pair that is reported; nine of ten are right then, by weights fitted on other pairs of languages of ``bench``
SURE = 0.7  # score in the first look of pairs that teach
HOPELESS = 0.01  # score in the first look of a pair that is looked at again, and its rivals with it
MAX_TEACHERS = 20_000  # pairs that teach; more teach nothing new
PART = 1 << 12  # sentences that are looked up in one go
WORDS = 1 << 17  # words of target sentences that are compared in one go; bounds the memory
DIGITS = 4
COVERED = FEATURES.index(
    "covered"
)  # 0 where function words alone are linked, which in a short text have no rivals: に, in


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
        scorer: Put them in figures.
        partners: Partners of source types.
        pools: Both sides, the names in them put together.
    """

    src: Ints
    tgt: Ints
    rows: Floats
    scorer: Scorer
    partners: Partners
    pools: tuple[Pool, Pool]


def mine_pools(
    src: Pool,
    tgt: Pool,
    *,
    lexicon: Lexicon,
    min_score: float = MIN_SCORE,
    jobs: int = 1,
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[Mined, ...]:
    """Find the pairs of sentences that translate each other.

    Args:
        src: Sentences of one language.
        tgt: Sentences of another.
        lexicon: Words and their translations.
        min_score: Score that a pair must have, in [0, 1].
        jobs: How many processes; the pairs are the same for any number.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Pairs, best first; no sentence is in two.

    Source:
        Ours; Artetxe & Schwenk (2019) and Melamed (2000) for the parts, named where they stand.
    """
    if not len(src.types) or not len(tgt.types):
        return ()
    look = first_look(src, tgt, lexicon=lexicon, jobs=jobs, tell=tell)
    look = second_look(look, probabilities(look.rows, weights("first")), jobs=jobs, tell=tell)
    score = np.round(probabilities(look.rows, weights("second")), DIGITS)
    score[look.rows[:, COVERED] <= 0.0] = 0.0
    chosen = assign(look.src, look.tgt, score, min_score=min_score)
    return tuple(Mined(int(look.src[one]), int(look.tgt[one]), float(score[one])) for one in chosen)


def first_look(
    src: Pool, tgt: Pool, *, lexicon: Lexicon, jobs: int = 1, tell: Callable[[str, int, int], None] | None = None
) -> Look:
    """Find candidates and judge them by what the lexicon knows.

    Args:
        src: Sentences of one language.
        tgt: Sentences of another.
        lexicon: Words and their translations.
        jobs: How many processes.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        All pairs that were looked at.
    """
    partners, src, tgt = find_partners(src, tgt, lexicon=lexicon)
    flipped = partners.flipped(len(tgt.keys))
    gains = gains_of(src, tgt, partners), gains_of(tgt, src, flipped)
    found = []
    for asking, other, own, both, is_flipped in (
        (src, tgt, partners, gains, False),
        (tgt, src, flipped, gains[::-1], True),
    ):
        parts = [(start, min(len(asking), start + PART)) for start in range(0, len(asking), PART)]
        near = spread(Retriever(asking, other, own, both).nearest, parts, jobs=jobs)
        for (_, end), (one, its) in zip(parts, near, strict=True):
            found.append(its * len(tgt) + one if is_flipped else one * len(tgt) + its)
            if tell:
                tell("searching", end + is_flipped * len(src), len(src) + len(tgt))
    i, j = np.divmod(np.unique(np.concatenate(found)), len(tgt))
    return _look((i, j), (src, tgt), Scorer(src, tgt, partners, gains), partners, jobs=jobs, tell=tell)


def second_look(
    first: Look,
    score: Floats,
    *,
    jobs: int = 1,
    tell: Callable[[str, int, int], None] | None = None,
) -> Look:
    """Judge candidates by what the surest of them teach.

    Args:
        first: The first look.
        score: Scores of its pairs.
        jobs: How many processes.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        The pairs that have any hope, and their rivals: a pair without them would look better than it is.
    """
    src, tgt = first.pools
    sure = np.sort(assign(first.src, first.tgt, score, min_score=SURE)[:MAX_TEACHERS])
    lesson = Lesson(first.src[sure], first.tgt[sure], (src, tgt), first.scorer.linker)
    rates = learn_rates(lesson, first.partners)
    partners = learn_partners(lesson, first.partners)
    gains = (
        gains_of(src, tgt, partners, rates=rates[0]),
        gains_of(tgt, src, partners.flipped(len(tgt.keys)), rates=rates[1]),
    )
    hopeful = score >= HOPELESS
    kept = np.isin(first.src, first.src[hopeful]) | np.isin(first.tgt, first.tgt[hopeful])
    pairs = first.src[kept], first.tgt[kept]
    return _look(pairs, (src, tgt), Scorer(src, tgt, partners, gains), partners, jobs=jobs, tell=tell)


def _look(
    pairs: tuple[Ints, Ints],
    pools: tuple[Pool, Pool],
    scorer: Scorer,
    partners: Partners,
    *,
    jobs: int,
    tell: Callable[[str, int, int], None] | None,
) -> Look:
    """Make the features of pairs."""
    figures = np.zeros((len(pairs[0]), 2 * N_FIGURES + 1), dtype=np.float32)
    sizes = np.diff(pools[1].first)[pairs[1]]
    ends = [*np.flatnonzero(np.diff(np.cumsum(sizes) // WORDS, append=-1) != 0).tolist()]
    parts = list(pairwise([0, *(end + 1 for end in ends)]))
    listed = spread(scorer.figures, [(pairs[0][start:end], pairs[1][start:end]) for start, end in parts], jobs=jobs)
    for (start, end), part in zip(parts, listed, strict=True):
        figures[start:end] = part
        if tell:
            tell("comparing", end, len(figures))
    expected = length_ratio(pools[0].language, pools[1].language)
    return Look(*pairs, features(pairs, figures, expected=expected), scorer, partners, pools)
