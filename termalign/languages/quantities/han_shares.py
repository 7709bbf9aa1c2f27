"""Parts of a whole in Japanese and Chinese: 3割5分, 三成五, 三分之一, 百分之三十五, 5人に1人."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from termalign.languages.quantities.han_numbers import han_numeral, small_number
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount, plus, times
from termalign.languages.quantities.tables import space_end
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_spot import Spot

__all__ = ["one_among", "read_part", "read_slash", "read_tenths"]

_REST = re.compile(r"\s?([0-9一二三四五六七八九])分(?:\s?([0-9一二三四五六七八九])厘)?")
_TENTH = re.compile(r"[0-9一二三四五六七八九](?![0-9一二三四五六七八九十百千万亿成年月日])")
_NOT_TENTHS = re.compile(r"[为功立员本长果熟品就绩交分色型因都語引合り]|年人|人(?![口们])")
_ONE_AMONG = re.compile(r"人に ?(?:[1１一]人|1 人)")
_GOES_ON = frozenset("/-.")
MAX_TENTHS = 20  # 20割: twice as much
MAX_BELOW = 10  # 9/11 and 24/7 are no fractions


def one_among(text: str, numeral: Numeral, at: int) -> Reading | None:
    """Read 5人に1人 as a fraction.

    Args:
        text: A text.
        numeral: The numeral.
        at: Where it ends.

    Returns:
        The reading, or ``None``.
    """
    found = _ONE_AMONG.match(text, at)
    if found is None or not isinstance(numeral.value, Decimal) or numeral.value <= 1:
        return None
    share = replace(numeral, value=1 / Fraction(numeral.value), step=Decimal(0))
    return amount(QuantityKind.NUMBER, share, (numeral.start, found.end()))


def read_tenths(spot: Spot) -> Reading | None:
    """Read 3割5分2厘 and 三成五.

    Args:
        spot: A numeral before 割 or 成.

    Returns:
        Percent; ``None`` where 成 belongs to another word (三成为).
    """
    numeral = spot.numeral
    if spot.value > MAX_TENTHS or isinstance(spot.value, Fraction) or (numeral.place and spot.at - spot.start > 1):
        return None
    if spot.rules.chinese:
        more = _one_more(spot)
        if more is None:
            return None
        digits, end = more
    else:
        rest = _REST.match(spot.text, spot.end)
        digits, end = [one for one in rest.groups() if one] if rest else [], rest.end() if rest else spot.end
    value, step = times(spot.value, Decimal(10)), numeral.step * 10
    for power, digit in enumerate(digits):
        step = Decimal(10) ** -power
        value = plus(value, (small_number(digit) or 0) * step)
    shown = replace(numeral, value=value, step=step, scale=ONE)
    return amount(QuantityKind.PERCENTAGE, shown, (spot.start, end), unit=spot.suffix.unit)


def _one_more(spot: Spot) -> tuple[list[str], int] | None:
    """Read the digit behind 成, or tell that 成 belongs to another word."""
    found = _TENTH.match(spot.text, spot.end)
    if found is not None and not spot.rules.suffixes.at(spot.text, found.end()):
        return [found[0]], found.end()
    return None if _NOT_TENTHS.match(spot.text, spot.end) else ([], spot.end)


def read_part(spot: Spot) -> Reading | None:
    """Read 3分の1, 三分之一 and 百分之三十五.

    Args:
        spot: The denominator before 分の or 分之.

    Returns:
        A fraction, or percent; ``None`` where no numerator follows.
    """
    text = spot.text
    above = _above(spot)
    if above is None or not isinstance(above.value, Decimal) or not isinstance(spot.value, Decimal) or not spot.value:
        return None
    span = spot.start, above.end
    if spot.numeral.bare and text[spot.start] == "百":
        return amount(QuantityKind.PERCENTAGE, above, span, unit="%")
    value = Fraction(above.value) / Fraction(spot.value)
    return amount(QuantityKind.NUMBER, replace(above, start=spot.start, value=value, step=Decimal(0), scale=ONE), span)


def _above(spot: Spot) -> Numeral | None:
    """Read the numeral behind 分の or a slash."""
    return han_numeral(spot.text, space_end(spot.text, spot.end), chinese=spot.rules.chinese)


def read_slash(spot: Spot) -> Reading | None:
    """Read 1/3.

    Args:
        spot: The numerator before a slash.

    Returns:
        A fraction; ``None`` where it is none (5/7 may be a day).
    """
    below, above = _above(spot), spot.numeral
    if below is None or not isinstance(below.value, Decimal) or not isinstance(spot.value, Decimal):
        return None
    is_written_out = above.spelled or below.spelled or above.grouped or below.grouped
    if is_written_out or not spot.value < below.value <= MAX_BELOW or spot.text[below.end : below.end + 1] in _GOES_ON:
        return None
    value = Fraction(spot.value) / Fraction(below.value)
    shown = replace(above, end=below.end, value=value, step=Decimal(0), scale=ONE)
    return amount(QuantityKind.NUMBER, shown, (above.start, below.end))
