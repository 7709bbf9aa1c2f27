"""The scan of Japanese and Chinese texts: from one place where a quantity may begin to the next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import as_duration
from termalign.languages.quantities.han_amounts import is_generation, read_amount, read_ordinal
from termalign.languages.quantities.han_bounds import with_bounds
from termalign.languages.quantities.han_dates import read_date
from termalign.languages.quantities.han_durations import read_half
from termalign.languages.quantities.han_rules import han_rules
from termalign.languages.quantities.latin import (
    enumerator_end,
    heading_end,
    native_quarter,
    read_latin,
    skip_identifier,
)
from termalign.languages.quantities.readings import Numeral, Reading, amount, join, positive
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["han_quantities"]

_TIME = re.compile(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[ ]?(?:時(?![間期代点給])|时(?![间期代刻])|点(?:[0-9一二三四五六七八九十]{1,3}分|半|钟|整|左右)|:[0-9]{2}(?::[0-9]{2})?(?![0-9]))(?:[ ]?[0-9一二三四五六七八九十]{1,3}分(?!の)|半)?"
)
_DAYTIME = re.compile(r"(?:上午|下午|晚上|今晚|当晚|晚|凌晨|早上|早晨|中午|傍晚|清晨|深夜|午後|午前)[ ]?\Z")
_HOUR = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[ ]?[点时時](?:[0-9一二三四五六七八九十]{1,3}分)?")
_STATES = frozenset("为は達达是計计共有が値值=約约")  # before a number that is stated, not named: 量子体积为2048
_MULTIPLES = frozenset("百千万億亿")
_SMALL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[ ]*")
_DASH = re.compile("[-–]")
_SCORE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,3})+(?![0-9])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def han_quantities(scan: Scan) -> Iterator[Reading]:
    """Find the quantities of a Japanese or Chinese text.

    Args:
        scan: The text.

    Yields:
        Readings in order, not overlapping.
    """
    rules = han_rules(scan.settings.group)
    text, at = scan.text, 0
    while True:
        found = rules.starts.search(text, at)
        if found is None:
            return
        start = found.start()
        reading, at = _at(scan, start, rules)
        if reading is not None and not (scan.settings.simplified and _is_doubtful(text, reading)):
            yield reading
        at = max(at, start + 1)


def _is_doubtful(text: str, reading: Reading) -> bool:
    """Tell whether 兆 may be a million as well as a trillion; before a currency it is the latter."""
    return reading.is_bare and "兆" in text[reading.start : reading.end]


def _at(scan: Scan, start: int, rules: HanRules) -> tuple[Reading | None, int]:
    """Read what begins at a place: the reading, or none, and where to go on."""
    text, first = scan.text, scan.text[start]
    skipped = _skipped(text, start, rules)
    if skipped is not None:
        return None, skipped
    if first in "FQH":
        reading = read_latin(scan, start, rules)
        return reading, reading.end if reading else start + 1
    if first == "第" and not rules.relative.at(text, start):
        return _ordinal(text, start, rules)
    dated = read_date(scan, start, rules)
    scan.unsure = False
    if dated is not None:
        reading = with_bounds(text, dated, rules)
        return reading, reading.end
    other = _other(text, start, rules)
    if other is not None:
        scan.unsure = rules.relative.at(text, start) is not None
        return None, other
    return _amount(text, start, rules)


def _skipped(text: str, start: int, rules: HanRules) -> int | None:
    """Tell where an identifier or a word ends that begins like a quantity."""
    if "0" <= text[start] <= "9":
        return skip_identifier(text, start)
    word = rules.words.at(text, start)
    return word[0] if word is not None and text[word[0] : word[0] + 1] not in {"之", "の"} else None


def _ordinal(text: str, start: int, rules: HanRules) -> tuple[Reading | None, int]:
    """Read 第3回, a range of them, and 第3四半期."""
    quarter = native_quarter(text, start, rules.group)
    if quarter is not None:
        return quarter, quarter.end
    reading = read_ordinal(text, start, rules)
    if reading is None:
        return None, (rules.ordinal_words.at(text, start) or (start + 2, True))[0]
    return _ranged(text, reading, rules)


def _other(text: str, start: int, rules: HanRules) -> int | None:
    """Tell where a number of a list, a time of day, or a word such as 今年 ends whose year is not known."""
    listed = enumerator_end(text, start) if text[start].isascii() else None
    if listed is not None and not _is_counted(text, start, rules):
        return listed
    relative = rules.not_relative.at(text, start) or rules.relative.at(text, start)
    if relative is not None:
        return relative[0]
    is_hour = _DAYTIME.search(text, max(0, start - 4), start) is not None
    time = _TIME.match(text, start) or (_HOUR.match(text, start) if is_hour else None)
    return time.end() if time is not None else None


def _is_counted(text: str, start: int, rules: HanRules) -> bool:
    """Tell whether a unit or a counter stands behind the number at the beginning of a line: 5 家企业."""
    found = _SMALL.match(text, start)
    if found is None:
        return False
    return text[found.end() : found.end() + 1] in _MULTIPLES or rules.suffixes.at(text, found.end()) is not None


def _amount(text: str, start: int, rules: HanRules) -> tuple[Reading | None, int]:
    """Read a quarter, half a year, or an amount."""
    quarter = native_quarter(text, start, rules.group)
    if quarter is not None:
        return quarter, quarter.end
    if text[start] == "半":
        half = read_half(text, start, rules)
        half = with_bounds(text, half, rules) if half is not None else None
        return half, half.end if half is not None else start + 1
    made = read_amount(text, start, rules)
    if isinstance(made, Reading):
        return _ranged(text, made, rules)
    if made is None:
        return None, start + 1
    if made.value is not None and made.spelled and not made.bare and rules.connect.match(text, made.end):
        reading, end = _ranged(text, amount(QuantityKind.NUMBER, made, (made.start, made.end)), rules)
        if reading is not None and reading.kind is QuantityKind.RANGE:
            return reading, end
    return None, made.end


def _ranged(text: str, low: Reading, rules: HanRules) -> tuple[Reading | None, int]:
    """Read the second end of a range, where there is one, then the bounds."""
    score = _SCORE.match(text, low.start) if low.is_bare else None
    if score is not None and len(_DASH.findall(score[0])) > 1:
        return None, score.end()
    for place in dict.fromkeys((low.end, low.reach)):
        high = _second(text, place, rules)
        if isinstance(high, Numeral) and is_generation(text, high.end):
            return None, high.end
        joined = _joined(text, low, high) if isinstance(high, Reading) else None
        if joined is not None:
            reading = with_bounds(text, joined, rules)
            return reading, reading.end
    is_plain = low.is_bare and not low.bound and low.reach == low.end
    is_heading = is_plain or (low.is_bare and "." in text[low.start : low.end])
    if score is not None or (is_heading and heading_end(text, low.start) == low.end):
        return None, score.end() if score is not None else low.end
    reading = with_bounds(text, _year_alone(text, low) if is_plain else low, rules)
    return reading, reading.end


def _second(text: str, at: int, rules: HanRules) -> Reading | Numeral | None:
    """Read the second end of a range; where the dash was read as a minus, it is none."""
    link = rules.connect.match(text, at)
    if link is None:
        return None
    if text.startswith("第", link.end()):
        return read_ordinal(text, link.end(), rules)
    high = read_amount(text, link.end(), rules)
    return positive(high) if isinstance(high, Reading) and high.start < link.end() else high


def _joined(text: str, low: Reading, high: Reading) -> Reading | None:
    """Join the ends of a range: of years, of durations, of percent, of amounts."""
    if low.unit == "%" and text.startswith("百分", low.start) and high.is_bare:
        high = replace(high, kind=low.kind, unit=low.unit)
    are_years = all(one.is_bare and _YEAR.fullmatch(text[one.start : one.end]) for one in (low, high))
    if are_years and low.body < high.body:
        body = f"{low.body}-01-01/{high.body}-12-31"
        return replace(high, start=low.start, kind=QuantityKind.DATE, body=body, step=None)
    return join(as_duration(low, high), high)


def _year_alone(text: str, reading: Reading) -> Reading:
    """Read four digits without a counter as a year: （2020）, 議程2030."""
    is_stated = text[max(0, reading.start - 1) : reading.start] in _STATES
    if is_stated or not _YEAR.fullmatch(text[reading.start : reading.end]):
        return reading
    return replace(reading, kind=QuantityKind.DATE, step=None)
