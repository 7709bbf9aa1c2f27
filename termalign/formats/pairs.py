"""What formats of two languages share: which two, which designations stand against each other, and the comment beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termalign.formats.concept_table import given_id, given_verdict
from termalign.formats.lines import one_cell
from termalign.formats.tags import rank, regions_in
from termalign.model import Concept, ConceptStatus, Designation, TermStatus, with_region

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from termalign.formats.losses import Losses
    from termalign.model import Segment, TranslationUnit

__all__ = [
    "IN_USE",
    "Pair",
    "choose_pair",
    "codes_of_concepts",
    "codes_of_units",
    "comment_of",
    "count_comment",
    "count_concept_regions",
    "count_regions",
    "iter_pairs",
    "languages_of",
    "listed_concept",
    "sides",
]

IN_USE = (TermStatus.PREFERRED, TermStatus.ADMITTED)
ORDER = (*IN_USE, TermStatus.SUPERSEDED, TermStatus.DEPRECATED)
DEFAULT_PAIR = ("ja", "en")  # of a file without a word in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A designation and what it is translated by.

    Args:
        concept: What both stand for.
        source: In the language translated from.
        target: In the language translated to.
    """

    concept: Concept
    source: Designation
    target: Designation


def choose_pair(found: Iterable[str], languages: Sequence[str]) -> tuple[str, str]:
    """Choose the two languages of a file that holds two.

    Args:
        found: The language of each thing to write.
        languages: The two asked for, the one translated from first; empty where nobody asked.

    Returns:
        What was asked for, else the two that are met most, in the order of :data:`termalign.model.TAGS`.
    """
    if languages:
        return languages[0], languages[1]
    counts = Counter(found)
    most = sorted(counts, key=lambda tag: (-counts[tag], rank(tag)))[:2]
    most += [tag for tag in DEFAULT_PAIR if tag not in most][: 2 - len(most)]
    first, second = sorted(most, key=rank)
    return first, second


def codes_of_units(units: Sequence[TranslationUnit], tags: Sequence[str], codes: Mapping[str, str]) -> dict[str, str]:
    """Choose the language codes of a file of units that has one for each language.

    Args:
        units: All that it holds.
        tags: Its languages.
        codes: Codes of a tool, which come first.

    Returns:
        The code of each language: with the region that all units state for it.
    """
    written = {}
    for tag in tags:
        sides_of_it = (unit for unit in units if unit.segment(tag) is not None)
        stated = {regions_in(unit.extra).get(tag, "") for unit in sides_of_it}
        written[tag] = codes.get(tag) or with_region(tag, _agreed(stated))
    return written


def count_regions(unit: TranslationUnit, written: Mapping[str, str], losses: Losses) -> None:
    """Count the regions of a unit that the codes of its file do not bear.

    Args:
        unit: The unit.
        written: The codes, as :func:`codes_of_units` gave them.
        losses: Takes the count.
    """
    for tag, region in regions_in(unit.extra).items():
        is_lost = tag in written and written[tag] != with_region(tag, region)
        losses["region of a language: the file has one code for each"] += is_lost


def codes_of_concepts(
    concepts: Iterable[Concept], pair: tuple[str, str], codes: Mapping[str, str], usual: Mapping[str, str]
) -> dict[str, str]:
    """Choose the language codes of a file of concepts that has one for each side.

    Args:
        concepts: All that it holds.
        pair: Its two languages.
        codes: Codes of a tool, which come first.
        usual: Codes of languages whose designations state no region, or not the same one.

    Returns:
        The code of each language: with the region that all designations state for it.
    """
    stated: dict[str, set[str]] = {tag: set() for tag in pair}
    for concept in concepts:
        for tag in pair:
            stated[tag].update(str(dict(one.extra).get("region", "")) for one in concept.designations(tag))
    regions = {tag: _agreed(found) for tag, found in stated.items()}
    return {
        tag: codes.get(tag) or (with_region(tag, region) if region else usual.get(tag, tag))
        for tag, region in regions.items()
    }


def count_concept_regions(concept: Concept, written: Mapping[str, str], losses: Losses) -> None:
    """Count the regions of designations that the codes of their file do not bear.

    Args:
        concept: The entry.
        written: The codes, as :func:`codes_of_concepts` gave them.
        losses: Takes the count.
    """
    for tag, code in written.items():
        for one in concept.designations(tag):
            region = str(dict(one.extra).get("region", ""))
            if region and code != with_region(tag, region):
                losses.note("region of a designation: the file has one code for each language", one.text)


def _agreed(stated: Collection[str]) -> str:
    """Return the one region that is stated; empty where there are several, or none."""
    return next(iter(stated)) if len(stated) == 1 else ""


