"""``termalign export``."""

from __future__ import annotations

from typing import Any

import click

from termalign.cli.options import language_option
from termalign.cli.streams import echo_json
from termalign.cli.table import printable

__all__ = ["export", "tell_losses"]

N_CONFLICTS = 20  # shown; --json has them all


@click.command()
@click.argument("what")
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write; its ending names the format.")
@click.option(
    "--for",
    "profile",
    metavar="TOOL",
    help="omegat, trados, memoq, phrase, deepl or google: its language codes, columns and encoding.",
)
@language_option("--from", "source", help="Language translated from, in files of two.", zh="is both scripts")
@language_option("--to", "target", help="Language translated to, in files of two.", zh="is both scripts")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="Statuses of concepts to write; default verified and proposed. Repeatable.",
)
@click.option("--subject", "subjects", multiple=True, metavar="TEXT", help="Subject fields to write. Repeatable.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Kinds of concepts to write. Repeatable.")
@click.option("--language", "languages", multiple=True, metavar="TAG", help="Languages to write. Repeatable.")
@click.option(
    "--document", "documents", multiple=True, metavar="NAME", help="Only what comes from these documents. Repeatable."
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Least score; what has none is always written.",
)
@click.option("--quotes", is_flag=True, help="Write quotes of the documents with the concepts (.jsonl, .tbx).")
@click.option("--holder", default="", metavar="NAME", help="Who holds the copyright (.tmx, .utx).")
@click.option("--licence", default="", metavar="NAME", help="Under what licence (.tmx, .utx).")
@click.option("--json", "as_json", is_flag=True, help="Files, losses and conflicts as one JSON object.")
def export(what: str, output: str, *, statuses: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Write a glossary or a parallel corpus in the format of another tool.

    WHAT is the folder of a build, a .jsonl file, or the name of a shipped glossary. Units go to .tmx, .xlf, .po, .tsv and
    .jsonl; concepts to .terms.tsv, .csv, .tsv, .xlsx, .utx, .txt (OmegaT), .gls.xlf, .jsonl and .tbx (verified ones only). What a
    format cannot hold is listed.

    \b
    Examples:
      termalign export out -o memory.tmx --min-score 0.7
      termalign export out -o glossary.terms.tsv --status verified
      termalign export quantum-policy -o quantum.tbx
      termalign export quantum-policy -o quantum.txt --for omegat --from ja --to en
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.exporting import export as verb  # noqa: PLC0415 - loads the formats

    done = verb(what, output, statuses=statuses or ("verified", "proposed"), **options)
    if as_json:
        echo_json(done.as_json())
        return 0
    for path, n_written in done.files:
        click.echo(printable(f"{n_written} written to {path}"), err=True)
    tell_losses(done.losses, dict(done.examples))
    for conflict in done.conflicts[:N_CONFLICTS]:
        click.echo(printable(f"  conflict: {conflict}"), err=True)
    if len(done.conflicts) > N_CONFLICTS:
        click.echo(f"  {len(done.conflicts) - N_CONFLICTS} more conflicts: --json lists them", err=True)
    return 0


def tell_losses(losses: tuple[tuple[str, int], ...], examples: dict[str, tuple[str, ...]]) -> None:
    """Say on standard error what a format could not hold, or a reader had to mend, with examples where there are any."""
    for loss, count in losses:
        shown = ", ".join(examples.get(loss, ()))
        more = ", ..." if shown and count > len(examples[loss]) else ""
        click.echo(printable(f"  {count} × {loss}" + (f": {shown}{more}" if shown else "")), err=True)
