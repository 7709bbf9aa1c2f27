"""The passages of a text, each in one language: paragraphs, told apart by empty lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.identify import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Stretch", "passages"]

_GAP = re.compile(r"\n[^\S\n]*\n\s*")
MAX_SAMPLE = 2000  # characters of a passage, and of a text, that are looked at
MIN_SURE = 0.5  # probability from which a passage's own characters decide against the text around it


class Stretch(NamedTuple):
    """A stretch of a text in one language."""

    start: int
    end: int
    language: str


def passages(text: str, *, language: str | None = None) -> Iterator[Stretch]:
    """Cut a text into passages.

    Args:
        text: Any text.
        language: Tag of all of it; ``None`` means that the text tells.

    Yields:
        Stretches in order; what lies between them is white space. A passage that several languages write so (量子計算) is taken
        for the language of the text where that is one of them. One in another language counts as that of the text.
    """
    if language is not None:
        yield Stretch(0, len(text), language)
        return
    cuts = [(match.start(), match.end()) for match in _GAP.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    main = _main(text)
    for start, end in zip(starts, ends, strict=True):
        if start < end:
            yield Stretch(start, end, _language(text[start : min(end, start + MAX_SAMPLE)], main))


def _main(text: str) -> str:
    """Tell the language of a text by its beginning, its middle and its end."""
    half = max(0, len(text) // 2 - MAX_SAMPLE // 2)
    sample = text[:MAX_SAMPLE] + "\n" + text[half : half + MAX_SAMPLE] + "\n" + text[-MAX_SAMPLE:]
    return next((tag for tag, _ in identify(sample)), "en")


def _language(passage: str, main: str) -> str:
    candidates = identify(passage)
    if not candidates or (main in dict(candidates) and candidates[0][1] < 1 - MIN_SURE / 10):
        return main
    return candidates[0][0]
