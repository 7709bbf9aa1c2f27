"""What the tables of concepts share: columns by language, variants in one cell, and the count of what they cannot hold."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from termalign.errors import DataError, Where
from termalign.formats.columns import FIELDS, Column, read_column, status_word, yes_or_no
from termalign.formats.faults import Faults
from termalign.formats.lines import one_cell
from termalign.formats.tags import rank, read_region, read_tag
from termalign.model import Closure, Concept, ConceptStatus, Designation, TermStatus, short_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

__all__ = [
    "VARIANT_MARK",
    "TableReader",
    "count_losses",
    "given_id",
    "given_verdict",
    "is_before_heading",
    "join_variants",
    "read_table",
    "score_cell",
]

VARIANT_MARK = " | "  # DESIGN.md section 6, export
GIVEN: dict[str, Any] = {
    "policy": "given",
    "version": 1,
    "because": [],
}  # the file that the entry came in vouches for it

_FIX = "name a column ja, zh-Hans, zh-Hant or en; for a table without headings say --columns ja,en"
_BESIDE = frozenset(
    {"reading", "pos", "case", "preferred"}
)  # what a column says of the first designation of its language
_WORDS = re.compile(r"[^;,|/]+")
_KET = re.compile(r"\|[^|]{0,12}[>⟩〉]")  # |0⟩ is a term of physics, no mark between synonyms
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """How a table is read.

    Args:
        name: Name of the file, in messages.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a heading says ``zh``.
        status: Status of the entries where the table has no column for it.
        losses: Takes the counts of what had to be interpreted.
        synonyms: What stands between synonyms in one cell; empty: ``|``, in tables of ours only with a blank on both sides.
        columns: Headings of a table that has none.
        is_ours: Whether only the headings and marks of ours are understood.
    """

    name: str
    script: Callable[[str], str]
    status: ConceptStatus
    losses: Counter[str]
    synonyms: str = ""
    columns: tuple[str, ...] = ()
    is_ours: bool = False


def read_table(rows: Iterable[tuple[int, list[str]]], reader: TableReader) -> Iterator[Concept]:
    """Read the entries of a table.

    Args:
        rows: 1-based line number and cells of each row, the heading first.
        reader: How it is read.

    Yields:
        The entries in the order of the rows. Headings: those of ``glossary.csv``, plain language tags, where the first
        variant of a language is preferred and the others admitted, or names that other tools write; other columns are
        kept as keys of the entry.

    Raises:
        DataError: A fault, after what is sound.
        DataErrors: Several faults.

    Source:
        Ours; the names are those of ``data/columns.toml``.
    """
    faults = Faults(reader.name)
    columns: list[Column] = []
    held: dict[str, Concept] = {}
    title = 0  # the line of the first row that was no heading
    if reader.columns:
        columns = _heading(list(reader.columns), Where(file=reader.name, line=1), reader)
    is_shared = _is_shared(columns)
    for number, cells in rows:
        where = Where(file=reader.name, line=number)
        try:
            if not columns and is_before_heading(cells, where):
                title = title or (number if any(cells) else 0)
                reader.losses["row before the heading"] += any(cells)
            elif not columns:
                columns = _heading(cells, where, reader)
                is_shared = _is_shared(columns)
            elif any(cell.strip() for cell in cells):
                concept = _concept(columns, cells, where, reader)
                if is_shared and concept.id in held:
                    reader.losses["row of an id that stands already, put together with it"] += 1
                    held[concept.id] = _merged(held[concept.id], concept)
                elif is_shared:
                    held[concept.id] = concept
                elif faults.is_new(concept.id, where):
                    yield concept
        except DataError as fault:
            if not columns:
                raise
            faults.add(fault)
    if not columns:
        problem = "no column of the heading is a language" if title else "the file is empty"
        faults.add(DataError(problem, Where(file=reader.name, line=title or 1), _FIX))
    yield from held.values()
    faults.raise_all()


def is_before_heading(cells: Sequence[str], where: Where) -> bool:
    """Tell whether a row stands before the heading: a blank one, or a title in one cell.

    Args:
        cells: Of a row, before which there was no heading.
        where: Its place.
    """
    filled = [cell for cell in cells if cell.strip()]
    return not filled or (len(filled) == 1 and read_column(filled[0], where, Counter()).role != "term")


def _is_shared(columns: list[Column]) -> bool:
    """Tell whether rows of one id are one entry: in tables of tools that name it so (CID), not in ours."""
    return any(column.role == "id" and column.heading.lower() != "id" for column in columns)


def _merged(left: Concept, right: Concept) -> Concept:
    """Put two rows of one entry together; at most one designation of a language is preferred."""
    terms = {tag: list(found) for tag, found in left.terms}
    for tag, found in right.terms:
        known = terms.setdefault(tag, [])
        for one in found:
            if any(one.text == other.text for other in known):
                continue
            is_second = one.status is TermStatus.PREFERRED and any(other.status is one.status for other in known)
            known.append(replace(one, status=TermStatus.ADMITTED) if is_second else one)
    extra = dict(right.extra) | dict(left.extra)
    return replace(
        left,
        terms=tuple((tag, tuple(terms[tag])) for tag in sorted(terms, key=rank)),
        extra=tuple(extra.items()),
    )


def _heading(cells: list[str], where: Where, reader: TableReader) -> list[Column]:
    """Read the heading."""
    columns = [read_column(cell, where, reader.losses) for cell in cells]
    if not any(column.role == "term" for column in columns):
        raise DataError("no column of the heading is a language", where, _FIX)
    return columns


def _concept(columns: list[Column], cells: list[str], where: Where, reader: TableReader) -> Concept:
    """Read one row."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise DataError(f"{len(cells)} cells under {len(columns)} columns", where, "quote or remove what splits a cell")
    pairs = [(column, cell.strip()) for column, cell in zip(columns, cells, strict=False)]
    fields: dict[str, str] = {}
    for column, cell in pairs:
        if column.role in FIELDS and not column.code:
            fields[column.role] = fields.get(column.role) or cell
    status, stated = _status(fields.get("status"), where, reader)
    terms = _terms(pairs, where, reader, stated=stated, verified=status is ConceptStatus.VERIFIED)
    if not terms:
        raise DataError("a row without designations", where, "fill a language column, or remove the row")
    return Concept(
        id=fields.get("id") or given_id((tag, one.text) for tag, found in terms for one in found),
        terms=terms,
        status=status,
        score=_score(fields.get("score", ""), where),
        kind=fields.get("kind") or "other",
        subject=fields.get("subject", ""),
        verified_by=given_verdict() if status is ConceptStatus.VERIFIED else None,
        extra=_extra(pairs, fields, [tag for tag, _ in terms], where, reader),
    )


