"""Days, months and years: ISO 8601 at the precision stated, stretches, fiscal years, quarters."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from termalign.languages.quantities.tables import table

__all__ = [
    "Day",
    "century",
    "day_exists",
    "decade",
    "first_day",
    "fiscal_body",
    "fiscal_days",
    "half_of",
    "iso",
    "last_day",
    "months_from",
    "quarter_of",
    "stretch",
    "year_ended",
]

MONTHS = 12
MAX_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Day:
    """A date at the precision stated; what is not stated is ``None``.

    Args:
        year: Astronomical year: 221 BC is -220.
        month: 1 to 12.
        day: 1 to 31.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None


def day_exists(day: Day) -> bool:
    """Tell whether the calendar has such a date.

    Args:
        day: A date.

    Returns:
        Whether month and day are in range; the 29th of February exists where no year is stated.
    """
    if day.month is not None and not 1 <= day.month <= MONTHS:
        return False
    if day.year is not None and not -MAX_YEAR <= day.year <= MAX_YEAR:
        return False
    if day.day is None:
        return True
    longest = 31 if day.month is None else _month_length(day.year, day.month)
    return 1 <= day.day <= longest


def _month_length(year: int | None, month: int) -> int:
    """Return the number of days of a month, the greatest where no year is stated."""
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return monthrange(2000 if leap else 2001, month)[1]


def iso(day: Day) -> str:
    """Write a date.

    Args:
        day: A date.

    Returns:
        ISO 8601 at its precision; ``--07-05`` without a year, ``---21`` without a month.

    >>> iso(Day(2020, 1, 21)), iso(Day(2017, 8)), iso(Day(None, 7, 5)), iso(Day(-220))
    ('2020-01-21', '2017-08', '--07-05', '-0220')
    """
    month = f"-{day.month:02}" if day.month is not None else ""
    end = f"-{day.day:02}" if day.day is not None else ""
    if day.year is not None:
        return f"{'-' if day.year < 0 else ''}{abs(day.year):04}{month}{end}"
    return f"-{month or '-'}{end}"


def first_day(day: Day) -> Day:
    """Return the first day of what is stated.

    Args:
        day: A date with a year or a month.

    Returns:
        A day.
    """
    return Day(day.year, day.month or 1, day.day or 1)


def last_day(day: Day) -> Day:
    """Return the last day of what is stated.

    Args:
        day: A date with a year or a month.

    Returns:
        A day.
    """
    month = day.month or MONTHS
    return Day(day.year, month, day.day or _month_length(day.year, month))


def stretch(first: Day, last: Day) -> str:
    """Write a stretch of days, both included.

    Args:
        first: A date.
        last: A later date of the same precision.

    Returns:
        ``first/last`` day; months where the end of February without a year is not known.

    >>> stretch(Day(2013), Day(2017)), stretch(Day(None, 4, 1), Day(None, 4, 5)), stretch(Day(None, 1), Day(None, 2))
    ('2013-01-01/2017-12-31', '--04-01/--04-05', '--01/--02')
    """
    if first.month is None and first.year is None:
        return f"{iso(first)}/{iso(last)}"
    if last.year is None and last.month == 2 and last.day is None:  # noqa: PLR2004 - February
        return f"{iso(first)}/{iso(last)}"
    return f"{iso(first_day(first))}/{iso(last_day(last))}"


def decade(year: int) -> tuple[Day, Day]:
    """Return the first and last year of a decade.

    Args:
        year: Its first year.

    Returns:
        Both years.
    """
    return Day(year), Day(year + 9)


def century(number: int, *, before_christ: bool = False) -> tuple[Day, Day]:
    """Return the first and last year of a century.

    Args:
        number: Which; the first began in the year 1.
        before_christ: Whether it is counted backwards.

    Returns:
        Both years: 1901 and 2000 of the 20th.
    """
    if before_christ:
        return Day(1 - 100 * number), Day(-100 * (number - 1))
    return Day(100 * (number - 1) + 1), Day(100 * number)


def months_from(year: int, month: int, *, skip: int, length: int) -> tuple[Day, Day]:
    """Return the first and last month of a stretch of months.

    Args:
        year: Year of the month to count from.
        month: The month to count from.
        skip: Months that pass before the stretch.
        length: Its months.

    Returns:
        Both months.
    """
    begin = year * MONTHS + month - 1 + skip
    end = begin + length - 1
    return Day(begin // MONTHS, begin % MONTHS + 1), Day(end // MONTHS, end % MONTHS + 1)


def quarter_of(first: Day, number: int) -> tuple[Day, Day]:
    """Return a quarter of a year that begins on a day.

    Args:
        first: First month of the year.
        number: 1 to 4.

    Returns:
        First and last month.
    """
    return months_from(first.year or 0, first.month or 1, skip=3 * (number - 1), length=3)


def half_of(first: Day, number: int) -> tuple[Day, Day]:
    """Return a half of a year that begins on a day.

    Args:
        first: First month of the year.
        number: 1 or 2.

    Returns:
        First and last month.
    """
    return months_from(first.year or 0, first.month or 1, skip=6 * (number - 1), length=6)


def fiscal_days(year: int, country: str | None) -> tuple[Day, Day] | None:
    """Return the months of a fiscal year.

    Args:
        year: The year that it is named by.
        country: ISO 3166 code; ``None`` where none is known.

    Returns:
        First and last month; ``None`` where the fiscal year of that country is not in the tables.
    """
    rule = table("fiscal")["countries"].get(country)
    if rule is None:
        return None
    begin = year - 1 if rule["named_by"] == "end" else year
    return months_from(begin, rule["month"], skip=0, length=MONTHS)


def fiscal_body(year: int, country: str | None) -> str:
    """Write a fiscal year.

    Args:
        year: The year that it is named by.
        country: ISO 3166 code, or ``None``.

    Returns:
        Its days, or ``FY2024`` where they are not known.

    >>> fiscal_body(2018, "JP"), fiscal_body(2024, "US"), fiscal_body(2024, None)
    ('2018-04-01/2019-03-31', '2023-10-01/2024-09-30', 'FY2024')
    """
    days = fiscal_days(year, country)
    return stretch(*days) if days else f"FY{year:04}"


def year_ended(day: Day) -> tuple[Day, Day]:
    """Return the twelve months that end with a month.

    Args:
        day: A month of a year.

    Returns:
        First and last month.
    """
    return months_from(day.year or 0, day.month or MONTHS, skip=1 - MONTHS, length=MONTHS)
