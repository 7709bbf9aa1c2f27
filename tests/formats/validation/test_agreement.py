"""Our rules and the published schemas come to the same verdict, on good files and on 2,000 that are nearly right."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from mutants import mutant
from schemas import Schemas

from termalign.errors import DataError
from termalign.formats.tbx import TBX, TBX_DCT
from termalign.formats.tmx import TMX
from termalign.formats.validation import RULES, UnknownFileError, check_file
from termalign.glossary.glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable

N_MUTANTS = 2_000
SEED = 20261128
CASES = Path(__file__).parent.parent / "cases" / "validation"


@pytest.fixture(scope="module")
def schemas(shared: Path) -> Schemas:
    return Schemas(shared / "schemas")


def verdicts(raw: bytes, kinds: tuple[str, str]) -> dict[str, bool]:
    """What our rules say, by the schema that states them too."""
    try:
        findings = check_file(io.BytesIO(raw), name="a.tmx")
    except (DataError, UnknownFileError):
        return dict.fromkeys(kinds, False)
    return {kind: not any(kind in RULES[one.rule].schemas for one in findings) for kind in kinds}


def good(suffix: str) -> list[etree._Element]:
    """Files written by hand, and files of our own writers."""
    parser = etree.XMLParser(remove_comments=True)
    roots = [etree.parse(str(path), parser).getroot() for path in sorted(CASES.glob(f"*{suffix}"))]
    return roots + [etree.fromstring(raw) for raw in (written_tbx() if suffix == ".tbx" else written_tmx())]


def written_tbx() -> list[bytes]:
    files = []
    for form in (TBX, TBX_DCT):
        file = io.BytesIO()
        form.write(list(Glossary.load().concepts)[:3], file)
        files.append(file.getvalue())
    return files


def written_tmx() -> list[bytes]:
    file = io.BytesIO()
    TMX.write(TMX.read(io.BytesIO((CASES / "full.tmx").read_bytes()), name="full.tmx"), file)
    return [file.getvalue()]


@pytest.mark.parametrize(("suffix", "kinds"), [(".tmx", ("dtd", "xsd")), (".tbx", ("rng", "sch"))])
def test_good_files_are_good(suffix: str, kinds: tuple[str, str], schemas: Schemas) -> None:
    oracle = schemas.tmx if suffix == ".tmx" else schemas.tbx
    roots = good(suffix)
    assert roots
    for root in roots:
        assert oracle(root) == dict.fromkeys(kinds, True)
        assert verdicts(etree.tostring(root), kinds) == dict.fromkeys(kinds, True)


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "kinds"), [(".tmx", ("dtd", "xsd")), (".tbx", ("rng", "sch"))])
def test_mutants_are_judged_alike(suffix: str, kinds: tuple[str, str], schemas: Schemas) -> None:
    oracle: Callable[[etree._Element], dict[str, bool]] = schemas.tmx if suffix == ".tmx" else schemas.tbx
    draw = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    roots = good(suffix)
    differing, n_invalid = [], 0
    for number in range(N_MUTANTS):
        root = mutant(draw.choice(roots), draw)
        raw = etree.tostring(root)
        root = etree.fromstring(raw)
        expected = oracle(root)
        n_invalid += not all(expected.values())
        if verdicts(raw, kinds) != expected:
            differing.append((number, expected, raw.decode()))
    print(f"{suffix}: {N_MUTANTS - len(differing)} of {N_MUTANTS} judged alike, {n_invalid} invalid")  # noqa: T201
    assert N_MUTANTS * 0.3 < n_invalid < N_MUTANTS * 0.97
    assert not differing, differing[:3]
