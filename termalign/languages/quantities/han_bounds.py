"""Bounds around quantities of Japanese and Chinese, and the words that open and close a range."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.readings import Reading

__all__ = ["with_bounds"]

BRACKETED = 40  # code points inside < >
_OPENS = re.compile(r"(?:从|自|由|介于)[ ]?\Z")
_TO = re.compile("[到至]")
_NOT_OF_DATES = frozenset("近~〜～∼")


def with_bounds(text: str, reading: Reading, rules: HanRules) -> Reading:
    """Take in the bounds before and behind a reading, 从 before a range and まで behind it.

    Args:
        text: A text in characters of normal width.
        reading: A quantity.
        rules: The words of the language.

    Returns:
        The quantity with its bound.
    """
    if reading.kind is QuantityKind.ORDINAL:
        return reading
    behind = _behind(text, reading, rules)
    return _opened(text, _before(text, behind or reading, rules, keep=behind is not None), rules)


def _behind(text: str, reading: Reading, rules: HanRules) -> Reading | None:
    """Take the bound behind a reading or its counter."""
    for place in dict.fromkeys((reading.end, reading.reach)):
        at = space_end(text, place)
        after = rules.bounds_after.at(text, at)
        if after is None or rules.not_bounds.at(text, at):
            continue
        end, sign = after
        word = text[at:end]
        is_other = reading.is_time and (sign != "~" or "/" in reading.body)
        is_other |= word == "内" and reading.kind is not QuantityKind.DURATION
        is_other |= word == "多" and place != reading.end
        if not is_other:
            return replace(reading, end=end, bound=sign)
    return None


def _before(text: str, reading: Reading, rules: HanRules, *, keep: bool) -> Reading:
    """Take the bound before a reading; one behind it says more."""
    edge = space_start(text, reading.start)
    found = rules.bounds_before.before(text, edge)
    if found is None:
        return reading
    start, sign = found
    word = text[start:edge]
    is_date_only = reading.is_time and (sign != "~" or "/" in reading.body or word in _NOT_OF_DATES)
    is_recent = word == "近" and reading.kind is QuantityKind.DURATION and reading.body.endswith("Y")
    if is_date_only or is_recent or _is_other_word(text, start, word, rules):
        return reading
    return replace(reading, start=start, bound=reading.bound if keep or (reading.bound and sign == "~") else sign)


def _is_other_word(text: str, start: int, word: str, rules: HanRules) -> bool:
    """Tell whether what looks like a bound is none: 条約100, 最近10, 超 in Japanese, brackets."""
    others: str = table("bounds")["other_words"].get(word, "")
    if start and text[start - 1] in others:
        return True
    if word == "超" and not rules.chinese:
        return True
    return word in {"<", ">"} and _in_brackets(text, start, word)


def _in_brackets(text: str, at: int, sign: str) -> bool:
    """Tell whether < or > is a bracket: <3つの基本方針>, <p>10社."""
    if sign == "<":
        return at == 0 or text[at - 1] == "\n" or ">" in text[at : at + BRACKETED].partition("\n")[0]
    return "<" in text[max(0, at - BRACKETED) : at].rpartition("\n")[2]


def _opened(text: str, reading: Reading, rules: HanRules) -> Reading:
    """Take 从 before a stretch or a range and まで behind it."""
    if "/" not in reading.body and ".." not in reading.body:
        return reading
    inside = text[reading.start : reading.end]
    if rules.group == "ja":
        return (
            replace(reading, end=reading.end + 2)
            if "から" in inside and text.startswith("まで", reading.end)
            else reading
        )
    found = _OPENS.search(text, max(0, reading.start - 3), reading.start)
    if found is not None and _TO.search(inside):
        return replace(reading, start=found.start())
    return reading
