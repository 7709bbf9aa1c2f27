"""HTML out of values: whatever is not marked as markup is escaped, so that no input text can become any.

Ours, in place of a template engine: the page needs one rule, escape by default, and characters that nobody can see are made
visible, because a term that looks like another one is what a reader of this page must not miss.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "EMPTY",
    "Child",
    "Html",
    "clip",
    "count",
    "element",
    "escape",
    "escape_attribute",
    "join",
    "left_out",
    "score",
]


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | None  # an Html is taken as it is, other text is escaped, None is nothing
EMPTY = Html("")

_VOID = frozenset({"br", "input", "meta"})
# Elements that hold text only: in an SVG text an HTML element would end the drawing (HTML, section 13.2.6.5).
_TEXT_ONLY = frozenset({"desc", "option", "title", "text"})
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": " "}
# Controls, line separators, directional marks, invisible operators, tag characters, noncharacters and lone surrogates: all that
# is either forbidden in HTML (section 13.2.3.5, "Preprocessing the input stream") or can make a text look like another one
# (UAX 9, UTR 36). Joiners and variation selectors stay: they belong to the spelling of names.
_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
) + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000))
_UNSAFE = re.compile(f"[&<>\"'\r{_HIDDEN}]")
_MARKUP = re.compile("[&<>\"']")  # all of it that is printable: a small class is sought in a third of the time

MIN_DECIMALS, MAX_DECIMALS = 2, 4  # of a score; all are rounded to 4 before any comparison (DESIGN.md section 2)


def escape(text: str) -> Html:
    """Make text fit to stand in an element.

    Args:
        text: Any text, lone surrogates and control characters included.

    Returns:
        Markup that shows it; characters that cannot be seen are named: ``U+202E``.

    Source:
        HTML Living Standard, sections 13.1.2 and 13.2.3.5; ours for what is named.

    >>> escape("a<b")
    'a&lt;b'
    """
    unsafe = _MARKUP if text.isprintable() else _UNSAFE
    return Html(unsafe.sub(lambda found: _SPECIAL.get(found[0]) or f'<span class="cp">{_name(found[0])}</span>', text))


def escape_attribute(text: str) -> Html:
    """Make text fit to stand between double quotation marks in an attribute; as :func:`escape`, without markup."""
    unsafe = _MARKUP if text.isprintable() else _UNSAFE
    return Html(unsafe.sub(lambda found: _SPECIAL.get(found[0]) or f"[{_name(found[0])}]", text))


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """Make an element.

    Args:
        tag: Its name.
        *children: What stands in it; text that is no :class:`Html` is escaped.
        **attributes: By name, ``_`` for ``-`` and one at the end cut (``class_``); ``None`` and ``False`` leave the attribute
            out, ``True`` gives one without value.

    Returns:
        Its markup.

    >>> element("td", "<", class_="n", data_x=1)
    '<td class="n" data-x="1">&lt;</td>'
    """
    start = "".join(_attribute(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{start}>")
    if tag in _TEXT_ONLY:
        children = tuple(child if isinstance(child, Html) else escape_attribute(child) for child in children if child)
    return Html(f"<{tag}{start}>{join(children)}</{tag}>")


def join(children: Iterable[Child], separator: Html = EMPTY) -> Html:
    """Put children side by side; text that is no :class:`Html` is escaped, ``None`` is left out."""
    parts = (child if isinstance(child, Html) else escape(child) for child in children if child is not None)
    return Html(separator.join(parts))


def clip(text: str, n: int) -> str:
    """Cut text to ``n`` code points, the last one an ellipsis where something was cut."""
    return text if len(text) <= n else text[: n - 1] + "…"


def count(n: int, singular: str, plural: str = "") -> str:
    """Write a number with its noun.

    >>> count(1, "place"), count(1200, "place"), count(2, "entry", "entries")
    ('1 place', '1,200 places', '2 entries')
    """
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def score(value: float | None) -> str:
    """Write a score: four decimals at most, two at least; a dash where there is none.

    >>> score(1), score(0.998), score(0.12345), score(None)
    ('1.00', '0.998', '0.1235', '–')
    """
    if value is None:
        return "–"
    whole, _, decimals = f"{value:.{MAX_DECIMALS}f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(MIN_DECIMALS, '0')}"


def left_out(n: int, shown: int, what: str, file: str) -> Html | None:
    """Say how much of a list is on the page.

    Args:
        n: How many there are.
        shown: How many of them are on the page.
        what: What they are, singular.
        file: The file of the build that has all.

    Returns:
        A paragraph; ``None`` where all are shown.
    """
    if n <= shown:
        return None
    return element("p", f"The first {shown:,} of {count(n, what)}; all are in {file}.", class_="more")


def _attribute(name: str, value: str | int | bool | None) -> str:  # noqa: FBT001 - a value, no switch
    """Write an attribute with the space before it."""
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape_attribute(str(value))}"'


def _name(character: str) -> str:
    """Name a character by its code point."""
    return f"U+{ord(character):04X}"
