"""``termalign lookup``."""

from __future__ import annotations

import click

from termalign.cli.entries import answer_text
from termalign.cli.options import language_option, skip_broken_option
from termalign.cli.streams import argument_text, echo_json, input_lines, tell_broken, terminal_size
from termalign.errors import ConfigError
from termalign.model import Match

__all__ = ["lookup"]


@click.command()
@click.argument("query")
@click.option(
    "-g",
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="GLOSSARY",
    help="File, folder of a build, or shipped name; the first of several has the highest rank. Repeatable.",
)
@language_option("--from", "source", help="Language of the query: what is met in it comes first.", zh="is both scripts")
@language_option("--to", "target", help="Language wanted: only concepts that have it.", zh="is both scripts")
@skip_broken_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each query.")
def lookup(
    query: str, glossaries: tuple[str, ...], source: str | None, target: str | None, skip_broken: bool, as_json: bool
) -> int:
    """Find the concept of a term, whatever its spelling, script or reading.

    QUERY - reads one query a line from standard input; a query that begins with - follows --. Without -g the shipped
    glossaries are searched. Exit code 0 when something is exact, 1 when not: near misses are shown.

    \b
    Examples:
      termalign lookup Q-LEAP
      termalign lookup 量子技術 --to zh
      termalign lookup はんどうたい -g out -g mine.jsonl
      termalign lookup -g out --json - < terms.txt
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.glossary.opening import for_lookup  # noqa: PLC0415 - after the arguments are known to be right

    if not query.strip():
        raise ConfigError("the query is empty", "write a term, or - to read queries from standard input")
    glossary = for_lookup(*glossaries, skip_broken=skip_broken, tell=tell_broken)
    code = 1
    for number, one in enumerate(input_lines() if query == "-" else (argument_text(query),)):
        answer = glossary.lookup(one, source=source, target=target)
        if answer.outcome is Match.EXACT:
            code = 0
        if as_json:
            echo_json(answer.as_json())
        else:
            text = answer_text(answer, n_concepts=len(glossary), target=target, size=terminal_size())
            click.echo(f"\n{text}" if number else text)
    return code
