"""Many plain units of a memory at once: what a pattern found, column by column, made into units.

Reading unit by unit costs a dozen calls for each; nearly all units that follow each other have the same number of sides and
the same markup, so that their texts can be looked at together.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from termalign.formats.lines import one_line
from termalign.model import Method, Origin, Segment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BEADS", "Frame", "Own", "are_plain", "lines_of", "plain_columns", "resolved", "units_in"]

BEADS = {n: "-".join("1" * n) for n in (2, 3, 4)}  # of units that state none
_MARK = "\x1f"  # between texts: a control character, that XML forbids
Own = tuple[float | None, Method, str]  # score, method and bead; empty for the usual one


class Frame(NamedTuple):
    """What the sides of a unit say beside their texts: language and document of each, and regions as further keys."""

    languages: tuple[str, ...]
    sides: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, Any], ...] = ()


def lines_of(wholes: Sequence[str], first: int) -> list[int]:
    """Return the line at which each unit begins.

    Args:
        wholes: The units, each with the blanks behind it.
        first: Line of the first one.
    """
    return list(accumulate([whole.count("\n") for whole in wholes[:-1]], initial=first))


def plain_columns(columns: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """Resolve entities and put texts on one line.

    Args:
        columns: Texts as they stand in the file, a column for each side.

    Returns:
        The same columns; ``None`` where a text is empty.
    """
    joined = _MARK.join([_MARK.join(column) for column in columns])
    if "&" in joined:
        joined = resolved(joined)
    texts = joined.split(_MARK)
    if not are_plain(joined.replace(_MARK, "|")):
        texts = [text if text.isprintable() and text.strip() == text else one_line(text) for text in texts]
        if not all(texts):
            return None
    n_units = len(columns[0])
    return [texts[start : start + n_units] for start in range(0, len(texts), n_units)]


def units_in(
    columns: Sequence[Sequence[str]], frames: Sequence[Frame], owns: Sequence[Own], origins: Sequence[Origin]
) -> list[TranslationUnit] | None:
    """Make units.

    Args:
        columns: Their texts, a column for each side.
        frames: What their sides say.
        owns: What their properties say.
        origins: Where they stand.

    Returns:
        The units; ``None`` where one takes a closer look: an id that may be of our own making, a bead that does not fit.
    """
    n_sides = len(columns)
    named = [origin.id for (_, method, _), origin in zip(owns, origins, strict=True) if method is Method.GIVEN]
    if any(name.startswith("u-") for name in named):
        return None
    if any(bead and bead.count("-") + 1 != n_sides for _, _, bead in set(owns)):
        return None
    sides = []
    for number, texts in enumerate(columns):
        pairs = [frame.sides[number] for frame in frames]
        sides.append(
            [
                Segment(language=language, text=text, document=document)
                for text, (language, document) in zip(texts, pairs, strict=True)
            ]
        )
    given, usual = Method.GIVEN, BEADS[n_sides]
    return [
        TranslationUnit(
            segments=segments,
            bead=bead or usual,
            score=score,
            method=method,
            name=origin.id if method is given else "",
            extra=frame.extra,
            origin=origin,
        )
        for segments, (score, method, bead), frame, origin in zip(
            zip(*sides, strict=True), owns, frames, origins, strict=True
        )
    ]


def are_plain(joined: str) -> bool:
    """Tell whether texts, joined by ``|``, stand as they are: no blanks at their ends, no line ends, none empty."""
    return (
        joined.isprintable()
        and "| " not in joined
        and " |" not in joined
        and "||" not in joined
        and joined.strip(" |") == joined
    )


def resolved(text: str) -> str:
    """Resolve the entities of XML; the ampersand last, as what it makes is text."""
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    return text.replace("&amp;", "&")
