"""Units of measurement: their symbol, their names in three languages, and how they turn into one another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from termalign.languages.quantities.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Unit", "latin_units", "native_units", "unit_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a symbol measures, and how much of the first unit of that kind it is."""

    of: str
    factor: Fraction
    names: tuple[tuple[str, str], ...]  # language or "latin", word


def _prefixed(row: dict[str, Any]) -> Iterator[tuple[str, Unit]]:
    """Make a unit and those with its prefixes."""
    prefixes = table("units")["prefixes"]
    base = Fraction(row.get("factor", "1"))
    for prefix in ["", *row["prefixes"].split()]:
        rule = prefixes.get(prefix, {"power": 0, "ja": "", "zh": "", "en": ""})
        heads = [prefix, *rule.get("also", "").split()]
        if prefix == "k" and "also_prefix" in row:
            heads.append(row["also_prefix"])
        symbols = [row["symbol"], *row.get("also", "").split()]
        names = [("latin", head + symbol) for head in heads for symbol in symbols]
        for language in ("ja", "zh", "en"):
            for name in row[language].split():
                whole = rule[language] + name
                names.extend((language, form) for form in ([whole] if language != "en" else [whole, whole + "s"]))
        symbol = prefix + row["symbol"]
        yield symbol, Unit(of=row["of"], factor=base * Fraction(10) ** rule["power"], names=tuple(names))


def _plain(row: dict[str, Any]) -> Unit:
    """Make a unit without prefixes."""
    names = [("latin", name) for name in row.get("latin", "").split()]
    names += [(language, name) for language in ("ja", "zh") for name in row.get(language, "").split()]
    names += [("en", name) for name in row.get("en", "").split("|") if name]
    return Unit(of=row["of"], factor=Fraction(row.get("factor", "1")), names=tuple(names))


@cache
def _units() -> dict[str, Unit]:
    """Make all units; a second row of one symbol adds names."""
    found: dict[str, Unit] = {}
    for row in table("units")["prefixed"]:
        found.update(_prefixed(row))
    for symbol, row in table("units")["plain"].items():
        unit = _plain(row)
        known = found.get(symbol)
        found[symbol] = (
            unit if known is None else Unit(of=known.of, factor=known.factor, names=known.names + unit.names)
        )
    return found


def unit_of(symbol: str) -> Unit | None:
    """Find a unit.

    Args:
        symbol: As it stands in a normal form.

    Returns:
        The unit; ``None`` where the tables have none of that symbol.
    """
    return _units().get(symbol)


@cache
def native_units(language: str) -> dict[str, str]:
    """List the names of units in one language.

    Args:
        language: ``ja``, ``zh`` or ``en``.

    Returns:
        Name -> symbol.
    """
    return {name: symbol for symbol, unit in _units().items() for tag, name in unit.names if tag == language}


@cache
def latin_units() -> dict[str, str]:
    """List the symbols of units as they are written in every language.

    Returns:
        Spelling -> symbol.
    """
    return {name: symbol for symbol, unit in _units().items() for tag, name in unit.names if tag == "latin"}
