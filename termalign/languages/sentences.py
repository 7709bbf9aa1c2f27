"""Sentences and clauses, by rule.

Splitters on the market end a sentence inside quotations, at 1.05万亿 and at ``Dr.``, or are slow; none keeps Chinese
“……！”他强调 together (DEPENDENCIES.md 2.4). Ours looks at marks only: a pattern finds brackets and terminators, brackets
are paired, and what stands around a terminator decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termalign.languages.characters import HAN, KANA, KATAKANA
from termalign.languages.line_ends import line_blocks
from termalign.languages.pairs import CLOSERS, MARKS, QUOTING, TITLES, pair_up
from termalign.languages.sentence_rules import group_of, rules_for
from termalign.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.pairs import Pair, Pairs
    from termalign.languages.sentence_rules import Rules

__all__ = ["split_clauses", "split_sentences"]

_FULL: Final = frozenset("。｡")
_CALLS: Final = frozenset("！？!?‼⁇⁈⁉")
_STOPS: Final = frozenset(".．")
_EVENTS = re.compile(f"[{re.escape(MARKS)}]|\\.(?: \\.)+|[。｡！？!?‼⁇⁈⁉.．…‥⋯]+")
_CLAUSES = re.compile(f"[{re.escape(MARKS)}；;]")
_BRACKET = frozenset(MARKS)
_REFERENCES = re.compile(r"(?:[、,，]?\[\d[\d,，、\-–—\s]*\])+")
_SPACE = re.compile(r"\s*")
_GOES_ON = frozenset("，,、；;：:。｡．.！？!?…—–~～％%·・")  # after a closing mark: the sentence goes on
_INTRODUCES = frozenset("，,：:、。；;—–")  # before an opening mark: what it holds is a sentence of its own
_CJK = re.compile(f"[{HAN}{KANA}）」』”》】]")
_JOINS = re.compile(f"[A-Za-z0-9{KATAKANA}=&/_]")  # after Latin and a half-width ! or ?: a name or a URL
_WORD_CHARACTER = re.compile("[A-Za-z0-9]")
MAX_CHAIN = 8  # quotations that follow one another directly
MAX_LOOK = 60  # code points read before and after a mark; subject and verb of saying stay below


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of text in which no line end ends a sentence."""

    text: str
    pairs: Pairs
    rules: Rules

    def rest(self, at: int) -> str:
        """Return what follows a place, without the white space before it."""
        found = _SPACE.match(self.text, at)
        start = found.end() if found else at
        return self.text[start : start + MAX_LOOK]

    def past_closers(self, at: int) -> int:
        """Step over closing marks that stand alone, and over reference marks."""
        while at < len(self.text) and self.text[at] in CLOSERS and at not in self.pairs.opens:
            at += 1
        found = _REFERENCES.match(self.text, at)
        return found.end() if found else at


