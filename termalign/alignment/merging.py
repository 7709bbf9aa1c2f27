"""Beads of two or three versions of one text in, translation units out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.alignment.align import align, align_three
from termalign.languages.sentences import split_clauses
from termalign.model import Segment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from termalign.encoders import Vectors
    from termalign.lexicon import Lexicon
    from termalign.model import Bead

    Cut = Callable[[Segment, int, int], Segment]

__all__ = ["MIN_BEAD_SCORE", "aligned_pair", "join", "units"]

# Of a bead that makes a unit. Measured on the development half of ``bench``, core lexicon: of texts that are versions it leaves out
# at most 0.1 % of the beads (novels 0.9 %, of which one in six is right), and of pieces of 3 to 10 lines that have nothing to do with
# each other it keeps 1 to 7 % of the text (0.2 would keep 3 to 12 %, 0.5 costs 6 % of the beads of novels).
MIN_BEAD_SCORE = 0.3
MIN_CLAUSE_SCORE = 0.25  # of each bead of clauses that may stand for a bead of sentences
MAX_SIDE = 5  # segments of one language in a unit over three versions; more means that the versions disagree

Node = tuple[str, int]


def units(
    runs: Mapping[str, Sequence[Segment]],
    *,
    lexicon: Lexicon,
    cut: Cut | None = None,
    beads: Sequence[Bead] | None = None,
    vectors: Vectors | None = None,
) -> tuple[TranslationUnit, ...]:
    """Align versions of one text and put what says the same together.

    Args:
        runs: The segments of each version, in order, by language tag; two or three versions.
        lexicon: Words and their translations.
        cut: Cuts a part out of a segment, by code points; where given, a sentence that stands for several is cut at its
            semicolons.
        beads: Those of the first two versions, where they are known already.
        vectors: An encoder of sentences.

    Returns:
        Translation units in the order of the text. Units of three languages are the smallest groups that all three
        alignments allow; where these groups grow beyond five segments, the two stronger alignments decide. What stands in one
        version only, or matches too poorly, is in no unit.

    Source:
        Ours.
    """
    sides = {tag: list(segments) for tag, segments in runs.items()}
    pairs: dict[tuple[str, str], list[Bead]] = {}
    is_pair = len(sides) == 2  # noqa: PLR2004 - two or three versions
    for number, (one, other) in enumerate(combinations(sides, 2)):
        if cut is not None or is_pair:
            known = None if number else beads
            found = aligned_pair(sides[one], sides[other], lexicon=lexicon, cut=cut, beads=known, vectors=vectors)
            sides[one], sides[other], pairs[one, other] = found
    if not is_pair:  # segments may have been cut while the later pairs were aligned
        pairs.update(
            (pair, list(found)) for pair, found in align_three(sides, lexicon=lexicon, vectors=vectors).items()
        )
    groups = _groups(pairs, set(pairs))
    made: list[tuple[float, TranslationUnit]] = []
    for nodes, scores in groups:
        for part, part_scores in _agreed(nodes, scores, pairs):
            unit = _unit(part, part_scores, sides)
            if unit is not None:
                place = sum(number / len(sides[tag]) for tag, number in part) / len(part)
                made.append((round(place, 6), unit))
    return tuple(unit for _, unit in sorted(made, key=lambda item: item[0]))


def aligned_pair(
    src: Sequence[Segment],
    tgt: Sequence[Segment],
    *,
    lexicon: Lexicon,
    cut: Cut | None,
    beads: Sequence[Bead] | None = None,
    vectors: Vectors | None = None,
) -> tuple[list[Segment], list[Segment], list[Bead]]:
    """Align two runs; where ``cut`` is given, cut sentences at semicolons if that gives finer beads that all match.

    Returns:
        Both runs, in which sentences may have been cut into clauses, and the beads over them.
    """
    left, right = list(src), list(tgt)
    beads = align(left, right, lexicon=lexicon, vectors=vectors) if beads is None else beads
    if cut is None:
        return left, right, list(beads)
    new_left: list[Segment] = []
    new_right: list[Segment] = []
    changed = False
    for bead in beads:
        ours, theirs = [left[n] for n in bead.src], [right[n] for n in bead.tgt]
        finer = _finer(ours, theirs, lexicon, cut, vectors) if len(ours) != len(theirs) and ours and theirs else None
        changed = changed or finer is not None
        new_left += finer[0] if finer else ours
        new_right += finer[1] if finer else theirs
    if not changed:
        return left, right, list(beads)
    return new_left, new_right, list(align(new_left, new_right, lexicon=lexicon, vectors=vectors))


def _finer(
    ours: Sequence[Segment], theirs: Sequence[Segment], lexicon: Lexicon, cut: Cut, vectors: Vectors | None
) -> tuple[list[Segment], list[Segment]] | None:
    """Cut both sides of a bead at semicolons, where the clauses align one by one better than the sentences."""
    left = [clause for segment in ours for clause in _clauses(segment, cut)]
    right = [clause for segment in theirs for clause in _clauses(segment, cut)]
    if len(left) == len(ours) and len(right) == len(theirs):
        return None
    beads = align(left, right, lexicon=lexicon, vectors=vectors)
    if len(beads) < 2 or any(bead.score < MIN_CLAUSE_SCORE for bead in beads):  # noqa: PLR2004 - one bead is no gain
        return None
    return left, right


def _clauses(segment: Segment, cut: Cut) -> list[Segment]:
    return [cut(segment, span.start, span.end) for span in split_clauses(segment.text, segment.language)]


def _groups(
    pairs: Mapping[tuple[str, str], Sequence[Bead]], used: Iterable[tuple[str, str]]
) -> list[tuple[frozenset[Node], list[float]]]:
    """Return the connected groups of segments under the beads of the used pairs, with the scores of those beads."""
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    scores: list[tuple[Node, float]] = []
    for one, other in sorted(used):
        for bead in pairs[one, other]:
            nodes = [(one, n) for n in bead.src] + [(other, n) for n in bead.tgt]
            if bead.src and bead.tgt and bead.score >= MIN_BEAD_SCORE:
                for node in nodes[1:]:
                    parent[root(node)] = root(nodes[0])
                scores.append((nodes[0], bead.score))
    members: defaultdict[Node, set[Node]] = defaultdict(set)
    for node in list(parent):
        members[root(node)].add(node)
    found: defaultdict[Node, list[float]] = defaultdict(list)
    for node, score in scores:
        found[root(node)].append(score)
    return [(frozenset(nodes), found[key]) for key, nodes in sorted(members.items(), key=lambda item: min(item[1]))]


def _agreed(
    nodes: frozenset[Node], scores: list[float], pairs: Mapping[tuple[str, str], Sequence[Bead]]
) -> list[tuple[frozenset[Node], list[float]]]:
    """Return a group as it is, or, where it has grown too large, the groups of the two stronger alignments inside it."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for tag, _ in nodes:
        sizes[tag] += 1
    if len(pairs) == 1 or max(sizes.values()) <= MAX_SIDE:
        return [(nodes, scores)]
    inside = {
        pair: [
            bead
            for bead in beads
            if {(pair[0], n) for n in bead.src} <= nodes and {(pair[1], n) for n in bead.tgt} <= nodes
        ]
        for pair, beads in pairs.items()
    }
    strength = {pair: sum(bead.score for bead in beads) / max(1, len(beads)) for pair, beads in inside.items()}
    stronger = sorted(strength, key=lambda pair: (-strength[pair], pair))[:2]
    return _groups(inside, stronger)


def _unit(
    nodes: frozenset[Node], scores: Sequence[float], sides: Mapping[str, Sequence[Segment]]
) -> TranslationUnit | None:
    """Make a unit of a group of segments; ``None`` where it has one language only."""
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    for tag, number in sorted(nodes):
        by_tag[tag].append(number)
    if len(by_tag) < 2:  # noqa: PLR2004 - a unit has two languages
        return None
    segments = sorted(
        (join([sides[tag][n] for n in numbers]) for tag, numbers in by_tag.items()), key=TranslationUnit.order
    )
    counts = {segment.language: len(by_tag[segment.language]) for segment in segments}
    return TranslationUnit(
        segments=tuple(segments),
        bead="-".join(str(counts[segment.language]) for segment in segments),
        score=round(sum(scores) / len(scores), 4) if scores else 0.0,
    )


def join(segments: Sequence[Segment]) -> Segment:
    """Join neighbouring segments of one language into one: English with a space between, the others without."""
    first = segments[0]
    glue = " " if first.language == "en" else ""
    return replace(
        first,
        text=glue.join(segment.text for segment in segments),
        spans=tuple(span for segment in segments for span in segment.spans),
    )
