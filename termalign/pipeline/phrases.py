"""Which links join phrases and no terms: asked only of those that a policy could verify by their parts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from termalign.glossary.policies import joins_compounds
from termalign.terms.phrases import is_free_phrase, leaning, may_begin_clause, may_have_subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from termalign.lexicon import Lexicon
    from termalign.model import Candidate, Form, Link
    from termalign.pipeline.given import Given
    from termalign.pipeline.memory import Memory

__all__ = ["phrases"]

JAPANESE = "ja"
N_PLACES = 6  # that are looked at for each name, from documents, and as many from a memory


def phrases(
    links: Sequence[Link],
    candidates: Mapping[Form, Candidate],
    texts: Mapping[str, str],
    *,
    lexicon: Lexicon,
    fragments: AbstractSet[Form] = frozenset(),
    memory: Memory | None = None,
    given: Given | None = None,
) -> frozenset[tuple[Form, Form]]:
    """Find the links that join phrases.

    Args:
        links: The links.
        candidates: The candidates, for their places.
        texts: Text of each document, by its id.
        lexicon: Words with their parts of speech.
        fragments: Strings of documents that are seen to be no terms by themselves; a Chinese one that begins with a verb reads as a
            clause at its places.
        memory: What was counted in units that came with the input.
        given: These units.

    Returns:
        The two names of each link that parts alone could verify and of which one is a free phrase (値のリスト) and nothing marks it
        as a name, or both may be clauses, so far as what stands around them tells: 更新Q# / Update Q#, but not 输出窗口 / output window.
    """

    def is_verb(word: str, language: str) -> bool:
        return any(sense.pos == "v" for sense in lexicon.senses(word, language))

    settled = [one for one in links if joins_compounds(one)]
    free = {
        one.terms
        for one in settled
        if any(is_free_phrase(text, tag) and not candidates[tag, text].signs for tag, text in one.terms)
    }
    beside_japanese = {form for one in settled if one.terms not in free and _is_japanese(one) for form in one.terms}
    rest = [
        one.terms
        for one in settled
        if one.terms not in free and not _is_japanese(one) and beside_japanese.isdisjoint(one.terms)
    ]
    doubtful = sorted({form for terms in rest for form in terms})
    leanings = {form: _in_documents(form, candidates[form], texts) for form in doubtful}
    if memory and given:
        for form, total in _in_memory(doubtful, memory, given):
            leanings[form] += total

    clauses = {terms for terms in rest if _are_clauses(terms, leanings, is_verb, fragments)}
    return frozenset(free | clauses)


def _is_japanese(link: Link) -> bool:
    """Tell whether one name of a link is Japanese: a clause would have its verb at the end there, so that the other is none either."""
    return any(tag == JAPANESE for tag, _ in link.terms)


def _are_clauses(
    terms: tuple[Form, Form],
    leanings: Mapping[Form, int],
    is_verb: Callable[[str, str], bool],
    fragments: AbstractSet[Form],
) -> bool:
    """Tell whether a Chinese and an English name may be clauses.

    Where both may begin with a verb, or the Chinese one does and is a fragment, one must be seen to be a noun phrase; where the
    Chinese one alone may, it must not be seen to be a clause. Where a verb may follow a subject in the Chinese one, it must not in the English one, nor an object behind that.
    """
    chinese, english = sorted(terms, reverse=True)
    if may_begin_clause(chinese[1], chinese[0], is_verb=is_verb):
        both = may_begin_clause(english[1], english[0], is_verb=is_verb)
        least = 1 if both or chinese in fragments else 0
        return leanings[chinese] < least and (leanings[chinese] < 0 or leanings[english] < 1)
    if not may_have_subject(chinese[1], chinese[0], is_verb=is_verb):
        return False
    return may_have_subject(english[1], english[0], is_verb=is_verb) or (
        leanings[english] < 0 and not may_begin_clause(english[1], english[0], is_verb=is_verb)
    )


def _in_documents(form: Form, candidate: Candidate, texts: Mapping[str, str]) -> int:
    """Add up what stands around the places of a name in documents."""
    total = 0
    for one in islice(candidate.occurrences, N_PLACES):
        text = texts.get(one.document, "")
        if one.spans and text:
            total += leaning(text, one.spans[0].start, one.spans[-1].end, language=form[0])
    return total


def _in_memory(forms: Iterable[Form], memory: Memory, given: Given) -> Iterator[tuple[Form, int]]:
    """Yield for each name what stands around its places in the first units that hold it."""
    numbers = memory.numbers_of(forms)
    for form, (group, number) in numbers.items():
        units = memory.tables[group].postings.of_form(number)[:N_PLACES]
        spellings = [text for tag, text in memory.tables[group].spellings[number] if tag == form[0]]
        total = 0
        for unit in given.of(memory.numbers[units].tolist()):
            for segment in unit.segments:
                if segment.language == form[0]:
                    total += _first(segment.text, spellings, language=form[0])
        yield form, total


def _first(text: str, spellings: Iterable[str], *, language: str) -> int:
    """Tell what stands around the first place of a name in a segment; 0 where it is spaced otherwise there."""
    at, spelling = min(((at, one) for one in spellings if (at := text.find(one)) >= 0), default=(-1, ""))
    return leaning(text, at, at + len(spelling), language=language) if spelling else 0
