"""OmegaT translates a project with our memory, and finds our glossary's terms in it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from piles import call

pytestmark = pytest.mark.clients

MATCHES = Path(__file__).parent / "cases" / "matches.groovy"
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def translated(omegat: list[str], folder: Path, pair: tuple[str, str], source: str) -> tuple[str, list[list[str]]]:
    """What OmegaT makes of a text, and which glossary entries it finds: source of the segment, of the entry, target."""
    for name in ("source", "target", "glossary", "dictionary", "omegat"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "omegat.project").write_text(PROJECT.format(source=pair[0], target=pair[1]), encoding="utf-8")
    (folder / "source" / "text.utf8").write_text(source, encoding="utf-8")
    home = folder.parent / "home"
    options = ["--mode=console-translate", f"--config-dir={home}", f"--script={MATCHES}"]
    java, *rest = omegat
    command = [java, f"-Duser.home={home}", "-Dfile.encoding=windows-31j", *rest, str(folder), *options]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    log = (done.stdout + done.stderr).decode("cp932", "replace")
    result, matches = folder / "target" / "text.utf8", folder / "matches.tsv"
    assert done.returncode == 0, log[-2000:]
    assert result.is_file(), log[-2000:]
    assert matches.is_file(), log[-2000:]
    rows = [line.split("\t") for line in matches.read_text(encoding="utf-8").splitlines()]
    return result.read_text(encoding="utf-8"), rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text, and what OmegaT is to make of it."""

    tags: tuple[str, str]
    codes: tuple[str, str]
    source: str
    target: str
    terms: frozenset[tuple[str, str]] = frozenset()


CASES = [
    Case(
        tags=("ja", "en"),
        codes=("JA-JP", "EN-US"),
        source="港湾の水素を測定する。\n量子もつれ <は> & 𠮷野で観測された。\n知らない文だ。\n",
        target="Measure the hydrogen in the port.\nEntanglement <was> & observed in Yoshino.\n知らない文だ。\n",
        terms=frozenset({("水素", "hydrogen"), ("量子もつれ", "entanglement"), ("量子もつれ", "quantum entanglement")}),
    ),
    Case(
        tags=("en", "zh-Hans"),
        codes=("EN-US", "ZH-CN"),
        source="Measure the hydrogen in the port.\nNobody knows this.\n",
        target="测量港口的氢气。\nNobody knows this.\n",
        terms=frozenset({("hydrogen", "氢气")}),
    ),
    Case(tags=("zh-Hans", "ja"), codes=("ZH-CN", "JA-JP"), source="标题“结束”\n", target="見出し「終わり」\n"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case.tags))
def test_a_project_with_our_memory_and_our_glossary(
    omegat: list[str], units: Path, glossary: Path, tmp_path: Path, case: Case
) -> None:
    folder = tmp_path / "project"
    (folder / "tm" / "auto").mkdir(parents=True)  # OmegaT translates by itself with what stands there
    (folder / "glossary").mkdir()
    pair = ("--for", "omegat", "--from", case.tags[0], "--to", case.tags[1])
    assert call("export", units, "-o", folder / "tm" / "auto" / "memory.tmx", *pair).code == 0
    assert call("export", glossary, "-o", folder / "glossary" / "terms.txt", *pair).code == 0
    made, found = translated(omegat, folder, case.codes, case.source)
    assert made.replace("\r\n", "\n") == case.target
    assert {(row[1], row[2]) for row in found} == case.terms  # the one-character 水 is not among them
