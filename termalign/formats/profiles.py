"""What each translation tool wants: language codes, columns, files per pair; read from ``data/profiles``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from importlib.resources import files
from typing import Any

from termalign.registry import Entry, Registry

__all__ = [
    "DEEPL",
    "GOOGLE",
    "MEMOQ",
    "OMEGAT",
    "PHRASE",
    "PROFILES",
    "TRADOS",
    "GlossaryLayout",
    "Profile",
    "UnitsLayout",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsLayout:
    """How a tool takes translation units.

    Args:
        endings: Names of files that it takes.
        per_pair: One file for each pair of languages.
        codes: Language codes in them, by our tags.
    """

    endings: tuple[str, ...]
    per_pair: bool = False
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryLayout:
    """How a tool takes glossaries.

    Args:
        layout: ``omegat``; ``pairs`` (two columns), ``sets`` (a column per language), ``entries`` (a row per entry) or
            ``designations`` (a row per designation).
        endings: Names of files that it takes.
        termbases: Names of files of TBX that it takes, each a format of its own.
        per_pair: One file for each pair of languages.
        directed: Each direction of a pair is a file of its own.
        delimiter: Between cells of ``.csv``.
        mark: Whether ``.csv`` begins with a byte order mark.
        synonyms: Between synonyms in one cell; empty: each has a column.
        min_cjk: Fewest characters of a source of Han characters or kana.
        max_bytes: Most bytes of a cell; 0 for no limit.
        max_file: Most bytes of a file; 0 for no limit.
        id: Heading of the column of concept ids; so all further headings: empty for no such column, ``{language}`` stands
            for the name of the language.
        subject: Of subjects.
        empty: Of columns that stay empty.
        note: Of notes.
        definition: Of definitions, in each language.
        description: Of definitions, whatever the language.
        preferred: Of the mark of preferred designations.
        forbidden: Of the mark of deprecated designations.
        case: Of the mark of designations whose case counts.
        languages: Names of languages in headings, by our tags; the codes of the profile without them.
    """

    layout: str
    endings: tuple[str, ...]
    termbases: tuple[str, ...] = ()
    per_pair: bool = False
    directed: bool = False
    delimiter: str = ","
    mark: bool = False
    synonyms: str = ""
    min_cjk: int = 1
    max_bytes: int = 0
    max_file: int = 0
    id: str = ""
    subject: str = ""
    empty: tuple[str, ...] = ()
    note: str = ""
    definition: str = ""
    description: str = ""
    preferred: str = ""
    forbidden: str = ""
    case: str = ""
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A translation tool.

    Args:
        name: As ``--for`` names it.
        title: As people call it.
        codes: Language codes by our tags.
        units: How it takes translation units.
        glossary: How it takes glossaries.
    """

    name: str
    title: str
    codes: tuple[tuple[str, str], ...]
    units: UnitsLayout
    glossary: GlossaryLayout = field(repr=False)


def _values(kind: type[Any], table: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a table of TOML as the frozen values of a class have them; a key that it has not is a fault."""
    known = {one.name for one in fields(kind)}
    unknown = table.keys() - known
    if unknown:
        raise ValueError(f"{kind.__name__}: {', '.join(sorted(unknown))}")
    return {
        key: tuple(value) if isinstance(value, list) else tuple(value.items()) if isinstance(value, dict) else value
        for key, value in table.items()
    }


def _load(name: str) -> Profile:
    """Load a profile."""
    text = (files("termalign") / "data" / "profiles" / f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    units, glossary = ({"codes": table["codes"]} | table["units"], {"languages": table["codes"]} | table["glossary"])
    return Profile(
        name=name,
        title=table["title"],
        codes=tuple(table["codes"].items()),
        units=UnitsLayout(**_values(UnitsLayout, units)),
        glossary=GlossaryLayout(**_values(GlossaryLayout, glossary)),
    )


OMEGAT = _load("omegat")
TRADOS = _load("trados")
MEMOQ = _load("memoq")
PHRASE = _load("phrase")
DEEPL = _load("deepl")
GOOGLE = _load("google")

PROFILES: Registry[Profile] = Registry(
    "profile",
    {
        name: Entry(f"termalign.formats.profiles:{name.upper()}")
        for name in ("omegat", "trados", "memoq", "phrase", "deepl", "google")
    },
)
