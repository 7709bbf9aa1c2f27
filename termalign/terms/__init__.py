"""Tokens in, candidate terms out."""
