"""Chinese words in 可, which means -able before a noun and *can* before the verb of a clause.

可再生能源 is a term, 可提高效率 a clause, and no tagger tells them apart. What stands before does: after 的, a preposition, a
verb that takes an object or a word such as 任何 a noun phrase begins; after an adverb, a pronoun or an auxiliary verb a clause
goes on. After a noun, a mark or nothing both are possible; there the same words at other places of the pile decide.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from termalign.languages.fold import simplify
from termalign.model import Token
from termalign.terms.stops import stops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.model import Sentence

__all__ = ["AbleKey", "able_words", "with_able_words"]

AbleKey = tuple[str, str]  # what follows 可: a word, and the noun behind it

CAN = "可"
NOUN = frozenset({"n", "pn"})
WORD = frozenset({"n", "pn", "v", "adj", "adv"})
OPEN = frozenset({"n", "pn", "mark", "num", "x", "suffix"})  # before 可 these tell nothing
IF = frozenset({"如果", "若", "当"})  # nor do these: a clause begins, with its subject or without
COMPLEMENTED = tuple("于为成给到入")  # verbs that end so have their object behind them: 可用于本地化
MIN_COMPOUND = 3  # characters of a noun that may hold its head: 再生能源


def able_words(sentences: Iterable[Sentence]) -> frozenset[AbleKey]:
    """Find the words before which 可 means -able.

    Args:
        sentences: All sentences of the input; those that are not Chinese count for nothing.

    Returns:
        The words that stand behind 可 more often where a noun phrase begins than where a clause goes on.

    Source:
        Ours.
    """
    counts: Counter[AbleKey] = Counter()
    for sentence in sentences:
        if sentence.language.startswith("zh") and CAN in sentence.text:
            for at, key in _places(sentence.tokens):
                counts[key] += _sign(sentence.tokens, at)
    return frozenset(key for key, count in counts.items() if count > 0)


def with_able_words(tokens: Sequence[Token], words: frozenset[AbleKey]) -> tuple[Token, ...]:
    """Put 可 and the word behind it together where they mean -able.

    Args:
        tokens: The words of a Chinese sentence.
        words: As :func:`able_words` gives them.

    Returns:
        The words: 可再生能源 is a noun, 可穿戴 before 设备 an adjective.
    """
    joined = {at for at, key in _places(tokens) if key in words and _sign(tokens, at) >= 0}
    return tuple(
        _joined(token, tokens[at + 1]) if at in joined else token
        for at, token in enumerate(tokens)
        if at - 1 not in joined
    )


def _places(tokens: Sequence[Token]) -> Iterator[tuple[int, AbleKey]]:
    """Yield where 可 stands before a word and a noun, or before a noun that is a compound."""
    for at, (one, other) in enumerate(pairwise(tokens)):
        if one.text != CAN or other.start != one.end or other.pos not in WORD or other.text.endswith(COMPLEMENTED):
            continue
        after = tokens[at + 2] if at + 2 < len(tokens) else None
        if other.pos in NOUN and len(other.text) >= MIN_COMPOUND:
            yield at, (other.text, "")
        elif after is not None and after.start == other.end and after.pos in NOUN:
            yield at, (other.text, after.text)


def _sign(tokens: Sequence[Token], at: int) -> int:
    """Say what stands before a 可: 1 where a noun phrase begins, -1 where a clause goes on, 0 where either may be."""
    words = stops("zh")
    before = tokens[at - 1] if at else None
    if before is None or before.end != tokens[at].start:
        return 0
    text = simplify(before.text)
    if text in words.before_noun or text in words.prepositions:
        return 1
    if before.pos == "v":
        return -1 if text in words.before_clause else 1
    return 0 if before.pos in OPEN or text in IF else -1


def _joined(can: Token, word: Token) -> Token:
    text = can.text + word.text
    is_noun = word.pos in NOUN and len(word.text) >= MIN_COMPOUND
    return Token(
        text=text, start=can.start, end=word.end, pos="n" if is_noun else "adj", base=text, parts=(can.text, word.text)
    )
