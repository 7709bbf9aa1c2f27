"""Dates, stretches of dates and fiscal years of Japanese and Chinese."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    century,
    day_exists,
    decade,
    fiscal_body,
    fiscal_days,
    months_from,
)
from termalign.languages.quantities.han_fiscal import (
    country_of,
    fiscal_mark,
    fiscal_word,
    fiscal_year,
    part_of_year,
    stretch_reading,
    year_ending,
)
from termalign.languages.quantities.han_numbers import small_number
from termalign.languages.quantities.han_partial import (
    FIRST_YEAR,
    LAST_YEAR,
    NUMBER,
    SHORT,
    SPACE,
    Partial,
    read_partial,
)
from termalign.languages.quantities.readings import Reading
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["read_date"]

_PAIR = rf"{SPACE}(?P<a>{NUMBER}){SPACE}(?:[-~〜∼−–—―─]{{1,2}}|至|到|から){SPACE}(?P<b>{NUMBER}){SPACE}"
_PAIRS = {
    "year": re.compile(
        rf"{_PAIR}(?P<u>年度|(?:财|会计|财政|事業|会計)年度?|财年|年(?![代来])[間间]?|(?=[)\s,，。；;、]|\Z))"
    ),
    "month": re.compile(rf"{_PAIR}(?P<u>月期?)(?![間间])"),
    "day": re.compile(rf"{_PAIR}(?P<u>日(?![間间本元])|号)"),
}
_CENTURY = re.compile(
    rf"(?P<bc>公元前|西元前|紀元前|纪元前)?(?P<n>{SHORT}){SPACE}世[紀纪](?:{SPACE}(?P<t>[0-9]0|(?P<t0>[一二三四五六七八九])?[一二三四五六七八九]十){SPACE}年代)?|(?P<w>上世纪|上个世纪|本世纪)(?P<t2>[0-9]0|(?P<t3>[一二三四五六七八九])?[一二三四五六七八九]十)年代"
)
_DECADE = re.compile(rf"{SPACE}代(?!表|理|价|わ)")
_TENS_OF_YEARS = re.compile(rf"(?P<y>[4-9]0|[四五六七八九]十){SPACE}年{SPACE}代(?!表|理|价|わ)")
# Most numbers are no dates, and tell so by what stands behind them; a date may also begin with a word.
_AHEAD = re.compile(
    rf"{NUMBER}{SPACE}(?:[-年月日号世/.~〜∼−–—―─至到会事财]|から)|一昨|[^0-9〇○零一二两三四五六七八九十百千廿元]"
)
_CHRIST = ("公元", "紀元", "西暦", "西元")
_DIGITS_OF_YEAR = 4


def read_date(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read the date, the stretch or the fiscal year that begins at a place.

    Args:
        scan: The text.
        at: A place where a quantity may begin.
        rules: The words of the language.

    Returns:
        The reading; ``None`` where there is no date. The scan remembers its year.
    """
    if not _AHEAD.match(scan.text, at):
        return None
    found = _long(scan.text, at) or fiscal_word(scan, at, rules)
    if found is not None:
        return _range(scan, found, rules)
    first = None
    found = _bare_pair(scan, at, rules)
    if found is None:
        first = read_partial(scan, at, rules)
    return found or (_after(scan, first, rules) if first is not None else None)


def _long(text: str, at: int) -> Reading | None:
    """Read 20世紀, 20世纪90年代, 上世纪90年代 and 90年代."""
    tens = _TENS_OF_YEARS.match(text, at)
    if tens is not None:
        return stretch_reading(at, tens.end(), decade(1900 + (small_number(tens["y"]) or 0)))
    found = _CENTURY.match(text, at)
    if found is None or (found["n"] == "一" and not text.endswith(_CHRIST, 0, at)):
        return None
    if found["w"]:
        return _tens(found, 2000 if found["w"] == "本世纪" else 1900)
    number = small_number(found["n"])
    if not number or number > 99:  # noqa: PLR2004 - years have four digits
        return None
    if found["t"]:
        return _tens(found, 100 * (number - 1))
    return stretch_reading(at, found.end(), century(number, before_christ=bool(found["bc"])))


def _tens(found: re.Match[str], base: int) -> Reading:
    """Read the decade of a century, and two of them: 20世纪八九十年代."""
    first, last = found["t0"] or found["t3"], (found["t"] or found["t2"])[-2:]
    last_year = base + (small_number(last) or 0)
    first_year = base + 10 * (small_number(first) or 0) if first else last_year
    return stretch_reading(found.start(), found.end(), (decade(first_year)[0], decade(last_year)[1]))


