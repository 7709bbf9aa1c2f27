"""Terms in running text: the table of cases, offsets, homographs, statuses."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import termalign
from termalign.errors import ConfigError
from termalign.glossary.glossary import Glossary
from termalign.model import Concept, ConceptStatus, Designation, TermStatus

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "annotate.toml").read_text(encoding="utf-8"))
LANGUAGES = ("ja", "zh-Hans", "zh-Hant", "en")
MARKED = re.compile(r"⟦([^⟧|]*)(?:\|([^⟧]*))?⟧")
MARKS = {"-": TermStatus.DEPRECATED, "~": TermStatus.SUPERSEDED}


def designation(text: str) -> Designation:
    if text[0] == "@":
        return Designation(text=text[1:], type="acronym")
    status = MARKS.get(text[0], TermStatus.ADMITTED)
    return Designation(text=text.lstrip("-~") if status is not TermStatus.ADMITTED else text, status=status)


def concept(name: str, status: ConceptStatus = ConceptStatus.VERIFIED, **terms: list[str]) -> Concept:
    found = ((tag.replace("_", "-"), tuple(map(designation, texts))) for tag, texts in terms.items())
    return Concept(id=name, status=status, terms=tuple(found))


@cache
def glossary() -> Glossary:
    return Glossary([concept(name, **terms) for name, terms in CASES["concepts"].items()])


def read(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Take the marks out of a text: what is left, and the hits with the concept where one is named."""
    text, spans, done = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[done : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2] or ""))
        text += match[1]
        done = match.end()
    return text + marked[done:], spans


@pytest.mark.parametrize(
    ("language", "marked"), [(language, text) for language in LANGUAGES for text in CASES[language]["texts"]]
)
def test_the_table(language: str, marked: str) -> None:
    text, expected = read(marked)
    found = glossary().annotate(text, language=language)
    assert [(span.start, span.end) for span in found.spans] == [(start, end) for start, end, _ in expected]
    for span, (_, _, name) in zip(found.spans, expected, strict=True):
        assert span.text == text[span.start : span.end]
        assert not name or span.concept.id == name


def test_there_are_enough_cases() -> None:
    assert sum(len(CASES[language]["texts"]) for language in LANGUAGES) >= 150


def test_the_shape_of_the_contract() -> None:
    text = "\ufeff累積分布の積分とIT。"[1:]
    made = glossary().annotate(text, language="ja", suppressed=True)
    assert made.as_json() == {
        "document": "",
        "length": 11,
        "spans": [
            {"start": 5, "end": 7, "concept": "integral", "language": "ja", "text": "積分", "designation": "積分", "status": "admitted"},
            {"start": 8, "end": 10, "concept": "it", "language": "en", "text": "IT", "designation": "IT", "status": "admitted"},
        ],
        "suppressed": [
            {"start": 1, "end": 3, "concept": "integral", "language": "ja", "text": "積分", "designation": "積分", "status": "admitted", "reason": "inside 累積分布"}
        ],
    }  # fmt: skip


def test_two_concepts_with_one_form_are_two_objects_with_the_same_span() -> None:
    both = Glossary([concept("bank", en=["bank"]), concept("shore", en=["bank"])])
    assert [(span.start, span.end, span.concept.id) for span in both.annotate("a bank", language="en").spans] == [
        (2, 6, "bank"),
        (2, 6, "shore"),
    ]


def test_the_very_spelling_beats_the_folded_one() -> None:
    spans = glossary().annotate("シリコーンとシリコン", language="ja").spans
    assert [span.concept.id for span in spans] == ["silicone", "silicon"]


@pytest.mark.parametrize(("tag", "status"), [("zh-Hans", TermStatus.PREFERRED), ("zh-Hant", TermStatus.DEPRECATED)])
def test_the_tag_of_the_text_decides_between_the_scripts(tag: str, status: TermStatus) -> None:
    terms = (
        ("zh-Hans", (Designation(text="信息", status=TermStatus.PREFERRED),)),
        (
            "zh-Hant",
            (
                Designation(text="資訊", status=TermStatus.PREFERRED),
                Designation(text="信息", status=TermStatus.DEPRECATED),
            ),
        ),
    )
    spans = Glossary([Concept(id="c-1", terms=terms)]).annotate("信息", language=tag).spans
    assert [(span.language, span.designation.status) for span in spans] == [(tag, status)]


def test_rejected_concepts_are_not_sought_and_proposed_ones_are() -> None:
    some = Glossary(
        [concept("a", ConceptStatus.REJECTED, en=["alpha"]), concept("b", ConceptStatus.PROPOSED, en=["beta"])]
    )
    assert [span.text for span in some.annotate("alpha beta", language="en").spans] == ["beta"]


def test_each_paragraph_tells_its_language() -> None:
    text = "手紙を書くのは楽しい。半導体の話もする。\n\n手纸用完了，我们去买一些回来吧。\n\nThe server of our company is slow today."
    found = glossary().annotate(text)
    assert [(span.text, span.concept.id, span.language) for span in found.spans] == [
        ("手紙", "letter", "ja"),
        ("半導体", "semiconductor", "ja"),
        ("手纸", "tissue", "zh-Hans"),
        ("server", "server", "en"),
        ("company", "company", "en"),
    ]


def test_carriage_returns_count() -> None:
    found = glossary().annotate("a\r\nserver\r\nquantum\r\ncomputer", language="en")
    assert [(span.start, span.end) for span in found.spans] == [(3, 9), (11, 28)]


@pytest.mark.parametrize("boundaries", ["words", "tokens"])
def test_both_ways_to_tell_words(boundaries: str) -> None:
    found = glossary().annotate("累積分布の積分は半導体産業で使う。", language="ja", boundaries=boundaries)
    assert [(span.text, span.start) for span in found.spans] == [("積分", 5), ("半導体", 8)]


def test_wrong_names() -> None:
    with pytest.raises(ConfigError, match="boundaries"):
        glossary().annotate("a", boundaries="letters")
    with pytest.raises(ConfigError, match="jp"):
        glossary().annotate("a", language="jp")


def test_terms_of_marks_and_nothing_are_never_found() -> None:
    odd = Glossary([concept("zero", en=["\u200b"]), concept("dash", en=["—"]), concept("fine", en=["fine"])])
    assert [span.text for span in odd.annotate("\u200b — fine", language="en").spans] == ["fine"]


def test_an_empty_text_and_an_empty_glossary() -> None:
    assert glossary().annotate("").spans == ()
    assert Glossary([]).annotate("量子", language="ja").spans == ()


def test_a_frame_has_a_row_for_each_hit() -> None:
    frame = glossary().annotate("ITの量子", language="ja").to_frame()
    assert frame[["start", "end", "concept"]].to_numpy().tolist() == [[0, 2, "it"], [3, 5, "quantum"]]


def test_the_verb_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\ufeffQ-LEAP", encoding="utf-8")
    made = termalign.annotate(path)
    assert made.document == "a.txt"
    assert [(span.start, span.end) for span in made.spans] == [(0, 6)]
