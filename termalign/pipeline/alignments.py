"""From analysed documents to translation units: which runs are versions of one text, and how they align."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.alignment.merging import units
from termalign.alignment.versions import PASSAGE, find_versions
from termalign.model import Segment
from termalign.pipeline.mining import mine_pile
from termalign.pipeline.pairs_file import read_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from termalign.alignment.merging import Cut
    from termalign.alignment.versions import Versions
    from termalign.encoders import Vectors
    from termalign.lexicon import Lexicon
    from termalign.model import AnalysedDocument, Sentence, TranslationUnit

__all__ = ["PileUnits", "align_pile", "cutter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PileUnits:
    """What the documents of a pile say in several languages.

    Args:
        units: Translation units: of versions in the order of their documents and places, then mined ones; each id once.
        versions: Groups of documents and passages that were aligned, with score and reason.
    """

    units: tuple[TranslationUnit, ...]
    versions: tuple[Versions, ...]


def align_pile(
    documents: Sequence[AnalysedDocument],
    *,
    lexicon: Lexicon,
    pairs: Sequence[Path] = (),
    vectors: Vectors | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> PileUnits:
    """Align all versions of one text that a pile holds, and mine the documents that have none.

    Args:
        documents: Analysed documents.
        lexicon: Words and their translations.
        pairs: Files called ``pairs.toml``, as in :func:`termalign.pipeline.pairs_file.read_pairs`.
        vectors: An encoder of sentences.
        tell: Told the stage, how many texts are done, and of how many.

    Returns:
        Units, and the groups they come from.

    Raises:
        ConfigError: A pair that cannot be.
        DataError: A ``pairs.toml`` that breaks its format.
    """
    stated = [paths for path in pairs for paths in read_pairs(path)]
    versions = find_versions(documents, lexicon=lexicon, pairs=stated)
    found: dict[str, TranslationUnit] = {}
    for number, group in enumerate(versions, 1):
        sentences = [sentence for run in group.runs.values() for sentence in run]
        runs = {tag: [sentence.segment for sentence in run] for tag, run in group.runs.items()}
        for unit in units(runs, lexicon=lexicon, cut=cutter(sentences, documents), vectors=vectors):
            found.setdefault(unit.id, unit)
        if tell:
            tell("aligning", number, len(versions))
    free = _without_versions(documents, versions)
    for unit in mine_pile(free, lexicon=lexicon, tell=tell):
        found.setdefault(unit.id, unit)
    return PileUnits(units=tuple(found.values()), versions=versions)


def _without_versions(documents: Sequence[AnalysedDocument], versions: Sequence[Versions]) -> list[Sentence]:
    """List the sentences of documents that have no version, but for passages that were aligned inside them."""
    paired: set[str] = set()
    aligned: set[Segment] = set()
    for group in versions:
        for run in group.runs.values():
            if group.reason == PASSAGE:
                aligned |= {one.segment for one in run}
            else:
                paired |= {one.segment.document for one in run}
    return [
        sentence
        for one in documents
        if one.document.id not in paired
        for sentence in one.sentences
        if sentence.segment not in aligned
    ]


def cutter(sentences: Sequence[Sentence], documents: Sequence[AnalysedDocument]) -> Cut:
    """Return a function that cuts a part out of a segment, with its way back to the raw text."""
    texts = {str(one.document.id): one.document.text for one in documents}
    contents = {(one.segment.document, one.segment.block, one.segment.start): one.content for one in sentences}

    def cut(segment: Segment, start: int, end: int) -> Segment:
        content = contents[segment.document, segment.block, segment.start].slice(start, end)
        if start:
            contents[segment.document, segment.block, segment.start + start] = content
        return Segment(
            language=segment.language,
            text=content.text,
            document=segment.document,
            spans=content.spans(0, len(content.text), raw=texts[segment.document]),
            block=segment.block,
            start=segment.start + start,
        )

    return cut
