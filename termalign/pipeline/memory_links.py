"""Links of a memory: the best counterparts, where they are read, and what is left alone.

The parts and characters of the terms decide between those that stand in the same units.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termalign.alignment.competing import compete
from termalign.alignment.counting import MIN_UNITS, log_likelihood
from termalign.evidence import in_order
from termalign.languages.characters import is_all_han
from termalign.model import Abstained, Evidence, Link, Place
from termalign.pipeline.memory import SPACED, commonest
from termalign.pipeline.weighing import scored_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np

    from termalign.alignment.competing import Node, Scored
    from termalign.evidence import Ground
    from termalign.glossary.cluster import Group
    from termalign.model import Form, TranslationUnit
    from termalign.pipeline.given import Given
    from termalign.pipeline.memory import Memory
    from termalign.terms import Contrast

__all__ = ["MIN_KEPT", "left_alone", "link_given", "with_memory"]

MIN_KEPT = 0.5  # probability from which a link is kept
N_PLACES = 2  # units that a link leads back to, each with both segments
MIN_PLACES = 2  # of evidence that looks at the terms only: where either stands
MIN_COMPOUND = 4  # Han characters of a form that is more than a word, mostly
N_QUOTE = 120  # code points


def link_given(memory: Memory, units: Given, ground: Ground, *, jobs: int = 1) -> tuple[Link, ...]:
    """Link the terms of a memory.

    Args:
        memory: What was counted.
        units: The units, for quotes.
        ground: Words and lexicon; its candidates are not asked for.
        jobs: How many processes weigh the pairs.

    Returns:
        At most one link per form and language, strongest first.

    Source:
        Melamed (2000), Models of translational equivalence among words, CL 26(2), for competitive linking.
    """
    pairs = list(scored_pairs(memory, ground, jobs=jobs))
    chosen = [(one, score) for one, score in compete(pairs) if score >= MIN_KEPT]
    return _links(chosen, memory, units)


def _links(chosen: Sequence[tuple[Scored, float]], memory: Memory, units: Given) -> tuple[Link, ...]:
    """Make links, each with the units that it leads back to."""
    shared = {one: memory.shared(one.left, one.right) for one, _ in chosen}
    wanted = sorted({number for found in shared.values() for number in _places(found)})
    held = dict(zip(wanted, units.of(memory.numbers[wanted].tolist()), strict=True)) if wanted else {}
    links = []
    for one, score in chosen:
        left, right = memory.forms[one.left[0]][one.left[1]], memory.forms[one.right[0]][one.right[1]]
        terms = in_order(left, right)
        found = shared[one]
        where = tuple(place for number in _places(found) for place in _quoted(held[number], one, memory=memory))
        counts = [int(memory.tables[side[0]].counts[side[1]]) for side in (one.left, one.right)]
        if terms[0] != left:
            counts.reverse()
        ratio = log_likelihood(len(found), counts[0], counts[1], len(memory.numbers))
        counted = Evidence(
            source="cooccurrence",
            score=one.strength,
            terms=terms,
            n=len(found),
            where=where,
            detail=f"{len(found)} of {counts[0]} and {counts[1]} units, log-likelihood ratio {ratio:.1f}",
        )
        by_form = [replace(evidence, where=where[:MIN_PLACES]) for evidence in one.forms]
        rows = sorted([counted, *by_form], key=lambda row: (-round(row.score, 4), row.source))
        links += [
            _renamed(Link(terms=terms, score=score, evidence=tuple(rows)), *names) for names in _scripts(one, memory)
        ]
    return tuple(sorted(links, key=lambda one: (-one.score, one.terms)))


def _scripts(one: Scored, memory: Memory) -> Iterator[tuple[Form, Form]]:
    """Yield a pair, and where its Chinese side is written in the other script as well, and not alike, the pair with that."""
    sides = [(side, memory.forms[side[0]][side[1]]) for side in (one.left, one.right)]
    yield sides[0][1], sides[1][1]
    for place, ((group, number), form) in enumerate(sides):
        if group == "zh":
            spellings = memory.tables[group].spellings[number]
            others = {known: n for known, n in spellings.items() if known[0] != form[0] and n >= MIN_UNITS}
            if others and commonest(others)[1] != form[1]:
                other = sides[1 - place][1]
                yield (commonest(others), other) if place == 0 else (other, commonest(others))


def _renamed(link: Link, left: Form, right: Form) -> Link:
    """Return a link as one between two spellings."""
    terms = in_order(left, right)
    if terms == link.terms:
        return link
    return replace(link, terms=terms, evidence=tuple(replace(row, terms=terms) for row in link.evidence))


def _places(found: np.ndarray) -> list[int]:
    """Choose the units that show a link best: the earliest."""
    return [int(number) for number in found[:N_PLACES]]


def _quoted(unit: TranslationUnit, one: Scored, *, memory: Memory) -> Iterator[Place]:
    """Yield the two segments of a unit that hold a pair, with the words around the terms."""
    for group, number in (one.left, one.right):
        spellings = [text for _, text in memory.tables[group].spellings[number]]
        for segment in unit.segments:
            if segment.language.partition("-")[0] == group:
                yield Place(
                    document=segment.document,
                    spans=(),
                    quote=_around(segment.text, spellings),
                    extra=(("unit", unit.name),),
                )


def _around(text: str, spellings: Iterable[str]) -> str:
    """Cut out what stands around the first of some spellings."""
    if len(text) <= N_QUOTE:
        return text
    at = next((at for one in sorted(spellings, key=len, reverse=True) if (at := text.find(one)) >= 0), 0)
    start = max(0, min(at - N_QUOTE // 3, len(text) - N_QUOTE))
    return text[start : start + N_QUOTE]


def _everyday(
    links: Iterable[Link], numbers: Mapping[Form, Node], memory: Memory, contrast: Contrast
) -> dict[Form, str]:
    """Find the forms of language at large that are linked with nothing but such, each with the reason why it is no term.

    問題 and problem; not where the memory has one of them far more often than other texts do, nor 課題 beside an unknown word.
    """
    reasons: dict[Form, str] = {}
    for form, (group, number) in numbers.items():
        table = memory.tables[group]
        count = int(table.counts[number])
        word = table.keys[number] if group == SPACED else form[1]
        reasons[form] = (
            ""
            if _is_compound(word)
            else contrast.why_general(word, form[0], count=count, share=count / max(table.n_words, 1))
        )
    special = {form for link in links if not all(reasons[one] for one in link.terms) for form in link.terms}
    return {form: reason for form, reason in reasons.items() if reason and form not in special}


def _is_compound(word: str) -> bool:
    """Tell whether a form is more than a word: 個人情報, personal information."""
    return " " in word or (len(word) >= MIN_COMPOUND and is_all_han(word))


def with_memory(
    ground: Ground, links: Sequence[Link], *, memory: Memory, given: Given, contrast: Contrast, jobs: int = 1
) -> tuple[Ground, tuple[Link, ...], dict[Form, str]]:
    """Put the links of a memory beside those of the documents.

    Args:
        ground: What the documents gave.
        links: Their links.
        memory: What was counted in the units that came with the input.
        given: These units.
        contrast: What is known of words outside the input.
        jobs: How many processes.

    Returns:
        The ground with the linked candidates of both, and the links of both, strongest first; a pair that both have is one link
        with the stronger belief and, per source, the stronger evidence. Then, for everyday words that are linked with nothing but
        everyday words, why they are no terms; their links are left out.
    """
    found = link_given(memory, given, ground, jobs=jobs)
    candidates = dict(ground.candidates)
    wanted = {form for link in found for form in link.terms}
    numbers = memory.numbers_of(wanted)
    general = _everyday(found, numbers, memory, contrast)
    found = tuple(link for link in found if general.keys().isdisjoint(link.terms))
    for form in sorted(wanted - general.keys()):
        new, known = memory.candidate(*numbers[form], form=form), candidates.get(form)
        candidates[form] = new if known is None else replace(known, seen=known.seen + new.seen)
    merged = {link.terms: link for link in links}
    for link in found:
        known_link = merged.get(link.terms)
        merged[link.terms] = link if known_link is None else _joined(known_link, link)
    ordered = sorted(merged.values(), key=lambda one: (-one.score, one.terms))
    return replace(ground, candidates=candidates), tuple(ordered), general


def _joined(one: Link, other: Link) -> Link:
    """Make one link of two for the same pair."""
    rows: dict[str, Evidence] = {}
    for row in (*one.evidence, *other.evidence):
        known = rows.get(row.source)
        if known is None or (round(row.score, 4), row.n) > (round(known.score, 4), known.n):
            rows[row.source] = row
    evidence = tuple(sorted(rows.values(), key=lambda row: (-round(row.score, 4), row.source)))
    return Link(terms=one.terms, score=max(one.score, other.score), evidence=evidence)


def left_alone(
    memory: Memory, groups: Iterable[Group], links: Iterable[Link], refused: Mapping[Form, str]
) -> Iterator[Abstained]:
    """Yield the noun groups of a memory that are in no concept, with the reason.

    Args:
        memory: What was counted.
        groups: The concepts.
        links: The links.
        refused: Why a form that has a link is in none.
    """
    used = {form for group in groups for form in group.forms}
    linked = {form for link in links for form in link.terms}
    for group, forms in memory.forms.items():
        met = _met(memory, group)
        table = memory.tables[group]
        for number, form in enumerate(forms):
            if form not in used and table.is_nominal[number]:
                reason = refused.get(form) or (
                    "evidence too weak" if form in linked or number in met else "no counterpart found"
                )
                yield Abstained(term=form[1], language=form[0], count=int(table.counts[number]), reason=reason)


def _met(memory: Memory, group: str) -> frozenset[int]:
    """Return the forms of a language that were weighed against one of another."""
    sides = [
        (pairs.left if one == group else pairs.right)
        for (one, other), pairs in memory.pairs.items()
        if group in {one, other}
    ]
    return frozenset(number for side in sides for number in side.tolist())
