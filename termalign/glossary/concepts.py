"""Groups of designations in, concept entries out: preferred forms, closure, flags, verdicts, ids."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from termalign.glossary.kinds import kind_of
from termalign.glossary.policies import judge
from termalign.glossary.preference import by_preference
from termalign.glossary.witnesses import Witnesses
from termalign.languages.characters import is_acronym
from termalign.languages.fold import fold
from termalign.model import TAGS, Closure, Concept, ConceptStatus, Designation, short_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from termalign.glossary.cluster import Group
    from termalign.glossary.preference import Preferred
    from termalign.model import Candidate, Evidence, Form, Occurrence, Place

__all__ = ["concept_id", "concepts"]

DIGITS = 4
LIKENESS_OF_FORM = frozenset({"han", "reading"})
MIN_LIKENESS = 0.9  # likeness of form that counts as evidence of its own for closure


def concept_id(preferred: Iterable[Form]) -> str:
    """Return ``c-`` and a hash over the sorted (tag, folded preferred designation) of a concept."""
    return "c-" + short_hash(*(part for tag, text in sorted(preferred) for part in (tag, fold(text))))


def concepts(
    groups: Iterable[Group],
    *,
    candidates: Mapping[Form, Candidate],
    said_by: Callable[[Place | Occurrence], str],
    phrases: frozenset[tuple[Form, Form]] = frozenset(),
) -> tuple[Concept, ...]:
    """Make a concept entry of each group.

    Args:
        groups: Groups of designations.
        candidates: The candidates by form, for counts and signs.
        said_by: Returns the id of the document that says first what stands at a place.
        phrases: The two forms of links that may join clauses or free phrases.

    Returns:
        Entries in the order of their ids, each id once.
    """
    found: dict[str, Concept] = {}
    witnesses = Witnesses.of(candidates, said_by=said_by, phrases=phrases)
    for group in groups:
        _flag_rivals(group)
        _flag_pivot(group)
        concept = _concept(group, candidates, witnesses)
        found.setdefault(concept.id, concept)
    return tuple(found[key] for key in sorted(found))


def _flag_rivals(group: Group) -> None:
    """Flag a group whose authors give one thing two names in one language of which neither holds the other."""
    for tag in TAGS:
        names = {
            form: sorted({place.document for one in link.evidence for place in one.where})
            for link in group.links
            if link.has("gloss")
            for form in link.terms
            if form[0] == tag and not is_acronym(form[1])
        }
        for one, other in combinations(sorted(names), 2):
            if fold(one[1]) not in fold(other[1]) and fold(other[1]) not in fold(one[1]):
                text = (
                    f"two names in {tag}: {one[1]} ({', '.join(names[one])}) and {other[1]} ({', '.join(names[other])})"
                )
                if text not in group.flags:
                    group.flags.append(text)


def _flag_pivot(group: Group) -> None:
    """Flag a group whose Japanese and Chinese names have nothing in common but an English one, which may have two senses."""
    japanese, chinese = group.of("ja"), group.of("zh")
    if japanese and chinese and not any({form[0][:2] for form in link.terms} == {"ja", "zh"} for link in group.links):
        hubs = ", ".join(text for _, text in group.of("en"))
        group.flags.append(f"nothing but {hubs} joins {japanese[0][1]} and {chinese[0][1]}")


def _concept(group: Group, candidates: Mapping[Form, Candidate], witnesses: Witnesses) -> Concept:
    verdict = judge(group, witnesses=witnesses)
    vouched = verdict.forms if verdict else frozenset()
    terms: list[tuple[str, tuple[Designation, ...]]] = []
    for tag in map(str, TAGS):
        found = by_preference(tag, group, candidates=candidates, witnesses=witnesses, vouched=vouched)
        if found:
            terms.append((tag, tuple(_designation(one, candidates, one.form in vouched) for one in found)))
    evidence = _evidence(group)
    return Concept(
        id=concept_id((tag, found[0].text) for tag, found in terms),
        terms=tuple(terms),
        status=ConceptStatus.VERIFIED if verdict else ConceptStatus.PROPOSED,
        score=_score(group),
        closure=_closure(group),
        evidence=evidence,
        kind=kind_of(group.forms),
        verified_by=verdict.as_json() if verdict else None,
        flags=tuple(group.flags),
    )


def _score(group: Group) -> float:
    """Return the mean probability of the links of a group, the share of its linked pairs that is likely right; 0.0 without links."""
    return round(sum(link.score for link in group.links) / len(group.links), DIGITS) if group.links else 0.0


def _designation(one: Preferred, candidates: Mapping[Form, Candidate], vouched: bool) -> Designation:  # noqa: FBT001 - private
    candidate = candidates.get(one.form)
    return Designation(
        text=one.form[1],
        status=one.status,
        type="acronym" if is_acronym(one.form[1]) else "fullForm",
        verified=vouched,
        count=candidate.count if candidate else 0,
        extra=one.extra,
    )


def _evidence(group: Group) -> tuple[Evidence, ...]:
    """All evidence of a group, strongest first, each row once."""
    rows = {one.id: one for link in group.links for one in link.evidence}
    return tuple(sorted(rows.values(), key=lambda one: (-round(one.score, DIGITS), one.source, one.terms)))


def _closure(group: Group) -> Closure:
    """Count the pairs of languages with evidence of their own."""
    pairs: set[frozenset[str]] = set()
    for link in group.links:
        tags = frozenset(tag.partition("-")[0] for tag, _ in link.terms)
        for one in link.evidence:
            if one.source not in LIKENESS_OF_FORM or one.score >= MIN_LIKENESS:
                pairs.add(tags)
    return {3: Closure.FULL, 2: Closure.PIVOT}.get(len(pairs), Closure.SINGLE)
