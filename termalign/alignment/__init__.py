"""Segments in, beads and translation units out."""
