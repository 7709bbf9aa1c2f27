"""Terms of units that are aligned already: candidates, counts, and the pairs of three languages that are worth weighing.

What the documents need (glosses, running text, places in it) a memory has not; what it has is numbers. So candidates are any
stretch of words that can stand by itself, and the counts say which of them may translate each other. What is made of them is in
:mod:`termalign.pipeline.memory_links`.
"""

from __future__ import annotations

import hashlib
import tempfile
from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.counting import count_pairs
from termalign.alignment.nesting import explained
from termalign.model import Candidate, Folded
from termalign.pipeline.scanning import GROUPS, group_of, scan, scannable
from termalign.pipeline.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from termalign.alignment.competing import Node
    from termalign.alignment.counting import Pairs
    from termalign.model import Form
    from termalign.pipeline.given import Given
    from termalign.pipeline.scanning import Scan, ScanRow
    from termalign.pipeline.tables import Table

__all__ = ["SPACED", "Memory", "commonest", "read_memory"]

SPACED = "en"  # the language whose words are parted by spaces
N_CHUNK = 2_500  # units that a worker takes at a time, about 1 MB; larger chunks meet more words again
N_RIVALS = 2  # counterparts of either side that are weighed by form too
MIN_WEIGHED = 0.1  # strength from which a pair is


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was counted in a memory.

    Args:
        tables: The vocabulary per group of languages.
        numbers: Per unit that was counted, its number among all units.
        forms: Per group, language and commonest spelling of each form.
        pairs: Per two groups, the pairs that are worth weighing.
        explained: Per two groups, whether a longer term explains each of these pairs.
        texts: Per group and unit that was counted, a number that stands for its text: the same sentence may be translated twice.
        left_out: Units in which no terms were sought, by reason.
    """

    tables: Mapping[str, Table]
    numbers: np.ndarray
    forms: Mapping[str, tuple[Form, ...]]
    pairs: Mapping[tuple[str, str], Pairs]
    explained: Mapping[tuple[str, str], np.ndarray] = field(default_factory=dict)
    texts: Mapping[str, array[int]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of units that were not counted."""
        return tuple(f"no terms were sought in a {what}: {n}" for what, n in sorted(self.left_out.items()))

    def numbers_of(self, forms: Iterable[Form]) -> dict[Form, tuple[str, int]]:
        """Return group and number of those of some forms that were met here."""
        wanted = set(forms)
        return {
            form: (group, number)
            for group, table in self.tables.items()
            for number, spellings in enumerate(table.spellings)
            for form in spellings
            if form in wanted
        }

    def shared(self, left: Node, right: Node) -> np.ndarray:
        """Return the units that hold two forms, ascending."""
        one, other = (self.tables[group].postings.of_form(number) for group, number in (left, right))
        return np.intersect1d(one, other, assume_unique=True)

    def n_texts(self, left: Node, right: Node) -> int:
        """Count the different texts in which two forms stand together, of the language that has fewer."""
        units = self.shared(left, right).tolist()
        return min(len({self.texts[group][unit] for unit in units}) for group in (left[0], right[0]))

    def candidate(self, group: str, number: int, *, form: Form) -> Candidate:
        """Return a form as a candidate, under one of its spellings; its occurrences are counted and not listed."""
        table = self.tables[group]
        own = {text: n for (tag, text), n in table.spellings[number].items() if tag == form[0]}
        return Candidate(
            language=form[0],
            text=form[1],
            folded=Folded(table.keys[number]),
            occurrences=(),
            score=round(float(np.log2(1 + table.counts[number])), 4),
            forms=tuple(sorted(own, key=lambda text: (-own[text], text))),
            seen=int(table.counts[number]),
        )


