"""What the name of a file says of its language, and what is left of the name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from termalign.errors import ConfigError
from termalign.model import canonical_tag

__all__ = ["stem"]

_TAG = re.compile(
    r"[A-Za-z]{2,3}(-(Hans|Hant|[A-Za-z]{2}))?", re.IGNORECASE
)  # the tags that stand in names; strategy is no variant
_PARTS = re.compile(r"[._\-\s()\[\]（）【】]+")


@cache
def _words() -> frozenset[str]:
    """Load the words that name a language, once per process."""
    tables = tomllib.loads((files("termalign") / "data" / "pairing.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in tables["names"].values() for word in words)


def stem(path: str) -> tuple[str, bool]:
    """Take what names a language out of a path without its ending.

    Args:
        path: A path in POSIX form.

    Returns:
        What is left, which versions of one document have in common, and whether a language was named. Empty where nothing is
        left: ``en.txt`` in a folder of its own document gives the folder.

    Source:
        Ours.

    >>> stem("en/strategy.txt"), stem("strategy.ja.txt"), stem("strategy_zh-CN.md"), stem("strategy（英文版）.txt")
    (('strategy', True), ('strategy', True), ('strategy', True), ('strategy', True))
    >>> stem("chi-square.txt")
    ('chi-square', False)
    """
    folder, _, name = path.rpartition("/")
    base = name.rpartition(".")[0] or name
    kept, tagged = [], False
    for part in (*folder.split("/"), base):
        left, found = _without_tag(part)
        tagged = tagged or found
        kept += [left] if left else []
    return "/".join(kept), tagged


def _without_tag(part: str) -> tuple[str, bool]:
    """Take a language out of one part of a path: all of it, its end, or, where it is a tag, its beginning."""
    pieces = [one for one in _PARTS.split(part) if one]
    for size in (2, 1):  # zh-Hans, zh_CN; then ja
        ends = ([pieces[-size:], pieces[:-size]], [pieces[:size], pieces[size:]])
        for number, (tag, rest) in enumerate(ends if len(pieces) >= size else ()):
            if _is_tag("-".join(tag), words=number == 0):
                return "-".join(rest), True
    return "-".join(pieces), False


def _is_tag(text: str, *, words: bool) -> bool:
    """Tell whether text names a language: by a tag, or by a word where that may be meant."""
    if words and text.lower() in _words():
        return True
    if not _TAG.fullmatch(text):
        return False
    try:
        canonical_tag(text)
    except ConfigError:
        return False
    return True
