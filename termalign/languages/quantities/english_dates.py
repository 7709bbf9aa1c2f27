"""Stretches of dates, fiscal years, quarters, decades and centuries of English."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    century,
    decade,
    fiscal_days,
    iso,
    months_from,
    stretch,
    year_ended,
)
from termalign.languages.quantities.english_numbers import VALUES, ordinal_word
from termalign.languages.quantities.english_partial import SPACE, TO, YEAR, Partial, read_partial
from termalign.languages.quantities.latin import fiscal_reading, quarter_reading
from termalign.languages.quantities.readings import Reading
from termalign.languages.quantities.tables import WordTable, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.scan import Scan

__all__ = ["read_english_date"]

_DECADE = re.compile(r"(?P<y>[12][0-9]{2}0)['’]?s(?![a-z])|['’‘](?P<t>[2-9]0)s(?![a-z])")
_CENTURY = re.compile(
    r"(?:(?P<n>[0-9]{1,2})(?:st|nd|rd|th)|(?P<w>[a-z]{3,11}(?:-[a-z]{3,7})?))[ -]century(?![a-z])(?: (?P<bc>bc|b\.c\.))?"
)
_PART = r"(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<p>quarter|half)(?![a-z])"
_QUARTER = re.compile(
    rf"{_PART}(?:(?:{SPACE}of)?{SPACE}(?:(?P<fy>fiscal(?:{SPACE}year)?|fy){SPACE}?)?{YEAR}|{SPACE}of{SPACE}(?P<the>the{SPACE}year))?"
)
_YEAR_QUARTER = re.compile(
    r"(?P<y>[12][0-9]{3}),? ?(?P<part>Q[1-4]|H[12])(?![0-9A-Za-z])|(?P<part2>Q[1-4]|H[12])(?:(?: of|,)? (?P<fy>[Ff]iscal(?: year)? ?|FY ?)?(?P<y2>[12][0-9]{3}|(?<=FY)[0-9]{2}|(?<=FY )[0-9]{2})(?![0-9]))?(?![0-9A-Za-z])"
)
_FISCAL = re.compile(
    rf"(?:(?:fiscal|financial)(?:{SPACE}years?)?{SPACE}|fy[ \u00a0]?)['’]?(?P<a>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9,]|\.[0-9])(?:(?:{TO})(?:fy[ \u00a0]?)?(?P<b>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9a-z,]))?(?:[ -](?P<q>q[1-4]|h[12])(?![a-z0-9]))?"
)
_FISCAL_AFTER = re.compile(rf"(?P<y>[12][0-9]{{3}}){SPACE}(?:fiscal|financial){SPACE}year(?![a-z])")
_ENDED = re.compile(
    rf"(?:(?:fiscal|financial|business){SPACE})?year{SPACE}(?:that{SPACE})?(?:ending|ended|ends|to){SPACE}(?:(?:in|on){SPACE})?"
)
_SHORT_YEAR = re.compile(r"[-–—/](?P<y>[0-9]{2})(?![0-9a-z.%]|[-–,][0-9])")
_FROM = re.compile(r"\b(?:from|between) \Z", re.IGNORECASE)
_NATIONS: WordTable[str] = WordTable(
    {name: code for name, code in table("fiscal")["nations"].items() if name.isascii() or "’" in name}, boundaries=True
)
_FIRST_PART = re.compile(rf"first (?P<n>[a-z]+|[0-9]{{1,2}}) (?P<u>quarters|months) of {YEAR}")
MONTHS_OF_YEAR = 12
_LINK = re.compile(TO + "(?:the )?")
_TO_LINK = re.compile(TO)
_AND = re.compile(rf"{SPACE}and{SPACE}")
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
LOOK = 9  # code points of "between "


def read_english_date(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read the date, the stretch or the fiscal year that begins at a place.

    Args:
        scan: The text.
        lower: The same text in small letters.
        at: A place where a quantity may begin.

    Returns:
        The reading; ``None`` where there is no date. The scan remembers its year.
    """
    found = _fiscal(scan, lower, at) or _quarter(scan, lower, at) or _first_part(lower, at) or _long(scan, lower, at)
    if found is not None:
        return found
    first = read_partial(scan, lower, at)
    if first is None:
        return None
    return _stretched(scan, lower, first)


def _reading(start: int, end: int, days: tuple[Day, Day]) -> Reading:
    """Make the reading of a stretch, or of one date where both ends are one."""
    body = iso(days[0]) if days[0] == days[1] else stretch(*days)
    return Reading(start=start, end=end, kind=QuantityKind.DATE, body=body, days=days, reach=end)


def _country(scan: Scan, start: int) -> str | None:
    """Tell whose fiscal year it is: by a nation named before, or by the caller."""
    named = _NATIONS.before(scan.text, space_start(scan.text, start))
    return named[1] if named else scan.settings.country


