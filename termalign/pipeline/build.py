"""The verb ``build``: documents in; glossary, evidence, parallel corpus, exports and report out."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.alignment.copies import witnesses
from termalign.encoders import Vectors, load_encoder
from termalign.errors import DataError, DataErrors, OutputError, Where
from termalign.formats.text import MAX_LINE
from termalign.lexicon import DEFAULT_LAYERS, Lexicon
from termalign.pipeline.alignments import align_pile
from termalign.pipeline.analysis import analyse_all, parted
from termalign.pipeline.analysis_cache import AnalysisCache
from termalign.pipeline.changes import Changes, changes_since
from termalign.pipeline.collector import rare_collections
from termalign.pipeline.given import Given, StoredUnits, Units, read_given
from termalign.pipeline.inputs import Skipped, read_documents
from termalign.pipeline.results import Results, write_results
from termalign.pipeline.segmentation import check_rules, read_rules
from termalign.pipeline.termbases import read_termbases, termbase_name
from termalign.pipeline.terms import find_concepts
from termalign.workspace.locks import locked
from termalign.workspace.manifest import check_unedited, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from termalign.model import Concept, TranslationUnit

__all__ = ["Build", "build"]

SPOOL = ".stage-units-"  # a folder of that name that a killed build left is swept up by the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build left behind.

    Args:
        folder: The workspace.
        concepts: Its concept entries.
        units: Its translation units; read from the workspace again and again where bitext was among the inputs.
        n_documents: How many documents were used.
        n_abstained: How many candidates were left alone.
        skipped: Files that could not be used.
        notes: What a person should know: files that were not written and why, and what changed since the last build.
        changes: What became of the concepts of the last build.
    """

    folder: Path
    concepts: tuple[Concept, ...]
    units: tuple[TranslationUnit, ...] | StoredUnits
    n_documents: int
    n_abstained: int
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    changes: Changes = field(default_factory=Changes)


def build(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    lexicon: Sequence[str] = (),
    encoder: str | Path | None = None,
    termbase: Sequence[str] = (),
    srx: str | Path | None = None,
    jobs: int = 1,
    quotes: bool = True,
    max_line: int = MAX_LINE,
    tell: Callable[[str, int, int], None] | None = None,
) -> Build:
    """Build a glossary and a parallel corpus from documents and from bitext that is aligned already.

    Args:
        inputs: Files and folders of documents in any mix of Japanese, Chinese and English, and files of aligned units: TMX,
            XLIFF, PO, TSV with a heading of language tags, JSON Lines. Units are not aligned anew.
        output: Folder of the results (the workspace); made where it does not exist. Results of an earlier build there are replaced
            together at the end, decisions are kept.
        lexicon: Lexicon layers, as in :func:`termalign.lexicon.lexicon.layer`; empty means all that ship.
        encoder: A sentence encoder that is on this machine, as in :func:`termalign.encoders.load_encoder`; ``None`` for none.
        termbase: Glossaries whose pairs count as evidence: shipped names, folders of builds, files. None is used unasked.
        srx: SRX 2.0 file whose rules segment instead of ours.
        jobs: How many processes; the results do not depend on it.
        quotes: Whether quotes of the documents may stand in the results.
        max_line: Longest line that is read, in code points.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        What was built.

    Raises:
        ConfigError: Wrong options, no such termbase or encoder, packages missing that run it, an SRX file without rules for a language of the documents, a glossary edited by hand, or a folder that another process writes to.
        DataError: No document could be used, or the SRX file, a termbase or the encoder is broken.
        OutputError: The results cannot be written; what was there is as it was.
    """
    began = time.monotonic()
    folder = _folder(Path(output))
    layers = tuple(lexicon) or DEFAULT_LAYERS
    words = Lexicon.load(*layers)
    vectors = None if encoder is None else Vectors(load_encoder(encoder))
    termbases = read_termbases(termbase)
    rules = None
    if srx is not None:
        rules = read_rules(srx)
        check_rules(rules)
    with (
        locked(folder),
        tempfile.TemporaryDirectory(dir=folder, prefix=SPOOL, ignore_cleanup_errors=True) as spool,
        rare_collections(),
    ):
        check_unedited(folder)
        pile = read_documents(inputs, max_line=max_line, with_bitext=True)
        given, faulty, remarks = _read_bitext(pile.bitext, Path(spool))
        cache = AnalysisCache(folder, srx=sha256_of(Path(srx)) if srx is not None else "")
        analysed, refused = parted(analyse_all(pile.documents, rules=rules, jobs=jobs, cache=cache, tell=tell))
        skipped = tuple(sorted((*pile.skipped, *refused, *faulty), key=lambda one: one.path))
        if not analysed and not given:
            raise skipped[0].error
        found = witnesses(analysed)
        aligned = align_pile(analysed, lexicon=words, pairs=pile.pairs, vectors=vectors, tell=tell)
        units = Units(aligned.units, given)
        findings = find_concepts(
            analysed,
            aligned.units,
            lexicon=words,
            said_by=found.of,
            vectors=vectors,
            termbases=termbases,
            given=given,
            jobs=jobs,
            tell=tell,
        )
        results = Results(
            documents=tuple(analysed),
            copies=found.documents,
            units=units,
            versions=aligned.versions,
            pairs=pile.pairs,
            findings=findings,
            skipped=skipped,
            settings={
                "lexicon": [Path(name).name for name in layers],
                "quotes": quotes,
                "max_line": max_line,
                **({"encoder": vectors.name} if vectors is not None else {}),
                **({"termbase": [termbase_name(name) for name in termbase]} if termbase else {}),
                **({"srx": Path(srx).name} if srx is not None else {}),
            },
            seconds=time.monotonic() - began,
        )
        changes = changes_since(folder, findings.concepts)
        notes = (*remarks, *findings.notes, *write_results(results, folder, quotes=quotes), *changes.notes())
        cache.put(analysed)
    return Build(
        folder=folder,
        concepts=findings.concepts,
        units=aligned.units if given is None else StoredUnits(folder / "aligned.jsonl", len(units)),
        n_documents=len(analysed) + (len(given.files) if given else 0),
        n_abstained=len(findings.abstained),
        skipped=skipped,
        notes=notes,
        changes=changes,
    )


def _read_bitext(
    files: Sequence[tuple[Path, str]], folder: Path
) -> tuple[Given | None, list[Skipped], tuple[str, ...]]:
    """Read the files of units: what they hold, which are at fault, and what a person should know."""
    given, faulty, losses = Given(path=folder / "units.pickle"), [], Counter[str]()
    for path, name in files:
        found: Counter[str] = Counter()
        try:
            read_given(path, name, to=given, losses=found)
        except DataErrors as exc:
            first = next(one for one in exc.exceptions if isinstance(one, DataError))
            faulty.append(Skipped(path=name, error=first))
        except DataError as exc:
            faulty.append(Skipped(path=name, error=exc))
        except OSError as exc:
            problem = f"cannot be read: {(exc.strerror or str(exc)).lower()}"
            faulty.append(Skipped.of(name, problem, "check your rights to it"))
        else:
            losses.update(found)
    remarks = tuple(f"bitext: {what}: {count}" for what, count in sorted(losses.items()) if count)
    return given if given.files else None, faulty, remarks


def _folder(path: Path) -> Path:
    """Make the output folder."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise OutputError(f"cannot be made: {exc.strerror}", Where(file=str(path)), "name another folder") from exc
    return path
