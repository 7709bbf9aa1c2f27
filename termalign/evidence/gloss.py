"""Glosses: a name with another name of the same thing in brackets behind it.

光量子跃迁旗舰计划”（Quantum Leap Flagship Program，Q-LEAP）; NIST（国家标准技术研究院）. The author of a gloss used both names
for one thing, which is the surest evidence that a single document can give. This module finds them and keeps apart the
brackets that gloss nothing: amounts, examples, remarks, lists. Where the outer name begins is seldom marked; a gloss
therefore holds every beginning that the words allow, and :mod:`termalign.evidence.boundaries` chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termalign.evidence.atoms import critical_affixes
from termalign.evidence.cues import cues
from termalign.evidence.initials import WORD, extended, initials_begin, letters_begin, letters_of
from termalign.languages.characters import (
    CLOSING,
    HAN,
    KANA,
    LATIN,
    OPENING,
    QUOTES,
    has_cjk,
    has_latin,
    is_acronym,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Sentence, Token

__all__ = ["MIDDLE_DOTS", "Gloss", "NameKind", "find_glosses"]

MAX_INNER = 100  # code points in a bracket that may gloss; the longest official names in the corpus have 70
MAX_OUTER_TOKENS = 14
MAX_NAMES = 2  # full name and acronym; more are a list of examples
MAX_NAME_WORDS = 12
MIN_TITLE = 3  # capitalised words of a name whose letters, not initials, make an acronym: JAXA
MIDDLE_DOTS = frozenset("・·•‧")

_SPLIT = re.compile(r"[，,;；、]\s*|。\s*(?=以下)|(?<=[A-Z])[：:]\s*|\s*[／/](?=[^A-Za-z])")
_AMOUNT = re.compile(r"[\d０-９][\d０-９.,]*\s*[%％万亿億兆\w]{0,4}|[\d０-９\-–—~～年月日.、/ ]+")
_LATIN_NAME = re.compile(rf"[{LATIN}][{LATIN}0-9&'’.,:+/·・‐\-– ]*")
_LATIN_RUN = re.compile(
    rf"[{LATIN}][{LATIN}0-9&'’.+·・‐\-–]*(?: [{LATIN}0-9&][{LATIN}0-9&'’.+·・‐\-–]*)*(?<=[{LATIN}0-9])$"
)
_CJK_NAME = re.compile(rf"[{HAN}{KANA}{LATIN}0-9０-９・·•‧\-‐&＆\s々〇、／/“”‘’「」『』《》]+")
_LAST_WORD = re.compile(rf"([{LATIN}][{LATIN}0-9&.+/·‐\-]*)\s*$")
_ARTICLE = re.compile(r"the (?=[\"“])")


class NameKind(StrEnum):
    """What stands in the bracket."""

    ACRONYM = "acronym"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """One name glossed by another.

    Args:
        sentence: Where it stands.
        language: Tag of the outer name.
        starts: Where the outer name may begin, longest first; one only where quotation marks or the like settle it.
        end: Where it ends, excluded.
        natural: The beginning that the words suggest: the whole noun sequence.
        inner: The other name.
        inner_language: Its tag.
        inner_span: Where it stands.
        kind: Acronym or name.
        quoted: Whether quotation or title marks enclose the outer name.
    """

    sentence: Sentence
    language: str
    starts: tuple[int, ...]
    end: int
    natural: int
    inner: str
    inner_language: str
    inner_span: tuple[int, int]
    kind: NameKind
    quoted: bool = False

    def outer(self, start: int | None = None) -> str:
        """Return the outer name when it begins at ``start``, by default at its natural beginning."""
        return self.sentence.text[self.natural if start is None else start : self.end].strip()


def find_glosses(sentence: Sentence) -> tuple[Gloss, ...]:
    """Find the glosses of one sentence.

    Args:
        sentence: A segment with its tokens.

    Returns:
        Glosses in the order of their brackets, one per name in a bracket; empty where no bracket holds a name.

    Source:
        Schwartz & Hearst (2003), A simple algorithm for identifying abbreviation definitions in biomedical text, PSB, for
        acronyms in English text; the treatment of Japanese and Chinese is ours.
    """
    found: list[Gloss] = []
    for opening, closing in _brackets(sentence.text):
        found.extend(_gloss(sentence, opening, closing))
    return tuple(found)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Pair the round brackets of a text, inner ones too, in the order of their openings; unpaired ones are passed over."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(text):
        if char in OPENING:
            stack.append(index)
        elif char in CLOSING and stack:
            pairs.append((stack.pop(), index))
    yield from sorted(pairs)


def _gloss(sentence: Sentence, opening: int, closing: int) -> Iterator[Gloss]:
    """Read one bracket."""
    text = sentence.text
    inner = text[opening + 1 : closing]
    nested = min((at for at in (inner.find(mark) for mark in OPENING) if at >= 0), default=len(inner))
    spelt_out = _spelt_out(sentence, opening, closing)
    if spelt_out is not None:
        yield spelt_out
        return
    names = _names(inner[:nested] if nested < len(inner) else inner, opening + 1)
    if not names or len(inner) > MAX_INNER or not opening:
        return
    cjk = [name for name in names if has_cjk(name[0])]
    if len(names) > MAX_NAMES or (cjk and len(names) > 1):
        return  # a list of examples
    if sum(_kind(name[0]) is NameKind.NAME for name in names) > 1:
        return
    for name, start, end in names:
        outer = _outer(sentence, opening, name)
        if outer is None:
            continue
        language, starts, stop, natural, quoted = outer
        own = "en" if not has_cjk(name) else sentence.language
        if own == language and not (own == "en" and is_acronym(name)):
            continue  # a remark or an alias in the same language
        yield Gloss(
            sentence=sentence,
            language=language,
            starts=starts,
            end=stop,
            natural=natural,
            inner=name,
            inner_language=own,
            inner_span=(start, end),
            kind=_kind(name),
            quoted=quoted,
        )


def _spelt_out(sentence: Sentence, opening: int, closing: int) -> Gloss | None:
    """Read a bracket that spells out the English acronym before it: MRI (magnetic resonance imaging)."""
    text = sentence.text
    acronym = _LAST_WORD.search(text[:opening])
    name = text[opening + 1 : closing].strip()
    if acronym is None or not is_acronym(acronym[1]) or len(name) <= len(acronym[1]) or has_cjk(name):
        return None
    letters = letters_of(acronym[1])
    words = [word for word in WORD.findall(name) if word not in cues("skipped")]
    is_title = len(words) >= MIN_TITLE and all(word[0].isupper() for word in words)
    if len(words) == 1 or (
        initials_begin(name, letters) and not (is_title and not letters_begin(name, letters, floor=0))
    ):
        return None
    start = text.index(name, opening)
    return Gloss(
        sentence=sentence,
        language="en",
        starts=(start,),
        end=start + len(name),
        natural=start,
        inner=acronym[1],
        inner_language="en",
        inner_span=acronym.span(1),
        kind=NameKind.ACRONYM,
    )


def _kind(name: str) -> NameKind:
    """Tell an acronym from a name."""
    return NameKind.ACRONYM if is_acronym(name) else NameKind.NAME


def _names(inner: str, offset: int) -> list[tuple[str, int, int]]:
    """Split what a bracket holds into names with their places; empty where it is a remark."""
    stripped = inner.strip()
    if not stripped or stripped.startswith(cues("remark_begins")) or stripped.endswith(cues("remark_ends")):
        return []
    names: list[tuple[str, int, int]] = []
    position = 0
    for match in [*_SPLIT.finditer(inner), None]:
        stop = match.start() if match else len(inner)
        name, shift = _trim(inner[position:stop])
        is_definition = names and inner[position:stop].strip().startswith(cues("definitions")) and not is_acronym(name)
        if name and not _AMOUNT.fullmatch(name) and not is_definition:
            if not _is_name(name):
                return []
            start = offset + position + shift
            names.append((name, start, start + len(name)))
        position = match.end() if match else stop
    return names


def _trim(part: str) -> tuple[str, int]:
    """Cut cues (以下简称), tails (という) and marks off a part; give the rest and how far it moved."""
    name = _ARTICLE.sub("", part.strip().rstrip("。."))
    for cue in cues("cues"):
        head = name[: len(cue)]
        if head == cue and (has_cjk(cue) or name[len(cue) : len(cue) + 1] in {" ", ":"}):
            name = _ARTICLE.sub("", name[len(cue) :].lstrip()).lstrip(' :：为為是はを、，"“「『《')
            break
    for tail in cues("tails"):
        name = name.removesuffix(tail)
    name = name.strip(' "“”「」『』《》。.')
    return name, part.find(name) if name else 0


def _is_name(name: str) -> bool:
    """Tell whether a part of a bracket can be a name: Latin words that are no sentence, or CJK without a clause in it."""
    if has_cjk(name):
        return _CJK_NAME.fullmatch(name) is not None and not any(mark in name for mark in "。、") and len(name) > 1
    if not has_latin(name) or not _LATIN_NAME.fullmatch(name):
        return False
    words = name.split(" ")
    return len(words) <= MAX_NAME_WORDS and (len(words) == 1 or any(word[:1].isupper() for word in words))


def _outer(sentence: Sentence, opening: int, inner: str) -> tuple[str, tuple[int, ...], int, int, bool] | None:
    """Find the name before a bracket: its language, where it may begin, its end, its natural beginning, and whether it is quoted."""
    text = sentence.text
    end = len(text[:opening].rstrip())
    quoted = _quoted(text, end) if end else None
    if quoted is not None:
        start, stop = quoted
        name = text[start:stop]
        return (sentence.language if has_cjk(name) else "en", (start,), stop, start, True) if name.strip() else None
    if end and has_cjk(text[end - 1]):
        return _outer_cjk(sentence, end, inner)
    run = _LATIN_RUN.search(text[:end])
    if run is None:
        return None
    if sentence.language == "en":
        return _outer_english(text, end, inner)
    return ("en", (run.start(),), end, run.start(), False) if has_cjk(inner) else None


def _quoted(text: str, end: int) -> tuple[int, int] | None:
    """Return what the closing mark at ``end`` encloses, where the text before a bracket ends in one."""
    for opening, closing in QUOTES.items():
        if text[end - 1] != closing:
            continue
        depth = 0
        for index in range(end - 1, -1, -1):
            depth += (text[index] == closing and (opening != closing or index == end - 1)) - (
                text[index] == opening and index != end - 1
            )
            if depth == 0 and index != end - 1:
                return index + 1, end - 1
    return None


def _outer_cjk(sentence: Sentence, end: int, inner: str) -> tuple[str, tuple[int, ...], int, int, bool] | None:
    """Walk back over the words before a bracket as long as they can belong to a name."""
    tokens = [token for token in sentence.tokens if token.end <= end]
    if not tokens or tokens[-1].end != end:
        return None
    joints = frozenset(cues("inside_names"))
    starts: list[int] = []
    natural, settled = end, False
    tail = tokens[-MAX_OUTER_TOKENS:]
    for at in range(len(tail) - 1, -1, -1):
        token, at_end = tail[at], tail[at].end == end
        if not at_end and token.text in critical_affixes() and token.pos not in {"n", "pn", "x", "v", "adj", "prefix"}:
            starts.append(token.start)  # 后|量子密码: a prefix that the tagger takes for a word of its own
            break
        joint = token.text in joints
        fits = joint or _may_stand_in_name(token, at_end=at_end) or _is_between_nouns(tail, at)
        if (joint and at_end) or not fits:
            break
        # A conjunction or a verb in front of what is a name already ends the natural name.
        settled = (
            settled or (joint and token.text not in MIDDLE_DOTS) or (token.pos == "v" and not at_end and natural < end)
        )
        if not joint and token.pos != "adv" and _may_begin(token):
            starts.append(token.start)
            natural = natural if settled else token.start
    if not starts:
        return None
    natural = natural if natural < end else starts[0]
    boundary = sentence.text[: starts[-1]].rstrip()[-1:]
    if boundary in QUOTES and not has_cjk(inner):
        return sentence.language, (starts[-1],), end, starts[-1], True
    return sentence.language, tuple(reversed(starts)), end, natural, False


def _is_between_nouns(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word of two characters and more that is tagged as an adverb modifies a noun behind a noun: 行动|特别|工作组."""
    if tokens[at].pos != "adv" or len(tokens[at].text) == 1 or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    touches = before.end == tokens[at].start and tokens[at].end == after.start
    return touches and before.pos in {"n", "pn"} and after.pos in {"n", "pn"}


