"""TBX as tools write it: version 3 in DCA and DCT style, and version 2 (``martif``), into concept entries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.concept_table import given_id, given_verdict
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.tags import rank, read_tag
from termalign.formats.xml import XML_LANG, Node, iter_nodes
from termalign.model import Closure, Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from termalign.formats.xml import Limits

__all__ = ["TbxReader", "read_tbx"]

_NAMESPACES = ("urn:iso:std:iso:30042:ed-2", "")  # elsewhere an element is named by its data category (DCT)
_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GROUPS = ("descripGrp", "adminGrp", "termGrp", "termNoteGrp")
_OUR_NOTE = re.compile(r"x-([A-Za-z_]+): (.+)")
_POLICY = re.compile(r"policy (\S+) (\d+)")

# First letters of a status in the spellings of ISO 30042, TermWeb, memoQ and Weblate; anything else is admitted.
_STATUSES = {
    "preferred": TermStatus.PREFERRED,
    "deprecated": TermStatus.DEPRECATED,
    "forbidden": TermStatus.DEPRECATED,
    "notrecommended": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "superseded": TermStatus.SUPERSEDED,
}
_KEYS = {"partOfSpeech": "pos", "geographicalUsage": "region"}  # data categories that our entries have other names for


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxReader:
    """How a file is read.

    Args:
        file: Its name, in messages.
        status: Status of the entries where the file does not say.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where the file says ``zh``.
        limits: What the file may ask for.
        losses: Counts designations in other languages, entries without any in ours, and contexts.
    """

    file: str
    status: ConceptStatus
    script: Callable[[str], str]
    limits: Limits
    losses: Counter[str]

    def where(self, node: Node) -> Where:
        """Return the place of an element."""
        return Where(file=self.file, line=node.line, path=node.name)


@dataclass(slots=True)
class _Aux:
    """What an element says beside its structure: data categories, our own notes, other notes, a verdict."""

    values: dict[str, Any] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    relations: list[dict[str, str]] = field(default_factory=list)
    verified_by: dict[str, Any] | None = None

    def keep(self, category: str, text: str) -> None:
        """Keep the value of a data category; further ones make a list."""
        known = self.values.setdefault(category, text)
        if isinstance(known, list):
            known.append(text)
        elif known is not text:
            self.values[category] = [known, text]

    def pick(self, category: str) -> str:
        """Take a value out, the first of several; empty where there is none."""
        value = self.values.pop(category, "")
        return str(value[0]) if isinstance(value, list) else str(value)


def read_tbx(file: BinaryIO, reader: TbxReader) -> Iterator[Concept]:
    """Read a termbase.

    Args:
        file: The open file.
        reader: How to read it.

    Yields:
        The entries in the order of the file.

    Raises:
        DataError: Not TBX, or a fault in it, after what is sound.
        DataErrors: Several faults.

    Source:
        ISO 30042:2019 and ISO 30042:2008; INTEROP.md sections 3 and 4.
    """
    faults = Faults(reader.file)
    for node in iter_nodes(file, name=reader.file, roots=("tbx", "martif"), wanted=_ENTRIES, limits=reader.limits):
        if node.name not in _ENTRIES:
            continue  # the root
        try:
            concept = _concept(node, reader)
        except DataError as fault:
            faults.add(fault)
            continue
        if concept is None:
            reader.losses["entry in other languages"] += 1
        elif faults.is_new(concept.id, reader.where(node)):
            yield concept
    faults.raise_all()


def _concept(entry: Node, reader: TbxReader) -> Concept | None:
    """Read one entry; ``None`` where it has no designation in our languages."""
    aux = _aux(entry)
    ours = aux.ours
    status = _word(ours.pop("status", ""), reader.status)
    terms: dict[str, dict[str, Designation]] = {}
    definitions: dict[str, dict[str, str]] = {}
    for section in entry.elements(*_LANGUAGES):
        _language(section, reader, terms=terms, definitions=definitions, verified=status is ConceptStatus.VERIFIED)
    if not terms:
        return None
    found = tuple((tag, tuple(terms[tag].values())) for tag in sorted(terms, key=rank))
    own_id = entry.attributes.get("id", "") or given_id((tag, one.text) for tag, all_ in found for one in all_)
    score = ours.pop("score", None)
    is_score = isinstance(score, int | float) and 0 <= score <= 1
    verdict = aux.verified_by or given_verdict()
    return Concept(
        id=str(ours.pop("id", own_id)),
        terms=found,
        status=status,
        score=float(score) if is_score else None,
        closure=_word(ours.pop("closure", ""), Closure.SINGLE),
        kind=str(ours.pop("kind", "other")),
        flags=tuple(map(str, ours.pop("flags", ()))),
        subject=aux.pick("subjectField"),
        verified_by=verdict if status is ConceptStatus.VERIFIED else None,
        extra=_extra(aux, definitions=definitions, relations=aux.relations),
    )


def _language(
    section: Node,
    reader: TbxReader,
    *,
    terms: dict[str, dict[str, Designation]],
    definitions: dict[str, dict[str, str]],
    verified: bool,
) -> None:
    """Read the designations of one language into ``terms``; two sections of one language are put together."""
    code = section.attributes.get(XML_LANG) or section.attributes.get("lang", "")
    if not code:
        raise DataError(f"a {section.name} without xml:lang", reader.where(section), "name its language")
    tag = ""
    for node in section.elements(*_TERMS):
        text = one_line(_term(node, reader))
        found_tag = read_tag(code, text=text, where=reader.where(section), script=reader.script)
        if found_tag is None:
            reader.losses[f"designation in {code}"] += 1
            continue
        tag = found_tag
        known = terms.setdefault(tag, {})
        one = _designation(node, text, reader, verified=verified)
        if one.status is TermStatus.PREFERRED and any(other.status is one.status for other in known.values()):
            reader.losses[f"second preferred designation in {tag}, admitted"] += 1
            one = replace(one, status=TermStatus.ADMITTED)
        known.setdefault(text, one)
    definition = _definition(section)
    if tag and definition:
        definitions.setdefault(tag, definition)


def _term(node: Node, reader: TbxReader) -> str:
    """Return the text of the term in a ``termSec``, ``tig`` or ``ntig``."""
    term = node.child("term")
    group = node.child("termGrp")
    if term is None and group is not None:
        term = group.child("term")
    if term is None or not term.text().strip():
        raise DataError(f"a {node.name} without term", reader.where(node), "write the term, or remove the element")
    return term.text()


def _designation(node: Node, text: str, reader: TbxReader, *, verified: bool) -> Designation:
    """Read one designation."""
    aux = _aux(node)
    said = re.sub("[^a-z]", "", aux.pick("administrativeStatus").lower())
    stated = next((one for start, one in _STATUSES.items() if said.startswith(start)), TermStatus.ADMITTED)
    own = _word(aux.ours.pop("status", ""), stated)
    is_verified = aux.ours.pop("verified", verified)
    if aux.pick("context"):
        reader.losses["context"] += 1
    return Designation(
        text=text,
        status=own,
        type=str(aux.ours.pop("type", aux.pick("termType") or "fullForm")),
        verified=verified and is_verified is not False,
        extra=_extra(aux),
    )


def _extra(aux: _Aux, **more: Any) -> tuple[tuple[str, Any], ...]:
    """Return what has no field of its own, under the names of DESIGN.md section 4."""
    named = {_KEYS.get(category, category): value for category, value in aux.values.items()}
    rows = named | aux.ours | {key: value for key, value in more.items() if value}
    return tuple((rows | ({"notes": aux.notes} if aux.notes else {})).items())


def _aux(node: Node) -> _Aux:
    """Gather what an element says beside its structure."""
    aux = _Aux()
    for part in _leaves(node):
        category = part.attributes.get("type", part.name) if part.namespace in _NAMESPACES else part.name
        text = one_line(part.text())
        ours = _OUR_NOTE.fullmatch(text) if category == "note" else None
        if part.name == "transacGrp":
            aux.verified_by = aux.verified_by or _verdict(part)
        elif ours:
            aux.ours[ours[1]] = _value(ours[2])
        elif category == "note" and text:
            aux.notes.append(text)
        elif category == "crossReference":
            aux.relations.append({"type": text, "id": part.attributes.get("target", "")})
        elif category in {"externalCrossReference", "xGraphic"}:
            aux.keep(category, part.attributes.get("target", "") or text)
        elif text and category not in {"definition", "source"}:
            aux.keep(category, text)
    return aux


def _leaves(node: Node) -> Iterator[Node]:
    """Yield the elements that say something, those inside groups too."""
    for part in node.elements():
        if part.name in _GROUPS:
            yield from _leaves(part)
        elif part.name not in {*_LANGUAGES, *_TERMS, "term", "termCompList"}:
            yield part


def _definition(section: Node) -> dict[str, str]:
    """Return the definition of a language section with its source; empty where there is none."""
    for group in (section, *section.elements("descripGrp")):
        found = {part.attributes.get("type", part.name): one_line(part.text()) for part in group.elements()}
        if found.get("definition"):
            return {"text": found["definition"]} | ({"source": found["source"]} if found.get("source") else {})
    return {}


def _verdict(group: Node) -> dict[str, Any] | None:
    """Read who vouches for an entry out of a transaction of ours; ``None`` for one that says something else."""
    ours: dict[str, Any] = {}
    who = when = ""
    for part in group.elements():
        text = one_line(part.text())
        note = _OUR_NOTE.fullmatch(text)
        if note:
            ours[note[1]] = _value(note[2])
        elif part.name == "date":
            when = text
        elif "responsibility" in (part.attributes.get("type"), part.name):
            who = text
    if not ours.pop("verified", False):
        return None
    policy = _POLICY.fullmatch(who)
    stated = (
        {"policy": policy[1], "version": int(policy[2])} if policy else {"by": who} | ({"at": when} if when else {})
    )
    return stated | ours


def _word(word: object, default: Any) -> Any:
    """Return a word of the same fixed set as the default, or the default where it is none of them."""
    words = {choice.value: choice for choice in type(default)}
    return words.get(word, default) if isinstance(word, str) else default


def _value(text: str) -> object:
    """Return the value of one of our notes: JSON where it is, else a string."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value
