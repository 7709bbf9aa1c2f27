"""Numbers written with a power of ten, in every language: 1.5×10^3, 3×10の9乗, 2×10的9次方."""

from __future__ import annotations

import re
from decimal import Decimal

from termalign.languages.quantities.readings import Numeral

__all__ = ["with_power"]

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
_LOWERED = str.maketrans(_RAISED + "−", "0123456789-+-")
_EXPONENT = (
    rf"(?:\^[{{(]?(?P<e>[-−+]?[0-9]{{1,2}})[)}}]?|(?P<r>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})(?![{_RAISED}])"
    r"|[の的](?P<w>[-−+]?[0-9]{1,2})(?:乗|次方|次幂))(?![0-9])"
)
_BASE = re.compile(_EXPONENT)
_FACTOR = re.compile(rf"[ ]?[×xX✕*·・][ ]?10{_EXPONENT}")
_AHEAD = frozenset("^の的 ×xX✕*·・" + _RAISED)
MAX_EXPONENT = 30  # larger powers are no amounts


def with_power(text: str, numeral: Numeral) -> Numeral | None:
    """Take in the power of ten behind digits.

    Args:
        text: A text in characters of normal width.
        numeral: Digits that end at their last one.

    Returns:
        The number that they make; without a value where a power stands alone (10⁻³: an order of magnitude); ``None`` where none
        stands there, or one that is no amount.

    Source:
        Ours; CONTRACTS.md section 6 wants a decimal without an exponent.

    >>> made = with_power("1.5×10^3", Numeral(start=0, end=3, value=Decimal("1.5"), step=Decimal("0.1")))
    >>> made and int(made.value or 0)
    1500
    """
    if text[numeral.end : numeral.end + 1] not in _AHEAD or not isinstance(numeral.value, Decimal):
        return None
    found = _FACTOR.match(text, numeral.end)
    if found is None:
        bare = _BASE.match(text, numeral.end) if numeral.value == 10 and not numeral.grouped else None  # noqa: PLR2004
        return Numeral(start=numeral.start, end=bare.end(), value=None) if bare is not None else None
    power = int((found["e"] or found["r"] or found["w"]).translate(_LOWERED))
    if abs(power) > MAX_EXPONENT:
        return None
    unit = Decimal(10) ** power
    value, step = numeral.value * unit, numeral.step * unit
    return Numeral(start=numeral.start, end=found.end(), value=value, step=step, grouped=True)
