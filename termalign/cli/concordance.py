"""Keywords in context, laid out for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from termalign.cli.table import columns, printable, shorten, shorten_left, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.model import Concordance, UnitHit

__all__ = ["concordance_text"]

INDENT = "  "
MIN_SIZE = 40  # columns of the narrowest terminal that we lay out for
MAX_KEYWORD = 2  # of so many parts of the line one is the most that a keyword takes
N_DOCUMENTS = 20  # that are counted one by one


def concordance_text(found: Concordance, *, n_units: int, context: int | None, size: int) -> str:
    """Lay a concordance out for people.

    Args:
        found: What was found.
        n_units: How many units were searched.
        context: Columns of context on each side of a keyword; ``None`` means what fits.
        size: Columns of the terminal.

    Returns:
        Lines joined by line feeds, with nothing in them that a terminal obeys: counts, then the hits with their keywords in one
        column, below each the other languages.
    """
    size = max(size, MIN_SIZE)
    query = shorten(printable(found.query.strip()), size // MAX_KEYWORD) or "(empty)"
    if not found.total:
        return f"{query}: not found in {_number(n_units, 'unit')}"
    head = f"{query}: {_number(found.total, 'hit')} in {_number(found.units, 'unit')}"
    if len(found.hits) < found.total:
        head += f", the first {len(found.hits)} shown"
    room = size - len(INDENT) if context is None else None
    keyword = max((_keyword_size(hit, size) for hit in found.hits), default=0)
    side = max(1, (room - keyword - 2 * len(INDENT)) // 2) if room is not None else context or 0
    lines = [head, columns(_counts(found), size=size), *_hits(found.hits, side=side, size=size)]
    return "\n".join(lines)


def _counts(found: Concordance) -> Iterator[tuple[str, str]]:
    """Give a row to each document."""
    for name, count in found.documents[:N_DOCUMENTS]:
        yield f"{INDENT}{count:>5}", name or "(no name)"
    others = found.documents[N_DOCUMENTS:]
    if others:
        yield f"{INDENT}{sum(count for _, count in others):>5}", f"in {_number(len(others), 'more document')}"


def _keyword_size(hit: UnitHit, size: int) -> int:
    return min(width(printable(hit.text)), size // MAX_KEYWORD)


def _hits(hits: Iterable[UnitHit], *, side: int, size: int) -> Iterator[str]:
    """Lay out hits, those of one segment together above the other languages."""
    for _, group in groupby(hits, key=lambda hit: (id(hit.unit), hit.language)):
        same = list(group)
        first = same[0]
        yield ""
        yield shorten(printable(f"{first.document or '(no name)'}  {first.unit_id}  {first.language}"), size)
        yield from (_line(hit, side=side, size=size) for hit in same)
        for other in first.others:
            lines = wrap(printable(other.text), size - 2 * len(INDENT) - len(other.language))
            yield f"{INDENT}{other.language}{INDENT}{lines[0]}"
            yield from (" " * (2 * len(INDENT) + len(other.language)) + line for line in lines[1:])


def _line(hit: UnitHit, *, side: int, size: int) -> str:
    """Write a keyword with what stands left and right of it."""
    text = hit.segment.text
    left = shorten_left(printable(text[: hit.start]), side)
    right = shorten(printable(text[hit.end :]), side) if side else ""
    keyword = shorten(printable(hit.text), size // MAX_KEYWORD)
    return f"{INDENT}{' ' * (side - width(left))}{left}[{keyword}]{right}".rstrip()


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
