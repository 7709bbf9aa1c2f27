"""Keys under which a designation is found, and in which ways a query may differ from it and still be the same word."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, has_cjk, has_kana, has_latin
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["differences", "keys", "plain"]

# Hiragana behind a Han character that write the end of a word, not a particle: 取り扱い, 組み合わせ.
_OKURIGANA = re.compile(rf"(?<=[{HAN}])(?![のとやがをにはへも](?![ぁ-ゖ]))[ぁ-ゖ]{{1,2}}")
_WORD = re.compile(r"[A-Za-z]+")
_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Fold a text and take accents and tone marks off: ``bàn dǎo tǐ`` and ``ban dao ti`` share it."""
    decomposed = unicodedata.normalize("NFD", fold(text)) if not has_cjk(text) else fold(text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)) if not has_cjk(text) else decomposed


def keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a designation or query: the fold first, then weaker ones, each with what it folds away.

    Args:
        text: A designation, a reading or a query.

    Yields:
        Key and the word for what it folds away (``""``, ``okurigana``, ``inflection``, ``tones``), each key once.
    """
    seen: set[str] = set()
    for key, why in _all_keys(text):
        if key and key not in seen:
            seen.add(key)
            yield key, why


def _all_keys(text: str) -> Iterator[tuple[str, str]]:
    yield fold(text), ""
    if has_latin(text) and not has_cjk(text):
        yield fold(_WORD.sub(lambda match: lemma(match[0]), text)), "inflection"
        yield plain(text), "tones"
    elif has_kana(text) and has_cjk(text):
        yield fold(_OKURIGANA.sub("", text)), "okurigana"


def differences(query: str, text: str) -> tuple[str, ...]:
    """Name the ways in which a query differs from a designation that shares its key, in a fixed order.

    Args:
        query: As typed.
        text: As stored.

    Returns:
        Among ``width``, ``case``, ``marks``, ``kana``, ``script``; empty where both are spelt alike.
    """
    found: list[str] = []
    left, right = query.strip(), text
    for name, step in (
        ("width", lambda one: unicodedata.normalize("NFKC", one)),
        ("case", str.casefold),
        ("marks", lambda one: _MARKS.sub("", one).replace("ー", "")),
        ("kana", _hiragana),
    ):
        if left == right:
            break
        before = left == right
        changed = step(left), step(right)
        if (changed[0] != left or changed[1] != right) and _closer(left, right, changed) and not before:
            found.append(name)
        left, right = changed
    if left != right:
        found.append("script")
    return tuple(found)


def _closer(left: str, right: str, changed: tuple[str, str]) -> bool:
    """Tell whether a step brought two texts nearer: fewer characters stand in only one of them."""
    return len(set(changed[0]) ^ set(changed[1])) < len(set(left) ^ set(right)) or len(changed[0]) == len(
        changed[1]
    ) != len(left) == len(right)


def _hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)
