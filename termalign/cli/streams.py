"""Standard input and output beside files, and progress on a terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from termalign.cli.table import escaped, printable
from termalign.errors import ConfigError, DataError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termalign.pipeline.inputs import Skipped

__all__ = [
    "argument_text",
    "echo_json",
    "input_lines",
    "progress",
    "read_text",
    "tell_broken",
    "tell_skipped",
    "terminal_size",
]

STANDARD_INPUT = "standard input"
PLAIN_SIZE = 100  # columns where no terminal says how many it has


def argument_text(value: str) -> str:
    """Return an argument as text: in a locale that is not UTF-8 python leaves bytes that it cannot read as surrogates.

    Raises:
        ConfigError: Its bytes are not UTF-8 either.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return os.fsencode(value).decode("utf-8")
        except UnicodeError as exc:
            raise ConfigError(f"{printable(value)!r} is not UTF-8", "write it in UTF-8, or send it by -") from exc
    return value


def input_lines() -> Iterator[str]:
    """Read standard input line by line, as the lines come.

    Yields:
        Each line, empty ones included, without its end.

    Raises:
        DataError: A line is not UTF-8, with its number.
    """
    from termalign.formats.lines import iter_lines  # noqa: PLC0415 - most commands read files

    if sys.stdin is not None:  # None where it was closed
        for _, line in iter_lines(sys.stdin.buffer, name=STANDARD_INPUT):
            yield line


def echo_json(value: object, *, err: bool = False) -> None:
    """Write one line of JSON; what a terminal would obey, or a console that is not UTF-8 cannot show, in escapes."""
    stream = sys.stderr if err else sys.stdout
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    click.echo(escaped(json.dumps(value, ensure_ascii=not encoding.startswith("utf"))), err=err)


def terminal_size() -> int:
    """Return how many columns a line of output may take."""
    return shutil.get_terminal_size((PLAIN_SIZE, 24)).columns


def read_text(file: str, *, max_line: int) -> str:
    """Read a document, ``-`` from standard input, as text."""
    from termalign.pipeline.inputs import read_documents, reader_for  # noqa: PLC0415 - only for commands that read documents

    if file != "-":
        if os.path.isdir(file):  # noqa: PTH112 - Path.is_dir raises for names that are too long
            raise ConfigError(f"{file!r} is a folder", "name a file")
        return read_documents([file], max_line=max_line).documents[0].text
    raw = sys.stdin.buffer.read() if sys.stdin is not None else b""
    if not raw.strip():
        raise DataError("empty", Where(file=STANDARD_INPUT), "send a text")
    return reader_for("-.txt", max_line=max_line).read(raw, file=STANDARD_INPUT)[0]


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
        click.echo(printable(f"skipped: {one.error}"), err=True)
    return 1 if skipped else 0


def tell_broken(fault: DataError) -> None:
    """Name a line that was left out."""
    click.echo(printable(f"skipped: {fault}"), err=True)
