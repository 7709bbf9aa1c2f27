"""``pairs.toml``: what a person says of the versions in a pile."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from termalign.errors import DataError, Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_pairs"]

MAX_VERSIONS = 3
_TABLE, _KEY = "versions", "documents"
_FIX = 'write [[versions]] with documents = ["a.ja.txt", "b.zh.txt"]'


def read_pairs(path: Path) -> list[list[str]]:
    """Read which documents a person says are versions of one another.

    Args:
        path: The file: ``[[versions]]`` with ``documents = ["a.ja.txt", "b.zh.txt"]``, two or three paths relative to INPUT, or one
            path, of a document that has no versions.

    Returns:
        The paths of each group, in the order of the file.

    Raises:
        DataError: It is no TOML, or has keys or values that mean nothing here.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, ValueError) as exc:
        line = re.search(r"at line (\d+)", str(exc))
        at_end = text.count("\n") + 1 if text else None
        where = Where(file=path.name, line=int(line[1]) if line else at_end)
        raise DataError(f"cannot be read: {exc}", where, _FIX) from exc
    _refuse_others(table, _TABLE, text, path.name)
    rows = table.get(_TABLE, [])
    if not isinstance(rows, list):
        raise DataError(f"{_TABLE} is no list of tables", Where(file=path.name, line=_line(text, _TABLE)), _FIX)
    return [_documents(row, number, text, path.name) for number, row in enumerate(rows)]


def _documents(row: Any, number: int, text: str, name: str) -> list[str]:
    """Read one group."""
    if isinstance(row, dict):
        _refuse_others(row, _KEY, text, name)
    paths = row.get(_KEY) if isinstance(row, dict) else None
    if not isinstance(paths, list) or not paths or not all(isinstance(one, str) and one for one in paths):
        where = Where(file=name, line=_line(text, _KEY, nth=number), path=f"{_TABLE}[{number}].{_KEY}")
        raise DataError("no list of paths", where, _FIX)
    if len(paths) > MAX_VERSIONS or len(set(paths)) < len(paths):
        where = Where(file=name, line=_line(text, _KEY, nth=number), path=f"{_TABLE}[{number}].{_KEY}")
        raise DataError(
            "more than one document of a language", where, "name each version once, at most one per language"
        )
    return list(paths)


def _refuse_others(table: dict[str, Any], known: str, text: str, name: str) -> None:
    """Refuse keys that mean nothing: a misspelt one would be passed over in silence."""
    for key in table:
        if key != known:
            raise DataError(
                f"unknown key {key!r}", Where(file=name, line=_line(text, key)), f"there is only {known!r} here"
            )


def _line(text: str, key: str, *, nth: int = 0) -> int | None:
    """Return the 1-based line at which a key stands for the ``nth`` time; ``None`` where it is written in another way."""
    name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
    pattern = rf"^[ \t]*(?:\[+[ \t]*{name}[ \t.\]]|{name}[ \t]*[.=])|[{{,][ \t]*{name}[ \t]*="
    found = list(re.finditer(pattern, text, re.MULTILINE))
    return text.count("\n", 0, found[nth].start()) + 1 if nth < len(found) else None
