"""Tokens in, candidate terms out."""

from termalign.terms.extract import Extraction, extract_candidates, key_of, tidy
from termalign.terms.rejoin import rejoin

__all__ = ["Extraction", "extract_candidates", "key_of", "rejoin", "tidy"]
