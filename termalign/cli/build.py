"""``termalign build``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from termalign.cli.options import (
    encoder_option,
    jobs_option,
    lexicon_option,
    max_line_option,
    srx_option,
    termbase_option,
)
from termalign.cli.streams import progress, tell_skipped
from termalign.cli.table import columns
from termalign.errors import ConfigError

if TYPE_CHECKING:
    from termalign.pipeline.build import Build

__all__ = ["build"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="Folder of the results; made where it does not exist."
)
@lexicon_option
@encoder_option
@termbase_option
@srx_option
@jobs_option
@max_line_option
@click.option("--no-quotes", is_flag=True, help="Keep quotes of the documents out of glossary, ledger and report.")
def build(
    inputs: tuple[str, ...],
    output: str,
    lexicons: tuple[str, ...],
    encoder: str | None,
    termbases: tuple[str, ...],
    srx: str | None,
    jobs: int,
    max_line: int,
    no_quotes: bool,
) -> int:
    """Build a trilingual glossary and a parallel corpus from documents and translation memories.

    INPUT is a file or a folder of documents (.txt, .md) in any mix of Japanese, Chinese and English, and of bitext that is
    aligned already (.tmx, .xlf, .po, .tsv, .jsonl). DIR gets glossary.jsonl,
    evidence.jsonl, aligned.jsonl, TMX, TBX and CSV files, and report.html, the page for people.

    \b
    Examples:
      termalign build papers/ strategy.ja.txt -o out
      termalign build papers/ -o out --jobs 2 --lexicon core:-quantum
      termalign build memory.tmx guide.po -o out
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.build import build as verb  # noqa: PLC0415 - loads everything

    if not output:  # an unset variable in a script: pathlib would take it for the current folder
        raise ConfigError("the name of the output folder is empty", "name a folder")
    done = verb(
        inputs,
        output,
        lexicon=lexicons,
        encoder=encoder,
        termbase=termbases,
        srx=srx,
        jobs=jobs,
        quotes=not no_quotes,
        max_line=max_line,
        tell=progress(),
    )
    click.echo(_summary(done))
    return tell_skipped(done.skipped)


def _summary(done: Build) -> str:
    """Say what was found and where it lies."""
    statuses = Counter(concept.status.value for concept in done.concepts)
    trilingual = sum(len({tag.partition("-")[0] for tag, _ in concept.terms}) > 2 for concept in done.concepts)  # noqa: PLR2004 - three
    rows = [
        ("documents", str(done.n_documents)),
        (
            "concepts",
            f"{len(done.concepts)} ({statuses['verified']} verified, {statuses['proposed']} proposed; {trilingual} in three languages)",
        ),
        ("aligned segments", str(len(done.units))),
        ("left alone", f"{done.n_abstained} candidates, each with its reason in abstained.jsonl"),
        ("results", f"{done.folder}: open report.html"),
    ]
    return "\n".join([columns(rows), *(f"note: {note}" for note in done.notes)])
