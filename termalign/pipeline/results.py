"""Writing a workspace: every file staged first, all replaced together at the end."""

from __future__ import annotations

import platform
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from termalign.alignment.trust import trust
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.formats.csv_table import CSV_TABLE
from termalign.formats.ledger import DocumentRow, write_abstained, write_documents, write_evidence
from termalign.formats.report import MAX_CONCEPTS, MAX_UNITS, ReportData, write_report
from termalign.formats.tbx import TBX
from termalign.formats.tmx import Tmx
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.glossary.policies import POLICIES
from termalign.glossary.review_order import gain
from termalign.model import TAGS, ConceptStatus, DocumentId
from termalign.model.version import VERSION
from termalign.workspace.atomic import replace_all
from termalign.workspace.manifest import DECISIONS, MANIFEST, dump_manifest, leftovers, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from termalign.alignment.versions import Versions
    from termalign.model import AnalysedDocument, Concept, Document, Evidence, TranslationUnit
    from termalign.pipeline.given import Units
    from termalign.pipeline.inputs import Skipped
    from termalign.pipeline.terms import Findings
    from termalign.workspace.atomic import Stage

__all__ = ["MIN_TMX_SCORE", "Results", "write_results"]

MAX_SHOWN = 500  # concepts on the page of a memory: it has thousands, and nobody reads them all there
MIN_TMX_SCORE = 0.5  # of a unit that goes into a TMX file: half as sure as can be; aligned.jsonl has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that a build found.

    Args:
        documents: Analysed documents.
        copies: Document id to the id of the first of its near-copies.
        units: Translation units.
        versions: Groups of documents and passages that were taken for versions of one text.
        pairs: Files in which a person says which documents are.
        findings: Concepts, evidence, abstentions.
        skipped: Files that could not be used.
        settings: What was asked for, as far as the results depend on it.
        seconds: How long it took.
    """

    documents: tuple[AnalysedDocument, ...]
    copies: Mapping[str, str]
    units: Units
    findings: Findings
    skipped: tuple[Skipped, ...]
    versions: tuple[Versions, ...] = ()
    pairs: tuple[Path, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


def write_results(results: Results, folder: Path, *, quotes: bool) -> tuple[str, ...]:
    """Write a workspace.

    Args:
        results: What a build found.
        folder: An existing folder that this process holds. Files of an earlier build are replaced, those that are not
            written this time removed; ``decisions.jsonl`` is kept.
        quotes: Whether quotes of the documents may stand in the files.

    Returns:
        Notes for people: which files were not written, and why.

    Raises:
        OutputError: A file cannot be written; then no file was replaced.
    """
    notes: list[str] = []
    concepts = results.findings.concepts if quotes else tuple(map(_without_quotes, results.findings.concepts))
    evidence = results.findings.evidence if quotes else tuple(map(_unquoted, results.findings.evidence))
    with replace_all(folder) as stage:
        with stage.open("documents.jsonl") as file:
            write_documents(_document_rows(results), file)
        with stage.open("glossary.jsonl") as file:
            CONCEPTS_JSONL.write(concepts, file)
        with stage.open("evidence.jsonl") as file:
            write_evidence(evidence, file)
        with stage.open("aligned.jsonl") as file:
            UNITS_JSONL.write(results.units, file)
        with stage.open("abstained.jsonl") as file:
            write_abstained(results.findings.abstained, file)
        with stage.open("glossary.csv") as file:
            CSV_TABLE.write(concepts, file)
        notes += _write_tmx(results.units, stage)
        notes += _write_tbx(concepts, stage)
        with stage.open("report.html") as file:
            write_report(_report(results, concepts, quotes=quotes), file)
        if not (folder / DECISIONS).exists():
            with stage.open(DECISIONS):
                pass
        outputs = {name: digest for name, digest in stage.digests().items() if name != DECISIONS}
        with stage.open(MANIFEST) as file:
            file.write(dump_manifest(_manifest(results, outputs)))
        for stale in ("glossary.tbx", *(f"aligned.{a}-{b}.tmx" for a, b in combinations(TAGS, 2))):
            if stale not in outputs:
                stage.remove(stale)
    for left in leftovers(folder):  # of builds that were killed; what they put into place is replaced now
        shutil.rmtree(left, ignore_errors=True)
    return tuple(notes)


def _write_tmx(units: Units, stage: Stage) -> list[str]:
    """Write the memory of all languages, and one per pair that has a unit."""
    found: set[tuple[str, ...]] = set()
    with stage.open("aligned.tmx") as file:
        Tmx().write(_good(units, found), file)
    for pair in combinations((str(tag) for tag in TAGS), 2):
        if any(set(pair) <= set(tags) for tags in found):
            with stage.open(f"aligned.{pair[0]}-{pair[1]}.tmx") as file:
                Tmx(languages=pair).write((unit for unit in _good(units, found) if all(map(unit.segment, pair))), file)
    return [] if found else ["no sentences could be aligned: aligned.tmx is empty"]


def _good(units: Units, found: set[tuple[str, ...]]) -> Iterator[TranslationUnit]:
    """Yield the units that are sure enough for a memory, and note which languages they have."""
    for unit in units:
        if unit.score is None or unit.score >= MIN_TMX_SCORE:
            found.add(tuple(segment.language for segment in unit.segments))
            yield unit


def _write_tbx(concepts: tuple[Concept, ...], stage: Stage) -> list[str]:
    """Write the verified concepts as TBX; an empty file would not be valid."""
    verified = [concept for concept in concepts if concept.status is ConceptStatus.VERIFIED]
    if not verified:
        return ["no concept is verified: glossary.tbx was not written"]
    with stage.open("glossary.tbx") as file:
        TBX.write(verified, file)
    return []


def _document_rows(results: Results) -> list[DocumentRow]:
    sizes: dict[str, int] = {}
    for first in results.copies.values():
        sizes[first] = sizes.get(first, 0) + 1
    return [
        DocumentRow(
            document=one.document,
            passages=one.passages,
            group=results.copies[one.document.id] if sizes[results.copies[one.document.id]] > 1 else "",
        )
        for one in results.documents
    ] + [DocumentRow(document=one) for one in _bitext(results)]


def _bitext(results: Results) -> Iterator[Document]:
    """Yield the files of units, each followed by the documents that its units come from."""
    for one in results.units.given.files if results.units.given else ():
        yield from one.documents()


def _without_quotes(concept: Concept) -> Concept:
    return replace(concept, evidence=tuple(map(_unquoted, concept.evidence)))


def _unquoted(evidence: Evidence) -> Evidence:
    return replace(evidence, where=tuple(replace(place, quote="") for place in evidence.where))


def _report(results: Results, concepts: tuple[Concept, ...], *, quotes: bool) -> ReportData:
    return ReportData(
        documents=(*(one.document for one in results.documents), *_bitext(results)),
        passages={one.document.id: one.passages for one in results.documents},
        concepts=concepts,
        units=results.units.first(MAX_UNITS),
        n_units=len(results.units),
        max_concepts=MAX_SHOWN if results.units.given else MAX_CONCEPTS,
        abstained=results.findings.abstained,
        skipped=tuple((one.path, str(one.error)) for one in results.skipped),
        policies=tuple((policy.name, policy.version, policy.stated()) for policy in POLICIES),
        settings={
            key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in results.settings.items()
        },
        version=VERSION,
        quotes=quotes,
        occurrences=_occurrences(results),
        calibration=trust("documents" if results.documents else "memory").calibration,
        gains={one.id: gain(one) for one in concepts},
    )


def _occurrences(results: Results) -> dict[str, dict[str, int]]:
    """Count how often the designations of each concept stand in each document."""
    found: dict[str, dict[str, int]] = {}
    for concept in results.findings.concepts:
        counts: Counter[str] = Counter()
        for tag, designations in concept.terms:
            for one in designations:
                candidate = results.findings.candidates.get((tag, one.text))
                counts.update(place.document for place in (candidate.occurrences if candidate else ()))
        found[concept.id] = dict(counts)
    return found


def _manifest(results: Results, outputs: Mapping[str, str]) -> dict[str, Any]:
    """Say what the run was made of. Only ``timing`` may differ between two runs."""
    return {
        "termalign": VERSION,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "settings": dict(results.settings),
        "inputs": [{"path": one.path, "sha256": one.sha256} for one in _inputs(results)],
        "pairs": [{"path": path.name, "sha256": sha256_of(path)} for path in results.pairs],
        "versions": _versions(results),
        "skipped": [one.as_json() for one in results.skipped],
        "outputs": dict(sorted(outputs.items())),
        "timing": {"seconds": round(results.seconds, 2)},
    }


def _inputs(results: Results) -> Iterator[Document]:
    """Yield the files that were read."""
    yield from (one.document for one in results.documents)
    yield from (one.document for one in (results.units.given.files if results.units.given else ()))


def _versions(results: Results) -> list[dict[str, Any]]:
    """Say which documents were taken for versions of one text, how sure that is, and why."""
    paths = {one.document.id: one.document.path for one in results.documents}
    return [
        {
            "documents": {
                str(tag): paths[DocumentId(run[0].segment.document)] for tag, run in group.runs.items() if run
            },
            "score": group.score,
            "reason": group.reason,
        }
        for group in results.versions
    ]
