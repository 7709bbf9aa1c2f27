"""An index over the spellings and readings of concept entries: which designations a query means."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol

from termalign.glossary.grams import grams, telling
from termalign.glossary.spelling import Kind, key, kinds
from termalign.languages.characters import has_cjk, has_kana, has_latin, is_acronym
from termalign.languages.fold import fold
from termalign.model import ConceptStatus, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.model import Concept, Designation

__all__ = [
    "NEAR_KINDS",
    "Index",
    "Meeting",
    "NearKeys",
    "NearSource",
    "Spelling",
    "concept_keys",
    "near_keys",
    "query_keys",
]

# CONTRACTS.md section 2: folded characters of a query from which one edit, two edits are near; likewise beginnings.
MIN_ONE_EDIT, MIN_TWO_EDITS = 3, 6
MIN_PREFIX_CJK, MIN_PREFIX_LATIN = 2, 4
MAX_BEGINNINGS = 1000  # keys that begin with a query; the shortest are the nearest
NEAR_KINDS = (Kind.SPELLING, Kind.TONES)  # of keys that near misses are sought among
VERBS = frozenset({"v", "verb"})  # parts of speech of designations that verb endings are folded for


class Spelling(NamedTuple):
    """A text under which a designation is found: its own or its reading."""

    number: int
    language: str
    designation: Designation
    text: str
    is_reading: bool


class Meeting(NamedTuple):
    """A spelling that a query met, how like they are in [0, 1], and in which ways they differ."""

    spelling: Spelling
    score: float
    why: tuple[str, ...]


class Index:
    """Spellings of concept entries by key, made as they are needed; what is made never changes, so that threads may share it.

    Args:
        concepts: Entries; rejected ones are left out. Spellings name them by their number in this order.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._spellings: tuple[Spelling, ...] = tuple(
            spelling
            for number, concept in enumerate(concepts)
            if concept.status is not ConceptStatus.REJECTED
            for spelling in _spellings(number, concept)
        )
        self._keys: dict[Kind, Mapping[str, Sequence[Spelling]]] = {}

    def _by(self, kind: Kind) -> Mapping[str, Sequence[Spelling]]:
        """Return the spellings by their keys of one kind; two threads that make them at once make the same.

        Spellings whose key is the fold, because there is nothing else to fold away, are only among :attr:`Kind.SPELLING`.
        """
        if kind not in self._keys:
            found: dict[str, list[Spelling]] = {}
            for spelling in self._spellings:
                if _is_keyed(spelling, kind):
                    found.setdefault(key(spelling.text, kind) or spelling.text.strip(), []).append(spelling)
            self._keys[kind] = found
        return self._keys[kind]

    def exact(self, query: str, *, source: str | None) -> Iterator[Meeting]:
        """Find the spellings that are the same word as a query.

        Args:
            query: A term, not blank.
            source: Tag of the language it is in; ``None`` where it is not known.

        Yields:
            Meetings with score 1, each spelling once, by the kind of key that folds least.
        """
        seen: set[int] = set()
        for kind in kinds(query):
            if kind is not Kind.OKURIGANA or source is None or same_language(source, "ja"):
                yield from self._meetings(query, kind, seen)
        yield from self._loosely_inflected(query.strip(), seen)

    def _loosely_inflected(self, query: str, seen: set[int]) -> Iterator[Meeting]:
        """Find plurals in capitals (QUANTUM COMPUTERS) and of acronyms in small letters (gpus)."""
        if query.isupper():
            for one in self._meetings(query.lower(), Kind.INFLECTION, seen):
                if not one.spelling.text.isupper():  # a word, no acronym, whose last letter may be an S
                    yield one._replace(why=tuple(dict.fromkeys((*one.why, "case"))))
        elif query.endswith("s"):
            for one in self._meetings(query[:-1], Kind.SPELLING, seen):
                if is_acronym(one.spelling.text):
                    yield one._replace(why=("inflection", *one.why))

    def _meetings(self, query: str, kind: Kind, seen: set[int]) -> Iterator[Meeting]:
        """Find the spellings that share a key of one kind with a query and were not seen before."""
        wanted = key(query, kind) or query.strip()
        for spelling in (*self._by(Kind.SPELLING).get(wanted, ()), *self._by(kind).get(wanted, ())):
            if _allows(spelling, kind) and id(spelling) not in seen:
                seen.add(id(spelling))
                yield Meeting(spelling, 1.0, _why(query, spelling, kind))

    @cached_property
    def _near_keys(self) -> NearKeys:
        """The keys that near misses are sought among."""
        return NearKeys(chain.from_iterable(self._by(kind) for kind in NEAR_KINDS))

    def near(self, query: str) -> Iterator[Meeting]:
        """Find the spellings that a query nearly is, or that begin with it.

        Args:
            query: A term that no spelling is equal to.

        Yields:
            Meetings with a score below 1: the share of the longer text that is alike.

        Source:
            CONTRACTS.md section 2; an edit inserts, deletes, replaces or swaps (optimal string alignment).
        """
        wanted = fold(query)
        for other, score, why in near_keys(wanted, self._near_keys):
            for kind in NEAR_KINDS:
                for spelling in self._by(kind).get(other, ()):
                    yield Meeting(spelling, score, ("reading", why) if spelling.is_reading else (why,))


class NearSource(Protocol):
    """Keys, found by what they hold and by what they begin with."""

    def holding(self, key: str, *, edits: int) -> Iterable[str]:
        """Return keys among which all are that are within so many edits of a key."""

    def beginning(self, key: str) -> Iterable[str]:
        """Return the keys that begin with a key, the shortest first; not itself."""


