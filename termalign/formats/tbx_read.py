"""TBX as tools write it: version 3 in DCA and DCT style, and version 2 (``martif``), into concept entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.concept_table import given_id, given_verdict
from termalign.formats.faults import Faults
from termalign.formats.lines import one_line
from termalign.formats.tags import rank, read_region, read_tag
from termalign.formats.tbx_aux import Aux, evidence_of, read_aux
from termalign.formats.tbx_min import MIN_ENTRY, MIN_ROOT, as_entry
from termalign.formats.validation.tags import tag_problem
from termalign.formats.xml import XML_LANG, Node, iter_nodes
from termalign.model import Closure, Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from termalign.formats.xml import Limits

__all__ = ["TbxReader", "read_tbx"]

_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
# The words of ISO 30042:2008 for what an authority says of a term; its others are no statuses.
_AUTHORIZED = frozenset({"preferredTerm", "admittedTerm", "deprecatedTerm", "supersededTerm"})
_EDITION = "urn:iso:std:iso:30042:ed-"  # with the edition: the namespace of version 3
# First letters of a status in the spellings of ISO 30042, TermWeb, memoQ and Weblate; anything else is admitted.
_STATUSES = {
    "preferred": TermStatus.PREFERRED,
    "deprecated": TermStatus.DEPRECATED,
    "forbidden": TermStatus.DEPRECATED,
    "notrecommended": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "superseded": TermStatus.SUPERSEDED,
}
_STANDARD = frozenset(f"{status.value}Term-admn-sts" for status in TermStatus)
_STATUS_WORDS = (*_STATUSES, "admitted")
_STATUS_NAMES = ("usageStatus", "termStatus", "Status", "status", "Usage status")  # categories of TBX v2 and MultiTerm
_KEYS = {"partOfSpeech": "pos", "geographicalUsage": "region"}  # data categories that our entries have other names for
_NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut"})
_REPAIRED = "repaired: "
_Terms = tuple[tuple[str, tuple[Designation, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxReader:
    """How a file is read.

    Args:
        file: Its name, in messages.
        status: Status of the entries where the file does not say.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where the file says ``zh``.
        limits: What the file may ask for.
        losses: Counts what is left out and what is repaired.
    """

    file: str
    status: ConceptStatus
    script: Callable[[str], str]
    limits: Limits
    losses: Counter[str]

    def where(self, node: Node) -> Where:
        """Return the place of an element."""
        return Where(file=self.file, line=node.line, path=node.name)

    def repaired(self, what: str) -> None:
        """Count a repair."""
        self.losses[_REPAIRED + what] += 1


@dataclass(slots=True)
class _Found:
    """What the languages of one entry hold."""

    terms: dict[str, dict[str, Designation]] = field(default_factory=dict)
    definitions: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def define(self, tag: str, text: str, source: str) -> bool:
        """Keep a definition, unless the language has one; tell whether it was kept."""
        if tag in self.definitions:
            return False
        self.definitions[tag] = {"text": text} | ({"source": source} if source else {})
        return True


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
    faults, language = Faults(reader.file), ""
    roots, wanted = ("tbx", "martif", MIN_ROOT), (*_ENTRIES, MIN_ENTRY)
    for found in iter_nodes(file, name=reader.file, roots=roots, wanted=wanted, limits=reader.limits):
        node = as_entry(found) if found.name == MIN_ENTRY else found
        if node.name not in _ENTRIES:
            language = node.attributes.get(XML_LANG) or node.attributes.get("lang", "")
            if node.namespace.startswith(_EDITION) and node.namespace != f"{_EDITION}2":
                problem = f"TBX of the edition {node.namespace.removeprefix(_EDITION)!r} of ISO 30042"
                raise DataError(problem, reader.where(node), "export it as TBX version 3 (ed-2) or 2 (martif)")
            if node.name == "martif":
                reader.repaired("martif, TBX version 2")
            elif node.name == MIN_ROOT:
                reader.repaired("TBX-Min of 2014")
            continue  # the root
        try:
            concept = _concept(node, reader, language)
        except DataError as fault:
            faults.add(fault)
            continue
        if concept is None:
            reader.losses["entry in other languages"] += 1
        elif faults.is_new(concept.id, reader.where(node)):
            yield concept
    faults.raise_all()


def _concept(entry: Node, reader: TbxReader, language: str) -> Concept | None:
    """Read one entry; ``None`` where it has no designation in our languages."""
    aux = _said(entry, reader)
    ours = aux.ours
    status = _word(ours.pop("status", ""), reader.status)
    found = _Found()
    for section in entry.elements(*_LANGUAGES):
        _language(section, reader, found, verified=status is ConceptStatus.VERIFIED)
    if not found.terms:
        return None
    _place_descriptions(aux, reader, found, default=language)
    terms = tuple((tag, tuple(found.terms[tag].values())) for tag in sorted(found.terms, key=rank))
    own_id = entry.attributes.get("id", "") or given_id((tag, one.text) for tag, all_ in terms for one in all_)
    score = ours.pop("score", None)
    is_score = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
    told = ours.pop("verified_by", None)
    verdict = told if isinstance(told, dict) else aux.verified_by or given_verdict()
    flags = ours.pop("flags", ())
    evidence = evidence_of(aux, reader.where(entry))
    terms = _without_quotes(terms, {place.quote for one in evidence for place in one.where})
    more = {"definitions": found.definitions | _mapping(ours.pop("definitions", {}))}
    return Concept(
        id=str(ours.pop("id", own_id)),
        terms=terms,
        status=status,
        score=float(score) if is_score and score is not None else None,
        closure=_word(ours.pop("closure", ""), Closure.SINGLE),
        evidence=evidence,
        kind=str(ours.pop("kind", "other")),
        flags=tuple(map(str, flags)) if isinstance(flags, list | tuple) else (),
        subject=aux.pick("subjectField"),
        verified_by=verdict if status is ConceptStatus.VERIFIED else None,
        extra=_extra(aux, notes=found.notes, relations=aux.relations, **more),
    )


def _without_quotes(terms: _Terms, quotes: set[str]) -> _Terms:
    """Leave out contexts that are quotes of the entry's own evidence: there they are already."""
    if not quotes:
        return terms
    kept = []
    for tag, found in terms:
        changed = []
        for one in found:
            extra = dict(one.extra)
            if "contexts" in extra:
                contexts = [context for context in extra.pop("contexts") if context["text"] not in quotes]
                extra |= {"contexts": contexts} if contexts else {}
            changed.append(replace(one, extra=tuple(extra.items())))
        kept.append((tag, tuple(changed)))
    return tuple(kept)


