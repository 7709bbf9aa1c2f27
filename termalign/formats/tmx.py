"""TMX 1.4: translation memories in and out.

Ours, because the libraries load whole files (translate-toolkit, GPL) and because what tools really accept is narrower
than the DTD: INTEROP.md section 1 is the list that this writer keeps to.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import ConfigError
from termalign.formats.base import WriteReport
from termalign.formats.tags import chinese_script
from termalign.formats.tmx_markup import notes_and_props
from termalign.formats.tmx_read import read_tmx
from termalign.formats.tmx_write import write_units
from termalign.formats.xml import attribute
from termalign.formats.xml_stream import LIMITS, Limits
from termalign.model import VERSION, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["TMX", "Tmx"]

_CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # what xml:lang may be: the type language of XML Schema
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="termalign" creationtoolversion="{version}" segtype="sentence" o-tmf="termalign" adminlang="en" \
srclang="{source}" datatype="plaintext"{date}{header}
<body>
"""
_TAIL = "</body>\n</tmx>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tmx:
    """Reader and writer of TMX.

    Args:
        languages: Tags to write, the language translated from first: a file for one pair, as importers want it. Empty:
            all languages, ``srclang="*all*"``.
        codes: Language codes to write instead of our tags: ``(("zh-Hans", "zh-CN"),)`` for OmegaT, which ignores
            scripts.
        date: When the units were made, for ``creationdate``; without it the file bears no date.
        licence: Under what licence all of it is given, for the header: an SPDX identifier or words.
        holder: Who holds the copyright, for the header.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.

    Raises:
        ConfigError: Two tags share a code, a code is no language code, or the date has no time zone.
    """

    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    date: datetime | None = None
    licence: str = ""
    holder: str = ""
    script: Callable[[str], str] = chinese_script
    limits: Limits = field(default=LIMITS)
    suffixes: tuple[str, ...] = (".tmx",)

    def __post_init__(self) -> None:
        codes = [code for _, code in self.codes]
        wrong = [code for code in codes if not _CODE.fullmatch(code)]
        if wrong or len(set(codes)) < len(codes):
            raise ConfigError(f"language codes {', '.join(wrong or codes)}", "give each language its own BCP 47 tag")
        if self.date is not None and self.date.tzinfo is None:
            raise ConfigError("a date without time zone", "give it in UTC")

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write a memory.

        Args:
            units: In any number; they are taken one by one, and equal ones counted on disk.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many ``tu`` there are; under ``losses`` units that lack a second side (importers drop those), equal units
            written as one with ``usagecount``, and characters that XML forbids.

        Source:
            TMX 1.4b (LISA OSCAR, 2005) sections 2 and 3; INTEROP.md section 1.
        """
        losses: Counter[str] = Counter()
        date = f' creationdate="{_date(self.date)}"' if self.date else ""
        codes = dict(self.codes)
        source = codes.get(self.languages[0], self.languages[0]) if self.languages else "*all*"

        def head(header: dict[str, Any]) -> str:
            inside = self._header(header, losses)
            return _HEAD.format(version=VERSION, source=attribute(source), date=date, header=inside)

        n_written = write_units(units, file, languages=self.languages, codes=codes, losses=losses, head=head)
        file.write(_TAIL.encode("utf-8"))
        return WriteReport.of(n_written, losses)

    def _header(self, header: dict[str, Any], losses: Counter[str]) -> str:
        """Return the end of the header: what units bear of the file that they came with, licence and holder."""
        own = [[kind, text] for kind, text in (("x-licence", self.licence), ("x-copyright", self.holder)) if text]
        taken = {kind for kind, _ in own}
        props = [prop for prop in header.get("props", ()) if not (isinstance(prop, list | tuple) and prop[0] in taken)]
        inside = notes_and_props({"notes": header.get("notes", ()), "props": props + own}, losses)
        return f">\n{inside}\n</header>" if inside else "/>"

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read a memory, of TMX 1.1 to 1.4, level 1 or 2.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts segments in other languages and units that therefore lack a second side.

        Yields:
            One unit per ``tu``. Inline codes stand beside the text of their segment (:class:`InlineCode`); text inside
            ``hi`` is text, a break becomes a space. Notes, properties and attributes are in ``extra``: ``notes``,
            ``props``, ``attributes``, ``usagecount``, those of a side in ``sides`` by language. What the header says in notes
            and properties is in ``extra`` of the first unit, as ``header``: it comes back when they are written.
            Where a ``tu`` has several ``tuv`` of one language, also of its regions, it gives as many units: the second
            one holds the second variant of each such language and the first of the others, so that nothing is lost and
            nothing crossed.

        Raises:
            DataError: Not TMX, or a fault in it, after what is sound.
            DataErrors: Several faults.

        Source:
            TMX 1.4b section 3; INTEROP.md section 1.
        """
        losses = Counter() if losses is None else losses
        yield from read_tmx(file, name=name, limits=self.limits, script=self.script, losses=losses)


def _date(moment: datetime) -> str:
    """Return a date as TMX wants it: in UTC, ``YYYYMMDDThhmmssZ``."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


TMX = Tmx()