def languages_of(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield the language of each set of designations."""
    return (tag for concept in concepts for tag, found in concept.terms if found)


def sides(unit: TranslationUnit, pair: tuple[str, str], losses: Losses) -> tuple[Segment, Segment] | None:
    """Return the two sides of a unit that a file of two languages holds.

    Args:
        unit: The unit.
        pair: The two languages, the one translated from first.
        losses: Counts the sides in other languages, and units that lack one of the two.

    Returns:
        Source and target; ``None`` for a unit without both.
    """
    for segment in unit.segments:
        if segment.language not in pair:
            losses.note(f"segment in {segment.language}, skipped: the file holds {' and '.join(pair)}", segment.text)
    source, target = (unit.segment(tag) for tag in pair)
    if source is None or target is None or not source.text.strip() or not target.text.strip():
        losses["unit without two sides"] += 1
        return None
    return source, target


def iter_pairs(
    concepts: Iterable[Concept], pair: tuple[str, str], losses: Losses, *, statuses: Sequence[TermStatus] = IN_USE
) -> Iterator[Pair]:
    """Put every designation in one language against every one in the other.

    Args:
        concepts: In the order to write.
        pair: The two languages, the one translated from first.
        losses: Counts what has no place: other languages, concepts that lack a side, designations of another status.
        statuses: Statuses of the designations to write.

    Yields:
        Pairs, preferred designations first.
    """
    for concept in concepts:
        for tag, found in concept.terms:
            if tag not in pair:
                for one in found:
                    losses.note(f"{tag} designation skipped: the file holds {' and '.join(pair)}", one.text)
        left, right = (_fit(concept, tag, losses, statuses) for tag in pair)
        if not left or not right:
            known = next((one.text for tag in pair for one in concept.designations(tag)), concept.id)
            losses.note(f"concept skipped: no designation in {pair[1] if left else pair[0]}", known)
            continue
        for source in left:
            for target in right:
                yield Pair(concept=concept, source=source, target=target)


def _fit(concept: Concept, tag: str, losses: Losses, statuses: Sequence[TermStatus]) -> list[Designation]:
    """Return the designations in one language that may be written, the best status first."""
    fit = []
    for one in sorted(concept.designations(tag), key=lambda one: ORDER.index(one.status)):
        if one.status in statuses and one_cell(one.text):
            fit.append(one)
        else:
            losses.note(f"{one.status.value} designation skipped", one.text)
    return fit


def comment_of(concept: Concept, tags: tuple[str, str]) -> str:
    """Put what a format of pairs has no column for into its comment.

    Args:
        concept: The entry.
        tags: The languages of the file.

    Returns:
        Subject, definitions and notes, on one line; empty where there is nothing to say.
    """
    return one_cell("; ".join(text for _, texts in _remarks(concept, tags) for text in texts))


def count_comment(concept: Concept, tags: tuple[str, str], losses: Losses) -> None:
    """Count what :func:`comment_of` moves into the comment, once for each entry however many rows it has.

    Args:
        concept: The entry.
        tags: The languages of the file.
        losses: Takes the counts.
    """
    for what, texts in _remarks(concept, tags):
        losses[f"{what} moved to the comment"] += len(texts)
    found = dict(concept.extra).get("definitions")
    held = found if isinstance(found, dict) else {}
    losses["definition in a third language"] += sum(tag not in tags for tag in held)
    losses["source of a definition"] += sum(
        isinstance(entry, dict) and bool(entry.get("source")) for tag, entry in held.items() if tag in tags
    )


def _remarks(concept: Concept, tags: tuple[str, str]) -> list[tuple[str, list[str]]]:
    """Return what goes into the comment, by kind."""
    extra = dict(concept.extra)
    definitions = [_definition(extra.get("definitions"), tag) for tag in tags]
    notes = extra.get("notes") or ()
    texts = [notes] if isinstance(notes, str) else [note for note in notes if isinstance(note, str)]
    return [
        ("subject", [f"[{concept.subject}]"] if concept.subject else []),
        ("definition", list(filter(None, definitions))),
        ("note", texts),
    ]


def _definition(definitions: Any, tag: str) -> str:
    """Return the definition in a language; empty where there is none."""
    entry = definitions.get(tag) if isinstance(definitions, dict) else None
    text = entry.get("text") if isinstance(entry, dict) else entry
    return one_cell(text) if isinstance(text, str) else ""


def listed_concept(
    given: str,
    forms: Mapping[str, Sequence[str]],
    *,
    status: ConceptStatus,
    extra: tuple[tuple[str, Any], ...],
    regions: Mapping[str, str] | None = None,
) -> Concept:
    """Make an entry of designations that a list gives without any status.

    Args:
        given: Its id; empty where the list has none.
        forms: The texts of each language, the preferred one first.
        status: Of the entry.
        extra: Further keys.
        regions: Regions in which the languages are written.

    Returns:
        The entry; the first designation of a language is preferred, the others are admitted.
    """
    is_verified = status is ConceptStatus.VERIFIED
    known = {tag: (("region", region),) for tag, region in (regions or {}).items() if region}
    terms = tuple(
        (
            tag,
            tuple(
                Designation(text=text, status=IN_USE[min(number, 1)], verified=is_verified, extra=known.get(tag, ()))
                for number, text in enumerate(forms[tag])
            ),
        )
        for tag in sorted(forms, key=rank)
    )
    return Concept(
        id=given or given_id((tag, text) for tag, texts in forms.items() for text in texts),
        terms=terms,
        status=status,
        verified_by=given_verdict() if is_verified else None,
        extra=extra,
    )
