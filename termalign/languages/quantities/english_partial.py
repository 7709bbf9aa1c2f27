"""One date of English, in full or in part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import Day, day_exists, months_from
from termalign.languages.quantities.english_numbers import ordinal_word
from termalign.languages.quantities.tables import WordTable, table

if TYPE_CHECKING:
    from termalign.languages.quantities.scan import Scan

__all__ = ["MONTHS", "SPACE", "TO", "YEAR", "Partial", "read_partial"]

MONTHS: dict[str, int] = {name.lower(): number for name, number in table("calendar")["months"].items()}
_PLAIN = frozenset(table("calendar")["month_names"]["plain"].lower().split())
_NAMES = "|".join(sorted(MONTHS, key=lambda name: -len(name)))
# Insides of regular expressions: white space, what joins the ends of a stretch, a year.
SPACE = r"[ \u00a0\n\r]{1,2}"
TO = rf"(?:[ \u00a0]?[-–—][ \u00a0]?|{SPACE}(?:to|through|until|till){SPACE})"
YEAR = r"(?P<y>[12][0-9]{3})(?![0-9]|,[0-9]{3}|-[0-9]{2}-|'?s)"
_D = r"[0-3]?[0-9]"
_ORD = "(?:st|nd|rd|th)?"
# The stop of Jan. is part of the date before a day or a year; that of June ends a sentence.
_DOT = r"(?:(?<![a-z]{5})(?<!may)(?<!june)(?<!july)\.(?=,|[ \u00a0\n\r]{1,2}[0-9]))?"
_MONTH_DAY = re.compile(
    rf"(?P<m>{_NAMES}){_DOT}{SPACE}(?P<d>{_D}){_ORD}(?![0-9:%]|[.,][0-9]|[ -](?:percent|million|billion|years?|people))(?:{TO}(?P<d2>{_D}){_ORD}(?![0-9a-z:%]|[.,][0-9]|[ -](?:percent|million|{_NAMES})))?(?:,?{SPACE}{YEAR})?"
)
_MONTH_YEAR = re.compile(rf"(?P<m>{_NAMES}){_DOT}(?:,|{SPACE}of)?(?:{SPACE}|-){YEAR}")
_DAY_MONTH = re.compile(
    rf"(?:the )?(?P<d>{_D}){_ORD}(?:{TO}(?P<d2>{_D}){_ORD})?(?:{SPACE}of{SPACE}|{SPACE}|-)(?P<m>{_NAMES})(?![a-z]){_DOT}(?:,?(?:{SPACE}|-){YEAR})?"
)
_MONTH = re.compile(rf"(?P<m>{_NAMES})(?![a-z'’])")
_MONTH_FOLLOWS = re.compile(rf"{TO}(?:{_NAMES})(?![a-z])")
_NUMERIC = re.compile(
    r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[01]?[0-9])(?:(?P=s)(?P<d>[0-3]?[0-9]))?(?![0-9a-z]|[-/.][0-9])"
)
_SLASHED = re.compile(r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<y>[12][0-9]{3})(?![0-9/])")
_OF_YEAR = re.compile(
    rf"(?:{SPACE}(?:of|in))?{SPACE}(the same year|that same year|the following year|the previous year|this year|last year|next year)(?![a-z])"
)
_WEEKDAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?\Z|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?,? \Z"
)
_BEFORE_MONTH = re.compile(
    r"(?:\bin|\bby|\bsince|\buntil|\btill|\bfrom|\bof|\bto|\bthrough|\bduring|\bbefore|\bafter|\blast|\bnext|\bearly|\blate|\bmid|\bbetween|\band|\bthis|\beach|\bevery)[ \u00a0\n-]\Z",
    re.IGNORECASE,
)
_ORDINAL_OF_MONTH = re.compile(rf"(?:the )?(?P<o>[a-z]+(?:-[a-z]+)?) of (?P<m>{_NAMES})(?![a-z])(?:,? {YEAR})?")
_ERA = re.compile(
    r"(?P<y>[0-9]{1,4}) ?(?P<e>bce?|b\.c\.(?:e\.)?|ad|a\.d\.|ce)(?![a-z])|(?:ad|a\.d\.) ?(?P<y2>[0-9]{1,4})(?![0-9,])"
)
_YEAR = re.compile(r"[12][0-9]{3}(?![0-9%]|,[0-9]{3}|\.[0-9])")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|of|to|through|during|before|after|early|late|mid|circa|year|around|about|between|and|for|or|end|beginning|start|the|january|spring|summer|autumn|fall|winter|as)[ \u00a0\n-]|[(\[–—-])\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[ -](?:people|persons|men|women|children|students|participants|companies|firms|units|times|items|members|jobs|homes|houses|cases|deaths|copies|pages|words|seats|votes|points|employees|workers|patients|soldiers|troops|pieces|vehicles|cars|species|others|more|of them|of the)(?![a-z])"
)
_RELATIVE: WordTable[tuple[str, str, int]] = WordTable(
    {word: tuple(rule) for word, rule in table("calendar")["relative"]["en"].items()}
)
MIDDLE_AGES, FIRST_SURE, LAST_SURE = 1000, 1900, 2099
LOOK = 16  # code points read before a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A date as far as it is written.

    Args:
        start: First code point.
        end: End, excluded.
        day: What is stated or could be told.
        last: The last day, where two stand in one month (April 1-5).
        stated: Whether the year itself stands there.
    """

    start: int
    end: int
    day: Day
    last: Day | None = None
    stated: bool = False


