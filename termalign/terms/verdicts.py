"""What becomes of a string: one method for each reason to leave it, the first that applies decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.languages.characters import has_latin
from termalign.terms.judgement import Verdict
from termalign.terms.runs import is_loose
from termalign.terms.stops import stops
from termalign.terms.variants import key_of
from termalign.terms.words import MIDDLE_DOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.terms.contrast import Contrast
    from termalign.terms.tallies import Tallies
    from termalign.terms.tally import Tally

__all__ = ["Verdicts"]

MIN_WHOLE = 3  # places by itself of a single character
MIN_NOMINAL = 2  # places at which a single verb stands as a noun
MIN_NOUN = 0.3  # of the places of a single verb, those at which it is one
MIN_SHARE = 0.1  # of the places of a string, those where it is a run of its own


class Verdicts:
    """The rules, for one pile.

    Args:
        tallies: The counts of all its strings.
        contrast: What is known of words outside the input; without it no word is an everyday word.
    """

    def __init__(self, tallies: Tallies, contrast: Contrast | None) -> None:
        self._tallies = tallies
        self._contrast = contrast
        self._rules: tuple[tuple[Verdict, Callable[[Tally, str, str], str]], ...] = (
            (Verdict.GENERAL, self._listed),
            (Verdict.NESTED, self._verb_phrase),
            (Verdict.NESTED, self._part_of_name),
            (Verdict.NESTED, self._part_of_term),
            (Verdict.WEAK, self._everyday_word),
            (Verdict.WEAK, self._phrase_with_of),
            (Verdict.WEAK, self._list_of_terms),
            (Verdict.WEAK, self._hardly_alone),
            (Verdict.WEAK, self._noun_and_verb),
            (Verdict.WEAK, self._everyday_words),
        )

    def on(self, tally: Tally, text: str, language: str) -> tuple[Verdict, str]:
        """Decide what becomes of a string.

        Args:
            tally: Its counts.
            text: Its preferred spelling.
            language: Its tag.

        Returns:
            The verdict and its reason; the reason is empty where the string is kept. What something outside its words marks as
            a name is always kept.
        """
        if tally.signs:
            return Verdict.KEPT, ""
        if len(text) == 1 and not has_latin(text):
            return (Verdict.NESTED if tally.whole >= MIN_WHOLE else Verdict.LEFT), "a single character"
        if tally.is_soft and len(tally.words) == 1 and not tally.nominal:
            return Verdict.LEFT, "a verb"
        for verdict, rule in self._rules:
            reason = rule(tally, text, language)
            if reason:
                return verdict, reason
        return Verdict.KEPT, ""

    def _listed(self, tally: Tally, text: str, language: str) -> str:
        alone = stops(language).alone
        is_listed = text in alone or (len(tally.words) == 1 and tally.words[0].base in alone)
        return "listed as a word that is no term by itself" if is_listed else ""

    def _verb_phrase(self, tally: Tally, text: str, language: str) -> str:
        """A string that begins with a verb or participle, and is no noun phrase often enough."""
        del text, language
        if not tally.is_soft:
            return ""
        if len(tally.words) == 1:
            is_noun = tally.nominal >= max(MIN_NOMINAL, MIN_NOUN * tally.count)
        else:
            is_noun = not any(word.pos in {"v", "adv"} for word in tally.words[1:-1])
        return "" if is_noun and tally.nominal > tally.verbal else "reads as a verb"

    def _part_of_name(self, tally: Tally, text: str, language: str) -> str:
        del text, language
        is_part = tally.n_inside_names and tally.whole < MIN_SHARE * tally.count
        return "only inside a longer name" if is_part and not tally.is_soft else ""

    def _part_of_term(self, tally: Tally, text: str, language: str) -> str:
        del text, language
        is_part = not tally.whole and not tally.is_free and not tally.is_soft
        return "only inside a longer term" if is_part else ""

    def _everyday_word(self, tally: Tally, text: str, language: str) -> str:
        """A single word, or one that the lexicon has as a single word, of language at large."""
        if self._contrast is None:
            return ""
        if len(tally.words) > 1:
            word = text if self._contrast.is_general(text, language) else ""
        else:
            word = "" if tally.words[0].pos == "pn" else tally.words[0].base
        share = self._tallies.share(tally, language)
        return self._contrast.why_general(word, language, count=tally.count, share=share) if word else ""

    def _phrase_with_of(self, tally: Tally, text: str, language: str) -> str:
        """Development of quantum technology; Institute of Physics is a name."""
        del text
        words = tally.words
        is_phrase = language == "en" and any(
            words[at].is_joint and is_loose(words, at) for at in range(1, len(words) - 1)
        )
        return "a phrase with of that is no name" if is_phrase else ""

    def _list_of_terms(self, tally: Tally, text: str, language: str) -> str:
        """Middle dots that part terms that stand elsewhere: 大学・企業, but not 光・量子."""
        if len(tally.words) == 1 or not any(dot in text for dot in MIDDLE_DOTS):
            return ""
        for dot in MIDDLE_DOTS:
            text = text.replace(dot, "・")
        is_list = all(self._stands_alone(piece, tally.count, language) for piece in text.split("・"))
        return "a list of terms" if is_list else ""

    def _stands_alone(self, piece: str, count: int, language: str) -> bool:
        """Tell whether a piece of what may be a list is a term elsewhere, or a known word."""
        found = self._tallies.by_key.get((language, key_of(piece, language)))
        if found is not None and found.count > count:
            return True
        return len(piece) > 1 and self._contrast is not None and self._contrast.is_known(piece, language)

    def _hardly_alone(self, tally: Tally, text: str, language: str) -> str:
        del text, language
        is_part = len(tally.words) > 1 and max(tally.whole, tally.n_heads) < MIN_SHARE * tally.count
        return "hardly ever by itself" if is_part else ""

    def _noun_and_verb(self, tally: Tally, text: str, language: str) -> str:
        """A Chinese noun and a verb that is nothing else: 版本|包含."""
        del text
        if self._contrast is None or len(tally.words) == 1 or not language.startswith("zh"):
            return ""
        last = tally.words[-1]
        return "a noun and its verb" if last.pos == "v" and self._contrast.is_general(last.base, language) else ""

    def _everyday_words(self, tally: Tally, text: str, language: str) -> str:
        """Several words of language at large that were met once together."""
        del text
        if self._contrast is None or tally.count > 1 or len(tally.words) == 1:
            return ""
        contrast = self._contrast
        is_general = all(contrast.is_general(word.base, language) for word in tally.words if not word.is_joint)
        return "everyday words" if is_general else ""
