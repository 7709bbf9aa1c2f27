"""What is kept in the cache counts only where it is what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termalign.workspace.cache import cache_folder, cached

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "made" / "cache"
    monkeypatch.setenv("TERMALIGN_CACHE", str(path))
    return path


def make_once() -> list[bytes]:
    return [b"first\nline", b"second"]


def test_made_once_and_kept(folder: Path) -> None:
    made = make_once()
    assert cached("a", key="1", make=lambda: made.pop(0)) == b"first\nline"
    assert cached("a", key="1", make=lambda: made.pop(0)) == b"first\nline"
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_another_key_is_made_anew(folder: Path) -> None:
    made = make_once()
    assert cached("a", key="1", make=lambda: made.pop(0)) == b"first\nline"
    assert cached("a", key="2", make=lambda: made.pop(0)) == b"second"
    assert folder.is_dir()


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-1], lambda raw: raw + b"x", lambda raw: raw[:0], lambda raw: raw.replace(b"i", b"j")]
)
def test_a_damaged_file_is_made_anew(folder: Path, damage: object) -> None:
    assert callable(damage)
    cached("a", key="1", make=lambda: b"first")
    (folder / "a").write_bytes(damage((folder / "a").read_bytes()))
    assert cached("a", key="1", make=lambda: b"first") == b"first"


def test_an_empty_name_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMALIGN_CACHE", "")
    assert cache_folder() is None
    assert cached("a", key="1", make=lambda: b"made") == b"made"


def test_a_file_where_the_folder_should_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("TERMALIGN_CACHE", str(tmp_path / "file"))
    assert cache_folder() is None
    assert cached("a", key="1", make=lambda: b"made") == b"made"