def _may_stand_in_name(token: Token, *, at_end: bool) -> bool:
    """Tell whether a word can be part of a name before a bracket."""
    if token.text in cues("breaks") or (token.pos == "v" and len(token.text) == 1):
        return False
    if token.pos == "num":
        return not at_end and not token.text[:1].isdigit()
    return token.pos in {"n", "pn", "suffix", "prefix", "x", "v", "adj"}


def _may_begin(token: Token) -> bool:
    """Tell whether a name can begin with a word: not with a suffix, nor with a lone verb of one character."""
    return token.pos != "suffix" and not (token.pos == "v" and len(token.text) == 1)


def _outer_english(text: str, end: int, inner: str) -> tuple[str, tuple[int, ...], int, int, bool] | None:
    """Find the words before an acronym in English text whose letters it takes."""
    if not is_acronym(inner):
        return None
    letters = letters_of(inner)
    n_words = min(len(letters) + 5, 2 * len(letters))
    head = text[:end]
    floor = max((match.start() for match in list(re.finditer(r"\S+", head))[-n_words:][:1]), default=0)
    position = initials_begin(head, letters)
    if position < 0 or head[position].isupper():
        position = letters_begin(head, letters, floor=floor)
        position = position if position < 0 else extended(head, position)
    if position < 0 or end - position <= len(inner):
        return None
    return "en", (position,), end, position, False
