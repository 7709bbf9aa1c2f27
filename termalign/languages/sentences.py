"""Sentences and clauses, by rule.

Splitters on the market end a sentence inside quotations, at 1.05万亿 and at ``Dr.``, or are slow; none keeps Chinese
“……！”他强调 together (DEPENDENCIES.md 2.4). Ours looks at marks only: a pattern finds brackets and terminators, brackets
are paired, and what stands around a terminator decides (:mod:`termalign.languages.sentence_ends`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termalign.languages.abbreviations import ends_plainly
from termalign.languages.line_ends import line_blocks
from termalign.languages.pairs import MARKS, pair_up
from termalign.languages.sentence_ends import Block, cut_after_pair, cut_at_run
from termalign.languages.sentence_rules import group_of, rules_for
from termalign.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.sentence_rules import Rules

__all__ = ["split_clauses", "split_sentences"]

_TERMINATORS: Final = "。｡！？!?‼⁇⁈⁉.．…‥⋯"
# A mark, or a whole run of terminators; not an apostrophe or a stop inside a word, nor a decimal point.
_EVENTS = re.compile(
    rf"(?>[{re.escape(MARKS + _TERMINATORS)}](?:(?<=[{_TERMINATORS}])(?:[{_TERMINATORS}]+|(?: \.)+(?!\.)))?)"
    r"(?!(?<=[A-Za-z]['’])[A-Za-z]|(?<=[A-Za-z0-9]\.)[A-Za-z]|(?<=[0-9]\.)[0-9])"
)
_CLAUSES = re.compile(f"[{re.escape(MARKS)}；;]")
_BRACKET = frozenset(MARKS)


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
        piece = text[start:end]
        spans.extend(_trimmed(piece, _cuts(piece, rules), offset=start))
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
    return tuple(_trimmed(text, cuts, offset=0))


def _trimmed(text: str, cuts: list[int], *, offset: int) -> Iterator[Span]:
    """Cut a text that begins at an offset and trim the pieces; pieces of white space are left out."""
    start = 0
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        bare = piece.strip()
        if bare:
            left = offset + start + piece.index(bare[0])
            yield Span(left, left + len(bare))
        start = cut


def _cuts(text: str, rules: Rules) -> list[int]:
    """Find where sentences end inside a block; its end is not among them."""
    events = [match.span() for match in _EVENTS.finditer(text)]
    runs = [(start, end) for start, end in events if text[start] not in _BRACKET]
    if not runs:
        return []
    marks = (start for start, _ in events if text[start] in _BRACKET) if len(runs) < len(events) else ()
    block = Block(text, pair_up(text, marks, widest=rules.widest_pair), rules)
    pairs = iter(block.pairs.outer)
    pair = next(pairs, None)
    cuts: list[int] = []
    begin, last = 0, len(text.rstrip())
    for start, end in runs:
        if start < begin:
            continue
        if end >= last:
            break
        while pair is not None and pair.end < start:
            pair = next(pairs, None)
        if pair is not None and pair.start < start:
            cut = cut_after_pair(block, begin, (start, end), pair)
        else:
            cut = end if _is_plain(text, begin, start, end) else cut_at_run(block, begin, start, end)
        if cut is not None:
            cuts.append(cut)
            begin = cut
    return cuts


def _is_plain(text: str, begin: int, start: int, end: int) -> bool:
    """Tell at once the ends that nobody doubts: 。 before a CJK character; a stop after a small word and before a capital."""
    following = text[end : end + 2]
    if text[start:end] == "。":
        return "\u3041" <= following[:1] <= "\u9fff" and following[0].isalpha() and text[start - 1 : start] != "娘"
    return (
        end - start == 1
        and following[:1] == " "
        and text[start] in ".!?"
        and ends_plainly(text, begin, start, following[1:])
    )
