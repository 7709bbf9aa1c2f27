"""What a scan of one text knows: the text, who asked, and the dates that stood before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.languages.quantities.calendar import Day

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Scan", "Settings", "identifiers", "settings_from"]

_COUNTRY = re.compile("[A-Za-z]{2}")
_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s\u3000-\u9fff\uff00-\uffef<>\"]+|www\.[^\s\u3000-\u9fff\uff00-\uffef<>\"]+"
)
_MAIL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+_-%")
_SENTENCE_END = re.compile(
    r"[。！？!?]|\.(?=[\"”’)]?\s+[\"“(]?[A-Z])(?<!Jan\.)(?<!Feb\.)(?<!Aug\.)(?<!Sept\.)(?<!Oct\.)(?<!Nov\.)(?<!Dec\.)"
)
_LINE_HEAD = re.compile(r"(?:\A|\n)[ \t\u3000*・•-]*\Z")
NEAR, FAR = 120, 300  # code points within which a year stated before is meant
MAX_MAIL = 64  # octets of a local part, RFC 5321


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a caller asked for.

    Args:
        group: ``ja``, ``zh`` or ``en``.
        simplified: Whether the text is Chinese in simplified script, where 兆 may be a million or a trillion.
        country: ISO 3166 code in capitals, or ``None``.
        year: The year that the text begins in, or ``None``.
        today: The day that 今年 is told by, or ``None``.
    """

    group: str
    simplified: bool = False
    country: str | None = None
    year: int | None = None
    today: dt.date | None = None


def settings_from(*, group: str, country: str | None, year: int | None, today: dt.date | str | None) -> Settings:
    """Check what a caller asked for.

    Args:
        group: ``ja``, ``zh`` or ``en``.
        country: ISO 3166 code of two letters.
        year: A year.
        today: A day, or ISO 8601.

    Returns:
        The settings.

    Raises:
        ConfigError: No country code, no year, no day.
    """
    if country is not None and not _COUNTRY.fullmatch(country):
        raise ConfigError(f"country {country!r} is not a code of two letters", "write JP, US or CN")
    if year is not None and not 1 <= year <= dt.MAXYEAR:
        raise ConfigError(f"year {year} is out of range", "write a year between 1 and 9999")
    if isinstance(today, str):
        try:
            today = dt.date.fromisoformat(today)
        except ValueError as exc:
            raise ConfigError(f"today {today!r} is not a date", "write it as 2026-11-28") from exc
    return Settings(group=group, country=country.upper() if country else None, year=year, today=today)


@dataclass(slots=True, kw_only=True)
class Scan:
    """A text and where its reader stands.

    Args:
        text: The text in characters of normal width.
        settings: What the caller asked for.
        latest: The date that stood last, as far as a year was stated: what partial dates are completed from.
        unsure: Whether a word such as 今年 stands directly before, whose year is not known.
    """

    text: str
    settings: Settings
    latest: Day = field(default_factory=Day)
    latest_span: tuple[int, int] = (0, 0)
    unsure: bool = False

    def __post_init__(self) -> None:
        self.latest = Day(self.settings.year)

    def remember(self, day: Day, start: int, end: int) -> None:
        """Keep a date whose year is known."""
        if day.year is not None:
            self.latest, self.latest_span = day, (start, end)

    def year_for(self, start: int) -> int | None:
        """Tell the year of a partial date at a place, where it is certain.

        Args:
            start: Where the partial date begins.

        Returns:
            The year of the date before it in the same sentence, of a full date in the sentence before, or in a list of dates
            that begin their lines; else the year that the caller gave, which may be none.
        """
        begin, end = self.latest_span
        if self.latest.year is None or end == 0:
            return self.settings.year
        between = self.text[end:start]
        if len(between) <= NEAR and "\n" not in between.strip("\n") and "\n" not in between.strip(" "):
            n_ends = len(_SENTENCE_END.findall(between))
            if n_ends == 0 or (n_ends == 1 and self.latest.month is not None):
                return self.latest.year
        if _begins_line(self.text, begin) and _begins_line(self.text, start):
            return self.latest.year
        return self.settings.year

    def date_before(self, start: int) -> Day:
        """Return the date that 同年 and 翌年 at a place count from.

        Args:
            start: Where the word begins.

        Returns:
            The latest date, where it is near; else what the caller gave.
        """
        is_near = self.latest_span[1] and start - self.latest_span[1] <= FAR
        return self.latest if is_near else Day(self.settings.year)


def _begins_line(text: str, at: int) -> bool:
    """Tell whether nothing but a mark of a list stands before a place on its line."""
    return _LINE_HEAD.search(text, max(0, at - 8), at) is not None


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Find addresses of the web and of mail, whose numbers are none.

    Args:
        text: A text.

    Yields:
        Start and end, in no order.
    """
    if "://" in text or "www." in text:
        for match in _ADDRESS.finditer(text):
            yield match.span()
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > 0 and at - start < MAX_MAIL and text[start - 1] in _MAIL:
            start -= 1
        while end < len(text) and end - at < MAX_MAIL * 4 and text[end] in _MAIL:
            end += 1
        if start < at and end > at + 1:
            yield start, end
        at = text.find("@", at + 1)
