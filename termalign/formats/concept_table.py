"""What the tables of concepts share: columns by language, variants in one cell, and the count of what they cannot hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError, DataError, OtherLanguageError, Where
from termalign.formats.faults import Faults
from termalign.formats.lines import one_cell
from termalign.formats.tags import rank, read_tag
from termalign.model import Closure, Concept, ConceptStatus, Designation, TermStatus, canonical_tag, short_hash

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator

__all__ = ["VARIANT_MARK", "count_losses", "given_id", "given_verdict", "join_variants", "read_table", "score_cell"]

VARIANT_MARK = " | "  # DESIGN.md section 6, export
GIVEN: dict[str, Any] = {
    "policy": "given",
    "version": 1,
    "because": [],
}  # the file that the entry came in vouches for it

_FIELDS = frozenset({"id", "status", "score", "kind", "subject"})
_N_CODE = 3  # letters of the longest language code: a longer heading is no language
_FIX = "name a column ja, zh-Hans, zh-Hant or en"


def join_variants(texts: Iterable[str], losses: Counter[str]) -> str:
    """Put texts into one cell.

    Args:
        texts: Designations of one concept in one language.
        losses: Counts texts that hold the mark between variants themselves, and lose its blanks.

    Returns:
        The texts joined by ``VARIANT_MARK``, on one line; empty where there are none.
    """
    cells = []
    for text in texts:
        cell = one_cell(text)
        losses["designation with ' | '"] += VARIANT_MARK in cell
        cells.append(cell.replace(VARIANT_MARK, "|"))
    return VARIANT_MARK.join(cells)


def score_cell(score: float | None) -> str:
    """Return a score with at most 4 decimals; empty where there is none."""
    return "" if score is None else f"{round(score, 4):g}"


def given_verdict() -> dict[str, Any]:
    """Return who vouches for an entry that a file gives as verified: the policy of believing that file."""
    return {"policy": "given", "version": 1, "because": []}


def given_id(forms: Iterable[tuple[str, str]]) -> str:
    """Make an id for an entry that came without one: ``c-`` and a hash of its designations, whatever their order."""
    return "c-" + short_hash(*(field for form in sorted(forms) for field in form))


def count_losses(concept: Concept, held: Collection[str], losses: Counter[str]) -> None:
    """Count what an entry has and a format cannot hold.

    Args:
        concept: The entry.
        held: Names of the keys that the format holds.
        losses: Takes the counts, by the names of DESIGN.md section 4.
    """
    has = {
        "kind": concept.kind != "other",
        "subject": bool(concept.subject),
        "score": concept.score is not None,
        "closure": concept.closure is not Closure.SINGLE,
        "verified_by": concept.verified_by not in (None, given_verdict()),
        "flags": bool(concept.flags),
        "evidence": len(concept.evidence),
    } | {"designation in another language" if key == "terms" else key: True for key, _ in concept.extra}
    for _, designations in concept.terms:
        for one in designations:
            losses["type"] += "type" not in held and one.type != "fullForm"
            losses["count"] += "count" not in held and one.count > 0
            losses.update(key for key, _ in one.extra if key not in held)
    losses.update({key: int(n) for key, n in has.items() if key not in held})


class _Column:
    """One column: a field of the entry, a language with or without a status, or something else that is kept."""

    def __init__(self, heading: str, where: Where) -> None:
        self.heading = heading.strip()
        code, _, status = self.heading.partition(" ")
        self.field = self.heading.lower() if self.heading.lower() in _FIELDS else ""
        self.code = "" if self.field else _language(code, where)
        statuses = {one.value: one for one in TermStatus}
        self.status = statuses.get(status.strip().lower())
        if status and self.status is None:
            self.code = ""


def _language(code: str, where: Where) -> str:
    """Return the code of a language column; empty for a column that is none."""
    try:
        canonical_tag(code)
    except OtherLanguageError:
        return ""
    except ConfigError as exc:
        if len(code) <= _N_CODE and code.isalpha():
            raise DataError(f"column {code!r}: {exc.problem}", where, exc.fix) from exc
        return ""
    return code


def read_table(
    rows: Iterable[tuple[int, list[str]]], *, name: str, script: Callable[[str], str], status: ConceptStatus
) -> Iterator[Concept]:
    """Read the entries of a table.

    Args:
        rows: 1-based line number and cells of each row, the heading first.
        name: Name of the file, in messages.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a heading says ``zh``.
        status: Status of the entries where the table has no column for it.

    Yields:
        The entries in the order of the rows. Headings: those of ``glossary.csv``, or plain language tags, where the first
        variant of a language is preferred and the others admitted; other columns are kept as keys of the entry.

    Raises:
        DataError: A fault, after what is sound.
        DataErrors: Several faults.

    Source:
        Ours.
    """
    faults = Faults(name)
    columns: list[_Column] = []
    for number, cells in rows:
        where = Where(file=name, line=number)
        try:
            if not columns:
                columns = _heading(cells, where)
            elif any(cell.strip() for cell in cells):
                concept = _concept(columns, cells, where=where, script=script, status=status)
                if faults.is_new(concept.id, where):
                    yield concept
        except DataError as fault:
            if not columns:
                raise
            faults.add(fault)
    if not columns:
        faults.add(DataError("the file is empty", Where(file=name, line=1), _FIX))
    faults.raise_all()


def _heading(cells: list[str], where: Where) -> list[_Column]:
    """Read the heading."""
    columns = [_Column(cell, where) for cell in cells]
    if not any(column.code for column in columns):
        raise DataError("no column of the heading is a language", where, _FIX)
    return columns


def _concept(
    columns: list[_Column], cells: list[str], *, where: Where, script: Callable[[str], str], status: ConceptStatus
) -> Concept:
    """Read one row."""
    if len(cells) > len(columns):
        raise DataError(f"{len(cells)} cells under {len(columns)} columns", where, "quote or remove what splits a cell")
    pairs = [(column, cell.strip()) for column, cell in zip(columns, cells, strict=False)]
    fields = {column.field: cell for column, cell in pairs if column.field}
    word = fields.get("status", status.value).lower() or ConceptStatus.PROPOSED.value
    if word not in list(ConceptStatus):
        raise DataError(f"status {word!r}", where, f"write {', '.join(ConceptStatus)}")
    is_verified = word == ConceptStatus.VERIFIED
    terms = _terms(pairs, where=where, script=script, verified=is_verified)
    if not terms:
        raise DataError("a row without designations", where, "fill a language column, or remove the row")
    return Concept(
        id=fields.get("id") or given_id((tag, one.text) for tag, found in terms for one in found),
        terms=terms,
        status=ConceptStatus(word),
        score=_score(fields.get("score", ""), where),
        kind=fields.get("kind") or "other",
        subject=fields.get("subject", ""),
        verified_by=given_verdict() if is_verified else None,
        extra=tuple((column.heading, cell) for column, cell in pairs if cell and not column.field and not column.code),
    )


def _terms(
    pairs: list[tuple[_Column, str]], *, where: Where, script: Callable[[str], str], verified: bool
) -> tuple[tuple[str, tuple[Designation, ...]], ...]:
    """Read the designations of one row."""
    terms: dict[str, dict[str, Designation]] = {}
    for column, cell in pairs:
        if not column.code:
            continue
        for text in filter(None, (variant.strip() for variant in cell.split(VARIANT_MARK))):
            found = terms.setdefault(read_tag(column.code, text=text, where=where, script=script) or "", {})
            status = column.status or (TermStatus.ADMITTED if found else TermStatus.PREFERRED)
            if status is TermStatus.PREFERRED and any(one.status is status for one in found.values()):
                status = TermStatus.ADMITTED  # at most one is preferred
            found.setdefault(text, Designation(text=text, status=status, verified=verified))
    return tuple((tag, tuple(terms[tag].values())) for tag in sorted(terms, key=rank))


def _score(cell: str, where: Where) -> float | None:
    """Read a score; ``None`` where the cell is empty."""
    try:
        score = float(cell) if cell else None
    except ValueError:
        score = math.nan
    if score is not None and not 0 <= score <= 1:
        raise DataError(f"score {cell!r}", where, "write a number between 0 and 1")
    return score
