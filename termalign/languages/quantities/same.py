"""Whether two quantities can be the same fact.

A translator writes 22億円 as 2.2 billion yen, 約100 as 98, 1年半 as 18 months. How far two numbers may lie apart is told by how
precisely each is written; no fixed percentage does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from termalign.languages.quantities.periods import same_time
from termalign.languages.quantities.units import unit_of
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.model.quantities import Quantity

__all__ = ["same"]

_TIMES = frozenset({QuantityKind.DATE, QuantityKind.FISCAL_YEAR})
_BOUND = re.compile("(~|>=|<=|>|<)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40}|/[1-9][0-9]{0,39})?")
_PART = re.compile(r"([0-9]{1,20}(?:\.[0-9]{1,20})?)([YMWDHS])")
_MONTH = Fraction(146097, 4800)  # days: 400 years of the calendar have 4,800 months
_ABOUT = Fraction(1, 10)  # an approximate number is at most so far off, as a share of it
_UP, _DOWN = frozenset({">", ">="}), frozenset({"<", "<="})


@dataclass(frozen=True, slots=True)
class _Value:
    """A number with its unit, in the first unit of what it measures.

    ``months`` is apart from ``number`` for durations: a month has no fixed number of days.
    """

    bound: str
    number: Fraction
    step: Fraction
    unit: str
    months: Fraction | None = None


def same(first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities can be the same fact.

    Args:
        first: A quantity.
        second: Another one, in the same language or not.

    Returns:
        Whether they can. Numbers may differ by what rounding to the precision written explains (22億円 and 2,214,000,000
        yen), approximate ones by a tenth at most (約100 and 98); bounds may meet what they bound and each other (100余 and
        105, 以上 and more than); a coarser date holds a finer one, but a stretch only an equal one; ``FY2024`` may be any
        fiscal year of that name; units that measure the same are converted.

    Source:
        Ours.

    >>> from termalign.languages.quantities.find import find_quantities
    >>> (a,), (b,) = find_quantities("22億円", language="ja"), find_quantities("2.2 billion yen", language="en")
    >>> same(a, b)
    True
    """
    if first.kind in _TIMES and second.kind in _TIMES:
        return same_time(first, second)
    if (first.kind in _TIMES) != (second.kind in _TIMES):
        return False
    if (first.kind is QuantityKind.ORDINAL) != (second.kind is QuantityKind.ORDINAL):
        return False
    left, right = _ends(first), _ends(second)
    if len(left) != len(right) or not left:
        return first.kind is second.kind and first.normalised == second.normalised
    return all(_meet(one, other) for one, other in zip(left, right, strict=True))


def _ends(quantity: Quantity) -> list[_Value]:
    """Read the normal form: one value, or both ends of a range; none where it is no amount."""
    found = _BOUND.fullmatch(quantity.normalised)
    bound, body = (found[1] or "", found[2]) if found else ("", quantity.normalised)
    amounts, _, unit = body.partition(" ")
    values = [_value(part.removeprefix("#"), bound, unit, quantity) for part in amounts.split("..")]
    return [value for value in values if value is not None] if None not in values else []


def _value(written: str, bound: str, unit: str, quantity: Quantity) -> _Value | None:
    """Read a number, or a duration."""
    if written.startswith("P"):
        return _length(written, bound)
    if not _NUMBER.fullmatch(written):
        return None
    number = Fraction(written)
    if quantity.step is not None:
        step = Fraction(quantity.step)
    else:
        step = Fraction(0) if "/" in written else Fraction(10) ** -len(written.partition(".")[2])
    known = unit_of(unit)
    if unit == "°F":
        return _Value(bound, (number - 32) * Fraction(5, 9), step * Fraction(5, 9), "temperature in degrees")
    if known is not None:
        return _Value(bound, number * known.factor, step * known.factor, known.of)
    return _Value(bound, number, step, unit)


def _length(written: str, bound: str) -> _Value:
    """Read a duration: its months, and its seconds."""
    days, _, times = written[1:].partition("T")
    months = sum(
        (Fraction(count) * {"Y": 12, "M": 1}[unit] for count, unit in _PART.findall(days) if unit in "YM"), Fraction(0)
    )
    number = sum(
        (Fraction(count) * {"W": 7, "D": 1}[unit] * 86400 for count, unit in _PART.findall(days) if unit in "WD"),
        Fraction(0),
    )
    number += sum(
        (Fraction(count) * {"H": 3600, "M": 60, "S": 1}[unit] for count, unit in _PART.findall(times)), Fraction(0)
    )
    return _Value(bound, number, Fraction(0), "duration", months)


def _meet(one: _Value, other: _Value) -> bool:
    """Tell whether two values with their bounds can be one."""
    one, other = _as_share(one, other), _as_share(other, one)
    if one.unit != other.unit:
        return False
    if one.months is not None and other.months is not None:
        one, other = _in_seconds(one), _in_seconds(other)
    if (one.bound in _UP and other.bound in _DOWN) or (one.bound in _DOWN and other.bound in _UP):
        return False
    if one.bound in _UP | _DOWN and not other.bound:
        return _bounds(one, other.number)
    if other.bound in _UP | _DOWN and not one.bound:
        return _bounds(other, one.number)
    return abs(one.number - other.number) <= max(_leeway(one), _leeway(other))


def _as_share(value: _Value, other: _Value) -> _Value:
    """Turn a fraction into percent beside percent: 三分之一 and 33%."""
    if value.unit or other.unit != "%" or value.number.denominator == 1 or not 0 < value.number < 1:
        return value
    return _Value(value.bound, value.number * 100, value.step * 100, "%")


def _in_seconds(value: _Value) -> _Value:
    """Turn a duration into seconds of mean length, so that a month is never thirty days but orders with them."""
    return _Value(value.bound, (value.months or 0) * _MONTH * 86400 + value.number, Fraction(0), value.unit)


def _leeway(value: _Value) -> Fraction:
    """Return how far from what is written the fact may lie, bounds apart."""
    rounding = value.step / 2
    if value.bound == "~":
        return max(rounding, min(_last_digit(value) / 2, abs(value.number) * _ABOUT))
    return rounding


def _last_digit(value: _Value) -> Fraction:
    """Return the place of the last digit that is not zero: 100 of 100, 10 of 120."""
    number = abs(value.number)
    if not number or value.unit == "duration":
        return number
    place = Fraction(1)
    while number % (place * 10) == 0:
        place *= 10
    while number % place and place > value.step > 0:
        place /= 10
    return place


def _bounds(bounded: _Value, number: Fraction) -> bool:
    """Tell whether a number is what a bound may have been said of: above it, and not so far that another was nearer."""
    limit, far = bounded.number, max(_last_digit(bounded), bounded.step)
    if number == limit:
        return bounded.bound in {">=", "<="}
    if bounded.bound in _UP:
        return limit < number <= limit + far
    return limit - far <= number < limit
