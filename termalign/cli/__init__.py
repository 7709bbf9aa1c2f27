"""The command line: arguments in, one public verb called, text and an exit code out."""

from __future__ import annotations

import atexit
import gc
import keyword
import os
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from termalign.cli.streams import echo_json
from termalign.cli.table import printable
from termalign.errors import ConfigError, DataError, DataErrors, OutputError, TermalignError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

EXIT_USAGE, EXIT_DATA, EXIT_INTERRUPTED = 2, 3, 130

# Command -> module with an attribute of the same name; a module is imported when its command runs or shows its help.
COMMANDS = {
    "build": "documents -> glossary, parallel corpus, report",
    "align": "versions of one text -> aligned sentences",
    "mine": "two texts -> parallel sentences hidden in them",
    "extract": "documents -> term candidates",
    "lookup": "a term in any spelling -> its concept in the other languages",
    "search": "a term or string -> where it stands in aligned segments",
    "annotate": "a text -> the terms of a glossary in it",
    "segment": "a text -> sentences",
    "quantities": "a text -> its numbers, dates and amounts in normal form",
    "export": "results -> TMX, XLIFF, TBX, CSV, XLSX, UTX, files for one tool",
    "import": "glossaries and translated files of other tools -> ours",
    "validate": "TMX and TBX files -> where they break the rules",
}


class ReaderGoneError(Exception):
    """Whoever read our output has closed it: no error, and nothing to say."""


class LazyGroup(click.Group):
    """Commands that are imported when they are needed: ``lookup`` must not pay for ``build``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"termalign.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or propose the nearest."""
        near = get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and near and not ctx.resilient_parsing:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; click would take a reader that has gone for a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as exc:
            raise ReaderGoneError from exc

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from termalign import __version__  # noqa: PLC0415 - read from the metadata only when asked for

        click.echo(f"termalign {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 findings or skipped input, 2 usage, 3 bad data, 130 interrupted. "
    'Completion for bash: eval "$(_TERMALIGN_COMPLETE=bash_source termalign)" (zsh_source, fish_source for the others).',
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def termalign() -> None:
    """Verified trilingual glossaries and parallel sentences from Japanese, Chinese and English documents.

    \b
    Examples:
      termalign build papers/ strategy.ja.txt -o out
      termalign lookup Q-LEAP -g out
      termalign align strategy.zh.txt strategy.en.txt -o strategy.tmx
      termalign export out -o glossary.terms.tsv
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the code of CONTRACTS.md section 7.

    Args:
        arguments: What stands behind the name of the program; ``None`` takes it from the process.
    """
    atexit.register(gc.freeze)  # or the interpreter goes through all that is left before it ends: 1 s after a build
    _use_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    code = _run(words, as_json="--json" in words[: words.index("--") if "--" in words else None])
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        _let_go()
    sys.exit(code)


def _run(words: list[str], *, as_json: bool) -> int:
    """Run a command and turn whatever ends it into an exit code."""
    try:
        code = termalign.main(words, prog_name="termalign", standalone_mode=False)
    except click.ClickException as exc:
        return _report_usage(exc, as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return EXIT_INTERRUPTED
    except ReaderGoneError:
        _let_go()
        return 0
    except TermalignError as exc:
        return _report(exc, as_json=as_json)
    except OSError as exc:
        _let_go()
        name = printable(str(exc.filename)) if exc.filename else "output"
        problem = (exc.strerror or str(exc)).lower()
        return _report(OutputError(problem, Where(file=name), "free some space, or check your rights"), as_json=as_json)
    return code if isinstance(code, int) else 0


def _let_go() -> None:
    """Point standard output to nowhere, or python would complain once more when it flushes it at exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _use_utf8() -> None:
    """Write UTF-8 to files and pipes, and to a console of another encoding what it can show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        is_utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
        if is_utf8 or stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _report_usage(error: click.ClickException, *, as_json: bool) -> int:
    """Print a usage error and return its exit code."""
    if as_json:
        echo_json({"error": {"problem": error.format_message(), "where": {}, "fix": "see --help"}}, err=True)
    else:
        error.show()
    return EXIT_USAGE


def _report(error: TermalignError, *, as_json: bool) -> int:
    """Print one of our errors and return its exit code."""
    if as_json:
        found = [_as_json(one) for one in (error.exceptions if isinstance(error, DataErrors) else (error,))]
        echo_json({"error": found[0]} | ({"errors": found} if len(found) > 1 else {}), err=True)
    else:
        for number, line in enumerate(str(error).split("\n")):
            click.echo(printable(line if number else f"termalign: {line}"), err=True)
    return EXIT_USAGE if isinstance(error, ConfigError) else EXIT_DATA


def _as_json(error: BaseException) -> dict[str, Any]:
    """Return the shape of CONTRACTS.md section 7."""
    if isinstance(error, DataError):
        return {"problem": error.problem, "where": error.where.as_json(), "fix": error.fix}
    if isinstance(error, ConfigError):
        return {"problem": error.problem, "where": {}, "fix": error.fix}
    return {"problem": str(error), "where": {}, "fix": ""}
