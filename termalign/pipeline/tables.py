"""The vocabulary of a memory: which candidates are frequent enough to be linked, and the units of each.

Most strings stand in one unit only and cannot be linked by counting. So the vocabulary is found in two passes: the first knows
strings by their hash alone, the second keeps those that are met often enough. Between the two the scans wait on disk.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.counting import MIN_UNITS, Postings
from termalign.pipeline.scanning import FREE, GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from termalign.pipeline.scanning import Scan

__all__ = ["Table", "tables_of"]

MAX_FORMS = 1_000_000  # of one language; beyond it only what stands in more units is kept
N_HELD = 64  # chunks whose counts are added up at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The candidates of one language.

    Args:
        keys: Key of each form.
        spellings: Per form and language tag, how often each spelling was met.
        counts: (n_forms,) in how many units each form stands.
        is_nominal: (n_forms,) whether the tags ever make a noun group of it.
        postings: The units of each form.
        present: (n_units,) whether a unit has the language.
        n_words: How many words and marks the texts of the language have.
    """

    keys: tuple[str, ...]
    spellings: tuple[Mapping[tuple[str, str], int], ...]
    counts: NDArray[np.int32]
    is_nominal: NDArray[np.bool_]
    postings: Postings
    present: NDArray[np.bool_]
    n_words: int = 0


def tables_of(scans: Iterable[Scan], *, folder: Path, max_forms: int = MAX_FORMS) -> dict[str, Table]:
    """Put the scans of a memory together.

    Args:
        scans: In the order of the units.
        folder: An empty folder of this process, for what waits; 0.5 kB a unit.
        max_forms: How many forms of one language are kept; the rarest go.

    Returns:
        A table per group of languages; the order of the forms is that of their keys.

    Source:
        Ours; two passes as in Park, Chen & Yu (1995), An effective hash-based algorithm for mining association rules, SIGMOD.
    """
    counters = {group: _Counter() for group in GROUPS}
    paths: dict[str, list[Path]] = {group: [] for group in GROUPS}
    for number, scan in enumerate(scans):
        for group in GROUPS:
            hashes = _hashes(scan, group)
            counters[group].add(_once_per_unit(scan, group, hashes)[1])
            paths[group].append(folder / f"{number}.{group}.pickle")
            with paths[group][-1].open("wb") as file:
                pickle.dump(scan.of_group(group), file, protocol=pickle.HIGHEST_PROTOCOL)
    return {group: _table(group, paths[group], counters[group].frequent(max_forms)) for group in GROUPS}


