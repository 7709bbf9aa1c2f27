"""Fiscal years, quarters and halves of years in Japanese and Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    fiscal_body,
    fiscal_days,
    half_of,
    iso,
    quarter_of,
    stretch,
    year_ended,
)
from termalign.languages.quantities.han_numbers import small_number
from termalign.languages.quantities.han_partial import SPACE, Partial
from termalign.languages.quantities.readings import Reading
from termalign.languages.quantities.tables import space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["country_of", "fiscal_mark", "fiscal_word", "fiscal_year", "part_of_year", "stretch_reading", "year_ending"]

_OF_YEAR = re.compile(
    rf"(?P<y>[12][0-9]{{3}}|[一二][〇○零一二三四五六七八九]{{3}}){SPACE}(?=会計年度|事業年度|财年|财政年度|会计年度)"
)
_FISCAL = re.compile(rf"{SPACE}(?:(?P<own>年度(?!末尾))|(?P<of>(?:会計|事業|财政|会计)年度|财年|财政年))")
_ENDED = re.compile(
    r"(?:末日?|底)?(?:止|为止|结束|に終わる|に終了する|に終了した|終了)?(?:的|の)?(?:财年|财政年度|会计年度|会計年度|事業年度)"
)
_TERM = re.compile(r"期(?!間|间|待|限|末|中)")
_QUARTER = re.compile(
    rf"{SPACE}の?(?:第{SPACE}(?P<n>[1-4１-４一二三四]){SPACE}(?:四半期|季度?|季)|(?P<z>[一二三四])季度|(?:前|头)(?P<f>[二两三])(?:个)?季度|[QＱ](?P<q>[1-4])|(?P<h>上|下)半?期|(?P<hy>上|下)半年|(?P<jh>前半|後半))"
)
_MONTHS = 12


def stretch_reading(start: int, end: int, days: tuple[Day, Day], *, fiscal: bool = False) -> Reading:
    """Make the reading of a stretch, or of one date where both ends are one.

    Args:
        start: First code point.
        end: End, excluded.
        days: First and last date.
        fiscal: Whether it is a fiscal year or a part of one.

    Returns:
        The reading.
    """
    body = iso(days[0]) if days[0] == days[1] else stretch(*days)
    kind = QuantityKind.FISCAL_YEAR if fiscal else QuantityKind.DATE
    return Reading(start=start, end=end, kind=kind, body=body, days=days, reach=end)


def fiscal_mark(text: str, at: int) -> re.Match[str] | None:
    """Find 年度, 財年 and the like at a place.

    Args:
        text: A text.
        at: A place in it.

    Returns:
        The match, or ``None``.
    """
    return _FISCAL.match(text, at)


def fiscal_word(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read 今年度 where today is known, and 2024財年, whose number has no 年.

    Args:
        scan: The text.
        at: Where it begins.
        rules: The words of the language.

    Returns:
        The reading, or ``None``.
    """
    named = _OF_YEAR.match(scan.text, at)
    mark = _FISCAL.match(scan.text, named.end()) if named is not None else None
    if named is not None and mark is not None:
        day = Day(small_number(named["y"]))
        return fiscal_year(scan, Partial(start=at, end=named.end(), day=day, stated=True), mark, rules)
    found = rules.fiscal_words.at(scan.text, at)
    today = scan.settings.today
    if found is None or today is None:
        return None
    end, distance = found
    country = country_of(scan, at, rules, own=True, era=None)
    first = fiscal_days(today.year, country)
    if first is None:
        return None
    start = (first[0].year or 0) * _MONTHS + (first[0].month or 1)
    year = today.year + (today.year * _MONTHS + today.month - start) // _MONTHS + distance
    days = fiscal_days(year, country)
    return stretch_reading(at, end, days, fiscal=True) if days else None


def country_of(scan: Scan, start: int, rules: HanRules, *, own: bool, era: str | None) -> str | None:
    """Tell whose fiscal year it is: by a nation named before, by the era, by the caller, by the language.

    Args:
        scan: The text.
        start: Where the fiscal year begins.
        rules: The words of the language.
        own: Whether it is called 年度, as those of China are.
        era: Whose era its year is counted in.

    Returns:
        ISO 3166 code, or ``None``.
    """
    named = rules.nations.before(scan.text, space_start(scan.text, start))
    if named is not None:
        return named[1]
    home: str = table("fiscal")["home"][rules.group]
    return era or scan.settings.country or (home if own or rules.group == "ja" else None)


def fiscal_year(scan: Scan, first: Partial, mark: re.Match[str], rules: HanRules) -> Reading:
    """Read a fiscal year, its quarter or half.

    Args:
        scan: The text.
        first: The year that it is named by.
        mark: What :func:`fiscal_mark` found behind it.
        rules: The words of the language.

    Returns:
        Its days; ``FY2024`` and ``FY2024-Q3`` where they are not known.
    """
    year = first.day.year or 0
    country = country_of(scan, first.start, rules, own=mark["own"] is not None, era=first.country)
    days = fiscal_days(year, country)
    end = mark.end()
    if days is not None:
        part = part_of_year(scan.text, (first.start, end), days, fiscal=True)
        return part or stretch_reading(first.start, end, days, fiscal=True)
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


def part_of_year(text: str, span: tuple[int, int], days: tuple[Day, Day], *, fiscal: bool) -> Reading | None:
    """Read a quarter or a half behind its year.

    Args:
        text: A text.
        span: Where the year stands.
        days: Its first and last month.
        fiscal: Whether it is a fiscal year.

    Returns:
        The reading, or ``None``.
    """
    start, at = span
    found = _QUARTER.match(text, at)
    if found is None or found.end() == at:
        return None
    if found["f"]:
        last = quarter_of(days[0], small_number(found["f"].replace("两", "二")) or 1)[1]
        return stretch_reading(start, found.end(), (days[0], last), fiscal=fiscal)
    name = _name_of(found)
    number = int(name[1])
    part = quarter_of(days[0], number) if name[0] == "Q" else half_of(days[0], number)
    return stretch_reading(start, found.end(), part, fiscal=fiscal)


def year_ending(text: str, first: Partial) -> Reading | None:
    """Read 2025年3月期 and 截至2025年3月的财年: the year that ends with that month.

    Args:
        text: A text.
        first: The month.

    Returns:
        The reading, or ``None``.
    """
    day = first.day
    if day.year is None or day.month is None:
        return None
    found = _TERM.match(text, first.end) if day.day is None and first.stated else None
    found = found or _ENDED.match(text, first.end)
    if found is None:
        return None
    start, end = first.start, found.end()
    for word in ("截至", "截止", "截止到"):
        if text.endswith(word, 0, space_start(text, start)):
            start = space_start(text, start) - len(word)
    days = year_ended(day)
    return part_of_year(text, (start, end), days, fiscal=True) or stretch_reading(start, end, days, fiscal=True)
