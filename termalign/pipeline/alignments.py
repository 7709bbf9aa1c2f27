"""Which runs of segments are versions of one text, and the translation units they give."""

from __future__ import annotations
