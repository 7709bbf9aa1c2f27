"""A glossary looked up through its index answers as the glossary itself does."""

from __future__ import annotations

import json
import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import DataErrors
from termalign.glossary import opening
from termalign.glossary.glossary import Glossary
from termalign.glossary.opening import for_lookup
from termalign.glossary.stored import StoredGlossary, stored_index

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES: list[dict[str, object]] = [
    {"id": "c-1", "terms": {"ja": [{"text": "半導体", "reading": "はんどうたい"}], "en": ["semiconductor"], "zh-Hans": ["半导体"]}},
    {"id": "c-2", "terms": {"ja": ["取り扱い"], "en": ["handling"]}},
    {"id": "c-3", "terms": {"zh-Hans": [{"text": "量子计算", "reading": "liàng zǐ jì suàn"}], "en": ["quantum computing", {"text": "QC", "type": "acronym"}]}},
    {"id": "c-4", "status": "rejected", "terms": {"en": ["rejected thing"]}},
    {"id": "c-5", "terms": {"en": [{"text": "carry out", "pos": "verb"}], "ja": ["実施する"]}},
    {"id": "c-6", "terms": {"en": ["quantum computer"], "ja": ["量子コンピュータ"]}},
    {"id": "c-7", "terms": {"en": ["𠮷 mark"], "ja": ["𠮷野"]}},
]  # fmt: skip
QUERIES = [
    "半導体", "半導體", "はんどうたい", "ハンドウタイ", "semiconductors", "SEMICONDUCTORS", "semicondutor", "半導", "半導体製造",
    "取扱", "取り扱", "liang zi ji suan", "liàng zǐ jì suàn", "liang4 zi3", "QCs", "qc", "quantum comp", "quantum computeR",
    "carried out", "rejected thing", "𠮷野", "𠮷", "", " ", "%", "_", "'; drop table key; --", "a" * 2000, "量子", "コンピュータ",
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("TERMALIGN_CACHE", str(path))
    monkeypatch.setattr(opening, "MIN_SIZE", 0)
    return path


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return write(tmp_path / "g.jsonl", ENTRIES)


def write(path: Path, entries: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries), encoding="utf-8")
    return path


def indexed(*paths: Path) -> StoredGlossary:
    found = for_lookup(*paths)
    assert isinstance(found, StoredGlossary)
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("source", "target"), [(None, None), ("ja", None), ("zh", "en"), (None, "zh-Hant")])
def test_the_answers_are_those_of_the_glossary(
    glossary: Path, query: str, source: str | None, target: str | None
) -> None:
    expected = Glossary.load(glossary).lookup(query, source=source, target=target)
    assert indexed(glossary).lookup(query, source=source, target=target) == expected


@given(
    terms=st.lists(
        st.text(alphabet="ab cサさ量子計-", min_size=1, max_size=7).filter(str.strip), min_size=1, max_size=12
    ),
    query=st.text(alphabet="ab cサさ量子計-", min_size=1, max_size=7),
)
def test_they_are_so_for_any_glossary(tmp_path_factory: pytest.TempPathFactory, terms: list[str], query: str) -> None:
    path = write(
        tmp_path_factory.mktemp("any") / "g.jsonl",
        [{"id": f"c-{number}", "terms": {"ja": [term]}} for number, term in enumerate(terms)],
    )
    assert indexed(path).lookup(query) == Glossary.load(path).lookup(query)


def test_the_index_is_made_once(glossary: Path, folder: Path) -> None:
    indexed(glossary)
    (made,) = folder.iterdir()
    before = made.stat().st_mtime_ns
    indexed(glossary)
    assert made.stat().st_mtime_ns == before


def test_an_edited_glossary_is_indexed_anew(glossary: Path) -> None:
    indexed(glossary)
    write(glossary, [*ENTRIES, {"id": "c-9", "terms": {"en": ["new thing"]}}])
    assert [hit.concept.id for hit in indexed(glossary).lookup("new thing").hits] == ["c-9"]


def test_a_change_that_the_clock_cannot_show_is_seen(glossary: Path) -> None:
    indexed(glossary)
    stamp = glossary.stat()
    text = glossary.read_text(encoding="utf-8").replace("handling", "handlinx")
    glossary.write_text(text, encoding="utf-8")
    os.utime(glossary, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert indexed(glossary).lookup("handlinx").hits[0].concept.id == "c-2"


@pytest.mark.parametrize("damage", ["cut", "garbage", "format", "incomplete"])
def test_a_damaged_index_is_made_anew(glossary: Path, folder: Path, damage: str) -> None:
    indexed(glossary)
    (made,) = folder.iterdir()
    if damage == "cut":
        made.write_bytes(made.read_bytes()[:1000])
    elif damage == "garbage":
        made.write_bytes(b"no database at all" * 100)
    else:
        with sqlite3.connect(made) as database:
            name = "key" if damage == "format" else "complete"
            database.execute("update meta set value = 'other' where name = ?", (name,))
        database.close()
    assert indexed(glossary).lookup("半導体").hits[0].concept.id == "c-1"


def test_damage_that_opening_does_not_show(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "g.jsonl", [{"id": f"c-{n}", "terms": {"en": [f"term {n}"]}} for n in range(900)])
    os.utime(path, (1e9, 1e9))
    indexed(path)
    (made,) = folder.iterdir()
    raw = made.read_bytes()
    made.write_bytes(raw[: 4 * 4096] + b"\x55" * (len(raw) - 4 * 4096))
    assert indexed(path).lookup("term 7").hits[0].concept.id == "c-7"


def test_several_glossaries_the_first_of_the_highest_rank(glossary: Path, tmp_path: Path) -> None:
    other = write(
        tmp_path / "h.jsonl", [{"id": "c-1", "terms": {"en": ["other"]}}, {"id": "c-8", "terms": {"en": ["eight"]}}]
    )
    both = indexed(glossary, other)
    assert len(both) == 8
    assert both.lookup("other") == Glossary.load(glossary, other).lookup("other")
    assert both.lookup("eight").hits[0].concept.id == "c-8"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(
        '{"id": "c-1", "terms": {"en": ["a"]}}\n\nbroken\n{"id": "c-1", "terms": {"en": ["b"]}}\n', encoding="utf-8"
    )
    with pytest.raises(DataErrors) as caught:
        for_lookup(path)
    assert [error.where.line for error in caught.value.exceptions] == [3, 4]  # type: ignore[union-attr]


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(
        "\ufeff".encode() + b'{"id": "c-1", "terms": {"en": ["alpha"]}}\r\n{"id": "c-2", "terms": {"en": ["beta"]}}\r\n'
    )
    assert [indexed(path).lookup(query).hits[0].concept.id for query in ("alpha", "beta")] == ["c-1", "c-2"]


def test_a_cache_that_cannot_be_written(glossary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMALIGN_CACHE", "")
    found = for_lookup(glossary)
    assert isinstance(found, Glossary)
    assert found.lookup("半導体").hits


def test_a_folder_that_holds_no_index(glossary: Path, tmp_path: Path) -> None:
    assert stored_index([(glossary, "g")], tmp_path / "missing") is None


def lookup_in_a_process(path: Path) -> str:
    opening.MIN_SIZE = 0
    return for_lookup(path).lookup("半導体").hits[0].concept.id


def test_processes_may_make_it_at_once(glossary: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(lookup_in_a_process, [glossary] * 8)) == ["c-1"] * 8
