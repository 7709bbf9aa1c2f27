"""Counting runs and what is inside them.

The same runs come again and again, so each distinct one is taken apart once, however often it stands in the input; a place
costs two numbers until somebody asks for it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from termalign.model import Occurrence
from termalign.terms.cohesion import glued
from termalign.terms.frame import Frame
from termalign.terms.runs import parts, runs
from termalign.terms.tally import DistinctRun, Tally
from termalign.terms.variants import key_of, tidy
from termalign.terms.words import Lexis

if TYPE_CHECKING:
    from termalign.model import Folded, MappedText, Sentence
    from termalign.terms.cohesion import Pair
    from termalign.terms.contrast import Contrast
    from termalign.terms.words import Word

__all__ = ["Tallies"]


class Tallies:
    """The counts of a pile.

    Args:
        contrast: What is known of words outside the input; may be ``None``.
        pairs: Pieces of Chinese words that belong together.
    """

    def __init__(self, contrast: Contrast | None, pairs: frozenset[Pair]) -> None:
        self._contrast = contrast
        self._pairs = pairs
        self._lexes: dict[str, Lexis] = {}
        self._distinct: dict[tuple[str, str, tuple[Word, ...]], DistinctRun] = {}
        self._documents: dict[str, int] = {}
        self._document_of: array[int] = array("l")
        self.sources: list[tuple[str, MappedText]] = []
        self.by_key: dict[tuple[str, Folded], Tally] = {}
        self.n_words: Counter[str] = Counter()

    def lexis(self, language: str) -> Lexis:
        """Return the words of a language."""
        if language not in self._lexes:
            self._lexes[language] = Lexis(language, self._contrast)
        return self._lexes[language]

    def add(self, sentence: Sentence) -> None:
        """Count the runs of a sentence."""
        language = sentence.language
        tokens = sentence.tokens
        if self._pairs and language.startswith("zh"):
            tokens = tuple(glued(tokens, self._pairs))
        self.n_words[language] += len(tokens)
        number = len(self.sources)
        name = sentence.segment.document
        document = self._documents.setdefault(name, len(self._documents))
        is_used = False
        for run in runs(sentence, tokens, self.lexis(language)):
            start = run.tokens[0].start
            text = sentence.text[start : run.tokens[-1].end]
            key = language, text, run.words
            found = self._distinct.get(key)
            if found is None:
                offsets = tuple((token.start - start, token.end - start) for token in run.tokens)
                found = self._distinct[key] = DistinctRun(text, run.words, offsets)
            found.sentences.append(number)
            found.starts.append(start)
            found.n_nominal += run.is_nominal
            found.n_verbal += run.is_verbal
            found.n_followed += run.is_followed
            is_used = True
        if is_used:
            self.sources.append((name, sentence.content))
            self._document_of.append(document)

    def text(self, language: str, key: Folded) -> str:
        """Return the spelling of a key that was met most often."""
        return self.by_key[language, key].text

    def n_documents(self, tally: Tally) -> int:
        """Count the documents that hold a string."""
        if tally.count == 1:
            return 1
        documents = {self._document_of[number] for number in tally.sentences()}
        documents.update(self._documents[place.document] for place in tally.named or ())
        return len(documents)

    def share(self, tally: Tally, language: str) -> float:
        """Return the share of a word in the input, in [0, 1]; Latin words stand in text of every language."""
        total = self.n_words.total() if language == "en" else self.n_words[language]
        return tally.count / max(total, 1)

    def close(self) -> None:
        """Take the distinct runs apart."""
        for (language, _, _), run in self._distinct.items():
            self._take_apart(run, self.lexis(language))
        self._distinct.clear()

    def _take_apart(self, run: DistinctRun, lexis: Lexis) -> None:
        """Count a distinct run and all runs inside it."""
        frame = Frame.of(run, lexis.language)
        n_places = len(run.sentences)
        longest: Folded | None = None
        for first, last in parts(run.words, lexis):
            words = run.words[first:last]
            language = lexis.tag if lexis.language == "en" or any(word.is_cjk for word in words) else "en"
            is_foreign = language != lexis.tag
            if is_foreign and not frame.is_latin_whole(first, last):
                continue  # Latin names are English wherever they stand, and whole
            start, end = run.offsets[first][0], run.offsets[last - 1][1]
            text = tidy(run.text[start:end])
            key = key_of(text, language)
            if not key:
                continue
            tally = self.by_key.get((language, key))
            if tally is None:
                tally = self.by_key[language, key] = Tally(words)
            tally.forms[text] = tally.forms.get(text, 0) + n_places
            tally.count += n_places
            tally.uses.append((run, start, end))
            if is_foreign:
                frame.note_foreign(tally, first, last, is_name=not text.islower())
                continue
            if not frame.note(tally, first, last) and longest is not None and longest != key:
                tally.stand_within(longest, n_places)
            longest = longest or key

    def add_name(self, sentence: Sentence, language: str, start: int, end: int, *, sign: str) -> None:
        """Count a name that something other than its words marks as one.

        Args:
            sentence: Where it stands.
            language: Its tag.
            start: Its first code point.
            end: Its end, excluded.
            sign: What marks it.
        """
        text = tidy(sentence.text[start:end])
        key = key_of(text, language)
        if not key:
            return
        tally = self.by_key.get((language, key))
        if tally is None:
            lexis = self.lexis(language)
            words = tuple(lexis.word(token) for token in sentence.tokens if start <= token.start and token.end <= end)
            tally = self.by_key[language, key] = Tally(words)
        place = Occurrence(sentence.segment.document, sentence.spans(start, end))
        self._documents.setdefault(place.document, len(self._documents))
        if tally.named is None:
            tally.named = set()
        if place not in tally.named:
            tally.named.add(place)
            tally.forms[text] = tally.forms.get(text, 0) + 1
        tally.whole += 1
        tally.signs |= {sign}
