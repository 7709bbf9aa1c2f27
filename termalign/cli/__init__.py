"""The command line: arguments in, one public verb called, text and an exit code out."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

import click

from termalign.errors import ConfigError, DataError, DataErrors, TermalignError

__all__ = ["main"]

EXIT_FINDINGS, EXIT_USAGE, EXIT_DATA, EXIT_INTERRUPTED = 1, 2, 3, 130

# Command -> module with an attribute of the same name; a module is imported when its command runs or shows its help.
COMMANDS = {
    "build": "documents -> glossary, parallel corpus, report",
    "align": "versions of one text -> aligned sentences",
    "extract": "documents -> term candidates",
    "lookup": "a term in any spelling -> its concept in the other languages",
    "segment": "a text -> sentences",
    "export": "results -> TMX, TBX, CSV, terms TSV",
}


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
        command = getattr(import_module(f"termalign.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

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


def main() -> None:
    """Run the command line and exit with the code of CONTRACTS.md section 7."""
    _use_utf8()
    try:
        code = termalign.main(standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        code = EXIT_USAGE
    except click.exceptions.Exit as exc:
        code = exc.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; python would complain once more when it flushes standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except TermalignError as exc:
        code = _report(exc)
    sys.exit(code if isinstance(code, int) else 0)


def _use_utf8() -> None:
    """Write UTF-8 to files and pipes, and to a console of another encoding what it can show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None or (stream.encoding or "").lower().replace("-", "") == "utf8":
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8")


def _report(error: TermalignError) -> int:
    """Print one of our errors and return its exit code."""
    if "--json" in sys.argv:
        errors = error.exceptions if isinstance(error, DataErrors) else (error,)
        for one in errors:
            click.echo(json.dumps({"error": _as_json(one)}, ensure_ascii=False), err=True)
    else:
        click.echo(f"termalign: {error}", err=True)
    return EXIT_USAGE if isinstance(error, ConfigError) else EXIT_DATA


def _as_json(error: BaseException) -> dict[str, Any]:
    if isinstance(error, DataError):
        return {"problem": error.problem, "where": error.where.as_json(), "fix": error.fix}
    if isinstance(error, ConfigError):
        return {"problem": error.problem, "where": {}, "fix": error.fix}
    return {"problem": str(error), "where": {}, "fix": ""}
