"""What becomes of strings, and the reasons given."""

from __future__ import annotations

import pickle
from functools import cache

import pytest
from analysed import document

from termalign.lexicon import Lexicon
from termalign.terms import Contrast, Extraction, Judgement, Verdict, extract_candidates, why_unseen


@cache
def contrast() -> Contrast:
    return Contrast(Lexicon.load())


def extracted(texts: list[str], language: str) -> Extraction:
    return extract_candidates([document(texts, language)], contrast=contrast(), explain=True)


def judged(texts: list[str], language: str) -> dict[str, Judgement]:
    return {one.text: one for one in extracted(texts, language).judgements}


@pytest.mark.parametrize(
    ("language", "texts", "term", "verdict", "reason"),
    [
        ("ja", ["量子技術を使う。"], "量子技術", Verdict.KEPT, ""),
        ("ja", ["引数を渡す。"], "引数", Verdict.KEPT, ""),
        ("ja", ["その方面に進む。"], "方面", Verdict.WEAK, "everyday word"),
        ("ja", ["先日に作業する。"], "先日", Verdict.WEAK, "adverbial noun"),
        (
            "ja",
            ["研究者・技術者が集まる。", "研究者が集まる。", "技術者が集まる。"],
            "研究者・技術者",
            Verdict.WEAK,
            "a list of terms",
        ),
        ("ja", ["光・量子を使う。"], "光・量子", Verdict.KEPT, ""),
        ("zh-Hans", ["这是函数的参数。"], "参数", Verdict.KEPT, ""),
        ("zh-Hans", ["在这个角落。"], "角落", Verdict.WEAK, "everyday word"),
        ("zh-Hans", ["量子计算机很快。"], "量子计算机", Verdict.KEPT, ""),
        ("zh-Hans", ["使用转换表的方法。", "一个转换表。"], "转换表", Verdict.KEPT, ""),
        ("zh-Hans", ["可以转换文件。", "来转换文件。"], "转换文件", Verdict.NESTED, "reads as a verb"),
        ("zh-Hans", ["类实例的属性。"], "类实例", Verdict.KEPT, ""),
        ("zh-Hans", ["异步生成器的方法。"], "异步生成器", Verdict.KEPT, ""),
        (
            "en",
            ["The Quantum Development Kit is free."],
            "Development Kit",
            Verdict.NESTED,
            "only inside a longer name",
        ),
        ("en", ["He leads the Institute of Physics."], "Institute of Physics", Verdict.KEPT, ""),
        ("en", ["A programming language is new."], "programming language", Verdict.KEPT, ""),
        (
            "en",
            ["It helps by polishing optical fibres."],
            "polishing optical fibres",
            Verdict.NESTED,
            "reads as a verb",
        ),
        (
            "en",
            ["The development of optical fibres began."],
            "development of optical fibres",
            Verdict.WEAK,
            "a phrase with of that is no name",
        ),
        ("en", ["The development of optical fibres began."], "optical fibres", Verdict.KEPT, ""),
        ("en", ["The new optical fibre is thin."], "optical fibre", Verdict.KEPT, ""),
    ],
)
def test_verdicts(language: str, texts: list[str], term: str, verdict: Verdict, reason: str) -> None:
    found = judged(texts, language)[term]
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("language", "text", "junk"),
    [
        (
            "ja",
            "次世代の、同年、以下、約30億円、2020年、これら、各プロジェクトがある。",
            {"以下", "同年", "30億円", "2020年", "これら", "各プロジェクト"},
        ),
        (
            "zh-Hans",
            "请参阅以下文档，这是三个例子，同年投入35亿日元。",
            {"请参阅", "以下", "这是", "三个例子", "同年", "35亿日元"},
        ),
        (
            "en",
            "Such various new methods, the other example, an important way in 2020.",
            {"Such various new methods", "new methods", "other example", "important way"},
        ),
        (
            "en",
            "Call PyList_New() or os.path with --verbose and {0} at https://a.org/b or a@b.org.",
            {"PyList_New", "os.path", "verbose", "https://a.org/b", "a@b.org"},
        ),
        ("en", "China and Japan signed a treaty of peace.", {"China and Japan", "treaty of peace"}),
    ],
)
def test_junk_is_never_kept(language: str, text: str, junk: set[str]) -> None:
    kept = {one.text for one in judged([text], language).values() if one.verdict is Verdict.KEPT}
    assert kept.isdisjoint(junk)


def test_a_common_word_of_the_field_of_the_input_is_kept() -> None:
    rare = judged(["这件事情很重要，而且参加的人都很高兴，大家一起去了很远的地方。"] * 9, "zh-Hans")
    assert rare["事情"].verdict is Verdict.KEPT
    once = judged(["这件事情很重要。", "而且参加的人都很高兴，大家一起去了很远的地方。"], "zh-Hans")
    assert once["事情"].verdict is Verdict.WEAK


def test_weak_candidates_stay_for_other_languages_to_confirm() -> None:
    found = extracted(["その方面に進む。"], "ja")
    assert ("ja", "方面") in found.candidates
    assert found.weak["ja", "方面"] == "everyday word"


def test_spellings_and_longer_terms_are_told() -> None:
    found = judged(["取り扱いを決める。取扱いを決める。取り扱い規程を決める。"], "ja")["取り扱い"]
    assert found.variants == (("取扱い", 1),)
    assert found.longer == (("取り扱い規程", 1),)
    assert (found.count, found.whole) == (3, 2)
    assert found.as_json()["longer"] == [{"text": "取り扱い規程", "count": 1}]


def test_a_capital_that_begins_a_sentence_is_no_part_of_the_term() -> None:
    texts = ["Quantum computers are new.", "The quantum computers are fast."]
    assert "quantum computers" in judged(texts, "en")


def test_what_marks_a_name_is_a_sign_and_no_part_of_it() -> None:
    found = judged(["他读了《量子合作的东京声明》和“登月型”研发。"], "zh-Hans")
    assert found["量子合作的东京声明"].signs == ("title",)
    assert not any(mark in text for text in found for mark in "《》“”")


def test_judgements_are_made_only_when_asked_for() -> None:
    assert extract_candidates([document(["量子技術を使う。"], "ja")]).judgements == ()


def test_candidates_cross_processes() -> None:
    found = extracted(["量子技術を使う。", "量子技術は新しい。"], "ja").candidates["ja", "量子技術"]
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert again.occurrences == tuple(found.occurrences)
    assert again.count == found.count == 2


@pytest.mark.parametrize(
    ("term", "language", "reason"),
    [
        ("子技術", "ja", "no words end where it ends: 量子|技術"),
        ("量子重力", "", "does not stand in the documents"),
        ("など", "ja", "holds a word that stands in no term: など (func)"),
        ("os.path", "ja", "code or markup"),
    ],
)
def test_strings_that_are_no_run_of_words(term: str, language: str, reason: str) -> None:
    pile = [document(["量子技術などを`os.path`で使う。"], "ja")]
    found = why_unseen(term, pile, contrast=contrast())
    assert (found[0], found[2]) == (language, reason)


def test_traditional_text_has_the_rules_of_simplified_text() -> None:
    found = judged(["請參閱相關文檔，這個類實例的屬性。", "類實例的屬性。"], "zh-Hant")
    assert found["類實例"].verdict is Verdict.KEPT
    assert not any("相關" in text or "這個" in text for text in found)
