from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.cli.table import columns, escaped, printable, shorten, width, wrap

TEXTS = st.text(alphabet="量子（）「」、。ーっAbc de-・\u3099\u200b𠮷", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q-LEAP", 6),
        ("量子", 4),
        ("𠮷", 2),
        ("ｸｦﾝﾀﾑ", 5),
        ("ＱＫＤ", 6),
        ("か\u3099", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("半\u200b導\ufe0f体", 6),
        ("", 0),
        ("…", 1),
    ],
)
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected


@pytest.mark.parametrize("code", [0, 7, 9, 10, 13, 27, 127, 0x85, 0x9B, 0x2028, 0x2029, 0x202E, 0x2066, 0x200F, 0xD800])
def test_printable_replaces_what_a_terminal_obeys(code: int) -> None:
    assert printable(f"量{chr(code)}子") == "量\ufffd子"


def test_printable_leaves_text_alone() -> None:
    text = "光・量子 “Q-LEAP” é\u3099\u200b\u3000葛\U000e0100 \u00a0𠮷"
    assert printable(text) == text


@given(st.text())
def test_escaped_json_is_the_same_json(text: str) -> None:
    line = escaped(json.dumps({"x": text}, ensure_ascii=False))
    assert json.loads(line) == {"x": text}
    assert len(line.splitlines()) == 1
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("量子技術", 8, "量子技術"),
        ("量子技術", 7, "量子技…"),
        ("量子技術", 6, "量子…"),
        ("Q-LEAP programme", 8, "Q-LEAP…"),
        ("", 4, ""),
    ],
)
def test_shorten(text: str, size: int, expected: str) -> None:
    assert shorten(text, size) == expected


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("", 8, [""]),
        ("   ", 8, [""]),
        ("量子技術", 8, ["量子技術"]),
        ("量子技術", 7, ["量子技", "術"]),
        ("量子技術（案）", 12, ["量子技術", "（案）"]),
        ("量子、技術", 4, ["量", "子、", "技術"]),
        ("データセット", 8, ["データ", "セット"]),
        ("Quantum Leap Flagship", 12, ["Quantum Leap", "Flagship"]),
        ("Quantum Leap", 7, ["Quantum", "Leap"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("𠮷𠮷𠮷", 4, ["𠮷𠮷", "𠮷"]),
    ],
)
def test_wrap(text: str, size: int, lines: list[str]) -> None:
    assert wrap(text, size) == lines


@given(TEXTS, st.integers(2, 20))
def test_wrapping_loses_only_white_space(text: str, size: int) -> None:
    lines = wrap(text, size)
    assert lines
    assert all(width(line) <= size for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_columns_line_up() -> None:
    rows = [("ja", "量子もつれ", "preferred"), ("en", "quantum entanglement", "preferred"), ("zh-Hans", "量子纠缠")]
    assert columns(rows).split("\n") == [
        "ja       量子もつれ            preferred",
        "en       quantum entanglement  preferred",
        "zh-Hans  量子纠缠",
    ]


def test_columns_are_broken_to_fit() -> None:
    rows = [
        ("  ja", "光・量子飛躍フラッグシップ・プログラム", "preferred, seen 3 times"),
        ("  en", "Q-LEAP", "admitted"),
    ]
    assert columns(rows, size=48).split("\n") == [
        "  ja  光・量子飛躍フラッグ  preferred, seen 3",
        "      シップ・プログラム    times",
        "  en  Q-LEAP                admitted",
    ]
    assert columns(rows, size=10**6) == columns(rows)


def test_columns_without_rows_or_with_empty_cells() -> None:
    assert columns([]) == ""
    assert columns([], size=80) == ""
    assert columns([("", ""), ()], size=80) == "\n"
    assert columns([("a",), ("b", "c")]) == "a\nb  c"


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4), st.integers(30, 80))
def test_columns_never_leave_the_terminal(rows: list[tuple[str, str, str]], size: int) -> None:
    assert all(width(line) <= size for line in columns(rows, size=size).split("\n"))


def test_columns_hold_no_control_characters() -> None:
    assert columns([("a\x1b[2J", "b\nc")]) == "a\ufffd[2J  b\ufffdc"
