"""Language tags as BCP 47 registers them, in the case that it recommends."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from termalign.errors import ConfigError
from termalign.model import canonical_tag

__all__ = ["tag_problem"]

# RFC 5646, section 2.1: language, extended languages, script, region, variants, extensions, private use.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<extended>(-[a-z]{3}){0,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+", re.IGNORECASE | re.ASCII)
_SHORTER = {"jpn": "ja", "zho": "zh", "chi": "zh", "eng": "en"}


@cache
def _subtags() -> dict[str, frozenset[str]]:
    """Load the registered subtags."""
    rows = tomllib.loads((files("termalign") / "data" / "validation" / "tags.toml").read_text(encoding="utf-8"))
    return {key: frozenset(value.split()) for key, value in rows.items()}


@cache
def tag_problem(tag: str) -> tuple[str, str, str] | None:
    """Find what is wrong with a language tag.

    Args:
        tag: As it stands in a file.

    Returns:
        Rule, message and fix; ``None`` for a tag that is registered and in its case.

    Source:
        BCP 47 (RFC 5646) sections 2.1.1 and 2.2.
    """
    if not tag.strip():
        return "language-tag", "empty language tag", "name the language: ja, zh-Hans, zh-Hant, en"
    if _PRIVATE.fullmatch(tag):
        return None
    match = _TAG.fullmatch(tag)
    problem = _unregistered(match) if match else f"language tag {tag!r} is not BCP 47"
    if problem:
        return "language-tag", problem, f"write {_proposal(tag)}"
    cased = _cased(tag)
    return None if cased == tag else ("language-tag-case", f"{tag!r} is not in its usual case", f"write {cased}")


def _unregistered(match: re.Match[str]) -> str:
    """Name the subtag that is not registered; empty where all are."""
    language, script, region = match["language"], match["script"] or "", match["region"] or ""
    known = _subtags()
    if language.lower() in _SHORTER or (len(language) == len("ja") and language.lower() not in known["languages"]):
        return f"language {language!r} is not registered"
    if script and script.title() not in known["scripts"] and not script.lower().startswith("qa"):
        return f"script {script!r} of {match[0]!r} is not registered"
    is_private = region.upper() in {"AA", "ZZ"} or region[:1].upper() in {"X", "Q"}
    if region.isalpha() and region.upper() not in known["regions"] and not is_private:
        return f"region {region!r} of {match[0]!r} is not registered"
    return ""


def _cased(tag: str) -> str:
    """Write a tag as RFC 5646 section 2.1.1 recommends."""
    parts = tag.lower().split("-")
    for number, part in enumerate(parts[1:], 1):
        if len(parts[number - 1]) == 1:
            break  # behind a singleton all is in lower case
        if len(part) == len("Hans"):
            parts[number] = part.title() if part.isalpha() else part
        elif len(part) == len("CN"):
            parts[number] = part.upper()
    return "-".join(parts)


def _proposal(tag: str) -> str:
    """Return what may be meant."""
    try:
        return canonical_tag(tag)
    except ConfigError as exc:
        return exc.fix.removeprefix("write ").strip("'") or "a tag of BCP 47"
