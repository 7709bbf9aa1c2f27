"""Numerals of Japanese and Chinese: 12万3456, 九十四億二千万, 1.05万亿, 二〇二五, 壹贰叁, 20多万.

cn2an refuses 1.05万亿 and kanjize knows no 亿 (DEPENDENCIES.md 2.9); neither says where a numeral ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from termalign.languages.quantities.readings import ONE, Numeral
from termalign.languages.quantities.tables import space_end, table

__all__ = ["DIGITS", "NUMERALS", "han_numeral", "small_number"]

DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
MAX_DIGITS = 30  # longer runs are no amounts
MAX_RUN = 64  # characters of a numeral in Han characters
_HAN = table("numbers")["han"]
_VALUES = {
    char: str(value) for value, row in enumerate(_HAN["rows"]) for char in row if not char.isascii()
} | dict.fromkeys(_HAN["two"], "2")
_TENS: dict[str, int] = _HAN["tens"]
_LARGE: dict[str, int] = _HAN["large"]
_INEXACT = frozenset(_HAN["inexact"])
_NAMES = frozenset(_HAN["names_before"])
_WEEKDAY = re.compile(r"(?<![每一两个几])(?:周|星期|礼拜)\Z")
# 千 and 兆 that belong to a unit; 三千米 is a number of metres.
_SPACED = re.compile("[0-9]{1,4} ?[千百万億亿]")  # 1 万 5 千
_UNIT_AHEAD = re.compile("[千兆](?:瓦|克|卡|帕|伏|赫|焦|字节|比特|电子伏)|百帕|千米")
_TEN_THOUSANDTHS = ("万分之", "万分の")
_FRACTIONS = {char: Fraction(value) for char, value in table("numbers")["fractions"].items()}
_MULTIPLES = frozenset("百千万萬亿億")
_ZEROS = frozenset("〇零○")
# Characters of numerals, for classes of regular expressions; 零 begins none (零售), a formal numeral is no single character.
NUMERALS = "".join(dict.fromkeys([*_VALUES, *_TENS, *_LARGE]))
_PLACE = re.compile(f"[{''.join(_VALUES)}]+")
_RUN = re.compile(f"[{NUMERALS}]+")
_NEXT = frozenset([*_VALUES, *_TENS, *_LARGE])
_MORE = frozenset("余多")


@dataclass(slots=True, kw_only=True)
class _Parts:
    """A numeral as far as it has been read."""

    total: Decimal = field(default_factory=Decimal)
    section: Decimal = field(default_factory=Decimal)
    current: Decimal | None = None
    step: Decimal = ONE
    tens: int = 99
    large: int = 99
    scale: Decimal = ONE
    last: str = ""
    multiplied: bool = False

    @property
    def value(self) -> Decimal:
        return self.total + self.section + (self.current or 0)

    def put(self, number: Decimal, step: Decimal, *, zero: bool) -> bool:
        """Take a number before a multiple; tell whether it can stand there."""
        if self.current is not None:
            return False
        self.current, self.step, self.scale = number, step, ONE
        self.last = "zero" if zero else "digits"
        return True

    def ten(self, power: int) -> bool:
        """Take 十, 百 or 千."""
        if power >= self.tens or (self.current is not None and self.step * 10**power < ONE and self.step < ONE):
            return False
        mult = Decimal(10) ** power
        self.section += (self.current if self.current is not None else ONE) * mult
        self.step = mult * (self.step if self.current is not None else ONE)
        self.tens, self.current, self.last, self.multiplied = power, None, "tens", True
        return True

    def big(self, power: int) -> bool:
        """Take 万, 亿 or 兆; 万亿 is one multiple."""
        mult = Decimal(10) ** power
        value = self.section + (self.current or 0)
        if power > self.large:  # 1.05万亿, 一万二千亿
            if not 0 < self.total < (mult * 10_000 if self.last == "large" else mult):
                return False
            self.total = (self.total + value) * mult
            self.step, self.scale = self.step * mult, mult * (self.scale if self.last == "large" else ONE)
        elif (self.section or self.current is not None) and power < self.large:
            self.step = mult * self.step
            self.total += value * mult
            self.scale = mult
        else:
            return False
        self.large, self.tens, self.section, self.current, self.last, self.multiplied = (
            power,
            99,
            Decimal(0),
            None,
            "large",
            True,
        )
        return True


def han_numeral(text: str, at: int, *, chinese: bool) -> Numeral | None:
    """Read the numeral that begins at a place.

    Args:
        text: A text in characters of normal width.
        at: Where a digit or a Han numeral stands.
        chinese: Whether 两万五 is 25,000.

    Returns:
        The numeral; without a value where it states none (十数, 三四百) or is too long; ``None`` where there is none.
    """
    found = DIGITS.match(text, at)
    if found is None:
        return _spelled(text, at, chinese=chinese)
    end = found.end()
    if end - at > MAX_DIGITS:
        return Numeral(start=at, end=end, value=None)
    follows = text[end : end + 1]
    if follows == " ":
        follows = text[space_end(text, end) : space_end(text, end) + 1]
        follows = follows if follows in _LARGE else ""
    if follows and (follows in _NEXT or follows in _MORE or follows in _INEXACT):
        return _compose(text, at, chinese=chinese)
    number, step, grouped = _digits(found[0])
    if follows in _FRACTIONS:
        return _fraction(text, end, number, at)
    return Numeral(start=at, end=end, value=number, step=step, grouped=grouped)


def _spelled(text: str, at: int, *, chinese: bool) -> Numeral | None:
    """Read a numeral that begins with a Han numeral, or ½ alone."""
    run = _RUN.match(text, at)
    if run is None:
        return _fraction(text, at, Decimal(0), at) if text[at : at + 1] in _FRACTIONS else None
    if run.end() - at > MAX_RUN:
        return Numeral(start=at, end=run.end(), value=None, spelled=True)
    if text.startswith(_TEN_THOUSANDTHS, at):
        return Numeral(start=at, end=at + 1, value=Decimal(10_000), spelled=True, bare=True)
    return _compose(text, at, chinese=chinese)


def _fraction(text: str, at: int, number: Decimal, start: int) -> Numeral:
    """Read 2½."""
    value = Fraction(number) + _FRACTIONS[text[at]]
    return Numeral(start=start, end=at + 1, value=value, grouped=True)


def _digits(written: str) -> tuple[Decimal, Decimal, bool]:
    """Read digits with separators: value, last place, whether it has separators or decimals."""
    digits = written.replace(",", "")
    _, dot, decimals = digits.partition(".")
    return Decimal(digits), Decimal(10) ** -len(decimals) if dot else ONE, bool(dot) or len(digits) < len(written)


def _compose(text: str, at: int, *, chinese: bool) -> Numeral:
    """Read digits and Han numerals that are one number."""
    parts, pos, bound = _Parts(), at, ""
    while pos - at <= MAX_RUN:
        step = _take(text, pos, parts)
        if step is None or (step == pos):
            break
        pos = step
        more = text[pos : pos + 1]
        if more in _MORE and more and (parts.multiplied or parts.current is not None) and _large_follows(text, pos + 1):
            bound, pos = ">", pos + 1
    else:
        return Numeral(start=at, end=pos, value=None)
    spelled = not any(char.isascii() and char.isdigit() for char in text[at:pos])
    if pos == at:
        run = _RUN.match(text, at)
        return Numeral(start=at, end=run.end() if run else at + 1, value=None, spelled=spelled)
    value = _colloquial(parts, text[pos - 2 : pos], chinese=chinese and spelled)
    return Numeral(
        start=at,
        end=pos,
        value=None if _is_inexact(text, at, pos, parts, spelled=spelled) else value,
        step=parts.step,
        scale=parts.scale,
        bound=bound,
        spelled=spelled,
        bare=pos - at == 1 and text[at] in _TENS,
        place=spelled and not parts.multiplied,
        grouped="," in text[at:pos] or "." in text[at:pos] or "点" in text[at:pos],
    )


def _large_follows(text: str, at: int) -> bool:
    """Tell whether 万 or 亿 stands at a place: 五千多万."""
    return text[at : at + 1] in _LARGE


def _take(text: str, pos: int, parts: _Parts) -> int | None:
    """Take the next part of a numeral; return where it ends, or ``None`` where the numeral has ended."""
    place = _past_space(text, pos, parts)
    char = text[place : place + 1] if place is not None else ""
    if place is None or not char or _is_unit(text, place, parts):
        return None
    if char in _TENS or char in _LARGE:
        taken = parts.ten(_TENS[char]) if char in _TENS else parts.big(_LARGE[char])
        return place + 1 if taken else None
    found = DIGITS.match(text, place)
    if found is None:
        return _take_place(text, place, parts)
    if parts.last in {"digits", "zero"} or found.end() - place > MAX_DIGITS:
        return None
    number, step, _ = _digits(found[0])
    return found.end() if parts.put(number, step, zero=False) else None


def _past_space(text: str, pos: int, parts: _Parts) -> int | None:
    """Step over white space inside a numeral: 22 亿, 1 万 5 千."""
    if text[pos : pos + 1] != " ":
        return pos
    spaced = space_end(text, pos)
    follows = text[spaced : spaced + 1]
    is_lower = parts.last == "digits" and follows in {"千", "百"}
    is_next = parts.last == "large" and _SPACED.match(text, spaced) is not None
    goes_on = (follows and follows in _LARGE) or (parts.multiplied and (is_lower or is_next))
    return spaced if goes_on else None


def _is_unit(text: str, pos: int, parts: _Parts) -> bool:
    """Tell whether 千 or 兆 belongs to a unit; 三千米 is a number of metres."""
    if text[pos] not in "千兆百" or not _UNIT_AHEAD.match(text, pos):
        return False
    return text[pos + 1] != "米" or parts.last != "digits" or text[pos - 1].isascii()


def _take_place(text: str, pos: int, parts: _Parts) -> int | None:
    """Take Han digits, with decimals behind 点."""
    found = _PLACE.match(text, pos)
    if found is None:
        return None
    if parts.multiplied and found[0][-1] in _HAN["two"] and text[found.end() : found.end() + 1] not in _MULTIPLES:
        return None  # 二十两银子: taels
    digits = "".join(_VALUES[char] for char in found[0])
    end, step = found.end(), ONE
    if parts.multiplied and len(digits.lstrip("0")) > 1:
        return None
    if text[end : end + 1] == "点":
        decimals = _PLACE.match(text, end + 1)
        if (
            decimals is not None
            and decimals.end() - end <= MAX_DIGITS
            and text[decimals.end() : decimals.end() + 1] not in {"分", "钟", "点"}
        ):
            digits += "." + "".join(_VALUES[char] for char in decimals[0])
            step, end = Decimal(10) ** -(decimals.end() - decimals.start()), decimals.end()
    return end if parts.put(Decimal(digits), step, zero=found[0][0] in _ZEROS) else None


def _colloquial(parts: _Parts, tail: str, *, chinese: bool) -> Decimal:
    """Read 两万五 as 25,000: a last digit without 零 counts in the next lower place."""
    is_short = len(tail) > 1 and tail[-1] in _VALUES and (tail[0] in _LARGE or tail[0] in {"百", "千"})
    if chinese and is_short and parts.current is not None and parts.last == "digits":
        lower = Decimal(10) ** ((_LARGE.get(tail[0]) or _TENS[tail[0]]) - 1)
        value = parts.total + parts.section + parts.current * lower
        parts.step, parts.current = lower, Decimal(0)
        return value
    return parts.value


def _is_inexact(text: str, at: int, end: int, parts: _Parts, *, spelled: bool) -> bool:
    """Tell whether 数 or 几 stands before or behind, or two digits mean about (三四百)."""
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    if before and spelled and (before in _NAMES or (end - at == 1 and _WEEKDAY.search(text, max(0, at - 3), at))):
        return True
    if before == "上" and all(char in _TENS or char in _LARGE for char in text[at:end]):
        return True
    if (before and before in _INEXACT) or (after and after in _INEXACT and not text.startswith("数学", end)):
        return True
    if after and after in _NEXT and after not in _HAN["two"] and not _UNIT_AHEAD.match(text, end):
        return True
    if not parts.multiplied or parts.last == "zero":
        return False
    places = _PLACE.findall(text, at, end)
    return any(len(run.lstrip("〇零○")) > 1 for run in places)


@lru_cache(maxsize=4096)
def small_number(text: str) -> int | None:
    """Read the number of a year, a month or a day.

    Args:
        text: Digits, Han numerals or 元.

    Returns:
        The number; ``None`` where it is none.

    >>> small_number("元"), small_number("三十一"), small_number("二〇二五"), small_number("二千二十"), small_number("一百零九")
    (1, 31, 2025, 2020, 109)
    """
    if text == "元":
        return 1
    if text.isascii():
        return int(text) if text.isdigit() else None
    found = han_numeral(text, 0, chinese=False)
    if found is None or found.value is None or found.end != len(text) or found.value != int(found.value):
        return None
    return int(found.value)
