"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from termalign.errors import ConfigError
from termalign.model.tags import canonical_tag

__all__ = [
    "encoder_option",
    "jobs_option",
    "language_option",
    "lexicon_option",
    "max_line_option",
    "skip_broken_option",
    "srx_option",
    "termbase_option",
]


Command = TypeVar("Command", bound=Callable[..., Any])


class LanguageTag(click.ParamType[str]):
    """A BCP 47 tag of one of the three languages."""

    name = "tag"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Make a tag canonical, or say what to write."""
        try:
            return canonical_tag(str(value))
        except ConfigError as exc:
            self.fail(str(exc), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Propose the tags."""
        del ctx, param
        tags = ("ja", "zh", "zh-Hans", "zh-Hant", "en")
        return [click.shell_completion.CompletionItem(tag) for tag in tags if tag.startswith(incomplete)]


def language_option(
    flag: str,
    name: str,
    *,
    help: str,  # noqa: A002 - click's own name
    required: bool = False,
    zh: str = "is told by the text",
) -> Callable[[Command], Command]:
    """Make an option that takes a language tag; ``zh`` says what that tag means here."""
    return click.option(
        flag,
        name,
        type=LanguageTag(),
        required=required,
        help=f"{help} ja, zh-Hans, zh-Hant or en; zh {zh}.",
    )


srx_option = click.option(
    "--srx",
    metavar="FILE",
    help="SRX 2.0 file of a CAT tool: its rules segment instead of ours.",
)
lexicon_option = click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    metavar="NAME",
    help="Lexicon layer instead of the default core and places: a name, a dictionary or table file; core:-quantum switches a part off. Repeatable.",
)
encoder_option = click.option(
    "--encoder",
    metavar="DIR",
    help="Folder of a sentence encoder on this machine (model.onnx and tokenizer.json, or of sentence-transformers). Nothing is downloaded.",
)
termbase_option = click.option(
    "--termbase",
    "termbases",
    multiple=True,
    metavar="NAME",
    help="Glossary whose pairs count as evidence: a shipped name, a folder of a build, or a file. Repeatable.",
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Documents worked on at once."
)
max_line_option = click.option(
    "--max-line",
    type=click.IntRange(1),
    default=2_000_000,
    show_default=True,
    help="Longest line that is read, in characters.",
)
skip_broken_option = click.option(
    "--skip-broken",
    is_flag=True,
    help="Leave out lines of JSON Lines that are broken, or whose id stood before, and name them on standard error.",
)
