"""TBX version 3 (ISO 30042:2019), dialect TBX-Basic in DCA style: verified concepts for translation tools.

What TBX-Basic has no data category for stands in notes of ours, ``x-reading: はんどうたい``, so that a file read back
holds the same; a note of anybody else has no such prefix. INTEROP.md section 3 lists the rules kept here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from termalign.formats.base import WriteReport
from termalign.formats.tags import chinese_script
from termalign.formats.tbx_read import TbxReader, read_tbx
from termalign.formats.xml import LIMITS, Limits, attribute, clean, escape
from termalign.model import VERSION, Closure, Concept, ConceptStatus, Designation, TermStatus, short_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["TBX", "Tbx"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><titleStmt><title>termalign glossary</title></titleStmt>\
<sourceDesc><p>termalign {version}</p></sourceDesc></fileDesc></tbxHeader>
"""
_PICKLISTS = {
    "partOfSpeech": frozenset({"noun", "verb", "adjective", "adverb", "other"}),
    "termType": frozenset({"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}),
}
_KEYS = {"partOfSpeech": "pos", "geographicalUsage": "region"}  # how our entries name the data categories
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")  # an XML id, kept to ASCII
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?")  # date and dateTime of XML Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Tbx:
    """Reader of TBX (version 3 in both styles, version 2) and writer of TBX-Basic.

    Args:
        with_proposed: Write proposed entries and designations too, without status and marked as such.
        with_quotes: Write a context with each designation where its evidence has one; clients' texts are confidential.
        status: Status of the entries of a file that does not say.
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        limits: What a file may ask for.
        suffixes: File name endings.
    """

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
            under ``losses`` entries and designations left out, and what TBX-Basic cannot hold.

        Source:
            ISO 30042:2019; TBX-Basic 1.2.1 (LTAC).
        """
        losses: Counter[str] = Counter()
        entries = [(concept, self._kept(concept, losses)) for concept in concepts]
        entries = [(concept, terms) for concept, terms in entries if terms]
        ids = _ids(concept for concept, _ in entries)
        file.write(_HEAD.format(version=VERSION).encode("utf-8"))
        file.write(b"<text>\n<body>\n" if entries else b"<text/>\n")
        for concept, terms in entries:
            lines = [*self._entry(concept, ids, losses), *self._languages(concept, terms, losses), "</conceptEntry>\n"]
            file.write("\n".join(lines).encode("utf-8"))
        file.write(b"</body>\n</text>\n</tbx>\n" if entries else b"</tbx>\n")
        return WriteReport.of(len(entries), losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read a termbase.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts designations in other languages, entries without any in ours, and contexts.

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

    def _entry(self, concept: Concept, ids: dict[str, str], losses: Counter[str]) -> Iterator[str]:
        """Yield the lines of an entry before its languages."""
        extra = dict(concept.extra)
        losses["evidence"] += len(concept.evidence)
        yield f'<conceptEntry id="{ids[concept.id]}">'
        if concept.subject:
            yield _element("descrip", concept.subject, losses, kind="subjectField")
        for relation in _dicts(extra.pop("relations", ())):
            target = ids.get(str(relation.get("id")))
            if target is None:
                losses["relation to an entry that is not in the file"] += 1
            else:
                yield _element("ref", str(relation.get("type", "")), losses, kind="crossReference", target=target)
        if concept.verified_by is not None:
            yield from _verdict(concept.verified_by, losses)
        notes = extra.pop("notes", ())
        for note in [notes] if isinstance(notes, str) else notes:
            yield _element("note", str(note), losses)
        losses["designation in another language"] += "terms" in extra
        ours: dict[str, Any] = {
            "id": concept.id if ids[concept.id] != concept.id else None,
            "status": concept.status.value if concept.status is not ConceptStatus.VERIFIED else None,
            "kind": concept.kind if concept.kind != "other" else None,
            "score": None if concept.score is None else round(concept.score, 4),
            "closure": concept.closure.value if concept.closure is not Closure.SINGLE else None,
            "flags": list(concept.flags) or None,
        }
        yield from _notes(ours | {key: extra[key] for key in extra if key not in {"terms", "definitions"}}, losses)

    def _languages(
        self, concept: Concept, terms: list[tuple[str, list[Designation]]], losses: Counter[str]
    ) -> Iterator[str]:
        """Yield the lines of the languages of an entry."""
        definitions = _mapping(dict(concept.extra).get("definitions"))
        losses["definition in a language without designations"] += len(definitions.keys() - dict(terms).keys())
        for tag, found in terms:
            yield f'<langSec xml:lang="{attribute(tag)}">'
            definition = _mapping(definitions.get(tag))
            if definition.get("text"):
                source = str(definition.get("source") or "")
                yield _described("definition", str(definition["text"]), source, losses)
            for one in found:
                yield from self._term(concept, tag, one, losses)
            yield "</langSec>"

    def _term(self, concept: Concept, tag: str, one: Designation, losses: Counter[str]) -> Iterator[str]:
        """Yield the lines of one designation."""
        extra = dict(one.extra)
        losses["count"] += one.count > 0
        yield "<termSec>"
        yield _element("term", one.text, losses)
        status = TermStatus.DEPRECATED if extra.get("forbidden") is True else one.status
        picked = {"partOfSpeech": extra.get("pos"), "termType": one.type, "geographicalUsage": extra.get("region")}
        if one.verified:
            yield _element("termNote", f"{status.value}Term-admn-sts", losses, kind="administrativeStatus")
        for category, value in picked.items():
            if isinstance(value, str) and value in _PICKLISTS.get(category, {value}):
                yield _element("termNote", value, losses, kind=category)
                extra.pop(_KEYS.get(category, ""), None)
        yield from self._context(concept, (tag, one.text), losses)
        ours = {
            "verified": None if one.verified else False,
            "status": None if one.verified and status is one.status else one.status.value,
            "type": None if one.type in _PICKLISTS["termType"] else one.type,
        }
        yield from _notes(ours | extra, losses)
        yield "</termSec>"

    def _context(self, concept: Concept, form: tuple[str, str], losses: Counter[str]) -> Iterator[str]:
        """Yield the first quote in the evidence of a designation, where quotes are asked for."""
        if self.with_quotes:
            places = (place for one in concept.evidence if form in one.terms for place in one.where if place.quote)
            for place in places:
                yield _described("context", place.quote, place.document, losses)
                return


def _ids(concepts: Iterable[Concept]) -> dict[str, str]:
    """Give every entry an XML id: its own where that can be one, else one made from it."""
    return {one.id: one.id if _ID.fullmatch(one.id) else f"c-{short_hash(one.id)}" for one in concepts}


def _element(name: str, text: str, losses: Counter[str], *, kind: str = "", target: str = "") -> str:
    """Return an element with text."""
    attributes = (f' type="{kind}"' if kind else "") + (f' target="{attribute(target)}"' if target else "")
    return f"<{name}{attributes}>{escape(clean(text, losses))}</{name}>"


def _described(category: str, text: str, source: str, losses: Counter[str]) -> str:
    """Return a definition or context with its source."""
    inside = _element("descrip", text, losses, kind=category)
    return f"<descripGrp>{inside}{_element('admin', source, losses, kind='source') if source else ''}</descripGrp>"


def _notes(values: dict[str, Any], losses: Counter[str]) -> Iterator[str]:
    """Yield our notes, one for each key that has a value."""
    for key, value in values.items():
        if value is not None:
            yield _element("note", f"x-{key}: {_note_value(value)}", losses)


def _note_value(value: object) -> str:
    """Return a value as text: a string as it is unless it would be read as JSON, anything else as JSON."""
    if isinstance(value, str):
        try:
            json.loads(value)
        except ValueError:
            return value
    return json.dumps(value, ensure_ascii=False)


def _verdict(verified_by: dict[str, Any], losses: Counter[str]) -> Iterator[str]:
    """Yield who vouches for the entry."""
    policy = f"policy {verified_by['policy']} {verified_by.get('version', 1)}" if "policy" in verified_by else ""
    who = policy or str(verified_by.get("by", ""))
    if not who:
        return
    moment = str(verified_by.get("at") or "")
    yield "<transacGrp>" + _element("transac", "origination", losses, kind="transactionType")
    if _is_moment(moment):
        yield _element("date", moment, losses)
    yield _element("transacNote", who, losses, kind="responsibility")
    yield from _notes({"verified": True} | {key: verified_by.get(key) for key in ("why", "ground", "because")}, losses)
    yield "</transacGrp>"


def _is_moment(text: str) -> bool:
    """Tell whether text is a date, or a date with a time, as XML Schema writes them."""
    try:
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _mapping(value: object) -> dict[str, Any]:
    """Return a JSON object, or an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects in a JSON list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list | tuple) else []


TBX = Tbx()
