"""Durations of Japanese and Chinese: 1年半, 1時間30分, 两个半小时, 半年."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from termalign.languages.quantities.durations import Part, duration_body
from termalign.languages.quantities.han_numbers import han_numeral
from termalign.languages.quantities.readings import ONE, Numeral, Reading, plus, times
from termalign.languages.quantities.tables import space_end
from termalign.model.quantities import QuantityKind

if TYPE_CHECKING:
    from termalign.languages.quantities.han_rules import HanRules, Suffix
    from termalign.languages.quantities.han_spot import Spot

__all__ = ["and_a_half", "read_duration", "read_half"]

_AND_A_HALF = re.compile("个([半多])(小时|钟头|月|星期|礼拜)")
_HALF_UNITS = {"小时": "h", "钟头": "h", "月": "M", "星期": "W", "礼拜": "W"}
_HALF = re.compile(r"半(?!導|导|径|島|岛|身|ば|数|分|月刊|年)")
_EACH_WEEK = re.compile(r"[0-9一二三四五六七八九两]|工作|年|内[有]|开|上班")  # 一周四天: a week's
_PER = re.compile(r"あたり|当たり|当り|につき|ごと|おき")
_SECONDS = re.compile(r"[ ]?[0-9]{1,2}[ ]?秒")
# Behind 年: a class at school, a system of so many years.
_SCHOOL = re.compile(r"度(?!々)|生(?!ま|産|物|活|き)|级|級|組|次(?!世代)|寿")
# Behind 30年 in Japanese: the year 2030, or year 30 of an era; no time of thirty years.
_OF_CALENDAR = re.compile("まで|以降|時点|末|初頭|春|夏|秋|冬|ごろ|頃")
_BARE_WORDS = frozenset(
    {"年", "年間", "年间", "年来", "か月", "カ月", "个月", "日間", "天", "時間", "时间", "分間", "分钟", "秒"}
)  # 十年, 百日間
_YEARS = frozenset({"年", "年間", "年间", "年来", "年多"})
_HALVES = _YEARS | frozenset({"个月", "个小时", "小时", "日", "時間", "か月", "个世纪"})
_NOT_HALF = frozenset("上下前後后大過过泰一夜月時时点年")  # before 半: 上半年, 夜半
_WORDS_OF_HALF = ("度", "报", "報", "刊", "線", "线")
_ALL_AROUND = 4  # 四周: on all sides
_IS_WEEKS = re.compile("^[期约過过了达近后後]|周(?:时间|内|后|前|以|左右|之|多|半)")
_ORDER = "YMWDhms"


def and_a_half(text: str, numeral: Numeral, at: int) -> Reading | None:
    """Read 两个半小时 and 三个多月.

    Args:
        text: A text.
        numeral: The numeral.
        at: Where it ends.

    Returns:
        The reading, or ``None``.
    """
    found = _AND_A_HALF.match(text, at)
    if found is None or numeral.value is None:
        return None
    value = plus(numeral.value, Decimal("0.5")) if found[1] == "半" else numeral.value
    body = duration_body([Part(unit=_HALF_UNITS[found[2]], value=value)])
    bound = ">" if found[1] == "多" else ""
    return _reading((numeral.start, found.end()), body, bound=bound)


def _reading(
    span: tuple[int, int], body: str | None, *, bound: str = "", unit: str = "", numeral: Numeral | None = None
) -> Reading | None:
    """Make the reading of a duration."""
    if body is None:
        return None
    start, end = span
    return Reading(
        start=start,
        end=end,
        kind=QuantityKind.DURATION,
        body=body,
        bound=bound,
        unit=unit,
        numeral=numeral,
        reach=end,
    )


def read_duration(spot: Spot) -> Reading | None:
    """Read 1年半 and 1時間30分.

    Args:
        spot: A numeral before a unit of time.

    Returns:
        The duration; ``None`` where N年, N日 or N分 says something else than how long.
    """
    if _is_other(spot):
        return None
    text, end, unit = spot.text, spot.end, spot.suffix.unit
    parts = [Part(unit=unit, value=times(spot.value, spot.suffix.factor))]
    half = _HALF.match(text, end) if unit in "YMWDh" else None
    if half is not None:
        parts = [Part(unit=unit, value=plus(parts[0].value, Decimal("0.5")))]
        end = half.end() + (1 if text.startswith("間", half.end()) else 0)
    while half is None:
        more = _next_part(text, end, parts[-1].unit, spot.rules)
        if more is None:
            break
        end = more[0]
        parts.append(more[1])
    bound = ">" if spot.numeral.bound or text.startswith("多", end - 1) else ""
    numeral = spot.numeral if len(parts) == 1 else None
    return _reading((spot.start, end), duration_body(parts), bound=bound, unit=unit, numeral=numeral)


def _next_part(text: str, at: int, unit: str, rules: HanRules) -> tuple[int, Part] | None:
    """Read the next smaller part of a duration."""
    numeral = han_numeral(text, space_end(text, at), chinese=rules.chinese) if at < len(text) else None
    if numeral is None or numeral.value is None:
        return None
    found = rules.suffixes.at(text, space_end(text, numeral.end))
    if found is None or found[1].role != "duration" or found[1].factor != ONE:
        return None
    if _ORDER.index(found[1].unit) <= _ORDER.index(unit):
        return None
    return found[0], Part(unit=found[1].unit, value=numeral.value)


def _is_other(spot: Spot) -> bool:
    """Tell whether N年, N日 or N分 says something else than how long."""
    word, text, end = spot.word, spot.text, spot.end
    if word == "年" and _SCHOOL.match(text, end):
        return True
    if word == "年" and not spot.rules.chinese and not spot.numeral.spelled and _OF_CALENDAR.match(text, end):
        return True
    if spot.value == 1 and _PER.match(text, end):
        return True
    if word == "分" and spot.rules.chinese and not _SECONDS.match(text, end):
        return True
    return (spot.numeral.spelled and _is_other_word(spot, word)) or (word in _YEARS and spot.value == 0)


def _is_other_word(spot: Spot, word: str) -> bool:
    """Tell whether a Han numeral before a unit of time makes another word: 一日, 十分, 千年."""
    numeral = spot.numeral
    if spot.value == 1 and not spot.text.startswith("半", spot.end):
        is_word = word in {"日", "分", "天", "秒"} or (word == "周" and _EACH_WEEK.match(spot.text, spot.end))
        if is_word:
            return True
    if (
        word == "周"
        and spot.value == _ALL_AROUND
        and not _IS_WEEKS.search(spot.text[max(0, spot.start - 1) : spot.end + 2])
    ):
        return True
    if numeral.bare and (spot.text[numeral.start] == "千" or word not in _BARE_WORDS):
        return True
    if word == "分" or (word == "日" and not spot.rules.chinese):
        return True
    return numeral.place and numeral.end - numeral.start > 1


def read_half(text: str, at: int, rules: HanRules) -> Reading | None:
    """Read 半年, 半日, 半世紀.

    Args:
        text: A text.
        at: Where 半 stands.
        rules: The words of the language.

    Returns:
        Half of a unit of time; ``None`` where 半 belongs to another word.
    """
    if at and text[at - 1] in _NOT_HALF:
        return None
    if text.startswith("半世紀", at):
        return _reading((at, at + 3), "P50Y")
    found = rules.suffixes.at(text, at + 1)
    if found is None or found[1].role != "duration" or text[at + 1 : found[0]] not in _HALVES:
        return None
    if text.startswith(_WORDS_OF_HALF, found[0]):
        return None
    return _reading((at, found[0]), _half_of(found[1]))


def _half_of(suffix: Suffix) -> str | None:
    """Write half of a unit of time."""
    return duration_body([Part(unit=suffix.unit, value=Decimal("0.5") * suffix.factor)])
