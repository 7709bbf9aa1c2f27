"""Words that a tokeniser cut."""

from __future__ import annotations

import pytest

from termalign.model import Token
from termalign.terms import rejoin


def tokens(*pieces: tuple[str, str]) -> tuple[Token, ...]:
    found, at = [], 0
    for text, pos in pieces:
        found.append(Token(text, at, at + len(text), pos, text))
        at += len(text)
    return tuple(found)


@pytest.mark.parametrize(
    ("pieces", "known", "texts"),
    [
        ([("量子", "n"), ("も", "func"), ("つれ", "v"), ("光", "n")], {"もつれ"}, ["量子", "もつれ", "光"]),
        ([("会議", "n"), ("に", "func"), ("おい", "v"), ("て", "func")], {"におい"}, ["会議", "に", "おい", "て"]),
        ([("計画", "n"), ("「", "mark"), ("光", "n")], {"計画「"}, ["計画", "「", "光"]),
        ([("研究", "n"), ("開発", "n")], {"研究開発"}, ["研究", "開発"]),
        ([("稀释", "v"), ("剂", "suffix")], {"稀释剂"}, ["稀释剂"]),
        ([("碳", "n"), ("中", "func"), ("和", "func"), ("目标", "n")], {"碳中和"}, ["碳中和", "目标"]),
        ([("被", "func"), ("保险", "n"), ("人", "n")], {"被保险人"}, ["被保险人"]),
        ([("中", "func"), ("和", "func"), ("反应", "v")], {"中和"}, ["中", "和", "反应"]),
        ([("目", "n"), ("的", "func"), ("地", "n")], {"目的地"}, ["目", "的", "地"]),
        ([], {"量子"}, []),
    ],
)
def test_known_nouns_are_put_together(pieces: list[tuple[str, str]], known: set[str], texts: list[str]) -> None:
    found = rejoin(tokens(*pieces), is_noun=known.__contains__)
    assert [token.text for token in found] == texts
    assert "".join(token.text for token in found) == "".join(text for text, _ in pieces)
