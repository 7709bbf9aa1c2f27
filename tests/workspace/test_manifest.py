from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from termalign.errors import ConfigError, DataError
from termalign.workspace.manifest import (
    DECISIONS,
    MANIFEST,
    check_unedited,
    dump_manifest,
    leftovers,
    read_manifest,
    result_names,
    sha256_of,
)

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = b'{"id": "c-1"}\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder as a build leaves it."""
    (tmp_path / "glossary.jsonl").write_bytes(ENTRIES)
    outputs = {"glossary.jsonl": hashlib.sha256(ENTRIES).hexdigest(), "report.html": "0"}
    (tmp_path / MANIFEST).write_bytes(dump_manifest({"termalign": "0.1.0", "outputs": outputs}))
    return tmp_path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    manifest = {"b": ["量子", 1.5, None], "a": {"𠮷": True}}
    raw = dump_manifest(manifest)
    (tmp_path / MANIFEST).write_bytes(raw)
    assert read_manifest(tmp_path) == manifest
    assert list(read_manifest(tmp_path)) == ["b", "a"]
    assert dump_manifest(read_manifest(tmp_path)) == raw
    assert raw.endswith(b"}\n")
    assert "量子".encode() in raw


def test_no_manifest_yet(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
    assert result_names(tmp_path) == frozenset()
    check_unedited(tmp_path)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"a": 1,\n}', r"run\.json:2: the manifest cannot be read"),
        (b"\xff", r"run\.json: the manifest cannot be read"),
        (b"[1]", r"run\.json: the manifest is no JSON object"),
        (b"", r"run\.json:1: the manifest cannot be read"),
        (b"[" * 100_000, r"run\.json: the manifest cannot be read"),
    ],
)
def test_a_broken_manifest_is_told(tmp_path: Path, raw: bytes, message: str) -> None:
    (tmp_path / MANIFEST).write_bytes(raw)
    with pytest.raises(DataError, match=message + ".*build into another folder"):
        read_manifest(tmp_path)
    assert result_names(tmp_path) == frozenset()
    (tmp_path / "glossary.jsonl").write_bytes(ENTRIES)
    with pytest.raises(DataError):
        check_unedited(tmp_path)


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    # Source: FIPS 180-2, appendix B.1
    assert sha256_of(tmp_path / "x") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_glossary_of_the_last_build_may_be_replaced(workspace: Path) -> None:
    check_unedited(workspace)


@pytest.mark.parametrize("raw", [b"", ENTRIES + b"\n", ENTRIES.replace(b"c-1", b"c-2")])
def test_a_hand_edit_is_noticed(workspace: Path, raw: bytes) -> None:
    (workspace / "glossary.jsonl").write_bytes(raw)
    with pytest.raises(ConfigError, match=r"edited by hand.*termalign decide --from-edits"):
        check_unedited(workspace)


def test_a_glossary_without_manifest_comes_from_elsewhere(workspace: Path) -> None:
    (workspace / MANIFEST).unlink()
    with pytest.raises(ConfigError, match="comes from elsewhere"):
        check_unedited(workspace)
    (workspace / MANIFEST).write_bytes(dump_manifest({"outputs": ["glossary.jsonl"]}))
    with pytest.raises(ConfigError, match="comes from elsewhere"):
        check_unedited(workspace)


def test_a_glossary_that_was_removed_is_no_edit(workspace: Path) -> None:
    (workspace / "glossary.jsonl").unlink()
    check_unedited(workspace)


def test_a_build_that_was_killed_between_glossary_and_manifest_left_its_own_glossary(workspace: Path) -> None:
    new = b'{"id": "c-2"}\n'
    stage = workspace / ".stage-0123"
    stage.mkdir()
    (stage / MANIFEST).write_bytes(dump_manifest({"outputs": {"glossary.jsonl": hashlib.sha256(new).hexdigest()}}))
    (workspace / "glossary.jsonl").write_bytes(new)
    assert leftovers(workspace) == [stage]
    check_unedited(workspace)
    (stage / MANIFEST).write_bytes(b"{")
    with pytest.raises(ConfigError, match="edited by hand"):
        check_unedited(workspace)


def test_results_are_no_documents(workspace: Path) -> None:
    assert result_names(workspace) == {"glossary.jsonl", "report.html", MANIFEST, DECISIONS}
    (workspace / MANIFEST).write_text(json.dumps({"outputs": {"a.txt": ""}}), encoding="utf-8")
    assert result_names(workspace) == frozenset()
