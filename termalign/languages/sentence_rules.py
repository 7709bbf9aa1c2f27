"""What each language knows of sentence ends: words that continue a sentence, verbs of saying, names with a mark."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Rules", "group_of", "rules_for"]

WIDEST = {"ja": 400, "zh": 400, "en": 1000}  # code points between two marks of a pair; a Latin word is longer (ours)


@cache
def _data() -> dict[str, Any]:
    """Read the tables of words."""
    return tomllib.loads((files("termalign") / "data" / "sentences.toml").read_text(encoding="utf-8"))


def _one_of(words: str) -> str:
    """Write words as alternatives, the longest first; none match nothing."""
    return "|".join(map(re.escape, sorted(words.split(), key=lambda word: (-len(word), word)))) or "(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a language group knows of sentence ends.

    Args:
        group: ``ja``, ``zh`` or ``en``.
        widest_pair: How many code points apart the marks of a pair may be.
        after_mark: Matches what continues a sentence after ？ and ！.
        after_closing: Matches what continues it after a closing mark.
        after_embedded: Matches what continues it after a quotation that no mark introduces.
        after_introduced: Matches what continues it after one that a mark introduces.
        saying: Matches a speaker and a verb of saying.
        notes: Matches a note in brackets that belongs to the sentence before it.
        names: Names with a mark that ends nothing, and where in the name it stands, by mark.
        unfinished: Matches a line that cannot be a heading, since its last word wants another.
        small_words: Words without a capital in English headings.
    """

    group: str
    widest_pair: int
    after_mark: re.Pattern[str]
    after_closing: re.Pattern[str]
    after_embedded: re.Pattern[str]
    after_introduced: re.Pattern[str]
    saying: re.Pattern[str]
    notes: re.Pattern[str]
    names: Mapping[str, tuple[tuple[str, int], ...]]
    unfinished: re.Pattern[str]
    small_words: frozenset[str]


def group_of(language: str) -> str:
    """Find the group whose rules a language goes by.

    Args:
        language: A language tag.

    Returns:
        ``ja``, ``zh`` or ``en``; ``en`` for every other language, too.

    Source:
        Ours.
    """
    group = language.partition("-")[0]
    return group if group in {"ja", "zh", "en"} else "en"


@cache
def rules_for(group: str) -> Rules:
    """Load the rules of a group, once per process.

    Args:
        group: ``ja``, ``zh`` or ``en``.

    Returns:
        Its rules.

    Source:
        Ours.
    """
    words = _data()[group]
    begins = f"(?!{_one_of(words['begins'])})"
    unfinished = rf"(?:{_one_of(words['unfinished'])}){_not_ending(words['headings'])}\Z"
    after_closing = f"{begins}(?:{_one_of(words['after_closing'])}"
    if group == "zh":
        after_closing += "|(?:和|与|與|及|以及|或|或者)(?=[“‘「『《])"
    return Rules(
        group=group,
        widest_pair=WIDEST[group],
        after_mark=re.compile(f"{begins}(?:{_one_of(words['after_mark'])})"),
        after_closing=re.compile(after_closing + ")"),
        after_embedded=re.compile(f"{begins}(?:{_one_of(words['after_embedded'])})"),
        after_introduced=re.compile(f"{begins}(?:{_one_of(words['after_introduced'])})"),
        saying=re.compile(_SAYING[group](words)),
        notes=re.compile(_notes()),
        names=_names(),
        unfinished=re.compile(rf"(?i:\b{unfinished})" if group == "en" else unfinished),
        small_words=frozenset(words["unfinished"].split()),
    )


def _saying_en(words: Mapping[str, str]) -> str:
    """Match Dr. Brown asked, but not a pronoun with a capital, nor what says it anew: Alice said nothing."""
    inner = rf"(?!(?:{_one_of(words['auxiliaries'])})\s)[\w'’.\-]+"
    speaker = rf"(?!(?:{_one_of(words['not_saying'])})\b)[A-Z][\w'’.\-]*(?:\s+{inner}){{0,3}}?"
    return rf"{speaker}\s+(?:{_one_of(words['saying'])})(?=[\s,.;:!?]|\Z)(?!\s+(?:no|nothing|it|that|so)\b)"


def _saying_zh(words: Mapping[str, str]) -> str:
    """Match 他强调, 她颤声问道, 小李说完, but not 他没有回答 nor 大家知道."""
    inside = r"[^，。！？；：,.!?;:“”「」『』\s]"
    clause = f"(?:(?!{_one_of(words['not_speaking'])}){inside})"
    subject = f"{clause}{{0,14}}?(?<![的没沒不])"
    verb = f"(?:{_one_of(words['saying'])}){_not_ending(words['not_saying'])}"
    manner = f"(?:{_one_of(words['manner'])}){{0,2}}"
    told = f"(?:{_one_of(words['telling'])}){_not_ending(words['not_saying'])}{inside}{{1,5}}"
    speaking = f"(?:{_one_of(words['speaking'])})"
    acting = f"{clause}{{2,12}}，{clause}{{0,5}}?(?<![的没沒不]){verb}{manner}(?=[。！？])"
    return rf"{subject}(?:(?:{verb}{manner}|{told})(?=[，。！？：,.!?:…—]|\Z)|{speaking})|{acting}"


def _saying_ja(words: Mapping[str, str]) -> str:
    """Match 彼は叫んだ, 田中さんが小さな声で尋ねた, but not 彼はそう言った nor 司会者が開会を告げた."""
    inside = "[^。！？、「」『』を\\s]"
    verb = f"(?:{_one_of(words['saying'])})"
    return rf"{inside}{{1,14}}?[はがも](?:(?!{_one_of(words['not_saying'])}){inside}){{0,14}}?{verb}(?=[。！？!?、，,…]|\Z)"


_SAYING = {"en": _saying_en, "ja": _saying_ja, "zh": _saying_zh}


def _notes() -> str:
    """Match a note in brackets after a sentence: （拍手）, （出典：総務省）, （図1参照）."""
    words = _data()["notes"]
    inside = "[^（）()。！？!?\n]"
    return (
        rf"[（(](?:(?:{_one_of(words['whole'])})|(?:{_one_of(words['opening'])})[:：]{inside}{{1,60}}"
        rf"|(?:{_one_of(words['pointing'])})\s?[0-9０-９一二三四五六七八九十]{inside}{{0,20}})[）)]"
    )


@cache
def _names() -> dict[str, tuple[tuple[str, int], ...]]:
    """List the names by each of their marks."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in _data()["names"]:
        for offset, mark in enumerate(name):
            if mark in "!?！？。":
                found.setdefault(mark, []).append((name, offset))
    return {mark: tuple(names) for mark, names in found.items()}


def _not_ending(words: str) -> str:
    """Look back: the text does not end in one of the words."""
    return "".join(f"(?<!{re.escape(word)})" for word in words.split())
