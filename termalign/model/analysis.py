"""A document after the per-document stages: repaired, split into segments and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termalign.model.text import BlockKind, Document, MappedText, Passage, Segment, Span, Token

__all__ = ["AnalysedDocument", "Sentence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A segment of a document with its words and its way back.

    Args:
        segment: Text, language, document and raw spans.
        content: The text with its map to the raw text.
        tokens: Its words, with offsets into ``segment.text``.
        kind: The block it stands in.
    """

    segment: Segment
    content: MappedText = field(repr=False)
    tokens: tuple[Token, ...] = field(repr=False)
    kind: BlockKind

    @property
    def text(self) -> str:
        """The text of the segment."""
        return self.segment.text

    @property
    def language(self) -> str:
        """The language of the segment."""
        return self.segment.language

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Find the raw text behind ``text[start:end]``."""
        return self.content.spans(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedDocument:
    """A document, its passages and its sentences in reading order."""

    document: Document
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...] = field(repr=False)
