"""How far documents of different languages say the same: by the sentences they share, in order, and by their numbers.

Aligning every document with every other takes time with the square of the pile, and a name alone may lie. The sentences of the whole
pile are mined at once instead; versions of one document share most of their sentences, in order, and others hardly any.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.alignment.keys import Kind
from termalign.alignment.mining.mine import mine_pools
from termalign.alignment.mining.pool import pool_of
from termalign.model import same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termalign.alignment.mining.mine import Mined
    from termalign.alignment.mining.pool import Pool
    from termalign.lexicon import Lexicon
    from termalign.model import Sentence

    Pair = tuple[int, int]

__all__ = ["Likeness", "likeness"]

MIN_MINED = 0.3  # score of a pair of sentences that speaks for a pair of documents
FULL_COVER = 0.6  # share of two versions that is found as pairs of one sentence each: the rest is 1-2, free, or missed
MIN_CHAIN = 2  # pairs of sentences in order; one may be chance, in documents that have more
MIN_NUMBERS = 5  # distinct numbers of a document that tell it from others
FEW_SHARED = (
    0.15  # of the numbers of the document that has fewer, which no two versions of one document share so few of
)
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far runs of sentences of different languages say the same.

    Args:
        scores: Pairs of runs (lower number first) and how much of both they share, in (0, 1]; a pair that is missing shares nothing.
        numbers: For each run its distinct numbers of two digits or more.
    """

    scores: Mapping[Pair, float]
    numbers: Sequence[frozenset[str]] = field(repr=False)

    def score(self, one: int, other: int) -> float:
        """Return how much of both runs they share, in [0, 1]."""
        return self.scores.get((min(one, other), max(one, other)), 0.0)

    def best(self, one: int) -> float:
        """Return the best score of a run with any other, in [0, 1]."""
        return max((score for pair, score in self.scores.items() if one in pair), default=0.0)

    def numbers_contradict(self, one: int, other: int) -> bool:
        """Tell whether two runs have many numbers, and others."""
        sets = self.numbers[one], self.numbers[other]
        fewer = min(map(len, sets))
        return fewer >= MIN_NUMBERS and len(sets[0] & sets[1]) < FEW_SHARED * fewer


def likeness(runs: Sequence[Sequence[Sentence]], *, lexicon: Lexicon) -> Likeness:
    """Compare runs of sentences, each in one language.

    Args:
        runs: The runs; may be empty.
        lexicon: Words and their translations.

    Returns:
        What every two runs of different languages share.

    Source:
        Ours.
    """
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        if run:
            members[run[0].language].append(number)
    texts = {tag: [(number, one) for number in members[tag] for one in runs[number]] for tag in sorted(members)}
    pools = {tag: pool_of(((one.text, one.tokens) for _, one in listed), language=tag) for tag, listed in texts.items()}
    scores: dict[Pair, float] = {}
    for left, right in combinations(texts, 2):
        if not same_language(left, right):
            mined = mine_pools(pools[left], pools[right], lexicon=lexicon, min_score=MIN_MINED)
            scores |= _covers(mined, (texts[left], texts[right]), runs)
    numbers = [frozenset[str]()] * len(runs)
    for tag, listed in texts.items():
        for number, found in _numbers(pools[tag], [number for number, _ in listed]).items():
            numbers[number] = frozenset(found)
    return Likeness(scores, numbers)


def _covers(
    mined: Iterable[Mined],
    texts: tuple[list[tuple[int, Sentence]], list[tuple[int, Sentence]]],
    runs: Sequence[Sequence[Sentence]],
) -> dict[Pair, float]:
    """Return for each two runs how much of both stands in pairs of sentences that are in the same order on both sides."""
    found: defaultdict[Pair, list[Mined]] = defaultdict(list)
    for pair in mined:
        found[texts[0][pair.src][0], texts[1][pair.tgt][0]].append(pair)
    covers = {}
    for (one, other), pairs in found.items():
        chain = _in_order(pairs)
        if len(chain) < MIN_CHAIN and min(len(runs[one]), len(runs[other])) > MIN_CHAIN:
            continue
        shares = []
        for listed, run, places in zip(
            texts, (one, other), ([pair.src for pair in chain], [pair.tgt for pair in chain]), strict=True
        ):
            sizes = [pair.score * len(listed[place][1].text) for pair, place in zip(chain, places, strict=True)]
            shares.append(sum(sizes) / sum(len(sentence.text) for sentence in runs[run]))
        cover = 2 * shares[0] * shares[1] / (shares[0] + shares[1])
        covers[min(one, other), max(one, other)] = round(min(1.0, cover / FULL_COVER), DIGITS)
    return covers


def _in_order(pairs: Iterable[Mined]) -> list[Mined]:
    """Return the longest run of pairs that ascend on both sides."""
    ordered = sorted(pairs)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, pair in enumerate(ordered):
        at = bisect_left(ends, pair.tgt)
        ends[at : at + 1] = [pair.tgt]
        last[at : at + 1] = [number]
        before.append(last[at - 1] if at else -1)
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


def _numbers(pool: Pool, runs: Sequence[int]) -> dict[int, set[str]]:
    """Collect the numbers of two digits or more of each run."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for sentence, run in enumerate(runs):
        for one in pool.row(sentence).tolist():
            key = pool.keys[one]
            if pool.kinds[one] == Kind.NUMBER and sum(map(str.isdigit, key)) > 1:
                found[run].add(key)
    return found
