"""Text under repair, in which every character still knows the raw text it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.model import MappedText, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Text whose character ``i`` stands for the raw text ``low[i]..high[i]``.

    Args:
        text: The text as far as it is repaired.
        low: Where the raw text of each character begins, ascending.
        high: Where it ends.
    """

    text: str = ""
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()

    @classmethod
    def of(cls, raw: str, start: int, end: int) -> Draft:
        """Take ``raw[start:end]`` as it is."""
        return cls(raw[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))

    def slice(self, start: int, end: int) -> Draft:
        """Cut out ``text[start:end]``."""
        if start <= 0 and end >= len(self.text):
            return self
        return Draft(self.text[start:end], self.low[start:end], self.high[start:end])

    def stripped(self) -> Draft:
        """Cut off white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Draft:
        """Replace stretches of the text.

        Args:
            edits: Start, end and the new text; ascending and not overlapping. New text is empty or one character, which
                then stands for all the raw text of the stretch.

        Returns:
            The edited text; the same object where there is nothing to do.
        """
        texts: list[str] = []
        low: list[int] = []
        high: list[int] = []
        done = 0
        for start, end, new in edits:
            texts += self.text[done:start], new
            low += self.low[done:start]
            high += self.high[done:start]
            if new:
                low.append(self.low[start])
                high.append(self.high[end - 1])
            done = end
        if not texts:
            return self
        texts.append(self.text[done:])
        return Draft("".join(texts), (*low, *self.low[done:]), (*high, *self.high[done:]))

    def mapped(self) -> MappedText:
        """Return the text with its way back, in as few steps as there are breaks."""
        pieces: list[Piece] = []
        begun = 0  # where the step at hand begins
        for at in range(1, len(self.text) + 1):
            if at < len(self.text) and self.low[at] == self.high[at - 1] and self._single(at - 1) and self._single(at):
                continue
            pieces.append(Piece(begun, self.low[begun], self.high[at - 1]))
            begun = at
        return MappedText(self.text, tuple(pieces))

    def _single(self, at: int) -> bool:
        """Tell whether a character stands for one raw character."""
        return self.high[at] - self.low[at] == 1

    @staticmethod
    def joined(drafts: Sequence[Draft]) -> Draft:
        """Put texts one behind the other."""
        if len(drafts) == 1:
            return drafts[0]
        return Draft(
            "".join(draft.text for draft in drafts),
            tuple(at for draft in drafts for at in draft.low),
            tuple(at for draft in drafts for at in draft.high),
        )
