"""The verb ``mine``, and what ``build`` does with documents that are no versions of one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.alignment.mining.mine import MIN_SCORE, mine_pools
from termalign.alignment.mining.pool import pool_of
from termalign.errors import ConfigError
from termalign.formats.mined_tsv import MinedRow, write_mined
from termalign.formats.text import MAX_LINE
from termalign.languages.repair import repair
from termalign.lexicon import Lexicon
from termalign.model import BlockKind, Method, Segment, TranslationUnit, same_language
from termalign.pipeline.inputs import read_documents
from termalign.pipeline.named_languages import check_languages
from termalign.pipeline.segmentation import resolve_language, splitter
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termalign.model import Document, Sentence, Token

    Tell = Callable[[str, int, int], None]
    Line = tuple[int, Segment, Sequence[Token] | None]

__all__ = ["MIN_BUILD_SCORE", "MinedUnits", "mine", "mine_pile"]

MIN_BUILD_SCORE = 0.5  # of a pair that a build takes in: others build on it, so it must be likelier than not
MINED_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})  # headings and cells are alike everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class MinedUnits:
    """What was found.

    Args:
        units: Translation units of two segments, best first.
        lines: For each unit the 0-based lines at which its segments begin, source and target.
        n_segments: How many segments each text has.
    """

    units: tuple[TranslationUnit, ...]
    lines: tuple[tuple[int, int], ...]
    n_segments: tuple[int, int]


def mine(
    src: str | Path,
    tgt: str | Path,
    *,
    source: str | None = None,
    target: str | None = None,
    segmented: bool = False,
    lexicon: Sequence[str] = (),
    min_score: float = MIN_SCORE,
    jobs: int = 1,
    output: str | Path | None = None,
    max_line: int = MAX_LINE,
    tell: Callable[[str, int, int], None] | None = None,
) -> MinedUnits:
    """Find parallel sentences hidden in two texts that are no translations of each other.

    Args:
        src: A document.
        tgt: A document in another language.
        source: Tag of the language of ``src``; ``None`` and ``zh`` mean that the text tells.
        target: That of ``tgt``.
        segmented: Whether each line is a sentence already.
        lexicon: Lexicon layers; empty means all that ship.
        min_score: Score that a pair must have, in [0, 1]; about the share of such pairs that are right.
        jobs: How many processes; the pairs are the same for any number.
        output: File to write: ``src_line``, ``tgt_line``, ``score``, source and target text, parted by tabs.
        max_line: Longest line that is read, in code points.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Pairs, best first; no sentence is in two. Of a line that comes several times, as many as the other side has.

    Raises:
        ConfigError: Wrong tags, a text in another language than named, two texts of one language, or a score that none can have.
        DataError: A text that cannot be read, or is in none of the three languages.
        OutputError: The file cannot be written; what was there is as it was.
    """
    if not 0.0 <= min_score <= 1.0:
        raise ConfigError(f"a score of {min_score}", "give one from 0 to 1")
    documents = [_read(Path(one), max_line=max_line) for one in (src, tgt)]
    check_languages(documents, (source, target))
    left, right = (
        _text(document, tag, segmented=segmented) for document, tag in zip(documents, (source, target), strict=True)
    )
    if same_language(left[0], right[0]):
        raise ConfigError(
            f"two texts are in {left[0]}", "name texts of different languages, or their languages with --from and --to"
        )
    found = _pairs(left, right, lexicon=Lexicon.load(*lexicon), min_score=min_score, jobs=jobs, tell=tell)
    rows = [MinedRow(one[0], other[0], score, one[1].text, other[1].text) for one, other, score in found]
    if output is not None:
        with replace(Path(output)) as file:
            write_mined(rows, file)
    return MinedUnits(
        units=tuple(_unit(one[1], other[1], score) for one, other, score in found),
        lines=tuple((row.src_line, row.tgt_line) for row in rows),
        n_segments=(len(left[1]), len(right[1])),
    )


def mine_pile(
    sentences: Iterable[Sentence], *, lexicon: Lexicon, tell: Tell | None = None
) -> tuple[TranslationUnit, ...]:
    """Find parallel sentences among those of a pile.

    Args:
        sentences: Sentences in several languages that stand in no versions of one text.
        lexicon: Words and their translations.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Units of two segments, by pair of languages and then best first.
    """
    texts: defaultdict[str, list[Line]] = defaultdict(list)
    for one in sentences:
        if one.kind in MINED_KINDS:
            texts[one.language].append((0, one.segment, one.tokens))
    units: list[TranslationUnit] = []
    for left, right in combinations(sorted(texts), 2):
        if not same_language(left, right):
            sides = (left, texts[left]), (right, texts[right])
            units += [
                _unit(src[1], tgt[1], score)
                for src, tgt, score in _pairs(*sides, lexicon=lexicon, min_score=MIN_BUILD_SCORE, tell=tell)
            ]
    return tuple(units)


def _pairs(
    left: tuple[str, list[Line]],
    right: tuple[str, list[Line]],
    *,
    lexicon: Lexicon,
    min_score: float,
    jobs: int = 1,
    tell: Tell | None,
) -> list[tuple[Line, Line, float]]:
    """Mine two runs of lines; what comes several times is looked at once."""
    sides = [_distinct(lines) for _, lines in (left, right)]
    pools = [
        pool_of(((same[0][1].text, same[0][2]) for same in side), language=language, jobs=jobs)
        for side, (language, _) in zip(sides, (left, right), strict=True)
    ]
    found = mine_pools(pools[0], pools[1], lexicon=lexicon, min_score=min_score, jobs=jobs, tell=tell)
    return [
        (one, other, pair.score)
        for pair in found
        for one, other in zip(sides[0][pair.src], sides[1][pair.tgt], strict=False)
    ]


def _distinct(lines: Iterable[Line]) -> list[list[Line]]:
    """Group lines of one text, in the order in which texts appear."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line[1].text].append(line)
    return list(groups.values())


