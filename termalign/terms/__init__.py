"""Tokens in, candidate terms out."""

from termalign.terms.contrast import Contrast
from termalign.terms.extract import Extraction, extract_candidates
from termalign.terms.judgement import Judgement, Verdict
from termalign.terms.rejoin import rejoin
from termalign.terms.unseen import why_unseen
from termalign.terms.variants import key_of, tidy

__all__ = [
    "Contrast",
    "Extraction",
    "Judgement",
    "Verdict",
    "extract_candidates",
    "key_of",
    "rejoin",
    "tidy",
    "why_unseen",
]
