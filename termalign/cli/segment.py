"""``termalign segment``."""

from __future__ import annotations

import click

from termalign.cli.options import language_option, max_line_option, srx_option
from termalign.cli.streams import STANDARD_INPUT, echo_json, read_text
from termalign.errors import DataError, Where

__all__ = ["segment"]


@click.command()
@click.argument("file")
@language_option("--lang", "language", help="Language of the text.")
@srx_option
@max_line_option
@click.option("--json", "as_json", is_flag=True, help="Offsets and texts as JSON.")
def segment(file: str, language: str | None, srx: str | None, max_line: int, as_json: bool) -> int:
    """Split FILE (- is standard input) into sentences, one a line.

    Offsets are code points of the text as read. Line ends inside a sentence are shown as spaces; --json keeps them.

    \b
    Examples:
      termalign segment paper.zh.txt
      termalign segment --lang ja --json - < page.txt
      termalign segment paper.ja.txt --srx project.srx
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.segmentation import segment as verb  # noqa: PLC0415 - loads the languages

    text = read_text(file, max_line=max_line)
    try:
        segments = verb(text, language=language, srx=srx)
    except DataError as exc:
        if exc.where.file:  # the rules, not the text
            raise
        raise DataError(exc.problem, Where(file=STANDARD_INPUT if file == "-" else file), exc.fix) from exc
    if as_json:
        rows = [{"start": one.start, "end": one.end, "text": one.text} for one in segments]
        echo_json({"sentences": rows})
    else:
        for one in segments:
            click.echo(" ".join(one.text.split()))
    return 0
