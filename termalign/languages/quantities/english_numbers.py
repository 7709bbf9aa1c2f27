"""Numerals of English: 123,456, 2.2 billion, two hundred and fifty, half a million, two and a half."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from termalign.languages.quantities.readings import ONE, Numeral, plus, times
from termalign.languages.quantities.tables import table

__all__ = ["VALUES", "english_numeral", "ordinal_word", "scale_at"]

_ENGLISH = table("numbers")["english"]
VALUES: dict[str, int] = _ENGLISH["values"]
_SCALES: dict[str, int] = _ENGLISH["scales"]
_SHORT: dict[str, int] = _ENGLISH["short_scales"]
_ORDINALS: dict[str, int] = _ENGLISH["ordinals"]
_FRACTIONS = {char: Fraction(value) for char, value in table("numbers")["fractions"].items()}
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_WORD = re.compile("[a-z]+")
_JOIN = re.compile(r"(?:[ \u00a0\n\r]{1,2}|-)(?:and[ \u00a0\n\r]{1,2})?")
_HALF = re.compile(r"[ \u00a0\n\r-]and[ -]a[ -]half(?![a-z])")
_SCALE = re.compile(rf"[ \u00a0\n\r-]{{0,2}}({'|'.join(sorted(_SCALES, key=lambda one: -len(one)))})(?![a-z0-9])")
_SHORT_SCALE = re.compile(r" ?(k|K|m|M|b|B|t|T|mn|bn|tn)(?![A-Za-z0-9])")
MAX_DIGITS = 30
_TWENTY, _HUNDRED = 20, 100


def english_numeral(lower: str, at: int) -> Numeral | None:
    """Read the numeral that begins at a place.

    Args:
        lower: A text in small letters of normal width.
        at: Where a digit or a word begins.

    Returns:
        The numeral with its scale; without a value where it is too long; ``None`` where there is none.
    """
    found = _DIGITS.match(lower, at)
    if found is None:
        if lower[at : at + 1] in _FRACTIONS:
            return Numeral(start=at, end=at + 1, value=_FRACTIONS[lower[at]], grouped=True)
        return _words(lower, at)
    end = found.end()
    if end - at > MAX_DIGITS:
        return Numeral(start=at, end=end, value=None)
    digits = found[0].replace(",", "")
    _, dot, decimals = digits.partition(".")
    step = Decimal(10) ** -len(decimals) if dot else ONE
    grouped = bool(dot) or len(digits) < end - at
    if lower[end : end + 1] in _FRACTIONS and lower[end : end + 1]:
        return Numeral(start=at, end=end + 1, value=Fraction(digits) + _FRACTIONS[lower[end]], grouped=True)
    return _scaled(lower, Numeral(start=at, end=end, value=Decimal(digits), step=step, grouped=grouped))


def _scaled(lower: str, numeral: Numeral) -> Numeral:
    """Take "and a half" and million behind a number."""
    value, step, end = numeral.value, numeral.step, numeral.end
    half = _HALF.match(lower, end)
    if half is not None and isinstance(value, Decimal):
        value, step, end = plus(value, Decimal("0.5")), Decimal("0.5"), half.end()
    scale = _SCALE.match(lower, end)
    if scale is not None and value is not None:
        mult = Decimal(10) ** _SCALES[scale[1]]
        value = times(value, mult)
        return Numeral(
            start=numeral.start,
            end=scale.end(),
            value=value,
            step=step * mult,
            scale=mult,
            spelled=numeral.spelled,
            grouped=True,
        )
    return Numeral(
        start=numeral.start,
        end=end,
        value=value,
        step=step,
        spelled=numeral.spelled,
        grouped=numeral.grouped or half is not None,
    )


def scale_at(text: str, at: int) -> tuple[int, Decimal] | None:
    """Read k, m, bn directly behind an amount of money.

    Args:
        text: A text with its capitals.
        at: The end of a number.

    Returns:
        Its end and what it multiplies with, or ``None``.
    """
    found = _SHORT_SCALE.match(text, at)
    if found is None:
        return None
    power = _SHORT.get(found[1]) or _SCALES[found[1]]
    return found.end(), Decimal(10) ** power


def _words(lower: str, at: int) -> Numeral | None:
    """Read a number in words."""
    total, current, last, pos, large = Decimal(0), Decimal(0), "", at, 99
    step, scale, end = ONE, ONE, at
    while pos - at < 240:  # noqa: PLR2004 - the longest number in words below a quintillion is shorter
        found = _WORD.match(lower, pos)
        word = found[0] if found else ""
        if found is None:
            break
        if word in {"a", "an"} and not last:
            current, last, pos = ONE, "article", found.end()
        elif word in VALUES and _fits(VALUES[word], last):
            current, last, step, scale = current + VALUES[word], _size(VALUES[word]), ONE, ONE
            pos = end = found.end()
        elif word == "hundred" and last in {"ones", "teens", "tens", "article"} and 0 < current < _HUNDRED:
            current, last, step, scale = current * 100, "hundred", Decimal(100), Decimal(100)
            pos = end = found.end()
        elif word == "dozen" and last in {"ones", "teens", "tens", "article"}:
            return Numeral(start=at, end=found.end(), value=current * 12, spelled=True)
        elif word in _SCALES and total and _SCALES[word] > large:  # a thousand (and one) trillion
            large, mult = _SCALES[word], Decimal(10) ** _SCALES[word]
            total, current, last, step, scale = (total + current) * mult, Decimal(0), "scale", mult, mult
            pos = end = found.end()
        elif word in _SCALES and last and current and _SCALES[word] < large and word != "hundred":
            large, mult = _SCALES[word], Decimal(10) ** _SCALES[word]
            total, current, last, step, scale = total + current * mult, Decimal(0), "scale", mult, mult
            pos = end = found.end()
        else:
            break
        half = _HALF.match(lower, pos) if last == "ones" and not total else None
        if half is not None:
            return _scaled(lower, Numeral(start=at, end=pos, value=current, spelled=True))
        join = _JOIN.match(lower, pos)
        if join is None or ("and" in join[0] and last not in {"hundred", "scale"}):
            break
        pos = join.end()
    if end == at:
        return None
    return Numeral(start=at, end=end, value=total + current, step=step, scale=scale, spelled=True)


def _size(value: int) -> str:
    """Name the size of a number word."""
    if value < 10:  # noqa: PLR2004 - one digit
        return "ones" if value else "zero"
    return "teens" if value < _TWENTY else "tens"


def _fits(value: int, last: str) -> bool:
    """Tell whether a number word may follow another."""
    if last in {"", "hundred", "scale"}:
        return True
    return last == "tens" and 0 < value < 10  # noqa: PLR2004 - one digit


_ORDINAL = re.compile(
    rf"(?:({'|'.join(word for word, value in VALUES.items() if value >= _TWENTY)})-)?({'|'.join(_ORDINALS)})(?![a-z])"
)


def ordinal_word(lower: str, at: int) -> tuple[int, int] | None:
    """Read an ordinal in words.

    Args:
        lower: A text in small letters.
        at: Where a word begins.

    Returns:
        Its end and its number, or ``None``.
    """
    found = _ORDINAL.match(lower, at)
    if found is None:
        return None
    ones = _ORDINALS[found[2]]
    if found[1] and ones >= 10:  # noqa: PLR2004 - one digit
        return None
    return found.end(), (VALUES[found[1]] if found[1] else 0) + ones
