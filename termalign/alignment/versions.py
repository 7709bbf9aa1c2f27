"""Which texts of a pile are versions of one another: by name, by what a person says, by what they say themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.alignment.align import align
from termalign.alignment.counterparts import counterparts, keys_of
from termalign.errors import ConfigError
from termalign.model import BlockKind, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.lexicon import Lexicon
    from termalign.model import AnalysedDocument, Sentence

__all__ = ["Versions", "find_versions", "main_language"]

MIN_SIMILARITY = 0.45  # mean score of the beads of two documents without a common name that are versions of one text
MIN_PASSAGE_SIMILARITY = 0.35  # the same for a passage against a window of its own document
N_LIKELY = 5  # windows of a document that are aligned with a passage
MIN_PASSAGE = 80  # characters of a passage that is worth looking for
MAX_COMPARED = 400  # pairs of documents that are compared by what they say
LENGTHS = {"en": 1.0, "ja": 0.45, "zh-Hans": 0.3, "zh-Hant": 0.3}  # characters that say the same, against English
MAX_RATIO = 1.8  # between the lengths of two texts that say the same, after LENGTHS
_TAG = re.compile(r"(?:^|[._\- ])([A-Za-z]{2,3}(?:[-_](?:Hans|Hant|[A-Za-z]{2}))?|chs|cht)(?=$|[._\- ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Runs of sentences that are versions of one text.

    Args:
        runs: Sentences by language tag.
        score: How sure it is, in [0, 1].
        reason: How they were found.
    """

    runs: Mapping[str, tuple[Sentence, ...]]
    score: float
    reason: str


def main_language(document: AnalysedDocument) -> str:
    """Return the language that most of a document is in; empty for a document without sentences."""
    sizes: defaultdict[str, float] = defaultdict(float)
    for sentence in document.sentences:
        sizes[sentence.language] += len(sentence.text) / LENGTHS[sentence.language]
    return max(sorted(sizes), key=lambda tag: sizes[tag], default="")


def find_versions(
    documents: Sequence[AnalysedDocument], *, lexicon: Lexicon, pairs: Iterable[Sequence[str]] = ()
) -> tuple[Versions, ...]:
    """Find the versions of one text in a pile.

    Args:
        documents: Analysed documents.
        lexicon: Words and their translations.
        pairs: Paths of documents that are versions of one another, as a person says.

    Returns:
        Groups of two or three runs: whole documents, and passages in another language with the part of their document that
        they translate.

    Raises:
        ConfigError: A pair names a document that is not there, or two of one language.
    """
    ordered = sorted(documents, key=lambda one: one.document.path)
    groups = [*_named(ordered, pairs), *_by_name(ordered)]
    taken: set[str] = set()
    found: list[Versions] = []
    for members, reason in groups:
        if not taken & {one.document.path for one in members}:
            taken |= {one.document.path for one in members}
            found.append(Versions(runs={main_language(one): _run(one) for one in members}, score=1.0, reason=reason))
    rest = [one for one in ordered if one.document.path not in taken]
    found += _by_content(rest, lexicon)
    for one in ordered:
        found += _inside(one, lexicon)
    return tuple(found)


def _run(document: AnalysedDocument) -> tuple[Sentence, ...]:
    """Sentences of a document in its main language, labels left out."""
    language = main_language(document)
    return tuple(one for one in document.sentences if one.language == language and one.kind is not BlockKind.LABEL)


def _named(
    documents: Sequence[AnalysedDocument], pairs: Iterable[Sequence[str]]
) -> Iterator[tuple[list[AnalysedDocument], str]]:
    """Yield the groups that a person named."""
    by_path = {one.document.path: one for one in documents}
    for paths in pairs:
        missing = [path for path in paths if path not in by_path]
        if missing:
            raise ConfigError(
                f"pairs.toml names {missing[0]!r}, which is not among the documents", "write paths relative to INPUT"
            )
        members = [by_path[path] for path in paths]
        if len({main_language(one) for one in members}) < len(members):
            raise ConfigError(
                f"pairs.toml pairs documents of one language: {', '.join(paths)}", "name one per language"
            )
        yield members, "pairs.toml"


def _by_name(documents: Sequence[AnalysedDocument]) -> Iterator[tuple[list[AnalysedDocument], str]]:
    """Yield documents of different languages whose names differ by a language tag only."""
    groups: defaultdict[str, list[AnalysedDocument]] = defaultdict(list)
    for one in documents:
        stem, tagged = _stem(one.document.path)
        if tagged:
            groups[stem].append(one)
    for stem in sorted(groups):
        members: dict[str, AnalysedDocument] = {}
        for one in groups[stem]:
            members.setdefault(main_language(one), one)
        if len(members) > 1:
            yield list(members.values()), f"name {stem}"


def _stem(path: str) -> tuple[str, bool]:
    """Take language tags out of a path without its ending: ``en/strategy.txt`` and ``strategy.ja.txt`` give ``strategy``."""
    tagged = False

    def drop(match: re.Match[str]) -> str:
        nonlocal tagged
        try:
            canonical_tag(match[1])
        except ConfigError:
            return match[0]
        tagged = True
        return ""

    parts = path.rpartition(".")[0].split("/") if "." in path.rpartition("/")[2] else path.split("/")
    kept = [cleaned for part in parts if (cleaned := _TAG.sub(drop, part).strip("._- "))]
    return "/".join(kept), tagged


