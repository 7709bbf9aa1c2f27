"""The manifest ``run.json``: what a run was made of, so that it can be repeated and hand edits are noticed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MANIFEST", "check_unedited", "dump_manifest", "read_manifest", "sha256_of"]

MANIFEST = "run.json"
GLOSSARY = "glossary.jsonl"


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
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        line = getattr(exc, "lineno", None)
        raise DataError("the manifest cannot be read", Where(file=MANIFEST, line=line), "remove it and build again") from exc
    if not isinstance(found, dict):
        raise DataError("the manifest is no JSON object", Where(file=MANIFEST), "remove it and build again")
    return found


def check_unedited(folder: Path) -> None:
    """Refuse to overwrite a glossary that was edited by hand.

    Args:
        folder: The workspace.

    Raises:
        ConfigError: ``glossary.jsonl`` is not the file that the last build wrote.
    """
    path = folder / GLOSSARY
    if not path.exists():
        return
    known = read_manifest(folder).get("outputs", {}).get(GLOSSARY)
    if known != sha256_of(path):
        raise ConfigError(
            f"{folder.name}/{GLOSSARY} was edited by hand or comes from elsewhere; a build would lose that",
            f"turn the edits into decisions with 'termalign decide --from-edits {folder.name}', or build into another folder",
        )


def dump_manifest(manifest: dict[str, Any]) -> bytes:
    """Write a manifest as JSON bytes, keys in their order."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
