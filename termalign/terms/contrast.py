"""How general a word is: what the lexicon and the tokeniser's dictionary say of it, against how often the input has it.

There is no corpus of general language to compare with. The lexicon says which words belong to no special field; how frequent
a word is in Chinese at large, jieba's dictionary counts, and words of the other languages borrow the count of their
translation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.languages.ja import noun_kind
from termalign.languages.zh import dictionary_entry, general_share

if TYPE_CHECKING:
    from termalign.lexicon import Lexicon

__all__ = ["Contrast"]

MIN_COUNT = 5  # places; fewer are chance
SPECIAL_TIMES = 12.0  # as frequent in the input as in language at large: a word of the input's field, however common
FREQUENT = 1e-4  # share of all words; what no lexicon knows and is more frequent is a word of everyday language
TIME_AND_PLACE = {"t": "time word", "f": "place word", "s": "place word", "tg": "time word"}  # jieba's tags
VERBAL_NOUN = "サ変可能"  # Sudachi's name of nouns that する makes verbs
REMEMBERED = 1 << 16


class Contrast:
    """What is known of words outside the input.

    Args:
        lexicon: Words with their fields.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._domains = lru_cache(maxsize=REMEMBERED)(self._domains_of)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Contrast:
        """Make the contrast of a lexicon."""
        return cls(lexicon)

    def _domains_of(self, word: str, language: str) -> frozenset[tuple[str, str]]:
        """Return the part of speech and field of every sense whose layer states a field."""
        return frozenset(
            (sense.pos, sense.domain)
            for sense in self._lexicon.senses(word, language)
            if sense.domain and not sense.part.startswith("places/")
        )

    def is_general(self, word: str, language: str) -> bool:
        """Tell whether a word belongs to language at large: in the lexicon, and in no special field there."""
        found = self._domains(word, language)
        return bool(found) and all(domain == "general" for _, domain in found)

    def is_special_noun(self, word: str, language: str) -> bool:
        """Tell whether a word is a noun of a special field, whatever else it may be."""
        return any(pos == "n" and domain != "general" for pos, domain in self._domains(word, language))

    def is_plain_verb(self, word: str, language: str) -> bool:
        """Tell whether a word is a verb of language at large and nothing else: 建立, but not 返回."""
        found = self._domains(word, language)
        return bool(found) and all(pos == "v" and domain == "general" for pos, domain in found)

    def is_action(self, word: str, language: str) -> bool:
        """Tell whether a Japanese noun may be a verb (使用): it names a term less often than other nouns."""
        return language == "ja" and noun_kind(word) == VERBAL_NOUN

    def is_known(self, word: str, language: str) -> bool:
        """Tell whether the lexicon holds a word."""
        return bool(self._lexicon.senses(word, language))

    def share(self, word: str, language: str) -> float:
        """Return the share of a word in language at large, in [0, 1]; 0.0 where nothing is known."""
        if language.startswith("zh"):
            return general_share(word)
        found = [one.text for one in self._lexicon.translations(word, language, "zh-Hans")]
        return max(map(general_share, found), default=0.0)

    def why_general(self, word: str, language: str, *, count: int, share: float) -> str:
        """Say why a single word is no term by itself.

        Args:
            word: The word, in its dictionary form.
            language: Its tag.
            count: How often the input has it.
            share: Its share of the input's words of that language, in [0, 1].

        Returns:
            The reason; empty where it may be a term.

        Source:
            Ours; the ratio of shares is the weirdness of Ahmad, Gillam & Tostevin (1999), TREC-8.
        """
        kind = _kind(word, language)
        if kind:
            return kind
        domains = self._domains(word, language)
        general = self.share(word, language)
        if any(domain != "general" for _, domain in domains):
            return ""
        if not domains and not (language.startswith("zh") and general > FREQUENT):
            return ""
        is_special = count >= MIN_COUNT and general > 0 and share / general > SPECIAL_TIMES
        return "" if is_special else "everyday word"


def _kind(word: str, language: str) -> str:
    """Name the grammatical class of a word that makes no term: words of time and place, which stand like adverbs."""
    if language == "ja":
        return "adverbial noun" if noun_kind(word) == "副詞可能" else ""
    if language.startswith("zh"):
        entry = dictionary_entry(word)
        return TIME_AND_PLACE.get(entry[0], "") if entry else ""
    return ""
