"""What a format must offer: one protocol each for documents, bitext and glossaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from termalign.model import Concept, TranslationUnit

__all__ = ["BitextFormat", "DocumentFormat", "GlossaryFormat", "WriteReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What became of the values handed to a writer.

    Args:
        n_written: How many units or entries the file holds.
        losses: What the format could not hold, in words, and how often; in the order of the words.
        examples: Of some losses, the first texts that they befell.
    """

    n_written: int
    losses: tuple[tuple[str, int], ...] = ()
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, n_written: int, losses: Counter[str]) -> WriteReport:
        """Make the report of what was counted while writing; what was counted zero times is left out."""
        found: dict[str, list[str]] = getattr(losses, "examples", {})  # of the counters that keep some
        return cls(
            n_written=n_written,
            losses=tuple(sorted((kind, n) for kind, n in losses.items() if n)),
            examples=tuple((kind, tuple(found[kind])) for kind in sorted(found)),
        )


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

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Stream the units of the file called ``name``.

        What is sound comes first; ``DataError``, or ``DataErrors`` for several faults, with their places after it.
        ``losses`` counts what was left out on purpose, such as languages that termalign does not work in.
        """

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write the units, always the same bytes for the same units; the caller opens and replaces the file."""


@runtime_checkable
class GlossaryFormat(Protocol):
    """Concept entries in and out."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case, with the dot; the longest that fits a name wins."""

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Stream the entries of the file called ``name``; faults and ``losses`` as in :meth:`BitextFormat.read`."""

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write the entries, always the same bytes for the same entries; the caller opens and replaces the file."""
