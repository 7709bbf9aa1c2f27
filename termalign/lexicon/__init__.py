"""Words and their translations in layers: core, the user's dictionaries, what the input teaches."""

from termalign.lexicon.base import Dictionary, LexiconEntry, Translation
from termalign.lexicon.lexicon import DEFAULT_LAYERS, Lexicon

__all__ = ["DEFAULT_LAYERS", "Dictionary", "Lexicon", "LexiconEntry", "Translation"]
