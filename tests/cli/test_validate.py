from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import termalign

if TYPE_CHECKING:
    from pathlib import Path

CODES = {"valid": 0, "read": 0, "invalid": 1}


def run(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "termalign", "validate", *words], input=stdin, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "𠮷 a.tmx"
    path.write_text(
        '<tmx version="1.4">\n<header creationtool="t" creationtoolversion="1" segtype="word" o-tmf="t" adminlang="en" '
        'srclang="*all*" datatype="x"/>\n<body>\n<tu><tuv xml:lang="en-us"><seg>𠮷<b/></seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    return path


def test_the_shared_samples_get_their_verdicts(shared: Path) -> None:
    rows = (shared / "interop" / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    for row in rows:
        name, _, verdict, why = row.split("\t")
        found = termalign.validate(shared / "interop" / name)
        if verdict != "read":
            assert any(one.severity == "error" for one in found) == (verdict == "invalid"), why


def test_findings_as_text(bad: Path) -> None:
    code, out, err = run(str(bad))
    assert code == 1
    assert [line.removeprefix(f"{bad}:") for line in out.splitlines()] == [
        '2:1: error: segtype="word" in <header>; write block or paragraph or sentence or phrase [tmx-value]',
        "4:1: warning: a unit in one language only; add its translation, or remove it [tmx-one-side]",
        "4:5: warning: 'en-us' is not in its usual case (xml:lang of <tuv>); write en-US [language-tag-case]",
        "4:33: error: <b> may not stand here in <seg>, and no element has this name; remove it [tmx-element]",
    ]
    assert "1 file: 2 errors, 2 warnings" in err


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_findings_as_json(bad: Path, option: list[str]) -> None:
    code, out, _ = run(*option, str(bad))
    found = json.loads(out)
    assert code == 1
    assert list(found) == ["findings"]
    assert list(found["findings"][0]) == ["file", "line", "column", "rule", "severity", "message", "fix"]
    assert found["findings"] == [one.as_json() for one in termalign.validate(bad)]


def test_findings_as_sarif(bad: Path) -> None:
    code, out, _ = run("--format", "sarif", str(bad))
    log = json.loads(out)
    assert code == 1
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    assert one["columnKind"] == "unicodeCodePoints"
    assert one["tool"]["driver"]["name"] == "termalign"
    last = one["results"][-1]
    place = last["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 33}  # code points: 𠮷 is one
    assert place["artifactLocation"]["uri"].endswith("/%F0%A0%AE%B7%20a.tmx")
    assert one["tool"]["driver"]["rules"][last["ruleIndex"]]["id"] == last["ruleId"] == "tmx-element"
    assert last["level"] == "error"


def test_exit_codes(root: Path, tmp_path: Path) -> None:
    good = root / "tests" / "formats" / "cases" / "validation"
    assert run(str(good / "full.tmx"), str(good / "dca.tbx"))[0] == 0
    assert run("-", stdin=(good / "dct.tbx").read_bytes())[0] == 0
    other = tmp_path / "a.tmx"
    other.write_text("<martif/>", encoding="utf-8")
    code, _, err = run(str(other))
    assert (code, "TBX version 2 cannot be validated" in err) == (2, True)
    other.write_text("<tbx/>", encoding="utf-8")
    code, _, err = run(str(other))
    assert (code, 'write <tbx xmlns="urn:iso:std:iso:30042:ed-2"' in err) == (2, True)
    assert run(str(tmp_path / "none.tmx"))[0] == 2
    assert run(str(root / "README.md"))[0] == 2
    assert run()[0] == 2
    assert run("-", stdin=b"")[0] == 2
    other.write_text("", encoding="utf-8")
    assert run(str(other))[0] == 1


def test_many_findings_are_bounded(tmp_path: Path, bad: Path) -> None:
    path = tmp_path / "many.tmx"
    head, _, tail = bad.read_text(encoding="utf-8").partition("<tu>")
    path.write_text(head + ("<tu>" + tail.partition("</tu>")[0] + "</tu>\n") * 100 + "</body></tmx>", encoding="utf-8")
    found = termalign.validate(path, max_findings=10)
    assert len(found) == 11
    assert (found[-1].rule, found[-1].message) == ("too-many-findings", "291 further findings")
