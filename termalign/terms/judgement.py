"""What was found about a string, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termalign.terms.contrast import Contrast
    from termalign.terms.tallies import Tallies
    from termalign.terms.tally import Tally

__all__ = ["Judgement", "Verdict"]

MIN_WHOLE = 3  # places by itself of a single character


class Verdict(StrEnum):
    """What became of a string."""

    KEPT = "kept"
    WEAK = "weak"  # a candidate where another language confirms it
    NESTED = "nested"
    GENERAL = "general"
    LEFT = "left"
    UNSEEN = "unseen"  # asked for, and no run of words


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found about a string, and what follows.

    Args:
        language: Its tag.
        text: The form met most often.
        verdict: What became of it.
        reason: Why it is not kept; empty where it is.
        c_value: Frequency by itself, and in part inside longer runs, times the logarithm of the size; 0 and up.
        score: As of a candidate: the C-value weighted by documents, signs and everyday words.
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
    c_value: float
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
        c_value: float,
        score: float,
        n_documents: int,
        tallies: Tallies,
        contrast: Contrast | None,
    ) -> Judgement:
        """Put together what is known of a string."""
        counts = tally.forms
        longer = sorted((tally.within or {}).items(), key=lambda item: (-item[1], item[0]))
        share = contrast.share(tally.words[0].base, language) if contrast and len(tally.words) == 1 else None
        return cls(
            language=language,
            text=forms[0],
            verdict=verdict,
            reason=reason,
            c_value=c_value,
            score=score,
            count=tally.count,
            documents=n_documents,
            whole=min(tally.whole, tally.count),
            pattern=tuple(word.pos for word in tally.words),
            share=None if share is None else round(share, 7),
            longer=tuple((tallies.text(language, key), count) for key, count in longer),
            signs=tuple(sorted(tally.signs)),
            variants=tuple((form, counts[form]) for form in forms[1:]),
        )

    @classmethod
    def unseen(cls, term: str, language: str, *, count: int, reason: str) -> Judgement:
        """Say why a string that was asked for is no run of words."""
        return cls(
            language=language,
            text=term,
            verdict=Verdict.UNSEEN,
            reason=reason,
            c_value=0.0,
            score=0.0,
            count=count,
            documents=0,
            whole=0,
            pattern=(),
            share=None,
            longer=(),
            signs=(),
            variants=(),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the row of ``extract --why --json``."""
        return {
            "language": self.language,
            "term": self.text,
            "score": self.score,
            "count": self.count,
            "documents": self.documents,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "pattern": list(self.pattern),
            "whole": self.whole,
            "c_value": self.c_value,
            "share": self.share,
            "longer": [{"text": text, "count": count} for text, count in self.longer],
            "signs": list(self.signs),
            "variants": [{"text": text, "count": count} for text, count in self.variants],
        }
