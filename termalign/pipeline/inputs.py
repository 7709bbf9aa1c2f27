"""Files and folders in, documents out; what cannot be read is told, not dropped in silence."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import DOCUMENT_FORMATS, format_for
from termalign.formats.text import MAX_LINE
from termalign.model import Document, DocumentId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["PAIRS_FILE", "Pile", "Skipped", "read_documents"]

PAIRS_FILE = "pairs.toml"
MAX_BYTES = 512 * 1024 * 1024  # of one document; a library of novels is smaller
N_ID_CHARACTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that was not read, and why."""

    path: str
    error: DataError

    def as_json(self) -> dict[str, object]:
        """Return one row of ``run.json``'s ``skipped``."""
        row: dict[str, object] = {"path": self.path, "reason": self.error.problem, "fix": self.error.fix}
        return row | ({"line": self.error.where.line} if self.error.where.line else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The documents of a run.

    Args:
        documents: In the order of their paths, one per content; further files with the same bytes are its copies.
        skipped: Files that could not be read.
        pairs: Files called ``pairs.toml`` that were found.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    pairs: tuple[Path, ...] = ()


def read_documents(inputs: Sequence[str | Path], *, max_line: int = MAX_LINE) -> Pile:
    """Read the documents of files and folders.

    Args:
        inputs: Files, and folders that are searched through; at least one. Names that begin with a dot are passed over in
            folders.
        max_line: Longest line that is read, in code points.

    Returns:
        What was read and what was not.

    Raises:
        ConfigError: No input, or one that does not exist.
        DataError: Nothing could be read: a folder without documents, or one file that is at fault.
    """
    if not inputs:
        raise ConfigError("nothing to read", "name a file or a folder")
    found, skipped, pairs = [], [], []
    files = sorted(set(_files(inputs)), key=lambda item: (item[1], str(item[0])))
    for path, name in files:
        if path.name == PAIRS_FILE:
            pairs.append(path)
            continue
        try:
            found.append(_read(path, name, max_line=max_line))
        except DataError as exc:
            skipped.append(Skipped(path=name, error=exc))
    if not found and len(skipped) == 1:
        raise skipped[0].error
    if not found:
        where = Where(file=", ".join(Path(one).name or str(one) for one in inputs))
        endings = ", ".join(_suffixes())
        why = f"; {skipped[0].error}, and {len(skipped) - 1} more" if skipped else ""
        raise DataError(f"no document that can be read{why}", where, f"documents end in {endings}")
    return Pile(documents=_unique(found), skipped=tuple(skipped), pairs=tuple(pairs))


def _suffixes() -> list[str]:
    return [suffix for name in DOCUMENT_FORMATS for suffix in DOCUMENT_FORMATS.get(name).suffixes]


def _files(inputs: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file with its path relative to the input it was found in, in POSIX form."""
    for one in inputs:
        path = Path(one)
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                name = inner.relative_to(path)
                if inner.is_file() and not any(part.startswith(".") for part in name.parts):
                    yield inner, name.as_posix()
        elif path.exists():
            yield path, path.name
        else:
            raise ConfigError(f"no file or folder {str(one)!r}", "check the path")


def _read(path: Path, name: str, *, max_line: int) -> Document:
    """Read one document."""
    try:
        reader = format_for(DOCUMENT_FORMATS, path)
    except ConfigError as exc:
        raise DataError(
            f"no reader for {path.suffix or 'a file without an ending'}", Where(file=name), exc.fix
        ) from exc
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"larger than {MAX_BYTES} bytes", Where(file=name), "split it")
        raw = path.read_bytes()
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=name), "check its rights") from exc
    if hasattr(reader, "max_line"):
        reader = replace(reader, max_line=max_line)  # type: ignore[type-var]  # readers are frozen dataclasses
    text, encoding = reader.read(raw, file=name)
    digest = hashlib.sha256(raw)
    return Document(
        id=DocumentId("d-" + b32encode(digest.digest()).decode("ascii").lower()[:N_ID_CHARACTERS]),
        path=name,
        sha256=digest.hexdigest(),
        encoding=encoding,
        reader=reader.name,
        text=text,
    )


def _unique(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Keep one document per content and note the paths of its copies."""
    first: dict[str, Document] = {}
    for document in documents:
        known = first.get(document.id)
        first[document.id] = document if known is None else replace(known, copies=(*known.copies, document.path))
    return tuple(first.values())
