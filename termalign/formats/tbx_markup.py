"""How the dialects of TBX spell the same things: the names of elements, and data categories in two styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.formats.xml import attribute, clean, escape

if TYPE_CHECKING:
    from collections import Counter

__all__ = ["BASIC_DCA", "BASIC_DCT", "LINGUIST_DCA", "LINGUIST_DCT", "PICKLISTS", "VERSION_2", "Dialect"]

_BASIC = "admin:source descrip:context descrip:definition ref:crossReference termNote:geographicalUsage termNote:termType \
transac:transactionType transacNote:responsibility admin:projectSubset xref:xGraphic termNote:grammaticalGender termNote:termLocation"
_MIN = "descrip:subjectField termNote:administrativeStatus termNote:partOfSpeech admin:customerSubset xref:externalCrossReference"
_LINGUIST = "admin:reading adminNote:readingNote termNote:register termNote:grammaticalNumber termNote:transferComment"


def _places(prefix: str, words: str) -> dict[str, tuple[str, str]]:
    """Return element in DCA style and prefix in DCT style of each category."""
    return {name: (element, prefix) for element, _, name in (word.partition(":") for word in words.split())}


_CATEGORIES = _places("min", _MIN) | _places("basic", _BASIC) | _places("ling", _LINGUIST)
_PREFIXES = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "ling": "http://www.tbxinfo.net/ns/linguist",
}
PICKLISTS = {
    "partOfSpeech": frozenset({"noun", "verb", "adjective", "adverb", "other"}),
    "termType": frozenset({"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}),
}

_HEAD_3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="{type}" style="{style}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"{spaces}>
<tbxHeader><fileDesc><titleStmt><title>termalign glossary</title></titleStmt>\
<sourceDesc><p>termalign {version}</p></sourceDesc></fileDesc></tbxHeader>
"""
_HEAD_2 = """<?xml version="1.0" encoding="UTF-8"?>
<martif type="{type}" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>termalign {version}</p></sourceDesc></fileDesc></martifHeader>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A dialect that can be written.

    Args:
        type: Its name, as the root element states it.
        style: ``dca`` (categories as attributes) or ``dct`` (as elements of their own).
        version: 3 (ISO 30042:2019) or 2 (ISO 30042:2008, ``martif``).
        has_readings: Whether it has the module Linguist, and so a category for readings.
    """

    type: str = "TBX-Basic"
    style: str = "dca"
    version: int = 3
    has_readings: bool = False

    @property
    def entry(self) -> str:
        """Name of the element of an entry."""
        return "conceptEntry" if self.version == 3 else "termEntry"  # noqa: PLR2004 - the version

    @property
    def language(self) -> str:
        """Name of the element of a language."""
        return "langSec" if self.version == 3 else "langSet"  # noqa: PLR2004 - the version

    @property
    def term(self) -> str:
        """Name of the element around a term."""
        return "termSec" if self.version == 3 else "tig"  # noqa: PLR2004 - the version

    @property
    def end(self) -> str:
        """The end tag of the root."""
        return "</tbx>\n" if self.version == 3 else "</martif>\n"  # noqa: PLR2004 - the version

    def head(self, program: str) -> str:
        """Return the file up to its text; ``program`` is the version of termalign."""
        used = [prefix for prefix in _PREFIXES if prefix != "ling" or self.has_readings] if self.style == "dct" else []
        spaces = "".join(f' xmlns:{prefix}="{_PREFIXES[prefix]}"' for prefix in used)
        head = _HEAD_3 if self.version == 3 else _HEAD_2  # noqa: PLR2004 - the version
        return head.format(type=self.type, style=self.style, spaces=spaces, version=program)

    def category(self, name: str, text: str, losses: Counter[str], *, target: str = "") -> str:
        """Write a data category.

        Args:
            name: Its name.
            text: Its value.
            losses: Counts characters that XML forbids.
            target: What it points to.

        Returns:
            One element.
        """
        element, prefix = _CATEGORIES[name]
        aim = f' target="{attribute(target)}"' if target else ""
        content = escape(clean(text, losses))
        if self.style == "dct":
            return f"<{prefix}:{name}{aim}>{content}</{prefix}:{name}>"
        return f'<{element} type="{name}"{aim}>{content}</{element}>'

    def described(self, name: str, text: str, source: str, losses: Counter[str]) -> str:
        """Write a definition or context with its source."""
        inside = self.category(name, text, losses)
        return f"<descripGrp>{inside}{self.category('source', source, losses) if source else ''}</descripGrp>"


BASIC_DCA = Dialect()
BASIC_DCT = Dialect(style="dct")
LINGUIST_DCA = Dialect(type="TBX-Linguist", has_readings=True)
LINGUIST_DCT = Dialect(type="TBX-Linguist", style="dct", has_readings=True)
VERSION_2 = Dialect(type="TBX", version=2)
