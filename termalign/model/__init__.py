"""The nouns of termalign: frozen values that every room speaks in."""

from termalign.model.analysis import AnalysedDocument, Sentence
from termalign.model.bitext import Bead, Method, Origin, TranslationUnit, span_text
from termalign.model.calibration import Calibration
from termalign.model.concordance import Concordance, UnitHit
from termalign.model.findings import FileFinding, FindingSeverity
from termalign.model.hits import Annotation, Answer, Hit, Match, TermSpan
from termalign.model.inline import INLINE_KINDS, InlineCode
from termalign.model.quantities import Quantity, QuantityKind
from termalign.model.srx import SrxMap, SrxRule, SrxRules
from termalign.model.tags import TAGS, LangTag, canonical_tag, region_of, same_language, with_region
from termalign.model.terms import (
    Abstained,
    Candidate,
    Closure,
    Concept,
    ConceptStatus,
    Designation,
    Evidence,
    Form,
    Link,
    Occurrence,
    Place,
    TermStatus,
    short_hash,
    short_hashes,
)
from termalign.model.text import (
    Block,
    BlockKind,
    Document,
    DocumentId,
    Folded,
    MappedText,
    Passage,
    Piece,
    Segment,
    Span,
    Token,
)
from termalign.model.version import VERSION

__all__ = [
    "INLINE_KINDS",
    "TAGS",
    "VERSION",
    "Abstained",
    "AnalysedDocument",
    "Annotation",
    "Answer",
    "Bead",
    "Block",
    "BlockKind",
    "Calibration",
    "Candidate",
    "Closure",
    "Concept",
    "ConceptStatus",
    "Concordance",
    "Designation",
    "Document",
    "DocumentId",
    "Evidence",
    "FileFinding",
    "FindingSeverity",
    "Folded",
    "Form",
    "Hit",
    "InlineCode",
    "LangTag",
    "Link",
    "MappedText",
    "Match",
    "Method",
    "Occurrence",
    "Origin",
    "Passage",
    "Piece",
    "Place",
    "Quantity",
    "QuantityKind",
    "Segment",
    "Sentence",
    "Span",
    "SrxMap",
    "SrxRule",
    "SrxRules",
    "TermSpan",
    "TermStatus",
    "Token",
    "TranslationUnit",
    "UnitHit",
    "canonical_tag",
    "region_of",
    "same_language",
    "short_hash",
    "short_hashes",
    "span_text",
    "with_region",
]
