"""Concept entries written as TBX, in any dialect.

What the dialect has no data category for stands in notes of ours, ``x-reading: はんどうたい``, so that a file read back
holds the same; a note of anybody else has no such prefix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from termalign.formats.own_values import text_of
from termalign.formats.tbx_markup import PICKLISTS, Dialect
from termalign.formats.xml import attribute, clean, escape
from termalign.model import Closure, Concept, ConceptStatus, Designation, TermStatus, short_hash

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

__all__ = ["EntryWriter", "entry_ids"]

_KEYS = {"partOfSpeech": "pos", "geographicalUsage": "region"}  # how our entries name the data categories
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")  # an XML id, kept to ASCII
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?")  # date and dateTime of XML Schema
_WORD = re.compile(r"[A-Za-z_]+")  # keys that stand behind x- as they are
_FREE = ("customerSubset", "projectSubset", "source")  # data categories of entries and terms alike
_HTTP = re.compile(r"https?://[!-~]+")


def entry_ids(concepts: Iterable[Concept]) -> dict[str, str]:
    """Give every entry an XML id: its own where that can be one, else one made from it."""
    return {one.id: one.id if _ID.fullmatch(one.id) else f"c-{short_hash(one.id)}" for one in concepts}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWriter:
    """Writes entries.

    Args:
        dialect: The dialect.
        ids: XML ids of the entries of the file, by their own.
        with_quotes: Whether quotes of documents may be written.
        losses: Counts what the file cannot hold.
    """

    dialect: Dialect
    ids: dict[str, str]
    with_quotes: bool
    losses: Counter[str]

    def entry(self, concept: Concept, terms: list[tuple[str, list[Designation]]]) -> str:
        """Write an entry.

        Args:
            concept: The entry.
            terms: Its designations to write, by language.

        Returns:
            Its element, with a line end.
        """
        lines = [*self._concept(concept, terms)]
        for tag, found in terms:
            lines += self._language(concept, tag, found)
        return "\n".join([*lines, f"</{self.dialect.entry}>\n"])

    def _concept(self, concept: Concept, terms: list[tuple[str, list[Designation]]]) -> Iterator[str]:
        """Yield the lines of an entry before its languages."""
        extra, dialect, losses = dict(concept.extra), self.dialect, self.losses
        yield f'<{dialect.entry} id="{self.ids[concept.id]}">'
        if concept.subject:
            yield dialect.category("subjectField", concept.subject, losses)
        yield from self._relations(extra)
        link = extra.get("externalCrossReference")
        if isinstance(link, str) and _HTTP.fullmatch(link):
            yield dialect.category("externalCrossReference", "", losses, target=extra.pop("externalCrossReference"))
        if concept.verified_by is not None:
            yield from self._verdict(concept.verified_by)
        yield from self._free(extra)
        yield from self._plain_notes(extra.pop("notes", ()))
        self._split_definitions(extra, [tag for tag, _ in terms])
        ours: dict[str, Any] = {
            "id": concept.id if self.ids[concept.id] != concept.id else None,
            "status": concept.status.value if concept.status is not ConceptStatus.VERIFIED else None,
            "kind": concept.kind if concept.kind != "other" else None,
            "score": None if concept.score is None else round(concept.score, 4),
            "closure": concept.closure.value if concept.closure is not Closure.SINGLE else None,
            "flags": list(concept.flags) or None,
        }
        verdict = concept.verified_by
        if verdict is not None and concept.status is ConceptStatus.VERIFIED and not _is_plain_verdict(verdict):
            ours["verified_by"] = verdict
        yield from self._notes(ours | extra)
        for one in concept.evidence:
            losses["quote of evidence"] += 0 if self.with_quotes else sum(bool(place.quote) for place in one.where)
            yield from self._notes({"evidence": one.as_json(n_quote=None if self.with_quotes else 0)})

    def _relations(self, extra: dict[str, Any]) -> Iterator[str]:
        """Yield references to other entries; relations that a reference cannot hold stay among the notes."""
        relations = extra.get("relations", ())
        rows = [one for one in relations if isinstance(one, dict)] if isinstance(relations, list | tuple) else []
        lines, is_whole = [], len(rows) == len(relations) if isinstance(relations, list | tuple) else False
        for row in rows:
            aim, kind = row.get("id"), row.get("type")
            target = self.ids.get(aim) if isinstance(aim, str) else None
            if target is None:
                self.losses["relation to an entry that is not in the file, kept in a note"] += 1
            else:
                lines.append(self.dialect.category("crossReference", str(kind or ""), self.losses, target=target))
            is_whole = (
                is_whole and target == aim and isinstance(kind, str) and bool(kind) and len(row) == len(("id", "type"))
            )
        if is_whole:
            extra.pop("relations", None)
        yield from lines

    def _verdict(self, verified_by: dict[str, Any]) -> Iterator[str]:
        """Yield who vouches for the entry."""
        policy = f"policy {verified_by['policy']} {verified_by.get('version', 1)}" if "policy" in verified_by else ""
        who = policy or str(verified_by.get("by", ""))
        if not who:
            return
        moment = str(verified_by.get("at") or "")
        date = f"<date>{moment}</date>" if _is_moment(moment) else ""
        yield "<transacGrp>" + self.dialect.category("transactionType", "origination", self.losses) + date
        yield self.dialect.category("responsibility", who, self.losses)
        yield from self._notes({"verified": True} | {key: verified_by.get(key) for key in ("why", "ground", "because")})
        yield "</transacGrp>"

    def _split_definitions(self, extra: dict[str, Any], tags: list[str]) -> None:
        """Leave among the notes the definitions that no section of a language can hold."""
        definitions = extra.pop("definitions", None)
        if not isinstance(definitions, dict):
            extra |= {} if definitions is None else {"definitions": definitions}
            return
        rest = {tag: one for tag, one in definitions.items() if tag not in tags or not _is_definition(one)}
        extra |= {"definitions": rest} if rest else {}

    def _language(self, concept: Concept, tag: str, found: list[Designation]) -> Iterator[str]:
        """Yield the lines of one language of an entry."""
        yield f'<{self.dialect.language} xml:lang="{attribute(tag)}">'
        definitions = dict(concept.extra).get("definitions")
        definition = definitions.get(tag) if isinstance(definitions, dict) else None
        if isinstance(definition, dict) and _is_definition(definition):
            yield self.dialect.described("definition", definition["text"], definition.get("source", ""), self.losses)
        for one in found:
            yield from self._term(concept, tag, one)
        yield f"</{self.dialect.language}>"

    def _term(self, concept: Concept, tag: str, one: Designation) -> Iterator[str]:
        """Yield the lines of one designation."""
        extra, dialect, losses = dict(one.extra), self.dialect, self.losses
        yield f"<{dialect.term}>"
        yield f"<term>{escape(clean(one.text, losses))}</term>"
        status = TermStatus.DEPRECATED if extra.get("forbidden") is True else one.status
        picked = {"partOfSpeech": extra.get("pos"), "termType": one.type, "geographicalUsage": extra.get("region")}
        if one.verified:
            yield dialect.category("administrativeStatus", f"{status.value}Term-admn-sts", losses)
        for category, value in picked.items():
            if isinstance(value, str) and value and value in PICKLISTS.get(category, {value}):
                yield dialect.category(category, value, losses)
                extra.pop(_KEYS.get(category, ""), None)
        yield from self._contexts(concept, (tag, one.text), extra)
        reading = extra.get("reading")
        if dialect.has_readings and isinstance(reading, str) and reading.strip() == reading and reading:
            yield f"<adminGrp>{dialect.category('reading', extra.pop('reading'), losses)}</adminGrp>"
        yield from self._free(extra)
        yield from self._plain_notes(extra.pop("notes", ()))
        ours = {
            "verified": None if one.verified else False,
            "status": None if one.verified and status is one.status else one.status.value,
            "type": None if one.type in PICKLISTS["termType"] else one.type,
            "count": one.count or None,
        }
        yield from self._notes(ours | extra)
        yield f"</{dialect.term}>"

    def _contexts(self, concept: Concept, form: tuple[str, str], extra: dict[str, Any]) -> Iterator[str]:
        """Yield the contexts of a designation, and the first quote in its evidence, where quotes are asked for."""
        contexts = extra.pop("contexts", ())
        rows = [one for one in contexts if isinstance(one, dict)] if isinstance(contexts, list | tuple) else []
        if not self.with_quotes:
            self.losses["context, left out without --quotes"] += len(rows)
            return
        for row in rows:
            yield self.dialect.described("context", str(row.get("text", "")), str(row.get("source") or ""), self.losses)
        if rows:
            return
        for place in (place for one in concept.evidence if form in one.terms for place in one.where if place.quote):
            yield self.dialect.described("context", place.quote, place.document, self.losses)
            return

    def _free(self, extra: dict[str, Any]) -> Iterator[str]:
        """Yield categories of free text that came with a termbase and have no other name in ours."""
        for key in _FREE:
            value = extra.get(key)
            found = value if isinstance(value, list) and len(value) > 1 else [value]
            if all(isinstance(one, str) and one and one == one.strip() for one in found):
                extra.pop(key)
                for one in found:
                    yield self.dialect.category(key, str(one), self.losses)

    def _plain_notes(self, notes: object) -> Iterator[str]:
        """Yield notes of people."""
        for note in [notes] if isinstance(notes, str) else notes if isinstance(notes, list | tuple) else []:
            yield f"<note>{escape(clean(str(note), self.losses))}</note>"

    def _notes(self, values: dict[str, Any]) -> Iterator[str]:
        """Yield our notes, one for each key that has a value."""
        for key, value in values.items():
            if value is not None and _WORD.fullmatch(key) and key != "other":
                yield f"<note>{escape(clean(f'x-{key}: {text_of(value)}', self.losses))}</note>"
            elif value is not None:
                yield f"<note>{escape(clean(f'x-other: {text_of({key: value})}', self.losses))}</note>"


def _is_definition(value: object) -> bool:
    """Tell whether a definition is a text and perhaps its source, and nothing else."""
    if not isinstance(value, dict) or not value.keys() <= {"text", "source"}:
        return False
    return bool(value.get("text")) and all(
        isinstance(one, str) and one == one.strip() and one for one in value.values()
    )


def _is_plain_verdict(verdict: dict[str, Any]) -> bool:
    """Tell whether a transaction holds all that a verdict says."""
    if "policy" in verdict:
        words = verdict.keys() <= {"policy", "version", "because"} and "because" in verdict
        return (
            words
            and isinstance(verdict.get("version"), int)
            and re.fullmatch(r"\S+", str(verdict["policy"])) is not None
        )
    is_known = verdict.keys() <= {"by", "at", "why", "ground"} and all(
        isinstance(one, str) and one for one in verdict.values()
    )
    return is_known and bool(verdict.get("by")) and ("at" not in verdict or _is_moment(verdict["at"]))


def _is_moment(text: str) -> bool:
    """Tell whether text is a date, or a date with a time, as XML Schema writes them."""
    try:
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
