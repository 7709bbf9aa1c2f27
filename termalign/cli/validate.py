"""``termalign validate``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from termalign.cli.streams import STANDARD_INPUT, echo_json
from termalign.cli.table import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import FileFinding

__all__ = ["validate"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are written; sarif for editors and code hosts.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--max-findings", type=click.IntRange(1), default=10_000, show_default=True, help="Findings kept of each file."
)
@click.option("--max-depth", type=click.IntRange(1), default=256, show_default=True, help="Levels of nesting.")
@click.option(
    "--max-text",
    type=click.IntRange(1),
    default=64 * 2**20,
    show_default=True,
    help="Characters of one text.",
)
@click.option(
    "--max-tag", type=click.IntRange(1), default=16 * 2**20, show_default=True, help="Bytes of one tag or comment."
)
def validate(
    files: tuple[str, ...], form: str, as_json: bool, max_findings: int, max_depth: int, max_text: int, max_tag: int
) -> int:
    """Check FILE... (- is standard input) against the rules of TMX 1.4 and TBX version 3.

    Rules of the schemas, and those that only the standards and tools state. Exit 0: no errors (warnings may be listed);
    1: errors; 2: a file that is neither TMX nor TBX version 3; 3: a file that is not safe to read.

    \b
    Examples:
      termalign validate memory.tmx glossary.tbx
      termalign validate --format sarif memory.tmx > findings.sarif
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.validating import validate as verb  # noqa: PLC0415 - loads the rules

    named = [_standard_input() if file == "-" else file for file in files]
    found = verb(named, max_findings=max_findings, max_depth=max_depth, max_text=max_text, max_tag=max_tag)
    if as_json or form == "json":
        echo_json({"findings": [one.as_json() for one in found]})
    elif form == "sarif":
        from termalign.pipeline.validating import as_sarif  # noqa: PLC0415 - as above

        echo_json(as_sarif(found))
    else:
        _tell(found, n_files=len(files))
    return 1 if any(one.severity.value == "error" for one in found) else 0


def _standard_input() -> BinaryIO:
    """Return standard input under the name that messages give it."""
    return _Named(sys.stdin.buffer) if sys.stdin is not None else _Named(None)  # type: ignore[return-value] # it reads


class _Named:
    """A file to read from, called standard input."""

    name = STANDARD_INPUT

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Read at most that many bytes; none where standard input is closed."""
        return self._file.read(size) if self._file is not None else b""


def _tell(found: Sequence[FileFinding], *, n_files: int) -> None:
    """Write findings for people, and their number to standard error."""
    for one in found:
        click.echo(printable(str(one)))
    n_errors = sum(one.severity.value == "error" for one in found)
    files = "1 file" if n_files == 1 else f"{n_files} files"
    click.echo(f"{files}: {n_errors} errors, {len(found) - n_errors} warnings", err=True)
