"""One date of Japanese or Chinese, in full or in part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import Day, day_exists, months_from
from termalign.languages.quantities.han_numbers import small_number
from termalign.languages.quantities.tables import table

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["FIRST_YEAR", "LAST_YEAR", "NUMBER", "SHORT", "SPACE", "Partial", "read_partial"]

# Insides of regular expressions: white space between the parts of a date, the number of a year, that of a month or a day.
SPACE = r"[ \u3000\u00a0]{0,2}"
NUMBER = "(?:[0-9]{1,4}|[〇○零一二两三四五六七八九十百千廿]{1,7}|元)"
SHORT = "(?:[0-9]{1,2}|[一二三四五六七八九十廿元]{1,3})"
FIRST_YEAR, LAST_YEAR = 1000, 2999  # 999年 is a time of so many years
_ERAS = "|".join(sorted(table("calendar")["eras"], key=lambda name: -len(name)))
_MONTH = rf"(?P<m>{SHORT}){SPACE}月(?!間|间|球|面|経|刊|額|薪|光|餅|饼|票|亮)份?"
_DAY = rf"(?P<d>{SHORT}){SPACE}(?:日(?!本|間|间|元|圆|币|語|语|系|米|中関|韓|立|々|以内)|号(?![楼线線机馬车院店館]))"
_WEEKDAY = rf"(?:{SPACE}\({SPACE}(?:(?:星期|周|礼拜)[一二三四五六日天]|[月火水木金土日](?:曜日?)?(?:[・･]祝)?){SPACE}\)|{SPACE}(?:星期[一二三四五六日天]|[月火水木金土日]曜日?))?"
_DATE = re.compile(
    rf"(?:(?P<era>{_ERAS}){SPACE}(?P<ey>{NUMBER}){SPACE}(?:年|(?=\.[0-9]))|(?P<ad>西暦|西元|公元|紀元|纪元)?(?P<bc>前)?{SPACE}(?P<y>{NUMBER}){SPACE}年)?"
    rf"(?:(?:{SPACE}\((?:{_ERAS})?{NUMBER}年?\))?{SPACE}{_MONTH}(?:{SPACE}{_DAY}{_WEEKDAY})?)?"
)
_BARE_DAY = re.compile(rf"{_DAY}{_WEEKDAY}")
_NUMERIC = re.compile(
    r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[01]?[0-9])(?:(?P=s)(?P<d>[0-3]?[0-9]))?(?![0-9A-Za-z]|[-/.][0-9])"
)
_REST = re.compile(rf"(?:の|的)?{SPACE}{_MONTH}(?:{SPACE}{_DAY}{_WEEKDAY})?")
_HOW_LONG = re.compile(
    r"制|労働|勤務|稼働|あたり|当たり|当り|ごと|おき|平均|程度|ほど|以上|以内|未満|余り|連続|かか|かけ|目|で[^、]|分の|に[0-9一二三]"
    r"|[0-9]|後|前に|半|ぶり"
)  # behind N日: a time, no day of a month
_NOT_A_YEAR = re.compile(rf"{SPACE}(?:間|间|来|余|多|以上|もの|ぶり|半|の歴史|の伝統|历史|後の|未満|程度)")
_ROUND_AGO = re.compile(r"(?:前|后|後)")
_MONTHS_AHEAD = re.compile(rf"{SPACE}年{SPACE}{SHORT}{SPACE}[-~〜–—−至]{SPACE}{SHORT}{SPACE}月")  # 23年4～6月
_MORE = re.compile("[余多]|以上")
MODERN = 1900, 2100
_THIS_CENTURY = 50  # two-digit years below belong to this century, the others to the last
_DIGITS_OF_YEAR = 4
_SHORT_YEAR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A date as far as it is written.

    Args:
        start: First code point.
        end: End, excluded.
        day: What is stated or could be told.
        era: The year before the first of its era.
        known: Whether its year was stated or could be told.
        stated: Whether the year itself stands there.
        country: Whose era it is.
    """

    start: int
    end: int
    day: Day
    era: int | None = None
    known: bool = True
    stated: bool = False
    country: str | None = None


def read_partial(scan: Scan, at: int, rules: HanRules, *, first: Partial | None = None) -> Partial | None:
    """Read one date, in full or in part.

    Args:
        scan: The text.
        at: Where it begins.
        rules: The words of the language.
        first: The first end of a stretch, from which the second takes what it leaves out.

    Returns:
        The date; ``None`` where there is none.
    """
    numeric = _NUMERIC.match(scan.text, at)
    if numeric is not None:
        day = Day(int(numeric["y"]), int(numeric["m"]), int(numeric["d"]) if numeric["d"] else None)
        is_decimal = not numeric["d"] and (
            numeric["s"] == "." or (numeric["s"] == "-" and len(numeric["m"]) < _SHORT_YEAR)
        )
        return (
            Partial(start=at, end=numeric.end(), day=day, stated=True) if day_exists(day) and not is_decimal else None
        )
    named = _relative(scan, at, rules)
    if named is not None:
        return named
    found = _DATE.match(scan.text, at)
    if found is None or found.end() == at:
        return _bare_day(scan, at, first)
    return _checked(scan, found, first)


