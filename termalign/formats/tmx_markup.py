"""What TMX 1.4 says of a unit beside its texts: attributes, notes and properties as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from termalign.formats.own_values import text_of
from termalign.formats.tags import REGIONS, regions_in
from termalign.formats.tmx_units import OWN_PROPS, PREFIX
from termalign.formats.xml import attribute, clean, escape
from termalign.model import with_region

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

    from termalign.model import Segment, TranslationUnit

__all__ = ["KNOWN", "TmxMarkup", "notes_and_props"]

_DATE = re.compile(r"\d{8}T\d{6}Z")
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_TU = (
    "o-encoding", "datatype", "lastusagedate", "creationtool", "creationtoolversion", "creationdate", "creationid",
    "changedate", "segtype", "changeid", "o-tmf",
)  # fmt: skip
_TUV = tuple(name for name in ("usagecount", *_TU) if name != "segtype")
_SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
KNOWN = frozenset(
    {"notes", "props", "attributes", "usagecount", "sides", "header", REGIONS}
)  # keys that TMX has a place for
_NAMES = {key: kind for kind, key in OWN_PROPS.items()}
_MAX_KNOWN = 4096  # further keys with their values, remembered


class TmxMarkup:
    """Writes what stands around the texts of a unit.

    Args:
        codes: Language codes to write instead of tags.
        losses: Counts what the file cannot hold.
    """

    def __init__(self, codes: Mapping[str, str], losses: Counter[str]) -> None:
        self._codes, self._losses = codes, losses
        self._further: dict[tuple[tuple[str, Any], ...], str] = {}

    def sides(self, segments: Sequence[Segment], extra: tuple[tuple[str, Any], ...] = ()) -> str:
        """Write the sides of a unit.

        Args:
            segments: Of which the language and the document are written.
            extra: Further keys of the unit: what it says of its sides by language (notes, properties, attributes), regions.

        Returns:
            A pattern with a place ``%s`` for the text of each.
        """
        about = dict(extra).get("sides")
        known, regions = about if isinstance(about, dict) else {}, regions_in(extra)
        return "".join(
            self._tuv(segment, known.get(segment.language), regions.get(segment.language, "")) for segment in segments
        )

    def count_regions(self, extra: tuple[tuple[str, Any], ...]) -> None:
        """Count regions in the place of which the code of a tool is written."""
        for language, region in regions_in(extra).items():
            code = self._codes.get(language)
            self._losses["region of a language: the tool has a code of its own"] += code not in {
                None,
                with_region(language, region),
            }

    def _tuv(self, segment: Segment, about: Any, region: str) -> str:
        """Return a ``tuv`` with a place for its text."""
        about = about if isinstance(about, dict) else {}
        document = clean(segment.document, self._losses) if segment.document else ""
        place = f'<prop type="x-document">{escape(document)}</prop>' if document else ""
        code = self._codes.get(segment.language) or with_region(segment.language, region)
        attributes = self._attributes(about.get("attributes"), _TUV)
        info = notes_and_props(about, self._losses)
        head = f'<tuv xml:lang="{attribute(code)}"{attributes}>{info}{place}'
        return head.replace("%", "%%") + "<seg>%s</seg></tuv>\n"

    def head(self, unit: TranslationUnit, extra: dict[str, Any], segments: Sequence[Segment]) -> str:
        """Return what follows the name of a unit in its ``tu``: the end of the tag, notes and properties.

        Args:
            unit: The unit.
            extra: Its further keys; ours become properties with a prefix.
            segments: Those that are written.
        """
        sides = extra.get("sides")
        if isinstance(sides, dict):
            lost = sides.keys() - {segment.language for segment in segments}
            self._losses["note or property of a side that is not written"] += len(lost)
        stated = notes_and_props(extra, self._losses)
        begin = f"{self._attributes(extra.get('attributes'), _TU)}>\n" + (f"{stated}\n" if stated else "")
        return begin + "".join(self._lines(unit.extra))

    def further(self, extra: tuple[tuple[str, Any], ...]) -> str:
        """Return the properties of our own keys; the last some thousand are remembered, as units of one file share them.

        Args:
            extra: Further keys of a unit; the values of our own ones are strings without a character that XML forbids.
        """
        own = tuple([item for item in extra if item[0] not in KNOWN])
        found = self._further.get(own)
        if found is None:
            if len(self._further) > _MAX_KNOWN:
                self._further.clear()
            found = self._further[own] = "".join(self._lines(own))
        return found

    def _lines(self, extra: tuple[tuple[str, Any], ...]) -> Iterator[str]:
        """Yield a property for each of our own keys."""
        for key, value in extra:
            if key not in KNOWN:
                yield f"{_prop(_NAMES.get(key, PREFIX + key), text_of(value), self._losses)}\n"

    def own(self, method: str, score: float | None, bead: str) -> str:
        """Return the properties that every unit has: score, method and bead."""
        stated = "" if score is None else f'<prop type="x-score">{round(float(score), 4)}</prop>\n'
        bead = escape(clean(bead, self._losses))
        return f'{stated}<prop type="x-method">{method}</prop>\n<prop type="x-bead">{bead}</prop>\n'

    def _attributes(self, stated: Any, allowed: tuple[str, ...]) -> str:
        """Return the attributes that TMX gives the element, dates only in its form."""
        if not isinstance(stated, dict):
            return ""
        out = []
        for name in allowed:
            value = clean(str(stated.get(name, "")), self._losses)
            is_wrong = (name in _DATES and not _DATE.fullmatch(value)) or (name == "segtype" and value not in _SEGTYPES)
            if value and not is_wrong:
                out.append(f' {name}="{attribute(value)}"')
        self._losses["attribute that TMX has not, or not in this form"] += len(stated) - len(out)
        return "".join(out)


def notes_and_props(about: Mapping[str, Any], losses: Counter[str]) -> str:
    """Return the notes and foreign properties of a unit or a side."""
    notes, props = about.get("notes", ()), about.get("props", ())
    props = props if isinstance(props, list | tuple) else ()
    notes = [notes] if isinstance(notes, str) else notes if isinstance(notes, list | tuple) else ()
    lines = [f"<note>{escape(clean(str(note), losses))}</note>" for note in notes]
    pairs = [prop for prop in props if isinstance(prop, list | tuple) and len(prop) == 2]  # noqa: PLR2004
    lines += [_prop(str(kind), str(value), losses) for kind, value in pairs]
    return "".join(lines)


def _prop(kind: str, value: str, losses: Counter[str]) -> str:
    """Return one property."""
    return f'<prop type="{attribute(clean(kind, losses))}">{escape(clean(value, losses))}</prop>'
