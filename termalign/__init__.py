"""Verified trilingual glossaries and parallel sentences from Japanese, Chinese and English documents.

The public names load on first use (PEP 562): ``import termalign`` and ``termalign lookup`` import no tokeniser, no pandas and no
numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from termalign.model.version import VERSION

if TYPE_CHECKING:
    from termalign.errors import ConfigError, DataError, DataErrors, OutputError, TermalignError
    from termalign.glossary.corpus import Corpus
    from termalign.glossary.glossary import Glossary
    from termalign.glossary.shipped import glossaries
    from termalign.languages.fold import fold
    from termalign.languages.fold_loss import fold_loss
    from termalign.languages.quantities import same
    from termalign.languages.sound.similarity import reading_similarity
    from termalign.lexicon import Lexicon
    from termalign.model.quantities import Quantity
    from termalign.pipeline.aligning import align
    from termalign.pipeline.annotating import annotate
    from termalign.pipeline.build import build
    from termalign.pipeline.exporting import export
    from termalign.pipeline.extraction import extract, extract_reasons
    from termalign.pipeline.importing import import_bitext, import_glossary
    from termalign.pipeline.mining import mine
    from termalign.pipeline.quantities import quantities
    from termalign.pipeline.reading import lookup, read
    from termalign.pipeline.searching import search
    from termalign.pipeline.segmentation import segment
    from termalign.pipeline.validating import validate

__version__ = VERSION

_HOMES = {
    "ConfigError": "termalign.errors",
    "Corpus": "termalign.glossary.corpus",
    "DataError": "termalign.errors",
    "DataErrors": "termalign.errors",
    "Glossary": "termalign.glossary.glossary",
    "Lexicon": "termalign.lexicon",
    "OutputError": "termalign.errors",
    "Quantity": "termalign.model.quantities",
    "TermalignError": "termalign.errors",
    "align": "termalign.pipeline.aligning",
    "annotate": "termalign.pipeline.annotating",
    "build": "termalign.pipeline.build",
    "export": "termalign.pipeline.exporting",
    "extract": "termalign.pipeline.extraction",
    "extract_reasons": "termalign.pipeline.extraction",
    "fold": "termalign.languages.fold",
    "fold_loss": "termalign.languages.fold_loss",
    "glossaries": "termalign.glossary.shipped",
    "import_bitext": "termalign.pipeline.importing",
    "import_glossary": "termalign.pipeline.importing",
    "lookup": "termalign.pipeline.reading",
    "quantities": "termalign.pipeline.quantities",
    "mine": "termalign.pipeline.mining",
    "read": "termalign.pipeline.reading",
    "reading_similarity": "termalign.languages.sound.similarity",
    "same": "termalign.languages.quantities",
    "search": "termalign.pipeline.searching",
    "segment": "termalign.pipeline.segmentation",
    "validate": "termalign.pipeline.validating",
}

__all__ = [
    "ConfigError",
    "Corpus",
    "DataError",
    "DataErrors",
    "Glossary",
    "Lexicon",
    "OutputError",
    "Quantity",
    "TermalignError",
    "__version__",
    "align",
    "annotate",
    "build",
    "export",
    "extract",
    "extract_reasons",
    "fold",
    "fold_loss",
    "glossaries",
    "import_bitext",
    "import_glossary",
    "lookup",
    "mine",
    "quantities",
    "read",
    "reading_similarity",
    "same",
    "search",
    "segment",
    "validate",
]


def __getattr__(name: str) -> object:
    """Import a public name on its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
