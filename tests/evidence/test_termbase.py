"""Evidence from glossaries that the user trusts: which pairs, how strong, by which name; and the option of build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from termalign.errors import ConfigError, DataError
from termalign.evidence import Ground, Termbase
from termalign.evidence.termbase import TermbaseSource
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Folded, Form, Occurrence, Span
from termalign.pipeline.build import build
from termalign.pipeline.termbases import read_termbases

if TYPE_CHECKING:
    from pathlib import Path

JA, ZH, HANT, EN = ("ja", "量子技術"), ("zh-Hans", "量子技术"), ("zh-Hant", "量子技術"), ("en", "quantum technology")
OTHER = ("en", "quantum art")


def concept(number: int, status: str, **terms: str) -> dict[str, object]:
    tags = {"ja": "ja", "zh": "zh-Hant", "en": "en"}
    row: dict[str, object] = {
        "id": f"c-{number}",
        "status": status,
        "terms": {tags[code]: [{"text": text, "status": "preferred"}] for code, text in terms.items()},
        "evidence": [],
    }
    if status == "verified":
        row["verified_by"] = {"by": "a", "at": "2026-01-01T00:00:00Z", "why": "b"}
    return row


def write(path: Path, *concepts: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in concepts), encoding="utf-8")
    return path


def source(*forms: Form, **termbases: Termbase) -> TermbaseSource:
    candidates = {
        form: Candidate(
            language=form[0],
            text=form[1],
            folded=Folded(fold(form[1])),
            occurrences=(Occurrence("d", (Span(0, 1),)),),
            score=1.0,
        )
        for form in forms
    }
    ground = Ground(
        candidates=candidates,
        lexicon=Lexicon.load("core"),
        words=lambda form: (form[1],),
        canonical=lambda form: form,
        termbases=termbases,
    )
    return TermbaseSource(ground)


def test_one_entry_links_every_pair_of_languages_in_either_script(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.jsonl", concept(1, "verified", ja="量子技術", zh="量子技術", en="Quantum Technologies")
    )
    found = source(JA, ZH, HANT, EN, OTHER, mine=read_termbases([path])["mine.jsonl"])
    assert set(found.pairs()) == {(JA, ZH), (JA, HANT), (JA, EN), (ZH, EN), (HANT, EN)}
    evidence = found.weigh(EN, JA)
    assert evidence is not None
    assert (evidence.score, evidence.detail, evidence.as_json()["termbase"]) == (1.0, "mine c-1", "mine")
    assert found.weigh(JA, OTHER) is None
    assert found.weigh(ZH, HANT) is None


def test_proposed_entries_count_for_less_and_rejected_ones_for_nothing(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.jsonl", concept(1, "proposed", ja="甲", en="one"), concept(2, "rejected", ja="乙", en="two")
    )
    found = source(t=read_termbases([path])["t.jsonl"])
    proposed = found.weigh(("ja", "甲"), ("en", "one"))
    assert proposed is not None
    assert proposed.score < 1.0
    assert found.weigh(("ja", "乙"), ("en", "two")) is None


def test_two_termbases_are_both_named(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, concept(1, "verified", ja="甲", en="one")) for name in ("a.jsonl", "b.jsonl")]
    evidence = source(**dict(zip("ab", read_termbases(paths).values(), strict=True))).weigh(("ja", "甲"), ("en", "one"))
    assert evidence is not None
    assert (evidence.n, evidence.as_json()["termbase"]) == (2, "a, b")


def test_the_shipped_glossary_is_found_by_name() -> None:
    (termbase,) = read_termbases(["quantum-policy"]).values()
    assert termbase.concepts["en", fold("Q-LEAP")] <= termbase.verified


def test_bad_termbases_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.jsonl:1"):
        read_termbases([broken])
    with pytest.raises(ConfigError):
        read_termbases(["no such glossary"])
    with pytest.raises(ConfigError, match="two termbases"):
        read_termbases(["quantum-policy", "quantum-policy"])


def test_build_uses_a_termbase_only_where_asked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ja.txt").write_text("光格子時計の開発を進める。光格子時計は重要である。\n", encoding="utf-8")
    (tmp_path / "in" / "b.en.txt").write_text(
        "The Katori timepiece is new. A Katori timepiece ticks.\n", encoding="utf-8"
    )
    path = write(tmp_path / "t.jsonl", concept(1, "verified", ja="光格子時計", en="Katori timepiece"))
    asked, plain = (
        build([tmp_path / "in"], tmp_path / name, termbase=names) for name, names in (("x", [str(path)]), ("y", []))
    )
    pairs = [{text.text for _, found in one.terms for text in found} for one in asked.concepts]
    assert {"光格子時計", "Katori timepiece"} in pairs
    assert not any("光格子時計" in str(one.terms) and "Katori" in str(one.terms) for one in plain.concepts)
    run = json.loads((tmp_path / "x" / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["termbase"] == ["t.jsonl"]
    assert "termbase" not in json.loads((tmp_path / "y" / "run.json").read_text(encoding="utf-8"))["settings"]
    assert str(tmp_path) not in (tmp_path / "x" / "evidence.jsonl").read_text(encoding="utf-8")
