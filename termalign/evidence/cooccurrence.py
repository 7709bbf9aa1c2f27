"""Evidence from aligned segments: two terms that stand in the same translation units more often than chance has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from math import log
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.model import Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.evidence.base import Ground
    from termalign.model import Form, TranslationUnit

__all__ = ["Cooccurrence"]

MIN_UNITS = 2  # a pair proposed by counts alone needs at least two units
N_PLACES = 20


class Cooccurrence:
    """Terms that stand in the same translation units.

    Args:
        ground: Units with the candidates in each.
    """

    name = "cooccurrence"

    def __init__(self, ground: Ground) -> None:
        self._units = ground.units
        self._single: Counter[Form] = Counter()
        self._joint: Counter[tuple[Form, Form]] = Counter()
        self._numbers: defaultdict[Form, list[int]] = defaultdict(list)
        for number, (_, forms) in enumerate(self._units):
            self._single.update(forms)
            for form in forms:
                self._numbers[form].append(number)
            self._joint.update(in_order(a, b) for a, b in product(forms, forms) if a[0] < b[0])

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose the pairs that share at least two units."""
        yield from sorted(pair for pair, count in self._joint.items() if count >= MIN_UNITS)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with the Dice coefficient of their units, shrunk where there are few (n / (n + 1)), in [0, 1], and the
            log-likelihood ratio against chance in the detail; ``None`` where they share no unit.

        Source:
            Dunning (1993), Accurate methods for the statistics of surprise and coincidence, CL 19(1), for the ratio.
        """
        left, right = in_order(left, right)
        joint = self._joint.get((left, right), 0)
        if not joint:
            return None
        first, second = self._single[left], self._single[right]
        dice = 2 * joint / (first + second)
        ratio = _log_likelihood(joint, first, second, len(self._units))
        places = [
            Place(document=segment.document, spans=segment.spans, quote=segment.text)
            for unit in self._shared(left, right)
            for segment in unit.segments
            if segment.language in {left[0], right[0]} and segment.spans
        ]
        return Evidence(
            source=self.name,
            score=dice * joint / (joint + 1),
            terms=(left, right),
            n=joint,
            where=tuple(places[:N_PLACES]),
            detail=f"{joint} of {first} and {second} units, log-likelihood ratio {ratio:.1f}",
        )

    def _shared(self, left: Form, right: Form) -> Iterator[TranslationUnit]:
        """Yield the units that hold both terms, found through the rarer one."""
        rarer = min(left, right, key=lambda form: (self._single[form], form))
        for number in self._numbers[rarer]:
            unit, forms = self._units[number]
            if left in forms and right in forms:
                yield unit


def _log_likelihood(joint: int, first: int, second: int, total: int) -> float:
    """Dunning's ratio for a two-by-two table; 0 where the pair is as frequent as chance has it."""
    table = ((joint, first - joint), (second - joint, total - first - second + joint))
    rows = [sum(row) for row in table]
    columns = [table[0][0] + table[1][0], table[0][1] + table[1][1]]
    return 2 * sum(
        cell * log(cell * total / (rows[i] * columns[j]))
        for i, row in enumerate(table)
        for j, cell in enumerate(row)
        if cell > 0
    )
