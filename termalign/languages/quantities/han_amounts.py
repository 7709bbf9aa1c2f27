"""Amounts of Japanese and Chinese: a numeral with what stands before and behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from termalign.languages.quantities.han_durations import and_a_half, read_duration
from termalign.languages.quantities.han_numbers import han_numeral
from termalign.languages.quantities.han_rules import Suffix
from termalign.languages.quantities.han_shares import one_among, read_part, read_slash, read_tenths
from termalign.languages.quantities.han_spot import Spot
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount
from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.languages.quantities.han_rules import HanRules

__all__ = ["is_generation", "read_amount", "read_ordinal"]

_SPEED = re.compile(r"(?:時速|时速|毎時|每小时)(?:約|约|最高|达|为|およそ|は)?[ \u3000]?\Z")
_CELSIUS = re.compile(r"(?:摂氏|摄氏|セ氏)(?:マイナス|零下|約|约|-)?[ \u3000]?\Z")
_FAHRENHEIT = re.compile(r"(?:華氏|华氏|カ氏)(?:マイナス|零下|約|约|-)?[ \u3000]?\Z")
_DEGREES = re.compile(
    r"(?:気温|温度|水温|体温|氷点下|零下|マイナス|角度|傾斜|北緯|南緯|東経|西経|緯度|経度|最高気温|最低気温|气温|高温|低温|北纬|南纬|东经|西经|摄氏|倾斜|旋转|回転|-)[はがを约約达到为最高]{0,3}[ \u3000]?\Z"
)
_MINUS = re.compile(r"(?:マイナス|氷点下|零下|(?<![0-9胜])负)[ \u3000]?\Z")
_SIGN = re.compile(r"(?:(?<![0-9A-Za-z\u3040-\u9fff)）%.\-年月日])[-−]|[▲△])\Z")
_GENERATION = re.compile(r"代(?![目わ表理])|后(?:[，,、。；的一]|出生|青年|们)|後世代")  # 30代, 80后
MAX_PLAIN = 10  # so many digits without separators and unit are an identifier
_UNREAD = frozenset("年月日")  # 1年生, 32日: what could not be read with its unit is no plain number
LOOK = 12  # code points read before a number
_MANY_DEGREES = 10  # fewer degrees of 度 are times
_WAYS = {"km": "km/h", "mi": "mph"}
_MEASURES = frozenset("米克升吨斤亩")  # 一米; 一开 and 一码 begin other words
_KELVIN = re.compile("[\u4e00-\u9fff](?<![的下以左])")  # 从1开始
_POWERS = frozenset("^⁻⁰¹²³⁴⁵⁶⁷⁸⁹")  # 10⁻³ is no ten
_AFTER_TWO = frozenset("人位名者")  # elsewhere two of a thing are 两, and 二级 is the second level
_COINS = frozenset("元円圆块")


def read_amount(text: str, at: int, rules: HanRules) -> Reading | Numeral | None:
    """Read the amount whose numeral begins at a place.

    Args:
        text: A text in characters of normal width.
        at: Where a digit or a numeral stands.
        rules: The words of the language.

    Returns:
        The amount; the numeral alone where it states no amount, so that it can be stepped over; ``None`` where there is none.
    """
    numeral = han_numeral(text, at, chinese=rules.chinese)
    if numeral is None or numeral.value is None:
        return numeral
    end = numeral.end
    if end < len(text) and text[end] in {"余", "多"} and _is_more(text, numeral, rules):
        numeral, end = replace(numeral, bound=">"), end + 1
    reading = _suffixed(text, numeral, end, rules)
    return _signed(text, reading) if reading is not None else numeral


def _is_more(text: str, numeral: Numeral, rules: HanRules) -> bool:
    """Tell whether 余 or 多 behind a number means more than it (100余人, not 100余り before its counter)."""
    if text[numeral.end] == "多" and not rules.chinese:
        return False
    if rules.not_bounds.at(text, numeral.end) and not rules.suffixes.at(text, numeral.end + 1):
        return False
    return not (text.startswith("余り", numeral.end) and rules.group == "ja")


def _suffixed(text: str, numeral: Numeral, at: int, rules: HanRules) -> Reading | None:
    """Read what stands behind a numeral."""
    special = and_a_half(text, numeral, at) if rules.chinese else one_among(text, numeral, at)
    if special is not None or numeral.value is None:
        return special
    found = rules.suffixes.at(text, space_end(text, at)) or rules.suffixes.at(text, at)
    if found is None:
        return _alone(text, numeral, at, rules)
    spot = Spot(text=text, numeral=numeral, value=numeral.value, at=at, end=found[0], suffix=found[1], rules=rules)
    reading = _READERS[spot.suffix.role](spot)
    if reading is not None or spot.suffix.role not in _MAY_BE_ALONE:
        return reading
    if spot.suffix.role == "slash" and text[spot.end : spot.end + 1].isdigit():
        return None
    return _alone(text, numeral, at, rules)


def _share(spot: Spot) -> Reading:
    """Read percent and points."""
    suffix = spot.suffix
    return amount(QuantityKind.PERCENTAGE, spot.numeral, (spot.start, spot.end), unit=suffix.unit, factor=suffix.factor)


def _ordinal_behind(spot: Spot) -> Reading:
    """Read 3番目 and 20周年."""
    return amount(QuantityKind.ORDINAL, spot.numeral, (spot.start, spot.end))


def _unit(spot: Spot) -> Reading | None:
    """Read a number with a unit of measurement."""
    text, numeral, word, unit = spot.text, spot.numeral, spot.word, spot.suffix.unit
    letters = table("units")["ambiguous"]
    if spot.suffix.role == "latin":
        if word in letters["letters"].split() and text[spot.end : spot.end + 1] in {"-", "/", "_"}:
            return None
        if word == letters["space"] and spot.at == space_end(text, spot.at) and not numeral.grouped:
            return None
    if word == "开" and _KELVIN.match(text, spot.end):
        return None
    if numeral.spelled and len(word) == 1 and (spot.value == 1 or word == "开") and word not in _MEASURES:
        return None
    start = numeral.start
    if unit in {"km", "m", "mi"}:
        speed = _SPEED.search(text, max(0, start - LOOK), start)
        if speed is not None:
            start, unit = speed.start(), _WAYS.get(unit, unit)
    elif unit == "°C":
        edge = space_start(text, start)
        start = edge - 2 if text.endswith(("摂氏", "摄氏"), 0, edge) else start
    return amount(QuantityKind.NUMBER, numeral, (start, spot.end), unit=unit)


def _degrees(spot: Spot) -> Reading | None:
    """Read 25度: degrees where the words before say so or the number is one of degrees; else times."""
    text, numeral = spot.text, spot.numeral
    if text.startswith("目", spot.end):
        return amount(QuantityKind.ORDINAL, numeral, (numeral.start, spot.end + 1))
    begin = max(0, numeral.start - LOOK)
    for pattern, unit in ((_CELSIUS, "°C"), (_FAHRENHEIT, "°F")):
        found = pattern.search(text, begin, numeral.start)
        if found is not None:
            return amount(QuantityKind.NUMBER, numeral, (found.start(), spot.end), unit=unit)
    is_degrees = _DEGREES.search(text, begin, numeral.start) or _MINUS.search(text, begin, numeral.start)
    if is_degrees or (not numeral.spelled and (numeral.grouped or spot.value >= _MANY_DEGREES)):
        return amount(QuantityKind.NUMBER, numeral, (numeral.start, spot.end), unit="°")
    return None


def _kilo(spot: Spot) -> Reading | None:
    """Read 10キロ: kilometres or kilograms, where the words around it tell."""
    text, start = spot.text, spot.start
    if _SPEED.search(text, max(0, start - LOOK), start):
        return _unit(replace(spot, suffix=Suffix("unit", "km")))
    before, words = text[max(0, start - LOOK) : start], table("units")["kilo"]
    for unit in ("km", "kg"):
        is_told = any(word in before for word in words[f"{unit}_before"].split())
        if is_told or text.startswith(tuple(words[f"{unit}_after"].split()), spot.end):
            return amount(QuantityKind.NUMBER, spot.numeral, (start, spot.end), unit=unit)
    return None


def _counted(spot: Spot) -> Reading | None:
    """Read a number before a counter; 一 makes words of other meaning."""
    numeral = spot.numeral
    if spot.value == 1 and spot.word == "つ" and not spot.rules.bounds_after.at(spot.text, spot.end):
        return None  # 1つの is an article, as 一个 and "one" are
    if numeral.spelled:
        is_about = numeral.place and numeral.end - numeral.start == 2 and not _is_formal(spot.text, numeral)  # noqa: PLR2004 - 二三人
        is_bare = numeral.bare and not numeral.bound and spot.word not in table("counters")["bare_tens"].split()
        is_two = spot.rules.chinese and spot.text[spot.start : spot.at] == "二" and spot.word not in _AFTER_TWO
        if spot.value == 1 or is_about or is_bare or is_two:
            return None
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, spot.at), reach=spot.end)


def _money(spot: Spot) -> Reading | None:
    """Read an amount of money."""
    numeral, end = spot.numeral, spot.end
    if numeral.spelled:
        is_pair = numeral.place and numeral.end - numeral.start == 2  # noqa: PLR2004 - 二三元
        if (spot.word in _COINS and (spot.value == 1 or is_pair)) or (numeral.bare and spot.rules.chinese):
            return None
        if _only_multiples(spot.text, numeral) and _is_column(spot.text, numeral.start, end):
            return None
    code, start = spot.suffix.unit, numeral.start
    before = _currency(spot.text, start, spot.rules)
    if before is not None and spot.suffix.role == "code":
        end = spot.at
    if before is not None and code in {before[1], "CNY"}:
        start, code = before
    return amount(QuantityKind.MONEY, numeral, (start, end), unit=code, factor=spot.suffix.factor)


_READERS: Final[dict[str, Callable[[Spot], Reading | None]]] = {
    "code": _money,
    "counter": _counted,
    "degree": _degrees,
    "duration": read_duration,
    "kilo": _kilo,
    "latin": _unit,
    "latin duration": read_duration,
    "money": _money,
    "ordinal": _ordinal_behind,
    "part": read_part,
    "share": _share,
    "slash": read_slash,
    "tenths": read_tenths,
    "unit": _unit,
}
_MAY_BE_ALONE = frozenset({"degree", "duration", "kilo", "latin", "latin duration", "slash", "tenths", "unit"})


def _is_formal(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral is written in formal characters."""
    return text[numeral.start] in table("numbers")["han"]["formal"]


