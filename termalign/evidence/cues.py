"""The words around brackets that tell what a gloss is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["cues"]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Read the cues of ``data/gloss.toml``, longest first."""
    raw = tomllib.loads((files("termalign") / "data" / "gloss.toml").read_text(encoding="utf-8"))
    return {key: tuple(sorted(words, key=len, reverse=True)) for key, words in raw.items()}


def cues(kind: str) -> tuple[str, ...]:
    """Return the words of one list of ``data/gloss.toml``, longest first.

    Args:
        kind: Name of the list.
    """
    return _words()[kind]
