"""``termalign export``."""

from __future__ import annotations

import click

__all__ = ["export"]


@click.command()
@click.argument("what")
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write; its ending names the format.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="Statuses of concepts to write; default verified and proposed. Repeatable.",
)
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Least score of units to write."
)
@click.option("--quotes", is_flag=True, help="Write quotes of the documents with the concepts (.jsonl, .tbx).")
def export(what: str, output: str, statuses: tuple[str, ...], min_score: float, quotes: bool) -> int:
    """Write a glossary or a parallel corpus in the format of another tool.

    WHAT is the folder of a build, a .jsonl file, or the name of a shipped glossary. Units go to .tmx, .tsv and .jsonl; concepts to
    .terms.tsv, .csv, .jsonl and .tbx (verified ones only).

    \b
    Examples:
      termalign export out -o memory.tmx --min-score 0.7
      termalign export out -o glossary.terms.tsv --status verified
      termalign export quantum-policy -o quantum.tbx
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.exporting import export as verb  # noqa: PLC0415 - loads the formats

    done = verb(what, output, statuses=statuses or ("verified", "proposed"), min_score=min_score, quotes=quotes)
    click.echo(f"{done.n_written} written to {output}", err=True)
    for loss, count in done.losses:
        click.echo(f"  {count} × {loss}", err=True)
    return 0
