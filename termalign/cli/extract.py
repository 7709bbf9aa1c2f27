"""``termalign extract``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termalign.cli.options import jobs_option, lexicon_option, max_line_option
from termalign.cli.streams import progress, tell_skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.model import Candidate
    from termalign.terms import Judgement

__all__ = ["extract"]

HEADER = "language\tterm\tscore\tcount\tdocuments"
WHY_HEADER = f"{HEADER}\tverdict\treason\tpattern\twhole\tc_value\tshare\tlonger\tsigns\tvariants"
MAX_LISTED = 5  # longer terms and variants in a cell of the table; JSON has all


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", default="-", metavar="FILE.tsv", help="File to write; default is standard output.")
@click.option("--why", is_flag=True, help="All strings, kept or left, and why.")
@click.option(
    "--term",
    "terms",
    multiple=True,
    metavar="TERM",
    help="Why this string is kept or left, in any spelling. Repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@lexicon_option
@jobs_option
@max_line_option
def extract(
    inputs: tuple[str, ...],
    output: str,
    why: bool,
    terms: tuple[str, ...],
    as_json: bool,
    lexicons: tuple[str, ...],
    jobs: int,
    max_line: int,
) -> int:
    """Find term candidates in documents: one a line, by language, the most term-like first.

    With --why or --term, also the strings that were left, each with its verdict, the reason and what was counted. Exit 1 when a
    file was skipped, or when a TERM is no run of words in the documents.

    \b
    Examples:
      termalign extract papers/ -o terms.tsv
      termalign extract strategy.ja.txt | head
      termalign extract papers/ --term 量子技術 --term "quantum technology"
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline import extraction  # noqa: PLC0415 - loads the languages
    from termalign.workspace.atomic import replace  # noqa: PLC0415 - only where a file is written

    is_unseen = False
    if why or terms:
        found, skipped = extraction.extract_reasons(
            inputs, terms=terms, lexicon=lexicons, jobs=jobs, max_line=max_line, tell=progress()
        )
        lines = _as_json(one.as_json() for one in found) if as_json else _reasons(found)
        is_unseen = any(one.verdict.value == "unseen" for one in found)
    else:
        candidates, skipped = extraction.extract(
            inputs, lexicon=lexicons, jobs=jobs, max_line=max_line, tell=progress()
        )
        lines = _as_json(map(_row, candidates)) if as_json else _lines(candidates)
    if output == "-":
        for line in lines:
            click.echo(line)
    else:
        with replace(Path(output)) as file:
            file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    return max(tell_skipped(skipped), int(is_unseen))


def _lines(candidates: Iterable[Candidate]) -> Iterator[str]:
    yield HEADER
    for one in candidates:
        yield f"{one.language}\t{one.text}\t{one.score:.4f}\t{one.count}\t{len(one.documents)}"


def _row(one: Candidate) -> dict[str, Any]:
    return {
        "language": one.language,
        "term": one.text,
        "score": one.score,
        "count": one.count,
        "documents": len(one.documents),
        "signs": sorted(one.signs),
        "variants": list(one.forms[1:]),
    }


def _reasons(judgements: Iterable[Judgement]) -> Iterator[str]:
    yield WHY_HEADER
    for one in judgements:
        cells = (
            one.language,
            one.text,
            f"{one.score:.4f}",
            str(one.count),
            str(one.documents),
            one.verdict.value,
            one.reason,
            " ".join(one.pattern),
            str(one.whole),
            f"{one.c_value:.4f}",
            "" if one.share is None else f"{one.share:.7f}",
            _counted(one.longer),
            " ".join(one.signs),
            _counted(one.variants),
        )
        yield "\t".join(cells)


def _counted(found: Iterable[tuple[str, int]]) -> str:
    return " | ".join(f"{text} ({count})" for text, count in list(found)[:MAX_LISTED])


def _as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps({"terms": list(rows)}, ensure_ascii=False)
