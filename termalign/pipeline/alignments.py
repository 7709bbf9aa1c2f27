"""From analysed documents to translation units: which runs are versions of one text, and how they align."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from termalign.alignment.merging import units
from termalign.alignment.versions import find_versions
from termalign.errors import DataError, Where
from termalign.model import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from termalign.alignment.merging import Cut
    from termalign.lexicon import Lexicon
    from termalign.model import AnalysedDocument, Sentence, TranslationUnit

__all__ = ["align_pile", "cutter"]


def align_pile(
    documents: Sequence[AnalysedDocument],
    *,
    lexicon: Lexicon,
    pairs: Sequence[Path] = (),
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[TranslationUnit, ...]:
    """Align all versions of one text that a pile holds.

    Args:
        documents: Analysed documents.
        lexicon: Words and their translations.
        pairs: Files called ``pairs.toml``: ``[[versions]]`` with ``documents = ["a.ja.txt", "b.zh.txt"]``.
        tell: Told the stage, how many texts are done, and of how many.

    Returns:
        Translation units, in the order of their documents and places; each id once.

    Raises:
        ConfigError: A pair that cannot be.
        DataError: A ``pairs.toml`` that breaks its format.
    """
    stated = [paths for path in pairs for paths in _read_pairs(path)]
    versions = find_versions(documents, lexicon=lexicon, pairs=stated)
    found: dict[str, TranslationUnit] = {}
    for number, group in enumerate(versions, 1):
        sentences = [sentence for run in group.runs.values() for sentence in run]
        runs = {tag: [sentence.segment for sentence in run] for tag, run in group.runs.items()}
        for unit in units(runs, lexicon=lexicon, cut=cutter(sentences, documents)):
            found.setdefault(unit.id, unit)
        if tell:
            tell("aligning", number, len(versions))
    return tuple(found.values())


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


def _read_pairs(path: Path) -> Iterator[list[str]]:
    """Read which documents a person says are versions of one another."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise DataError(
            f"cannot be read: {exc}", Where(file=path.name), "write [[versions]] with documents = [...]"
        ) from exc
    for number, row in enumerate(table.get("versions", [])):
        names = row.get("documents") if isinstance(row, dict) else None
        if not isinstance(names, list) or len(names) < 2 or not all(isinstance(name, str) for name in names):  # noqa: PLR2004
            where = Where(file=path.name, path=f"versions[{number}].documents")
            raise DataError("no list of two or three paths", where, 'write documents = ["a.ja.txt", "b.zh.txt"]')
        yield names
