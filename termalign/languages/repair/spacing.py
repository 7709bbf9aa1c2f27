"""Which white space belongs to a text, and what stands between two lines that are one.

Chinese and Japanese are written without spaces; those that PDF copies have between characters are the typesetter's.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, KANA, is_katakana
from termalign.languages.repair.draft import Draft
from termalign.languages.repair.lines import layout_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.languages.repair.lines import Line

__all__ = ["CJK", "CJK_MARKS", "Words", "respaced", "run_together", "width"]

# Characters of Chinese and Japanese words, Kangxi radicals among them.
CJK = f"\u3005-\u3007\u303b{HAN}{KANA}\u2e80-\u2fdf\u3100-\u312f\u31a0-\u31bf"
# Marks as wide as a character: no space stands at them.
CJK_MARKS = "\u3001-\u3003\u3008-\u3011\u3013-\u301f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
# Marks that both kinds of text have, and markup: what stands behind them decides.
_SHARED = "“”‘’…—―─·*_`~"

_LEFT_SIDE = re.compile(f"([{CJK}])|([{CJK_MARKS}])|[^{_SHARED}\\s]")
_WIDE_RUN = re.compile(f"[{CJK}{CJK_MARKS}]")
_SPACES = re.compile(r"\s+")
_BETWEEN_CJK = re.compile(f"(?<=[{CJK}{CJK_MARKS}])\\s+(?=[{CJK}{CJK_MARKS}])")
# Latin text: no space behind these at a line end, nor before these at a line beginning.
_NO_SPACE_AFTER = tuple("([{/\u2014\u2013\u201c\u2018")
_NO_SPACE_BEFORE = re.compile(r"[)\]},;!?%/\u2014\u2013\u201d\u2019]|[.:](?:\s|$)")
# A hyphen at a line end: the two that are seen, the soft one, and pdfium's two substitutes (DEPENDENCIES.md P9).
_HYPHEN_END = re.compile("([A-Za-z0-9\u00c0-\u024f]+)([-\u2010\xad\x02\ufffe])$")
_INNER_HYPHEN = re.compile(
    "(?<![A-Za-z0-9\u00c0-\u024f])([A-Za-z0-9\u00c0-\u024f]++)([\x02\ufffe])(?=([A-Za-z0-9\u00c0-\u024f]{1,40}))"
)
_STRAY_HYPHEN = re.compile("[\xad\x02\ufffe]")
_LATIN_START = re.compile("[A-Za-z\u00c0-\u024f]+")
_WORDS = re.compile("[A-Za-z]+(?:[-\u2010][A-Za-z]+)*")
_LINK_END = re.compile(r"(?:https?://|www\.)\S*$")
MARKUP_LOOK = 12  # marks and spaces in a row are never more


class Words:
    """The words of a document in Latin script, to tell what a hyphen at a line end is.

    Args:
        raw: The document; read when the first hyphen is asked for.
    """

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._found: frozenset[str] | None = None

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Tell whether a word broken at a hyphen has the hyphen elsewhere, too.

        Args:
            left: The part before the hyphen.
            right: The part behind the line end.

        Returns:
            Whether the hyphen belongs to the word. The document decides by the form it has elsewhere; where it has
            neither, the first part does.

        Source:
            Ours.
        """
        if not (left.isalpha() and right[:1].islower()):
            return True
        if self._found is None:
            self._found = frozenset(word.lower().replace("\u2010", "-") for word in _WORDS.findall(self._raw))
        left, right = left.lower(), right.lower()
        if left + right in self._found:
            return False
        return f"{left}-{right}" in self._found or left in _prefixes()


@cache
def _prefixes() -> frozenset[str]:
    """Return first parts of words that are written with a hyphen."""
    return frozenset(word.rstrip("-") for word in layout_words()["hyphen_prefixes"])


def width(text: str) -> int:
    """Measure how wide a line is set.

    Args:
        text: One line.

    Returns:
        Columns: two for a Chinese or Japanese character or mark, none for the spaces between them.

    Source:
        East Asian Width (UAX 11), in short.
    """
    text = _BETWEEN_CJK.sub("", text)
    return len(text) + len(_WIDE_RUN.findall(text))


