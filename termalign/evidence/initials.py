"""Where the English name begins that an acronym stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termalign.evidence.cues import cues
from termalign.languages.characters import LATIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["WORD", "extended", "initials_begin", "letters_begin", "letters_of"]

MAX_NAME = 100  # code points before a bracket among which a name may begin
ARTICLES = frozenset({"a", "an", "the"})
ENGLISH_JOINTS = frozenset({"of", "for"})
SENTENCE_OPENERS = frozenset(
    {"The", "A", "An", "This", "These", "In", "At", "By", "Under", "And", "But", "For", "Its", "Their", "Our"}
)
WORD = re.compile(rf"[{LATIN}0-9]+(?:['’][{LATIN}]+)?")
_LOWER_WORD = re.compile(r"[a-z]+")


def letters_of(acronym: str) -> list[str]:
    """Return the letters of an acronym.

    Args:
        acronym: The acronym.

    Returns:
        Its letters and digits, small, without the ending of its plural.
    """
    is_plural = acronym.endswith("s") and acronym[:-1].isupper()
    return [char.lower() for char in (acronym[:-1] if is_plural else acronym) if char.isalnum()]


def initials_begin(head: str, letters: Sequence[str]) -> int:
    """Find where the words begin whose initials spell an acronym, -1 where none do: carbon capture and storage (CCS).

    Every word gives its first letter and may give more of its letters (tuberculosis, TB). Function words and what follows a
    hyphen (high-temperature gas-cooled reactor, HTGR) may give none. The longest such name is taken; it begins with a function
    word only where no other fits (in vitro fertilization, IVF).

    Args:
        head: The text before the bracket.
        letters: Those of the acronym, as :func:`letters_of` gives them.

    Returns:
        An offset into ``head``.
    """
    skipped = cues("skipped")
    found = spare = -1
    left = {len(letters)}  # numbers of letters that the words so far may leave
    for match in _words_back(head):
        word = match[0].lower()
        taken = {
            first
            for last in left
            for first in range(last)
            if word[0] == letters[first] and _in_order(letters[first + 1 : last], word[1:])
        }
        may_give_none = word in skipped or head[: match.start()].endswith("-")
        if 0 in taken and not may_give_none:
            found = match.start()
        elif 0 in taken and word in skipped and word not in ARTICLES:
            spare = match.start()
        left = (taken | (left if may_give_none else set())) - {0}
        if not left:
            break
    return found if found >= 0 else spare


def _words_back(head: str) -> Iterator[re.Match[str]]:
    """Yield the words before a bracket from the last one back, as long as spaces, hyphens and commas alone part them."""
    end = len(head)
    for match in reversed(list(WORD.finditer(head, max(0, end - MAX_NAME)))):
        if head[match.end() : end].strip(" -‐,"):
            break
        yield match
        end = match.start()


def _in_order(letters: Sequence[str], word: str) -> bool:
    """Tell whether a word holds letters in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def letters_begin(head: str, letters: Sequence[str], *, floor: int) -> int:
    """Find where a capitalised name begins that holds the letters of an acronym.

    Args:
        head: The text before the bracket.
        letters: Those of the acronym, as :func:`letters_of` gives them.
        floor: Where it may begin at the earliest.

    Returns:
        An offset into ``head``; -1 where there is none.

    Source:
        Schwartz & Hearst (2003), A simple algorithm for identifying abbreviation definitions in biomedical text, PSB.
    """
    position = len(head)
    for number, letter in enumerate(reversed(letters), 1):
        first = number == len(letters)
        position -= 1
        while position >= floor and (
            head[position].lower() != letter or (first and position > 0 and head[position - 1].isalnum())
        ):
            position -= 1
        if position < floor:
            return -1
    return -1 if _LOWER_WORD.fullmatch(head[position:].split(" ", maxsplit=1)[0]) else position


def extended(text: str, position: int) -> int:
    """Extend an English name over capitalised words before it, and over *of* and *for* between them.

    The letters of QST are those of Quantum Science and Technology, its name begins with National Institutes for.

    Args:
        text: The text.
        position: Where the name begins by its letters.

    Returns:
        Where it begins.
    """
    before = list(re.finditer(r"\S+", text[:position]))
    while before:
        word = before[-1][0]
        joint = word in ENGLISH_JOINTS and len(before) > 1
        head = before[-2] if joint else before[-1]
        if not head[0][:1].isupper() or head[0][-1:] in ",;:.()" or head[0] in SENTENCE_OPENERS:
            break
        position = head.start()
        before = before[: -2 if joint else -1]
    return position