def _status(word: str | None, where: Where, reader: TableReader) -> tuple[ConceptStatus, TermStatus | None]:
    """Read the status of a row: ours, or a tool's for the terms in it."""
    lowered = (reader.status.value if word is None else word).lower() or ConceptStatus.PROPOSED.value
    if word is None or lowered in list(ConceptStatus):
        return ConceptStatus(lowered), None
    known = status_word(word)
    if known is None:
        raise DataError(f"status {lowered!r}", where, f"write {', '.join(ConceptStatus)}")
    reader.losses[f"status {word!r} read as {known.value}"] += 1
    return reader.status, known


def _terms(
    pairs: list[tuple[Column, str]], where: Where, reader: TableReader, *, stated: TermStatus | None, verified: bool
) -> tuple[tuple[str, tuple[Designation, ...]], ...]:
    """Read the designations of one row."""
    terms: dict[str, dict[str, Designation]] = {}
    for number, (column, cell) in enumerate(pairs):
        if column.role != "term" or not cell:
            continue
        if column.flag and yes_or_no(cell) is not None:
            continue  # a flag of the term before it
        own = _term_status(pairs, number, where, reader)
        for text in _variants(cell, reader, column):
            found = terms.setdefault(read_tag(column.code, text=text, where=where, script=reader.script) or "", {})
            status = column.status or own or stated or (TermStatus.ADMITTED if found else TermStatus.PREFERRED)
            if status is TermStatus.PREFERRED and any(one.status is status for one in found.values()):
                status = TermStatus.ADMITTED  # at most one is preferred
            extra = (*(_beside(pairs, column) if not found else ()), *_region(column))
            if text in found:
                reader.losses["designation that stands twice in its row, read once"] += 1
            else:
                found[text] = Designation(text=text, status=status, verified=verified, extra=extra)
    return tuple((tag, tuple(terms[tag].values())) for tag in sorted(terms, key=rank))


