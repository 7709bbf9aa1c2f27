"""Whether a value has the form that a schema's data type gives it."""

from __future__ import annotations

import re
from calendar import monthrange

__all__ = ["is_date", "is_language", "is_name", "is_uri", "token"]

_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")  # XML 1.0, productions 4 and 5
_DATE = re.compile(
    r"-?(\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?(Z|[+-](\d\d):(\d\d))?", re.ASCII
)  # date and dateTime of XML Schema
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def token(text: str) -> str:
    """Collapse white space as XML Schema's token does."""
    return " ".join(part for part in re.split(r"[ \t\r\n]+", text) if part)


def is_language(text: str) -> bool:
    """Tell whether text is of the type language of XML Schema, which BCP 47 is narrower than."""
    return _LANGUAGE.fullmatch(token(text)) is not None


def is_name(text: str) -> bool:
    """Tell whether text is a name without colon, as an id and a reference to one must be."""
    return _NAME.fullmatch(token(text)) is not None


def is_date(text: str) -> bool:
    """Tell whether text is a date, or a date with a time, as XML Schema writes them."""
    match = _DATE.fullmatch(token(text))
    if not match:
        return False
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not year or (len(match[1]) > len("0000") and match[1].startswith("0")) or not 1 <= month <= len("JFMAMJJASOND"):
        return False
    if not 1 <= day <= monthrange(year % 400 + 2000, month)[1]:
        return False
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    if hour == 24 and not minute and not second:  # noqa: PLR2004 - the end of the day
        hour = 0
    zone_hour, zone_minute = (int(part or 0) for part in match.group(8, 9))
    is_zone = zone_minute < 60 and zone_hour * 60 + zone_minute <= 14 * 60  # noqa: PLR2004 - as the standard says
    return hour < 24 and minute < 60 and second < 60 and is_zone  # noqa: PLR2004 - as clocks do


def is_uri(text: str) -> bool:
    """Tell whether text can be a reference to a resource (RFC 3986, characters that are escaped on use allowed)."""
    text = token(text)
    if _PERCENT.search(text) or text.count("#") > 1:
        return False
    head = re.split(r"[/?#]", text, maxsplit=1)[0]
    return ":" not in head or _SCHEME.match(head) is not None
