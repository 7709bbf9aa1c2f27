"""Near-copies: documents and passages that repeat one another are one witness."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termalign.model import AnalysedDocument, Occurrence, Place

__all__ = ["Witnesses", "near_copies", "witnesses"]

SIZE = 5  # characters of a shingle
MIN_JACCARD = 0.5  # of the shingles of two texts; half shared text is no second witness
MIN_CONTAINED = 0.8  # of the shorter text's shingles: an excerpt
# Shingles of a passage, by language; names, headings and stock phrases are short, and repeated by independent authors too.
MIN_PASSAGE = {"en": 100, "ja": 40, "zh-Hans": 40, "zh-Hant": 40}
SAMPLED = 4  # one shingle of so many, by its checksum, finds passages that may be copies
MIN_MET = 2  # sampled shingles that two passages share before they are compared in full


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who says what stands at a place, near-copies being one.

    Args:
        documents: Document id to the id of the first document of its group of near-copies.
        starts: For each document where its copied passages begin in the raw text, ascending.
        passages: For each of them its end, and the id of the document that says it first.
    """

    documents: Mapping[str, str]
    starts: Mapping[str, Sequence[int]] = field(repr=False)
    passages: Mapping[str, Sequence[tuple[int, str]]] = field(repr=False)

    def of(self, place: Place | Occurrence) -> str:
        """Return the document that says first what stands at a place.

        Args:
            place: A document and raw spans.

        Returns:
            Its id. Two places are independent where these differ.
        """
        first = place.document
        if place.spans:
            at = bisect_right(self.starts.get(first, ()), place.spans[0].start) - 1
            if at >= 0:
                end, other = self.passages[first][at]
                first = other if place.spans[0].start < end else first
        return self.documents.get(first, first)


def witnesses(documents: Sequence[AnalysedDocument]) -> Witnesses:
    """Find the documents that share most of their text, and the paragraphs that stand in several documents.

    Args:
        documents: Analysed documents.

    Returns:
        Who says what first. A paragraph counts as a copy where it shares half of its shingles of five characters with a paragraph
        of a document before it (by path), or one of the two holds four fifths of the other's.

    Source:
        Broder (1997), On the resemblance and containment of documents, for shingles, resemblance and containment; Broder (1998),
        for the sample of shingles.
    """
    known: dict[str, _Passages] = {}
    starts: defaultdict[str, list[int]] = defaultdict(list)
    passages: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in _ordered(documents):
        key = str(one.document.id)
        for language, text, start, end in _paragraphs(one):
            first = known.setdefault(language[:2], _Passages(MIN_PASSAGE[language])).first(text, key)
            if first != key:
                starts[key].append(start)
                passages[key].append((end, first))
    return Witnesses(near_copies(documents), dict(starts), dict(passages))


class _Passages:
    """The passages of one language met so far, each with the document that has it first; short ones are nobody's copy."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._texts: list[str] = []
        self._documents: list[str] = []
        self._known: dict[str, int] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)

    def first(self, text: str, document: str) -> str:
        """Return the document that has a folded passage first; ``document`` where it is new."""
        number = self._known.get(text)
        if number is None:
            shingles = _shingles_of(text)
            if len(shingles) < self._least:
                return document
            number = self._enter(text, document, shingles)
            self._known[text] = number
        return self._documents[number]

    def _enter(self, text: str, document: str, shingles: frozenset[str]) -> int:
        """Return the number of the passage that this one copies, or its own."""
        sampled = sorted({sum_ for one in shingles if (sum_ := crc32(one.encode())) % SAMPLED == 0})
        met: defaultdict[int, int] = defaultdict(int)
        for one in sampled:
            for number in self._holders.get(one, ()):
                met[number] += 1
        for number in sorted(met, key=lambda one: (-met[one], one)):
            if met[number] < MIN_MET:
                break
            if _alike(shingles, _shingles_of(self._texts[number])):
                return number
        self._texts.append(text)
        self._documents.append(document)
        for one in sampled:
            self._holders[one].append(len(self._texts) - 1)
        return len(self._texts) - 1


def _paragraphs(document: AnalysedDocument) -> Iterator[tuple[str, str, int, int]]:
    """Yield the language and the folded text of each block, and where it begins and ends in the raw text."""
    placed = (one for one in document.sentences if one.segment.spans)
    for (_, language), sentences in groupby(placed, key=lambda one: (one.segment.block, one.language)):
        listed = list(sentences)
        spans = [span for one in listed for span in one.segment.spans]
        text = "".join(fold(one.text) for one in listed)
        yield language, text, min(s.start for s in spans), max(s.end for s in spans)


def near_copies(documents: Sequence[AnalysedDocument]) -> Mapping[str, str]:
    """Group documents that share most of their text.

    Args:
        documents: Analysed documents.

    Returns:
        Document id to the id of the first document (by path) of its group; every document is in it, alone in its own group
        where nothing copies it.

    Source:
        Broder (1997), On the resemblance and containment of documents, for shingles, resemblance and containment.
    """
    ordered = _ordered(documents)
    shingles = {str(one.document.id): _shingles(one) for one in ordered}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for one in ordered:
        key = str(one.document.id)
        own = shingles[key]
        shared: defaultdict[str, int] = defaultdict(int)
        for shingle in own:
            for other in holders[shingle]:
                shared[other] += 1
            holders[shingle].append(key)
        first[key] = key
        for other, count in sorted(shared.items()):
            if _enough(count, len(own), len(shingles[other])):
                first[key] = first[other]
                break
    return first


def _ordered(documents: Sequence[AnalysedDocument]) -> list[AnalysedDocument]:
    """Sort documents by path."""
    return sorted(documents, key=lambda one: (one.document.path, one.document.id))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two texts are near-copies."""
    return _enough(len(one & other), len(one), len(other))


def _enough(shared: int, one: int, other: int) -> bool:
    """Tell whether so many shared shingles make near-copies of texts of two sizes."""
    return shared >= MIN_JACCARD * (one + other - shared) or shared >= MIN_CONTAINED * min(one, other)


def _shingles(document: AnalysedDocument) -> frozenset[str]:
    """Return the folded five-character shingles of a document's sentences, each with its language: a translation is no copy."""
    return frozenset(
        f"{sentence.language[:2]}:{shingle}"
        for sentence in document.sentences
        for shingle in _shingles_of(fold(sentence.text))
    )


def _shingles_of(key: str) -> frozenset[str]:
    """Return the shingles of a folded text."""
    return frozenset(key[at : at + SIZE] for at in range(max(1, len(key) - SIZE + 1)))
