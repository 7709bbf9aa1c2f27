"""What a format must offer: one protocol each for documents, bitext and glossaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.model import Concept, TranslationUnit

__all__ = ["BitextFormat", "DocumentFormat", "GlossaryFormat"]


@runtime_checkable
class DocumentFormat(Protocol):
    """Turns the bytes of a file into the text that offsets point into."""

    @property
    def name(self) -> str:
        """Name and version of the reader, for the record: ``text/1``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case, with the dot."""

    def read(self, raw: bytes, *, file: str) -> tuple[str, str]:
        """Return text and encoding; raise ``DataError`` with the place where the bytes are no such file."""


@runtime_checkable
class BitextFormat(Protocol):
    """Translation units in and out."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case, with the dot."""

    def read(self, file: BinaryIO, *, name: str) -> Iterator[TranslationUnit]:
        """Stream the units of the file called ``name``; raise ``DataError`` with the place where it breaks the format."""

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> None:
        """Write the units, always the same bytes for the same units; the caller opens and replaces the file."""


@runtime_checkable
class GlossaryFormat(Protocol):
    """Concept entries in and out."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case, with the dot; the longest that fits a name wins."""

    def read(self, file: BinaryIO, *, name: str) -> Iterator[Concept]:
        """Stream the entries of the file called ``name``; raise ``DataError`` with the place where it breaks the format."""

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> None:
        """Write the entries, always the same bytes for the same entries; the caller opens and replaces the file."""
