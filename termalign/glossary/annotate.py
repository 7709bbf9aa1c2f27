"""The terms of a glossary in running text: longest match, by key, with none cut out of other words."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.glossary.edges import Stretches, attached_table, edges_of
from termalign.glossary.forms import forms, likeness
from termalign.glossary.matcher import matcher
from termalign.languages.fold import fold
from termalign.languages.folded_array import folded_array
from termalign.languages.passages import passages
from termalign.model import Annotation, ConceptStatus, TermSpan, TermStatus, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from termalign.glossary.forms import Form
    from termalign.glossary.matcher import Matcher
    from termalign.languages.folded_array import FoldedArray
    from termalign.model import Concept

__all__ = ["Annotator"]

MAX_REMEMBERED = 500_000  # stretches of text that were judged
STATUS_ORDER = {status: rank for rank, status in enumerate(TermStatus)}


class _Found(NamedTuple):
    """A stretch of text with the key of some forms; ``reason`` is empty where it is a hit."""

    start: int
    end: int
    size: int
    forms: tuple[Form, ...]
    reason: str


class _Index(NamedTuple):
    """Keys sought in texts of one language, the matcher that finds them, and the forms with each key."""

    matcher: Matcher
    forms: tuple[tuple[Form, ...], ...]


class Annotator:
    """Finds the designations of concept entries in texts. What is made at the first text serves all further ones.

    Args:
        concepts: Entries; rejected ones are left out.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
        self._indexes: dict[str, _Index] = {}
        self._judged: dict[str, dict[tuple[int, str], tuple[Form, ...]]] = {}

    @cached_property
    def _forms(self) -> dict[str, tuple[Form, ...]]:
        """All forms by their keys."""
        found: dict[str, list[Form]] = {}
        for number, concept in enumerate(self._concepts):
            if concept.status is not ConceptStatus.REJECTED:
                for language, designations in concept.terms:
                    for designation in designations:
                        for form in forms(number, language, designation):
                            found.setdefault(fold(form.text), []).append(form)
        return {key: tuple(same) for key, same in found.items()}

    def _index(self, language: str) -> _Index:
        """Return the keys that are sought in texts of a language: its own and those in Latin letters."""
        group = language.partition("-")[0]
        if group not in self._indexes:
            kept = {
                key: wanted
                for key, same in self._forms.items()
                if (wanted := tuple(form for form in same if form.is_latin or same_language(form.language, language)))
            }
            self._indexes[group] = _Index(matcher(list(kept)), tuple(kept.values()))
        return self._indexes[group]

    def annotate(
        self, text: str, *, language: str | None = None, suppressed: bool = False, boundaries: str = "words"
    ) -> Annotation:
        """Find the terms in a text.

        Args:
            text: Any text, as read.
            language: ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en`` for all of it; ``None`` means that each passage tells.
            suppressed: Whether to list what is written like a term and is a part of other words.
            boundaries: ``words`` tells words by a list, ``tokens`` by the tokenisers, which is slower.

        Returns:
            Hits by CONTRACTS.md section 3.

        Raises:
            ConfigError: Another name of boundaries.

        Source:
            Aho & Corasick (1975), Efficient string matching, CACM 18(6), for the search; the rest is ours.
        """
        spans: list[TermSpan] = []
        others: list[TermSpan] = []
        for passage in passages(text, language=language):
            found = self._found(
                text[passage.start : passage.end], passage.language, boundaries=boundaries, suppressed=suppressed
            )
            hits = _longest([one for one in found if not one.reason])
            spans += self._spans(hits, text, passage.start)
            if suppressed:
                left = _uncovered([one for one in found if one.reason], hits)
                others += self._spans(left, text, passage.start)
        return Annotation(text=text, spans=tuple(spans), suppressed=tuple(others))

    def _spans(self, found: Iterable[_Found], text: str, offset: int) -> Iterator[TermSpan]:
        """Make one value of each concept that a stretch stands for."""
        concepts, make = self._concepts, TermSpan._make
        for start, end, _, found_forms, reason in found:
            start, end = start + offset, end + offset  # noqa: PLW2901 - in the text from here on
            for number, language, designation, _ in found_forms:
                yield make((start, end, concepts[number], language, text[start:end], designation, reason))

    def _found(self, text: str, language: str, *, boundaries: str, suppressed: bool) -> list[_Found]:
        """Find every stretch of a passage that is written like a term, those inside other words only where asked."""
        index = self._index(language)
        folded = folded_array(text)
        matches = index.matcher.find_overlapping(folded.key)
        table = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches)).reshape(-1, 3)
        stretches, is_whole = _stretches(folded, table[:, 0], table[:, 1])
        stretches, numbers = stretches.where(is_whole), table[is_whole, 2]
        edges = edges_of(text, folded, language=language, boundaries=boundaries)
        inside = edges.are_inside(stretches)
        if not suppressed:
            stretches, numbers, inside = stretches.where(~inside), numbers[~inside], inside[~inside]
        found: list[_Found] = []
        judged, make = self._judged.setdefault(language, {}), _Found._make
        if len(judged) > MAX_REMEMBERED:
            judged.clear()
        columns = (stretches.start, stretches.end, stretches.last - stretches.first, numbers, inside)
        for start, end, size, number, is_inside in zip(*(column.tolist() for column in columns), strict=True):
            stretch = text[start:end]
            same = judged.get((number, stretch))
            if same is None:
                same = judged[number, stretch] = _best(index.forms[number], stretch, language)
            if same:
                reason = f"inside {edges.word_around(start, end)}" if is_inside else ""
                found.append(make((start, end, size, same, reason)))
        return found


