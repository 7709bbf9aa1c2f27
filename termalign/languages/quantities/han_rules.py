"""The words of Japanese and of Chinese that make a number a quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from termalign.languages.quantities.han_numbers import NUMERALS
from termalign.languages.quantities.tables import WordTable, table
from termalign.languages.quantities.units import latin_units, native_units

__all__ = ["HanRules", "Suffix", "han_rules"]


class Suffix(NamedTuple):
    """What stands behind a number: its role, its unit, and a factor."""

    role: str
    unit: str = ""
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HanRules:
    """What a reader of one language looks up."""

    group: str
    suffixes: WordTable[Suffix]
    currencies_before: WordTable[str]
    bounds_before: WordTable[str]
    bounds_after: WordTable[str]
    not_bounds: WordTable[bool]
    words: WordTable[bool]
    ordinal_words: WordTable[bool]
    ordinal_counters: WordTable[bool]
    relative: WordTable[tuple[str, str, int]]
    not_relative: WordTable[bool]
    fiscal_words: WordTable[int]
    halves: WordTable[int]
    nations: WordTable[str]
    connect: re.Pattern[str]
    starts: re.Pattern[str]

    @property
    def chinese(self) -> bool:
        """Whether it is Chinese."""
        return self.group == "zh"


def _listed(words: str) -> dict[str, bool]:
    """Make a table of a list of words."""
    return dict.fromkeys(words.split(), True)


def _signed(name: str) -> dict[str, str]:
    """Turn a table of bounds round: word -> sign."""
    found = {}
    for part in (
        table("bounds")[name.partition(".")[0]][name.partition(".")[2]],
        table("bounds")["signs"] if name.startswith("before") else {},
    ):
        for sign, words in part.items():
            found.update(dict.fromkeys(words.split(), sign))
    return found


def _suffixes(group: str) -> dict[str, Suffix]:
    """Gather everything that may stand behind a number."""
    counters, money, units = table("counters"), table("money"), table("units")
    found: dict[str, Suffix] = {word: Suffix("counter", word) for word in counters[group].split()}
    found |= {word: Suffix("ordinal", word) for word in counters[f"ordinal_after_{group}"].split()}
    found |= {word: Suffix("unit", unit) for word, unit in native_units(group).items()}
    found |= {word: Suffix("latin", unit) for word, unit in latin_units().items()}
    for part, role in ((units["durations"][group], "duration"), (units["durations"]["latin"], "latin duration")):
        for word, rule in part.items():
            component, _, factor = rule.partition(" ")
            found[word] = Suffix(role if component else "counter", component, Decimal(factor or 1))
    for word, rule in money["after"][group].items():
        code, _, factor = rule.partition(" ")
        found[word] = Suffix("money", code, Decimal(factor or 1))
    for code in [*money["codes"].split(), *money["aliases"]]:
        found[code] = Suffix("code", money["aliases"].get(code, code))
    return found | {
        word: Suffix(role, unit, Decimal(factor))
        for word, (role, unit, factor) in table("counters")["shares"][group].items()
    }


def _before(group: str) -> dict[str, str]:
    """Gather the currencies that may stand before a number."""
    money = table("money")
    yen = money["yen_sign"][group]
    codes = {code: code for code in money["codes"].split()} | money["aliases"]
    found: dict[str, str] = money["symbols"] | {"¥": yen, "￥": yen, "\\": yen} | money["before"].get(group, {}) | codes
    return found


def _starts(group: str) -> re.Pattern[str]:
    """Build the pattern of everything a quantity may begin with."""
    calendar = table("calendar")
    words = [
        *calendar["eras"],
        *calendar["relative"][group],
        *calendar["fiscal_words"][group],
        *calendar["halves"][group],
    ]
    words += [
        "半年",
        "半",
        "西暦",
        "公元前",
        "公元",
        "西元前",
        "西元",
        "紀元前",
        "纪元前",
        "截至",
        "上世纪",
        "前世紀",
        "本世纪",
        "今世紀",
        "FY",
        "Q",
        "H",
    ]
    formal = table("numbers")["han"]["formal"]
    single = "".join(dict.fromkeys(char for char in NUMERALS if char not in formal and char != "零"))
    alternatives = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    fractions = "".join(table("numbers")["fractions"])
    return re.compile(
        rf"[0-9{fractions}]|[{single}]|零(?=[点下])|[{formal}](?=[{NUMERALS}])|第(?=\s?[0-9{single}])|{alternatives}"
    )


@cache
def han_rules(group: str) -> HanRules:
    """Build the tables of one language, once per process.

    Args:
        group: ``ja`` or ``zh``.

    Returns:
        The tables.
    """
    calendar, counters, bounds = table("calendar"), table("counters"), table("bounds")
    marks = "".join(re.escape(mark) for mark in bounds["connect"]["marks"].split())
    words = "|".join(bounds["connect"][group].split())
    relative: dict[str, Any] = {word: tuple(rule) for word, rule in calendar["relative"][group].items()}
    return HanRules(
        group=group,
        suffixes=WordTable(_suffixes(group), boundaries=True),
        currencies_before=WordTable(_before(group), boundaries=True),
        bounds_before=WordTable(_signed(f"before.{group}")),
        bounds_after=WordTable(_signed(f"after.{group}")),
        not_bounds=WordTable(_listed(bounds["after_not"][group]["words"])),
        words=WordTable(_listed(table("numbers")["han"]["words"][group])),
        ordinal_words=WordTable(_listed(counters[f"words_{group}"])),
        ordinal_counters=WordTable(_listed(counters[f"ordinal_{group}"])),
        relative=WordTable(relative),
        not_relative=WordTable(_listed(calendar["relative_not"][group])),
        fiscal_words=WordTable(calendar["fiscal_words"][group]),
        halves=WordTable(calendar["halves"][group]),
        nations=WordTable(table("fiscal")["nations"]),
        connect=re.compile(rf"[ \u3000]{{0,2}}(?:[{marks}]{{1,2}}|{words})[ \u3000]{{0,2}}"),
        starts=_starts(group),
    )
