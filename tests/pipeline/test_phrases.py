"""Links between phrases and links between terms, by what stands around them in documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import call

from termalign.languages.fold import fold
from termalign.lexicon import Lexicon
from termalign.model import Candidate, Evidence, Form, Link, Occurrence, Span
from termalign.pipeline.phrases import phrases

if TYPE_CHECKING:
    from pathlib import Path


def candidate(form: Form, text: str) -> Candidate:
    """Return a candidate that stands once in a text, which is the document of its language."""
    start = text.index(form[1])
    place = Occurrence(form[0], (Span(start, start + len(form[1])),))
    return Candidate(
        language=form[0], text=form[1], folded=fold(form[1]), occurrences=(place,), score=1.0, forms=(form[1],)
    )


@pytest.mark.parametrize(
    ("chinese", "english", "is_fragment", "is_phrase"),
    [
        (("民众参与对|建造灌溉水渠|不可或缺。"), ("It is needed for |building irrigation canals|."), True, True),
        (("民众参与对|建造灌溉水渠|不可或缺。"), ("It is needed for |building irrigation canals|."), False, False),
        (("各国的|控制算法|都不同。"), ("The |control algorithms| differ."), True, False),
    ],
)
def test_a_verb_with_its_object_that_is_a_fragment_is_a_phrase(
    chinese: str,
    english: str,
    is_fragment: bool,  # noqa: FBT001 - a column of the table
    is_phrase: bool,  # noqa: FBT001 - a column of the table
) -> None:
    ours, theirs = ("zh-Hans", chinese.split("|")[1]), ("en", english.split("|")[1])
    texts = {"zh-Hans": chinese.replace("|", ""), "en": english.replace("|", "")}
    terms = (theirs, ours)
    rows = (Evidence(source="composition", score=1.0, terms=terms),)
    found = phrases(
        [Link(terms=terms, score=1.0, evidence=rows)],
        {form: candidate(form, texts[form[0]]) for form in terms},
        texts,
        lexicon=Lexicon.load(),
        fragments=frozenset({ours} if is_fragment else ()),
    )
    assert found == ({terms} if is_phrase else set())


def test_a_fragment_and_a_free_phrase_do_not_confirm_each_other(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    chinese = "港口政策\n\n政府支持构建货运供应链和货运码头。港口管理局公布了货运统计。\n"
    english = (
        "Port policy\n\nThe government supports the building of freight supply chains and freight terminals. "
        "The port authority published freight statistics.\n"
    )
    (pile / "a.zh.txt").write_text(chinese, encoding="utf-8")
    (pile / "a.en.txt").write_text(english, encoding="utf-8")
    assert call("build", pile, "-o", tmp_path / "out").code == 0
    entries = [json.loads(line) for line in (tmp_path / "out" / "glossary.jsonl").read_bytes().splitlines()]
    terms = {term["text"] for entry in entries for sides in entry["terms"].values() for term in sides}
    assert "freight supply chains" in terms
    assert "building of freight supply chains" not in terms
