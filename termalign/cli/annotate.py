"""``termalign annotate``."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termalign.cli.options import language_option, skip_broken_option
from termalign.cli.streams import STANDARD_INPUT, echo_json, read_text, tell_broken, terminal_size
from termalign.cli.table import columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Annotation, TermSpan

__all__ = ["annotate"]

MAX_LINE = 1 << 30  # characters: a text that is only searched may be one line


@click.command()
@click.argument("file")
@click.option(
    "-g",
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="GLOSSARY",
    help="File, folder of a build, or shipped name; the first of several has the highest rank. Repeatable.",
)
@language_option("--lang", "language", help="Language of the whole text; without it each paragraph tells.")
@click.option(
    "--boundaries",
    type=click.Choice(["words", "tokens"]),
    default="words",
    show_default=True,
    help="What tells where words end: a list of words, or the tokenisers, which are slower.",
)
@click.option("--suppressed", is_flag=True, help="List also what is written like a term and is a part of other words.")
@click.option("--html", "page", metavar="FILE.html", help="Write a page with the terms marked; - is standard output.")
@skip_broken_option
@click.option("--json", "as_json", is_flag=True, help="Offsets, concepts and designations as JSON.")
def annotate(
    file: str,
    glossaries: tuple[str, ...],
    language: str | None,
    boundaries: str,
    suppressed: bool,
    page: str | None,
    skip_broken: bool,
    as_json: bool,
) -> int:
    """Find the terms of a glossary in FILE (- is standard input): the longest match, none inside other words.

    Offsets are code points of the text as read. Without -g the shipped glossaries are used.

    \b
    Examples:
      termalign annotate strategy.ja.txt -g out
      termalign annotate - --lang zh --json < page.txt
      termalign annotate paper.zh.txt -g out --html paper.html
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.glossary.glossary import Glossary  # noqa: PLC0415
    from termalign.pipeline.annotating import annotate_text  # noqa: PLC0415 - after the arguments are known to be right

    made = annotate_text(
        read_text(file, max_line=MAX_LINE),
        glossary=Glossary.load(*glossaries, skip_broken=skip_broken, tell=tell_broken),
        language=language,
        suppressed=suppressed or as_json,
        boundaries=boundaries,
        document=STANDARD_INPUT if file == "-" else Path(file).name,
    )
    if page is not None:
        _write_page(made, page)
    if as_json:
        echo_json(made.as_json())
    elif page is None:
        click.echo(columns(_rows(made), size=terminal_size()) or "no terms of the glossary")
    return 0


def _write_page(annotation: Annotation, path: str) -> None:
    """Write the page, all of it or nothing."""
    from termalign.formats.annotation_html import annotation_page  # noqa: PLC0415 - only where a page is wanted
    from termalign.workspace.atomic import replace  # noqa: PLC0415

    text = annotation_page(annotation)
    if path == "-":
        click.echo(text, nl=False)
        return
    with replace(Path(path)) as file:
        file.write(text.encode("utf-8"))


def _rows(annotation: Annotation) -> Iterator[tuple[str, ...]]:
    """Give a row to each hit: line and column, the text, what it is worth, the concept in the other languages."""
    starts = [0]
    for line in annotation.text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for span in sorted((*annotation.spans, *annotation.suppressed), key=lambda span: (span.start, span.end)):
        yield _row(span, starts)


def _row(span: TermSpan, starts: Sequence[int]) -> tuple[str, ...]:
    line = bisect_right(starts, span.start)
    others = [
        f"{language} {preferred.text}"
        for language, _ in span.concept.terms
        if language != span.language and (preferred := span.concept.preferred(language)) is not None
    ]
    what = span.reason or span.designation.status.value
    return (
        f"{line}:{span.start - starts[line - 1] + 1}",
        " ".join(span.text.split()),
        what,
        "  ".join(others),
        span.concept.id,
    )
