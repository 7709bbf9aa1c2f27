"""Amounts of Japanese and Chinese: a numeral with what stands before and behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import Part, duration_body
from termalign.languages.quantities.han_numbers import han_numeral
from termalign.languages.quantities.readings import ONE, Numeral, Reading, amount
from termalign.languages.quantities.tables import space_end, space_start, table
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules, Suffix

__all__ = ["is_generation", "read_amount", "read_half", "read_ordinal"]

_REST = re.compile(r"\s?([0-9一二三四五六七八九])分(?:\s?([0-9一二三四五六七八九])厘)?")
_TENTH = re.compile(r"[0-9一二三四五六七八九](?![0-9一二三四五六七八九十百千万亿成年月日])")
_NOT_TENTHS = re.compile(r"[为功立员本长果熟品就绩交分色型因都語引合り]|年人|人(?![口们])")
_AND_A_HALF = re.compile("个([半多])(小时|钟头|月|星期|礼拜)")
_HALF_UNITS = {"小时": "h", "钟头": "h", "月": "M", "星期": "W", "礼拜": "W"}
_HALF = re.compile(r"半(?!導|导|径|島|岛|身|ば|数|分|月刊|年)")
_SPEED = re.compile(r"(?:時速|时速|毎時|每小时)(?:約|约|最高|达|为|およそ|は)?[ \u3000]?\Z")
_CELSIUS = re.compile(r"(?:摂氏|摄氏|セ氏)(?:マイナス|零下|約|约|-)?[ \u3000]?\Z")
_FAHRENHEIT = re.compile(r"(?:華氏|华氏|カ氏)(?:マイナス|零下|約|约|-)?[ \u3000]?\Z")
_DEGREES = re.compile(
    r"(?:気温|温度|水温|体温|氷点下|零下|マイナス|角度|傾斜|北緯|南緯|東経|西経|緯度|経度|最高気温|最低気温|气温|高温|低温|北纬|南纬|东经|西经|摄氏|倾斜|旋转|回転|-)[はがを约約达到为最高]{0,3}[ \u3000]?\Z"
)
_MINUS = re.compile(r"(?:マイナス|氷点下|零下|(?<![0-9胜])负)[ \u3000]?\Z")
_SIGN = re.compile(r"(?:(?<![0-9A-Za-z\u3040-\u9fff)）%.\-年月日])[-−]|[▲△])\Z")
_AGE = frozenset("歳才岁")
_GENERATION = re.compile(r"代(?![目わ表理])|后(?:[，,、。；的一]|出生|青年|们)|後世代")  # 30代, 80后
MAX_PLAIN = 10  # so many digits without separators and unit are an identifier
_UNREAD = frozenset("年月日")  # 1年生, 32日: what could not be read with its unit is no plain number
_ONE_AMONG = re.compile(r"人に ?(?:[1１一]人|1 人)")
LOOK = 12  # code points read before a number
_MANY_DEGREES = 10  # fewer degrees of 度 are times


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
    if numeral.end < len(text) and text[numeral.end] in {"余", "多"} and _is_more(text, numeral, rules):
        return _signed(text, _suffixed(text, replace(numeral, bound=">"), numeral.end + 1, rules), rules) or numeral
    return _signed(text, _suffixed(text, numeral, numeral.end, rules), rules) or numeral


def _is_more(text: str, numeral: Numeral, rules: HanRules) -> bool:
    """Tell whether 余 or 多 behind a number means more than it (100余人, not 100余り before its counter)."""
    if text[numeral.end] == "多" and not rules.chinese:
        return False
    if rules.not_bounds.at(text, numeral.end) and not rules.suffixes.at(text, numeral.end + 1):
        return False
    return not (text.startswith("余り", numeral.end) and rules.group == "ja")


def _suffixed(text: str, numeral: Numeral, at: int, rules: HanRules) -> Reading | None:
    """Read what stands behind a numeral."""
    among = _ONE_AMONG.match(text, at) if not rules.chinese else None
    if among is not None and isinstance(numeral.value, Decimal) and numeral.value > 1:
        share = replace(numeral, value=1 / Fraction(numeral.value), step=Decimal(0))
        return amount(QuantityKind.NUMBER, share, (numeral.start, among.end()))
    half = _AND_A_HALF.match(text, at) if rules.chinese else None
    if half is not None and numeral.value is not None and not isinstance(numeral.value, Fraction):
        value = numeral.value + Decimal("0.5") if half[1] == "半" else numeral.value
        body = duration_body([Part(unit=_HALF_UNITS[half[2]], value=value)]) or ""
        bound = ">" if half[1] == "多" else ""
        return Reading(
            start=numeral.start, end=half.end(), kind=QuantityKind.DURATION, body=body, bound=bound, reach=half.end()
        )
    found = rules.suffixes.at(text, space_end(text, at)) or (rules.suffixes.at(text, at) if at else None)
    if found is None:
        return _alone(text, numeral, at, rules)
    end, suffix = found
    role = suffix.role
    if role in {"part", "slash"}:
        return _part(text, numeral, end, suffix, rules)
    if role == "tenths":
        return _tenths(text, numeral, end, suffix, rules) or _alone(text, numeral, at, rules)
    if role in {"duration", "latin duration"}:
        return _duration(text, numeral, end, suffix, rules) or _alone(text, numeral, at, rules)
    if role == "degree":
        return _degrees(text, numeral, end) or _alone(text, numeral, at, rules)
    if role == "counter":
        return _counted(text, numeral, (at, end), rules)
    if role == "ordinal":
        return amount(QuantityKind.ORDINAL, numeral, (numeral.start, end))
    if role == "share":
        return amount(QuantityKind.PERCENTAGE, numeral, (numeral.start, end), unit=suffix.unit, factor=suffix.factor)
    if role in {"money", "code"}:
        return _money(text, numeral, (at, end), suffix, rules)
    return _unit(text, numeral, (at, end), suffix, rules)


def _unit(text: str, numeral: Numeral, span: tuple[int, int], suffix: Suffix, rules: HanRules) -> Reading | None:
    """Read a number with a unit of measurement."""
    at, end = span
    letters = table("units")["ambiguous"]
    if (
        suffix.role == "latin"
        and text[at:end].strip() in letters["letters"].split()
        and text[end - 1].isascii()
        and text[end : end + 1] in {"-", "/", "_"}
    ):
        return None
    if suffix.role == "latin" and text[at:end].strip() == letters["space"] and at == space_end(text, at):
        return None
    if numeral.spelled and numeral.bare and numeral.value is None:
        return None
    unit = suffix.unit
    if unit in {"km", "m", "mi"} and _SPEED.search(text, max(0, numeral.start - LOOK), numeral.start):
        start = _SPEED.search(text, max(0, numeral.start - LOOK), numeral.start)
        unit = {"km": "km/h", "mi": "mph"}.get(unit, unit)
        return amount(QuantityKind.NUMBER, numeral, (start.start() if start else numeral.start, end), unit=unit)
    if unit == "°C":
        start = space_start(text, numeral.start)
        begin = start - 2 if text.endswith(("摂氏", "摄氏"), 0, start) else numeral.start
        return amount(QuantityKind.NUMBER, numeral, (begin, end), unit=unit)
    del rules
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, end), unit=unit)


def _degrees(text: str, numeral: Numeral, end: int) -> Reading | None:
    """Read 25度: degrees where the words before say so or the number is one of degrees; else times."""
    if text.startswith("目", end):
        return amount(QuantityKind.ORDINAL, numeral, (numeral.start, end + 1))
    begin = max(0, numeral.start - LOOK)
    for pattern, unit in ((_CELSIUS, "°C"), (_FAHRENHEIT, "°F")):
        found = pattern.search(text, begin, numeral.start)
        if found is not None:
            return amount(QuantityKind.NUMBER, numeral, (found.start(), end), unit=unit)
    is_degrees = _DEGREES.search(text, begin, numeral.start) or _MINUS.search(text, begin, numeral.start)
    if numeral.value is not None and (
        is_degrees or (not numeral.spelled and (numeral.grouped or numeral.value >= _MANY_DEGREES))
    ):
        return amount(QuantityKind.NUMBER, numeral, (numeral.start, end), unit="°")
    return None


def _counted(text: str, numeral: Numeral, span: tuple[int, int], rules: HanRules) -> Reading | None:
    """Read a number before a counter; 一 makes words of other meaning."""
    at, end = span
    counter = text[space_end(text, at) : end]
    if numeral.spelled:
        if numeral.value == 1:
            return None
        if numeral.bare and counter not in table("counters")["bare_tens"].split():
            return None
        if numeral.place and numeral.end - numeral.start == 2 and not _is_formal(text, numeral):  # noqa: PLR2004 - 二三人
            return None
        if _is_bare_large(text, numeral):
            return None
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, at), reach=end)


def _is_formal(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral is written in formal characters."""
    return text[numeral.start] in table("numbers")["han"]["formal"]


