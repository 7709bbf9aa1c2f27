"""The layered lexicon: which words of one language translate a word of another, and who says so."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, UnknownNameError
from termalign.languages.fold import fold
from termalign.lexicon.base import Translation
from termalign.lexicon.core import ShippedLayer
from termalign.lexicon.store import EntryStore, Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.lexicon.base import Dictionary, LexiconEntry
    from termalign.lexicon.store import Store
    from termalign.model import Folded

__all__ = ["DEFAULT_LAYERS", "Lexicon", "layer"]

DEFAULT_LAYERS = ("core", "places")
SHIPPED = frozenset(DEFAULT_LAYERS)
INSTALLED = ("cedict", "jmdict")  # of the optional extra "dictionaries"
FREE_MARK = (
    4  # kana from which the long mark at the end is free, as in JIS Z 8301: サーバー is サーバ, プレー is not プレ
)
KATAKANA = re.compile("[ァ-ヺー・]+")
LATER_FORM = 0.8  # weight of a form that is not the first of its cell, against the first

Found = tuple["LexiconEntry", str, float, str]  # an entry with its layer, weight and licence


def layer(name: str) -> Dictionary:
    """Find the layer that an option names.

    Args:
        name: ``core`` or ``places``, with parts switched off behind a colon: ``core:-quantum,-computing``; ``cedict`` or
            ``jmdict`` of the optional extra ``dictionaries``; or the path of a dictionary or table, gzip or not.

    Returns:
        The reader of that layer; of a file only the beginning is read yet.

    Raises:
        ConfigError: No such layer, part or file, or the parts are not written ``-part``.
        MissingExtraError: The optional extra is not installed.
        DataError: The file cannot be read, or is of no format that is known.
    """
    base, _, parts = name.partition(":")
    if base in SHIPPED:
        switched = [part.strip() for part in parts.split(",") if part.strip()]
        if any(not part.startswith("-") for part in switched):
            raise ConfigError(f"lexicon {name!r}", f"switch a part off with a minus: {base}:-quantum")
        return ShippedLayer(base, frozenset(part[1:] for part in switched))
    if name in INSTALLED:
        from termalign.lexicon.installed import installed_layer  # noqa: PLC0415 - only who asks for one pays for it

        return installed_layer(name)
    path = Path(name)
    try:
        is_there = bool(name) and path.exists()
    except (OSError, ValueError):  # too long, or with a NUL
        is_there = False
    if not is_there:
        there = ", ".join((*DEFAULT_LAYERS, *INSTALLED))
        raise UnknownNameError(f"unknown lexicon {name!r}", f"there are {there}, or name a file that exists")
    from termalign.lexicon.files import file_layer  # noqa: PLC0415 - as above

    return file_layer(path)


def _spelt(found: list[Found], word: str) -> list[Found]:
    """Keep the entries that write a katakana word as it is written, where there are such.

    The key unites the scripts of kana and drops long vowels, so that コート finds こと, and プレー finds プレ. A word in hiragana may be such a key itself and finds all.
    """
    spelling = _spelling(word)
    if not KATAKANA.fullmatch(spelling):
        return found
    same = [one for one in found if any(_spelling(form) == spelling for form in dict(one[0].forms).get("ja", ()))]
    return same or found


def _spelling(word: str) -> str:
    """Write a word in full width, a longer one without the long mark at its end."""
    wide = unicodedata.normalize("NFKC", word)
    return wide.removesuffix("ー") if len(wide) >= FREE_MARK else wide


class Lexicon:
    """Words and their translations, in layers.

    Args:
        layers: Readers of the layers, the most trusted first.

    Raises:
        DataError: A layer breaks the promise of its format.
        DataErrors: The same, in several places.
    """

    def __init__(self, layers: Iterable[Dictionary]) -> None:
        self._layers: list[tuple[Store, str, float, str]] = [
            (one.store() if isinstance(one, Stored) else EntryStore(one.entries()), one.name, one.weight, one.licence)
            for one in layers
        ]

    @classmethod
    def load(cls, *layers: str) -> Lexicon:
        """Load layers by name.

        Args:
            layers: As in :func:`layer`; none means ``core`` and ``places``.

        Returns:
            The lexicon.

        Raises:
            ConfigError: An unknown layer, part or file.
            MissingExtraError: The optional extra that holds a layer is not installed.
            DataError: A file breaks the promise of its format.
            DataErrors: The same, in several places.
        """
        return cls([layer(name) for name in layers or DEFAULT_LAYERS])

    def __len__(self) -> int:
        return sum(len(store) for store, *_ in self._layers)

    def __contains__(self, key: tuple[str, str]) -> bool:
        """Tell whether ``(language, word)`` is known."""
        language, word = key
        return bool(self._found(language, word))

    def licences(self) -> tuple[tuple[str, str], ...]:
        """Return whose strings are held, for attribution.

        Returns:
            Name and SPDX licence of each layer, in their order, each once; an empty licence where none is stated.
        """
        return tuple(dict.fromkeys((name, licence) for _, name, _, licence in self._layers))

    def _found(self, language: str, word: str) -> list[Found]:
        """Find a word, with whose it is; traditional text falls back on simplified words of the same key."""
        key = fold(word)
        found = list(self._of(language, key))
        if language == "ja" and len(found) > 1:
            return _spelt(found, word)
        return found or (list(self._of("zh-Hans", key)) if language == "zh-Hant" else [])

    def _of(self, language: str, key: Folded) -> Iterator[Found]:
        """Yield the entries of a folded word in one language, with layer, weight and licence, in layer order."""
        for store, name, weight, licence in self._layers:
            for number in store.numbers(language, key):
                entry = store.entry(number)
                yield entry, name, weight * entry.weight, licence

    def senses(self, word: str, language: str) -> tuple[LexiconEntry, ...]:
        """Return the entries that hold ``word`` in ``language``, in layer order; empty where it is unknown."""
        return tuple(entry for entry, *_ in self._found(language, word))

    def translations(self, word: str, source: str, target: str) -> tuple[Translation, ...]:
        """Translate a word.

        Args:
            word: The word, in any width, case or script; English in its dictionary form.
            source: Its language tag.
            target: The tag wanted.

        Returns:
            Translations, strongest first, each text once, with the layer and licence of the strongest; empty where the
            word is unknown.
        """
        best: dict[str, Translation] = {}
        for entry, name, weight, licence in self._found(source, word):
            forms = dict(entry.forms)
            texts = forms.get(target) or (forms.get("zh-Hans", ()) if target == "zh-Hant" else ())
            for rank, text in enumerate(texts):
                share = weight * (LATER_FORM if rank else 1.0)
                if text not in best or best[text].weight < share:
                    best[text] = Translation(text=text, weight=share, layer=name, pos=entry.pos, licence=licence)
        return tuple(sorted(best.values(), key=lambda one: (-one.weight, one.text)))
