"""OmegaT glossaries: source, target and comment between tabs.

What OmegaT does with such a file was read in its reader and seen by running it (INTEROP.md section 5): a line that begins
with # is a comment, further columns are passed over, a file not called .utf8 needs its encoding in the first line.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.concept_table import count_losses
from termalign.formats.encodings import decoded, decoded_as, tags_among
from termalign.formats.faults import Faults
from termalign.formats.lines import one_cell
from termalign.formats.losses import Losses
from termalign.formats.pairs import choose_pair, comment_of, count_comment, iter_pairs, languages_of, listed_concept
from termalign.formats.tags import chinese_script, read_tag
from termalign.formats.whole import read_whole
from termalign.model import Concept, ConceptStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termalign.formats.pairs import Pair

__all__ = ["OMEGAT", "OmegatGlossary"]

_MARK = "# Glossary in tab-separated format -*- coding: utf-8 -*-"
_OURS = re.compile(r"# termalign: ([A-Za-z-]+)\t([A-Za-z-]+)")
_CODED = re.compile(rb"-\*-.*coding:\s*([A-Za-z0-9_.-]+)")
_HELD = frozenset({"definitions", "notes", "subject"})  # they move to the comment, which is counted there
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OmegatGlossary:
    """Reader and writer of OmegaT glossaries.

    Args:
        languages: The two tags, the language translated from first. Empty: writing takes the two that the concepts have
            most; reading what a file of ours says in a comment.
        min_cjk: Fewest characters of a source of Han characters or kana: OmegaT finds those as substrings, so that one
            of a single character fires everywhere.
        with_comment: Write subject, definitions and notes into the third column.
        status: Status of the entries that are read: the file has no field for it.
        encoding: Encoding of the files to read; empty: what the first line says, else told by their bytes.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a language is given as ``zh``.
        suffixes: File name endings.
        is_bilingual: A file holds two languages.
    """

    languages: tuple[str, ...] = ()
    min_cjk: int = 1
    with_comment: bool = True
    status: ConceptStatus = ConceptStatus.VERIFIED
    encoding: str = ""
    script: Callable[[str], str] = chinese_script
    suffixes: tuple[str, ...] = (".utf8", ".txt", ".tab")
    is_bilingual: bool = True

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a glossary of two languages.

        Args:
            concepts: In the order to write; all are held at once.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many rows there are, one for each target of each source; under ``losses`` what moved to the comment, and
            what the file cannot hold: deprecated designations, which would pass for good ones, and other languages.

        Source:
            OmegaT, ``GlossaryReaderTSV``; INTEROP.md section 5.
        """
        losses = Losses()
        held = list(concepts)
        pair = choose_pair(languages_of(held), self.languages)
        lines = [_MARK, f"# termalign: {pair[0]}\t{pair[1]}"]
        seen: set[str] = set()
        for row in iter_pairs(held, pair, losses):
            if len(one_cell(row.source.text)) < self.min_cjk and _CJK.match(row.source.text):
                losses.note("source of one character skipped: OmegaT would find it inside every word", row.source.text)
                continue
            if row.concept.id not in seen:
                seen.add(row.concept.id)
                kept = _HELD if self.with_comment else frozenset()
                count_losses(row.concept, kept | {"terms"}, losses)
                if self.with_comment:
                    count_comment(row.concept, pair, losses)
            lines.append(self._line(row, pair, losses))
        file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
        return WriteReport.of(len(lines) - 2, losses)

    def _line(self, row: Pair, pair: tuple[str, str], losses: Losses) -> str:
        """Return one row; the fourth cell is ours, OmegaT passes it over."""
        source, target = one_cell(row.source.text), one_cell(row.target.text)
        if source.startswith("#"):
            losses.note("source that begins with #, written behind a space lest it pass for a comment", source)
            source = f" {source}"
        comment = comment_of(row.concept, pair) if self.with_comment else ""
        return f"{source}\t{target}\t{comment}\t{one_cell(row.concept.id)}"

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a glossary.

        Args:
            file: The open file: UTF-8, what its first line says, or any encoding that documents may have, with the languages in mind.
            name: Its name, in messages.
            losses: Counts lines that OmegaT itself passes over.

        Yields:
            One entry per source, in the order of the file, its targets in theirs: the first is preferred. In files of ours
            rows with one concept id in the fourth cell are one entry. The comment is kept as a note.

        Raises:
            DataError: No languages are given and the file does not say, or it is no text.

        Source:
            OmegaT, ``GlossaryReaderTSV``; INTEROP.md section 5.
        """
        losses = Counter() if losses is None else losses
        text = self._decoded(read_whole(file, name=name), name, losses)
        stated = _OURS.search(text[:1000])
        pair = self.languages or ((stated[1], stated[2]) if stated else ())
        entries: dict[str, _Entry] = {}
        faults = Faults(name)
        for number, line in enumerate(text.splitlines(), 1):
            cells = [cell.strip() for cell in line.split("\t")]
            if line.startswith("#") or not line.strip():
                is_row = line.startswith("#") and "\t" in line and not _OURS.match(line)
                losses["line that begins with #, a comment in OmegaT, though it has a tab"] += is_row
                continue
            if len(cells) < 2 or not cells[0] or not cells[1]:  # noqa: PLR2004 - source and target
                losses["line without source and target"] += 1
                continue
            where = Where(file=name, line=number)
            if len(pair) < 2:  # noqa: PLR2004 - source and target
                raise DataError("a glossary that does not say its languages", where, "name them: --from en --to ja")
            try:
                forms = _forms(cells, pair, where, self.script)
            except DataError as exc:
                faults.add(exc)
                continue
            if forms is None:
                losses["row in another language"] += 1
                continue
            is_named = stated and len(cells) > 3 and cells[3]  # noqa: PLR2004 - ours is the fourth, of others anything
            key = cells[3] if is_named else f"\t{cells[0]}"
            entry = entries.setdefault(key, _Entry(id=key if not key.startswith("\t") else ""))
            entry.add(forms, cells[2] if len(cells) > 2 else "")  # noqa: PLR2004 - the comment is the third
        yield from (entry.concept(self.status) for entry in entries.values())
        faults.raise_all()

    def _decoded(self, raw: bytes, name: str, losses: Counter[str]) -> str:
        """Decode as the user or the comment in the first line says, else as any text, with the languages in mind."""
        said = _CODED.search(raw.partition(b"\n")[0])
        if self.encoding or not said or raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            tags = tags_among(self.languages)
            return decoded(raw, name=name, encoding=self.encoding, languages=lambda _: tags, losses=losses)
        encoding, where = said[1].decode("ascii"), Where(file=name, line=1)
        unknown = DataError(f"unknown encoding {encoding!r}", where, "save the file as UTF-8")
        return decoded_as(raw, encoding, unknown=unknown, said=", as line 1 says", fix="save it as UTF-8", name=name)


class _Entry:
    """Rows of one concept, gathered."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - it is one
        self.id = id
        self.forms: dict[str, list[str]] = {}
        self.notes: list[str] = []

    def add(self, forms: Iterable[tuple[str, str]], comment: str) -> None:
        """Take a row in."""
        for tag, text in forms:
            known = self.forms.setdefault(tag, [])
            if text not in known:
                known.append(text)
        if comment and comment not in self.notes:
            self.notes.append(comment)

    def concept(self, status: ConceptStatus) -> Concept:
        """Make the entry."""
        return listed_concept(
            self.id,
            self.forms,
            status=status,
            extra=(("notes", self.notes),) if self.notes else (),
        )


def _forms(
    cells: list[str], pair: tuple[str, ...], where: Where, script: Callable[[str], str]
) -> list[tuple[str, str]] | None:
    """Return language and text of both cells; ``None`` where one is in another language."""
    forms = []
    for code, text in zip(pair, cells, strict=False):
        tag = read_tag(code, text=text, where=where, script=script)
        if tag is None:
            return None
        forms.append((tag, text))
    return forms


OMEGAT = OmegatGlossary()
