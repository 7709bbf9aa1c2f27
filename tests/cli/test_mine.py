"""``termalign mine``: the table, the lines it names, and what it makes of bad input."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from piles import call

import termalign
from termalign.cli.mine import mine as command
from termalign.model import Method

if TYPE_CHECKING:
    from pathlib import Path

JA = [
    "大学と企業が量子コンピュータの研究開発を進めている。",
    "昨日は雨が降ったので、庭の花に水をやらなかった。",
    "2020年に政府は30億円を投じた。",
    "彼は毎朝七時に起きて、川沿いを走る。",
    "ウォレン氏は土曜日に京都の寺を訪れた。",
]
EN = [
    "Mr Warren visited a temple in Kyoto on Saturday.",
    "The committee published its annual report in March.",
    "Universities and companies are advancing research and development of quantum computers.",
    "In 2020, the government invested 3 billion yen.",
    "The museum is closed on public holidays.",
]
PAIRS = {(0, 2), (2, 3), (4, 0)}


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path, JA, EN)


def written(folder: Path, ja: list[str], en: list[str]) -> tuple[Path, Path]:
    for name, lines in (("ja.txt", ja), ("en.txt", en)):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder / "ja.txt", folder / "en.txt"


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def mined(path: Path) -> set[tuple[int, int]]:
    return {(int(row[0]), int(row[1])) for row in rows(path)}


def test_hidden_pairs_are_found_best_first(texts: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.tsv"
    done = call("mine", *texts, "--from", "ja", "--to", "en", "--segmented", "-o", out)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"3 pairs of 5 and 5 segments written to {out}\n"
    table = rows(out)
    assert mined(out) == PAIRS
    assert all(row[3:] == [JA[int(row[0])], EN[int(row[1])]] for row in table)
    scores = [float(row[2]) for row in table]
    assert scores == sorted(scores, reverse=True)
    assert all(0.4 <= score <= 1.0 for score in scores)


def test_swapped_sides_give_the_same_pairs(texts: tuple[Path, Path], tmp_path: Path) -> None:
    call("mine", *texts[::-1], "--segmented", "-o", tmp_path / "out.tsv")
    assert {(i, j) for j, i in mined(tmp_path / "out.tsv")} == PAIRS


def test_running_text_is_split_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    ja = ["", "# 報告", "", JA[1] + JA[0], "", JA[2]]
    left, right = written(tmp_path, ja, EN)
    assert call("mine", left, right, "-o", tmp_path / "out.tsv").code == 0
    assert mined(tmp_path / "out.tsv") == {(3, 2), (5, 3)}


def test_a_higher_score_gives_fewer_pairs(texts: tuple[Path, Path], tmp_path: Path) -> None:
    found = termalign.mine(*texts, segmented=True)
    middle = sorted(unit.score or 0.0 for unit in found.units)[1]
    fewer = termalign.mine(*texts, segmented=True, min_score=middle, output=tmp_path / "out.tsv")
    assert set(fewer.units) < set(found.units)
    assert all(unit.method is Method.MINE for unit in found.units)
    assert fewer.lines == tuple((int(row[0]), int(row[1])) for row in rows(tmp_path / "out.tsv"))


def test_the_default_of_the_command_is_that_of_the_function() -> None:
    (option,) = [one for one in command.params if one.name == "min_score"]
    assert option.default == inspect.signature(termalign.mine).parameters["min_score"].default


def test_repeated_lines_pair_as_often_as_both_sides_have_them(tmp_path: Path) -> None:
    left, right = written(tmp_path, [JA[4], *JA[:4], JA[4], JA[4]], [*EN, EN[0]])
    call("mine", left, right, "--segmented", "-o", tmp_path / "out.tsv")
    assert {(i, j) for i, j in mined(tmp_path / "out.tsv") if j in {0, 5}} == {(0, 0), (5, 5)}


def test_a_hundred_thousand_identical_lines_take_no_longer_than_one(tmp_path: Path) -> None:
    left, right = written(tmp_path, [JA[1]] * 100_000, [EN[4]] * 100_000)
    assert call("mine", left, right, "--segmented", "-o", tmp_path / "out.tsv").code == 1


@pytest.mark.parametrize(("ja", "en"), [([], EN), (JA, []), ([], []), (["", "　"], EN)])
def test_nothing_on_a_side_gives_no_pairs(ja: list[str], en: list[str], tmp_path: Path) -> None:
    done = call(
        "mine", *written(tmp_path, ja, en), "--from", "ja", "--to", "en", "--segmented", "-o", tmp_path / "o.tsv"
    )
    assert done.code in {1, 3}
    assert (tmp_path / "o.tsv").exists() == (done.code == 1)
    assert done.err.count("\n") == 1


def test_a_line_of_a_megabyte_is_no_sentence(tmp_path: Path) -> None:
    left, right = written(tmp_path, [*JA, "量子の研究" * 200_000], [*EN, "quantum research " * 60_000])
    call("mine", left, right, "--segmented", "--from", "ja", "--to", "en", "-o", tmp_path / "out.tsv")
    assert mined(tmp_path / "out.tsv") == PAIRS


def test_the_same_language_on_both_sides_is_refused(texts: tuple[Path, Path], tmp_path: Path) -> None:
    done = call("mine", texts[0], texts[0], "-o", tmp_path / "out.tsv")
    assert (done.code, (tmp_path / "out.tsv").exists()) == (2, False)
    assert done.err.startswith("termalign: two texts are in ja; ")


@pytest.mark.parametrize("segmented", [(), ("--segmented",)])
def test_languages_the_wrong_way_round_are_refused(
    texts: tuple[Path, Path], tmp_path: Path, segmented: tuple[str, ...]
) -> None:
    done = call("mine", *texts, "--from", "en", "--to", "ja", *segmented, "-o", tmp_path / "out.tsv")
    assert (done.code, (tmp_path / "out.tsv").exists()) == (2, False)
    assert "ja.txt is not in en: it seems to be in ja; swap the files" in done.err


def test_a_side_in_a_language_that_was_not_named_is_refused(texts: tuple[Path, Path], tmp_path: Path) -> None:
    done = call("mine", *texts, "--from", "zh", "--to", "en", "--segmented", "-o", tmp_path / "out.tsv")
    assert (done.code, (tmp_path / "out.tsv").exists()) == (2, False)
    assert done.err.endswith("name its language: ja\n")


def test_a_side_twenty_times_longer_hides_no_pair(tmp_path: Path) -> None:
    others = [
        f"The {thing} of room {n} is closed on {day}."
        for n in range(2, 27)
        for thing in ("door", "window")
        for day in ("Monday", "Sunday")
    ]
    left, right = written(tmp_path, JA, [*EN, *others])
    call("mine", left, right, "--segmented", "-o", tmp_path / "out.tsv")
    assert mined(tmp_path / "out.tsv") == PAIRS


def test_sentences_of_thousands_of_words_are_compared_in_bounded_time_and_memory(tmp_path: Path) -> None:
    ja = ["、".join(f"{name}{n}の研究" for n in range(500)) + "。" for name in ("量子", "電子", "光子", "原子")]
    en = [
        ", ".join(f"research {n} on {name}" for n in range(220)) + "." for name in ("quantum", "electrons", "photons")
    ]
    left, right = written(tmp_path, [*JA, *ja], [*EN, *en])
    call("mine", left, right, "--segmented", "--from", "ja", "--to", "en", "-o", tmp_path / "out.tsv")
    assert mined(tmp_path / "out.tsv") >= PAIRS


def test_two_processes_give_the_same_bytes_as_one(texts: tuple[Path, Path], tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        call("mine", *texts, "--segmented", "--jobs", jobs, "-o", tmp_path / f"{jobs}.tsv")
    assert (tmp_path / "1.tsv").read_bytes() == (tmp_path / "2.tsv").read_bytes()


def test_texts_with_nothing_in_common_give_no_pairs(tmp_path: Path) -> None:
    left, right = written(tmp_path, [JA[1], JA[3]], [EN[1], EN[4]])
    done = call("mine", left, right, "--segmented", "-o", tmp_path / "out.tsv")
    assert (done.code, (tmp_path / "out.tsv").read_bytes()) == (1, b"")


def test_a_text_that_is_copied_instead_of_translated_is_no_pair(tmp_path: Path) -> None:
    left, right = written(tmp_path, [*JA, "sys.path is a list of strings"], [*EN, "sys.path is a list of strings"])
    call("mine", left, right, "--segmented", "-o", tmp_path / "out.tsv")
    assert mined(tmp_path / "out.tsv") == PAIRS


@pytest.mark.parametrize("arguments", [("--min-score", "2"), ("--from", "jp")])
def test_options_that_cannot_be_are_usage_errors(
    texts: tuple[Path, Path], tmp_path: Path, arguments: tuple[str, str]
) -> None:
    assert call("mine", *texts, *arguments, "-o", tmp_path / "out.tsv").code == 2
