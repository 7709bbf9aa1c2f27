"""Where the parts of a run stand in it: which are a reading of the whole, and what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termalign.languages.characters import has_latin
from termalign.terms.runs import is_loose

if TYPE_CHECKING:
    from termalign.terms.tally import DistinctRun, Tally
    from termalign.terms.words import Word

__all__ = ["Frame"]

EDGE = ""  # beside a part that begins or ends where its run does


class Frame(NamedTuple):
    """A run and its readings as one noun group.

    推进|量子技术 is a verb and its object, 日本电气株式会社|负责 a name and what it does, 量子密钥|分发 a noun group. Verbs at the
    beginning are cut off; those at the end are cut off in one reading and kept in the other, since only counts can tell. An
    English ``of`` that joins no names parts two noun groups.

    Args:
        run: The run.
        language: ``ja``, ``zh`` or ``en``.
        first: Number of the first word of its noun group.
        last: Number behind the last word of it that is no verb.
        loose: Numbers of the words that part noun groups.
    """

    run: DistinctRun
    language: str
    first: int
    last: int
    loose: frozenset[int]

    @classmethod
    def of(cls, run: DistinctRun, language: str) -> Frame:
        """Look at the words of a run."""
        words = run.words
        first, last = 0, len(words)
        if language == "zh":
            while first < last and words[first].pos in {"v", "adv"}:
                first += 1
            while last > first + 1 and words[last - 1].pos == "v":
                last -= 1
        loose = frozenset(at for at, word in enumerate(words) if word.is_joint and is_loose(words, at))
        return cls(run, language, first, last, loose)

    def note(self, tally: Tally, first: int, last: int) -> bool:
        """Count a part, and tell whether it is a reading of the run or of a noun group of it.

        Args:
            tally: What was seen of the part elsewhere.
            first: Number of its first word.
            last: Number behind its last word.
        """
        run, size = self.run, len(self.run.words)
        n_places = len(run.sentences)
        words = run.words[first:last]
        before, after = self._before(first), self._after(last)
        if after is None or last == self.last:
            tally.n_heads += n_places
        tally.is_soft = self._is_soft(words)
        if tally.is_soft:
            nominal, verbal = self._leanings(words, before)
            tally.nominal += nominal
            tally.verbal += verbal
            is_reading = not first and last in {size, self.last}
            tally.whole += nominal if is_reading else 0
            return is_reading
        if _is_inside_name(words, before, after):
            tally.n_inside_names += n_places
        else:
            tally.stand_beside(*_beside(before, after))
        if first == self.first and last == size:
            tally.whole += n_places - (run.n_followed if words[-1].pos == "v" else 0)
            return True
        is_reading = (first == self.first and last == self.last) or (
            bool(self.loose) and before is None and after is None
        )
        tally.whole += n_places if is_reading else 0
        return is_reading

    def note_foreign(self, tally: Tally, first: int, last: int, *, is_name: bool) -> None:
        """Count a Latin name in text of another script; a small word (inspired in 量子inspired技術) is none by itself."""
        n_places = len(self.run.sentences)
        is_alone = is_name or last - first == len(self.run.words)
        tally.whole += n_places if is_alone else 0
        tally.n_heads += n_places
        tally.stand_beside(*((EDGE, EDGE) if is_alone else _beside(self._before(first), self._after(last))))

    def is_latin_whole(self, first: int, last: int) -> bool:
        """Tell whether a part is a whole Latin stretch of a run of another script."""
        words = self.run.words
        beside = (*words[max(0, first - 1) : first], *words[last : last + 1])
        return not any(has_latin(word.text[:1]) and word.text[:1].isascii() for word in beside)

    def _before(self, first: int) -> Word | None:
        return self.run.words[first - 1] if first and first - 1 not in self.loose else None

    def _after(self, last: int) -> Word | None:
        return self.run.words[last] if last < len(self.run.words) and last not in self.loose else None

    def _is_soft(self, words: tuple[Word, ...]) -> bool:
        """Tell whether a part makes a term only where what stands before it shows a noun phrase."""
        first = words[0]
        if len(words) == 1:
            return self.language == "zh" and (first.is_soft or first.is_action)
        return first.is_soft and not (self.language == "zh" and first.pos == "adj")

    def _leanings(self, words: tuple[Word, ...], before: Word | None) -> tuple[int, int]:
        """Count the places at which a soft part is a noun phrase, and at which it is a verb phrase."""
        n_places = len(self.run.sentences)
        if before is None:
            if words[0].pos == "adv" and len(words) > 1 and words[1].is_noun:
                return n_places, 0  # 异步|生成器: an adverb does not stand before a noun
            return self.run.n_nominal, self.run.n_verbal
        if before.pos in {"adj", "num"} or before.is_measure:
            return n_places, 0
        return (0, n_places) if before.pos == "adv" else (0, 0)


def _beside(before: Word | None, after: Word | None) -> tuple[str, str]:
    """Return the words beside a part, empty at the edges of its run."""
    return (before.base if before else EDGE), (after.base if after else EDGE)


def _is_inside_name(words: tuple[Word, ...], before: Word | None, after: Word | None) -> bool:
    """Tell whether a capitalised part goes on in capitals: Development Kit of Quantum Development Kit."""
    return bool(
        (words[0].is_name and before is not None and (before.is_name or before.is_joint))
        or (words[-1].is_name and after is not None and (after.is_name or after.is_joint))
    )
