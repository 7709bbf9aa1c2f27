"""The words of English that make a number a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from termalign.languages.quantities.readings import ONE
from termalign.languages.quantities.tables import WordTable, table
from termalign.languages.quantities.units import latin_units, native_units

__all__ = ["EnglishRules", "Suffix", "english_rules"]


class Suffix(NamedTuple):
    """What stands behind a number: its role, its unit, and a factor."""

    role: str
    unit: str = ""
    factor: Decimal = ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishRules:
    """What the reader looks up."""

    words: WordTable[Suffix]
    symbols: WordTable[Suffix]
    before: WordTable[str]
    bounds_before: WordTable[str]
    bounds_after: WordTable[str]


def _rule(written: str, role: str) -> Suffix:
    """Read a unit with its factor."""
    unit, _, factor = written.partition(" ")
    return Suffix(role, unit, Decimal(factor or 1))


@cache
def english_rules() -> EnglishRules:
    """Build the tables, once per process.

    Returns:
        The tables.
    """
    money, units, bounds = table("money"), table("units"), table("bounds")
    words = {word: Suffix("unit", unit) for word, unit in native_units("en").items()}
    words |= {word: _rule(rule, "duration") for word, rule in units["durations"]["en"].items()}
    words |= {word: _rule(rule, "money") for word, rule in money["after"]["en"].items()}
    words |= {
        word: Suffix(role, unit, Decimal(factor))
        for word, (role, unit, factor) in table("counters")["shares"]["en"].items()
    }
    symbols = {word: Suffix("symbol", unit) for word, unit in latin_units().items()}
    symbols |= {word: _rule(rule, "duration symbol") for word, rule in units["durations"]["latin"].items()}
    symbols |= {
        code: Suffix("money", money["aliases"].get(code, code)) for code in [*money["codes"].split(), *money["aliases"]]
    }
    symbols |= {"%": Suffix("share", "%"), "‰": Suffix("share", "%", Decimal("0.1"))}
    codes = {code: code for code in money["codes"].split()} | money["aliases"]
    before = money["symbols"] | {"¥": money["yen_sign"]["en"]} | codes
    signs = {word: sign for sign, listed in bounds["before"]["en"].items() for word in listed.split("|")}
    marks = {mark: sign for sign, listed in bounds["signs"].items() for mark in listed.split()}
    return EnglishRules(
        words=WordTable(words, boundaries=True, folded=True),
        symbols=WordTable(symbols, boundaries=True),
        before=WordTable(before, boundaries=True),
        bounds_before=WordTable(signs | marks, boundaries=True, folded=True),
        bounds_after=WordTable(
            {word: sign for sign, listed in bounds["after"]["en"].items() for word in listed.split("|")},
            boundaries=True,
            folded=True,
        ),
    )
