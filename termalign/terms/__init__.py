"""Tokens in, candidate terms out."""

from termalign.terms.able import able_words, with_able_words
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
    "able_words",
    "extract_candidates",
    "key_of",
    "rejoin",
    "tidy",
    "why_unseen",
    "with_able_words",
]