def _is_bare_large(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral is a large multiple alone: 百万, 千万 without a counter may be a word."""
    tens = table("numbers")["han"]["tens"]
    return text[numeral.start] in tens and numeral.end - numeral.start == 1 and not numeral.bare


def _alone(text: str, numeral: Numeral, at: int, rules: HanRules) -> Reading | None:
    """Read a number without anything behind it; a spelled one must be put together of digits and multiples."""
    if text[at : at + 1] in _UNREAD:
        return None
    if text[at : at + 1].isascii() and text[at : at + 1].isalpha():
        return None
    before = _currency(text, numeral.start, rules)
    if before is not None:
        start, code = before
        return amount(QuantityKind.MONEY, numeral, (start, at), unit=code)
    if is_generation(text, at):
        return None
    if not numeral.spelled and not numeral.grouped and numeral.scale == ONE and at - numeral.start >= MAX_PLAIN:
        return None
    if numeral.spelled:
        size = numeral.end - numeral.start
        is_composed = not numeral.place and not numeral.bare and size > 1 and not _only_multiples(text, numeral)
        if not (is_composed or (numeral.place and _is_formal(text, numeral)) or (numeral.grouped and size > 2)):  # noqa: PLR2004
            return None
    return amount(QuantityKind.NUMBER, numeral, (numeral.start, at))


def is_generation(text: str, at: int) -> bool:
    """Tell whether a number of 30代 or 80后 ends at a place."""
    return _GENERATION.match(text, at) is not None


def _only_multiples(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral has no digit: 千万, 百万, 十万."""
    han = table("numbers")["han"]
    return all(char in han["tens"] or char in han["large"] for char in text[numeral.start : numeral.end])


def _currency(text: str, start: int, rules: HanRules) -> tuple[int, str] | None:
    """Find the currency before a number."""
    return rules.currencies_before.before(text, space_start(text, start))


def _money(text: str, numeral: Numeral, span: tuple[int, int], suffix: Suffix, rules: HanRules) -> Reading | None:
    """Read an amount of money."""
    at, end = span
    word = text[space_end(text, at) : end]
    if (
        numeral.spelled
        and word in {"元", "円", "圆", "块"}
        and (numeral.value == 1 or (numeral.place and numeral.end - numeral.start == 2))
    ):  # noqa: PLR2004
        return None
    if numeral.spelled and numeral.bare and rules.chinese:
        return None
    if suffix.role == "code" and _currency(text, numeral.start, rules):
        end = at
    code, start = suffix.unit, numeral.start
    before = _currency(text, numeral.start, rules)
    if before is not None and code in {before[1], "CNY"}:
        start, code = before
    return amount(QuantityKind.MONEY, numeral, (start, end), unit=code, factor=suffix.factor)


def _tenths(text: str, numeral: Numeral, at: int, suffix: Suffix, rules: HanRules) -> Reading | None:
    """Read 3割5分2厘 and 三成五."""
    if (
        numeral.value is None
        or numeral.value > 20
        or isinstance(numeral.value, Fraction)
        or (numeral.place and numeral.end - numeral.start > 1)
    ):  # noqa: PLR2004
        return None
    value, step, end = numeral.value * 10, numeral.step * 10, at
    if rules.chinese:
        found = _TENTH.match(text, at)
        if found is not None and not rules.suffixes.at(text, found.end()):
            value, step, end = value + _digit(found[0]), ONE, found.end()
        elif _NOT_TENTHS.match(text, at):
            return None
    else:
        rest = _REST.match(text, at)
        if rest is not None:
            value, step, end = value + _digit(rest[1]), ONE, rest.end()
            if rest[2]:
                value, step = value + _digit(rest[2]) / 10, Decimal("0.1")
    shown = replace(numeral, value=value, step=step, scale=ONE)
    reading = amount(QuantityKind.PERCENTAGE, shown, (numeral.start, end), unit=suffix.unit)
    return replace(reading, numeral=shown)


def _digit(written: str) -> Decimal:
    """Read one digit."""
    found = han_numeral(written, 0, chinese=False)
    return Decimal(found.value) if found and isinstance(found.value, Decimal) else Decimal(0)


def _part(text: str, below: Numeral, at: int, suffix: Suffix, rules: HanRules) -> Reading | None:
    """Read 3分の1, 三分之一 and 1/3."""
    above = han_numeral(text, space_end(text, at), chinese=rules.chinese) if at < len(text) else None
    if (
        above is None
        or above.value is None
        or below.value is None
        or isinstance(above.value, Fraction)
        or isinstance(below.value, Fraction)
    ):
        return _alone(text, below, below.end, rules) if suffix.role == "slash" else None
    if suffix.role == "slash":
        above, below = below, above
        end = below.end
        if not _is_plain_fraction(text, above, below):
            return _rate(text, above, rules)
    else:
        end = above.end
    if not below.value:
        return None
    start = min(above.start, below.start)
    if suffix.role == "part" and below.bare and text[below.start] == "百":
        shown = replace(above, bound=above.bound)
        return amount(QuantityKind.PERCENTAGE, shown, (start, end), unit="%")
    value = Fraction(above.value) / Fraction(below.value)
    return amount(
        QuantityKind.NUMBER, replace(above, start=start, value=value, step=Decimal(0), scale=ONE), (start, end)
    )


def _is_plain_fraction(text: str, above: Numeral, below: Numeral) -> bool:
    """Tell whether N/M is a fraction and no date, version or rate."""
    if above.spelled or below.spelled or above.grouped or below.grouped or above.value is None or below.value is None:
        return False
    return above.value < below.value <= 10 and text[below.end : below.end + 1] not in {"/", "-", "."}  # noqa: PLR2004


def _rate(text: str, numeral: Numeral, rules: HanRules) -> Reading | None:
    """Read the number before a slash that makes no fraction: 100元/人 has been read; 5/7 is left alone."""
    is_followed = text[numeral.end + 1 : numeral.end + 2].isdigit()
    return None if is_followed else _alone(text, numeral, numeral.end, rules)


def _duration(text: str, numeral: Numeral, at: int, suffix: Suffix, rules: HanRules) -> Reading | None:
    """Read 1年半, 1時間30分, 两个半小时."""
    if numeral.value is None or _is_no_duration(text, numeral, at, suffix, rules):
        return None
    parts, end = (
        [
            Part(
                unit=suffix.unit,
                value=numeral.value
                * (Fraction(suffix.factor) if isinstance(numeral.value, Fraction) else suffix.factor),
            )
        ],
        at,
    )
    half = _HALF.match(text, end) if suffix.unit in "YMWDh" else None
    if half is not None:
        parts[-1] = replace(
            parts[-1],
            value=parts[-1].value + (Fraction(1, 2) if isinstance(parts[-1].value, Fraction) else Decimal("0.5")),
        )
        end = half.end() + (1 if text.startswith("間", half.end()) else 0)
    order = "YMWDhms"
    while half is None and text[end : end + 1]:
        start = space_end(text, end)
        following = han_numeral(text, start, chinese=rules.chinese)
        found = (
            rules.suffixes.at(text, space_end(text, following.end))
            if following and following.value is not None
            else None
        )
        if following is None or following.value is None or found is None or found[1].role != "duration":
            break
        if order.index(found[1].unit) <= order.index(parts[-1].unit) or found[1].factor != ONE:
            break
        parts.append(Part(unit=found[1].unit, value=following.value))
        end = found[0]
    body = duration_body(parts)
    if body is None:
        return None
    bound = ">" if numeral.bound or text.startswith("多", end - 1) else ""
    return Reading(
        start=numeral.start, end=end, kind=QuantityKind.DURATION, body=body, bound=bound, reach=end, unit=suffix.unit,
        numeral=numeral if len(parts) == 1 else None,
    )  # fmt: skip


_SCHOOL = re.compile(r"生(?!ま|産|物|活|き)|级|級|組|次(?!世代)|制(?!度)?|寿")
_EACH_WEEK = re.compile(r"[0-9一二三四五六七八九两]|工作|年|内[有]|开|上班")  # 一周四天: a week's
_PER = re.compile(r"あたり|当たり|当り|につき|ごと|おき")
_SECONDS = re.compile(r"[ ]?[0-9]{1,2}[ ]?秒")


def _is_no_duration(text: str, numeral: Numeral, end: int, suffix: Suffix, rules: HanRules) -> bool:
    """Tell whether N年, N日 or N分 says something else than how long."""
    word = text[space_end(text, numeral.end) : end].removeprefix("多").removeprefix("余")
    if word == "年" and _SCHOOL.match(text, end) and not text.startswith(("生産", "次世"), end):
        return not text.startswith("制", end)
    if (
        numeral.spelled
        and numeral.value == 1
        and (
            (word in {"日", "分", "天", "秒"} or (word == "周" and _EACH_WEEK.match(text, end)))
            and not text.startswith("半", end)
        )
    ):
        return True
    if (
        numeral.spelled
        and numeral.bare
        and (
            text[numeral.start] == "千"
            or word
            not in {
                "年",
                "年間",
                "天",
                "日間",
                "分間",
                "分钟",
                "年间",
                "年来",
                "か月",
                "カ月",
                "个月",
                "秒",
                "时间",
                "時間",
            }
        )
    ):
        return True
    if word == "日" and rules.group == "ja" and numeral.spelled:
        return True
    if word == "分" and (numeral.spelled or (rules.chinese and not _SECONDS.match(text, end))):
        return True
    if numeral.place and numeral.end - numeral.start > 1:
        return True
    return (suffix.unit == "Y" and numeral.value == 0) or (numeral.value == 1 and _PER.match(text, end) is not None)


def read_half(text: str, at: int, rules: HanRules) -> Reading | None:
    """Read 半年, 半年間, 半日.

    Args:
        text: A text.
        at: Where 半 stands.
        rules: The words of the language.

    Returns:
        Half of a unit of time; ``None`` where 半 belongs to another word.
    """
    if at and text[at - 1] in "上下前後后大過过泰一夜月時时点年":
        return None
    if text.startswith("半世紀", at):
        return Reading(start=at, end=at + 3, kind=QuantityKind.DURATION, body="P50Y", reach=at + 3)
    found = rules.suffixes.at(text, at + 1)
    if (
        found is None
        or found[1].role != "duration"
        or (
            text[at + 1 : found[0]] not in {"年", "年間", "年间", "年来", "年多"}
            and text[at + 1 : found[0]] not in {"个月", "个小时", "小时", "日", "時間", "か月", "个世纪"}
        )
    ):
        return None
    if text.startswith(("度", "报", "報", "刊", "線", "线"), found[0]):
        return None
    body = duration_body([Part(unit=found[1].unit, value=Decimal("0.5") * found[1].factor)])
    return Reading(start=at, end=found[0], kind=QuantityKind.DURATION, body=body, reach=found[0]) if body else None


def read_ordinal(text: str, at: int, rules: HanRules) -> Reading | None:
    """Read 第3回.

    Args:
        text: A text.
        at: Where 第 stands.
        rules: The words of the language.

    Returns:
        The ordinal with its counter; ``None`` where 第 belongs to a word that counts nothing (第三者).
    """
    if rules.ordinal_words.at(text, at):
        return None
    numeral = han_numeral(text, space_end(text, at + 1), chinese=rules.chinese)
    if (
        numeral is None
        or numeral.value is None
        or numeral.grouped
        or isinstance(numeral.value, Fraction)
        or numeral.value != int(numeral.value)
    ):
        return None
    end = numeral.end
    if text[end : end + 1] in {"、", ",", "，"} and numeral.spelled:
        return None
    found = rules.ordinal_counters.at(text, space_end(text, end))
    if found is None and numeral.spelled and text[end : end + 1].isalpha() and rules.group == "ja":
        end = numeral.end
    return amount(QuantityKind.ORDINAL, replace(numeral, bound=""), (at, found[0] if found else end))


def _signed(text: str, reading: Reading | None, rules: HanRules) -> Reading | None:
    """Take the minus before an amount."""
    del rules
    if reading is None or reading.kind is QuantityKind.ORDINAL or reading.kind is QuantityKind.DURATION:
        return reading
    begin = max(0, reading.start - LOOK)
    found = _MINUS.search(text, begin, reading.start) or _SIGN.search(text, begin, reading.start)
    if found is None or reading.body.startswith("-"):
        return reading
    numeral = reading.numeral
    if numeral is not None and numeral.value is not None:
        numeral = replace(numeral, value=-numeral.value)
    return replace(reading, start=found.start(), body=f"-{reading.body}", numeral=numeral)
