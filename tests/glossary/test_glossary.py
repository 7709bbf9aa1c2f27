from __future__ import annotations

import json
import pickle
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import ConfigError, DataError, DataErrors, OutputError
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.glossary import glossary as module
from termalign.glossary.glossary import COLUMNS, Glossary
from termalign.languages.fold import fold
from termalign.model import Concept, Designation, Match, TermStatus

CASES = Path(__file__).parent / "cases"
LOOKUPS: list[dict[str, Any]] = tomllib.loads((CASES / "lookup.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load(CASES / "glossary.jsonl")


def entry(concept_id: str, text: str, **keys: object) -> dict[str, Any]:
    return {"id": concept_id, "terms": {"ja": [{"text": text}]}, **keys}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


# ---- lookup


@pytest.mark.parametrize("case", LOOKUPS, ids=[case["about"] for case in LOOKUPS])
def test_lookup(glossary: Glossary, case: dict[str, Any]) -> None:
    answer = glossary.lookup(case["query"], source=case.get("source"), target=case.get("target"))
    assert answer.query == case["query"]
    assert answer.outcome == case["outcome"]
    if "concepts" in case:
        assert [hit.concept.id for hit in answer.hits] == case["concepts"]
    best = answer.hits[0] if answer.hits else None
    seen = best and {
        "why": list(best.why),
        "text": best.designation.text,
        "language": best.language,
        "status": best.designation.status,
    }
    wanted = {key: case[key] for key in ("why", "text", "language", "status") if key in case}
    assert wanted == {key: (seen or {}).get(key) for key in wanted}


def test_every_designation_finds_its_concept(glossary: Glossary) -> None:
    for concept in glossary:
        for language, designations in concept.terms:
            for one in designations:
                hits = glossary.lookup(one.text, source=language).hits
                found = [hit for hit in hits if hit.concept.id == concept.id]
                if concept.status == "rejected":
                    assert not found
                else:
                    assert [(hit.match, hit.why, hit.designation) for hit in found] == [(Match.EXACT, (), one)]


def test_a_query_of_a_thousand_code_points_is_one_and_a_longer_one_gives_nothing() -> None:
    longest = "量" * 1000
    glossary = Glossary([Concept(id="c", terms=(("ja", (Designation(text=longest),)),))])
    assert glossary.lookup(longest).outcome is Match.EXACT
    assert glossary.lookup(longest + "量").outcome is Match.NONE
    assert glossary.lookup("量" * 998).outcome is Match.NEAR


def test_near_misses_are_bounded_and_sorted_by_likeness() -> None:
    names = ["量子" + "技術" * n for n in range(1, 30)]
    glossary = Glossary(
        Concept(id=f"c-{n:02}", terms=(("ja", (Designation(text=name),)),)) for n, name in enumerate(names)
    )
    hits = glossary.lookup("量子").hits
    assert len(hits) == 10
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert len(glossary.lookup("量子", limit=29).hits) == 29


def test_a_wrong_tag_is_refused(glossary: Glossary) -> None:
    with pytest.raises(ConfigError, match="write 'ja'"):
        glossary.lookup("量子", source="jp")
    with pytest.raises(ConfigError, match="none of Japanese, Chinese, English"):
        glossary.lookup("量子", target="ko")


def test_unknown_keys_that_cannot_be_hashed_and_a_reading_that_is_no_text_do_no_harm(tmp_path: Path) -> None:
    rows = {"id": "c", "terms": {"ja": [{"text": "半導体", "reading": ["はんどうたい"], "x": {"y": [1]}}]}}
    glossary = Glossary.load(write(tmp_path / "g.jsonl", rows))
    assert glossary.lookup("半导体").outcome is Match.EXACT
    assert glossary.lookup("はんどうたい").outcome is Match.NONE


def test_threads_may_share_a_glossary(glossary: Glossary) -> None:
    queries = [case["query"] for case in LOOKUPS]
    expected = [glossary.lookup(query) for query in queries]
    for _ in range(3):
        fresh = Glossary(glossary)
        barrier = Barrier(4)

        def work(shared: Glossary = fresh, start: Barrier = barrier) -> list[object]:
            start.wait()
            return [shared.lookup(query) for query in queries]

        with ThreadPoolExecutor(4) as pool:
            for future in [pool.submit(work) for _ in range(4)]:
                assert future.result() == expected


@given(
    st.text(max_size=30)
    | st.text(alphabet="量子もつれ取り扱い組合拠点はしbandaotiGPUsQKD-・ー ｶﾞ\u200bǎ𠮷", max_size=12)
)
def test_any_query_has_an_answer_that_the_order_of_the_file_does_not_change(query: str) -> None:
    glossary, reverse = in_both_orders()
    answer = glossary.lookup(query)
    assert answer == reverse.lookup(query)
    assert len({hit.concept.id for hit in answer.hits}) == len(answer.hits)
    assert all((hit.match, hit.score == 1.0) == (answer.outcome, answer.outcome is Match.EXACT) for hit in answer.hits)
    if len(fold(query)) < 2:
        assert answer.outcome is not Match.NEAR


@cache
def in_both_orders() -> tuple[Glossary, Glossary]:
    glossary = Glossary.load(CASES / "glossary.jsonl")
    return glossary, Glossary(reversed(glossary.concepts))


def test_a_glossary_crosses_processes(glossary: Glossary) -> None:
    glossary.lookup("量子もつれ")
    copy = pickle.loads(pickle.dumps(glossary))  # noqa: S301 - our own bytes
    assert copy.concepts == glossary.concepts
    assert copy.lookup("bandaoti") == glossary.lookup("bandaoti")


# ---- load


def test_of_entries_with_one_id_the_first_source_counts(tmp_path: Path) -> None:
    high = write(tmp_path / "high.jsonl", entry("c-1", "拠点"), entry("c-2", "量子"))
    low = write(tmp_path / "low.jsonl", entry("c-1", "中心"), entry("c-3", "光"))
    glossary = Glossary.load(high, str(low))
    assert [(concept.id, concept.terms[0][1][0].text) for concept in glossary] == [
        ("c-1", "拠点"),
        ("c-2", "量子"),
        ("c-3", "光"),
    ]
    assert glossary.lookup("中心").outcome is Match.NONE
    assert [concept.id for concept in Glossary.load(low, high)] == ["c-1", "c-3", "c-2"]


def test_a_folder_that_build_wrote(tmp_path: Path) -> None:
    write(tmp_path / "glossary.jsonl", entry("c-1", "拠点"))
    assert len(Glossary.load(tmp_path)) == 1


def test_a_shipped_name_is_found_before_a_file_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = write(tmp_path / "shipped.jsonl", entry("c-shipped", "拠点"))
    monkeypatch.setattr(module, "glossaries", lambda: {"quantum": shipped})
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "quantum", entry("c-file", "拠点"))
    assert [concept.id for concept in Glossary.load("quantum")] == ["c-shipped"]
    assert [concept.id for concept in Glossary.load()] == ["c-shipped"]
    with pytest.raises(ConfigError, match=r"no glossary 'quantun'.*shipped are quantum"):
        Glossary.load("quantun")


def test_nothing_shipped_and_nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "glossaries", dict)
    with pytest.raises(ConfigError, match="no glossaries came with this installation"):
        Glossary.load()


