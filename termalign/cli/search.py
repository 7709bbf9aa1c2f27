"""``termalign search``."""

from __future__ import annotations

import click

from termalign.cli.concordance import concordance_text
from termalign.cli.options import language_option, skip_broken_option
from termalign.cli.streams import argument_text, echo_json, input_lines, tell_broken, terminal_size
from termalign.errors import ConfigError

__all__ = ["search"]


@click.command()
@click.argument("text")
@click.option(
    "-c",
    "--corpus",
    "corpora",
    multiple=True,
    metavar="CORPUS",
    help="File (JSON Lines, TMX, TSV), folder of a build, or shipped name. Repeatable.",
)
@language_option("--from", "source", help="Language that is searched.", zh="is both scripts")
@language_option(
    "--to", "target", help="Language that is shown beside; units without it are left out.", zh="is both scripts"
)
@click.option(
    "--boundaries",
    type=click.Choice(["latin", "words", "tokens", "none"]),
    default="latin",
    show_default=True,
    help="latin: words in Latin letters are whole, English nouns in both numbers, other scripts anywhere. words, tokens: no hit "
    "inside other words of any language, told by a list or by the tokenisers. none: any string.",
)
@click.option("--whole-words", is_flag=True, help="The same as --boundaries words.")
@click.option("--match-case", is_flag=True, help="Tell capitals from small letters: IT is not it.")
@click.option(
    "--limit", type=click.IntRange(0), default=50, show_default=True, help="Most hits that are shown; 0: all."
)
@click.option("--context", type=click.IntRange(0), help="Columns of context on each side; else what fits the terminal.")
@skip_broken_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each query.")
def search(
    text: str,
    corpora: tuple[str, ...],
    source: str | None,
    target: str | None,
    boundaries: str,
    whole_words: bool,
    match_case: bool,
    limit: int,
    context: int | None,
    skip_broken: bool,
    as_json: bool,
) -> int:
    """Find where a term or string stands in aligned segments, with the other languages beside it.

    Width, case, kana, traditional, simplified and Japanese characters, spaces and hyphens do not matter. TEXT is no pattern; -
    reads one query a line from standard input; a text that begins with - follows --. Without -c the shipped corpora are
    searched. Exit code 0 when something is found, 1 when not.

    \b
    Examples:
      termalign search 量子技術
      termalign search "quantum computer" --from en --to zh -c out
      termalign search 据点 -c memory.tmx --whole-words --json
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.glossary.opening import for_search  # noqa: PLC0415 - after the arguments are known to be right

    if not text.strip():
        raise ConfigError("the query is empty", "write a term, or - to read queries from standard input")
    corpus = for_search(*corpora, skip_broken=skip_broken, tell=tell_broken)
    code = 1
    for number, query in enumerate(input_lines() if text == "-" else (argument_text(text),)):
        found = corpus.search(
            query,
            source=source,
            target=target,
            limit=limit or None,
            boundaries="words" if whole_words else boundaries,
            match_case=match_case,
        )
        code = 0 if found.total else code
        if as_json:
            echo_json(found.as_json())
        else:
            laid_out = concordance_text(found, n_units=len(corpus), context=context, size=terminal_size())
            click.echo(f"\n{laid_out}" if number else laid_out)
    return code
