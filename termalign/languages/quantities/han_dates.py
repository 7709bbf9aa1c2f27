"""Dates, stretches of dates and fiscal years of Japanese and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    century,
    day_exists,
    decade,
    fiscal_body,
    fiscal_days,
    half_of,
    iso,
    months_from,
    quarter_of,
    stretch,
    year_ended,
)
from termalign.languages.quantities.han_numbers import small_number
from termalign.languages.quantities.readings import Reading
from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["read_date"]

_S = r"[ \u3000\u00a0]{0,2}"
_N = "(?:[0-9]{1,4}|[〇○零一二两三四五六七八九十百千廿]{1,7}|元)"
_SHORT = "(?:[0-9]{1,2}|[一二三四五六七八九十廿元]{1,3})"
_ERAS = "|".join(sorted(table("calendar")["eras"], key=lambda name: -len(name)))
_MONTH = rf"(?P<m>{_SHORT}){_S}月(?!間|间|球|面|経|刊|額|薪|光|餅|饼|票|亮)份?"
_DAY = rf"(?P<d>{_SHORT}){_S}(?:日(?!本|間|间|元|圆|币|語|语|系|米|中関|韓|立|々|以内)|号(?![楼线線机馬车院店館]))"
_WEEKDAY = rf"(?:{_S}\({_S}(?:(?:星期|周|礼拜)[一二三四五六日天]|[月火水木金土日](?:曜日?)?(?:[・･]祝)?){_S}\)|{_S}(?:星期[一二三四五六日天]|[月火水木金土日]曜日?))?"
_DATE = re.compile(
    rf"(?:(?P<era>{_ERAS}){_S}(?P<ey>{_N}){_S}(?:年|(?=\.[0-9]))|(?P<ad>西暦|西元|公元|紀元|纪元)?(?P<bc>前)?{_S}(?P<y>{_N}){_S}年)?"
    rf"(?:(?:{_S}\((?:{_ERAS})?{_N}年?\))?{_S}{_MONTH}(?:{_S}{_DAY}{_WEEKDAY})?)?"
)
_BARE_DAY = re.compile(rf"{_DAY}{_WEEKDAY}")
_NUMERIC = re.compile(r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[01]?[0-9])(?:(?P=s)(?P<d>[0-3]?[0-9]))?(?![0-9A-Za-z]|[-/.][0-9])")
_PAIR = rf"{_S}(?P<a>{_N}){_S}(?:[-~〜∼−–—―─]{{1,2}}|至|到|から){_S}(?P<b>{_N}){_S}"
_PAIRS = {
    "year": re.compile(rf"{_PAIR}(?P<u>年度|(?:财|会计|财政|事業|会計)年度?|财年|年(?![間间代来])|(?=[)\s,，。；;、]|\Z))"),
    "month": re.compile(rf"{_PAIR}(?P<u>月期?)(?![間间])"),
    "day": re.compile(rf"{_PAIR}(?P<u>日(?![間间本元])|号)"),
}
_CENTURY = re.compile(rf"(?P<bc>公元前|西元前|紀元前|纪元前)?(?P<n>{_SHORT}){_S}世[紀纪](?:{_S}(?P<t>[0-9]0|[一二三四五六七八九]十){_S}年代)?|(?P<w>上世纪|上个世纪|本世纪)(?P<t2>[0-9]0|[一二三四五六七八九]十)年代")
_OF_YEAR = re.compile(rf"(?P<y>[12][0-9]{{3}}|[一二][〇○零一二三四五六七八九]{{3}}){_S}(?=会計年度|事業年度|财年|财政年度|会计年度)")
_TENS_OF_YEARS = re.compile(rf"(?P<y>[4-9]0|[四五六七八九]十){_S}年{_S}代(?!表|理|价|わ)")
_DECADE = re.compile(rf"{_S}代(?!表|理|价|わ)")
_FISCAL = re.compile(rf"{_S}(?:(?P<own>年度(?!末尾))|(?P<of>(?:会計|事業|财政|会计)年度|财年|财政年))")
_ENDED = re.compile(r"(?:末日?|底)?(?:止|为止|结束|に終わる|に終了する|に終了した|終了)?(?:的|の)?(?:财年|财政年度|会计年度|会計年度|事業年度)")
_TERM = re.compile(r"期(?!間|间|待|限|末|中)")
_QUARTER = re.compile(rf"{_S}の?(?:第{_S}(?P<n>[1-4１-４一二三四]){_S}(?:四半期|季度?|季)|(?P<z>[一二三四])季度|(?:前|头)(?P<f>[二两三])(?:个)?季度|[QＱ](?P<q>[1-4])|(?P<h>上|下)半?期|(?P<hy>上|下)半年|(?P<jh>前半|後半))")
_TODAY_CENTURY = 50  # two-digit years below belong to this century, the others to the last
FIRST_YEAR, LAST_YEAR = 1000, 2999
_NOT_A_YEAR = re.compile(rf"{_S}(?:間|间|来|余|多|以上|もの|ぶり|半|の歴史|の伝統|历史|後の|未満|程度)")
_ROUND_AGO = re.compile(r"(?:前|后|後)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Partial:
    """A date as far as it is written."""

    start: int
    end: int
    day: Day
    era: int | None = None  # the year before the first of its era
    known: bool = True  # whether its year was stated or could be told
    stated: bool = False  # whether the year itself stands there
    country: str | None = None


def read_date(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read the date, the stretch or the fiscal year that begins at a place.

    Args:
        scan: The text.
        at: A place where a quantity may begin.
        rules: The words of the language.

    Returns:
        The reading; ``None`` where there is no date. The scan remembers its year.
    """
    found = _of_year(scan, at, rules) or _century(scan, at, rules) or _fiscal_word(scan, at, rules) or _bare_pair(scan, at, rules)
    if found is not None:
        return found
    first = _partial(scan, at, rules, None)
    if first is None:
        return None
    return _after(scan, first, rules)


