"""Language tags: BCP 47 as BCP 47 writes it, and the four tags that termalign works in.

A glossary that says ``jp`` or ``zh_cn`` is half-read by every tool, so a tag is made canonical once, where text enters.
"""

from __future__ import annotations

import re
from typing import NewType

from termalign.errors import ConfigError, OtherLanguageError

__all__ = ["TAGS", "LangTag", "canonical_tag", "same_language"]

LangTag = NewType("LangTag", str)

# In the order in which beads and tables list them (DESIGN.md section 5).
TAGS: tuple[LangTag, ...] = (LangTag("ja"), LangTag("zh-Hans"), LangTag("zh-Hant"), LangTag("en"))

_WELL_FORMED = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?"
    r"|[Xx](-[A-Za-z0-9]{1,8})+"
)
_WRONG = {"jp": "ja", "cn": "zh-Hans", "tw": "zh-Hant", "chs": "zh-Hans", "cht": "zh-Hant", "jpn": "ja", "eng": "en"}
_HANT_REGIONS = frozenset({"TW", "HK", "MO"})


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
    # Behind a subtag of one letter come extensions and private use, which say nothing on script and region.
    parts = parts[: next((number for number, part in enumerate(parts) if len(part) == 1), None)]
    script = next((part.title() for part in parts[1:] if len(part) == len("Hans") and part.isalpha()), "")
    region = next((part.upper() for part in parts[1:] if len(part) == len("CN") and part.isalpha()), "")
    if script in {"Hans", "Hant"}:
        return f"zh-{script}"
    if region:
        return "zh-Hant" if region in _HANT_REGIONS else "zh-Hans"
    return "zh"


def same_language(left: str, right: str) -> bool:
    """Tell whether two tags name one language, whatever the script: ``zh-Hans`` and ``zh-Hant`` do."""
    return left.partition("-")[0] == right.partition("-")[0]