def is_generation(text: str, at: int) -> bool:
    """Tell whether a number of 30代 or 80后 ends at a place.

    Args:
        text: A text.
        at: Where a number ends.

    Returns:
        Whether it is an age group or those born in a decade.
    """
    return _GENERATION.match(text, at) is not None


def _alone(text: str, numeral: Numeral, at: int, rules: HanRules) -> Reading | None:
    """Read a number without anything behind it."""
    follows = text[at : at + 1]
    if (follows and follows in _POWERS) or follows in _UNREAD or (follows.isascii() and follows.isalpha()):
        return None
    before = _currency(text, numeral.start, rules)
    if before is not None:
        start, code = before
        return amount(QuantityKind.MONEY, numeral, (start, at), unit=code)
    if is_generation(text, at) or not _may_stand_alone(text, numeral, at):
        return None
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, at))


def _may_stand_alone(text: str, numeral: Numeral, at: int) -> bool:
    """Tell whether a number needs no counter: a spelled one must be put together of digits and multiples."""
    if not numeral.spelled:
        return numeral.grouped or numeral.scale != ONE or at - numeral.start < MAX_PLAIN
    size = numeral.end - numeral.start
    is_composed = not numeral.place and not numeral.bare and size > 1 and not _only_multiples(text, numeral)
    is_decimal = numeral.grouped and size > 2  # noqa: PLR2004 - 三点五
    return is_composed or is_decimal or (numeral.place and _is_formal(text, numeral))


