from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from termalign.model import VERSION

if TYPE_CHECKING:
    from pathlib import Path


def test_files_name_the_version_that_is_published(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
