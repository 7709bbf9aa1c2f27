"""Candidate terms: word runs ranked by how much of a unit and how much of a term they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from termalign.languages import LANGUAGES
from termalign.languages.characters import HAN, KANA, QUOTES, has_cjk
from termalign.model import Candidate, Occurrence
from termalign.terms.runs import inner_runs, runs
from termalign.terms.stops import stops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import AnalysedDocument, Folded, Form, Sentence, Token

__all__ = ["Extraction", "extract_candidates", "key_of", "tidy"]

MAX_QUOTED = 40  # code points; what is longer between quotation marks is said, not named
_CLAUSE = re.compile(r"[，。、！？；：,!?;:…]|\n")
_SPACED = re.compile(rf"(?<=[{HAN}{KANA}]) +| +(?=[{HAN}{KANA}])")
_QUOTED = re.compile(
    "|".join(
        f"{re.escape(opening)}([^{re.escape(opening + closing)}]+){re.escape(closing)}"
        for opening, closing in QUOTES.items()
    )
)
TITLE_MARKS = frozenset("《〈『")
EDGE = ""  # beside a word run that begins or ends where its run does


@dataclass(slots=True)
class _Tally:
    """What was seen of one key."""

    forms: Counter[str] = field(default_factory=Counter)
    occurrences: list[Occurrence] = field(default_factory=list)
    whole: int = 0
    within: dict[Folded, int] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)
    n_words: int = 1
    left: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)

    @property
    def is_free(self) -> bool:
        """Tell whether both ends are seen to be ends: at the edge of a run, or with different words beside them."""
        return all(EDGE in side or len(side) > 1 for side in (self.left, self.right))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Candidates and what was left out.

    Args:
        candidates: By form, in stable order.
        nested: Strings that stand only inside one longer candidate: no terms by themselves, unless another language has a term
            for just them (量子纠缠 in 量子纠缠光学成像).
        general: Words that are too general to be terms, with their counts.
    """

    candidates: dict[Form, Candidate]
    nested: dict[Form, Candidate]
    general: dict[Form, int]


def tidy(text: str) -> str:
    """Space a designation by the rule of its language: none beside Han characters and kana, one between Latin words."""
    return _SPACED.sub("", " ".join(text.split()))


def key_of(text: str, language: str) -> Folded:
    """Return the key under which spellings of one term are grouped; English by lemma."""
    speaker = LANGUAGES.get(language)
    if language == "en":
        return speaker.fold(" ".join(token.base for token in speaker.tokens(text)))
    return speaker.fold(text)


def extract_candidates(
    documents: Iterable[AnalysedDocument], *, names: Iterable[tuple[Sentence, str, int, int]] = ()
) -> Extraction:
    """Find candidate terms in all languages of a pile of documents.

    Args:
        documents: Analysed documents; near-copies too, what they repeat counts like the rest.
        names: Names known from outside the words (glosses): sentence, language, start, end.

    Returns:
        Candidates with every occurrence. A string that stands only inside one longer candidate is no candidate but nested. The
        score is the C-value, times the square root of the number of documents, times 1.5 for each outside sign.

    Source:
        Frantzi, Ananiadou & Mima (2000), Automatic recognition of multi-word terms: the C-value/NC-value method, IJDL 3(2), for
        the C-value; nested counts and signs are ours.
    """
    tallies: dict[tuple[str, Folded], _Tally] = {}
    for document in documents:
        for sentence in document.sentences:
            _tally_runs(sentence, tallies)
            _tally_quoted(sentence, tallies)
    for sentence, language, start, end in names:
        _tally_name(sentence, language, start, end, tallies, sign="gloss")
    return _judge(tallies)


