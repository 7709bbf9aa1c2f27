"""From analysed documents and aligned units to concepts: glosses, candidates, evidence, links, groups."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from termalign.alignment.links import link
from termalign.evidence import EVIDENCE, Ground
from termalign.evidence.boundaries import settle
from termalign.evidence.composition import Composition
from termalign.evidence.gloss import find_glosses
from termalign.glossary.cluster import MIN_LINK, cluster
from termalign.glossary.concepts import concepts
from termalign.glossary.policies import joins_compounds
from termalign.model import Abstained
from termalign.pipeline.memory import read_memory
from termalign.pipeline.memory_links import MIN_KEPT, left_alone, with_memory
from termalign.pipeline.phrases import phrases
from termalign.pipeline.places import placed
from termalign.pipeline.wording import noun_test, wording
from termalign.terms import Contrast, able_words, extract_candidates, key_of, rejoin, tidy, with_able_words
from termalign.terms.phrases import is_free_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from termalign.encoders import Vectors
    from termalign.evidence import Termbase
    from termalign.evidence.boundaries import SettledGloss
    from termalign.evidence.gloss import Gloss
    from termalign.glossary.cluster import Group
    from termalign.lexicon import Lexicon
    from termalign.model import (
        AnalysedDocument,
        Candidate,
        Concept,
        Evidence,
        Form,
        Link,
        Occurrence,
        Place,
        Sentence,
        Token,
        TranslationUnit,
    )
    from termalign.pipeline.given import Given
    from termalign.terms import Extraction

__all__ = ["Findings", "contradicted", "find_concepts", "glossed_names", "rejoined", "settled_glosses"]

MIN_WORDING = 0.9  # of the parts of two names of one language that are the same or synonymous: two wordings of one name
BY_SENSE = frozenset({"composition", "reading"})  # evidence that one of the senses of a word gives, whichever is meant
MIN_NESTED = 0.9  # belief from which a string that is a term only by its counterpart is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the documents say about terms.

    Args:
        concepts: Concept entries.
        evidence: The ledger: every piece of evidence for every link that was kept.
        abstained: Candidates left alone, with the reason.
        candidates: All candidates by form.
        notes: What a person should know: of which units no terms were sought in, and why.
    """

    concepts: tuple[Concept, ...]
    evidence: tuple[Evidence, ...]
    abstained: tuple[Abstained, ...]
    candidates: Mapping[Form, Candidate] = field(repr=False)
    notes: tuple[str, ...] = ()


def find_concepts(
    documents: Sequence[AnalysedDocument],
    units: Sequence[TranslationUnit],
    *,
    lexicon: Lexicon,
    said_by: Callable[[Place | Occurrence], str],
    vectors: Vectors | None = None,
    termbases: Mapping[str, Termbase] | None = None,
    given: Given | None = None,
    jobs: int = 1,
    tell: Callable[[str, int, int], None] | None = None,
) -> Findings:
    """Find the terms of all languages and group those that denote one concept.

    Args:
        documents: Analysed documents.
        units: Aligned segments of these documents.
        lexicon: Words and their translations.
        said_by: Returns the id of the document that says first what stands at a place; near-copies are one witness.
        vectors: An encoder of terms.
        termbases: Glossaries that the user trusts, by name.
        given: Units that came with the input.
        jobs: How many processes.
        tell: Told the stage, how many steps are done, and of how many.

    Returns:
        Concepts, evidence, and the candidates that were left alone. Every candidate is in a concept or left alone.
    """
    documents = rejoined(documents, lexicon)
    settled, contrast = settled_glosses(documents, lexicon=lexicon), Contrast(lexicon)
    extraction = extract_candidates(documents, names=glossed_names(settled), contrast=contrast)
    ground = replace(
        _ground(units, lexicon, settled, extraction),
        encoder=vectors,
        termbases=termbases or {},
        sentences=tuple(sentence for one in documents for sentence in one.sentences),
    )
    sources = [EVIDENCE.get(name)(ground) for name in EVIDENCE]
    links = _worth_following(link(sources, tell=tell), extraction, lexicon)
    other_senses = contradicted(links, ground)
    links = tuple(one for one in links if one.terms not in other_senses)
    texts = {str(one.document.id): one.document.text for one in documents}
    links = placed(links, ground.candidates, texts)
    memory = None
    general: dict[Form, str] = {}
    if given:
        memory = read_memory(given, jobs=jobs, tell=tell)
        ground, links, general = with_memory(ground, links, memory=memory, given=given, contrast=contrast, jobs=jobs)
    composition = next(source for source in sources if isinstance(source, Composition))
    groups, refused = cluster(
        links,
        abbreviations=_abbreviations(settled, ground),
        translates=lambda one, other: composition.cover(one, other).score >= MIN_WORDING,
        least=MIN_LINK if documents else MIN_KEPT,
    )
    return Findings(
        concepts=concepts(
            groups,
            candidates=ground.candidates,
            said_by=said_by,
            phrases=phrases(
                links, ground.candidates, texts, lexicon=lexicon, fragments=ground.fragments, memory=memory, given=given
            ),
        ),
        evidence=_ledger(links),
        abstained=(
            *_abstained(extraction, groups, links, refused, lexicon),
            *(left_alone(memory, groups, links, {**refused, **general}) if memory else ()),
        ),
        candidates=ground.candidates,
        notes=memory.notes if memory else (),
    )


