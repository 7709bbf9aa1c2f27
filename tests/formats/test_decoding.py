"""Which encoding bytes are in, where several would do."""

from __future__ import annotations

import pytest

from termalign.formats.decoding import decode

JA = (
    "半導体製造装置の需要が増加",
    "量子計算機の研究開発",
    "心電図検査と糖尿病治療の結果について",
    "レーザー干渉計",
    "裁判所が判決を出した",
)
ZH = (
    "半导体制造装置的需求增加",
    "量子计算机的研究与开发",
    "心电图检查和糖尿病治疗的结果",
    "激光干涉仪的校准原理",
    "法院作出了判决",
)


@pytest.mark.parametrize(("text", "encoding"), [(text, "euc_jp") for text in JA] + [(text, "gb18030") for text in ZH])
def test_japanese_and_chinese_are_told_apart_without_their_language(text: str, encoding: str) -> None:
    assert decode(f"{text}\n".encode(encoding), file="a.txt")[0] == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "encoding", "languages"),
    [
        ("契約\tcontract\n", "euc_jp", ("ja", "en")),
        ("激光器\tlaser\n", "gb18030", ("zh-Hans", "en")),
        ("雷射\tlaser\n", "big5", ("zh-Hant", "en")),
    ],
)
def test_a_few_words_are_read_by_their_language(text: str, encoding: str, languages: tuple[str, ...]) -> None:
    assert decode(text.encode(encoding), file="a.txt", languages=languages)[0] == text


ENGLISH = "A long definition in English of many words stands beside it, so that most of the file is ASCII text"


@pytest.mark.parametrize(
    ("words", "encoding"), [(JA, "euc_jp"), (JA, "cp932"), (ZH, "gb18030"), (("雷射", "軟體", "連接埠"), "big5")]
)
def test_much_english_does_not_drown_the_rest(words: tuple[str, ...], encoding: str) -> None:
    text = "".join(f"{word}{number},{ENGLISH}, and {ENGLISH}\n" for number, word in enumerate(words * 3))
    assert decode(text.encode(encoding), file="a.csv")[0] == text


@pytest.mark.parametrize(
    "text", ["5 °C to 10 °C", "café — déjà vu", "“quoted” – and ‘so’ on…", "naïve résumé, £5, ½ of €10, ±3 µm"]
)
def test_english_in_windows_1252(text: str) -> None:
    text = f"{ENGLISH}.\n{text} in the middle of an English sentence.\n"
    assert decode(text.encode("cp1252"), file="a.txt") == (text, "cp1252")
