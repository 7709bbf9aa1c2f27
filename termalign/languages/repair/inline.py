r"""Markup inside a line, and reference marks: what a reader does not read.

A parser of CommonMark would tell less: it has no map into the line, and it leaves ``**`` standing beside Chinese and
Japanese characters (DEPENDENCIES.md P10). These rules touch only what cannot be text, so that plain text is not damaged.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from termalign.languages.repair.lines import layout_words
from termalign.languages.repair.spacing import CJK, CJK_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.languages.repair.draft import Draft

__all__ = ["cleaned", "link_labels", "without_references"]

Edit = tuple[int, int, str]

_HIDDEN = "\ue000"  # stands for protected characters while patterns are matched
_TICKS = re.compile(r"`+")
_MATH = re.compile(r"\$\$[^$]+\$\$|\$(?!\s)[^$]*[^\s$]\$(?![\dA-Za-z])")
# A destination looks like an address; "[3](see below)" in plain text does not.
_LINK = re.compile(
    r"!?\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]"
    r"\(\s*<?(?=[a-z][a-z0-9+.\-]*:|[^\s()]*[./#~?])(?:[^\s()]++|\([^()]*+\))*+>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*\S", re.MULTILINE)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|ensp|emsp|thinsp|middot|hellip|mdash|ndash|[lr][sd]quo|copy|reg|times|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
_RUN = re.compile(r"\*{1,3}|_{1,3}|~~")
_ESCAPE = re.compile(r"\\(?=[*_`~\[\]<>#|\\])|(?<=\d)\\(?=\.)")
_NAME = re.compile(r"\w+", re.ASCII)
_BESIDE = re.compile(f"[{CJK}{CJK_MARKS}“”‘’]")
_CITED = r"(?:[0-9０-９]{1,3}|[⁰¹²³⁴-⁹]{1,3})"
_REFERENCE = re.compile(
    rf"(?<!\s)\s*+(?:\[\^[^\[\]\s]+\]|[\[［〔]\s*{_CITED}(?:\s*[,，、;；\-‐–—－~～]\s*{_CITED})*\s*[\]］〕])"
)
_NUMBER = re.compile(r"[0-9０-９⁰¹²³⁴-⁹]+")
# An index of an array: behind one letter or a name with an underscore, or before what an expression goes on with.
_INDEXED = re.compile(r"(?:(?<![A-Za-z0-9])[A-Za-z]|[A-Za-z]\w*_\w*)$", re.ASCII)
_EXPRESSION = re.compile(r"\s*=|\.\w+\(")
NEAR = 12  # characters looked at around a bracket


def link_labels(raw: str) -> frozenset[str]:
    """Collect the labels of link definitions, by which ``[text][label]`` is told from two brackets.

    Args:
        raw: The document as read.

    Returns:
        Labels, lower case; empty where the document defines none.

    Source:
        CommonMark 0.31 section 4.7.
    """
    return frozenset(label.strip().lower() for label in _DEFINITION.findall(raw)) if "]:" in raw else frozenset()


@cache
def _inline_tag() -> re.Pattern[str]:
    """Return a pattern for tags inside a line."""
    return re.compile(rf"</?(?:{'|'.join(layout_words()['html']['inline'])})(?:\s[^<>]*)?/?>", re.IGNORECASE)


def cleaned(draft: Draft, *, labels: frozenset[str]) -> Draft:
    """Leave out the marks of Markdown and HTML.

    Args:
        draft: A block on one line.
        labels: Labels of links that the document defines.

    Returns:
        Its text as it is read: links and emphasis without their marks, code without its ticks, character references
        replaced by the character.

    Source:
        CommonMark 0.31 chapter 6, with emphasis beside Chinese and Japanese characters read as meant.
    """
    text = draft.text
    if not any(mark in text for mark in "`[<*_~\\&$"):
        return draft
    shadow, edits = _protected(text)
    edits += [edit for edit in _markup(shadow, labels=labels) if _free(shadow, edit)]
    draft, shadow = _both_edited(draft, shadow, edits)
    return draft.edited(_emphasis(shadow))


def _protected(text: str) -> tuple[str, list[Edit]]:
    """Hide code and formulas from the patterns; the ticks of code go."""
    edits: list[Edit] = []
    parts: list[str] = []
    done = 0
    for opening, closing in _code_spans(text):
        edits += (opening.start(), opening.end(), ""), (closing.start(), closing.end(), "")
        parts += text[done : opening.end()], _HIDDEN * (closing.start() - opening.end())
        done = closing.start()
    text = "".join([*parts, text[done:]])
    text = _MATH.sub(lambda match: _HIDDEN * len(match[0]), text) if "$" in text else text
    return text, edits


def _code_spans(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the ticks that open and close each stretch of code: as many at the end as at the beginning."""
    runs = list(_TICKS.finditer(text))
    later: dict[int, int] = {}
    partner = [-1] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        partner[at] = later.get(len(runs[at][0]), -1)
        later[len(runs[at][0])] = at
    at = 0
    while at < len(runs):
        if partner[at] < 0:
            at += 1
            continue
        yield runs[at], runs[partner[at]]
        at = partner[at] + 1


