"""``termalign quantities``: a table for people, or the JSON of CONTRACTS.md section 6."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import call, start

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = "𠮷田は令和2年1月21日に約22億円を拠出した。\n2024年度に始める。\n"
FOUND = [
    {"start": 3, "end": 12, "kind": "date", "normalised": "2020-01-21", "text": "令和2年1月21日"},
    {"start": 13, "end": 18, "kind": "money", "normalised": "~2200000000 JPY", "text": "約22億円"},
    {"start": 25, "end": 31, "kind": "fiscal_year", "normalised": "2024-04-01/2025-03-31", "text": "2024年度"},
]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(JAPANESE, encoding="utf-8", newline="")
    return path


def test_json_has_offsets_into_the_text_as_read(text: Path) -> None:
    done = call("quantities", text, "--lang", "ja", "--json")
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    assert json.loads(done.out) == {"quantities": FOUND}


def test_people_get_a_table(text: Path) -> None:
    done = call("quantities", text)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].split() == ["place", "text", "kind", "normal", "form"]
    assert lines[1].split() == ["3-12", "令和2年1月21日", "date", "2020-01-21"]
    assert len(lines) == 4


def test_the_country_decides_on_fiscal_years(text: Path) -> None:
    done = call("quantities", text, "--country", "us", "--json")
    assert json.loads(done.out)["quantities"][2]["normalised"] == "2023-10-01/2024-09-30"


def test_year_and_today_complete_dates(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("7月5日に始め、去年12月に終えた。", encoding="utf-8")
    plain = json.loads(call("quantities", tmp_path / "a.txt", "--json").out)["quantities"]
    assert [one["normalised"] for one in plain] == ["--07-05", "--12"]
    told = call("quantities", tmp_path / "a.txt", "--year", "2019", "--today", "2026-11-28", "--json")
    assert [one["normalised"] for one in json.loads(told.out)["quantities"]] == ["2019-07-05", "2025-12"]


def test_standard_input_is_read_as_a_file() -> None:
    piped = start("quantities", "-", "--lang", "ja", "--json", stdin=JAPANESE.encode())
    assert (piped.code, piped.err) == (0, "")
    assert json.loads(piped.out) == {"quantities": FOUND}


def test_a_text_without_quantities_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一定の効果がある。", encoding="utf-8")
    done = call("quantities", tmp_path / "a.txt")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert json.loads(call("quantities", tmp_path / "a.txt", "--json").out) == {"quantities": []}


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--today", "yesterday"], 2, "today 'yesterday' is not a date; write it as 2026-11-28"),
        (["--country", "Japan"], 2, "country 'Japan' is not a code of two letters; write JP, US or CN"),
        (["--lang", "jp"], 2, "language tag 'jp'; write 'ja'"),
        (["--year", "0"], 2, "--year"),
    ],
)
def test_what_makes_no_sense_is_refused(text: Path, options: list[str], code: int, message: str) -> None:
    done = call("quantities", text, *options)
    assert (done.code, done.out) == (code, "")
    assert message in done.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = call("quantities", tmp_path / "none.txt", "--json")
    assert done.code == 2
    assert set(json.loads(done.err)) == {"error"}