def rejoined(documents: Iterable[AnalysedDocument], lexicon: Lexicon) -> list[AnalysedDocument]:
    """Put words together that a tokeniser cut: those that the lexicon knows, and Chinese words in 可."""
    joined = [
        _with_tokens(document, lambda one: rejoin(one.tokens, is_noun=noun_test(one.language, lexicon)))
        for document in documents
    ]
    words = able_words(sentence for document in joined for sentence in document.sentences)
    if not words:
        return joined
    return [
        _with_tokens(
            document, lambda one: with_able_words(one.tokens, words) if one.language.startswith("zh") else one.tokens
        )
        for document in joined
    ]


def _with_tokens(document: AnalysedDocument, tokens: Callable[[Sentence], tuple[Token, ...]]) -> AnalysedDocument:
    """Return a document whose sentences have other tokens."""
    return replace(document, sentences=tuple(replace(one, tokens=tokens(one)) for one in document.sentences))


def settled_glosses(documents: Iterable[AnalysedDocument], *, lexicon: Lexicon) -> tuple[SettledGloss, ...]:
    """Find the glosses of documents, and where the name before each bracket begins."""
    glosses = tuple(gloss for one in documents for sentence in one.sentences for gloss in find_glosses(sentence))
    return settle(glosses, lexicon=lexicon)


def glossed_names(settled: Iterable[SettledGloss]) -> Iterator[tuple[Sentence, str, int, int]]:
    """Yield both names of each gloss with their places."""
    for one in settled:
        yield one.gloss.sentence, one.gloss.language, one.start, one.gloss.end
        yield one.gloss.sentence, one.gloss.inner_language, *one.gloss.inner_span


def _ground(
    units: Sequence[TranslationUnit],
    lexicon: Lexicon,
    settled: tuple[SettledGloss, ...],
    extraction: Extraction,
) -> Ground:
    """Lay out what evidence may be found in."""
    candidates = {**extraction.nested, **extraction.candidates}
    by_key = {(form[0], candidate.folded): form for form, candidate in candidates.items()}

    @cache
    def canonical(form: Form) -> Form:
        text = tidy(form[1])
        return by_key.get((form[0], key_of(text, form[0])), (form[0], text))

    return Ground(
        candidates=candidates,
        lexicon=lexicon,
        words=wording(lexicon),
        canonical=canonical,
        glosses=settled,
        units=_units_with_forms(units, candidates),
        fragments=frozenset(extraction.nested),
    )


def _units_with_forms(
    units: Sequence[TranslationUnit], candidates: Mapping[Form, Candidate]
) -> tuple[tuple[TranslationUnit, frozenset[Form]], ...]:
    """Say for each unit which candidates stand in it."""
    places: defaultdict[str, list[tuple[int, int, Form]]] = defaultdict(list)
    for form, candidate in candidates.items():
        for occurrence in candidate.occurrences:
            if occurrence.spans:
                places[occurrence.document].append((occurrence.spans[0].start, occurrence.spans[-1].end, form))
    for rows in places.values():
        rows.sort()
    found = []
    for unit in units:
        forms: set[Form] = set()
        for segment in unit.segments:
            rows = places.get(segment.document, [])
            for span in segment.spans:
                at = bisect_right(rows, (span.start, -1, ("", "")))
                while at < len(rows) and rows[at][0] < span.end:
                    if rows[at][2][0] == segment.language:
                        forms.add(rows[at][2])
                    at += 1
        found.append((unit, frozenset(forms)))
    return tuple(found)


def _abbreviations(settled: Iterable[SettledGloss], ground: Ground) -> Iterator[tuple[Form, Form]]:
    """Yield full name and acronym of one language, as glossed: in English text, or two names in one bracket."""
    brackets: defaultdict[tuple[int, int], list[Gloss]] = defaultdict(list)
    for one in settled:
        gloss = one.gloss
        brackets[id(gloss.sentence), gloss.end].append(gloss)
        if gloss.language == gloss.inner_language == "en":
            yield ground.canonical(("en", one.outer)), ground.canonical(("en", gloss.inner))
    for group in brackets.values():
        names = [gloss for gloss in group if gloss.kind == "name" and gloss.inner_language == "en"]
        acronyms = [gloss for gloss in group if gloss.kind == "acronym"]
        if len(names) == 1 and len(acronyms) == 1:
            yield ground.canonical(("en", names[0].inner)), ground.canonical(("en", acronyms[0].inner))


