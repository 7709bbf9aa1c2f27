"""Candidate terms: word runs ranked by how much of a unit and how much of a term they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from termalign.languages.characters import QUOTES, has_cjk
from termalign.model import Candidate
from termalign.terms.cohesion import word_pairs
from termalign.terms.judgement import Judgement, Verdict
from termalign.terms.markup import code_spans
from termalign.terms.places import Places
from termalign.terms.tallies import Tallies
from termalign.terms.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termalign.model import AnalysedDocument, Form, Sentence
    from termalign.terms.contrast import Contrast
    from termalign.terms.tally import Tally

__all__ = ["Extraction", "extract_candidates"]

MAX_QUOTED = 40  # code points; what is longer between quotation marks is said, not named
_CLAUSE = re.compile(r"[，。、！？；：,!?;:…]|\n")
_QUOTED = re.compile(
    "|".join(
        f"{re.escape(opening)}([^{re.escape(opening + closing)}]+){re.escape(closing)}"
        for opening, closing in QUOTES.items()
    )
)
_OPENING = re.compile(f"[{re.escape(''.join(QUOTES))}]")
TITLE_MARKS = frozenset("《〈『")
NAMED = frozenset({"n", "pn", "x", "suffix", "v"})  # parts of speech that the last word of a quoted name has
FIRST_SIGN = 1.5  # times what a name counts that something outside its words marks, for each such sign
MIN_SMALL = 0.5  # times as often as with a capital, a common noun stands with a small letter
SINGLE = 0.5  # words that a single word counts for, against the whole words of longer terms
ACTION = 0.5  # of another term, that a single word for an action counts
GENERAL = 0.5  # of a term, that a string of everyday words counts
PARTIAL = 0.3  # of a place by itself, that a place inside a longer run counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Candidates and what was left out.

    Args:
        candidates: By form, in stable order.
        nested: Strings that stand only inside one longer candidate: no terms by themselves, unless another language has a term
            for just them (量子纠缠 in 量子纠缠光学成像).
        general: Words that are too general to be terms, with their counts.
        weak: Candidates that are terms only where another language confirms them (everyday words, lists of two terms), with
            the reason.
        judgements: What was found about every string, kept and left; empty unless asked for.
    """

    candidates: dict[Form, Candidate]
    nested: dict[Form, Candidate]
    general: dict[Form, int]
    weak: Mapping[Form, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()


def extract_candidates(
    documents: Iterable[AnalysedDocument],
    *,
    names: Iterable[tuple[Sentence, str, int, int]] = (),
    contrast: Contrast | None = None,
    explain: bool = False,
) -> Extraction:
    """Find candidate terms in all languages of a pile of documents.

    Args:
        documents: Analysed documents; near-copies too, what they repeat counts like the rest. Read twice: a stream is kept in
            memory, a sequence is not.
        names: Names known from outside the words (glosses): sentence, language, start, end.
        contrast: What is known of words outside the input; without it no word is an everyday word.
        explain: Whether to return a judgement of every string.

    Returns:
        Candidates with every occurrence. A string that stands only inside one longer candidate is no candidate but nested. The
        score is the C-value, times the square root of the number of documents, times 1.5 for each outside sign.

    Source:
        Frantzi, Ananiadou & Mima (2000), Automatic recognition of multi-word terms: the C-value/NC-value method, IJDL 3(2), for
        the C-value; nested counts, contrast and signs are ours.
    """
    pile = documents if isinstance(documents, Sequence) else tuple(documents)
    tallies = Tallies(contrast, word_pairs(sentence for document in pile for sentence in document.sentences))
    for document in pile:
        for sentence in document.sentences:
            tallies.add(sentence)
            for language, start, end, sign in _quoted(sentence):
                tallies.add_name(sentence, language, start, end, sign=sign)
    tallies.close()
    for sentence, language, start, end in names:
        tallies.add_name(sentence, language, start, end, sign="gloss")
    return _judged(tallies, contrast, explain=explain)


def _quoted(sentence: Sentence) -> Iterator[tuple[str, int, int, str]]:
    """Yield names that stand between quotation or title marks: language, start, end, sign."""
    text = sentence.text
    if not _OPENING.search(text):
        return
    code = code_spans(text)
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if any(low < end and start < high for low, high in code):
            continue  # class="x"
        name = text[start:end]
        if end - start > MAX_QUOTED or _CLAUSE.search(name) or not name.strip() or name.strip().isdigit():
            continue
        language = sentence.language if has_cjk(name) else "en"
        sign = "title" if text[match.start()] in TITLE_MARKS else "quoted"
        tokens = [token for token in sentence.tokens if start <= token.start and token.end <= end]
        if sign == "title" or (tokens and tokens[-1].pos in NAMED):
            yield language, start, end, sign


def _judged(tallies: Tallies, contrast: Contrast | None, *, explain: bool) -> Extraction:
    """Turn counts into candidates."""
    candidates: dict[Form, Candidate] = {}
    nested: dict[Form, Candidate] = {}
    general: dict[Form, int] = {}
    weak: dict[Form, str] = {}
    judgements: list[Judgement] = []
    verdicts = Verdicts(tallies, contrast)
    for (language, key), tally in sorted(tallies.by_key.items()):
        places = Places(tally, tallies.sources)
        if tally.named:
            tally.count = len(places)
        forms = _spellings(tally)
        form = language, forms[0]
        verdict, reason = verdicts.on(tally, forms[0], language)
        value = _c_value(tally)
        n_documents = tallies.n_documents(tally)
        score = round(value * _weight(tally, language, contrast, n_documents=n_documents), 4)
        if explain:
            judgements.append(
                Judgement.of(
                    tally,
                    forms,
                    language,
                    verdict=verdict,
                    reason=reason,
                    c_value=round(value, 4),
                    score=score,
                    n_documents=n_documents,
                    tallies=tallies,
                    contrast=contrast,
                )
            )
        if verdict is Verdict.GENERAL:
            general[form] = tally.count
            continue
        if verdict is Verdict.LEFT:
            continue
        if verdict is Verdict.WEAK:
            weak[form] = reason
        (nested if verdict is Verdict.NESTED else candidates)[form] = Candidate(
            language=language,
            text=forms[0],
            folded=key,
            occurrences=places,
            score=score,
            forms=forms,
            signs=tally.signs,
        )
    return Extraction(candidates=candidates, nested=nested, general=general, weak=weak, judgements=tuple(judgements))


def _spellings(tally: Tally) -> tuple[str, ...]:
    """Return the spellings, most frequent first; a capital that only begins a sentence is none of the term."""
    counts = tally.forms
    for form in list(counts):
        small = form[:1].lower() + form[1:]
        if small != form and counts.get(small, 0) >= MIN_SMALL * counts[form]:
            counts[small] += counts.pop(form)
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _c_value(tally: Tally) -> float:
    """C-value; places inside longer runs count in part."""
    within = tally.within or {}
    mean = sum(within.values()) / len(within) if within else 0.0
    inside = max(0.0, tally.count - tally.whole - mean)
    size = tally.n_units if tally.n_units > 1 else SINGLE
    return log2(size + 1) * max(min(tally.whole, tally.count) + PARTIAL * inside, 0.5)


def _weight(tally: Tally, language: str, contrast: Contrast | None, *, n_documents: int) -> float:
    """What documents, outside signs, everyday words and actions make of the C-value."""
    weight = float(n_documents**0.5 * FIRST_SIGN ** len(tally.signs))
    if contrast is None:
        return weight
    words = tally.words
    if all(contrast.is_general(word.base, language) for word in words if not word.is_joint):
        weight *= GENERAL
    if len(words) == 1 and (words[0].is_action or contrast.is_action(words[0].base, language)):
        weight *= ACTION
    return weight
