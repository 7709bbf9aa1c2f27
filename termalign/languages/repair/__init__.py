"""Raw text of a document -> clean blocks, each with the way back to the raw text.

Documents come as PDF copies, Markdown, exports of word processors: with hard wraps inside words, running headers inside
sentences, spaces between characters, cells run together. What is repaired here are habits of layout and of languages;
nothing is repaired that cannot be found again in the raw text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.languages.repair.blocks import parts
from termalign.languages.repair.tongues import in_languages
from termalign.model import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Block

__all__ = ["passages", "repair"]


def repair(text: str, *, language: str | None = None, file: str = "") -> tuple[Block, ...]:
    r"""Turn the raw text of a document into blocks of clean text.

    Args:
        text: The document as read: plain text or Markdown, with any line ends.
        language: Its main language as a BCP 47 tag; ``None`` to find it. Long passages that are plainly in another of the
            three languages keep theirs.
        file: Its name, for messages.

    Returns:
        Paragraphs, headings, list items, table cells and labels in reading order, each one line of text in one language.
        Their stretches of the raw text ascend and do not overlap. Every character stands for the same character of the raw
        text, but for white space, for character references such as ``&amp;``, and for a hyphen that a PDF reader wrote as
        U+FFFE. Page furniture, code, markup, marks of lists and reference marks are stepped over; ``marks`` of a block has
        an empty range where a reference mark stood. Empty for text without letters.

    Raises:
        ConfigError: ``language`` is no tag of one of the three languages.
        DataError: The text has letters, and none of its parts is Japanese, Chinese or English.

    Source:
        Ours.

    >>> [block.content.text for block in repair("1　概况\n\n该中心由清华大学和\n北京大学[12]共 同 建 设。")]
    ['概况', '该中心由清华大学和北京大学共同建设。']
    """
    return tuple(in_languages(tuple(parts(text)), language=language, file=file))


def passages(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Find the stretches of a document that are in one language.

    Args:
        blocks: Blocks as :func:`repair` gives them, in order.

    Returns:
        One passage per run of blocks of one language, from the first to the last raw code point of its text; neighbours
        differ in language. Empty for no blocks.

    Source:
        Ours.
    """
    found: list[Passage] = []
    for block in blocks:
        pieces = block.content.pieces
        if not pieces:
            continue
        start, end = pieces[0].raw_start, pieces[-1].raw_end
        if found and found[-1].language == block.language:
            start = found.pop().span.start
        found.append(Passage(language=block.language, span=Span(start, end)))
    return tuple(found)
