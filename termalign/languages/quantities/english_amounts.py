"""Amounts of English: a numeral with what stands before and behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from termalign.languages.quantities.english_durations import read_english_duration, read_period
from termalign.languages.quantities.english_numbers import english_numeral, ordinal_word, scale_at
from termalign.languages.quantities.english_rules import Suffix, english_rules
from termalign.languages.quantities.english_shares import english_fraction, with_part
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount, times
from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

__all__ = ["read_english_amount", "read_english_ordinal"]

_ORDINAL_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:st|nd|rd|th)(?![a-z0-9])")
_DETERMINER = re.compile(
    r"\b(?:the|its|their|his|her|our|my|your|this|a|that|every|japan's|china's|world's|country's|[a-z]+’s|[a-z]+'s) \Z"
)
_NO_ORDINAL = re.compile(
    r"[-’']|,| (?:place(?! (?:in|at|with|on|finish))|glance|hand|aid|lady|name|of all|and foremost|thing|half|one|ones|of |two|three|few|and second|or second|time that|language|thought|nature|opinion|parties|party|world war(?=zz)|person)"
)
_WEIGHS = re.compile(r"\b(?:weigh(?:s|ed|ing)?|lost|lose|gained|heavy)\b[a-z ,]*\Z")
_OLD = re.compile(r"[ -]old|[ ]of age")
_MINUS = re.compile(r"(?:\bminus|\bnegative)[ ]\Z")
_SIGN = re.compile(r"(?<![0-9a-z)%.,\-–—])[-−]\Z")
_HYPHEN = re.compile(r"-([a-z]+)")
_COMPOUNDS = frozenset(table("numbers")["english"]["compounds"].split())
_NO_NUMBER = frozenset({"one", "zero"})
LOOK = 16
MAX_PLAIN = 10
_COUNTED = re.compile(
    r"(?:people|users|jobs|homes|households|viewers|customers|workers|visitors|tonnes|tons|barrels)\b"
)
_POWERS = frozenset("^⁻⁰¹²³⁴⁵⁶⁷⁸⁹")  # 10⁻³ is no ten
_SPACES = frozenset(" \n\u00a0")


def read_english_amount(text: str, lower: str, at: int) -> Reading | Numeral | None:
    """Read the amount whose numeral begins at a place.

    Args:
        text: A text in characters of normal width.
        lower: The same text in small letters.
        at: Where a digit or a word begins.

    Returns:
        The amount; the numeral alone where it states no amount, so that it can be stepped over; ``None`` where there is none.
    """
    whole = _ORDINAL_DIGITS.match(lower, at)
    if whole is not None:
        number = Decimal(whole[0][:-2].replace(",", ""))
        return amount(QuantityKind.ORDINAL, Numeral(start=at, end=whole.end(), value=number), whole.span())
    fraction = english_fraction(lower, at)
    if fraction is not None:
        return _suffixed(text, lower, fraction) or fraction
    period = read_period(lower, at)
    if period is not None:
        return period
    numeral = english_numeral(lower, at)
    if numeral is None or numeral.value is None:
        return numeral
    numeral = with_part(lower, numeral)
    reading = _suffixed(text, lower, numeral)
    return _signed(lower, reading) if reading is not None else numeral


def read_english_ordinal(lower: str, at: int) -> Reading | None:
    """Read "the third meeting"; first and second only behind a word that makes them ordinals.

    Args:
        lower: A text in small letters.
        at: Where the word begins.

    Returns:
        The ordinal; ``None`` where the word is none (a second, third party).
    """
    found = ordinal_word(lower, at)
    if found is None or _NO_ORDINAL.match(lower, found[0]):
        return None
    end, number = found
    if number <= 2:  # noqa: PLR2004 - first and second are other words, too
        determined = _DETERMINER.search(lower, max(0, at - LOOK), at)
        if determined is None or determined[0].strip() == "a" or not lower[end : end + 1].isspace():
            return None
    return amount(QuantityKind.ORDINAL, Numeral(start=at, end=end, value=Decimal(number), spelled=True), (at, end))


def _suffixed(text: str, lower: str, numeral: Numeral) -> Reading | None:
    """Read what stands behind a numeral, and the currency before it."""
    before = english_rules().before.before(text, space_start(text, numeral.start))
    if before is not None:
        return _money_before(text, numeral, before)
    numeral = _millions(text, numeral)
    found = _suffix(text, numeral)
    reading = _with_suffix(lower, numeral, found) if found is not None else None
    return reading or _alone(lower, numeral)


def _millions(text: str, numeral: Numeral) -> Numeral:
    """Read 100m yuan and 1.2m people: m is a million before a currency and what is counted, else a metre."""
    short = scale_at(text, numeral.end) if not numeral.spelled and numeral.scale == ONE else None
    if short is None or numeral.value is None or text[short[0] : short[0] + 1] != " ":
        return numeral
    end, scale = short
    behind = english_rules().words.at(text, end + 1)
    if (behind is None or behind[1].role != "money") and not _COUNTED.match(text, end + 1):
        return numeral
    value = times(numeral.value, scale)
    return replace(numeral, end=end, value=value, step=numeral.step * scale, scale=scale, grouped=True)


def _suffix(text: str, numeral: Numeral) -> tuple[int, Suffix] | None:
    """Find the unit behind a numeral: directly, behind a hyphen or behind white space."""
    rules, end = english_rules(), numeral.end
    places = [end]
    if text[end : end + 1] == "-":
        places.append(end + 1)
    elif text[end : end + 1] in _SPACES and end < len(text):
        places += [end + 1, space_end(text, end)]
    for place in dict.fromkeys(places):
        found = rules.symbols.at(text, place)
        if found is not None and found[1].role == "symbol" and _is_other(text, numeral, place, found[0]):
            continue
        found = found or rules.words.at(text, place)
        if found is not None:
            return found
    return None


def _is_other(text: str, numeral: Numeral, place: int, end: int) -> bool:
    """Tell whether a symbol is a letter that means something else: 5G, 4K, 3T, a 10 m."""
    symbol = text[place:end]
    letters = table("units")["ambiguous"]
    if (numeral.spelled and len(symbol) == 1) or symbol in letters["none_en"].split():
        return True
    return symbol == letters["space"] and place == numeral.end


def _money_before(text: str, numeral: Numeral, before: tuple[int, str]) -> Reading:
    """Read $2.2 billion, US$2.2bn and $2.5k."""
    start, code = before
    end = numeral.end
    short = scale_at(text, end) if not numeral.spelled and numeral.scale == ONE else None
    if short is not None and numeral.value is not None:
        end, scale = short
        numeral = replace(numeral, value=times(numeral.value, scale), step=numeral.step * scale, scale=scale)
    place = space_end(text, end)
    behind = english_rules().words.at(text, place) or english_rules().symbols.at(text, place)
    if behind is not None and behind[1].role == "money" and behind[1].unit == code:
        end = behind[0]
    return amount(QuantityKind.MONEY, numeral, (start, end), unit=code)


def _with_suffix(lower: str, numeral: Numeral, found: tuple[int, Suffix]) -> Reading | None:
    """Make the reading of a number with a unit."""
    end, suffix = found
    suffix = _pounds(lower, numeral, suffix)
    if suffix.role in {"duration", "duration symbol"}:
        if _OLD.match(lower, end):
            return amount(QuantityKind.NUMBER, numeral, (numeral.start, numeral.end))
        is_some_day = numeral.spelled and numeral.value == 1 and suffix.unit == "D"  # one day they will
        return None if is_some_day else read_english_duration(lower, numeral, (end, suffix))
    kind = _KINDS.get(suffix.role, QuantityKind.NUMBER)
    if suffix.unit == "lb" and lower.endswith(" of", 0, end):
        end -= len(" of")
    return amount(kind, numeral, (numeral.start, end), unit=suffix.unit, factor=suffix.factor)


_KINDS = {"share": QuantityKind.PERCENTAGE, "money": QuantityKind.MONEY}


def _pounds(lower: str, numeral: Numeral, suffix: Suffix) -> Suffix:
    """Tell pounds of money from pounds of weight: one pound, a 550-pound hog, it weighs 50 pounds."""
    if suffix.unit == "lb" and numeral.value == 1:
        return Suffix("money", "GBP")
    if suffix.unit == "GBP" and _WEIGHS.search(lower, max(0, numeral.start - 2 * LOOK), numeral.start):
        return Suffix("unit", "lb")
    return suffix


def _alone(lower: str, numeral: Numeral) -> Reading | None:
    """Read a number without anything behind it."""
    end = numeral.end
    follows = lower[end : end + 1]
    if numeral.spelled:
        word = _HYPHEN.match(lower, end) if follows == "-" else None
        is_compound = word is not None and (word[1] in _COMPOUNDS or numeral.value == 1)
        is_owner = follows in {"'", "’"} and numeral.scale == ONE
        is_time = lower.startswith((" o'clock", " o’clock"), end)
        if is_compound or is_owner or is_time or lower[numeral.start : end] in _NO_NUMBER:
            return None
    elif (
        follows.isalpha()
        or (follows and follows in _POWERS)
        or (not numeral.grouped and end - numeral.start >= MAX_PLAIN)
    ):
        return None
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, end))


def _signed(lower: str, reading: Reading) -> Reading:
    """Take the minus before an amount."""
    numeral = reading.numeral
    if reading.kind in {QuantityKind.ORDINAL, QuantityKind.DURATION} or numeral is None or numeral.value is None:
        return reading
    begin = max(0, reading.start - LOOK)
    found = _MINUS.search(lower, begin, reading.start) or _SIGN.search(lower, begin, reading.start)
    if found is None:
        return reading
    negative = replace(numeral, value=-numeral.value)
    return replace(reading, start=found.start(), body=f"-{reading.body}", numeral=negative)
