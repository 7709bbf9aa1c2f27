"""Words and their translations in layers: core, dictionaries and tables of the user, what alignments have taught."""

from termalign.lexicon.base import Dictionary, DictionaryFormat, LexiconEntry, Translation
from termalign.lexicon.learned import LearnedLayer
from termalign.lexicon.lexicon import DEFAULT_LAYERS, Lexicon
from termalign.registry import Entry, Registry

__all__ = [
    "DEFAULT_LAYERS",
    "DICTIONARIES",
    "Dictionary",
    "DictionaryFormat",
    "LearnedLayer",
    "Lexicon",
    "LexiconEntry",
    "Translation",
]

# In the order in which a file without a telling name is tried.
DICTIONARIES: Registry[DictionaryFormat] = Registry(
    "dictionary format",
    {
        "cedict": Entry("termalign.lexicon.cedict:CEDICT", suffixes=(".u8", ".txt")),
        "edict": Entry("termalign.lexicon.edict:EDICT", suffixes=(".edict", ".euc", ".utf8")),
        "jmdict": Entry("termalign.lexicon.jmdict:JMDICT", suffixes=(".xml",)),
        "tbx": Entry("termalign.lexicon.tbx:TBX_TERMS", suffixes=(".tbx",)),
        "table": Entry("termalign.lexicon.table:TABLE", suffixes=(".csv", ".tsv")),
    },
)
