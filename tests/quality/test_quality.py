"""Scores on gold must not fall below these floors. Each names its data; the shared scripts measure them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from termalign.alignment.align import align
from termalign.lexicon import Lexicon
from termalign.model import Segment
from termalign.pipeline.build import build

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.quality
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    build([shared / "corpus" / "documents"], folder)
    return folder


def scores(shared: Path, workspace: Path, *options: str) -> dict[str, list[str]]:
    command = [
        sys.executable,
        str(shared / "bench" / "score_glossary.py"),
        str(shared / "corpus" / "gold-sample.tsv"),
        str(workspace / "glossary.jsonl"),
        *options,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()}


def test_the_glossary_of_the_documents_finds_the_gold_sample(shared: Path, workspace: Path) -> None:
    rows = scores(shared, workspace)
    assert float(rows["all"][0]) >= 0.70
    assert float(rows["all"][2]) >= 0.92
    assert float(rows["concept recall"][0]) >= 0.60
    assert rows["impure entries"] == ["0"]
    assert rows["deprecated form preferred"] == ["0"]


def test_what_is_verified_is_right(shared: Path, workspace: Path) -> None:
    right, judged = map(int, scores(shared, workspace, "--status", "verified")["all"][3].split("/"))
    assert judged - right <= 1


def test_the_abstract_of_a_paper_stands_in_both_languages(shared: Path, workspace: Path) -> None:
    def squeezed(text: str) -> str:
        return "".join(text.split())

    lines = (workspace / "aligned.jsonl").read_text(encoding="utf-8").splitlines()
    units = [json.loads(line)["segments"] for line in lines]
    found = {
        (squeezed(unit["zh-Hans"]["text"]), squeezed(unit["en"]["text"]))
        for unit in units
        if {"zh-Hans", "en"} <= set(unit)
    }
    gold = (shared / "corpus" / "parallel-sample.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [(squeezed(row["src"]), squeezed(row["tgt"])) for row in map(json.loads, gold)]
    assert len(pairs) == 7
    assert set(pairs) <= found


def test_the_memory_is_valid(shared: Path, workspace: Path) -> None:
    memory = etree.parse(str(workspace / "aligned.tmx"), etree.XMLParser(load_dtd=False, no_network=True))
    with (shared / "schemas" / "tmx14.dtd").open("rb") as file:
        assert etree.DTD(file).validate(memory)
    assert etree.XMLSchema(etree.parse(str(shared / "schemas" / "tmx14.xsd"))).validate(memory)


@pytest.mark.parametrize(
    ("name", "pair", "floor"),
    [
        ("align-tri-news/long-perturbed", "zh-en", 0.94),
        ("align-tri-news/long-perturbed", "ja-zh", 0.905),
        ("align-tri-news/long-perturbed", "ja-en", 0.92),
        ("align-zh-en-prose", "en-zh", 0.93),
    ],
)
def test_alignment_with_the_core_lexicon_alone(shared: Path, name: str, pair: str, floor: float) -> None:
    scorer = load(shared / "bench" / "score.py")
    folder = shared / "bench" / name
    lexicon = Lexicon.load()
    documents = []
    for gold in sorted(folder.glob(f"*.{pair}.beads.tsv")):
        stem = gold.name.removesuffix(f".{pair}.beads.tsv")
        sides = []
        for code in pair.split("-"):
            lines = (folder / f"{stem}.{code}.txt").read_text(encoding="utf-8").splitlines()
            sides.append([Segment(language=TAGS[code], text=line) for line in lines])
        beads = align(sides[0], sides[1], lexicon=lexicon)
        documents.append((scorer.read_beads(gold), [(bead.src, bead.tgt) for bead in beads]))
    assert documents
    assert scorer.score_align(documents)["strict"]["f1"] >= floor


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
