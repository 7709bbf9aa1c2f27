"""Laws of quantities: what is written is read back, in any language; nothing breaks on any text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import mixed_text

from termalign.languages.quantities import find_quantities, same
from termalign.model.quantities import Quantity, QuantityKind

LANGUAGES = ("ja", "zh-Hans", "zh-Hant", "en")
PIECES = [
    "令和",
    "2",
    "年",
    "月",
    "日",
    "度",
    "平成30年",
    "第",
    "三",
    "四半期",
    "約",
    "以上",
    "未満",
    "億",
    "円",
    "%",
    "～",
    "から",
    "-",
    "—",
    "10",
    "1,050",
    "1.05",
    "万亿",
    "元",
    "分之",
    "百",
    "割",
    "成",
    "年代",
    "世紀",
    "同年",
    "今年",
    "FY",
    "2024",
    "Q3",
    "half",
    "a",
    "million",
    "twenty",
    "-",
    "five",
    "hundred",
    "and",
    "of",
    "the",
    "third",
    "quarter",
    "January",
    "21",
    ",",
    "2020",
    "1/2",
    "½",
    "$",
    "US$",
    "bn",
    "percent",
    "years",
    "两",
    "个",
    "半",
    "多",
    "余",
    "到",
    "至",
    "截至",
    "的财年",
    "not",
    "more",
    "than",
    "〇",
    "一",
    "壹",
    ":",
    ".",
    "。",
    "\n",
    "(",
    ")",
    "[",
    "]",
    "km",
    "度",
    "www.",
    "@",
    "+81",
]
SMALL = ("", "十", "百", "千")
HAN = "〇一二三四五六七八九"


def texts() -> st.SearchStrategy[str]:
    return st.one_of(
        mixed_text(max_size=60),
        st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    )


def kanji(number: int, scales: tuple[str, ...], *, zero: str = "") -> str:
    """Write a number in Han numerals, group by group of four; ``zero`` stands for places left out (一百零五)."""
    if number == 0:
        return "〇"
    groups = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    written = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        part = ""
        gap = bool(written) and group < 1_000
        for power in range(3, -1, -1):
            digit = group // 10**power % 10
            if digit:
                part += (zero if gap and (part or written) else "") + HAN[digit] + SMALL[power]
                gap = False
            else:
                gap = gap or bool(part)
        written += part + scales[place]
    return written if zero else written.replace("一十", "十").replace("一百", "百")


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def words(number: int) -> str:
    """Write a number in English words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1_000:
        return f"{ONES[number // 100]} hundred" + (f" and {words(number % 100)}" if number % 100 else "")
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= size:
            rest = number % size
            join = " and " if 0 < rest < 100 else " "
            return f"{words(number // size)} {name}" + (f"{join}{words(rest)}" if rest else "")
    raise AssertionError(number)


def only(text: str, language: str) -> tuple[str, str]:
    (found,) = find_quantities(text, language=language)
    assert found.text == text
    return found.kind.value, found.normalised


numbers = st.integers(1, 10**16 - 1) | st.integers(1, 10**5) | st.integers(1, 9_999).map(lambda one: one * 10**8)


@given(numbers)
def test_a_number_in_japanese_is_read_back(number: int) -> None:
    assert only(f"{kanji(number, ('', '万', '億', '兆'))}ドル", "ja") == ("money", f"{number} USD")
    assert only(f"{number:,}円", "ja") == ("money", f"{number} JPY")


@given(numbers)
def test_a_number_in_chinese_is_read_back(number: int) -> None:
    for language, ten_thousand, hundred_million in (("zh-Hans", "万", "亿"), ("zh-Hant", "萬", "億")):
        high, low = divmod(number, 10**8)
        scales = ("", ten_thousand)
        text = f"{kanji(high, scales, zero='零')}{hundred_million}" if high else ""
        text += ("零" if high and 0 < low < 10**7 else "") + (kanji(low, scales, zero="零") if low else "")
        assert only(f"{text}美元", language) == ("money", f"{number} USD")


@given(numbers)
def test_a_number_in_english_is_read_back(number: int) -> None:
    unit = "dollar" if number == 1 else "dollars"
    assert only(f"{words(number)} {unit}", "en") == ("money", f"{number} USD")


@given(st.integers(1, 99_999), st.integers(0, 3), st.sampled_from([0, 4, 8, 12]))
def test_decimals_with_a_scale_are_equal_in_three_languages(digits: int, places: int, power: int) -> None:
    value = Decimal(digits).scaleb(-places)
    wanted = f"{value * 10**power:f}"
    wanted = wanted.rstrip("0").rstrip(".") if "." in wanted else wanted
    ja, zh = {0: "", 4: "万", 8: "億", 12: "兆"}[power], {0: "", 4: "万", 8: "亿", 12: "万亿"}[power]
    assert only(f"{value:f}{ja}円", "ja") == only(f"{value:f}{zh}日元", "zh-Hans") == ("money", f"{wanted} JPY")


@given(st.dates(max_value=dt.date(2999, 12, 31)))
def test_a_day_is_equal_in_three_languages(day: dt.date) -> None:
    text = f"{day:%Y-%m-%d}"
    year, month, number = (int(part) for part in text.split("-"))
    if year < 1_000:
        return
    found = {
        only(f"{year}年{month}月{number}日", "ja"),
        only(f"{year} 年 {month} 月 {number} 日", "zh-Hans"),
        only(f"{day:%B} {number}, {year}", "en"),
        only(f"{number} {day:%B} {year}", "en"),
        only(text, "en"),
    }
    assert found == {("date", text)}


@given(
    texts(),
    st.sampled_from(LANGUAGES),
    st.sampled_from([None, "JP", "US"]),
    st.sampled_from([None, 2019]),
    st.sampled_from([None, "2026-11-28"]),
)
def test_quantities_lie_in_the_text_in_order_and_are_found_again(
    text: str, language: str, country: str | None, year: int | None, today: str | None
) -> None:
    found = find_quantities(text, language=language, country=country, year=year, today=today)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.text.strip() == one.text
        assert one.normalised.strip() == one.normalised
        end = one.end
    assert found == find_quantities(text, language=language, country=country, year=year, today=today)


@given(texts(), texts(), st.sampled_from(LANGUAGES))
def test_same_is_symmetric_and_everything_is_the_same_as_itself(first: str, second: str, language: str) -> None:
    left, right = find_quantities(first, language=language), find_quantities(second, language="en")
    for one in left:
        assert same(one, one) or one.normalised[0] in "<>"
        for other in right:
            assert same(one, other) == same(other, one)


@pytest.mark.parametrize("normalised", ["", "x", "1/0", "P", "--", "FY", "..", "1..", "~", "9" * 5000])
@pytest.mark.parametrize("kind", list(QuantityKind))
def test_same_never_breaks_on_normal_forms_from_elsewhere(kind: QuantityKind, normalised: str) -> None:
    if not normalised:
        return
    one = Quantity(start=0, end=1, kind=kind, normalised=normalised)
    assert same(one, one) in {True, False}
