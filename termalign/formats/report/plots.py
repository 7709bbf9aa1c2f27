"""Small plots as inline SVG: bars, a histogram, a reliability diagram, with every number as text.

Ours: the page must stand alone and be the same bytes every time, and four plots need no plotting library. Colours come from the
style sheet by class, so that dark mode and print work; no plot says anything by colour alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.formats.report.markup import EMPTY, Html, element, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import Calibration

__all__ = ["Bar", "Plot", "bars", "columns", "fit", "reliability"]

# User units; the style sheet shows a plot between 320 and 520 pixels wide, so that text of 13 units stays readable.
WIDTH = 440
ROW, BAR, LABEL = 38, 11, 15  # height of a row, of its bar, and where the base of its label lies
MARGIN = 4
COLUMNS_HEIGHT, AXIS = 140, 34
N_LABEL = 50  # columns of a label, a CJK character counting two
SIDE, RIM, GAP = 300, 44, 30  # of the square of a reliability diagram: its side, what lies left of it, and below
MIN_DOT, DOT = 2.0, 3.0  # radius of a dot: the least, and what is added for the largest bin
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, of one part or more.

    Args:
        label: What it stands for, in full.
        parts: Class and size of each part, in drawing order.
        note: The numbers in words; the sum of the parts where empty.
    """

    label: str
    parts: tuple[tuple[str, int], ...]
    note: str = ""

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(size for _, size in self.parts)

    @property
    def words(self) -> str:
        """The numbers in words."""
        return self.note or f"{self.total:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What every plot says of itself.

    Args:
        name: Begins the ids of its parts; unique on the page.
        title: What it shows.
        note: What to know for reading it; may be empty.
        legend: Class and word of each kind of part; empty where there is only one.
    """

    name: str
    title: str
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()


def bars(plot: Plot, rows: Sequence[Bar]) -> Html:
    """Draw horizontal bars, each under its label.

    Args:
        plot: Title and legend.
        rows: The bars, top down.

    Returns:
        A ``figure``; empty where there are no rows.
    """
    if not rows:
        return EMPTY
    largest = max(1, *(row.total for row in rows))
    drawn = [_row(row, number * ROW, (WIDTH - 2 * MARGIN) / largest) for number, row in enumerate(rows)]
    return _figure(plot, rows, drawn, len(rows) * ROW)


def columns(plot: Plot, bins: Sequence[Bar]) -> Html:
    """Draw a histogram over [0, 1].

    Args:
        plot: Title and legend.
        bins: Equally wide bins from 0 to 1; their labels name the bounds.

    Returns:
        A ``figure``; empty where no bin holds anything.
    """
    if not any(one.total for one in bins):
        return EMPTY
    largest = max(one.total for one in bins)
    width = (WIDTH - 2 * MARGIN) / len(bins)
    drawn = [_column(one, MARGIN + number * width, width, largest) for number, one in enumerate(bins)]
    base = COLUMNS_HEIGHT - AXIS + LABEL
    drawn.append(element("path", d=f"M{MARGIN} {base}H{WIDTH - MARGIN}", class_="axis"))
    for tick in TICKS:
        x = MARGIN + tick * (WIDTH - 2 * MARGIN)
        anchor = "start" if tick == 0 else "end" if tick == 1 else "middle"
        drawn.append(element("text", f"{tick:g}", x=_n(x), y=base + 16, text_anchor=anchor, class_="n"))
    return _figure(plot, [one for one in bins if one.total], drawn, COLUMNS_HEIGHT)


def reliability(plot: Plot, held: Calibration) -> Html:
    """Draw what came true of probabilities over what they told.

    Args:
        plot: Title and legend.
        held: Bins with mean probability, share of right ones and its interval.

    Returns:
        A ``figure``: a dot per bin with its interval, and the diagonal on which probabilities hold.
    """
    rows = [
        Bar(
            label=f"told {told:.3f}",
            parts=(("plain", n),),
            note=f"{right:.3f} right of {n:,}, 95 % interval {low:.3f} to {high:.3f}",
        )
        for told, right, low, high, n in zip(held.told, held.right, held.low, held.high, held.n, strict=True)
    ]
    if not rows:
        return EMPTY
    drawn = [_frame(), element("path", d=f"M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}", class_="ideal")]
    largest = max(held.n)
    for row, told, right, low, high, n in zip(rows, held.told, held.right, held.low, held.high, held.n, strict=True):
        drawn.append(
            element(
                "g",
                element("title", f"{row.label}: {row.words}"),
                element("path", d=f"M{_x(told)} {_y(low)}V{_y(high)}", class_="interval"),
                element("circle", cx=_x(told), cy=_y(right), r=_n(MIN_DOT + DOT * n / largest), class_="dot"),
            )
        )
    return _figure(plot, rows, drawn, SIDE + GAP + 2 * LABEL)


def _x(share: float) -> str:
    return _n(RIM + share * SIDE)


def _y(share: float) -> str:
    return _n(LABEL + (1 - share) * SIDE)


def _frame() -> Html:
    """Draw the axes of a reliability diagram with their words."""
    drawn = [element("path", d=f"M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}", class_="axis")]
    for tick in TICKS:
        drawn += [
            element("text", f"{tick:g}", x=_x(tick), y=_n(SIDE + 2 * LABEL), text_anchor="middle", class_="n"),
            element("text", f"{tick:g}", x=_n(RIM - 6), y=_n(float(_y(tick)) + 4), text_anchor="end", class_="n"),
        ]
    drawn.append(element("text", "told", x=_x(0.5), y=_n(SIDE + GAP + LABEL), text_anchor="middle", class_="n"))
    drawn.append(element("text", "right", x=_n(RIM + 8), y=_n(float(_y(1)) + 6), class_="n"))
    return join(drawn)


def fit(text: str, n: int = N_LABEL) -> str:
    """Cut text to ``n`` columns, a wide character counting two; the end stays, as the name of a file does.

    >>> fit("a/b/c.txt", 6), fit("量子技術", 5)
    ('…c.txt', '…技術')
    """
    widths = [2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text]
    if sum(widths) <= n:
        return text
    start, room = len(text), n - 1
    while room >= widths[start - 1]:
        start -= 1
        room -= widths[start]
    return "…" + text[start:]


def _row(row: Bar, top: int, scale: float) -> Html:
    """Draw one bar with its label and numbers above it."""
    label = element(
        "text", element("title", row.label), fit(row.label, N_LABEL - len(row.words) + 4), x=MARGIN, y=top + LABEL
    )
    words = element("text", row.words, x=WIDTH - MARGIN, y=top + LABEL, text_anchor="end", class_="n")
    drawn, x = [label, words], float(MARGIN)
    for name, size in row.parts:
        if size:
            drawn.append(
                element("rect", x=_n(x), y=top + LABEL + 6, width=_n(size * scale), height=BAR, class_=f"f-{name}")
            )
            x += size * scale
    return join(drawn)


def _column(one: Bar, x: float, width: float, largest: int) -> Html:
    """Draw one bin with its count above it."""
    if not one.total:
        return EMPTY
    base, scale = float(COLUMNS_HEIGHT - AXIS + LABEL), (COLUMNS_HEIGHT - AXIS) / largest
    drawn, y = [], base
    for name, size in one.parts:
        if size:
            y -= size * scale
            drawn.append(
                element("rect", x=_n(x + 1), y=_n(y), width=_n(width - 2), height=_n(size * scale), class_=f"f-{name}")
            )
    label = element("text", str(one.total), x=_n(x + width / 2), y=_n(y - 3), text_anchor="middle", class_="n")
    return element("g", element("title", f"{one.label}: {one.words}"), *drawn, label)


def _figure(plot: Plot, rows: Sequence[Bar], drawn: Sequence[Html], height: int) -> Html:
    """Put a drawing into its figure, with title, description and legend."""
    title, description = f"plot-{plot.name}-title", f"plot-{plot.name}-desc"
    svg = element(
        "svg",
        element("title", plot.title, id=title),
        element("desc", "; ".join(f"{row.label}: {row.words}" for row in rows) + ".", id=description),
        *drawn,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=title,
        aria_describedby=description,
    )
    legend = [element("li", element("span", class_=f"key k-{name}"), word) for name, word in plot.legend]
    return element(
        "figure",
        element("figcaption", element("strong", plot.title), element("span", plot.note) if plot.note else None),
        element("ul", *legend, class_="legend") if legend else None,
        svg,
    )


def _n(value: float) -> str:
    """Write a length with two decimals at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
