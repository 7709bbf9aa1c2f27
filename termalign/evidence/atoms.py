"""Terms as the smallest parts that a lexicon may translate.

Chinese and the Han words of Japanese fall into characters, kana and Latin words stay whole, English falls into lemmas. A
stretch of atoms is looked up only where it begins and ends at a word boundary that the tokeniser sees, except in Chinese,
whose boundaries no tokeniser gets right inside technical terms.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.characters import has_cjk, has_kana, is_all_han
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Atoms", "atoms", "critical_affixes"]

ORDINAL = "第"
CHARACTER_WEIGHT, WORD_WEIGHT = 1, 2  # a kana, Latin or English word weighs as much as a two-character Han word


@dataclass(frozen=True, slots=True)
class Atoms:
    """The parts of one term.

    Args:
        texts: Folded parts, in order.
        weights: How much each part matters; 0 for joints such as の, 的, of.
        starts: Numbers of the parts that a word begins with; a word ends before the next one or at the end.
        glue: What stands between parts when they are joined for look-up: empty for CJK, a space for English.
    """

    texts: tuple[str, ...]
    weights: tuple[int, ...]
    starts: frozenset[int]
    glue: str

    @property
    def weight(self) -> int:
        """Weight of the whole term."""
        return sum(self.weights)

    def stretches(self, *, longest: int) -> Iterator[tuple[int, int, str]]:
        """Yield every stretch of whole words of at most ``longest`` parts: first part, end, text."""
        for first in sorted(self.starts):
            for end in range(first + 1, min(len(self.texts), first + longest) + 1):
                if end == len(self.texts) or end in self.starts:
                    yield first, end, self.glue.join(self.texts[first:end])


@cache
def critical_affixes() -> frozenset[str]:
    """Return the folded affixes that make another concept of a term: 耐, 非, 后-, anti-."""
    raw = tomllib.loads((files("termalign") / "data" / "composition.toml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for word in raw["critical"])


@cache
def _digits() -> dict[str, str]:
    """Numerals that are written as words behind 第, and their digits."""
    raw = tomllib.loads((files("termalign") / "data" / "composition.toml").read_text(encoding="utf-8"))
    return {str(word): str(digit) for word, digit in raw["digits"].items()}


@cache
def _joints() -> frozenset[str]:
    raw = tomllib.loads((files("termalign") / "data" / "gloss.toml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for word in raw["joints"])


def atoms(words: Sequence[str], *, language: str) -> Atoms:
    """Cut a term into atoms.

    Args:
        words: Its words in order: the finest split of Japanese and Chinese, lemmas for English.
        language: Its tag.

    Returns:
        The atoms; empty ones for a term without words.

    Source:
        Ours; after the compositional method of Morin & Daille (2010), Compositionality and lexical alignment of multi-word
        terms, Language Resources and Evaluation 44.
    """
    texts: list[str] = []
    weights: list[int] = []
    starts: set[int] = set()
    joints = _joints()
    for word in words:
        key = fold(word)
        if not key:
            continue
        starts.add(len(texts))
        parts = _characters(key) if has_cjk(key) and not has_kana(word) else [key]
        for part in parts:
            if language.startswith("zh"):
                starts.add(len(texts))
            texts.append(_digits().get(part, part) if texts and texts[-1] == ORDINAL else part)
            weights.append(
                0 if key in joints else CHARACTER_WEIGHT if is_all_han(part) and len(part) == 1 else WORD_WEIGHT
            )
    return Atoms(tuple(texts), tuple(weights), frozenset(starts), " " if language == "en" else "")


def _characters(key: str) -> list[str]:
    """Cut a folded word into Han characters and runs of anything else."""
    parts: list[str] = []
    for char in key:
        if parts and not is_all_han(char) and not is_all_han(parts[-1]):
            parts[-1] += char
        else:
            parts.append(char)
    return parts
