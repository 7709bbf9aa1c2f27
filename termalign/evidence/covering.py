"""Covering two terms by translations of their parts.

量子/技術/イノベーション/拠点 and quantum / technology / innovation / hub: which stretches of the one does a lexicon translate
into which stretches of the other, and how much of both do the best of them cover together.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.evidence.atoms import Atoms, atoms, critical_affixes
from termalign.languages import LANGUAGES
from termalign.languages.characters import has_latin, is_all_han
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.lexicon import Lexicon

__all__ = ["LONGEST", "Composer", "Cover", "Match", "cover"]

LONGEST = 8  # parts of one lexicon word; katakana and English words are one part, Han words have at most four
IDENTITY_WEIGHT = 0.95  # the same Han characters: nearly always the same sense, false friends apart
LONE_CHARACTER_WEIGHT = 0.8  # one shared character: 学, 部
OUT_OF_ORDER = 0.8  # compounds of all three languages put the head last: 技術基盤 is no 基础技术
CRITICAL_MISSING = 0.6  # 耐量子暗号 is no 量子密码


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the left term that a stretch of the right term translates."""

    left: tuple[int, int]
    right: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Cover:
    """The best set of matches between two terms.

    Args:
        score: Harmonic mean of the covered shares of both terms, in [0, 1].
        matches: Stretches that translate each other.
    """

    score: float
    matches: tuple[Match, ...]


def _in_order(chosen: tuple[Match, ...], joints: bool) -> bool:  # noqa: FBT001 - private
    """Tell whether the parts stand in one order in both terms; ``joints``: an English *of* or *for* may turn it round."""
    ends = [match.right for match in chosen]
    return joints or all(one[1] <= other[0] for one, other in pairwise(ends))


def _critical(parts: Atoms, covered: set[int]) -> bool:
    """Tell whether a part that changes the sense (耐, 非, 未, anti-) has no counterpart."""
    return any(text in critical_affixes() and number not in covered for number, text in enumerate(parts.texts))


def cover(left: Atoms, right: Atoms, matches: Iterable[Match]) -> Cover:
    """Choose the non-overlapping matches that cover most of both terms.

    Args:
        left: One term.
        right: The other.
        matches: What may translate what.

    Returns:
        The best cover; score 0 and no matches where nothing matches or a term has no weight.
    """
    total_left, total_right = left.weight, right.weight
    if not total_left or not total_right:
        return Cover(0.0, ())
    by_start: dict[int, list[tuple[float, int, int, Match]]] = {}
    for match in matches:
        gain_left = sum(left.weights[slice(*match.left)]) / total_left
        gain_right = sum(right.weights[slice(*match.right)]) / total_right
        mask = (1 << match.right[1]) - (1 << match.right[0])
        row = (match.weight * (gain_left + gain_right), match.left[1], mask, match)
        by_start.setdefault(match.left[0], []).append(row)
    starts = sorted(by_start)
    # By hand: functools.cache takes longer to make than to fill.
    known: dict[tuple[int, int], tuple[float, tuple[Match, ...]]] = {}

    def best(position: int, used: int) -> tuple[float, tuple[Match, ...]]:
        at = bisect_left(starts, position)
        if at == len(starts):
            return 0.0, ()
        choice = known.get((at, used))
        if choice is None:
            choice = best(starts[at] + 1, used)
            for gain, end, mask, match in by_start[starts[at]]:
                if not used & mask:
                    rest = best(end, used | mask)
                    if rest[0] + gain > choice[0] + 1e-9:
                        choice = (rest[0] + gain, (match, *rest[1]))
            known[at, used] = choice
        return choice

    chosen = best(0, 0)[1]
    share_left = sum(match.weight * sum(left.weights[slice(*match.left)]) for match in chosen) / total_left
    share_right = sum(match.weight * sum(right.weights[slice(*match.right)]) for match in chosen) / total_right
    total = share_left + share_right
    score = 2 * share_left * share_right / total if total else 0.0
    if not _in_order(chosen, joints=any(not weight for weight in right.weights) and right.glue == " "):
        score *= OUT_OF_ORDER
    if _critical(left, {n for match in chosen for n in range(*match.left)}) or _critical(
        right, {n for match in chosen for n in range(*match.right)}
    ):
        score *= CRITICAL_MISSING
    return Cover(score, chosen)


@lru_cache(maxsize=1 << 14)  # many words share a translation
def _words(text: str) -> tuple[str, ...]:
    """Cut an English lexicon form into lemmas, as terms are cut."""
    return tuple(token.base for token in LANGUAGES.get("en").tokens(text) if token.pos != "mark")


class Composer:
    """Finds which parts of two terms translate each other.

    Args:
        lexicon: Words and their translations.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.renderings = lru_cache(maxsize=200_000)(self._find)
        self._rendered = lru_cache(maxsize=1 << 10)(self._renderings_in)  # a term is held against several in turn

    def _find(self, text: str, source: str, target: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        found: dict[tuple[str, ...], float] = {}
        for one in self._lexicon.translations(text, source, target):
            parts = atoms(_words(one.text) if target == "en" else (one.text,), language=target).texts
            if target != "en" and parts and not is_all_han("".join(parts)):
                parts = (fold(one.text),) if target == "ja" else parts
            if parts:
                found[parts] = max(found.get(parts, 0.0), one.weight)
        if "en" not in {source, target} and is_all_han(text):
            found.setdefault(tuple(text), IDENTITY_WEIGHT if len(text) > 1 else LONE_CHARACTER_WEIGHT)
        if has_latin(text) or text.isdigit():
            found.setdefault((text,), 1.0)
        return tuple(found.items())

    def _renderings_in(
        self, term: Atoms, source: str, target: str
    ) -> tuple[tuple[tuple[int, int], tuple[str, ...], float], ...]:
        """Return the stretches of a term that have translations, each with one of them."""
        return tuple(
            [
                ((first, end), rendering, weight)
                for first, end, text in term.stretches(longest=LONGEST)
                for rendering, weight in self.renderings(text, source, target)
            ]
        )

    def matches(self, left: Atoms, right: Atoms, *, source: str, target: str) -> Iterator[Match]:
        """Yield what may translate what between two terms of the languages ``source`` and ``target``."""
        texts = right.texts
        ends = right.starts | {len(texts)}
        for stretch, rendering, weight in self._rendered(left, source, target):
            if rendering[0] not in texts:
                continue
            size = len(rendering)
            for at in range(len(texts) - size + 1):
                if texts[at : at + size] == rendering and at in right.starts and at + size in ends:
                    yield Match(stretch, (at, at + size), weight)

    def cover(self, left: Atoms, right: Atoms, *, source: str, target: str) -> Cover:
        """Cover two terms by translations of their parts, as :func:`cover` does."""
        matches = list(self.matches(left, right, source=source, target=target))
        return cover(left, right, matches) if matches else Cover(0.0, ())
