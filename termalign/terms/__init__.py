"""Tokens in, candidate terms out."""

from termalign.terms.extract import Extraction, extract_candidates, key_of, tidy

__all__ = ["Extraction", "extract_candidates", "key_of", "tidy"]
