"""Amounts of English: a numeral with what stands before and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from termalign.languages.quantities.durations import Part, duration_body
from termalign.languages.quantities.english_numbers import english_numeral, ordinal_word, scale_at
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount
from termalign.languages.quantities.tables import WordTable, space_end, space_start, table
from termalign.languages.quantities.units import latin_units, native_units
from termalign.model.quantities import QuantityKind

__all__ = ["EnglishRules", "english_rules", "read_english_amount", "read_english_half", "read_english_ordinal"]

_ORDINAL_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:st|nd|rd|th)(?![a-z0-9])")
_PARTS = table("numbers")["english"]["parts"]
_PART = re.compile(
    rf"[ -]({'|'.join(sorted(_PARTS, key=lambda one: -len(one)))})(?![a-z])(?!-)(?! (?:of (?:the year|[12][0-9]{{3}}|fiscal)|party|time|century))"
)
_A_PART = re.compile(
    rf"an? ({'|'.join(sorted((one for one in _PARTS if not one.endswith('s') and one != 'half'), key=lambda one: -len(one)))})(?= of(?! (?:[12][0-9]{{3}}|fiscal))|[.,;)]|\Z)"
)
_PERIOD = re.compile(r"an? (year|decade|month|week|hour|day|minute|century)(?![a-z])( and a half(?![a-z]))?")
_HALF = re.compile(
    r"half an? (million|billion|trillion|dozen|thousand|hundred|percent|percentage point|year|hour|decade|minute|second|day|month|century)(?![a-z])"
)
_AND_PART = re.compile(r"(?:,? and|,)?[ \u00a0\n]")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/.-])")
_DETERMINER = re.compile(
    r"\b(?:the|its|their|his|her|our|my|your|this|a|that|every|japan's|china's|world's|country's|[a-z]+’s|[a-z]+'s) \Z"
)
_NO_ORDINAL = re.compile(
    r"[-’']|,| (?:place(?! (?:in|at|with|on|finish))|glance|hand|aid|lady|name|of all|and foremost|thing|half|one|ones|of |two|three|few|and second|or second|time that|language|thought|nature|opinion|parties|party|world war(?=zz)|person)"
)
_WEIGHS = re.compile(r"\b(?:weigh(?:s|ed|ing)?|lost|lose|gained|heavy)\b[a-z ,]*\Z")
_OLD = re.compile(r"[ -]old|[ ]of age")
_ONE_IN = re.compile(
    r"(one|1|[2-9]|two|three|four|five|six|seven|eight|nine)[ -](?:in|out of)[ -](?:every[ ])?([a-z]+(?:-[a-z]+)?|[0-9]{1,3}(?:,[0-9]{3})*)(?![0-9a-z.,%]|-[a-z])"
)
_TENS = frozenset({"ten", "10", "five", "5", "four", "4", "three", "3", "100"})
_MINUS = re.compile(r"(?:\bminus|\bnegative)[ ]\Z")
_SIGN = re.compile(r"(?<![0-9a-z)%.,\-–—])[-−]\Z")
_HYPHEN = re.compile(r"-([a-z]+)")
_COMPOUNDS = frozenset(table("numbers")["english"]["compounds"].split())
_NO_NUMBER = frozenset({"one", "zero"})
LOOK = 16
MAX_PLAIN = 10


class Suffix(NamedTuple):
    """What stands behind a number: its role, its unit, and a factor."""

    role: str
    unit: str = ""
    factor: Decimal = ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishRules:
    """What the reader looks up."""

    words: WordTable[Suffix]
    symbols: WordTable[Suffix]
    before: WordTable[str]
    bounds_before: WordTable[str]
    bounds_after: WordTable[str]


def _rule(written: str, role: str) -> Suffix:
    """Read a unit with its factor."""
    unit, _, factor = written.partition(" ")
    return Suffix(role, unit, Decimal(factor or 1))


@cache
def english_rules() -> EnglishRules:
    """Build the tables, once per process.

    Returns:
        The tables.
    """
    money, units, bounds = table("money"), table("units"), table("bounds")
    words = {word: Suffix("unit", unit) for word, unit in native_units("en").items()}
    words |= {word: _rule(rule, "duration") for word, rule in units["durations"]["en"].items()}
    words |= {word: _rule(rule, "money") for word, rule in money["after"]["en"].items()}
    words |= {
        word: Suffix(role, unit, Decimal(factor))
        for word, (role, unit, factor) in table("counters")["shares"]["en"].items()
    }
    symbols = {word: Suffix("symbol", unit) for word, unit in latin_units().items()}
    symbols |= {word: _rule(rule, "duration symbol") for word, rule in units["durations"]["latin"].items()}
    symbols |= {
        code: Suffix("money", money["aliases"].get(code, code)) for code in [*money["codes"].split(), *money["aliases"]]
    }
    symbols |= {"%": Suffix("share", "%"), "‰": Suffix("share", "%", Decimal("0.1"))}
    codes = {code: code for code in money["codes"].split()} | money["aliases"]
    before = money["symbols"] | {"¥": money["yen_sign"]["en"]} | codes
    signs = {word: sign for sign, listed in bounds["before"]["en"].items() for word in listed.split("|")}
    marks = {mark: sign for sign, listed in bounds["signs"].items() for mark in listed.split()}
    return EnglishRules(
        words=WordTable(words, boundaries=True, folded=True),
        symbols=WordTable(symbols, boundaries=True),
        before=WordTable(before, boundaries=True),
        bounds_before=WordTable(signs | marks, boundaries=True, folded=True),
        bounds_after=WordTable(
            {word: sign for sign, listed in bounds["after"]["en"].items() for word in listed.split("|")},
            boundaries=True,
            folded=True,
        ),
    )


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
        numeral = Numeral(start=at, end=whole.end(), value=number)
        return amount(QuantityKind.ORDINAL, numeral, whole.span())
    fraction = _a_part(lower, at) or _slash(lower, at) or _one_in(lower, at)
    if fraction is not None:
        return _suffixed(text, lower, fraction) or fraction
    period = _period(lower, at)
    if period is not None:
        return period
    numeral = english_numeral(lower, at)
    if numeral is None or numeral.value is None:
        return numeral
    part = _PART.match(lower, numeral.end)
    if part is not None and _is_part(numeral, part[1], lower, part.end()):
        value = Fraction(numeral.value) / _PARTS[part[1]]
        numeral = Numeral(start=at, end=part.end(), value=value, step=Decimal(0), spelled=True, grouped=True)
    return _signed(lower, _suffixed(text, lower, numeral)) or numeral


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
    if found is None or not 0 < int(found[1]) < int(found[2]) <= 10:  # noqa: PLR2004 - 9/11 and 24/7 are no fractions
        return None
    return Numeral(
        start=at, end=found.end(), value=Fraction(int(found[1]), int(found[2])), step=Decimal(0), grouped=True
    )


def _period(lower: str, at: int) -> Reading | None:
    """Read "a year and a half", "a decade", and "a year" behind a bound."""
    found = _PERIOD.match(lower, at)
    if found is None:
        return None
    unit, half = found[1], found[2]
    rule = english_rules().words.at(unit, 0)
    if rule is None or rule[1].role != "duration":
        return None
    edge = space_start(lower, at)
    is_bounded = english_rules().bounds_before.before(lower, edge) is not None
    if (
        not half
        and not (unit == "decade" and not lower.endswith(("once", "twice", "times", "every"), 0, edge))
        and not is_bounded
    ):
        return None
    value = rule[1].factor * (Decimal("1.5") if half else ONE)
    body = duration_body([Part(unit=rule[1].unit, value=value)])
    return (
        Reading(start=at, end=found.end(), kind=QuantityKind.DURATION, body=body, reach=found.end()) if body else None
    )


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
    word = found[1]
    if word == "dozen":
        return Numeral(start=at, end=found.end(), value=Decimal(6), spelled=True)
    if word in {"million", "billion", "trillion", "thousand", "hundred"}:
        numeral = english_numeral(f"one {word}", 0)
        value = numeral.value if numeral else None
        if not isinstance(value, Decimal):
            return None
        return Numeral(
            start=at, end=found.end(), value=value / 2, step=value / 2, scale=value, spelled=True, grouped=True
        )
    rule = english_rules().words.at(word, 0)
    if rule is None:
        return None
    half = Numeral(start=at, end=found.end(), value=Decimal("0.5"), step=Decimal("0.5"), spelled=True)
    if rule[1].role == "share":
        return amount(QuantityKind.PERCENTAGE, half, found.span(), unit=rule[1].unit, factor=rule[1].factor)
    body = duration_body([Part(unit=rule[1].unit, value=Decimal("0.5") * rule[1].factor)])
    return (
        Reading(start=at, end=found.end(), kind=QuantityKind.DURATION, body=body, reach=found.end()) if body else None
    )


def read_english_ordinal(lower: str, at: int) -> Reading | None:
    """Read "the third meeting"; first and second only behind a word that makes them ordinals.

    Args:
        lower: A text in small letters.
        at: Where the word begins.

    Returns:
        The ordinal; ``None`` where the word is none (a second, third party).
    """
    found = ordinal_word(lower, at)
    if found is None:
        return None
    end, number = found
    determined = _DETERMINER.search(lower, max(0, at - LOOK), at)
    if _NO_ORDINAL.match(lower, end) or (number <= 2 and not determined):  # noqa: PLR2004 - first and second
        return None
    if number <= 2 and not lower[end : end + 1].isspace():  # noqa: PLR2004
        return None
    if determined and determined[0].strip() == "a" and number <= 2:  # noqa: PLR2004 - a second, a first
        return None
    numeral = Numeral(start=at, end=end, value=Decimal(number), spelled=True)
    return amount(QuantityKind.ORDINAL, numeral, (at, end))


def _suffixed(text: str, lower: str, numeral: Numeral) -> Reading | None:
    """Read what stands behind a numeral, and the currency before it."""
    rules = english_rules()
    before = rules.before.before(text, space_start(text, numeral.start))
    if before is not None:
        return _money_before(text, numeral, before)
    end = numeral.end
    hyphened = text[end : end + 1] == "-"
    places = [end, end + 1 if hyphened or text[end : end + 1] in {" ", "\n", "\u00a0"} else end]
    for place in dict.fromkeys(places):
        found = rules.symbols.at(text, place) or rules.words.at(text, place)
        if found is None and place != end:
            place = space_end(text, place)  # noqa: PLW2901 - two spaces
            found = rules.words.at(text, place)
        if found is not None and not (found[1].role == "symbol" and _is_other(text, numeral, place, found[0])):
            return _with_suffix(text, lower, numeral, found, hyphened=hyphened) or _alone(text, lower, numeral)
    return _alone(text, lower, numeral)


def _is_other(text: str, numeral: Numeral, place: int, end: int) -> bool:
    """Tell whether a symbol is a letter that means something else: 5G, 4K, 3T, a 10 m."""
    symbol = text[place:end]
    letters = table("units")["ambiguous"]
    if numeral.spelled or symbol in letters["none_en"].split():
        return True
    return symbol == letters["space"] and place == numeral.end


def _money_before(text: str, numeral: Numeral, before: tuple[int, str]) -> Reading | None:
    """Read $2.2 billion, US$2.2bn and $2.5k."""
    start, code = before
    short = scale_at(text, numeral.end) if not numeral.spelled else None
    end = numeral.end
    if short is not None and numeral.scale == ONE and numeral.value is not None:
        end, scale = short
        value = numeral.value * (Fraction(scale) if isinstance(numeral.value, Fraction) else scale)
        numeral = replace(numeral, value=value, step=numeral.step * scale, scale=scale)
    behind = english_rules().words.at(text, space_end(text, end)) or english_rules().symbols.at(
        text, space_end(text, end)
    )
    if behind is not None and behind[1].role == "money" and behind[1].unit == code:
        end = behind[0]
    return amount(QuantityKind.MONEY, numeral, (start, end), unit=code)


def _with_suffix(
    text: str, lower: str, numeral: Numeral, found: tuple[int, Suffix], *, hyphened: bool
) -> Reading | None:
    """Make the reading of a number with a unit."""
    end, suffix = found
    span = (numeral.start, end)
    if suffix.role == "share":
        return amount(QuantityKind.PERCENTAGE, numeral, span, unit=suffix.unit, factor=suffix.factor)
    if suffix.unit == "lb" and numeral.value == 1:
        return amount(QuantityKind.MONEY, numeral, span, unit="GBP")
    if suffix.unit == "lb" and lower.endswith(" of", 0, end):
        span = (numeral.start, end - 3)
    if (
        suffix.role == "money"
        and suffix.unit == "GBP"
        and _WEIGHS.search(lower, max(0, numeral.start - 30), numeral.start)
    ):
        suffix = Suffix("unit", "lb")
    if suffix.role == "money":
        return amount(QuantityKind.MONEY, numeral, span, unit=suffix.unit, factor=suffix.factor)
    if suffix.role in {"duration", "duration symbol"}:
        if _OLD.match(lower, end):
            return amount(QuantityKind.NUMBER, numeral, (numeral.start, numeral.end))
        if numeral.spelled and numeral.value == 1 and suffix.unit == "D":
            return None
        return _duration(text, lower, numeral, end, suffix)
    return amount(QuantityKind.NUMBER, numeral, span, unit=suffix.unit)


def _duration(text: str, lower: str, numeral: Numeral, end: int, suffix: Suffix) -> Reading | None:
    """Read "3 years and 3 months"."""
    if numeral.value is None:
        return None
    rules = english_rules()
    factor = Fraction(suffix.factor) if isinstance(numeral.value, Fraction) else suffix.factor
    parts = [Part(unit=suffix.unit, value=numeral.value * factor)]
    while True:
        join = _AND_PART.match(lower, end)
        following = english_numeral(lower, join.end()) if join else None
        found = rules.words.at(lower, following.end + 1) if following and following.value is not None else None
        if following is None or following.value is None or found is None or found[1].role != "duration":
            break
        if "YMWDhms".index(found[1].unit) <= "YMWDhms".index(parts[-1].unit) or found[1].factor != ONE:
            break
        parts.append(Part(unit=found[1].unit, value=following.value))
        end = found[0]
    body = duration_body(parts)
    if body is None:
        return None
    del text
    return Reading(
        start=numeral.start, end=end, kind=QuantityKind.DURATION, body=body, reach=end, unit=suffix.unit,
        numeral=numeral if len(parts) == 1 else None, factor=suffix.factor,
    )  # fmt: skip


def _alone(text: str, lower: str, numeral: Numeral) -> Reading | None:
    """Read a number without anything behind it."""
    end = numeral.end
    follows = lower[end : end + 1]
    if numeral.spelled:
        if lower[numeral.start : end] in _NO_NUMBER:
            return None
        word = _HYPHEN.match(lower, end) if follows == "-" else None
        if word is not None and (word[1] in _COMPOUNDS or numeral.value == 1):
            return None
        if follows in {"'", "’"} and numeral.scale == ONE:
            return None
    elif follows.isalpha() or (not numeral.grouped and end - numeral.start >= MAX_PLAIN):
        return None
    del text
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, end))


def _signed(lower: str, reading: Reading | None) -> Reading | None:
    """Take the minus before an amount."""
    if reading is None or reading.kind in {QuantityKind.ORDINAL, QuantityKind.DURATION}:
        return reading
    begin = max(0, reading.start - LOOK)
    found = _MINUS.search(lower, begin, reading.start) or _SIGN.search(lower, begin, reading.start)
    numeral = reading.numeral
    if found is None or numeral is None or numeral.value is None:
        return reading
    return replace(
        reading, start=found.start(), body=f"-{reading.body}", numeral=replace(numeral, value=-numeral.value)
    )
