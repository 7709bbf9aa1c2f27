"""The verb ``validate``: does a file keep its standard's rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeGuard

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.validation import check_file, sarif
from termalign.formats.xml_stream import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import FileFinding

__all__ = ["as_sarif", "validate"]

MAX_FINDINGS = 10_000


def validate(
    files: str | Path | BinaryIO | Iterable[str | Path | BinaryIO],
    *,
    max_findings: int = MAX_FINDINGS,
    max_depth: int = LIMITS.depth,
    max_text: int = LIMITS.text,
    max_tag: int = LIMITS.tag,
) -> tuple[FileFinding, ...]:
    """Find where TMX 1.4 and TBX version 3 files break the rules of their standards.

    Args:
        files: One file or several: paths, or open binary files. What a file is, its root element says. They are read as
            streams: memory does not grow with their size.
        max_findings: How many findings are kept of each file, 1 or more; a last one says how many more there are.
        max_depth: Levels that elements may be nested.
        max_text: Characters of one text.
        max_tag: Bytes of one tag or comment.

    Returns:
        The findings, file by file in the order of lines; empty where all files are valid. Only an ``error`` makes a file
        invalid.

    Raises:
        ConfigError: A file is neither TMX nor TBX version 3, or is not there.
        DataError: A file declares entities, is in an unknown encoding, goes beyond a limit or cannot be read.
    """
    if max_findings < 1:
        raise ConfigError(f"{max_findings} findings", "keep at least one")
    one_by_one = [files] if isinstance(files, str | Path) or _is_open(files) else list(files)
    limits = Limits(depth=max_depth, text=max_text, tag=max_tag)
    found: list[FileFinding] = []
    for file in one_by_one:
        if not _is_open(file):
            found += _check_path(Path(str(file)), limits, max_findings)
        else:
            name = str(getattr(file, "name", "")) or "input"
            found += check_file(file, name=name, limits=limits, max_findings=max_findings)
    return tuple(found)


def _is_open(file: object) -> TypeGuard[BinaryIO]:
    """Tell whether something can be read from."""
    return hasattr(file, "read")


def _check_path(path: Path, limits: Limits, max_findings: int) -> tuple[FileFinding, ...]:
    """Validate a file that is named."""
    try:
        with path.open("rb") as file:
            return check_file(file, name=str(path), limits=limits, max_findings=max_findings)
    except (FileNotFoundError, ValueError) as exc:
        if isinstance(exc, DataError | ConfigError):
            raise
        raise ConfigError(f"no file {str(path)!r}", "name a file that is there") from exc
    except OSError as exc:
        problem = f"cannot be read: {(exc.strerror or str(exc)).lower()}"
        raise DataError(problem, Where(file=str(path)), "give a file that you may read") from exc


def as_sarif(findings: Iterable[FileFinding]) -> dict[str, Any]:
    """Make a SARIF 2.1.0 log of findings, for ``validate --format sarif``."""
    return sarif(findings)
