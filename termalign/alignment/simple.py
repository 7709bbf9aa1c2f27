"""Sentence alignment without neural weights: what the lexicon, shared characters, numbers and lengths say.

Each segment is a bag of keys (words, numbers, marks). How well a block of target segments is explained by a block of source
segments is the likelihood of its keys under a mixture of the unigram distribution and translations of the source's keys, as in
IBM model 1, against the unigram distribution alone; both directions count, and a model of lengths. A dynamic program over
bead types finds the best path.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

import numpy as np

from termalign.languages import LANGUAGES
from termalign.languages.characters import is_han
from termalign.languages.fold import fold
from termalign.model import Bead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from termalign.lexicon import Lexicon
    from termalign.model import Segment, Token

__all__ = ["align", "counterparts", "keys_of"]

# Bead types with their prior; order does not matter. After Gale & Church (1993), widened for ja, zh, en.
PRIOR = {
    (1, 1): 0.80, (1, 2): 0.05, (2, 1): 0.05, (1, 3): 0.012, (3, 1): 0.012, (1, 4): 0.003, (4, 1): 0.003, (1, 5): 0.001,
    (5, 1): 0.001, (2, 2): 0.012, (2, 3): 0.003, (3, 2): 0.003, (2, 4): 0.0007, (4, 2): 0.0007, (3, 3): 0.0015,
    (3, 4): 0.0005, (4, 3): 0.0005, (4, 4): 0.0005, (1, 0): 0.022, (0, 1): 0.022,
}  # fmt: skip
MAX_SIDE = 5
# Of the mixture: by chance, by the lexicon or the same key, by shared characters, by what the first pass has learned.
WEIGHTS = {"none": 0.45, "lexicon": 0.35, "han": 0.20, "learned": 0.15}
GOOD_SHARE = 0.8  # of the keys of a bead that have a counterpart, where a translation is close
WINDOW = 400  # segments compared with everything near them at once
MARGIN = 1.3  # how much further a window reaches on the target side than the lengths suggest
KEPT = 0.75  # of a window whose beads are kept; what is near its end may look for its counterpart beyond
ANCHOR = 0.4  # score of a bead that a window may end with
TINY = 1e-9
N_PASSES = 2  # the first knows the lexicon only, the second what the first has learned
MIN_LEARNED = 2  # beads in which two keys stand together before they are taken for translations
LEXICAL = 0.3  # weight of the lexical score against the lengths; keys of a segment are far from independent
SMOOTHING = 1000.0  # keys that an unseen text would add
MIN_DICE = 0.3  # of the Han characters of two words that count as related
LENGTH_VARIANCE = 0.35**2  # of the log ratio of the lengths of segments that translate each other
LENGTH_RANGE = (-6.0, 2.0)
FUNCTION = "func"

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = {"“": '"', "”": '"', "「": '"', "」": '"', "《": '"', "》": '"', "（": "(", "）": ")"}


@dataclass(frozen=True, slots=True)
class _Side:
    """One run of segments as keys.

    Args:
        keys: Key of each type; numbers begin with ``#``, marks are marks.
        types: Types of each segment, in order.
        lengths: Characters of each segment without white space.
        postings: For each type the segments it stands in and how often.
    """

    keys: tuple[str, ...]
    types: tuple[tuple[int, ...], ...]
    lengths: npt.NDArray[np.float64]
    postings: tuple[dict[int, int], ...]

    @property
    def n(self) -> int:
        return len(self.types)

    def unigram(self) -> npt.NDArray[np.float64]:
        counts: npt.NDArray[np.float64] = np.array([sum(posting.values()) for posting in self.postings], dtype=float)
        return np.asarray(counts / (counts.sum() + SMOOTHING))


def align(src: Sequence[Segment], tgt: Sequence[Segment], *, lexicon: Lexicon) -> tuple[Bead, ...]:
    """Align two versions of one text.

    Args:
        src: Segments of one version, in order.
        tgt: Segments of the other.
        lexicon: Words and their translations.

    Returns:
        Beads in order; together they cover both sides once. A bead's score is the share of its keys, on both sides, that have a
        counterpart on the other, against the share that good beads have, in [0, 1]; 0 where nothing matches and for null beads.
        Texts of more than some hundred segments are aligned window by window, so that time and memory stay in proportion.

    Source:
        Brown et al. (1993), The mathematics of statistical machine translation, CL 19(2), for the mixture; Gale & Church (1993),
        A program for aligning sentences in bilingual corpora, CL 19(1), for lengths and the program.
    """
    beads: list[Bead] = []
    i = j = 0
    while i < len(src) and j < len(tgt):
        ahead = int(WINDOW * MARGIN * (len(tgt) - j) / (len(src) - i)) + WINDOW // 2
        end_i, end_j = min(len(src), i + WINDOW), min(len(tgt), j + max(WINDOW // 2, min(ahead, 2 * WINDOW)))
        part = _aligned(src[i:end_i], tgt[j:end_j], lexicon)
        if end_i < len(src) or end_j < len(tgt):
            part = part[: _safe_end(part, end_i - i, end_j - j)]
        beads += [Bead(tuple(i + n for n in one.src), tuple(j + n for n in one.tgt), one.score) for one in part]
        i, j = i + sum(len(one.src) for one in part), j + sum(len(one.tgt) for one in part)
    beads += [Bead((n,), ()) for n in range(i, len(src))]
    beads += [Bead((), (n,)) for n in range(j, len(tgt))]
    return tuple(beads)


def _safe_end(beads: Sequence[Bead], n: int, m: int) -> int:
    """Return how many beads of a window to keep: up to the last good one well before its end, at least one."""
    kept, i, j = 0, 0, 0
    fallback = 0
    for number, bead in enumerate(beads, 1):
        i, j = i + len(bead.src), j + len(bead.tgt)
        if i > KEPT * n or j > KEPT * m:
            break
        fallback = number
        if bead.score >= ANCHOR:
            kept = number
    return max(1, kept or fallback)


def _aligned(src: Sequence[Segment], tgt: Sequence[Segment], lexicon: Lexicon) -> list[Bead]:
    """Align two runs that are short enough to compare everything with everything."""
    left, right = _side(src), _side(tgt)
    pairs = _associations(left, right, src[0].language, tgt[0].language, lexicon)
    flipped = {(t, s): weights for (s, t), weights in pairs.items()}
    beads: list[Bead] = []
    for _ in range(N_PASSES):
        learned = _learned(left, right, beads)
        forward = _explained(left, right, pairs, learned)
        backward = _explained(right, left, flipped, {(t, s): share for (s, t), share in learned.items()})
        beads = _best_path(left, right, forward, backward)
    return [_scored(bead, left, right, pairs) for bead in beads]


def _learned(left: _Side, right: _Side, beads: Sequence[Bead]) -> dict[tuple[int, int], float]:
    """Weigh which keys stand in the same beads: Dice coefficient, one chance meeting taken off."""
    singles: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    together: Counter[tuple[int, int]] = Counter()
    for bead in beads:
        if bead.src and bead.tgt:
            ours = {one for number in bead.src for one in left.types[number]}
            theirs = {one for number in bead.tgt for one in right.types[number]}
            singles[0].update(ours)
            singles[1].update(theirs)
            together.update((s, t) for s in ours for t in theirs)
    return {
        (s, t): 2 * (count - 1) / (singles[0][s] + singles[1][t])
        for (s, t), count in together.items()
        if count >= MIN_LEARNED and 2 * count >= max(singles[0][s], singles[1][t])
    }


def counterparts(
    src: Sequence[Segment], tgt: Sequence[Segment], *, lexicon: Lexicon
) -> tuple[list[tuple[set[str], int]], int]:
    """Find for each source segment which keys of the whole target it may translate.

    Args:
        src: Segments of one text.
        tgt: Segments of another, all taken together.
        lexicon: Words and their translations.

    Returns:
        For each source segment the keys of the target that have a counterpart in it, and how many of its own keys have one in
        the target; and the number of distinct keys of the target.
    """
    left, right = _side(src), _side(tgt)
    by_source: defaultdict[int, set[str]] = defaultdict(set)
    for s, t in _associations(left, right, src[0].language, tgt[0].language, lexicon):
        by_source[s].add(right.keys[t])
    rows = []
    for types in left.types:
        met = [by_source[one] for one in set(types) if one in by_source]
        rows.append((set().union(*met) if met else set(), len(met)))
    return rows, len(right.keys)


def _side(segments: Sequence[Segment]) -> _Side:
    index: dict[str, int] = {}
    types: list[tuple[int, ...]] = []
    for segment in segments:
        found = [index.setdefault(key, len(index)) for key in keys_of(segment.text, segment.language)]
        types.append(tuple(found))
    postings: list[dict[int, int]] = [{} for _ in index]
    for number, found_types in enumerate(types):
        for one in found_types:
            postings[one][number] = postings[one].get(number, 0) + 1
    lengths = np.array([max(1, sum(not char.isspace() for char in segment.text)) for segment in segments], dtype=float)
    return _Side(tuple(index), tuple(types), lengths, tuple(postings))


@lru_cache(maxsize=100_000)
def keys_of(text: str, language: str) -> tuple[str, ...]:
    """Return the keys of a segment: numbers, marks that texts share, words by dictionary form and by parts."""
    return tuple(key for token in LANGUAGES.get(language).tokens(text) for key in _token_keys(token))


def _token_keys(token: Token) -> Iterator[str]:
    if token.pos == "mark":
        yield from (sign for sign in (_SIGNS.get(token.text, ""),) if sign)
    elif token.pos != FUNCTION:
        number = _NUMBER.search(fold(token.text))
        if number:
            yield "#" + number[0].replace(",", "")
        elif len(token.parts) > 1:
            yield from (key for key in map(fold, token.parts) if key)
        else:
            key = fold(token.base or token.text)
            if key:
                yield key


def _associations(
    left: _Side, right: _Side, source: str, target: str, lexicon: Lexicon
) -> dict[tuple[int, int], tuple[float, float]]:
    """Weigh which types of the two sides translate each other: by lexicon or identity, and by shared Han characters."""
    index = {key: number for number, key in enumerate(right.keys)}
    by_character: defaultdict[str, set[int]] = defaultdict(set)
    for number, key in enumerate(right.keys):
        for char in key:
            if is_han(char):
                by_character[char].add(number)
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for number, key in enumerate(left.keys):
        weights: dict[int, float] = {index[key]: 1.0} if key in index else {}
        for one in lexicon.translations(key, source, target):
            parts = [fold(part) for part in one.text.split(" ")]
            for part in parts:
                if part in index:
                    weights[index[part]] = max(weights.get(index[part], 0.0), one.weight / len(parts))
        shared = _shared_characters(key, by_character, right.keys)
        for other in weights.keys() | shared.keys():
            found[number, other] = weights.get(other, 0.0), shared.get(other, 0.0)
    return found


def _shared_characters(key: str, by_character: dict[str, set[int]], keys: Sequence[str]) -> dict[int, float]:
    own = {char for char in key if is_han(char)}
    near = set().union(*(by_character.get(char, set()) for char in own)) if own else set()
    found: dict[int, float] = {}
    for other in near:
        theirs = {char for char in keys[other] if is_han(char)}
        dice = 2 * len(own & theirs) / (len(own) + len(theirs))
        if dice >= MIN_DICE:
            found[other] = dice * dice
    return found


def _explained(
    left: _Side,
    right: _Side,
    pairs: dict[tuple[int, int], tuple[float, float]],
    learned: dict[tuple[int, int], float],
) -> list[npt.NDArray[np.float64]]:
    """For each window size a, the log-likelihood ratio of right segment j given left segments i to i + a - 1, as (i, j)."""
    totals = np.zeros((len(left.keys), 2))
    for (s, _), weights in pairs.items():
        totals[s] += weights
    by_target: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for (s, t), (lexical, shared) in pairs.items():
        share = WEIGHTS["lexicon"] * lexical / totals[s, 0] if lexical else 0.0
        share += WEIGHTS["han"] * shared / totals[s, 1] if shared else 0.0
        by_target[t].append((s, share))
    learned_totals: defaultdict[int, float] = defaultdict(float)
    for (s, _), share in learned.items():
        learned_totals[s] += share
    for (s, t), share in learned.items():
        by_target[t].append((s, WEIGHTS["learned"] * share / learned_totals[s]))
    unigram = right.unigram()
    mass: list[npt.NDArray[np.float64]] = []
    for t in range(len(right.keys)):
        row = np.zeros(left.n)
        for s, share in by_target.get(t, ()):
            for segment, count in left.postings[s].items():
                row[segment] += share * count
        mass.append(row / unigram[t])
    sizes = np.array([max(1, len(types)) for types in left.types], dtype=float)
    size_sums = np.concatenate([[0.0], np.cumsum(sizes)])
    result = [np.full((left.n, right.n), -1e9) for _ in range(MAX_SIDE + 1)]
    for j, types in enumerate(right.types):
        counts = Counter(types)
        rows = np.array([mass[t] for t in counts]).reshape(len(counts), left.n)
        sums = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(rows, axis=1)], axis=1)
        repeats = np.array(list(counts.values()), dtype=float)[:, None]
        for a in range(1, min(MAX_SIDE, left.n) + 1):
            window = (sums[:, a:] - sums[:, :-a]) / (size_sums[a:] - size_sums[:-a])
            scores = (repeats * np.log(WEIGHTS["none"] + np.maximum(window, 0.0))).sum(axis=0) if len(counts) else 0.0
            result[a][: left.n - a + 1, j] = scores
    return result


def _best_path(
    left: _Side, right: _Side, forward: list[npt.NDArray[np.float64]], backward: list[npt.NDArray[np.float64]]
) -> list[Bead]:
    """Find the best sequence of beads by dynamic programming."""
    n, m = left.n, right.n
    best = np.full((n + 1, m + 1), -np.inf)
    step = np.zeros((n + 1, m + 1, 2), dtype=np.int8)
    best[0, 0] = 0.0
    ramp = np.arange(m + 1) * log(PRIOR[0, 1])  # what skipping so many target segments costs
    scores = {
        kind: _block_scores(left, right, forward, backward, kind)
        for kind in PRIOR
        if 0 not in kind and kind[0] <= n and kind[1] <= m
    }
    for i in range(n + 1):
        for (a, b), prior in PRIOR.items():
            if a == 0 or a > i or b > m:
                continue
            candidate = np.full(m + 1, -np.inf)
            if b == 0:
                candidate = best[i - a] + log(prior)
            elif (a, b) in scores:
                candidate[b:] = best[i - a, : m - b + 1] + scores[a, b][i - a]
            better = candidate > best[i]
            best[i, better], step[i, better] = candidate[better], (a, b)
        skipped = np.maximum.accumulate(best[i] - ramp) + ramp
        better = skipped > best[i] + TINY
        best[i, better], step[i, better] = skipped[better], (0, 1)
    beads: list[Bead] = []
    i, j = n, m
    while i or j:
        a, b = (int(size) for size in step[i, j])
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return beads[::-1]


def _block_scores(
    left: _Side,
    right: _Side,
    forward: list[npt.NDArray[np.float64]],
    backward: list[npt.NDArray[np.float64]],
    kind: tuple[int, int],
) -> npt.NDArray[np.float64]:
    """Score every block of one type: both directions, lengths, prior."""
    a, b = kind
    n, m = left.n, right.n
    given_left = _windows(forward[a][: n - a + 1], b, axis=1)
    given_right = _windows(backward[b][: m - b + 1].T, a, axis=0)
    ends_left = np.concatenate([[0.0], np.cumsum(left.lengths)])
    ends_right = np.concatenate([[0.0], np.cumsum(right.lengths)])
    ratio = np.log(ends_right[b:] - ends_right[:-b])[None, :] - np.log(ends_left[a:] - ends_left[:-a])[:, None]
    difference = ratio - log(ends_right[-1] / ends_left[-1])
    length = np.clip(1.0 - difference**2 / (2 * LENGTH_VARIANCE), *LENGTH_RANGE)
    return np.asarray(LEXICAL * (given_left + given_right) + length + log(PRIOR[kind]))


def _windows(values: npt.NDArray[np.float64], size: int, *, axis: int) -> npt.NDArray[np.float64]:
    """Sum ``size`` neighbours along an axis."""
    shape = list(values.shape)
    shape[axis] = 1
    sums = np.concatenate([np.zeros(shape), np.cumsum(values, axis=axis)], axis=axis)
    high = [slice(None), slice(None)]
    low = [slice(None), slice(None)]
    high[axis], low[axis] = slice(size, None), slice(None, -size)
    return np.asarray(sums[tuple(high)] - sums[tuple(low)])


def _scored(bead: Bead, left: _Side, right: _Side, pairs: dict[tuple[int, int], tuple[float, float]]) -> Bead:
    """Say how much of both blocks has a counterpart in the other."""
    if not bead.src or not bead.tgt:
        return bead
    ours = {one for number in bead.src for one in left.types[number]}
    theirs = {one for number in bead.tgt for one in right.types[number]}
    matched_left = {s for s in ours if any((s, t) in pairs for t in theirs)}
    matched_right = {t for t in theirs if any((s, t) in pairs for s in ours)}
    total = len(ours) + len(theirs)
    share = (len(matched_left) + len(matched_right)) / total if total else 0.0
    return Bead(bead.src, bead.tgt, round(min(1.0, share / GOOD_SHARE), 4))