def _region(column: Column) -> tuple[tuple[str, str], ...]:
    """Return the region that the heading of a column states, as a further key of its designations."""
    region = read_region(column.code)
    return (("region", region),) if region else ()


def _term_status(pairs: list[tuple[Column, str]], number: int, where: Where, reader: TableReader) -> TermStatus | None:
    """Return the status that a column of the same language states behind a term."""
    code = pairs[number][0].code
    for column, cell in pairs[number + 1 :]:
        if column.flag and column.code == code and yes_or_no(cell) is not None:
            if yes_or_no(cell):
                return column.flag
            continue
        if column.role == "term":
            break
        if column.role == "info" and any(_means_forbidden(word) for word in _WORDS.findall(cell)):
            reader.losses[f"{column.heading} with 'forbidden' read as deprecated"] += 1
            return TermStatus.DEPRECATED
        if column.role == "status" and column.code == code and cell:
            known = status_word(cell)
            if known is None:
                raise DataError(f"status {cell!r} of {code}", where, f"write {', '.join(TermStatus)}")
            reader.losses[f"status {cell!r} read as {known.value}"] += cell.lower() != known.value
            return known
    return None


def _means_forbidden(word: str) -> bool:
    """Tell whether a word among others about a term says that it is not to be used."""
    return status_word(word) is TermStatus.DEPRECATED


def _beside(pairs: list[tuple[Column, str]], term: Column) -> tuple[tuple[str, Any], ...]:
    """Return reading, part of speech and sensitivity to case that columns of the same language state."""
    is_cased = any(column.role == "case" and column.code == term.code and yes_or_no(cell) for column, cell in pairs)
    return (("caseSensitive", True),) * is_cased + tuple(
        (column.role, cell)
        for column, cell in pairs
        if cell
        and column.role in {"reading", "pos"}
        and column.code in {term.code, ""}
        and (column.code or column.role == "pos")
    )


def _variants(cell: str, reader: TableReader, column: Column) -> list[str]:
    """Split a cell into its synonyms."""
    parts = [cell]
    if reader.synonyms:
        parts = cell.split(reader.synonyms)
    elif VARIANT_MARK in cell:
        parts = cell.split(VARIANT_MARK)
    elif "|" in cell and not reader.is_ours and column.status is None and not _KET.search(cell):
        parts = cell.split("|")
        if not all(part.strip() for part in parts):
            return [cell]
        reader.losses["cell split into synonyms at |"] += 1
    return [part.strip() for part in parts if part.strip()]


def _extra(
    pairs: list[tuple[Column, str]], fields: dict[str, str], tags: list[str], where: Where, reader: TableReader
) -> tuple[tuple[str, Any], ...]:
    """Return definitions, notes, and what columns hold that are none of ours, or the second of one kind."""
    definitions: dict[str, dict[str, str]] = {}
    notes: list[str] = []
    rest: dict[str, Any] = {}
    for column, cell in pairs:
        is_held = column.role in FIELDS and not column.code and fields[column.role] == cell
        if not cell or column.role in {"term", *_BESIDE} or is_held:
            continue
        if column.role == "definition":
            code = column.code or _written_in(cell, tags)
            tag = read_tag(code, text=cell, where=where, script=reader.script) if code else None
            definitions.setdefault(tag or tags[0], {"text": cell})
        elif column.role == "note":
            notes.append(cell)
        elif column.role != "status" or not column.code:
            known = rest.get(column.heading)
            rest[column.heading] = cell if known is None else [*(known if isinstance(known, list) else [known]), cell]
    more = (("definitions", definitions), ("notes", notes))
    return (*((key, value) for key, value in more if value), *rest.items())


def _written_in(text: str, tags: list[str]) -> str:
    """Return the language that a text is written in, as far as its characters tell; empty where they do not."""
    if _KANA.search(text):
        return "ja"
    if not _HAN.search(text):
        return "en"
    return next((tag for tag in tags if tag.startswith("zh")), "") if "ja" not in tags else ""


def _score(cell: str, where: Where) -> float | None:
    """Read a score; ``None`` where the cell is empty."""
    try:
        score = float(cell) if cell else None
    except ValueError:
        score = math.nan
    if score is not None and not 0 <= score <= 1:
        raise DataError(f"score {cell!r}", where, "write a number between 0 and 1")
    return score
