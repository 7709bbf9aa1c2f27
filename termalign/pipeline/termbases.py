"""Glossaries that the user trusts, as evidence for ``build``."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.evidence import Termbase
from termalign.glossary.glossary import Glossary
from termalign.model import ConceptStatus
from termalign.terms import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_termbases", "termbase_name"]


def termbase_name(source: str | Path) -> str:
    """Return what evidence calls a termbase: the shipped name, or the name of the file or folder without what leads there."""
    return Path(source).name or str(source)


def read_termbases(sources: Sequence[str | Path]) -> dict[str, Termbase]:
    """Read termbases.

    Args:
        sources: Names of shipped glossaries, folders that a build wrote, and files in any format that glossaries are read from.

    Returns:
        By name; entries that are rejected left out.

    Raises:
        ConfigError: No such glossary, a format that is not known, or two termbases of one name.
        DataError: A file that breaks its format, with file and line, or that cannot be read.
    """
    found: dict[str, Termbase] = {}
    for source in sources:
        name = termbase_name(source)
        if name in found:
            raise ConfigError(f"two termbases are called {name!r}", "name each once, and rename one of two files")
        found[name] = _termbase(Glossary.load(source))
    return found


def _termbase(glossary: Glossary) -> Termbase:
    """Lay out the designations of a glossary by language and key."""
    concepts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    kept = [concept for concept in glossary if concept.status is not ConceptStatus.REJECTED]
    for concept in kept:
        for tag, designations in concept.terms:
            for designation in designations:
                key = str(key_of(designation.text, tag))
                if key:
                    concepts[tag.partition("-")[0], key].add(concept.id)
    return Termbase(
        concepts={key: frozenset(ids) for key, ids in concepts.items()},
        verified=frozenset(concept.id for concept in kept if concept.status is ConceptStatus.VERIFIED),
    )
