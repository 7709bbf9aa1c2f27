"""Concept entries as JSON Lines: ``glossary.jsonl``, the one format that holds all of an entry.

Reading needs the standard library alone: ``termalign lookup`` answers in a moment.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from termalign.errors import DataError
from termalign.formats.base import WriteReport
from termalign.formats.faults import Faults
from termalign.formats.jsonl import Fields, Spot, a_list, a_string, dump_row, iter_rows, read_spans
from termalign.formats.tags import chinese_script, rank, read_tag
from termalign.model import TAGS, Closure, Concept, ConceptStatus, Designation, Evidence, Form, Place, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import StrEnum

__all__ = ["CONCEPTS_JSONL", "N_PLACES", "N_QUOTE", "ConceptsJsonl"]

N_PLACES = 3  # per piece of evidence; DESIGN.md section 4
N_QUOTE = 120  # characters of a quote; DESIGN.md section 4

OURS = frozenset(map(str, TAGS))

Choice = TypeVar("Choice", bound="StrEnum")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptsJsonl:
    """Reader and writer of concept entries.

    Args:
        n_places: How many places each piece of evidence keeps.
        n_quote: How many characters a quote keeps; 0 leaves quotes out (``--no-quotes``).
        script: Tells ``zh-Hans`` from ``zh-Hant`` by the text where a file says ``zh``.
        with_evidence: Whether evidence is read; an index of spellings has no use for it.
        tell_broken: Is told of each broken line, which is then passed over; ``None`` refuses the file.
        suffixes: File name endings.
    """

    n_places: int = N_PLACES
    n_quote: int = N_QUOTE
    script: Callable[[str], str] = chinese_script
    with_evidence: bool = True
    tell_broken: Callable[[DataError], None] | None = None
    suffixes: tuple[str, ...] = (".jsonl",)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> WriteReport:
        """Write entries, one a line, in the order given.

        Args:
            concepts: In any number.
            file: Where to; the caller opens and replaces it.

        Returns:
            How many lines there are; under ``losses`` places and quotes beyond the bounds of this format.

        Raises:
            DataError: A text holds half a surrogate pair.

        Source:
            DESIGN.md section 4.
        """
        losses: Counter[str] = Counter()
        n_written = 0
        for concept in concepts:
            for evidence in concept.evidence:
                losses[f"place of evidence beyond {self.n_places}"] += max(0, len(evidence.where) - self.n_places)
                kept = evidence.where[: self.n_places]
                losses[f"quote beyond {self.n_quote} characters"] += sum(
                    len(place.quote) > self.n_quote for place in kept
                )
            file.write(dump_row(concept.as_json(n_places=self.n_places, n_quote=self.n_quote)))
            n_written += 1
        return WriteReport.of(n_written, losses)

    def read(self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None) -> Iterator[Concept]:
        """Read entries.

        Args:
            file: The open file.
            name: Its name, in messages.
            losses: Counts designations that stand twice in one language of an entry.

        Yields:
            The entries in the order of the file. ``id`` and ``terms`` are required; a designation may be a plain
            string; keys that we do not know are kept, and so are designations in other languages.

        Raises:
            DataError: A fault, after what is sound: broken JSON, a missing key, a wrong tag, an id that stands twice.
            DataErrors: Several faults.

        Source:
            DESIGN.md section 4, CONTRACTS.md section 1.
        """
        for _, concept in self.read_lines(file, name=name, losses=losses):
            yield concept

    def read_lines(
        self, file: BinaryIO, *, name: str, losses: Counter[str] | None = None
    ) -> Iterator[tuple[int, Concept]]:
        """Read entries as :meth:`read` does, each with the 1-based number of its line."""
        losses = Counter() if losses is None else losses
        faults = Faults(name, tell=self.tell_broken)
        for fields in iter_rows(file, name=name, faults=faults):
            try:
                concept = self._concept(fields, losses)
            except DataError as fault:
                faults.add(fault)
                continue
            if faults.is_new(concept.id, fields.at("id")):
                yield fields.spot.line, concept
        faults.raise_all()

    def _concept(self, fields: Fields, losses: Counter[str]) -> Concept:
        """Read one entry."""
        concept_id = fields.text("id")
        terms, others = self._terms(fields, losses)
        verified_by = fields.raw("verified_by")
        return Concept(
            id=concept_id,
            terms=terms,
            status=_choice(fields, "status", ConceptStatus.PROPOSED),
            score=fields.share("score"),
            closure=_choice(fields, "closure", Closure.SINGLE),
            evidence=self._all_evidence(fields) if self.with_evidence else (),
            kind=fields.text("kind", "other"),
            subject=fields.text("subject", ""),
            verified_by=None
            if verified_by is None
            else dict(Fields(verified_by, fields.spot.key("verified_by")).extra()),
            flags=tuple(a_string(item, spot) for spot, item in fields.items("flags")),
            extra=(*((("terms", others),) if others else ()), *fields.extra()),
        )

    def _terms(
        self, fields: Fields, losses: Counter[str]
    ) -> tuple[tuple[tuple[str, tuple[Designation, ...]], ...], dict[str, Any]]:
        """Read the designations by language, and apart what is in other languages."""
        terms: dict[str, list[Designation]] = {}
        others: dict[str, Any] = {}
        for code, spot, value in fields.mapping("terms"):
            items = a_list([value] if isinstance(value, str) else value, spot)
            found = [self._designation(item, place) for place, item in items]
            tag = self._tag(code, found, spot)
            if tag is None:
                others[code] = value
                continue
            kept = terms.setdefault(tag, [])
            for designation in found:
                if kept and any(designation.text == known.text for known in kept):
                    losses[f"designation that stands twice in {tag}"] += 1
                else:
                    kept.append(designation)
            if len(kept) > 1 and sum(one.status is TermStatus.PREFERRED for one in kept) > 1:
                raise DataError("two preferred designations", spot.where(), "prefer one and admit the others")
        if not any(terms.values()) and not others:
            raise DataError("no designations", fields.at("terms"), "give at least one")
        return tuple((tag, tuple(terms[tag])) for tag in sorted(terms, key=rank) if terms[tag]), others

    def _tag(self, code: str, found: Iterable[Designation], spot: Spot) -> str | None:
        """Read the tag of some designations; what we write ourselves needs no second look."""
        if code in OURS:
            return code
        return read_tag(code, text="".join([one.text for one in found]), where=spot.where(), script=self.script)

    def _designation(self, value: object, spot: Spot) -> Designation:
        """Read one designation."""
        if isinstance(value, str) and (text := value.strip()):
            return Designation(text=text)
        fields = Fields({"text": value} if isinstance(value, str) else value, spot)
        return Designation(
            text=fields.text("text").strip(),
            status=_choice(fields, "status", TermStatus.ADMITTED),
            type=fields.text("type", "fullForm"),
            verified=fields.truth("verified"),
            count=fields.count("count", 0),
            extra=fields.extra(),
        )

    def _all_evidence(self, fields: Fields) -> tuple[Evidence, ...]:
        """Read all evidence of an entry."""
        return tuple([self.evidence(Fields(item, spot)) for spot, item in fields.items("evidence")])

    def evidence(self, fields: Fields) -> Evidence:
        """Read one piece of evidence; raise ``DataError`` for a fault in it."""
        score = fields.share("score")
        if score is None:
            raise DataError("missing", fields.at("score"), "write a number between 0 and 1")
        given_id = fields.text("id", "")
        forms = [self._form(item, spot) for spot, item in fields.items("terms")]
        if len(forms) != 2:  # noqa: PLR2004 - a link has two ends
            raise DataError(
                f"{len(forms)} designations instead of two", fields.at("terms"), "write [[tag, text], [tag, text]]"
            )
        evidence = Evidence(
            source=fields.text("source"),
            score=score,
            terms=(forms[0], forms[1]),
            where=tuple([_place(Fields(item, spot)) for spot, item in fields.items("where")]),
            n=fields.count("n", 1),
            detail=fields.text("detail", ""),
            extra=fields.extra(),
        )
        return replace(evidence, given_id=given_id) if given_id and given_id != evidence.id else evidence

    def _form(self, value: object, spot: Spot) -> Form:
        """Read language and text of a designation; another language keeps the tag of the file."""
        if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - tag and text
            raise DataError(f"{value!r} is no designation", spot.where(), "write [tag, text]")
        tag, text = a_string(value[0], spot), a_string(value[1], spot)
        return read_tag(tag, text=text, where=spot.where(), script=self.script) or tag, text


def _place(fields: Fields) -> Place:
    """Read one place of evidence."""
    spans = read_spans(fields)
    return Place(document=fields.text("document"), spans=spans, quote=fields.text("quote", ""), extra=fields.extra())


def _choice(fields: Fields, key: str, default: Choice) -> Choice:
    """Read one word out of a fixed set."""
    word = fields.text(key, default)
    try:
        return type(default)(word)
    except ValueError as exc:
        words = list(type(default))
        raise DataError(f"{key} {word!r}", fields.at(key), f"write {', '.join(words[:-1])} or {words[-1]}") from exc


CONCEPTS_JSONL = ConceptsJsonl()
