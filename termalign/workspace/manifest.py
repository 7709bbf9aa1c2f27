"""The manifest ``run.json``: what a run was made of, so that it can be repeated and hand edits are noticed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DECISIONS",
    "GLOSSARY",
    "MANIFEST",
    "check_unedited",
    "dump_manifest",
    "leftovers",
    "read_manifest",
    "result_names",
    "sha256_of",
]

MANIFEST = "run.json"
GLOSSARY = "glossary.jsonl"
DECISIONS = "decisions.jsonl"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a workspace.

    Args:
        folder: The workspace.

    Returns:
        Its content; empty where there is none yet.

    Raises:
        DataError: It is no JSON object.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    fix = f"build into another folder, or remove this file and {GLOSSARY}"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as exc:
        line = getattr(exc, "lineno", None)
        raise DataError("the manifest cannot be read", Where(file=str(path), line=line), fix) from exc
    if not isinstance(found, dict):
        raise DataError("the manifest is no JSON object", Where(file=str(path)), fix)
    return found


def result_names(folder: Path) -> frozenset[str]:
    """List the files that a build left in a folder: they are no documents, should the folder be among the inputs of another.

    Args:
        folder: Any folder.

    Returns:
        Names of files; empty where no build wrote.
    """
    try:
        manifest = read_manifest(folder)
    except DataError:
        return frozenset()
    outputs = manifest.get("outputs") if "termalign" in manifest else None
    return frozenset({MANIFEST, DECISIONS, *outputs}) if isinstance(outputs, dict) else frozenset()


def leftovers(folder: Path) -> list[Path]:
    """List what builds that were killed while they wrote left in a workspace; their names are those of ``replace_all``."""
    return sorted(folder.glob(".stage-*"))


def check_unedited(folder: Path) -> None:
    """Refuse to overwrite a glossary that was edited by hand.

    Args:
        folder: The workspace.

    Raises:
        ConfigError: ``glossary.jsonl`` is not the file that the last build wrote.
        DataError: The manifest is broken, so that nobody can tell.
    """
    path = folder / GLOSSARY
    if not path.is_file():
        return
    known = {_glossary_digest(read_manifest(folder))}
    for left in leftovers(folder):  # a build that was killed put this glossary into place, but not yet its manifest
        with suppress(DataError):
            known.add(_glossary_digest(read_manifest(left)))
    if sha256_of(path) not in known:
        raise ConfigError(
            f"{path} was edited by hand or comes from elsewhere; a build would lose that",
            f"turn the edits into decisions with 'termalign decide --from-edits {folder}', or build into another folder",
        )


def _glossary_digest(manifest: dict[str, Any]) -> str:
    """Return the SHA-256 of the glossary that a manifest knows; empty where it knows none."""
    outputs = manifest.get("outputs")
    return str(outputs.get(GLOSSARY, "")) if isinstance(outputs, dict) else ""


def dump_manifest(manifest: dict[str, Any]) -> bytes:
    """Write a manifest as JSON bytes, keys in their order."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
