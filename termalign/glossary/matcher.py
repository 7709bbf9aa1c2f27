"""Finding many strings in a text in one pass.

daachorse does it in compiled code (DEPENDENCIES.md 2.1); where it has no wheel for a platform, plain Python does the same, and
the tests hold the one against the other.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from termalign.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Matcher", "PlainMatcher", "matcher"]


class Matcher(Protocol):
    """Finds every occurrence of many strings."""

    def find_overlapping(self, haystack: str, /) -> list[tuple[int, int, int]]:
        """Find them: start, end (excluded) and number of the string, by the end, the longest first."""


class PlainMatcher:
    """Finds strings by their first two characters and the lengths they may have.

    Args:
        patterns: Distinct strings, none of them empty.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._numbers: dict[str, int] = {}
        lengths: dict[str, set[int]] = {}
        for number, pattern in enumerate(patterns):
            self._numbers[pattern] = number
            lengths.setdefault(pattern[:2], set()).add(len(pattern))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def find_overlapping(self, haystack: str, /) -> list[tuple[int, int, int]]:
        """Find the strings, in the order of :class:`Matcher`."""
        found = []
        for start in range(len(haystack)):
            heads = (haystack[start : start + 1], haystack[start : start + 2])
            for head in dict.fromkeys(heads):
                for length in self._lengths.get(head, ()):
                    number = self._numbers.get(haystack[start : start + length])
                    if number is not None and start + length <= len(haystack):
                        found.append((start, start + length, number))
        return sorted(found, key=lambda one: (one[1], one[0]))


def matcher(patterns: Sequence[str]) -> Matcher:
    """Make a matcher.

    Args:
        patterns: Distinct strings; they are told by their numbers in this order.

    Returns:
        daachorse's automaton where it is installed, else :class:`PlainMatcher`; both find the same.

    Raises:
        ConfigError: An empty string, which would be found everywhere (DEPENDENCIES.md P20).
    """
    if "" in patterns:
        raise ConfigError("an empty string cannot be sought")
    if not patterns or find_spec("daachorse") is None:
        return PlainMatcher(patterns)
    from daachorse import CharwiseDoubleArrayAhoCorasick  # noqa: PLC0415 - no wheel on some platforms

    automaton: Matcher = CharwiseDoubleArrayAhoCorasick(list(patterns))
    return automaton
