"""Text and where it came from: documents, repaired text with its way back, blocks, segments, tokens."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NewType

from termalign.model.slots import slot_setters

if TYPE_CHECKING:
    from termalign.model.inline import InlineCode

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "DocumentId",
    "Folded",
    "MappedText",
    "Passage",
    "Piece",
    "Segment",
    "Span",
    "Token",
]

DocumentId = NewType("DocumentId", str)
Folded = NewType("Folded", str)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points, 0-based, end excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end}")

    def as_json(self) -> list[int]:
        """Return ``[start, end]``."""
        return [self.start, self.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of a map from repaired to raw text.

    The piece begins at ``start`` in the repaired text and lasts to the next piece. It stands for ``raw_start..raw_end``:
    code point by code point where both are equally long, as a whole where they are not.
    """

    start: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text with the way back to the raw text it was made from.

    Args:
        text: The repaired text.
        pieces: Steps of the map, by ``start``; the first begins at 0. Empty only for empty text.
    """

    text: str
    pieces: tuple[Piece, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if bool(self.text) != bool(self.pieces) or (self.pieces and self.pieces[0].start):
            raise ValueError("the map does not begin where the text begins")
        if any(left.start >= right.start for left, right in pairwise(self.pieces)):
            raise ValueError("the steps of a map ascend")

    @classmethod
    def of(cls, raw: str, start: int = 0, end: int | None = None) -> MappedText:
        """Map ``raw[start:end]`` to itself."""
        end = len(raw) if end is None else end
        return cls(raw[start:end], (Piece(0, start, end),) if end > start else ())

    def spans(self, start: int, end: int, *, raw: str | None = None) -> tuple[Span, ...]:
        """Find the raw text that made ``text[start:end]``.

        Args:
            start: First code point in the repaired text.
            end: End in the repaired text, excluded.
            raw: The raw text; where given, spans with nothing but white space between them are joined.

        Returns:
            Ascending spans of the raw text, touching ones joined; empty for an empty range.
        """
        found: list[Span] = []
        if start >= end:
            return ()
        index = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            stop = self.pieces[index + 1].start if index + 1 < len(self.pieces) else len(self.text)
            low, high = piece.raw_start, piece.raw_end
            if high - low == stop - piece.start:
                low, high = low + max(0, start - piece.start), high - max(0, stop - end)
            if found and (found[-1].end >= low or (raw is not None and not raw[found[-1].end : low].strip())):
                low = found.pop().start
            found.append(Span(low, high))
            index += 1
        return tuple(found)

    def slice(self, start: int, end: int) -> MappedText:
        """Cut out ``text[start:end]`` with its map."""
        if start >= end:
            return MappedText("", ())
        index = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        cut: list[Piece] = []
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            stop = self.pieces[index + 1].start if index + 1 < len(self.pieces) else len(self.text)
            low, high = piece.raw_start, piece.raw_end
            if high - low == stop - piece.start:
                low, high = low + max(0, start - piece.start), high - max(0, stop - end)
            cut.append(Piece(max(0, piece.start - start), low, high))
            index += 1
        return MappedText(self.text[start:end], tuple(cut))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document's raw text in one language."""

    language: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read: its raw text is what every offset points into.

    Args:
        id: ``d-`` and a hash of its bytes.
        path: Relative to the input it was found in, POSIX form.
        sha256: Of its bytes, hexadecimal.
        encoding: The name it was decoded by.
        reader: Name of the format that read it, and its version.
        text: The decoded text; line ends as in the file, a leading BOM removed.
        copies: Paths of further files with the same bytes.
    """

    id: DocumentId
    path: str
    sha256: str
    encoding: str
    reader: str
    text: str = field(repr=False)
    copies: tuple[str, ...] = ()


class BlockKind(StrEnum):
    """What a block of text is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item or table cell: one line of repaired text in one language.

    Args:
        language: One of ``ja``, ``zh-Hans``, ``zh-Hant``, ``en``.
        kind: What it is on the page.
        content: Its repaired text and the way back.
        marks: Ranges of the repaired text that are reference marks such as ``[12]``.
    """

    language: str
    kind: BlockKind
    content: MappedText
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Segment:
    """One language's text in a translation unit, mostly one sentence.

    Args:
        language: Its tag.
        text: Repaired text on one line.
        document: The document it stands in; empty where it came with a bitext.
        spans: The raw text that made it.
        block: Number of its block in the document, 0-based.
        start: Where it begins in the repaired text of that block.
        codes: Inline codes of a bitext that has them, in their order.
    """

    language: str
    text: str
    document: str = ""
    spans: tuple[Span, ...] = ()
    block: int = 0
    start: int = 0
    codes: tuple[InlineCode, ...] = ()

    # By hand, as the generated one takes three times as long and a memory has millions of segments.
    def __init__(
        self,
        *,
        language: str,
        text: str,
        document: str = "",
        spans: tuple[Span, ...] = (),
        block: int = 0,
        start: int = 0,
        codes: tuple[InlineCode, ...] = (),
    ) -> None:
        _set_language(self, language)
        _set_text(self, text)
        _set_document(self, document)
        _set_spans(self, spans)
        _set_block(self, block)
        _set_start(self, start)
        _set_codes(self, codes)

    @property
    def end(self) -> int:
        """Where it ends in the repaired text of its block, excluded."""
        return self.start + len(self.text)


# The slots themselves: they may be set where the frozen class refuses.
_set_language, _set_text, _set_document, _set_spans, _set_block, _set_start, _set_codes = slot_setters(Segment)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a segment.

    Args:
        text: As it stands there: ``segment[start:end]``.
        start: First code point.
        end: End, excluded.
        pos: Coarse part of speech: ``n`` noun, ``pn`` proper name, ``v`` verb, ``adj``, ``adv``, ``num``, ``prefix``, ``suffix``,
            ``func`` function word, ``mark`` punctuation, ``x`` other.
        base: Dictionary form, lower case for English.
        parts: Finer split where there is one (Sudachi A), as texts; else empty.
    """

    text: str
    start: int
    end: int
    pos: str
    base: str
    parts: tuple[str, ...] = ()
