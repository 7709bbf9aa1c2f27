"""Readings: pinyin and kana in all their spellings."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from termalign.languages.sound.kana import kana_key, kana_sounds, romaji_keys
from termalign.languages.sound.pinyin import han_readings, pinyin_cuts, pinyin_keys

CASES = tomllib.loads((Path(__file__).parent / "cases" / "reading.toml").read_text(encoding="utf-8"))


def kana_keys(text: str) -> frozenset[str]:
    key = kana_key(text)
    return romaji_keys(text) if key is None else frozenset({key})


@pytest.mark.parametrize("spellings", CASES["pinyin_same"], ids=lambda row: row[0])
def test_spellings_of_one_pinyin_reading_meet(spellings: list[str]) -> None:
    assert [pair for pair in combinations(spellings, 2) if not pinyin_keys(pair[0]) & pinyin_keys(pair[1])] == []


@pytest.mark.parametrize(("one", "other"), CASES["pinyin_different"])
def test_other_syllables_are_another_reading(one: str, other: str) -> None:
    assert not pinyin_keys(one) & pinyin_keys(other)


@pytest.mark.parametrize(("text", "cuts"), CASES["pinyin_cuts"])
def test_pinyin_is_cut_in_every_way(text: str, cuts: list[str]) -> None:
    assert sorted(pinyin_cuts(text)) == sorted(cuts)


def test_the_likeliest_cut_comes_first() -> None:
    assert pinyin_cuts("fangan")[0] == "fan gan"
    assert pinyin_cuts("beijing")[0] == "bei jing"


def test_a_long_run_is_no_pinyin() -> None:
    assert pinyin_cuts("a" * 10_000) == ()
    assert len(pinyin_cuts("ana" * 20)) <= 64


@pytest.mark.parametrize(("text", "reading"), CASES["han"])
def test_a_word_has_its_reading_among_those_of_its_characters(text: str, reading: str) -> None:
    found = han_readings(text)
    assert reading in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", CASES["han_unread"])
def test_what_is_not_chinese_characters_is_not_read(text: str) -> None:
    assert han_readings(text) == ()


def test_many_readings_are_bounded_and_begin_with_the_usual_ones() -> None:
    found = han_readings("重行长乐朝传模率" * 7)
    assert 0 < len(found) <= 64


@pytest.mark.parametrize("spellings", CASES["kana_same"], ids=lambda row: row[0])
def test_spellings_of_one_kana_reading_meet(spellings: list[str]) -> None:
    assert [pair for pair in combinations(spellings, 2) if not kana_keys(pair[0]) & kana_keys(pair[1])] == []


@pytest.mark.parametrize(("one", "other"), CASES["kana_different"])
def test_other_kana_are_another_reading(one: str, other: str) -> None:
    assert not kana_keys(one) & kana_keys(other)


@pytest.mark.parametrize("text", CASES["not_romaji"])
def test_what_no_japanese_word_is_spelt_like_is_not_read(text: str) -> None:
    assert romaji_keys(text) == frozenset()


@pytest.mark.parametrize("text", ["", "量子", "ルータA", "ー・", "router", "ルータ１"])
def test_only_kana_has_sounds(text: str) -> None:
    assert kana_sounds(text) is None or set(text) <= set("ー・")


def test_the_table_of_readings_is_what_the_script_makes(root: Path) -> None:
    pytest.importorskip("pypinyin", reason="the table is made from pypinyin, which users do not need")
    script = root / "scripts" / "make_pinyin_table.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_heavy_is_loaded_to_read() -> None:
    code = (
        "import sys, termalign; termalign.reading_similarity('ルータ', 'router', languages=('ja', 'en'));"
        "termalign.reading_similarity('特朗普', 'Trump', languages=('zh-Hans', 'en'));"
        "print(*(set('numpy opencc jieba sudachipy sacremoses pandas pypinyin rapidfuzz'.split()) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == ""
