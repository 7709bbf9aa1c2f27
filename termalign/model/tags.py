"""Language tags: BCP 47 as BCP 47 writes it, and the four tags that termalign works in.

A glossary that says ``jp`` or ``zh_cn`` is half-read by every tool, so a tag is made canonical once, where text enters.
"""

from __future__ import annotations

import re
from typing import NewType

from termalign.errors import ConfigError, OtherLanguageError

__all__ = ["TAGS", "LangTag", "canonical_tag", "region_of", "same_language", "with_region"]

LangTag = NewType("LangTag", str)

# In the order in which beads and tables list them (DESIGN.md section 5).
TAGS: tuple[LangTag, ...] = (LangTag("ja"), LangTag("zh-Hans"), LangTag("zh-Hant"), LangTag("en"))

_WELL_FORMED = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?"
    r"|[Xx](-[A-Za-z0-9]{1,8})+"
)
_WRONG = {"jp": "ja", "cn": "zh-Hans", "tw": "zh-Hant", "chs": "zh-Hans", "cht": "zh-Hant", "jpn": "ja", "eng": "en"}
_HANT_REGIONS = frozenset({"TW", "HK", "MO"})
_REGION = re.compile("[A-Za-z]{2}|[0-9]{3}")
_USUAL = {
    "ja": "JP",
    "zh-Hans": "CN",
}  # regions that say nothing: where a language is written in them, and in no other way


def canonical_tag(tag: str) -> str:
    """Bring a language tag to the form termalign stores.

    Args:
        tag: A BCP 47 tag in any case, ``_`` for ``-`` allowed.

    Returns:
        One of :data:`TAGS`, or ``zh`` where only the text can tell the script.

    Raises:
        ConfigError: Not a tag, or a wrong code such as ``jp``.
        OtherLanguageError: The tag of a language that is none of the three.

    Source:
        BCP 47 (RFC 5646) sections 2.1 and 2.2.3 for form and script subtags.

    >>> canonical_tag("zh_cn"), canonical_tag("zh-TW"), canonical_tag("en-GB"), canonical_tag("ja-JP")
    ('zh-Hans', 'zh-Hant', 'en', 'ja')
    """
    parts = tag.strip().replace("_", "-").split("-")
    language = parts[0].lower()
    if language in _WRONG:
        raise ConfigError(f"language tag {tag!r}", f"write {_WRONG[language]!r}")
    if not _WELL_FORMED.fullmatch("-".join(parts)):
        raise ConfigError(f"language tag {tag!r} is not BCP 47", "write ja, zh-Hans, zh-Hant or en")
    if language in {"ja", "en"}:
        return language
    if language not in {"zh", "cmn"}:
        raise OtherLanguageError(
            f"language {tag!r} is none of Japanese, Chinese, English", "write ja, zh-Hans, zh-Hant or en"
        )
    parts = _plain_subtags(parts)
    script = next((part.title() for part in parts[1:] if len(part) == len("Hans") and part.isalpha()), "")
    region = _region(parts)
    if script in {"Hans", "Hant"}:
        return f"zh-{script}"
    if region:
        return "zh-Hant" if region in _HANT_REGIONS else "zh-Hans"
    return "zh"


def same_language(left: str, right: str) -> bool:
    """Tell whether two tags name one language, whatever the script: ``zh-Hans`` and ``zh-Hant`` do."""
    return left.partition("-")[0] == right.partition("-")[0]


def region_of(tag: str) -> str:
    """Return the region that a tag names beside its language.

    Args:
        tag: A BCP 47 tag of one of the three languages, in any case, ``_`` for ``-`` allowed.

    Returns:
        ``GB``, ``TW``, ``HK``, ``419``; empty where there is none, and for ``ja-JP`` and ``zh-CN``, which say no more than
        ``ja`` and ``zh-Hans``.

    Raises:
        ConfigError: As :func:`canonical_tag`.

    >>> region_of("en-GB"), region_of("zh_tw"), region_of("ja-JP"), region_of("en")
    ('GB', 'TW', '', '')
    """
    canonical = canonical_tag(tag)
    region = _region(_plain_subtags(tag.strip().replace("_", "-").split("-")))
    return "" if region == _USUAL.get(canonical) else region


def with_region(tag: str, region: str) -> str:
    """Return the tag of a language as it is written in a region.

    Args:
        tag: One of :data:`TAGS`.
        region: Two letters or three digits; empty for none.

    Returns:
        The shortest tag that :func:`canonical_tag` brings back to ``tag``: ``zh-TW``, not ``zh-Hant-TW``.

    >>> with_region("en", "GB"), with_region("zh-Hant", "TW"), with_region("zh-Hans", "TW"), with_region("en", "")
    ('en-GB', 'zh-TW', 'zh-Hans-TW', 'en')
    """
    if not _REGION.fullmatch(region):
        return tag
    short = f"{tag.partition('-')[0]}-{region}"
    return short if canonical_tag(short) == tag else f"{tag}-{region}"


def _plain_subtags(parts: list[str]) -> list[str]:
    """Leave out what comes behind a subtag of one letter: extensions and private use say nothing on script and region."""
    return parts[: next((number for number, part in enumerate(parts) if len(part) == 1), None)]


def _region(parts: list[str]) -> str:
    """Return the region among subtags."""
    return next((part.upper() for part in parts[1:] if _REGION.fullmatch(part)), "")