def _tally_runs(sentence: Sentence, tallies: dict[tuple[str, Folded], _Tally]) -> None:
    """Count the runs of a sentence and all runs inside them."""
    for run in runs(sentence):
        whole: Folded | None = None
        cores = run.cores()
        for part in inner_runs(run, sentence.language):
            text = tidy(sentence.text[part.start : part.end])
            language = sentence.language if has_cjk(text) else "en"  # Latin names are English wherever they stand
            if language != sentence.language and part.tokens != run.tokens and not part.is_latin_whole(run):
                continue
            key = _key(part.tokens, text, language) if language == sentence.language else key_of(text, language)
            if not key:
                continue
            tally = tallies.setdefault((language, key), _Tally())
            tally.forms[text] += 1
            tally.n_words = len(part.tokens)
            tally.occurrences.append(Occurrence(sentence.segment.document, sentence.spans(part.start, part.end)))
            if not part.is_verbal:
                left, right = run.beside(part)
                tally.left.add(left)
                tally.right.add(right)
            if part.tokens in cores or language != sentence.language:
                tally.whole += 1
            elif whole is not None:
                tally.within[whole] = tally.within.get(whole, 0) + 1
            whole = whole or key


def _key(tokens: Iterable[Token], text: str, language: str) -> Folded:
    """Key of a run: lemmas for English, the text for the others."""
    speaker = LANGUAGES.get(language)
    if language == "en":
        return speaker.fold(" ".join(token.base for token in tokens))
    return speaker.fold(text)


def _tally_quoted(sentence: Sentence, tallies: dict[tuple[str, Folded], _Tally]) -> None:
    """Count names that stand between quotation or title marks."""
    for match in _QUOTED.finditer(sentence.text):
        number = match.lastindex or 0
        start, end = match.span(number)
        text = match[number]
        if len(text) <= MAX_QUOTED and not _CLAUSE.search(text) and text.strip() and not text.strip().isdigit():
            language = sentence.language if has_cjk(text) else "en"
            sign = "title" if sentence.text[match.start()] in TITLE_MARKS else "quoted"
            tokens = [token for token in sentence.tokens if start <= token.start and token.end <= end]
            if sign == "title" or (tokens and tokens[-1].pos in {"n", "pn", "x", "suffix", "v"}):
                _tally_name(sentence, language, start, end, tallies, sign=sign)


def _tally_name(
    sentence: Sentence, language: str, start: int, end: int, tallies: dict[tuple[str, Folded], _Tally], *, sign: str
) -> None:
    """Count a name that something other than its words marks as one."""
    text = tidy(sentence.text[start:end])
    key = key_of(text, language)
    if not key:
        return
    tally = tallies.setdefault((language, key), _Tally())
    place = Occurrence(sentence.segment.document, sentence.spans(start, end))
    if place not in tally.occurrences:
        tally.occurrences.append(place)
        tally.forms[text] += 1
    tally.whole += 1
    tally.signs.add(sign)
    tally.n_words = max(tally.n_words, len(text.split()))


def _judge(tallies: dict[tuple[str, Folded], _Tally]) -> Extraction:
    """Turn counts into candidates."""
    longer: defaultdict[tuple[str, Folded], Counter[Folded]] = defaultdict(Counter)
    for (language, key), tally in tallies.items():
        for outer, count in tally.within.items():
            longer[language, key][outer] += count
    candidates: dict[Form, Candidate] = {}
    nested: dict[Form, Candidate] = {}
    general: dict[Form, int] = {}
    for (language, key), tally in sorted(tallies.items()):
        text = min(tally.forms, key=lambda form: (-tally.forms[form], form))
        form = (language, text)
        if not tally.signs and (text in stops(language).alone or key in stops(language).alone):
            general[form] = len(tally.occurrences)
            continue
        (candidates if tally.whole or tally.is_free else nested)[form] = Candidate(
            language=language,
            text=text,
            folded=key,
            occurrences=tuple(sorted(set(tally.occurrences))),
            score=round(_score(tally, longer[language, key]), 4),
            forms=tuple(sorted(tally.forms, key=lambda one: (-tally.forms[one], one))),
            signs=frozenset(tally.signs),
        )
    return Extraction(candidates=candidates, nested=nested, general=general)


def _score(tally: _Tally, longer: Counter[Folded]) -> float:
    """C-value, weighted by documents and outside signs."""
    count = len(tally.occurrences)
    mean = sum(longer.values()) / len(longer) if longer else 0.0
    n_documents = len({place.document for place in tally.occurrences})
    value = log2(tally.n_words + 1) * max(count - mean, 0.5)
    return float(value * n_documents**0.5 * 1.5 ** len(tally.signs))
