"""Evidence from composition: the parts of one term translate the parts of the other, in any order.

量子/技術/イノベーション/拠点 -> quantum / technology / innovation / hub. The score is how much of both terms the best
non-overlapping set of part translations covers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from termalign.evidence.atoms import Atoms, atoms
from termalign.evidence.base import in_order
from termalign.languages.characters import has_latin, is_all_han
from termalign.languages.fold import fold
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.evidence.base import Ground
    from termalign.lexicon import Lexicon
    from termalign.model import Form

__all__ = ["Composition", "Cover", "cover"]

LONGEST = 8  # parts of one lexicon word; katakana and English words are one part, Han words have at most four
MIN_SCORE = 0.75  # below that, what is not covered makes another term more often than not
MAX_PARTS = 24  # parts of a term that is still compared; longer strings are clauses
IDENTITY_WEIGHT = 0.95  # the same Han characters: nearly always the same sense, false friends apart
LONE_CHARACTER_WEIGHT = 0.8  # one shared character: 学, 部
MAX_PREFIX_LETTERS = 1


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


class _Renderings:
    """What a stretch of text may be in another language, as tuples of parts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.of = lru_cache(maxsize=200_000)(self._find)

    def _find(self, text: str, source: str, target: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        found: dict[tuple[str, ...], float] = {}
        for one in self._lexicon.translations(text, source, target):
            parts = atoms(one.text.split(" ") if target == "en" else (one.text,), language=target).texts
            if target != "en" and parts and not is_all_han("".join(parts)):
                parts = (fold(one.text),) if target == "ja" else parts
            if parts:
                found[parts] = max(found.get(parts, 0.0), one.weight)
        if "en" not in {source, target} and is_all_han(text):
            found.setdefault(tuple(text), IDENTITY_WEIGHT if len(text) > 1 else LONE_CHARACTER_WEIGHT)
        if has_latin(text) or text.isdigit():
            found.setdefault((text,), 1.0)
        return tuple(found.items())


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
    by_start: defaultdict[int, list[tuple[float, int, int, Match]]] = defaultdict(list)
    for match in matches:
        gain_left = sum(left.weights[slice(*match.left)]) / total_left
        gain_right = sum(right.weights[slice(*match.right)]) / total_right
        mask = (1 << match.right[1]) - (1 << match.right[0])
        by_start[match.left[0]].append((match.weight * (gain_left + gain_right), match.left[1], mask, match))

    @cache
    def best(position: int, used: int) -> tuple[float, tuple[Match, ...]]:
        if position >= len(left.texts):
            return 0.0, ()
        choice = best(position + 1, used)
        for gain, end, mask, match in by_start.get(position, ()):
            if not used & mask:
                rest = best(end, used | mask)
                if rest[0] + gain > choice[0] + 1e-9:
                    choice = (rest[0] + gain, (match, *rest[1]))
        return choice

    chosen = best(0, 0)[1]
    share_left = sum(match.weight * sum(left.weights[slice(*match.left)]) for match in chosen) / total_left
    share_right = sum(match.weight * sum(right.weights[slice(*match.right)]) for match in chosen) / total_right
    total = share_left + share_right
    return Cover(2 * share_left * share_right / total if total else 0.0, chosen)


class Composition:
    """Terms whose parts translate each other.

    Args:
        ground: Candidates, their words, and the lexicon.
    """

    name = "composition"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._renderings = _Renderings(ground.lexicon)
        self._atoms = lru_cache(maxsize=None)(self._cut)

    def _cut(self, form: Form) -> Atoms:
        return atoms(self._ground.words(form), language=form[0])

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose pairs of candidates that can reach the least score, found through their rarest parts."""
        tags = sorted({language for language, _ in self._ground.candidates})
        for target in tags:
            index = self._index(target)
            for source in tags:
                if (
                    source == target
                    or {source[:2], target[:2]} == {"zh"}
                    or in_order((source, ""), (target, ""))[0][0] != source
                ):
                    continue
                for form in sorted(self._ground.candidates):
                    if form[0] == source:
                        yield from ((form, other) for other in self._near(form, target, index))

    def _index(self, language: str) -> dict[tuple[str, ...], list[Form]]:
        """Index the candidates of a language by every stretch of parts they hold."""
        index: defaultdict[tuple[str, ...], list[Form]] = defaultdict(list)
        for form in sorted(self._ground.candidates):
            if form[0] == language:
                parts = self._atoms(form)
                if len(parts.texts) <= MAX_PARTS:
                    stretches = {parts.texts[first:end] for first, end, _ in parts.stretches(longest=LONGEST)}
                    for stretch in stretches:
                        index[stretch].append(form)
        return index

    def _near(self, form: Form, target: str, index: dict[tuple[str, ...], list[Form]]) -> list[Form]:
        """Find candidates that share enough with ``form``: any that reaches the least score holds one of its rarest stretches."""
        parts = self._atoms(form)
        if not parts.weight or len(parts.texts) > MAX_PARTS:
            return []
        postings: dict[int, set[Form]] = {number: set() for number in range(len(parts.texts)) if parts.weights[number]}
        for first, end, text in parts.stretches(longest=LONGEST):
            for rendering, _ in self._renderings.of(text, form[0], target):
                found = index.get(rendering, ())
                for number in range(first, end):
                    if number in postings:
                        postings[number].update(found)
        # Whoever covers a share s of the term misses at most 1 - s: of the parts that weigh more than that it holds one.
        missing = parts.weight * (1 - MIN_SCORE / (2 - MIN_SCORE))
        near: set[Form] = set()
        weight = 0
        for number in sorted(postings, key=lambda one: (len(postings[one]), one)):
            near |= postings[number]
            weight += parts.weights[number]
            if weight > missing:
                break
        return sorted(near)

    def _matches(self, left: Form, right: Form) -> Iterator[Match]:
        """Yield what may translate what between two candidates."""
        parts, others = self._atoms(left), self._atoms(right)
        texts = others.texts
        for first, end, text in parts.stretches(longest=LONGEST):
            for rendering, weight in self._renderings.of(text, left[0], right[0]):
                size = len(rendering)
                for at in range(len(texts) - size + 1):
                    if (
                        texts[at : at + size] == rendering
                        and at in others.starts
                        and (at + size in others.starts or at + size == len(texts))
                    ):
                        yield Match((first, end), (at, at + size), weight)

    def cover(self, left: Form, right: Form) -> Cover:
        """Cover two terms by translations of their parts."""
        parts, others = self._atoms(left), self._atoms(right)
        if max(len(parts.texts), len(others.texts)) > MAX_PARTS:
            return Cover(0.0, ())
        return cover(parts, others, self._matches(left, right))

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with the covered share as score; ``None`` where no part translates another.
        """
        left, right = in_order(left, right)
        found = self.cover(left, right)
        if not found.matches:
            return None
        parts, others = self._atoms(left), self._atoms(right)
        detail = " · ".join(
            f"{parts.glue.join(parts.texts[slice(*match.left)])}={others.glue.join(others.texts[slice(*match.right)])}"
            for match in found.matches
        )
        return Evidence(source=self.name, score=min(1.0, found.score), terms=(left, right), detail=detail)
