"""The scan of English texts: from one place where a quantity may begin to the next."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import Part, duration_body
from termalign.languages.quantities.english_amounts import (
    english_rules,
    read_english_amount,
    read_english_half,
    read_english_ordinal,
)
from termalign.languages.quantities.english_dates import MONTHS, read_english_date
from termalign.languages.quantities.english_numbers import VALUES
from termalign.languages.quantities.latin import skip_identifier
from termalign.languages.quantities.readings import Numeral, Reading, amount, join
from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.quantities.scan import Scan

__all__ = ["english_quantities"]

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_LINK = re.compile(r"-?[ \u00a0\n](?:to|through)[ \u00a0\n]|[ \u00a0]?[-–—~][ \u00a0]?")
_AND = re.compile(r"[ \u00a0\n]and[ \u00a0\n]")
_FROM = re.compile(r"\b(?:from|between) \Z", re.IGNORECASE)
_TIME = re.compile(
    r"[0-9]{1,2}\.[0-9]{2} ?[ap]\.?m\.?(?![a-z])|[0-9]{1,2}(?::[0-9]{2}){1,2}(?: ?[ap]\.?m\.?(?![a-z]))?|[0-9]{1,2} ?(?:[ap]\.m\.|[ap]m(?![a-z])|o'clock|o’clock)"
)
_SPELLED_TIME = re.compile(r"[0-9]{1,2}\.[0-9]{2} ?[ap]\.?m\.?(?![a-z])|[a-z]+ (?:o'clock|o’clock)")
_MIDDLE = ("mid-", "early-", "late-", "pre-", "post-")
_DOUBTFUL = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9])")  # 1/2/2020: January or February
_DASH = re.compile("[-–]")
_SCORE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,4})+(?![0-9])")
_ENUMERATOR = re.compile(r"[0-9]{1,2}(?:\)|\. )")
_LINE = re.compile(r"(?:\A|\n)[ \t(*#-]*\Z")


@cache
def _starts() -> re.Pattern[str]:
    """Build the pattern of everything a quantity may begin with."""
    english, calendar = table("numbers")["english"], table("calendar")
    words = {*VALUES, *english["ordinals"], *MONTHS, *(f"{one} " for one in calendar["relative"]["en"])}
    words |= {f"{tens}-{one}" for tens in ("twenty",) for one in ("first",)}
    words |= {"fiscal", "financial", "fy", "q1", "q2", "q3", "q4", "h1", "h2", "half", "ad ", "a.d. ", "business year"}
    articles = "an? (?:hundred|thousand|million|billion|trillion|dozen|year|decade|month|week|hour|day|minute|century|third|quarter|fourth|fifth|sixth|tenth)"
    alternatives = "|".join(re.escape(word.strip()) for word in sorted(words, key=lambda one: (-len(one), one)))
    fractions = "".join(table("numbers")["fractions"])
    return re.compile(
        rf"[0-9{fractions}]|\.(?=[0-9])(?<![0-9a-z]\.)|(?<![a-z0-9])(?:{alternatives}|{articles}|year (?:that )?end|['’‘][2-9]0s|the (?:[0-3]?[0-9](?:st|nd|rd|th)|[a-z]{{5,11}}(?:-[a-z]{{5,7}})?) of (?=[jfmasond]))"
    )


def english_quantities(scan: Scan) -> Iterator[Reading]:
    """Find the quantities of an English text.

    Args:
        scan: The text.

    Yields:
        Readings in order, not overlapping.
    """
    text = scan.text
    lower = text.lower()
    if len(lower) != len(text):
        lower = text.translate(_LOWER)
    starts, at = _starts(), 0
    while True:
        found = starts.search(lower, at)
        if found is None:
            return
        start = found.start()
        reading, at = _at(scan, lower, start)
        if reading is not None:
            yield reading
        at = max(at, start + 1)


def _at(scan: Scan, lower: str, start: int) -> tuple[Reading | None, int]:
    """Read what begins at a place: the reading, or none, and where to go on."""
    text = scan.text
    is_digit = "0" <= lower[start] <= "9"
    if is_digit or lower[start] == ".":
        skipped = skip_identifier(text, start) if is_digit and not lower.endswith(_MIDDLE, 0, start) else None
        if skipped is not None:
            return None, skipped
        time = _TIME.match(lower, start)
        if time is not None:
            return None, time.end()
        if _ENUMERATOR.match(lower, start) and _LINE.search(text, max(0, start - 8), start):
            return None, start + 2
    dated = read_english_date(scan, lower, start)
    if dated is not None:
        reading = _bounded(text, dated)
        return reading, reading.end
    doubtful = _DOUBTFUL.match(lower, start)
    if doubtful is not None:
        return None, doubtful.end()
    if lower.startswith("half", start):
        made = read_english_half(lower, start)
    elif is_digit or lower[start] == "." or not (ordinal := read_english_ordinal(lower, start)):
        made = read_english_amount(text, lower, start)
    else:
        return ordinal, ordinal.end
    return _made(scan, lower, start, made)


def _made(scan: Scan, lower: str, start: int, made: Reading | Numeral | None) -> tuple[Reading | None, int]:
    """Take the second end of a range and the bounds."""
    text = scan.text
    if isinstance(made, Numeral) and lower.startswith("half", start) and made.value is not None:
        rest = read_half_unit(text, lower, made)
        made = rest
    if isinstance(made, Reading):
        return _ranged(text, lower, made)
    if made is None:
        word = re.compile(r"[a-z]+").match(lower, start)
        return None, word.end() if word else start + 1
    if made.value is not None and made.spelled is False and _SCORE.match(lower, start):
        return None, made.end
    if (
        made.value is not None
        and not lower[made.end : made.end + 1].isalpha()
        and lower[made.end : made.end + 1] != "-"
    ):
        low = amount(QuantityKind.NUMBER, made, (made.start, made.end))
        reading, end = _ranged(text, lower, low)
        if reading is not None and (reading.kind is QuantityKind.RANGE):
            return reading, end
    return None, made.end


def read_half_unit(text: str, lower: str, numeral: Numeral) -> Reading:
    """Read the unit behind "half a million".

    Args:
        text: A text.
        lower: The same text in small letters.
        numeral: The number that was halved.

    Returns:
        An amount of it.
    """
    found = english_rules().words.at(lower, space_end(text, numeral.end))
    if found is not None and found[1].role == "money":
        return amount(
            QuantityKind.MONEY, numeral, (numeral.start, found[0]), unit=found[1].unit, factor=found[1].factor
        )
    if found is not None and found[1].role == "unit":
        return amount(QuantityKind.NUMBER, numeral, (numeral.start, found[0]), unit=found[1].unit)
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, numeral.end))


def _ranged(text: str, lower: str, low: Reading) -> tuple[Reading | None, int]:
    """Read the second end of a range, where there is one, then the bounds."""
    score = _SCORE.match(lower, low.start)
    if low.kind is QuantityKind.NUMBER and not low.unit and score is not None and len(_DASH.findall(score[0])) > 1:
        return None, score.end()
    opening = _FROM.search(text, max(0, low.start - 9), low.start)
    between = opening is not None and opening[0].lower().startswith("between")
    link = (_AND if between else _LINK).match(lower, low.end)
    high = read_english_amount(text, lower, _past_symbol(text, link.end())) if link is not None else None
    if isinstance(high, Reading):
        joined = _joined(low, high, touches=link is not None and high.start < link.end())
        if joined is not None:
            if opening is not None:
                joined = replace(joined, start=opening.start())
            reading = _bounded(text, joined)
            return reading, reading.end
    if (
        link is not None
        and link[0] in {"-", "–", "—"}
        and low.kind is QuantityKind.NUMBER
        and not low.unit
        and lower[link.end() : link.end() + 1].isdigit()
    ):
        return None, score.end() if score else link.end() + 1
    reading = _bounded(text, low)
    return reading, reading.end


def _past_symbol(text: str, at: int) -> int:
    """Step over a currency symbol before the second end of a range."""
    while at < len(text) and not text[at].isalnum() and text[at] not in " \n" and at < len(text) - 1:
        at += 1
    for size in (2, 3):
        if text[at : at + size].isalpha() and text[at + size : at + size + 1] == "$":
            return at + size + 1
    return at


def _joined(low: Reading, high: Reading, *, touches: bool) -> Reading | None:
    """Join the ends of a range."""
    if touches and high.body.startswith("-") and high.numeral is not None and high.numeral.value is not None:
        high = replace(high, body=high.body[1:], numeral=replace(high.numeral, value=-high.numeral.value))
    if (
        low.kind is QuantityKind.NUMBER
        and not low.unit
        and high.kind is QuantityKind.DURATION
        and low.numeral
        and high.numeral
    ):
        value, top = low.numeral.value, high.numeral.value
        if value is None or top is None or value >= top:
            return None
        body = duration_body(
            [Part(unit=high.unit, value=value * (high.factor if not hasattr(value, "denominator") else 1))]
        )
        low = replace(low, kind=QuantityKind.DURATION, body=body) if body else low
    if low.kind is QuantityKind.MONEY and high.kind is QuantityKind.NUMBER and not high.unit:
        high = replace(high, kind=QuantityKind.MONEY, unit=low.unit, body=f"{high.body} {low.unit}")
    if low.kind is QuantityKind.ORDINAL or high.kind is QuantityKind.ORDINAL:
        return None
    return join(low, high)


def _bounded(text: str, reading: Reading) -> Reading:
    """Take the bounds before and behind a reading."""
    rules = english_rules()
    is_date = reading.kind in {QuantityKind.DATE, QuantityKind.FISCAL_YEAR}
    if reading.kind is QuantityKind.ORDINAL:
        return reading
    if not is_date:
        if text[reading.end : reading.end + 1] == "+" and not text[reading.end + 1 : reading.end + 2].isalnum():
            return replace(reading, end=reading.end + 1, bound=">=")
        after = (
            rules.bounds_after.at(text, space_end(text, reading.end))
            if text[reading.end : reading.end + 1] == " "
            else None
        )
        if after is not None:
            reading = replace(reading, end=after[0], bound=after[1])
    edge = space_start(text, reading.start)
    if text[edge - 1 : edge] == "\n" and edge:
        edge = space_start(text, edge - 1)
    found = rules.bounds_before.before(text, edge)
    if found is None or (edge == reading.start and text[edge - 1].isalpha()):
        return reading
    start, sign = found
    if text[start:edge].lower() == "within" and reading.kind is not QuantityKind.DURATION:
        return reading
    if is_date and (
        sign != "~"
        or "/" in reading.body
        or reading.body[0] in "-QHF"
        or text[start:edge].lower() in {"some", "nearly", "almost", "~", "c."}
    ):
        return reading
    return replace(reading, start=start, bound=reading.bound if reading.bound and sign == "~" else sign)
