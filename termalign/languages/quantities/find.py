"""The numbers, dates and amounts of a text.

No library reads 令和2年, 1.05万亿 and fiscal years of three countries into one normal form (DEPENDENCIES.md 2.9). Ours looks for
places where a quantity may begin by one pattern, and reads each by small rules over tables of words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.languages.fold import simplify
from termalign.languages.quantities.scan import Scan, identifiers, settings_from
from termalign.model.quantities import Quantity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from termalign.languages.quantities.readings import Reading

__all__ = ["find_quantities"]

# Characters of full width -> normal width, one for one; the wave dash and the middle of a range are kept apart from "-".
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0xFF3C: 0xFF3C,
    0xFFE5: 0xA5,
    0xFFE1: 0xA3,
    0xFFE6: 0x20A9,
    0xFE61: 0x2A,
    0xFE6A: 0x25,
    0x2010: 0x2D,
    0x2011: 0x2D,
}


def find_quantities(
    text: str,
    *,
    language: str,
    country: str | None = None,
    year: int | None = None,
    today: dt.date | str | None = None,
) -> tuple[Quantity, ...]:
    """Find the numbers, dates and amounts of a text.

    Args:
        text: Any text.
        language: ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en``.
        country: ISO 3166 code whose fiscal years and order of day and month hold; ``None`` where none is known.
        year: The year that partial dates take before any stands in the text.
        today: The day that 今年 and ``last year`` are told by; without it they are no quantities.

    Returns:
        Quantities in order, not overlapping (CONTRACTS.md section 6).

    Raises:
        ConfigError: No such country, year or day.

    >>> [one.normalised for one in find_quantities("令和2年1月21日に約22億円", language="ja")]
    ['2020-01-21', '~2200000000 JPY']
    """
    group = "zh" if language.startswith("zh") else language
    settings = settings_from(group=group, country=country, year=year, today=today)
    settings = replace(settings, simplified=group == "zh" and language != "zh-Hant")
    scan = Scan(text=_plain_text(text, group), settings=settings)
    if group == "en":
        from termalign.languages.quantities.english import english_quantities as reader  # noqa: PLC0415 - one language at a time
    else:
        from termalign.languages.quantities.han import han_quantities as reader  # noqa: PLC0415
    return tuple(_made(text, _outside(reader(scan), identifiers(text))))


def _plain_text(text: str, group: str) -> str:
    """Bring characters to normal width, Chinese ones to simplified; as many come out as went in."""
    plain = text.translate(_WIDTH)
    return simplify(plain) if group == "zh" else plain


def _outside(readings: Iterable[Reading], spans: Iterable[tuple[int, int]]) -> Iterator[Reading]:
    """Leave out what lies in addresses."""
    taken = sorted(spans)
    if not taken:
        yield from readings
        return
    at = 0
    for reading in readings:
        while at < len(taken) and taken[at][1] <= reading.start:
            at += 1
        if at == len(taken) or reading.end <= taken[at][0]:
            yield reading


def _made(text: str, readings: Iterable[Reading]) -> Iterator[Quantity]:
    """Make the values that callers see."""
    end = 0
    for one in readings:
        start = max(one.start, end)
        end = one.end
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        yield Quantity(
            start=start, end=end, kind=one.kind, normalised=one.normalised, text=text[start:end], step=one.step
        )
