"""How the entries of one layer are held: found by key, made when asked for.

Ours, because most of a lexicon is never asked for: folding all forms in all languages and making an object of each row
took three quarters of the time that loading took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.lexicon.base import LexiconEntry
    from termalign.model import Folded

__all__ = ["EntryStore", "Index", "Store", "Stored"]

_SEPARATOR = "\ue000"  # private use: its key is itself, and nothing else folds to it


class Store(Protocol):
    """The entries of one layer, by number."""

    def __len__(self) -> int:
        """Return how many there are."""

    def entry(self, number: int) -> LexiconEntry:
        """Return an entry."""

    def numbers(self, language: str, key: Folded) -> Sequence[int]:
        """Return the numbers of the entries that have a form with this key, ascending; empty where there is none."""


@runtime_checkable
class Stored(Protocol):
    """A layer that holds its entries itself."""

    def store(self) -> Store:
        """Read the layer."""


class Index:
    """Numbers of entries by key, made language by language when first asked for."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, list[int]]] = {}

    def numbers(self, language: str, key: Folded, forms: Iterator[tuple[int, str]]) -> Sequence[int]:
        """Look a key up.

        Args:
            language: Tag of the language.
            key: The key.
            forms: Number and text of all forms in that language, ascending; read the first time only.

        Returns:
            The numbers, ascending, each once; empty where there is none.
        """
        found = self._keys.get(language)
        if found is None:
            found = self._keys[language] = _by_key(list(forms))
        return found.get(key, ())


def _by_key(forms: list[tuple[int, str]]) -> dict[str, list[int]]:
    """Gather numbers by the keys of their forms; a form that folds to nothing is not found."""
    # Folding all in one go takes half the time of folding one by one.
    keys: list[str] = fold(_SEPARATOR.join(text for _, text in forms)).split(_SEPARATOR) if forms else []
    if len(keys) != len(forms):
        keys = [fold(text) for _, text in forms]
    found: dict[str, list[int]] = {}
    for (number, _), key in zip(forms, keys, strict=True):
        if key not in found:
            found[key] = [number]
        elif found[key][-1] != number:
            found[key].append(number)
    found.pop("", None)
    return found


class EntryStore:
    """Entries that are made already.

    Args:
        entries: In the order of the layer.
    """

    def __init__(self, entries: Iterable[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        self._index = Index()

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, number: int) -> LexiconEntry:
        """Return an entry."""
        return self._entries[number]

    def numbers(self, language: str, key: Folded) -> Sequence[int]:
        """Return the numbers of the entries that have a form with this key."""
        return self._index.numbers(language, key, self._forms(language))

    def _forms(self, language: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of the forms in one language."""
        for number, entry in enumerate(self._entries):
            for tag, texts in entry.forms:
                if tag == language:
                    for text in texts:
                        yield number, text
