"""Whether two dates, stretches or fiscal years can be the same time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    MONTHS,
    Day,
    day_exists,
    first_day,
    fiscal_days,
    half_of,
    last_day,
    quarter_of,
)
from termalign.languages.quantities.tables import table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.model.quantities import Quantity

__all__ = ["same_time"]

_DAY = re.compile(
    r"(?P<y>-?[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?)?|--(?P<m2>[0-9]{2})(?:-(?P<d2>[0-9]{2}))?|---(?P<d3>[0-9]{2})"
)
_FISCAL = re.compile(r"FY(?P<y>[0-9]{4})(?:-(?P<part>[QH][1-4]))?(?:\.\.FY(?P<to>[0-9]{4}))?")
_PART = re.compile("[QH][1-4]")
Period = tuple[Day, Day]
_WHOLE = frozenset(
    {3, 6, 12, 120, 1200}
)  # months of quarters, halves, years, decades, centuries: coarse dates, no stretches


def same_time(first: Quantity, second: Quantity) -> bool:
    """Tell whether two times can be one.

    Args:
        first: A date or a fiscal year.
        second: Another one.

    Returns:
        Whether they are equal, one is the other at coarser precision, or what one leaves open the other may fill.
    """
    one, other = first.normalised.lstrip("~<>="), second.normalised.lstrip("~<>=")
    if one == other:
        return True
    left, right = _periods(one), _periods(other)
    if not left or not right:
        return False
    is_fiscal = QuantityKind.FISCAL_YEAR in {first.kind, second.kind}
    return any(_meet(a, b, is_fiscal=is_fiscal) for a in left for b in right)


def _day(written: str) -> Day | None:
    """Read one date of a normal form."""
    found = _DAY.fullmatch(written)
    if found is None:
        return None
    month, number = found["m"] or found["m2"], found["d"] or found["d2"] or found["d3"]
    day = Day(int(found["y"]) if found["y"] else None, int(month) if month else None, int(number) if number else None)
    return day if day_exists(day) else None


def _periods(written: str) -> list[Period]:
    """Read a normal form: the periods that it may mean."""
    fiscal = _FISCAL.fullmatch(written)
    if fiscal is not None:
        return _fiscal(int(fiscal["y"]), int(fiscal["to"] or fiscal["y"]), fiscal["part"] or "")
    if _PART.fullmatch(written):
        part = (quarter_of if written[0] == "Q" else half_of)(Day(1, 1), int(written[1]))
        return [(Day(None, part[0].month, 1), Day(None, part[1].month))]
    begin, slash, end = written.partition("/")
    first = _day(begin)
    last = _day(end) if slash else first
    return [(first, last)] if first is not None and last is not None else []


def _fiscal(year: int, to: int, part: str) -> list[Period]:
    """Return what a fiscal year may mean in any country of the tables."""
    found = []
    for country in table("fiscal")["countries"]:
        first, last = fiscal_days(year, country), fiscal_days(to, country)
        if first is None or last is None:
            continue
        days = (first[0], last[1])
        if part:
            days = (quarter_of if part[0] == "Q" else half_of)(days[0], int(part[1]))
        found.append((first_day(days[0]), last_day(days[1])))
    return list(dict.fromkeys(found))


def _meet(one: Period, other: Period, *, is_fiscal: bool) -> bool:
    """Tell whether two periods are equal, or a coarse one holds the other."""
    if _open(one) or _open(other):
        return _fits(one[0], other[0], last=False) and _fits(one[1], other[1], last=True) and _shares(one, other)
    a, b = _closed(one), _closed(other)
    if a == b:
        return True
    if is_fiscal:
        return False
    return (_is_whole(one) and _holds(a, b)) or (_is_whole(other) and _holds(b, a))


def _open(period: Period) -> bool:
    """Tell whether the year is left open."""
    return period[0].year is None


def _shares(one: Period, other: Period) -> bool:
    """Tell whether two dates have a month or a day in common to be compared by."""
    a, b = one[0], other[0]
    return (a.month is not None and b.month is not None) or (a.day is not None and b.day is not None)


def _fits(one: Day, other: Day, *, last: bool) -> bool:
    """Tell whether everything that both state is equal; the last day of a month is stated by the month."""
    if last and one.month is not None and other.month is not None and (one.day is None) != (other.day is None):
        whole = last_day(one if one.day is None else other)
        stated = other if one.day is None else one
        if one.month == other.month and stated.day != whole.day and stated.day is not None:
            return one.day is None or other.day is None
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def _closed(period: Period) -> Period:
    """Return first and last day."""
    return first_day(period[0]), last_day(period[1])


def _key(day: Day) -> tuple[int, int, int]:
    """Order days."""
    return day.year or 0, day.month or 0, day.day or 0


def _holds(outer: Period, inner: Period) -> bool:
    """Tell whether one period lies inside the other."""
    return _key(outer[0]) <= _key(inner[0]) and _key(inner[1]) <= _key(outer[1])


def _is_whole(period: Period) -> bool:
    """Tell whether a period is a date, a quarter, a half, a decade or a century, and no stretch that somebody chose."""
    first, last = period
    if first == last:
        return True
    begin, end = _closed(period)
    length = ((end.year or 0) - (begin.year or 0)) * MONTHS + (end.month or 0) - (begin.month or 0) + 1
    at_edges = begin.day == 1 and end == last_day(Day(end.year, end.month))
    months = (begin.year or 0) * MONTHS + (begin.month or 1) - 1
    offset = MONTHS if length == 1200 else 0  # noqa: PLR2004 - centuries begin in the year 1
    return at_edges and length in _WHOLE and (months - offset) % length == 0
