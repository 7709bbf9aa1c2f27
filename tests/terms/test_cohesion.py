"""Chinese words put together by what the input shows."""

from __future__ import annotations

import pytest
from analysed import document

from termalign.model import Sentence, Token
from termalign.terms.cohesion import glued, word_pairs


def sentence(*pieces: tuple[str, str]) -> Sentence:
    (made,) = document(["".join(text for text, _ in pieces)], "zh-Hans").sentences
    tokens, at = [], 0
    for text, pos in pieces:
        tokens.append(Token(text, at, at + len(text), pos, text))
        at += len(text)
    return Sentence(segment=made.segment, content=made.content, tokens=tuple(tokens), kind=made.kind)


BEFORE = [("量子", "n"), ("光", "n"), ("的", "func")]
AFTER = [("现象", "n"), ("很", "adv"), ("，", "mark")]


def around(pairs: list[tuple[str, str]], times: int) -> list[Sentence]:
    return [sentence(BEFORE[number % 3], *pairs, AFTER[number % 3]) for number in range(times)]


@pytest.mark.parametrize(
    ("pieces", "times", "expected"),
    [
        ([("纠", "v"), ("缠", "v")], 3, {("纠", "缠")}),
        ([("纠", "v"), ("缠", "v")], 2, set()),  # too rare
        ([("态", "n"), ("量", "n")], 9, set()),  # nouns join in a term anyway
        ([("很", "adv"), ("缠", "v")], 9, set()),  # a word of a closed class
        ([("三", "num"), ("缠", "v")], 9, set()),
    ],
)
def test_pieces_that_stand_together(pieces: list[tuple[str, str]], times: int, expected: set[tuple[str, str]]) -> None:
    assert word_pairs(around(pieces, times)) == expected


def test_a_piece_that_often_stands_without_the_other() -> None:
    apart = [sentence(("他", "func"), ("缠", "v"), ("的", "func"))] * 9
    assert word_pairs([*around([("纠", "v"), ("缠", "v")], 3), *apart]) == set()


def test_the_same_words_around_it_always() -> None:
    same = [sentence(("量子", "n"), ("纠", "v"), ("缠", "v"), ("现象", "n"))] * 9
    assert word_pairs(same) == set()


def test_joined_pieces_are_a_noun_and_nothing_is_lost() -> None:
    (one,) = around([("纠", "v"), ("缠", "v")], 1)
    found = glued(one.tokens, frozenset({("纠", "缠")}))
    assert [(token.text, token.pos) for token in found] == [("量子", "n"), ("纠缠", "n"), ("现象", "n")]
    assert all(one.text[token.start : token.end] == token.text for token in found)
