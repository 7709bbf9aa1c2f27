"""What a reader makes of a place in a text before bounds and ranges are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.calendar import Day

__all__ = ["ONE", "Number", "Numeral", "Reading", "amount", "join", "plain", "plus", "positive", "times"]

ONE = Decimal(1)
Number = Decimal | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral in a text.

    Args:
        start: First code point.
        end: End, excluded.
        value: What it says; ``None`` where it is none that can be read (too long, 十数, 三四百).
        step: Value of the last place written.
        scale: Value of the multiple that it ends in (20億: 100,000,000), 1 where there is none.
        bound: ``>`` for 余 and 多 inside it.
        spelled: Whether no digit 0 to 9 is in it.
        bare: Whether it is a multiple alone (百, 千).
        place: Whether it is written by place (二〇二五).
        grouped: Whether it has separators or decimals, so that it is no year.
    """

    start: int
    end: int
    value: Number | None
    step: Decimal = ONE
    scale: Decimal = ONE
    bound: str = ""
    spelled: bool = False
    bare: bool = False
    place: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A quantity without its bounds, or with them.

    Args:
        start: First code point.
        end: End, excluded.
        kind: What it is.
        body: Normal form without the bound.
        bound: Sign of the bound.
        step: Value of the last place written.
        numeral: The numeral read, for amounts.
        unit: What stands behind the number in the normal form.
        reach: End of the counter behind a plain number; a bound may stand there.
        factor: What the numeral was multiplied with (割: 10).
        days: First and last day of a date.
    """

    start: int
    end: int
    kind: QuantityKind
    body: str
    bound: str = ""
    step: Decimal | None = None
    numeral: Numeral | None = None
    unit: str = ""
    reach: int = 0
    factor: Decimal = ONE
    days: tuple[Day, Day] | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a unit."""
        return self.kind is QuantityKind.NUMBER and not self.unit

    @property
    def is_time(self) -> bool:
        """Whether it is a date or a fiscal year."""
        return self.kind in {QuantityKind.DATE, QuantityKind.FISCAL_YEAR}

    @property
    def normalised(self) -> str:
        """The normal form."""
        return self.bound + self.body


def times(value: Number, factor: Decimal) -> Number:
    """Multiply a number.

    Args:
        value: A decimal or a fraction.
        factor: A decimal.

    Returns:
        A number of the same type.
    """
    return value * Fraction(factor) if isinstance(value, Fraction) else value * factor


def plus(value: Number, more: Decimal) -> Number:
    """Add to a number.

    Args:
        value: A decimal or a fraction.
        more: A decimal.

    Returns:
        A number of the same type.
    """
    return value + Fraction(more) if isinstance(value, Fraction) else value + more


def plain(value: Number) -> str:
    """Write a number as CONTRACTS.md section 6 wants it.

    Args:
        value: A number.

    Returns:
        A decimal without separators, exponent and trailing zeros; a fraction that is none stays a fraction.

    >>> plain(Decimal("1.50")), plain(Decimal("1E+3")), plain(Fraction(1, 4)), plain(Fraction(2, 6))
    ('1.5', '1000', '0.25', '1/3')
    """
    if isinstance(value, Fraction):
        rest = value.denominator
        for factor in (2, 5):
            while rest % factor == 0:
                rest //= factor
        if rest != 1:
            return f"{value.numerator}/{value.denominator}"
        value = Decimal(value.numerator) / Decimal(value.denominator)
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written


def amount(
    kind: QuantityKind,
    numeral: Numeral,
    span: tuple[int, int],
    *,
    unit: str = "",
    factor: Decimal = ONE,
    reach: int = 0,
) -> Reading:
    """Make the reading of a number with a unit.

    Args:
        kind: What it is.
        numeral: The numeral, which has a value.
        span: Where it stands, unit included.
        unit: What stands behind the number in the normal form.
        factor: What the number is multiplied with.
        reach: End of a counter behind it.

    Returns:
        The reading, with the bound that is inside the numeral.
    """
    value = numeral.value if numeral.value is not None else Decimal(0)
    if factor != ONE:
        value = times(value, factor)
    start, end = span
    written = plain(value)
    return Reading(
        start=start,
        end=end,
        kind=kind,
        body=f"#{written}" if kind is QuantityKind.ORDINAL else f"{written} {unit}".rstrip(),
        bound=numeral.bound,
        step=abs(numeral.step * factor),
        numeral=numeral,
        unit=unit,
        reach=max(reach, end),
        factor=factor,
    )


def positive(reading: Reading) -> Reading:
    """Take the minus from an amount: it was the dash of a range.

    Args:
        reading: An amount.

    Returns:
        The amount without its minus.
    """
    numeral = reading.numeral
    if not reading.body.startswith("-") or numeral is None or numeral.value is None:
        return reading
    return replace(reading, body=reading.body[1:], numeral=replace(numeral, value=-numeral.value))


def join(low: Reading, high: Reading) -> Reading | None:
    """Join the two ends of a range of amounts.

    Args:
        low: The first end; without a unit it takes that of the second, and its scale where that keeps the order (10~20億).
        high: The second end.

    Returns:
        A range; ``None`` where the two do not go together.
    """
    if high.kind in {QuantityKind.DURATION, QuantityKind.ORDINAL} and low.kind is high.kind:
        span = replace(high, start=low.start, kind=QuantityKind.RANGE, body=f"{low.body}..{high.body}", bound=low.bound)
        return span if low.body != high.body else None
    first, second = low.numeral, high.numeral
    if first is None or second is None or first.value is None or second.value is None:
        return None
    is_bare = low.kind is QuantityKind.NUMBER and not low.unit
    if not is_bare and (low.kind, low.unit) != (high.kind, high.unit):
        return None
    factor = Fraction(high.factor)
    bottom, top = (
        Fraction(first.value) * Fraction(low.factor if not is_bare else high.factor),
        Fraction(second.value) * factor,
    )
    if first.scale == ONE and second.scale != ONE and Fraction(first.value) * Fraction(second.scale) * factor < top:
        bottom = Fraction(first.value) * Fraction(second.scale) * factor
    if bottom >= top:
        return None
    body = f"{plain(bottom)}..{plain(top)} {high.unit}".rstrip()
    return replace(high, start=low.start, kind=QuantityKind.RANGE, body=body, bound=low.bound or high.bound)