def read_partial(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read one date, in full or in part.

    Args:
        scan: The text.
        lower: The same text in small letters.
        at: Where it begins.

    Returns:
        The date; ``None`` where there is none.
    """
    if lower[at : at + 1].isdigit():
        day = _numeric(scan, lower, at) or _from_pattern(scan, lower, _DAY_MONTH.match(lower, at))
        return day or _year(scan, lower, at)
    return _named(scan, lower, at) or _ordinal(scan, lower, at) or _month_first(scan, lower, at)


def _named(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read "the same year" and AD 794."""
    named = _RELATIVE.at(lower, at)
    if named is not None:
        day = _counted_from(scan, named[1], at)
        is_word = not lower[named[0] : named[0] + 1].isalpha()
        return Partial(start=at, end=named[0], day=day) if day is not None and is_word else None
    era = _ERA.match(lower, at)
    if era is None or not scan.text[at].isupper():
        return None
    return Partial(start=at, end=era.end(), day=Day(int(era["y2"])), stated=True)


def _ordinal(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read "the fourth of July" and "the 4th of July"."""
    word = _ORDINAL_OF_MONTH.match(lower, at)
    if word is None:
        return _from_pattern(scan, lower, _DAY_MONTH.match(lower, at)) if lower.startswith("the ", at) else None
    number = (ordinal_word(lower, word.start("o")) or (0, 0))[1]
    stated = Day(int(word["y"]) if word["y"] else None, MONTHS[word["m"]], number)
    if not number or not day_exists(stated):
        return None
    day, end, is_stated = _with_year(scan, lower, stated, (at, word.end()))
    return Partial(start=at, end=end, day=day, stated=is_stated)


def _month_first(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read "January 21, 2020", "January 2020" and "January"."""
    if not scan.text[at : at + 1].isupper():
        return None
    for pattern in (_MONTH_DAY, _MONTH_YEAR):
        found = _from_pattern(scan, lower, pattern.match(lower, at))
        if found is not None:
            return found
    return _month(scan, lower, at)


def _numeric(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read 2020-01-21, and 221 BC."""
    found = _NUMERIC.match(lower, at)
    if found is not None:
        day = Day(int(found["y"]), int(found["m"]), int(found["d"]) if found["d"] else None)
        is_decimal = not found["d"] and (len(found["m"]) < 2 or found["s"] == ".")  # noqa: PLR2004 - 2020-01, not 2020-1
        return Partial(start=at, end=found.end(), day=day, stated=True) if day_exists(day) and not is_decimal else None
    era = _ERA.match(lower, at)
    if era is None or not era["y"]:
        return _slashed(scan, lower, at)
    if not scan.text[era.start("e")].isupper():
        return None
    year = int(era["y"])
    return Partial(start=at, end=era.end(), day=Day(1 - year if era["e"][0] == "b" else year), stated=True)


def _slashed(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read 1/21/2020 where it says, or the country does, which is the month."""
    found = _SLASHED.match(lower, at)
    if found is None:
        return None
    order = table("fiscal")["order"]
    year, one, other = int(found["y"]), int(found["a"]), int(found["b"])
    choices = {"month_first": Day(year, one, other), "day_first": Day(year, other, one)}
    for name, day in choices.items():
        if scan.settings.country in order[name].split():
            return Partial(start=at, end=found.end(), day=day, stated=True) if day_exists(day) else None
    days = {day for day in choices.values() if day_exists(day)}
    return Partial(start=at, end=found.end(), day=days.pop(), stated=True) if len(days) == 1 else None


def _from_pattern(scan: Scan, lower: str, found: re.Match[str] | None) -> Partial | None:
    """Make a date of month, day and year."""
    if found is None or not scan.text[found.start("m")].isupper():
        return None
    groups = found.groupdict()
    month = MONTHS[found["m"]]
    number = int(groups["d"]) if groups.get("d") else None
    last = int(groups["d2"]) if groups.get("d2") else None
    if number is not None and not day_exists(Day(None, month, number)):
        return None
    start = found.start()
    weekday = _WEEKDAY.search(scan.text, max(0, start - LOOK), start)
    if weekday is not None and number is not None:
        start = weekday.start()
    year = int(groups["y"]) if groups.get("y") else None
    day, end, stated = _with_year(scan, lower, Day(year, month, number), found.span())
    if not day_exists(day) or (
        last is not None and (number is None or last <= number or not day_exists(replace(day, day=last)))
    ):
        return None
    return Partial(start=start, end=end, day=day, last=replace(day, day=last) if last else None, stated=stated)


def _with_year(scan: Scan, lower: str, day: Day, span: tuple[int, int]) -> tuple[Day, int, bool]:
    """Find the year of a date: stated, told by words behind it, or taken from the text before."""
    start, end = span
    if day.year is not None:
        return day, end, True
    named = _OF_YEAR.match(lower, end)
    if named is not None:
        rule = _RELATIVE.at(named[1], 0)
        other = _counted_from(scan, rule[1], start) if rule else None
        if other is not None:
            return replace(day, year=other.year), named.end(), True
        return day, end, False
    return replace(day, year=scan.year_for(start)), end, False


def _counted_from(scan: Scan, rule: tuple[str, str, int], at: int) -> Day | None:
    """Count a year or month from today or from the text before."""
    source, unit, distance = rule
    today = scan.settings.today
    base = scan.date_before(at) if source == "before" else Day(today.year, today.month) if today else Day()
    if base.year is None:
        return None
    if unit == "year":
        return Day(base.year + distance)
    return months_from(base.year, base.month, skip=distance, length=1)[0] if base.month is not None else None


def _month(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read a month alone: a name that means nothing else, or behind a word that wants a time."""
    found = _MONTH.match(lower, at)
    if found is None:
        return None
    end = found.end()
    if found["m"] not in _PLAIN and not _MONTH_FOLLOWS.match(lower, end):
        is_name = lower[end : end + 1] == " " and scan.text[end + 1 : end + 2].isupper()  # May Smith
        if is_name or not _BEFORE_MONTH.search(scan.text, max(0, at - LOOK), at):
            return None
    day, end, stated = _with_year(scan, lower, Day(None, MONTHS[found["m"]]), (at, end))
    return Partial(start=at, end=end, day=day, stated=stated)


def _year(scan: Scan, lower: str, at: int) -> Partial | None:
    """Read four digits as a year where nothing is counted."""
    found = _YEAR.match(lower, at)
    if found is None:
        return None
    year, end = int(found[0]), found.end()
    before = _BEFORE_YEAR.search(scan.text, max(0, at - LOOK), at)
    sure = FIRST_SURE <= year <= LAST_SURE or (before and MIDDLE_AGES < year <= LAST_SURE)
    if not sure or _COUNTED.match(lower, end) or lower[end : end + 1].isalpha():
        return None
    return Partial(start=at, end=end, day=Day(year), stated=True)
