"""Candidate terms of translation units, in a form that a million units fit into memory by.

A memory says the same few things very often: a run of words is cut into candidates once, and after that a unit is only a row
of numbers. No text, token or place is kept; who needs one looks the unit up again.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages import LANGUAGES
from termalign.languages.characters import has_cjk, has_latin, is_all_han
from termalign.languages.english_tags import tag_words
from termalign.languages.ja import Japanese
from termalign.languages.lemmas import lemma
from termalign.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.model import Segment, TranslationUnit

__all__ = [
    "FREE",
    "GROUPS",
    "MAX_SEGMENT",
    "Scan",
    "ScanRow",
    "Surface",
    "group_of",
    "quick_tokens",
    "scan",
    "scannable",
    "words_of",
]

GROUPS = ("ja", "zh", "en")  # the two scripts of Chinese count as one language: their keys are the same
MAX_SEGMENT = 5_000  # code points; what is longer is no sentence, and everything in it stands beside everything
FREE = ""  # beside a stretch that begins or ends where its run does, or has different neighbours there
UNSEEN = "\0"
MAX_WORDS = {"ja": 8, "zh": 6, "en": 5}  # of a candidate; Japanese and Chinese words are shorter
NOUNS = frozenset({"n", "pn", "x", "suffix"})
NOMINAL = frozenset({"n", "pn", "x", "prefix", "suffix", "num", "adj"})
BOUND = frozenset({"func", "mark"})  # no term begins or ends with it
JOINTS = {"ja": frozenset("のな"), "zh": frozenset(), "en": frozenset({"of"})}
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
        surfaces: Per group of languages, every spelling of every key.
        left: Per surface, the only word met before it; ``FREE`` where several were met, or none stood there.
        right: Per surface, the only word met after it, likewise.
        is_nominal: Per surface, whether the tags ever make a noun group of it.
        rows: Per group, numbers of the surfaces of all units, one after the other.
        sizes: Per group, how many of them each unit has; -1 for a unit without that language.
    """

    n_units: int = 0
    surfaces: dict[str, list[Surface]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    left: dict[str, list[str]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    right: dict[str, list[str]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    is_nominal: dict[str, bytearray] = field(default_factory=lambda: {group: bytearray() for group in GROUPS})
    rows: dict[str, array[int]] = field(default_factory=lambda: {group: array("i") for group in GROUPS})
    sizes: dict[str, array[int]] = field(default_factory=lambda: {group: array("i") for group in GROUPS})


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
    scanner = _Scanner()
    for row in rows:
        scanner.add(row)
    return scanner.found


class _Scanner:
    """Reads units and remembers how it cut each run of words."""

    def __init__(self) -> None:
        self.found = Scan()
        self._numbers: dict[Surface, int] = {}
        self._cut: dict[tuple[str, str, tuple[str, ...]], tuple[int, ...]] = {}

    def add(self, row: ScanRow) -> None:
        """Read one unit."""
        found = self.found
        found.n_units += 1
        texts = {group_of(tag): (tag, text) for tag, text in row}
        for group in GROUPS:
            if group not in texts:
                found.sizes[group].append(-1)
                continue
            numbers = sorted(set(self._numbers_of(*texts[group])))
            found.rows[group].extend(numbers)
            found.sizes[group].append(len(numbers))

    def _numbers_of(self, language: str, text: str) -> Iterable[int]:
        """Return the numbers of the surfaces in a text."""
        if not text.strip():
            return
        group = group_of(language)
        for run in _runs(quick_tokens(text, language), text, group):
            key = (
                language,
                text[run[0].start : run[-1].end],
                tuple([token.pos for token in run]),
            )  # what decides the cut
            cut = self._cut.get(key)
            if cut is None:
                cut = self._cut[key] = tuple(self._pieces(run, text, language))
            yield from cut

    def _pieces(self, run: Sequence[Token], text: str, language: str) -> Iterator[int]:
        """Cut a run that was not met before into its candidates."""
        group = group_of(language)
        glue = " " if group == "en" else ""
        keys = [_folded(language, token.base if group == "en" else token.text) for token in run]
        ends = [number for number, token in enumerate(run, 1) if _may_end(token, group)]
        for first, token in enumerate(run):
            if not _may_begin(token, group):
                continue
            for end in ends:
                if not first < end <= first + MAX_WORDS[group]:
                    continue
                part = run[first:end]
                if group == "en" and len(part) > 1 and part[-1].pos == "v" and not part[-1].text.endswith("ing"):
                    continue  # a noun group with its verb
                spelling = " ".join(text[token.start : run[end - 1].end].split())
                key = glue.join(keys[first:end])
                if not key or not _is_sayable(spelling, group):
                    continue
                number = self._number(group, (key, language, spelling))
                self._see(
                    group, number, run[first - 1].base if first else FREE, run[end].base if end < len(run) else FREE
                )
                self.found.is_nominal[group][number] |= _is_nominal(part, group)
                yield number

    def _number(self, group: str, surface: Surface) -> int:
        """Return the number of a surface; a new one has been met beside nothing."""
        number = self._numbers.get(surface)
        if number is None:
            found = self.found
            number = self._numbers[surface] = len(found.surfaces[group])
            found.surfaces[group].append(surface)
            found.left[group].append(UNSEEN)
            found.right[group].append(UNSEEN)
            found.is_nominal[group].append(0)
        return number

    def _see(self, group: str, number: int, before: str, after: str) -> None:
        """Note the words beside a surface."""
        for side, word in ((self.found.left[group], before), (self.found.right[group], after)):
            if side[number] != word:
                side[number] = word if side[number] == UNSEEN else FREE


_QUICK_WORD = re.compile(
    r"""
    (?:https?://|www\.)\S*[^\s.,;:)\]'"]                      # URL
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                          # address
    | C\+\+ | [A-Z]\# | (?<!\w)[A-Z](?:/[A-Z])+(?!\w) | [A-Z]&[A-Z](?!\w)
    | [^\W_]+(?:[-_.][^\W_]+|['’][A-Z][^\W_]*)*
    | ['’](?:s|t|re|ve|ll|d|m)\b | \S                           # isn 't: the word before it is tagged by what follows
    """,
    re.VERBOSE,
)
_JAPANESE = Japanese(with_parts=False)
_lemma = lru_cache(maxsize=100_000)(lemma)


def quick_tokens(text: str, language: str) -> tuple[Token, ...]:
    """Split a segment into words as candidates need them: the same tags and dictionary forms, a cheaper split of English.

    Args:
        text: A segment.
        language: Its tag.

    Returns:
        Words in order; Japanese ones without parts.

    Source:
        Ours.
    """
    if language == "ja":
        return _JAPANESE.tokens(text)
    if language != "en":
        return tuple(LANGUAGES.get(language).tokens(text))
    words = list(_QUICK_WORD.finditer(text))
    tags = tag_words([word[0] for word in words])
    return tuple(
        Token(word[0], word.start(), word.end(), pos, _lemma(word[0], pos=pos))
        for word, pos in zip(words, tags, strict=True)
    )


def _runs(tokens: Sequence[Token], text: str, group: str) -> Iterator[list[Token]]:
    """Yield the longest stretches of words that carry sense, with the joints between them."""
    current: list[Token] = []
    for token in tokens:
        pos = token.pos
        is_joint = pos == "func" and token.text in JOINTS[group]
        if pos == "func" and group == "zh" and _is_measure(token.text):
            pos = "n"
        if (pos == "mark" and token.text not in DOTS) or (pos == "func" and not is_joint):
            if current:
                yield current
                current = []
            continue
        if current and not _touch(current[-1], token, text, group):
            yield current
            current = []
        if current or not is_joint:
            current.append(token)
    if current:
        yield current


def _touch(left: Token, right: Token, text: str, group: str) -> bool:
    """Tell whether two words may stand in one term: nothing but a space between them, which CJK has only beside Latin letters."""
    gap = text[left.end : right.start]
    if not gap:
        return True
    if gap.strip():
        return False
    return group == "en" or left.text[-1:].isascii() or right.text[:1].isascii()


def _may_begin(token: Token, group: str) -> bool:
    """Tell whether a candidate may begin with a word."""
    if token.pos in BOUND or token.text in DOTS or token.base in words_of(group, "first"):
        return group == "zh" and _is_measure(token.text)
    if token.pos == "num":
        return group != "en" and is_all_han(token.text)
    return token.pos != "suffix" and not (group == "ja" and token.pos == "v")


def _may_end(token: Token, group: str) -> bool:
    """Tell whether a candidate may end with a word."""
    if token.pos in BOUND or token.text in DOTS or token.base in words_of(group, "last"):
        return group == "zh" and _is_measure(token.text)
    return token.pos not in {"num", "prefix"} and not (group == "ja" and token.pos in {"adj", "v"})


@lru_cache(maxsize=200_000)
def _folded(language: str, text: str) -> str:
    """Fold one word; most of them come again."""
    return LANGUAGES.get(language).fold(text)


def _is_measure(text: str) -> bool:
    """Tell whether a Chinese word is a measure word, or so its tag says, that may as well be a noun: 类, 帧."""
    return len(text) == 1 and is_all_han(text) and text not in words_of("zh", "function")


@cache
def words_of(group: str, name: str) -> frozenset[str]:
    """Read one list of ``data/memory_words.toml``; characters where it has no spaces."""
    raw = tomllib.loads((files("termalign") / "data" / "memory_words.toml").read_text(encoding="utf-8"))
    text = str(raw[group].get(name, ""))
    return frozenset(text.split() if " " in text else text)


def _is_sayable(spelling: str, group: str) -> bool:
    """Tell whether a text can be a term of its language: letters of its script, in English more than one, and no word glued to it."""
    if group == "en":
        return len(spelling) > 1 and has_latin(spelling) and spelling[0].isalnum() and spelling[-1] not in ".-"
    if group == "zh" and len(spelling) > MIN_GLUED and is_all_han(spelling):
        return spelling[0] not in words_of("zh", "glued_head") and spelling[-1] not in words_of("zh", "glued_tail")
    return has_cjk(spelling)  # a Latin name is English wherever it stands


def _is_nominal(part: Sequence[Token], group: str) -> bool:
    """Tell whether the tags make a noun group of some words."""
    return part[-1].pos in NOUNS and all(token.pos in NOMINAL or token.text in JOINTS[group] for token in part)
