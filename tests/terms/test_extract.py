"""Which strings become candidate terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from analysed import document

from termalign.terms import Extraction, extract_candidates, key_of, tidy

if TYPE_CHECKING:
    from termalign.model import AnalysedDocument


def extracted(*documents: AnalysedDocument) -> Extraction:
    return extract_candidates(documents)


def found(texts: list[str], language: str) -> set[str]:
    extraction = extracted(document(texts, language))
    return {text for tag, text in extraction.candidates if tag == language}


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("ja", "文部科学省は量子技術イノベーション戦略を策定した。", {"文部科学省", "量子技術イノベーション戦略"}),
        ("ja", "量子コンピュータの実用化を進める。", {"量子コンピュータ", "実用化"}),
        ("ja", "第5期科学技術基本計画に基づく。", {"第5期科学技術基本計画"}),
        ("zh-Hans", "日本成立了量子技术创新中心。", {"量子技术创新中心"}),
        ("zh-Hans", "推进量子技术的发展。", {"量子技术"}),
        ("en", "The institute builds quantum computers in Japan.", set()),
    ],
)
def test_noun_groups_are_candidates(language: str, text: str, terms: set[str]) -> None:
    assert terms <= found([text], language)


@pytest.mark.parametrize(
    ("language", "text", "junk"),
    [
        ("ja", "我が国では令和2年に、3つの取組などを行う。", {"我が国", "令和2年", "3つ", "取組", "など", "2年"}),
        ("zh-Hans", "本文认为，我国在2020年投入了35亿日元等。", {"本文", "我国", "2020年", "等", "35亿日元", "日元等"}),
        ("ja", "戦略的に進める。", {"戦略的", "的"}),
        ("en", "This paper shows 35 examples in 2020.", {"paper", "This paper", "35", "2020", "examples"}),
    ],
)
def test_junk_is_not(language: str, text: str, junk: set[str]) -> None:
    assert not junk & found([text], language)


@pytest.mark.parametrize(
    ("language", "name", "piece"),
    [
        ("ja", "フォワード・ルッキング・ガイダンス", "フォワード・ルッキング"),
        ("zh-Hans", "安娜·玛丽亚·洛佩斯", "安娜·玛丽亚"),
    ],
)
def test_a_piece_of_a_name_with_middle_dots_is_found_only_where_it_stands_alone(
    language: str, name: str, piece: str
) -> None:
    pause = "、" if language == "ja" else "，"
    assert piece not in _all_found([f"{name}{pause}"], language)
    assert name in _all_found([f"{name}{pause}"], language)
    assert piece in _all_found([f"{name}{pause}", f"{piece}{pause}"], language)


def _all_found(texts: list[str], language: str) -> set[str]:
    """Return the candidates and what is nested in them."""
    extraction = extracted(document(texts, language))
    return {text for _, text in (*extraction.candidates, *extraction.nested)}


def test_latin_names_are_english_wherever_they_stand() -> None:
    extraction = extracted(document(["中国和日本都参加了Tokyo QKD Network项目。"], "zh-Hans"))
    assert ("en", "Tokyo QKD Network") in extraction.candidates
    assert not any(tag == "en" and text in {"Tokyo", "QKD Network"} for tag, text in extraction.candidates)


def test_english_is_grouped_by_lemma_and_shown_as_met_most_often() -> None:
    texts = ["Quantum computers are new.", "Quantum computers are fast.", "A quantum computer is big."]
    extraction = extracted(document(texts, "en"))
    (candidate,) = (one for form, one in extraction.candidates.items() if "computer" in form[1].lower())
    assert candidate.text.lower() == "quantum computers"
    assert candidate.count == 3


def test_a_string_inside_one_longer_term_only_is_a_fragment() -> None:
    extraction = extracted(document(["量子纠缠光学成像技术受到关注。"], "zh-Hans"))
    assert ("zh-Hans", "量子纠缠") not in extraction.candidates
    assert ("zh-Hans", "量子纠缠") in extraction.nested


def test_a_string_that_stands_alone_too_is_a_term() -> None:
    extraction = extracted(document(["量子纠缠光学成像技术受到关注。", "量子纠缠是一种现象。"], "zh-Hans"))
    assert ("zh-Hans", "量子纠缠") in extraction.candidates


def test_titles_are_names_whatever_their_words() -> None:
    extraction = extracted(document(["根据《量子合作的东京声明》开展合作。"], "zh-Hans"))
    assert "title" in extraction.candidates["zh-Hans", "量子合作的东京声明"].signs


def test_what_is_said_between_quotation_marks_is_no_name() -> None:
    assert "我们明天去，好吗" not in found(["他说：“我们明天去，好吗？”"], "zh-Hans")


def test_every_occurrence_leads_to_the_raw_text() -> None:
    one = document(["量子技術は新しい。", "量子技術を使う。"], "ja")
    candidate = extracted(one).candidates["ja", "量子技術"]
    assert candidate.count == 2
    for place in candidate.occurrences:
        assert "".join(one.document.text[span.start : span.end] for span in place.spans) == "量子技術"


def test_documents_count_more_than_repetition() -> None:
    twice = extracted(document(["量子技術は新しい。", "量子技術を使う。"], "ja"))
    spread = extracted(
        document(["量子技術は新しい。"], "ja", name="d-1"), document(["量子技術を使う。"], "ja", name="d-2")
    )
    assert spread.candidates["ja", "量子技術"].score > twice.candidates["ja", "量子技術"].score


def test_spellings_are_grouped_under_one_key() -> None:
    extraction = extracted(document(["サーバーを置く。", "サーバを置く。", "サーバを使う。"], "ja"))
    (candidate,) = (one for form, one in extraction.candidates.items() if form[1].startswith("サーバ"))
    assert candidate.forms == ("サーバ", "サーバー")


def test_nothing_comes_of_nothing() -> None:
    assert extracted().candidates == {}
    assert extracted(document(["。"], "ja")).candidates == {}


@pytest.mark.parametrize(
    ("raw", "text"), [("AI 戦略", "AI戦略"), ("quantum  computer", "quantum computer"), (" 量 子 ", "量子")]
)
def test_designations_are_spaced_by_the_rule_of_their_language(raw: str, text: str) -> None:
    assert tidy(raw) == text


def test_english_keys_are_lemmas() -> None:
    assert key_of("quantum computers", "en") == key_of("Quantum Computer", "en")


def test_a_list_without_marks_is_no_term_and_takes_no_time() -> None:
    extraction = extracted(document(["量子技術" * 5_000], "ja"))
    assert extraction.candidates == {}
