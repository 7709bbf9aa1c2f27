"""What each language knows of sentence ends: words that continue a sentence, verbs of saying, abbreviations."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from termalign.languages.characters import HAN, KANA, LATIN

__all__ = ["Rules", "group_of", "rules_for"]

_BEFORE_STOP = re.compile(rf"[{LATIN}0-9０-９.'’&\-]{{1,30}}\Z")
_DOTTED = re.compile(rf"(?:[{LATIN}]\.)+[{LATIN}]")  # U.S, p.m
_ENUMERATOR = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5}")
_NUMBERED = re.compile(r"[\d#(（\[]|(?!I\s+[a-z])(?:[IVXLC]+|[A-Z])\b")
_ITEM = re.compile(r"\(?[A-Za-z0-9]{1,3}\)\s")
_INNER_CAPITAL = re.compile(r"[a-z]{1,3}[A-Z]")  # iPhone, eBay, mRNA
_INITIAL = re.compile(r"[A-Z]\.")
_FIRST_WORD = re.compile(rf"[\"'“‘(\[「『]*([{LATIN}]*)")
_CJK = re.compile(f"[{HAN}{KANA}]")


@cache
def _data(name: str) -> dict[str, Any]:
    """Read a table of words."""
    return tomllib.loads((files("termalign") / "data" / name).read_text(encoding="utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    """Read one list of abbreviations."""
    return frozenset(_data("abbreviations.toml")[name].split())


def _one_of(words: str) -> str:
    """Write words as alternatives, the longest first; none match nothing."""
    return "|".join(map(re.escape, sorted(words.split(), key=lambda word: (-len(word), word)))) or "(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a language group knows of sentence ends.

    Args:
        group: ``ja``, ``zh`` or ``en``.
        after_mark: Matches what continues a sentence after ？ and ！.
        after_closing: Matches what continues it after a closing mark.
        saying: Matches a speaker and a verb of saying.
        names: Names that end in a mark.
        unfinished: Matches a line that cannot be a heading, since its last word wants another.
        small_words: Words without a capital in English headings.
    """

    group: str
    after_mark: re.Pattern[str]
    after_closing: re.Pattern[str]
    saying: re.Pattern[str]
    names: tuple[str, ...]
    unfinished: re.Pattern[str]
    small_words: frozenset[str]

    def stop_ends(self, before: str, after: str) -> bool:
        """Tell whether a full stop of Latin script ends a sentence.

        Args:
            before: The sentence up to the stop, without it.
            after: What follows white space after it.

        Returns:
            Whether it ends one; not after an abbreviation, an initial or the number of a list item.

        Source:
            Ours; abbreviations in classes as in Kiss & Strunk (2006), Unsupervised Multilingual Sentence Boundary
            Detection, Computational Linguistics 32(4), sentence starters as there.
        """
        if after[:1].islower() and not (_INNER_CAPITAL.match(after) or _ITEM.match(after)):
            return False
        found = _BEFORE_STOP.search(before)
        word = found[0].strip("'’-") if found else ""
        if not word or _CJK.match(word[-1]):
            return True
        rest = before[: len(before) - len(word)].rstrip()
        if _ENUMERATOR.fullmatch(word) and (not rest or (rest[-1] in ":;,，：；、" and word.isdigit())):
            return False
        return self._word_ends(word, after)

    def _word_ends(self, word: str, after: str) -> bool:
        """Tell whether the stop after a word ends a sentence before a capital or another script."""
        small = word.lower()
        first = _FIRST_WORD.match(after)
        next_word = first[1] if first else ""
        starts = next_word.lower() in _words("starters") and not _INITIAL.match(after)
        if small in _words("never"):
            return False
        if small in _words("mostly"):
            return next_word[:1].isupper()
        if small in _words("numbered") and (word[0].isupper() or small not in _words("words")):
            return not _NUMBERED.match(after) and (small == "no" or starts)
        is_initial = len(word) == 1 and word.isupper()
        if is_initial or small in _words("perhaps") or _DOTTED.fullmatch(word):
            return starts
        return True


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
    data = _data("sentences.toml")
    words = data[group]
    begins = f"(?!{_one_of(words['begins'])})"
    unfinished = rf"(?:{_one_of(words['unfinished'])}){_not_ending(words['headings'])}\Z"
    saying = "(?!)"
    if group == "en":
        speaker = rf"(?!(?:{_one_of(words['not_saying'])})\b)[A-Z][\w'’.\-]*(?:\s+[\w'’.\-]+){{0,3}}?"
        saying = rf"{speaker}\s+(?:{_one_of(words['saying'])})(?=[\s,.;:!?]|\Z)(?!\s+(?:no|nothing|it|that|so)\b)"
        unfinished = rf"(?i:\b{unfinished})"
    elif group == "zh":
        subject = r"[^，。！？；：,.!?;:“”「」『』\s]{0,14}?(?<!的)"
        verb = f"(?:{_one_of(words['saying'])}){_not_ending(words['not_saying'])}[了着著过過]?"
        saying = subject + verb + r"(?=[，。！？：,.!?:…—]|\Z)"
    return Rules(
        group=group,
        after_mark=re.compile(f"{begins}(?:{_one_of(words['after_mark'])})"),
        after_closing=re.compile(f"{begins}(?:{_one_of(words['after_closing'])})"),
        saying=re.compile(saying),
        names=tuple(data["names"].split()),
        unfinished=re.compile(unfinished),
        small_words=frozenset(words["unfinished"].split()),
    )


def _not_ending(words: str) -> str:
    """Look back: the text does not end in one of the words."""
    return "".join(f"(?<!{re.escape(word)})" for word in words.split())
