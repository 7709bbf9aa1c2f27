"""Which brackets and quotation marks belong together."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CLOSERS", "MARKS", "QUOTING", "TITLES", "Pair", "Pairs", "pair_up"]

MAX_PAIR = 400  # code points; marks further apart are taken for strays, lest one swallow the rest of a text (ours)
MAX_SINGLE = 60  # the same for ' and ’ after a letter, where an apostrophe is likelier

# Marks of one kind close one another, whatever their width: （…) is a pair. What opens, what closes.
_KINDS: Final = (
    ("(（﹙︵⦅｟", ")）﹚︶⦆｠"),
    ("[［︹", "]］︺"),
    ("{｛﹛︷", "}｝﹜︸"),
    ("「｢﹁", "」｣﹂"),
    ("『﹃", "』﹄"),
    ("“〝", "”〞〟"),
    ("‘", "’"),
    ("«", "»"),
    ("‹", "›"),
    ("《︽", "》︾"),
    ("〈︿", "〉﹀"),
    ("【︻", "】︼"),
    ("〔﹝", "〕﹞"),
    ("〖", "〗"),
)
_BEFORE_CLOSER: Final = frozenset("，。！？,.!?…")
_OPENERS: Final = {mark: opening[0] for opening, _ in _KINDS for mark in opening}
_CLOSERS: Final = {mark: opening[0] for opening, closing in _KINDS for mark in closing}
CLOSERS: Final = frozenset(_CLOSERS) | {'"', "＂", "'"}
QUOTING: Final = frozenset("「『“‘«‹\"'")  # kinds that quote what somebody says
TITLES: Final = frozenset("《〈`")  # kinds that hold the title of a work or code: what stands inside ends nothing
_STRAIGHT: Final = "\"＂'`"
MARKS: Final = "".join([*_OPENERS, *_CLOSERS]) + _STRAIGHT


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together: their kind (its first mark) and where they stand."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a text that lie in no other pair, in order; where they begin, and where any pair opens."""

    outer: tuple[Pair, ...]
    starts: tuple[int, ...]
    opens: frozenset[int]

    def around(self, position: int) -> Pair | None:
        """Find the outermost pair around a position, ``None`` at depth 0."""
        index = bisect_right(self.starts, position) - 1
        return self.outer[index] if index >= 0 and self.outer[index].end >= position else None

    def opening(self, position: int) -> Pair | None:
        """Find the outermost pair that opens at a position."""
        pair = self.around(position)
        return pair if pair is not None and pair.start == position else None


def _straight(text: str, at: int, *, is_open: bool) -> int:
    """Tell what a mark is that opens as well as closes: 1 opens, -1 closes, 0 is an apostrophe, a prime or an inch."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "`":
        return 0 if before == "`" else -1 if is_open else 1  # a run of them is one mark
    if text[at] != "'":
        if is_open:
            return 1 if before.isspace() and after.isalnum() else -1
        return 0 if before.isalnum() and not after.isalnum() else 1
    if before.isalnum() and before.isascii() and after.isalnum():
        return 0
    if is_open and before and not before.isspace():
        return -1
    return 1 if after.isalnum() and not (before.isalnum() and before.isascii()) else 0


def pair_up(text: str, positions: Iterable[int], *, widest: int = MAX_PAIR) -> Pairs:
    """Pair brackets and quotation marks.

    Args:
        text: The text.
        positions: Where its marks stand (characters of ``MARKS``; others are passed over), ascending.
        widest: How many code points apart partners may be.

    Returns:
        The pairs. A mark without its partner is in none, nor are partners too far apart; where pairs cross, the one that
        closes first holds.

    Source:
        Ours.
    """
    stack: list[tuple[str, int]] = []
    open_kinds: dict[str, int] = {}
    found: list[Pair] = []
    for at in positions:
        mark = text[at]
        kind, role = _OPENERS.get(mark), 1
        if kind is None:
            kind, role = _CLOSERS.get(mark), -1
        if kind is None and mark in _STRAIGHT:
            kind = '"' if mark == "＂" else mark
            role = _straight(text, at, is_open=open_kinds.get(kind, 0) > 0)
            if role > 0 and kind == '"' and open_kinds.get("“") and text[at - 1] in _BEFORE_CLOSER:
                kind, role = "“", -1  # “…，" as many people type it
        if mark == "’" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum() and text[at - 1].isascii():
            continue  # an apostrophe
        if kind is None or not role:
            continue
        if role < 0 and kind == "“" and not open_kinds.get(kind):
            kind = '"'  # "…”
        if role > 0:
            stack.append((kind, at))
            open_kinds[kind] = open_kinds.get(kind, 0) + 1
        elif open_kinds.get(kind):
            start = _close(stack, open_kinds, kind)
            single = kind in "'‘" and text[at - 1].isalnum()
            if at - start <= (MAX_SINGLE if single else widest):
                found.append(Pair(kind, start, at))
    outer: list[Pair] = []
    for pair in sorted(found, key=lambda pair: pair.start):
        if not outer or pair.start > outer[-1].end:
            outer.append(pair)
    return Pairs(tuple(outer), tuple(pair.start for pair in outer), frozenset(pair.start for pair in found))


def _close(stack: list[tuple[str, int]], open_kinds: dict[str, int], kind: str) -> int:
    """Take the last mark of the kind from the stack, and what stayed open above it; return where it stands."""
    while True:
        top, position = stack.pop()
        open_kinds[top] -= 1
        if top == kind:
            return position
