"""Where the glossaries and corpora that ship with termalign lie: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["corpora", "glossaries", "shipped_folder"]

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
