"""Evidence from company: two terms that keep the same company in texts that are not translations of each other.

The words of the sentences in which a term stands make a vector. A lexicon, and names that an author glosses by one another, carry the
vector of one language over into another; there it is compared with the vectors of terms. Cosines mean little by themselves, since
everything in a pile on one subject keeps similar company: what counts is how far a pair lies above pairs drawn at random. Sentences that are
aligned are left out: what they say is counted by co-occurrence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from hashlib import sha256
from math import log, sqrt
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.languages.fold import fold
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termalign.evidence.base import Ground
    from termalign.model import Form, Sentence

__all__ = ["Context"]

MIN_SENTENCES = 5  # in which either term stands: fewer make no company
MAX_SENTENCES = 200  # of one term that are read, evenly drawn
MIN_WORDS = 5  # of a term's company that can be carried over
N_RANDOM = 40  # terms that a pair is compared with, on either side
MIN_RANDOM = 10
MIN_ABOVE = 1.0  # standard deviations above chance; nearer to it, company says nothing
CONTENT = frozenset({"n", "pn", "v", "adj", "x"})
Vector = dict[str, float]


class Context:
    """Terms in the same company.

    Args:
        ground: Candidates, the sentences they stand in, units, glosses and the lexicon.
    """

    name = "context"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._sentences, self._starts = _free_sentences(ground)
        self._links = {
            form: f"\t{number}"  # no word has a tab in it
            for number, one in enumerate(ground.glosses)
            if one.trust == 1 and one.gloss.language != one.gloss.inner_language
            for form in (
                ground.canonical((one.gloss.language, one.outer)),
                ground.canonical((one.gloss.inner_language, one.gloss.inner)),
            )
        }
        self._words = lru_cache(maxsize=None)(self._words_of)
        self._standing = lru_cache(maxsize=None)(self._where_it_stands)
        self._vector = lru_cache(maxsize=None)(self._company)
        self._carried = lru_cache(maxsize=None)(self._carried_over)
        self._renderings = lru_cache(maxsize=None)(self._rendered)
        self._level = lru_cache(maxsize=None)(self._random_level)
        self._rare = self._rarity()
        self._sample = {tag: self._drawn(tag) for tag in {form[0] for form in ground.candidates}}

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose nothing: company tells pairs apart, and finds none."""
        yield from ()

    def _words_of(self, number: int) -> frozenset[str]:
        """Return the content words of a sentence, folded."""
        words = {fold(token.base) for token in self._sentences[number].tokens if token.pos in CONTENT}
        return frozenset(word for word in words if word)

    def _rarity(self) -> Mapping[tuple[str, str], float]:
        """Say how rare each word of each language is among the free sentences, as inverse document frequency."""
        counts: Counter[tuple[str, str]] = Counter()
        totals: Counter[str] = Counter()
        for number, sentence in enumerate(self._sentences):
            totals[sentence.language] += 1
            counts.update((sentence.language, word) for word in self._words(number))
        return {key: log(1 + totals[key[0]] / count) for key, count in counts.items()}

    def _where_it_stands(self, form: Form) -> tuple[int, ...]:
        """Return the free sentences of its language in which a candidate stands."""
        candidate = self._ground.candidates.get(form)
        found: set[int] = set()
        for occurrence in candidate.occurrences if candidate else ():
            starts = self._starts.get(occurrence.document)
            if not starts or not occurrence.spans:
                continue
            at = bisect_right(starts, (occurrence.spans[0].start, len(self._sentences))) - 1
            if at >= 0:
                sentence = self._sentences[starts[at][1]]
                if sentence.language == form[0] and occurrence.spans[0].start < sentence.segment.spans[-1].end:
                    found.add(starts[at][1])
        ordered = sorted(found)
        step = max(1, -(-len(ordered) // MAX_SENTENCES))
        return tuple(ordered[::step])

    def _company(self, form: Form) -> Vector:
        """Return the weighed words beside a candidate, its own words left out."""
        own = set(fold(form[1]).split()) | {fold(word) for word in self._ground.words(form)}
        counts: Counter[str] = Counter()
        for number in self._standing(form):
            counts.update(self._words(number) - own)
        whole = fold(form[1])
        return {
            word: log(1 + count) * self._rare[form[0], word]
            for word, count in sorted(counts.items())
            if word not in whole
        }

    def _rendered(self, word: str, source: str, target: str) -> tuple[tuple[str, float], ...]:
        """Return the words of another language that a word may be there, their shares adding up to 1."""
        link = self._links.get(self._ground.canonical((source, word)))
        if link:
            return ((link, 1.0),)
        found: dict[str, float] = {
            fold(one.text): one.weight for one in self._ground.lexicon.translations(word, source, target)
        }
        if not found and (target, word) in self._rare:
            found = {word: 1.0}  # a Latin name, or the same characters
        total = sum(found.values())
        return tuple((text, weight / total) for text, weight in sorted(found.items())) if total else ()

    def _carried_over(self, form: Form, target: str) -> tuple[Vector, float, int]:
        """Return the company of a candidate in words of another language, its length, and how many of its words are there."""
        found: defaultdict[str, float] = defaultdict(float)
        n_words = 0
        for word, weight in self._vector(form).items():
            renderings = (
                self._renderings(word, form[0], target) if target != form[0] else ((self._own(word, form[0]), 1.0),)
            )
            n_words += bool(renderings)
            for text, share in renderings:
                found[text] += weight * share
        return dict(found), sqrt(sum(value * value for value in found.values())), n_words

    def _own(self, word: str, language: str) -> str:
        return self._links.get(self._ground.canonical((language, word)), word)

    def _cosine(self, left: Form, right: Form) -> float | None:
        """Compare two candidates in the words of the language of the second; ``None`` where either has too little company."""
        ours, our_length, n_ours = self._carried(left, right[0])
        theirs, their_length, n_theirs = self._carried(right, right[0])
        if min(n_ours, n_theirs) < MIN_WORDS or not our_length or not their_length:
            return None
        if len(theirs) < len(ours):
            ours, theirs = theirs, ours
        return sum(value * theirs.get(word, 0.0) for word, value in ours.items()) / (our_length * their_length)

    def _drawn(self, tag: str) -> tuple[Form, ...]:
        """Draw terms of a language with company of their own; the same ones each time."""
        able = [form for form in self._ground.candidates if form[0] == tag and form not in self._ground.fragments]
        ordered = sorted(able, key=lambda form: sha256(form[1].encode("utf-8", "surrogatepass")).digest())
        found = []
        for form in ordered:
            if len(self._standing(form)) >= MIN_SENTENCES:
                found.append(form)
                if len(found) == N_RANDOM:
                    break
        return tuple(found)

    def _random_level(self, form: Form, tag: str, *, is_left: bool) -> tuple[float, float] | None:
        """Return mean and standard deviation of the cosines of a term with random terms; ``None`` for too few."""
        others = self._sample.get(tag, ())
        cosines = [
            one
            for one in (self._cosine(form, other) if is_left else self._cosine(other, form) for other in others)
            if one is not None
        ]
        if len(cosines) < MIN_RANDOM:
            return None
        mean = sum(cosines) / len(cosines)
        return mean, sqrt(sum((one - mean) ** 2 for one in cosines) / (len(cosines) - 1))

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with 1 minus the greatest chance, whatever the distribution, that a term drawn at random lies so far above
            the mean, in [0.5, 1); the worse of both sides counts. ``n`` is the number of sentences of the rarer term. ``None``
            where either stands in too few sentences that are not aligned, where the lexicon carries too little of its company
            over, and for company no closer than that of one standard deviation above chance.

        Source:
            Fung & Yee (1998), An IR approach for translating new words from nonparallel, comparable texts, ACL, and Rapp (1999)
            for the vectors; Cantelli's inequality for the score, which is ours.
        """
        left, right = in_order(left, right)
        if left[0][:2] == right[0][:2]:
            return None
        n = min(len(self._standing(left)), len(self._standing(right)))
        cosine = self._cosine(left, right) if n >= MIN_SENTENCES else None
        if cosine is None:
            return None
        above = []
        for level in (self._level(left, right[0], is_left=True), self._level(right, left[0], is_left=False)):
            if level is None or not level[1]:
                return None
            above.append((cosine - level[0]) / level[1])
        least = min(above)
        if least < MIN_ABOVE:
            return None
        score = least * least / (1 + least * least)
        detail = f"cosine {cosine:.2f}, {least:.1f} standard deviations above chance, {n} sentences"
        return Evidence(source=self.name, score=score, terms=(left, right), n=n, detail=detail)


def _free_sentences(ground: Ground) -> tuple[list[Sentence], dict[str, list[tuple[int, int]]]]:
    """List the sentences that are not aligned, and by document where each begins, with its number."""
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, _ in ground.units:
        if len(unit.segments) > 1:
            for segment in unit.segments:
                taken[segment.document].extend((span.start, span.end) for span in segment.spans)
    for spans in taken.values():
        spans.sort()
    sentences: list[Sentence] = []
    starts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for sentence in ground.sentences:
        own = sentence.segment.spans
        if own and not _is_inside(own[0].start, taken.get(sentence.segment.document, [])):
            starts[sentence.segment.document].append((own[0].start, len(sentences)))
            sentences.append(sentence)
    return sentences, {document: sorted(found) for document, found in starts.items()}


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a place is in one of the spans, sorted."""
    at = bisect_right(spans, (place, 1 << 62)) - 1
    return at >= 0 and place < spans[at][1]
