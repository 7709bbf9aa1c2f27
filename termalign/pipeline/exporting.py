"""The verb ``export``: results in the formats of other tools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.glossary.glossary import Glossary
from termalign.glossary.shipped import glossaries
from termalign.model import ConceptStatus
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from termalign.formats import WriteReport
    from termalign.model import Concept, TranslationUnit

__all__ = ["Export", "export"]

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
) -> Export:
    """Write a glossary or a parallel corpus in another format.

    Args:
        what: The folder of a build, a ``.jsonl`` file of concepts or units, or the name of a shipped glossary.
        output: The file to write; its ending names the format: ``.tmx``, ``.tsv`` and ``.jsonl`` for units, ``.terms.tsv``,
            ``.tbx``, ``.csv`` for concepts.
        statuses: Statuses of the concepts to write; TBX holds verified ones only.
        min_score: The least score of units to write, in [0, 1]; units without a score are always written.

    Returns:
        What was written, with what the format could not hold.

    Raises:
        ConfigError: No such input or format, or an unknown status.
        DataError: The input breaks its format; nothing is written.
        OutputError: The file cannot be written; what was there is as it was.
    """
    path = Path(output)
    unknown = [status for status in statuses if status not in {one.value for one in ConceptStatus}]
    if unknown:
        raise ConfigError(f"unknown status {unknown[0]!r}", "write verified, proposed or rejected")
    source = _source(what, path)
    if source.name.endswith(UNITS_FILE) or _holds_units(source):
        units = [unit for unit in _read_units(source) if unit.score is None or unit.score >= min_score]
        writer = format_for(BITEXT_FORMATS, path)
        with replace(path) as file:
            report = writer.write(units, file)
    else:
        report = _export_concepts(source, path, statuses)
    return Export(path=path, n_written=report.n_written, losses=report.losses)


def _export_concepts(source: Path, path: Path, statuses: tuple[str, ...]) -> WriteReport:
    writer = format_for(GLOSSARY_FORMATS, path)
    concepts: list[Concept] = [concept for concept in Glossary.load(source) if concept.status.value in statuses]
    with replace(path) as file:
        return writer.write(concepts, file)


def _source(what: str | Path, output: Path) -> Path:
    """Find the file that is meant: of a folder the one that the output's format can hold."""
    shipped = glossaries()
    if str(what) in shipped:
        return shipped[str(what)]
    path = Path(what)
    if not path.exists():
        raise ConfigError(
            f"no file or folder {str(what)!r}",
            f"name a folder that build wrote, a .jsonl file, or one of {', '.join(shipped)}",
        )
    if not path.is_dir():
        return path
    try:
        format_for(GLOSSARY_FORMATS, output)
    except ConfigError:
        return path / UNITS_FILE
    return path / (UNITS_FILE if output.name.endswith(UNITS_FILE) else GLOSSARY_FILE)


def _holds_units(path: Path) -> bool:
    """Tell whether a JSONL file holds translation units, by its first line."""
    try:
        with path.open("rb") as file:
            return b'"segments"' in file.readline(1_000_000)
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=path.name), "check its rights") from exc


def _read_units(path: Path) -> list[TranslationUnit]:
    reader = format_for(BITEXT_FORMATS, path)
    try:
        with path.open("rb") as file:
            return list(reader.read(file, name=path.name))
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=path.name), "check the path") from exc
