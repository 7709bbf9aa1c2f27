"""Evidence from composition: the parts of one term translate the parts of the other.

量子/技術/イノベーション/拠点 -> quantum / technology / innovation / hub. The score is how much of both terms the best
non-overlapping set of part translations covers, see :mod:`termalign.evidence.covering`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.evidence.atoms import Atoms, atoms
from termalign.evidence.base import in_order
from termalign.evidence.covering import LONGEST, Composer, Cover
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.evidence.base import Ground
    from termalign.model import Form

__all__ = ["Composition"]

MIN_SCORE = 0.75  # below that, what is not covered makes another term more often than not
MAX_PARTS = 24  # parts of a term that is still compared; longer strings are clauses


class Composition:
    """Terms whose parts translate each other.

    Args:
        ground: Candidates, their words, and the lexicon.
    """

    name = "composition"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._composer = Composer(ground.lexicon)
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
                        weak = form in self._ground.fragments
                        near = self._near(form, target, index)
                        yield from ((form, other) for other in near if not (weak and other in self._ground.fragments))

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
        """Find the candidates that hold counterparts of enough parts of ``form`` to reach the least score."""
        parts = self._atoms(form)
        if not parts.weight or len(parts.texts) > MAX_PARTS:
            return []
        postings: dict[int, set[Form]] = {number: set() for number in range(len(parts.texts)) if parts.weights[number]}
        for first, end, text in parts.stretches(longest=LONGEST):
            for rendering, _ in self._composer.renderings(text, form[0], target):
                found = index.get(rendering, ())
                for number in range(first, end):
                    if number in postings:
                        postings[number].update(found)
        # A harmonic mean of MIN_SCORE needs at least this share of either term, even where the other is covered whole.
        least = parts.weight * MIN_SCORE / (2 - MIN_SCORE)
        shares: Counter[Form] = Counter()
        for number, forms in postings.items():
            for other in forms:
                shares[other] += parts.weights[number]
        return sorted(other for other, share in shares.items() if share >= least)

    def cover(self, left: Form, right: Form) -> Cover:
        """Cover two terms by translations of their parts; score 0 for terms too long to be terms."""
        parts, others = self._atoms(left), self._atoms(right)
        if max(len(parts.texts), len(others.texts)) > MAX_PARTS:
            return Cover(0.0, ())
        return self._composer.cover(parts, others, source=left[0], target=right[0])

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
