"""The version of termalign: what files, manifests and signatures say made them."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = "0.1.0"  # the same as in pyproject.toml; a test compares them
