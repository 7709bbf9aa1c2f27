"""Words that a tokeniser cut and that a lexicon knows: 量子|も|つれ has lost its noun もつれ."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.languages.characters import has_cjk
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


__all__ = ["rejoin"]

MAX_PIECES = 4
MIN_SIZE = 3  # code points; two characters of hiragana are often two particles
VERB_ENDINGS = frozenset("てでただばまずなつ")  # て で た だ ば ます ず ない ながら つつ
OPEN_CLASSES = frozenset({"n", "pn", "v", "adj", "x", "suffix", "prefix"})


def rejoin(tokens: Sequence[Token], *, is_noun: Callable[[str], bool]) -> tuple[Token, ...]:
    """Put neighbouring tokens together whose text is a known noun.

    Args:
        tokens: The words of a sentence.
        is_noun: Tells whether a text is a known noun of the sentence's language.

    Returns:
        The words, fewer where some were joined; nothing is lost between them.

    Source:
        Ours.
    """
    found: list[Token] = []
    position = 0
    while position < len(tokens):
        size = _longest(tokens, position, is_noun)
        found.append(_joined(tokens[position : position + size]) if size > 1 else tokens[position])
        position += size
    return tuple(found)


def _longest(tokens: Sequence[Token], position: int, is_noun: Callable[[str], bool]) -> int:
    """Return how many tokens from ``position`` on make the longest known noun, 1 where none do."""
    for size in range(min(MAX_PIECES, len(tokens) - position), 1, -1):
        pieces = tokens[position : position + size]
        text = "".join(piece.text for piece in pieces)
        touching = all(one.end == other.start for one, other in pairwise(pieces))
        if (
            touching
            and len(text) >= MIN_SIZE
            and has_cjk(text)
            and not any(piece.pos == "mark" for piece in pieces)
            and any(piece.pos in OPEN_CLASSES for piece in pieces)
            and any(piece.pos not in {"n", "pn"} for piece in pieces)
            and not (pieces[-1].pos == "v" and _goes_on(tokens, position + size))
            and is_noun(text)
        ):
            return size
    return 1


def _goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Tell whether a particle or auxiliary follows that only a verb takes: に|おい|て is no smell."""
    return position < len(tokens) and tokens[position].pos == "func" and tokens[position].text[:1] in VERB_ENDINGS


def _joined(pieces: Sequence[Token]) -> Token:
    text = "".join(piece.text for piece in pieces)
    return Token(text=text, start=pieces[0].start, end=pieces[-1].end, pos="n", base=text, parts=(text,))
