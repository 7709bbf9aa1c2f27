"""Where a glossed name begins.

Before a bracket the words of a sentence and of a name run into one another: 位于日本理化学研究所(RIKEN). Three things tell
where the name begins: the letters of the acronym (or the words of the other name) are explained by translations of the
name's words; the same name stands before the same bracket elsewhere; and a mark or function word stands before it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termalign.evidence.atoms import atoms
from termalign.evidence.gloss import NameKind
from termalign.languages.characters import has_cjk
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termalign.evidence.gloss import Gloss
    from termalign.lexicon import Lexicon

__all__ = ["initials_explained", "settle"]

# What each sign is worth against the others; set by hand on the phenomena page's examples, the order matters, not the figure.
SUPPORT_WEIGHT, RECURRENCE_WEIGHT, NATURAL_WEIGHT = 1.0, 0.6, 0.5
MAX_WORD_ATOMS = 4


def settle(glosses: Sequence[Gloss], *, lexicon: Lexicon) -> dict[int, int]:
    """Choose where the outer name of each gloss begins.

    Args:
        glosses: All glosses of the input.
        lexicon: For translating the words of names into English.

    Returns:
        For the index of each gloss, the chosen start in its sentence.

    Source:
        Ours.
    """
    seen: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, gloss in enumerate(glosses):
        seen[gloss.language, fold(gloss.inner)].append(number)
    chosen: dict[int, int] = {}
    for numbers in seen.values():
        group = {number: glosses[number] for number in numbers}
        for number, gloss in group.items():
            chosen[number] = _best(gloss, [other for key, other in group.items() if key != number], lexicon)
    return chosen


def _best(gloss: Gloss, others: Sequence[Gloss], lexicon: Lexicon) -> int:
    """Choose among the starts of one gloss; the longest wins among equals."""
    if len(gloss.starts) == 1:
        return gloss.starts[0]
    texts = [
        (other.quoted, [fold(other.outer(start)) for start in other.starts], fold(other.outer())) for other in others
    ]

    def worth(start: int) -> tuple[float, int]:
        name = fold(gloss.outer(start))
        same = sum(
            (name == natural) + 0.5 * (quoted and name == natural) + 0.25 * (name in starts)
            for quoted, starts, natural in texts
        )
        return (
            SUPPORT_WEIGHT * _support(gloss, start, lexicon)
            + RECURRENCE_WEIGHT * min(1.0, same)
            + NATURAL_WEIGHT * (start == gloss.natural),
            -start,
        )

    return max(gloss.starts, key=worth)


def _support(gloss: Gloss, start: int, lexicon: Lexicon) -> float:
    """Measure how well the words from ``start`` on explain the other name, in [0, 1]."""
    if gloss.language == "en":
        return 0.0
    words = [token.text for token in gloss.sentence.tokens if token.start >= start and token.end <= gloss.end]
    if gloss.kind is NameKind.ACRONYM:
        return initials_explained(words, gloss.inner, language=gloss.language, lexicon=lexicon)
    if has_cjk(gloss.inner):
        return 0.0
    return initials_explained(
        words,
        "".join(word[0] for word in gloss.inner.split() if word[0].isupper()),
        language=gloss.language,
        lexicon=lexicon,
    )


def initials_explained(words: Iterable[str], acronym: str, *, language: str, lexicon: Lexicon) -> float:
    """Measure how far the letters of an acronym are initials of English translations of the words of a name.

    Args:
        words: The words of the name, as the tokeniser cuts them.
        acronym: The acronym.
        language: Tag of the name.
        lexicon: Words and their translations.

    Returns:
        Harmonic mean of the share of letters explained and of the share of words used, in [0, 1]. Order is free: Chinese
        and Japanese put the parts of a name in another order than English.
    """
    letters = [char.lower() for char in acronym if char.isalpha() and char.isascii()]
    parts = atoms(list(words), language=language)
    if not letters or not parts.weight:
        return 0.0
    left = list(letters)
    used = position = 0
    while position < len(parts.texts):
        step, letter = _initial(parts.texts, position, left, language, lexicon)
        if letter:
            left.remove(letter)
            used += sum(parts.weights[position : position + step])
        position += step
    explained = 1 - len(left) / len(letters)
    share = used / parts.weight
    return 2 * explained * share / (explained + share) if explained else 0.0


def _initial(
    texts: Sequence[str], position: int, left: Sequence[str], language: str, lexicon: Lexicon
) -> tuple[int, str]:
    """Find the longest known word at ``position``: how many parts it has and which letter that is left it explains, if any."""
    for size in range(min(MAX_WORD_ATOMS, len(texts) - position), 0, -1):
        translations = lexicon.translations("".join(texts[position : position + size]), language, "en")
        if translations:
            initials = [one.text[0].lower() for one in translations]
            return size, next((letter for letter in initials if letter in left), "")
    return 1, ""
