"""Folding: what one key holds equal, what it keeps apart, and where its characters come from."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from termalign.languages.fold import fold, fold_with_offsets, han_characters, simplify

if TYPE_CHECKING:
    from types import ModuleType

CASES = tomllib.loads((Path(__file__).parent / "cases" / "fold.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES["equal"])
def test_spellings_of_one_term_have_one_key(name: str) -> None:
    keys = {text: fold(text) for text in CASES["equal"][name]}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize("name", CASES["different"])
def test_different_terms_have_different_keys(name: str) -> None:
    left, right = CASES["different"][name]
    assert fold(left) != fold(right)


@pytest.mark.parametrize("text", CASES["keys"])
def test_key_and_offsets(text: str) -> None:
    expected = CASES["keys"][text]
    assert fold_with_offsets(text) == (expected["key"], tuple(expected["offsets"]))
    assert fold(text) == expected["key"]


def test_every_character_folds_to_a_key_that_stays() -> None:
    characters = [chr(code) for code in (*range(0xD800), *range(0xE000, sys.maxunicode + 1))]
    keys = fold("、".join(characters)).split("、")  # a mark that the key keeps and that joins nothing
    assert fold("、".join(keys)).split("、") == keys


def test_every_character_folds_like_its_compatibility_form() -> None:
    exempt = set("゛゜\uff9e\uff9f")  # marks without their kana
    for code in (*range(0xD800), *range(0xE000, 0x30000)):
        char = chr(code)
        if char not in exempt and unicodedata.category(char) != "Cn" and fold(char):
            assert fold(char) == fold(unicodedata.normalize("NFKC", char)), hex(code)


def test_joyo_kanji_and_traditional_characters_fold_to_simplified_ones() -> None:
    # Kokuji, and characters that are the same in Chinese though GB 2312 lacks them (DEPENDENCIES.md 2.3).
    left = set(fold("畑潟埼栃俵扱碁込咲搾捗峠匂雰塀枠丼"))
    joyo_sample = "戸姉研畑氷潟挙埼働栃衛鉱舎俵郷窓値並扱汚菓概呉娯碁込咲搾呪渋緒叙粧慎疎駄捗妬闘峠匂姫瓶雰併塀舗倣砲褒翻餅瞭隣瑠隷郎脇枠丼喩塡"
    assert {char for char in fold(joyo_sample) if not char.encode("gb2312", "ignore")} <= left


def test_han_characters_leave_out_everything_else() -> None:
    assert han_characters("量子・コンピュータ 𠮷々AI。") == {"量", "子", "𠮷"}
    assert han_characters("カタカナ") == frozenset()


def test_simplify_keeps_length_and_what_is_not_traditional() -> None:
    text = "軟體與網路（NICT）𠮷野"
    assert simplify(text) == "软体与网路（NICT）𠮷野"
    assert simplify("给予艺术") == "给予艺术"


def _generator(root: Path) -> ModuleType:
    """Load the script that makes the tables."""
    spec = importlib.util.spec_from_file_location("make_fold_table", root / "scripts" / "make_fold_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_what_the_script_makes(root: Path) -> None:
    header = (root / "termalign" / "data" / "fold.tsv").read_text(encoding="utf-8").split("\n", 1)[0]
    script = _generator(root)
    if header != script.render({}).split("\n", 1)[0]:
        pytest.skip(f"made with other versions: {header}")
    tables: dict[str, Any] = script.tables()
    for name, text in tables.items():
        assert (root / "termalign" / "data" / name).read_text(encoding="utf-8") == text, name


def test_import_is_light() -> None:
    heavy = "numpy opencc jieba sudachipy sacremoses pandas"
    code = (
        "import sys; from termalign.languages.fold import fold; fold('a');"
        f"sys.exit(sum(name in sys.modules for name in '{heavy}'.split()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.bench
def test_speed() -> None:
    text = "量子技術イノベーション戦略（Q-LEAP）は、2020年に策定された。" * 40_000
    fold(text[:10])
    begin = perf_counter()
    fold(text)
    assert len(text.encode()) / 1e6 / (perf_counter() - begin) > 20, "MB/s"
