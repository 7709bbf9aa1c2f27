"""Verified trilingual glossaries and parallel sentences from Japanese, Chinese and English documents."""