def run_together(lines: Sequence[Line], *, words: Words) -> Draft:
    """Put the lines of one paragraph one behind the other.

    Args:
        lines: At least one, in order.
        words: The words of the document.

    Returns:
        One line of text: without a space at a Chinese or Japanese character or mark, else with one; a hyphen that only
        divides a word is left out.

    Source:
        Ours.
    """
    parts = [lines[0].draft]
    for left, right in pairwise(lines):
        before, between = _joint(parts[-1], right.text, newline=left.newline, words=words)
        parts[-1:] = [before, between, right.draft]
    return Draft.joined(parts)


def _joint(left: Draft, right: str, *, newline: tuple[int, int], words: Words) -> tuple[Draft, Draft]:
    """Return the left line without its dividing hyphen, and what stands between the lines."""
    nothing = Draft()
    hyphen = _HYPHEN_END.search(left.text[-80:])
    latin = _LATIN_START.match(right)
    if hyphen and (latin or hyphen[2] != "-"):
        end = len(left.text)
        kept = hyphen[2] != "\xad" and words.keeps_hyphen(hyphen[1], latin[0] if latin else "")
        if kept and hyphen[2] in "-\u2010":
            return left, nothing
        return left.edited([(end - 1, end, "-" if kept else "")]), nothing
    if newline[0] < newline[1] and _takes_space(left.text, right):
        return left, Draft(" ", (newline[0],), (newline[1],))
    return left, nothing


def _takes_space(left: str, right: str) -> bool:
    """Tell whether two lines of one paragraph have a space between them."""
    if left.endswith(_NO_SPACE_AFTER) or _NO_SPACE_BEFORE.match(right):
        return False
    if re.search(r"\d-$", left) or (_LINK_END.search(left[-200:]) and not right[:1].isupper()):
        return False
    return not (_side(left[-MARKUP_LOOK:][::-1]) or _side(right[:MARKUP_LOOK]))


def _side(text: str) -> str:
    """Say what a text begins with: ``c`` Chinese or Japanese character, ``m`` such a mark, else nothing."""
    match = _LEFT_SIDE.search(text)
    if match is None:
        return ""
    return "c" if match[1] else "m" if match[2] else ""


def respaced(draft: Draft, *, soft: bool, words: Words) -> Draft:
    """Give a text the spaces that its language has.

    Args:
        draft: A text on one line.
        soft: Whether a space between two words of Chinese or Japanese may be meant: in a title or a cell, not in a sentence.
        words: The words of the document.

    Returns:
        The text with single spaces: none between Chinese and Japanese characters and marks, at most one elsewhere. Soft
        hyphens and what pdfium writes for hyphens are resolved.

    Source:
        Ours.
    """
    draft = draft.edited(_inner_hyphens(draft.text, words=words))
    draft = draft.edited((match.start(), match.end(), "") for match in _STRAY_HYPHEN.finditer(draft.text))
    return draft.edited(_spaces(draft.text, soft=soft)).stripped()


def _inner_hyphens(text: str, *, words: Words) -> Iterator[tuple[int, int, str]]:
    """Resolve pdfium's hyphens inside a line."""
    for match in _INNER_HYPHEN.finditer(text):
        yield match.start(2), match.end(2), "-" if words.keeps_hyphen(match[1], match[3]) else ""


def _spaces(text: str, *, soft: bool) -> Iterator[tuple[int, int, str]]:
    """Find the white space to leave out or to bring to one space."""
    for match in _SPACES.finditer(text):
        start, end = match.span()
        left = _side(text[max(0, start - MARKUP_LOOK) : start][::-1])
        right = _side(text[end : end + MARKUP_LOOK])
        marked = "m" in left + right
        both = left == right == "c" and not (soft and _separates(text, start, end))
        if marked or both:
            yield start, end, ""
        elif match[0] != " ":
            yield start, end, " "


def _separates(text: str, start: int, end: int) -> bool:
    """Tell whether a space stands between two words and not between the spaced letters of one, or inside a loan word."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    if is_katakana(before[-1:]) and is_katakana(behind[:1]):
        return False  # loan words are written with spaces by some, as one by most
    return len(before) == len(behind) == 2 and not (_SPACES.search(before + behind))  # noqa: PLR2004 - a word has two
