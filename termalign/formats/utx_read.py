"""UTX rows into concept entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termalign.errors import DataError, Where
from termalign.formats.concept_table import given_id, given_verdict
from termalign.formats.faults import Faults
from termalign.formats.pairs import ORDER
from termalign.formats.tags import rank, read_region, read_tag
from termalign.model import Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["USUAL", "read_rows"]

# Codes of ISO 639-3166, which has no scripts, for languages of which no region is known: read, they state none.
USUAL = {"ja": "ja-JP", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}
_FIRST = re.compile(r"#\s*UTX(?:-S)?\s+(\d+\.\d+)\s*;\s*([A-Za-z_-]+)\s*/\s*([A-Za-z_-]+)\s*[;\s]", re.IGNORECASE)
_VERSIONS = re.compile(r"1\.\d+")
_WORDS = {
    "approved": TermStatus.PREFERRED,
    "provisional": TermStatus.ADMITTED,
    "": TermStatus.ADMITTED,
    "-": TermStatus.ADMITTED,
    "non-standard": TermStatus.SUPERSEDED,
    "forbidden": TermStatus.DEPRECATED,
    "rejected": TermStatus.DEPRECATED,
}
_COMMENTS = ("src:comment", "tgt:comment", "comment")
_HELD = frozenset({"src", "tgt", "src:pos", "tgt:pos", "term status", "concept id", "", *_COMMENTS})
_KEYS = {"customer": "customerSubset"}  # as TBX calls it
_SOURCES = re.compile(r"src|term:[A-Za-z_-]+")
_FIX = "begin the file with #UTX 1.11; ja-JP/en-US; ... and a line #src<TAB>tgt<TAB>src:pos"


@dataclass(slots=True)
class _Entry:
    """Rows of one concept, gathered."""

    id: str
    forms: dict[tuple[str, str], TermStatus] = field(default_factory=dict)
    pos: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)


def read_rows(
    lines: Iterable[tuple[int, str]],
    *,
    name: str,
    status: ConceptStatus,
    script: Callable[[str], str],
    losses: Counter[str],
) -> Iterator[Concept]:
    """Read the entries of a UTX file.

    Args:
        lines: 1-based number and text of each line.
        name: Name of the file, in messages.
        status: Status of the entries.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text.
        losses: Takes the counts of what is passed over.

    Yields:
        The entries in the order of the file.

    Raises:
        DataError: A fault, after what is sound.
        DataErrors: Several faults.
    """
    faults = Faults(name)
    table: _Table | None = None
    for number, line in lines:
        where = Where(file=name, line=number)
        try:
            if table is None:
                table = _Table(_codes(line, where), script, losses)
                losses.update(f"the header says {said!r}, which entries do not hold" for said in _rights(line))
            elif line.startswith("#"):
                table.columns = table.columns or _columns(line)
            elif line.strip():
                table.take(line, where)
        except DataError as exc:
            if table is None or not table.columns:
                raise
            faults.add(exc)
    if table is None:
        faults.add(DataError("the file is empty", Where(file=name, line=1), _FIX))
    else:
        yield from (_concept(entry, status, table.regions) for entry in table.entries.values())
    faults.raise_all()


class _Table:
    """The rows of a file, gathered into entries."""

    def __init__(self, codes: tuple[str, str], script: Callable[[str], str], losses: Counter[str]) -> None:
        self._codes, self._script, self._losses = codes, script, losses
        self.columns: list[str] = []
        self.entries: dict[str, _Entry] = {}
        self.regions: dict[str, str] = {}

    def take(self, line: str, where: Where) -> None:
        """Take one row in."""
        if not self.columns:
            raise DataError("rows before the line that names the columns", where, _FIX)
        cells = [cell.strip() for cell in line.split("\t")]
        row = dict(zip(self.columns, cells, strict=False))
        self._losses["cell under no column"] += any(cells[len(self.columns) :])
        if not row.get("src") or not row.get("tgt"):
            self._losses["row without source and target"] += 1
            return
        forms = self._forms(row, where)
        if forms is None:
            return
        concept_id = row.get("concept id", "")
        entry = self.entries.setdefault(concept_id or f"\t{row['src']}", _Entry(concept_id))
        stated = self._status(row)
        for form, key in zip(forms, ("src:pos", "tgt:pos"), strict=True):
            entry.forms[form] = min(entry.forms.get(form, stated), stated, key=ORDER.index)
            if row.get(key, "-") not in {"", "-"}:
                entry.pos[form] = row[key]
        for key in _COMMENTS:
            if row.get(key) and row[key] not in entry.notes:
                entry.notes.append(row[key])
        entry.more |= {_KEYS.get(key, key): cell for key, cell in row.items() if cell and key not in _HELD}

    def _status(self, row: dict[str, str]) -> TermStatus:
        """Read the status of a row; without that column all terms are good ones."""
        word = row.get("term status", "approved").lower()
        if word not in _WORDS:
            self._losses[f"unknown status {word!r}, taken for provisional"] += 1
        return _WORDS.get(word, TermStatus.ADMITTED)

    def _forms(self, row: dict[str, str], where: Where) -> list[tuple[str, str]] | None:
        """Return language and text of both sides; ``None`` where one is in another language."""
        forms = []
        for code, key in zip(self._codes, ("src", "tgt"), strict=True):
            tag = read_tag(code, text=row[key], where=where, script=self._script)
            if tag is None:
                self._losses[f"row in {code}"] += 1
                return None
            region = read_region(code)
            self.regions[tag] = "" if region == read_region(USUAL[tag]) else region
            forms.append((tag, row[key]))
        return forms


def _codes(line: str, where: Where) -> tuple[str, str]:
    """Read the languages from the first line."""
    found = _FIRST.match(f"{line} ")
    if not found:
        raise DataError("not UTX: line 1 names no version and languages", where, _FIX)
    if not _VERSIONS.fullmatch(found[1]):
        raise DataError(f"UTX version {found[1]!r}", where, "save it as UTX 1.11")
    return found[2], found[3]


def _rights(line: str) -> Iterator[str]:
    """Yield what the first line says of copyright and licence, unless that it is unknown."""
    for part in map(str.strip, line.split(";")):
        key, _, value = part.partition(":")
        if key.strip().lower() in {"copyright", "creator", "license"} and value.strip() not in {"", "unknown"}:
            yield part


def _columns(line: str) -> list[str]:
    """Read the names of the columns; empty for another comment."""
    cells = [cell.strip().lower() for cell in line.removeprefix("#").split("\t")]
    if len(cells) < 2 or not _SOURCES.fullmatch(cells[0]):  # noqa: PLR2004 - source and target
        return []
    return ["src", "tgt", *cells[2:]]


def _concept(entry: _Entry, status: ConceptStatus, regions: Mapping[str, str]) -> Concept:
    """Make an entry; at most one designation of a language is preferred."""
    is_verified = status is ConceptStatus.VERIFIED
    terms: dict[str, list[Designation]] = {}
    for form, stated in entry.forms.items():
        tag, text = form
        known = terms.setdefault(tag, [])
        has_preferred = any(one.status is TermStatus.PREFERRED for one in known)
        one = TermStatus.ADMITTED if stated is TermStatus.PREFERRED and has_preferred else stated
        region = regions.get(tag, "")
        extra = tuple((key, value) for key, value in (("pos", entry.pos.get(form)), ("region", region)) if value)
        known.append(Designation(text=text, status=one, verified=is_verified, extra=extra))
    return Concept(
        id=entry.id or given_id(entry.forms),
        terms=tuple((tag, tuple(terms[tag])) for tag in sorted(terms, key=rank)),
        status=status,
        verified_by=given_verdict() if is_verified else None,
        extra=(*((("notes", entry.notes),) if entry.notes else ()), *entry.more.items()),
    )
