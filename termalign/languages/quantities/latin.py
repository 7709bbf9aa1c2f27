"""What Latin letters and digits mean in every language: FY2024, Q3, H1, and identifiers that are no numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termalign.languages.quantities.calendar import (
    Day,
    fiscal_body,
    fiscal_days,
    half_of,
    iso,
    months_from,
    quarter_of,
    stretch,
)
from termalign.languages.quantities.readings import Reading
from termalign.languages.quantities.tables import table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = [
    "enumerator_end",
    "fiscal_reading",
    "heading_end",
    "native_quarter",
    "quarter_reading",
    "read_latin",
    "skip_identifier",
]

_FISCAL = re.compile(r"FY ?'?(?P<y>[0-9]{4}|[0-9]{2})(?![0-9A-Za-z])(?:[- ]?(?P<part>[QH][1-4]))?")
_QUARTER = re.compile(r"(?P<part>Q[1-4]|H[12])(?![0-9A-Za-z])(?: ?(?P<fy>FY ?)?(?P<y>[12][0-9]{3})(?![0-9A-Za-z年]))?")
_NATIVE = {
    "ja": re.compile(r"第[ ]?(?P<n>[1-4一二三四])[ ]?四半期|(?P<h>上|下)半期"),
    "zh": re.compile(r"第[ ]?(?P<n>[1-4一二三四])[ ]?季度|(?<![前头])(?P<z>[一二三四])季度|(?P<h>上|下)半年"),
}
# A run of letters, digits and joining marks that is read as a whole.
_TOKEN = re.compile(r"[0-9A-Za-z_.\-/:+#]*")
_BEFORE = frozenset("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_DOTTED_DATE = re.compile(r"[12][0-9]{3}\.[01]?[0-9]\.[0-3]?[0-9](?![0-9.])")
_PHONE = re.compile(
    r"(?:\+[0-9]{1,3}[- ])?\(?[0-9]{2,5}\)?[- ][0-9]{2,4}[- ][0-9]{3,4}(?![0-9])|[0-9]{3,4}-[0-9]{7,8}(?![0-9])|[0-9]{3}-[0-9]{4}(?![0-9-])|(?:[0-9]+-){3,}[0-9Xx]+"
)
_PHONE_IN_BRACKETS = re.compile(r"0[0-9]{1,4}\([0-9]{1,4}\)[0-9]{3,4}(?![0-9])")
_ISO_DATE = re.compile(r"[12][0-9]{3}[-/][01]?[0-9][-/][0-3]?[0-9](?![0-9])")
_RATIO = re.compile(
    r"(?!(?:[1-9]/(?:[2-9]|10))(?![0-9/]))[0-9]{1,2}/[0-9]{1,2}(?![0-9/年月])|[0-9]{1,2}&[0-9]{1,2}(?![0-9])|[0-9]{1,3}:[0-9]{1,3}(?::[0-9]{1,2})?(?![0-9])"
)
_LEADING_ZERO = re.compile(r"0[0-9]+(?![0-9.年月日])")
_REFERENCE = re.compile(r"[0-9]{1,3}(?:[-,–、;][ ]?[0-9]{1,3})*\]")
_LINE_START = re.compile(
    r"(?:\A|[\n\r。；;：:][ \t\u3000]*|\n[ \t\u3000]*(?:[-*・•#>]+|[第表図图])[ \t\u3000]*)[(\[]?\Z"
)
_ENUMERATOR = re.compile(
    r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?:[)\]](?=[^0-9])|[.、](?![0-9])[ \t\u3000]*|[ \t\u3000]+(?=[^\W0-9_\u3040-\u309f]))"
)
_HEADING = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?=[\u3040-\u30ff\u4e00-\u9fff])")


def skip_identifier(text: str, at: int) -> int | None:
    """Tell where a run of letters and digits ends that is no number.

    Args:
        text: A text in characters of normal width.
        at: Where a digit stands.

    Returns:
        Its end; ``None`` where the digit begins a number.
    """
    before = text[at - 1] if at else ""
    if not before:
        return _number_like(text, at)
    if _is_inside(text, at):
        return _end_of_token(text, at)
    pattern = {"[": _REFERENCE, "+": _PHONE}.get(before)
    found = pattern.match(text, at) if pattern is not None else None
    return found.end() if found is not None else _number_like(text, at)


def _is_inside(text: str, at: int) -> bool:
    """Tell whether a digit stands inside a run of letters, digits and joining marks: COVID-19, v1.2, 10^-6; not No.5."""
    before, earlier = text[at - 1], text[at - 2] if at > 1 else ""
    if before in _BEFORE:
        return not _is_currency(text, at)
    if before == "^" or (before in "-−" and earlier == "^"):
        return True
    if before not in "-.:/+&=#" or not earlier or earlier not in _BEFORE:
        return False
    is_numbered = before == "." and text[max(0, at - 3) : at].lower() == "no."
    return not is_numbered and not (before in "-/:" and earlier.isdigit())


def enumerator_end(text: str, at: int) -> int | None:
    """Tell where the number of a list item or a heading ends: (1), 1., 3.1 at the beginning of a line.

    Args:
        text: A text in characters of normal width.
        at: Where a digit stands.

    Returns:
        Its end; ``None`` where the digit begins no such number.
    """
    if not _LINE_START.search(text, max(0, at - 12), at):
        return None
    found = _ENUMERATOR.match(text, at)
    return found.end() if found is not None else None


def heading_end(text: str, at: int) -> int | None:
    """Tell where a number at the beginning of a line ends that stands directly before a heading: 2国内外の動向.

    Args:
        text: A text in characters of normal width.
        at: Where a digit stands; what follows the number is known to be neither unit nor counter.

    Returns:
        Its end, or ``None``.
    """
    if at == 0 or text[at - 1] != "\n":
        return None
    found = _HEADING.match(text, at)
    return found.end() if found is not None else None


def _number_like(text: str, at: int) -> int | None:
    """Tell where versions, telephone numbers, ratios and long runs of digits end."""
    if not text[at + 1 : at + 2] or text[at + 1] not in "0123456789.-:/&(":
        return None
    if _PHONE_IN_BRACKETS.match(text, at):
        return _PHONE_IN_BRACKETS.match(text, at).end()  # type: ignore[union-attr]
    if _ISO_DATE.match(text, at) or _DOTTED_DATE.match(text, at):
        return None
    for pattern in (_VERSION, _PHONE, _RATIO):
        found = pattern.match(text, at)
        if found is not None:
            return _end_of_token(text, found.end())
    if text[at] == "0":
        found = _LEADING_ZERO.match(text, at)
        if found is not None and found.end() - at > 2:  # noqa: PLR2004 - 01 to 09 are months and days
            return found.end()
    return None


def _is_currency(text: str, at: int) -> bool:
    """Tell whether a currency code stands directly before a place."""
    code = text[max(0, at - 3) : at]
    return code in table("money")["codes"].split() or code in table("money")["aliases"]


def _end_of_token(text: str, at: int) -> int:
    """Return the end of a run of letters, digits and joining marks."""
    found = _TOKEN.match(text, at)
    return max(at + 1, found.end() if found else at + 1)


def fiscal_reading(span: tuple[int, int], year: int, country: str | None, part: str = "") -> Reading:
    """Make the reading of a fiscal year or a part of one.

    Args:
        span: Where it stands.
        year: The year that it is named by.
        country: ISO 3166 code, or ``None``.
        part: ``Q1`` to ``Q4``, ``H1``, ``H2``, or nothing.

    Returns:
        The reading: its days, or ``FY2024-Q3`` where they are not known.
    """
    days = fiscal_days(year, country)
    if days is not None and part:
        days = (quarter_of if part[0] == "Q" else half_of)(days[0], int(part[1]))
    body = stretch(*days) if days else fiscal_body(year, None) + (f"-{part}" if part else "")
    return Reading(start=span[0], end=span[1], kind=QuantityKind.FISCAL_YEAR, body=body, reach=span[1], days=days)


def read_latin(scan: Scan, at: int, rules: HanRules) -> Reading | None:
    """Read FY2024, Q3 and H1 2024 in a Japanese or Chinese text.

    Args:
        scan: The text.
        at: Where F, Q or H stands.
        rules: The words of the language.

    Returns:
        The reading, or ``None``.
    """
    text = scan.text
    if at and text[at - 1] in _BEFORE:
        return None
    found = _FISCAL.match(text, at)
    if found is not None:
        country = scan.settings.country or (table("fiscal")["home"]["ja"] if rules.group == "ja" else None)
        year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)  # noqa: PLR2004 - two digits
        return fiscal_reading(found.span(), year, country, found["part"] or "")
    return _letters(text, at)


def _letters(text: str, at: int) -> Reading | None:
    """Read Q3, Q3 2024 and H1."""
    found = _QUARTER.match(text, at)
    if found is None or text[found.end() : found.end() + 1] in {"-", "―", "—"}:
        return None
    if found["y"] and found["fy"]:
        return fiscal_reading(found.span(), int(found["y"]), None, found["part"])
    return quarter_reading(found.span(), found["part"], int(found["y"]) if found["y"] else None)


def native_quarter(text: str, at: int, group: str) -> Reading | None:
    """Read 第3四半期, 三季度, 上半年 without a year.

    Args:
        text: A text in characters of normal width.
        at: Where it begins.
        group: ``ja`` or ``zh``.

    Returns:
        The reading, or ``None``.
    """
    found = _NATIVE[group].match(text, at)
    if found is None:
        return None
    groups = found.groupdict()
    if groups.get("h"):
        return quarter_reading(found.span(), "H1" if groups["h"] == "上" else "H2", None)
    written = groups.get("n") or groups.get("z") or "1"
    return quarter_reading(found.span(), f"Q{'一二三四'.find(written) + 1 or written}", None)


def quarter_reading(span: tuple[int, int], part: str, year: int | None) -> Reading:
    """Make the reading of a quarter or a half of a calendar year.

    Args:
        span: Where it stands.
        part: ``Q1`` to ``Q4``, ``H1`` or ``H2``.
        year: Its year, or ``None``.

    Returns:
        The reading.
    """
    start, end = span
    if year is None:
        return Reading(start=start, end=end, kind=QuantityKind.DATE, body=part, reach=end)
    january = months_from(year, 1, skip=0, length=1)[0]
    days: tuple[Day, Day] = (quarter_of if part[0] == "Q" else half_of)(january, int(part[1]))
    body = iso(days[0]) if days[0] == days[1] else stretch(*days)
    return Reading(start=start, end=end, kind=QuantityKind.DATE, body=body, reach=end, days=days)