def _is_general(form: Form, lexicon: Lexicon) -> bool:
    """Tell whether a term is a single word of everyday language: in the lexicon, and in no special field there."""
    senses = [sense for sense in lexicon.senses(form[1], form[0]) if sense.domain]  # dictionaries mostly state none
    return bool(senses) and all(sense.domain == "general" and not sense.part.startswith("places/") for sense in senses)


def _worth_following(links: Sequence[Link], extraction: Extraction, lexicon: Lexicon) -> tuple[Link, ...]:
    """Keep the links that join terms; a fragment is linked only where no term of its language is there to be linked."""
    served = {
        (form, other[0])
        for one in links
        if one.score >= MIN_LINK and not any(form in extraction.nested for form in one.terms)
        for form, other in (one.terms, one.terms[::-1])
    }

    def is_needed(one: Link) -> bool:
        return one.has("gloss", "acronym pivot") or not any(
            fragment in extraction.nested and (term, fragment[0]) in served
            for term, fragment in (one.terms, one.terms[::-1])
        )

    return tuple(one for one in links if is_needed(one) and _is_worth_linking(one, extraction, lexicon))


def contradicted(links: Iterable[Link], ground: Ground) -> frozenset[tuple[Form, Form]]:
    """Find the links that aligned sentences contradict: ゲート and 大门 stand in some, and never in the same.

    Args:
        links: The links.
        ground: Which candidates stand in which aligned sentences.

    Returns:
        The two ends of each. Only where lexicon or sound alone speak, and not for two compounds: a single word has several senses,
        and the lexicon knows them all.
    """
    met: defaultdict[tuple[Form, str], set[int]] = defaultdict(set)
    for number, (unit, forms) in enumerate(ground.units):
        languages = {segment.language for segment in unit.segments}
        for form in forms:
            for other in languages - {form[0]}:
                met[form, other].add(number)

    def is_apart(one: Link) -> bool:
        left, right = one.terms
        ours, theirs = met.get((left, right[0])), met.get((right, left[0]))
        return ours is not None and theirs is not None and ours.isdisjoint(theirs)

    return frozenset(
        one.terms
        for one in links
        if {row.source for row in one.evidence} <= BY_SENSE and not joins_compounds(one) and is_apart(one)
    )


def _is_worth_linking(one: Link, extraction: Extraction, lexicon: Lexicon) -> bool:
    """Tell whether a link joins terms: not two everyday words that only a dictionary joins, nor two fragments."""
    if one.has("gloss", "acronym pivot"):
        return True
    n_nested = sum(form in extraction.nested for form in one.terms)
    if n_nested and (
        n_nested > 1 or one.score < MIN_NESTED or any(is_free_phrase(text, tag) for tag, text in one.terms)
    ):
        return False  # 构建供应链 and building of supply chains confirm each other no more than two fragments do
    return not all(_is_general(form, lexicon) for form in one.terms)


def _ledger(links: Iterable[Link]) -> tuple[Evidence, ...]:
    """List the evidence of all links, each row once, by id."""
    rows = {one.id: one for found in links for one in found.evidence}
    return tuple(rows[key] for key in sorted(rows))


def _abstained(
    extraction: Extraction,
    groups: Sequence[Group],
    links: Sequence[Link],
    refused: Mapping[Form, str],
    lexicon: Lexicon,
) -> tuple[Abstained, ...]:
    """List the candidates that are in no concept, with the reason."""
    used = {form for group in groups for form in group.forms}
    linked = {form for one in links for form in one.terms}
    rows = []
    for form, candidate in extraction.candidates.items():
        if form in used:
            continue
        if form in refused:
            reason = refused[form]
        elif form in linked:
            reason = "evidence too weak"
        elif _is_general(form, lexicon):
            reason = "everyday word"
        else:
            reason = "hapax" if candidate.count == 1 else "no counterpart found"
        rows.append(Abstained(term=form[1], language=form[0], count=candidate.count, reason=reason))
    rows += [
        Abstained(term=form[1], language=form[0], count=candidate.count, reason="only inside a longer term")
        for form, candidate in extraction.nested.items()
        if form not in used and candidate.count > 1
    ]
    rows += [
        Abstained(term=form[1], language=form[0], count=count, reason="too general")
        for form, count in extraction.general.items()
        if form not in used
    ]
    return tuple(sorted(rows, key=lambda row: (row.language, -row.count, row.term)))
