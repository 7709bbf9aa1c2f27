"""The glossary module of XLIFF 2: pairs of terms inside a file of units.

A file of ours has a unit for each concept, its preferred pair as the segment, so that a tool which passes the module over
still reads the pairs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.base import WriteReport
from termalign.formats.concept_table import count_losses
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.losses import Losses
from termalign.formats.pairs import (
    choose_pair,
    codes_of_concepts,
    count_concept_regions,
    iter_pairs,
    languages_of,
    listed_concept,
)
from termalign.formats.tags import chinese_script, read_region, read_tag
from termalign.formats.xml import LIMITS, Limits, Node, attribute, clean, escape, iter_nodes
from termalign.model import Concept, ConceptStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from termalign.formats.pairs import Pair

__all__ = ["XLIFF_GLOSSARY", "XliffGlossary"]

_GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" srcLang="{source}" trgLang="{target}" xmlns="urn:oasis:names:tc:xliff:document:2.0" \
xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0">
<file id="f1">
"""
_EMPTY = '<unit id="u0"><segment><source/></segment></unit>\n'  # a file has one unit at least
_TAIL = "</file>\n</xliff>\n"
_CONCEPT = "x-concept"  # the metadata that bears the id of a concept


@dataclass(frozen=True, slots=True, kw_only=True)
class XliffGlossary:
    """Reader and writer of the glossary module of XLIFF 2.0 and 2.1.

    Args:
        languages: The two tags to write, the language translated from first; empty: the two that the concepts have most.
        codes: Language codes to write instead of our tags.
        status: Status of the entries that are read: the module has no field for it.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.
        is_bilingual: A file holds two languages.
    """

    languages: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    status: ConceptStatus = ConceptStatus.VERIFIED
    script: Callable[[str], str] = chinese_script
    limits: Limits = LIMITS
    suffixes: tuple[str, ...] = (".gls.xlf",)
    is_bilingual: bool = True

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write a glossary of two languages.

        Args:
            concepts: In the order to write; all are held at once.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many ``glossEntry`` there are, one for each source designation with all its translations; under ``losses``
            designations not in use, other languages, and what the module has no field for.

        Source:
            XLIFF 2.1 (OASIS, 2018) section 5.2, INTEROP.md section 7.
        """
        losses = Losses()
        held = list(concepts)
        pair = choose_pair(languages_of(held), self.languages)
        codes = codes_of_concepts(held, pair, dict(self.codes), {})
        source, target = (attribute(codes[tag]) for tag in pair)
        file.write(_HEAD.format(source=source, target=target).encode("utf-8"))
        n_written = number = 0
        for _, group in groupby(iter_pairs(held, pair, losses), key=lambda row: row.concept.id):
            rows, number = list(group), number + 1
            n_entries = len({row.source.text for row in rows})
            _count(rows[0].concept, pair, losses)
            count_concept_regions(rows[0].concept, codes, losses)
            file.write(_unit(rows, number, first=n_written + 1, pair=pair, losses=losses).encode("utf-8"))
            n_written += n_entries
        file.write(((_EMPTY if not number else "") + _TAIL).encode("utf-8"))
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read the glossaries in a file of XLIFF 2.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts entries in other languages and references to spans that their unit has not.

        Yields:
            One concept for each ``glossEntry``; entries that name one concept are one, the first forms preferred. The
            definition belongs to the language translated from.

        Raises:
            DataError: Not XLIFF 2, or an entry without term, or with neither translation nor definition.
            DataErrors: Several faults.

        Source:
            XLIFF 2.1 (OASIS, 2018) section 5.2, INTEROP.md section 7.
        """
        losses = Counter() if losses is None else losses
        faults = Faults(name)
        gathered = _Gathered(name, ("", ""), self.script, losses)
        nodes = iter_nodes(
            file, name=name, roots=("xliff",), wanted=("unit",), shells=("file", "group"), limits=self.limits
        )
        for node in nodes:
            if node.name == "xliff":
                gathered = _Gathered(name, _pair(node, name), self.script, losses)
                continue
            for gloss in _entries(node):
                try:
                    gathered.take(gloss, node)
                except DataError as exc:
                    faults.add(exc)
        yield from (entry.concept(self.status, gathered.regions) for entry in gathered.entries.values())
        faults.raise_all()


class _Gathered:
    """The entries of a file, gathered into concepts."""

    def __init__(self, name: str, pair: tuple[str, str], script: Callable[[str], str], losses: Counter[str]) -> None:
        self._name, self._pair, self._script, self._losses = name, pair, script, losses
        self.entries: dict[str, _Entry] = {}
        self.regions: dict[str, str] = {}

    def take(self, gloss: Node, unit: Node) -> None:
        """Take one entry in."""
        where = Where(file=self._name, line=gloss.line, path="glossEntry")
        term = gloss.child("term")
        source = one_line(term.text()) if term is not None else ""
        targets = [text for text in (one_line(one.text()) for one in gloss.elements("translation")) if text]
        definition = gloss.child("definition")
        meaning = one_line(definition.text()) if definition is not None else ""
        if not source or not (targets or meaning):
            problem = "a glossEntry without " + ("a translation or a definition" if source else "a term")
            raise DataError(problem, where, "write it, or remove the entry")
        said = [one.attributes.get("source", "") for one in gloss.elements("term", "translation")]
        self._losses["source of a term or translation"] += sum(map(bool, said))
        ref = gloss.attributes.get("ref", "")
        self._losses["reference of an entry to a span that its unit has not"] += bool(ref) and not _has_span(unit, ref)
        forms = []
        for code, texts in zip(self._pair, ([source], targets), strict=True):
            for text in texts:
                tag = read_tag(code, text=text, where=where, script=self._script)
                if tag is None:
                    self._losses[f"entry in {code}"] += 1
                    return
                self.regions[tag] = read_region(code)
                forms.append((tag, text))
        name = _concept_id(gloss)
        entry = self.entries.setdefault(name or f"\t{source}", _Entry(name))
        for tag, text in forms:
            known = entry.forms.setdefault(tag, [])
            known += [] if text in known else [text]
        if meaning and definition is not None:
            stated = definition.attributes.get("source", "")
            entry.definitions.setdefault(forms[0][0], {"text": meaning} | ({"source": stated} if stated else {}))


