"""The words of the page: names of languages, and what status, closure and sources mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["KINDS_OF_LABEL", "explanation", "language_name", "part", "vocabulary"]

KINDS_OF_LABEL = ("languages", "statuses", "closures", "sources", "methods")


@cache
def part(name: str) -> str:
    """Read a part of the page that ships with the package.

    Args:
        name: File name in ``data/report``.

    Returns:
        Its text; line ends are LF on every system, as browsers hash them.
    """
    return (files("termalign") / "data" / "report" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def vocabulary(kind: str) -> dict[str, str]:
    """Return the words of one kind and what they mean, in the order of the file; ``kind`` is one of ``KINDS_OF_LABEL``."""
    table: dict[str, str] = tomllib.loads(part("labels.toml"))[kind]
    return table


def explanation(kind: str, word: str) -> str | None:
    """Return what a word means, ``None`` where the file does not know it (a source that another package adds)."""
    return vocabulary(kind).get(word)


def language_name(tag: str) -> str:
    """Return the English name of a language, the tag itself where there is none."""
    return vocabulary("languages").get(tag, tag)
