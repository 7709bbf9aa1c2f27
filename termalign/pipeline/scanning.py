"""Candidate terms of translation units, in a form that a million units fit into memory by.

A memory says the same few things very often: a run of words is cut into candidates once, and after that a unit is only a row
of numbers. No text, token or place is kept; who needs one looks the unit up again.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections import defaultdict
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.characters import has_cjk, has_latin, is_all_han
from termalign.languages.fold import fold
from termalign.pipeline.quick_words import quick_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.languages.tokens import Word
    from termalign.model import Segment, TranslationUnit

__all__ = [
    "FREE",
    "GROUPS",
    "MAX_SEGMENT",
    "Scan",
    "ScanRow",
    "Surface",
    "group_of",
    "scan",
    "scannable",
    "words_of",
]

GROUPS = ("ja", "zh", "en")  # the two scripts of Chinese count as one language: their keys are the same
MAX_SEGMENT = 5_000  # code points; what is longer is no sentence, and everything in it stands beside everything
FREE = ""  # beside a stretch that begins or ends where its run does, or has different neighbours there
MAX_KNOWN = 1 << 16  # words of a language remembered
MAX_WORDS = {"ja": 8, "zh": 6, "en": 5}  # of a candidate; Japanese and Chinese words are shorter
NOUNS = frozenset({"n", "pn", "x", "suffix"})
NOMINAL = frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj"})
BOUND = frozenset({"func", "mark"})  # no term begins or ends with it
JOINTS = {"ja": frozenset("のな"), "zh": frozenset(), "en": frozenset({"of"})}
PARTICIPLES = ("ed", "ing")
MIN_GLUED = 2  # characters; a longer word may be one with a function word glued to it
DOTS = frozenset("・·•‧")
BREAK = "|"  # what stands for a placeholder: a mark in all three languages, so that no term reaches across
_PLACEHOLDER = re.compile(
    r"""
    %(?:\([^)\s]{1,40}\)|\d{1,2}\$)?[-+\#0 ]{0,2}\d{0,3}(?:\.\d{1,3})?[a-zA-Z@]\b   # %s %(name)d %1$s
    | \$?\{\{?[^{}\n]{0,60}\}?\}                                                     # {0} {{name}} ${name}
    | </?[A-Za-z][^<>\n]{0,200}>                                                     # <b> </a>
    | &(?:[A-Za-z]{2,8}|\#\d{1,6});                                                  # &nbsp; &#160;
    """,
    re.VERBOSE,
)
_MAY_HOLD_ONE = re.compile(r"[%{<&]")

ScanRow = tuple[tuple[str, str], ...]  # language and text of each segment of a unit
Surface = tuple[str, str, str]  # key, language tag and spelling


@dataclass(slots=True)
class Scan:
    """The candidates of some units.

    Args:
        n_units: How many units there are.
        n_words: Per group of languages, how many words and marks its texts have.
        surfaces: Per group of languages, every spelling of every key.
        left: Per surface, the only word met before it; ``FREE`` where several were met, or none stood there.
        right: Per surface, the only word met after it, likewise.
        is_nominal: Per surface, whether the tags ever make a noun group of it.
        rows: Per group, numbers of the surfaces of all units, one after the other.
        sizes: Per group, how many of them each unit has; -1 for a unit without that language.
    """

    n_units: int = 0
    n_words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    surfaces: dict[str, list[Surface]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    left: dict[str, list[str]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    right: dict[str, list[str]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    is_nominal: dict[str, bytearray] = field(default_factory=lambda: {group: bytearray() for group in GROUPS})
    rows: dict[str, array[int]] = field(default_factory=lambda: {group: array("i") for group in GROUPS})
    sizes: dict[str, array[int]] = field(default_factory=lambda: {group: array("i") for group in GROUPS})

    def of_group(self, group: str) -> Scan:
        """Return what was found in one group of languages."""
        kept = {one.name: {group: getattr(self, one.name)[group]} for one in fields(self) if one.name != "n_units"}
        return Scan(n_units=self.n_units, **kept)


def group_of(language: str) -> str:
    """Return the group that a language counts in: ``zh`` for both scripts of Chinese."""
    return language.partition("-")[0]


def scannable(unit: TranslationUnit) -> ScanRow:
    """Return of a unit what terms are sought in: its texts, with a mark where an inline code or a placeholder stands.

    Args:
        unit: A unit.

    Returns:
        Language and text per segment; empty for a unit with a segment that is no sentence.
    """
    if any(len(segment.text) > MAX_SEGMENT for segment in unit.segments):
        return ()
    return tuple((segment.language, _masked(segment)) for segment in unit.segments)


def _masked(segment: Segment) -> str:
    """Put a mark for every placeholder."""
    text = segment.text
    for code in reversed(segment.codes):
        if code.kind in {"ph", "it", "ut"}:
            text = f"{text[: code.start]}{BREAK}{text[code.start :]}"
    return _PLACEHOLDER.sub(BREAK, text) if _MAY_HOLD_ONE.search(text) else text


def scan(rows: Sequence[ScanRow]) -> Scan:
    """Find the candidates of some units; a stage that pickles.

    Args:
        rows: What :func:`scannable` returned for each of them.

    Returns:
        Their candidates. A candidate is any stretch of a noun group that a term may begin and end with, under the key of its
        words: lemmas in English, folded text otherwise.

    Source:
        The stretches are those of :mod:`termalign.terms.runs`; the table is ours.
    """
    found = Scan(n_units=len(rows))
    texts = [{group_of(tag): (tag, text) for tag, text in row} for row in rows]
    for group in GROUPS:  # one language after the other: what it looks up stays at hand
        scanner = _Scanner(found, group)
        for one in texts:
            scanner.add(*one.get(group, ("", "")))
    return found


class _Scanner:
    """Reads the texts of one group of languages and remembers how it cut each run of words.

    Args:
        found: Takes the candidates.
        group: The group.
    """

    def __init__(self, found: Scan, group: str) -> None:
        self._found, self._group = found, group
        self._surfaces, self._is_nominal = found.surfaces[group], found.is_nominal[group]
        self._left, self._right = found.left[group], found.right[group]
        self._rows, self._sizes = found.rows[group], found.sizes[group]
        self._numbers: dict[Surface, int] = {}
        self._cut: defaultdict[str, dict[tuple[str, ...], tuple[int, ...]]] = defaultdict(dict)

    def add(self, language: str, text: str) -> None:
        """Read the text of one unit; no language stands for a unit without one."""
        if not language:
            self._sizes.append(-1)
            return
        numbers = sorted(self._numbers_of(language, text))
        self._rows.extend(numbers)
        self._sizes.append(len(numbers))

    def _numbers_of(self, language: str, text: str) -> set[int]:
        """Return the numbers of the surfaces in a text."""
        numbers: set[int] = set()
        if not text.strip():
            return numbers
        known = self._cut[language]
        words = quick_words(text, language)
        self._found.n_words[self._group] += len(words)
        for run in _runs(words, text, self._group):
            # What decides the cut:
            key = text[run[0][0] : run[-1][1]], *[fact.pos for _, _, fact in run]
            cut = known.get(key)
            if cut is None:
                cut = known[key] = tuple(self._pieces(run, text, language))
            numbers.update(cut)
        return numbers

    def _pieces(self, run: Run, text: str, language: str) -> Iterator[int]:
        """Cut a run that was not met before into its candidates."""
        group, is_nominal = self._group, self._is_nominal
        glue, longest = " " if group == "en" else "", MAX_WORDS[group]
        whole = text[run[0][0] : run[-1][1]]
        is_spaced = " ".join(whole.split()) != whole
        for first, (start, _, head) in enumerate(run):
            if not head.may_begin:
                continue
            before = run[first - 1][2].beside if first else FREE
            key, is_noun, has_script, is_han = "", True, False, True
            for end, (_, stop, last) in enumerate(run[first : first + longest], first + 1):
                key = f"{key}{glue}{last.key}" if end > first + 1 else last.key
                is_noun, is_han = is_noun and last.is_inner, is_han and last.is_han
                has_script = has_script or last.has_script
                if not last.may_end or not key or (last.is_bare_verb and end > first + 1):
                    continue  # the last of them a noun group with its verb
                spelling = " ".join(text[start:stop].split()) if is_spaced else text[start:stop]
                if not has_script or (group != "ja" and not _is_sayable(spelling, group, is_han=is_han)):
                    continue  # a Latin name is English wherever it stands
                number = self._met((key, language, spelling), before, run[end][2].beside if end < len(run) else FREE)
                if is_noun and last.is_last:
                    is_nominal[number] = 1
                yield number

    def _met(self, surface: Surface, before: str, after: str) -> int:
        """Return the number of a surface, and note the words beside it."""
        left, right, number = self._left, self._right, self._numbers.get(surface)
        if number is None:
            number = self._numbers[surface] = len(left)
            self._surfaces.append(surface)
            left.append(before)
            right.append(after)
            self._is_nominal.append(0)
            return number
        if left[number] != before:
            left[number] = FREE
        if right[number] != after:
            right[number] = FREE
        return number


@dataclass(slots=True)  # and not frozen, which makes its attributes slow to fill
class _Fact:
    """What is asked of a word.

    Args:
        pos: Its part of speech.
        beside: What it is to a candidate beside it: its dictionary form; a joint leaves it free, since 肺がんの患者 parts as 肺がん does.
        key: What it adds to the key of a candidate.
        is_break: Whether no candidate reaches across it.
        is_joint: Whether it is a function word that stands between the words of a term.
        may_begin: Whether a candidate may begin with it.
        may_end: Whether one may end with it.
        may_be_whole: Whether it may be all of one.
        is_inner: Whether it may stand in a noun group.
        is_last: Whether it may be the last of one.
        is_bare_verb: Whether it is an English verb that ends no noun group.
        has_script: Whether a letter of the script of its language stands in it.
        is_han: Whether it is Han characters and nothing else.
    """

    pos: str
    beside: str
    key: str
    is_break: bool
    is_joint: bool
    may_begin: bool
    may_end: bool
    may_be_whole: bool
    is_inner: bool
    is_last: bool
    is_bare_verb: bool
    has_script: bool
    is_han: bool


Run = list[tuple[int, int, _Fact]]  # words with where they begin and end


class _Facts(dict[tuple[str, str, str], _Fact]):
    """What is asked of the words of a language, by text, part of speech and dictionary form; most of them come again."""

    def __init__(self, group: str) -> None:
        self._group = group

    def __missing__(self, word: tuple[str, str, str]) -> _Fact:
        if len(self) >= MAX_KNOWN:
            self.clear()
        found = self[word] = _fact(self._group, *word)
        return found


_facts = cache(_Facts)  # those of a group, once per process


def _fact(group: str, text: str, pos: str, base: str) -> _Fact:
    """Find what is asked of a word."""
    is_joint = pos == "func" and text in JOINTS[group]
    is_other = pos == "func" and not is_joint and not (group == "zh" and _is_measure(text))
    key = _key(text, group, pos=pos, base=base)
    may_begin, may_end = (may(text, group, pos=pos, base=base) for may in (_may_begin, _may_end))
    has_script = has_latin(text) if group == "en" else has_cjk(text)
    return _Fact(
        pos=pos,
        beside=FREE if is_joint else base,
        key=key,
        is_break=(pos == "mark" and text not in DOTS) or is_other,
        is_joint=is_joint,
        may_begin=may_begin,
        may_end=may_end,
        may_be_whole=bool(key) and may_begin and may_end and has_script,
        is_inner=pos in NOMINAL or text in JOINTS[group] or text in DOTS,
        is_last=pos in NOUNS,
        is_bare_verb=group == "en" and pos == "v" and not text.endswith("ing"),
        has_script=has_script,
        is_han=is_all_han(text),
    )


def _key(text: str, group: str, *, pos: str, base: str) -> str:
    """Return what a word adds to a key; an English participle stays one, be it tagged as a verb or as an adjective."""
    if group != "en":
        return fold(text)
    return fold(text if pos == "v" and text.lower().endswith(PARTICIPLES) else base)


def _runs(words: Iterable[Word], text: str, group: str) -> Iterator[Run]:
    """Yield the longest stretches of words that carry sense, with the joints between them; most of what is no candidate is left out."""
    current: Run = []
    facts = _facts(group)
    for word, start, end, pos, base, _ in words:
        fact = facts[word, pos, base]
        if fact.is_break:
            if current:
                if len(current) > 1 or current[0][2].may_be_whole:
                    yield current
                current = []
            continue
        if current and current[-1][1] != start and not _touch(text, current[-1][1], start, group):
            yield current
            current = []
        if current or not fact.is_joint:
            current.append((start, end, fact))
    if current:
        yield current


def _touch(text: str, left: int, right: int, group: str) -> bool:
    """Tell whether two words may stand in one term: nothing but a space between them, which CJK has only beside Latin letters."""
    return not text[left:right].strip() and (group == "en" or text[left - 1].isascii() or text[right].isascii())


def _may_begin(text: str, group: str, *, pos: str, base: str) -> bool:
    """Tell whether a candidate may begin with a word."""
    if pos in BOUND or text in DOTS or base in words_of(group, "first"):
        return group == "zh" and _is_measure(text)
    if pos == "num":
        return group != "en" and is_all_han(text)
    return pos != "suffix" and not (group == "ja" and pos == "v")


def _may_end(text: str, group: str, *, pos: str, base: str) -> bool:
    """Tell whether a candidate may end with a word."""
    if pos in BOUND or text in DOTS or base in words_of(group, "last"):
        return group == "zh" and _is_measure(text)
    return pos not in {"num", "prefix"} and not (group == "ja" and pos in {"adj", "v"})


def _is_measure(text: str) -> bool:
    """Tell whether a Chinese word is a measure word, or so its tag says, that may as well be a noun: 类, 帧."""
    return len(text) == 1 and is_all_han(text) and text not in words_of("zh", "function")


@cache
def words_of(group: str, name: str) -> frozenset[str]:
    """Read one list of ``data/memory_words.toml``; characters where it has no spaces."""
    raw = tomllib.loads((files("termalign") / "data" / "memory_words.toml").read_text(encoding="utf-8"))
    text = str(raw[group].get(name, ""))
    return frozenset(text.split() if " " in text else text)


def _is_sayable(spelling: str, group: str, *, is_han: bool) -> bool:
    """Tell whether a text with letters of its script can be an English or Chinese term: more than one letter, and no word glued to it."""
    if group == "en":
        return len(spelling) > 1 and spelling[0].isalnum() and spelling[-1] not in ".-"
    if is_han and len(spelling) > MIN_GLUED:
        return spelling[0] not in words_of("zh", "glued_head") and spelling[-1] not in words_of("zh", "glued_tail")
    return True
