"""Inline codes of TMX between elements of a file and values beside a segment's text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import count, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from termalign.formats.xml import attribute, escape, strip_illegal
from termalign.model import INLINE_KINDS, InlineCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.formats.xml import Node

__all__ = ["codes_of", "mended", "seg_with_codes"]

_BREAKS = frozenset({"lb", "pb", "cb"})  # the line, page and column breaks among the types of TMX 1.4b section 4.1
_NATIVE = frozenset({"bpt", "ept", "ph", "it", "ut"})  # their text is markup, not language
_ATTRIBUTES = {
    "bpt": ("i", "x", "type"),
    "ept": ("i",),
    "it": ("pos", "x", "type"),
    "ph": ("x", "assoc", "type"),
    "hi": ("x", "type"),
    "ut": ("x",),
    "sub": ("datatype", "type"),
}
_LINE_ENDS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_NUMBER = re.compile(r"[0-9]{1,9}")


def codes_of(seg: Node, losses: Counter[str]) -> tuple[str, tuple[InlineCode, ...]]:
    """Read a ``seg`` with inline elements.

    Args:
        seg: The element.
        losses: Counts elements that TMX has not there; their text is kept.

    Returns:
        Its text on one line, without native codes, with the text of highlights and a space for a break; and the codes,
        whose places are offsets into that text.
    """
    gathered = _Gathered(losses)
    gathered.take(seg)
    line = "".join(gathered.parts)
    cut = len(line) - len(line.lstrip())
    text = line.strip()
    if len(text) == len(line):
        return text, tuple(gathered.codes)
    codes = _with_blanks(gathered.codes, line, cut=cut, end=cut + len(text))
    return text, tuple(
        replace(code, start=_into(text, code.start - cut), end=_into(text, code.end - cut)) for code in codes
    )


class _Mark(NamedTuple):
    """A tag in a line: where it begins and ends, of which code it is, and whether it is the end tag of a highlight."""

    start: int
    end: int
    number: int
    is_end: bool = False


def _with_blanks(codes: list[InlineCode], line: str, *, cut: int, end: int) -> list[InlineCode]:
    """Give codes outside of the text the white space that stands between them and it."""
    marks = _marks(codes, 0, len(codes))
    before = [mark for mark in marks if mark.end <= cut]
    behind = [mark for mark in marks if mark.start >= end > cut]
    blanks = [
        (mark, line[mark.end : cut if after is None else after.start])
        for mark, after in zip_longest(before, before[1:])
    ]
    blanks += [
        (mark, line[end if last is None else last.end : mark.start])
        for mark, last in zip(behind, [None, *behind], strict=False)
    ]
    found = list(codes)
    for mark, blank in blanks:
        if blank:
            code = found[mark.number]
            found[mark.number] = replace(code, blank_end=blank) if mark.is_end else replace(code, blank=blank)
    return found


def _marks(codes: list[InlineCode], start: int, end: int) -> list[_Mark]:
    """Return the tags of some codes in the order in which they stand; a highlight has two."""
    marks, number = [], start
    while number < end:
        code = codes[number]
        behind = number + 1 + code.n_inside
        if code.kind == "hi":
            marks.append(_Mark(code.start, code.start, number))
            marks += _marks(codes, number + 1, behind)
            marks.append(_Mark(code.end, code.end, number, is_end=True))
        else:
            marks.append(_Mark(code.start, code.end, number))
        number = behind
    return marks


def _into(text: str, place: int) -> int:
    """Bring a place into a text."""
    return min(max(place, 0), len(text))


class _Gathered:
    """Text of a segment on one line, and its codes with offsets into it."""

    def __init__(self, losses: Counter[str]) -> None:
        self._losses = losses
        self.parts: list[str] = []
        self.codes: list[InlineCode] = []
        self._length = 0

    def take(self, node: Node) -> None:
        """Take in what is in an element."""
        for part in _joined(node.parts):
            if isinstance(part, str):
                self._add(_LINE_ENDS.sub(" ", part))
            elif part.name in _NATIVE:
                start = self._length
                if part.attributes.get("type") in _BREAKS:
                    self._add(" ")
                self.codes.append(_code(part, start, self._length, self._losses))
            elif part.name == "hi":
                self._take_highlight(part)
            else:
                _count_foreign(part, self._losses)
                self.take(part)

    def _add(self, text: str) -> None:
        """Take in text."""
        self.parts.append(text)
        self._length += len(text)

    def _take_highlight(self, node: Node) -> None:
        """Take in a highlight, whose text is text."""
        number, start = len(self.codes), self._length
        code = InlineCode(kind="hi", start=start, attributes=tuple(node.attributes.items()))
        self.codes.append(code)
        self.take(node)
        self.codes[number] = replace(code, end=self._length, n_inside=len(self.codes) - number - 1)


def _count_foreign(node: Node, losses: Counter[str]) -> None:
    """Count an element that may not stand where it does."""
    losses[f"element <{node.name}> that TMX has not there, left out, its text kept"] += 1


def _code(node: Node, start: int, end: int, losses: Counter[str]) -> InlineCode:
    """Make a code of an element; the text of a native one is its content."""
    content = tuple(
        part if isinstance(part, str) else _code(part, 0, 0, losses) for part in _joined(_known_parts(node, losses))
    )
    return InlineCode(kind=node.name, start=start, end=end, attributes=tuple(node.attributes.items()), content=content)


def _known_parts(node: Node, losses: Counter[str]) -> Iterator[str | Node]:
    """Yield the parts of a code; of an element that TMX has not, what is in it."""
    for part in node.parts:
        if isinstance(part, str) or part.name in INLINE_KINDS:
            yield part
        else:
            _count_foreign(part, losses)
            yield from _known_parts(part, losses)


def _joined(parts: Iterable[str | Node]) -> list[str | Node]:
    """Put texts that touch together: the parser may cut them anywhere."""
    joined: list[str | Node] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def mended(found: Sequence[tuple[InlineCode, ...]], losses: Counter[str]) -> list[tuple[InlineCode, ...]]:
    """Make the codes of one unit fit to be written.

    Args:
        found: The codes of each of its segments.
        losses: Counts what had to change.

    Returns:
        The same codes, paired by unique numbers ``i``, a half of a pair as ``it``; without ``x`` where the values of
        ``x`` are not the same in all segments or not numbers.

    Source:
        TMX 1.4b section 3; INTEROP.md section 1.
    """
    paired = [_paired(codes, losses) for codes in found]
    keys = [Counter((code.kind, code.attribute("x")) for code in codes if code.attribute("x")) for codes in paired]
    is_sound = all(one == keys[0] for one in keys) and all(
        n == 1 and _NUMBER.fullmatch(x) for (_, x), n in keys[0].items()
    )
    if is_sound:
        return paired
    losses["inline codes whose x does not match between languages, written without"] += 1
    return [tuple(_without(code, "x") for code in codes) for codes in paired]


def _paired(codes: tuple[InlineCode, ...], losses: Counter[str]) -> tuple[InlineCode, ...]:
    """Pair ``bpt`` and ``ept`` by unique numbers."""
    open_at: dict[str, int] = {}
    partner: dict[int, int] = {}
    for number, code in enumerate(codes):
        name = code.attribute("i")
        if code.kind == "bpt" and name not in open_at:
            open_at[name] = number
        elif code.kind == "ept" and name in open_at:
            partner[open_at.pop(name)] = number
    result = list(codes)
    taken: set[str] = set()
    fresh = count(1)
    for begin, end in partner.items():
        name = codes[begin].attribute("i")
        if not _NUMBER.fullmatch(name) or name in taken:
            name = next(str(n) for n in fresh if str(n) not in taken)
            losses["inline code with a new number"] += 1
        taken.add(name)
        for one in (begin, end):
            result[one] = replace(codes[one], attributes=(("i", name), *_without(codes[one], "i").attributes))
    paired = partner.keys() | set(partner.values())
    for number, code in enumerate(codes):
        if code.kind in {"bpt", "ept"} and number not in paired:
            losses["inline code without its other half, written as it"] += 1
            pos = "begin" if code.kind == "bpt" else "end"
            rest = (pair for pair in code.attributes if pair[0] in {"x", "type"})
            result[number] = replace(code, kind="it", attributes=(("pos", pos), *rest))
        elif code.kind == "it" and code.attribute("pos") not in {"begin", "end"}:
            result[number] = replace(code, kind="ph", attributes=_without(code, "pos").attributes)
    return tuple(result)


def _without(code: InlineCode, name: str) -> InlineCode:
    """Leave an attribute out."""
    return replace(code, attributes=tuple(pair for pair in code.attributes if pair[0] != name))


def seg_with_codes(text: str, codes: tuple[InlineCode, ...], losses: Counter[str]) -> str:
    """Write the content of a ``seg``.

    Args:
        text: The text of the segment.
        codes: Its inline codes, mended.
        losses: Counts characters that XML forbids.

    Returns:
        Markup; the pieces of text between codes are in NFC.
    """
    return _markup(text, codes, 0, len(text), losses).strip()


def _markup(text: str, codes: tuple[InlineCode, ...], start: int, end: int, losses: Counter[str]) -> str:
    """Write a stretch of the text with the codes that stand in it."""
    out, at, number = [], start, 0
    while number < len(codes):
        code = codes[number]
        if code.kind == "sub":  # outside of a code it is text
            number += 1
            continue
        out.append(_piece(text[at : code.start], losses))
        inside = codes[number + 1 : number + 1 + code.n_inside] if code.kind == "hi" else ()
        content = _highlighted(text, code, inside, losses) if code.kind == "hi" else _content(code, losses)
        out += _spaced(_element(code, content, losses), code, losses)
        at = max(at, code.end)
        number += 1 + len(inside)
    out.append(_piece(text[at:end], losses))
    return "".join(out)


def _highlighted(text: str, code: InlineCode, inside: tuple[InlineCode, ...], losses: Counter[str]) -> str:
    """Write the text of a highlight with what is in it, and the white space at the end of a segment."""
    content = _markup(text, inside, code.start, code.end, losses)
    before = _blank(code.blank, losses) if not code.start else ""
    behind = _blank(code.blank_end, losses) if code.end else ""
    return f"{before}{content}{behind}"


def _blank(text: str, losses: Counter[str]) -> str:
    """Write what a code says of white space; anything else it may say is passed over."""
    return _piece(text, losses) if text.isspace() else ""


def _spaced(element: str, code: InlineCode, losses: Counter[str]) -> tuple[str, str, str]:
    """Put the white space at the end of a segment where it was."""
    if code.kind == "hi":
        outer = (code.blank if code.start else "", code.blank_end if not code.end else "")
    else:
        outer = ("", code.blank) if not code.start else (code.blank, "")
    return _blank(outer[0], losses), element, _blank(outer[1], losses)


def _content(code: InlineCode, losses: Counter[str]) -> str:
    """Write the native code."""
    return "".join(
        escape(strip_illegal(part, losses)) if isinstance(part, str) else _element(part, _content(part, losses), losses)
        for part in code.content
    )


def _element(code: InlineCode, content: str, losses: Counter[str]) -> str:
    """Write one inline element with the attributes that TMX 1.4 gives it."""
    allowed = _ATTRIBUTES[code.kind]
    kept = [(name, value) for name, value in code.attributes if name in allowed]
    losses["attribute of an inline code that TMX has not"] += len(code.attributes) - len(kept)
    attributes = "".join(f' {name}="{attribute(strip_illegal(value, losses))}"' for name, value in kept)
    return f"<{code.kind}{attributes}>{content}</{code.kind}>" if content else f"<{code.kind}{attributes}/>"


def _piece(text: str, losses: Counter[str]) -> str:
    """Write text between codes, on one line and in NFC."""
    return escape(unicodedata.normalize("NFC", strip_illegal(_LINE_ENDS.sub(" ", text), losses)))