def _place_descriptions(aux: Aux, reader: TbxReader, found: _Found, *, default: str) -> None:
    """Give the definitions that stand at an entry to a language: theirs, or that of the file."""
    for one in aux.descriptions:
        code = one.language or default
        tag = None
        if one.category == "definition" and code:
            tag = read_tag(code, text=one.text, where=Where(file=reader.file), script=reader.script)
        if tag is not None and found.define(tag, one.text, one.source):
            reader.repaired(f"{one.category} of an entry, given to {tag}")
        else:
            reader.repaired(f"{one.category} of an entry, kept as a note")
            found.notes.append(one.text)


def _language(section: Node, reader: TbxReader, found: _Found, *, verified: bool) -> None:
    """Read the designations of one language; two sections of one language are put together."""
    code = section.attributes.get(XML_LANG) or section.attributes.get("lang", "")
    if not code:
        raise DataError(f"a {section.name} without xml:lang", reader.where(section), "name its language")
    aux, tags = _said(section, reader), []
    for node in section.elements(*_TERMS):
        text = one_line(_term(node, reader))
        tag = read_tag(code, text=text, where=reader.where(section), script=reader.script)
        if tag is None:
            reader.losses[f"designation in {code}"] += 1
            continue
        tags.append(tag)
        term = _designation(node, text, reader, found, tag=tag, verified=verified)
        region = read_region(code)
        if region and not any(key == "region" for key, _ in term.extra):
            term = replace(term, extra=(*term.extra, ("region", region)))
        _add(found, tag, term, reader)
    if tags:
        problem = tag_problem(code)
        if problem:
            reader.repaired(f"language code {code!r}, read as {tags[0]}")
        if tags[0] in found.seen:
            reader.repaired(f"second section for {tags[0]}, put together")
        found.seen.update(tags)
        for one in aux.descriptions:
            if one.category != "definition" or not found.define(tags[0], one.text, one.source):
                reader.repaired(f"{one.category} of a language, kept as a note")
                found.notes.append(one.text)
        found.notes += aux.notes
        for category, value in [*aux.values.items(), *(("crossReference", one["id"]) for one in aux.relations)]:
            reader.repaired(f"{category} of a language, kept as a note")
            found.notes.append(f"{category}: {value}" if isinstance(value, str) else f"{category}: {', '.join(value)}")


def _said(node: Node, reader: TbxReader) -> Aux:
    """Gather what an element says, and count what of it is left out."""
    aux = read_aux(node)
    if aux.n_transactions:
        reader.losses["transaction (who changed it, and when), left out"] += aux.n_transactions
    return aux