def _reading(start: int, end: int, days: tuple[Day, Day], *, fiscal: bool = False) -> Reading:
    """Make the reading of a stretch, or of one date where both ends are one."""
    body = iso(days[0]) if days[0] == days[1] else stretch(*days)
    kind = QuantityKind.FISCAL_YEAR if fiscal else QuantityKind.DATE
    return Reading(start=start, end=end, kind=kind, body=body, days=days, reach=end)


def _century(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read 20世紀 and 20世纪90年代."""
    found = _CENTURY.match(scan.text, at)
    if found is None:
        return None
    if found["w"]:
        tens = small_number(found["t2"])
        if tens is None or (found["w"] == "本世纪") is False and scan.settings.today is None and tens < 0:
            return None
        base = 2000 if found["w"] == "本世纪" else 1900
        return _range(scan, _reading(at, found.end(), decade(base + tens)), rules)
    number = small_number(found["n"])
    if found["n"] == "一" and not scan.text.endswith(("公元", "紀元", "西暦", "西元"), 0, at):
        return None
    if not number or number > 99:  # noqa: PLR2004 - years have four digits
        return None
    if found["t"]:
        tens = small_number(found["t"]) or 0
        return _range(scan, _reading(at, found.end(), decade(100 * (number - 1) + tens)), rules)
    return _range(scan, _reading(at, found.end(), century(number, before_christ=bool(found["bc"]))), rules)


def _of_year(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read 2024財年, whose number has no 年, and 90年代, whose century goes without saying."""
    tens = _TENS_OF_YEARS.match(scan.text, at)
    if tens is not None:
        return _range(scan, _reading(at, tens.end(), decade(1900 + (small_number(tens["y"]) or 0))), rules)
    found = _OF_YEAR.match(scan.text, at)
    mark = _FISCAL.match(scan.text, found.end()) if found is not None else None
    if found is None or mark is None:
        return None
    year = Day(small_number(found["y"]))
    return _fiscal(scan, _Partial(start=at, end=found.end(), day=year, stated=True), mark, rules)


def _fiscal_word(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read 今年度 where today is known."""
    found = rules.fiscal_words.at(scan.text, at)
    today = scan.settings.today
    if found is None or today is None:
        return None
    end, distance = found
    country = _country(scan, at, rules, own=True, era=None)
    for year in (today.year - 1, today.year, today.year + 1):
        days = fiscal_days(year, country)
        if days and (days[0].year, days[0].month) <= (today.year, today.month) <= (days[1].year, days[1].month):  # type: ignore[operator]
            moved = fiscal_days(year + distance, country)
            return _reading(at, end, moved, fiscal=True) if moved else None
    return None


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
        first, last = (Day(None, low), Day(None, high)) if unit == "month" else (Day(None, None, low), Day(None, None, high))
        if low >= high or not day_exists(first) or not day_exists(last):
            return None
        year = scan.year_for(at) if unit == "month" and not scan.unsure else None
        first, last = replace(first, year=year), replace(last, year=year)
        return _reading(at, found.end(), (first, last))
    return None


def _year_pair(scan: Scan, found: re.Match[str], years: tuple[int, int], rules: HanRules) -> Reading | None:
    """Read 2013—2017年 and 2020〜21年度."""
    low, high = years
    if len(found["a"]) != 4 or not FIRST_YEAR <= low <= LAST_YEAR:  # noqa: PLR2004 - digits of a year
        return None
    if high < 100:  # noqa: PLR2004 - two digits
        high += low // 100 * 100
    if not low < high <= LAST_YEAR:
        return None
    scan.remember(Day(high), found.start(), found.end())
    unit = found["u"]
    if unit and unit != "年":
        country = _country(scan, found.start("a"), rules, own=unit == "年度", era=None)
        first, last = fiscal_days(low, country), fiscal_days(high, country)
        if first is None or last is None:
            start, end = found.start("a"), found.end()
            body = f"{fiscal_body(low, None)}..{fiscal_body(high, None)}"
            return Reading(start=start, end=end, kind=QuantityKind.FISCAL_YEAR, body=body, reach=end)
        return _reading(found.start("a"), found.end(), (first[0], last[1]), fiscal=True)
    return _reading(found.start("a"), found.end(), (Day(low), Day(high)))


def _partial(scan: Scan, at: int, rules: HanRules, first: _Partial | None) -> _Partial | None:
    """Read one date, in full or in part; the second end of a stretch takes from the first what it leaves out."""
    numeric = _NUMERIC.match(scan.text, at)
    if numeric is not None:
        day = Day(int(numeric["y"]), int(numeric["m"]), int(numeric["d"]) if numeric["d"] else None)
        is_short = not numeric["d"] and (numeric["s"] == "." or len(numeric["m"]) < 2)  # noqa: PLR2004 - 2020/01, no decimals
        return _Partial(start=at, end=numeric.end(), day=day, stated=True) if day_exists(day) and not is_short else None
    named = _relative(scan, at, rules)
    if named is not None:
        return named
    found = _DATE.match(scan.text, at)
    if found is None or found.end() == at:
        return _bare_day(scan, at, first)
    return _checked(scan, found, first)


def _checked(scan: Scan, found: re.Match[str], first: _Partial | None) -> _Partial | None:
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
        return _Partial(start=at, end=end, day=made, known=known) if day_exists(made) else None
    return _Partial(start=at, end=end, day=made, era=era, stated=True, country=country)


def _year(scan: Scan, found: re.Match[str], month: int | None, first: _Partial | None) -> int | None:
    """Tell the year of N年, or that N年 is no year but a time of N years."""
    written, text = found["y"], scan.text
    number = small_number(written)
    if number is None or written == "元":
        return None
    if found["bc"]:
        return 1 - number if found["ad"] else None
    if found["ad"]:
        return number
    if first is not None and first.era is not None and number < FIRST_YEAR:
        return first.era + number
    is_by_place = len(written) == 4  # noqa: PLR2004 - digits of a year
    if (is_by_place or (not written.isascii() and number >= FIRST_YEAR)) and FIRST_YEAR <= number <= LAST_YEAR:
        behind = found.end("y") + len(text[found.end("y") : found.end()].partition("年")[0]) + 1
        if month is None and (_NOT_A_YEAR.match(text, behind) or (number % 1000 == 0 and _ROUND_AGO.match(text, behind))):
            return None
        return number
    if month is not None and written.isascii() and len(written) == 2:  # noqa: PLR2004 - two digits
        return number + (2000 if number < _TODAY_CENTURY else 1900)
    return None


def _completed(scan: Scan, day: Day, at: int, first: _Partial | None) -> tuple[Day, bool]:
    """Give a date without a year the year of the first end of its stretch, or of the text before it."""
    if first is not None:
        year = first.day.year
        if year is not None and first.day.month is not None and day.month is not None and day.month < first.day.month:
            year += 1
        return replace(day, year=year), first.known
    year = None if scan.unsure else scan.year_for(at)
    return replace(day, year=year), year is not None


def _bare_day(scan: Scan, at: int, first: _Partial | None) -> _Partial | None:
    """Read 5日 without a month: the second end of a stretch, or a day in digits or above ten."""
    found = _BARE_DAY.match(scan.text, at)
    if found is None:
        return None
    number = small_number(found["d"])
    if number is None or not day_exists(Day(None, None, number)):
        return None
    if first is not None and first.day.day is not None:
        return _Partial(start=at, end=found.end(), day=replace(first.day, day=number), known=first.known)
    is_duration = re.compile(r"制|労働|勤務|稼働|あたり|当たり|当り|ごと|おき|平均|程度|ほど|以上|以内|未満|余り|連続|かか|かけ|目|で[^、]|分の|に[0-9一二三]|[0-9]|後|前に|半|ぶり").match(scan.text, found.end())
    is_duration = is_duration or scan.text[at - 1 : at] in {"週", "休"} or (number == 1 and scan.text[found.end() : found.end() + 1] in {"の", "に", "で"})
    if is_duration or not found["d"].isascii() or found[0][len(found["d"]) :].lstrip().startswith("号"):
        return None
    return _Partial(start=at, end=found.end(), day=Day(None, None, number), known=False)


def _relative(scan: Scan, at: int, rules: HanRules) -> _Partial | None:
    """Read 同年, 今年, 翌年3月 and the like where the year can be told."""
    found = rules.relative.at(scan.text, at)
    if found is None or rules.not_relative.at(scan.text, at):
        return None
    end, (source, unit, distance) = found
    today = scan.settings.today
    base = scan.date_before(at) if source == "before" else Day(today.year, today.month) if today else Day()
    if base.year is None or (unit != "year" and base.month is None) or (unit == "day" and base.day is None):
        return None
    if unit == "year":
        day = Day(base.year + distance)
        rest = re.compile(rf"(?:の|的)?{_S}{_MONTH}(?:{_S}{_DAY}{_WEEKDAY})?").match(scan.text, end)
    elif unit == "month":
        day = months_from(base.year, base.month or 1, skip=distance, length=1)[0]
        rest = _BARE_DAY.match(scan.text, end)
    else:
        return _Partial(start=at, end=end, day=base)
    if rest is not None:
        groups = rest.groupdict()
        month = small_number(groups["m"]) if groups.get("m") else day.month
        fuller = Day(day.year, month, small_number(groups["d"]) if groups.get("d") else None)
        if day_exists(fuller):
            day, end = fuller, rest.end()
    return _Partial(start=at, end=end, day=day)


def _country(scan: Scan, start: int, rules: HanRules, *, own: bool, era: str | None) -> str | None:
    """Tell whose fiscal year it is: by a nation named before, by the caller, by the era, by the language."""
    named = rules.nations.before(scan.text, space_start(scan.text, start))
    if named is not None:
        return named[1]
    if scan.settings.country or era:
        return scan.settings.country if not era else era
    home: str = table("fiscal")["home"][rules.group]
    return home if own or rules.group == "ja" else None


def _after(scan: Scan, first: _Partial, rules: HanRules) -> Reading | None:
    """Read what may stand behind a date: 度, 代, 期, a quarter, the second end of a stretch."""
    text, day = scan.text, first.day
    only_year = first.day.month is None and first.day.day is None
    before_year = first.end - 1 if only_year and text[first.end - 1] == "年" else first.end
    fiscal = _FISCAL.match(text, before_year) if only_year and day.year is not None else None
    if fiscal is not None:
        return _fiscal(scan, first, fiscal, rules)
    if only_year and first.stated and _DECADE.match(text, first.end) and ((day.year or 1) - (first.era or 0)) % 10 == 0:
        end = _DECADE.match(text, first.end).end()  # type: ignore[union-attr]
        return _range(scan, _reading(first.start, end, decade(day.year or 0)), rules)
    if only_year and day.year is not None and first.end > first.start:
        part = _part_of_year(scan, first.start, first.end, months_from(day.year, 1, skip=0, length=12), fiscal=False)
        if part is not None:
            _remember(scan, first)
            return part
    ended = _ended(scan, first)
    if ended is not None:
        return ended
    _remember(scan, first)
    return _tail_pair(scan, first) or _range(scan, _reading(first.start, first.end, (day, day)), rules, first)


def _remember(scan: Scan, first: _Partial) -> None:
    """Keep the year for partial dates that follow."""
    if first.known:
        scan.remember(first.day, first.start, first.end)


def _fiscal(scan: Scan, first: _Partial, mark: re.Match[str], rules: HanRules) -> Reading | None:
    """Read a fiscal year, its quarter or half, and a stretch of them."""
    year = first.day.year or 0
    country = _country(scan, first.start, rules, own=mark["own"] is not None, era=first.country)
    days = fiscal_days(year, country)
    end = mark.end()
    if days is not None:
        part = _part_of_year(scan, first.start, end, days, fiscal=True)
        return part or _range(scan, _reading(first.start, end, days, fiscal=True), rules, first)
    quarter = _QUARTER.match(scan.text, end)
    body = fiscal_body(year, None)
    if quarter is not None and not quarter["f"]:
        body, end = f"{body}-{_name_of(quarter)}", quarter.end()
    return Reading(start=first.start, end=end, kind=QuantityKind.FISCAL_YEAR, body=body, reach=end)


def _name_of(found: re.Match[str]) -> str:
    """Write ``Q3`` or ``H1``."""
    written = found["n"] or found["z"] or found["q"]
    if written:
        return f"Q{small_number(written)}"
    return "H1" if (found["h"] or found["hy"]) == "上" or found["jh"] == "前半" else "H2"


def _part_of_year(scan: Scan, start: int, at: int, days: tuple[Day, Day], *, fiscal: bool) -> Reading | None:
    """Read a quarter or a half behind its year."""
    found = _QUARTER.match(scan.text, at)
    if found is None or found.end() == at:
        return None
    if found["f"]:
        last = quarter_of(days[0], small_number(found["f"].replace("两", "二")) or 1)[1]
        return _reading(start, found.end(), (days[0], last), fiscal=fiscal)
    name = _name_of(found)
    number = int(name[1])
    part = quarter_of(days[0], number) if name[0] == "Q" else half_of(days[0], number)
    return _reading(start, found.end(), part, fiscal=fiscal)


def _ended(scan: Scan, first: _Partial) -> Reading | None:
    """Read 2025年3月期 and 截至2025年3月的财年: the year that ends with that month."""
    day = first.day
    if day.year is None or day.month is None:
        return None
    found = _TERM.match(scan.text, first.end) if day.day is None and first.stated else None
    found = found or _ENDED.match(scan.text, first.end)
    if found is None:
        return None
    start, end = first.start, found.end()
    for word in ("截至", "截止", "截止到"):
        if scan.text.endswith(word, 0, space_start(scan.text, start)):
            start = space_start(scan.text, start) - len(word)
    days = year_ended(day)
    return _part_of_year(scan, start, end, days, fiscal=True) or _reading(start, end, days, fiscal=True)


def _tail_pair(scan: Scan, first: _Partial) -> Reading | None:
    """Read 2020年4〜6月 and 4月1〜5日."""
    day = first.day
    if day.day is not None:
        return None
    unit = "month" if day.month is None else "day"
    found = _PAIRS[unit].match(scan.text, first.end)
    if found is None:
        return None
    low, high = small_number(found["a"]), small_number(found["b"])
    if low is None or high is None or low >= high:
        return None
    ends = (replace(day, month=low), replace(day, month=high)) if unit == "month" else (replace(day, day=low), replace(day, day=high))
    if not all(map(day_exists, ends)):
        return None
    return _reading(first.start, found.end(), ends)


def _range(scan: Scan, low: Reading, rules: HanRules, first: _Partial | None = None) -> Reading:
    """Read the second end of a stretch, where there is one."""
    link = rules.connect.match(scan.text, low.end)
    if link is None:
        return low
    kept, scan.unsure = (scan.latest, scan.latest_span), False
    high = _second(scan, link.end(), rules, first)
    if high is None or high.days is None or low.days is None or high.kind is not low.kind:
        scan.latest, scan.latest_span = kept
        return low
    begin, end = low.days[0], high.days[1]
    if begin.year is None and end.year is not None and begin.month is not None:
        begin = replace(begin, year=end.year)
    if (begin.year is None) != (end.year is None) or _key(begin) >= _key(end):
        scan.latest, scan.latest_span = kept
        return low
    return _reading(low.start, high.end, (begin, end), fiscal=low.kind is QuantityKind.FISCAL_YEAR)


def _second(scan: Scan, at: int, rules: HanRules, first: _Partial | None) -> Reading | None:
    """Read the second end of a stretch; a further stretch behind it is not looked for."""
    found = _CENTURY.match(scan.text, at)
    if found is not None:
        number, tens = small_number(found["n"] or ""), small_number(found["t"] or "")
        if number and tens is not None:
            return _reading(at, found.end(), decade(100 * (number - 1) + tens))
        return _reading(at, found.end(), century(number)) if number else None
    second = _partial(scan, at, rules, first)
    if second is None:
        return None
    if second.day.month is None and second.day.year is not None and scan.text[second.end - 1] == "年":
        fiscal = _FISCAL.match(scan.text, second.end - 1)
        days = fiscal_days(second.day.year, _country(scan, first.start if first else at, rules, own=True, era=second.country)) if fiscal else None
        if fiscal is not None:
            return _reading(at, fiscal.end(), days, fiscal=True) if days else None
        if _DECADE.match(scan.text, second.end):
            return _reading(at, second.end + 1, decade(second.day.year))
    _remember(scan, second)
    return _reading(at, second.end, (second.day, second.day))


def _key(day: Day) -> tuple[int, int, int]:
    """Order dates of one precision."""
    return day.year or 0, day.month or 0, day.day or 0


def end_of_space(text: str, at: int) -> int:
    """Step over white space."""
    return space_end(text, at)