class _Counter:
    """Counts hashes in sorted arrays, chunk by chunk."""

    def __init__(self) -> None:
        self._held: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []

    def add(self, hashes: NDArray[np.int64]) -> None:
        """Count the hashes of a chunk."""
        self._held.append(np.unique(hashes, return_counts=True))
        if len(self._held) >= N_HELD:
            self._held = [self._merged()]

    def _merged(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if not self._held:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        hashes = np.concatenate([one for one, _ in self._held])
        counts = np.concatenate([one for _, one in self._held])
        found, where = np.unique(hashes, return_inverse=True)
        total = np.zeros(len(found), np.int64)
        np.add.at(total, where, counts)
        return found, total

    def frequent(self, limit: int) -> NDArray[np.int64]:
        """Return, sorted, the hashes that were met often enough, at most so many."""
        hashes, counts = self._merged()
        least = MIN_UNITS
        while int((counts >= least).sum()) > limit:
            least += 1
        return hashes[counts >= least]


def _hashes(scan: Scan, group: str) -> NDArray[np.int64]:
    """Return the hash of the key of each surface; what it is differs from process to process, and no result depends on it."""
    surfaces = scan.surfaces[group]
    return np.fromiter([hash(key) for key, _, _ in surfaces], np.int64, len(surfaces))


def _once_per_unit(scan: Scan, group: str, values: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Return unit and value of each occurrence, a value once per unit, units ascending."""
    sizes = np.maximum(np.frombuffer(scan.sizes[group], np.int32), 0) if scan.sizes[group] else np.zeros(0, np.int32)
    rows = np.frombuffer(scan.rows[group], np.int32) if scan.rows[group] else np.zeros(0, np.int32)
    units = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    found = values[rows]
    order = np.lexsort((found, units))
    units, found = units[order], found[order]
    fresh = np.ones(len(units), np.bool_)
    fresh[1:] = (units[1:] != units[:-1]) | (found[1:] != found[:-1])
    return units[fresh], found[fresh]


def _table(group: str, paths: Iterable[Path], kept: NDArray[np.int64]) -> Table:
    """Read the scans again and collect what is known of the forms that are kept."""
    keys: list[str] = [""] * len(kept)
    spellings: list[dict[tuple[str, str], int]] = [{} for _ in range(len(kept))]
    left: list[str | None] = [None] * len(kept)
    right: list[str | None] = [None] * len(kept)
    is_nominal = bytearray(len(kept))
    units, forms, present = [], [], []
    n_units = n_words = 0
    for scan in _read(paths):
        n_words += scan.n_words[group]
        numbers = _numbers(_hashes(scan, group), kept)
        occurrences = _once_per_unit(scan, group, numbers)
        known = occurrences[1] >= 0
        units.append(occurrences[0][known] + np.int32(n_units))
        forms.append(occurrences[1][known])
        present.append(np.array(scan.sizes[group]) >= 0)
        n_units += scan.n_units
        met = np.bincount(np.array(scan.rows[group], np.int64), minlength=len(numbers))
        surfaces, befores, afters = scan.surfaces[group], scan.left[group], scan.right[group]
        for surface in np.flatnonzero(numbers >= 0).tolist():
            form, (key, tag, spelling) = int(numbers[surface]), surfaces[surface]
            keys[form] = key
            spellings[form][tag, spelling] = spellings[form].get((tag, spelling), 0) + int(met[surface])
            is_nominal[form] |= scan.is_nominal[group][surface]
            for side, word in ((left, befores[surface]), (right, afters[surface])):
                if side[form] != word:
                    side[form] = word if side[form] is None else FREE
    return _free(
        Table(
            keys=tuple(keys),
            spellings=tuple(spellings),
            counts=np.zeros(0, np.int32),
            is_nominal=np.frombuffer(bytes(is_nominal), np.bool_),
            postings=Postings.of(
                np.concatenate(units) if units else np.zeros(0, np.int32),
                np.concatenate(forms) if forms else np.zeros(0, np.int32),
                n_units=n_units,
                n_forms=len(kept),
            ),
            present=np.concatenate(present) if present else np.zeros(0, np.bool_),
            n_words=n_words,
        ),
        np.array([one == other == FREE for one, other in zip(left, right, strict=True)], np.bool_),
    )


def _read(paths: Iterable[Path]) -> Iterator[Scan]:
    for path in paths:
        with path.open("rb") as file:
            yield pickle.load(file)  # noqa: S301 - written by this process a moment ago


def _numbers(hashes: NDArray[np.int64], kept: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the place of each hash among those kept, -1 where it is none of them."""
    if not len(kept):
        return np.full(len(hashes), -1, np.int32)
    at = np.minimum(np.searchsorted(kept, hashes), len(kept) - 1)
    return np.where(kept[at] == hashes, at, -1).astype(np.int32)


def _free(table: Table, is_free: NDArray[np.bool_]) -> Table:
    """Keep the forms that can stand by themselves, in the order of their keys."""
    chosen = sorted(np.flatnonzero(is_free).tolist(), key=table.keys.__getitem__)
    number = np.full(len(table.keys), -1, np.int32)
    number[chosen] = np.arange(len(chosen), dtype=np.int32)
    old = table.postings
    forms = number[np.repeat(np.arange(old.n_forms, dtype=np.int32), np.diff(old.starts))]
    kept = forms >= 0
    order = np.argsort(old.units[kept], kind="stable")
    postings = Postings.of(old.units[kept][order], forms[kept][order], n_units=old.n_units, n_forms=len(chosen))
    return Table(
        keys=tuple(table.keys[form] for form in chosen),
        spellings=tuple(dict(table.spellings[form]) for form in chosen),
        counts=np.diff(postings.starts).astype(np.int32),
        is_nominal=table.is_nominal[chosen] if chosen else np.zeros(0, np.bool_),
        postings=postings,
        present=table.present,
        n_words=table.n_words,
    )