def split_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Split text into sentences.

    Args:
        text: Text as read, or one block of repaired text.
        language: ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en``.

    Returns:
        Spans trimmed of white space, in order and not overlapping; together they lose only white space. Empty where the
        text is white space.

    Source:
        CONTRACTS.md section 5; the rules are ours.

    >>> text = "彼は「行く。」と言った。外は雨だ。"
    >>> [text[span.start : span.end] for span in split_sentences(text, "ja")]
    ['彼は「行く。」と言った。', '外は雨だ。']
    """
    rules = rules_for(group_of(language))
    spans: list[Span] = []
    for start, end in line_blocks(text, rules.group):
        spans.extend(_trimmed(text, start, [start + cut for cut in _cuts(text[start:end], rules)], end))
    return tuple(spans)


def split_clauses(text: str, language: str) -> tuple[Span, ...]:
    """Split a sentence into clauses after ； and ; outside brackets.

    Args:
        text: A sentence.
        language: Its tag; the rule is the same for all.

    Returns:
        Trimmed spans in order, together losing only white space; one where nothing is to be cut, none for white space.

    Source:
        Ours.

    >>> text = "首先，降低成本；其次，缩短周期。"
    >>> [text[span.start : span.end] for span in split_clauses(text, "zh-Hans")]
    ['首先，降低成本；', '其次，缩短周期。']
    """
    del language
    found = [match.start() for match in _CLAUSES.finditer(text)]
    pairs = pair_up(text, (at for at in found if text[at] in _BRACKET))
    cuts = [at + 1 for at in found if text[at] in "；;" and pairs.around(at) is None]
    return tuple(_trimmed(text, 0, cuts, len(text)))


def _trimmed(text: str, start: int, cuts: list[int], end: int) -> Iterator[Span]:
    """Cut ``text[start:end]`` and trim the pieces; pieces of white space are left out."""
    for cut in (*cuts, end):
        piece = text[start:cut]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            yield Span(start + left, start + right)
        start = cut


def _cuts(text: str, rules: Rules) -> list[int]:
    """Find where sentences end inside a block; its end is not among them."""
    events = [match.span() for match in _EVENTS.finditer(text)]
    runs = [(start, end) for start, end in events if text[start] not in _BRACKET]
    if not runs:
        return []
    pairs = pair_up(text, (start for start, _ in events if text[start] in _BRACKET))
    block = _Block(text, pairs, rules)
    cuts: list[int] = []
    begin = 0
    for start, end in runs:
        if start < begin:
            continue
        pair = pairs.around(start)
        if pair is None:
            cut = _cut_at_run(block, begin, start, end)
        else:
            is_last = all(text[at] in CLOSERS or text[at].isspace() for at in range(end, pair.end + 1))
            cut = _cut_after_pair(block, begin, (start, end), pair) if is_last else None
        if cut is not None and cut < len(text):
            cuts.append(cut)
            begin = cut
    return cuts


def _cut_at_run(block: _Block, begin: int, start: int, end: int) -> int | None:
    """Find the end of the sentence at a run of terminators outside brackets, or ``None`` where it goes on."""
    text, rules, run = block.text, block.rules, block.text[start:end]
    cut = block.past_closers(end)
    if cut > end and text[end] in CLOSERS:
        rest = block.rest(cut)
        if rules.after_closing.match(rest) or rest[:1] in _GOES_ON:
            return None
    if text.endswith(rules.names, begin, end) and not text[end : end + 1].isspace():
        return None
    if not _FULL.isdisjoint(run):
        return cut
    ends = (
        _stop_ends(block, begin, start, end, cut)
        if _CALLS.isdisjoint(run)
        else _call_ends(block, begin, start, end, cut)
    )
    return cut if ends else None


def _call_ends(block: _Block, begin: int, start: int, end: int, cut: int) -> bool:
    """Tell whether ？ or ！ outside brackets ends a sentence."""
    text, rules = block.text, block.rules
    if text.endswith(rules.names, begin, end):
        return False
    half_width = text[end - 1] in "!?"
    if half_width and _WORD_CHARACTER.match(text[start - 1 : start]) and _JOINS.match(text[end : end + 1]):
        return False
    rest = block.rest(cut)
    if half_width and rules.group == "en" and rest[:1].islower():
        return False
    return rules.after_mark.match(rest) is None


def _stop_ends(block: _Block, begin: int, start: int, end: int, cut: int) -> bool:
    """Tell whether full stops of Latin script or dots of omission end a sentence."""
    text, run = block.text, block.text[start:end].replace(" ", "")
    n_stops = sum(mark in _STOPS for mark in run)
    if not n_stops or (
        n_stops == len(run) and n_stops > 1 and not (n_stops == len("....") and block.rules.group == "en")
    ):
        return False
    before, after = text[start - 1 : start], text[cut : cut + 1]
    if not after or after.isspace():
        return block.rules.stop_ends(text[max(begin, start - MAX_LOOK) : start], block.rest(cut))
    if _CJK.match(before):
        return not _WORD_CHARACTER.match(after)
    if not before.isalpha() or not (_CJK.match(after) or cut in block.pairs.opens):
        return cut > end and text[end] == "["
    return block.rules.stop_ends(text[max(begin, start - MAX_LOOK) : start], text[cut : cut + MAX_LOOK])


def _cut_after_pair(block: _Block, begin: int, run: tuple[int, int], pair: Pair) -> int | None:
    """Find the end of the sentence after brackets or quotation marks that hold one, or ``None`` where it goes on."""
    text, rules = block.text, block.rules
    cut = block.past_closers(pair.end + 1)
    rest = block.rest(cut)
    if not rest or pair.kind in TITLES or rest[0] in _GOES_ON or rules.after_closing.match(rest):
        return None
    if rules.group == "en" and (rest[0].islower() or not text[cut : cut + 1].isspace()):
        return None
    before = text[max(begin, pair.start - MAX_LOOK) : pair.start].rstrip()
    terminator = text[run[0] : run[1]]
    if _STOPS.issuperset(terminator) and not _CJK.match(text[run[0] - 1 : run[0]]):
        ends = rules.stop_ends(text[max(begin, run[0] - MAX_LOOK, pair.start + 1) : run[0]], rest)
    elif pair.kind in QUOTING and before and before[-1] not in _INTRODUCES and rules.group != "en":
        ends = not _FULL.isdisjoint(terminator)  # embedded in what comes before: only 。 inside ends it
    else:
        ends = True
    if pair.kind not in QUOTING:
        return cut if ends and not before else None
    if ends and (not before or rules.group == "en") and _is_attributed(block, cut, rest):
        return None
    return cut if ends and not _chain_goes_on(block, cut) else None


def _is_attributed(block: _Block, cut: int, rest: str) -> bool:
    """Tell whether a speaker and a verb of saying follow; on a line of their own they may introduce what is said next."""
    found = block.rules.saying.match(rest)
    if found is None:
        return False
    on_next_line = "\n" in block.text[cut : block.text.find(rest[0], cut)]
    return not (on_next_line and rest[found.end() : found.end() + 1] in {"：", ":"})


def _chain_goes_on(block: _Block, cut: int) -> bool:
    """Tell whether further quotations follow directly and the sentence goes on after the last: 「…！」「…！」と叫んだ."""
    at = cut
    for _ in range(MAX_CHAIN):
        pair = block.pairs.opening(at)
        if pair is None or pair.kind not in QUOTING:
            break
        at = pair.end + 1
    return at > cut and block.rules.after_closing.match(block.rest(at)) is not None
