"""The verbs ``import_glossary`` and ``import_bitext``: files of other tools into ours, with every repair listed."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, TermalignError, Where
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.formats.concept_table import given_id
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.model import ConceptStatus, canonical_tag
from termalign.pipeline.export_plans import ending_of
from termalign.workspace.atomic import replace as replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Concept
    from termalign.registry import Registry

__all__ = ["Import", "import_bitext", "import_glossary", "kind_of"]

_N_HEAD = 65_536  # bytes at which a table shows its heading, and JSON Lines what they are lines of


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import read.

    Args:
        path: The file written; it is left as it was where nothing was read.
        kind: ``concepts`` or ``units``.
        n_read: How many of them the file holds.
        losses: What was mended or left out, in words, and how often.
    """

    path: Path
    kind: str
    n_read: int
    losses: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer of ``import --json``."""
        return {
            "path": str(self.path),
            "kind": self.kind,
            "read": self.n_read,
            "losses": [{"what": what, "count": count} for what, count in self.losses],
        }


def import_glossary(
    files: Sequence[str | Path],
    output: str | Path,
    *,
    source: str | None = None,
    target: str | None = None,
    columns: tuple[str, ...] = (),
    synonyms: str = "",
    status: str = "verified",
    encoding: str = "",
) -> Import:
    """Read glossaries of other tools into one file of concept entries.

    Args:
        files: TBX, CSV, TSV, XLSX, UTX, OmegaT glossaries or JSON Lines; the ending of each names its format.
        output: The ``.jsonl`` file to write.
        source: Tag of the first column of an OmegaT glossary, which does not say.
        target: Tag of its second column.
        columns: Headings of tables that have none.
        synonyms: What stands between synonyms in one cell of a table; empty: ``|``.
        status: Status of entries whose file does not say: ``verified`` where the file vouches for them, else ``proposed``.
        encoding: Encoding of files that do not say it; empty: told by their bytes, which the report then says.

    Returns:
        How many entries there are, with every repair and loss; none, and no file is written, where there is nothing to use. An entry whose id another file gave to something else gets
        an id of its own.

    Raises:
        ConfigError: No file, a format that is not known, or another ending than ``.jsonl``.
        DataError: A file that breaks its format, with its place; nothing is written.
        DataErrors: Several faults in one file.
        MissingExtraError: A spreadsheet, and the extra ``xlsx`` is not installed.
        OutputError: The file cannot be written.
    """
    path = _output(files, output)
    languages = tuple(canonical_tag(tag) for tag in (source, target) if tag)
    settings = {
        "languages": languages if len(languages) == 2 else (),  # noqa: PLR2004 - source and target
        "columns": columns,
        "synonyms": synonyms,
        "status": ConceptStatus(status),
        "encoding": encoding,
    }
    losses: Counter[str] = Counter()
    concepts: dict[str, Concept] = {}
    for one in files:
        for concept in _read(GLOSSARY_FORMATS, Path(one), settings, losses):
            known = concepts.setdefault(concept.id, concept)
            if known is concept:
                continue
            if known == concept:
                losses["equal entry of another file, kept once"] += 1
                continue
            fresh = given_id([("id", concept.id), ("file", Path(one).name)])
            losses["entry whose id another file gave to something else, under a new id"] += 1
            concepts[fresh] = replace(concept, id=fresh)
    if not concepts:
        return Import(path=path, kind="concepts", n_read=0, losses=_sorted(losses))
    with replace_file(path) as file:
        report = CONCEPTS_JSONL.write(concepts.values(), file)
    losses.update(dict(report.losses))
    return Import(path=path, kind="concepts", n_read=report.n_written, losses=_sorted(losses))


def import_bitext(
    files: Sequence[str | Path], output: str | Path, *, source: str | None = None, encoding: str = ""
) -> Import:
    """Read translated files of other tools into one file of translation units.

    Args:
        files: TMX, XLIFF, PO, TSV or JSON Lines; the ending of each names its format.
        output: The ``.jsonl`` file to write.
        source: Tag of the language of PO messages, where the file does not say; ``None`` means English.
        encoding: Encoding of files that do not say it; empty: told by their bytes, which the report then says.

    Returns:
        How many units there are, with every repair and loss; none, and no file is written, where there is nothing to use.

    Raises:
        ConfigError: No file, a format that is not known, or another ending than ``.jsonl``.
        DataError: A file that breaks its format, with its place; nothing is written.
        DataErrors: Several faults in one file.
        OutputError: The file cannot be written.
    """
    path = _output(files, output)
    losses: Counter[str] = Counter()
    settings = {"source": canonical_tag(source) if source else "", "encoding": encoding}
    found = (unit for one in files for unit in _read(BITEXT_FORMATS, Path(one), settings, losses))
    first = next(found, None)
    if first is None:
        return Import(path=path, kind="units", n_read=0, losses=_sorted(losses))
    with replace_file(path) as file:
        report = UNITS_JSONL.write(chain([first], found), file)
    losses.update(dict(report.losses))
    return Import(path=path, kind="units", n_read=report.n_written, losses=_sorted(losses))


def kind_of(files: Sequence[str | Path]) -> str:
    """Tell what files are.

    Args:
        files: All of one kind.

    Returns:
        ``glossary`` or ``bitext``: by the format, and in formats that hold both by the first line: a table whose headings are
        all languages, and JSON Lines with ``segments``, are bitext.

    Raises:
        ConfigError: They are of both kinds.
        DataError: One cannot be read.
    """
    kinds = {_kind(Path(one)) for one in files}
    if len(kinds) > 1:
        raise ConfigError("glossaries and translated files together", "import them one after the other, or say --as")
    return kinds.pop() if kinds else "glossary"


def _kind(path: Path) -> str:
    """Tell what one file is."""
    glossary, bitext = ending_of(GLOSSARY_FORMATS, path), ending_of(BITEXT_FORMATS, path)
    if glossary != bitext:
        return "glossary" if len(glossary) > len(bitext) else "bitext"
    if not glossary:
        endings = [
            suffix
            for one in (GLOSSARY_FORMATS, BITEXT_FORMATS)
            for row in one.entries().values()
            for suffix in row.suffixes
        ]
        raise ConfigError(f"no format for {path.name!r}", f"name it *{', *'.join(dict.fromkeys(endings))}")
    try:
        with path.open("rb") as file:
            head = file.read(_N_HEAD)
    except OSError as exc:
        raise _unreadable(path, exc) from exc
    if glossary == ".jsonl":
        return "bitext" if b'"segments"' in head.partition(b"\n")[0] else "glossary"
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    cells = head.decode("utf-16" if is_wide else "utf-8-sig", "replace").partition("\n")[0].strip().split("\t")
    return "bitext" if all(map(_is_tag, cells)) else "glossary"


def _is_tag(cell: str) -> bool:
    """Tell whether a heading is a language tag."""
    try:
        canonical_tag(cell)
    except ConfigError as exc:
        return type(exc) is not ConfigError  # a tag of another language is one
    return True


def _output(files: Sequence[str | Path], output: str | Path) -> Path:
    """Check the arguments and return where to write."""
    if not files:
        raise ConfigError("nothing to import", "name a file")
    path = Path(output)
    if not path.name.lower().endswith(".jsonl"):
        raise ConfigError(f"an import is written as .jsonl, not as {path.name!r}", "export it to other formats")
    return path


def _read(registry: Registry[Any], path: Path, settings: dict[str, Any], losses: Counter[str]) -> Iterator[Any]:
    """Read a file with the settings that its format has."""
    form = format_for(registry, path)
    known = {key: value for key, value in settings.items() if value and key in form.__dataclass_fields__}
    if settings["encoding"] and "encoding" not in known:
        raise ConfigError(f"{path.name}: this format states its encoding itself", "leave --encoding out")
    form = replace(form, **known) if known else form
    try:
        with path.open("rb") as file:
            yield from form.read(file, name=str(path), losses=losses)
    except OSError as exc:
        if isinstance(exc, TermalignError):
            raise
        raise _unreadable(path, exc) from exc


def _unreadable(path: Path, exc: OSError) -> TermalignError:
    """Say that a file is not there, or cannot be read."""
    if isinstance(exc, FileNotFoundError):
        return ConfigError(f"no file {str(path)!r}", "check the path")
    problem = f"cannot be read: {(exc.strerror or str(exc)).lower()}"
    return DataError(problem, Where(file=str(path)), "check the file and your rights to it")


def _sorted(losses: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return what was counted, in the order of the words."""
    return tuple(sorted((kind, n) for kind, n in losses.items() if n))
