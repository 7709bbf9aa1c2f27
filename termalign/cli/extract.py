"""``termalign extract``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termalign.cli.options import jobs_option, lexicon_option, max_line_option
from termalign.cli.streams import progress, tell_skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.model import Candidate

__all__ = ["extract"]

HEADER = "language\tterm\tscore\tcount\tdocuments"


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", default="-", metavar="FILE.tsv", help="File to write; default is standard output.")
@lexicon_option
@jobs_option
@max_line_option
def extract(inputs: tuple[str, ...], output: str, lexicons: tuple[str, ...], jobs: int, max_line: int) -> int:
    """Find term candidates in documents: one a line, by language, the most term-like first.

    \b
    Examples:
      termalign extract papers/ -o terms.tsv
      termalign extract strategy.ja.txt | head
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.extraction import extract as verb  # noqa: PLC0415 - loads the languages
    from termalign.workspace.atomic import replace  # noqa: PLC0415 - only where a file is written

    candidates, skipped = verb(inputs, lexicon=lexicons, jobs=jobs, max_line=max_line, tell=progress())
    lines = _lines(candidates)
    if output == "-":
        for line in lines:
            click.echo(line)
    else:
        with replace(Path(output)) as file:
            file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    return tell_skipped(skipped)


def _lines(candidates: Iterable[Candidate]) -> Iterator[str]:
    yield HEADER
    for one in candidates:
        yield f"{one.language}\t{one.text}\t{one.score:.4f}\t{one.count}\t{len(one.documents)}"
