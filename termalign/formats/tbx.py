"""TBX, termbases in and out: version 3 (ISO 30042:2019) in two dialects and two styles, and version 2 for today's tools.

INTEROP.md sections 3 and 4 list the rules kept here. The ending of a file's name chooses the dialect.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.base import WriteReport
from termalign.formats.tags import chinese_script
from termalign.formats.tbx_markup import BASIC_DCA, BASIC_DCT, LINGUIST_DCA, LINGUIST_DCT, VERSION_2, Dialect
from termalign.formats.tbx_read import TbxReader, read_tbx
from termalign.formats.tbx_write import EntryWriter, entry_ids
from termalign.formats.xml import LIMITS, Limits, clean
from termalign.model import VERSION, Concept, ConceptStatus, Designation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["TBX", "TBX_DCT", "TBX_LINGUIST", "TBX_LINGUIST_DCT", "TBX_V2", "Tbx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tbx:
    """Reader of TBX (version 3 in both styles, version 2), whatever its dialect, and writer of one.

    Args:
        dialect: The dialect to write.
        with_proposed: Write proposed entries and designations too, without status and marked as such.
        with_quotes: Write a context with each designation where its evidence has one; clients' texts are confidential.
        status: Status of the entries of a file that does not say.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.
    """

    dialect: Dialect = BASIC_DCA
    with_proposed: bool = False
    with_quotes: bool = False
    status: ConceptStatus = ConceptStatus.VERIFIED
    script: Callable[[str], str] = chinese_script
    limits: Limits = LIMITS
    suffixes: tuple[str, ...] = (".tbx",)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a termbase.

        Args:
            concepts: In the order to write; all are held at once, since entries refer to one another.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many entries there are (with none, the file has no body: most tools refuse it, better write no file);
            under ``losses`` entries and designations left out, and what the dialect cannot hold.

        Source:
            ISO 30042:2019; TBX-Basic 1.2.1, TBX-Linguist 1.2 (LTAC); ISO 30042:2008 for version 2.
        """
        losses: Counter[str] = Counter()
        entries = [(concept, self._kept(concept, losses)) for concept in concepts]
        entries = [(concept, terms) for concept, terms in entries if terms]
        ids = entry_ids(concept for concept, _ in entries)
        writer = EntryWriter(dialect=self.dialect, ids=ids, with_quotes=self.with_quotes, losses=losses)
        file.write(self.dialect.head(VERSION).encode("utf-8"))
        file.write(b"<text>\n<body>\n" if entries else b"<text/>\n")
        file.writelines(writer.entry(concept, terms).encode("utf-8") for concept, terms in entries)
        file.write((b"</body>\n</text>\n" if entries else b"") + self.dialect.end.encode("utf-8"))
        return WriteReport.of(len(entries), losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a termbase.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts designations in other languages, entries without any in ours, and, beginning with
                "repaired: ", what was understood although it is not as the standard has it.

        Yields:
            The entries in the order of the file. Statuses are understood in all spellings that tools use; data
            categories that we have no key for are kept under their names.

        Raises:
            DataError: Not TBX, or a fault in it, after what is sound.
            DataErrors: Several faults.

        Source:
            ISO 30042:2019 and ISO 30042:2008; INTEROP.md sections 3 and 4.
        """
        losses = Counter() if losses is None else losses
        reader = TbxReader(file=name, status=self.status, script=self.script, limits=self.limits, losses=losses)
        yield from read_tbx(file, reader)

    def _kept(self, concept: Concept, losses: Counter[str]) -> list[tuple[str, list[Designation]]]:
        """Return the designations to write by language; none for an entry to leave out."""
        is_fit = concept.status is ConceptStatus.VERIFIED or (
            self.with_proposed and concept.status is ConceptStatus.PROPOSED
        )
        if not is_fit:
            losses[f"{concept.status.value} entry"] += 1
            return []
        kept = []
        for tag, found in concept.terms:
            fit = [one for one in found if (one.verified or self.with_proposed) and clean(one.text, Counter())]
            losses["designation that is not verified"] += len(found) - len(fit)
            if fit:
                kept.append((tag, fit))
        losses["entry without verified designations"] += not kept
        return kept


TBX = Tbx()
TBX_DCT = Tbx(dialect=BASIC_DCT, suffixes=(".dct.tbx",))
TBX_LINGUIST = Tbx(dialect=LINGUIST_DCA, suffixes=(".linguist.tbx",))
TBX_LINGUIST_DCT = Tbx(dialect=LINGUIST_DCT, suffixes=(".linguist-dct.tbx",))
TBX_V2 = Tbx(dialect=VERSION_2, suffixes=(".v2.tbx",))
