"""What stands at the boundaries between segments: sentence ends, quotations, paragraphs.

A translator who merges and splits sentences still keeps most boundaries of speech, questions and paragraphs. How far a text keeps
them is learned from its beads, so that a pair of texts of which one has no quotation marks loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.numerals import alignment_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termalign.alignment.search import Block
    from termalign.alignment.sides import Floats, Ints
    from termalign.model import Segment

__all__ = ["VIEWS", "Boundaries", "Kept", "boundaries_of", "estimate_kept", "prior_kept"]

VIEWS = ("end", "quotation", "paragraph")
KEPT = 0.5  # share of the boundaries of beads that look alike on both sides, before any bead is known
PRIOR_BOUNDARIES = 30.0  # boundaries of beads that this belief weighs as much as
N_ENDS = 5


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The classes of the boundaries of a run, before each segment and after the last, by view.

    Args:
        classes: For each of :data:`VIEWS` the class of each boundary; one entry more than segments.
    """

    classes: tuple[Ints, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a pair of texts keeps its boundaries.

    Args:
        met: For each view the log-likelihood ratio of a boundary of the source and one of the target that meet between two
            beads, against any two; (source classes, target classes).
        src: For each view that of a boundary of the source inside a bead, against any.
        tgt: The same for the target.
    """

    met: tuple[Floats, ...] = field(repr=False)
    src: tuple[Floats, ...] = field(repr=False)
    tgt: tuple[Floats, ...] = field(repr=False)


def boundaries_of(segments: Sequence[Segment]) -> Boundaries:
    """Classify the boundaries of a run.

    Args:
        segments: Segments of one language, in order.

    Returns:
        Their classes. Views: how the segment before ends (full stop, question, exclamation, other mark, none); quotation (none, one
        has ended, one begins, both, inside one); whether a block ends.

    Source:
        Ours.
    """
    marks = [_marks_of(segment.text) for segment in segments]
    inside, quoted = False, []
    for before, after in pairwise([None, *marks, None]):
        if before is not None:
            inside = before.open_after(inside)
        closed, opens = before is not None and before.closes, after is not None and after.opens
        quoted.append(4 if inside and not opens else closed + 2 * opens)
    ends = [N_ENDS - 1, *(one.end for one in marks)]
    blocks = [1, *(int(one.block != other.block) for one, other in pairwise(segments)), 1][: len(segments) + 1]
    return Boundaries(tuple(np.array(one, dtype=np.int64) for one in (ends, quoted, blocks)))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a segment says of its boundaries."""

    end: int
    opens: bool
    closes: bool
    last: bool | None  # whether its last quotation mark opens

    def open_after(self, inside: bool) -> bool:  # noqa: FBT001 - a state
        return inside if self.last is None else self.last


@cache
def _table() -> Mapping[str, str]:
    table: Mapping[str, str] = alignment_table("boundaries")
    return table


@cache
def _quotes() -> re.Pattern[str]:
    """Find what may be a quotation mark."""
    return re.compile(f"[{re.escape(''.join(_table()[name] for name in ('opening', 'closing', 'either')))}]")


def _marks_of(text: str) -> _Marks:
    """Read quotation marks and the last sentence mark of a segment."""
    table = _table()
    marks = ((mark.start(), _opening(text, mark.start(), mark[0], table)) for mark in _quotes().finditer(text))
    quotes = [(at, opens) for at, opens in marks if opens is not None]
    bare = text.rstrip(table["trailing"])
    end = N_ENDS - 1
    if bare:
        found = [number for number, name in enumerate(("full", "question", "exclamation")) if bare[-1] in table[name]]
        end = found[0] if found else (N_ENDS - 1 if bare[-1].isalnum() else N_ENDS - 2)
    head = len(text) - len(text.lstrip())
    return _Marks(
        end=end,
        opens=any(opens and at == head for at, opens in quotes[:1]),
        closes=any(not opens and at >= len(bare) for at, opens in quotes[-1:]),
        last=quotes[-1][1] if quotes else None,
    )


def _opening(text: str, at: int, char: str, table: Mapping[str, str]) -> bool | None:
    """Tell whether a mark opens a quotation (true) or closes one (false); ``None`` where it is no quotation mark."""
    if char in table["opening"]:
        return True
    if char in table["closing"]:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or before.isspace() or before in table["before"]:
        return True if after and not after.isspace() else None
    if char in table["apostrophes"] and before.isalnum():
        return None
    return False


def prior_kept(src: Boundaries, tgt: Boundaries) -> Kept:
    """Return what is believed before any bead is known.

    Args:
        src: Boundaries of the source.
        tgt: Boundaries of the target.

    Returns:
        Boundaries that look alike meet more often than others.
    """
    return estimate_kept({}, src, tgt)


def estimate_kept(blocks: Mapping[Block, float], src: Boundaries, tgt: Boundaries) -> Kept:
    """Estimate how far the boundaries are kept.

    Args:
        blocks: Beads with how sure they are; boundaries of null beads tell nothing.
        src: Boundaries of the source.
        tgt: Boundaries of the target.

    Returns:
        The ratios, drawn towards the prior.

    Source:
        Ours.
    """
    full = [one for one in blocks if one.a and one.b]
    ends = [(one.i + one.a, one.j + one.b) for one in full] + [(one.i, one.j) for one in full]
    nodes = np.array(ends, dtype=np.int64).reshape(-1, 2)
    sure = np.tile([blocks[one] / 2 for one in full], 2)
    inner_src = [(i, blocks[one]) for one in full for i in range(one.i + 1, one.i + one.a)]
    inner_tgt = [(j, blocks[one]) for one in full for j in range(one.j + 1, one.j + one.b)]
    met, alone_src, alone_tgt = [], [], []
    for left, right in zip(src.classes, tgt.classes, strict=True):
        size = int(max(left.max(initial=0), right.max(initial=0))) + 1
        share_src, share_tgt = _shares(left, size), _shares(right, size)
        chance = np.outer(share_src, share_tgt)
        alike = np.diag(np.sqrt(share_src * share_tgt))
        prior = KEPT * alike / max(float(alike.sum()), 1e-9) + (1 - KEPT) * chance
        counts = PRIOR_BOUNDARIES * prior
        np.add.at(counts, (left[nodes[:, 0]], right[nodes[:, 1]]), sure)
        met.append(np.log(counts / counts.sum() / chance))
        alone_src.append(_alone(left, inner_src, share_src))
        alone_tgt.append(_alone(right, inner_tgt, share_tgt))
    return Kept(tuple(met), tuple(alone_src), tuple(alone_tgt))


def _shares(classes: Ints, size: int) -> Floats:
    """Share of each class, with one more of each."""
    counts = np.bincount(classes, minlength=size) + 1.0
    return np.asarray(counts / counts.sum())


def _alone(classes: Ints, inner: Sequence[tuple[int, float]], shares: Floats) -> Floats:
    """Set the classes of boundaries inside beads against all."""
    counts = PRIOR_BOUNDARIES * shares
    for place, sure in inner:
        counts[classes[place]] += sure
    return np.asarray(np.log(counts / counts.sum() / shares))
