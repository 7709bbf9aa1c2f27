"""The verb ``quantities``: a text -> its numbers, dates and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.languages.quantities import find_quantities
from termalign.pipeline.segmentation import resolve_language

if TYPE_CHECKING:
    import datetime as dt

    from termalign.model.quantities import Quantity

__all__ = ["quantities"]


def quantities(
    text: str,
    *,
    language: str | None = None,
    country: str | None = None,
    year: int | None = None,
    today: dt.date | str | None = None,
) -> tuple[Quantity, ...]:
    """Find the numbers, dates and amounts of a text, each with its normal form.

    Args:
        text: Any text; line ends and all, as read.
        language: BCP 47 tag; ``None`` means that the text tells.
        country: ISO 3166 code whose fiscal years hold, and whose order of day and month; ``None`` where none is known:
            ``FY2024`` then stays as it is, 年度 is that of Japan in Japanese and of China in Chinese.
        year: The year that partial dates take as long as none stands in the text before them.
        today: The day, or ISO 8601, that 今年 and ``last year`` are told by; without it they are no quantities.

    Returns:
        Quantities in order, not overlapping, with ``start``, ``end``, ``kind``, ``normalised`` and ``text == text[start:end]``
        (CONTRACTS.md section 6); equal facts have equal normal forms in every language, and :func:`same` tells whether two
        can be one fact.

    Raises:
        ConfigError: A wrong tag, country, year or day, or no tag and a text without letters.
        DataError: No tag, and the text is in none of the three languages.

    >>> [one.normalised for one in quantities("令和2年1月21日に約22億円", language="ja")]
    ['2020-01-21', '~2200000000 JPY']
    >>> [one.normalised for one in quantities("截至2025年3月的财年，1.05万亿日元", language="zh-Hans")]
    ['2024-04-01/2025-03-31', '1050000000000 JPY']
    """
    if not text.strip():
        return ()
    return find_quantities(text, language=resolve_language(text, language), country=country, year=year, today=today)
