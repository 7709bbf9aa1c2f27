"""The verb ``export``: results in the formats of other tools."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, TermalignError, Where
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.formats.losses import Losses
from termalign.formats.profiles import PROFILES
from termalign.formats.tbx import Tbx
from termalign.glossary.glossary import Glossary
from termalign.glossary.shipped import glossaries
from termalign.model import ConceptStatus
from termalign.pipeline.conflicts import Conflict, find_conflicts
from termalign.pipeline.export_plans import Plan, Wanted, ending_of, endings_of, plan
from termalign.pipeline.selection import Selection, document_ids
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.formats import WriteReport
    from termalign.model import Concept, TranslationUnit

__all__ = ["Export", "export"]

GLOSSARY_FILE, UNITS_FILE = "glossary.jsonl", "aligned.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What an export wrote.

    Args:
        path: The file that was named.
        n_written: How many concepts, rows or units all files hold.
        losses: What the format could not hold, and how often; of several files in the one that lost most.
        examples: Of some losses, the first texts that they befell.
        files: The files written, each with how much it holds.
        conflicts: In lists of two languages, forms that stand for several concepts.
    """

    path: Path
    n_written: int
    losses: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    files: tuple[tuple[Path, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer of ``export --json``."""
        examples = dict(self.examples)
        return {
            "files": [{"path": str(path), "written": n_written} for path, n_written in self.files],
            "losses": [
                {"what": what, "count": count} | ({"examples": list(examples[what])} if what in examples else {})
                for what, count in self.losses
            ],
            "conflicts": [one.as_json() for one in self.conflicts],
        }


def export(
    what: str | Path,
    output: str | Path,
    *,
    profile: str | None = None,
    source: str | None = None,
    target: str | None = None,
    statuses: tuple[str, ...] = ("verified", "proposed"),
    subjects: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    documents: tuple[str, ...] = (),
    min_score: float = 0.0,
    quotes: bool = False,
    holder: str = "",
    licence: str = "",
) -> Export:
    """Write a glossary or a parallel corpus in another format.

    Args:
        what: The folder of a build, a ``.jsonl`` file of concepts or units, or the name of a shipped glossary.
        output: The file to write; its ending names the format: ``.tmx``, ``.xlf``, ``.po``, ``.tsv`` and ``.jsonl`` for
            units, ``.terms.tsv``, ``.tbx``, ``.csv``, ``.xlsx``, ``.utx``, ``.txt`` (OmegaT), ``.tsv`` and ``.jsonl`` for
            concepts. Of a folder ``.jsonl`` is the glossary, unless the file is called ``aligned.jsonl``, and ``.tsv`` the
            units. Where the format or the tool takes two languages and there are more, one file for each pair is
            written, with the pair in its name.
        profile: The tool that it is for: ``omegat``, ``trados``, ``memoq``, ``phrase``, ``deepl`` or ``google``; it sets
            language codes, columns, encoding and words for statuses.
        source: Tag of the language translated from, in formats of two languages; ``None`` means any.
        target: Tag of the language translated to.
        statuses: Statuses of the concepts to write; TBX holds verified ones only.
        subjects: Subject fields of the concepts to write; none means all, here and below.
        kinds: Kinds of the concepts to write.
        languages: Tags of the languages to write.
        documents: Ids or paths of documents: concepts with evidence there and units from there are written.
        min_score: The least score, in [0, 1]; what has no score is always written.
        quotes: Whether quotes of the documents go with the concepts, in formats that hold them (``.jsonl``, ``.tbx``).
        holder: Who holds the copyright, where the format names one (``.tmx``, ``.utx``).
        licence: Under what licence it is given, likewise.

    Returns:
        What was written, with what the format could not hold and the conflicts in lists of two languages.

    Raises:
        ConfigError: No such input, format or tool, or an unknown status.
        DataError: The input breaks its format, or holds nothing that the format may hold; nothing is written.
        OutputError: A file cannot be written; what was there is as it was.
    """
    path = Path(output)
    tool = PROFILES.get(profile) if profile else None
    statuses = tuple(statuses)
    chosen = Selection(statuses=statuses, subjects=subjects, kinds=kinds, languages=languages, min_score=min_score)
    chosen.tags()
    found = _source(what, path)
    chosen = changed(chosen, documents=document_ids(documents, found.parent))
    is_units = found.name.endswith(UNITS_FILE) or _holds_units(found)
    values = _Units(found, chosen) if is_units else _Concepts(found, chosen, quotes=quotes)
    options = (("holder", holder), ("licence", licence), ("with_quotes", quotes))
    wanted = Wanted(
        path=path,
        units=is_units,
        found=values.languages,
        profile=tool,
        source=source,
        target=target,
        options=tuple((key, value) for key, value in options if value),
    )
    plans = plan(wanted)
    _check(plans, values, found)
    return _written(path, plans, values, is_units=is_units)


class _Units:
    """The units to write, read anew whenever they are gone through: a memory of a million is not held."""

    def __init__(self, source: Path, chosen: Selection) -> None:
        self._source, self._chosen = source, chosen
        self._languages: frozenset[frozenset[str]] | None = None

    def __iter__(self) -> Iterator[TranslationUnit]:
        return self._chosen.units(_read_units(self._source))

    def languages(self) -> frozenset[frozenset[str]]:
        """Return the sets of languages that units have."""
        if self._languages is None:
            self._languages = frozenset(map(_languages, self))
        return self._languages


class _Concepts:
    """The concepts to write."""

    def __init__(self, source: Path, chosen: Selection, *, quotes: bool) -> None:
        concepts = chosen.concepts(Glossary.load(source))
        self._concepts = concepts if quotes else [_unquoted(concept) for concept in concepts]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts)

    def languages(self) -> frozenset[frozenset[str]]:
        """Return the sets of languages that concepts have."""
        return frozenset(map(_languages, self))


def _written(path: Path, plans: list[Plan], values: Iterable[Any], *, is_units: bool) -> Export:
    """Write all files, or none."""
    losses, files, conflicts = Losses(), [], []
    with ExitStack() as stack:
        for one in plans:
            file = stack.enter_context(replace(one.path))
            # Of several files each holds its pair; one file of a pair lists what else there was, where it can.
            is_reduced = len(plans) > 1 or not hasattr(one.writer, "languages")
            report = _reported(one, _of_pair(values, one.pair, is_units=is_units) if is_reduced else values, file)
            for kind, count in report.losses:
                losses[kind] = max(losses[kind], count)  # of several files the one that lost most
            for kind, examples in report.examples:
                losses.examples.setdefault(kind, []).extend(examples)
            files.append((one.path, report.n_written))
            if one.pair and not is_units:
                conflicts += find_conflicts(values, one.pair)
    return Export(
        path=path,
        n_written=sum(n_written for _, n_written in files),
        losses=tuple(sorted(losses.items())),
        examples=tuple((kind, tuple(dict.fromkeys(found))[:5]) for kind, found in sorted(losses.examples.items())),
        files=tuple(files),
        conflicts=tuple(conflicts),
    )


def _of_pair(values: Iterable[Any], pair: tuple[str, str] | None, *, is_units: bool) -> Iterable[Any]:
    """Return what one of several files is for: the rest is in the others, and not lost."""
    if pair is None:
        return values
    chosen = Selection(languages=pair)
    found = (value for value in values if _languages(value).issuperset(pair))
    return chosen.units(found) if is_units else chosen.concepts(found)


def _reported(one: Plan, values: Iterable[Any], file: Any) -> WriteReport:
    """Write one file; a fault of the writer names it."""
    try:
        return one.writer.write(values, file)
    except DataError as exc:
        if exc.where.file:
            raise
        raise DataError(exc.problem, Where(file=str(one.path)), exc.fix) from exc


def _languages(value: Concept | TranslationUnit) -> frozenset[str]:
    """Return the languages that a concept or unit has."""
    segments = getattr(value, "segments", None)
    if segments is not None:
        return frozenset(segment.language for segment in segments)
    return frozenset(tag for tag, found in getattr(value, "terms", ()) if found)


def _check(plans: list[Plan], values: Iterable[Any], source: Path) -> None:
    """Refuse a termbase without entries, which no tool reads."""
    is_termbase = any(isinstance(one.writer, Tbx) for one in plans)
    if is_termbase and not any(concept.status is ConceptStatus.VERIFIED for concept in values):
        fix = "write .csv or .terms.tsv, which hold proposed concepts too"
        raise DataError(
            "no concept is verified, and a termbase without entries is not valid", Where(file=str(source)), fix
        )


def _unquoted(concept: Concept) -> Concept:
    """Leave the words of the documents out: clients' texts are confidential."""
    evidence = tuple(
        changed(one, where=tuple(changed(place, quote="") for place in one.where)) for one in concept.evidence
    )
    return changed(concept, evidence=evidence)


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
    concepts, units = ending_of(GLOSSARY_FORMATS, output), ending_of(BITEXT_FORMATS, output)
    if not concepts and not units:
        endings = dict.fromkeys((*endings_of(GLOSSARY_FORMATS), *endings_of(BITEXT_FORMATS)))
        raise ConfigError(f"no format for {output.name!r}", f"name it *{', *'.join(endings)}")
    is_units = len(units) > len(concepts) or units == concepts == ".tsv" or output.name.endswith(UNITS_FILE)
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


def _read_units(path: Path) -> Iterator[TranslationUnit]:
    reader = format_for(BITEXT_FORMATS, path)
    try:
        with path.open("rb") as file:
            yield from reader.read(file, name=str(path))
    except OSError as exc:
        if isinstance(exc, TermalignError):
            raise
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=str(path)), "check your rights to it") from exc
