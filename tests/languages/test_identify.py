from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import ConfigError
from termalign.languages.han_model import HAN_TAGS, han_log_likelihood, han_pairs
from termalign.languages.identify import (
    MIN_PROBABILITY,
    identify,
    language_of,
    likelihoods,
    profile,
    seems_to_be,
)

if TYPE_CHECKING:
    from types import ModuleType

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "identify.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20] or "empty")
def test_candidates_are_those_that_the_characters_allow(case: dict[str, Any]) -> None:
    tags = [tag for tag, _ in identify(case["text"])]
    if "candidates" in case:
        assert tags == case["candidates"]
    else:
        assert tags[0] == case["best"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20] or "empty")
def test_probabilities_sum_to_one_and_descend(case: dict[str, Any]) -> None:
    shares = [share for _, share in identify(case["text"])]
    assert all(0 < share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert not shares or sum(shares) == pytest.approx(1, abs=0.001)


def test_a_document_is_told_however_long() -> None:
    assert identify("我们在三年内建成研究中心。" * 20_000)[0] == ("zh-Hans", 1.0)
    assert identify("三年以内に研究拠点を整備する。" * 20_000)[0] == ("ja", 1.0)


def test_language_of_gives_the_default_where_the_text_does_not_tell() -> None:
    assert language_of("開発") == "ja"
    assert language_of("1234", default="zh-Hans") == "zh-Hans"
    assert language_of("양자", default="") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("양자 기술", "Korean"),
        ("Квантовые технологии", "a language in Cyrillic script"),
        ("เทคโนโลยี", "Thai"),
        ("Der Rat hat die Strategie mit der Mehrheit beschlossen und das ist gut.", "German"),
        ("ᚠᚢᚦᚨᚱᚲ", "a language in Runic script"),
        ("12", "text without letters"),
    ],
)
def test_a_foreign_text_is_named(text: str, name: str) -> None:
    assert seems_to_be(text) == name


def test_reading_the_national_sets_finds_their_levels() -> None:
    # 亜 opens level 1 and 弌 level 2 of JIS X 0208; 啊 and 亍 those of GB 2312; 一 and 乂 those of Big5
    for tag, first, second in (("ja", "亜", "弌"), ("zh-Hans", "啊", "亍"), ("zh-Hant", "一", "乂")):
        common, rare, foreign = (likelihoods(profile(char))[tag] for char in (first, second, "𠮷"))
        assert common > rare > foreign


def test_a_candidate_has_the_published_probability_or_is_the_best() -> None:
    for case in CASES:
        assert all(share >= MIN_PROBABILITY for _, share in identify(case["text"])[1:])


def test_candidates_can_be_chosen_among() -> None:
    assert [tag for tag, _ in identify("計算機", among=["zh"])] == ["zh-Hant"]
    assert [tag for tag, _ in identify("量子", among=["zh-TW", "ja-JP"])] == ["ja", "zh-Hant"]
    assert identify("Q-LEAP", among=["ja"]) == ()
    assert sum(share for _, share in identify("量子", among=["zh"])) == pytest.approx(1, abs=0.001)
    assert language_of("独立", among=["zh"]) == "zh-Hans"
    assert language_of("獨立", among=["zh"]) == "zh-Hant"
    with pytest.raises(ConfigError, match="jp"):
        identify("量子", among=["jp"])


def test_pairs_tell_what_characters_do_not() -> None:
    def best(text: str) -> str:
        pairs, _ = han_pairs(text)
        return max(HAN_TAGS, key=lambda tag: han_log_likelihood(pairs, tag))

    # every one of these characters is in the first level of all three national sets
    assert [best(text) for text in ("引数", "人工知能", "資訊", "人工智能")] == ["ja", "ja", "zh-Hant", "zh-Hans"]
    assert han_log_likelihood(frozenset(), "ja") == 0


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    """The script that makes the table."""
    spec = importlib.util.spec_from_file_location("make_identify_table", root / "scripts" / "make_identify_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_script_makes(root: Path, script: ModuleType) -> None:
    text = (root / "termalign" / "data" / "identify.tsv").read_text(encoding="utf-8")
    made = script.render()
    if text.split("\n", 1)[0] != made.split("\n", 1)[0]:
        pytest.skip(f"made with other versions: {text.partition(chr(10))[0]}")
    assert text == made, "run python scripts/make_identify_table.py"


def test_lookup_does_not_read_the_model() -> None:
    code = "import sys, termalign; termalign.lookup('量子'); sys.exit('termalign.languages.han_model' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr.strip()) == (0, "")
