"""Does the sentence end here? What stands around a terminator decides, at depth 0 and inside a pair of marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termalign.languages.abbreviations import begins_sentence, begins_small, stop_ends
from termalign.languages.characters import HAN, KANA, KATAKANA
from termalign.languages.pairs import CLOSERS, QUOTING, TITLES

if TYPE_CHECKING:
    from termalign.languages.pairs import Pair, Pairs
    from termalign.languages.sentence_rules import Rules

__all__ = ["Block", "cut_after_pair", "cut_at_run"]

_FULL: Final = frozenset("。｡")
_CALLS: Final = frozenset("！？!?‼⁇⁈⁉")
_STOPS: Final = frozenset(".．")
_SPACE = re.compile(r"\s*")
_FIRST = re.compile(r"\s*\S")
_GOES_ON = frozenset("，,、；;：:。｡．.！？!?…—–~～％%·・")  # after a closing mark: the sentence goes on
_LEADING_DOTS = re.compile(r"(?<=[。｡！？])[…‥⋯]+\Z")
_COMMAS = frozenset("，,、；;")  # after ！ and ？, as in 嘿！，
_INTRODUCES = frozenset("，,：:、。；;—–")  # before an opening mark: what it holds is a sentence of its own
_CJK = re.compile(f"[{HAN}{KANA}）」』”》】]")
_JOINS = re.compile(f"[A-Za-z0-9{KATAKANA}=&/_]")  # after Latin and a half-width ! or ?: a name, a URL, code
_BEFORE_JOIN = re.compile(r"[A-Za-z0-9/#=&_%~.)-]")
_QUERY = re.compile(r"[\w.%-]{1,40}=")  # of a URL, after ?
_OPERATOR = re.compile(r"\s?[=<>+*/|&]|=")  # after !: x != y, 5! = 120
_WORD_CHARACTER = re.compile("[A-Za-z0-9]")
_FOOTNOTE = re.compile(
    r"[0-9]{1,3}(?=\s+[A-Z“\"‘(]|\s*\Z)"
)  # the number of a note that was raised before the text was copied
_FOOTNOTE_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]?[a-z]{3,}\Z")
# What belongs to the sentence after its terminator.
_NOTE_WORD = "注釈|注释|註釋|脚注|腳註|注|註|note|nb|lower-alpha"
_TAIL = re.compile(
    rf"(?:[、,，]?[\[［](?:[0-9０-９][0-9０-９,，、\-–—\s]{{0,40}}|[a-z]|(?:{_NOTE_WORD})\s?\d{{1,3}}|citation needed|who\?|when\?"
    r"|要出典|要検証|誰によって？|来源请求|來源請求|需要引用|請求來源|请求来源)[\]］]"
    r"|[\u00b2\u00b3\u00b9\u2070\u2074-\u207e†‡]+)+"
)
_SPACED_REFERENCE = re.compile(r" \[[0-9][0-9,\-– ]{0,40}\](?=\s|\Z)")
_EMOJI = re.compile(
    "[ \u3000]?[\u2600-\u260d\u2613-\u2712\u2715-\u2775\U0001f000-\U0001faff♪]"
    "[\u2600-\u260d\u2613-\u2712\u2715-\u2775\U0001f000-\U0001faff♪\ufe0f\u200d]*"
)
# Who is quoted, and where: 「…。」（30代男性）, “…!” (Smith et al. 2019, p. 5)
_SOURCE = re.compile(r"\s?[（(][^（）()。！？!?\n]{1,40}(?<!\.)[）)]")
_EMPHASIS = re.compile(r"[*_]{1,3}")
MAX_CHAIN = 8  # quotations that follow one another directly
MAX_UNCASED = 200  # code points in which a sentence without capitals is known
MAX_EMPHASIS = 400  # code points between two marks of emphasis
MAX_LOOK = 60  # code points read before and after a mark; subject and verb of saying stay below


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text in which no line end ends a sentence, its pairs of marks, and the rules of its language."""

    text: str
    pairs: Pairs
    rules: Rules

    def rest(self, at: int) -> str:
        """Return what follows a place, without the white space before it."""
        found = _SPACE.match(self.text, at)
        start = found.end() if found else at
        return self.text[start : start + MAX_LOOK]

    def before(self, begin: int, at: int) -> str:
        """Return what precedes a place in its sentence, as far as it is looked at."""
        return self.text[max(begin, at - MAX_LOOK) : at]

    def is_uncased(self, begin: int, end: int) -> bool:
        """Tell whether a sentence does without capitals: hello! how are you? i am fine."""
        found = _FIRST.match(self.text, begin)
        if found is None or not found[0][-1].islower():
            return False
        return not any(character.isupper() for character in self.text[found.end() : min(end, begin + MAX_UNCASED)])

    def past(self, begin: int, at: int) -> int:
        """Step over what belongs to the sentence after its terminator: stray closing marks, notes, emoji, emphasis."""
        text = self.text
        while at < len(text):
            if text[at] in CLOSERS and at not in self.pairs.opens:
                at += 1
                continue
            end = self._tail(begin, at)
            if end == at:
                break
            at = end
        return at

    def _tail(self, begin: int, at: int) -> int:
        """Return the end of one note, run of emoji or mark of emphasis that belongs to the sentence before it."""
        text = self.text
        found = _TAIL.match(text, at) or self.rules.notes.match(text, at)
        first = _FIRST.match(text, begin)
        if found is None and (
            first is None or first[0][-1] != "["
        ):  # in a list of references the next number begins one
            found = _SPACED_REFERENCE.match(text, at)
        if found is None and (first is None or _EMOJI.match(text, first.end() - 1) is None):
            found = _EMOJI.match(text, at)  # where a sentence begins with emoji, they are bullets
        if found is None:
            found = _EMPHASIS.match(text, at)
            if found is not None:
                spaced = text[found.end() : found.end() + 1].strip() == ""
                found = found if spaced or text.count(found[0], max(begin, at - MAX_EMPHASIS), at) % 2 else None
        return found.end() if found else at


