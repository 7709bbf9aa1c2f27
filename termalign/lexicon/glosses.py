"""English glosses of dictionaries made into equivalents: words that can stand in a text, without remarks on them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termalign.languages.characters import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MAX_EQUIVALENTS", "equivalents", "is_verbal", "tables"]

MAX_EQUIVALENTS = 4  # of one sense; further ones are mostly explanations (ours)
MAX_WORDS = 5  # of one equivalent, as in the core; longer glosses describe (ours)

_REMARK = re.compile(r"\s*\([^()]*\)\s*(?=\s|$|[,;.])|\([^()]*\)")  # colo(u)r keeps its letters together
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]")
_KANA = re.compile("[\u3040-\u30ff]")
_EDGES = ' ,;!?"“”'


@cache
def tables() -> Mapping[str, Any]:
    """Read ``termalign/data/dictionaries.toml``, once per process; for reading only."""
    return tomllib.loads((files("termalign") / "data" / "dictionaries.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words of the table as patterns."""

    remark: re.Pattern[str]
    mark: re.Pattern[str]
    lead: re.Pattern[str]
    infinitive: re.Pattern[str]
    tail: re.Pattern[str]
    ends: tuple[str, ...]  # of what the tail matches; asking for them first is ten times faster
    inner: re.Pattern[str]
    explaining: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compile the words of the table, once per process."""
    words = tables()["gloss"]

    def any_of(*names: str) -> str:
        listed = sorted((word for name in names for word in words[name]), key=len, reverse=True)
        return "(?:" + "|".join(re.escape(word) for word in listed) + ")"

    return _Patterns(
        remark=re.compile(any_of("remarks") + r"(?!\w)", re.IGNORECASE),
        mark=re.compile(any_of("marks") + " ", re.IGNORECASE),
        lead=re.compile(f"(?:{any_of('infinitive')} )?(?:{any_of('articles')} )?", re.IGNORECASE),
        infinitive=re.compile(any_of("infinitive") + " ", re.IGNORECASE),
        tail=re.compile(f"(?: {any_of('objects')}|,? {any_of('tails')})+$"),
        ends=(*words["objects"], *words["tails"]),
        inner=re.compile(r"(?<!\w)" + any_of("objects") + r"(?!\w)"),
        explaining=re.compile(any_of("explaining")),
    )


def is_verbal(gloss: str) -> bool:
    """Tell whether a gloss is an infinitive: ``to study``."""
    return _patterns().infinitive.match(gloss) is not None


def equivalents(glosses: Iterable[str]) -> tuple[str, ...]:
    """Make the glosses of one sense into equivalents.

    Args:
        glosses: As they stand in a dictionary; several in one, with ``;`` between them.

    Returns:
        At most :data:`MAX_EQUIVALENTS`, in their order, each once; empty where all of them are remarks or explanations.

    Source:
        Ours, by the habits of CC-CEDICT and JMdict.

    >>> equivalents(["to study (a subject)", "a school; variant of 學", "to hold sth in one's hand"])
    ('study', 'school')
    """
    found: dict[str, None] = {}
    for gloss in glosses:
        for part in _without_remarks(gloss).split(";"):
            text = _equivalent(part)
            if text:
                found.setdefault(text)
    return tuple(found)[:MAX_EQUIVALENTS]


def _without_remarks(gloss: str) -> str:
    """Cut out what stands in round brackets, nested ones too."""
    before = ""
    while "(" in gloss and gloss != before:
        before, gloss = gloss, _REMARK.sub("", gloss)
    return gloss


def _equivalent(part: str) -> str:
    """Clean one gloss; empty where it is no equivalent."""
    rules = _patterns()
    text = part.strip(_EDGES)
    text = _BLANKS.sub(" ", text) if not text.isprintable() or "  " in text else text
    mark = rules.mark.match(text)
    text = text[mark.end() :] if mark else text
    if text.endswith(rules.ends):
        text = rules.tail.sub("", text).strip(_EDGES)
    if not text or rules.remark.match(text):
        return ""
    name, comma, _ = text.partition(", ")
    if comma:
        # "Paris, capital of France": a name and what it is. Anything else with a comma is an enumeration or a sentence.
        if not name[0].isupper():
            return ""
        text = name
    text = text[rules.lead.match(text).end() :] or text  # type: ignore[union-attr]  # it matches nothing too
    is_plain = text.count(" ") < MAX_WORDS and not rules.explaining.search(text) and not rules.inner.search(text)
    is_english = text.isascii() or not (_KANA.search(text) or any(map(is_han, text)))
    return text if is_plain and is_english and _WORD.search(text) else ""
