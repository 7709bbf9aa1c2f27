"""Durations of English: a year and a half, half an hour, 3 years and 3 months."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import Part, duration_body
from termalign.languages.quantities.english_numbers import english_numeral
from termalign.languages.quantities.english_rules import english_rules
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount, times
from termalign.languages.quantities.tables import space_start
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.english_rules import Suffix

__all__ = ["read_english_duration", "read_english_half", "read_period"]

_PERIOD = re.compile(r"an? (year|decade|month|week|hour|day|minute|century)(?![a-z])( and a half(?![a-z]))?")
_HALF = re.compile(
    r"half an? (million|billion|trillion|dozen|thousand|hundred|percent|percentage point|year|hour|decade|minute|second|day|month|century)(?![a-z])"
)
_AND_PART = re.compile(r"(?:,? and|,)?[ \u00a0\n]")
_OFTEN = ("once", "twice", "times", "every")
_SCALES = frozenset({"million", "billion", "trillion", "thousand", "hundred", "dozen"})
_ORDER = "YMWDhms"


def _reading(
    span: tuple[int, int], parts: list[Part], *, numeral: Numeral | None = None, suffix: Suffix | None = None
) -> Reading | None:
    """Make the reading of a duration."""
    body = duration_body(parts)
    if body is None:
        return None
    return Reading(
        start=span[0],
        end=span[1],
        kind=QuantityKind.DURATION,
        body=body,
        reach=span[1],
        numeral=numeral,
        unit=suffix.unit if suffix else "",
        factor=suffix.factor if suffix else ONE,
    )


def read_period(lower: str, at: int) -> Reading | None:
    """Read "a year and a half", "a decade", and "a year" behind a bound.

    Args:
        lower: A text in small letters.
        at: Where the article stands.

    Returns:
        The duration; ``None`` for "a year" alone, which mostly means "per year".
    """
    found = _PERIOD.match(lower, at)
    rule = english_rules().words.at(found[1], 0) if found is not None else None
    if found is None or rule is None or rule[1].role != "duration":
        return None
    edge = space_start(lower, at)
    is_time = found[2] or (found[1] == "decade" and not lower.endswith(_OFTEN, 0, edge))
    if not is_time and english_rules().bounds_before.before(lower, edge) is None:
        return None
    value = rule[1].factor * (Decimal("1.5") if found[2] else ONE)
    return _reading((at, found.end()), [Part(unit=rule[1].unit, value=value)])


def read_english_half(lower: str, at: int) -> Reading | Numeral | None:
    """Read "half a million", "half a percent", "half a year", "half an hour".

    Args:
        lower: A text in small letters.
        at: Where "half" begins.

    Returns:
        A numeral where a number is halved, a reading where a unit is; ``None`` for every other half.
    """
    found = _HALF.match(lower, at)
    if found is None:
        return None
    if found[1] in _SCALES:
        whole = english_numeral(f"one {found[1]}", 0)
        if whole is None or whole.value is None:
            return None
        step = whole.scale / 2
        return Numeral(start=at, end=found.end(), value=times(whole.value, Decimal("0.5")), step=step, spelled=True)
    rule = english_rules().words.at(found[1], 0)
    if rule is None:
        return None
    half = Numeral(start=at, end=found.end(), value=Decimal("0.5"), step=Decimal("0.5"), spelled=True)
    if rule[1].role == "share":
        return amount(QuantityKind.PERCENTAGE, half, found.span(), unit=rule[1].unit, factor=rule[1].factor)
    return _reading(found.span(), [Part(unit=rule[1].unit, value=Decimal("0.5") * rule[1].factor)])


def read_english_duration(lower: str, numeral: Numeral, found: tuple[int, Suffix]) -> Reading | None:
    """Read "3 years and 3 months".

    Args:
        lower: A text in small letters.
        numeral: The number before the unit of time.
        found: Where the unit ends, and what it means.

    Returns:
        The duration, or ``None``.
    """
    end, suffix = found
    if numeral.value is None:
        return None
    parts = [Part(unit=suffix.unit, value=times(numeral.value, suffix.factor))]
    while True:
        more = _next_part(lower, end, parts[-1].unit)
        if more is None:
            break
        end = more[0]
        parts.append(more[1])
    return _reading((numeral.start, end), parts, numeral=numeral if len(parts) == 1 else None, suffix=suffix)


def _next_part(lower: str, at: int, unit: str) -> tuple[int, Part] | None:
    """Read the next smaller part of a duration."""
    join = _AND_PART.match(lower, at)
    numeral = english_numeral(lower, join.end()) if join is not None else None
    if numeral is None or numeral.value is None:
        return None
    found = english_rules().words.at(lower, numeral.end + 1)
    if found is None or found[1].role != "duration" or found[1].factor != ONE:
        return None
    if _ORDER.index(found[1].unit) <= _ORDER.index(unit):
        return None
    return found[0], Part(unit=found[1].unit, value=numeral.value)
