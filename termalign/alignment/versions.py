"""Which texts of a pile are versions of one another: by name, by what a person says, by what they say themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.alignment.align import align
from termalign.alignment.counterparts import counterparts, keys_of
from termalign.alignment.names import stem
from termalign.alignment.pairing import likeness
from termalign.errors import ConfigError
from termalign.model import BlockKind, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.alignment.pairing import Likeness
    from termalign.lexicon import Lexicon
    from termalign.model import AnalysedDocument, Sentence

__all__ = ["PASSAGE", "Versions", "find_versions", "main_language"]

# Of two documents without a common name that are versions of one text. Measured on the development half of ``bench`` (news and manuals in
# three languages, core lexicon): of 135 true pairs two are below (0.08, 0.12), and of 3,240 others none shares anything at all. What
# is left of the way to 0 is for pages that have a notice or an address in common.
MIN_LIKENESS = 0.15
UNLIKE = 0.05  # no true pair is there; likeness below which two documents with a common name are not believed, if there is more against them
NAMED_ALIKE = 0.5  # score of documents with a common name that share nothing: too short, or translated freely
STATED, CONTENT, PASSAGE = "pairs.toml", "content", "passage"
# The same for a passage against a window of its own document. Measured on pieces of 3 to 8 beads of news, each against its translation and
# the best of five other places: of 80 true ones the lowest has 0.62; of 80 others 3 have more than 0.45. Abstracts are freer than news.
MIN_PASSAGE_SIMILARITY = 0.45
N_LIKELY = 5  # windows of a document that are aligned with a passage
MIN_PASSAGE = 80  # characters of a passage that is worth looking for
LENGTHS = {"en": 1.0, "ja": 0.45, "zh-Hans": 0.3, "zh-Hant": 0.3}  # characters that say the same, against English
MAX_RATIO = 1.8  # between the lengths of two texts that say the same, after LENGTHS


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents that are versions of one text, by number, with a score in [0, 1] and how they were found."""

    members: list[int]
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
        pairs: Paths of documents that are versions of one another, as a person says; one path alone is a document without versions.

    Returns:
        Groups of two or three runs: whole documents, and passages in another language with the part of their document that
        they translate.

    Raises:
        ConfigError: A pair names a document that is not there, or two of one language.
    """
    ordered = sorted(documents, key=lambda one: (one.document.path, one.document.id))
    alike = likeness([_run(one) for one in ordered], lexicon=lexicon)
    groups = list(_stated(ordered, pairs))
    taken = {one for group in groups for one in group.members}
    for group in _by_name(ordered, alike):
        if not taken & set(group.members):
            groups.append(group)
            taken |= set(group.members)
    groups += _by_content([one for one in range(len(ordered)) if one not in taken], ordered, alike)
    found = [
        Versions(
            runs={main_language(ordered[one]): _run(ordered[one]) for one in group.members},
            score=group.score,
            reason=group.reason,
        )
        for group in groups
        if len(group.members) > 1
    ]
    for document in ordered:
        found += _inside(document, lexicon)
    return tuple(found)


def _run(document: AnalysedDocument) -> tuple[Sentence, ...]:
    """Sentences of a document in its main language, labels left out."""
    language = main_language(document)
    return tuple(one for one in document.sentences if one.language == language and one.kind is not BlockKind.LABEL)


def _stated(documents: Sequence[AnalysedDocument], pairs: Iterable[Sequence[str]]) -> Iterator[_Group]:
    """Yield the groups that a person named; one document alone is nobody's version."""
    by_path = {one.document.path: number for number, one in enumerate(documents)}
    for paths in pairs:
        missing = [path for path in paths if path not in by_path]
        if missing:
            raise ConfigError(
                f"pairs.toml names {missing[0]!r}, which is not among the documents", "write paths relative to INPUT"
            )
        members = [by_path[path] for path in paths]
        if len({main_language(documents[one]) for one in members}) < len(members):
            raise ConfigError(
                f"pairs.toml pairs documents of one language: {', '.join(paths)}", "name one per language"
            )
        yield _Group(members, 1.0, STATED)


def _by_name(documents: Sequence[AnalysedDocument], alike: Likeness) -> Iterator[_Group]:
    """Yield documents of different languages whose names differ by a language only, unless what they say gives the names the lie."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(documents):
        left, tagged = stem(one.document.path)
        if tagged and main_language(one):
            groups[left].append(number)
    for left in sorted(groups):
        first: dict[str, int] = {}
        for member in groups[left]:
            first.setdefault(main_language(documents[member]), member)
        members = list(first.values())
        lies = {pair for pair in combinations(members, 2) if _lies(pair, alike)}
        honest = [
            one for one in members if any(other != one and not lies & {(one, other), (other, one)} for other in members)
        ]
        if len(honest) > 1:
            scores = [alike.score(*pair) for pair in combinations(honest, 2)]
            score = NAMED_ALIKE + (1.0 - NAMED_ALIKE) * sum(scores) / len(scores)
            yield _Group(honest, round(score, 4), f"name {left}")


def _lies(pair: tuple[int, int], alike: Likeness) -> bool:
    """Tell whether two documents with one name are no versions: they share nothing, and one shares much with another, or have other numbers."""
    if alike.score(*pair) >= UNLIKE:
        return False
    return max(map(alike.best, pair)) >= MIN_LIKENESS or alike.numbers_contradict(*pair)


def _by_content(free: Iterable[int], documents: Sequence[AnalysedDocument], alike: Likeness) -> list[_Group]:
    """Group documents of different languages by what they say, those that share most first."""
    groups = {one: _Group([one], 1.0, CONTENT) for one in free}
    for (one, other), score in sorted(alike.scores.items(), key=lambda item: (-item[1], item[0])):
        if score < MIN_LIKENESS or one not in groups or other not in groups or groups[one] is groups[other]:
            continue
        members = [*groups[one].members, *groups[other].members]
        tags = [main_language(documents[member]) for member in members]
        if not any(same_language(*two) for two in combinations(tags, 2)):
            joined = _Group(members, min(score, groups[one].score, groups[other].score), CONTENT)
            groups |= dict.fromkeys(members, joined)
    return list({id(group): group for group in groups.values()}.values())


def _similarity(left: Sequence[Sentence], right: Sequence[Sentence], lexicon: Lexicon) -> float:
    """Mean bead score over the text of both runs; null beads count as 0."""
    beads = align([one.segment for one in left], [one.segment for one in right], lexicon=lexicon)
    total = score = 0.0
    for bead in beads:
        size = sum(len(left[n].text) for n in bead.src) + sum(len(right[n].text) for n in bead.tgt)
        total += size
        score += bead.score * size
    return score / total if total else 0.0


def _size(sentences: Iterable[Sentence]) -> float:
    """Length of a text in English characters that would say the same."""
    return sum(len(one.text) / LENGTHS[one.language] for one in sentences)


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
            yield Versions(runs=runs, score=round(best[0], 4), reason=PASSAGE)


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
