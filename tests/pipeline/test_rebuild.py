"""An updated pile equals a clean build, is not cut into words anew, and tells what became of the concepts before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import call, files, write_pile

from termalign.model import AnalysedDocument, Closure, Concept, Designation, Document, DocumentId, Evidence, Place, Span
from termalign.pipeline import analysis_cache
from termalign.pipeline.analysis import analyse, analyse_all
from termalign.pipeline.analysis_cache import AnalysisCache
from termalign.pipeline.build import build
from termalign.pipeline.changes import changes_since
from termalign.workspace.cache import keep

if TYPE_CHECKING:
    from pathlib import Path

LEXICON = ("core:-quantum",)
TEXT = "海上技術研究機構は港湾の水素利用を研究する。燃料電池の費用は下がりつつある。\n"


def left(folder: Path) -> dict[str, bytes]:
    """Return the files of a build, hidden ones too, without the time it took."""
    found = files(folder)
    manifest = json.loads(found["run.json"])
    del manifest["timing"]
    return found | {"run.json": json.dumps(manifest).encode()}


def test_a_build_after_edits_equals_a_clean_build(tmp_path: Path) -> None:
    pile, out, clean = write_pile(tmp_path / "pile"), tmp_path / "out", tmp_path / "clean"
    build([pile], out, lexicon=LEXICON)
    decision = b'{"id": "c-aaaaaaaaaaaa", "verdict": "accept", "by": "me", "at": "2026-01-01T00:00:00Z", "why": "x"}\n'
    (out / "decisions.jsonl").write_bytes(decision)
    paths = sorted(path for path in pile.iterdir() if path.suffix == ".txt")
    paths[0].unlink()
    paths[1].write_bytes(paths[1].read_bytes() + b"\n")
    (pile / "new.ja.txt").write_text(TEXT, encoding="utf-8")
    build([pile], out, lexicon=LEXICON)
    clean.mkdir()
    (clean / "decisions.jsonl").write_bytes(decision)
    build([pile], clean, lexicon=LEXICON)
    assert left(out) == left(clean)


def document(text: str = TEXT, name: str = "a") -> Document:
    return Document(
        id=DocumentId(f"d-{name}"), path=f"{name}.txt", sha256="0", encoding="utf-8", reader="text/1", text=text
    )


def test_what_is_kept_is_what_was_made(tmp_path: Path) -> None:
    texts = {"a": TEXT, "b": "量子技术（QT）很重要。\n第二句。\n", "c": "A sentence of words. Another one (QT).\n"}
    documents = [document(text, name) for name, text in texts.items()]
    made = [analyse(one) for one in documents]
    AnalysisCache(tmp_path).put(made)
    assert [AnalysisCache(tmp_path).get(one) for one in documents] == made
    assert analyse_all(documents, cache=AnalysisCache(tmp_path)) == made


def test_only_what_is_not_kept_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = document(name="a"), document("港湾の水素。\n", name="b")
    AnalysisCache(tmp_path).put([analyse(old)])
    cut: list[str] = []

    def counted(one: Document, *, rules: None) -> AnalysedDocument:
        cut.append(one.id)
        return analyse(one, rules=rules)

    monkeypatch.setattr("termalign.pipeline.analysis.analyse", counted)
    analyse_all([old, new], cache=AnalysisCache(tmp_path))
    assert cut == ["d-b"]


def test_nothing_stale_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AnalysisCache(tmp_path).put([analyse(document())])
    assert AnalysisCache(tmp_path).get(document()) is not None
    assert AnalysisCache(tmp_path).get(document(TEXT + "次。\n")) is None  # another text under the same id
    assert AnalysisCache(tmp_path, srx="ab").get(document()) is None  # other segmentation rules
    monkeypatch.setattr(analysis_cache, "_makers", lambda: "another version")
    assert AnalysisCache(tmp_path).get(document()) is None


def test_code_data_and_tokenisers_are_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = analysis_cache._makers.__wrapped__()
    monkeypatch.setattr(analysis_cache, "version", lambda _: "99")
    assert analysis_cache._makers.__wrapped__() != before
    monkeypatch.undo()
    monkeypatch.setattr(analysis_cache, "VERSION", "99")
    assert analysis_cache._makers.__wrapped__() != before
    monkeypatch.undo()
    monkeypatch.setattr(analysis_cache, "_CODE", ("languages", "model"))
    assert analysis_cache._makers.__wrapped__() != before


@pytest.mark.parametrize("damage", [b"", b"{", b"termalign x y\n{}", b"\xff\xfe"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    AnalysisCache(tmp_path).put([analyse(document())])
    (path,) = (tmp_path / ".cache").iterdir()
    path.write_bytes(damage)
    assert AnalysisCache(tmp_path).get(document()) is None
    AnalysisCache(tmp_path).put([analyse(document())])
    assert AnalysisCache(tmp_path).get(document()) == analyse(document())


@pytest.mark.parametrize("row", ["[]", "{}", '{"passages": [], "sentences": [{"kind": "x"}]}', '{"passages": 1}'])
def test_an_analysis_of_another_shape_is_made_anew(tmp_path: Path, row: str) -> None:
    cache = AnalysisCache(tmp_path)
    (tmp_path / ".cache").mkdir()
    keep(tmp_path / ".cache" / "d-a.json", row.encode(), key=cache._key(document()))
    assert cache.get(document()) is None


def test_analyses_of_documents_that_left_are_removed(tmp_path: Path) -> None:
    AnalysisCache(tmp_path).put([analyse(document(name="a")), analyse(document(name="b"))])
    AnalysisCache(tmp_path).put([analyse(document(name="b"))])
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == ["d-b.json"]


def concept(number: str, *texts: str, place: str = "d-1") -> Concept:
    where = (Place(document=place, spans=(Span(0, 1),)),)
    return Concept(
        id=number,
        terms=tuple(
            (tag, (Designation(text=text),)) for tag, text in zip(("ja", "zh-Hans", "en"), texts, strict=False)
        ),
        closure=Closure.SINGLE,
        evidence=(Evidence(source="gloss", score=1.0, terms=(("ja", texts[0]), ("zh-Hans", texts[1])), where=where),),
    )


def workspace(folder: Path, *concepts: Concept, decisions: str = "") -> Path:
    rows = [json.dumps(one.as_json(), ensure_ascii=False) for one in concepts]
    (folder / "glossary.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "decisions.jsonl").write_text(decisions, encoding="utf-8")
    return folder


def test_a_first_build_changes_nothing(tmp_path: Path) -> None:
    assert changes_since(tmp_path, [concept("c-a", "港湾", "港湾")]).notes() == ()


def test_concepts_that_went_moved_or_have_a_new_id_are_told(tmp_path: Path) -> None:
    old = [
        concept("c-same", "港湾", "港湾"),
        concept("c-gone", "水素", "氢"),
        concept("c-moved", "電池", "电池"),
        concept("c-old", "燃料", "燃料", "fuel"),
    ]
    new = [old[0], concept("c-moved", "電池", "电池", place="d-2"), concept("c-new", "燃料", "燃料", "fuels")]
    decisions = '{"id": "c-gone", "verdict": "accept"}\nno json\n[]\n'
    found = changes_since(workspace(tmp_path, *old, decisions=decisions), new)
    assert found.vanished == (("c-gone", "水素 = 氢"),)
    assert found.renamed == (("c-old", "c-new"),)
    assert found.moved == ("c-moved",)
    assert found.decided == ("c-gone",)
    assert [note.partition(":")[0] for note in found.notes()] == [
        "1 concept has lost its evidence since the last build",
        "1 concept has a new id since the last build",
        "1 concept has evidence that moved since the last build",
        "1 concept with a decision is among those that went or have a new id since the last build",
    ]


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    old = [concept(f"c-{number}", f"港{number}", f"港{number}") for number in range(9)]
    (note,) = changes_since(workspace(tmp_path, *old), []).notes()
    assert note.startswith("9 concepts have lost their evidence since the last build: c-0 (")
    assert note.endswith(" and 4 more")


def test_the_summary_tells_what_vanished(tmp_path: Path) -> None:
    pile, out = write_pile(tmp_path / "pile"), tmp_path / "out"
    assert "since the last build" not in call("build", pile, "-o", out, "--lexicon", "core").out
    assert "since the last build" not in call("build", pile, "-o", out, "--lexicon", "core").out
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = call("build", tmp_path / "a.txt", "-o", out, "--lexicon", "core")
    assert "lost their evidence since the last build" in done.out
