"""Okurigana: the hiragana behind a Han character that write the end of a Japanese word, and may often be left out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from termalign.languages.characters import HIRAGANA, is_han
from termalign.languages.fold import fold

__all__ = ["without_okurigana"]

_HIRAGANA_RUN = re.compile(f"(?<=(.))[{HIRAGANA}]+", re.DOTALL)  # with the character before it


class _Rules(NamedTuple):
    """What ``okurigana.toml`` says, Han characters folded."""

    endings: str
    first: str
    single: frozenset[str]
    kept: dict[str, str]
    shortened: dict[str, str]


@cache
def _rules() -> _Rules:
    """Read the rules, once per process."""
    raw = tomllib.loads((files("termalign") / "data" / "okurigana.toml").read_text(encoding="utf-8"))
    return _Rules(
        endings=raw["endings"],
        first=raw["first"],
        single=frozenset(fold(word) for word in raw["single"].split(" ")),
        kept={ending: fold(characters) for ending, characters in raw["kept"].items()},
        shortened={str(fold(long)): str(fold(short)) for long, short in raw["shortened"].items()},
    )


def without_okurigana(text: str) -> str:
    """Write a Japanese word with the fewest okurigana that the rules permit.

    Args:
        text: A word, or several written together.

    Returns:
        A text to compare by, never to show: of two spellings of one word the same. Hiragana that may be particles or words
        of their own stay.

    Source:
        The Cabinet Notice named in ``data/okurigana.toml``; the lists there are ours.

    >>> without_okurigana("取り扱い"), without_okurigana("組み合わせ"), without_okurigana("行なう")
    ('取扱', '組合せ', '行う')
    """
    rules = _rules()
    is_compound = sum(map(is_han, text)) > 1 or fold(text) in rules.single
    shorter = _HIRAGANA_RUN.sub(lambda run: _shorter(run[1], run[0], rules, cut=is_compound), text)
    folded = str(fold(shorter))
    if not any(long in folded for long in rules.shortened):
        return shorter
    for long, short in rules.shortened.items():
        folded = folded.replace(long, short)
    return folded


def _shorter(han: str, kana: str, rules: _Rules, *, cut: bool) -> str:
    """Leave out the first of several okurigana where it may be, then, in a compound, the ending."""
    if not is_han(han):
        return kana
    if len(kana) > 1 and kana[0] in rules.first:
        kana = kana[1:]
    if cut and len(kana) == 1 and kana in rules.endings and fold(han) not in rules.kept.get(kana, ""):
        return ""
    return kana
