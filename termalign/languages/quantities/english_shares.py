"""Parts of a whole in English: two thirds, a quarter of, one in five, 1/3."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from termalign.languages.quantities.english_numbers import english_numeral
from termalign.languages.quantities.readings import ONE, Numeral
from termalign.languages.quantities.tables import table

__all__ = ["english_fraction", "with_part"]

_PARTS = table("numbers")["english"]["parts"]
_PART = re.compile(
    rf"[ -]({'|'.join(sorted(_PARTS, key=lambda one: -len(one)))})(?![a-z])(?!-)(?! (?:of (?:the year|[12][0-9]{{3}}|fiscal)|party|time|century))"
)
_A_PART = re.compile(
    rf"an? ({'|'.join(sorted((one for one in _PARTS if not one.endswith('s') and one != 'half'), key=lambda one: -len(one)))})(?= of(?! (?:[12][0-9]{{3}}|fiscal))|[.,;)]|\Z)"
)
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/.-])")
_ONE_IN = re.compile(
    r"(one|1|[2-9]|two|three|four|five|six|seven|eight|nine)[ -](?:in|out of)[ -](?:every[ ])?([a-z]+(?:-[a-z]+)?|[0-9]{1,3}(?:,[0-9]{3})*)(?![0-9a-z.,%]|-[a-z])"
)
_TENS = frozenset({"ten", "10", "five", "5", "four", "4", "three", "3", "100"})
MAX_BELOW = 10  # 9/11 and 24/7 are no fractions


def english_fraction(lower: str, at: int) -> Numeral | None:
    """Read "a third of", 1/3 and "one in five".

    Args:
        lower: A text in small letters.
        at: Where it begins.

    Returns:
        The fraction, or ``None``.
    """
    return _a_part(lower, at) or _slash(lower, at) or _one_in(lower, at)


def with_part(lower: str, numeral: Numeral) -> Numeral:
    """Read "two thirds".

    Args:
        lower: A text in small letters.
        numeral: The number of parts.

    Returns:
        The fraction; the numeral as it is where no part follows.
    """
    part = _PART.match(lower, numeral.end)
    if part is None or numeral.value is None or not _is_part(numeral, part[1], lower, part.end()):
        return numeral
    value = Fraction(numeral.value) / _PARTS[part[1]]
    return replace(numeral, end=part.end(), value=value, step=Decimal(0), scale=ONE, grouped=True)


def _is_part(numeral: Numeral, part: str, lower: str, end: int) -> bool:
    """Tell whether "two thirds" is a fraction and no "two thirds-placed", "one second" or "five quarters" of a year."""
    value = numeral.value
    if not numeral.spelled or value is None or not 0 < value < _PARTS[part] or isinstance(value, Fraction):
        return False
    is_plural = part.endswith("s") or part == "halves"
    return (value == 1) != is_plural and not (
        part in {"quarter", "quarters"} and lower.startswith((" of growth", " running", " in a row"), end)
    )


def _a_part(lower: str, at: int) -> Numeral | None:
    """Read "a third of" and "a quarter of"."""
    found = _A_PART.match(lower, at)
    if found is None:
        return None
    return Numeral(
        start=at, end=found.end(), value=Fraction(1, _PARTS[found[1]]), step=Decimal(0), spelled=True, grouped=True
    )


def _one_in(lower: str, at: int) -> Numeral | None:
    """Read "one in five" and "3 in 10" as fractions."""
    found = _ONE_IN.match(lower, at)
    if found is None:
        return None
    above, below = english_numeral(found[1], 0), english_numeral(found[2], 0)
    if above is None or below is None or above.value is None or below.value is None or below.end != len(found[2]):
        return None
    if not above.value < below.value or (above.value != 1 and found[2] not in _TENS):
        return None
    value = Fraction(above.value) / Fraction(below.value)
    return Numeral(start=at, end=found.end(), value=value, step=Decimal(0), grouped=True)


def _slash(lower: str, at: int) -> Numeral | None:
    """Read 1/3."""
    found = _SLASH.match(lower, at)
    if found is None or not 0 < int(found[1]) < int(found[2]) <= MAX_BELOW:
        return None
    return Numeral(
        start=at, end=found.end(), value=Fraction(int(found[1]), int(found[2])), step=Decimal(0), grouped=True
    )
