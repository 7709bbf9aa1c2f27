"""The scan of Japanese and Chinese texts: from one place where a quantity may begin to the next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.quantities.han_amounts import is_generation, read_amount, read_ordinal
from termalign.languages.quantities.han_dates import read_date
from termalign.languages.quantities.han_durations import read_half
from termalign.languages.quantities.han_rules import han_rules
from termalign.languages.quantities.latin import LATIN_DATES, enumerator_end, heading_end, read_latin, skip_identifier
from termalign.languages.quantities.readings import Reading, amount, join
from termalign.languages.quantities.tables import space_end, space_start
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.quantities.han_rules import HanRules
    from termalign.languages.quantities.scan import Scan

__all__ = ["han_quantities"]

BRACKETED = 40  # code points inside < >
_OPENS = re.compile(r"(?:从|自|由|介于)[ ]?\Z")
_TIME = re.compile(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[ ]?(?:時(?![間期代点給])|时(?![间期代刻])|点(?:[0-9一二三四五六七八九十]{1,3}分|半|钟|整|左右)|:[0-9]{2}(?::[0-9]{2})?)(?:[ ]?[0-9一二三四五六七八九十]{1,3}分(?!の)|半)?"
)
_DAYTIME = re.compile(r"(?:上午|下午|晚上|今晚|当晚|晚|凌晨|早上|早晨|中午|傍晚|清晨|深夜|午後|午前)[ ]?\Z")
_HOUR = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[ ]?[点时時](?:[0-9一二三四五六七八九十]{1,3}分)?")
_STATES = frozenset("为は達达是計计共有が値值=約约")  # before a number that is stated, not named: 量子体积为2048
_COUNTS = re.compile(r"[0-9]{1,2}[ ]+(?:[個个人名社件项年月日万億亿千百%]|[0-9])")
_DASH = re.compile("[-–]")
_SCORE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,3})+(?![0-9])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NO_BOUND_BEFORE = {
    "約": "契条節予公制規婚誓要集倹盟密協解特先成",
    "约": "条合节预纽签公契违制集简婚邀履特大盟",
    "近": "最附靠邻亲浅身",
    "超": "高",
    "大体": "",
    "最高": "史過",
    "余": "",
}


def han_quantities(scan: Scan) -> Iterator[Reading]:
    """Find the quantities of a Japanese or Chinese text.

    Args:
        scan: The text.

    Yields:
        Readings in order, not overlapping.
    """
    rules = han_rules(scan.settings.group)
    text, at = scan.text, 0
    while True:
        found = rules.starts.search(text, at)
        if found is None:
            return
        start = found.start()
        reading, at = _at(scan, start, rules)
        if reading is not None:
            yield reading
        at = max(at, start + 1)


def _at(scan: Scan, start: int, rules: HanRules) -> tuple[Reading | None, int]:
    """Read what begins at a place: the reading, or none, and where to go on."""
    text, first = scan.text, scan.text[start]
    is_digit = first.isascii() and first.isdigit()
    if is_digit:
        skipped = skip_identifier(text, start)
        if skipped is not None:
            return None, skipped
    elif first in "FQH":
        reading = read_latin(scan, start, rules)
        return reading, reading.end if reading else start + 1
    else:
        word = rules.words.at(text, start)
        if word is not None and text[word[0] : word[0] + 1] not in {"之", "の"}:
            return None, word[0]
    if first == "第" and not rules.relative.at(text, start):
        quarter = LATIN_DATES.quarter(text, start, rules.group)
        reading = quarter or read_ordinal(text, start, rules)
        if reading is None:
            return None, (rules.ordinal_words.at(text, start) or (start + 2, True))[0]
        return (reading, reading.end) if quarter else _ranged(scan, reading, rules)
    return _dated(scan, start, rules)


def _dated(scan: Scan, start: int, rules: HanRules) -> tuple[Reading | None, int]:
    """Read a date, else an amount."""
    text = scan.text
    dated = read_date(scan, start, rules)
    if dated is not None:
        scan.unsure = False
        reading = _opened(text, _bounded(text, dated, rules), rules)
        return reading, reading.end
    listed = enumerator_end(text, start) if text[start].isascii() and not _COUNTS.match(text, start) else None
    if listed is not None:
        return None, listed
    relative = rules.relative.at(text, start)
    scan.unsure = False
    if relative is not None or rules.not_relative.at(text, start):
        end = (rules.not_relative.at(text, start) or relative or (start + 1, None))[0]
        scan.unsure = relative is not None
        return None, end
    half = LATIN_DATES.quarter(text, start, rules.group)
    if half is not None:
        return half, half.end
    if text[start] == "半":
        reading = read_half(text, start, rules)
        return (_bounded(text, reading, rules), reading.end) if reading else (None, start + 1)
    time = _TIME.match(text, start) or (
        _HOUR.match(text, start) if _DAYTIME.search(text, max(0, start - 4), start) else None
    )
    if time is not None:
        return None, time.end()
    made = read_amount(text, start, rules)
    if isinstance(made, Reading):
        return _ranged(scan, made, rules)
    if (
        made is not None
        and made.value is not None
        and made.spelled
        and not made.bare
        and rules.connect.match(text, made.end)
    ):
        low = amount(QuantityKind.NUMBER, made, (made.start, made.end))
        reading, end = _ranged(scan, low, rules)
        if reading is not None and reading.kind is QuantityKind.RANGE:
            return reading, end
    return None, made.end if made is not None else start + 1


def _ranged(scan: Scan, low: Reading, rules: HanRules) -> tuple[Reading | None, int]:
    """Read the second end of a range, where there is one, then the bounds."""
    text = scan.text
    score = _SCORE.match(text, low.start)
    if low.kind is QuantityKind.NUMBER and not low.unit and score is not None and len(_DASH.findall(score[0])) > 1:
        return None, score.end()
    for place in dict.fromkeys((low.end, low.reach)):
        link = rules.connect.match(text, place)
        if link is None:
            continue
        high = read_amount(text, link.end(), rules)
        if high is None and text.startswith("第", link.end()):
            high = read_ordinal(text, link.end(), rules)
        if not isinstance(high, Reading):
            if high is not None and is_generation(text, high.end):
                return None, high.end
            continue
        joined = _joined(text, low, high, link[0])
        if joined is not None:
            reading = _opened(text, _bounded(text, joined, rules), rules)
            return reading, reading.end
    if low.kind is QuantityKind.NUMBER and not low.unit and score is not None:
        return None, score.end()
    if (
        low.kind is QuantityKind.NUMBER
        and not low.unit
        and not low.bound
        and low.reach == low.end
        and heading_end(text, low.start) == low.end
    ):
        return None, low.end
    reading = _year_alone(text, low)
    reading = _bounded(text, reading, rules)
    return reading, reading.end


def _joined(text: str, low: Reading, high: Reading, link: str) -> Reading | None:
    """Join the ends of a range; a minus in the second is the dash itself."""
    if high.body.startswith("-") and high.start < low.end + len(link):
        numeral = high.numeral
        if numeral is None or numeral.value is None:
            return None
        high = replace(high, body=high.body[1:], numeral=replace(numeral, value=-numeral.value))
    if (
        low.kind is QuantityKind.NUMBER
        and not low.unit
        and high.kind is QuantityKind.DURATION
        and low.numeral
        and high.numeral
    ):
        low = _as_duration(low, high) or low
    if low.unit == "%" and text.startswith("百分", low.start) and high.kind is QuantityKind.NUMBER and not high.unit:
        high = replace(high, kind=low.kind, unit=low.unit)
    years = [one.numeral is not None and bool(_YEAR.fullmatch(text[one.start : one.end])) for one in (low, high)]
    if all(years) and not low.unit and not high.unit and low.body < high.body:
        return replace(
            high, start=low.start, kind=QuantityKind.DATE, body=f"{low.body}-01-01/{high.body}-12-31", step=None
        )
    return join(low, high)


def _as_duration(low: Reading, high: Reading) -> Reading | None:
    """Give the first end of 3～5年 the unit of the second."""
    from termalign.languages.quantities.durations import Part, duration_body  # noqa: PLC0415

    value = low.numeral.value if low.numeral else None
    top = high.numeral.value if high.numeral else None
    if value is None or top is None or value >= top:
        return None
    body = duration_body([Part(unit=high.unit, value=value)])
    return replace(low, kind=QuantityKind.DURATION, body=body) if body else None


def _year_alone(text: str, reading: Reading) -> Reading:
    """Read four digits without a counter as a year: （2020）, 議程2030."""
    is_year = (
        reading.kind is QuantityKind.NUMBER and not reading.unit and not reading.bound and reading.reach == reading.end
    )
    if not is_year or not _YEAR.fullmatch(text[reading.start : reading.end]):
        return reading
    if text[max(0, reading.start - 1) : reading.start] in _STATES:
        return reading
    return replace(reading, kind=QuantityKind.DATE, step=None)


def _opened(text: str, reading: Reading, rules: HanRules) -> Reading:
    """Take 从 before a stretch or a range and まで behind it."""
    is_stretch = "/" in reading.body or ".." in reading.body
    if not is_stretch:
        return reading
    inside = text[reading.start : reading.end]
    if rules.group == "ja":
        return (
            replace(reading, end=reading.end + 2)
            if "から" in inside and text.startswith("まで", reading.end)
            else reading
        )
    found = _OPENS.search(text, max(0, reading.start - 3), reading.start)
    if found is not None and re.search("[到至]", inside):
        return replace(reading, start=found.start())
    return reading


def _bounded(text: str, reading: Reading, rules: HanRules) -> Reading:
    """Take the bounds before and behind a reading."""
    if reading.kind is QuantityKind.ORDINAL:
        return reading
    is_date = reading.kind in {QuantityKind.DATE, QuantityKind.FISCAL_YEAR}
    for place in dict.fromkeys((reading.end, reading.reach)):
        spaced = space_end(text, place)
        after = rules.bounds_after.at(text, spaced)
        if after is None or rules.not_bounds.at(text, spaced) or (is_date and (after[1] != "~" or "/" in reading.body)):
            continue
        if text[spaced : after[0]] == "内" and reading.kind is not QuantityKind.DURATION:
            continue
        if text[spaced : after[0]] == "多" and place != reading.end:
            continue
        reading = replace(reading, end=after[0], bound=after[1])
        return _before(text, reading, rules, keep=True)
    return _before(text, reading, rules, keep=False)


def _in_brackets(text: str, at: int, sign: str) -> bool:
    """Tell whether < or > is a bracket: <3つの基本方針>, <p>10社."""
    if sign == "<":
        return at == 0 or text[at - 1] == "\n" or ">" in text[at : at + BRACKETED].partition("\n")[0]
    return "<" in text[max(0, at - BRACKETED) : at].rpartition("\n")[2]


def _before(text: str, reading: Reading, rules: HanRules, *, keep: bool) -> Reading:
    """Take the bound before a reading; one behind it says more."""
    edge = space_start(text, reading.start)
    found = rules.bounds_before.before(text, edge)
    if found is None:
        return reading
    start, sign = found
    word = text[start:edge]
    if word in {"<", ">"} and _in_brackets(text, start, word):
        return reading
    is_date = reading.kind in {QuantityKind.DATE, QuantityKind.FISCAL_YEAR}
    if is_date and (sign != "~" or "/" in reading.body or word in {"近", "~", "〜", "～", "∼"}):
        return reading
    if start and text[start - 1] in _NO_BOUND_BEFORE.get(word, ""):
        return reading
    if word == "近" and reading.kind is QuantityKind.DURATION and reading.body.endswith("Y"):
        return reading
    if word == "超" and rules.group == "ja":
        return reading
    return replace(reading, start=start, bound=reading.bound if keep or (reading.bound and sign == "~") else sign)
