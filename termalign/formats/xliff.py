"""XLIFF 1.2 and 2.x: translated files of other tools in, and 1.2 out for tools that read nothing else.

Ours, because the libraries that read XLIFF are GPL and hand out text with its inline codes in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.base import WriteReport
from termalign.formats.losses import Losses
from termalign.formats.pairs import choose_pair, codes_of_units, count_regions, sides
from termalign.formats.tags import REGIONS, chinese_script
from termalign.formats.xliff_read import UNTRANSLATED, XliffReader, read_xliff
from termalign.formats.xml import LIMITS, Limits, attribute, clean, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termalign.model import TranslationUnit

__all__ = ["XLIFF", "Xliff"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="" source-language="{source}" target-language="{target}" datatype="plaintext">
<body>
"""
_TAIL = "</body>\n</file>\n</xliff>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Xliff:
    """Reader of XLIFF 1.x and 2.x and writer of 1.2, which holds two languages.

    Args:
        languages: The two tags to write, the language translated from first; empty: the two that the units have most.
        codes: Language codes to write instead of our tags: ``(("zh-Hans", "zh-CN"),)``.
        untranslated: States of a target that is no translation yet.
        with_alternatives: Read the proposals of a tool's memory (``alt-trans``, matches) as units too.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.
        is_bilingual: A file holds two languages.
    """

    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    untranslated: frozenset[str] = UNTRANSLATED
    with_alternatives: bool = False
    script: Callable[[str], str] = chinese_script
    limits: Limits = LIMITS
    suffixes: tuple[str, ...] = (".xlf", ".xliff", ".xlif", ".sdlxliff", ".mqxliff", ".mxliff")
    is_bilingual: bool = True

    def write(self, units: Iterable[TranslationUnit], file: BinaryIO) -> WriteReport:
        """Write a file of two languages.

        Args:
            units: In any number; all are held at once, since the header names the languages.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many units there are; under ``losses`` segments in other languages, units without both sides, and the
            scores, beads and places that XLIFF 1.2 has no field for.

        Source:
            XLIFF 1.2 (OASIS, 2008) section 2.
        """
        losses = Losses()
        held = list(units)
        pair = choose_pair((segment.language for unit in held for segment in unit.segments), self.languages)
        written = codes_of_units(held, pair, dict(self.codes))
        source, target = (attribute(written[tag]) for tag in pair)
        file.write(_HEAD.format(source=source, target=target).encode("utf-8"))
        taken: Counter[str] = Counter()
        n_written = 0
        for unit in held:
            count_regions(unit, written, losses)
            texts = self._texts(unit, pair, losses)
            if texts is None:
                continue
            name = clean(unit.name, losses) or unit.id
            taken[name] += 1
            if taken[name] > 1:
                name = f"{name}-{taken[name]}"
                losses["unit of an id that is taken, numbered"] += 1
            file.write(_unit(name, texts).encode("utf-8"))
            n_written += 1
        file.write(_TAIL.encode("utf-8"))
        return WriteReport.of(n_written, losses)

    def _texts(self, unit: TranslationUnit, pair: tuple[str, str], losses: Losses) -> tuple[str, str] | None:
        """Return the clean texts of both sides; ``None`` where one is missing."""
        found = sides(unit, pair, losses)
        if found is None:
            return None
        source, target = (clean(segment.text, losses) for segment in found)
        if not source or not target:
            losses["unit without two sides"] += 1
            return None
        losses["score"] += unit.score is not None
        losses["document and place"] += any(segment.document or segment.spans for segment in found)
        losses["inline code"] += sum(len(segment.codes) for segment in found)
        losses["further keys of a unit"] += any(key != REGIONS for key, _ in unit.extra)
        return source, target

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[TranslationUnit]:
        """Read a file, of version 1.0 to 1.2 or 2.x, with any number of ``file`` elements.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts what is no translation: units without target or in a state before translation, units that are not
                to be translated, proposals, and languages that termalign does not work in.

        Yields:
            One unit per ``trans-unit`` or ``segment``; where the tool marked sentences (``mrk mtype="seg"``), one for each.
            Inline codes stand beside the text as those of TMX do, text that they enclose is text, a break becomes a space. A unit keeps its
            id as its name, and state and notes as further keys.

        Raises:
            DataError: Not XLIFF, or a fault in it, after what is sound.
            DataErrors: Several faults.

        Source:
            XLIFF 1.2 (OASIS, 2008), XLIFF 2.1 (OASIS, 2018).
        """
        reader = XliffReader(
            name=name,
            losses=Counter() if losses is None else losses,
            untranslated=self.untranslated,
            with_alternatives=self.with_alternatives,
            script=self.script,
            limits=self.limits,
        )
        yield from read_xliff(file, reader)


def _unit(name: str, texts: tuple[str, str]) -> str:
    """Return one ``trans-unit``."""
    source, target = map(escape, texts)
    return (
        f'<trans-unit id="{attribute(name)}" approved="yes"><source>{source}</source>\n'
        f'<target state="final">{target}</target></trans-unit>\n'
    )


XLIFF = Xliff()
