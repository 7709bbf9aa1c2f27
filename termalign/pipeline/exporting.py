"""The verb ``export``: results in the formats of other tools."""

from __future__ import annotations

import os
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.formats.tbx import Tbx
from termalign.glossary.glossary import Glossary
from termalign.glossary.shipped import glossaries
from termalign.model import ConceptStatus
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from termalign.formats import WriteReport
    from termalign.model import Concept, TranslationUnit
    from termalign.registry import Registry

__all__ = ["Export", "export"]

T = TypeVar("T")

GLOSSARY_FILE, UNITS_FILE = "glossary.jsonl", "aligned.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What an export wrote.

    Args:
        path: The file.
        n_written: How many concepts or units it holds.
        losses: What the format could not hold, and how often.
    """

    path: Path
    n_written: int
    losses: tuple[tuple[str, int], ...]


def export(
    what: str | Path,
    output: str | Path,
    *,
    statuses: tuple[str, ...] = ("verified", "proposed"),
    min_score: float = 0.0,
    quotes: bool = False,
) -> Export:
    """Write a glossary or a parallel corpus in another format.

    Args:
        what: The folder of a build, a ``.jsonl`` file of concepts or units, or the name of a shipped glossary.
        output: The file to write; its ending names the format: ``.tmx``, ``.tsv`` and ``.jsonl`` for units, ``.terms.tsv``,
            ``.tbx``, ``.csv`` and ``.jsonl`` for concepts. Of a folder ``.jsonl`` is the glossary, unless the file is called
            ``aligned.jsonl``.
        statuses: Statuses of the concepts to write; TBX holds verified ones only.
        min_score: The least score of units to write, in [0, 1]; units without a score are always written.
        quotes: Whether quotes of the documents go with the concepts, in formats that hold them (``.jsonl``, ``.tbx``).

    Returns:
        What was written, with what the format could not hold.

    Raises:
        ConfigError: No such input or format, or an unknown status.
        DataError: The input breaks its format, or holds nothing that the format may hold; nothing is written.
        OutputError: The file cannot be written; what was there is as it was.
    """
    path = Path(output)
    unknown = [status for status in statuses if status not in {one.value for one in ConceptStatus}]
    if unknown:
        raise ConfigError(f"unknown status {unknown[0]!r}", "write verified, proposed or rejected")
    source = _source(what, path)
    if source.name.endswith(UNITS_FILE) or _holds_units(source):
        report = _export_units(source, path, min_score)
    else:
        report = _export_concepts(source, path, statuses, quotes=quotes)
    return Export(path=path, n_written=report.n_written, losses=report.losses)


def _export_units(source: Path, path: Path, min_score: float) -> WriteReport:
    writer = _writer(BITEXT_FORMATS, path, "translation units")
    units = [unit for unit in _read_units(source) if unit.score is None or unit.score >= min_score]
    with replace(path) as file:
        return writer.write(units, file)


def _export_concepts(source: Path, path: Path, statuses: tuple[str, ...], *, quotes: bool) -> WriteReport:
    writer = _writer(GLOSSARY_FORMATS, path, "concepts")
    concepts = [concept for concept in Glossary.load(source) if concept.status.value in statuses]
    if not quotes:
        concepts = [_unquoted(concept) for concept in concepts]
    if isinstance(writer, Tbx):
        writer = changed(writer, with_quotes=quotes)
        if not any(concept.status is ConceptStatus.VERIFIED for concept in concepts):
            fix = "write .csv or .terms.tsv, which hold proposed concepts too"
            raise DataError(
                "no concept is verified, and a termbase without entries is not valid", Where(file=str(source)), fix
            )
    with replace(path) as file:
        return writer.write(concepts, file)


def _unquoted(concept: Concept) -> Concept:
    """Leave the words of the documents out: clients' texts are confidential."""
    evidence = tuple(
        changed(one, where=tuple(changed(place, quote="") for place in one.where)) for one in concept.evidence
    )
    return changed(concept, evidence=evidence)


def _endings(registry: Registry[Any]) -> list[str]:
    return [suffix for entry in registry.entries().values() for suffix in entry.suffixes]


def _ending(registry: Registry[Any], path: Path) -> str:
    """Return the longest ending of a name that a kind of format has; empty where none fits."""
    name = path.name.lower()
    return max((ending for ending in _endings(registry) if name.endswith(ending)), key=len, default="")


def _writer(registry: Registry[T], path: Path, what: str) -> T:
    """Find the format to write in; ``x.terms.tsv`` is no plain ``.tsv`` of translation units."""
    longest = max((_ending(one, path) for one in (BITEXT_FORMATS, GLOSSARY_FORMATS)), key=len)
    if not longest or longest not in _endings(registry):
        raise ConfigError(f"{what} cannot be written as {path.name!r}", f"name it *{', *'.join(_endings(registry))}")
    return format_for(registry, path)


def _source(what: str | Path, output: Path) -> Path:
    """Find the file that is meant: of a folder the one that the output's format can hold."""
    shipped = glossaries()
    if str(what) in shipped:
        return shipped[str(what)]
    if not os.path.exists(what):  # noqa: PTH110 - Path.exists raises for names that are too long
        names = f", or one of {', '.join(shipped)}" if shipped else ""
        raise ConfigError(f"no file or folder {str(what)!r}", f"name a folder that build wrote, a .jsonl file{names}")
    path = Path(what)
    if not path.is_dir():
        return path
    concepts, units = _ending(GLOSSARY_FORMATS, output), _ending(BITEXT_FORMATS, output)
    if not concepts and not units:
        endings = dict.fromkeys((*_endings(GLOSSARY_FORMATS), *_endings(BITEXT_FORMATS)))
        raise ConfigError(f"no format for {output.name!r}", f"name it *{', *'.join(endings)}")
    is_units = len(units) > len(concepts) or output.name.endswith(UNITS_FILE)
    found = path / (UNITS_FILE if is_units else GLOSSARY_FILE)
    if not found.is_file():
        raise ConfigError(f"the folder {str(what)!r} holds no {found.name}", "name a folder that build wrote")
    return found


def _holds_units(path: Path) -> bool:
    """Tell whether a JSONL file holds translation units, by its first line."""
    try:
        with path.open("rb") as file:
            return b'"segments"' in file.readline(1_000_000)
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=str(path)), "check your rights to it") from exc


def _read_units(path: Path) -> list[TranslationUnit]:
    reader = format_for(BITEXT_FORMATS, path)
    try:
        with path.open("rb") as file:
            return list(reader.read(file, name=str(path)))
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=str(path)), "check your rights to it") from exc
