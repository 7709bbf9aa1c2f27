"""x."""

from __future__ import annotations


def align() -> None:
    """X."""
