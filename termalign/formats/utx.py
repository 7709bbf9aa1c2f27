"""UTX 1.11, the simple glossary format of AAMT (Japan): two languages, tabs, a header that names them.

INTEROP.md section 8 is the list of rules kept here: UTF-8 without byte order mark, CR LF, no quoting.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.formats.base import WriteReport
from termalign.formats.concept_table import count_losses
from termalign.formats.encodings import Rest, tags_among, text_lines
from termalign.formats.lines import one_cell
from termalign.formats.losses import Losses
from termalign.formats.pairs import (
    ORDER,
    choose_pair,
    codes_of_concepts,
    comment_of,
    count_comment,
    count_concept_regions,
    iter_pairs,
    languages_of,
)
from termalign.formats.tags import chinese_script
from termalign.formats.utx_read import USUAL, read_rows
from termalign.model import Concept, ConceptStatus, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from termalign.formats.pairs import Pair

__all__ = ["UTX", "Utx"]

WORDS = {
    TermStatus.PREFERRED: "approved",
    TermStatus.ADMITTED: "provisional",
    TermStatus.SUPERSEDED: "non-standard",
    TermStatus.DEPRECATED: "forbidden",
}
_COLUMNS = ("#src", "tgt", "src:pos", "term status", "src:comment", "customer", "concept ID")
_POS = frozenset({"noun", "verb", "adjective", "adverb", "sentence"})
_HELD = frozenset({"definitions", "notes", "subject", "pos", "customerSubset"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Utx:
    """Reader and writer of UTX.

    Args:
        languages: The two tags to write, the language translated from first; empty: the two that the concepts have most.
        codes: Language codes to write; else the region that all designations of a language state, and the usual ones.
        holder: Who holds the copyright; UTX 1.11 wants one named.
        licence: Under what licence; UTX 1.11 wants one named.
        date: When the glossary was made; without it the header bears no date.
        status: Status of the entries of a file without a column ``term status``.
        encoding: Encoding of the files to read; empty: UTF-8, or what their bytes tell.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a header says ``zh``.
        suffixes: File name endings.
        is_bilingual: A file holds two languages.
    """

    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    holder: str = "unknown"
    licence: str = "unknown"
    date: datetime | None = None
    status: ConceptStatus = ConceptStatus.VERIFIED
    encoding: str = ""
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".utx",)
    is_bilingual: bool = True

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a glossary of two languages.

        Args:
            concepts: In the order to write; all are held at once.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are, one for each pair of designations; rows of one concept share its id. The status of a
            row is the worse one of its two designations. Under ``losses`` what moved to the comment and what UTX cannot
            hold.

        Source:
            UTX 1.11 specification (AAMT, 2011); INTEROP.md section 8.
        """
        losses = Losses()
        held = list(concepts)
        pair = choose_pair(languages_of(held), self.languages)
        codes = codes_of_concepts(held, pair, dict(self.codes), USUAL)
        rows = list(iter_pairs(held, pair, losses, statuses=ORDER))
        seen: set[str] = set()
        body = []
        for row in rows:
            if row.concept.id not in seen:
                seen.add(row.concept.id)
                count_losses(row.concept, _HELD | {"terms", "region"}, losses)
                count_concept_regions(row.concept, codes, losses)
                count_comment(row.concept, pair, losses)
                _count_statuses(row.concept, pair, losses)
            body.append(_line(row, pair, losses))
        is_approved = bool(rows) and all(_status(row) is TermStatus.PREFERRED for row in rows)
        lines = [self._header(codes.values(), bidirectional=is_approved), "\t".join(_COLUMNS), *body]
        file.write("".join(f"{line}\r\n" for line in lines).encode("utf-8"))
        return WriteReport.of(len(rows), losses)

    def _header(self, codes: Iterable[str], *, bidirectional: bool) -> str:
        """Return the first line."""
        fields = ["#UTX 1.11", "/".join(codes)]
        fields += [self.date.strftime("%Y-%m-%dT%H:%M:%S")] if self.date else []
        holder, licence = (re.sub(r"\s*;\s*", ", ", one_cell(text)) for text in (self.holder, self.licence))
        fields += [f"copyright: {holder}", f"license: {licence}"]
        fields += ["bidirectional"] if bidirectional else []
        return "; ".join(fields) + ";"

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a glossary, of UTX 1.00 (UTX-S) to 1.2.

        Args:
            file: The open file: UTF-8 by the standard, any encoding that documents may have by what tools write.
            name: Its name, in messages.
            losses: Counts a byte order mark (a UTX file has none), rows without a target and unknown words for a status.

        Yields:
            The entries in the order of the file: rows with one concept ID are one, else rows with one source.

        Raises:
            DataError: Not UTX, or a fault in it, after what is sound.
            DataErrors: Several faults.

        Source:
            UTX 1.11 specification (AAMT, 2011); INTEROP.md section 8.
        """
        losses = Counter() if losses is None else losses
        start = file.read(3)
        losses["byte order mark, which UTX forbids"] += start == b"\xef\xbb\xbf"
        rest: Any = Rest(start, file)
        lines = text_lines(rest, name=name, encoding=self.encoding, languages=_languages, losses=losses)
        yield from read_rows(lines, name=name, status=self.status, script=self.script, losses=losses)


def _languages(text: str) -> tuple[str, ...]:
    """Return the languages that the first line names."""
    return tags_among(re.split("[;/]", text.partition("\n")[0])[1:3])


def _status(row: Pair) -> TermStatus:
    """Return the worse status of a pair."""
    return max(row.source.status, row.target.status, key=ORDER.index)


def _line(row: Pair, pair: tuple[str, str], losses: Losses) -> str:
    """Return one row."""
    pos = str(dict(row.source.extra).get("pos", ""))
    if pos and pos not in _POS:
        losses.note("part of speech that UTX does not know", pos)
    cells = [row.source.text, row.target.text, pos if pos in _POS else "-", WORDS[_status(row)]]
    cells += [comment_of(row.concept, pair), _customer(row.concept), row.concept.id]
    if one_cell(cells[0]).startswith("#"):
        losses.note("source that begins with #, written behind a space lest it pass for a comment", cells[0])
        return "\t".join([f" {one_cell(cells[0])}", *map(one_cell, cells[1:])])
    return "\t".join(map(one_cell, cells))


def _customer(concept: Concept) -> str:
    """Return what an entry says of the customer that it is for."""
    said = dict(concept.extra).get("customerSubset", "")
    return said if isinstance(said, str) else ", ".join(map(str, said)) if isinstance(said, list) else ""


def _count_statuses(concept: Concept, pair: tuple[str, str], losses: Losses) -> None:
    """Count designations whose status the pairs do not show: the best of the other side is worse."""
    best = [min((ORDER.index(one.status) for one in concept.designations(tag)), default=0) for tag in pair]
    for tag, limit in zip(pair, reversed(best), strict=True):
        for one in concept.designations(tag):
            if ORDER.index(one.status) < limit:
                losses.note(f"status {one.status.value} of a designation whose translations have a worse one", one.text)


UTX = Utx()
