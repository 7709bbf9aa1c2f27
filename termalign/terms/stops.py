"""Words that are no terms, or that no term begins or ends with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Stops", "stops"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """The stop words of one language.

    Args:
        never: Words that stand in no term.
        not_first: Words that no term begins with.
        not_last: Words that no term ends with.
        alone: Words that are no term by themselves, though a part of many.
        measures: Chinese measure words that are nouns too.
        before_measure: Words before which a measure word counts.
        before_noun: Words before a noun phrase, by which a verb or participle after them is part of it.
        before_verb: Words before a verb.
        prepositions: Chinese words before a noun phrase and no clause; 和 and 与 with them.
        before_clause: Chinese verbs that a clause may follow, and nouns that are tagged as verbs.
        after_verb: Words after a verb.
    """

    never: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]
    alone: frozenset[str]
    measures: frozenset[str] = frozenset()
    before_measure: frozenset[str] = frozenset()
    before_noun: frozenset[str] = frozenset()
    before_verb: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    before_clause: frozenset[str] = frozenset()
    after_verb: frozenset[str] = frozenset()


@cache
def stops(language: str) -> Stops:
    """Read the stop words of a language, ``zh-Hans`` and ``zh-Hant`` alike, from ``data/term_stops.toml``."""
    raw = tomllib.loads((files("termalign") / "data" / "term_stops.toml").read_text(encoding="utf-8"))
    table = raw[language.partition("-")[0]]
    return Stops(**{key: frozenset(words) for key, words in table.items()})