def _stretches(
    folded: FoldedArray, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> tuple[Stretches, npt.NDArray[np.bool_]]:
    """Lead stretches of a key back to the text, and tell which of them stand for whole characters (not a part of ㍿)."""
    offsets = np.concatenate(([-1], folded.offsets, [len(folded.codes)]))  # of the character before the key, of its end
    start, final, limit = offsets[first + 1], offsets[last], offsets[last + 1]
    end, attached = final + 1, attached_table()
    while (more := (end < limit) & attached[folded.codes[np.minimum(end, len(folded.codes) - 1)]]).any():
        end = end + more
    return Stretches(start, end, first, last), (offsets[first] != start) & (limit != final)


def _best(candidates: Iterable[Form], stretch: str, language: str) -> tuple[Form, ...]:
    """Choose one form of each concept, the designation of the text's own language and the likest; worse likenesses yield."""
    likest: dict[int, tuple[tuple[int, int, int, int], Form]] = {}
    for form in candidates:
        how = likeness(form, stretch)
        if how is None:
            continue
        own = 0 if form.language == language else 1 if same_language(form.language, language) else 2
        rank = (own, how, STATUS_ORDER[form.designation.status], form.text != form.designation.text)
        if form.number not in likest or rank < likest[form.number][0]:
            likest[form.number] = rank, form
    if not likest:
        return ()
    nearest = min(rank[1] for rank, _ in likest.values())
    return tuple(form for rank, form in likest.values() if rank[1] == nearest)


def _longest(found: Sequence[_Found]) -> list[_Found]:
    """Keep the longest of what overlaps, then the leftmost."""
    kept: list[_Found] = []
    group: list[_Found] = []
    reach = -1
    for one in sorted(found, key=itemgetter(0)):
        if one[0] >= reach:
            kept += group if len(group) < 2 else _longest_of(group)  # noqa: PLR2004 - alone
            group = [one]
            reach = one[1]
        else:
            group.append(one)
            reach = max(reach, one[1])
    return kept + _longest_of(group)


def _longest_of(group: list[_Found]) -> list[_Found]:
    """Do so in one group of stretches that overlap one another."""
    kept: list[tuple[int, int]] = []
    for number, one in sorted(enumerate(group), key=lambda item: (-item[1].size, item[1].start, item[0])):
        at = bisect_left(kept, (one.start, -1))
        before, after = at - 1, at
        if (not at or group[kept[before][1]].end <= one.start) and (at == len(kept) or kept[after][0] >= one.end):
            kept.insert(at, (one.start, number))
    return [group[number] for _, number in kept]


def _uncovered(found: Sequence[_Found], hits: Sequence[_Found]) -> list[_Found]:
    """Leave out what lies inside hits, and of the rest keep the longest."""
    ends = [hit.end for hit in hits]
    left = []
    for one in found:
        at = bisect_left(ends, one.end)
        if at == len(hits) or hits[at].start > one.start:
            left.append(one)
    return _longest(left)