@dataclass(slots=True)
class _Entry:
    """Entries of one concept, gathered."""

    id: str
    forms: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)

    def concept(self, status: ConceptStatus, regions: Mapping[str, str]) -> Concept:
        """Make the concept."""
        return listed_concept(
            self.id,
            self.forms,
            status=status,
            extra=(("definitions", self.definitions),) if self.definitions else (),
            regions=regions,
        )


def _unit(rows: Sequence[Pair], number: int, *, first: int, pair: tuple[str, str], losses: Losses) -> str:
    """Return the unit of one concept."""
    concept = rows[0].concept
    name = f'<mda:meta type="{_CONCEPT}">{escape(clean(concept.id, losses))}</mda:meta>'
    metadata = f"<mda:metadata><mda:metaGroup>{name}</mda:metaGroup></mda:metadata>"
    definition = _definition(concept, pair[0], losses)
    entries: list[str] = []
    for source, group in groupby(rows, key=lambda row: row.source.text):
        translations = "".join(
            f"<gls:translation>{escape(clean(row.target.text, losses))}</gls:translation>" for row in group
        )
        term = f"<gls:term>{escape(clean(source, losses))}</gls:term>"
        entries.append(
            f'<gls:glossEntry id="g{first + len(entries)}">{term}{translations}{definition}{metadata}</gls:glossEntry>\n'
        )
    source, target = (escape(clean(one.text, losses)) for one in (rows[0].source, rows[0].target))
    segment = f'<segment state="final"><source>{source}</source><target>{target}</target></segment>'
    return f'<unit id="u{number}">\n<gls:glossary>\n{"".join(entries)}</gls:glossary>\n{segment}\n</unit>\n'


def _definition(concept: Concept, tag: str, losses: Losses) -> str:
    """Return the definition in one language; empty where there is none."""
    found = dict(concept.extra).get("definitions")
    entry = found.get(tag) if isinstance(found, dict) else None
    entry = entry if isinstance(entry, dict) else {"text": entry}
    text = clean(str(entry.get("text") or ""), losses)
    said = clean(str(entry.get("source") or ""), losses)
    stated = f' source="{attribute(said)}"' if said else ""
    return f"<gls:definition{stated}>{escape(text)}</gls:definition>" if text else ""


def _count(concept: Concept, pair: tuple[str, str], losses: Losses) -> None:
    """Count what the module cannot hold of a concept."""
    count_losses(concept, {"terms", "definitions", "region"}, losses)
    found = dict(concept.extra).get("definitions")
    others = [tag for tag in found if tag != pair[0]] if isinstance(found, dict) else []
    losses["definition in another language than the one translated from"] += len(others)


def _pair(root: Node, name: str) -> tuple[str, str]:
    """Return the languages that the root states."""
    where = Where(file=name, line=root.line, path="xliff")
    if not root.attributes.get("version", "").startswith("2."):
        fix = "only XLIFF 2 has glossaries; import it as .xlf"
        raise DataError(f"XLIFF version {root.attributes.get('version', '')!r}", where, fix)
    source, target = (root.attributes.get(key, "") for key in ("srcLang", "trgLang"))
    if not source or not target:
        raise DataError(f"no {'target' if source else 'source'} language", where, "name it in the root")
    return source, target


def _entries(unit: Node) -> Iterator[Node]:
    """Yield the entries of a unit's glossary."""
    for glossary in unit.elements("glossary"):
        if glossary.namespace in {_GLOSSARY, ""}:
            yield from glossary.elements("glossEntry")


def _has_span(unit: Node, ref: str) -> bool:
    """Tell whether a unit has what an entry refers to: ``#m1`` of its source, ``#t=m1`` of its target."""
    name = ref.rpartition("#")[2].removeprefix("t=")
    ids = set()
    stack = list(unit.elements("segment", "ignorable"))
    while stack:
        node = stack.pop()
        ids.add(node.attributes.get("id", ""))
        stack.extend(node.elements())
    return name in ids


def _concept_id(gloss: Node) -> str:
    """Return the id of the concept in the metadata of an entry; empty where there is none."""
    stack = list(gloss.elements("metadata"))
    while stack:
        node = stack.pop()
        if node.name == "meta" and node.attributes.get("type") == _CONCEPT:
            return one_line(node.text())
        stack.extend(node.elements())
    return ""


XLIFF_GLOSSARY = XliffGlossary()
