from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from termalign.errors import ConfigError, DataError
from termalign.languages.repair import passages, repair
from termalign.languages.repair.draft import Draft
from termalign.model import Block, BlockKind, Passage, Piece, Span

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "repair.toml").read_text(encoding="utf-8")
)["case"]
KOREAN = "양자 기술은 미래의 핵심 기술이다. 정부는 전략을 발표했다."
# Terms that lines, pages or headers of the documents break, and cells that stand apart: names of concepts only.
WHOLE = {
    "000.zh.txt": [
        "东京大学纳米量子信息电子研究所",
        "亚马逊云科技公司",
        "National Institutes for Quantum and Radiological Science and Technology",
        "量子原生人才",
        "量子合作东京声明",
        "文部科学省重点资助",
    ],
    "003.ja.txt": ["我が国独自の学問的開拓が始まった", "量子コンピュータでも解読できない", "物性物理学に位相幾何学"],
}
CELLS = {
    "000.zh.txt": [
        "科技战略",
        "制定机构",
        "量子科学技术（光量子技术）新推广办法",
        "2017 年 8 月",
        "总务省",
        "构建全球量子密码通信网络的研究和开发",
    ],
    "002.zh.txt": ["京津冀", "北京", "深圳量子科学与工程研究院", "政府资助", "2507"],
    "004.zh.txt": [
        "量子经济发展联盟（QED-C）",
        "量子战略产业革命联盟（Q-STAR）",
        "Robert Bosch GmbH；Thales；Atos",
        "Executive director",
    ],
}


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.content.text for block in blocks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_blocks_are_those_that_an_editor_would_make(case: dict[str, Any]) -> None:
    found = [[block.language, block.kind.value, block.content.text] for block in repair(case["raw"])]
    assert found == case["blocks"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_line_ends_of_another_system_change_nothing(case: dict[str, Any]) -> None:
    if "\r" in case["raw"]:
        pytest.skip("has several kinds already")
    assert texts(repair(case["raw"].replace("\n", "\r\n"))) == texts(repair(case["raw"]))


def test_a_word_torn_by_a_header_leads_back_to_both_halves() -> None:
    raw = next(case["raw"] for case in CASES if case["name"] == "a decorated header inside a word")
    block = repair(raw)[0]
    start = block.content.text.index("半导体")
    spans = block.content.spans(start, start + 3, raw=raw)
    assert [raw[span.start : span.end] for span in spans] == ["半", "导体"]
    assert "技术与政策" in raw[spans[0].end : spans[1].start]


def test_reference_marks_leave_their_places() -> None:
    raw = "系统[1，2]的测量，\n[3]控制 [4-6] 和通信 [^n]。"
    (block,) = repair(raw, language="zh-Hans")
    assert block.content.text == "系统的测量，控制和通信。"
    assert block.marks == (Span(2, 2), Span(6, 6), Span(8, 8), Span(11, 11))
    spans = block.content.spans(0, 5, raw=raw)
    assert [raw[span.start : span.end] for span in spans] == ["系统", "的测量"]


def test_a_character_reference_stands_for_all_of_itself() -> None:
    raw = "研究&amp;开发的计划已经公布。"
    (block,) = repair(raw)
    assert block.content.text == "研究&开发的计划已经公布。"
    assert block.content.spans(2, 3) == (Span(2, 7),)
    assert block.content.spans(3, 5) == (Span(7, 9),)


def test_a_space_at_a_line_end_stands_for_the_line_end() -> None:
    raw = "The centre for quantum and\r\nradiological science."
    (block,) = repair(raw)
    assert block.content.text == "The centre for quantum and radiological science."
    at = block.content.text.index(" radiological")
    assert block.content.spans(at, at + 1) == (Span(26, 28),)


def test_offsets_count_code_points_beyond_the_first_plane() -> None:
    raw = "𠮷 野 家 は 、 𠮷 野 で 創 業 し た 。"
    (block,) = repair(raw)
    assert block.content.text == "𠮷野家は、𠮷野で創業した。"
    spans = block.content.spans(5, 7, raw=raw)
    assert [raw[span.start : span.end] for span in spans] == ["𠮷 野"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [(None, "zh-Hans"), ("ja", "ja"), ("ja-JP", "ja"), ("zh", "zh-Hans"), ("zh_TW", "zh-Hant"), ("en", "zh-Hans")],
)
def test_the_given_language_decides_where_characters_do_not(language: str | None, expected: str) -> None:
    (block,) = repair("量子", language=language)
    assert block.language == expected


def test_long_passages_keep_their_language_whatever_is_given() -> None:
    raw = "我们计划在三年之内建成两个新的研究中心，并培养更多的专业人才。"
    assert [block.language for block in repair(raw, language="ja")] == ["zh-Hans"]
    assert [block.language for block in repair(raw[:7] + "。", language="ja")] == ["ja"]


def test_a_wrong_tag_is_refused_with_the_right_one() -> None:
    with pytest.raises(ConfigError, match="write 'ja'"):
        repair("量子", language="jp")


def test_a_document_in_another_language_is_refused_with_its_name() -> None:
    with pytest.raises(DataError, match=r"news\.txt: the text seems to be Korean; give Japanese, Chinese or English"):
        repair(KOREAN, file="news.txt")
    with pytest.raises(DataError, match="seems to be German"):
        repair("Der Rat hat die Strategie für die neue Technik mit großer Mehrheit beschlossen.", language="zh")


@pytest.mark.parametrize("raw", ["", " \n\u3000\r\n", "12\n3.5\n", "---\n***\n", "\x00\x01"])
def test_text_without_letters_has_no_blocks(raw: str) -> None:
    assert repair(raw) == ()


def test_passages_are_runs_of_one_language() -> None:
    raw = "　本文讨论人工智能的发展与应用。\n我们提出建议。\n\nAbstract: This paper discusses artificial intelligence.\n\n全文完。\n"
    blocks = repair(raw)
    assert [block.kind for block in blocks][2] is BlockKind.LABEL
    end = raw.index("\n\nAbstract")
    english = raw.index("Abstract")
    assert passages(blocks) == (
        Passage(language="zh-Hans", span=Span(1, end)),
        Passage(language="en", span=Span(english, raw.index("\n\n全文"))),
        Passage(language="zh-Hans", span=Span(raw.index("全文"), len(raw) - 1)),
    )
    assert passages(()) == ()


def test_a_draft_keeps_the_raw_place_of_each_character() -> None:
    draft = Draft.of("ab\n\ncd", 0, 6).edited([(1, 2, ""), (2, 4, " ")])
    assert draft.text == "a cd"
    assert draft.mapped().pieces == (Piece(0, 0, 1), Piece(1, 2, 4), Piece(2, 4, 6))
    assert Draft().mapped().text == ""


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_terms_that_lines_and_pages_break_are_whole(shared: Path, name: str) -> None:
    raw = (shared / "corpus" / "documents" / name).read_text(encoding="utf-8")
    found = texts(repair(raw, file=name))
    assert [term for term in WHOLE[name] if not any(term in text for text in found)] == []


@pytest.mark.parametrize("name", sorted(CELLS))
def test_cells_of_tables_stand_apart(shared: Path, name: str) -> None:
    raw = (shared / "corpus" / "documents" / name).read_text(encoding="utf-8")
    cells = {block.content.text for block in repair(raw, file=name) if block.kind is BlockKind.TABLE_CELL}
    assert [cell for cell in CELLS[name] if cell not in cells] == []


def test_an_abstract_is_one_paragraph_behind_its_label(shared: Path) -> None:
    raw = (shared / "corpus" / "documents" / "000.zh.txt").read_text(encoding="utf-8")
    blocks = repair(raw)
    assert [block.content.text for block in blocks if block.kind is BlockKind.LABEL] == ["摘要", "Abstract"]
    for language, place in (("zh-Hans", 1), ("en", len(blocks) - 1)):
        assert blocks[place].language == language
        assert blocks[place].content.text.endswith(("。", "."))
        assert "量子" in blocks[place].content.text or "Quantum" in blocks[place].content.text


@pytest.mark.parametrize("name", ["000.zh.txt", "001.zh.txt", "002.zh.txt", "003.ja.txt", "004.zh.txt"])
def test_nothing_but_marks_and_headers_is_stepped_over(shared: Path, name: str) -> None:
    raw = (shared / "corpus" / "documents" / name).read_text(encoding="utf-8")
    kept = {
        at for block in repair(raw) for piece in block.content.pieces for at in range(piece.raw_start, piece.raw_end)
    }
    letters = [at for at, char in enumerate(raw) if char.isalpha()]
    assert sum(at not in kept for at in letters) <= 0.003 * len(letters)


def test_lines_that_begin_with_the_same_dot_are_a_list_however_long() -> None:
    text = "主な拠点は次のとおりである。\n\n・量子計算の研究所：計算機の開発\n・量子計測の研究所：計測器の開発\n・量子暗号の研究所：暗号化の開発\n"
    assert [block.content.text for block in repair(text)][1:] == [
        "量子計算の研究所：計算機の開発",
        "量子計測の研究所：計測器の開発",
        "量子暗号の研究所：暗号化の開発",
    ]
