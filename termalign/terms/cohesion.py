"""Chinese words that the tokeniser's dictionary lacks, put together by what the input itself shows.

A word that no dictionary holds is cut into characters, some of them taken for verbs, which ends the term around it. Pieces
belong together where one hardly ever stands without the other, and what stands around the two changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from termalign.languages.characters import is_all_han
from termalign.languages.tokens import word_table
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termalign.model import Sentence

__all__ = ["glued", "word_pairs"]

MIN_COUNT = 3  # of a pair
MIN_BOUND = 0.5  # share of the rarer piece's places at which the other stands beside it
MIN_VARIETY = 2  # different words on either side of the pair
SURE = frozenset({"n", "pn", "suffix", "prefix"})  # these join in a term anyway
NEVER = frozenset({"num", "mark", "func"})

Pair = tuple[str, str]


def word_pairs(sentences: Iterable[Sentence]) -> frozenset[Pair]:
    """Find pairs of neighbouring pieces that are one word.

    Args:
        sentences: Of a pile; only Chinese ones are read.

    Returns:
        Pairs of words, one of them a single character, not both nouns.

    Source:
        Accessor variety after Feng, Chen, Deng & Zheng (2004), Accessor variety criteria for Chinese word extraction,
        Computational Linguistics 30(1); the bound on the rarer piece is ours.
    """
    counts: Counter[Pair] = Counter()
    pieces: Counter[str] = Counter()
    left: defaultdict[Pair, set[str]] = defaultdict(set)
    right: defaultdict[Pair, set[str]] = defaultdict(set)
    for sentence in sentences:
        if not sentence.language.startswith("zh"):
            continue
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if len(token.text) != 1:
                continue
            pieces[token.text] += 1
            for first in (at - 1, at):
                if first >= 0 and _may_join(tokens, first) and not (first < at and len(tokens[first].text) == 1):
                    pair = tokens[first].text, tokens[first + 1].text
                    counts[pair] += 1
                    left[pair].add(tokens[first - 1].text if first else "")
                    right[pair].add(tokens[first + 2].text if first + 2 < len(tokens) else "")
    return frozenset(
        pair
        for pair, count in counts.items()
        if count >= MIN_COUNT
        and all(count >= MIN_BOUND * pieces[piece] for piece in pair if len(piece) == 1)
        and min(len(left[pair]), len(right[pair])) >= MIN_VARIETY
    )


def _may_join(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a token and the next touch and may be pieces of one word."""
    if first + 1 >= len(tokens):
        return False
    one, other = tokens[first], tokens[first + 1]
    if one.end != other.start or one.pos in NEVER or other.pos in NEVER or (one.pos in SURE and other.pos in SURE):
        return False
    closed = word_table("chinese")
    return all(closed.get(piece.text) not in {"adv", "v"} and is_all_han(piece.text) for piece in (one, other))


def glued(tokens: Sequence[Token], pairs: frozenset[Pair]) -> Sequence[Token]:
    """Put the pairs of a sentence together, from left to right.

    Args:
        tokens: Its words.
        pairs: As :func:`word_pairs` found them.

    Returns:
        The words, fewer where some were joined; a joined one is a noun.
    """
    found: list[Token] = []
    joined = False
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and not joined and last.end == token.start and (last.text, token.text) in pairs:
            text = last.text + token.text
            found[-1] = Token(text, last.start, token.end, "n", text, (last.text, token.text))
            joined = True
        else:
            found.append(token)
            joined = False
    return found
