"""``termalign mine``."""

from __future__ import annotations

import click

from termalign.cli.options import jobs_option, language_option, lexicon_option, max_line_option
from termalign.cli.streams import progress

__all__ = ["mine"]


@click.command()
@click.argument("src")
@click.argument("tgt")
@language_option("--from", "source", help="Language of SRC.")
@language_option("--to", "target", help="Language of TGT.")
@click.option("--segmented", is_flag=True, help="Each line is a sentence already.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.2,
    show_default=True,
    help="Score that a pair must have; higher for fewer, surer pairs.",
)
@click.option("-o", "--output", required=True, metavar="FILE.tsv", help="File to write.")
@lexicon_option
@jobs_option
@max_line_option
def mine(
    src: str,
    tgt: str,
    source: str | None,
    target: str | None,
    segmented: bool,
    min_score: float,
    output: str,
    lexicons: tuple[str, ...],
    jobs: int,
    max_line: int,
) -> int:
    """Find parallel sentences hidden in two texts that are no translations of each other.

    FILE.tsv has a pair a line, best first: line in SRC, line in TGT (0-based), score, source text, target text. Exit 1 when there is none.

    \b
    Examples:
      termalign mine news.ja.txt news.zh.txt -o pairs.tsv
      termalign mine --segmented --from zh --to en a.txt b.txt -o pairs.tsv
      termalign mine a.zh.txt b.en.txt --lexicon core --lexicon cedict --min-score 0.8 -o pairs.tsv
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.mining import mine as verb  # noqa: PLC0415 - loads the languages

    done = verb(
        src,
        tgt,
        source=source,
        target=target,
        segmented=segmented,
        lexicon=lexicons,
        min_score=min_score,
        jobs=jobs,
        output=output,
        max_line=max_line,
        tell=progress(),
    )
    click.echo(
        f"{len(done.units)} pairs of {done.n_segments[0]} and {done.n_segments[1]} segments written to {output}",
        err=True,
    )
    return 0 if done.units else 1
