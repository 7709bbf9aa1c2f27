"""Near-copies: documents that repeat one another are one witness."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.model import AnalysedDocument

__all__ = ["near_copies"]

SIZE = 5  # characters of a shingle
MIN_JACCARD = 0.5  # of the shingles of two documents; half shared text is no second witness
MIN_CONTAINED = 0.8  # of the shorter document's shingles: an excerpt


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
    ordered = sorted(documents, key=lambda one: (one.document.path, one.document.id))
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
            size = len(shingles[other])
            if count >= MIN_JACCARD * (len(own) + size - count) or count >= MIN_CONTAINED * min(len(own), size):
                first[key] = first[other]
                break
    return first


def _shingles(document: AnalysedDocument) -> frozenset[str]:
    """Return the folded five-character shingles of a document's sentences."""
    found: set[str] = set()
    for sentence in document.sentences:
        key = fold(sentence.text)
        found.update(key[at : at + SIZE] for at in range(max(1, len(key) - SIZE + 1)))
    return frozenset(found)
