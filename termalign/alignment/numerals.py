"""Numbers as keys: 20,000, ２万, 二万 and twenty thousand are one.

A number is the surest word of a sentence, and the one whose spelling differs most. The exact reading of dates, amounts and
bounds is not needed here (CONTRACTS.md section 6): only that the same number gives the same key on both sides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termalign.languages.characters import LATIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Numeral", "alignment_table", "numerals"]

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = r"[0-9]+(?:[,，][0-9]{3}(?![0-9]))*(?:[.．][0-9]+)?(?![.．][0-9])"
_SEPARATORS = str.maketrans({",": "", "，": "", "．": "."})
_MAX_DIGITS = 18  # longer strings are identifiers, not amounts


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text.

    Args:
        start: First code point.
        end: End, excluded.
        value: Plain decimal without separators and trailing zeros.
        spelled: Whether it is written in words or Han numerals, which may be part of another word (三菱, second-hand).
    """

    start: int
    end: int
    value: str
    spelled: bool = False


@cache
def alignment_table(name: str) -> Mapping[str, Any]:
    """Read a table of ``termalign/data/alignment.toml``, once per process.

    Args:
        name: ``han_digits``, ``english_numbers``, ``english_scales`` or ``marks``.

    Returns:
        The table as it stands there.

    Source:
        Ours.
    """
    tables = tomllib.loads((files("termalign") / "data" / "alignment.toml").read_text(encoding="utf-8"))
    table: Mapping[str, Any] = tables[name]
    return table


def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Find the numbers of a text.

    Args:
        text: A sentence.
        language: Its tag; decides which words are numbers.

    Returns:
        Numbers in order, not overlapping; empty where there are none. Digits inside a Latin name (``5G``) are none.

    Source:
        Ours.

    >>> [one.value for one in numerals("20,000名、二万人、12万3456円、1.05万亿元", "zh-Hans")]
    ['20000', '20000', '123456', '1050000000000']
    >>> [one.value for one in numerals("$2.5 million for Twenty-two people", "en")]
    ['2500000', '22']
    """
    plain = text.translate(_WIDE)
    return tuple(_english(plain.lower()) if language == "en" else _han(plain))


def _plain(value: Decimal) -> str:
    """Write a number without exponent and trailing zeros."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _decimal(digits: str) -> Decimal | None:
    """Read digits with separators; ``None`` for long identifiers."""
    plain = digits.translate(_SEPARATORS)
    return Decimal(plain) if len(plain) <= _MAX_DIGITS else None


@cache
def _english_pattern() -> re.Pattern[str]:
    """Build the pattern of English numbers."""
    values = alignment_table("english_numbers")
    words = "|".join(sorted(values, key=len, reverse=True))
    tens = "|".join(word for word, value in values.items() if value in range(20, 100, 10))
    ones = "|".join(word for word, value in values.items() if value in range(1, 10))
    scales = "|".join(sorted(alignment_table("english_scales"), key=len, reverse=True))
    return re.compile(
        rf"(?<![{LATIN}0-9.])(?<![{LATIN}]-)"
        rf"(?:(?P<digits>{_DIGITS})(?:st|nd|rd|th|s)?|(?P<tens>{tens})[ -](?P<ones>{ones})|(?P<word>{words}))"
        rf"(?:[ -]?(?P<scale>{scales})s?)?(?![{LATIN}0-9])"
    )


def _english(text: str) -> Iterator[Numeral]:
    """Find English numbers in lower-case text: digits, words up to ninety-nine, each with a scale."""
    values, scales = alignment_table("english_numbers"), alignment_table("english_scales")
    for match in _english_pattern().finditer(text):
        scale = scales.get(match["scale"], 1)
        if match["digits"]:
            value = _decimal(match["digits"])
            if value is not None:
                yield Numeral(match.start(), match.end(), _plain(value * scale))
            continue
        value = Decimal(sum(values[match[part]] for part in ("tens", "ones", "word") if match[part]))
        yield Numeral(match.start(), match.end(), _plain(value * scale), spelled=True)


@cache
def _han_tables() -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int], re.Pattern[str]]:
    """Load the digits, the multiples below and from 10,000, and the pattern of numbers."""
    table = alignment_table("han_digits")
    digits = {char: value for row in table["rows"] for value, char in enumerate(row)}
    digits |= dict.fromkeys(table["two"], 2)
    small, large = table["small"], table["large"]
    multiples = "".join([*small, *large])
    numeral = "".join([*(char for char in digits if not char.isascii()), *small, *large])
    pattern = re.compile(
        rf"(?<![{LATIN}0-9.])(?<![{LATIN}]-)(?P<digits>{_DIGITS})(?![{LATIN}0-9])(?:\s?(?P<scale>[{multiples}]+))?(?P<rest>[0-9]{{1,4}}(?![0-9.,]))?"
        rf"|(?P<han>[{numeral}]+)"
    )
    return digits, small, large, pattern


def _han(text: str) -> Iterator[Numeral]:
    """Find numbers in Japanese and Chinese text: digits with Han multiples, and Han numerals."""
    digits, small, large, pattern = _han_tables()
    for match in pattern.finditer(text):
        if match["han"]:
            if match["han"][0] in large and len(match["han"]) == 1:
                continue
            yield Numeral(match.start(), match.end(), str(_read(match["han"], digits, small, large)), spelled=True)
            continue
        value = _decimal(match["digits"])
        if value is None:
            continue
        for char in match["scale"] or "":
            value *= small.get(char) or large[char]
        if match["rest"] and not match["scale"]:
            continue
        yield Numeral(match.start(), match.end(), _plain(value + int(match["rest"] or 0)))


def _read(text: str, digits: Mapping[str, int], small: Mapping[str, int], large: Mapping[str, int]) -> int:
    """Read Han numerals: by place (二〇二五) or with multiples (二千二十五)."""
    if all(char in digits for char in text):
        return int("".join(str(digits[char]) for char in text[:_MAX_DIGITS]))
    total = section = current = 0
    for char in text:
        if char in digits:
            current = digits[char]
        elif char in small:
            section, current = section + (current or 1) * small[char], 0
        elif total and not section + current:  # 一万亿
            total *= large[char]
        else:
            total, section, current = total + (section + current or 1) * large[char], 0, 0
    return total + section + current