def test_other_formats_are_read_by_their_name(tmp_path: Path) -> None:
    path = tmp_path / "x.terms.tsv"
    path.write_text("id\tja\tzh\ten\tscore\tstatus\nc-1\t拠点\t基地\thub\t\tverified\n", encoding="utf-8")
    assert Glossary.load(path).lookup("基地").outcome is Match.EXACT
    with pytest.raises(ConfigError, match=r"\*\.jsonl"):
        Glossary.load(write(tmp_path / "x.unknown", entry("c", "拠点")))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.jsonl", '{"id": "c-1", "terms": {"ja": ["量子"]}}\n{"id":\n', r"g\.jsonl:2.*broken JSON"),
        ("g.jsonl", '\n\n{"id": "c-1", "terms": {"jp": ["量子"]}}\n', r"g\.jsonl:3 \(terms\.jp\).*'jp'.*write 'ja'"),
        ("g.jsonl", '{"terms": {"ja": ["量子"]}}\n', r"g\.jsonl:1 \(id\): missing"),
    ],
)
def test_a_fault_names_file_line_and_what_to_do(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Glossary.load(tmp_path / name)


def test_several_faults_come_together(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text('{"id":\n{"id": "c"}\n', encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        Glossary.load(path)
    assert [error.where.line for error in caught.value.exceptions if isinstance(error, DataError)] == [1, 2]


def test_missing_file_empty_folder_and_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no glossary .*nowhere\.jsonl.*name a \.jsonl file"):
        Glossary.load(tmp_path / "nowhere.jsonl")
    with pytest.raises(ConfigError, match=r"holds no glossary\.jsonl"):
        Glossary.load(tmp_path)
    (tmp_path / "loop.jsonl").mkdir()
    with pytest.raises(ConfigError, match=r"holds no glossary\.jsonl"):
        Glossary.load(tmp_path / "loop.jsonl")


def test_an_empty_file_is_an_empty_glossary(tmp_path: Path) -> None:
    glossary = Glossary.load(write(tmp_path / "g.jsonl"))
    assert len(glossary) == 0
    assert glossary.lookup("量子").outcome is Match.NONE
    assert list(glossary.to_frame().columns) == list(COLUMNS)
    assert len(glossary.to_frame()) == 0


# ---- merge, save, to_frame


def test_merge_keeps_both_sides_and_changes_neither(glossary: Glossary) -> None:
    other = Glossary([Concept(id="c-bridge", terms=(("ja", (Designation(text="橋梁"),)),)), *list(glossary)[:1]])
    new = Glossary([Concept(id="c-new", terms=(("en", (Designation(text="new"),)),))])
    merged = glossary.merge(other, new)
    assert [concept.id for concept in merged] == [*(concept.id for concept in glossary), "c-new"]
    assert merged.lookup("橋梁").outcome is Match.NONE
    assert glossary.lookup("new").outcome is Match.NONE
    assert len(other) == 2


def test_save_keeps_everything_and_orders_by_id(tmp_path: Path, glossary: Glossary) -> None:
    rows = [
        entry("c-2", "拠点", status="rejected", notes="古い", replaces=["c-9"]),
        {"id": "c-1", "terms": {"zh-Hans": ["量子"], "ko": ["양자"], "ja": [{"text": "量子", "x": {"y": [1, None]}}]}},
    ]
    loaded = Glossary.load(write(tmp_path / "in.jsonl", *rows))
    report = loaded.save(tmp_path / "out.jsonl")
    assert (report.n_written, report.losses) == (2, ())
    first, second = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert (first["id"], second["id"]) == ("c-1", "c-2")
    assert first["terms"]["ko"] == ["양자"]
    assert first["terms"]["ja"][0]["x"] == {"y": [1, None]}
    assert (second["notes"], second["replaces"], second["status"]) == ("古い", ["c-9"], "rejected")
    again = Glossary(reversed(list(Glossary.load(tmp_path / "out.jsonl"))))
    again.save(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()
    glossary.save(tmp_path / "out.jsonl")
    assert list(Glossary.load(tmp_path / "out.jsonl")) == list(glossary)


def test_a_failing_save_leaves_what_was_there(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", entry("c-1", "拠点"))
    before = path.read_bytes()
    broken = Concept(id="c-2", terms=(("ja", (Designation(text="\ud800"),)),))
    with pytest.raises(DataError, match="half a surrogate pair"):
        Glossary([*Glossary.load(path), broken]).save(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["g.jsonl"]
    with pytest.raises(OutputError, match="make the folder first"):
        Glossary.load(path).save(tmp_path / "nowhere" / "g.jsonl")
    with pytest.raises(ConfigError, match="export"):
        Glossary.load(path).save(tmp_path / "g.tbx")


def test_save_says_what_the_file_cannot_hold(tmp_path: Path) -> None:
    place = {"document": "d-1", "spans": [[0, 1]], "quote": "量"}
    evidence = {"source": "gloss", "score": 1.0, "terms": [["ja", "量子"], ["en", "quantum"]], "where": [place] * 5}
    path = write(tmp_path / "g.jsonl", entry("c-1", "量子", evidence=[evidence]))
    assert Glossary.load(path).save(tmp_path / "out.jsonl").losses == (("place of evidence beyond 3", 2),)


def test_to_frame_has_a_row_per_designation(glossary: Glossary) -> None:
    frame = glossary.to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == sum(len(found) for concept in glossary for _, found in concept.terms)
    rows = frame[frame["concept"] == "c-qkd"]
    assert list(rows["language"]) == ["ja", "ja", "zh-Hans", "en", "en"]
    assert list(rows["term_status"]) == ["preferred", "deprecated", "preferred", "preferred", "admitted"]
    assert rows["status"].unique().tolist() == ["verified"]


def test_one_id_is_one_concept() -> None:
    first, second = (Concept(id="c", terms=(("ja", (Designation(text=text),)),)) for text in ("量子", "光"))
    glossary = Glossary([first, second])
    assert glossary.concepts == (first,)
    assert repr(glossary) == "<Glossary of 1 concepts>"


def test_the_cases_are_in_the_form_that_save_writes(tmp_path: Path, glossary: Glossary) -> None:
    glossary.save(tmp_path / "g.jsonl")
    with (tmp_path / "g.jsonl").open("rb") as file:
        assert list(CONCEPTS_JSONL.read(file, name="g")) == list(glossary)
    assert {one.status for concept in glossary for _, found in concept.terms for one in found} == set(TermStatus)
