"""In which ways a query differs from the designation that it met: the words of ``why`` (CONTRACTS.md section 2)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from termalign.glossary.okurigana import without_okurigana
from termalign.glossary.spelling import Kind, toneless, uninflected
from termalign.languages.characters import is_han
from termalign.languages.fold import fold

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


def _without(name: str) -> tuple[str, Callable[[str], str]]:
    return name, lambda text: "".join(char for char in text if _dropped(char) != name)


def _narrow(text: str) -> str:
    """Fold width, but for Han characters, since a radical is no matter of width, and ™ ℠, which the fold drops."""
    runs = groupby(text, lambda char: is_han(char) or char in "™℠")
    return "".join("".join(run) if is_kept else normalize("NFKC", "".join(run)) for is_kept, run in runs)


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
    ("script", lambda text: "".join(fold(char) if is_han(char) else char for char in text)),
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
    names = [name for name, _ in _STEPS[kind]]
    if _apply(left, kind) != _apply(right, kind):
        return ("marks",)  # signs that only the fold knows to be one
    needed = tuple(name for name in names if _apply(left, kind, without=name) != _apply(right, kind, without=name))
    if needed:
        return needed
    # Of two steps that would each do, leaving out one shows nothing: the first of them is named.
    return (next(name for name in names if _apply(left, kind, to=name) == _apply(right, kind, to=name)),)


def _apply(text: str, kind: Kind, *, without: str = "", to: str = "") -> str:
    """Take the steps of one kind, all without one, or those up to one."""
    for name, step in _STEPS[kind]:
        if name != without:
            text = step(text)
        if name == to:
            break
    return text
