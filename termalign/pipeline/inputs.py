"""Files and folders in, documents out; what cannot be read is told, not dropped in silence."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from base64 import b32encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import BITEXT_FORMATS, DOCUMENT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.formats.text import MAX_LINE
from termalign.model import Document, DocumentId
from termalign.workspace.manifest import result_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.formats import DocumentFormat
    from termalign.registry import Registry

__all__ = ["PAIRS_FILE", "Pile", "Skipped", "read_documents", "reader_for"]

PAIRS_FILE = "pairs.toml"
MAX_BYTES = 512 * 1024 * 1024  # of one document; a library of novels is smaller
N_ID_CHARACTERS = 12
# What a name must not do to a terminal, a page or a JSON file: move the cursor, turn the direction of writing, be half a character.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that was not read, and why."""

    path: str
    error: DataError

    def as_json(self) -> dict[str, object]:
        """Return one row of ``run.json``'s ``skipped``."""
        row: dict[str, object] = {"path": self.path, "reason": self.error.problem, "fix": self.error.fix}
        return row | ({"line": self.error.where.line} if self.error.where.line else {})

    @classmethod
    def of(cls, path: str, problem: str, fix: str) -> Skipped:
        """Make one of what is wrong with a file."""
        return cls(path=path, error=DataError(problem, Where(file=path), fix))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The documents of a run.

    Args:
        documents: In the order of their paths, one per content; further files with the same bytes are its copies.
        skipped: Files that could not be read.
        pairs: Files called ``pairs.toml`` that were found.
        bitext: Path and name of the files of aligned units, in the order of their names.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    pairs: tuple[Path, ...] = ()
    bitext: tuple[tuple[Path, str], ...] = ()


def read_documents(inputs: Sequence[str | Path], *, max_line: int = MAX_LINE, with_bitext: bool = False) -> Pile:
    """Read the documents of files and folders.

    Args:
        inputs: Files, and folders that are searched through; at least one. In folders, names that begin with a dot and the
            results of earlier builds are passed over. Links are followed where they are named here; in a folder a link adds
            nothing to what it points to there, and one that leads out of it is skipped.
        max_line: Longest line that is read, in code points.
        with_bitext: List files of aligned units (TMX, XLIFF, PO, TSV, JSON Lines) too; they are not read here.

    Returns:
        What was read and what was not; the same for the same files, however and in whatever order they are named.

    Raises:
        ConfigError: No input, or one that does not exist.
        DataError: Nothing could be read: a folder without documents, or one file that is at fault.
    """
    if not inputs or not all(map(str, inputs)):
        raise ConfigError(
            "nothing to read" if not inputs else "the name of an input is empty", "name a file or a folder"
        )
    found, skipped, pairs, bitext = [], [], [], []
    for one in _files(inputs):
        if isinstance(one, Skipped):
            skipped.append(one)
        elif one[0].name == PAIRS_FILE:
            pairs.append(one[0])
        elif with_bitext and _is_bitext(one[0]):
            bitext.append(one)
        else:
            path, name = one
            try:
                found.append(_read(path, name, max_line=max_line))
            except DataError as exc:
                skipped.append(Skipped(path=name, error=exc))
    if not found and not bitext:
        raise _nothing(inputs, skipped)
    skipped.sort(key=lambda one: (one.path, one.error.problem))
    return Pile(documents=_unique(found), skipped=tuple(skipped), pairs=tuple(pairs), bitext=tuple(bitext))


def _is_bitext(path: Path) -> bool:
    """Tell whether the name of a file ends as that of aligned units: ``x.tsv``, but not ``x.terms.tsv``."""
    bitext, glossary = (_ending(path, registry) for registry in (BITEXT_FORMATS, GLOSSARY_FORMATS))
    return bool(bitext) and len(bitext) >= len(glossary)


def _ending(path: Path, registry: Registry[Any]) -> str:
    """Return the longest ending of a registry's formats that fits a name; empty where none does."""
    lowered = path.name.lower()
    endings = (suffix for entry in registry.entries().values() for suffix in entry.suffixes)
    return max((one for one in endings if lowered.endswith(one)), key=len, default="")


def _nothing(inputs: Iterable[str | Path], skipped: Sequence[Skipped]) -> DataError:
    """Say why no document could be read."""
    if len(skipped) == 1:
        return skipped[0].error
    names = ", ".join(_shown(Path(one).name or str(one)) for one in inputs)
    endings = ", ".join(suffix for entry in DOCUMENT_FORMATS.entries().values() for suffix in entry.suffixes)
    why = f"; {skipped[0].error}, and {len(skipped) - 1} more" if skipped else ""
    return DataError(f"no document that can be read{why}", Where(file=names), f"documents end in {endings}")


