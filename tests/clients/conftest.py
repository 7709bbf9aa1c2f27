"""Real translation tools, each of which a test skips where it is not installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clientdata import ROWS, TAGS, TERMS

from termalign.model import Concept, ConceptStatus, Designation, Method, Segment, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@pytest.fixture(scope="session")
def omegat() -> list[str]:
    """How to start OmegaT with Groovy beside it, for its scripts."""
    java, jar = shutil.which("java"), Path("/usr/share/omegat/OmegaT.jar")
    groovy = Path("/usr/share/java/groovy-all.jar")
    if java is None or not jar.is_file() or not groovy.is_file():
        pytest.skip("OmegaT is not installed: apt-get install omegat")
    return [java, "-Djava.awt.headless=true", "-cp", f"{groovy}:{jar}", "org.omegat.Main"]


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc")
    return program


@pytest.fixture(scope="session")
def toolkit() -> str:
    """The interpreter of an environment with translate-toolkit, which is GPL and so never in ours."""
    python = os.environ.get("TERMALIGN_TRANSLATE_TOOLKIT", "")
    if not python:
        pytest.skip("TERMALIGN_TRANSLATE_TOOLKIT does not name the python of an environment with translate-toolkit")
    done = subprocess.run([python, "-c", "import translate.storage.tmx"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no translate-toolkit in {python}")
    return python


@pytest.fixture(scope="session")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of translation units in three languages."""
    made = [
        TranslationUnit(
            segments=tuple(Segment(language=tag, text=text) for tag, text in zip(TAGS, row, strict=True)),
            bead="1-1-1",
            method=Method.GIVEN,
        )
        for row in ROWS
    ]
    rows = [
        {"id": one.id, "segments": {part.language: {"text": part.text} for part in one.segments}, "method": "given"}
        for one in made
    ]
    return written(tmp_path_factory.mktemp("units") / "units.jsonl", rows)


@pytest.fixture(scope="session")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of verified concepts in three languages."""
    made = [
        Concept(
            id=name,
            subject="physics",
            terms=tuple((tag, designations(*texts)) for tag, texts in zip(TAGS, row, strict=True)),
            status=ConceptStatus.VERIFIED,
            verified_by={"policy": "given", "version": 1, "because": []},
        )
        for name, *row in TERMS
    ]
    return written(tmp_path_factory.mktemp("glossary") / "glossary.jsonl", [one.as_json() for one in made])


def designations(*texts: str) -> tuple[Designation, ...]:
    statuses = (TermStatus.PREFERRED, *[TermStatus.ADMITTED] * len(texts))
    return tuple(Designation(text=text, status=one, verified=True) for text, one in zip(texts, statuses, strict=False))


def written(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
