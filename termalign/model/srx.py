"""Segmentation rules that a user brings: the values of an SRX 2.0 file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SrxMap", "SrxRule", "SrxRules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SrxRule:
    """One rule: where what stands before and what stands after match, the text breaks, or does not.

    Args:
        breaks: Whether it breaks.
        before: Regular expression for the text before the place; empty matches anything.
        after: That for the text after it.
        line: 1-based line of the file.
    """

    breaks: bool
    before: str
    after: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SrxMap:
    """Which rules a language goes by.

    Args:
        pattern: Regular expression that the whole language code must match.
        rules: The rules.
        line: 1-based line of the file.
    """

    pattern: str
    rules: tuple[SrxRule, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SrxRules:
    """The rules of a file.

    Args:
        file: Its name, in messages.
        cascade: Whether the rules of every map that matches apply, one after the other, instead of the first one's.
        maps: Maps in the order of the file.
    """

    file: str
    cascade: bool
    maps: tuple[SrxMap, ...]
