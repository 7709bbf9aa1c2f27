"""translate-toolkit reads every file of pairs that we write."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from clientdata import ROWS, TAGS, TERMS
from piles import call

from termalign.formats import GLOSSARY_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.clients

READ = """
import json, sys
from translate.storage import factory
store = factory.getobject(sys.argv[1])
print(json.dumps([[str(unit.source), str(unit.target)] for unit in store.units if not unit.isheader() and unit.source]))
"""


@pytest.mark.parametrize("name", ["memory.tmx", "memory.xlf", "memory.po"])
@pytest.mark.parametrize("pair", [("ja", "en"), ("en", "zh-Hans"), ("zh-Hans", "ja")])
def test_units(toolkit: str, units: Path, tmp_path: Path, name: str, pair: tuple[str, str]) -> None:
    path = tmp_path / name
    assert call("export", units, "-o", path, "--from", pair[0], "--to", pair[1]).code == 0
    done = subprocess.run([toolkit, "-c", READ, path], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    left, right = (TAGS.index(tag) for tag in pair)
    assert json.loads(done.stdout) == [[row[left], row[right]] for row in ROWS]


@pytest.mark.skipif("tbx-v2" not in GLOSSARY_FORMATS, reason="TBX version 2 is not written")
def test_a_termbase_of_version_2(toolkit: str, glossary: Path, tmp_path: Path) -> None:
    path = tmp_path / "terms.v2.tbx"
    assert call("export", glossary, "-o", path, "--language", "ja", "--language", "en").code == 0
    done = subprocess.run([toolkit, "-c", READ, path], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert [(left, right) for left, right in found] == [(ja[0], en[0]) for _, ja, _, en in TERMS]
