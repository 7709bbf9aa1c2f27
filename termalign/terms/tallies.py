"""Counting runs and what is inside them.

The same runs come again and again, so each distinct one is taken apart once, however often it stands in the input; a place
costs two numbers until somebody asks for it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from termalign.languages.characters import has_latin
from termalign.model import Occurrence
from termalign.terms.cohesion import glued
from termalign.terms.runs import is_loose, parts, runs
from termalign.terms.tally import DistinctRun, Tally
from termalign.terms.variants import key_of, tidy
from termalign.terms.words import Lexis

if TYPE_CHECKING:
    from termalign.model import Folded, MappedText, Sentence
    from termalign.terms.cohesion import Pair
    from termalign.terms.contrast import Contrast
    from termalign.terms.words import Word

__all__ = ["Tallies"]

EDGE = ""  # beside a part that begins or ends where its run does


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
        n_places = len(run.sentences)
        size = len(run.words)
        first_noun, last_noun = _core(run.words) if lexis.language == "zh" else (0, size)
        loose = {at for at, word in enumerate(run.words) if word.is_joint and is_loose(run.words, at)}
        whole: Folded | None = None
        for first, last in parts(run.words, lexis):
            words = run.words[first:last]
            start, end = run.offsets[first][0], run.offsets[last - 1][1]
            text = tidy(run.text[start:end])
            language = lexis.tag if lexis.language == "en" or any(word.is_cjk for word in words) else "en"
            is_foreign = language != lexis.tag
            if is_foreign and not _is_latin_whole(run.words, first, last):
                continue  # Latin names are English wherever they stand, and whole
            key = key_of(text, language)
            if not key:
                continue
            tally = self.by_key.get((language, key))
            if tally is None:
                tally = self.by_key[language, key] = Tally(words)
            tally.forms[text] = tally.forms.get(text, 0) + n_places
            tally.count += n_places
            tally.uses.append((run, start, end))
            before = run.words[first - 1] if first and first - 1 not in loose else None
            after = run.words[last] if last < size and last not in loose else None
            if is_foreign:
                is_alone = last - first == size or not text.islower()  # inspired of 量子inspired技術 is no term
                tally.whole += n_places if is_alone else 0
                tally.n_heads += n_places
                tally.stand_beside(*((EDGE, EDGE) if is_alone else _beside(before, after)))
                continue
            if last in {size, last_noun} or after is None:
                tally.n_heads += n_places
            is_soft = _is_soft(words, lexis.language)
            tally.is_soft = is_soft
            if is_soft:
                nominal, verbal = _leanings(run, before, after=words[1] if len(words) > 1 else None)
                tally.nominal += nominal
                tally.verbal += verbal
            elif _is_inside_name(words, before, after):
                tally.n_inside_names += n_places
            else:
                tally.stand_beside(*_beside(before, after))
            if is_soft and not first and last in {size, last_noun}:
                tally.whole += nominal
            elif not is_soft and loose and before is None and after is None:
                tally.whole += n_places
            elif not is_soft and (first, last) == (first_noun, size):
                tally.whole += n_places - (run.n_followed if run.words[-1].pos == "v" else 0)
            elif not is_soft and (first, last) == (first_noun, last_noun):
                tally.whole += n_places
            elif whole is not None and whole != key:
                tally.stand_within(whole, n_places)
            whole = whole or key

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


def _beside(before: Word | None, after: Word | None) -> tuple[str, str]:
    """Return the words beside a part, empty at the edges of its run."""
    return (before.base if before else EDGE), (after.base if after else EDGE)


def _core(words: tuple[Word, ...]) -> tuple[int, int]:
    """Return the words of a Chinese run that are one noun group.

    推进|量子技术 is a verb and its object, 日本电气株式会社|负责 a name and what it does, 量子密钥|分发 a noun group. Verbs at
    the beginning are cut off; those at the end are cut off in one reading and kept in the other, since only counts can tell.
    """
    first, last = 0, len(words)
    while first < last and words[first].pos in {"v", "adv"}:
        first += 1
    while last > first + 1 and words[last - 1].pos == "v":
        last -= 1
    return first, last


def _is_soft(words: tuple[Word, ...], language: str) -> bool:
    """Tell whether a part makes a term only where what stands before it shows a noun phrase."""
    if len(words) == 1:
        return language == "zh" and (words[0].is_soft or words[0].is_action)
    return words[0].is_soft and not (language == "zh" and words[0].pos == "adj")


def _leanings(run: DistinctRun, before: Word | None, *, after: Word | None) -> tuple[int, int]:
    """Count the places at which a part that begins with a verb, participle or adverb is a noun phrase, and a verb phrase."""
    n_places = len(run.sentences)
    if before is None:
        if run.words[0].pos == "adv" and after is not None and after.is_noun:
            return n_places, 0  # 异步|生成器: an adverb does not stand before a noun
        return run.n_nominal, run.n_verbal
    if before.pos in {"adj", "num"} or before.is_measure:
        return n_places, 0
    return (0, n_places) if before.pos == "adv" else (0, 0)


def _is_inside_name(words: tuple[Word, ...], before: Word | None, after: Word | None) -> bool:
    """Tell whether a capitalised part goes on in capitals: Development Kit of Quantum Development Kit."""
    return bool(
        (words[0].is_name and before is not None and (before.is_name or before.is_joint))
        or (words[-1].is_name and after is not None and (after.is_name or after.is_joint))
    )


def _is_latin_whole(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Tell whether a part is a whole Latin stretch of a run of another script."""
    beside = (*words[max(0, first - 1) : first], *words[last : last + 1])
    return not any(has_latin(word.text[:1]) and word.text[:1].isascii() for word in beside)
