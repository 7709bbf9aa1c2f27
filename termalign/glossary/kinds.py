"""What kind of thing a designation names, by its head word."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Form

__all__ = ["NAMED", "kind_of"]

NAMED = frozenset(
    {"organisation", "company", "law", "strategy", "programme"}
)  # kinds of things that have a name of their own


@cache
def _heads() -> dict[str, dict[str, Any]]:
    """Endings and head words per kind, folded, in the order of the file."""
    raw = tomllib.loads((files("termalign") / "data" / "heads.toml").read_text(encoding="utf-8"))
    return {
        kind: {key: tuple(fold(word) for word in words) for key, words in table.items()} for kind, table in raw.items()
    }


def kind_of(forms: Iterable[Form]) -> str:
    """Guess the kind of a concept.

    Args:
        forms: Its designations.

    Returns:
        One of the kinds of DESIGN.md section 4; the kind that most designations vote for, the first in the file among equals;
        ``other`` where no head word is known.
    """
    votes: dict[str, int] = {}
    for language, text in forms:
        found = _kind(language, text)
        if found:
            votes[found] = votes.get(found, 0) + 1
    order = list(_heads())
    return min(votes, key=lambda kind: (-votes[kind], order.index(kind)), default="other")


def _kind(language: str, text: str) -> str:
    key = fold(text)
    for kind, table in _heads().items():
        if language == "en":
            head = fold(text.partition(" of ")[0].partition(" for ")[0].split(" ")[-1])
            if head in table.get("words", ()):
                return kind
        elif len(key) > 1 and (key.endswith(table.get("endings", ())) or key.startswith(table.get("begins", ("\0",)))):
            return kind
    return ""
