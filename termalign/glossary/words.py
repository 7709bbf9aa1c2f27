"""The word lists that tell where words end, kept in the user's cache: reading the dictionaries takes seconds."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from termalign.languages.word_lattice import WordLattice
from termalign.languages.word_list import word_list
from termalign.model import VERSION
from termalign.workspace.cache import cached

__all__ = ["words_of"]

FORMAT = 4  # of the table in the cache
_DICTIONARIES = {"ja": "sudachidict_core", "zh": "jieba"}


@cache
def words_of(group: str) -> WordLattice | None:
    """Return the words of a language, once per process.

    Args:
        group: ``ja`` or ``zh``.

    Returns:
        The words; ``None`` for another language, whose words stand apart.

    Raises:
        ConfigError: The dictionary is not installed.
    """
    if group not in _DICTIONARIES:
        return None
    try:
        dictionary = version(_DICTIONARIES[group])
    except PackageNotFoundError:
        dictionary = "unknown"
    key = f"words {FORMAT} {VERSION} {_DICTIONARIES[group]} {dictionary}"
    return _parsed(cached(f"words.{group}", key=key, make=lambda: _dumped(group)))


def _dumped(group: str) -> bytes:
    """Write the table of a word list: two costs, the hashes, the costs."""
    words = word_list(group)
    lattice = WordLattice.of(words.costs, lone=words.lone)
    lone = np.array(words.lone, dtype="<f4")
    return lone.tobytes() + lattice.prints.astype("<u4").tobytes() + lattice.costs.astype("<f4").tobytes()


def _parsed(raw: bytes) -> WordLattice:
    """Read a table back."""
    n_slots = (len(raw) - 8) // 8
    han, kana = np.frombuffer(raw, dtype="<f4", count=2).tolist()
    prints = np.frombuffer(raw, dtype="<u4", count=n_slots, offset=8)
    return WordLattice(prints, np.frombuffer(raw, dtype="<f4", offset=8 + 4 * n_slots), (han, kana))
