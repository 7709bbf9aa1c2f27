"""An index over the spellings and readings of concept entries: which designations a query means."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from termalign.glossary.spelling import Kind, differences, key, kinds
from termalign.languages.characters import has_cjk
from termalign.languages.fold import fold
from termalign.model import ConceptStatus, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.model import Concept, Designation

__all__ = ["Index", "Meeting", "Spelling"]

# CONTRACTS.md section 2: folded characters of a query from which one edit, two edits are near; likewise beginnings.
MIN_ONE_EDIT, MIN_TWO_EDITS = 3, 6
MIN_PREFIX_CJK, MIN_PREFIX_LATIN = 2, 4
VERBS = frozenset({"v", "verb"})  # parts of speech of designations that verb endings are folded for


class Spelling(NamedTuple):
    """A text under which a designation is found: its own or its reading."""

    number: int
    language: str
    designation: Designation
    text: str
    is_reading: bool

    @property
    def is_pinyin(self) -> bool:
        """Whether it is a reading that has tones."""
        return self.is_reading and same_language(self.language, "zh")


class Meeting(NamedTuple):
    """A spelling that a query met, how like they are in [0, 1], and in which ways they differ."""

    spelling: Spelling
    score: float
    why: tuple[str, ...]


class Index:
    """Spellings of concept entries by key; never changed once made, so that threads may share it.

    Args:
        concepts: Entries; rejected ones are left out. Spellings name them by their number in this order.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._plain: defaultdict[str, list[Spelling]] = defaultdict(list)
        # Keys of the other kinds, only where they are not the plain key.
        self._others: dict[Kind, defaultdict[str, list[Spelling]]] = {kind: defaultdict(list) for kind in Kind}
        for number, concept in enumerate(concepts):
            if concept.status is not ConceptStatus.REJECTED:
                for spelling in _spellings(number, concept):
                    self._add(spelling)

    def _add(self, spelling: Spelling) -> None:
        plain = fold(spelling.text) or spelling.text.strip()
        self._plain[plain].append(spelling)
        for kind in kinds(spelling.text):
            if kind is not Kind.SPELLING and _allows(spelling, kind):
                other = key(spelling.text, kind)
                if other != plain:
                    self._others[kind][other].append(spelling)

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
            if kind is Kind.OKURIGANA and source and not same_language(source, "ja"):
                continue
            for spelling in self._found(query, kind):
                if _allows(spelling, kind) and id(spelling) not in seen:
                    seen.add(id(spelling))
                    why = differences(query, spelling.text, kind=kind)
                    yield Meeting(spelling, 1.0, ("reading", *why) if spelling.is_reading else why)
        if query.isupper():
            yield from self._shouted(query, seen)

    def _found(self, query: str, kind: Kind) -> tuple[Spelling, ...]:
        """Find the spellings that share a key of one kind with a query."""
        wanted = key(query, kind) or query.strip()
        return *self._plain.get(wanted, ()), *self._others[kind].get(wanted, ())

    def _shouted(self, query: str, seen: set[int]) -> Iterator[Meeting]:
        """Find what a query in capitals is the plural of: not an acronym, whose last letter may well be an S."""
        small = query.lower()
        for spelling in self._found(small, Kind.INFLECTION):
            if _allows(spelling, Kind.INFLECTION) and not spelling.text.isupper() and id(spelling) not in seen:
                why = differences(small, spelling.text, kind=Kind.INFLECTION)
                yield Meeting(spelling, 1.0, tuple(dict.fromkeys((*why, "case"))))

    def near(self, query: str) -> Iterator[Meeting]:
        """Find the spellings that a query nearly is, or that begin with it.

        Args:
            query: A term that no spelling is equal to.

        Yields:
            Meetings with a score below 1: the share of the longer text that is alike.

        Source:
            CONTRACTS.md section 2; an edit inserts, deletes, replaces or swaps (optimal string alignment).
        """
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded only when nothing is exact

        wanted = fold(query)
        edits = 0 if len(wanted) < MIN_ONE_EDIT else 1 if len(wanted) < MIN_TWO_EDITS else 2
        is_beginning = _is_long_enough(wanted)
        for keys in (self._plain, self._others[Kind.TONES]):
            for other, spellings in keys.items():
                longest = max(len(wanted), len(other))
                distance = edits + 1
                if abs(len(wanted) - len(other)) <= edits:
                    distance = OSA.distance(wanted, other, score_cutoff=edits)
                if distance <= edits:
                    score, why = 1 - distance / longest, "1 letter" if distance == 1 else f"{distance} letters"
                elif is_beginning and other.startswith(wanted):
                    score, why = len(wanted) / longest, "beginning"
                else:
                    continue
                for spelling in spellings:
                    yield Meeting(spelling, score, ("reading", why) if spelling.is_reading else (why,))


def _spellings(number: int, concept: Concept) -> Iterator[Spelling]:
    for language, designations in concept.terms:
        for one in designations:
            yield Spelling(number, language, one, one.text, is_reading=False)
            reading = dict(one.extra).get("reading")
            if isinstance(reading, str) and reading.strip():
                yield Spelling(number, language, one, reading, is_reading=True)


def _allows(spelling: Spelling, kind: Kind) -> bool:
    """Tell whether folding a kind away leaves the word the same in the language of a spelling."""
    if kind is Kind.TONES:
        return spelling.is_pinyin
    if kind is Kind.OKURIGANA:
        return spelling.language == "ja" and not spelling.is_reading
    if kind is Kind.VERB:
        return dict(spelling.designation.extra).get("pos") in VERBS
    return not (kind is Kind.INFLECTION and spelling.is_reading)


def _is_long_enough(wanted: str) -> bool:
    """Tell whether a key is long enough to be shown what begins with it."""
    n_cjk = sum(has_cjk(char) for char in wanted)
    return n_cjk >= MIN_PREFIX_CJK or len(wanted) - n_cjk >= MIN_PREFIX_LATIN
