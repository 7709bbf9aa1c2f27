"""Folding: what one key holds equal, what it keeps apart, and where its characters come from."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from termalign.languages.characters import is_han
from termalign.languages.fold import fold, fold_with_offsets, han_characters, simplify

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((FOLDER / "fold.toml").read_text(encoding="utf-8"))
CLASSES = tomllib.loads((FOLDER / "fold_classes.toml").read_text(encoding="utf-8"))


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


def joyo() -> list[list[str]]:
    return [row.split("\t") for row in (FOLDER / "joyo.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def test_every_joyo_kanji_shares_its_key_with_its_simplified_equivalent() -> None:
    rows = joyo()
    assert len({kanji for kanji, _ in rows}) == 2136
    assert [(kanji, simplified) for kanji, simplified in rows if simplified and fold(kanji) != fold(simplified)] == []


def test_joyo_kanji_without_equivalent_are_those_that_are_only_japanese() -> None:
    rows = joyo()
    alone = {kanji for kanji, simplified in rows if not simplified}
    assert alone == set(CLASSES["only_japanese"])
    assert {fold(kanji) for kanji in alone}.isdisjoint(fold(simplified) for _, simplified in rows if simplified)


def test_han_characters_leave_out_everything_else() -> None:
    assert han_characters("量子・コンピュータ 𠮷々AI。") == {"量", "子", "𠮷"}
    assert han_characters("カタカナ") == frozenset()


def test_simplify_keeps_length_and_what_is_not_traditional() -> None:
    text = "軟體與網路（NICT）𠮷野"
    assert simplify(text) == "软体与网路（NICT）𠮷野"
    assert simplify("给予艺术") == "给予艺术"


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    """The script that makes the tables."""
    spec = importlib.util.spec_from_file_location("make_fold_table", root / "scripts" / "make_fold_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_what_the_script_makes(root: Path, script: ModuleType) -> None:
    header = (root / "termalign" / "data" / "fold.tsv").read_text(encoding="utf-8").split("\n", 1)[0]
    if header != script.render([]).split("\n", 1)[0]:
        pytest.skip(f"made with other versions: {header}")
    tables: dict[str, Any] = script.tables()
    for name, text in tables.items():
        assert (root / "termalign" / "data" / name).read_text(encoding="utf-8") == text, name


def han_classes(script: ModuleType) -> list[str]:
    """The Han characters that share a key, class by class."""
    classes: dict[str, str] = {}
    for character in script.ideographs():
        key = fold(character)
        classes[key] = classes.get(key, "") + character
    return [members for members in classes.values() if len(members) > 1]


def test_two_characters_share_a_key_only_where_a_table_says_so(script: ModuleType) -> None:
    reasons: dict[frozenset[str], str] = script.links()
    near: dict[str, set[str]] = {}
    for left, right in map(tuple, reasons):
        near.setdefault(left, set()).add(right)
        near.setdefault(right, set()).add(left)
    for members in han_classes(script):
        reached, new = {members[0]}, {members[0]}
        while new:
            new = set().union(*(near[one] for one in new)) - reached
            reached |= new
        assert set(members) <= reached, members
    assert {reason.partition(" ")[0] for reason in reasons.values()} == {"OpenCC", "fold_rules.toml"}


def common(character: str) -> tuple[bool, bool]:
    """Whether GB 2312 has the character, and the first level of Big5."""
    return bool(character.encode("gb2312", "ignore")), b"\xa4" <= character.encode("big5", "ignore")[:1] < b"\xc9"


def test_classes_that_unite_words_were_judged_one_by_one(script: ModuleType) -> None:
    judged = {fold(one[0]) for one in CLASSES["one_word"].split()}
    assert not judged & set(script.merged())
    for members in han_classes(script):
        simplified, traditional = (sum(column) for column in zip(*map(common, members), strict=True))
        if simplified > 1 or traditional > 1:
            assert fold(members[0]) in judged | set(script.merged()), members


def test_what_is_no_han_character_shares_a_key_only_with_its_own_forms() -> None:
    """Letters, digits and signs: the key of each is that of its compatibility form, case folded, kana and signs as listed."""
    listed = {
        "〜": "~",
        "〰": "~",
        "⋯": "...",
        "∕": "/",
        "⁄": "/",
        "♯": "#",
        "ゕ": "か",
        "ゖ": "け",
        "∶": ":",
        "々": "〻",
    }
    listed |= {
        "○": "〇",
        "◯": "〇",
        "ゔ": "ぶ",
        "゙": "゛",
        "゚": "゜",
        "\uff9e": "゛",
        "\uff9f": "゜",
        "゛": "゛",
        "゜": "゜",
    }
    listed |= {"ヷ": "ば", "ヸ": "び", "ヹ": "べ", "ヺ": "ぼ", "ヴ": "ぶ", "ヵ": "か", "ヶ": "け"}
    for code in (*range(0x2E80), *range(0x3000, 0x3400), *range(0xA000, 0xD7A4), *range(0xFB00, 0xFE00)):
        character = chr(code)
        key = fold(character)
        if unicodedata.category(character) == "Cn" or not key or character in listed:
            assert key in {"", character, listed.get(character)}
            continue
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
        plain = "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" or one in "ヽヾ" else one for one in plain)
        expected = "".join(listed.get(one, one) for one in plain)
        if not any(is_han(one) for one in expected):
            kept = [one for one in unicodedata.normalize("NFKC", expected) if fold(one)]
            assert unicodedata.normalize("NFKC", key) == "".join(kept), hex(code)


def test_a_long_text_folds_as_its_characters_do(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "佐々木ｶﾞﾗｽ、ヴァイオリン・ヴュー㍿ 𠮷野 Straße said “no” to a plain ASCII run of more than a few words. か\u3099"
    units = re.findall("(?s).[々゙\u3099ﾞﾟァュ]*", text)
    whole = fold_with_offsets(text)
    assert whole[0] == "".join(map(fold, units))
    for size in range(1, 9):
        monkeypatch.setattr("termalign.languages.fold._PIECE", size)
        assert fold_with_offsets(text) == whole
        assert fold(text) == whole[0]
    monkeypatch.setattr("termalign.languages.fold._INDICES", 10)
    assert fold_with_offsets(text) == whole


def test_lookup_needs_no_opencc() -> None:
    code = (
        "import sys; sys.modules['opencc'] = None; import termalign;"
        "assert termalign.fold_loss('発', '发') and termalign.fold('髪') == '发' and termalign.lookup('Q-LEAP').hits"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr.strip()) == (0, "")
