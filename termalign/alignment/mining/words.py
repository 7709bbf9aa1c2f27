"""From the words of one language to the types of a collection in another, through the lexicon."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termalign.alignment.keys import Kind
from termalign.languages import LANGUAGES
from termalign.languages.fold import fold, han_characters
from termalign.lexicon.base import DICTIONARY_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.alignment.mining.pool import Pool
    from termalign.lexicon import Lexicon

    Near = tuple[tuple[int, float], ...]

__all__ = ["HanIndex", "Words"]

AFFIXES = frozenset({"prefix", "suffix", "morph"})  # parts of words translate parts, not words
MIN_DICE = 0.3  # of the Han characters of two words that may be one: 研究 and 研究者, not 研究 and 究
MIN_RELATED_DICE = 0.45  # of the Han characters of a word and a translation of another
MIN_STEM = 4  # letters that begin both an English word and a translation of another
MIN_STEM_SHARE = 0.6  # of the longer of the two: develop and development, not commit and communicate
RELATED = 0.7  # strength of a word that is like a translation, against the translation itself
PIECE = 0.5  # strength of a translation of a part of a word that the lexicon does not know as a whole
MIN_PIECED = 3  # characters of such a word
MIN_PIECE, MAX_PIECE = 2, 6  # characters of its parts
N_PIVOTED = 12  # translations that a word gets through English
MIN_PIVOTED = 0.02  # share of the translations' translations that a word must have to be one
FULL_PIVOTED = 0.2  # share with which it counts as much as any
PIVOTED = 0.8  # strength of such a translation, against one that the lexicon states


class HanIndex:
    """Words of a pool by their Han characters.

    Args:
        pool: The pool; function words are left out.
    """

    def __init__(self, pool: Pool) -> None:
        self._sizes = [len(han_characters(key)) for key in pool.keys]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(pool.keys):
            if pool.kinds[number] != Kind.FUNCTION:
                for character in sorted(han_characters(key)):
                    self._holders[character].append(number)

    def words(self, key: str, *, min_dice: float = MIN_DICE) -> Iterator[tuple[int, float]]:
        """Yield the words that share Han characters.

        Args:
            key: A folded word.
            min_dice: How far at least.

        Yields:
            Type and Dice coefficient of the distinct characters, in [``min_dice``, 1], types ascending.
        """
        own = han_characters(key)
        shared: defaultdict[int, int] = defaultdict(int)
        for character in own:
            for number in self._holders.get(character, ()):
                shared[number] += 1
        for number, n_shared in sorted(shared.items()):
            dice = 2 * n_shared / (len(own) + self._sizes[number])
            if dice >= min_dice:
                yield number, dice


class _StemIndex:
    """English words of a pool by their first letters."""

    def __init__(self, pool: Pool) -> None:
        self._keys = pool.keys
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(pool.keys if pool.language == "en" else ()):
            if len(key) > MIN_STEM:
                self._holders[key[:MIN_STEM]].append(number)

    def words(self, key: str) -> Iterator[tuple[int, float]]:
        """Yield the words that begin like ``key``, and the share of the longer word that they have in common."""
        for number in self._holders.get(key[:MIN_STEM], ()) if len(key) > MIN_STEM else ():
            other = self._keys[number]
            pairs = enumerate(zip(key, other, strict=False))
            common = next((at for at, (a, b) in pairs if a != b), min(len(key), len(other)))
            share = common / max(len(key), len(other))
            if other != key and share >= MIN_STEM_SHARE:
                yield number, share


class Words:
    """Finds the types of a pool that translate a word of another language.

    Args:
        pool: The pool.
        lexicon: Words and their translations.
    """

    def __init__(self, pool: Pool, lexicon: Lexicon) -> None:
        self._pool, self._lexicon = pool, lexicon
        self._stems, self._han = _StemIndex(pool), HanIndex(pool)
        self._found: dict[str, Near] = {}
        self._from_english: dict[str, list[tuple[str, float]]] = {}

    def translations(self, key: str, language: str) -> Iterator[tuple[int, float]]:
        """Yield the types that may translate a word.

        Args:
            key: A folded word.
            language: Its tag.

        Yields:
            Type and strength, in (0, 1]; a type may come more than once.
        """
        target = self._pool.language
        own = self._translate(key, language, target)
        for text, weight in own:
            for other, share in self._types(text):
                yield other, min(1.0, weight / DICTIONARY_WEIGHT) * share
        if "en" not in {language, target}:
            for text, weight in self._through_english(key, language, target):
                known = self._pool.index.get(fold(text))
                if known is not None:
                    yield known, PIVOTED * weight
        if not own and language != "en":
            for piece in self._pieces(key, language):
                for text, weight in self._translate(piece, language, target):
                    for other, share in self._types(text):
                        yield other, PIECE * min(1.0, weight / DICTIONARY_WEIGHT) * share

    def _translate(self, key: str, source: str, target: str) -> list[tuple[str, float]]:
        found = self._lexicon.translations(key, source, target)
        return [(one.text, one.weight) for one in found if one.pos not in AFFIXES]

    def _through_english(self, key: str, source: str, target: str) -> Iterable[tuple[str, float]]:
        """Translate into English and on, as a dictionary into English and one out of it allow; the weights are shared out."""
        shares: defaultdict[str, float] = defaultdict(float)
        english = self._translate(key, source, "en")
        total = sum(weight for _, weight in english)
        for word, weight in english:
            if word not in self._from_english:
                self._from_english[word] = self._translate(word, "en", target)
            onward = self._from_english[word]
            whole = sum(one for _, one in onward)
            for text, one in onward:
                shares[text] += weight / total * one / whole
        best = sorted(shares.items(), key=lambda item: (-round(item[1], 9), item[0]))[:N_PIVOTED]
        return [(text, min(1.0, share / FULL_PIVOTED)) for text, share in best if share >= MIN_PIVOTED]

    def _types(self, text: str) -> Near:
        """Return the types that a translation may appear as, each with its share of it."""
        if text not in self._found:
            self._found[text] = tuple(self._find(text))
        return self._found[text]

    def _find(self, text: str) -> Iterator[tuple[int, float]]:
        key, pool = fold(text), self._pool
        whole = pool.index.get(key)
        if whole is not None:
            yield whole, 1.0
        elif pool.language != "en" or " " in text:
            words = [one for one in LANGUAGES.get(pool.language).tokens(text) if one.pos not in {"func", "mark"}]
            found = [pool.index.get(fold(one.base or one.text)) for one in words]
            for part in found if len(words) > 1 else ():
                if part is not None:
                    yield part, 1.0 / len(words)
        if pool.language != "en":
            for other, dice in self._han.words(key, min_dice=MIN_RELATED_DICE):
                if other != whole:
                    yield other, RELATED * dice**2
        elif " " not in text:
            for other, share in self._stems.words(key):
                yield other, RELATED * share

    def _pieces(self, key: str, language: str) -> Iterator[str]:
        """Cut a compound that the lexicon does not know into words that it knows, the longest first from the left."""
        at = 0
        while len(key) >= MIN_PIECED and at < len(key):
            for end in range(min(len(key), at + MAX_PIECE), at + MIN_PIECE - 1, -1):
                if end - at < len(key) and (language, key[at:end]) in self._lexicon:
                    yield key[at:end]
                    at = end
                    break
            else:
                at += 1