def _fiscal(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read FY2024, fiscal 2024, the 2024 fiscal year and the year ended March 31, 2025."""
    ended = _ENDED.match(lower, at)
    if ended is not None:
        return _year_ended(scan, lower, (at, ended.end()))
    after = _FISCAL_AFTER.match(lower, at)
    if after is not None:
        return fiscal_reading(after.span(), int(after["y"]), _country(scan, at))
    found = _FISCAL.match(lower, at)
    if found is None:
        return None
    low, country = _full(found["a"], 2000), _country(scan, at)
    if not found["b"]:
        return fiscal_reading(found.span(), low, country, (found["q"] or "").upper())
    high = _full(found["b"], low // 100 * 100)
    first, last = fiscal_days(low, country), fiscal_days(high, country)
    body = stretch(first[0], last[1]) if first and last else f"FY{low}..FY{high}"
    return _fiscal_reading((at, found.end()), body) if low < high else None


def _fiscal_reading(span: tuple[int, int], body: str) -> Reading:
    """Make the reading of fiscal years."""
    return Reading(start=span[0], end=span[1], kind=QuantityKind.FISCAL_YEAR, body=body, reach=span[1])


def _year_ended(scan: Scan, lower: str, span: tuple[int, int]) -> Reading | None:
    """Read the day that a fiscal year ends with."""
    day = read_partial(scan, lower, span[1])
    if day is None or not day.stated or day.day.month is None:
        return None
    return _fiscal_reading((span[0], day.end), stretch(*year_ended(day.day)))


def _full(written: str, base: int) -> int:
    """Give a year of two digits its century."""
    return int(written) + (base if len(written) == 2 else 0)  # noqa: PLR2004 - two digits


def _quarter(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read Q3 2024, the third quarter of fiscal 2024, the first half of the year."""
    found = _YEAR_QUARTER.match(scan.text, at)
    if found is not None:
        part, year = (found["part"] or found["part2"]).upper(), found["y"] or found["y2"]
    else:
        found = _QUARTER.match(lower, at)
        if found is None:
            return None
        part, year = f"{found['p'][0].upper()}{_ORDER[found['o']]}", found["y"]
        is_told = year or found["the"] or lower[found.end("o")] == "-"
        if part[0] == "H" and (part > "H2" or not is_told):  # the first half of a match
            return None
    if found["fy"]:
        return fiscal_reading(found.span(), _full(year, 2000), _country(scan, at), part)
    return quarter_reading(found.span(), part, int(year) if year else None)


def _first_part(lower: str, at: int) -> Reading | None:
    """Read "the first nine months of 2023"."""
    found = _FIRST_PART.match(lower, at)
    if found is None:
        return None
    number = VALUES.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)
    months = number * (3 if found["u"] == "quarters" else 1)
    if not 1 < months < MONTHS_OF_YEAR:
        return None
    return _reading(at, found.end(), months_from(int(found["y"]), 1, skip=0, length=months))


def _long(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read the 1990s and the 20th century."""
    found = _DECADE.match(lower, at)
    if found is not None:
        year = int(found["y"]) if found["y"] else 1900 + int(found["t"])
        return _second_long(scan, lower, _reading(at, found.end(), decade(year)))
    found = _CENTURY.match(lower, at)
    if found is None:
        return None
    number = int(found["n"]) if found["n"] else (ordinal_word(lower, at) or (0, 0))[1]
    if not 0 < number < 100:  # noqa: PLR2004 - years have four digits
        return None
    return _reading(at, found.end(), century(number, before_christ=bool(found["bc"])))


def _second_long(scan: Scan, lower: str, low: Reading) -> Reading:
    """Read the second end of a stretch of decades."""
    link = _LINK.match(lower, low.end)
    high = _DECADE.match(lower, link.end()) if link else None
    if high is None or not high["y"] or low.days is None or int(high["y"]) <= (low.days[0].year or 0):
        return low
    opening = _FROM.search(scan.text, max(0, low.start - LOOK), low.start)
    start = opening.start() if opening else low.start
    return _reading(start, high.end(), (low.days[0], decade(int(high["y"]))[1]))


def _stretched(scan: Scan, lower: str, first: Partial) -> Reading:
    """Read the second end of a stretch, where there is one."""
    scan.remember(first.day, first.start, first.end)
    if first.last is not None:
        return _reading(first.start, first.end, (first.day, first.last))
    opening = _FROM.search(scan.text, max(0, first.start - LOOK), first.start)
    start = opening.start() if opening else first.start
    short = _short_end(scan, lower, first)
    if short is not None:
        return replace(short, start=start)
    kept = scan.latest, scan.latest_span
    is_between = opening is not None and opening[0].lower().startswith("between")
    link = (_AND if is_between else _TO_LINK).match(lower, first.end)
    second = read_partial(scan, lower, link.end()) if link is not None else None
    ends = _ends(first, second) if second is not None and second.last is None else None
    if second is not None and ends is not None:
        scan.remember(ends[1], first.start, second.end)
        return _reading(start, second.end, ends)
    scan.latest, scan.latest_span = kept
    return _reading(first.start, first.end, (first.day, first.day))


def _short_end(scan: Scan, lower: str, first: Partial) -> Reading | None:
    """Read the second end of 2013-17."""
    year = first.day.year if first.day.month is None else None
    short = _SHORT_YEAR.match(lower, first.end) if year is not None else None
    if short is None or year is None:
        return None
    last = year // 100 * 100 + int(short["y"])
    if last <= year:
        return None
    scan.remember(Day(last), first.start, short.end())
    return _reading(first.start, short.end(), (Day(year), Day(last)))


def _ends(first: Partial, second: Partial) -> tuple[Day, Day] | None:
    """Complete both ends of a stretch from one another, where they go together."""
    begin, end = first.day, second.day
    if not first.stated and second.stated and begin.month is not None:
        begin = replace(begin, year=end.year)
    if first.stated and not second.stated and end.month is not None:
        end = replace(end, year=begin.year)
    same = (begin.month is None) == (end.month is None) and (begin.year is None) == (end.year is None)
    return (begin, end) if same and _key(begin) < _key(end) else None


def _key(day: Day) -> tuple[int, int, int]:
    """Order dates of one precision."""
    return day.year or 0, day.month or 0, day.day or 0