def _stated_status(aux: Aux, reader: TbxReader) -> str:
    """Take the status of a term out of what it says, also where a tool has another name for that category."""
    values = aux.values.get("administrativeStatus")
    if isinstance(values, list):
        reader.losses["further status of a designation"] += len(values) - 1
    stated = aux.pick("administrativeStatus")
    for name in _STATUS_NAMES if not stated else ():
        value = aux.values.get(name)
        if isinstance(value, str) and _letters(value).startswith(_STATUS_WORDS):
            reader.repaired(f"{name}, read as administrativeStatus")
            return aux.pick(name)
    return stated


def _letters(said: str) -> str:
    """Return the letters of a word, small."""
    return re.sub("[^a-z]", "", said.lower())


def _add(found: _Found, tag: str, one: Designation, reader: TbxReader) -> None:
    """Put a designation to its language, where it stands once and one is preferred."""
    known = found.terms.setdefault(tag, {})
    if one.text in known:
        reader.losses[f"designation that stands twice in {tag}"] += 1
        return
    if one.status is TermStatus.PREFERRED and any(other.status is one.status for other in known.values()):
        reader.losses[f"second preferred designation in {tag}, admitted"] += 1
        one = replace(one, status=TermStatus.ADMITTED)
    known[one.text] = one


def _term(node: Node, reader: TbxReader) -> str:
    """Return the text of the term in a ``termSec``, ``tig`` or ``ntig``."""
    if node.name == "ntig":
        reader.repaired("ntig, read as tig")
    term = node.child("term")
    group = node.child("termGrp")
    if term is None and group is not None:
        term = group.child("term")
    if term is None or not _without_codes(term).strip():
        raise DataError(f"a {node.name} without term", reader.where(node), "write the term, or remove the element")
    if any(term.elements(*_NATIVE)):
        reader.repaired("native code inside a term, left out")
    return _without_codes(term)


def _without_codes(node: Node) -> str:
    """Return the text of a term without native codes of the document that it was taken from."""
    parts = (part if isinstance(part, str) else _without_codes(part) for part in node.parts if _is_text(part))
    return "".join(parts)


def _is_text(part: str | Node) -> bool:
    """Tell whether a part of a term is text of it."""
    return isinstance(part, str) or part.name not in _NATIVE


def _designation(node: Node, text: str, reader: TbxReader, found: _Found, *, tag: str, verified: bool) -> Designation:
    """Read one designation."""
    aux = _said(node, reader)
    stated = _stated_status(aux, reader)
    status = _status(stated)
    if stated and stated not in _STANDARD:
        reader.repaired(f"status {stated!r}, read as {status.value}")
    authorized = "" if stated else str(aux.values.get("normativeAuthorization", ""))
    if authorized in _AUTHORIZED:
        status = _status(aux.pick("normativeAuthorization"))
        reader.repaired(f"normativeAuthorization {authorized!r}, read as {status.value}")
    status = _word(aux.ours.pop("status", ""), status)
    is_verified = aux.ours.pop("verified", verified)
    needed = aux.pick("Translation needed")
    contexts = []
    for one in aux.descriptions:
        if one.category == "context":
            contexts.append({"text": one.text} | ({"source": one.source} if one.source else {}))
        elif found.define(tag, one.text, one.source):
            reader.repaired("definition of a term, given to its language")
        else:
            reader.repaired("definition of a term, kept as a note")
            aux.notes.append(one.text)
    count = aux.ours.pop("count", 0)
    return Designation(
        text=text,
        status=status,
        type=str(aux.ours.pop("type", aux.pick("termType") or "fullForm")),
        verified=verified and is_verified is not False,
        count=count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 0,
        extra=_extra(aux, notes=[], doNotTranslate=needed.lower() == "no", contexts=contexts, relations=aux.relations),
    )


def _status(said: str) -> TermStatus:
    """Understand a status in any spelling."""
    letters = _letters(said)
    return next((one for start, one in _STATUSES.items() if letters.startswith(start)), TermStatus.ADMITTED)


def _extra(aux: Aux, *, notes: list[str], **more: Any) -> tuple[tuple[str, Any], ...]:
    """Return what has no field of its own, under the names of DESIGN.md section 4."""
    named = {_KEYS.get(category, category): value for category, value in aux.values.items()}
    other = aux.ours.pop("other", {})
    rows = named | {key: value for key, value in more.items() if value} | aux.ours | _mapping(other)
    all_notes = [*aux.notes, *notes]
    return tuple((rows | ({"notes": all_notes} if all_notes else {})).items())


def _mapping(value: object) -> dict[str, Any]:
    """Return a JSON object, or an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def _word(word: object, default: Any) -> Any:
    """Return a word of the same fixed set as the default, or the default where it is none of them."""
    words = {choice.value: choice for choice in type(default)}
    return words.get(word, default) if isinstance(word, str) else default
