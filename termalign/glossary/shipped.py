"""Where the glossaries and corpora that ship with termalign lie: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["corpora", "glossaries", "named_file", "shipped_folder"]

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(name: str) -> Path:
    """Return the folder of shipped data called ``name`` (``glossaries`` or ``aligned``); it may not exist."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def glossaries() -> dict[str, Path]:
    """Find the shipped glossaries.

    Returns:
        Name to the path of its JSONL file, sorted by name; empty where nothing is shipped.
    """
    return {path.parent.name: path for path in sorted(shipped_folder("glossaries").glob("*/glossary.jsonl"))}


def corpora() -> dict[str, Path]:
    """Find the shipped corpora.

    Returns:
        Name to the path of its JSONL file, sorted by name; empty where nothing is shipped.
    """
    return {path.parent.name: path for path in sorted(shipped_folder("aligned").glob("*/units.jsonl"))}


def named_file(
    source: str | Path, *, shipped: Mapping[str, Path], inner: Sequence[str], noun: str, ending: str = ""
) -> tuple[Path, str]:
    """Find the file that a user names.

    Args:
        source: A shipped name, a file, or a folder that a build wrote.
        shipped: What is shipped, by name.
        inner: What the file may be called in such a folder, the first name first.
        noun: What the file is, in messages.
        ending: The ending to propose in messages.

    Returns:
        Path and what to call it in messages.

    Raises:
        ConfigError: No such file, folder or shipped name; a folder without such a file.
    """
    if isinstance(source, str) and source in shipped:
        return shipped[source], f"{source}/{shipped[source].name}"
    path = Path(source)
    if not path.exists():
        known = f"; shipped are {', '.join(shipped)}" if shipped else ""
        fix = f"name a {f'{ending} ' if ending else ''}file or a folder that build wrote{known}"
        raise ConfigError(f"no {noun} {str(source)!r}", fix)
    if not path.is_dir():
        return path, str(source)
    for name in inner:
        if (path / name).is_file():
            return path / name, str(path / name)
    raise ConfigError(f"the folder {str(source)!r} holds no {inner[0]}", "name a folder that build wrote")