def _files(inputs: Iterable[str | Path]) -> list[tuple[Path, str] | Skipped]:
    """List each file once, with its path relative to the input it was found in, in POSIX form."""
    skipped: dict[tuple[str, str], Skipped] = {}
    named: dict[str, tuple[Path, str]] = {}
    for one in inputs:
        if os.path.isdir(one):  # noqa: PTH112 - Path.is_dir raises for names that are too long or may not be looked at
            rows = _inside(Path(one))
        elif os.path.exists(one):  # noqa: PTH110 - likewise
            rows = iter([(Path(one), _shown(Path(one).name))])
        else:
            raise ConfigError(f"no file or folder {str(one)!r}", "check the path and your rights to it")
        for row in rows:
            if isinstance(row, Skipped):
                skipped[row.path, row.error.problem] = row
            else:
                real = os.path.realpath(row[0])
                named[real] = min(named.get(real, row), row, key=lambda known: (known[0].is_symlink(), known[1]))
    return [*(named[real] for real in sorted(named, key=lambda real: (named[real][1], real))), *skipped.values()]


def _inside(folder: Path) -> Iterator[tuple[Path, str] | Skipped]:
    """Yield the files of a folder and what cannot be read of it."""
    root = os.path.realpath(folder)
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = [one for one in folders if not one.startswith(".")]
        results = result_names(Path(place))
        for one in (*folders, *(file for file in files if not file.startswith(".") and file not in results)):
            path = Path(place, one)
            name = _shown(path.relative_to(folder).as_posix())
            problem = _unfit(path, root)
            if problem:
                yield Skipped.of(name, *problem)
            elif one in files:
                yield path, name
    for error in unread:
        name = _shown(Path(error.filename).relative_to(folder).as_posix())
        yield Skipped.of(name, f"cannot be read: {(error.strerror or str(error)).lower()}", "check your rights to it")


def _unfit(path: Path, root: str) -> tuple[str, str] | None:
    """Say what is wrong with an entry of a folder, and what to do; ``None`` where nothing is."""
    if path.is_symlink():
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises for links in a circle on some versions
            return "a link to nothing", "leave it out"
        if not Path(os.path.realpath(path)).is_relative_to(root):
            return "a link that leads out of the folder", "name what it points to as an input of its own"
    return None if path.is_file() or path.is_dir() else ("no ordinary file", "leave it out")


def _shown(name: str) -> str:
    r"""Write a path so that it can stand in messages and files: as UTF-8 whatever the locale, the rest escaped.

    >>> _shown("a\x1bb.txt")
    'a\\x1bb.txt'
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _UNSHOWN else char
        for char in text
    )


def reader_for(path: str | Path, *, max_line: int = MAX_LINE) -> DocumentFormat:
    """Find the reader of a document by the ending of its name.

    Args:
        path: Its name or path.
        max_line: Longest line that is read, in code points.

    Returns:
        The reader, with that limit where it has one.

    Raises:
        ConfigError: No document has such an ending.
    """
    reader = format_for(DOCUMENT_FORMATS, path)
    return replace(reader, max_line=max_line) if hasattr(reader, "max_line") else reader  # type: ignore[type-var]  # a frozen dataclass


def _read(path: Path, name: str, *, max_line: int) -> Document:
    """Read one document."""
    try:
        reader = reader_for(path, max_line=max_line)
    except ConfigError as exc:
        problem = f"no reader for {_shown(path.suffix) or 'a file without an ending'}"
        raise DataError(problem, Where(file=name), exc.fix) from exc
    try:
        if not path.is_file():
            raise DataError("no ordinary file", Where(file=name), "copy what it holds into a file")
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"larger than {MAX_BYTES} bytes", Where(file=name), "split it")
        raw = path.read_bytes()
    except OSError as exc:
        problem = f"cannot be read: {(exc.strerror or str(exc)).lower()}"
        raise DataError(problem, Where(file=name), "check your rights to it") from exc
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
    for document in sorted(documents, key=lambda one: (one.path, one.id)):
        known = first.get(document.id)
        first[document.id] = document if known is None else replace(known, copies=(*known.copies, document.path))
    return tuple(first.values())
