"""What a paragraph says that stands in two documents, one author says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termalign.model import ConceptStatus
from termalign.pipeline.build import build

if TYPE_CHECKING:
    from pathlib import Path

OWN = (
    "冒頭の段落は、この文書だけにあるもので、昨年の冬に行われた調査の結果を詳しく説明し、今後の見通しについても触れている。",
    "別の文書はまったく違う話から始まり、港の荷役や貨物の流れ、倉庫の建て替え、鉄道との接続などを順に取り上げて論じている。",
)
GLOSS = (
    "政府は海上技術研究機構（MTRI）を中心に、港湾での水素の利用と燃料電池の費用の低減に取り組み、二〇三〇年までに主要な港で"
    "船舶への給電を始めるとした。"
)
EDITED = GLOSS.replace("主要な港", "すべての港").replace("始めるとした", "始める計画である")
ANOTHER = (
    "水素で動く船の試験は海上技術研究機構（MTRI）が昨年の秋に始め、三つの造船会社と二つの大学がこれに加わって、来年の春に"
    "結果をまとめる予定である。"
)


@pytest.mark.parametrize(
    ("second", "status"),
    [(GLOSS, ConceptStatus.PROPOSED), (EDITED, ConceptStatus.PROPOSED), (ANOTHER, ConceptStatus.VERIFIED)],
)
def test_a_copied_paragraph_is_no_second_author(tmp_path: Path, second: str, status: ConceptStatus) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    for name, own, said in zip("ab", OWN, (GLOSS, second), strict=True):
        (pile / f"{name}.txt").write_text(f"{own}{own}\n\n{said}\n", encoding="utf-8")
    (found,) = build([pile], tmp_path / "out", lexicon=("core",)).concepts
    assert [[one.text for one in terms] for _, terms in found.terms] == [["海上技術研究機構"], ["MTRI"]]
    assert found.status is status
