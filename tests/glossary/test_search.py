"""Terms and strings in aligned segments: the table of cases, counts, loading, and the index that answers as the text does."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import termalign
from termalign.errors import ConfigError, DataError, DataErrors
from termalign.formats.tmx import TMX
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.glossary import corpus_index, opening
from termalign.glossary.corpus import Corpus
from termalign.glossary.corpus_index import StoredCorpus, stored_corpus
from termalign.glossary.opening import for_search
from termalign.glossary.wanted import Wanted
from termalign.model import Segment, TranslationUnit
from termalign.workspace.cache import cache_folder

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "search.toml").read_text(encoding="utf-8")
)["case"]
MARKED = re.compile("⟦([^⟧]*)⟧")
TEXTS = {
    "u-1": {
        "ja": "量子技術の拠点を作る。",
        "zh-Hans": "建立量子技术基地。",
        "en": "It builds a hub for quantum technology.",
    },
    "u-2": {"ja": "量子コンピュータと量子暗号", "en": "Quantum computers and quantum cryptography"},
    "u-3": {"zh-Hans": "量子通信", "zh-Hant": "量子通訊", "en": "quantum communication"},
    "u-4": {"ja": "𠮷野家で会う。", "en": "Meet at Yoshinoya."},
}


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("TERMALIGN_CACHE", str(path))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "aligned.jsonl", TEXTS)


def write(path: Path, texts: dict[str, dict[str, str]]) -> Path:
    rows = [
        {"id": name, "segments": {tag: {"text": text, "document": f"{tag}.txt"} for tag, text in segments.items()}}
        for name, segments in texts.items()
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def indexed(*paths: Path) -> StoredCorpus:
    found = stored_corpus([(one, str(one)) for one in paths], cache_folder() or Path())
    assert found is not None
    return found


# ---- one text


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_the_table(case: dict[str, Any]) -> None:
    wanted = Wanted(case["query"], boundaries=case.get("boundaries", "latin"), match_case=case.get("match_case", False))
    for marked in case["texts"]:
        text = MARKED.sub(r"\1", marked)
        places = wanted.places(text, case["language"])
        shown = text
        for start, end in reversed(places):
            shown = f"{shown[:start]}⟦{shown[start:end]}⟧{shown[end:]}"
        assert shown == marked


# ---- a corpus


def test_places_and_counts(path: Path) -> None:
    found = Corpus.load(path).search("量子")
    assert (found.total, found.units) == (6, 3)
    assert found.documents == (("ja.txt", 3), ("zh-Hans.txt", 2), ("zh-Hant.txt", 1))
    assert [(hit.unit_id, hit.language, hit.start, hit.end, hit.text) for hit in found.hits] == [
        ("u-1", "ja", 0, 2, "量子"),
        ("u-1", "zh-Hans", 2, 4, "量子"),
        ("u-2", "ja", 0, 2, "量子"),
        ("u-2", "ja", 9, 11, "量子"),
        ("u-3", "zh-Hans", 0, 2, "量子"),
        ("u-3", "zh-Hant", 0, 2, "量子"),
    ]


def test_the_shape(path: Path) -> None:
    assert Corpus.load(path).search("吉野家", target="en").as_json() == {
        "query": "吉野家",
        "total": 1,
        "units": 1,
        "documents": [{"document": "ja.txt", "count": 1}],
        "hits": [
            {
                "unit": "u-4",
                "language": "ja",
                "start": 0,
                "end": 3,
                "text": "𠮷野家",
                "document": "ja.txt",
                "segments": {"ja": "𠮷野家で会う。", "en": "Meet at Yoshinoya."},
            }
        ],
    }


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("ja", None, ["u-1", "u-2", "u-2"]),
        ("zh", None, ["u-1", "u-3", "u-3"]),
        ("zh-Hant", None, ["u-3"]),
        (None, "zh", ["u-1", "u-3", "u-3"]),
        ("ja", "zh", ["u-1"]),
        ("ja", "ja", []),
    ],
)
def test_languages(path: Path, source: str | None, target: str | None, expected: list[str]) -> None:
    found = Corpus.load(path).search("量子", source=source, target=target)
    assert [hit.unit_id for hit in found.hits] == expected
    for hit in found.hits:
        assert target is None or all(one.language.startswith(target) for one in hit.others)


def test_a_limit_bounds_the_hits_and_not_the_counts(path: Path) -> None:
    found = Corpus.load(path).search("量子", limit=2)
    assert (len(found.hits), found.total, found.units) == (2, 6, 3)


@pytest.mark.parametrize("query", ["", "  ", "量" * 10_000, "\u200b\u200d", "(", "[a-", "\\d+", "%", "*", "NOT", '"'])
def test_queries_that_find_nothing(path: Path, query: str) -> None:
    for corpus in (Corpus.load(path), indexed(path)):
        assert corpus.search(query).as_json() == {"query": query, "total": 0, "units": 0, "documents": [], "hits": []}


def test_wrong_names(path: Path) -> None:
    with pytest.raises(ConfigError, match="boundaries 'word'; write latin, words, tokens or none"):
        Corpus.load(path).search("量子", boundaries="word")
    with pytest.raises(ConfigError, match="jp"):
        Corpus.load(path).search("量子", source="jp")


def test_a_frame(path: Path) -> None:
    corpus = Corpus.load(path)
    frame = corpus.to_frame()
    assert list(frame.columns) == ["unit", "ja", "zh-Hans", "zh-Hant", "en", "bead", "score", "method"]
    assert frame["zh-Hant"].dropna().tolist() == ["量子通訊"]
    places = corpus.search("暗号").to_frame()
    assert places[["left", "text", "right"]].to_numpy().tolist() == [["量子コンピュータと量子", "暗号", ""]]


def test_iteration(path: Path) -> None:
    corpus = Corpus.load(path)
    assert len(corpus) == 4
    assert [unit.origin.id for unit in corpus if unit.origin] == list(TEXTS)
    assert repr(corpus) == "<Corpus of 4 units>"


def test_formats_and_folders(tmp_path: Path, path: Path) -> None:
    with (tmp_path / "m.tmx").open("wb") as file:
        TMX.write(Corpus.load(path), file)
    (tmp_path / "t.tsv").write_text("ja\ten\n量子技術\tquantum technology\n", encoding="utf-8")
    assert Corpus.load(tmp_path / "m.tmx").search("量子").total == 6
    assert Corpus.load(tmp_path / "t.tsv", tmp_path).search("量子").total == 7
    assert Corpus.load(tmp_path / "t.tsv").search("量子").documents == ((str(tmp_path / "t.tsv"), 1),)
    assert termalign.search("量子技術", limit=1).hits[0].document == "hubs.ja.txt"


def test_documents_of_a_build_are_called_by_their_names(tmp_path: Path, path: Path) -> None:
    (tmp_path / "documents.jsonl").write_text('{"id": "ja.txt", "path": "a/policy.ja.txt"}\nbroken\n', encoding="utf-8")
    assert Corpus.load(path).search("拠点").documents == (("a/policy.ja.txt", 1),)
    assert indexed(path).search("拠点").documents == (("a/policy.ja.txt", 1),)


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no corpus 'none'; name a file or .* shipped are quantum-policy-demo"):
        Corpus.load("none")
    with pytest.raises(ConfigError, match=r"holds no aligned\.jsonl"):
        Corpus.load(tmp_path)


def test_broken_lines_are_skipped_only_where_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "aligned.jsonl"
    write(path, TEXTS)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], b"{broken", b'{"segments": 1}', b'{"a": "\xff"}', *lines[1:]]))
    with pytest.raises((DataError, DataErrors)):
        Corpus.load(path)
    told: list[DataError] = []
    assert len(Corpus.load(path, skip_broken=True, tell=told.append)) == 4
    assert [fault.where.line for fault in told] == [2, 3, 4]


# ---- the index


_ALPHABET = "ab cA量子計拠据サさー・-0㍿é\u0301々ｶﾞ"
_TEXT = st.text(alphabet=_ALPHABET, min_size=1, max_size=12).filter(str.strip)


@given(
    pairs=st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=8),
    query=st.text(alphabet=_ALPHABET, min_size=1, max_size=4),
    boundaries=st.sampled_from(["latin", "words", "none"]),
)
def test_the_index_answers_as_the_corpus(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], query: str, boundaries: str
) -> None:
    path = write(
        tmp_path_factory.mktemp("any") / "a.jsonl",
        {f"u-{number}": {"ja": ja, "en": en} for number, (ja, en) in enumerate(pairs)},
    )
    corpus = Corpus.load(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_index, "N_CHUNK", 3)
        assert indexed(path).search(query, boundaries=boundaries) == corpus.search(query, boundaries=boundaries)
    # and as a search in each text, one by one, without keys
    wanted = Wanted(query, boundaries=boundaries)
    expected = sum(len(wanted.places(one.text, one.language)) for unit in corpus for one in unit.segments)
    assert corpus.search(query, boundaries=boundaries).total == (expected if query.strip() else 0)


@pytest.mark.parametrize(
    "query",
    ["量子", "量", "。", "quantum computer", "it", "吉野", "「", "QUANTUM", "a", "量子コンピューター", "none of them"],
)
def test_queries_through_the_index(path: Path, query: str) -> None:
    assert indexed(path).search(query) == Corpus.load(path).search(query)


def test_units_come_back_whole(tmp_path: Path) -> None:
    unit = TranslationUnit(
        segments=(Segment(language="ja", text="量子"), Segment(language="en", text="quantum")),
        name="n-1",
        extra=(("note", {"a": [1]}),),
    )
    with (tmp_path / "u.jsonl").open("wb") as file:
        UNITS_JSONL.write([unit], file)
    (hit,) = indexed(tmp_path / "u.jsonl").search("quantum").hits
    (expected,) = Corpus.load(tmp_path / "u.jsonl")
    assert (hit.unit, hit.unit.origin) == (expected, expected.origin)


@pytest.mark.parametrize("damage", ["cut", "garbage", "format", "incomplete"])
def test_a_damaged_index_is_made_anew(path: Path, folder: Path, damage: str) -> None:
    indexed(path)
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
    assert indexed(path).search("暗号").total == 1


def test_damage_that_opening_does_not_show(path: Path, folder: Path) -> None:
    write(path, {f"u-{number}": {"ja": f"量子{number}", "en": f"quantum {number}"} for number in range(500)})
    os.utime(path, (1e9, 1e9))
    indexed(path)
    (made,) = folder.iterdir()
    raw = made.read_bytes()
    made.write_bytes(raw[: 4 * 4096] + b"\x55" * (len(raw) - 4 * 4096))
    assert indexed(path).search("量子").total == 500
    assert made.read_bytes()[4 * 4096 :].strip(b"\x55") == b""  # it was not made anew


def test_an_edited_corpus_is_indexed_anew(path: Path) -> None:
    assert indexed(path).search("新語").total == 0
    write(path, TEXTS | {"u-5": {"ja": "新語", "en": "new word"}})
    assert indexed(path).search("新語").total == 1


def test_large_corpora_have_an_index_and_small_ones_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(for_search(path), Corpus)
    monkeypatch.setattr(opening, "MIN_SIZE", 0)
    assert isinstance(for_search(path), StoredCorpus)
    assert len(for_search(path)) == 4
    assert isinstance(for_search(path, skip_broken=True), Corpus)
    monkeypatch.setenv("TERMALIGN_CACHE", "")
    assert isinstance(for_search(path), Corpus)


def test_a_folder_that_holds_no_index(path: Path, tmp_path: Path) -> None:
    assert stored_corpus([(path, "a")], tmp_path / "missing") is None


def test_a_broken_corpus_has_no_index(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{broken\n", encoding="utf-8")
    with pytest.raises(DataError, match="broken JSON"):
        indexed(tmp_path / "a.jsonl")
    assert not list(folder.iterdir())


def search_in_a_process(path: Path) -> int:
    opening.MIN_SIZE = 0
    return for_search(path).search("量子").total


def test_processes_may_make_it_at_once(path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(search_in_a_process, [path] * 8)) == [6] * 8


def test_a_corpus_of_marks_alone_is_indexed(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("marks")
    row = {
        "id": "u-1",
        "segments": {"ja": {"text": "ー"}, "en": {"text": "-"}},
        "bead": "1-1",
        "score": None,
        "method": "given",
    }
    path = folder / "marks.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    found = stored_corpus([(path, "marks.jsonl")], folder)
    assert found is not None
    assert len(found) == 1
