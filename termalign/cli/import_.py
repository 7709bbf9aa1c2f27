"""``termalign import``: the word is one of Python's own, hence the underscore."""

from __future__ import annotations

import click

from termalign.cli.export import tell_losses
from termalign.cli.options import language_option
from termalign.cli.streams import echo_json
from termalign.cli.table import printable
from termalign.model import TAGS

__all__ = ["import_"]


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write: .jsonl.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["glossary", "bitext"]),
    help="What the files are, where their format holds both (.tsv, .jsonl); else told by them.",
)
@language_option(
    "--from", "source", help="Language of the first column, or of PO messages, where the file does not say."
)
@language_option("--to", "target", help="Language of the second column, where the file does not say.")
@click.option("--columns", default="", metavar="NAMES", help="Headings of a table that has none: ja,en,definition.")
@click.option("--synonyms", default="", metavar="MARK", help="What stands between synonyms in one cell; default |.")
@click.option(
    "--status",
    type=click.Choice(["verified", "proposed"]),
    default="verified",
    show_default=True,
    help="Status of entries whose file does not say.",
)
@click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="Encoding of files that do not say it: cp932, euc-jp, gb18030, big5; else told by them.",
)
@click.option("--json", "as_json", is_flag=True, help="What was read and mended as one JSON object.")
def import_(
    files: tuple[str, ...],
    output: str,
    kind: str | None,
    source: str | None,
    target: str | None,
    columns: str,
    synonyms: str,
    status: str,
    encoding: str,
    as_json: bool,
) -> int:
    """Read glossaries or translated files of other tools into one .jsonl file.

    Glossaries are .tbx, .csv, .tsv, .xlsx, .utx, .gls.xlf and .txt (OmegaT); translated files .tmx, .xlf, .po and .tsv. Every repair
    and every loss is listed; a file that is at fault stops the import, and nothing is written; nor is where there is nothing to use (exit 1).

    \b
    Examples:
      termalign import client.xlsx -o client.jsonl
      termalign import memory.tmx project.sdlxliff ja.po -o units.jsonl
      termalign import terms.csv -o terms.jsonl --columns ja,en,definition
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.importing import import_bitext, import_glossary, kind_of  # noqa: PLC0415 - loads the formats

    if (kind or kind_of(files)) == "glossary":
        done = import_glossary(
            files,
            output,
            source=source,
            target=target,
            columns=tuple(filter(None, (one.strip() for one in columns.split(",")))),
            synonyms=synonyms,
            status=status,
            encoding=encoding,
        )
    else:
        done = import_bitext(files, output, source=source, encoding=encoding)
    if as_json:
        echo_json(done.as_json())
        return 0 if done.n_read else 1
    sources = "1 file" if len(files) == 1 else f"{len(files)} files"
    told = f"{done.n_read} {done.kind} read from {sources}, written to {output}"
    if not done.n_read:
        why = (
            f"see why below; termalign works in {', '.join(TAGS)}"
            if done.losses
            else "there is none in it"
            if len(files) == 1
            else "there is none in them"
        )
        told = f"no {done.kind} that can be used in {sources}, so nothing is written: {why}"
    click.echo(printable(told), err=True)
    tell_losses(done.losses, {})
    return 0 if done.n_read else 1
