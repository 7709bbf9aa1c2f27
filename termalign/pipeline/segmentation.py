"""The verb ``segment``: a text into sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.languages import LANGUAGES
from termalign.languages.identify import identify, language_of, profile, seems_to_be
from termalign.model import Segment, Span, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["resolve_language", "segment"]


def resolve_language(text: str, language: str | None) -> str:
    """Find the tag of a text.

    Args:
        text: The text.
        language: A tag as a user writes it, ``zh`` and ``None`` included.

    Returns:
        ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en``. ``zh`` is told by the text, simplified where it does not tell.

    Raises:
        ConfigError: A wrong tag, or no tag and a text without letters.
        DataError: No tag, and the text is in none of the three languages.
    """
    tag = canonical_tag(language) if language else ""
    if tag and tag != "zh":
        return tag
    if tag == "zh":
        return language_of(text, among=("zh",), default="zh-Hans")
    candidates = [found for found, _ in identify(text)]
    if not candidates and profile(text).has_letters:
        raise DataError(f"the text seems to be {seems_to_be(text)}", Where(), "give Japanese, Chinese or English text")
    if not candidates:
        raise ConfigError("the language of the text cannot be told", "name it: ja, zh-Hans, zh-Hant or en")
    return candidates[0]


def segment(text: str, *, language: str | None = None) -> tuple[Segment, ...]:
    """Split a text into sentences.

    Args:
        text: Any text; line ends and all, as read.
        language: BCP 47 tag; ``None`` means that the text tells.

    Returns:
        Sentences with ``start``, ``end`` and ``text == text[start:end]``, trimmed of white space, in order; together they lose
        only white space (CONTRACTS.md section 5). Empty for a text without characters.

    Raises:
        ConfigError: A wrong tag, or no tag and a text without letters.
        DataError: No tag, and the text is in none of the three languages.
    """
    if not text.strip():
        return ()
    tag = resolve_language(text, language)
    spans: Sequence[Span] = LANGUAGES.get(tag).sentences(text)
    return tuple(
        Segment(language=tag, text=text[span.start : span.end], spans=(span,), start=span.start) for span in spans
    )