def _unit(one: Segment, other: Segment, score: float) -> TranslationUnit:
    segments = tuple(sorted((one, other), key=TranslationUnit.order))
    return TranslationUnit(segments=segments, bead="1-1", score=score, method=Method.MINE)


def _read(path: Path, *, max_line: int) -> Document:
    """Read one document."""
    if path.is_dir():
        raise ConfigError(f"{str(path)!r} is a folder", "name a file")
    return read_documents([path], max_line=max_line).documents[0]


def _text(document: Document, tag: str | None, *, segmented: bool) -> tuple[str, list[Line]]:
    """Find the language of a text, and its lines or sentences with the line each begins at."""
    language = resolve_language(document.text, tag)
    if not segmented:
        return language, list(_sentences(document, language))
    lines = document.text.replace("\r\n", "\n").split("\n")
    return language, [
        (number, Segment(language=language, text=" ".join(line.split()), document=document.id, block=number), None)
        for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines)
    ]


def _sentences(document: Document, language: str) -> Iterator[Line]:
    """Yield the sentences of a text that are in its language; their words are found later, a few sentences at a time."""
    split, starts = splitter(language), _line_starts(document.text)
    blocks = repair(document.text, language=language, file=document.path) if document.text.strip() else ()
    for number, block in enumerate(blocks):
        if block.language == language:
            for span in split(block.content.text):
                content = block.content.slice(span.start, span.end)
                spans = content.spans(0, len(content.text), raw=document.text)
                one = Segment(
                    language=language,
                    text=content.text,
                    document=document.id,
                    spans=spans,
                    block=number,
                    start=span.start,
                )
                yield starts(spans[0].start), one, None


def _line_starts(text: str) -> Callable[[int], int]:
    """Return a function from places in a text, in ascending order, to 0-based lines."""
    at = [0, 0]

    def line_of(place: int) -> int:
        if place < at[0]:
            at[:] = [0, 0]
        at[1] += text.count("\n", at[0], place)
        at[0] = place
        return at[1]

    return line_of
