"""Language tags in files: canonical ones out of whatever tools write, and the script of Chinese that does not say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, OtherLanguageError
from termalign.model import TAGS, canonical_tag, region_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.errors import Where
    from termalign.model import Segment

__all__ = ["REGIONS", "chinese_script", "rank", "read_region", "read_tag", "regions_in", "segment_rank"]

REGIONS = "regions"  # the further key of a unit that holds the regions of its sides, by language
_RANKS = {str(tag): number for number, tag in enumerate(TAGS)}


def chinese_script(text: str) -> str:
    """Tell simplified from traditional Chinese by the characters.

    Args:
        text: Chinese text.

    Returns:
        ``zh-Hant`` where more characters are traditional only than simplified only, else ``zh-Hans``: also where
        nothing tells them apart.

    Source:
        Ours: GB 2312 holds simplified characters, Big5 traditional ones, both those that the scripts share.
    """
    if _fits(text, "gb2312"):
        return "zh-Hans"
    hans = sum(_fits(character, "gb2312") and not _fits(character, "big5") for character in text)
    hant = sum(_fits(character, "big5") and not _fits(character, "gb2312") for character in text)
    return "zh-Hant" if hant > hans else "zh-Hans"


def read_tag(tag: str, *, text: str, where: Where, script: Callable[[str], str] = chinese_script) -> str | None:
    """Bring a tag that stands in a file to the form that termalign stores.

    Args:
        tag: As it stands there.
        text: The text it stands for: it decides where the tag is plain ``zh``.
        where: Where it stands.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text.

    Returns:
        One of :data:`termalign.model.TAGS`; ``None`` for a language that termalign does not work in.

    Raises:
        DataError: Not a tag, or a wrong code such as ``jp``.
    """
    try:
        canonical = _canonical(tag)
    except ConfigError as exc:
        raise DataError(exc.problem, where, exc.fix) from exc
    return script(text) if canonical == "zh" else canonical


@lru_cache(maxsize=256)
def read_region(code: str) -> str:
    """Return the region that a code in a file names; empty for none, for one that goes without saying, and for what is no tag.

    Args:
        code: As it stands there.
    """
    try:
        return region_of(code)
    except ConfigError:
        return ""


def regions_in(extra: tuple[tuple[str, Any], ...]) -> dict[str, str]:
    """Return the regions that the further keys of a unit hold, by language.

    Args:
        extra: The keys; anything may stand there.
    """
    stated = dict(extra).get(REGIONS) if extra else None
    return {key: value for key, value in stated.items() if isinstance(value, str)} if isinstance(stated, dict) else {}


def rank(tag: str) -> int:
    """Return the place of a tag in the order of :data:`termalign.model.TAGS`; other tags come last."""
    return _RANKS.get(tag, len(_RANKS))


def segment_rank(segment: Segment) -> int:
    """Return the place of a segment's language, to sort by."""
    return rank(segment.language)


@lru_cache(maxsize=256)  # a memory says the same few codes a million times
def _canonical(tag: str) -> str | None:
    """Return the canonical tag, or ``None`` for another language."""
    try:
        return canonical_tag(tag)
    except OtherLanguageError:
        return None


def _fits(text: str, encoding: str) -> bool:
    """Tell whether a character set holds all of the text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
