"""``termalign quantities``."""

from __future__ import annotations

import click

from termalign.cli.options import language_option, max_line_option
from termalign.cli.streams import STANDARD_INPUT, echo_json, read_text, terminal_size
from termalign.cli.table import columns
from termalign.errors import DataError, Where

__all__ = ["quantities"]


@click.command()
@click.argument("file")
@language_option("--lang", "language", help="Language of the text.")
@click.option("--country", metavar="CODE", help="Country whose fiscal years and order of dates hold: JP, US, CN ...")
@click.option("--year", type=click.IntRange(1, 9999), help="Year of partial dates before any year stands in the text.")
@click.option("--today", metavar="YYYY-MM-DD", help="Day that 今年, 去年 and last year are told by.")
@max_line_option
@click.option("--json", "as_json", is_flag=True, help="Offsets, kinds and normal forms as JSON.")
def quantities(
    file: str,
    language: str | None,
    country: str | None,
    year: int | None,
    today: str | None,
    max_line: int,
    as_json: bool,
) -> int:
    """List the numbers, dates and amounts of FILE (- is standard input) with their normal forms.

    Offsets are code points of the text as read. Equal facts have equal normal forms in every language: 令和2年 and 2020,
    22億円 and 2.2 billion yen.

    \b
    Examples:
      termalign quantities strategy.ja.txt
      termalign quantities report.zh.txt --lang zh --country CN --json
      termalign quantities --lang en --today 2026-11-28 - < page.txt
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.quantities import quantities as verb  # noqa: PLC0415 - loads the languages

    text = read_text(file, max_line=max_line)
    try:
        found = verb(text, language=language, country=country, year=year, today=today)
    except DataError as exc:
        raise DataError(exc.problem, Where(file=STANDARD_INPUT if file == "-" else file), exc.fix) from exc
    if as_json:
        echo_json({"quantities": [one.as_json() for one in found]})
        return 0
    rows = [(f"{one.start}-{one.end}", " ".join(one.text.split()), one.kind.value, one.normalised) for one in found]
    if rows:
        click.echo(columns([("place", "text", "kind", "normal form"), *rows], size=terminal_size()))
    return 0