class NearKeys:
    """Keys in memory.

    Args:
        keys: Any number; a key may stand among them twice.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = sorted(set(keys))
        self.postings: dict[str, list[int]] = {}
        for number, one in enumerate(self.keys):
            for gram in set(grams(one)):
                self.postings.setdefault(gram, []).append(number)
        self._counts = {gram: len(numbers) for gram, numbers in self.postings.items()}

    def holding(self, key: str, *, edits: int) -> Iterable[str]:
        """Return keys among which all are that are within so many edits of a key."""
        chosen = telling(key, edits=edits, counts=self._counts)
        numbers = set(chain.from_iterable(self.postings.get(gram, ()) for gram in chosen))
        keys, size = self.keys, len(key)
        return [keys[number] for number in sorted(one for one in numbers if -edits <= len(keys[one]) - size <= edits)]

    def beginning(self, key: str) -> Iterable[str]:
        """Return the keys that begin with a key, the shortest first; not itself."""
        first = bisect_right(self.keys, key)
        behind = map(self.keys.__getitem__, range(first, len(self.keys)))  # a slice from far behind would be walked to
        found = takewhile(lambda other: other.startswith(key), behind)
        return sorted(found, key=lambda other: (len(other), other))[:MAX_BEGINNINGS]


def near_keys(wanted: str, source: NearSource) -> Iterator[tuple[str, float, str]]:
    """Find the keys that one nearly is, or that begin with it.

    Args:
        wanted: The key of a query.
        source: The keys.

    Yields:
        Each key once, with a score below 1, the share of the longer one that is alike, and how they differ. Edits come first.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded only when nothing is exact

    edits = 0 if len(wanted) < MIN_ONE_EDIT else 1 if len(wanted) < MIN_TWO_EDITS else 2
    seen: set[str] = set()
    if edits:
        for other in source.holding(wanted, edits=edits):
            if abs(len(wanted) - len(other)) <= edits:
                distance = OSA.distance(wanted, other, score_cutoff=edits)
                if 0 < distance <= edits:
                    seen.add(other)
                    score = 1 - distance / max(len(wanted), len(other))
                    yield other, score, "1 letter" if distance == 1 else f"{distance} letters"
    if _is_long_enough(wanted):
        for other in source.beginning(wanted):
            if other not in seen:
                yield other, len(wanted) / len(other), "beginning"


def concept_keys(concept: Concept) -> tuple[frozenset[str], frozenset[str]]:
    """List the keys under which a concept entry is found.

    Args:
        concept: An entry that is not rejected.

    Returns:
        All its keys, and those of them that near misses are sought among.
    """
    every: set[str] = set()
    near: set[str] = set()
    for spelling in _spellings(0, concept):
        for kind in kinds(spelling.text):
            if _is_keyed(spelling, kind):
                found = key(spelling.text, kind) or spelling.text.strip()
                every.add(found)
                if kind in NEAR_KINDS:
                    near.add(found)
    return frozenset(every), frozenset(near)


def query_keys(query: str) -> frozenset[str]:
    """List keys of which every entry that a query meets exactly has one.

    Args:
        query: A query, not blank.

    Returns:
        The keys of all kinds, those of plurals in capitals and of acronyms among them.
    """
    texts = [query, query.strip()]
    if query.strip().isupper():
        texts.append(query.strip().lower())
    if query.strip().endswith("s"):
        texts.append(query.strip()[:-1])
    found = {key(text, kind) or text.strip() for text in texts for kind in (Kind.SPELLING, *kinds(text))}
    return frozenset(map(str, found))


def _spellings(number: int, concept: Concept) -> Iterator[Spelling]:
    for language, designations in concept.terms:
        for one in designations:
            yield Spelling(number, language, one, one.text, is_reading=False)
            reading = dict(one.extra).get("reading")
            if isinstance(reading, str) and reading.strip():
                yield Spelling(number, language, one, reading, is_reading=True)


def _why(query: str, spelling: Spelling, kind: Kind) -> tuple[str, ...]:
    """Name how a query differs from a spelling with the same key."""
    why: tuple[str, ...] = ("reading",) if spelling.is_reading else ()
    if query.strip() == spelling.text:
        return why
    from termalign.glossary.differences import differences  # noqa: PLC0415 - not needed for the very spelling

    return why + differences(query, spelling.text, kind=kind)


def _allows(spelling: Spelling, kind: Kind) -> bool:
    """Tell whether folding a kind away leaves the word the same in the language of a spelling."""
    if kind is Kind.SPELLING:
        return True
    if kind is Kind.TONES:
        return spelling.is_reading and same_language(spelling.language, "zh")
    if kind is Kind.OKURIGANA:
        return spelling.language == "ja" and not spelling.is_reading and has_cjk(spelling.text)
    is_verb = dict(spelling.designation.extra).get("pos") in VERBS
    return is_verb is (kind is Kind.VERB) and not spelling.is_reading and has_latin(spelling.text)


def _is_keyed(spelling: Spelling, kind: Kind) -> bool:
    """Tell whether a spelling has a key of one kind that may differ from its fold."""
    return _allows(spelling, kind) and (kind is not Kind.OKURIGANA or has_kana(spelling.text))


def _is_long_enough(wanted: str) -> bool:
    """Tell whether a key is long enough to be shown what begins with it."""
    n_cjk = sum(has_cjk(char) for char in wanted)
    return n_cjk >= MIN_PREFIX_CJK or len(wanted) - n_cjk >= MIN_PREFIX_LATIN