def cut_at_run(block: Block, begin: int, start: int, end: int) -> int | None:
    """Find the end of the sentence at a run of terminators outside brackets.

    Args:
        block: The text around it.
        begin: Where the sentence begins.
        start: Where the run begins.
        end: Where it ends.

    Returns:
        Where the next sentence may begin, or ``None`` where this one goes on.

    Source:
        CONTRACTS.md section 5.
    """
    text, rules, run = block.text, block.rules, block.text[start:end]
    cut = block.past(begin, end)
    if cut > end and text[end] in CLOSERS:
        rest = block.rest(cut)
        if rules.after_closing.match(rest) or rest[:1] in _GOES_ON:
            return None
    if (run[-1] in _FULL or not _CALLS.isdisjoint(run)) and _is_name(block, end):
        return None
    found = _LEADING_DOTS.search(run)
    if found and text[cut : cut + 1].isalnum():
        return start + found.start()  # 。……そして: the dots begin the next sentence
    if not _FULL.isdisjoint(run):
        return cut
    if not _CALLS.isdisjoint(run):
        return cut if _call_ends(block, begin, (start, end), cut) else None
    if rules.group == "en" and run == ".":
        note = _FOOTNOTE.match(text, end)
        if note and _FOOTNOTE_WORD.search(block.before(begin, start)):
            cut = note.end()
    return cut if _stop_ends(block, begin, (start, end), cut) else None


def _is_name(block: Block, end: int) -> bool:
    """Tell whether the mark belongs to a name, and the sentence goes on after it."""
    text = block.text
    for name, offset in block.rules.names.get(text[end - 1], ()):
        if not text.startswith(name, end - 1 - offset):
            continue
        if offset < len(name) - 1:
            return True
        following = text[end : end + 1]
        if text[end - 1] in _FULL:
            return not following.isspace() and following != ""
        return block.rules.group != "en" or not begins_sentence(block.rest(end))
    return False


def _call_ends(block: Block, begin: int, run: tuple[int, int], cut: int) -> bool:
    """Tell whether ？ or ！ outside brackets ends a sentence."""
    text, rules, (start, end) = block.text, block.rules, run
    before, following = text[start - 1 : start], text[end : end + 1]
    rest = block.rest(cut)
    if text[end - 1] in "!?":
        if _JOINS.match(following) and (_BEFORE_JOIN.match(before) or before.isspace() or not before):
            return False
        if _QUERY.match(text, end) or _OPERATOR.match(text, end):
            return False
        if rules.group == "en" and begins_small(rest) and not block.is_uncased(begin, start):
            return False
    return rest[:1] not in _COMMAS and rules.after_mark.match(rest) is None


