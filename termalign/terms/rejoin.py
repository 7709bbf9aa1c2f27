"""Words that a tokeniser cut and that a lexicon knows: 量子|も|つれ has lost its noun もつれ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.languages.characters import has_kana
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


__all__ = ["rejoin"]

MAX_PIECES = 4
MAX_SIZE = 8  # code points; what is longer is a compound
MAX_HAN = 5  # the same of Han characters alone
MIN_SIZE = 3  # code points; two characters of hiragana are often two particles
VERB_ENDINGS = frozenset("てでただばまずなつ")  # て で た だ ば ます ず ない ながら つつ
GLUE = frozenset("的了")  # Chinese particles that are pieces of no noun; 中 and 和 are of 碳中和, 和 of 校验和
FIRST_CJK = "\u2e80"
SURE = frozenset({"n", "pn"})  # tokens of these only stay apart, as compounds do
OPEN_CLASSES = frozenset({"n", "pn", "v", "adj", "x", "suffix", "prefix"})


def rejoin(tokens: Sequence[Token], *, is_noun: Callable[[str], bool]) -> tuple[Token, ...]:
    """Put neighbouring tokens together whose text is a known noun.

    Args:
        tokens: The words of a sentence.
        is_noun: Tells whether a text is a known noun of the sentence's language; asked the same again and again.

    Returns:
        The words, fewer where some were joined; nothing is lost between them.

    Source:
        Ours.
    """
    found: list[Token] = []
    position = 0
    n_tokens = len(tokens)
    while position < n_tokens:
        token = tokens[position]
        is_plain = token.pos == "mark" or token.text[0] < FIRST_CJK
        size = 1 if is_plain else _longest(tokens, position, is_noun)
        found.append(_joined(tokens[position : position + size]) if size > 1 else token)
        position += size
    return tuple(found)


def _longest(tokens: Sequence[Token], position: int, is_noun: Callable[[str], bool]) -> int:
    """Return how many tokens from ``position`` on make the longest known noun, 1 where none do."""
    last = tokens[position]
    text = last.text
    is_open, is_sure = last.pos in OPEN_CLASSES, last.pos in SURE
    best = 1
    for size in range(2, min(MAX_PIECES, len(tokens) - position) + 1):
        token = tokens[position + size - 1]
        if token.start != last.end or token.pos == "mark" or not _may_touch(last, token):
            break
        text += token.text
        if len(text) > MAX_HAN and (len(text) > MAX_SIZE or not has_kana(text)):
            break
        is_open = is_open or token.pos in OPEN_CLASSES
        is_sure = is_sure and token.pos in SURE
        last = token
        if (
            len(text) >= MIN_SIZE
            and is_open
            and not is_sure
            and is_noun(text)
            and not (token.pos == "v" and _goes_on(tokens, position + size))
        ):
            best = size
    return best


def _may_touch(one: Token, other: Token) -> bool:
    """Tell whether two pieces may be of one word: a particle is of the noun もつれ, not of a noun beside it; 的 of none."""
    if one.pos == "func" and not _is_piece(one.text, other.text[0]):
        return False
    return other.pos != "func" or _is_piece(other.text, one.text[-1])


def _is_piece(func: str, char: str) -> bool:
    return has_kana(char) if has_kana(func) else func not in GLUE


def _goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Tell whether a particle or auxiliary follows that only a verb takes: に|おい|て is no smell."""
    return position < len(tokens) and tokens[position].pos == "func" and tokens[position].text[:1] in VERB_ENDINGS


def _joined(pieces: Sequence[Token]) -> Token:
    text = "".join(piece.text for piece in pieces)
    return Token(text=text, start=pieces[0].start, end=pieces[-1].end, pos="n", base=text, parts=(text,))
