"""The shipped lexicon tables keep their own rules."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

import pytest

from termalign.lexicon import Lexicon
from termalign.lexicon.core import HEADER, shipped_parts

POS = frozenset(
    ["n", "v", "adj", "adv", "num", "pron", "adp", "conj", "part", "det", "aux", "interj", "prefix", "suffix", "morph"]
)
DOMAINS = frozenset(
    [
        "general",
        "science",
        "engineering",
        "computing",
        "mathematics",
        "policy",
        "administration",
        "law",
        "economy",
        "education",
        "medicine",
        "biology",
        "energy",
        "environment",
        "materials",
        "physics",
        "quantum",
        "chemistry",
        "agriculture",
        "transport",
        "media",
        "society",
        "military",
        "space",
    ]
)
HAN = re.compile(r"[々〇㐀-鿿豈-﫿\U00020000-\U000323af]")
KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー・ゝゞヽヾ]+")
READING = re.compile(r"[ぁ-ゖー]+")
MAX_HAN = 4  # of a word or a morpheme; longer ones are put together from these
MAX_HAN_OF_TERMS = 11  # technical.tsv holds the established terms of subjects, 国連安全保障理事会 among them
LOANWORD = re.compile(r"[ァ-ヺー]")
CORE = shipped_parts("core")


@cache
def rows(layer: str, part: str) -> tuple[tuple[str, ...], ...]:
    text = (files("termalign") / "data" / layer / f"{part}.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert tuple(lines[0].split("\t")) == HEADER
    assert text.endswith("\n")
    return tuple(tuple(line.split("\t")) for line in lines[1:])


def table() -> list[tuple[str, str]]:
    return [("core", part) for part in CORE] + [("places", part) for part in shipped_parts("places")]


@pytest.mark.parametrize(("layer", "part"), table())
def test_rows_have_their_columns_and_known_classes(layer: str, part: str) -> None:
    for row in rows(layer, part):
        assert len(row) == len(HEADER), row
        ja, reading, hans, _, en, pos, domain = row
        assert all((ja, hans, en)), row
        assert pos in POS, row
        assert domain in DOMAINS, row
        assert len(reading.split("|")) == len(ja.split("|")), row
        assert all(cell == cell.strip() and "||" not in cell and not cell.startswith("|") for cell in row), row


@pytest.mark.parametrize(("layer", "part"), table())
def test_readings_are_kana_and_kana_forms_read_themselves(layer: str, part: str) -> None:
    for row in rows(layer, part):
        for form, reading in zip(row[0].split("|"), row[1].split("|"), strict=True):
            if KANA_ONLY.fullmatch(form):
                assert reading == "=", row
            else:
                assert READING.fullmatch(reading), row


@pytest.mark.parametrize(("layer", "part"), table())
def test_simplified_cells_hold_simplified_characters(layer: str, part: str) -> None:
    for row in rows(layer, part):
        row[2].replace("|", "").encode("gb2312")
        row[0].replace("|", "").encode("cp932")


@pytest.mark.parametrize("part", CORE)
def test_entries_are_words_morphemes_or_established_terms(part: str) -> None:
    limit = MAX_HAN_OF_TERMS if part == "technical" else MAX_HAN
    for row in rows("core", part):
        loanword = LOANWORD.search(row[0]) is not None
        for cell in (row[0], row[2], row[3]):
            for form in cell.split("|"):
                assert loanword or len(HAN.findall(form)) <= limit, row
        assert all(len(form.split()) <= 5 for form in row[4].split("|")), row


@pytest.mark.parametrize(
    ("ja", "zh", "en"),
    [
        ("再生可能エネルギー", "可再生能源", "renewable energy"),
        ("温室効果ガス", "温室气体", "greenhouse gas"),
        ("知的財産権", "知识产权", "intellectual property right"),
        ("外国直接投資", "外商直接投资", "foreign direct investment"),
        ("大規模言語モデル", "大型語言模型", "large language model"),
        ("持続可能な開発", "永續發展", "sustainable development"),
        ("AI", "人工智能", "artificial intelligence"),
        ("EU", "欧盟", "European Union"),
    ],
)
def test_established_terms_are_known_in_all_languages(ja: str, zh: str, en: str) -> None:
    lexicon = Lexicon.load("core")
    of_japanese = {one.text for tag in ("zh-Hans", "zh-Hant") for one in lexicon.translations(ja, "ja", tag)}
    assert zh in of_japanese
    assert en in {one.text for one in lexicon.translations(ja, "ja", "en")}


def test_no_sense_stands_twice() -> None:
    seen = Counter(
        (row[0].split("|")[0], row[2].split("|")[0], row[4].split("|")[0].casefold())
        for part in CORE
        for row in rows("core", part)
    )
    assert not [key for key, count in seen.items() if count > 1]


def test_the_core_is_large_enough() -> None:
    assert sum(len(rows("core", part)) for part in CORE) >= 6000


def test_provenance_tells_the_true_sums_and_counts() -> None:
    data = files("termalign") / "data"
    provenance = tomllib.loads((data / "PROVENANCE.toml").read_text(encoding="utf-8"))
    stated = {entry["name"]: (entry["rows"], entry["sha256"]) for entry in provenance["file"]}
    contents = {f"{layer}/{part}.tsv": (data / layer / f"{part}.tsv").read_bytes() for layer, part in table()}
    assert stated == {
        name: (len(rows(*name.removesuffix(".tsv").split("/"))), hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    }


def test_the_last_audit_found_at_most_one_wrong_row_in_two_hundred() -> None:
    provenance = tomllib.loads((files("termalign") / "data" / "PROVENANCE.toml").read_text(encoding="utf-8"))
    last = provenance["audit"]["round"][-1]
    assert last["drawn"] >= 200
    assert last["wrong"] * 200 <= last["drawn"]
