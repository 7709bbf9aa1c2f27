"""The tables of ``termalign/data/quantities``, and words looked up at a place of a text."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WordTable", "space_end", "space_start", "table"]

Value = TypeVar("Value")
_SPACES = frozenset(" \t\u00a0\u2009\u202f\u3000")
MAX_SPACES = 2  # between a number and its unit; "平成 30 年" has one, justified text two


@cache
def table(name: str) -> Mapping[str, Any]:
    """Read one file of tables, once per process.

    Args:
        name: ``numbers``, ``calendar``, ``fiscal``, ``money``, ``units``, ``bounds`` or ``counters``.

    Returns:
        The tables as they stand there.
    """
    path = files("termalign") / "data" / "quantities" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def space_end(text: str, at: int) -> int:
    """Step over white space inside a line, two characters at most.

    Args:
        text: A text.
        at: A place in it.

    Returns:
        Where the space ends; ``at`` where there is none.
    """
    for _ in range(MAX_SPACES):
        if at < len(text) and text[at] in _SPACES:
            at += 1
    return at


def space_start(text: str, at: int) -> int:
    """Step back over white space inside a line, two characters at most.

    Args:
        text: A text.
        at: A place in it.

    Returns:
        Where the space begins; ``at`` where there is none.
    """
    for _ in range(MAX_SPACES):
        if at > 0 and text[at - 1] in _SPACES:
            at -= 1
    return at


class WordTable(Generic[Value]):
    """Words with what they mean, found by their first or last character: the longest that stands at a place.

    Args:
        words: Word -> value.
        boundaries: Whether a word that begins or ends in a letter or digit is found only where no other touches it.
        folded: Whether case does not matter; the text is then looked at in lower case.
    """

    def __init__(self, words: Mapping[str, Value], *, boundaries: bool = False, folded: bool = False) -> None:
        self._firsts: dict[str, list[tuple[str, Value]]] = {}
        self._lasts: dict[str, list[tuple[str, Value]]] = {}
        self._boundaries = boundaries
        self._folded = folded
        self._longest = max(map(len, words), default=0)
        for word in sorted(words, key=lambda one: (-len(one), one)):
            kept = word.lower() if folded else word
            self._firsts.setdefault(kept[0], []).append((kept, words[word]))
            self._lasts.setdefault(kept[-1], []).append((kept, words[word]))

    def at(self, text: str, at: int) -> tuple[int, Value] | None:
        """Find the longest word that begins at a place.

        Args:
            text: A text.
            at: A place in it.

        Returns:
            Its end and its value; ``None`` where there is none.
        """
        piece, place = (text[at : at + self._longest].lower(), 0) if self._folded else (text, at)
        for word, value in self._firsts.get(piece[place : place + 1], ()):
            if piece.startswith(word, place) and not (self._boundaries and _joins(text, at + len(word))):
                return at + len(word), value
        return None

    def before(self, text: str, at: int) -> tuple[int, Value] | None:
        """Find the longest word that ends at a place.

        Args:
            text: A text.
            at: A place in it.

        Returns:
            Its start and its value; ``None`` where there is none.
        """
        piece = text[max(0, at - self._longest) : at]
        piece = piece.lower() if self._folded else piece
        for word, value in self._lasts.get(piece[-1:], ()):
            start = at - len(word)
            if piece.endswith(word) and not (self._boundaries and _joins(text, start)):
                return start, value
        return None


def _joins(text: str, at: int) -> bool:
    """Tell whether two letters or digits of Latin script meet at a place."""
    left, right = text[at - 1 : at] if at else "", text[at : at + 1]
    return bool(left and right) and _is_latin(left) and _is_latin(right)


def _is_latin(character: str) -> bool:
    """Tell whether a character is a Latin letter or a digit."""
    return character.isalnum() and character < "\u0250"
