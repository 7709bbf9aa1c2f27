"""Why a string is a candidate, and why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termalign.languages.characters import has_latin
from termalign.terms.stops import stops
from termalign.terms.variants import key_of
from termalign.terms.words import MIDDLE_DOTS

if TYPE_CHECKING:
    from termalign.terms.contrast import Contrast
    from termalign.terms.tally import Tallies, Tally

__all__ = ["Judgement", "Verdict", "judge"]

MIN_WHOLE = 3  # places by itself of a single character
MIN_NOMINAL = 2  # places at which a single verb stands as a noun
MIN_NOUN = 0.3  # of the places of a single verb, those at which it is one
MIN_SHARE = 0.1  # of the places of a string, those where it is what it may be otherwise


class Verdict(StrEnum):
    """What became of a string."""

    KEPT = "kept"
    WEAK = "weak"  # a candidate where another language confirms it
    NESTED = "nested"
    GENERAL = "general"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found about a string, and what follows.

    Args:
        language: Its tag.
        text: The form met most often.
        verdict: What became of it.
        reason: Why it is not kept; empty where it is.
        score: As of a candidate.
        count: Places.
        documents: How many documents hold it.
        whole: Places where it is a run of its own.
        pattern: Parts of speech of its words.
        share: Share of language at large, in [0, 1], of a single word that the dictionaries count; else ``None``.
        longer: Longer runs that hold it, with the number of places inside them, most frequent first.
        signs: What marked it as a name from outside.
        variants: Other spellings, with their counts.
    """

    language: str
    text: str
    verdict: Verdict
    reason: str
    score: float
    count: int
    documents: int
    whole: int
    pattern: tuple[str, ...]
    share: float | None
    longer: tuple[tuple[str, int], ...]
    signs: tuple[str, ...]
    variants: tuple[tuple[str, int], ...]

    @classmethod
    def of(
        cls,
        tally: Tally,
        forms: tuple[str, ...],
        language: str,
        *,
        verdict: Verdict,
        reason: str,
        score: float,
        tallies: Tallies,
        contrast: Contrast | None,
    ) -> Judgement:
        """Put together what is known of a string."""
        counts = tally.forms
        longer = sorted(tally.within.items(), key=lambda item: (-item[1], item[0]))
        share = contrast.share(tally.words[0].base, language) if contrast and len(tally.words) == 1 else None
        return cls(
            language=language,
            text=forms[0],
            verdict=verdict,
            reason=reason,
            score=score,
            count=tally.count,
            documents=len(tally.documents),
            whole=min(tally.whole, tally.count),
            pattern=tuple(word.pos for word in tally.words),
            share=None if share is None else round(share, 7),
            longer=tuple((tallies.text(language, key), count) for key, count in longer),
            signs=tuple(sorted(tally.signs)),
            variants=tuple((form, counts[form]) for form in forms[1:]),
        )


def judge(
    tally: Tally, text: str, language: str, *, tallies: Tallies, contrast: Contrast | None
) -> tuple[Verdict, str]:
    """Decide what becomes of a string.

    Args:
        tally: Its counts.
        text: Its preferred spelling.
        language: Its tag.
        tallies: The counts of all strings.
        contrast: What is known of words outside the input.

    Returns:
        The verdict and its reason; the reason is empty where the string is kept.
    """
    if tally.signs:
        return Verdict.KEPT, ""
    if len(text) == 1 and not has_latin(text):
        return (Verdict.NESTED if tally.whole >= MIN_WHOLE else Verdict.LEFT), "a single character"
    alone = stops(language).alone
    if text in alone or (len(tally.words) == 1 and tally.words[0].base in alone):
        return Verdict.GENERAL, "listed as a word that is no term by itself"
    if tally.is_soft:
        if not _is_noun_phrase(tally):
            return (Verdict.NESTED if len(tally.words) > 1 or tally.nominal else Verdict.LEFT), "reads as a verb"
    elif tally.n_inside_names and tally.whole < MIN_SHARE * tally.count:
        return Verdict.NESTED, "only inside a longer name"
    elif not tally.whole and not tally.is_free:
        return Verdict.NESTED, "only inside a longer term"
    reason = _weakness(tally, text, language, tallies=tallies, contrast=contrast)
    return (Verdict.WEAK, reason) if reason else (Verdict.KEPT, "")


def _is_noun_phrase(tally: Tally) -> bool:
    """Tell whether a string that begins with a verb or participle is a noun phrase often enough."""
    if len(tally.words) == 1:
        return tally.nominal >= max(MIN_NOMINAL, MIN_NOUN * tally.count) and tally.nominal > tally.verbal
    is_clause = any(word.pos in {"v", "adv"} for word in tally.words[1:-1])
    return tally.nominal > tally.verbal and not is_clause


def _weakness(tally: Tally, text: str, language: str, *, tallies: Tallies, contrast: Contrast | None) -> str:
    """Say why a noun phrase is no term by itself; empty where it may be one."""
    words = tally.words
    if len(words) == 1:
        if contrast is None or words[0].pos == "pn":
            return ""
        return contrast.why_general(words[0].base, language, share=tallies.share(tally, language))
    if _is_list(text, tally.count, language, tallies, contrast):
        return "a list of terms"
    if tally.whole < MIN_SHARE * tally.count:
        return "hardly ever by itself"
    if contrast is None:
        return ""
    if contrast.is_general(text, language):
        return contrast.why_general(text, language, share=tallies.share(tally, language))
    last = words[-1]
    if language.startswith("zh") and last.pos == "v" and contrast.is_general(last.base, language):
        return "a noun and its verb"
    if tally.count == 1:
        bases = [word.base for word in words if not word.is_joint]
        if all(contrast.is_general(base, language) for base in bases):
            return "everyday words"
    return ""


def _is_list(text: str, count: int, language: str, tallies: Tallies, contrast: Contrast | None) -> bool:
    """Tell whether middle dots part terms that stand by themselves elsewhere: 大学・企業, but not 光・量子."""
    if not any(dot in text for dot in MIDDLE_DOTS):
        return False
    for dot in MIDDLE_DOTS:
        text = text.replace(dot, "・")
    return all(_stands_alone(piece, count, language, tallies, contrast) for piece in text.split("・"))


def _stands_alone(piece: str, count: int, language: str, tallies: Tallies, contrast: Contrast | None) -> bool:
    """Tell whether a piece of what may be a list is a term elsewhere, or a known word."""
    found = tallies.by_key.get((language, key_of(piece, language)))
    if found is not None and found.count > count:
        return True
    return len(piece) > 1 and contrast is not None and contrast.is_known(piece, language)
