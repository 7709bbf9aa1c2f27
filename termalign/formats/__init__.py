"""One file per format: documents, bitext and glossaries in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from termalign.errors import UnknownNameError
from termalign.formats.base import BitextFormat, DocumentFormat, GlossaryFormat, WriteReport
from termalign.registry import Entry, Registry

if TYPE_CHECKING:
    from pathlib import PurePath

__all__ = [
    "BITEXT_FORMATS",
    "DOCUMENT_FORMATS",
    "GLOSSARY_FORMATS",
    "BitextFormat",
    "DocumentFormat",
    "GlossaryFormat",
    "WriteReport",
    "format_for",
]

T = TypeVar("T")

DOCUMENT_FORMATS: Registry[DocumentFormat] = Registry(
    "document format",
    {
        "txt": Entry("termalign.formats.text:PLAIN_TEXT", suffixes=(".txt", ".text")),
        "md": Entry("termalign.formats.text:MARKDOWN", suffixes=(".md", ".markdown")),
    },
)

BITEXT_FORMATS: Registry[BitextFormat] = Registry(
    "bitext format",
    {
        "tmx": Entry("termalign.formats.tmx:TMX", suffixes=(".tmx",)),
        "jsonl": Entry("termalign.formats.units_jsonl:UNITS_JSONL", suffixes=(".jsonl",)),
        "tsv": Entry("termalign.formats.units_tsv:UNITS_TSV", suffixes=(".tsv",)),
        "xliff": Entry(
            "termalign.formats.xliff:XLIFF",
            suffixes=(".xlf", ".xliff", ".xlif", ".sdlxliff", ".mqxliff", ".mxliff"),
        ),
        "po": Entry("termalign.formats.po:PO", suffixes=(".po",)),
    },
)

GLOSSARY_FORMATS: Registry[GlossaryFormat] = Registry(
    "glossary format",
    {
        "jsonl": Entry("termalign.formats.concepts_jsonl:CONCEPTS_JSONL", suffixes=(".jsonl",)),
        "tbx": Entry("termalign.formats.tbx:TBX", suffixes=(".tbx",)),
        "tbx-dct": Entry("termalign.formats.tbx:TBX_DCT", suffixes=(".dct.tbx",)),
        "tbx-linguist": Entry("termalign.formats.tbx:TBX_LINGUIST", suffixes=(".linguist.tbx",)),
        "tbx-linguist-dct": Entry("termalign.formats.tbx:TBX_LINGUIST_DCT", suffixes=(".linguist-dct.tbx",)),
        "tbx-v2": Entry("termalign.formats.tbx:TBX_V2", suffixes=(".v2.tbx",)),
        "csv": Entry("termalign.formats.csv_table:CSV_TABLE", suffixes=(".csv",)),
        "terms.tsv": Entry("termalign.formats.terms_tsv:TERMS_TSV", suffixes=(".terms.tsv",)),
        "tsv": Entry("termalign.formats.csv_table:TSV_TABLE", suffixes=(".tsv",)),
        "xlsx": Entry("termalign.formats.xlsx:XLSX", extra="xlsx", suffixes=(".xlsx",)),
        "omegat": Entry("termalign.formats.omegat:OMEGAT", suffixes=(".utf8", ".txt", ".tab")),
        "utx": Entry("termalign.formats.utx:UTX", suffixes=(".utx",)),
        "xliff-glossary": Entry("termalign.formats.xliff_glossary:XLIFF_GLOSSARY", suffixes=(".gls.xlf",)),
    },
)


def format_for(registry: Registry[T], path: str | PurePath) -> T:
    """Find the format of a file by the ending of its name; only that format is imported.

    Args:
        registry: One of the registries of this room.
        path: Name or path of the file; case does not matter.

    Returns:
        The format with the longest ending that fits: ``x.terms.tsv`` is no plain ``.tsv``.

    Raises:
        UnknownNameError: No format of this registry has an ending that fits.
        MissingExtraError: The format needs a package that is not installed.
    """
    lowered = str(path).lower()
    endings = {suffix: name for name, entry in registry.entries().items() for suffix in entry.suffixes}
    fitting = [suffix for suffix in endings if lowered.endswith(suffix)]
    if not fitting:
        raise UnknownNameError(f"no {registry.kind} for {str(path)!r}", f"name it *{', *'.join(endings)}")
    return registry.get(endings[max(fitting, key=len)])
