"""The wheel, installed elsewhere, finds its data: no checkout beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_code_data_and_licences_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "termalign/data/fold.tsv" in names
    assert "termalign/py.typed" in names
    assert "termalign/shipped/glossaries/quantum-policy/glossary.jsonl" in names
    assert any(name.startswith("termalign/shipped/aligned/") for name in names)
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-DATA", "NOTICE"}
    assert not [name for name in names if name.startswith(("tests/", "docs/", "scripts/"))]


def test_it_looks_up_and_builds_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, cwd=tmp_path, capture_output=True)
    looked = subprocess.run(
        [str(scripts / "termalign"), "lookup", "Q-LEAP"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert "光量子跃迁旗舰计划" in looked.stdout
    (tmp_path / "a.ja.txt").write_text("情報通信研究機構（NICT）は量子技術を研究する。", encoding="utf-8")
    (tmp_path / "a.zh.txt").write_text("情报通信研究机构（NICT）研究量子技术。", encoding="utf-8")
    built = subprocess.run(
        [str(scripts / "termalign"), "build", "a.ja.txt", "a.zh.txt", "-o", "out"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert "concepts" in built.stdout
    assert "情报通信研究机构" in (tmp_path / "out" / "glossary.jsonl").read_text(encoding="utf-8")
