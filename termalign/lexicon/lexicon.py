"""The layered lexicon: which words of one language translate a word of another, and who says so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.languages.fold import fold
from termalign.lexicon.base import Translation
from termalign.lexicon.core import ShippedLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.lexicon.base import Dictionary, LexiconEntry
    from termalign.model import Folded

__all__ = ["DEFAULT_LAYERS", "Lexicon", "layer"]

DEFAULT_LAYERS = ("core", "places")
SHIPPED = frozenset(DEFAULT_LAYERS)
LATER_FORM = 0.8  # weight of a form that is not the first of its cell, against the first


def layer(name: str) -> Dictionary:
    """Find the layer that an option names.

    Args:
        name: ``core`` or ``places``, with parts switched off behind a colon: ``core:-quantum,-computing``.

    Returns:
        The reader of that layer; nothing is read yet.

    Raises:
        ConfigError: No such layer or part, or the parts are not written ``-part``.
    """
    base, _, parts = name.partition(":")
    if base not in SHIPPED:
        raise ConfigError(f"unknown lexicon {name!r}", f"there are {', '.join(DEFAULT_LAYERS)}")
    switched = [part.strip() for part in parts.split(",") if part.strip()]
    if any(not part.startswith("-") for part in switched):
        raise ConfigError(f"lexicon {name!r}", f"switch a part off with a minus: {base}:-quantum")
    return ShippedLayer(base, frozenset(part[1:] for part in switched))


class Lexicon:
    """Words and their translations, in layers.

    Args:
        layers: Readers of the layers, the most trusted first.
    """

    def __init__(self, layers: Iterable[Dictionary]) -> None:
        self._entries: list[tuple[LexiconEntry, str, float]] = []
        self._index: defaultdict[str, defaultdict[Folded, list[int]]] = defaultdict(lambda: defaultdict(list))
        for one in layers:
            for entry in one.entries():
                self._add(entry, one.name, one.weight)

    @classmethod
    def load(cls, *layers: str) -> Lexicon:
        """Load layers by name.

        Args:
            layers: As in :func:`layer`; none means ``core`` and ``places``.

        Returns:
            The lexicon.

        Raises:
            ConfigError: An unknown layer or part.
        """
        return cls([layer(name) for name in layers or DEFAULT_LAYERS])

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: tuple[str, str]) -> bool:
        """Tell whether ``(language, word)`` is known."""
        language, word = key
        return bool(self._numbers(language, fold(word)))

    def _add(self, entry: LexiconEntry, name: str, weight: float) -> None:
        number = len(self._entries)
        self._entries.append((entry, name, weight))
        for language, forms in entry.forms:
            for key in dict.fromkeys(fold(form) for form in forms):
                self._index[language][key].append(number)

    def _numbers(self, language: str, key: Folded) -> list[int]:
        """Entry numbers of a folded word; traditional text falls back on simplified words of the same key."""
        found = self._index[language].get(key, [])
        return found or (self._index["zh-Hans"].get(key, []) if language == "zh-Hant" else [])

    def senses(self, word: str, language: str) -> tuple[LexiconEntry, ...]:
        """Return the entries that hold ``word`` in ``language``, in layer order; empty where it is unknown."""
        return tuple(self._entries[number][0] for number in self._numbers(language, fold(word)))

    def translations(self, word: str, source: str, target: str) -> tuple[Translation, ...]:
        """Translate a word.

        Args:
            word: The word, in any width, case or script; English in its dictionary form.
            source: Its language tag.
            target: The tag wanted.

        Returns:
            Translations, strongest first, each text once; empty where the word is unknown.
        """
        best: dict[str, Translation] = {}
        for number in self._numbers(source, fold(word)):
            entry, name, weight = self._entries[number]
            forms = dict(entry.forms)
            texts = forms.get(target) or (forms.get("zh-Hans", ()) if target == "zh-Hant" else ())
            for rank, text in enumerate(texts):
                share = weight * (LATER_FORM if rank else 1.0)
                if text not in best or best[text].weight < share:
                    best[text] = Translation(text=text, weight=share, layer=name, pos=entry.pos)
        return tuple(sorted(best.values(), key=lambda one: (-one.weight, one.text)))
