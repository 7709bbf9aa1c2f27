"""Where the two names of a piece of evidence stand in its quote.

For the eye only: nothing is decided by what is found here. It is forgiving about width, case, spaces, dots and hyphens, so that
a name is found as authors and typesetters wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.formats.report.markup import Html, element, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Mark", "find_terms", "highlighted"]

Mark = tuple[int, int, int]  # start and end in the quote, number of the term

MAX_QUOTE = 300  # code points of a quote that are shown; a long sentence has 120
N_BEFORE = 100  # of which before the first name, where the quote is longer

_SKIPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})  # spaces, controls, hyphens and dashes
_SKIPPED = frozenset("·・‧•･\N{KATAKANA MIDDLE DOT}")
_VOICING = frozenset("ﾞﾟ")  # half-width voicing marks join the kana before them
_WORD = re.compile(r"[^\W\u2e80-\U0003ffff]")  # letters and digits of scripts that put spaces between words
_PLURAL = re.compile(r"e?s(?!\w)")


def find_terms(quote: str, terms: Sequence[str]) -> tuple[Mark, ...]:
    """Find terms in a quote.

    Args:
        quote: The words around a place.
        terms: The terms; where two of them overlap, the longer one is taken.

    Returns:
        Where each stands, ascending, not overlapping; empty where none does. A term in Latin script is not found inside a
        longer word.

    Source:
        Ours.

    >>> find_terms("ＱＫＤ（量子鍵 配送）", ["量子鍵配送", "QKD"])
    ((0, 3, 1), (4, 10, 0))
    """
    key, starts, ends = _key(quote)
    found: list[Mark] = []
    for number in sorted(range(len(terms)), key=lambda index: (-len(terms[index]), index)):
        wanted = _key(terms[number])[0]
        position = key.find(wanted) if wanted else -1
        while position >= 0:
            last = position + len(wanted) - 1
            start, end = starts[position], _whole_word(quote, starts[position], ends[last])
            if end is not None and all(end <= other[0] or start >= other[1] for other in found):
                found.append((start, end, number))
            position = key.find(wanted, position + 1)
    return tuple(sorted(found))


def highlighted(quote: str, terms: Sequence[str], *, n: int = MAX_QUOTE) -> Html:
    """Write a quote with its terms in ``mark`` elements.

    Args:
        quote: The words around a place.
        terms: The terms.
        n: How many code points are shown; a longer quote is cut to begin a little before the first term.

    Returns:
        Markup; the first term has the class ``a``, the second ``b``.
    """
    marks = find_terms(quote, terms)
    low = max(0, min(marks[0][0] - N_BEFORE, len(quote) - n)) if marks and len(quote) > n else 0
    high = low + n
    pieces: list[str] = ["…"] if low else []
    position = low
    for start, end, number in marks:
        if end > high:
            break
        pieces += [quote[position:start], element("mark", quote[start:end], class_="ab"[number % 2])]
        position = end
    return join([*pieces, quote[position:high], "…" if high < len(quote) else None])


@lru_cache(maxsize=2**12)  # one quote serves several pieces of evidence that stand together
def _key(text: str) -> tuple[str, list[int], list[int]]:
    """Fold text for finding; with where each character of the key begins and ends in the text."""
    key: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for character in _folded(text[start:end]):
            key.append(character)
            starts.append(start)
            ends.append(end)
    return "".join(key), starts, ends


@lru_cache(maxsize=2**16)
def _folded(cluster: str) -> str:
    """Fold one cluster of characters; empty for what is skipped."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", cluster).casefold()
        if character not in _SKIPPED and unicodedata.category(character) not in _SKIPPED_CATEGORIES
    )


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that normalising may put together: a character and the marks that join it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not (unicodedata.combining(text[index]) or text[index] in _VOICING):
            yield start, index
            start = index


def _whole_word(quote: str, start: int, end: int) -> int | None:
    """Return where a hit ends, an English plural taken in; ``None`` where it stands inside a longer word."""
    if start and _WORD.match(quote[start]) and _WORD.match(quote[start - 1]):
        return None
    if end < len(quote) and _WORD.match(quote[end - 1]) and _WORD.match(quote[end]):
        plural = _PLURAL.match(quote, end)
        return plural.end() if plural else None
    return end
