"""The ledger of a workspace as JSON Lines: documents, evidence with all its places, and what was left alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import ConfigError
from termalign.formats.concepts_jsonl import N_QUOTE
from termalign.formats.jsonl import dump_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import Abstained, Document, Evidence, Passage

__all__ = ["DocumentRow", "write_abstained", "write_documents", "write_evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """What the ledger says about one document.

    Args:
        document: The document as read.
        passages: The language of each stretch of its text, in order.
        group: Name of its group of near-copies; empty where it has none.
    """

    document: Document
    passages: tuple[Passage, ...] = ()
    group: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return one row of ``documents.jsonl``.

        Returns:
            ``length`` in code points; ``group`` null and ``copies`` empty where there are none.

        Raises:
            ConfigError: A path is absolute: it would tell about the machine.

        Source:
            DESIGN.md section 3.
        """
        document = self.document
        for path in (document.path, *document.copies):
            if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute():
                raise ConfigError(f"absolute path {path!r}", "give it relative to the input")
        return {
            "id": document.id,
            "path": document.path,
            "sha256": document.sha256,
            "encoding": document.encoding,
            "reader": document.reader,
            "length": len(document.text),
            "passages": [{"language": one.language, "span": one.span.as_json()} for one in self.passages],
            "group": self.group or None,
            "copies": list(document.copies),
        }


def write_documents(rows: Iterable[DocumentRow], file: BinaryIO) -> int:
    """Write ``documents.jsonl``.

    Args:
        rows: One per document, in the order to write.
        file: Where to; the caller opens and replaces it.

    Returns:
        How many lines there are.

    Raises:
        ConfigError: A path is absolute.

    Source:
        DESIGN.md section 3.
    """
    return _write((row.as_json() for row in rows), file)


def write_evidence(rows: Iterable[Evidence], file: BinaryIO, *, n_quote: int = N_QUOTE) -> int:
    """Write ``evidence.jsonl``: every place of every piece of evidence.

    Args:
        rows: In the order to write.
        file: Where to; the caller opens and replaces it.
        n_quote: How many characters a quote keeps; 0 leaves quotes out (``--no-quotes``).

    Returns:
        How many lines there are.

    Source:
        DESIGN.md section 3.
    """
    return _write((row.as_json(n_quote=n_quote) for row in rows), file)


def write_abstained(rows: Iterable[Abstained], file: BinaryIO) -> int:
    """Write ``abstained.jsonl``: the candidates that were left alone, each with the reason.

    Args:
        rows: In the order to write.
        file: Where to; the caller opens and replaces it.

    Returns:
        How many lines there are.

    Source:
        DESIGN.md section 3.
    """
    return _write((row.as_json() for row in rows), file)


def _write(rows: Iterable[dict[str, Any]], file: BinaryIO) -> int:
    """Write rows and count them."""
    n_written = 0
    for row in rows:
        file.write(dump_row(row))
        n_written += 1
    return n_written
