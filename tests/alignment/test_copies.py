"""Near-copies of documents and of passages."""

from __future__ import annotations

from analysed import document

from termalign.alignment.copies import near_copies, witnesses
from termalign.model import Place, Span

SHARED = (
    "日本政府は二〇二〇年に量子技術の戦略を決定し、四つの主要な技術領域を定めるとともに、大学と企業が協力して研究開発を"
    "進める体制を整え、人材の育成と国際協力も重要な政策課題であるとした。"
)
EDITED = SHARED.replace("四つの主要な", "五つの主な").replace("整え", "作り")
OWN = {
    "a": "冒頭の段落は、この文書だけにあるもので、昨年の冬に行われた調査の結果を詳しく説明し、今後の見通しについても触れている。",
    "b": "別の文書はまったく違う話から始まり、港の荷役や貨物の流れ、倉庫の建て替え、鉄道との接続などを順に取り上げて論じている。",
    "c": "三つ目の文書は海外の動きを紹介するもので、各国の予算や法律、研究機関の再編、企業の参入の様子を表にまとめて比べている。",
}


def place(name: str, text: str, wanted: str) -> Place:
    start = text.index(wanted)
    return Place(document=name, spans=(Span(start, start + len(wanted)),))


def test_a_passage_that_stands_in_two_documents_is_one_witness() -> None:
    texts = {"a": [OWN["a"], SHARED], "b": [OWN["b"], EDITED, OWN["b"]], "c": [OWN["c"]]}
    pile = [document(lines, "ja", name=name) for name, lines in texts.items()]
    found = witnesses(pile)
    raw = {name: "\n".join(lines) for name, lines in texts.items()}
    assert found.documents == {"a": "a", "b": "b", "c": "c"}
    assert found.of(place("a", raw["a"], "国際協力")) == "a"
    assert found.of(place("b", raw["b"], "国際協力")) == "a"
    assert found.of(place("b", raw["b"], "港の荷役")) == "b"
    assert found.of(Place(document="b", spans=(Span(len(raw["b"]) - 3, len(raw["b"])),))) == "b"
    assert found.of(place("c", raw["c"], "海外")) == "c"
    assert found.of(Place(document="b", spans=())) == "b"


def test_a_passage_repeated_in_a_copy_of_a_document_leads_to_the_first() -> None:
    pile = [
        document([OWN["a"], SHARED], "ja", name="a"),
        document([OWN["a"], SHARED, "最後の一文。"], "ja", name="b"),
        document([OWN["c"], OWN["b"], SHARED], "ja", name="c"),
    ]
    found = witnesses(pile)
    assert found.documents == near_copies(pile) == {"a": "a", "b": "a", "c": "c"}
    assert {found.of(Place(document=name, spans=(Span(5, 9),))) for name in ("a", "b")} == {"a"}
    third = "\n".join([OWN["c"], OWN["b"], SHARED])
    assert found.of(place("c", third, "政策課題")) == "a"


def test_names_and_short_phrases_that_many_write_are_no_copies() -> None:
    name = "光・量子飛躍フラッグシップ・プログラム（Q-LEAP）"
    pile = [document([OWN[key], name], "ja", name=key) for key in ("a", "b")]
    found = witnesses(pile)
    assert found.of(place("b", "\n".join([OWN["b"], name]), "Q-LEAP")) == "b"


def test_a_long_name_in_texts_of_two_languages_is_no_copy() -> None:
    address = (
        "https://example.org/programmes/quantum-leap-flagship-program/reports/annual-report-for-the-year-2020.html"
    )
    ja, zh = f"{address} から報告書を取得できる。", f"报告可从 {address} 下载。"
    found = witnesses([document([ja], "ja", name="a"), document([zh, OWN["b"]], "zh-Hans", name="b")])
    assert found.of(Place(document="b", spans=(Span(0, 4),))) == "b"


def test_a_line_repeated_very_often_is_no_burden() -> None:
    pile = [document([SHARED] * 300, "ja", name=name) for name in ("a", "b")]
    found = witnesses(pile)
    assert found.of(Place(document="b", spans=(Span(0, 4),))) == "a"