def _checked(scan: Scan, found: re.Match[str], first: Partial | None) -> Partial | None:
    """Turn what the pattern found into a date, where it is one."""
    at, end = found.start(), found.end()
    month = small_number(found["m"]) if found["m"] else None
    day = small_number(found["d"]) if found["d"] else None
    year, era, country = None, None, None
    if found["era"]:
        base, length = table("calendar")["eras"][found["era"]]
        number = small_number(found["ey"])
        if not number or (length and number > length):
            return None
        year, era, country = base + number, base, "TW" if found["era"].endswith("国") else "JP"
    elif found["y"]:
        year = _year(scan, found, month, first)
        if year is None:
            return None
        era = first.era if first and first.era is not None and len(found["y"]) <= 2 else None  # noqa: PLR2004 - two digits
    made = Day(year, month, day)
    if not day_exists(made):
        return None
    if year is None:
        made, known = _completed(scan, made, at, first)
        return Partial(start=at, end=end, day=made, known=known) if day_exists(made) else None
    return Partial(start=at, end=end, day=made, era=era, stated=True, country=country)


def _year(scan: Scan, found: re.Match[str], month: int | None, first: Partial | None) -> int | None:
    """Tell the year of N年, or that N年 is no year but a time of N years."""
    written = found["y"]
    number = small_number(written)
    if number is None or written == "元":
        return None
    if found["bc"] or found["ad"]:
        return (1 - number if found["bc"] else number) if found["ad"] else None
    if first is not None and first.era is not None and number < FIRST_YEAR:
        return first.era + number
    is_written_out = not written.isascii() and len(written) > _SHORT_YEAR  # 二千二十年, not 千年
    if FIRST_YEAR <= number <= LAST_YEAR and (len(written) == _DIGITS_OF_YEAR or is_written_out):
        return number if month is not None or not _is_time(scan.text, found, number) else None
    has_month = month is not None or _MONTHS_AHEAD.match(scan.text, found.end("y"))
    if has_month and written.isascii() and len(written) == _SHORT_YEAR:
        return number + (2000 if number < _THIS_CENTURY else 1900)
    return None


def _is_time(text: str, found: re.Match[str], number: int) -> bool:
    """Tell whether 1000年 is a time of so many years: 1000年の歴史, 2000年前."""
    behind = found.end("y") + len(text[found.end("y") : found.end()].partition("年")[0]) + 1
    is_modern = MODERN[0] <= number < MODERN[1] and number % 1000 != 0 and _MORE.match(text, behind)
    if is_modern:  # 比1998年多一倍
        return False
    return bool(_NOT_A_YEAR.match(text, behind) or (number % 1000 == 0 and _ROUND_AGO.match(text, behind)))


def _completed(scan: Scan, day: Day, at: int, first: Partial | None) -> tuple[Day, bool]:
    """Give a date without a year the year of the first end of its stretch, or of the text before it."""
    if first is not None:
        year = first.day.year
        if year is not None and first.day.month is not None and day.month is not None and day.month < first.day.month:
            year += 1
        return replace(day, year=year), first.known
    year = None if scan.unsure else scan.year_for(at)
    return replace(day, year=year), year is not None


def _bare_day(scan: Scan, at: int, first: Partial | None) -> Partial | None:
    """Read 5日 without a month: the second end of a stretch, or a day in digits."""
    found = _BARE_DAY.match(scan.text, at)
    number = small_number(found["d"]) if found is not None else None
    if found is None or number is None or not day_exists(Day(None, None, number)):
        return None
    end = found.end()
    if first is not None and first.day.day is not None:
        return Partial(start=at, end=end, day=replace(first.day, day=number), known=first.known)
    is_time = _HOW_LONG.match(scan.text, end) or scan.text[at - 1 : at] in {"週", "休", "泊"}
    is_time = is_time or (number == 1 and scan.text[end : end + 1] in {"の", "に", "で"})
    if is_time or not found["d"].isascii() or found[0][len(found["d"]) :].lstrip().startswith("号"):
        return None
    return Partial(start=at, end=end, day=Day(None, None, number), known=False)


def _relative(scan: Scan, at: int, rules: HanRules) -> Partial | None:
    """Read 同年, 今年, 翌年3月 and the like where the year can be told."""
    found = rules.relative.at(scan.text, at)
    if found is None or rules.not_relative.at(scan.text, at):
        return None
    end, (source, unit, distance) = found
    today = scan.settings.today
    base = scan.date_before(at) if source == "before" else Day(today.year, today.month) if today else Day()
    if base.year is None or (unit != "year" and base.month is None) or (unit == "day" and base.day is None):
        return None
    if unit == "day":
        return Partial(start=at, end=end, day=base)
    if unit == "year":
        day, rest = Day(base.year + distance), _REST.match(scan.text, end)
    else:
        day = months_from(base.year, base.month or 1, skip=distance, length=1)[0]
        rest = _BARE_DAY.match(scan.text, end)
    if rest is not None:
        groups = rest.groupdict()
        month = small_number(groups["m"]) if groups.get("m") else day.month
        fuller = Day(day.year, month, small_number(groups["d"]) if groups.get("d") else None)
        if day_exists(fuller):
            day, end = fuller, rest.end()
    return Partial(start=at, end=end, day=day)
