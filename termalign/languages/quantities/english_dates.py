"""Dates, stretches of dates and fiscal years of English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    century,
    day_exists,
    decade,
    fiscal_days,
    iso,
    months_from,
    stretch,
    year_ended,
)
from termalign.languages.quantities.english_numbers import ordinal_word
from termalign.languages.quantities.latin import fiscal_reading, quarter_reading
from termalign.languages.quantities.readings import Reading
from termalign.languages.quantities.tables import WordTable, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.scan import Scan

__all__ = ["MONTHS", "read_english_date"]

MONTHS: dict[str, int] = {name.lower(): number for name, number in table("calendar")["months"].items()}
_PLAIN = frozenset(table("calendar")["month_names"]["plain"].lower().split())
_NAMES = "|".join(sorted(MONTHS, key=lambda name: -len(name)))
_S = r"[ \u00a0\n\r]{1,2}"
_TO = rf"(?:[ \u00a0]?[-–—][ \u00a0]?|{_S}(?:to|through|until|till){_S})"
_D = r"[0-3]?[0-9]"
_ORD = "(?:st|nd|rd|th)?"
# The stop of Jan. is part of the date before a day or a year; that of June ends a sentence.
_DOT = r"(?:(?<![a-z]{5})(?<!may)(?<!june)(?<!july)\.(?=,|[ \u00a0\n\r]{1,2}[0-9]))?"
_Y = r"(?P<y>[12][0-9]{3})(?![0-9]|,[0-9]{3}|-[0-9]{2}-|'?s)"
_MONTH_DAY = re.compile(
    rf"(?P<m>{_NAMES}){_DOT}{_S}(?P<d>{_D}){_ORD}(?![0-9:%]|[.,][0-9]|[ -](?:percent|million|billion|years?|people))(?:{_TO}(?P<d2>{_D}){_ORD}(?![0-9a-z:%]|[.,][0-9]|[ -](?:percent|million|{_NAMES})))?(?:,?{_S}{_Y})?"
)
_MONTH_YEAR = re.compile(rf"(?P<m>{_NAMES}){_DOT}(?:,|{_S}of)?(?:{_S}|-){_Y}")
_DAY_MONTH = re.compile(
    rf"(?:the )?(?P<d>{_D}){_ORD}(?:{_TO}(?P<d2>{_D}){_ORD})?(?:{_S}of{_S}|{_S}|-)(?P<m>{_NAMES})(?![a-z]){_DOT}(?:,?(?:{_S}|-){_Y})?"
)
_MONTH = re.compile(rf"(?P<m>{_NAMES})(?![a-z'’])")
_MONTH_FOLLOWS = re.compile(rf"{_TO}(?:{_NAMES})(?![a-z])")
_NUMERIC = re.compile(
    r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[01]?[0-9])(?:(?P=s)(?P<d>[0-3]?[0-9]))?(?![0-9a-z]|[-/.][0-9])"
)
_SLASHED = re.compile(r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<y>[12][0-9]{3})(?![0-9/])")
_OF_YEAR = re.compile(
    rf"(?:{_S}(?:of|in))?{_S}(the same year|that same year|the following year|the previous year|this year|last year|next year)(?![a-z])"
)
_WEEKDAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?\Z|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?,? \Z"
)
_BEFORE_MONTH = re.compile(
    r"(?:\bin|\bby|\bsince|\buntil|\btill|\bfrom|\bof|\bto|\bthrough|\bduring|\bbefore|\bafter|\blast|\bnext|\bearly|\blate|\bmid|\bbetween|\band|\bthis|\beach|\bevery)[ \u00a0\n-]\Z",
    re.IGNORECASE,
)
_ORDINAL_OF_MONTH = re.compile(rf"(?:the )?(?P<o>[a-z]+(?:-[a-z]+)?) of (?P<m>{_NAMES})(?![a-z])(?:,? {_Y})?")
_DECADE = re.compile(r"(?P<y>[12][0-9]{2}0)['’]?s(?![a-z])|['’‘](?P<t>[2-9]0)s(?![a-z])")
_CENTURY = re.compile(
    r"(?:(?P<n>[0-9]{1,2})(?:st|nd|rd|th)|(?P<w>[a-z-]+?))[ -]century(?![a-z])(?: (?P<bc>bc|b\.c\.))?"
)
_ERA = re.compile(
    r"(?P<y>[0-9]{1,4}) ?(?P<e>bce?|b\.c\.(?:e\.)?|ad|a\.d\.|ce)(?![a-z])|(?:ad|a\.d\.) ?(?P<y2>[0-9]{1,4})(?![0-9,])"
)
_PART = r"(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<p>quarter|half)(?![a-z])"
_QUARTER = re.compile(
    rf"{_PART}(?:(?:{_S}of)?{_S}(?:(?P<fy>fiscal(?:{_S}year)?|fy){_S}?)?{_Y}|{_S}of{_S}(?P<the>the{_S}year))?"
)
_YEAR_QUARTER = re.compile(
    r"(?P<y>[12][0-9]{3}),? ?(?P<part>[Qq][1-4]|[Hh][12])(?![0-9A-Za-z])|(?P<part2>[Qq][1-4]|[Hh][12])(?:(?: of|,)? (?P<fy>fiscal(?: year)? ?|fy ?)?(?P<y2>[12][0-9]{3})(?![0-9]))?(?![0-9A-Za-z])"
)
_FISCAL = re.compile(
    rf"(?:(?:fiscal|financial)(?:{_S}years?)?{_S}|fy[ \u00a0]?)['’]?(?P<a>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9,]|\.[0-9])(?:(?:{_TO})(?:fy[ \u00a0]?)?(?P<b>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9a-z,]))?(?:[ -](?P<q>q[1-4]|h[12])(?![a-z0-9]))?"
)
_FISCAL_AFTER = re.compile(rf"(?P<y>[12][0-9]{{3}}){_S}(?:fiscal|financial){_S}year(?![a-z])")
_ENDED = re.compile(
    rf"(?:(?:fiscal|financial|business){_S})?year{_S}(?:that{_S})?(?:ending|ended|ends|to){_S}(?:(?:in|on){_S})?"
)
_YEAR = re.compile(r"[12][0-9]{3}(?![0-9%]|,[0-9]{3}|\.[0-9])")
_SHORT_YEAR = re.compile(r"[-–—/](?P<y>[0-9]{2})(?![0-9a-z.%]|[-–,][0-9])")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|of|to|through|during|before|after|early|late|mid|circa|year|around|about|between|and|for|or|end|beginning|start|the|january|spring|summer|autumn|fall|winter|as)[ \u00a0\n-]|[(\[–—-])\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[ -](?:people|persons|men|women|children|students|participants|companies|firms|units|times|items|members|jobs|homes|houses|cases|deaths|copies|pages|words|seats|votes|points|employees|workers|patients|soldiers|troops|pieces|vehicles|cars|species|others|more|of them|of the)(?![a-z])"
)
_FROM = re.compile(r"\b(?:from|between) \Z", re.IGNORECASE)
_RELATIVE: WordTable[tuple[str, str, int]] = WordTable(
    {word: tuple(rule) for word, rule in table("calendar")["relative"]["en"].items()}
)
_NATIONS: WordTable[str] = WordTable(
    {name: code for name, code in table("fiscal")["nations"].items() if name.isascii() or "’" in name}, boundaries=True
)
MIDDLE_AGES, FIRST_SURE, LAST_SURE = 1000, 1900, 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class _Partial:
    """A date as far as it is written, its last day apart where the two stand in one month."""

    start: int
    end: int
    day: Day
    last: Day | None = None
    stated: bool = False


def read_english_date(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read the date, the stretch or the fiscal year that begins at a place.

    Args:
        scan: The text.
        lower: The same text in small letters.
        at: A place where a quantity may begin.

    Returns:
        The reading; ``None`` where there is no date. The scan remembers its year.
    """
    found = _fiscal(scan, lower, at) or _quarter(scan, lower, at) or _long(scan, lower, at)
    if found is not None:
        return found
    first = _partial(scan, lower, at)
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
        day = _partial(scan, lower, ended.end())
        if day is not None and day.stated and day.day.month is not None:
            days = year_ended(day.day)
            return Reading(
                start=at, end=day.end, kind=QuantityKind.FISCAL_YEAR, body=stretch(*days), days=days, reach=day.end
            )
        return None
    after = _FISCAL_AFTER.match(lower, at)
    if after is not None:
        return fiscal_reading(after.span(), int(after["y"]), _country(scan, at))
    found = _FISCAL.match(lower, at)
    if found is None:
        return None
    low = _full(found["a"], 2000)
    country = _country(scan, at)
    if found["b"]:
        high = _full(found["b"], low // 100 * 100)
        first, last = fiscal_days(low, country), fiscal_days(high, country)
        if not low < high:
            return None
        body = stretch(first[0], last[1]) if first and last else f"FY{low}..FY{high}"
        return Reading(start=at, end=found.end(), kind=QuantityKind.FISCAL_YEAR, body=body, reach=found.end())
    return fiscal_reading(found.span(), low, country, (found["q"] or "").upper())


def _full(written: str, base: int) -> int:
    """Give a year of two digits its century."""
    return int(written) + (base if len(written) == 2 else 0)  # noqa: PLR2004 - two digits


def _quarter(scan: Scan, lower: str, at: int) -> Reading | None:
    """Read Q3 2024, the third quarter of fiscal 2024, the first half of the year."""
    found = _YEAR_QUARTER.match(lower, at)
    if found is not None:
        part, year = (found["part"] or found["part2"]).upper(), found["y"] or found["y2"]
        if scan.text[found.start("part") if found["part"] else at].islower():
            return None
        if found["fy"]:
            return fiscal_reading(found.span(), int(year), _country(scan, at), part)
        return quarter_reading(found.span(), part, int(year) if year else None)
    found = _QUARTER.match(lower, at)
    if found is None:
        return None
    number = {"f": 1, "s": 2, "t": 3}.get(found["o"][0], 0) or (int(found["o"][0]) if found["o"][0].isdigit() else 0)
    number = 4 if found["o"] == "fourth" else number
    part = f"{found['p'][0].upper().replace('Q', 'Q')}{number}"
    if part[0] == "H" and (number > 2 or not (found["y"] or found["the"] or lower[found.end("o")] == "-")):  # noqa: PLR2004 - two halves
        return None
    if found["fy"]:
        return fiscal_reading(found.span(), int(found["y"]), _country(scan, at), part)
    return quarter_reading(found.span(), part, int(found["y"]) if found["y"] else None)


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
    link = re.compile(_TO + "(?:the )?").match(lower, low.end)
    high = _DECADE.match(lower, link.end()) if link else None
    if high is None or not high["y"] or low.days is None or int(high["y"]) <= (low.days[0].year or 0):
        return low
    start = _from(scan, low.start)
    return _reading(start, high.end(), (low.days[0], decade(int(high["y"]))[1]))


def _from(scan: Scan, start: int) -> int:
    """Take from or between before a stretch."""
    found = _FROM.search(scan.text, max(0, start - 9), start)
    return found.start() if found else start


def _partial(scan: Scan, lower: str, at: int) -> _Partial | None:
    """Read one date, in full or in part."""
    text = scan.text
    if lower[at : at + 1].isdigit():
        return (
            _numeric(scan, lower, at)
            or _from_pattern(scan, lower, _DAY_MONTH.match(lower, at))
            or _year(scan, lower, at)
        )
    named = _RELATIVE.at(lower, at)
    if named is not None:
        day = _counted_from(scan, named[1], at)
        return (
            _Partial(start=at, end=named[0], day=day) if day and not lower[named[0] : named[0] + 1].isalpha() else None
        )
    era = _ERA.match(lower, at)
    if era is not None:
        return _Partial(start=at, end=era.end(), day=Day(int(era["y2"])), stated=True)
    word = _ORDINAL_OF_MONTH.match(lower, at)
    if word is not None:
        number = (ordinal_word(lower, word.start("o")) or (0, 0))[1]
        day, end, stated = _with_year(
            scan, lower, Day(int(word["y"]) if word["y"] else None, MONTHS[word["m"]], number), at, word.end()
        )
        return _Partial(start=at, end=end, day=day, stated=stated) if number and day_exists(day) else None
    if lower.startswith("the ", at):
        return _from_pattern(scan, lower, _DAY_MONTH.match(lower, at))
    if not text[at : at + 1].isupper():
        return None
    found = _from_pattern(scan, lower, _MONTH_DAY.match(lower, at)) or _from_pattern(
        scan, lower, _MONTH_YEAR.match(lower, at)
    )
    return found or _month(scan, lower, at)


def _numeric(scan: Scan, lower: str, at: int) -> _Partial | None:
    """Read 2020-01-21, and 1/21/2020 where it says which is the month."""
    found = _NUMERIC.match(lower, at)
    if found is not None:
        day = Day(int(found["y"]), int(found["m"]), int(found["d"]) if found["d"] else None)
        is_short = not found["d"] and (len(found["m"]) < 2 or found["s"] == ".")  # noqa: PLR2004 - 2020-01, not 2020-1
        return _Partial(start=at, end=found.end(), day=day, stated=True) if day_exists(day) and not is_short else None
    found = _SLASHED.match(lower, at)
    if found is None:
        era = _ERA.match(lower, at)
        if era is None or not era["y"]:
            return None
        year = int(era["y"])
        return _Partial(start=at, end=era.end(), day=Day(1 - year if era["e"][0] == "b" else year), stated=True)
    order = table("fiscal")["order"]
    month_first, day_first = (
        Day(int(found["y"]), int(found["a"]), int(found["b"])),
        Day(int(found["y"]), int(found["b"]), int(found["a"])),
    )
    country = scan.settings.country or ""
    choices = [day for day in (month_first, day_first) if day_exists(day)]
    if country in order["month_first"].split():
        choices = choices[:1] if month_first in choices else []
    elif country in order["day_first"].split():
        choices = [day_first] if day_first in choices else []
    if len(set(choices)) != 1:
        return None
    return _Partial(start=at, end=found.end(), day=choices[0], stated=True)


def _from_pattern(scan: Scan, lower: str, found: re.Match[str] | None) -> _Partial | None:
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
    weekday = _WEEKDAY.search(scan.text, max(0, start - 16), start)
    if weekday is not None and number is not None:
        start = weekday.start()
    day, end, stated = _with_year(
        scan, lower, Day(int(groups["y"]) if groups.get("y") else None, month, number), found.start(), found.end()
    )
    if not day_exists(day) or (
        last is not None and (number is None or last <= number or not day_exists(replace(day, day=last)))
    ):
        return None
    return _Partial(start=start, end=end, day=day, last=replace(day, day=last) if last else None, stated=stated)


def _with_year(scan: Scan, lower: str, day: Day, start: int, end: int) -> tuple[Day, int, bool]:
    """Find the year of a date: stated, told by words behind it, or taken from the text before."""
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


def _month(scan: Scan, lower: str, at: int) -> _Partial | None:
    """Read a month alone: a name that means nothing else, or behind a word that wants a time."""
    found = _MONTH.match(lower, at)
    if found is None:
        return None
    name = found["m"]
    end = found.end()
    is_stretch = _MONTH_FOLLOWS.match(lower, end) is not None
    if name not in _PLAIN and not is_stretch and not _BEFORE_MONTH.search(scan.text, max(0, at - 9), at):
        return None
    follows = lower[end : end + 2]
    if (
        name not in _PLAIN
        and not is_stretch
        and follows[:1] == " "
        and follows[1:].isalpha()
        and scan.text[end + 1].isupper()
    ):
        return None
    day, end, stated = _with_year(scan, lower, Day(None, MONTHS[name]), at, end)
    return _Partial(start=at, end=end, day=day, stated=stated)


def _year(scan: Scan, lower: str, at: int) -> _Partial | None:
    """Read four digits as a year where nothing is counted."""
    found = _YEAR.match(lower, at)
    if found is None:
        return None
    year, end = int(found[0]), found.end()
    before = _BEFORE_YEAR.search(scan.text, max(0, at - 12), at)
    sure = FIRST_SURE <= year <= LAST_SURE or (before and MIDDLE_AGES < year <= LAST_SURE)
    if not sure or _COUNTED.match(lower, end) or lower[end : end + 1].isalpha():
        return None
    return _Partial(start=at, end=end, day=Day(year), stated=True)


def _stretched(scan: Scan, lower: str, first: _Partial) -> Reading:
    """Read the second end of a stretch, where there is one."""
    begin, start = first.day, first.start
    if first.last is not None:
        _remember(scan, first)
        return _reading(start, first.end, (begin, first.last))
    opening = _FROM.search(scan.text, max(0, start - 9), start)
    link = re.compile(_TO if not (opening and opening[0].lower().startswith("between")) else rf"{_S}and{_S}").match(
        lower, first.end
    )
    short = _SHORT_YEAR.match(lower, first.end) if begin.month is None else None
    if short is not None and begin.year is not None:
        last = Day(begin.year // 100 * 100 + int(short["y"]))
        if begin.year < (last.year or 0):
            scan.remember(last, start, short.end())
            return _reading(_from(scan, start), short.end(), (begin, last))
    kept = scan.latest, scan.latest_span
    second = _partial(scan, lower, link.end()) if link is not None else None
    if second is not None and second.last is None:
        if not first.stated and second.stated and begin.month is not None:
            begin = replace(begin, year=second.day.year)
        end = second.day
        if first.stated and not second.stated and end.month is not None:
            end = replace(end, year=begin.year)
        same = (begin.month is None) == (end.month is None) and (begin.year is None) == (end.year is None)
        if same and _key(begin) < _key(end):
            scan.remember(end, start, second.end)
            return _reading(opening.start() if opening else start, second.end, (begin, end))
    scan.latest, scan.latest_span = kept
    _remember(scan, first)
    return _reading(start, first.end, (first.day, first.day))


def _remember(scan: Scan, first: _Partial) -> None:
    """Keep the year for partial dates that follow."""
    scan.remember(first.day, first.start, first.end)


def _key(day: Day) -> tuple[int, int, int]:
    """Order dates of one precision."""
    return day.year or 0, day.month or 0, day.day or 0