def _bare_pair(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read 2013—2017年, 4～6月 and 5~7日, whose first end has no unit of its own."""
    for unit, pattern in _PAIRS.items():
        found = pattern.match(scan.text, at)
        if found is None or found.start("a") != at:
            continue
        low, high = small_number(found["a"]), small_number(found["b"])
        if low is None or high is None:
            return None
        if unit == "year":
            return _year_pair(scan, found, (low, high), rules)
        day = Day(scan.year_for(at) if unit == "month" and not scan.unsure else None)
        return _pair(day, unit, (low, high), (at, found.end()))
    return None


def _pair(day: Day, unit: str, numbers: tuple[int, int], span: tuple[int, int]) -> Reading | None:
    """Make a stretch of months of a year or of days of a month."""
    low, high = numbers
    if unit == "month":
        ends = replace(day, month=low), replace(day, month=high)
    else:
        ends = replace(day, day=low), replace(day, day=high)
    if low >= high or not all(map(day_exists, ends)):
        return None
    return stretch_reading(*span, ends)


def _year_pair(scan: Scan, found: re.Match[str], years: tuple[int, int], rules: HanRules) -> Reading | None:
    """Read 2013—2017年 and 2020〜21年度."""
    low, high = years
    start, end, unit = found.start("a"), found.end(), found["u"]
    last_is_short = high < 100  # noqa: PLR2004 - two digits
    if last_is_short:
        high += low // 100 * 100
    if len(found["a"]) != _DIGITS_OF_YEAR or not FIRST_YEAR <= low < high <= LAST_YEAR:
        return None
    scan.remember(Day(high), start, end)
    if not unit or unit in {"年", "年間", "年间"}:
        return stretch_reading(start, end, (Day(low), Day(high)))
    is_one = rules.chinese and last_is_short and high == low + 1  # 2024-25年度: one year that no calendar of China has
    country = None if is_one else country_of(scan, start, rules, own=unit == "年度", era=None)
    first, last = fiscal_days(low, country), fiscal_days(high, country)
    if first is not None and last is not None:
        return stretch_reading(start, end, (first[0], last[1]), fiscal=True)
    body = f"{fiscal_body(low, None)}..{fiscal_body(high, None)}"
    return Reading(start=start, end=end, kind=QuantityKind.FISCAL_YEAR, body=body, reach=end)


def _after(scan: Scan, first: Partial, rules: HanRules) -> Reading:
    """Read what may stand behind a date: 度, 代, 期, a quarter, the second end of a stretch."""
    text, day = scan.text, first.day
    if day.month is None and day.day is None and day.year is not None:
        longer = _after_year(scan, first, day.year, rules)
        if longer is not None:
            return longer
    ended = year_ending(text, first)
    if ended is not None:
        return ended
    _remember(scan, first)
    pair = _tail_pair(text, first)
    return pair or _range(scan, stretch_reading(first.start, first.end, (day, day)), rules, first)


def _after_year(scan: Scan, first: Partial, year: int, rules: HanRules) -> Reading | None:
    """Read 年度, 年代 and a quarter behind a year."""
    text = scan.text
    fiscal = fiscal_mark(text, first.end - 1 if text[first.end - 1] == "年" else first.end)
    if fiscal is not None:
        return _range(scan, fiscal_year(scan, first, fiscal, rules), rules, first)
    tens = _DECADE.match(text, first.end) if first.stated and (year - (first.era or 0)) % 10 == 0 else None
    if tens is not None:
        return _range(scan, stretch_reading(first.start, tens.end(), decade(year)), rules)
    months = months_from(year, 1, skip=0, length=12)
    part = part_of_year(text, (first.start, first.end), months, fiscal=False)
    if part is not None:
        _remember(scan, first)
    return part


def _remember(scan: Scan, first: Partial) -> None:
    """Keep the year for partial dates that follow."""
    if first.known:
        scan.remember(first.day, first.start, first.end)


def _tail_pair(text: str, first: Partial) -> Reading | None:
    """Read 2020年4〜6月 and 4月1〜5日."""
    unit = "month" if first.day.month is None else "day"
    found = _PAIRS[unit].match(text, first.end) if first.day.day is None else None
    low, high = (small_number(found["a"]), small_number(found["b"])) if found is not None else (None, None)
    if found is None or low is None or high is None:
        return None
    return _pair(first.day, unit, (low, high), (first.start, found.end()))


def _range(scan: Scan, low: Reading, rules: HanRules, first: Partial | None = None) -> Reading:
    """Read the second end of a stretch, where there is one."""
    link = rules.connect.match(scan.text, low.end)
    if link is None or low.days is None:
        return low
    kept, scan.unsure = (scan.latest, scan.latest_span), False
    high = _second(scan, link.end(), rules, first)
    if high is not None and high.days is not None and high.kind is low.kind:
        begin, end = low.days[0], high.days[1]
        if begin.year is None and end.year is not None and begin.month is not None:
            begin = replace(begin, year=end.year)
        if (begin.year is None) == (end.year is None) and _key(begin) < _key(end):
            return stretch_reading(low.start, high.end, (begin, end), fiscal=low.kind is QuantityKind.FISCAL_YEAR)
    scan.latest, scan.latest_span = kept
    return low


def _second(scan: Scan, at: int, rules: HanRules, first: Partial | None) -> Reading | None:
    """Read the second end of a stretch; a further stretch behind it is not looked for."""
    long = _long(scan.text, at)
    second = read_partial(scan, at, rules, first=first) if long is None else None
    if second is None:
        return long
    year = second.day.year if second.day.month is None and scan.text[second.end - 1] == "年" else None
    fiscal = fiscal_mark(scan.text, second.end - 1) if year is not None else None
    if fiscal is not None and year is not None:
        era = second.country or (first.country if first else None)
        days = fiscal_days(year, country_of(scan, first.start if first else at, rules, own=True, era=era))
        return stretch_reading(at, fiscal.end(), days, fiscal=True) if days else None
    tens = _DECADE.match(scan.text, second.end) if year is not None else None
    if tens is not None and year is not None:
        return stretch_reading(at, tens.end(), decade(year))
    _remember(scan, second)
    return stretch_reading(at, second.end, (second.day, second.day))


def _key(day: Day) -> tuple[int, int, int]:
    """Order dates of one precision."""
    return day.year or 0, day.month or 0, day.day or 0