def read_memory(units: Given, *, jobs: int = 1, tell: Callable[[str, int, int], None] | None = None) -> Memory:
    """Count the candidates of units.

    Args:
        units: They are read once, as a stream.
        jobs: How many processes.
        tell: Told the stage, how many units are done, and of how many.

    Returns:
        Vocabulary and pairs; the same for any number of processes. Equal units count once.
    """
    left_out: Counter[str] = Counter()
    numbers: list[int] = []
    texts = {group: array("q") for group in GROUPS}
    with tempfile.TemporaryDirectory(prefix="termalign-") as folder:
        rows = _rows(units, numbers, texts, left_out)
        tables = tables_of(_scans(rows, len(units), jobs, tell), folder=Path(folder))
    forms = {group: tuple(commonest(one) for one in tables[group].spellings) for group in GROUPS}
    pairs, explained_by_longer = {}, {}
    for left, right in combinations(GROUPS, 2):
        one, other = tables[left], tables[right]
        found = count_pairs(one.postings, other.postings, both=one.present & other.present)
        nominal = one.is_nominal[found.left] | other.is_nominal[found.right]
        kept = pairs[left, right] = found.chosen(_are_rivals(found) & nominal)
        explained_by_longer[left, right] = explained(
            kept, (one.keys, other.keys), is_spaced=(left == SPACED, right == SPACED)
        )
    return Memory(
        tables=tables,
        numbers=np.array(numbers, np.int64),
        forms=forms,
        pairs=pairs,
        explained=explained_by_longer,
        texts=texts,
        left_out=left_out,
    )


def _rows(
    units: Given, numbers: list[int], texts: Mapping[str, array[int]], left_out: Counter[str]
) -> Iterator[ScanRow]:
    """Yield the texts of the units that are counted: each text once, and no text that is no sentence."""
    known: set[int] = set()
    for number, unit in enumerate(units):
        row = scannable(unit)
        if not row:
            left_out["unit longer than any sentence"] += 1
            continue
        digest = _number_of("\x1f".join(f"{tag}\x1e{text}" for tag, text in row))
        if digest in known:
            left_out["unit that says what another one says"] += 1
            continue
        known.add(digest)
        numbers.append(number)
        said = {group_of(tag): text for tag, text in row}
        for group, known_texts in texts.items():
            known_texts.append(_number_of(said[group]) if group in said else 0)
        yield row


def _number_of(text: str) -> int:
    """Return a number that stands for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def _scans(
    rows: Iterator[ScanRow], n_units: int, jobs: int, tell: Callable[[str, int, int], None] | None
) -> Iterator[Scan]:
    """Scan the units in chunks, in parallel where asked."""
    chunks = iter(lambda: list(islice(rows, N_CHUNK)), [])
    if jobs > 1:
        from joblib import Parallel, delayed  # noqa: PLC0415 - half a second that a serial run does not pay

        stream = Parallel(n_jobs=jobs, return_as="generator")(delayed(scan)(chunk) for chunk in chunks)
    else:
        stream = map(scan, chunks)
    done = 0
    for found in stream:
        done += found.n_units
        if tell:
            tell("reading units", done, n_units)
        yield found


def commonest(spellings: Mapping[tuple[str, str], int]) -> Form:
    """Return the spelling met most.

    Args:
        spellings: How often each was met, by language and text.

    Returns:
        Of equally frequent ones the first in order, small letters before capitals.
    """
    return min(spellings, key=lambda one: (-spellings[one], one[1].swapcase(), one[0]))


def _are_rivals(pairs: Pairs) -> np.ndarray:
    """Tell which pairs are among the best of both sides."""
    strength = pairs.strength
    near = (_rank(pairs.left, strength, pairs.right) < N_RIVALS) & (_rank(pairs.right, strength, pairs.left) < N_RIVALS)
    return near & (strength >= MIN_WEIGHED)


def _rank(owners: np.ndarray, strength: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """Return the place of each pair among those of its owner, 0 for the strongest."""
    order = np.lexsort((ties, -strength, owners))
    ranks = np.empty(len(owners), np.int64)
    ranks[order] = np.arange(len(owners)) - np.searchsorted(owners[order], owners[order])
    return ranks
