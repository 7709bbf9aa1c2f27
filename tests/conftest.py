"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# First calls load dictionaries, so a deadline would fail at random; CI draws the same examples each time.
settings.register_profile("termalign", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("termalign")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data, by ``TERMALIGN_SHARED``; tests that need it are skipped where it is absent."""
    path = Path(os.environ.get("TERMALIGN_SHARED", ROOT.parent / "shared"))
    if not (path / "corpus" / "documents").is_dir():
        pytest.skip(f"no shared data at {path}: set TERMALIGN_SHARED")
    return path
