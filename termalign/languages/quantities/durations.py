"""Durations as ISO 8601."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from termalign.languages.quantities.readings import plain, times
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from termalign.languages.quantities.readings import Reading

__all__ = ["Part", "as_duration", "duration_body"]

# A part of a unit is written in the next smaller one where that gives a whole number; months and weeks have none.
_SMALLER = {"Y": ("M", 12), "D": ("h", 24), "h": ("m", 60), "m": ("s", 60)}
_ORDER = "YMWDhms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So many of one unit: Y M W D h m s."""

    unit: str
    value: Decimal | Fraction


def duration_body(parts: Sequence[Part]) -> str | None:
    """Write a duration.

    Args:
        parts: Its parts, the largest unit first.

    Returns:
        ISO 8601 with the units as they are stated; ``None`` where weeks stand with others or the parts are out of order.

    >>> from decimal import Decimal
    >>> duration_body([Part(unit="Y", value=Decimal("1.5"))]), duration_body([Part(unit="M", value=Decimal(18))])
    ('P1Y6M', 'P18M')
    """
    counts: dict[str, Fraction] = {}
    for part in parts:
        value, unit = Fraction(part.value), part.unit
        while value.denominator != 1 and unit in _SMALLER:
            smaller, factor = _SMALLER[unit]
            rest = (value - value.__floor__()) * factor
            if rest.denominator != 1 and unit != "m":
                break
            counts[unit] = counts.get(unit, Fraction(0)) + value.__floor__()
            value, unit = rest, smaller
        counts[unit] = counts.get(unit, Fraction(0)) + value
    counts = {unit: value for unit, value in counts.items() if value} or {parts[-1].unit: Fraction(0)}
    if "W" in counts and len(counts) > 1:
        return None
    written = {unit: plain(value) for unit, value in counts.items()}
    if any("/" in one for one in written.values()):
        return None
    days = "".join(f"{written[unit]}{unit}" for unit in "YMWD" if unit in written)
    times = "".join(f"{written[unit]}{unit.upper()}" for unit in "hms" if unit in written)
    return f"P{days}{'T' if times else ''}{times}"


def as_duration(low: Reading, high: Reading) -> Reading:
    """Give the first end of 3～5年 the unit of the second.

    Args:
        low: A number.
        high: What stands behind it.

    Returns:
        A duration where the second is one and the longer; else the number as it is.
    """
    value = low.numeral.value if low.is_bare and low.numeral is not None else None
    top = high.numeral.value if high.kind is QuantityKind.DURATION and high.numeral is not None else None
    body = None
    if value is not None and top is not None and value < top:
        body = duration_body([Part(unit=high.unit, value=times(value, high.factor))])
    return replace(low, kind=QuantityKind.DURATION, body=body) if body is not None else low
