"""In which ways a query differs from the designation that it met: the words of ``why`` (CONTRACTS.md section 2)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from termalign.glossary.spelling import Kind, toneless, uninflected
from termalign.languages.characters import is_han
from termalign.languages.fold import fold
from termalign.languages.okurigana import without_okurigana

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["differences"]

_KANA_RUN = re.compile("[\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff]+")  # without ー, a step of its own
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Lo", "Mn"})  # categories of what the fold drops and nobody sees


@lru_cache(maxsize=1024)  # the same few signs over and over
def _dropped(char: str) -> str:
    """Name what a character is that the fold drops: ``space``, ``long vowel``, ``invisible``, ``marks``; else empty."""
    if fold(char):
        return ""
    if char in "ーｰ":
        return "long vowel"
    if char.isspace():
        return "space"
    return "invisible" if category(char) in _UNSEEN else "marks"


class _Table(dict[int, str]):
    """A table for :meth:`str.translate` that is filled as characters come."""

    def __init__(self, translated: Callable[[str], str]) -> None:
        super().__init__()
        self._translated = translated

    def __missing__(self, code: int) -> str:
        """Translate a character for the first time."""
        self[code] = self._translated(chr(code))
        return self[code]


def _without(name: str) -> tuple[str, Callable[[str], str]]:
    table = _Table(lambda char: "" if _dropped(char) == name else char)
    return name, lambda text: text.translate(table)


def _narrow(text: str) -> str:
    """Fold width, but for Han characters, since a radical is no matter of width, and ™ ℠, which the fold drops."""
    if text.isascii():
        return text
    runs = groupby(text, lambda char: is_han(char) or char in "™℠")
    return "".join("".join(run) if is_kept else normalize("NFKC", "".join(run)) for is_kept, run in runs)


_SCRIPT = _Table(lambda char: fold(char) if is_han(char) else char)
# Steps of folding in the order in which they are named.
_CLEANING = (
    _without("invisible"),
    ("width", _narrow),
    _without("space"),
    _without("marks"),
)
_SOUND = (
    ("case", str.casefold),
    _without("long vowel"),
    ("kana", lambda text: _KANA_RUN.sub(lambda run: fold(run[0]), text)),
    ("script", lambda text: text.translate(_SCRIPT)),
)
_STEPS: dict[Kind, tuple[tuple[str, Callable[[str], str]], ...]] = {
    Kind.SPELLING: (*_CLEANING, *_SOUND),
    Kind.INFLECTION: (("inflection", uninflected), *_CLEANING, *_SOUND),
    Kind.VERB: (("inflection", lambda text: uninflected(text, is_verb=True)), *_CLEANING, *_SOUND),
    Kind.TONES: (("tones", toneless), *_CLEANING, *_SOUND),
    Kind.OKURIGANA: (*_CLEANING, ("okurigana", without_okurigana), *_SOUND),
}


def differences(query: str, text: str, *, kind: Kind = Kind.SPELLING) -> tuple[str, ...]:
    """Name what had to be folded away to make one word of two spellings.

    Args:
        query: As typed.
        text: As stored, with the same key of this kind.
        kind: The kind of key they share.

    Returns:
        Among ``inflection``, ``tones``, ``invisible``, ``width``, ``space``, ``marks`` (middle dots, hyphens, quotation marks),
        ``okurigana``, ``case``, ``long vowel``, ``kana``, ``script``, in this order: those without which the two would
        still differ. Empty where they are spelt alike.

    Source:
        Ours.

    >>> differences("ﾘｮｳｼ", "りょうし"), differences("Q-LEAP", "Q-LEAP"), differences("戰略", "战略")
    (('width', 'kana'), (), ('script',))
    """
    left, right = query.strip(), text.strip()
    if left == right:
        return ()
    steps = _STEPS[kind]
    trail = [(left, right)]  # both texts before each step and after the last one
    for _, step in steps:
        trail.append((step(trail[-1][0]), step(trail[-1][1])))
    if trail[-1][0] != trail[-1][1]:
        return ("marks",)  # signs that only the fold knows to be one
    needed = tuple(
        name
        for number, (name, _) in enumerate(steps)
        if trail[number] != trail[number + 1] and _differ(*trail[number], steps=steps[number + 1 :])
    )
    if needed:
        return needed
    # Of two steps that would each do, leaving out one shows nothing: the first of them is named.
    return (next(name for (name, _), (one, other) in zip(steps, trail[1:], strict=True) if one == other),)


def _differ(left: str, right: str, *, steps: tuple[tuple[str, Callable[[str], str]], ...]) -> bool:
    """Tell whether two texts still differ after some steps."""
    for _, step in steps:
        left, right = step(left), step(right)
    return left != right
