"""Standard input and output beside files, and progress on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termalign.errors import ConfigError, DataError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from termalign.pipeline.inputs import Skipped

__all__ = ["progress", "read_text", "tell_skipped"]


def read_text(file: str, *, max_line: int) -> str:
    """Read a document, ``-`` from standard input, as text."""
    from termalign.formats import DOCUMENT_FORMATS, format_for  # noqa: PLC0415 - only for commands that read documents
    from termalign.pipeline.inputs import read_documents  # noqa: PLC0415 - likewise

    if file != "-":
        if Path(file).is_dir():
            raise ConfigError(f"{file!r} is a folder", "name a file")
        return read_documents([file], max_line=max_line).documents[0].text
    raw = sys.stdin.buffer.read()
    if not raw.strip():
        raise DataError("empty", Where(file="standard input"), "send a text")
    return format_for(DOCUMENT_FORMATS, "-.txt").read(raw, file="standard input")[0]


def progress() -> Callable[[str, int, int], None] | None:
    """Return a function that shows a stage's progress on standard error, or ``None`` where that is no terminal."""
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm  # noqa: PLC0415 - only where a person watches

    bars: dict[str, tqdm[Any]] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            bars[stage] = tqdm(total=total, desc=stage, unit="", leave=True, file=sys.stderr)
        bars[stage].update(done - bars[stage].n)
        if done >= total:
            bars[stage].close()

    return tell


def tell_skipped(skipped: Sequence[Skipped]) -> int:
    """Name the files that were skipped, each with its reason, and return the exit code: 1 where there are any."""
    for one in skipped:
        click.echo(f"skipped: {one.error}", err=True)
    return 1 if skipped else 0