def _similarity(left: Sequence[Sentence], right: Sequence[Sentence], lexicon: Lexicon) -> float:
    """Mean bead score over the text of both runs; null beads count as 0."""
    beads = align([one.segment for one in left], [one.segment for one in right], lexicon=lexicon)
    total = score = 0.0
    for bead in beads:
        size = sum(len(left[n].text) for n in bead.src) + sum(len(right[n].text) for n in bead.tgt)
        total += size
        score += bead.score * size
    return score / total if total else 0.0


def _by_content(documents: Sequence[AnalysedDocument], lexicon: Lexicon) -> list[Versions]:
    """Pair documents of different languages by what they say, best first."""
    candidates: list[tuple[float, str, str, AnalysedDocument, AnalysedDocument]] = []
    compared = 0
    for one, other in combinations(documents, 2):
        left, right = _run(one), _run(other)
        if not left or not right or main_language(one) == main_language(other) or not _same_size(left, right):
            continue
        compared += 1
        if compared > MAX_COMPARED:
            break
        score = _similarity(left, right, lexicon)
        if score >= MIN_SIMILARITY:
            candidates.append((score, one.document.path, other.document.path, one, other))
    found: list[Versions] = []
    taken: set[str] = set()
    for score, *_, one, other in sorted(candidates, key=lambda item: (-item[0], item[1], item[2])):
        if not taken & {one.document.path, other.document.path}:
            taken |= {one.document.path, other.document.path}
            runs = {main_language(one): _run(one), main_language(other): _run(other)}
            found.append(Versions(runs=runs, score=round(score, 4), reason="content"))
    return found


def _size(sentences: Iterable[Sentence]) -> float:
    """Length of a text in English characters that would say the same."""
    return sum(len(one.text) / LENGTHS[one.language] for one in sentences)


def _same_size(left: Sequence[Sentence], right: Sequence[Sentence]) -> bool:
    sizes = sorted((_size(left), _size(right)))
    return sizes[1] <= MAX_RATIO * sizes[0]


def _inside(document: AnalysedDocument, lexicon: Lexicon) -> Iterator[Versions]:
    """Yield each passage in another language with the part of its document that it translates."""
    language = main_language(document)
    own = _run(document)
    blocks = _blocks(own)
    for passage in _passages(document, language):
        best: tuple[float, tuple[Sentence, ...]] = (0.0, ())
        for window in _likely(own, list(_windows(blocks, passage)), passage, lexicon):
            score = _similarity(window, passage, lexicon)
            if score > best[0]:
                best = score, window
        if best[0] >= MIN_PASSAGE_SIMILARITY:
            runs = {language: best[1], passage[0].language: passage}
            yield Versions(runs=runs, score=round(best[0], 4), reason="passage")


def _likely(
    own: Sequence[Sentence], windows: Sequence[tuple[Sentence, ...]], passage: Sequence[Sentence], lexicon: Lexicon
) -> list[tuple[Sentence, ...]]:
    """Choose the windows whose words have most counterparts in a passage, and the other way round."""
    if not windows:
        return []
    rows, n_keys = counterparts([one.segment for one in own], [one.segment for one in passage], lexicon=lexicon)
    by_place = {one.segment.spans: (row, one) for row, one in zip(rows, own, strict=True)}

    def overlap(window: Sequence[Sentence]) -> float:
        found = [by_place[one.segment.spans][0] for one in window]
        ours = sum(len(set(keys_of(one.text, one.language))) for one in window)
        covered = len(set().union(*(keys for keys, _ in found))) / max(1, n_keys)
        used = sum(count for _, count in found) / max(1, ours)
        return 2 * covered * used / (covered + used) if covered else 0.0

    ranked = sorted(range(len(windows)), key=lambda number: (-overlap(windows[number]), number))
    return [windows[number] for number in ranked[:N_LIKELY]]


def _passages(document: AnalysedDocument, language: str) -> Iterator[tuple[Sentence, ...]]:
    """Yield the runs of a document that are not in its main language and long enough to be a translation."""
    run: list[Sentence] = []
    for sentence in [*document.sentences, None]:
        if sentence is not None and sentence.kind is BlockKind.LABEL:
            continue
        if (
            sentence is not None
            and sentence.language != language
            and (not run or run[-1].language == sentence.language)
        ):
            run.append(sentence)
            continue
        if sum(len(one.text) for one in run) >= MIN_PASSAGE:
            yield tuple(run)
        run = [sentence] if sentence is not None and sentence.language != language else []


def _blocks(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Group sentences by the block they stand in."""
    blocks: list[list[Sentence]] = []
    for one in sentences:
        if blocks and blocks[-1][0].segment.block == one.segment.block:
            blocks[-1].append(one)
        else:
            blocks.append([one])
    return blocks


def _windows(blocks: Sequence[Sequence[Sentence]], passage: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the runs of whole blocks that are about as long as a passage."""
    wanted = _size(passage)
    for first in range(len(blocks)):
        window: list[Sentence] = []
        for block in blocks[first:]:
            window += block
            size = _size(window)
            if size > MAX_RATIO * wanted:
                break
            if size * MAX_RATIO >= wanted:
                yield tuple(window)
