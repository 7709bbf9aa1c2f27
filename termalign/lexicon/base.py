"""What a lexicon is made of: entries, translations, and the protocol of a layer's reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Dictionary", "LexiconEntry", "Translation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """One sense of a word: any form of it in one language translates any form in another.

    Args:
        forms: Language tag and forms, best first.
        readings: Kana of the Japanese forms, in their order; empty where unknown.
        pos: Part of speech as in ``termalign/data/core``: ``n v adj adv num pron adp conj part det aux interj prefix suffix morph``.
        domain: Subject field.
        part: The part of its layer that holds it (``quantum``), so that it can be switched off.
    """

    forms: tuple[tuple[str, tuple[str, ...]], ...]
    readings: tuple[str, ...] = ()
    pos: str = ""
    domain: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One translation of a word.

    Args:
        text: The word in the target language.
        weight: How much it counts, in (0, 1], 1 for the first form of a trusted layer.
        layer: Where it comes from, for attribution (``core``, a file name).
        pos: Part of speech of the entry.
    """

    text: str
    weight: float
    layer: str
    pos: str


@runtime_checkable
class Dictionary(Protocol):
    """Reads one layer."""

    @property
    def name(self) -> str:
        """Name of the layer, recorded with each pair."""

    @property
    def weight(self) -> float:
        """How far the layer is trusted, in (0, 1]."""

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the entries, always in the same order."""