def _stop_ends(block: Block, begin: int, run: tuple[int, int], cut: int) -> bool:
    """Tell whether full stops of Latin script or dots of omission end a sentence."""
    text, (start, end) = block.text, run
    dots = text[start:end].replace(" ", "")
    n_stops = sum(mark in _STOPS for mark in dots)
    if not n_stops or (
        n_stops == len(dots) and n_stops > 1 and not (n_stops == len("....") and block.rules.group == "en")
    ):
        return False
    before, after = text[start - 1 : start], text[cut : cut + 1]
    if not after or after.isspace():
        rest = block.rest(cut)
        if block.rules.group != "en" and block.rules.after_closing.match(rest):
            return False
        is_uncased = rest[:1].islower() and block.is_uncased(begin, start)
        return stop_ends(block.before(begin, start), rest, is_uncased=is_uncased)
    if _CJK.match(before):
        return not _WORD_CHARACTER.match(after)
    if not before.isalpha() or not (_CJK.match(after) or cut in block.pairs.opens):
        return cut > end and not after.isalnum()
    rest = text[cut : cut + MAX_LOOK]
    return block.rules.after_closing.match(rest) is None and stop_ends(block.before(begin, start), rest)


def cut_after_pair(block: Block, begin: int, run: tuple[int, int], pair: Pair) -> int | None:
    """Find the end of the sentence after brackets or quotation marks that hold one.

    Args:
        block: The text around them.
        begin: Where the sentence begins.
        run: A run of terminators inside the pair.
        pair: The outermost pair around it.

    Returns:
        Where the next sentence may begin, or ``None`` where this one goes on, or the run is not the last thing inside.

    Source:
        CONTRACTS.md section 5.
    """
    if pair.kind in TITLES or not _is_last(block, run[1], pair):
        return None
    text, rules = block.text, block.rules
    cut = block.past(begin, pair.end + 1)
    source = _SOURCE.match(text, cut) if pair.kind in QUOTING else None
    cut = source.end() if source else cut
    rest = block.rest(cut)
    is_followed = rules.after_closing.match(rest) and not (source and rules.group == "zh")
    if not rest or rest[0] in _GOES_ON or is_followed:
        return None
    if rules.group == "en" and (rest[0].islower() or not text[cut : cut + 1].isspace()):
        return None
    before = block.before(begin, pair.start).rstrip()
    is_embedded = before != "" and before[-1] not in _INTRODUCES
    if pair.kind not in QUOTING:
        return cut if not before and _run_ends(block, begin, run, pair) else None
    if is_embedded and rules.group != "en":
        # Only 。 inside ends what comes before, too; 他说“走吧。”便走了 goes on nevertheless.
        ends = not _FULL.isdisjoint(text[run[0] : run[1]]) and rules.after_embedded.match(rest) is None
    else:
        goes_on = before != "" and rules.after_introduced.match(rest) is not None
        ends = not goes_on and _run_ends(block, begin, run, pair)
    if ends and (not before or rules.group == "en") and _is_attributed(block, cut, rest):
        return None
    return cut if ends and not _chain_goes_on(block, cut) else None


def _is_last(block: Block, at: int, pair: Pair) -> bool:
    """Tell whether only closing marks, notes and emoji stand between a run and the end of its pair."""
    text = block.text
    while at < pair.end:
        if text[at] in CLOSERS or text[at].isspace():
            at += 1
            continue
        found = _TAIL.match(text, at) or _EMOJI.match(text, at)
        if found is None:
            return False
        at = found.end()
    return True


def _run_ends(block: Block, begin: int, run: tuple[int, int], pair: Pair) -> bool:
    """Tell whether the last terminators of a pair end a sentence: an abbreviation's stop may not."""
    text, (start, end) = block.text, run
    if not _STOPS.issuperset(text[start:end]) or _CJK.match(text[start - 1 : start]):
        return True
    return stop_ends(block.before(max(begin, pair.start + 1), start), block.rest(pair.end + 1))


def _is_attributed(block: Block, cut: int, rest: str) -> bool:
    """Tell whether a speaker and a verb of saying follow; on a line of their own they may introduce what is said next."""
    found = block.rules.saying.match(rest)
    if found is None:
        return False
    on_next_line = "\n" in block.text[cut : block.text.find(rest[0], cut)]
    return not (on_next_line and rest[found.end() : found.end() + 1] in {"：", ":"})


def _chain_goes_on(block: Block, cut: int) -> bool:
    """Tell whether further quotations follow directly and the sentence goes on after the last: 「…！」「…！」と叫んだ."""
    at = cut
    for _ in range(MAX_CHAIN):
        pair = block.pairs.opening(at)
        if pair is None or pair.kind not in QUOTING:
            break
        at = pair.end + 1
    return at > cut and block.rules.after_closing.match(block.rest(at)) is not None
