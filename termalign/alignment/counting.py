"""Which forms of two languages stand in the same translation units: counted in arrays, near-linear in the number of units.

A form that stands in very many units is counted in an even sample of them, and of every form only the best counterparts are
kept, so that neither frequent words nor a large memory multiply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["MIN_UNITS", "Pairs", "Postings", "count_pairs", "log_likelihood"]

MIN_UNITS = 2  # that a pair shares, and that a form stands in
MAX_SAMPLE = 1_000  # units in which a frequent form is counted
N_BEST = 8  # counterparts kept of a form
MIN_DICE = 0.05  # below it two words are not even related
N_CELLS = 1_000_000  # pairs of occurrences held at a time: 16 MB with what sorting takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The units of each form of one language.

    Args:
        units: (n,) int32, numbers of units, ascending within a form.
        starts: (n_forms + 1,) int64, where the units of each form begin in ``units``.
        n_units: How many units there are in all.
    """

    units: NDArray[np.int32]
    starts: NDArray[np.int64]
    n_units: int

    @classmethod
    def of(cls, units: NDArray[np.int32], forms: NDArray[np.int32], *, n_units: int, n_forms: int) -> Postings:
        """Make postings of occurrences, each form at most once per unit.

        Args:
            units: (n,) the unit of each occurrence, ascending.
            forms: (n,) its form.
            n_units: How many units there are.
            n_forms: How many forms.
        """
        order = np.argsort(forms, kind="stable")
        starts = np.zeros(n_forms + 1, np.int64)
        np.cumsum(np.bincount(forms, minlength=n_forms), out=starts[1:])
        return cls(units=units[order], starts=starts, n_units=n_units)

    @property
    def n_forms(self) -> int:
        """How many forms there are."""
        return len(self.starts) - 1

    def within(self, chosen: NDArray[np.bool_]) -> Postings:
        """Keep the occurrences in some units only; units and forms keep their numbers."""
        kept = chosen[self.units]
        forms = np.repeat(np.arange(self.n_forms, dtype=np.int32), np.diff(self.starts))[kept]
        starts = np.zeros(self.n_forms + 1, np.int64)
        np.cumsum(np.bincount(forms, minlength=self.n_forms), out=starts[1:])
        return Postings(units=self.units[kept], starts=starts, n_units=self.n_units)

    def by_unit(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return where the forms of each unit begin, and the forms."""
        forms = np.repeat(np.arange(self.n_forms, dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.units, kind="stable")
        starts = np.zeros(self.n_units + 1, np.int64)
        np.cumsum(np.bincount(self.units, minlength=self.n_units), out=starts[1:])
        return starts, forms[order]

    def of_form(self, form: int) -> NDArray[np.int32]:
        """Return the units of a form."""
        return self.units[self.starts[form] : self.starts[form + 1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of forms that share units, the best ones of each form.

    Args:
        left: (n,) form of the one language.
        right: (n,) form of the other.
        joint: (n,) units that they share; an estimate where the form on the left is frequent.
        n_left: (n,) units of the left form that have the other language.
        n_right: (n,) units of the right form likewise.
        n_units: Units that have both languages.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    joint: NDArray[np.int32]
    n_left: NDArray[np.int32]
    n_right: NDArray[np.int32]
    n_units: int

    @property
    def strength(self) -> NDArray[np.float64]:
        """Dice coefficient, shrunk where there are few units (n / (n + 1)), in [0, 1]."""
        return np.round(2 * self.joint / (self.n_left + self.n_right) * self.joint / (self.joint + 1), 4)

    def chosen(self, which: NDArray[np.bool_]) -> Pairs:
        """Keep some of them."""
        return Pairs(
            left=self.left[which],
            right=self.right[which],
            joint=self.joint[which],
            n_left=self.n_left[which],
            n_right=self.n_right[which],
            n_units=self.n_units,
        )


def count_pairs(left: Postings, right: Postings, *, both: NDArray[np.bool_]) -> Pairs:
    """Count the units that forms of two languages share.

    Args:
        left: The one language.
        right: The other.
        both: (n_units,) whether a unit has both.

    Returns:
        For each form on the left its best counterparts, strongest first; pairs that share fewer than two units, or stand
        together no more often than chance has it, are left out.

    Source:
        Smadja, McKeown & Hatzivassiloglou (1996), Translating collocations for bilingual lexicons, CL 22(1), for Dice's coefficient.
    """
    left, right = left.within(both), right.within(both)
    n_left, n_right = np.diff(left.starts), np.diff(right.starts)
    parts = [_best(chunk, n_left, n_right, int(both.sum())) for chunk in _counted(left, right)]
    found = [
        np.concatenate([part[column] for part in parts]) if parts else np.zeros(0, np.int64) for column in range(3)
    ]
    return Pairs(
        left=found[0].astype(np.int32),
        right=found[1].astype(np.int32),
        joint=found[2].astype(np.int32),
        n_left=n_left[found[0]].astype(np.int32),
        n_right=n_right[found[1]].astype(np.int32),
        n_units=int(both.sum()),
    )


def _counted(
    left: Postings, right: Postings
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Yield pairs and their counts, form by form on the left, in bounded pieces."""
    starts, forms = right.by_unit()
    sizes = np.diff(starts)
    units, owners = _sampled(left)
    if not len(units):
        return
    cells = np.cumsum(sizes[units])
    edges = np.flatnonzero(np.diff(owners)) + 1  # a form is never cut in two
    begin = 0
    while begin < len(units):
        done = cells[begin - 1] if begin else 0
        end = int(np.searchsorted(cells, done + N_CELLS))
        at = int(np.searchsorted(edges, max(end, begin + 1)))
        end = int(edges[at]) if at < len(edges) and end < len(units) else len(units)
        counts = sizes[units[begin:end]]
        first = np.repeat(starts[units[begin:end]] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        keys = np.repeat(owners[begin:end].astype(np.int64), counts) * right.n_forms
        keys += forms[first + np.arange(len(first))]
        found, joint = np.unique(keys, return_counts=True)
        enough = joint >= MIN_UNITS
        yield found[enough] // right.n_forms, found[enough] % right.n_forms, joint[enough]
        begin = end


def _sampled(postings: Postings) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return unit and form of the occurrences to count: all of a rare form, an even sample of a frequent one."""
    sizes = np.diff(postings.starts)
    owners = np.repeat(np.arange(postings.n_forms, dtype=np.int32), sizes)
    if not len(sizes) or sizes.max() <= MAX_SAMPLE:
        return postings.units, owners
    place = np.arange(len(owners)) - postings.starts[owners]
    share = MAX_SAMPLE / np.maximum(sizes, MAX_SAMPLE)[owners]
    kept = np.floor((place + 1) * share) > np.floor(place * share)
    return postings.units[kept], owners[kept]


def _best(
    counted: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    n_left: NDArray[np.int64],
    n_right: NDArray[np.int64],
    n_units: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Keep the best counterparts of each form on the left."""
    left, right, joint = counted
    scale = np.maximum(n_left[left] / MAX_SAMPLE, 1.0)
    joint = np.minimum(np.rint(joint * scale), np.minimum(n_left[left], n_right[right])).astype(np.int64)
    dice = np.round(2 * joint / (n_left[left] + n_right[right]) * joint / (joint + 1), 4)
    kept = (dice >= MIN_DICE) & (joint * n_units > n_left[left] * n_right[right])
    left, right, joint, dice = left[kept], right[kept], joint[kept], dice[kept]
    order = np.lexsort((right, -dice, left))
    left, right, joint = left[order], right[order], joint[order]
    first = np.searchsorted(left, left)
    best = np.arange(len(left)) - first < N_BEST
    return left[best], right[best], joint[best]


def log_likelihood(joint: int, first: int, second: int, total: int) -> float:
    """Return Dunning's ratio for a two-by-two table.

    Args:
        joint: Units that hold both.
        first: Units that hold the one.
        second: Units that hold the other.
        total: All units.

    Returns:
        0 and up; 0 where the pair is as frequent as chance has it.

    Source:
        Dunning (1993), Accurate methods for the statistics of surprise and coincidence, CL 19(1).
    """
    table = ((joint, first - joint), (second - joint, total - first - second + joint))
    rows = [sum(row) for row in table]
    columns = [table[0][0] + table[1][0], table[0][1] + table[1][1]]
    return 2 * sum(
        cell * float(np.log(cell * total / (rows[i] * columns[j])))
        for i, row in enumerate(table)
        for j, cell in enumerate(row)
        if cell > 0
    )
