"""The scan of English texts: from one place where a quantity may begin to the next."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import as_duration
from termalign.languages.quantities.english_amounts import read_english_amount, read_english_ordinal
from termalign.languages.quantities.english_dates import read_english_date
from termalign.languages.quantities.english_durations import read_english_half
from termalign.languages.quantities.english_numbers import VALUES
from termalign.languages.quantities.english_partial import MONTHS
from termalign.languages.quantities.english_rules import english_rules
from termalign.languages.quantities.latin import skip_identifier
from termalign.languages.quantities.readings import Numeral, Reading, amount, join, positive
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
_MIDDLE = ("mid-", "early-", "late-", "pre-", "post-")
_DOUBTFUL = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9])")  # 1/2/2020: January or February
_DASH = re.compile("[-–]")
_SCORE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,4})+(?![0-9])")
_WORD = re.compile("[a-z]+")
_SYMBOL = re.compile(r"[A-Z]{0,3}[$€£¥₩₹~]")
_NOT_OF_DATES = frozenset({"some", "nearly", "almost", "~", "c."})
_KINDS = {"money": QuantityKind.MONEY, "unit": QuantityKind.NUMBER}
LOOK = 9  # code points read before a place
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
        rf"[0-9{fractions}]|\.(?=[0-9])(?<![0-9a-z.]\.)|(?<![a-z0-9])(?:{alternatives}|{articles}|year (?:that )?end|['’‘][2-9]0s|the (?:[0-3]?[0-9](?:st|nd|rd|th)|[a-z]{{5,11}}(?:-[a-z]{{5,7}})?) of (?=[jfmasond]))"
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
    skipped = _skipped(text, lower, start)
    if skipped is not None:
        return None, skipped
    dated = read_english_date(scan, lower, start)
    if dated is not None:
        reading = _bounded(text, dated)
        return reading, reading.end
    doubtful = _DOUBTFUL.match(lower, start)
    if doubtful is not None:
        return None, doubtful.end()
    if lower.startswith("half", start):
        half = read_english_half(lower, start)
        return _made(text, lower, start, _half_of(lower, half) if isinstance(half, Numeral) else half)
    ordinal = read_english_ordinal(lower, start) if lower[start].isalpha() else None
    if ordinal is not None:
        return ordinal, ordinal.end
    return _made(text, lower, start, read_english_amount(text, lower, start))


def _skipped(text: str, lower: str, start: int) -> int | None:
    """Tell where an identifier, a time of day or the number of a list item ends."""
    if not "0" <= lower[start] <= "9":
        return None
    if _ENUMERATOR.match(lower, start) and _LINE.search(text, max(0, start - LOOK), start):
        return start + 2
    time = _TIME.match(lower, start)
    if time is not None:
        return time.end()
    return skip_identifier(text, start) if not lower.endswith(_MIDDLE, 0, start) else None


def _made(text: str, lower: str, start: int, made: Reading | Numeral | None) -> tuple[Reading | None, int]:
    """Take the second end of a range and the bounds."""
    if isinstance(made, Reading):
        return _ranged(text, lower, made)
    if made is None:
        word = _WORD.match(lower, start)
        return None, word.end() if word else start + 1
    is_score = not made.spelled and _SCORE.match(lower, start)
    if made.value is not None and not is_score and not (lower[made.end : made.end + 1] or " ").isalpha():
        reading, end = _ranged(text, lower, amount(QuantityKind.NUMBER, made, (made.start, made.end)))
        if reading is not None and reading.kind is QuantityKind.RANGE:
            return reading, end
    return None, made.end


def _half_of(lower: str, numeral: Numeral) -> Reading:
    """Read the unit behind "half a million"."""
    found = english_rules().words.at(lower, space_end(lower, numeral.end))
    kind = _KINDS.get(found[1].role) if found is not None else None
    if found is None or kind is None:
        return amount(QuantityKind.NUMBER, numeral, (numeral.start, numeral.end))
    return amount(kind, numeral, (numeral.start, found[0]), unit=found[1].unit, factor=found[1].factor)


def _ranged(text: str, lower: str, low: Reading) -> tuple[Reading | None, int]:
    """Read the second end of a range, where there is one, then the bounds."""
    score = _SCORE.match(lower, low.start) if low.is_bare else None
    if score is not None and len(_DASH.findall(score[0])) > 1:
        return None, score.end()
    opening = _FROM.search(text, max(0, low.start - LOOK), low.start)
    is_between = opening is not None and opening[0].lower().startswith("between")
    link = (_AND if is_between else _LINK).match(lower, low.end)
    high = read_english_amount(text, lower, _past_symbol(text, link.end())) if link is not None else None
    if link is not None and isinstance(high, Reading):
        joined = _joined(low, positive(high) if high.start < link.end() else high)
        if joined is not None:
            reading = _bounded(text, replace(joined, start=opening.start()) if opening is not None else joined)
            return reading, reading.end
    if score is not None:
        return None, score.end()
    reading = _bounded(text, low)
    return reading, reading.end


def _past_symbol(text: str, at: int) -> int:
    """Step over the currency before the second end of a range."""
    found = _SYMBOL.match(text, at)
    return found.end() if found is not None else at


def _joined(low: Reading, high: Reading) -> Reading | None:
    """Join the ends of a range: of durations, of money whose currency stands once, of amounts."""
    if low.kind is QuantityKind.ORDINAL or high.kind is QuantityKind.ORDINAL:
        return None
    if low.kind is QuantityKind.MONEY and high.is_bare:
        high = replace(high, kind=QuantityKind.MONEY, unit=low.unit, body=f"{high.body} {low.unit}")
    return join(as_duration(low, high), high)


def _bounded(text: str, reading: Reading) -> Reading:
    """Take the bounds before and behind a reading."""
    if reading.kind is QuantityKind.ORDINAL:
        return reading
    if not reading.is_time:
        reading = _behind(text, reading)
    edge = space_start(text, reading.start)
    if edge and text[edge - 1] == "\n":
        edge = space_start(text, edge - 1)
    found = english_rules().bounds_before.before(text, edge)
    if found is None or (edge == reading.start and text[edge - 1].isalpha()):
        return reading
    start, sign = found
    word = text[start:edge].lower()
    is_other = word == "within" and reading.kind is not QuantityKind.DURATION
    if reading.is_time:
        is_other = sign != "~" or "/" in reading.body or reading.body[0] in "-QHF" or word in _NOT_OF_DATES
    if is_other:
        return reading
    return replace(reading, start=start, bound=reading.bound if reading.bound and sign == "~" else sign)


def _behind(text: str, reading: Reading) -> Reading:
    """Take the bound behind an amount: 100+, 100 or more."""
    end = reading.end
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isalnum():
        return replace(reading, end=end + 1, bound=">=")
    after = english_rules().bounds_after.at(text, space_end(text, end)) if text[end : end + 1] == " " else None
    return replace(reading, end=after[0], bound=after[1]) if after is not None else reading
