"""What a lexicon is made of: entries, translations, and the protocols of a layer and of a dictionary's format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DICTIONARY_WEIGHT", "Dictionary", "DictionaryFormat", "LexiconEntry", "Translation"]

DICTIONARY_WEIGHT = 0.6  # of public dictionaries against the core; to be measured on gold pairs, until then a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """One sense of a word: any form of it in one language translates any form in another.

    Args:
        forms: Language tag and forms, best first.
        readings: Kana of the Japanese forms, in their order; empty where unknown.
        pos: Part of speech as in ``termalign/data/core``: ``n v adj adv num pron adp conj part det aux interj prefix suffix morph``;
            empty where the layer does not say.
        domain: Subject field; empty where the layer does not say.
        part: The part of its layer that holds it (``quantum``), so that it can be switched off.
        weight: How much it counts inside its layer, in (0, 1].
    """

    forms: tuple[tuple[str, tuple[str, ...]], ...]
    readings: tuple[str, ...] = ()
    pos: str = ""
    domain: str = ""
    part: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One translation of a word.

    Args:
        text: The word in the target language.
        weight: How much it counts, in (0, 1], 1 for the first form of a trusted layer.
        layer: Where it comes from, for attribution (``core``, a file name).
        pos: Part of speech of the entry.
        licence: SPDX licence of the layer (``CC-BY-SA-4.0``); empty where none is stated, as for files of the user.
    """

    text: str
    weight: float
    layer: str
    pos: str
    licence: str = ""


@runtime_checkable
class Dictionary(Protocol):
    """One layer."""

    @property
    def name(self) -> str:
        """Name of the layer, recorded with each pair."""

    @property
    def weight(self) -> float:
        """How far the layer is trusted, in (0, 1]."""

    @property
    def licence(self) -> str:
        """SPDX licence of its strings; empty where none is stated."""

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the entries, always in the same order."""


@runtime_checkable
class DictionaryFormat(Protocol):
    """Reads the files of one kind of dictionary."""

    @property
    def weight(self) -> float:
        """How far such a file is trusted, in (0, 1]."""

    @property
    def licence(self) -> str:
        """SPDX licence that such files are published under; empty where that is for the user to know."""

    def recognises(self, head: str) -> bool:
        """Tell by the first lines of a file, comments included, whether it is of this format."""

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Stream the entries of the file called ``name``.

        What is sound comes first; ``DataError``, or ``DataErrors`` for several faults, with their places after it.
        """