def _only_multiples(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral has no digit: 千万, 百万."""
    han = table("numbers")["han"]
    return all(char in han["tens"] or char in han["large"] for char in text[numeral.start : numeral.end])


def _is_column(text: str, start: int, end: int) -> bool:
    """Tell whether 百万美元 is the unit of a column: （百万美元）, 单位:千元."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (before == "(" and after == ")") or (before == ":" and after in {"", ")", "\n"})


def _currency(text: str, start: int, rules: HanRules) -> tuple[int, str] | None:
    """Find the currency before a number."""
    return rules.currencies_before.before(text, space_start(text, start))


def read_ordinal(text: str, at: int, rules: HanRules) -> Reading | None:
    """Read 第3回.

    Args:
        text: A text.
        at: Where 第 stands.
        rules: The words of the language.

    Returns:
        The ordinal with its counter; ``None`` where 第 belongs to a word that counts nothing (第三者), or introduces a point
        (第一，).
    """
    if rules.ordinal_words.at(text, at):
        return None
    numeral = han_numeral(text, space_end(text, at + 1), chinese=rules.chinese)
    if numeral is None or numeral.value is None or isinstance(numeral.value, Fraction) or numeral.grouped:
        return None
    end = numeral.end
    if numeral.value != int(numeral.value) or (numeral.spelled and text[end : end + 1] in {"、", ","}):
        return None
    found = rules.ordinal_counters.at(text, space_end(text, end))
    return amount(QuantityKind.ORDINAL, replace(numeral, bound=""), (at, found[0] if found else end))


def _signed(text: str, reading: Reading) -> Reading:
    """Take the minus before an amount."""
    if reading.kind in {QuantityKind.ORDINAL, QuantityKind.DURATION} or reading.body.startswith("-"):
        return reading
    begin = max(0, reading.start - LOOK)
    found = _MINUS.search(text, begin, reading.start) or _SIGN.search(text, begin, reading.start)
    numeral = reading.numeral
    if found is None or numeral is None or numeral.value is None:
        return reading
    return replace(
        reading, start=found.start(), body=f"-{reading.body}", numeral=replace(numeral, value=-numeral.value)
    )