def _free(shadow: str, edit: Edit) -> bool:
    """Tell whether an edit touches no protected text."""
    return _HIDDEN not in shadow[edit[0] : edit[1]]


def _both_edited(draft: Draft, shadow: str, edits: Iterable[Edit]) -> tuple[Draft, str]:
    """Apply edits, of which overlapping ones are dropped, to the text and its shadow."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    parts: list[str] = []
    done = 0
    for start, end, new in kept:
        parts += shadow[done:start], new
        done = end
    return draft.edited(kept), "".join([*parts, shadow[done:]])


def _markup(shadow: str, *, labels: frozenset[str]) -> Iterator[Edit]:
    """Find the marks of links, tags, character references and escapes."""
    if "[" in shadow:
        yield from _links(shadow, labels=labels)
    if "<" in shadow:
        for match in _inline_tag().finditer(shadow):
            yield match.start(), match.end(), ""
    if "&" in shadow:
        for match in _ENTITY.finditer(shadow):
            yield match.start(), match.end(), _character(match[0])
    if "\\" in shadow:
        for match in _ESCAPE.finditer(shadow):
            yield match.start(), match.end(), ""


def _links(shadow: str, *, labels: frozenset[str]) -> Iterator[Edit]:
    """Find what stands around the text of links; a reference mark that is a link stays for its own rule."""
    for match in _LINK.finditer(shadow):
        if _NUMBER.fullmatch(match[1]):
            yield match.end(1) + 1, match.end(), ""
            continue
        yield match.start(), match.start(1), ""
        yield match.end(1), match.end(), ""
        yield from ((match.start(1) + a, match.start(1) + b, c) for a, b, c in _links(match[1], labels=labels))
    for match in _LABELLED.finditer(shadow) if labels else ():
        if (match[2] or match[1]).strip().lower() in labels:
            yield match.start(), match.start(1), ""
            yield match.end(1), match.end(), ""


def _character(reference: str) -> str:
    """Resolve a character reference to one character of text."""
    char = html.unescape(reference)
    if len(char) != 1 or not char.isprintable():
        return " " if char.isspace() else ""
    return char


def _emphasis(shadow: str) -> Iterator[Edit]:
    """Find the marks of emphasis: those in pairs, and ``**`` and ``__`` left over beside Chinese and Japanese."""
    runs = [match for match in _RUN.finditer(shadow) if _may_mark(shadow, match)]
    opened: dict[str, re.Match[str]] = {}
    gone: set[int] = set()
    for match in runs:
        left, right = shadow[match.start() - 1 : match.start()], shadow[match.end() : match.end() + 1]
        partner = opened.get(match[0])
        if partner is not None and left.strip() and match.start() > partner.end():
            if match[0] != "__" or not _NAME.fullmatch(shadow, partner.end(), match.start()):
                gone |= {partner.start(), match.start()}
            del opened[match[0]]
        elif right.strip():
            opened[match[0]] = match
        if len(match[0]) > 1 and match[0][0] != "~" and _BESIDE.search(left + right):
            gone.add(match.start())
    yield from ((match.start(), match.end(), "") for match in runs if match.start() in gone)


def _may_mark(shadow: str, match: re.Match[str]) -> bool:
    """Tell a mark of emphasis from an operator, a bullet and the underscore of a name."""
    left, right = (
        shadow[match.start() - 1 : match.start()] if match.start() else "",
        shadow[match.end() : match.end() + 1],
    )
    if not (left.strip() or right.strip()):
        return False
    return not (left.isascii() and left.isalnum() and right.isascii() and right.isalnum())


def without_references(draft: Draft) -> tuple[Draft, tuple[int, ...]]:
    """Leave out reference marks such as ``[12]``, ``[6，7]``, ``[8-9]`` and ``[^1]``.

    Args:
        draft: A block on one line, without markup.

    Returns:
        The text without them, and for each the raw offset where it stood. Years, counts, intervals and indices of arrays
        stay in the text.

    Source:
        Citation numbers after GB/T 7714-2015 section 9.3.1 and SIST 02-2007; what is none is ours.
    """
    edits: list[Edit] = []
    places: list[int] = []
    for match in _REFERENCE.finditer(draft.text) if set("[［〔").intersection(draft.text) else ():
        if _is_reference(draft.text, match):
            edits.append((match.start(), match.end(), ""))
            places.append(draft.low[match.start()])
    return draft.edited(edits), tuple(places)


def _is_reference(text: str, match: re.Match[str]) -> bool:
    """Tell a reference mark from an index, an interval or a number that counts."""
    before, behind = text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR]
    numbers = [int(number) for number in _NUMBER.findall(match[0]) if number.isdecimal()]
    if "^" in match[0]:
        return True
    if 0 in numbers or behind.startswith(tuple(layout_words()["no_reference_after"])):
        return False
    if before.rstrip().lower().endswith(tuple(layout_words()["no_reference_before"])):
        return False
    return match[0][:1].isspace() or not (_INDEXED.search(before) or _EXPRESSION.match(behind))
