"""Quantities: case tables in cases/quantities_*.toml, equal facts in three languages, laws, and what must not cost much."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import ConfigError
from termalign.languages.quantities import find_quantities, same

if TYPE_CHECKING:
    from termalign.model.quantities import Quantity

CASES = Path(__file__).parent / "cases"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"quantities_{name}.toml").read_text(encoding="utf-8"))


def rows() -> list[Any]:
    """Return language, options and line of every case."""
    found = []
    for name in ("ja", "zh", "en", "fresh", "fresh2", "fresh3"):
        for group in load(name)["group"]:
            lines = group["cases"].strip("\n").split("\n")
            options = group.get("options", {})
            found += [
                pytest.param(group["language"], options, line, id=f"{group['language']}-{line}")
                for line in joined(lines)
            ]
    return found


def joined(lines: list[str]) -> list[str]:
    """Put lines of cases that have a line end inside together again."""
    made: list[str] = []
    open_line = ""
    for line in lines:
        whole = f"{open_line}\n{line}" if open_line else line
        if " | " in whole:
            made.append(whole)
            open_line = ""
        else:
            open_line = whole
    assert not open_line
    return made


def expected(case: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a case, and start, end, kind and normal form of what stands in it."""
    marked, _, wanted = case.rpartition(" | ")
    answers = [] if wanted.strip() == "-" else wanted.strip().split("; ")
    text = marked.replace("‹", "").replace("›", "")
    marks, at = [], 0
    for part in re.split("([‹›])", marked):
        if part in {"‹", "›"}:
            marks.append(at)
        else:
            at += len(part)
    spans = list(zip(marks[::2], marks[1::2], strict=True))
    if not spans and answers:
        spans = [(0, len(text))] if len(answers) == 1 else [(-1, -1)] * len(answers)
    return text, [(start, end, answer) for (start, end), answer in zip(spans, answers, strict=True)]


@pytest.mark.parametrize(("language", "options", "case"), rows())
def test_case(language: str, options: dict[str, Any], case: str) -> None:
    text, wanted = expected(case)
    found = find_quantities(text, language=language, **options)
    shown = [(one.start, one.end, f"{one.kind} {one.normalised}") for one in found]
    if wanted and wanted[0][0] < 0:
        shown = [(-1, -1, answer) for _, _, answer in shown]
    assert shown == wanted


def normal_forms(text: str, language: str) -> list[str]:
    return [one.normalised for one in find_quantities(text, language=language)]


@pytest.mark.parametrize("row", load("equal")["triples"].strip().split("\n"))
def test_equal_facts_have_equal_normal_forms(row: str) -> None:
    ja, zh, en, wanted = row.split(" | ")
    script = "zh-Hant" if re.search("[億萬國幣圓]", zh) else "zh-Hans"
    assert normal_forms(ja, "ja") == normal_forms(zh, script) == normal_forms(en, "en") == [wanted]


def pair(row: str) -> tuple[Quantity, Quantity]:
    found = []
    for side in row.split(" | "):
        language, _, text = side.partition(": ")
        (one,) = find_quantities(text, language=language)
        found.append(one)
    return found[0], found[1]


@pytest.mark.parametrize("row", load("same")["can_be"].strip().split("\n"))
def test_can_be_the_same_fact(row: str) -> None:
    one, other = pair(row)
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize("row", load("same")["cannot_be"].strip().split("\n"))
def test_cannot_be_the_same_fact(row: str) -> None:
    one, other = pair(row)
    assert not same(one, other)
    assert not same(other, one)


def test_the_sample_of_normal_forms(shared: Path) -> None:
    lines = (shared / "corpus" / "normal-forms-sample.tsv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    seen = 0
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t"), strict=True))
        language = "ja" if row["lang"] == "ja" else "zh-Hans"
        year = 2019 if row["form"] == "7月 5日" else None  # "year from the line 令和 元年 above"
        found = [
            (one.text, one.kind.value, one.normalised)
            for one in find_quantities(row["form"], language=language, year=year)
        ]
        assert found == [(row["form"], row["kind"], row["normalised"])]
        seen += 1
    assert seen == 10


def test_the_year_stands_lines_above() -> None:
    text = "令和 元年\n量子技術イノベーション会議\n7月 5日　第３回\n10月 1日　第４回\n"
    assert normal_forms(text, "ja") == ["2019", "2019-07-05", "#3", "2019-10-01", "#4"]


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "en"])
@pytest.mark.parametrize(
    "text",
    ["0", "9.", "1,", "1-", "1:", "$1 ", "1e", "一", "万", "千", "一二", "十", "百分之", "半", "〇", "年", "2020年", "2020年から", "第一",
     "令和", "約", "a@", "www.", "three ", "twenty-", "hundred ", "May ", "the first ", "from 1 to ", "half a ", "Q", "½", "( ", "\n"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str, language: str) -> None:
    def seconds(size: int) -> float:
        hostile = text * (size // len(text))
        start = process_time()
        find_quantities(hostile, language=language)
        return process_time() - start

    seconds(100)  # loads the tables
    small = seconds(4_000)
    large = min(seconds(32_000) for _ in range(3))  # a collection of cycles may fall into one
    assert large < 8 * 4 * small + 0.2  # eight times the text; four times that for a machine that is busy


def test_a_long_run_is_no_number() -> None:
    for language in ("ja", "zh-Hans", "en"):
        for run in ("9" * 100_000, "一" * 100_000, "万" * 100_000, "1,000" * 20_000):
            assert all(len(one.normalised) < 100 for one in find_quantities(run, language=language))


def test_what_makes_no_sense_is_refused() -> None:
    for options in ({"country": "Japan"}, {"year": 0}, {"today": "yesterday"}):
        with pytest.raises(ConfigError):
            find_quantities("2020年", language="ja", **options)


def test_full_width_and_line_ends_keep_offsets() -> None:
    text = "𠮷田は\r\n２０２０年に￥５００を払った。"
    found = find_quantities(text, language="ja")
    assert [(one.start, one.end, one.text, one.normalised) for one in found] == [
        (5, 10, "２０２０年", "2020"),
        (11, 15, "￥５００", "500 JPY"),
    ]


def test_a_capital_that_grows_in_lower_case_moves_no_offset() -> None:
    (found,) = find_quantities("İstanbul paid 5 million euros.", language="en")
    assert (found.start, found.text, found.normalised) == (14, "5 million euros", "5000000 EUR")


def test_the_precision_that_is_written_is_kept() -> None:
    steps = {
        "22億円": 10**8,
        "2.2億円": 10**7,
        "1.05兆円": 10**10,
        "3割5分": 1,
        "35.2％": Decimal("0.1"),
        "12万3456人": 1,
    }
    for text, step in steps.items():
        (found,) = find_quantities(text, language="ja")
        assert found.step == step, text
